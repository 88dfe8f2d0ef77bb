"""What a user calls a network (province, nearest:5, edges.csv) → the network of the places of a history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.diffusion.adoptions import Unit
from kg.diffusion.exposure.networks import (
    PlaceNetwork,
    given,
    nearest,
    same_province,
    same_superior,
    superiors,
    within,
)
from kg.diffusion.history.from_table import first_of
from kg.errors import DiffusionError
from kg.lexicon_files import Sheet, read_free_sheet

BY_NAME = {"province": same_province, "siblings": same_superior, "superior": superiors}
DIRECTED = (
    ("origin", "destination"),
    ("origin_node", "destination_node"),
    ("from", "to"),
    ("source", "target"),
    ("alter", "ego"),  # netdiffuseR: ego looks at alter
)
MUTUAL = (("unit", "neighbour"), ("unit", "neighbor"), ("地方", "相邻"), ("地区", "邻接"))
COLUMNS = tuple(name for pair in (*DIRECTED, *MUTUAL) for name in pair)
ASKED = "province, siblings, superior, nearest:5, within:200km, or a CSV file of pairs"


def place_network(asked: str, units: Sequence[Unit]) -> PlaceNetwork:
    """The network among these units.

    `province`: the others of its level in the province; `siblings`: the others under its superior; `superior`: the unit
    above; `nearest:K` and `within:200km` by great circle; else a CSV file: pairs of neighbours, or, with the columns
    origin and destination, edges of which the destination looks at the origin. Raises DiffusionError.
    """
    if asked in BY_NAME:
        network = BY_NAME[asked](units)
        if network.weights.nnz == 0:
            raise DiffusionError(f"{asked}: no unit at risk has such a neighbour at risk")
        return network
    kind, _, number = asked.partition(":")
    if kind == "nearest" and number.isdecimal():
        return nearest(units, int(number))
    if kind == "within" and (distance := _kilometres(number)) is not None:
        return within(units, distance)
    path = Path(asked)
    if not path.is_file():
        raise DiffusionError(f"{asked} is no network and no file; write {ASKED}")
    return read_network(path, units)


def _kilometres(text: str) -> float | None:
    try:
        distance = float(text.strip().lower().removesuffix("km").removesuffix("公里"))
    except ValueError:
        return None
    return distance if distance > 0 else None


def read_network(path: Path, units: Sequence[Unit]) -> PlaceNetwork:
    """The ties of a CSV file between these units, by id, code or name; ties of other places fall out.

    Raises DiffusionError for a name that several units bear, and where no tie is left.
    """
    sheet = read_free_sheet(path.read_bytes(), path.name, COLUMNS)
    if sheet.faults or len(sheet.columns) < 2:
        raise DiffusionError(*map(str, sheet.faults or (f"{path.name}:1: name two columns, such as unit,neighbour",)))
    columns, directed = _columns(sheet.columns)
    pairs = list(_pairs(sheet, columns, units))
    network = given([unit.id for unit in units], pairs, path.stem, directed=directed)
    if network.weights.nnz == 0:
        raise DiffusionError(f"{path.name}: none of its {len(sheet.lines)} pairs is of two units at risk")
    return network


def _columns(names: Sequence[str]) -> tuple[tuple[str, str], bool]:
    for pair in DIRECTED:
        if {*pair} <= {*names}:
            return pair, True
    mutual = next((pair for pair in MUTUAL if {*pair} <= {*names}), (names[0], names[1]))
    return mutual, False


def _pairs(sheet: Sheet, columns: tuple[str, str], units: Sequence[Unit]) -> Iterator[tuple[str, str]]:
    ids: dict[str, set[str]] = {}
    for unit in units:
        for name in {unit.name, unit.id, unit.code} - {""}:
            ids.setdefault(name, set()).add(unit.id)
    faults = []
    for line in sheet.lines:
        ends = [sorted(ids.get(line.cells[column], ())) for column in columns]
        faults += [
            f"{line.where}: {line.cells[column]} are {len(found)} places; write the code of the one that is meant"
            for column, found in zip(columns, ends, strict=True)
            if len(found) > 1
        ]
        if all(ends):
            yield ends[0][0], ends[1][0]
    if faults:
        raise DiffusionError(*first_of(faults))
