"""Two events of a cascade → how probable it is that the one came first, and then that the other followed when it did."""

from __future__ import annotations

import numpy as np

from kg.diffusion.cascades import Cascades, Floats, Ints
from kg.diffusion.inference.delays import Delay
from kg.diffusion.inference.records import Ties

WHOLE = 1e-6  # how far from a whole number of steps a time may be
PARTS = 24  # of the smallest gap that a step may be
LARGEST_TABLE = 1 << 22  # entries
SMALL_TABLE = 1 << 12  # entries that are reckoned at once


def step_of(time: Floats) -> float:
    """The width of the grid that all times stand on: 1 for whole years; 0 where they stand on none."""
    values = np.unique(time)
    gaps = np.unique(np.diff(values))
    if not gaps.size:
        return float(np.all(values == np.round(values)))
    for parts in range(1, PARTS + 1):
        steps = gaps * (parts / gaps[0])
        if np.abs(steps - np.round(steps)).max() < WHOLE:
            return float(gaps[0] / parts)
    return 0.0


def widths_of(cascades: Cascades, ties: Ties) -> Floats:
    """Of each event's interval; an open one counts as one step of the grid of times, and under strict ties as none."""
    if ties == "strict":
        return np.zeros_like(cascades.time)
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
    share = np.where(child > 0, np.where(parent > 0, both, gap / long), np.where(parent > 0, most / wide, gap > 0))
    return np.where(gap >= child, most > 0, np.clip(share, 0.0, 1.0))


class Kernel:
    """The likelihood of any pair of events of these cascades, with a table where all times stand on one grid."""

    def __init__(self, cascades: Cascades, delay: Delay, ties: Ties) -> None:
        self.delay = delay
        self.width = widths_of(cascades, ties)
        self._time = cascades.time
        self._step = self._grid()
        if self._step:
            self._tabulate()

    def __call__(self, parent: Ints, child: Ints) -> tuple[Floats, Floats]:
        """Log likelihoods given that the parent came first, minus infinity if it cannot; and how probable that is."""
        if self._step:
            return self._from_table(parent, child)
        gap = self._time[child] - self._time[parent]
        return self._reckoned(gap, self.width[parent], self.width[child])

    def _reckoned(self, gap: Floats, parent: Floats, child: Floats) -> tuple[Floats, Floats]:
        share = share_before(gap, parent, child)
        if not self.width.any():
            return self.delay.log_density(gap), share
        logs = self.delay.log_mass(gap, parent, child)
        return np.where(share > 0, logs - np.log(np.where(share > 0, share, 1.0)), -np.inf), share

    def _grid(self) -> float:
        """The step of the grid, 0 where there is none or a table would be too large."""
        step = step_of(self._time) if self._time.size else 0.0
        if not step:
            return 0.0
        widths = np.unique(self.width) / step
        size = (2 * np.ptp(self._time) / step + 1) * len(widths) ** 2
        return step if np.abs(widths - np.round(widths)).max() < WHOLE and size <= LARGEST_TABLE else 0.0

    def _tabulate(self) -> None:
        end = np.round((self._time - self._time.min()) / self._step).astype(np.int64)
        self._widths, kind = np.unique(self.width, return_inverse=True)
        self._kinds, self._span = len(self._widths), int(end.max())
        self._as_child = (end + self._span) * self._kinds**2 + kind
        self._as_parent = kind * self._kinds - end * self._kinds**2
        self._logs = np.full((2 * self._span + 1) * self._kinds**2, np.nan)
        self._share = np.ones_like(self._logs)
        self._complete = len(self._logs) <= SMALL_TABLE
        if self._complete:
            self._learn(np.arange(len(self._logs)))

    def _from_table(self, parent: Ints, child: Ints) -> tuple[Floats, Floats]:
        codes = self._as_child[child] + self._as_parent[parent]
        logs = self._logs[codes]
        if not self._complete and np.isnan(logs).any():
            self._learn(np.unique(codes[np.isnan(logs)]))
            logs = self._logs[codes]
        return logs, self._share[codes]

    def _learn(self, codes: Ints) -> None:
        gap, widths = np.divmod(codes, self._kinds**2)
        parent, child = np.divmod(widths, self._kinds)
        steps = (gap - self._span) * self._step
        self._logs[codes], self._share[codes] = self._reckoned(steps, self._widths[parent], self._widths[child])
