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
from kg.diffusion.inference.pairs import NO_PLACES, Column, Pairs
from kg.diffusion.inference.rules import Rules


class Step(NamedTuple):
    """An edge, its gain, and how much of it comes from each cascade that it touches (distinct, ascending)."""

    origin: int
    destination: int
    gain: float
    cascades: Ints
    gains: Floats
    places: Ints  # of all its pairs in the column of the destination
    shares: Floats  # how probable it is in each that the parent came first


class Search:
    """The state of one run: the score of each event so far, and of each unit the best edge into it.

    `weights` counts each cascade that often (a bootstrap draws cascades again and again). Several runs may share pairs.
    """

    def __init__(self, pairs: Pairs, rules: Rules, weights: Floats | None = None) -> None:
        cascades = pairs.cascades
        self.pairs = pairs
        self.rules = rules
        self._cascade = cascades.cascade
        self._weight = None if weights is None else weights[self._cascade]
        start = rules.outside - rules.inside if rules.constant else 0.0
        self._score = np.full(len(cascades.unit), start)  # less the factor of an edge inside
        self._follows = np.full(len(cascades.unit), rules.constant)  # whether an event can have a parent
        self._taken: list[list[int]] = [[] for _ in range(len(pairs))]
        self._gain = np.zeros(len(pairs))  # of the best edge into each unit
        self._origin = np.zeros(len(pairs), dtype=np.int64)  # where it comes from
        for unit in range(len(pairs)):
            self._begin(pairs.column(unit))
            self._look(unit)
        self.alone = self.score  # of each event without any edge
        self.initial = self.total
        self._last = (NO_PLACES, self._score[:0])

    def __iter__(self) -> Iterator[Step]:
        """The edges in order; each is in the network when it is handed out."""
        while (unit := self._best(self._gain)) >= 0:
            yield self._add(int(self._origin[unit]), unit)

    def undo(self) -> None:
        """Takes back the last edge from the scores; it is not found again."""
        events, scores = self._last
        self._score[events] = scores

    @property
    def score(self) -> Floats:
        """The log likelihood of each event; 0 for those that can have no parent."""
        return np.where(self._follows, self._score + self.rules.inside, 0.0)

    @property
    def total(self) -> float:
        """The log likelihood of all cascades."""
        return float(self.score.sum() if self._weight is None else self.score @ self._weight)

    def _best(self, gains: Floats) -> int:
        """The unit with the largest gain, -1 where none gains; the most preferred of equal ones."""
        best = int(gains.argmax()) if gains.size else -1
        if best < 0 or gains[best] <= 0:
            return -1
        return int((gains >= gains[best] * (1 - self.rules.equal)).argmax())

    def _begin(self, column: Column) -> None:
        """Scores the events of a column without any edge."""
        if column.child.size and not self.rules.constant:
            alone = self.pairs.alone(column, self.rules.outside) - self.rules.inside
            self._follows[column.events] = np.isfinite(alone)
            self._score[column.events] = np.where(np.isfinite(alone), alone, 0.0)

    def _look(self, unit: int) -> None:
        """Finds the best edge into this unit."""
        column = self.pairs.column(unit)
        gain = self._score[column.events][column.child]
        np.subtract(column.logs, gain, out=gain)
        np.maximum(gain, 0.0, out=gain)
        if column.unsure.size:
            gain[column.unsure] *= column.share
        if self._weight is not None:
            gain *= self._weight[column.events][column.child]
        sums = np.bincount(column.origin, gain, len(self._taken)).astype(np.float64, copy=False)
        sums[self._taken[unit]] = 0.0
        origin = self._best(sums)
        self._origin[unit] = origin
        self._gain[unit] = sums[origin] if origin >= 0 else 0.0

    def _add(self, origin: int, unit: int) -> Step:
        column = self.pairs.column(unit)
        places = np.flatnonzero(column.origin == origin)
        shares = column.share_at(places)
        children = column.events[column.child[places]]
        logs = column.logs[places]
        change = np.maximum(logs - self._score[children], 0.0) * shares
        better = change > 0
        changed, change = children[better], change[better]
        self._last = (changed, self._score[changed])
        self._score[changed] = np.where(shares[better] < 1, self._last[1] + change, logs[better])
        self._taken[unit].append(origin)
        preferred, gain = self.pairs.preferred, float(self._gain[unit])
        self._look(unit)
        return Step(int(preferred[origin]), int(preferred[unit]), gain, self._cascade[changed], change, places, shares)
