"""kg build --engine dask: two worker processes make the same graph as one process, whatever happens to them."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graph_folder.made_up import drafts, made, short, write

from cluster.conftest import ALL, storage
from kg.errors import GraphError, NothingToBuild
from kg.pipeline import Engine, Settings, build, status
from kg.pipeline.cluster import batches

distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two worker processes that only this machine can reach."""
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
        silence_logs=logging.CRITICAL,
    ) as started:
        yield started


@pytest.fixture
def engine(cluster: Any) -> Engine:
    return Engine("dask", scheduler=cluster.scheduler_address)


def test_the_same_bytes(docs: Path, alone: dict[str, bytes], engine: Engine, tmp_path: Path) -> None:
    """All that is made is what one process makes, nothing is left over, and the next build has nothing to read."""
    folder = tmp_path / "graph"
    steps: list[tuple[int, int]] = []
    build([docs], folder, progress=lambda done, all_, file: steps.append((done, all_)), engine=engine)
    assert made(folder, ALL) == alone
    assert (drafts(folder), status(folder).faults, status(folder).stale) == ([], (), ())
    assert steps == sorted(steps)
    assert build([docs], folder, engine=Engine("dask", scheduler="tcp://127.0.0.1:1")).read == 0


def test_a_worker_is_killed(
    docs: Path, alone: dict[str, bytes], engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it was reading is read by another, and the graph is the same."""
    monkeypatch.setattr(batches, "MOST", 4)
    killed: list[int] = []
    with distributed.Client(engine.scheduler, set_as_default=False) as client:
        workers = client.run(os.getpid)

        def kill_one(done: int, all_: int, file: str) -> None:
            if not killed:
                killed.append(next(iter(workers.values())))
                os.kill(killed[0], signal.SIGTERM if os.name == "nt" else signal.SIGKILL)

        build([docs], tmp_path / "graph", progress=kill_one, engine=engine)
        client.wait_for_workers(2)
        assert killed[0] not in client.run(os.getpid).values()
    assert made(tmp_path / "graph", ALL) == alone
    assert drafts(tmp_path / "graph") == []


def test_shards_and_documents_elsewhere(docs: Path, alone: dict[str, bytes], engine: Engine, tmp_path: Path) -> None:
    """Documents are read from a URL, shards are put under another and fetched: the graph is the same."""
    elsewhere = Engine("dask", scheduler=engine.scheduler, shards=storage(tmp_path / "storage"))
    build([storage(docs)], tmp_path / "graph", engine=elsewhere)
    assert made(tmp_path / "graph", ALL) == alone
    assert (drafts(tmp_path / "graph"), status(tmp_path / "graph").faults) == ([], ())
    sent = {path.name for path in (tmp_path / "storage" / "shards").glob("*/*")}
    assert sent == {path.name for path in (tmp_path / "graph" / "shards").glob("*/*")}


def test_own_lexicons_travel(engine: Engine, tmp_path: Path) -> None:
    """Workers have the user's lexicons although their folder is another there: it is their content that is sent."""
    docs = write(tmp_path / "docs", {f"{n}.txt": f"{short(number=n)}推行银杏校长行动。\n" for n in range(3)})
    lexicon = write(tmp_path / "words", {"programmes.csv": "name\n银杏校长行动\n"})
    settings = Settings(lexicons=(lexicon,))
    build([docs], tmp_path / "one", settings=settings, workers=1)
    build([docs], tmp_path / "two", settings=settings, engine=engine)
    assert "银杏校长行动" in (tmp_path / "one" / "graph.nq").read_text("utf-8")
    assert made(tmp_path / "two", ALL) == made(tmp_path / "one", ALL)
    assert status(tmp_path / "two").stale == status(tmp_path / "one").stale


def test_a_cluster_of_its_own(docs: Path, alone: dict[str, bytes], tmp_path: Path) -> None:
    """Without --scheduler the build starts workers on this machine, and ends them."""
    build([docs], tmp_path / "graph", workers=1, engine=Engine("dask"))
    assert made(tmp_path / "graph", ALL) == alone


def test_a_task_that_fails_for_good(engine: Engine, tmp_path: Path) -> None:
    """Its files are left out with the reason, and the next build tries them again."""
    docs = write(tmp_path / "docs", {"a.txt": short(), "b.txt": short("大连市")})
    write(tmp_path, {"storage": "a file, in which no shard can be put"})
    broken = Engine("dask", engine.scheduler, shards=storage(tmp_path / "storage"))
    with pytest.raises(
        NothingToBuild, match=r"a\.txt: the cluster gave up reading it: .*\n  b\.txt: the cluster gave up"
    ):
        build([docs], tmp_path / "graph", engine=broken)
    assert build([docs], tmp_path / "graph", engine=engine).read == 2


@pytest.mark.parametrize(
    ("engine", "said"),
    [
        (Engine("dask", scheduler="127.0.0.1"), "no Dask scheduler answers"),
        (Engine("dask", scheduler="nowhere://127.0.0.1:1"), "no Dask scheduler answers"),
    ],
)
def test_no_such_scheduler(
    docs: Path, tmp_path: Path, engine: Engine, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told in one line, and nothing is made."""
    from kg.pipeline.cluster import dask

    monkeypatch.setattr(dask, "TO_CONNECT", 0.3)
    began = time.monotonic()
    with pytest.raises(GraphError, match=said):
        build([docs], tmp_path / "graph", engine=engine)
    assert time.monotonic() - began < 20
