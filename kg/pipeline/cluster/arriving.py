"""What workers answer, in any order → the shards in the graph folder, one for each file in the order of the files."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

from kg.errors import GraphError
from kg.graph_folder import Shard
from kg.graph_folder.plan import path_from
from kg.graph_folder.travel import awaited, fetch
from kg.pipeline.cluster.batches import Batch
from kg.pipeline.cluster.order import Order
from kg.pipeline.cluster.task import Refused, Result
from kg.pipeline.files import Answer, Means, Progress
from kg.remote.files import RemoteFile
from kg.texts.inputs import Input, Skipped

Results = Generator[tuple[int, Result], None, None]  # for batches, each with its number

FETCHING = 16  # shards that are fetched at once, for storage is slow to answer
_GIVEN_UP = "the cluster gave up reading it: {why}"
_NOT_FETCHED = "it was read, but what was read could not be fetched: {why}"


def arrived(
    means: Means, order: Order, batches: Sequence[Batch], results: Results, progress: Progress
) -> Generator[Answer, None, None]:
    """The answers for all files in their order; `results` come in any order.

    Raises GraphError where workers cannot read at all, or what they wrote is not seen here.
    """
    number = sum(map(len, batches))
    arriving: dict[int, list[Future[Answer]]] = {}
    done = given = 0
    with closing(results), ThreadPoolExecutor(FETCHING) as pool:
        try:
            for n, result in results:
                if isinstance(result, Refused):
                    raise GraphError(result.reason)
                arriving[n] = [pool.submit(_taken, means, order, *one) for one in zip(batches[n], result, strict=True)]
                done += len(result)
                progress(done, number, batches[n][-1].file)
                while given in arriving:
                    for answer in arriving.pop(given):
                        yield answer.result()
                    given += 1
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def given_up(batch: Batch, why: str) -> tuple[Answer, ...]:
    """The files of a batch, left out; the next build tries them again."""
    return tuple(Skipped(item.file, _GIVEN_UP.format(why=" ".join(why.split())[:300]), passing=True) for item in batch)


def from_everywhere(inputs: Sequence[Input]) -> list[Input]:
    """The same files, named as a worker finds them whose current folder is another."""
    return [item if isinstance(item.path, RemoteFile) else replace(item, path=item.path.absolute()) for item in inputs]


def _taken(means: Means, order: Order, item: Input, answer: Answer) -> Answer:
    """The answer, when the shard is in its place here."""
    if not isinstance(answer, Shard):
        return answer
    path = path_from(means.job.folder, item.path)
    if order.shards is None:
        return awaited(means.shards, answer, path)
    try:
        return fetch(means.shards, answer, path, order.shards)
    except OSError as fault:
        return Skipped(item.file, _NOT_FETCHED.format(why=fault), passing=True)
