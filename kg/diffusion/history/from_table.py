"""Somebody's own table of adoptions (CSV: unit, program, year) → the same history that a graph gives.

A row gives a year, or both ends of an interval; where it gives none, the unit has not adopted, and is kept all the same
because it could have. A unit that stands in several rows of one programme adopted it in the earliest. Years may be
fractions; a table with fractions tells instants, with lower = upper, one without tells years: 2014 is (2013, 2014].
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from kg.diffusion.adoptions import Adoption, Dated, Evidence, History, Program, Unit
from kg.diffusion.history.columns import ALL_NAMES, LEVELS, NEEDED, STATUSES, named
from kg.diffusion.history.gazetteer import placed
from kg.diffusion.history.intervals import Said, adoption_of
from kg.diffusion.history.years import NOTHING, Years, interval_of, number_of, years_of
from kg.errors import DiffusionError
from kg.lexicon_files import Line, Sheet, read_free_sheet
from kg.model import Level, Status

MOST_FAULTS = 40
FACTS = ("level", "province", "superior", "code", "lon", "lat")  # of a unit
TELLING = ("topic", "document", "document_year")  # of a programme
Names = Mapping[str, str]  # what a column holds → its name
T = TypeVar("T")


class Row(NamedTuple):
    """One line, read."""

    where: str  # file:line
    unit: str
    program: str  # empty where the line only names a unit
    years: Years
    status: Status | None
    ended: float | None
    cells: Mapping[str, str]  # what the line holds → its text


def history_of_table(path: Path, *, plans: bool = True, columns: Names | None = None) -> History:
    """The adoptions of a CSV file, its places completed from the gazetteer.

    `columns` says which column holds what, where its name does not: {"unit": "prefecture"}. Raises
    DiffusionError with all bad lines at once, each as `file:line: what is wrong`.
    """
    sheet = sheet_of(path)
    names = named(sheet.columns, columns)
    one = "program" not in names and names.get("year") == "toa"  # one programme, as netdiffuseR has it
    check_columns(path, sheet, names, NEEDED[:1] if one else NEEDED, columns or {})
    faults = [*map(str, sheet.faults)]
    rows = [row for line in sheet.lines if (row := _row(line, names, faults, path.stem if one else "")) is not None]
    if all(row.years.upper is None or row.years.upper.is_integer() for row in rows):
        rows = [row._replace(years=_whole(row.years)) for row in rows]
    units, programs = _facts_of(rows, "unit", FACTS, faults), _facts_of(rows, "program", TELLING, faults)
    if faults:
        raise DiffusionError(*first_of(faults))
    if not rows:
        raise DiffusionError(f"{path.name}: there is no line below the names of the columns; add the adoptions")
    said = (one for row in rows if row.program and (plans or row.status is not Status.PLANNED) for one in _said(row))
    return History(
        units=placed([_unit(name, units[name]) for name in sorted(units)]),
        programs=tuple(_program(name, programs[name]) for name in sorted(programs) if name),
        adoptions=tuple(_adoptions(said)),
    )


def sheet_of(path: Path) -> Sheet:
    """The rows of a table of somebody's own, whatever further columns it has."""
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise DiffusionError(f"{path} cannot be read ({fault.strerror or fault}); check the name") from None
    return read_free_sheet(data, path.name, ALL_NAMES)


def check_columns(path: Path, sheet: Sheet, names: Names, needed: Iterable[str], given: Names | None = None) -> None:
    """Raises DiffusionError where a table lacks a column that it needs, or one that is `given` by name."""
    if not sheet.columns:
        raise DiffusionError(*map(str, sheet.faults))
    has = "、".join(name for name in sheet.columns if not name.startswith("#"))
    missing = [
        f"{path.name}:1: no column holds the {role}; call it {role!r} (it has: {has})"
        for role in needed
        if role not in names
    ]
    missing += [
        f"{path.name}:1: there is no column {name!r} (it has: {has})"
        for name in (given or {}).values()
        if name.lower() not in sheet.columns
    ]
    if missing:
        raise DiffusionError(*missing)


def first_of(faults: list[str]) -> list[str]:
    """The first of many faults, and how many more there are."""
    more = [f"and {len(faults) - MOST_FAULTS} more"] if len(faults) > MOST_FAULTS else []
    return faults[:MOST_FAULTS] + more


def _whole(years: Years) -> Years:
    """A year from its beginning to its end."""
    single = years.upper is not None and years.lower == years.upper
    return years._replace(lower=years.upper - 1) if single and years.upper is not None else years


