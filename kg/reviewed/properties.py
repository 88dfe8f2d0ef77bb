"""What a claim of each relation may say, as far as a reviewer can name or correct it; the texts of its values checked.

The names are those of `ontology/policy.ttl`; which of them a relation must have is what `ontology/shapes.ttl` asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from kg.model import Claim, DateKind, Kind, Literal, Relation, Status

PLACE = (Kind.PLACE, Kind.ORGANIZATION)
NAMED = (Kind.PROGRAM, Kind.POLICY_DOCUMENT)
BODY = (Kind.AGENCY, Kind.PLACE, Kind.ORGANIZATION)
PATHS = {
    Kind.PROGRAM: "program",
    Kind.POLICY_DOCUMENT: "policy-document",
    Kind.AGENCY: "agency",
    Kind.PLACE: "place",
    Kind.ORGANIZATION: "organization",
    Kind.TARGET_GROUP: "target-group",
}
KINDS = {path: kind for kind, path in PATHS.items()}

ROLES: Mapping[Relation, Mapping[str, tuple[Kind, ...]]] = {
    Relation.ADOPTS: {"place": PLACE, "program": (Kind.PROGRAM,), "agency": (Kind.AGENCY,)},
    Relation.ISSUES: {"place": PLACE, "agency": (Kind.AGENCY,), "document": (Kind.POLICY_DOCUMENT,)},
    Relation.IMPLEMENTS: {"place": PLACE, "object": NAMED, "by": BODY},
    Relation.TARGETS: {"program": (Kind.PROGRAM,), "group": (Kind.TARGET_GROUP, Kind.PLACE)},
    Relation.GOAL: {"place": PLACE, "program": (Kind.PROGRAM,)},
    Relation.SUCCEEDS: {"successor": NAMED, "predecessor": NAMED},
    Relation.PART_OF: {"member": NAMED, "whole": NAMED},
    Relation.RECOGNIZES: {"place": PLACE, "title": (Kind.PROGRAM,), "by": BODY},
    Relation.DIFFUSES: {"from": PLACE, "to": PLACE, "program": (Kind.PROGRAM,)},
}
VALUES: Mapping[Relation, tuple[str, ...]] = {
    Relation.GOAL: ("indicator", "operator", "value", "unit", "valueTo", "baseValue", "baseUnit", "baseline", "kind"),
    Relation.SUCCEEDS: ("inferred",),
    Relation.IMPLEMENTS: ("by",),
    Relation.RECOGNIZES: ("title", "by"),
    Relation.DIFFUSES: ("kind",),
}
EVERY = ("year", "yearTo", "date", "dateKind", "status")
NEEDED: Mapping[Relation, tuple[str, ...]] = {
    Relation.ADOPTS: ("program",),
    Relation.ISSUES: ("document",),
    Relation.IMPLEMENTS: ("object",),
    Relation.TARGETS: ("program", "group"),
    Relation.GOAL: ("indicator", "value"),
    Relation.SUCCEEDS: ("successor", "predecessor"),
    Relation.PART_OF: ("member", "whole"),
    Relation.RECOGNIZES: ("title",),
    Relation.DIFFUSES: ("from",),
}
IDENTIFYING: Mapping[Relation, tuple[str, ...]] = {  # values without which two claims of a sentence are not told apart
    Relation.GOAL: ("indicator", "value"),
    Relation.RECOGNIZES: ("title",),
}
TWO_THINGS: Mapping[Relation, tuple[str, str]] = {  # roles that one thing cannot fill both
    Relation.SUCCEEDS: ("successor", "predecessor"),
    Relation.PART_OF: ("member", "whole"),
    Relation.DIFFUSES: ("from", "to"),
}
OPERATORS = (">=", "<=", "=", ">", "<")
GOAL_KINDS = ("Planned", "Achieved")
DIFFUSION_KINDS = ("Promotes", "LearnsFrom", "Cooperates")
DECIMALS = ("value", "valueTo", "baseValue", "baseline")
YEARS = range(1800, 2101)


def properties_of(relation: Relation) -> tuple[str, ...]:
    """Every name that a row about such a claim may use."""
    return tuple(dict.fromkeys((*ROLES[relation], *VALUES.get(relation, ()), *EVERY)))


def checked_text(relation: Relation, name: str, text: str) -> str:
    """The text in the one form in which it is compared: `started` → `Started`, `92.50` → `92.5`; ValueError otherwise."""
    if name not in properties_of(relation):
        raise ValueError(f"{relation} has no {name!r}; it has {', '.join(properties_of(relation))}")
    if not text:
        return text
    if name in ("year", "yearTo"):
        if not (re.fullmatch(r"[0-9]{4}", text) and int(text) in YEARS):
            raise ValueError(f"{name} must be a year such as 2014, not {text!r}")
    elif name in DECIMALS:
        return decimal_text(text)
    elif name == "status":
        return _one_of(name, text, Status)
    elif name == "dateKind":
        return _one_of(name, text, DateKind)
    elif name == "kind":
        return _one_of(name, text, GOAL_KINDS if relation is Relation.GOAL else DIFFUSION_KINDS)
    elif name == "operator":
        return _one_of(name, text, OPERATORS)
    elif name == "inferred":
        return _one_of(name, text, ("true", "false"))
    return text


def _one_of(name: str, text: str, known: Iterable[str | StrEnum]) -> str:
    found = next((str(one) for one in known if str(one).lower() == text.lower()), None)
    if found is None:
        raise ValueError(f"{name} must be one of {', '.join(known)}, not {text!r}")
    return found


def decimal_text(text: str) -> str:
    """`92.50` → `92.5`; raises ValueError."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise ValueError(f"{text!r} is no number such as 92.5")
    digits = format(number, "f")
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits) or "0"


def literal(name: str, text: str) -> Literal:
    """The checked text as the value of a claim."""
    if name in DECIMALS:
        return Decimal(text)
    return text == "true" if name == "inferred" else text


def text_of_literal(name: str, value: Literal) -> str:
    """The value of a claim in the form in which it is compared."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return decimal_text(str(value)) if isinstance(value, Decimal) or name in DECIMALS else str(value)


def facts_of(claim: Claim) -> dict[str, frozenset[str]]:
    """Everything a claim says, by property; of a thing its name, what the text calls it, its id and its id without the kind."""
    facts = {name: frozenset([text_of_literal(name, value)]) for name, value in claim.values}
    for name, entity in claim.roles:
        facts[name] = frozenset([entity.name, entity.written or entity.name, entity.id, entity.id.partition("/")[2]])
    known = {"year": claim.year, "yearTo": claim.year_to, "status": claim.status, "dateKind": claim.date_kind}
    facts |= {name: frozenset([str(value)]) for name, value in known.items() if value is not None}
    return facts
