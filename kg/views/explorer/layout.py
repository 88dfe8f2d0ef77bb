"""An exploration → the same with a place in the network and a community for each thing, always the same.

Communities (Louvain) become discs side by side, those near each other that have ties. Within its disc a thing is pushed by
all others and pulled by its ties, also by those to other discs; what hangs on one thing alone is set around it like seeds
of a sunflower. Small islands and things without a tie stand in lines below the rest.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from kg.views.explorer.communities import Edge, communities
from kg.views.explorer.records import Exploration, Tie
from kg.views.forces import Floats, Numbers, apart, spread, squares
from kg.views.layout import sunflower
from kg.views.records import STRUCTURE

MARK, LARGEST = 5.0, 3.4  # radius of a usual mark in pixels at natural size; of the largest one, times that
GAP = 4.0  # free around each mark
LEAVES = 4  # from so many on they are set as seeds
FILLED = 0.45  # of a disc by its things
BETWEEN, FREE = 26.0, 1.12  # pixels between discs, and the room of a disc against its radius
ISLAND = 8  # things; smaller ones stand in lines
INWARD, OUTWARD = 0.5, 0.06  # how strongly ties pull, within a community and out of it, against gravity FILLED
DENSE = 1.6  # discs are drawn together as if they could overlap so much, then moved apart
WIDE = 1.3  # the whole becomes wider than high, as screens are
NOTHING = np.zeros((0, 2))


class Body(NamedTuple):
    """A thing with what is set around it: places relative to it, and the radius of all."""

    thing: int
    leaves: tuple[int, ...]
    around: Floats
    radius: float


def placed(exploration: Exploration) -> Exploration:
    """`places` in pixels at natural size, x to the right, y downwards; `communities` from 1, the largest; 0 has no tie."""
    n = len(exploration.things)
    edges = tuple(weighed(exploration.ties))
    groups = communities(n, edges)
    kinds = [list(type(thing.kind)).index(thing.kind) for thing in exploration.things]
    places = positions(groups, edges, kinds) if n else np.zeros((0, 2))
    return replace(exploration, places=tuple(map(tuple, places.tolist())), communities=groups)


def weighed(ties: Iterable[Tie]) -> Iterator[Edge]:
    """One edge for each pair of things that a claim ties, heavier the more claims.

    What only a register ties (an agency to its place, a place to the one above) counts where nothing else is known of the
    lower one; else half a province would stand around its capital.
    """
    ties = tuple(ties)
    said: dict[tuple[int, int], int] = defaultdict(int)
    for tie in ties:
        if tie.link not in STRUCTURE and tie.source != tie.target:
            said[min(tie.source, tie.target), max(tie.source, tie.target)] += max(len(tie.claims), 1)
    known = {end for pair in said for end in pair}
    for tie in ties:
        if tie.link in STRUCTURE and tie.source not in known and tie.source != tie.target:
            said.setdefault((min(tie.source, tie.target), max(tie.source, tie.target)), 1)
    for (a, b), claims in sorted(said.items()):
        yield a, b, 1.0 + math.log(claims)


def positions(groups: Sequence[int], edges: Sequence[Edge], kinds: Sequence[int]) -> Floats:
    """The place of each thing."""
    near = _near(len(groups), edges)
    islands = _islands(near)
    great = [island for island in islands if len(island) >= ISLAND]
    places = np.zeros((len(groups), 2))
    main = [thing for island in great for thing in island]
    if main:
        _set_discs(places, sorted(main), groups, edges, _bodies(main, near, kinds))
    _set_lines(places, main, [island for island in islands if len(island) < ISLAND], near)
    return np.round(places, 1) + 0.0


def radius(degree: int) -> float:
    """Of the mark of a thing with so many neighbours, in pixels at natural size."""
    return MARK * min(0.8 + 0.32 * math.sqrt(degree), LARGEST)


def _near(n: int, edges: Iterable[Edge]) -> list[list[int]]:
    near: list[list[int]] = [[] for _ in range(n)]
    for a, b, _ in edges:
        near[a].append(b)
        near[b].append(a)
    return near


def _islands(near: Sequence[Sequence[int]]) -> list[list[int]]:
    """The connected things together, the largest first."""
    seen = [False] * len(near)
    found = []
    for start in range(len(near)):
        if seen[start]:
            continue
        island, seen[start] = [start], True
        for thing in island:
            for other in near[thing]:
                if not seen[other]:
                    seen[other] = True
                    island.append(other)
        found.append(sorted(island))
    return sorted(found, key=lambda island: (-len(island), island[0]))


def _bodies(things: Iterable[int], near: Sequence[Sequence[int]], kinds: Sequence[int]) -> list[Body]:
    leaves: dict[int, list[int]] = defaultdict(list)
    for thing in things:
        if len(near[thing]) == 1 and len(near[near[thing][0]]) > 1:
            leaves[near[thing][0]].append(thing)
    flowers = {
        hub: sorted(some, key=lambda leaf: (kinds[leaf], leaf)) for hub, some in leaves.items() if len(some) >= LEAVES
    }
    hung = {leaf for some in flowers.values() for leaf in some}
    return [_body(thing, flowers.get(thing, ()), near) for thing in sorted(set(things) - hung)]


def _body(thing: int, leaves: Sequence[int], near: Sequence[Sequence[int]]) -> Body:
    own, leaf = radius(len(near[thing])), radius(1)
    scale = (2 * leaf + GAP) / 1.6
    start = math.ceil(((own + leaf + GAP) / scale) ** 2)
    whole = scale * math.sqrt(start + len(leaves)) + leaf if leaves else own
    around = sunflower(start, len(leaves)) * scale if leaves else NOTHING
    return Body(thing, tuple(leaves), around, whole + GAP)


def _set_discs(
    places: Floats, main: Sequence[int], groups: Sequence[int], edges: Sequence[Edge], bodies: list[Body]
) -> None:
    number = {body.thing: i for i, body in enumerate(bodies)}
    discs = {group: i for i, group in enumerate(sorted({groups[body.thing] for body in bodies}))}
    disc = np.array([discs[groups[body.thing]] for body in bodies])
    radii = np.array([body.radius for body in bodies])
    ends, weights = _between(number, edges)
    found = _drawn_together(_laid(disc, radii, ends, weights), disc, radii)
    for body, (x, y) in zip(bodies, found, strict=True):
        places[body.thing] = x, y
        places[list(body.leaves)] = body.around + np.array([x, y])


def _laid(disc: Numbers, radii: Floats, ends: Numbers, weights: Floats) -> Floats:
    """The bodies, each in its disc or near it."""
    reach = np.sqrt(np.bincount(disc, radii**2) / FILLED)
    centres = _centres(reach, disc, ends, weights)
    start = centres[disc]
    for one in range(len(reach)):
        inside = np.flatnonzero(disc == one)
        start[inside] += sunflower(0, len(inside)) * reach[one] / math.sqrt(len(inside))
    within = disc[ends[:, 0]] == disc[ends[:, 1]]
    pulls = _even(ends, weights, len(radii)) * np.where(within, INWARD, OUTWARD)
    return apart(spread(start, radii**2, centres[disc], ends, pulls, FILLED), radii)


def _drawn_together(places: Floats, disc: Numbers, radii: Floats) -> Floats:
    """The discs moved as close as they can stand."""
    area = radii**2
    total = np.bincount(disc, area)
    middles = np.stack([np.bincount(disc, area * places[:, axis]) / total for axis in (0, 1)], axis=1)
    off = squares(places - middles[disc])
    reach = np.sqrt(2 * np.bincount(disc, area * (off + area / 2)) / total)  # of an even disc that is spread so far
    room = FREE * reach + BETWEEN / 2
    side = math.sqrt(float((room**2).sum()) / DENSE)
    closer = min(1.0, side / (float(np.abs(middles).max()) + 1e-9))
    moved = apart(middles * closer * (WIDE, 1 / WIDE), room, 60)
    return apart(places + (moved - middles)[disc], radii)


def _between(number: Mapping[int, int], edges: Iterable[Edge]) -> tuple[Numbers, Floats]:
    kept = [(number[a], number[b], weight) for a, b, weight in edges if a in number and b in number]
    return np.array([pair[:2] for pair in kept], np.int64).reshape(-1, 2), np.array([weight for _, _, weight in kept])


def _even(ends: Numbers, weights: Floats, n: int) -> Floats:
    """The weights as shares of what their ends have in all, so that no thing is pulled apart by the number of its ties."""
    total = np.bincount(ends.ravel(), np.repeat(weights, 2), n)
    return np.asarray(weights / np.sqrt(total[ends[:, 0]] * total[ends[:, 1]]))


def _centres(reach: Floats, disc: Numbers, ends: Numbers, weights: Floats) -> Floats:
    """Of the discs, close together and those that have ties beside each other."""
    if len(reach) == 1:
        return np.zeros((1, 2))
    pair = np.sort(disc[ends], axis=1)
    outside = pair[:, 0] != pair[:, 1]
    keys, at = np.unique(pair[outside] @ [len(reach), 1], return_inverse=True)
    between = np.stack(np.divmod(keys, len(reach)), axis=1).astype(np.int64)
    together = np.bincount(at.ravel(), weights[outside], len(keys)).astype(np.float64)
    pulls = _even(between, together, len(reach)) * INWARD
    room = reach + BETWEEN / 2
    start = sunflower(0, len(reach)) * math.sqrt(float((room**2).sum()) / FILLED / len(reach))
    return apart(spread(start, room**2, np.zeros_like(start), between, pulls, FILLED), room, 60)


def _set_lines(
    places: Floats, main: Sequence[int], islands: Iterable[Sequence[int]], near: Sequence[Sequence[int]]
) -> None:
    """Small islands below the rest, each around its busiest thing, and in the end single things."""
    low, high = (places[main].min(axis=0), places[main].max(axis=0)) if main else (np.zeros(2), np.zeros(2))
    drawn = [_ring(island, near) for island in islands]
    area = sum((2 * reach) ** 2 for _, _, reach in drawn)
    line = max(float(high[0] - low[0]), 1.4 * math.sqrt(area))
    x, y, tallest = 0.0, 0.0, 0.0
    left, top = float(low[0] + high[0]) / 2 - line / 2, float(high[1]) + (3 * BETWEEN if main else 0.0)
    for island, around, reach in drawn:
        if x and (x + 2 * reach > line or 4 * reach < tallest):
            x, y, tallest = 0.0, y + tallest, 0.0
        places[island] = around + np.array([left + x + reach, top + y + reach])
        x, tallest = x + 2 * reach, max(tallest, 2 * reach)


def _ring(island: Sequence[int], near: Sequence[Sequence[int]]) -> tuple[list[int], Floats, float]:
    order = sorted(island, key=lambda thing: (-len(near[thing]), thing))
    step = 2 * radius(len(near[order[0]])) + GAP
    places = sunflower(0, len(order)) * step
    places -= (places.min(axis=0) + places.max(axis=0)) / 2
    return order, places, float(np.abs(places).max()) + step / 2 + GAP
