"""A graph and its history → the forest of each programme: who took it up after whom, and how that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kg.diffusion.adoptions import History
from kg.diffusion.naming import names_of
from kg.diffusion.ways.documents import origins_of
from kg.diffusion.ways.way import Step, way
from kg.diffusion.ways.way_from_graph import steps_of_all
from kg.diffusion.ways.way_from_network import NetworkEdge, network_steps

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph


def ways_of(graph: PolicyGraph, history: History, edges: Iterable[NetworkEdge] = ()) -> Mapping[str, tuple[Step, ...]]:
    """The steps of every programme of which more than one place is known, as `kg diffuse way` tells them.

    `edges` are those of an inferred network.
    """
    travelled = [program.id for program in history.programs if len(history.by_program[program.id]) > 1]
    origins, units, edges = origins_of(graph), names_of(history), tuple(edges)
    found: dict[str, tuple[Step, ...]] = {}
    for program, told in steps_of_all(graph, history, travelled).items():
        known = (*told, *network_steps(history, program, edges))
        found[program] = way(history, program, known, origin=origins.get(program), units=units).steps
    return found
