"""An edge of a network → the adoptions that it rests on, with their sentences: what a reader can check by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kg.diffusion.adoptions import Adoption, History
from kg.diffusion.cascades import Cascades
from kg.diffusion.inference.records import Network
from kg.errors import DiffusionError


@dataclass(frozen=True, slots=True)
class Behind:
    """One programme in which the destination adopted when the origin already had, or may have."""

    program: str
    origin: Adoption
    destination: Adoption
    delay: float  # between the upper ends of the two intervals
    is_way: bool  # whether the network has the origin as the most probable parent here
    rival: str = ""  # the unit that it has instead; empty where none


def behind_edge(history: History, cascades: Cascades, network: Network, origin: str, destination: str) -> list[Behind]:
    """The adoptions behind the edge between two units (ids), those in which it is the way first, then by delay.

    `network` was inferred from `cascades`, and these made from `history`. Raises DiffusionError where a unit is unknown.
    """
    numbers = {name: number for number, name in enumerate(cascades.units)}
    for name in (origin, destination):
        if name not in numbers:
            raise DiffusionError(f"{name}: no unit of the network; ask for one that adopts something")
    found = _all_behind(history, cascades, network, numbers[origin], numbers[destination])
    return sorted(found, key=lambda one: (not one.is_way, one.delay, one.program))


def _all_behind(
    history: History, cascades: Cascades, network: Network, origin: int, destination: int
) -> Iterator[Behind]:
    by_pair = {(adoption.program, adoption.unit): adoption for adoption in history.adoptions}
    cascade = cascades.cascade
    first = {int(cascade[event]): int(event) for event in np.flatnonzero(cascades.unit == origin)}
    for event in np.flatnonzero(cascades.unit == destination).tolist():
        earlier = first.get(int(cascade[event]))
        if earlier is None or not _may_precede(cascades, earlier, event, network.ties == "strict"):
            continue
        program = cascades.names[cascade[event]]
        parent = int(network.parent[event])
        rival = cascades.units[cascades.unit[parent]] if parent >= 0 else ""
        pair = by_pair.get((program, cascades.units[origin])), by_pair.get((program, cascades.units[destination]))
        if pair[0] is not None and pair[1] is not None:
            delay = float(cascades.time[event] - cascades.time[earlier])
            yield Behind(program, pair[0], pair[1], delay, parent == earlier, "" if parent == earlier else rival)


def _may_precede(cascades: Cascades, earlier: int, event: int, strict: bool) -> bool:
    gap = cascades.time[event] - cascades.time[earlier]
    return bool(gap > 0 if strict else gap >= 0)
