"""The candidates of one unit → edges into it, one after the other, each with what chance alone would have given.

The likelihood of an adoption is the sum over all parents that it may have had, as in Gomez-Rodriguez and Schölkopf (2012,
ICML, "Submodular inference of diffusion networks from multiple trees"), so that an edge gains only what the edges before
it do not explain. What chance gives: the origin's time is exchanged with those of the others of the cascade; mean,
variance and third moment of the gain under these permutations are known without drawing any.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.diffusion.cascades import Floats, Ints
from kg.diffusion.inference.candidates import Candidates, Flags

LEAST = 2.0  # an edge that gains less than this beyond chance, in log likelihood, counts as a failure
FAILURES = 3  # after which the climb ends
MOST = 25  # edges into one unit
GAIN, ORIGIN, EXPECTED, VARIANCE, SKEW, CASCADES = range(6)


def climb(found: Candidates, units: int, known: Sequence[int] = (), rng: np.random.Generator | None = None) -> Floats:
    """(edges, 6): gain, origin, expected gain, variance, third central moment of it, cascades in which it may be the way.

    `known` are edges that are there before. With `rng` the others exchange their times first: what chance gives.
    """
    free = ~np.isin(found.origin, known)
    rows = len(found.outside)
    likelihood = found.likelihood if rng is None else _exchanged(found, free, rng)
    explained = found.outside + np.bincount(found.row[~free], found.likelihood[~free], rows)
    members = np.bincount(found.group[free], minlength=found.groups)
    at = np.flatnonzero(free & (likelihood > 0))
    row, origin, group, likelihood = found.row[at], found.origin[at], found.group[at], likelihood[at]
    steps: list[tuple[float, ...]] = []
    failures = 0
    live = np.ones(len(at))
    while len(at) and failures < FAILURES and len(steps) + len(known) < MOST:
        gains = np.log1p(likelihood / explained[row]) * live
        sums = np.bincount(origin, gains, units)
        best = int(sums.argmax())
        if sums[best] <= 0:
            break
        groups = found.group[found.origin == best]
        expected, variance, skew = _moments(gains, group, members, groups)
        mine = np.flatnonzero(origin == best)
        steps.append((float(sums[best]), best, expected, variance, skew, len(mine)))
        explained[row[mine]] += likelihood[mine]
        live[mine] = 0.0
        members[groups] -= 1
        failures += sums[best] - expected < LEAST
    return np.array(steps).reshape(-1, 6)


def in_order(found: Candidates, known: Sequence[int], origin: int) -> Floats:
    """(6,) as a row of climb: the edge from `origin`, given the other `known` ones, by adoptions of certain order alone."""
    others = np.isin(found.origin, [unit for unit in known if unit != origin])
    rows = len(found.outside)
    explained = found.outside + np.bincount(found.row[others], found.likelihood[others], rows)
    free = ~others
    members = np.bincount(found.group[free], minlength=found.groups)
    gains = np.where(free & found.sure, np.log1p(found.likelihood / explained[found.row]), 0.0)
    mine = found.origin == origin
    expected, variance, skew = _moments(gains, found.group, members, found.group[mine])
    return np.array([gains[mine].sum(), origin, expected, variance, skew, (gains[mine] > 0).sum()])


def _moments(gains: Floats, group: Ints, members: Ints, groups: Ints) -> tuple[float, float, float]:
    """Of the gain of a unit in these groups, if it drew one of the gains of each at random."""
    size = np.maximum(members, 1)
    first = (np.bincount(group, gains, len(members)) / size)[groups]
    squares = gains * gains
    second = (np.bincount(group, squares, len(members)) / size)[groups]
    third = (np.bincount(group, squares * gains, len(members)) / size)[groups]
    variance = second - first**2
    skew = third - 3 * first * second + 2 * first**3
    return float(first.sum()), float(variance.sum()), float(skew.sum())


def _exchanged(found: Candidates, free: Flags, rng: np.random.Generator) -> Floats:
    """The likelihoods after the free pairs of each group have exchanged theirs at random."""
    at = np.flatnonzero(free)
    if found.groups > len(found.outside):
        at = at[np.argsort(found.group[at], kind="stable")]
    drawn = at[np.argsort(found.group[at] + rng.random(len(at)), kind="stable")]
    likelihood = found.likelihood.copy()
    likelihood[at] = found.likelihood[drawn]
    return likelihood
