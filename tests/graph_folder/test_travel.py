"""Shards travel to other storage and back whole, or do not count."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph_folder.made_up import drafts, page, report, write
from kg.errors import GraphError
from kg.graph_folder import Shard, Shards
from kg.graph_folder.travel import awaited, fetch, send
from kg.pipeline import build
from kg.remote.files import RemoteFile

fsspec = pytest.importorskip("fsspec", reason="the extra remote is not installed")
STORAGE = RemoteFile("memory://bucket/graph")


@pytest.fixture
def sent(tmp_path: Path) -> Iterator[tuple[Shards, Shard]]:
    """The shard of a page, whose text lies in texts/; here and in storage."""
    docs = write(tmp_path / "docs", {"p.html": page(report())})
    build([docs], tmp_path / "graph")
    shards = Shards(tmp_path / "graph")
    ((shard,), _) = shards.heads()
    fsspec.filesystem("memory").store.clear()
    send(shards, shard, STORAGE)
    yield shards, shard
    fsspec.filesystem("memory").store.clear()


def test_there_and_back(sent: tuple[Shards, Shard], tmp_path: Path) -> None:
    """Everything of it arrives, and says where its file lies now."""
    shards, shard = sent
    (tmp_path / "other").mkdir()
    other = Shards(tmp_path / "other")
    came = fetch(other, shard, "../elsewhere/p.html", STORAGE)
    assert came.origin.path == "../elsewhere/p.html"
    assert other.heads() == ([came], [])
    assert other.documents(came) == shards.documents(shard)
    assert list(other.graphs(came)) == list(shards.graphs(shard))
    assert drafts(tmp_path / "other") == []


@pytest.mark.parametrize(
    "harm",
    [
        lambda name, content: content[: len(content) // 2] if name.endswith(".nq") else content,
        lambda name, content: content.replace(b"2016", b"2017") if name.endswith(".nq") else content,
        lambda name, content: content[: len(content) // 2] if name.endswith(".jsonl") else content,
        lambda name, content: content[:-3] if name.endswith(".txt") else content,
        lambda name, content: content.replace(b'"texts/', b'"../../') if name.endswith(".jsonl") else content,
    ],
)
def test_what_is_damaged_does_not_count(
    sent: tuple[Shards, Shard], tmp_path: Path, harm: Callable[[str, bytes], bytes]
) -> None:
    """A cut or changed file is told, whichever it is, and nothing of it gets a place."""
    storage = fsspec.filesystem("memory")
    for name in storage.find("/bucket"):
        storage.pipe_file(name, harm(name, storage.cat_file(name)))
    (tmp_path / "other").mkdir()
    other = Shards(tmp_path / "other")
    with pytest.raises(OSError, match="did not arrive as it was sent"):
        fetch(other, sent[1], "p.html", STORAGE)
    assert other.heads() == ([], [])
    assert drafts(tmp_path / "other") == []


def test_what_another_machine_wrote_may_be_seen_late(sent: tuple[Shards, Shard], tmp_path: Path) -> None:
    """A network folder is given time; what is never seen is told with the cure."""
    shards, shard = sent
    assert awaited(shards, shard, shard.origin.path) == shard
    never = replace(shard, body="0000000000000000-0000000000000000.nq")
    began = time.monotonic()
    with pytest.raises(GraphError, match="--shards URL"):
        awaited(shards, never, shard.origin.path, patience=0.6)
    assert 0.5 < time.monotonic() - began < 10
