"""Cascades → the edges that are more than chance, each with z, p, q, and how many of them are expected to be false.

Chance is what remains when the times of each cascade are exchanged among its units: who adopts what stays, who follows
whom goes. Each edge is measured by its excess, the log likelihood that it gains beyond the mean of these permutations
given the edges into the same unit before it (kg.diffusion.inference.climb). The q-value of an edge is the share of false
edges among those with at least its excess: as many as the same climb finds in permuted cascades (Storey and Tibshirani
2003, PNAS 100(16)), where
- a second round leaves the pairs of the edges found in the first as they are and exchanges the others, because edges
  that are there explain adoptions that false ones would else compete for (Xie, Pan and Khodursky 2005, Bioinformatics
  21(23), on permutation where not all is null);
- pairs are compared with pairs that meet as often, beyond chance, in one cascade. Permutation does not change how often
  they meet, so this grouping gives power and costs no error (Sun et al. 2006, Genetic Epidemiology 30(6); Bourgon, Gentleman
  and Huber 2010, PNAS 107(21)).

Of two opposite edges the weaker one must gain more than chance in the adoptions whose order is certain: within a year
each of two places looks like the follower of the other.

`exchanged="tendency"` exchanges times only among units of the same quarter by mean rank: then a unit that is early in
everything is not taken for a leader of all others. It is the stricter null, and needs cascades of some twenty units.

What is tested is that destination follows origin more closely than chance. An edge over a third unit is told apart only
as far as the edges of the third explain it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from kg.diffusion.cascades import Cascades, Floats, Ints
from kg.diffusion.inference.candidates import BACKGROUND, Exchanged, Field, Setting, in_order_of_names
from kg.diffusion.inference.climb import CASCADES, EXPECTED, GAIN, ORIGIN, SKEW, VARIANCE, climb, in_order
from kg.diffusion.inference.delays import Delay
from kg.diffusion.inference.estimates import estimated_delay
from kg.diffusion.inference.records import Ties
from kg.errors import DiffusionError

LEVEL = 0.05
ENOUGH = 10_000  # null edges from which a q-value is read
MOST_PERMUTATIONS = 20
MEETINGS = (1.0, 2.0, 4.0, 8.0)  # groups of pairs, by how many times more often than chance they meet
DESTINATION = 6
PARTS = 64  # units are dealt to the workers in so many parts


class TestedEdge(NamedTuple):
    """One edge against chance."""

    origin: int
    destination: int
    gain: float  # log likelihood, given the edges into the same unit before it
    expected: float  # of it by chance
    z: float  # (gain - expected) / its standard deviation by chance
    p_value: float  # one-sided, of this edge alone: from three moments of the permutations
    q_value: float  # share of false edges among those at least as good
    cascades: int  # in which the origin may have been the way

    @property
    def excess(self) -> float:
        """Log likelihood beyond chance, by which the edges are ranked."""
        return self.gain - self.expected


@dataclass(frozen=True, slots=True)
class Significance:
    """All edges that were tried, the one with the largest excess first, and what the null says of them."""

    units: tuple[str, ...]
    edges: tuple[TestedEdge, ...]
    setting: Setting
    permutations: int
    level: float

    @property
    def reported(self) -> tuple[TestedEdge, ...]:
        """The network: edges with a q-value up to the level."""
        return tuple(edge for edge in self.edges if edge.q_value <= self.level)

    @property
    def expected_false(self) -> float:
        """How many of the reported edges chance has brought in, at most."""
        reported = self.reported
        return max((edge.q_value for edge in reported), default=0.0) * len(reported)


def significant_edges(
    cascades: Cascades,
    delay: Delay | None = None,
    *,
    ties: Ties = "interval",
    level: float = LEVEL,
    exchanged: Exchanged = "cascade",
    background: float = BACKGROUND,
    permutations: int | None = None,
    seed: int = 0,
    workers: int = 1,
) -> Significance:
    """Tests the edges of the cascades; without a delay an exponential one is estimated.

    Without `permutations` as many as give 10,000 null edges, 20 at most. The result does not depend on the number of
    workers (processes). Raises DiffusionError where an argument is out of range.
    """
    if not 0 < level < 1:
        raise DiffusionError(f"level {level}: must lie between 0 and 1")
    if permutations is not None and permutations < 1:
        raise DiffusionError(f"permutations {permutations}: must be at least 1")
    if not background > 0:
        raise DiffusionError(f"background {background}: must be positive")
    setting = Setting(delay or estimated_delay(cascades, ties=ties), ties, background, exchanged)
    ordered, numbers = in_order_of_names(cascades)
    with _Climbs(ordered, setting, seed, workers) as climbs:
        found = climbs()
        draws = permutations or min(max(1, math.ceil(ENOUGH / max(len(found), 1))), MOST_PERMUTATIONS)
        meeting = _meetings(ordered)
        values = np.ones(len(found))
        for round_ in range(2):
            known = _into(found[values <= level], len(numbers))
            if round_ and not any(known):
                break
            null = climbs(known, round_ * draws, draws)
            values = _q_values(found, null, meeting, draws)
        values = _in_order(found, values, climbs, level, len(numbers))
    edges = _edges(found, values, numbers)
    return Significance(cascades.units, edges, setting, draws, level)


class _Climbs:
    """Runs the climb for every unit, in this process or in several."""

    def __init__(self, cascades: Cascades, setting: Setting, seed: int, workers: int) -> None:
        self._units = len(cascades.units)
        given = (cascades, setting, seed)
        self._pool = ProcessPoolExecutor(workers, initializer=_prepare, initargs=given) if workers > 1 else None
        if self._pool is None:
            _prepare(*given)

    def __enter__(self) -> _Climbs:
        return self

    def __exit__(self, *raised: object) -> None:
        _work.clear()
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def __call__(self, known: list[list[int]] | None = None, first: int = 0, draws: int = 0) -> Floats:
        """(edges, 7): the columns of the climb and the destination; of `draws` permutations, or of the data."""
        size = max(1, -(-self._units // PARTS))
        parts = [range(start, min(start + size, self._units)) for start in range(0, self._units, size)]
        tasks = [(part, [known[unit] for unit in part] if known else [[]] * len(part), first, draws) for part in parts]
        found = self._pool.map(_run, tasks) if self._pool else map(_run, tasks)
        return np.concatenate([np.zeros((0, DESTINATION + 1)), *found])

    def in_order(self, edges: Floats, known: list[list[int]]) -> Floats:
        """Of edges the columns of the climb, by adoptions of certain order alone."""
        tasks = [(known[unit], origin, unit) for origin, unit in _pairs(edges)]
        found = self._pool.map(_run_in_order, tasks) if self._pool else map(_run_in_order, tasks)
        return np.array([*found]).reshape(-1, DESTINATION)


Task = tuple[range, list[list[int]], int, int]


class _Work:
    """What one process does."""

    def __init__(self, cascades: Cascades, setting: Setting, seed: int) -> None:
        self._field = Field(cascades, setting)
        self._units = len(cascades.units)
        self._seed = seed

    def __call__(self, task: Task) -> Floats:
        units, known, first, draws = task
        return np.concatenate([self._unit(unit, some, first, draws) for unit, some in zip(units, known, strict=True)])

    def in_order(self, known: list[int], origin: int, unit: int) -> Floats:
        return in_order(self._field(unit), known, origin)

    def _unit(self, unit: int, known: list[int], first: int, draws: int) -> Floats:
        run = partial(climb, self._field(unit), self._units, known)
        rngs = (np.random.default_rng((self._seed, number, unit)) for number in range(first, first + draws))
        steps = np.concatenate([run(rng) for rng in rngs] if draws else [run()])
        return np.column_stack([steps, np.full(len(steps), unit)])


_work: list[_Work] = []  # of this process


def _prepare(cascades: Cascades, setting: Setting, seed: int) -> None:
    _work[:] = [_Work(cascades, setting, seed)]


def _run(task: Task) -> Floats:
    return _work[0](task)


def _run_in_order(task: tuple[list[int], int, int]) -> Floats:
    return _work[0].in_order(*task)


def _pairs(edges: Floats) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = list(map(tuple, edges[:, (ORIGIN, DESTINATION)].astype(np.int64).tolist()))
    return pairs


def _in_order(found: Floats, values: Floats, climbs: _Climbs, level: float, units: int) -> Floats:
    """The q-values, but 1 where the opposite edge is the stronger and adoptions of certain order do not say otherwise."""
    good = np.flatnonzero(values <= level)
    excess = found[good, GAIN] - found[good, EXPECTED]
    strength = dict(zip(_pairs(found[good]), excess.tolist(), strict=True))
    weaker = [strength.get((unit, origin), -np.inf) > strength[origin, unit] for origin, unit in strength]
    asked = good[np.array(weaker, dtype=np.bool_)]
    if not len(asked):
        return values
    certain = climbs.in_order(found[asked], _into(found[good], units))
    values = values.copy()
    values[asked[certain[:, GAIN] <= certain[:, EXPECTED]]] = 1.0
    return values


def _meetings(cascades: Cascades) -> Floats:
    """(N, N): in how many cascades two units stand together, to how many chance would have them."""
    units = len(cascades.units)
    stands = np.zeros((len(cascades), units), dtype=np.float32)
    stands[cascades.cascade, cascades.unit] = 1
    alone = stands.sum(axis=0)
    together: Floats = (stands.T @ stands).astype(np.float64)
    together *= len(cascades)
    together /= np.maximum(np.outer(alone, alone), 1)
    return together


def _into(edges: Floats, units: int) -> list[list[int]]:
    """Of each unit the origins of the edges into it."""
    found: list[list[int]] = [[] for _ in range(units)]
    for origin, destination in _pairs(edges):
        found[destination].append(origin)
    return found


def _q_values(found: Floats, null: Floats, meeting: Floats, draws: int) -> Floats:
    """Of each edge, within its group of pairs; one more null edge is counted than was seen."""
    groups, null_groups = (_group(edges, meeting) for edges in (found, null))
    excess, null_excess = (edges[:, GAIN] - edges[:, EXPECTED] for edges in (found, null))
    values = np.ones(len(found))
    for group in np.unique(groups):
        mine = np.flatnonzero(groups == group)
        mine = mine[np.argsort(-excess[mine], kind="stable")]
        false = np.sort(null_excess[null_groups == group])
        as_good = len(false) - np.searchsorted(false, excess[mine], side="left")
        share = (as_good + 1) / draws / np.arange(1, len(mine) + 1)
        values[mine] = np.minimum(np.minimum.accumulate(share[::-1])[::-1], 1.0)
    return values


def _group(edges: Floats, meeting: Floats) -> Ints:
    origin, destination = edges[:, ORIGIN].astype(np.int64), edges[:, DESTINATION].astype(np.int64)
    return np.digitize(meeting[origin, destination], MEETINGS)


def _edges(found: Floats, values: Floats, numbers: Ints) -> tuple[TestedEdge, ...]:
    z, p = _tail(found)
    order = np.argsort(found[:, EXPECTED] - found[:, GAIN], kind="stable")
    return tuple(_edge(found[at], z[at], p[at], values[at], numbers) for at in order)


def _edge(row: Floats, z: float, p: float, q: float, numbers: Ints) -> TestedEdge:
    origin, destination = int(numbers[int(row[ORIGIN])]), int(numbers[int(row[DESTINATION])])
    gain, expected = float(row[GAIN]), float(row[EXPECTED])
    return TestedEdge(origin, destination, gain, expected, float(z), float(p), float(q), int(row[CASCADES]))


def _tail(found: Floats) -> tuple[Floats, Floats]:
    """z, and its upper tail under the gamma distribution of the same skewness (Pearson's type III)."""
    from scipy.special import gammaincc, ndtr

    deviation = np.sqrt(np.maximum(found[:, VARIANCE], 0.0))
    safe = np.where(deviation > 0, deviation, 1.0)
    z = np.where(deviation > 0, (found[:, GAIN] - found[:, EXPECTED]) / safe, 0.0)
    skew = np.where(deviation > 0, found[:, SKEW] / safe**3, 0.0)
    shape = 4 / np.square(np.where(skew > 1e-3, skew, 1.0))
    gamma = gammaincc(shape, np.maximum(shape + z * np.sqrt(shape), 0.0))
    return z, np.where(deviation > 0, np.where(skew > 1e-3, gamma, ndtr(-z)), 1.0)


def permuted(cascades: Cascades, seed: int) -> Cascades:
    """The same cascades with the times of each exchanged among its units at random: data without any network."""
    rng = np.random.default_rng(seed)
    order = np.argsort(cascades.cascade + rng.random(len(cascades.unit)), kind="stable")
    return Cascades(
        cascades.units, cascades.names, cascades.starts, cascades.unit[order], cascades.time, cascades.lower
    )


def network_of(edges: Iterable[TestedEdge]) -> frozenset[tuple[int, int]]:
    """Origin and destination of each."""
    return frozenset((edge.origin, edge.destination) for edge in edges)
