"""Names as somebody writes them in a list beside a history (places that should have sent documents, neighbours) → ids."""

from __future__ import annotations

from pathlib import Path

from kg.diffusion.adoptions import History
from kg.diffusion.from_table import check_columns, first_of, sheet_of
from kg.diffusion.naming import unit_labels
from kg.errors import DiffusionError

PAIRS = {
    "from": ("from", "ego", "origin", "origin_node", "起点", "单位甲", "unit", "地方", "source"),
    "to": (
        "to",
        "alter",
        "destination",
        "destination_node",
        "终点",
        "单位乙",
        "neighbour",
        "neighbor",
        "邻居",
        "target",
    ),
}


class Names:
    """Every name, code or id of a unit of a history."""

    def __init__(self, history: History) -> None:
        self._ids: dict[str, set[str]] = {}
        labels = unit_labels(history)
        for unit in history.units:
            for name in {unit.name, unit.id, unit.code, labels[unit.id]} - {""}:
                self._ids.setdefault(name, set()).add(unit.id)

    def unit(self, name: str) -> str:
        """The id of the unit of this name, or the name itself where no unit has it; ValueError where several have it."""
        found = self._ids.get(name, {name})
        if len(found) > 1:
            raise ValueError(f"{name} are {len(found)} places; write the code of the one that is meant")
        return next(iter(found))


def read_pairs(history: History, path: Path) -> tuple[tuple[str, str], ...]:
    """A network of places (CSV: from, to) → pairs of ids, in order. Raises DiffusionError with all bad lines at once."""
    sheet = sheet_of(path)
    has = {role: next((name for name in names if name in sheet.columns), "") for role, names in PAIRS.items()}
    has = {role: name for role, name in has.items() if name}
    check_columns(path, sheet, has, ("from", "to"))
    names, faults, pairs = Names(history), [*map(str, sheet.faults)], []
    for line in sheet.lines:
        try:
            pairs.append((names.unit(line.cells[has["from"]]), names.unit(line.cells[has["to"]])))
        except ValueError as fault:
            faults.append(f"{line.where}: {fault}")
    if faults:
        raise DiffusionError(*first_of(faults))
    return tuple(pairs)
