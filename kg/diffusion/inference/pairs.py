"""Cascades and a delay → for each unit the events that its own may have followed, with the log likelihood of each pair.

The pairs of one unit as the later one are its column. A column is all that an edge into the unit can change; it is made
when it is first asked for, and kept.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from kg.diffusion.cascades import Cascades, Floats, Ints
from kg.diffusion.inference.delays import Delay
from kg.diffusion.inference.kernel import Kernel, step_of
from kg.diffusion.inference.records import Ties

NO_PLACES = np.zeros(0, dtype=np.int64)


class Column(NamedTuple):
    """The k events of one unit that others may have come before, and the p pairs (other event, one of the k).

    The pairs of one event stand side by side, those of the first event first.
    """

    events: Ints  # (k,)
    first: Ints  # (k,) the place of the event's first pair
    child: Ints  # (p,) place in events
    origin: Ints  # (p,) unit of the parent
    logs: Floats  # (p,) log likelihood, given that the parent came first; minus infinity where it cannot have
    unsure: Ints  # places of the pairs of which either may have come first
    share: Floats  # and how probable it is, of two uniform times, that the parent did

    def share_at(self, places: Ints) -> Floats:
        """How probable it is that the parent came first in these pairs."""
        if not self.unsure.size:
            return np.ones(len(places))
        near = np.minimum(np.searchsorted(self.unsure, places), len(self.unsure) - 1)
        return np.where(self.unsure[near] == places, self.share[near], 1.0)


class Pairs:
    """All pairs of a set of cascades under one delay and one rule of ties.

    strict: the earlier time is smaller, the likelihood is the density of their difference. interval: the earlier one may
    lie before the later one; the likelihood is the probability of the later interval, the earlier time being uniform in
    its own. An open lower end counts as one step of the grid of times (a year). Units are numbered in the order in which
    they are preferred among equals: by name.
    """

    def __init__(self, cascades: Cascades, delay: Delay, ties: Ties = "interval") -> None:
        self.cascades = cascades
        self.delay = delay
        self.ties = ties
        self.kernel = Kernel(cascades, delay, ties)
        self.preferred = self._preference()
        self.rank = np.argsort(self.preferred)
        self._unit = self.rank[cascades.unit]
        self._low, self._high = self._reach()
        self._by_unit = np.argsort(self._unit, kind="stable")
        self._places = np.searchsorted(self._unit[self._by_unit], np.arange(len(cascades.units) + 1))
        self._columns: list[Column | None] = [None] * len(cascades.units)

    def __len__(self) -> int:
        """The number of units."""
        return len(self._columns)

    def column(self, unit: int) -> Column:
        """The pairs with this unit (by preference) as the later one; its events in order of cascades."""
        found = self._columns[unit]
        if found is None:
            found = self._columns[unit] = self._column(unit)
        return found

    def parents(self, column: Column, at: Ints) -> Ints:
        """The events that are the parents in these pairs."""
        return self._low[column.events[column.child[at]]] + at - column.first[column.child[at]]

    def likelihood(self, parent: Ints, child: Ints) -> tuple[Floats, Floats]:
        """Of pairs of events: the log likelihood given that the parent came first, and how probable that is."""
        return self.kernel(parent, child)

    def alone(self, column: Column, outside: float) -> Floats:
        """The score of each event of a column without any edge; minus infinity for those that can have no parent."""
        best: Floats = np.maximum.reduceat(column.logs, column.first) + outside
        return best

    def _column(self, unit: int) -> Column:
        events = self._by_unit[self._places[unit] : self._places[unit + 1]]
        sizes = self._high[events] - self._low[events]
        events, sizes = events[sizes > 0], sizes[sizes > 0]
        first = np.cumsum(sizes) - sizes
        child = np.repeat(np.arange(len(events)), sizes)
        parent = np.arange(len(child)) + (self._low[events] - first)[child]
        logs, share = self.likelihood(parent, events[child])
        unsure = NO_PLACES
        if self.ties == "interval":
            logs[first + events - self._low[events]] = -np.inf  # no event follows itself
            unsure = np.flatnonzero(share < 1)
        return Column(events, first, child, self._unit[parent], logs, unsure, share[unsure])

    def _preference(self) -> Ints:
        """The numbers of the units, the most preferred first."""
        units = self.cascades.units
        return np.array(sorted(range(len(units)), key=units.__getitem__), dtype=np.int64)

    def _reach(self) -> tuple[Ints, Ints]:
        """For each event the first and the end of the events of its cascade that may have come before it."""
        time, cascade = self.cascades.time, self.cascades.cascade
        starts, ends = self.cascades.starts[:-1][cascade], self.cascades.starts[1:][cascade]
        if self.kernel.width.max(initial=0.0) > step_of(time):
            return starts, ends
        fresh = np.ones(len(time), dtype=bool)
        fresh[1:] = (np.diff(time) != 0) | (np.diff(cascade) != 0)
        first = np.flatnonzero(fresh)
        tied = np.cumsum(fresh) - 1
        return starts, (first if self.ties == "strict" else np.append(first[1:], len(time)))[tied]
