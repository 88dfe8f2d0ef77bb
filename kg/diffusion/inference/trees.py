"""A finished search → the parent of each event: the way that each programme probably took, without loops."""

from __future__ import annotations

import numpy as np

from kg.diffusion.cascades import Floats, Ints
from kg.diffusion.inference.greedy import Search, Step

NONE = -1
LEAST = 1e-300  # of a share, for its log


def parents_of(search: Search, steps: list[Step]) -> Ints:
    """(E,) the event that each one most probably follows along an edge of the network; -1 where it follows none.

    Of parents that are equally probable that of the edge added first. A parent is taken only where it is more probable
    than an adoption from elsewhere; where events of one year would follow each other in a ring, the one that loses least
    takes its best parent of which the order is sure.
    """
    found, certain = _Best(search.alone), _Best(search.alone)
    for step in steps:
        column = search.pairs.column(int(search.pairs.rank[step.destination]))
        children = column.events[column.child[step.places]]
        parents = search.pairs.parents(column, step.places)
        score = column.logs[step.places] + np.log(np.maximum(step.shares, LEAST)) + search.rules.inside
        found.improve(children, parents, score)
        if column.unsure.size:
            sure = step.shares == 1
            certain.improve(children[sure], parents[sure], score[sure])
    while search.pairs.ties == "interval" and len(ring := _on_rings(found.parent)):
        for event in _cut(ring, found.parent, found.score - certain.score):
            turned = found.parent[event] == certain.parent[event]
            found.parent[event] = NONE if turned else certain.parent[event]
            found.score[event] = certain.score[event]
    return found.parent


class _Best:
    """Of each event the most probable parent so far."""

    def __init__(self, alone: Floats) -> None:
        self.score = alone.copy()
        self.parent = np.full(len(alone), NONE, dtype=np.int64)

    def improve(self, children: Ints, parents: Ints, score: Floats) -> None:
        """Takes the parents that are better; each child is named once."""
        better = score > self.score[children]
        self.score[children[better]] = score[better]
        self.parent[children[better]] = parents[better]


def _on_rings(parent: Ints) -> Ints:
    """The events that follow each other in a ring."""
    live = np.flatnonzero(parent >= 0)
    while True:
        followed = np.zeros(len(parent), dtype=bool)
        followed[parent[live]] = True
        kept = live[followed[live]]
        standing = np.zeros(len(parent), dtype=bool)
        standing[kept] = True
        kept = kept[standing[parent[kept]]]
        if len(kept) == len(live):
            return live
        live = kept


def _cut(ring: Ints, parent: Ints, loss: Floats) -> list[int]:
    """Of each ring the event that loses least."""
    left, chosen = set(ring.tolist()), []
    while left:
        round_trip = [left.pop()]
        while (following := int(parent[round_trip[-1]])) in left:
            left.remove(following)
            round_trip.append(following)
        chosen.append(min(round_trip, key=lambda event: (loss[event], event)))
    return chosen
