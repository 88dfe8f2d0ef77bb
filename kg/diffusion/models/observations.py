"""Somebody's table of unit × programme × year → columns: numbers as numbers, names as names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.diffusion.cascades import Floats, Ints
from kg.errors import DiffusionError
from kg.lexicon_files import did_you_mean, read_free_sheet

Labels = npt.NDArray[np.str_]
KEYS = ("unit", "program")
MISSING = frozenset({"", "na", "n/a", "nan", "null", "."})
KNOWN = (*KEYS, "year", "duration", "adopt", "lower", "upper", "documents")
MOST_TOLD = 5


@dataclass(frozen=True, slots=True, eq=False)
class Observations:
    """Columns of one length, by name in lower case. Rows are sorted by programme, unit and time: their order is nothing.

    `unit` and `program` are always there, and either `adopt` with `duration` (one row for each year at risk) or `lower`
    with `upper` (one row for each unit and programme, adopted in (lower, upper], not a number where open).
    """

    columns: Mapping[str, Floats | Labels]
    file: str = ""
    notes: tuple[str, ...] = ()  # what was left out, for the reader

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.columns["unit"])

    @property
    def has_intervals(self) -> bool:
        """Whether a row is an interval of adoption, and not a year at risk."""
        return "adopt" not in self.columns

    def column(self, name: str) -> Floats | Labels:
        """Raises DiffusionError with the names that there are."""
        found = self.columns.get(name.lower())
        if found is None:
            there = ", ".join(self.columns)
            raise DiffusionError(
                f"{self.file}: no column {name!r}; there are {there}{did_you_mean(name, [*self.columns])}"
            )
        return found

    def numbers(self, name: str) -> Floats:
        """A column of numbers. Raises DiffusionError where it holds words."""
        found: Any = self.column(name)
        if found.dtype.kind != "f":
            word = next(str(cell) for cell in found if _number(cell) is None)
            raise DiffusionError(
                f"{self.file}: {name} holds {word!r}, which is no number; write C({name}) for one effect per level"
            )
        numbers: Floats = found
        return numbers

    def levels(self, name: str) -> tuple[tuple[str, ...], Ints]:
        """The sorted levels of a column, and each row's."""
        names, which = np.unique(self.column(name), return_inverse=True)
        return tuple(_shown(level) for level in names), which.astype(np.int64)

    def only(self, rows: npt.NDArray[Any], *notes: str) -> Observations:
        """These rows (a mask or places), with more to tell."""
        return replace(
            self,
            columns={name: column[rows] for name, column in self.columns.items()},
            notes=(*self.notes, *notes),
        )


def read_observations(path: Path, renamed: Mapping[str, str] | None = None) -> Observations:
    """A panel of a CSV file; `renamed` says which of its columns is our unit, program, year, duration, adopt, lower, upper.

    Raises DiffusionError naming what is wrong in which line.
    """
    ours = {theirs.lower(): name for name, theirs in (renamed or {}).items()}
    sheet = read_free_sheet(path.read_bytes(), path.name, (*KNOWN, *ours))
    if sheet.faults:
        raise DiffusionError(*(str(fault) for fault in sheet.faults[:MOST_TOLD]))
    gone = [
        f"{path.name}: no column {theirs!r}; there are {', '.join(sheet.columns)}"
        for theirs in ours
        if theirs not in sheet.columns
    ]
    if gone:
        raise DiffusionError(*gone)
    cells = {ours.get(name, name): [line.cells[name] for line in sheet.lines] for name in sheet.columns}
    data = observations_of(cells, path.name)
    return replace(data, notes=(*(str(note) for note in sheet.notes), *data.notes))


def observations_of(columns: Mapping[str, Sequence[Any]], file: str = "the panel") -> Observations:
    """A panel of columns of cells (words, numbers, None); checked, sorted, without the rows after an adoption."""
    needed = [name for name in KEYS if name not in columns]
    if needed or not ({"adopt"} <= columns.keys() or {"lower", "upper"} <= columns.keys()):
        raise DiffusionError(
            f"{file}: a model needs the columns unit, program and adopt (0 or 1 for each year), or unit, program, lower and"
            f" upper; there are {', '.join(columns)}. Say which is which: --columns unit=state,program=policy"
        )
    made = {name: as_names(cells) if name in KEYS else as_column(cells) for name, cells in columns.items()}
    data = Observations(made, file)
    return _intervals(data) if data.has_intervals else _years_at_risk(data)


