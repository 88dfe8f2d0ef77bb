"""A source of adoptions → the study that a report is written on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.diffusion.adoptions import History
from kg.diffusion.history.opening import TABLES, open_history
from kg.diffusion.history.subsets import Subset, subset
from kg.diffusion.ways.direction import Origin
from kg.diffusion.ways.way import Way, way
from kg.errors import DiffusionError
from kg.views.diffusion.sections.study import Study


def study_of(
    source: Path,
    program: str = "",
    *,
    seed: int = 0,
    plans: bool = True,
    expected: Path | None = None,
    network: bool = True,
) -> Study:
    """One programme of a graph folder or table, by name or id, or all; `expected` lists documents that should exist.

    Raises DiffusionError, GraphError.
    """
    whole = open_history(source, plans=plans, expected=expected)
    if not whole.adoptions:
        raise DiffusionError(f"{source} holds no adoption of a program by a place")
    part = subset(whole, Subset(programs=(program,))) if program else whole
    if program and len(part.programs) > 1:
        raise DiffusionError(f"{program} names {len(part.programs)} programs; name the one that is meant by its IRI")
    chosen = part.programs[0] if program else None
    ways, origins = _said(source, part, chosen.id if chosen else "")
    return Study(part, whole, Path(source).resolve().name, chosen, ways, origins, seed, network)


def way_of(source: Path, history: History, program: str) -> Way:
    """The way of a programme (its id), with what the texts of a graph say of it; of a table only what years suggest."""
    return _said(source, history, program)[0][program]


def _said(source: Path, history: History, program: str) -> tuple[Mapping[str, Way], Mapping[str, Origin]]:
    """The way of the programme, if one is asked for, and the founding documents that the source knows."""
    if Path(source).suffix.lower() in TABLES:
        return ({program: way(history, program)} if program else {}), {}
    from kg.diffusion.ways.documents import origins_of
    from kg.diffusion.ways.way_from_graph import steps_of
    from kg.graph.store import open_graph

    graph = open_graph(source)
    origins = origins_of(graph)
    if not program:
        return {}, origins
    steps, names = steps_of(graph, history, program)
    return {program: way(history, program, steps, origin=origins.get(program), names=names)}, origins
