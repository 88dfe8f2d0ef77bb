"""A history → the tables that other software reads: long and wide cascades, NetworkInference, netdiffuseR, SPID, intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from kg.diffusion.adoptions import Adoption, Evidence, History, Unit
from kg.diffusion.history.coverage import last_year_of, observed
from kg.diffusion.naming import names_of, program_labels

if TYPE_CHECKING:
    from kg.diffusion.exposure.networks import PlaceNetwork

Cell = str | float | None  # None is NA


class Columns(NamedTuple):
    """A table: the names of its columns, and its rows."""

    names: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def long_table(history: History) -> Columns:
    """One row per adoption with all that is known of it; `open` in `upper` is an unknown year.

    Units without an adoption follow with an empty program. Read again as a user's own table, it gives the same history.
    """
    units, programs = names_of(history), program_labels(history)
    names = (
        *(
            "unit",
            "program",
            "year",
            "lower",
            "upper",
            "dated",
            "status",
            "silent",
            "ended",
            "level",
            "province",
            "superior",
        ),
        *(
            "code",
            "lon",
            "lat",
            "topic",
            "document",
            "document_year",
            "claims",
            "source",
            "evidence",
            "unit_id",
            "program_id",
        ),
    )
    rows = [_long_row(a, history, units, programs) for a in _ordered(history)]
    adopters = {adoption.unit for adoption in history.adoptions}
    rows += [_unit_row(unit, units) for unit in observed(history) if unit.id not in adopters]
    return Columns(names, tuple(rows))


def wide_table(history: History) -> Columns:
    """Rows are units, columns programmes, cells the year at the latest; NA where the unit has no dated adoption."""
    units, programs = names_of(history), program_labels(history)
    years = {(a.unit, a.program): a.upper for a in history.adoptions}
    columns = sorted(program.id for program in history.programs)
    rows = [(units[u.id], *(years.get((u.id, program)) for program in columns)) for u in observed(history)]
    return Columns(
        ("unit", *(programs[program] for program in columns)), tuple(sorted(rows, key=lambda row: str(row[0])))
    )


def networkinference_table(history: History) -> Columns:
    """What `as_cascade_long` of the R package NetworkInference reads without further arguments."""
    return _events(
        history, ("node_name", "event_time", "cascade_id"), lambda unit, program, year: (unit, year, program)
    )


def spid_table(history: History) -> Columns:
    """The columns of the State Policy Innovation and Diffusion database (Boehmke et al. 2020)."""
    return _events(history, ("statenam", "policy", "adopt_year"), lambda unit, program, year: (unit, program, year))


def netdiffuser_table(history: History) -> Columns:
    """For each programme all units with their time of adoption in whole years; NA for who has not adopted."""
    units, programs = names_of(history), program_labels(history)
    years = {(a.unit, a.program): a.upper for a in history.adoptions}
    rows = []
    for program in history.programs:
        for unit in observed(history):
            year = years.get((unit.id, program.id))
            toa = None if year is None else float(-(-year // 1))
            facts = (unit.level, _name(unit.province, units), _name(unit.superior, units), unit.lon, unit.lat)
            rows.append((programs[program.id], units[unit.id], toa, *facts))
    return Columns(("program", "id", "toa", "level", "province", "superior", "lon", "lat"), tuple(rows))


def intervals_table(history: History) -> Columns:
    """Every unit and programme, coded as interval2 of the R package survival.

    `lower` and `upper` are years, `time1` and `time2` the same counted from `origin`, the last year before any adoption of
    the programme can have been: NA in time1 is left-censored, NA in time2 right-censored (nothing known after the last
    document read), equal values are exact. Adoptions without any year, and units of which no year is known, are left out.
    """
    units, programs = names_of(history), program_labels(history)
    last = last_year_of(history)
    rows: list[tuple[Cell, ...]] = []
    for program in history.programs:
        adoptions = {a.unit: a for a in history.by_program[program.id]}
        origin = _origin(adoptions.values())
        if origin is None:
            continue
        for unit in observed(history):
            interval = _interval(adoptions.get(unit.id), last.get(unit.id), origin)
            if interval is not None:
                lower, upper = interval
                time1 = None if lower is None or lower <= origin else lower - origin
                time2 = None if upper is None else upper - origin
                where = (unit.level, _name(unit.province, units))
                event = 0.0 if upper is None else 1.0
                rows.append((programs[program.id], units[unit.id], event, lower, upper, origin, time1, time2, *where))
    return Columns(
        ("program", "unit", "event", "lower", "upper", "origin", "time1", "time2", "level", "province"), tuple(rows)
    )


# How R reads each shape; FILE stands for the name of the file.
IN_R: Mapping[str, str] = {
    "long": 'd <- read.csv("FILE", encoding = "UTF-8")',
    "wide": 'as_cascade_wide(as.matrix(read.csv("FILE", row.names = 1, check.names = FALSE, encoding = "UTF-8")))',
    "networkinference": 'as_cascade_long(read.csv("FILE", colClasses = c(cascade_id = "character"), encoding = "UTF-8"))',
    "netdiffuser": 'edgelist_to_diffnet(edges[, 1:2], dat = subset(read.csv("FILE", encoding = "UTF-8"), program == "…"), '
    'idvar = "id", toavar = "toa")',
    "spid": 'd <- read.csv("FILE", encoding = "UTF-8")  # as data(policies) of NetworkInference',
    "coverage": 'd <- read.csv("FILE", encoding = "UTF-8")',
    "intervals": 'd <- read.csv("FILE", encoding = "UTF-8"); Surv(d$time1, d$time2, type = "interval2")',
}


def coverage_table(history: History) -> Columns:
    """For each unit and year the documents that were read, and those of a list of what should exist that were not."""
    units = names_of(history)
    at = sorted({*history.read, *history.missing}, key=lambda where: (units.get(where[0], where[0]), where[1]))
    counts = ((float(history.read.get(where, 0)), float(history.missing.get(where, 0))) for where in at)
    names = ((units.get(unit, unit), float(year)) for unit, year in at)
    rows = (name + count for name, count in zip(names, counts, strict=True))
    return Columns(("unit", "year", "documents", "missing"), tuple(rows))


SHAPES: Mapping[str, Callable[[History], Columns]] = {
    "long": long_table,
    "wide": wide_table,
    "networkinference": networkinference_table,
    "netdiffuser": netdiffuser_table,
    "spid": spid_table,
    "intervals": intervals_table,
    "coverage": coverage_table,
}


def edges_table(history: History, network: PlaceNetwork) -> Columns:
    """A network of places as netdiffuseR reads an edge list, ego looking at alter, with the names of `netdiffuser_table`."""
    names, ties = names_of(history), network.weights.tocoo()
    units = [names[unit] for unit in network.units]
    ends = zip(ties.row.tolist(), ties.col.tolist(), ties.data.tolist(), strict=True)
    rows = sorted((units[ego], units[alter], float(weight)) for ego, alter, weight in ends)
    return Columns(("ego", "alter", "value"), tuple(rows))


def _events(history: History, names: tuple[str, ...], row: Callable[[str, str, float], tuple[Cell, ...]]) -> Columns:
    units, programs = names_of(history), program_labels(history)
    dated = (a for a in _ordered(history) if a.upper is not None)
    return Columns(names, tuple(row(units[a.unit], programs[a.program], a.upper or 0.0) for a in dated))


def _ordered(history: History) -> Iterator[Adoption]:
    """By programme, then in order of time."""
    return (adoption for program in history.programs for adoption in history.by_program[program.id])


def _long_row(a: Adoption, history: History, units: Mapping[str, str], programs: Mapping[str, str]) -> tuple[Cell, ...]:
    program, first = history.program[a.program], a.evidence[0] if a.evidence else None
    return (
        *(units[a.unit], programs[a.program], a.upper, a.lower, "open" if a.upper is None else a.upper),
        *(a.dated, a.status, a.silent, a.ended, *_facts(history.unit[a.unit], units)),
        *(program.topic or None, program.document or None, program.document_year, float(len(a.evidence))),
        *((_source(first), first.sentence) if first else (None, None)),
        *(a.unit, a.program),
    )


def _source(evidence: Evidence) -> str:
    """The file of a text; of a table, the source that it names, else its line."""
    return evidence.file if evidence.claim else evidence.source or evidence.file


def _unit_row(unit: Unit, units: Mapping[str, str]) -> tuple[Cell, ...]:
    return (units[unit.id], *[None] * 8, *_facts(unit, units), *[None] * 6, unit.id, None)


def _facts(unit: Unit, units: Mapping[str, str]) -> tuple[Cell, ...]:
    above = (_name(unit.province, units), _name(unit.superior, units))
    return (unit.level, *above, unit.code or None, unit.lon, unit.lat)


def _name(unit: str, units: Mapping[str, str]) -> str | None:
    return units.get(unit, unit) or None


def _origin(adoptions: Iterable[Adoption]) -> float | None:
    """The last year before any of the adoptions can have been, as far as their dates say."""
    ends = ((a.lower, a.upper) for a in adoptions if a.upper is not None)
    return min(
        (lower if lower is not None and lower < upper else math.ceil(upper) - 1.0 for lower, upper in ends),
        default=None,
    )


def _interval(adoption: Adoption | None, last: int | None, origin: float) -> tuple[float | None, float | None] | None:
    """The bounds of an adoption, or of its absence up to the last year read; None where nothing is known."""
    if adoption is not None:
        return None if adoption.upper is None else (adoption.lower, adoption.upper)
    return None if last is None or last <= origin else (float(last), None)
