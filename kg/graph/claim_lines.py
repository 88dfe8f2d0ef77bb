"""A claim → the N-Quads lines that say it and where it was read, in order; and its IRI, a hash of all of that.

The subjects of these lines all begin with the IRI of the claim, so that in a sorted graph they stand together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from json.encoder import encode_basestring

from kg.graph.iris import BASE, source_path
from kg.graph.terms import (
    ANNOTATION,
    END,
    EXACT,
    HAS_SELECTOR,
    HAS_TARGET,
    POSITION_SELECTOR,
    PREFIX,
    QUOTE_SELECTOR,
    START,
    SUFFIX,
    A,
    Node,
    Nodes,
    boolean_literal,
    date_literal,
    decimal_literal,
    integer_literal,
    pol,
    text_literal,
)
from kg.model import Claim, Document, Literal, Relation, Sentence, Span

CONTEXT = 24  # characters of prefix and suffix in a quotation
ROLES = frozenset(
    [
        "place",
        "program",
        "agency",
        "document",
        "object",
        "by",
        "group",
        "successor",
        "predecessor",
        "member",
        "whole",
        "title",
        "from",
        "to",
    ]
)
DECIMALS = frozenset({"value", "valueTo", "baseValue", "baseline"})
INDIVIDUALS = frozenset({"kind", "reviewed"})
VALUES = (
    frozenset({"indicator", "operator", "unit", "baseUnit", "inferred", "by", "title", "date"}) | DECIMALS | INDIVIDUALS
)

SHORTCUTS: dict[Relation, tuple[tuple[str, str, str], ...]] = {
    Relation.ADOPTS: (("place", "adopts", "program"),),
    Relation.ISSUES: (("place", "issues", "document"), ("agency", "issues", "document")),
    Relation.IMPLEMENTS: (("place", "implements", "object"),),
    Relation.TARGETS: (("program", "targets", "group"),),
    Relation.GOAL: (("place", "targets", ""),),  # "" = the claim itself: a goal is what it states
    Relation.SUCCEEDS: (("successor", "succeeds", "predecessor"),),
    Relation.PART_OF: (("member", "partOf", "whole"),),
    Relation.RECOGNIZES: (),
    Relation.DIFFUSES: (("to", "learnsFrom", "from"),),
}

_OWN = ("foundBy", "year", "yearFrom", "yearTo", "dateKind", "status", "source", "confidence", "evidence")
_PROPERTIES = {name: pol(name) for name in (*ROLES, *VALUES, *_OWN)}
_CLASSES = {relation: pol(relation) for relation in Relation}
_CLEANED, _PAGE = pol("cleaned"), pol("page")
_IRI = "\0"  # stands for the claim's IRI in lines that all claims of a sentence share; no line holds it otherwise
_CUT = _IRI.encode()
_GAP = b"\1"  # as for what is said of one sentence
_LINES = 12  # that tell where a claim was read


def claim_iri(claim: Claim, source: str, base: str = BASE) -> str:
    """The IRI of a claim read from the source node at path `source`: a hash of all it says and of where it says so.

    Evidence, confidence and that it was reviewed are left out, so that a better estimate does not make another claim.
    """
    start = claim.sentence.part.document.original(claim.sentence.span).start
    return f"{base}claim/{_number(claim, source, start, _values(claim))}"


def _number(claim: Claim, source: str, start: int, values: Iterable[tuple[str, str]]) -> str:
    said = sorted([(name, entity.id) for name, entity in dict(claim.roles).items()])
    said += sorted([pair for pair in values if pair[0] != "reviewed"])
    pairs = ",".join([f'["{name}",{encode_basestring(value)}]' for name, value in said])
    text = f'[{encode_basestring(source)},{start},"{claim.relation}",[{pairs}]]'
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class ClaimWriter:
    """Writes the claims of one document; what claims of one sentence share is made once."""

    def __init__(self, document: Document, nodes: Nodes) -> None:
        self._document = document
        self._nodes = nodes
        self._graph = f"<{nodes.base}{source_path(document.id)}>"
        self._end = f" {self._graph} .\n"
        self._has_pages = document.form == "pdf"
        self._template = self._evidence().encode().split(_GAP)
        self._sentences: dict[Span, tuple[int, list[bytes]]] = {}

    def __call__(self, claims: Iterable[Claim], source: str) -> Iterator[tuple[bytes, int, list[str]]]:
        """The claims of the part at path `source`: the lines of each, distinct and in order, how many, and its shortcuts.

        Of a claim that was read twice the surer one stands. Raises ValueError for a name that the ontology has not.
        """
        surest: dict[str, tuple[Claim, list[tuple[str, str]]]] = {}
        for claim in claims:
            values = _values(claim)
            number = _number(claim, source, self._at(claim.sentence)[0], values)
            if number not in surest or surest[number][0].confidence < claim.confidence:
                surest[number] = claim, values
        node = f"<{self._nodes.base}{source}>"
        for number, (claim, values) in surest.items():
            iri = f"{self._nodes.base}claim/{number}"
            evidence, said = self._at(claim.sentence)[1], self._said(iri, claim, values, node)
            first, end = f"<{iri}> ".encode(), self._end.encode()
            lines = iri.encode().join(evidence), first, (end + first).join(said), end
            yield b"".join(lines), _LINES + self._has_pages + len(said), list(self._shortcuts(iri, claim))

    def _said(self, iri: str, claim: Claim, values: Iterable[tuple[str, str]], source: Node) -> list[bytes]:
        """Predicate and object of what is said of a claim, in order."""
        said = {f"{_property(name, claim)} {self._nodes[entity.id]}" for name, entity in dict(claim.roles).items()}
        said.update([f"{_PROPERTIES[name]} {value}" for name, value in values])
        said.add(f"{A} {_CLASSES[claim.relation]}")
        said.add(f"{_PROPERTIES['source']} {source}")
        said.add(f"{_PROPERTIES['confidence']} {_decimal(claim.confidence)}")
        said.add(f"{_PROPERTIES['evidence']} <{iri}/evidence>")
        return [one.encode() for one in sorted(said)]

    def _shortcuts(self, iri: str, claim: Claim) -> Iterator[str]:
        roles = dict(claim.roles)
        for subject, predicate, object_ in SHORTCUTS[claim.relation]:
            if subject in roles and not object_:
                yield f"{self._nodes[roles[subject].id]} {pol(predicate)} <{iri}>{self._end}"
            elif subject in roles and object_ in roles:
                yield f"{self._nodes[roles[subject].id]} {pol(predicate)} {self._nodes[roles[object_].id]}{self._end}"

    def _at(self, sentence: Sentence) -> tuple[int, list[bytes]]:
        """Where a sentence begins in the original text, and its evidence: lines in order, cut where the claim's IRI stands."""
        found = self._sentences.get(sentence.span)
        if found is None:
            span = self._document.original(sentence.span)
            gaps = [text.encode() for text in self._gaps(sentence, span)]
            lines = b"".join(chain.from_iterable(zip(self._template, gaps, strict=True)))
            found = self._sentences[sentence.span] = span.start, lines.split(_CUT)
        return found

    def _evidence(self) -> str:
        """The lines on where a sentence of this document stands, with gaps for what is its own."""
        end = self._end
        page = f"<{_IRI}/evidence> {_PAGE} \1{end}" if self._has_pages else ""
        return (
            f"<{_IRI}/evidence> {A} {ANNOTATION}{end}"
            f"<{_IRI}/evidence> {HAS_SELECTOR} <{_IRI}/position>{end}"
            f"<{_IRI}/evidence> {HAS_SELECTOR} <{_IRI}/quote>{end}"
            f"<{_IRI}/evidence> {HAS_TARGET} {self._graph}{end}"
            f"<{_IRI}/evidence> {_CLEANED} \1{end}{page}"
            f"<{_IRI}/position> {A} {POSITION_SELECTOR}{end}"
            f"<{_IRI}/position> {END} \1{end}"
            f"<{_IRI}/position> {START} \1{end}"
            f"<{_IRI}/quote> {A} {QUOTE_SELECTOR}{end}"
            f"<{_IRI}/quote> {EXACT} \1{end}"
            f"<{_IRI}/quote> {PREFIX} \1{end}"
            f"<{_IRI}/quote> {SUFFIX} \1{end}"
        )

    def _gaps(self, sentence: Sentence, span: Span) -> Iterator[str]:
        """What fills the gaps, and nothing at the end."""
        text, (first, last) = self._document.text, span
        yield text_literal(sentence.text)
        if self._has_pages:
            yield integer_literal(text.count("\f", 0, first) + 1)
        yield integer_literal(last)
        yield integer_literal(first)
        yield text_literal(text[first:last])
        yield text_literal(text[max(0, first - CONTEXT) : first])
        yield text_literal(text[last : last + CONTEXT])
        yield ""