def as_column(cells: Sequence[Any]) -> Floats | Labels:
    """Numbers where all cells are numbers or missing, else names."""
    numbers = [_number(cell) for cell in cells]
    if any(number is None for number in numbers):
        return as_names(cells)
    return np.array(numbers, dtype=np.float64)


def as_names(cells: Iterable[Any]) -> Labels:
    """Cells as text; 1.0 is 1."""
    return np.array([_shown(cell) for cell in cells], dtype=np.str_)


def _number(cell: Any) -> float | None:
    """Not a number where nothing is said; None where it is a word."""
    if cell is None or (isinstance(cell, str) and cell.strip().lower() in MISSING):
        return math.nan
    try:
        return float(cell)
    except ValueError:
        return None


def _shown(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _years_at_risk(data: Observations) -> Observations:
    """Every unit and programme up to the adoption, one row a year."""
    adopt = data.numbers("adopt")
    odd = np.flatnonzero((adopt != 0) & (adopt != 1) & ~np.isnan(adopt))
    if len(odd):
        raise DiffusionError(
            f"{data.file}: adopt must be 0 or 1, or NA where nobody knows; row {odd[0] + 1} has {adopt[odd[0]]:g}"
        )
    data = _with_duration(data)
    time = data.numbers("duration")
    if np.isnan(time).any() or (time <= 0).any():
        raise DiffusionError(f"{data.file}: duration must be 1, 2, 3, … in each row")
    spell = _spells(data)
    data, spell = (sorted_ := data.only(np.lexsort((time, spell)))), _spells(sorted_)
    _refuse_twice(data, spell)
    adopt = np.nan_to_num(data.numbers("adopt"))
    done = np.concatenate(([0.0], np.cumsum(adopt)[:-1]))
    first = np.concatenate(([0], np.flatnonzero(np.diff(spell)) + 1)) if len(spell) else np.zeros(0, np.int64)
    late = done > np.repeat(done[first], np.diff(np.append(first, len(spell))))
    if not late.any():
        return data
    return data.only(~late, f"{int(late.sum())} rows after an adoption are left out: the unit is no longer at risk")


def _with_duration(data: Observations) -> Observations:
    """Where no duration is given: years since the programme's first row, which is 1."""
    if "duration" in data.columns:
        return data
    year = data.numbers("year")
    _, program = data.levels("program")
    first = np.full(int(program.max(initial=-1)) + 1, np.inf)
    np.minimum.at(first, program, year)
    return replace(data, columns={**data.columns, "duration": year - first[program] + 1})


def _spells(data: Observations) -> Ints:
    """One number for each programme and unit, in this order."""
    (_, program), (units, unit) = data.levels("program"), data.levels("unit")
    return program * len(units) + unit


def _refuse_twice(data: Observations, spell: Ints) -> None:
    time = data.numbers("duration")
    twice = np.flatnonzero((np.diff(spell) == 0) & (np.diff(time) == 0))
    if len(twice):
        unit, program = data.columns["unit"][twice], data.columns["program"][twice]
        some = [f"{unit[i]}, {program[i]}, duration {time[twice[i]]:g}" for i in range(min(len(twice), MOST_TOLD))]
        raise DiffusionError(f"{data.file}: {len(twice)} rows stand twice, keep one of each: {'; '.join(some)}")


def _intervals(data: Observations) -> Observations:
    """One row for each unit and programme: adopted after `lower`, not later than `upper`, counted from `origin` if given."""
    data = data.only(np.argsort(_spells(data), kind="stable"))
    if (np.diff(_spells(data)) == 0).any():
        raise DiffusionError(f"{data.file}: a unit stands twice in a programme; keep one interval of each")
    lower, upper = data.numbers("lower"), data.numbers("upper")
    turned = np.flatnonzero(lower >= upper)
    if len(turned):
        at, unit = turned[0], data.columns["unit"][turned[0]]
        raise DiffusionError(
            f"{data.file}: {unit} has lower {lower[at]:g} and upper {upper[at]:g}; (lower, upper] needs lower < upper"
        )
    if "origin" in data.columns:
        origin = data.numbers("origin")
        lower, upper = np.where(lower > origin, lower - origin, np.nan), upper - origin
        data = replace(data, columns={**data.columns, "lower": lower, "upper": upper})
    nothing = np.isnan(lower) & np.isnan(upper)
    if not nothing.any():
        return data
    return data.only(~nothing, f"{int(nothing.sum())} rows with neither lower nor upper are left out")
