"""An inferred network, of this project or any table of edges → the inferred steps that it gives the way of a programme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kg.diffusion.adoptions import History
from kg.diffusion.naming import names_of
from kg.diffusion.ways.order import Order, Years
from kg.diffusion.ways.way import By, Grade, Step
from kg.errors import DiffusionError
from kg.lexicon_files import read_free_sheet

ORIGINS = ("origin", "origin_node", "source", "from", "来源")
DESTINATIONS = ("destination", "destination_node", "target", "to", "去向")
FIGURES = ("gain", "improvement", "p_value", "q_value", "frequency", "rate", "weight")


class NetworkEdge(NamedTuple):
    """Adoptions of `origin` (its id) are followed by `destination`; `note` has the figures of it."""

    origin: str
    destination: str
    note: str = ""


def network_steps(history: History, program: str, edges: Iterable[NetworkEdge]) -> Iterator[Step]:
    """The edges between two adopters of a programme (its id) of which the origin may have come earlier.

    NetInf and its kin infer edges from many programmes; that an edge was the way of this one programme is a guess.
    """
    adopted = {a.unit: a for a in history.by_program[program]}
    for edge in edges:
        if edge.origin in adopted and edge.destination in adopted:
            origin, destination = adopted[edge.origin], adopted[edge.destination]
            order = Years.of(origin).order(Years.of(destination))
            if order is not Order.AFTER:
                evidence = origin.evidence[:1] + destination.evidence[:1]
                yield Step(edge.origin, edge.destination, Grade.INFERRED, By.NETWORK, evidence, edge.note)


def edges_of_table(path: Path, history: History) -> tuple[NetworkEdge, ...]:
    """The edges of a CSV file with the columns origin and destination: names or ids of units; p_value, gain … as they are.

    Raises DiffusionError for a missing column, or where no edge is between two units of the history.
    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise DiffusionError(f"{path} cannot be read ({fault.strerror or fault}); check the name") from None
    sheet = read_free_sheet(data, path.name, (*ORIGINS, *DESTINATIONS))
    if sheet.faults:
        raise DiffusionError("\n".join(map(str, sheet.faults)))
    columns = [next((name for name in names if name in sheet.columns), "") for names in (ORIGINS, DESTINATIONS)]
    for column, role in zip(columns, ("origin", "destination"), strict=True):
        if not column:
            raise DiffusionError(f"{path.name}:1: no column holds the {role}; call it {role!r}")
    ids = _ids(history)
    ends = [(*(ids.get(line.cells[column], "") for column in columns), _note(line.cells)) for line in sheet.lines]
    edges = tuple(NetworkEdge(*end) for end in ends if end[0] and end[1])
    if not edges:
        raise DiffusionError(f"{path.name}: no edge is between two units of the source; name them as the source does")
    return edges


def _ids(history: History) -> dict[str, str]:
    """What a unit may be called → its id; a name of two units is none."""
    called: dict[str, set[str]] = defaultdict(set)
    for unit, name in names_of(history).items():
        for one in (unit, name, history.unit[unit].name):
            called[one].add(unit)
    return {name: min(units) for name, units in called.items() if len(units) == 1}


def _note(cells: dict[str, str]) -> str:
    return ", ".join(f"{name} {cells[name]}" for name in FIGURES if cells.get(name))
