"""Adoptions → arrays: for each programme its adopters in order of time, one behind the other (compressed sparse rows)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg.diffusion.adoptions import History

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Event(NamedTuple):
    """One unit in one cascade, adopted in (lower, time]; a lower of minus infinity is open."""

    cascade: str
    unit: str
    time: float
    lower: float = -math.inf


@dataclass(frozen=True, slots=True, eq=False)
class Cascades:
    """C cascades of E events among N units; a unit's number is its place in `units`.

    The events of cascade c stand at starts[c]:starts[c + 1], sorted by time; within one time in the order they were given.
    """

    units: tuple[str, ...]
    names: tuple[str, ...]
    starts: Ints  # (C + 1,)
    unit: Ints  # (E,)
    time: Floats  # (E,) years or any other unit of time; the upper end of the interval
    lower: Floats  # (E,) the lower end, excluded; -inf where open

    def __len__(self) -> int:
        """The number of cascades."""
        return len(self.names)

    @property
    def cascade(self) -> Ints:
        """(E,) the number of the cascade of each event."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def only(self, chosen: Sequence[int] | Ints) -> Cascades:
        """These cascades, in this order and as often as they are named; the units stay (for bootstrap and held-out data)."""
        at = np.asarray(chosen, dtype=np.int64)
        sizes = np.diff(self.starts)[at]
        starts = np.concatenate(([0], np.cumsum(sizes)))
        taken = np.repeat(self.starts[:-1][at] - starts[:-1], sizes) + np.arange(starts[-1])
        names = tuple(self.names[number] for number in at)
        return Cascades(self.units, names, starts, self.unit[taken], self.time[taken], self.lower[taken])

    def without(self, units: Iterable[str]) -> Cascades:
        """Without the events of these units; cascades and the other units' numbers stay."""
        gone = set(units)
        keep = ~np.isin(self.unit, [number for number, name in enumerate(self.units) if name in gone])
        starts = np.concatenate(([0], np.cumsum(keep)))[self.starts]
        return Cascades(self.units, self.names, starts, self.unit[keep], self.time[keep], self.lower[keep])


def cascades_of(events: Iterable[Event], units: Sequence[str] = ()) -> Cascades:
    """The cascades sorted by name (by code point); `units` are numbered in this order, others as they first appear.

    Every unit stands at most once in a cascade: the earliest of several events counts.
    """
    numbers = {name: number for number, name in enumerate(units)}
    first: dict[str, dict[int, Event]] = {}
    for event in events:
        cascade = first.setdefault(event.cascade, {})
        number = numbers.setdefault(event.unit, len(numbers))
        if number not in cascade or event.time < cascade[number].time:
            cascade[number] = event
    names = sorted(first)
    rows = [
        (number, event.time, event.lower)
        for name in names
        for number, event in sorted(first[name].items(), key=lambda item: item[1].time)
    ]
    starts = np.cumsum([0, *(len(first[name]) for name in names)], dtype=np.int64)
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return Cascades(
        tuple(numbers),
        tuple(names),
        starts,
        table[:, 0].astype(np.int64),
        np.ascontiguousarray(table[:, 1]),
        np.ascontiguousarray(table[:, 2]),
    )


def cascades_from(history: History) -> Cascades:
    """One cascade per programme, of the adoptions with an upper year; all units of the history keep their numbers."""
    events = (
        Event(a.program, a.unit, a.upper, -math.inf if a.lower is None else a.lower)
        for a in history.adoptions
        if a.upper is not None
    )
    return cascades_of(events, [unit.id for unit in history.units])
