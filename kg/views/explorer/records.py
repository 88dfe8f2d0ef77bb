"""What the explorer holds: everything that a graph says, as plain frozen records, in an order that is always the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.diffusion.adoptions import History
from kg.diffusion.ways.way import Step
from kg.model import Kind
from kg.views.explorer.basemap import Basemap
from kg.views.records import Link


class Thing(NamedTuple):
    """A programme, place, document, agency, organisation or target group. Other things are named by their IRI."""

    iri: str
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    level: str = ""  # a Level value; of an agency that of its place
    within: str = ""  # IRI of the place above
    province: str = ""  # IRI of the province it lies in or serves; a province is its own
    jurisdiction: str = ""  # IRI of the place that an agency serves
    code: str = ""  # GB/T 2260
    lon: float | None = None  # degrees
    lat: float | None = None
    number: str = ""  # 文号
    issued: str = ""  # 2014, 2014-08-13
    since: int | None = None  # year in which a programme began
    issuers: tuple[str, ...] = ()  # IRIs
    founding: str = ""  # IRI of the document that founded a programme
    in_lexicon: bool | None = None


class Source(NamedTuple):
    """A file, or a part of one that speaks for one government about one year."""

    iri: str
    file: str
    part: int
    title: str
    place: str = ""  # IRI
    year: int | None = None
    genre: str = ""


class Quote(NamedTuple):
    """A sentence of evidence where it stands."""

    source: int  # number in `Exploration.sources`
    start: int  # code points of the original text
    end: int
    text: str  # cleaned
    printed: str  # as the file has it
    before: str = ""
    after: str = ""
    page: str = ""


class Mark(NamedTuple):
    """Words of a sentence that fill a role, or say a value or the year; code points of `Quote.printed`."""

    role: str
    start: int
    end: int


class ClaimRow(NamedTuple):
    """One claim. `roles` lead to things by IRI, `values` are what stands there as words or figures."""

    iri: str
    relation: str  # Adoption, Goal, …
    kind: str  # Promotes, LearnsFrom, Cooperates; Planned, Achieved
    quote: int  # number in `Exploration.quotes`
    roles: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, str], ...] = ()
    year: int | None = None
    year_to: int | None = None
    date_kind: str = ""
    status: str = ""
    confidence: float = 1.0
    rule: str = ""
    inferred: bool = False
    marks: tuple[Mark, ...] = ()


class Tie(NamedTuple):
    """An edge of the network: all claims that tie one thing to another in one way; numbers in the tuples of the exploration."""

    source: int
    target: int
    link: Link
    claims: tuple[int, ...] = ()


@dataclass(frozen=True)
class Exploration:
    """A whole graph. Things, sources, quotes and claims are sorted; they refer to each other by number or IRI."""

    title: str
    base: str  # what the IRIs of things start with
    things: tuple[Thing, ...] = ()
    sources: tuple[Source, ...] = ()
    quotes: tuple[Quote, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    ties: tuple[Tie, ...] = ()
    history: History = field(default_factory=lambda: History((), (), ()))
    ways: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)  # programme → steps of its forest
    copies: int = 0  # files and parts that repeat another text and say nothing themselves
    left_out: tuple[tuple[str, int], ...] = ()  # what this version does not know, and how often it stood there
    places: tuple[tuple[float, float], ...] = ()  # where each thing stands in the network
    communities: tuple[int, ...] = ()  # to which each thing belongs in the network
    basemap: Basemap | None = None  # a user's own, below the places
