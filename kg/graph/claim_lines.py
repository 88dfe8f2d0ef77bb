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
_INDIVIDUALS = INDIVIDUALS | {"dateKind", "status"}
_PROPERTIES = {name: pol(name) for name in (*ROLES, *VALUES, *_OWN)}
_CLASSES = {relation: f"{A} {pol(relation)}".encode() for relation in Relation}
_SHORT = {
    relation: [(subject, f" {pol(predicate)} ", object_) for subject, predicate, object_ in shortcuts]
    for relation, shortcuts in SHORTCUTS.items()
}
_CLEANED, _PAGE = pol("cleaned"), pol("page")
_IRI = "\0"  # stands for the claim's IRI in lines that all claims of a sentence share; no line holds it otherwise
_CUT = _IRI.encode()
_GAP = "\1"  # as for what is said of one sentence
_EVIDENCE = f"{_PROPERTIES['evidence']} <%b/evidence>".encode()
_LINES = 12  # that tell where a claim was read
_MOST_SAID = 20_000  # values that are remembered: claims say the same years, units and rules

Said = tuple[
    bytes, bytes
]  # a property and its value: as the hash of a claim holds them, and as a line of the graph does


def claim_iri(claim: Claim, source: str, base: str = BASE) -> str:
    """The IRI of a claim read from the source node at path `source`: a hash of all it says and of where it says so.

    Evidence, confidence and that it was reviewed are left out, so that a better estimate does not make another claim.
    """
    start = claim.sentence.part.document.original(claim.sentence.span).start
    roles = [_role(name, entity.id, "", claim) for name, entity in dict(claim.roles).items()]
    return f"{base}claim/{_number(claim, source, start, roles, _values(claim))}"


def _number(claim: Claim, source: str, start: int, roles: Iterable[Said], values: Iterable[Said]) -> str:
    """The hash of what is said; no property stands twice among roles or values, so that they are ordered by their names."""
    pairs = b",".join([*sorted([pair for pair, _ in roles]), *sorted([pair for pair, _ in values if pair])])
    head = f'[{encode_basestring(source)},{start},"{claim.relation}",['
    return hashlib.sha256(b"%b%b]]" % (head.encode("utf-8", "surrogatepass"), pairs)).hexdigest()[:16]


class ClaimWriter:
    """Writes the claims of one document; what claims of one sentence share is made once."""

    def __init__(self, document: Document, nodes: Nodes) -> None:
        self._document = document
        self._nodes = nodes
        self._graph = f"<{nodes.base}{source_path(document.id)}>"
        self._end = f" {self._graph} .\n"
        self._has_pages = document.form == "pdf"
        self._template = self._evidence().split(_GAP)
        self._sentences: dict[Span, tuple[int, list[bytes]]] = {}
        self._roles: dict[tuple[str, str], Said] = {}

    def __call__(self, claims: Iterable[Claim], source: str) -> Iterator[tuple[bytes, int, list[str]]]:
        """The claims of the part at path `source`: the lines of each, distinct and in order, how many, and its shortcuts.

        Of a claim that was read twice the surer one stands. Raises ValueError for a name that the ontology has not.
        """
        surest: dict[str, tuple[Claim, list[bytes], list[bytes]]] = {}
        for claim in claims:
            start, evidence = self._at(claim.sentence)
            roles, values = self._said_of_roles(claim), _values(claim)
            number = _number(claim, source, start, roles, values)
            if number not in surest or surest[number][0].confidence < claim.confidence:
                surest[number] = claim, evidence, [line for _, line in (*roles, *values)]
        of_all = f"{_PROPERTIES['source']} <{self._nodes.base}{source}>".encode()
        end = self._end.encode()
        for number, (claim, evidence, said) in surest.items():
            iri = f"{self._nodes.base}claim/{number}"
            name = iri.encode()
            said += _CLASSES[claim.relation], of_all, _said("confidence", claim.confidence)[1], _EVIDENCE % name
            said.sort()
            lines = name.join(evidence), b"<%b> " % name, (b"%b<%b> " % (end, name)).join(said), end
            yield b"".join(lines), _LINES + self._has_pages + len(said), self._shortcuts(iri, claim)

    def _said_of_roles(self, claim: Claim) -> list[Said]:
        told = []
        for name, entity in dict(claim.roles).items():
            said = self._roles.get((name, entity.id))
            if said is None:
                said = self._roles[name, entity.id] = _role(name, entity.id, self._nodes[entity.id], claim)
            told.append(said)
        return told

    def _shortcuts(self, iri: str, claim: Claim) -> list[str]:
        shortcuts, roles = [], dict(claim.roles)
        for subject, predicate, object_ in _SHORT[claim.relation]:
            if subject in roles and (not object_ or object_ in roles):
                said = self._nodes[roles[object_].id] if object_ else f"<{iri}>"
                shortcuts.append(f"{self._nodes[roles[subject].id]}{predicate}{said}{self._end}")
        return shortcuts

    def _at(self, sentence: Sentence) -> tuple[int, list[bytes]]:
        """Where a sentence begins in the original text, and its evidence: lines in order, cut where the claim's IRI stands."""
        found = self._sentences.get(sentence.span)
        if found is None:
            span = self._document.original(sentence.span)
            lines = "".join(chain.from_iterable(zip(self._template, self._gaps(sentence, span), strict=True)))
            found = self._sentences[sentence.span] = span.start, lines.encode().split(_CUT)
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


def _role(name: str, id_: str, node: Node, claim: Claim) -> Said:
    if name not in ROLES:
        raise ValueError(f"{claim.found_by}: the ontology has no role {name!r}; it has {', '.join(sorted(ROLES))}")
    return _pair(name, id_), f"{_PROPERTIES[name]} {node}".encode()


def _values(claim: Claim) -> list[Said]:
    """Everything a claim says that is no thing."""
    said = []
    for name, value in dict(claim.values).items():
        if name not in VALUES:
            raise ValueError(
                f"{claim.found_by}: the ontology has no value {name!r}; it has {', '.join(sorted(VALUES))}"
            )
        said.append(_said(name, value))
    said.append(_said("foundBy", claim.found_by))
    if claim.year is not None:
        said.append(_said("year", claim.year))
        if claim.year_to is not None:
            said += [_said("yearFrom", claim.year), _said("yearTo", claim.year_to)]
    if claim.date_kind:
        said.append(_said("dateKind", claim.date_kind))
    if claim.status:
        said.append(_said("status", claim.status))
    return said


@lru_cache(_MOST_SAID, typed=True)
def _said(name: str, value: Literal) -> Said:
    """What a value says; that a claim was reviewed is no part of its hash."""
    text = _literal(name, value)
    return b"" if name == "reviewed" else _pair(name, text), f"{_PROPERTIES[name]} {text}".encode()


def _pair(name: str, value: str) -> bytes:
    return f'["{name}",{encode_basestring(value)}]'.encode("utf-8", "surrogatepass")


def _literal(name: str, value: Literal) -> str:
    """The literal or the individual of our ontology."""
    if name in _INDIVIDUALS:
        return pol(str(value))
    if name == "date":
        return date_literal(str(value))
    if isinstance(value, bool):
        return boolean_literal(value)
    if isinstance(value, Decimal) or name in DECIMALS:
        return decimal_literal(Decimal(value))
    return integer_literal(value) if isinstance(value, int) else text_literal(value)
