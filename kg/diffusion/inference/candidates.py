"""Cascades → for each unit all others of its cascades, with the likelihood that its adoption followed theirs.

What permutation needs: also those that came later, for a permutation may put them first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from kg.diffusion.cascades import Cascades, Floats, Ints
from kg.diffusion.inference.delays import Delay
from kg.diffusion.inference.kernel import step_of
from kg.diffusion.inference.pairs import Pairs
from kg.diffusion.inference.records import Ties

Flags = npt.NDArray[np.bool_]
Exchanged = Literal["cascade", "tendency"]
BACKGROUND = 0.02  # how probable an adoption from outside is, to one along an edge
TENDENCIES = 4  # groups of units by how early they tend to be


class Candidates(NamedTuple):
    """R adoptions of one unit, and P pairs of one of them with another adoption of its cascade."""

    row: Ints  # (P,) which of the R
    origin: Ints  # (P,) the other unit
    group: Ints  # (P,) pairs of one group may exchange their likelihoods
    likelihood: Floats  # (P,) of the adoption, given that it followed the other one; 0 where it cannot have
    sure: Flags  # (P,) whether it is certain that the other one came first
    outside: Floats  # (R,) of the adoption, given that it came from elsewhere
    groups: int  # groups are smaller than this


@dataclass(frozen=True, slots=True)
class Setting:
    """How adoptions are thought to follow each other, and what may be exchanged with what."""

    delay: Delay
    ties: Ties = "interval"
    background: float = BACKGROUND
    exchanged: Exchanged = "cascade"


class Field:
    """Hands out the candidates of each unit."""

    def __init__(self, cascades: Cascades, setting: Setting) -> None:
        self._cascades = cascades
        self._pairs = Pairs(cascades, setting.delay, setting.ties)
        self._cascade = cascades.cascade
        self._by_unit = np.argsort(cascades.unit, kind="stable")
        self._places = np.searchsorted(cascades.unit[self._by_unit], np.arange(len(cascades.units) + 1))
        self._outside = setting.background * _uniform(cascades, self._pairs.kernel.width)
        self._tendency = tendency_groups(cascades) if setting.exchanged == "tendency" else None

    def __call__(self, unit: int) -> Candidates:
        """The candidates for edges into the unit."""
        events = self._by_unit[self._places[unit] : self._places[unit + 1]]
        starts, ends = (self._cascades.starts[at][self._cascade[events]] for at in (slice(-1), slice(1, None)))
        sizes = ends - starts
        row = np.repeat(np.arange(len(events)), sizes)
        other = np.arange(len(row)) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
        keep = other != events[row]
        row, other = row[keep], other[keep]
        logs, share = self._pairs.likelihood(other, events[row])
        with np.errstate(over="ignore"):
            likelihood = np.where(share > 0, np.exp(logs) * share, 0.0)
        origin = self._cascades.unit[other]
        group, groups = row, len(events)
        if self._tendency is not None:
            group, groups = row * TENDENCIES + self._tendency[origin], groups * TENDENCIES
        return Candidates(row, origin, group, likelihood, share >= 1, self._outside[events], groups)


def _uniform(cascades: Cascades, width: Floats) -> Floats:
    """The likelihood of each adoption if it fell anywhere between the first and the last of its cascade."""
    if not cascades.time.size:
        return width
    time, cascade = cascades.time, cascades.cascade
    full = np.flatnonzero(np.diff(cascades.starts))
    span = np.zeros(len(cascades))
    span[full] = time[cascades.starts[1:][full] - 1] - time[cascades.starts[:-1][full]]
    whole = (span + step_of(time))[cascade]
    whole[whole == 0] = 1.0
    return np.where(width > 0, np.minimum(width / whole, 1.0), 1 / whole)


def mean_ranks(cascades: Cascades) -> Floats:
    """Of each unit: its mean place in its cascades, 0 first and 1 last, ties at the middle, drawn a little towards 1/2."""
    sizes = np.diff(cascades.starts)
    cascade = cascades.cascade
    fresh = np.ones(len(cascade), dtype=bool)
    fresh[1:] = (np.diff(cascades.time) != 0) | (np.diff(cascade) != 0)
    tied = np.cumsum(fresh) - 1
    place: Floats = (np.arange(len(cascade)) - cascades.starts[:-1][cascade]).astype(np.float64)
    middle: Floats = (np.bincount(tied, place) / np.maximum(np.bincount(tied), 1))[tied]
    units = len(cascades.units)
    sums = np.bincount(cascades.unit, (middle + 0.5) / sizes[cascade], units)
    return np.asarray((sums + 0.5) / (np.bincount(cascades.unit, minlength=units) + 1), dtype=np.float64)


def tendency_groups(cascades: Cascades) -> Ints:
    """Of each unit: its quarter by mean rank, the earliest being 0."""
    ranks = mean_ranks(cascades)
    if not ranks.size:
        return cascades.unit
    return np.digitize(ranks, np.quantile(ranks, np.arange(1, TENDENCIES) / TENDENCIES)).astype(np.int64)


def in_order_of_names(cascades: Cascades) -> tuple[Cascades, Ints]:
    """The same with units numbered by name, and events of one time by unit; with the old number of each unit."""
    old = np.array(sorted(range(len(cascades.units)), key=cascades.units.__getitem__), dtype=np.int64)
    new = np.empty_like(old)
    new[old] = np.arange(len(old))
    unit = new[cascades.unit]
    order = np.lexsort((unit, cascades.time, cascades.cascade))
    units: Sequence[str] = [cascades.units[number] for number in old]
    return (
        Cascades(
            tuple(units), cascades.names, cascades.starts, unit[order], cascades.time[order], cascades.lower[order]
        ),
        old,
    )
