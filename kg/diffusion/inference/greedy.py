"""Pairs → the network, one edge after the other, each the one that gains most: NetInf.

Gomez-Rodriguez, Leskovec and Krause (2010, KDD; 2012, ACM TKDD 5(4)). The gain of an edge is the sum over cascades of
what its later unit's best parent improves by; it is submodular, so greedy is within 1 - 1/e of the best network. An edge
changes only the column of its later unit, so nothing else is reckoned again.

Of two adoptions in one year nobody knows which came first. The likelihood is therefore averaged over their orders: an
edge counts in the share of orders in which its parent comes first, so that no two events explain each other in full, and
what tells the direction are the cascades in which the years differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from kg.diffusion.cascades import Floats, Ints
from kg.diffusion.inference.pairs import Column, Pairs
from kg.diffusion.inference.rules import Rules


class Step(NamedTuple):
    """An edge, its gain, and of how much that is in each cascade (distinct cascades, ascending)."""

    origin: int
    destination: int
    gain: float
    cascades: Ints
    gains: Floats


class Search:
    """The state of one run: the score of each event so far, and of each unit the best edge into it.

    `weights` counts each cascade that often (a bootstrap draws cascades again and again).
    """

    def __init__(self, pairs: Pairs, rules: Rules, weights: Floats | None = None) -> None:
        cascades = pairs.cascades
        self.pairs = pairs
        self.rules = rules
        self._cascade = cascades.cascade
        self._weight = None if weights is None else weights[self._cascade]
        units = len(cascades.units)
        self._order = _order(cascades.units, rules.last_wins)
        self._taken: list[list[int]] = [[] for _ in range(units)]
        self._gain = np.zeros(units)  # of the best edge into each unit
        self._origin = np.zeros(units, dtype=np.int64)  # where it comes from
        self.score = self._without_network()
        self.initial = self._total(self.score)
        for unit in range(units):
            self._look(unit)

    def __iter__(self) -> Iterator[Step]:
        """The edges in order; each is in the network when it is handed out."""
        while (unit := self._best(self._gain)) >= 0:
            yield self._add(int(self._origin[unit]), unit)

    def _best(self, gains: Floats) -> int:
        """The unit with the largest gain, -1 where there is none; equal ones as the rules say."""
        top = gains.max(initial=0.0)
        if top <= 0:
            return -1
        return int(self._order[np.argmax(gains[self._order] >= top * (1 - self.rules.equal))])

    def _without_network(self) -> Floats:
        """The score of each event without any edge; 0 for those that can have no parent."""
        score = np.zeros(len(self._cascade))
        for unit in range(len(self._taken)):
            column = self.pairs.column(unit)
            if column.child.size:
                first = np.flatnonzero(np.diff(column.child, prepend=-1))
                best = np.maximum.reduceat(column.logs, first) + self.rules.outside
                score[column.events[column.child[first]]] = best
        return np.full(len(score), self.rules.outside) if self.rules.constant else score

    def _total(self, score: Floats) -> float:
        return float(score.sum() if self._weight is None else score @ self._weight)

    def _improvement(self, column: Column) -> Floats:
        """What each pair would add to the likelihood if its edge were there; 0 where it adds nothing."""
        gain = column.logs + self.rules.inside
        gain -= self.score[column.events][column.child]
        np.maximum(gain, 0.0, out=gain)
        if column.unsure.size:
            gain[column.unsure] *= column.share
        return gain

    def _look(self, unit: int) -> None:
        """Finds the best edge into this unit."""
        column = self.pairs.column(unit)
        gain = self._improvement(column)
        if self._weight is not None:
            gain *= self._weight[column.events][column.child]
        sums = np.bincount(column.origin, gain, len(self._taken))
        sums[self._taken[unit]] = 0.0
        origin = self._best(sums)
        self._origin[unit] = origin
        self._gain[unit] = sums[origin] if origin >= 0 else 0.0

    def _add(self, origin: int, unit: int) -> Step:
        column = self.pairs.column(unit)
        at = np.flatnonzero(column.origin == origin)
        improvement = self._improvement(column)[at]
        at, gains = at[improvement > 0], improvement[improvement > 0]
        children = column.events[column.child[at]]
        self.score[children] += gains
        self._taken[unit].append(origin)
        step = Step(origin, unit, float(self._gain[unit]), self._cascade[children], gains)
        self._look(unit)
        return step


def _order(units: tuple[str, ...], last_wins: bool) -> Ints:
    """The numbers of the units, those first that are taken first among equals."""
    if last_wins:
        return np.arange(len(units))[::-1].copy()
    return np.array(sorted(range(len(units)), key=units.__getitem__), dtype=np.int64)
