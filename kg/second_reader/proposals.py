"""An item of an answer → a Proposal in the agreed form, or the reason why it is none."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from kg.model import LONGEST_SENTENCE, Kind, Relation
from kg.reviewed.properties import NEEDED, ROLES, checked_text

LONGEST_NAME = 80  # characters of everything but the quote
SHORTEST_QUOTE = 4
DATED = frozenset(
    {
        Relation.ADOPTS,
        Relation.ISSUES,
        Relation.IMPLEMENTS,
        Relation.GOAL,
        Relation.RECOGNIZES,
        Relation.DIFFUSES,
    }
)
GOVERNED = frozenset({Relation.ADOPTS, Relation.ISSUES, Relation.IMPLEMENTS, Relation.GOAL})  # acts of a government
_VALUES: Mapping[Relation, tuple[str, ...]] = {
    Relation.ADOPTS: ("status",),
    Relation.ISSUES: ("status",),
    Relation.GOAL: ("indicator", "operator", "value", "unit", "kind"),
    Relation.RECOGNIZES: ("title",),
    Relation.DIFFUSES: ("kind",),
}
_ALSO_NEEDED: Mapping[Relation, tuple[str, ...]] = {Relation.GOAL: ("unit",), Relation.RECOGNIZES: ("place",)}


def fields_of(relation: Relation) -> tuple[str, ...]:
    """What a proposal of this relation may say: roles, values, and the year where the relation is dated."""
    names = (*ROLES[relation], *_VALUES.get(relation, ()), *(("year",) if relation in DATED else ()))
    return tuple(dict.fromkeys(names))


def kinds_of(relation: Relation) -> Mapping[str, tuple[Kind, ...]]:
    """What may fill each role; a school does not act for a government."""
    kinds = ROLES[relation]
    return {**kinds, "place": (Kind.PLACE,)} if relation in GOVERNED else kinds


def needed_of(relation: Relation) -> tuple[str, ...]:
    """What it must say; a title that nobody won and a number of nothing tell nothing."""
    return (*NEEDED[relation], *_ALSO_NEEDED.get(relation, ()))


class Refusal(StrEnum):
    """Why a proposal is not believed."""

    NO_PROPOSAL = "no object with a relation and a quote"
    UNKNOWN_RELATION = "unknown relation"
    UNKNOWN_FIELD = "unknown field"
    NOT_ALLOWED = "value that the ontology does not allow"
    TOO_LONG = "text longer than a name or a sentence"
    HIDDEN_CHARACTERS = "control or direction characters"
    ROLE_MISSING = "needed role or value missing"
    QUOTE_TOO_SHORT = "quote too short"
    QUOTE_NOT_FOUND = "quote not in the text"
    QUOTE_AMBIGUOUS = "quote more than once in the text"
    NOT_NAMED = "name not recognised in the sentence"
    NAME_AMBIGUOUS = "name of several things"
    NOT_ITS_PLACE = "place that the document does not speak for"
    ONE_THING = "one thing in both roles"
    NO_SUCH_YEAR = "year not in the sentence"
    YET_TO_COME = "done in a year to come"
    NOT_PRINTED = "no such number of things in the quote"
    NOT_ITS_WORDS = "words not in the sentence"


class Refused(Exception):
    """A proposal is not believed, for this reason."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


class Proposal(NamedTuple):
    """What a second reader proposes, in the agreed form; whether it is true of the text is for `checking`."""

    relation: Relation
    quote: str
    said: tuple[tuple[str, str], ...]  # names and values by their property, in the ontology's order

    def text(self, name: str) -> str:
        """What is said of this property; empty where nothing is."""
        return dict(self.said).get(name, "")


def proposal_of(item: object) -> Proposal:
    """`{"relation": "Adoption", "quote": "…", "program": "…", "year": "2016"}`; raises Refused."""
    if not isinstance(item, dict):
        raise Refused(Refusal.NO_PROPOSAL)
    said = {name: text for name, text in item.items() if text is not None and text != ""}
    if not all(isinstance(text, str) for text in said.values()) or not {"relation", "quote"} <= set(said):
        raise Refused(Refusal.NO_PROPOSAL)
    relation = _relation(said.pop("relation"))
    quote = said.pop("quote").strip()
    _check_characters(quote, *said, *said.values())
    if len(quote) > LONGEST_SENTENCE or any(len(text) > LONGEST_NAME for text in said.values()):
        raise Refused(Refusal.TOO_LONG)
    if not set(said) <= set(fields_of(relation)):
        raise Refused(Refusal.UNKNOWN_FIELD)
    if not all(said.get(name) for name in needed_of(relation)):
        raise Refused(Refusal.ROLE_MISSING)
    if len(quote) < SHORTEST_QUOTE:
        raise Refused(Refusal.QUOTE_TOO_SHORT)
    checked = ((name, _checked(relation, name, said[name])) for name in fields_of(relation) if name in said)
    return Proposal(relation, quote, tuple(checked))


def _relation(name: str) -> Relation:
    try:
        return Relation(name)
    except ValueError:
        raise Refused(Refusal.UNKNOWN_RELATION) from None


def _check_characters(*texts: str) -> None:
    if any(unicodedata.category(character).startswith("C") for text in texts for character in text):
        raise Refused(Refusal.HIDDEN_CHARACTERS)


def _checked(relation: Relation, name: str, text: str) -> str:
    """The text as the ontology allows it; a goal's number stays as it is printed."""
    try:
        checked = checked_text(relation, name, text.strip())
    except ValueError:
        raise Refused(Refusal.NOT_ALLOWED) from None
    return text.strip() if name == "value" else checked
