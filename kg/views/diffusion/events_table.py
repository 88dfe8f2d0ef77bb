"""Adoptions, panels and checks → tables for the terminal, CSV or JSON."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.views.tables import Table

if TYPE_CHECKING:
    from kg.diffusion.adoptions import History
    from kg.diffusion.cascades import Floats, Ints
    from kg.diffusion.history.checks import Check
    from kg.diffusion.history.panel import Panel
    from kg.diffusion.history.writing import Columns

NARROW = ("unit", "program", "year", "lower", "upper", "dated", "status", "silent", "level", "province", "claims")


def number_text(value: float) -> str | None:
    """2014.0 → 2014, 0.25 → 0.25; None for NaN."""
    if math.isnan(value):
        return None
    return str(int(value)) if value == int(value) else repr(float(value))


def columns_table(columns: Columns) -> Table:
    """The same table as text."""
    rows = (tuple(c if c is None or isinstance(c, str) else number_text(c) for c in row) for row in columns.rows)
    return Table(columns.names, tuple(rows))


def check_table(checks: Iterable[Check]) -> Table:
    """One row per finding."""
    names = ("check", "program", "unit", "value", "detail")
    rows = ((c.check, c.program or None, c.unit or None, number_text(round(c.value, 4)), c.detail) for c in checks)
    return Table(names, tuple(rows))


def panel_table(panel: Panel, history: History) -> Table:
    """One row per unit, programme and year, with names; empty where nobody can know."""
    from kg.diffusion.naming import names_of, program_labels

    programs, units = program_labels(history), names_of(history)
    of_unit = [history.unit[id_] for id_ in panel.units]
    names = [units[id_] for id_ in panel.units]
    levels = [unit.level and str(unit.level) for unit in of_unit]
    provinces = [units.get(unit.province, unit.province) or None for unit in of_unit]
    titles = [programs[id_] for id_ in panel.programs]
    columns: dict[str, list[str] | list[str | None]] = {
        "program": [titles[number] for number in panel.program.tolist()],
        "unit": [names[number] for number in panel.unit.tolist()],
        "level": [levels[number] for number in panel.unit.tolist()],
        "province": [provinces[number] for number in panel.unit.tolist()],
        "year": _texts(panel.year),
        "duration": _texts(panel.duration),
        "adopt": _texts(panel.adopt),
        "documents": _texts(panel.documents),
        "superior_adopted": _texts(panel.superior_adopted),
        "province_share": _texts(panel.province_share),
        "neighbour_share": _texts(panel.neighbour_share),
        "national_share": _texts(panel.national_share),
        "adopters": _texts(panel.adopters),
    }
    return Table(tuple(columns), tuple(zip(*columns.values(), strict=True)))


def _texts(numbers: Floats | Ints) -> list[str | None]:
    known = {value: number_text(float(value)) for value in set(numbers.tolist()) if value == value}
    return [known.get(value) for value in numbers.tolist()]
