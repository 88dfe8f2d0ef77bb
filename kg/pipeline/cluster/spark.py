"""Files → their shards, by the executors of a Spark cluster: batches are the partitions, one process reads for each core."""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

from kg.errors import GraphError
from kg.pipeline.cluster.arriving import Results, arrived, from_everywhere, given_up
from kg.pipeline.cluster.batches import Batch, batches_of
from kg.pipeline.cluster.order import ordered
from kg.pipeline.cluster.task import Refused, Result, read_batch
from kg.pipeline.engines import Engine
from kg.pipeline.files import Answer, Means, Progress
from kg.texts.inputs import Input

LOOPBACK = "127.0.0.1"
EACH = 4  # batches for each core in a job of Spark
JOBS = 2  # at once, so that the cores which are done with one have the next
TO_WAIT = 120.0  # seconds without any executor until the build is given up
_LOOK = 5.0
_STOPPED = "--master {master}: no Spark master answers there, or it has ended the work; what was read is kept"
_NO_EXECUTORS = "--master {master}: Spark gives no executors; are its workers running, and free?"
_ABSENT = ("ModuleNotFoundError", "PYTHON_VERSION_MISMATCH")

Numbered = tuple[int, Batch]


def spark_files(
    means: Means, engine: Engine, inputs: Sequence[Input], progress: Progress
) -> Generator[Answer, None, None]:
    """What comes of each file, in their order; raises GraphError where nobody can read."""
    with _context(engine) as context, ordered(means, engine.shards) as order:
        batches = list(batches_of(from_everywhere(inputs), context.defaultParallelism))
        results = _results(context, engine.master, context.broadcast(order), batches)
        yield from arrived(means, order, batches, results, progress)


def _results(context: Any, master: str, order: Any, batches: Sequence[Batch]) -> Results:
    """The batches in their order, each with its number."""
    numbered = list(enumerate(batches))
    size = EACH * max(1, context.defaultParallelism)
    jobs = (numbered[start : start + size] for start in range(0, len(numbered), size))
    with ThreadPoolExecutor(JOBS) as pool:
        try:
            running: deque[Future[list[tuple[int, Result]]]] = deque()
            for job in jobs:
                running.append(pool.submit(_done, context, order, job))
                if len(running) == JOBS:
                    yield from _awaited(running.popleft(), context, master)
            while running:
                yield from _awaited(running.popleft(), context, master)
        finally:
            context.cancelAllJobs()


def _awaited(job: Future[list[tuple[int, Result]]], context: Any, master: str) -> list[tuple[int, Result]]:
    """What came of a job; raises GraphError where there is nobody to do it."""
    heard = time.monotonic()
    while True:
        try:
            return job.result(timeout=_LOOK)
        except TimeoutError:
            if _executors(context):
                heard = time.monotonic()
            elif time.monotonic() - heard > TO_WAIT:
                raise GraphError(_NO_EXECUTORS.format(master=master)) from None
        except Exception:
            if context._jsc is None or context._jsc.sc().isStopped():
                raise GraphError(_STOPPED.format(master=master)) from None
            raise


def _done(context: Any, order: Any, batches: Sequence[Numbered]) -> list[tuple[int, Result]]:
    """What came of some batches; where Spark gives one up, it is read file by file, and a file that fails again is left out."""
    from py4j.protocol import Py4JJavaError

    try:
        found: list[tuple[int, Result]] = (
            context.parallelize(batches, len(batches)).mapPartitions(partial(_read, order)).collect()
        )
        return found
    except Py4JJavaError as fault:
        said = str(fault.java_exception)
        if any(word in said for word in _ABSENT):
            return [(n, Refused(f"a Spark executor cannot read ({_last_line(said)})")) for n, _ in batches]
        if context._jsc.sc().isStopped():
            raise
        if len(batches) > 1:
            return [one for batch in batches for one in _done(context, order, [batch])]
        ((n, batch),) = batches
        if len(batch) == 1:
            return [(n, given_up(batch, _last_line(said)))]
        answers: list[Answer] = []
        for item in batch:
            ((_, result),) = _done(context, order, [(n, (item,))])
            if isinstance(result, Refused):
                return [(n, result)]
            answers += result
        return [(n, tuple(answers))]


def _read(order: Any, batches: Iterable[Numbered]) -> Iterator[tuple[int, Result]]:
    """What an executor does."""
    for n, batch in batches:
        yield n, read_batch(order.value, batch)


def _last_line(said: str) -> str:
    """What Python said in the end, of a report of Spark with the traces of two languages."""
    lines = [line.strip() for line in said.splitlines() if "Error" in line and not line.lstrip().startswith("at ")]
    return lines[-1] if lines else said.partition("\n")[0]


def _executors(context: Any) -> int:
    """How many there are; a local master is one itself."""
    known = int(context._jsc.sc().getExecutorMemoryStatus().size())
    return known if context.master.startswith("local") else known - 1


@contextmanager
def _context(engine: Engine) -> Iterator[Any]:
    """A connection to the master that the user names; raises GraphError."""
    try:
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkException
    except ImportError:
        raise GraphError("--engine spark needs PySpark: pip install 'policy-kg[spark]'") from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    conf = SparkConf().setAppName("policy-kg")
    if engine.master or not conf.contains("spark.master"):
        conf.setMaster(engine.master or "local[*]")
    for name, value in _settings(conf.get("spark.master")).items():
        conf.setIfMissing(name, value)
    try:
        context = SparkContext(conf=conf)
    except PySparkException as fault:
        raise GraphError(f"--engine spark needs Java 17 or later, which did not start ({fault})") from None
    except Exception as fault:  # of Java, through py4j
        raise GraphError(f"--master {engine.master}: Spark did not start ({_last_line(str(fault))})") from None
    with context:
        yield context


def _settings(master: str) -> dict[str, str]:
    """What holds unless the user's spark-defaults.conf says otherwise: no page, little talk, no ear to other machines."""
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
    host = master.partition("://")[2].partition(":")[0]
    if master.startswith("local") or host in (LOOPBACK, "localhost"):
        settings |= {"spark.driver.host": LOOPBACK, "spark.driver.bindAddress": LOOPBACK}
    return settings
