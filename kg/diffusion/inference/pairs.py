"""Cascades and a delay → for each unit the events that its own may have followed, with the log likelihood of each pair.

The pairs of one unit as the later one are its column. A column is all that an edge into the unit can change; it is made
when it is first asked for, and kept.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from kg.diffusion.cascades import Cascades, Floats, Ints
from kg.diffusion.inference.delays import Delay
from kg.diffusion.inference.records import Ties

WHOLE = 1e-6  # how far from a whole number of steps a time may be
LARGEST_TABLE = 1 << 22  # entries


class Column(NamedTuple):
    """The k events of one unit and the p pairs (earlier event, one of the k), those of one event side by side."""

    events: Ints  # (k,)
    child: Ints  # (p,) place in events
    parent: Ints  # (p,) event
    origin: Ints  # (p,) unit of the parent
    logs: Floats  # (p,) log density or log probability, given that the parent came first; finite
    unsure: Ints  # places of the pairs of which either may have come first
    share: Floats  # and how probable it is, of two uniform times, that the parent did


def step_of(time: Floats) -> float:
    """The width of the grid that all times stand on: 1 for whole years; 0 where they stand on none."""
    values = np.unique(time)
    gaps = np.diff(values)
    if not gaps.size:
        return 1.0 if np.all(values == np.round(values)) else 0.0
    step = float(gaps.min())
    if np.all(values == np.round(values)):
        return float(np.gcd.reduce(gaps.astype(np.int64)))
    return step if np.abs(gaps / step - np.round(gaps / step)).max() < WHOLE else 0.0


class Table:
    """The log probability of each (distance, width, width) that occurs on a grid of times, reckoned once.

    `codes` numbers the distances and the widths by whole steps.
    """

    def __init__(self, delay: Delay, step: float, end: Ints, width: Ints) -> None:
        self._delay = delay
        self._step = step
        self._end = end
        self._widths, self._kind = np.unique(width, return_inverse=True)
        self._least = int(end.min() - end.max())
        self._kinds = len(self._widths)
        self._known = np.full((1 - 2 * self._least) * self._kinds**2, np.nan)

    def __call__(self, parent: Ints, child: Ints) -> Floats:
        """Of each pair of events."""
        codes = self._end[child] - self._end[parent] - self._least
        if self._kinds > 1:
            codes = (codes * self._kinds + self._kind[parent]) * self._kinds + self._kind[child]
        found = self._known[codes]
        if np.isnan(found).any():
            self._learn(np.unique(codes[np.isnan(found)]))
            found = self._known[codes]
        return found

    def _learn(self, codes: Ints) -> None:
        rest, child = np.divmod(codes, self._kinds)
        gap, parent = np.divmod(rest, self._kinds)
        steps = (gap + self._least, self._widths[parent], self._widths[child])
        self._known[codes] = self._delay.log_mass(*(self._step * values.astype(np.float64) for values in steps))


def table_of(delay: Delay, time: Floats, width: Floats) -> Table | None:
    """Where all ends and widths stand on one grid that is not too fine for a table."""
    step = step_of(time)
    if not step or not time.size:
        return None
    end, widths = np.round((time - time.min()) / step), np.round(width / step)
    fits = np.abs(widths - width / step).max() < WHOLE
    if not fits or (2 * end.max() + 1) * len(np.unique(widths)) ** 2 > LARGEST_TABLE:
        return None
    return Table(delay, step, end.astype(np.int64), widths.astype(np.int64))


def widths_of(cascades: Cascades) -> Floats:
    """Of each event's interval; an open one counts as one step of the grid of times."""
    open_ones = np.isneginf(cascades.lower)
    width = cascades.time - np.where(open_ones, 0.0, cascades.lower)
    return np.where(open_ones, step_of(cascades.time), np.maximum(width, 0.0))


