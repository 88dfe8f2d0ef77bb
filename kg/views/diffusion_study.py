"""A source of adoptions → the study that a report is written on."""

from __future__ import annotations

from pathlib import Path

from kg.diffusion.adoptions import History
from kg.diffusion.direction import Origin
from kg.diffusion.opening import TABLES, open_history
from kg.diffusion.subsets import Subset, subset
from kg.diffusion.way import Way, way
from kg.errors import DiffusionError
from kg.views.diffusion_sections.study import Study


def study_of(
    source: Path, program: str = "", *, seed: int = 0, plans: bool = True, expected: Path | None = None
) -> Study:
    """One programme of a graph folder or table, by name or id, or all; `expected` lists documents that should exist.

    Raises DiffusionError, GraphError.
    """
    whole = open_history(source, plans=plans, expected=expected)
    if not whole.adoptions:
        raise DiffusionError(f"{source} holds no adoption of a program by a place")
    if not program:
        return Study(whole, whole, _name(source), origins=_origins(source), seed=seed)
    part = subset(whole, Subset(programs=(program,)))
    if len(part.programs) > 1:
        raise DiffusionError(f"{program} names {len(part.programs)} programs; name the one that is meant by its IRI")
    (chosen,) = part.programs
    ways = {chosen.id: way_of(source, part, chosen.id)}
    return Study(part, whole, _name(source), chosen, ways, _origins(source), seed)


def way_of(source: Path, history: History, program: str) -> Way:
    """The way of a programme (its id), with what the texts of a graph say of it; of a table only what years suggest."""
    if Path(source).suffix.lower() in TABLES:
        return way(history, program)
    from kg.diffusion.way_from_graph import origins_of, steps_of
    from kg.graph.store import open_graph

    graph = open_graph(source)
    steps, names = steps_of(graph, history, program)
    return way(history, program, steps, origin=origins_of(graph).get(program), names=names)


def _origins(source: Path) -> dict[str, Origin]:
    if Path(source).suffix.lower() in TABLES:
        return {}
    from kg.diffusion.way_from_graph import origins_of
    from kg.graph.store import open_graph

    return origins_of(open_graph(source))


def _name(source: Path) -> str:
    return Path(source).resolve().name
