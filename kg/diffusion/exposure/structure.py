"""Who looks at whom, and when each adopted → whether the network matters: the same statistic on rewired networks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from kg.diffusion.cascades import Floats
from kg.diffusion.exposure.exposures import adopted_by, exposure, thresholds

Statistic = Callable[[csr_array], float]
SWAPS_PER_TIE = 20  # Milo et al. 2003: tried swaps that forget the network


class StructureTest(NamedTuple):
    """A statistic on the network, and on networks in which everybody has as many ties but other ones."""

    observed: float
    mean: float
    sd: float
    p_value: float  # two-sided, the network itself counted among the rewired ones: never 0
    rewirings: int


def structure_test(weights: csr_array, statistic: Statistic, *, rewirings: int = 1000, seed: int = 0) -> StructureTest:
    """The test of one statistic: Vega Yon & Valente's (netdiffuseR's struct_test)."""
    return structure_tests(weights, [statistic], rewirings=rewirings, seed=seed)[0]


def structure_tests(
    weights: csr_array, statistics: Sequence[Statistic], *, rewirings: int = 1000, seed: int = 0
) -> tuple[StructureTest, ...]:
    """Several statistics, each as if alone, on the same rewired networks (20 swaps tried per tie).

    The p-value is (1 + b) / (1 + R) (Davison & Hinkley 1997). Rewirings of which a statistic is not finite do not count.
    """
    rng = np.random.default_rng(seed)
    ties = csr_array((weights != 0).astype(np.float64))
    found: list[list[float]] = [[] for _ in statistics]
    for _ in range(rewirings):
        other = rewired(ties, rng)
        for values, statistic in zip(found, statistics, strict=True):
            values.append(statistic(other))
    return tuple(
        _compared(statistic(ties), np.array(values)) for values, statistic in zip(found, statistics, strict=True)
    )


def _compared(observed: float, found: Floats) -> StructureTest:
    found = found[np.isfinite(found)]
    if found.size == 0 or not np.isfinite(observed):
        return StructureTest(observed, np.nan, np.nan, np.nan, int(found.size))
    beyond = 1 + min(int(np.sum(found >= observed - 1e-12)), int(np.sum(found <= observed + 1e-12)))
    sd = float(found.std(ddof=1)) if found.size > 1 else np.nan
    p_value = min(1.0, 2 * beyond / (1 + found.size))
    return StructureTest(observed, float(found.mean()), sd, p_value, int(found.size))


def mean_threshold(times: Floats, periods: Floats, known: Floats | None = None) -> Statistic:
    """The statistic that the test is mostly used with: the mean exposure at adoption; `known` as for exposure."""
    adopted = adopted_by(times, periods)

    def statistic(ties: csr_array) -> float:
        found = thresholds(exposure(ties, adopted, known=known), times, periods)
        has = found[np.isfinite(found)]
        return float(has.mean()) if has.size else np.nan

    return statistic


def rewired(ties: csr_array, rng: np.random.Generator, swaps: int = 0) -> csr_array:
    """Another network in which every unit has as many ties in and out, by swaps of the ends of two ties.

    A swap that would make a loop or a tie that is there already is not done (Maslov & Sneppen 2002). Where all ties are
    mutual they stay so. `swaps`: how many are tried; 0 is 20 per tie.
    """
    table = ties.tocoo()
    size = int(ties.shape[0])
    mutual = (ties != ties.T).nnz == 0
    one = table.row <= table.col if mutual else np.ones(len(table.row), dtype=np.bool_)
    tails, heads = table.row[one].tolist(), table.col[one].tolist()
    if len(tails) > 1:
        tried = swaps or SWAPS_PER_TIE * len(tails)
        swap = _swap_mutual if mutual else _swap
        swap(tails, heads, size, rng.integers(len(tails), size=(tried, 2)).tolist(), rng)
    if mutual:
        tails, heads = tails + heads, heads + tails
    return csr_array((np.ones(len(tails)), (tails, heads)), shape=ties.shape)


def _swap(tails: list[int], heads: list[int], size: int, pairs: list[list[int]], _: np.random.Generator) -> None:
    """a → b, c → d become a → d, c → b; in place, for the pairs of ties in turn."""
    there = {tail * size + head for tail, head in zip(tails, heads, strict=True)}
    for first, second in pairs:
        a, b, c, d = tails[first], heads[first], tails[second], heads[second]
        one, other = a * size + d, c * size + b
        if a == d or c == b or one in there or other in there:
            continue
        there.remove(a * size + b)
        there.remove(c * size + d)
        there.add(one)
        there.add(other)
        heads[first], heads[second] = d, b


def _swap_mutual(
    tails: list[int], heads: list[int], size: int, pairs: list[list[int]], rng: np.random.Generator
) -> None:
    """The same of ties without direction: the second is read the other way round half of the time."""

    def key(one: int, other: int) -> int:
        return one * size + other if one < other else other * size + one

    there = {key(tail, head) for tail, head in zip(tails, heads, strict=True)}
    for (first, second), turned in zip(pairs, rng.integers(2, size=len(pairs)).tolist(), strict=True):
        a, b, c, d = tails[first], heads[first], tails[second], heads[second]
        if turned:
            c, d = d, c
        if a == d or c == b or key(a, d) in there or key(c, b) in there:
            continue
        there -= {key(a, b), key(c, d)}
        there |= {key(a, d), key(c, b)}
        heads[first], tails[second], heads[second] = d, c, b
