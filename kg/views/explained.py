"""Why a claim stands in a graph, as plain frozen records: filled by kg/explain, shown by `explanation` and as JSON."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Span


@dataclass(frozen=True, slots=True)
class Role:
    """What fills a property of the claim, where the sentence says it, and whence it comes where it does not."""

    name: str  # as in the ontology: place, program, year
    value: str  # "" where it stays open
    spans: tuple[Span, ...] = ()  # in the cleaned sentence
    whence: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A name that was recognised in the sentence."""

    start: int  # characters of the decoded text
    end: int
    kind: str
    words: str
    entity: str  # "" where it was left open
    found_by: str


@dataclass(frozen=True, slots=True)
class RuleTold:
    """A rule or finder in words."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Record:
    """How often the claims of a rule, or of all rules of its relation, were right on annotated texts."""

    of: str
    claims: int
    right: int


@dataclass(frozen=True, slots=True)
class Refused:
    """What could have filled a role, and why it does not."""

    role: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Another claim of the same sentence."""

    number: str
    summary: str


@dataclass(frozen=True, slots=True)
class Decided:
    """How place, year or genre of the claim's part was decided."""

    what: str
    value: str
    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One claim with everything that it rests on."""

    claim: str  # IRI
    relation: str
    marked: str  # the cleaned sentence with the roles in brackets
    roles: tuple[Role, ...]
    properties: tuple[tuple[str, str], ...]  # what it says besides
    rule: str
    rule_words: tuple[RuleTold, ...]
    confidence: str
    records: tuple[Record, ...]  # from the rule with its finder to the relation; empty where they do not explain it
    refused: tuple[Refused, ...]
    beside: tuple[Beside, ...]
    part_decided: tuple[Decided, ...]
    file: str
    part: int
    text: str  # path below the graph folder of the text that the offsets refer to; empty where it is the file
    page: str  # of a PDF
    start: int
    end: int
    quote: str  # the characters of the original
    sentence: str  # the same, cleaned
    words: tuple[Recognised, ...]
