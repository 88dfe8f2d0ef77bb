"""Files → batches: all of them, in order, none too large, and enough for every worker to have several."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.pipeline.cluster.batches import EACH, LARGEST, MOST, SMALLEST, batches_of
from kg.remote.files import RemoteFile
from kg.texts.inputs import Input


def of_size(number: int, size: int) -> Input:
    return Input(RemoteFile(f"memory://docs/{number}", size), str(number))


@given(st.lists(st.integers(0, 2 * LARGEST)), st.integers(1, 100))
def test_batches(sizes: list[int], workers: int) -> None:
    """Every file once, in order; a batch that is too large holds one file."""
    inputs = [of_size(n, size) for n, size in enumerate(sizes)]
    batches = list(batches_of(inputs, workers))
    assert [item for batch in batches for item in batch] == inputs
    assert all(0 < len(batch) <= MOST for batch in batches)
    assert all(len(batch) == 1 or sum(item.size for item in batch) <= LARGEST for batch in batches)


def test_enough_for_all() -> None:
    """Some for each worker, but none that is hardly worth the way."""
    inputs = [of_size(n, 10_000) for n in range(1000)]
    assert len(list(batches_of(inputs, 2))) >= 2 * EACH
    assert min(sum(item.size for item in batch) for batch in list(batches_of(inputs, 1000))[:-1]) >= SMALLEST // 2