def _row(line: Line, names: Names, faults: list[str], program: str) -> Row | None:
    """The line as it is meant, or None and what is wrong with it; `program` is that of a table of one programme."""
    cells = {"program": program} | {role: line.cells[name] for role, name in names.items()}
    wrong: list[str] = []
    unit = cells["unit"]
    if not unit:
        wrong.append("the unit is empty; name the place, or delete the line")
    years = _years(cells, names, wrong)
    if years.adopted and not cells["program"]:
        wrong.append("the program is empty, but there is a year; name the program")
    status = _word(cells, "status", STATUSES, wrong)
    _word(cells, "level", LEVELS, wrong)
    numbers = {role: _number(cells, role, wrong) for role in ("ended", "lon", "lat", "document_year")}
    faults.extend(f"{line.where}: {fault}" for fault in wrong)
    return None if wrong else Row(line.where, unit, cells["program"], years, status, numbers["ended"], cells)


def _years(cells: Mapping[str, str], names: Names, wrong: list[str]) -> Years:
    year, ends = cells.get("year", ""), (cells.get("lower", ""), cells.get("upper", ""))
    if any(ends):
        if (found := interval_of(*ends)) is None:
            wrong.append(f"the interval {ends[0]!r} to {ends[1]!r} has no sense; lower is a year before upper")
    elif (found := years_of(year)) is None:
        wrong.append(f"{names.get('year', 'year')} {year!r} is no year; write 2014, 2012-2014, ≤2014, open, or nothing")
    return found or Years()


def _word(cells: Mapping[str, str], role: str, words: Mapping[str, T], wrong: list[str]) -> T | None:
    cell = cells.get(role, "").lower()
    if cell and cell not in NOTHING and cell not in words:
        wrong.append(f"{role} {cell!r} is unknown; write one of {'、'.join(dict.fromkeys(map(str, words.values())))}")
    return words.get(cell)


def _number(cells: Mapping[str, str], role: str, wrong: list[str]) -> float | None:
    cell = cells.get(role, "").removesuffix("年")
    if cell.lower() in NOTHING:
        return None
    number = number_of(cell)
    if number is None or (role == "lon" and abs(number) > 180) or (role == "lat" and abs(number) > 90):
        wrong.append(f"{role} {cell!r} is no {'year' if role in ('ended', 'document_year') else 'number of degrees'}")
    return number


def _facts_of(rows: Iterable[Row], role: str, facts: Iterable[str], faults: list[str]) -> dict[str, dict[str, str]]:
    """What the lines say of each unit or programme; two lines may not contradict each other."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        known = found[row.cells[role]]
        for fact in facts:
            cell = row.cells.get(fact, "")
            if cell and known.setdefault(fact, cell) != cell:
                faults.append(
                    f"{row.where}: {fact} of {row.cells[role]} is {cell!r} here and {known[fact]!r} above; keep one"
                )
    return found


def _said(row: Row) -> Iterator[Said]:
    """What a line says: that the unit adopted, that it stopped, or both."""
    cells, (lower, upper, adopted) = row.cells, row.years
    told = cells.get("evidence", ""), cells.get("source", "")
    if adopted or row.status is Status.ENDED:
        dated = Dated.OPEN if upper is None else Dated.GIVEN
        evidence = Evidence("", row.where, *told, upper, row.status, dated=dated)
        yield Said(row.unit, row.program, evidence, lower, upper)
    if row.ended is not None:
        evidence = Evidence("", row.where, *told, row.ended, Status.ENDED, dated=Dated.GIVEN)
        yield Said(row.unit, row.program, evidence, None, row.ended)


def _adoptions(said: Iterable[Said]) -> Iterator[Adoption]:
    together: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for one in said:
        together[one.unit, one.program].append(one)
    for pair in sorted(together):
        if (adoption := adoption_of(together[pair])) is not None:
            yield adoption


def _unit(name: str, facts: Mapping[str, str]) -> Unit:
    lon, lat = (number_of(facts.get(role, "")) for role in ("lon", "lat"))
    level = LEVELS.get(facts.get("level", "").lower())
    province = facts.get("province", "") or (name if level is Level.PROVINCE else "")
    return Unit(name, name, level, facts.get("superior", ""), province, facts.get("code", ""), lon, lat)


def _program(name: str, facts: Mapping[str, str]) -> Program:
    year = number_of(facts.get("document_year", "").removesuffix("年"))
    return Program(name, name, facts.get("topic", ""), facts.get("document", ""), None if year is None else int(year))
