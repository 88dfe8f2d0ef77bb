"""Files → their shards, by the workers of a Dask scheduler, or of a cluster that is started on this machine for the time."""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from typing import Any

from kg.errors import GraphError
from kg.pipeline.cluster.arriving import Results, arrived, from_everywhere, given_up
from kg.pipeline.cluster.batches import Batch, batches_of
from kg.pipeline.cluster.order import Order, ordered
from kg.pipeline.cluster.task import Refused, Result, end_work, read_batch
from kg.pipeline.engines import Engine
from kg.pipeline.files import Answer, Means, Progress
from kg.pipeline.workers import cores
from kg.texts.inputs import Input

LOOPBACK = "127.0.0.1"
AHEAD = 3  # batches for each thread of a worker, so that none waits
RETRIES = 2  # of a batch that failed; one whose worker was lost is done again by Dask itself
TO_CONNECT = 30.0  # seconds
TO_WAIT = 300.0  # seconds without any worker until the build is given up
_LOOK = 5.0
_DEAF = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"  # Ctrl-C is for who types it; we end our workers
_NO_WORKERS = (
    "the Dask scheduler has no workers; start some (dask worker SCHEDULER) and run kg build again, which goes on"
)


def dask_files(
    means: Means, engine: Engine, workers: int | None, inputs: Sequence[Input], progress: Progress
) -> Generator[Answer, None, None]:
    """What comes of each file, in their order; `workers` are those of a cluster that is started here, else its cores.

    Raises GraphError where nobody can read.
    """
    with _client(engine.scheduler, workers or cores()) as client, ordered(means, engine.shards) as order:
        try:
            batches = list(batches_of(from_everywhere(inputs), _threads(client)))
            yield from arrived(means, order, batches, _results(client, order, batches), progress)
        finally:
            client.run(end_work, order.key, on_error="ignore")


def _results(client: Any, order: Order, batches: Sequence[Batch]) -> Results:
    """The batches as they are done, each with its number."""
    done: queue.Queue[int] = queue.Queue()
    sent = client.submit(_itself, order, key=f"kg-order-{order.key}")  # a task: Dask makes it again where it is lost
    running: dict[int, Any] = {}
    waiting = iter(range(len(batches)))
    heard = time.monotonic()
    while True:
        for n in islice(waiting, max(0, AHEAD * max(1, _threads(client)) - len(running))):
            running[n] = _submitted(client, order, sent, batches[n], str(n))
            running[n].add_done_callback(partial(_note, done, n))
        if not running:
            return
        try:
            n = done.get(timeout=_LOOK)
        except queue.Empty:
            if _threads(client):
                heard = time.monotonic()
            elif time.monotonic() - heard > TO_WAIT:
                raise GraphError(_NO_WORKERS) from None
            continue
        yield n, _result(client, order, sent, running.pop(n), batches[n], str(n))


def _result(client: Any, order: Order, sent: Any, future: Any, batch: Batch, name: str) -> Result:
    """What came of a batch. One that failed for good is read file by file, and a file that fails again is left out."""
    if future.status == "finished":
        result: Result = future.result()
        return result
    if client.status != "running":
        raise GraphError("the Dask scheduler is gone; what was read is kept: run kg build again, which goes on")
    fault = future.exception() if future.status == "error" else RuntimeError("its task was cancelled")
    if isinstance(fault, ImportError):
        raise GraphError(f"a Dask worker cannot read ({fault}); install policy-kg there as it is installed here")
    if len(batch) == 1:
        return given_up(batch, f"{type(fault).__name__}: {fault}")
    answers: list[Answer] = []
    for n, item in enumerate(batch):
        one = f"{name}-{n}"
        alone = _submitted(client, order, sent, (item,), one)
        with suppress(Exception):  # told below
            alone.result()
        found = _result(client, order, sent, alone, (item,), one)
        if isinstance(found, Refused):
            return found
        answers += found
    return tuple(answers)


def _submitted(client: Any, order: Order, sent: Any, batch: Batch, name: str) -> Any:
    return client.submit(read_batch, sent, batch, key=f"kg-read-{order.key}-{name}", retries=RETRIES)


def _itself(order: Order) -> Order:
    return order


def _note(done: queue.Queue[int], number: int, future: Any) -> None:
    done.put(number)


def _threads(client: Any) -> int:
    """Threads of all workers that are there now."""
    return sum(client.nthreads().values())


@contextmanager
def _client(scheduler: str, workers: int) -> Iterator[Any]:
    """A connection to the scheduler that the user names, or to a cluster of this machine that nobody else can reach."""
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise GraphError("--engine dask needs Dask: pip install 'policy-kg[dask]'") from None
    if not scheduler:
        with (
            LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                host=LOOPBACK,
                dashboard_address=None,
                scheduler_kwargs={"dashboard": False, "dashboard_address": f"{LOOPBACK}:0"},
                silence_logs=logging.CRITICAL,
                preload=[_DEAF],
            ) as cluster,
            Client(cluster, set_as_default=False) as client,
        ):
            yield client
        return
    try:
        client = Client(scheduler, timeout=TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as fault:
        raise GraphError(
            f"--scheduler {scheduler}: no Dask scheduler answers there ({fault}); is it running?"
        ) from None
    with client:
        yield client
