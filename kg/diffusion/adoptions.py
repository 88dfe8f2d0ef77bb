"""Who took up what, and between which years: the records from which every analysis of this room starts.

A year of adoption is an interval (lower, upper]: after the first and not later than the second. A text that names the
year 2014 gives (2013, 2014]; one that is only dated 2014 gives (open, 2014], for the programme may be older than the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from kg.model import Level, Status


class Dated(StrEnum):
    """What the interval of an adoption rests on."""

    STATED = "stated"  # the text names the year, or says 今年 in a dated part: (year - 1, year]
    EFFECTIVE = "effective"  # 自2013年秋季学期起: (year - 1, year]
    DOCUMENT = "document"  # only the document has a year: (open, year]
    CONTINUED = (
        "continued"  # 继续实施, 深入推进: it began before, (open, year] with the year a loose bound: left-censored
    )
    GIVEN = "given"  # a user's own table
    OPEN = "open"  # no year at all


@dataclass(frozen=True, slots=True)
class Unit:
    """What adopts: a government, or whatever a user's table has in its column of units."""

    id: str  # IRI, or the name in a user's table
    name: str
    level: Level | None = None
    superior: str = ""  # id of the unit directly above; empty where none is known
    province: str = ""  # id of its province (a province is its own); empty for the centre and where none is known
    code: str = ""  # GB/T 2260
    lon: float | None = None  # degrees
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """What spreads; `topic` is a user's own heading, or empty."""

    id: str
    name: str
    topic: str = ""
    document: str = ""  # name of its founding document, where the lexicon knows it
    document_year: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that says so."""

    claim: str  # IRI; empty for a user's table
    file: str  # of the text, or of the table
    sentence: str
    source: str = ""  # IRI of the file or part that was read
    year: float | None = None  # that the claim gives
    status: Status | None = None
    confidence: float = 1.0
    dated: Dated = Dated.OPEN  # what this year rests on
    begins: bool = False  # says that it began in this year (启动, 自2014年起), not only that it was there


@dataclass(frozen=True, slots=True)
class Adoption:
    """One unit and one programme, once: the earliest that all texts together say. Years; None is open."""

    unit: str
    program: str
    lower: float | None  # adopted after this year
    upper: float | None  # and not later than this one
    dated: Dated
    status: Status | None = None  # of the earliest dated claim
    silent: float | None = None  # last earlier year in which a document of the unit was read without a word of it
    ended: float | None = None  # year in which a text says that it was stopped
    evidence: tuple[Evidence, ...] = field(default=(), repr=False)  # in order of year

    @property
    def is_exact(self) -> bool:
        """Whether the year of adoption is known to the year."""
        return self.lower is not None and self.upper is not None and self.upper - self.lower <= 1


@dataclass(frozen=True)
class History:
    """All adoptions that are known, of whom, of what, and where somebody read. One adoption per unit and programme.

    Units, programmes and adoptions are sorted by id, so that the order of files or rows does not matter.
    """

    units: tuple[Unit, ...]
    programs: tuple[Program, ...]
    adoptions: tuple[Adoption, ...]
    read: Mapping[tuple[str, int], int] = field(default_factory=dict)  # (unit, year) → documents read
    missing: Mapping[tuple[str, int], int] = field(
        default_factory=dict
    )  # documents that should exist and were not read

    @cached_property
    def unit(self) -> dict[str, Unit]:
        """By id."""
        return {unit.id: unit for unit in self.units}

    @cached_property
    def program(self) -> dict[str, Program]:
        """By id."""
        return {program.id: program for program in self.programs}

    @cached_property
    def by_program(self) -> dict[str, tuple[Adoption, ...]]:
        """The adoptions of each programme, in order of the upper year, then of the unit; undated ones last."""
        found: dict[str, list[Adoption]] = {program.id: [] for program in self.programs}
        for adoption in self.adoptions:
            found[adoption.program].append(adoption)
        return {
            program: tuple(sorted(some, key=lambda a: (a.upper is None, a.upper or 0.0, a.unit)))
            for program, some in found.items()
        }