def share_before(gap: Floats, parent: Floats, child: Floats) -> Floats:
    """How probable it is that a uniform time in the parent's interval is earlier than one in the child's.

    `gap` is the end of the child's interval less the end of the parent's, `parent` and `child` are their widths.
    """
    most = gap + parent
    wide, long = np.where(parent > 0, parent, 1.0), np.where(child > 0, child, 1.0)

    def grown(values: Floats) -> Floats:
        return np.square(np.maximum(values, 0.0)) / 2

    both = (grown(most) - grown(gap) - grown(most - child) + grown(gap - child)) / (wide * long)
    share = np.where(parent == 0, gap / long, np.where(child == 0, most / wide, both))
    return np.clip(share, 0.0, 1.0)


class Pairs:
    """All pairs of a set of cascades under one delay and one rule of ties.

    strict: the earlier time is smaller, the likelihood is the density of their difference. interval: the earlier one may
    lie before the later one; the likelihood is the probability of the later interval, the earlier time being uniform in
    its own. An open lower end counts as one step of the grid of times (a year). A delay that is impossible makes no pair.
    """

    def __init__(self, cascades: Cascades, delay: Delay, ties: Ties = "interval") -> None:
        self.cascades = cascades
        self.delay = delay
        self.ties = ties
        self.width = np.zeros_like(cascades.time) if ties == "strict" else widths_of(cascades)
        self._table = None if ties == "strict" else table_of(delay, cascades.time, self.width)
        self._drifts = bool(self.width.max(initial=0.0) > step_of(cascades.time))
        self._low, self._high = self._reach()
        self._by_unit = np.argsort(cascades.unit, kind="stable")
        self._places = np.searchsorted(cascades.unit[self._by_unit], np.arange(len(cascades.units) + 1))
        self._columns: list[Column | None] = [None] * len(cascades.units)

    def column(self, unit: int) -> Column:
        """The pairs with this unit as the later one; its events in order of cascades, parents in order of time."""
        found = self._columns[unit]
        if found is None:
            found = self._columns[unit] = self._column(unit)
        return found

    def _column(self, unit: int) -> Column:
        events = self._by_unit[self._places[unit] : self._places[unit + 1]]
        sizes = self._high[events] - self._low[events]
        ends = np.cumsum(sizes)
        child = np.repeat(np.arange(len(events)), sizes)
        parent = np.arange(len(child)) + np.repeat(self._low[events] - ends + sizes, sizes)
        logs = self.log_likelihood(parent, events[child])
        possible = np.isfinite(logs)
        if not possible.all():
            child, parent, logs = child[possible], parent[possible], logs[possible]
        unsure, share = self._unsure(parent, events[child])
        logs[unsure] -= np.log(share)
        return Column(events, child, parent, self.cascades.unit[parent], logs, unsure, share)

    def log_likelihood(self, parent: Ints, child: Ints) -> Floats:
        """Of each pair of events; minus infinity where the first cannot have come before the second."""
        time = self.cascades.time
        if self.ties == "strict":
            return self.delay.log_density(time[child] - time[parent])
        same = parent == child
        if self._table is not None:
            mass = self._table(parent, child)
        else:
            mass = self.delay.log_mass(time[child] - time[parent], self.width[parent], self.width[child])
        return np.where(same, -np.inf, mass)

    def _reach(self) -> tuple[Ints, Ints]:
        """For each event the first and the end of the events of its cascade that may have come before it."""
        time, cascade = self.cascades.time, self.cascades.cascade
        starts, ends = self.cascades.starts[:-1][cascade], self.cascades.starts[1:][cascade]
        if self._drifts:
            return starts, ends
        fresh = np.ones(len(time), dtype=bool)
        fresh[1:] = (np.diff(time) != 0) | (np.diff(cascade) != 0)
        first = np.flatnonzero(fresh)
        tied = np.cumsum(fresh) - 1
        return starts, (first if self.ties == "strict" else np.append(first[1:], len(time)))[tied]

    def _unsure(self, parent: Ints, child: Ints) -> tuple[Ints, Floats]:
        """The places of pairs whose intervals overlap, and the probability of the order that the pair supposes."""
        if self.ties == "strict":
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        gap = self.cascades.time[child] - self.cascades.time[parent]
        at = np.flatnonzero(gap < self.width[child])
        return at, share_before(gap[at], self.width[parent[at]], self.width[child[at]])
