"""Cascades → how often each edge is found when the cascades are drawn anew: the inclusion frequency.

Cascades are drawn with replacement, as the independent observations that they are taken for; units are not (Efron 1979,
Annals of Statistics 7(1); the inclusion frequency as a measure of stability: Meinshausen and Bühlmann 2010, JRSS B 72(4)).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import numpy as np

from kg.diffusion.cascades import Cascades
from kg.diffusion.inference.delays import Delay
from kg.diffusion.inference.netinf import edges_of, prepare
from kg.diffusion.inference.pairs import Pairs
from kg.diffusion.inference.records import Ties
from kg.errors import DiffusionError

Pair = tuple[int, int]


class Inclusion(NamedTuple):
    """How stable one edge is."""

    origin: int
    destination: int
    frequency: float  # share of the bootstraps that have it among their first edges


def bootstrap(
    cascades: Cascades,
    delay: Delay,
    *,
    edges: int,
    times: int = 100,
    ties: Ties = "interval",
    background: float | None = None,
    seed: int = 0,
    workers: int = 1,
) -> tuple[Inclusion, ...]:
    """Every edge that is among the first `edges` in any of `times` bootstraps, the most frequent first.

    The result does not depend on the number of workers (processes). Raises DiffusionError where an argument is out of range.
    """
    if times < 1:
        raise DiffusionError(f"bootstraps {times}: must be at least 1")
    if edges < 0:
        raise DiffusionError(f"edges {edges}: must not be negative")
    given = (cascades, delay, ties, edges, background, seed)
    counts: Counter[Pair] = Counter()
    if workers > 1:
        with ProcessPoolExecutor(workers, initializer=_prepare, initargs=given) as pool:
            counts.update(pair for drawn in pool.map(_drawn, range(times), chunksize=4) for pair in drawn)
    else:
        _prepare(*given)
        counts.update(pair for number in range(times) for pair in _drawn(number))
        _work.clear()
    return _sorted(counts, times, cascades.units)


def _sorted(counts: Counter[Pair], times: int, units: tuple[str, ...]) -> tuple[Inclusion, ...]:
    def key(pair: Pair) -> tuple[int, str, str]:
        return -counts[pair], units[pair[0]], units[pair[1]]

    return tuple(Inclusion(*pair, counts[pair] / times) for pair in sorted(counts, key=key))


class _Work:
    """What one process does: the pairs are prepared once, then only the weights of the cascades differ."""

    def __init__(self, pairs: Pairs, edges: int, background: float | None, seed: int) -> None:
        self._pairs = pairs
        self._edges = edges
        self._background = background
        self._seed = seed

    def __call__(self, number: int) -> list[Pair]:
        cascades = len(self._pairs.cascades)
        drawn = np.random.default_rng((self._seed, number)).integers(0, max(cascades, 1), cascades)
        weights = np.bincount(drawn, minlength=cascades).astype(np.float64)
        found = edges_of(self._pairs, self._edges, weights, self._background)
        return [(origin, destination) for origin, destination, _ in found]


_work: list[_Work] = []  # of this process


def _prepare(cascades: Cascades, delay: Delay, ties: Ties, edges: int, background: float | None, seed: int) -> None:
    _work[:] = [_Work(prepare(cascades, delay, ties), edges, background, seed)]


def _drawn(number: int) -> list[Pair]:
    return _work[0](number)


def frequencies(found: Iterable[Inclusion]) -> dict[Pair, float]:
    """By origin and destination; what is not there was never found."""
    return {(edge.origin, edge.destination): edge.frequency for edge in found}