def _property(role: str, claim: Claim) -> Node:
    if role not in ROLES:
        raise ValueError(f"{claim.found_by}: the ontology has no role {role!r}; it has {', '.join(sorted(ROLES))}")
    return _PROPERTIES[role]


def _values(claim: Claim) -> list[tuple[str, str]]:
    """Everything a claim says that is no thing: (property, literal or individual)."""
    said = [(name, _value(name, value, claim)) for name, value in dict(claim.values).items()]
    said.append(("foundBy", text_literal(claim.found_by)))
    if claim.year is not None:
        year = _integer(claim.year)
        said.append(("year", year))
        if claim.year_to is not None:
            said += [("yearFrom", year), ("yearTo", _integer(claim.year_to))]
    if claim.date_kind:
        said.append(("dateKind", pol(claim.date_kind)))
    if claim.status:
        said.append(("status", pol(claim.status)))
    return said


def _value(name: str, value: Literal, claim: Claim) -> str:
    if name not in VALUES:
        raise ValueError(f"{claim.found_by}: the ontology has no value {name!r}; it has {', '.join(sorted(VALUES))}")
    if name in INDIVIDUALS:
        return pol(str(value))
    if name == "date":
        return date_literal(str(value))
    if isinstance(value, bool):
        return boolean_literal(value)
    if isinstance(value, Decimal) or name in DECIMALS:
        return _decimal(Decimal(value))
    return _integer(value) if isinstance(value, int) else text_literal(value)


_decimal = lru_cache(1024)(decimal_literal)
_integer = lru_cache(1024)(integer_literal)
