"""A history → for every unit and programme when it could have adopted, and did: the occasions that rates are made of."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.diffusion.adoptions import Adoption, History
from kg.diffusion.cascades import Floats, Ints

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Window:
    """The whole years in which a programme spread."""

    program: str
    first: float  # the first year by which a unit had adopted
    last: float  # the last in which an adoption is looked for
    final: float  # the last in which there was one


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """(units, programmes) tables, in the order of the history and of the windows."""

    late: Floats  # share of the time from the first to the final adoption that had gone by; 1 for non-adopters
    timed: Flags  # whether `late` is known
    adoptions: Floats  # expected number in the years asked for: 0 or 1, or a part of an interval
    chances: Floats  # expected number of years in which it was open to the unit
    adopted: Flags  # not after the window


def windows(history: History, until: float | None = None) -> tuple[Window, ...]:
    """The programmes with a dated adoption not after `until`."""
    found = []
    for program, adoptions in history.by_program.items():
        years = [math.ceil(a.upper) for a in adoptions if a.upper is not None and (until is None or a.upper <= until)]
        if years:
            found.append(Window(program, min(years), max(years) if until is None else math.floor(until), max(years)))
    return tuple(found)


def observed(history: History, windows: Sequence[Window], since: float, until: float, *, last: bool = True) -> Observed:
    """What was seen from `since` to `until` (years, both included); with `last`, who has not adopted counts as the last.

    Only programmes that began in these years are timed. A year of which only an interval is known is each of its whole
    years with the same probability, from the window's first year on.
    """
    shape = len(history.units), len(windows)
    late, adoptions, chances = np.ones(shape), np.zeros(shape), np.zeros(shape)
    timed, adopted = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
    row = {unit.id: number for number, unit in enumerate(history.units)}
    coverage = _Coverage(history, row)
    for column, window in enumerate(windows):
        begun = since <= window.first <= until
        low, high = max(window.first, since), min(window.last, until)
        chances[:, column] = coverage.years(low, high)
        timed[:, column] = coverage.after(window.final) & begun & last
        for adoption in history.by_program[window.program]:
            at = row[adoption.unit]
            if adoption.upper is not None and adoption.upper > window.last:
                continue
            adopted[at, column] = True
            years = _years(adoption, window)
            timed[at, column] = begun and years is not None
            late[at, column] = _late(years, window) if years else 1.0
            adoptions[at, column], chances[at, column] = _expected(years, low, high) if years else (0.0, 0.0)
    return Observed(late, timed, adoptions, chances, adopted)


def _years(adoption: Adoption, window: Window) -> tuple[int, int] | None:
    """The first and the last whole year in which it may have been adopted; None where no year is known."""
    if adoption.upper is None:
        return None
    last = math.ceil(adoption.upper)
    first = -math.inf if adoption.lower is None else math.floor(adoption.lower) + 1
    return int(min(max(first, window.first), last)), last


def _late(years: tuple[int, int], window: Window) -> float:
    """0 for the first adopter, 1 for the last; of a programme that all took up in one year, nobody is late."""
    duration = window.final - window.first
    return (sum(years) / 2 - window.first) / duration if duration else 0.0


def _expected(years: tuple[int, int], low: float, high: float) -> tuple[float, float]:
    """Of an adoption in one of these years: how much of it falls into low…high, and how many of those it was open in."""
    first, last = years
    possible = last - first + 1
    inside = max(0.0, min(last, high) - max(first, low) + 1)
    certain = max(0.0, min(first, high) - low + 1)
    decaying = np.arange(max(first + 1, low), min(last, high) + 1)
    return inside / possible, certain + float(((last - decaying + 1) / possible).sum())


class _Coverage:
    """In how many years something of each unit was read; of every year where it is not known what was read."""

    def __init__(self, history: History, row: Mapping[str, int]) -> None:
        pairs = [(unit, year) for (unit, year), number in history.read.items() if number and unit in row]
        self.known = bool(history.read)
        self.units = len(row)
        self.start = min((year for _, year in pairs), default=0)
        length = max((year for _, year in pairs), default=0) - self.start + 1
        read = np.zeros((self.units, length), dtype=np.int64)
        for unit, year in pairs:
            read[row[unit], year - self.start] = 1
        self.total: Ints = np.concatenate((np.zeros((self.units, 1), dtype=np.int64), read.cumsum(axis=1)), axis=1)

    def years(self, low: float, high: float) -> Floats:
        """How many of the years from low to high, both included."""
        if high < low:
            return np.zeros(self.units)
        if not self.known:
            return np.full(self.units, high - low + 1)
        return (self.total[:, self._at(high) + 1] - self.total[:, self._at(low - 1) + 1]).astype(np.float64)

    def after(self, year: float) -> Flags:
        """Whether something was read of that year or a later one."""
        if not self.known:
            return np.ones(self.units, dtype=np.bool_)
        return self.total[:, -1] > self.total[:, self._at(year - 1) + 1]

    def _at(self, year: float) -> int:
        """The column of a year, -1 before all of them, the last one after them."""
        return int(min(max(year - self.start, -1), self.total.shape[1] - 2))
