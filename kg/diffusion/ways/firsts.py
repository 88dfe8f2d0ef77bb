"""The adoptions of a programme → who came at which place, which places are possible, and how likely each one was the first."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, pairwise

import numpy as np

from kg.diffusion.adoptions import Adoption, History
from kg.diffusion.ways.order import Years

MOST_NODES = 256  # of the quadrature; exact for up to twice as many contenders; off by 1e-11 of itself for 3,000


@dataclass(frozen=True, slots=True)
class Placing:
    """One adopter among the adopters of its programme."""

    unit: str
    adoption: Adoption
    rank: int | None  # standard competition rank (1 2 2 4) by the upper year; None where no year is known
    best: int  # the least rank that the intervals allow
    worst: int  # the greatest
    first: float | None  # probability of being the first, under `Firsts.assumption`; None: not computable
    first_low: float  # the least that it can be, whatever the open ends are
    first_high: float  # the greatest


@dataclass(frozen=True, slots=True)
class Firsts:
    """The adopters of one programme in order of rank, and what the probabilities rest on."""

    program: str
    placings: tuple[Placing, ...]
    floor: float | None  # no open end is taken to reach below this year
    assumption: str  # where the floor comes from; empty where there is none, or none was needed
    unread: int | None  # units of which nothing was read up to the year of the first; None: not known

    @property
    def candidates(self) -> tuple[Placing, ...]:
        """Those who may have been the first."""
        return tuple(p for p in self.placings if p.best == 1)


def firsts(history: History, program: str, not_before: float | None = None) -> Firsts:
    """The rank table of a programme (its id).

    Within its interval every moment is taken to be equally likely, and units to be independent of each other. An
    adoption that is only known not to be later than a year has an open lower end; it is closed by the first of these
    that contradicts no adoption: `not_before` (a year, itself included), the year of the founding document, the
    earliest known lower end. Where none serves, the probability is not computable and only its bounds stand; they
    assume nothing of open ends.
    """
    adoptions = history.by_program[program]
    times = [Years.of(a) for a in adoptions]
    floor, assumption = _floor(history, program, times, not_before)
    ranks, possible = _ranks(times), possible_ranks(times)
    chances = first_probabilities(times, floor)
    bounds = first_bounds(times)
    placings = [
        Placing(a.unit, a, rank, *places, chance, *bound)
        for a, rank, places, chance, bound in zip(adoptions, ranks, possible, chances, bounds, strict=True)
    ]
    return Firsts(program, tuple(placings), floor, assumption, _unread(history, times))


def _floor(history: History, program: str, times: Sequence[Years], given: float | None) -> tuple[float | None, str]:
    """The year below which no open end is taken to reach, and why."""
    if all(t.lower > -math.inf for t in times if t.upper < math.inf):
        return None, ""
    founded = history.program[program].document_year
    earliest = min((t.lower for t in times if t.lower > -math.inf), default=None)
    reasons = (
        (given, "as given"),
        (founded, "the year of the founding document"),
        (None if earliest is None else earliest + 1, "the year of the earliest dated adopter"),
    )
    for year, reason in reasons:
        if year is not None and all(year - 1 < t.upper for t in times):
            return year - 1, f"not before {year:g}, {reason}"
    return None, ""


def _ranks(times: Sequence[Years]) -> list[int | None]:
    dated = sorted(t.upper for t in times if t.upper < math.inf)
    return [bisect_left(dated, t.upper) + 1 if t.upper < math.inf else None for t in times]


def possible_ranks(times: Sequence[Years]) -> list[tuple[int, int]]:
    """The least and the greatest rank that the intervals allow each, undated ones counted."""
    uppers, lowers = np.sort([t.upper for t in times]), np.sort([t.lower for t in times])
    best = np.searchsorted(uppers, [t.lower for t in times], side="right") + 1
    later = len(times) - np.searchsorted(lowers, [t.upper for t in times], side="left")
    return [(int(b), len(times) - int(a)) for b, a in zip(best, later, strict=True)]


def first_probabilities(times: Sequence[Years], floor: float | None = None) -> list[float | None]:
    """How likely each is the first among those with a year, each uniform within its interval, independent of the others.

    The integral of f_i(t) times the product of the others' survival is a polynomial between two neighbouring ends of
    intervals, so Gauss–Legendre quadrature is exact. Open lower ends are closed at `floor`. An undated unit has no
    probability and takes none; with an open end that nothing closes, nobody has one who cannot be excluded.
    """
    closed = [_closed(t, floor) for t in times]
    dated = [t for t in closed if t.upper < math.inf]
    if any(t.lower == -math.inf for t in dated):
        end = min(t.upper for t in dated)
        return [0.0 if t in dated and t.lower >= end else None for t in closed]
    chance = _chances(Counter(dated))
    return [chance.get(t) for t in closed]


def _closed(time: Years, floor: float | None) -> Years:
    if floor is None or time.lower > -math.inf or floor >= time.upper:
        return time
    return Years(floor, time.upper)


def first_bounds(times: Sequence[Years]) -> list[tuple[float, float]]:
    """The least and the greatest probability of being the first, over everything that the open ends may be.

    The least: every other unit with an open end comes as early as it may, and this one, if open, as late as it may. The
    greatest: the other way round. Units with a closed interval stay uniform within it (bounds in the sense of Manski, 2003).
    """
    opens = Counter(t for t in times if _is_open(t))
    closed = Counter(t for t in times if not _is_open(t))
    least = _chances(closed, min((t.lower for t in opens), default=math.inf))
    greatest = _chances(closed, min((t.upper for t in opens), default=math.inf))
    for time in opens:
        rivals = opens - Counter([time])
        late = time.upper <= min((t.lower for t in rivals), default=math.inf)
        early = time.lower < min((t.upper for t in rivals), default=math.inf)
        least[time] = _nobody_by(time.upper, closed) if late else 0.0
        greatest[time] = _nobody_by(time.lower, closed) if early else 0.0
    return [(least[time], greatest[time]) for time in times]


def _is_open(time: Years) -> bool:
    return time.lower == -math.inf or time.upper == math.inf


def _nobody_by(year: float, kinds: Counter[Years]) -> float:
    """The probability that none of these has come by this moment."""
    return math.prod(min(1.0, max(0.0, (t.upper - year) / (t.upper - t.lower))) ** n for t, n in kinds.items())


def _chances(kinds: Counter[Years], until: float = math.inf) -> dict[Years, float]:
    """The probability that one unit of each kind of interval is the first, and comes not later than `until`."""
    chance = dict.fromkeys(kinds, 0.0)
    end = min([until, *(t.upper for t in kinds)])
    rivals = [t for t in kinds if t.lower < end]
    if not rivals:
        return chance
    lower, upper = np.array(rivals).T
    number = np.array([kinds[t] for t in rivals])
    nodes, weights = np.polynomial.legendre.leggauss(min(int(number.sum()) // 2 + 1, MOST_NODES))
    cuts = np.unique(np.append(lower, end))
    for left, right in pairwise(cuts):
        inside = lower <= left
        at = left + (right - left) * (nodes + 1) / 2
        survival = (upper[inside, None] - at) / (upper - lower)[inside, None]
        nobody = np.exp(number[inside] @ np.log(survival))
        mass = (nobody / survival) @ weights * (right - left) / 2 / (upper - lower)[inside]
        for kind, share in zip(compress(rivals, inside), mass, strict=True):
            chance[kind] += float(share)
    return chance


def _unread(history: History, times: Sequence[Years]) -> int | None:
    """How many units of the history have no document read in or before the year of the first."""
    end = min((t.upper for t in times), default=math.inf)
    if not history.read or end == math.inf:
        return None
    read = {unit for (unit, year), documents in history.read.items() if documents and year <= end}
    return sum(unit.id not in read for unit in history.units)
