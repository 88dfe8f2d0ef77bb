"""A broken constraint → what is wrong, in words: `year (pol:year) "2O15" is no whole number (xsd:integer)`."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox

from kg.graph.iris import POL, PREFIXES, RDF, XSD
from kg.graph.ontology import labels
from kg.graph.rows import Term
from kg.graph.shacl import SH, Constraint, Path, Shape, iri

_FORMS = {
    XSD + "integer": "a whole number (xsd:integer)",
    XSD + "decimal": "a number (xsd:decimal)",
    XSD + "boolean": "true or false (xsd:boolean)",
    XSD + "date": "a date such as 2015-06-30 (xsd:date)",
    XSD + "string": "a text",
    RDF + "langString": "a text that says its language",
}


def words_of(constraint: Constraint, shape: Shape, path: Path, value: Term | None) -> str:
    """What is wrong with `value` of `path`, and after it the rule where the shape states one in words."""
    about = " → ".join(map(name_of, path)) or "the node itself"
    if constraint.name in _COUNTED:
        said = _COUNTED[constraint.name](about, int(iri(constraint.terms[0])))
    elif constraint.name == "closed":
        said = f"{about} does not belong here: {_shown(value)}"
    else:
        said = f"{about} {_shown(value)} {_WRONG[constraint.name](constraint)}"
    return f"{said} ({shape.message})" if shape.message else said


def name_of(iri_: str) -> str:
    """`year (pol:year)`, or the prefixed name alone for a term of others."""
    label = labels("en").get(iri_.removeprefix(POL)) if iri_.startswith(POL) else None
    return f"{label} ({prefixed(iri_)})" if label else prefixed(iri_)


def prefixed(iri_: str) -> str:
    """`pol:year`; the whole IRI where no prefix is known."""
    start = max((start for start in PREFIXES.values() if iri_.startswith(start)), key=len, default="")
    prefix = next((name for name, known in PREFIXES.items() if known == start), "")
    return f"{prefix}:{iri_.removeprefix(start)}" if start else iri_


def _shown(value: Term | None) -> str:
    if isinstance(value, ox.Literal):
        language = f"@{value.language}" if value.language else ""
        return f'"{value.value}"{language}'
    return "" if value is None else prefixed(iri(value))


def _too_few(about: str, least: int) -> str:
    return f"{about} is missing" if least == 1 else f"{about} has fewer than {least} values"


def _too_many(about: str, most: int) -> str:
    return f"{about} has more than {'one value' if most == 1 else f'{most} values'}"


def _no_form(constraint: Constraint) -> str:
    return f"is not {_FORMS[iri(constraint.terms[0])]}"


def _no_alternative(constraint: Constraint) -> str:
    kinds = [_kind(each) for alternative in constraint.alternatives for each in alternative.constraints]
    return f"is none of these: {', '.join(kinds)}"


def _kind(constraint: Constraint) -> str:
    if constraint.name == "class":
        return name_of(iri(constraint.terms[0]))
    return _FORMS[iri(constraint.terms[0])] if constraint.name == "datatype" else f"sh:{constraint.name}"


def _listed(constraint: Constraint) -> str:
    return ", ".join(name_of(iri(term)) if isinstance(term, ox.NamedNode) else iri(term) for term in constraint.terms)


def _too_short(constraint: Constraint) -> str:
    least = int(iri(constraint.terms[0]))
    return "is empty" if least == 1 else f"is shorter than {least} characters"


def _other(constraint: Constraint) -> str:
    return name_of(iri(constraint.terms[0]))


_COUNTED: dict[str, Callable[[str, int], str]] = {"minCount": _too_few, "maxCount": _too_many}
_WRONG: dict[str, Callable[[Constraint], str]] = {
    "class": lambda constraint: f"is no {_other(constraint)}",
    "datatype": _no_form,
    "disjoint": lambda constraint: f"is also its {_other(constraint)}",
    "in": lambda constraint: f"is none of these: {_listed(constraint)}",
    "languageIn": lambda constraint: f"is in none of these languages: {_listed(constraint)}",
    "lessThan": lambda constraint: f"is not before its {_other(constraint)}",
    "lessThanOrEquals": lambda constraint: f"is after its {_other(constraint)}",
    "maxInclusive": lambda constraint: f"is not {iri(constraint.terms[0])} or less",
    "maxLength": lambda constraint: f"is longer than {iri(constraint.terms[0])} characters",
    "minInclusive": lambda constraint: f"is not {iri(constraint.terms[0])} or more",
    "minLength": _too_short,
    "nodeKind": lambda constraint: f"is not of the kind {iri(constraint.terms[0]).removeprefix(SH)}",
    "or": _no_alternative,
}
