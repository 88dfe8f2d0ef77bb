"""kg build --engine spark: a standalone master with two workers makes the same graph as one process, whatever happens."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from graph_folder.made_up import drafts, made, short, write

from cluster.conftest import ALL, storage
from kg.errors import GraphError, NothingToBuild
from kg.pipeline import Engine, build, status
from kg.pipeline.cluster import batches

pyspark = pytest.importorskip("pyspark", reason="the extra spark is not installed")
if shutil.which("java") is None:
    pytest.skip("Java is not installed", allow_module_level=True)
if not Path("/proc/self/stat").exists():
    pytest.skip("processes are looked up in /proc", allow_module_level=True)

HOME = Path(pyspark.__file__).parent
QUIET = {
    "SPARK_HOME": str(HOME),
    "SPARK_LOCAL_IP": "127.0.0.1",  # pages of master and worker too
    "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",
    "SPARK_DAEMON_MEMORY": "256m",
}


WORKERS: list[int] = []  # their processes


class Started:
    """A daemon of Spark, with what it says in a file."""

    def __init__(self, folder: Path, name: str, *arguments: str) -> None:
        self.log = folder / f"{name}.log"
        command = [str(HOME / "bin" / "spark-class"), f"org.apache.spark.deploy.{name.partition(' ')[0]}", *arguments]
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(command, env=os.environ | QUIET, stdout=out, stderr=out)

    def said(self, pattern: str) -> str:
        """Waits until it has said this."""
        for _ in range(2000):
            if found := re.search(pattern, self.log.read_text("utf-8", "replace")):
                return found[1]
            assert self.process.poll() is None, self.log.read_text("utf-8", "replace")
            time.sleep(0.1)
        raise AssertionError(self.log.read_text("utf-8", "replace"))

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a master with two workers that only this machine can reach."""
    folder = tmp_path_factory.mktemp("spark")
    own = "--host", "127.0.0.1", "--webui-port", "0"
    started = [Started(folder, "master.Master", *own, "--port", "0")]
    try:
        address = started[0].said(r"Starting Spark master at (spark://\S+)")
        for n in (1, 2):
            where = "--work-dir", str(folder / str(n))
            started.append(
                Started(folder, f"worker.Worker {n}", *own, *where, "--cores", "1", "--memory", "1g", address)
            )
        for worker in started[1:]:
            worker.said(r"Successfully registered with master (\S+)")
        WORKERS[:] = [worker.process.pid for worker in started[1:]]
        yield address
    finally:
        for one in reversed(started):
            one.end()


@pytest.fixture
def engine(master: str) -> Engine:
    return Engine("spark", master=master)


def executors() -> list[int]:
    """The processes that the workers of these tests started for executors, by their ids."""
    mine = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent in WORKERS:
            mine.append(int(process.name))
    return mine


def test_a_worker_is_killed(
    docs: Path, alone: dict[str, bytes], engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An executor that is lost in the middle costs nothing but time: the graph is that of one process."""
    monkeypatch.setattr(batches, "MOST", 2)
    killed: list[int] = []

    def kill_one(done: int, all_: int, file: str) -> None:
        if not killed and done < all_:
            killed.extend(executors()[:1])
            os.kill(killed[0], signal.SIGKILL)

    folder = tmp_path / "graph"
    build([docs], folder, progress=kill_one, engine=engine)
    assert killed
    assert made(folder, ALL) == alone
    assert (drafts(folder), status(folder).faults, status(folder).stale) == ([], (), ())


def test_shards_and_documents_elsewhere(docs: Path, alone: dict[str, bytes], engine: Engine, tmp_path: Path) -> None:
    """Documents are read from a URL, shards are put under another and fetched: the graph is the same."""
    elsewhere = Engine("spark", master=engine.master, shards=storage(tmp_path / "storage"))
    build([storage(docs)], tmp_path / "graph", engine=elsewhere)
    assert made(tmp_path / "graph", ALL) == alone


def test_a_task_that_fails_for_good(tmp_path: Path) -> None:
    """Its files are left out with the reason, and the next build tries them again."""
    docs = write(tmp_path / "docs", {"a.txt": short(), "b.txt": short("大连市")})
    write(tmp_path, {"storage": "a file, in which no shard can be put"})
    broken = Engine("spark", master="local[2]", shards=storage(tmp_path / "storage"))
    with pytest.raises(
        NothingToBuild, match=r"a\.txt: the cluster gave up reading it: .*\n  b\.txt: the cluster gave up"
    ):
        build([docs], tmp_path / "graph", engine=broken)
    assert build([docs], tmp_path / "graph", engine=Engine("spark", master="local[2]")).read == 2


def test_no_such_master(docs: Path, tmp_path: Path) -> None:
    """It is told in one line."""
    with pytest.raises(GraphError, match="--master nonsense"):
        build([docs], tmp_path / "graph", engine=Engine("spark", master="nonsense"))
