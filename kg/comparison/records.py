"""The nouns of a comparison: Source · Said · Goal, what became of a promise, and two places side by side."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kg.model import DateKind, Genre, Relation, Status


@dataclass(frozen=True, slots=True)
class Source:
    """A part of a file, as the graph knows it."""

    iri: str
    file: str
    number: int  # of the part in its file, from 1
    title: str
    genre: Genre
    year: int | None


@dataclass(frozen=True, slots=True)
class Thing:
    """A programme, document or place with its names, the preferred one first."""

    iri: str
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Said:
    """One claim: which thing, whose, in which year and state, by which sentence. `claim` is empty for a bare mention."""

    claim: str
    relation: Relation | None
    thing: str  # IRI; empty for a goal of no programme
    place: Thing | None
    status: Status | None
    year: int | None
    date_kind: DateKind | None
    sentence: str
    start: int  # where the sentence begins in its file
    source: Source

    @property
    def order(self) -> tuple[str, int, int, str]:
        """As a reader meets it who goes through the files."""
        return self.source.file, self.source.number, self.start, self.claim


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure that a text sets or reports. `base_value` has 万 and 亿 multiplied out, `base_unit` none of them."""

    said: Said
    indicator: str
    operator: str
    value: Decimal
    unit: str
    base_value: Decimal
    base_unit: str
    programs: tuple[Thing, ...] = ()  # that it names, else that its sentence adopts

    @property
    def year(self) -> int | None:
        """The deadline of a target, the year of an achievement."""
        return self.said.year if self.said.year is not None else self.said.source.year


class Outcome(StrEnum):
    """What later texts say of something promised."""

    ENDED = "Ended"
    COMPLETED = "Completed"
    ONGOING = "Ongoing"
    STARTED = "Started"
    TOLD = "Told"  # reported, but not how far it has come
    MENTIONED = "Mentioned"  # named, and no claim was read that reports on it
    AGAIN = "Again"  # only planned once more
    SILENT = "Silent"  # texts that look back were read, and none names it
    UNREAD = "Unread"  # no such text was read


class Before(StrEnum):
    """What earlier texts say of something promised."""

    REPORTED = "Reported"
    MENTIONED = "Mentioned"
    CLAIMED = "Claimed"  # the plan says 继续, the earlier texts do not name it
    NEW = "New"  # the earlier texts do not name it
    UNREAD = "Unread"


class Verdict(StrEnum):
    """How a planned figure and a reported one stand to each other."""

    REACHED = "Reached"
    MISSED = "Missed"
    LATER = "Later"  # a share that is reached in a report on a later year
    NOT_DUE = "NotDue"  # not yet, and the deadline has not passed
    PARTLY = "Partly"  # a target over several years against what may be one year's count
    OTHER_YEAR = "OtherYear"  # the count of another year
    OTHER_UNIT = "OtherUnit"  # a share and a count, persons and times
    OPEN = "Open"  # only a bound is reported, or less may be better
    SEVERAL = "Several"  # the reports give different figures
    ALIKE = "Alike"  # the wordings are near, but not the same
    SILENT = "Silent"
    UNREAD = "Unread"


@dataclass(frozen=True, slots=True)
class Promise:
    """A programme or document that is promised, and everything that is said of it before and after."""

    thing: Thing
    relation: Relation  # ADOPTS or ISSUES
    said: tuple[Said, ...]
    reports: tuple[Said, ...]  # the one that decides the outcome first
    earlier: tuple[Said, ...]  # the latest first
    outcome: Outcome
    before: Before
    heir: Thing | None = None  # the reports speak of what succeeds it
    near: tuple[Thing, ...] = ()  # reported things with a like name, which nobody has said to be the same


@dataclass(frozen=True, slots=True)
class GoalPromise:
    """A planned figure, the reported one that answers it, and the last one before the plan."""

    planned: Goal
    verdict: Verdict
    achieved: Goal | None = None
    earlier: Goal | None = None
    earlier_is_same: bool = True  # else only its wording is near


@dataclass(frozen=True, slots=True)
class Report:
    """A programme or document that is reported and that no plan read here promised."""

    thing: Thing
    relation: Relation
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class PlanComparison:
    """The plan of a place for a year against what was read of the place around it."""

    place: Thing
    year: int
    last: int  # the last year in which reports are looked for
    first: int  # the first year in which earlier reports are looked for
    plans: tuple[Source, ...]
    later: tuple[Source, ...]  # texts that look back on the year or later ones
    later_plans: tuple[Source, ...]
    earlier: tuple[Source, ...]  # texts that look back on earlier years
    promises: tuple[Promise, ...]
    goals: tuple[GoalPromise, ...]
    unpromised: tuple[Report, ...]
    other_figures: tuple[Goal, ...]  # reported figures that answer no planned one


class Who(StrEnum):
    """Which of two places was first."""

    ONE = "One"
    OTHER = "Other"
    TIE = "Tie"
    OPEN = "Open"


@dataclass(frozen=True, slots=True)
class First:
    """When a place took a programme up: not before `low`, not after `high`; None where nothing bounds it."""

    said: Said
    low: int | None
    high: int | None
    planned: bool  # no text says more than that it is planned

    @property
    def is_exact(self) -> bool:
        return self.low is not None and self.low == self.high


@dataclass(frozen=True, slots=True)
class SharedProgram:
    thing: Thing
    one: First
    other: First
    who: Who


@dataclass(frozen=True, slots=True)
class OwnProgram:
    thing: Thing
    first: First


@dataclass(frozen=True, slots=True)
class SharedDocument:
    """A document or programme of a higher level that both carry out."""

    thing: Thing
    one: Said
    other: Said


@dataclass(frozen=True, slots=True)
class GoalPair:
    """Figures of two places for the same indicator, year and kind."""

    one: Goal
    other: Goal
    planned: bool


@dataclass(frozen=True, slots=True)
class PlaceComparison:
    """Two places, over the years asked for or all of them."""

    one: Thing
    other: Thing
    years: tuple[int, int] | None
    sources: tuple[tuple[Source, ...], tuple[Source, ...]]  # of each, what was read
    shared: tuple[SharedProgram, ...]
    only_one: tuple[OwnProgram, ...]
    only_other: tuple[OwnProgram, ...]
    documents: tuple[SharedDocument, ...]
    goals: tuple[GoalPair, ...]
