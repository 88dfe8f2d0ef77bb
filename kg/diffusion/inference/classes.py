"""An edge of a network → what it is in the hierarchy of governments: from the superior, between siblings, past a level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from kg.diffusion.adoptions import Unit
from kg.model import Level


class EdgeClass(StrEnum):
    """How the destination stands to the origin."""

    DOWN = "superior to subordinate"
    SKIP_DOWN = "down past a level"
    UP = "subordinate to superior"
    SKIP_UP = "up past a level"
    SIBLINGS = "same superior"
    SAME_LEVEL = "same level, other superior"
    LOWER = "to a lower level elsewhere"
    HIGHER = "to a higher level elsewhere"
    UNKNOWN = "unknown"


RANK = {Level.NATION: 0, Level.PROVINCE: 1, Level.PREFECTURE: 2, Level.COUNTY: 3, Level.ZONE: 3, Level.TOWNSHIP: 4}


def edge_class(origin: Unit, destination: Unit, units: Mapping[str, Unit]) -> EdgeClass:
    """The class of the edge; `units` by id, for the superiors in between. UNKNOWN where a level is not given."""
    down, up = _steps(origin, destination, units), _steps(destination, origin, units)
    if down:
        return EdgeClass.DOWN if down == 1 else EdgeClass.SKIP_DOWN
    if up:
        return EdgeClass.UP if up == 1 else EdgeClass.SKIP_UP
    if origin.superior and origin.superior == destination.superior:
        return EdgeClass.SIBLINGS
    ranks = [RANK.get(unit.level) if unit.level else None for unit in (origin, destination)]
    above, below = ranks
    if above is None or below is None:
        return EdgeClass.UNKNOWN
    if above == below:
        return EdgeClass.SAME_LEVEL
    if above == 0 or below == 0:  # the centre is above all, also where a superior in between is not known
        return EdgeClass.SKIP_DOWN if above == 0 else EdgeClass.SKIP_UP
    return EdgeClass.LOWER if above < below else EdgeClass.HIGHER


def _steps(superior: Unit, unit: Unit, units: Mapping[str, Unit]) -> int:
    """How many levels the superior is above the unit, 0 where it is none."""
    steps, at, seen = 0, unit, {unit.id}
    while at.superior and at.superior not in seen:
        steps += 1
        if at.superior == superior.id:
            return steps
        seen.add(at.superior)
        above = units.get(at.superior)
        if above is None:
            break
        at = above
    return 0


def count_classes(edges: Iterable[tuple[Unit, Unit]], units: Mapping[str, Unit]) -> dict[EdgeClass, int]:
    """How many edges each class has, in the order of the classes."""
    counts = Counter(edge_class(origin, destination, units) for origin, destination in edges)
    return {kind: counts[kind] for kind in EdgeClass if counts[kind]}
