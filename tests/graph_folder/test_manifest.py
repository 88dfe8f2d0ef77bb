"""manifest.csv: a graph's files are all there, by name and hash, or `kg status` names those that are not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.graph_folder.manifest import MANIFEST_FILE, differences, read_manifest
from kg.pipeline import build, status

FIRST = "2015年，大连市启动教师交流轮岗工作。".encode()
SECOND = "2016年，宜昌市实施县管校聘改革，交流教师120人。".encode()


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "甲.txt").write_bytes(FIRST)
    (docs / "乙.txt").write_bytes(SECOND)
    build([docs], tmp_path / "graph")
    return tmp_path / "graph"


def test_it_lists_every_file(graph: Path) -> None:
    """Each input with the hash of its content, and its shard with size and hash as they are on the disk."""
    entries = read_manifest(graph / MANIFEST_FILE)
    assert [(one.file, one.documents) for one in entries] == [("乙.txt", 1), ("甲.txt", 1)]
    assert [one.sha256 for one in entries] == [hashlib.sha256(content).hexdigest() for content in (SECOND, FIRST)]
    for one in entries:
        body = (graph / one.shard).read_bytes()
        assert (one.bytes, one.shard_sha256) == (len(body), hashlib.sha256(body).hexdigest())


def test_one_hash_vouches_for_it(graph: Path) -> None:
    """graph.json holds the hash of the manifest, and that of graph.nq."""
    told = json.loads((graph / "graph.json").read_text("utf-8"))
    assert told["beside"][MANIFEST_FILE] == hashlib.sha256((graph / MANIFEST_FILE).read_bytes()).hexdigest()


def without_the_first(graph: Path) -> None:
    first = read_manifest(graph / MANIFEST_FILE)[0]
    (graph / first.shard).with_name(f"{Path(first.shard).name.partition('-')[0]}.jsonl").unlink()


def changed(graph: Path) -> None:
    manifest = graph / MANIFEST_FILE
    manifest.write_text(manifest.read_text("utf-8").replace("甲", "丙"), "utf-8")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (without_the_first, "乙.txt: the graph holds it, but shards/ no longer does"),
        (changed, "manifest.csv is damaged"),
        (lambda graph: (graph / MANIFEST_FILE).unlink(), "manifest.csv is damaged"),
    ],
)
def test_status_tells(graph: Path, harm: Callable[[Path], None], said: str) -> None:
    """What is missing or not as it was written is named, and the next build mends it."""
    assert status(graph).faults == ()
    harm(graph)
    assert [fault for fault in status(graph).faults if said in fault]
    build([graph.parent / "docs"], graph)
    assert status(graph).faults == ()


def test_differences(graph: Path) -> None:
    """A file that was read and is not in the graph, one that is gone, one that was read anew: each is told by name."""
    second, first = read_manifest(graph / MANIFEST_FILE)
    again = first._replace(sha256="0" * 64)
    assert [said.partition(":")[0] for said in differences([second, first], [again])] == ["乙.txt", "甲.txt"]
    assert [said.partition(":")[0] for said in differences([first], [second, first])] == ["乙.txt"]
    assert list(differences([second, first], [second, first])) == []


@pytest.mark.parametrize("text", ["", "file\n", "file,sha256,documents,shard,bytes,shard_sha256\na,b\n"])
def test_a_damaged_manifest(tmp_path: Path, text: str) -> None:
    """It is told in one line, with the cure."""
    (tmp_path / MANIFEST_FILE).write_text(text, "utf-8")
    with pytest.raises(GraphError, match="build the graph again"):
        read_manifest(tmp_path / MANIFEST_FILE)
