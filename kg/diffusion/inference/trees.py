"""A finished search → the parent of each event: the way that each programme probably took, without loops."""

from __future__ import annotations

import numpy as np

from kg.diffusion.cascades import Floats, Ints
from kg.diffusion.inference.greedy import Search, Step
from kg.diffusion.inference.pairs import Column

NONE = -1


def parents_of(search: Search, steps: list[Step]) -> Ints:
    """(E,) the event that each one most probably follows along an edge of the network; -1 where it follows none.

    Of parents that are equally probable that of the edge added first. A parent is taken only where it is more probable
    than an adoption from elsewhere; where events of one year would follow each other in a ring, the one that loses least
    takes its best parent of which the order is sure.
    """
    best, parent = _most_probable(search, steps, sure=False)
    if search.pairs.ties == "interval":
        while len(ring := _on_rings(parent)):
            second, other = _most_probable(search, steps, sure=True)
            for event in _cut(ring, parent, best - second):
                turned = parent[event] == other[event]
                parent[event], best[event] = (NONE, second[event]) if turned else (other[event], second[event])
    return parent


def _most_probable(search: Search, steps: list[Step], sure: bool) -> tuple[Floats, Ints]:
    """Of each event the log likelihood with its best parent along the edges, and that parent."""
    pairs, rules = search.pairs, search.rules
    best = search.alone.copy()
    parent = np.full(len(best), NONE, dtype=np.int64)
    for step in steps:
        column = pairs.column(int(pairs.rank[step.destination]))
        at = np.flatnonzero(column.origin == pairs.rank[step.origin])
        share = _share(column, at)
        at, share = (at[share == 1], share[share == 1]) if sure else (at, share)
        children = column.events[column.child[at]]
        with np.errstate(divide="ignore"):
            score = column.logs[at] + np.log(share) + rules.inside
        better = score > best[children]
        best[children[better]] = score[better]
        parent[children[better]] = pairs.parents(column, at[better])
    return best, parent


def _share(column: Column, at: Ints) -> Floats:
    share = np.ones(len(column.child))
    share[column.unsure] = column.share
    return share[at]


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
