"""Names and Python values → the terms of an N-Quads line: `<iri>` and `"literal"`, always in canonical form."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.graph.iris import DCTERMS, GEO, OA, POL, RDF, SKOS, XSD, thing_iri
from kg.patterns import regex

Node = str  # <iri>
Triple = tuple[str, str, str]


def pol(name: str) -> Node:
    """A term of our ontology."""
    return f"<{POL}{name}>"


def thing(base: str, entity_id: str) -> Node:
    """The node of `program/县管校聘`."""
    return f"<{thing_iri(base, entity_id)}>"


class Nodes(dict[str, Node]):
    """The nodes of entities by their ids, each made once."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base

    def __missing__(self, entity_id: str) -> Node:
        node = self[entity_id] = thing(self.base, entity_id)
        return node


A = f"<{RDF}type>"
PREF_LABEL, ALT_LABEL, NOTATION = (f"<{SKOS}{name}>" for name in ("prefLabel", "altLabel", "notation"))
TITLE, IS_PART_OF, REPLACES, ISSUED, ORIGIN = (
    f"<{DCTERMS}{name}>" for name in ("title", "isPartOf", "replaces", "issued", "source")
)
HAS_SELECTOR, HAS_TARGET, EXACT, PREFIX, SUFFIX, START, END = (
    f"<{OA}{name}>" for name in ("hasSelector", "hasTarget", "exact", "prefix", "suffix", "start", "end")
)
ANNOTATION, QUOTE_SELECTOR, POSITION_SELECTOR = (
    f"<{OA}{name}>" for name in ("Annotation", "TextQuoteSelector", "TextPositionSelector")
)
LAT, LONG = f"<{GEO}lat>", f"<{GEO}long>"

_ESCAPES = {chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F)} | {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}
_NEEDS_ESCAPE = regex('[\x00-\x1f"\\\\\x7f\ud800-\udfff]')


def text_literal(text: str, language: str = "") -> str:
    """A string as N-Quads write it; half a character becomes U+FFFD."""
    if not text.isprintable() or '"' in text or "\\" in text:
        text = _NEEDS_ESCAPE.sub(_escaped, text)
    return f'"{text}"@{language}' if language else f'"{text}"'


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0], "\ufffd")


def integer_literal(number: int) -> str:
    return f'"{number:d}"^^<{XSD}integer>'


def decimal_literal(number: Decimal | int) -> str:
    """The canonical xsd:decimal: 5, 0.5, -12.75; never an exponent or a trailing zero."""
    digits = format(Decimal(number), "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return f'"{"0" if digits in ("-0", "") else digits}"^^<{XSD}decimal>'


def boolean_literal(truth: bool) -> str:
    return f'"{"true" if truth else "false"}"^^<{XSD}boolean>'


def date_literal(text: str) -> str:
    """An ISO date as xsd:date; anything vaguer stays text."""
    return f'"{text}"^^<{XSD}date>' if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text_literal(text)
