"""Files → batches of files, each worth the way to a worker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.texts.inputs import Input

LARGEST, SMALLEST = 4_000_000, 100_000  # bytes of a batch, but for one large file
MOST = 64  # files of a batch
EACH = 8  # batches for each worker, so that none waits long for the last

Batch = tuple[Input, ...]


def batches_of(inputs: Sequence[Input], workers: int) -> Iterator[Batch]:
    """The files in their order, some at a time."""
    enough = min(LARGEST, max(SMALLEST, sum(item.size for item in inputs) // (EACH * max(1, workers))))
    batch: list[Input] = []
    size = 0
    for item in inputs:
        if batch and (size + item.size > enough or len(batch) == MOST):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(item)
        size += item.size
    if batch:
        yield tuple(batch)
