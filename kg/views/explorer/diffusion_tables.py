"""An exploration → the tables of columns on diffusion: adoptions, the steps of the ways, what was read of whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.diffusion.adoptions import Adoption, Dated
from kg.diffusion.ways.way import By, Grade
from kg.model import Status
from kg.views.explorer.asking import YEARS
from kg.views.explorer.packing import Lists, Numbers, Table, Texts
from kg.views.explorer.records import Exploration

DATED = tuple(map(str, Dated))
GRADES = tuple(map(str, Grade))
BASES = tuple(map(str, By))
UNKNOWN = 0  # year
_STATUSES = ("", *map(str, Status))


def adoptions(shown: Exploration, number: Mapping[str, int], claim_number: Mapping[str, int]) -> Table:
    """By programme, then in order of the upper year. A lower year of 0 is open, an upper year of 0 unknown.

    `claim` is the one on which the interval rests.
    """
    history = shown.history
    rows = [
        a
        for program in history.programs
        for a in history.by_program[program.id]
        if a.program in number and a.unit in number
    ]
    return {
        "program": Numbers("u32", (number[a.program] for a in rows)),
        "place": Numbers("u32", (number[a.unit] for a in rows)),
        "lower": Numbers("i16", (_year(a.lower) for a in rows)),
        "upper": Numbers("i16", (_year(a.upper) for a in rows)),
        "dated": Numbers("u8", (DATED.index(a.dated) for a in rows)),
        "status": Numbers("u8", (_STATUSES.index(a.status or "") for a in rows)),
        "silent": Numbers("i16", (_year(a.silent) for a in rows)),
        "ended": Numbers("i16", (_year(a.ended) for a in rows)),
        "claims": Lists(_known((e.claim for e in a.evidence), claim_number) for a in rows),
        "claim": Numbers("i32", (claim_number.get(dating(a), -1) for a in rows)),
    }


def dating(adoption: Adoption) -> str:
    """The claim on which the interval rests: the first in order of year that is dated as the adoption is."""
    looked_for = adoption.dated, adoption.status
    fitting = (e for e in adoption.evidence if (e.dated, e.status) == looked_for)
    lower = adoption.lower
    return next((e.claim for e in fitting if lower is None or e.year == lower + 1), "")


def steps(shown: Exploration, number: Mapping[str, int], claim_number: Mapping[str, int]) -> Table:
    """The forest of each programme: who took it up after whom, and how that is known."""
    rows = [
        (program, step)
        for program, steps in shown.ways.items()
        for step in steps
        if {program, step.origin, step.destination} <= number.keys()
    ]
    return {
        "program": Numbers("u32", (number[program] for program, _ in rows)),
        "origin": Numbers("u32", (number[step.origin] for _, step in rows)),
        "destination": Numbers("u32", (number[step.destination] for _, step in rows)),
        "grade": Numbers("u8", (GRADES.index(step.grade) for _, step in rows)),
        "basis": Numbers("u8", (BASES.index(step.by) for _, step in rows)),
        "note": Texts(step.note for _, step in rows),
        "claims": Lists(_known((e.claim for e in step.evidence), claim_number) for _, step in rows),
    }


def read(shown: Exploration, number: Mapping[str, int]) -> Table:
    """Of whom, of which year, how many documents were read, and how many that should exist were not."""
    documents, missing = shown.history.read, shown.history.missing
    rows = sorted((number[place], year, place) for place, year in {*documents, *missing} if place in number)
    return {
        "place": Numbers("u32", (n for n, _, _ in rows)),
        "year": Numbers("i16", (_year(year) for _, year, _ in rows)),
        "documents": Numbers("u32", (documents.get((place, year), 0) for _, year, place in rows)),
        "missing": Numbers("u32", (missing.get((place, year), 0) for _, year, place in rows)),
    }


def _year(year: float | None) -> int:
    return int(year) if year is not None and int(year) in YEARS else UNKNOWN


def _known(claims: Iterable[str], number: Mapping[str, int]) -> Sequence[int]:
    return sorted({number[claim] for claim in claims if claim in number})
