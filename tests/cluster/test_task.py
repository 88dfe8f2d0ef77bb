"""What a worker does with a batch of files, and what it says where it cannot do it."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from graph_folder.made_up import drafts, page, report, short, write

from cluster.conftest import storage
from kg.cli import main
from kg.errors import GraphError
from kg.graph_folder import Shard
from kg.pipeline import Engine, Settings, build
from kg.pipeline.cluster import task
from kg.pipeline.cluster.order import Order, Packed, ordered
from kg.pipeline.cluster.task import Refused, end_work, read_batch
from kg.pipeline.files import Job, Means
from kg.remote.files import RemoteFile
from kg.reviewed import NOTHING_REVIEWED
from kg.texts.inputs import Input, Skipped, find_inputs

BATCH = """
import pickle, signal, sys, time
from pathlib import Path
from kg.pipeline.cluster.task import read_batch
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may ignore it
read_batch(*pickle.loads(Path(sys.argv[1]).read_bytes()))
print("read", flush=True)
time.sleep(60)
"""


@pytest.fixture
def items(tmp_path: Path) -> list[Input]:
    docs = write(tmp_path / "docs", {"a.txt": short(), "b.html": page(report())})
    return find_inputs([docs])[0]


@pytest.fixture
def means(tmp_path: Path) -> Means:
    (tmp_path / "graph").mkdir()
    return Means(Job(tmp_path / "graph", Settings(), NOTHING_REVIEWED))


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    yield
    end_work()


def test_a_batch_may_be_done_twice(items: list[Input], means: Means, tmp_path: Path) -> None:
    """The second time gives the same heads, and leaves the same files."""
    with ordered(means, None) as order:
        first = read_batch(pickle.loads(pickle.dumps(order)), items)
        before = {path: path.read_bytes() for path in (tmp_path / "graph").rglob("*") if path.is_file()}
        assert read_batch(order, items) == first
        assert {path: path.read_bytes() for path in before} == before
    assert all(isinstance(answer, Shard) for answer in first)
    assert drafts(tmp_path / "graph") == []


def test_a_process_at_rest_is_ended(items: list[Input], means: Means, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever ordered it may have been killed; and it is started again, should a batch come after all."""
    monkeypatch.setattr(task, "IDLE", 0.2)
    with ordered(means, None) as order:
        first = read_batch(order, items)
        deadline = time.monotonic() + 60
        while task._reading and time.monotonic() < deadline:
            time.sleep(0.05)
        assert task._reading == {}
        assert read_batch(order, items) == first


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGHUP"])
def test_a_worker_that_is_killed_leaves_nothing(name: str, items: list[Input], means: Means, tmp_path: Path) -> None:
    """Spark hangs up on its workers and all theirs at the end of a build; what was sent along is removed by who has read it."""
    there = tmp_path / "there"
    there.mkdir()
    with ordered(means, None) as order:
        (tmp_path / "told").write_bytes(pickle.dumps((order, items)))
        around = {**os.environ, "TMPDIR": str(there)}
        command = [sys.executable, "-c", BATCH, str(tmp_path / "told")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=around, start_new_session=True) as worker:
            assert worker.stdout is not None
            assert worker.stdout.readline() == b"read\n"
            assert list(there.iterdir()) != []
            signals = {"SIGKILL": worker.kill, "SIGHUP": lambda: os.killpg(worker.pid, signal.SIGHUP)}
            signals[name]()
    deadline = time.monotonic() + 60
    while list(there.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list(there.iterdir()) == []


def test_nothing_stays_with_a_worker_that_sends_away(items: list[Input], means: Means, tmp_path: Path) -> None:
    """Shards and texts lie in storage, and only there."""
    pytest.importorskip("fsspec", reason="the extra remote is not installed")
    to = storage(tmp_path / "storage")
    with ordered(means, to) as order:
        first = read_batch(order, items)
        assert isinstance(first, tuple)
        names = sorted(path.suffix for path in (tmp_path / "storage").rglob("*") if path.is_file())
        assert names == [".jsonl", ".jsonl", ".nq", ".nq", ".txt"]
    assert [path.name for path in (tmp_path / "graph" / "shards").iterdir()] == ["README.txt"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rules": "another"}, "has another version of policy-kg"),
        ({"sign": Path("/no/such/folder")}, "does not see the graph folder"),
    ],
)
def test_a_worker_that_must_not_read(items: list[Input], means: Means, change: dict[str, str], said: str) -> None:
    """One that would read otherwise, or write to where nobody looks, says so instead."""
    with ordered(means, None) as order:
        found = read_batch(replace(order, **change), items)
    assert isinstance(found, Refused)
    assert said in found.reason


def test_a_file_that_a_worker_does_not_see(items: list[Input], means: Means, tmp_path: Path) -> None:
    """It is told with the cure, and may come next time; the others are read."""
    with ordered(means, None) as order:
        found = read_batch(order, [Input(tmp_path / "elsewhere" / "x.txt", "x.txt"), *items])
    assert isinstance(found, tuple)
    assert isinstance(found[0], Skipped)
    assert found[0].passing
    assert "DOCS must lie where all workers see them" in found[0].reason
    assert [isinstance(answer, Shard) for answer in found[1:]] == [True, True]


def test_what_engines_log(means: Means) -> None:
    """An order shows no password and no content: engines write what tasks were given into their logs."""
    with ordered(means, RemoteFile("memory://me:hidden@box/shards")) as order:
        packed = replace(order, lexicons=(Packed("words", (("programmes.csv", b"hidden word"),)),))
        assert "hidden" not in repr(packed)
        again: Order = pickle.loads(pickle.dumps(packed))
        assert (again.shards, again.lexicons) == (packed.shards, packed.lexicons)


@pytest.mark.parametrize(
    ("engine", "said"),
    [
        (Engine("local", scheduler="tcp://127.0.0.1:8786"), "--scheduler is for --engine dask"),
        (Engine("spark", scheduler="tcp://127.0.0.1:8786"), "--scheduler is for --engine dask"),
        (Engine("dask", master="local"), "--master is for --engine spark"),
        (Engine("local", shards=RemoteFile("file:///tmp/x")), "--shards is for"),
    ],
)
def test_what_cannot_be_meant(items: list[Input], tmp_path: Path, engine: Engine, said: str) -> None:
    """It is told in one line, and nothing is made."""
    with pytest.raises(GraphError, match=said):
        build([tmp_path / "docs"], tmp_path / "graph", engine=engine)
    assert not (tmp_path / "graph").exists()


@pytest.mark.parametrize(("engine", "module"), [("dask", "distributed"), ("spark", "pyspark")])
def test_a_missing_extra(
    items: list[Input], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, module: str
) -> None:
    """The command names what to install, in one line."""
    monkeypatch.setitem(sys.modules, module, None)
    told = CliRunner().invoke(main, ["build", str(tmp_path / "docs"), "--out", str(tmp_path / "g"), "--engine", engine])
    assert (told.exit_code, f"pip install 'policy-kg[{engine}]'" in told.output) == (1, True)
    assert len(told.output.splitlines()) == 1
