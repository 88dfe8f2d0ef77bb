"""Which documents of whom were read, and which should have been: so that "not seen" is never "not adopted"."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kg.diffusion.adoptions import History, Unit
from kg.diffusion.history.columns import named
from kg.diffusion.history.from_table import check_columns, first_of, sheet_of
from kg.diffusion.history.names import Names
from kg.diffusion.history.years import years_of
from kg.errors import DiffusionError


def tells_all(history: History) -> bool:
    """Whether a history is somebody's own table, which is taken to tell all that happened: it knows of no documents."""
    return not history.read and not any(e.claim for adoption in history.adoptions for e in adoption.evidence)


def observed(history: History) -> tuple[Unit, ...]:
    """The units of which something is known: those with an adoption or with a document read; of a table, all that it lists.

    The other units of a history are only the superiors of these; they belong into no denominator.
    """
    if tells_all(history):
        return history.units
    known = {adoption.unit for adoption in history.adoptions} | {unit for unit, _ in history.read}
    return tuple(unit for unit in history.units if unit.id in known)


def last_year_of(history: History) -> Mapping[str, int]:
    """Unit → the last year in which a document of it was read; of a table, the last year of any adoption for all."""
    if not tells_all(history):
        found: dict[str, int] = {}
        for unit, year in history.read:
            found[unit] = max(year, found.get(unit, year))
        return found
    end = max((adoption.upper for adoption in history.adoptions if adoption.upper is not None), default=None)
    return {} if end is None else {unit.id: math.ceil(end) for unit in history.units}


def with_expected(history: History, path: Path) -> History:
    """The history with what is missing: of a list of documents that should exist (CSV: unit, year, title) those not read.

    Only their number per unit and year is compared; a line may give it in a column `documents`. Raises DiffusionError for
    lines that cannot be used, and for a unit that names several places.
    """
    expected = Counter[tuple[str, int]]()
    for unit, year, documents in _listed(history, path):
        expected[unit, year] += documents
    missing = {where: count - history.read.get(where, 0) for where, count in sorted(expected.items())}
    return replace(history, missing={where: count for where, count in missing.items() if count > 0})


def _listed(history: History, path: Path) -> Iterator[tuple[str, int, int]]:
    sheet = sheet_of(path)
    names = named(sheet.columns)
    check_columns(path, sheet, names, ("unit", "year"))
    known, found, faults = Names(history), [], [*map(str, sheet.faults)]
    for line in sheet.lines:
        cell, count = line.cells[names["year"]], line.cells.get("documents", "") or "1"
        years = years_of(cell)
        try:
            unit = known.unit(line.cells[names["unit"]])
        except ValueError as fault:
            faults.append(f"{line.where}: {fault}")
            continue
        if years is None or years.upper is None:
            faults.append(f"{line.where}: {cell!r} is no year; write 2014")
        elif not count.isdecimal():
            faults.append(f"{line.where}: {count!r} is no number of documents")
        else:
            found.append((unit, int(years.upper), int(count)))
    if faults:
        raise DiffusionError(*first_of(faults))
    yield from found
