"""A panel and a scholar's own table of covariates (unit[, year], …) → the panel with them, and what did not match."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from kg.diffusion.cascades import Floats
from kg.diffusion.models.observations import MISSING, MOST_TOLD, Labels, Observations, as_column
from kg.errors import DiffusionError
from kg.lexicon_files import Sheet, did_you_mean, read_free_sheet


@dataclass(frozen=True, slots=True)
class Joined:
    """How a table met the panel."""

    file: str
    by: tuple[str, ...]  # unit, or unit and year
    columns: tuple[str, ...]
    rows: int  # of the panel
    matched: int
    only_in_panel: tuple[str, ...]  # units without a line in the table
    only_in_table: tuple[str, ...]

    def __str__(self) -> str:
        told = [
            f"{self.file}: {', '.join(self.columns)} joined by {' and '.join(self.by)}; {self.matched} of {self.rows} rows match"
        ]
        if self.only_in_panel:
            told.append(f"{len(self.only_in_panel)} units have no line there: {_some(self.only_in_panel)}")
        if self.only_in_table:
            told.append(f"{len(self.only_in_table)} units of it are not in the panel: {_some(self.only_in_table)}")
        return "; ".join(told)


def join(data: Observations, path: Path, lags: Iterable[int] = ()) -> tuple[Observations, Joined]:
    """The panel with the columns of a CSV file; each of `lags` adds them a second time as of so many years before (L2.x).

    A table with a column year is joined by unit and year, else by unit. Raises DiffusionError where a line stands twice
    or a column is there already.
    """
    sheet = read_free_sheet(path.read_bytes(), path.name, ("unit", "year"))
    by = tuple(name for name in ("unit", "year") if name in sheet.columns)
    _check(sheet, data, path.name, by)
    at = _places(sheet, by, path.name)
    columns = {name: as_column([line.cells[name] for line in sheet.lines]) for name in sheet.columns if name not in by}
    added: dict[str, Floats | Labels] = {}
    for years in (0, *sorted(set(lags) if "year" in by else ())):
        rows = _rows(data, at, by, years)
        added |= {f"l{years}.{name}" if years else name: _taken(column, rows) for name, column in columns.items()}
    matched = int((_rows(data, at, by, 0) >= 0).sum())
    here, there = set(data.levels("unit")[0]), {line.cells["unit"] for line in sheet.lines}
    told = Joined(
        path.name, by, tuple(columns), len(data), matched, tuple(sorted(here - there)), tuple(sorted(there - here))
    )
    return replace(data, columns={**data.columns, **added}), told


def _check(sheet: Sheet, data: Observations, file: str, by: tuple[str, ...]) -> None:
    if sheet.faults:
        raise DiffusionError(*(str(fault) for fault in sheet.faults[:MOST_TOLD]))
    if "unit" not in by:
        raise DiffusionError(
            f"{file}: no column unit; there are {', '.join(sheet.columns)}{did_you_mean('unit', sheet.columns)}"
        )
    if "year" in by and "year" not in data.columns:
        raise DiffusionError(f"{file} has a column year, and {data.file} has none; give it one, or leave year out")
    both = [name for name in sheet.columns if name in data.columns and name not in by]
    if both:
        raise DiffusionError(f"{file}: {', '.join(both)} is a column of {data.file} too; rename it in one of them")


def _places(sheet: Sheet, by: tuple[str, ...], file: str) -> dict[tuple[str, ...], int]:
    """The line of each unit, or unit and year."""
    found: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(sheet.lines):
        key = tuple(_key(line.cells[name]) for name in by)
        if key in found:
            raise DiffusionError(f"{line.where}: {', '.join(key)} stands twice in {file}; keep one line")
        if all(cell.lower() not in MISSING for cell in key):
            found[key] = number
    return found


def _key(cell: str) -> str:
    """2014.0 and 2014 are one year."""
    return cell.removesuffix(".0")


def _rows(data: Observations, at: dict[tuple[str, ...], int], by: tuple[str, ...], years: int) -> np.ndarray:
    """For each row of the panel the line of the table, or -1."""
    units = (str(unit) for unit in data.columns["unit"])
    if "year" not in by:
        return np.array([at.get((unit,), -1) for unit in units], dtype=np.int64)
    when = (f"{year - years:g}" for year in data.numbers("year"))
    return np.array([at.get(key, -1) for key in zip(units, when, strict=True)], dtype=np.int64)


def _taken(column: Floats | Labels, rows: np.ndarray) -> Floats | Labels:
    if not len(column):
        return np.full(len(rows), np.nan)
    empty = np.nan if column.dtype.kind == "f" else ""
    return np.where(rows >= 0, column[rows], empty)


def _some(names: tuple[str, ...]) -> str:
    more = ", …" if len(names) > MOST_TOLD else ""
    return ", ".join(names[:MOST_TOLD]) + more
