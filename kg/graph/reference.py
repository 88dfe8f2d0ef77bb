"""The lexicons → the N-Quads lines of the reference graph: what is known before any file is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from kg.graph.iris import BASE, REFERENCE, checked_base
from kg.graph.terms import (
    ALT_LABEL,
    IS_PART_OF,
    ISSUED,
    LAT,
    LONG,
    NOTATION,
    ORIGIN,
    PREF_LABEL,
    REPLACES,
    A,
    Node,
    Triple,
    boolean_literal,
    decimal_literal,
    integer_literal,
    pol,
    text_literal,
    thing,
)
from kg.lexicons import Agency, Lexicons, Place, PolicyDocument, Program
from kg.model import Kind


def reference_quads(lexicons: Lexicons, used: set[str], base: str = BASE) -> Iterator[str]:
    """The lines of the reference graph: all programmes and documents, and the places and agencies that are used.

    `used` holds entity ids (`place/210200`). With a place come its ancestors, predecessors and successors. A lexicon's
    own knowledge of succession and composition is `dcterms:replaces` and `dcterms:isPartOf`: `pol:succeeds` and
    `pol:partOf` between programmes always rest on a claim.
    """
    base = checked_base(base)
    end = f" <{base}{REFERENCE}> ."
    for triple in _reference_triples(lexicons, used, base):
        yield " ".join(triple) + end


def _reference_triples(lexicons: Lexicons, used: set[str], base: str) -> Iterator[Triple]:
    agencies = _agency_closure(lexicons, used)
    served = {"place/中国"} if agencies & {agency.name for agency in lexicons.agencies} else set()
    for program in lexicons.programs:
        yield from _program_triples(program, lexicons, base)
    for document in lexicons.documents:
        yield from _document_triples(document, base)
    for name in agencies:
        yield from _agency_label(name, base)
    for agency in lexicons.agencies:
        if agency.name in agencies:
            yield from _agency_triples(agency, base)
    places = _place_closure(lexicons.places, used | served)
    for place in lexicons.places:
        if place.id in places:
            yield from _place_triples(place, base)


def _program_triples(program: Program, lexicons: Lexicons, base: str) -> Iterator[Triple]:
    node = thing(base, program.entity.id)
    yield from _named(node, Kind.PROGRAM, program.name, program.aliases)
    yield node, pol("inLexicon"), boolean_literal(True)
    if program.en:
        yield node, ALT_LABEL, text_literal(program.en, "en")
    yield from _founding(node, program, base)
    if program.since is not None:
        yield node, pol("since"), integer_literal(program.since)
    if program.predecessor:
        yield node, REPLACES, thing(base, f"program/{program.predecessor}")
    if program.whole:
        yield node, IS_PART_OF, thing(base, f"program/{program.whole}")
    for group in program.groups:
        yield node, pol("intendedFor"), thing(base, f"target-group/{group}")
        yield from _named(thing(base, f"target-group/{group}"), Kind.TARGET_GROUP, group)
    if program.document:
        known = next((d for d in lexicons.documents if program.document in (d.name, *d.aliases)), None)
        document = thing(base, f"policy-document/{known.name if known else program.document}")
        yield node, pol("foundingDocument"), document
        if known is None:
            yield from _named(document, Kind.POLICY_DOCUMENT, program.document)
            if program.number:
                yield document, pol("number"), text_literal(program.number)


def _document_triples(document: PolicyDocument, base: str) -> Iterator[Triple]:
    node = thing(base, document.entity.id)
    yield from _named(node, Kind.POLICY_DOCUMENT, document.name, document.aliases)
    yield node, pol("inLexicon"), boolean_literal(True)
    yield from _founding(node, document, base)
    if document.number:
        yield node, pol("number"), text_literal(document.number)
    if document.year is not None:
        yield node, ISSUED, integer_literal(document.year)
    if document.predecessor:
        predecessor = thing(base, f"policy-document/{document.predecessor}")
        yield node, REPLACES, predecessor
        yield from _named(predecessor, Kind.POLICY_DOCUMENT, document.predecessor)


def _founding(node: Node, record: Program | PolicyDocument, base: str) -> Iterator[Triple]:
    if record.level:
        yield node, pol("level"), pol(record.level)
    for issuer in _names(record.issuer):
        yield node, pol("issuer"), thing(base, f"agency/{issuer}")
    if record.source:
        yield node, ORIGIN, text_literal(record.source)


def _agency_closure(lexicons: Lexicons, used: set[str]) -> set[str]:
    """Names of the agencies that are used or have issued something known, with those before and after them."""
    names = {id_.removeprefix("agency/") for id_ in used if id_.startswith("agency/")}
    names &= {agency.name for agency in lexicons.agencies}
    records: tuple[Program | PolicyDocument, ...] = (*lexicons.programs, *lexicons.documents)
    for record in records:
        names.update(_names(record.issuer))
    neighbours: dict[str, set[str]] = defaultdict(set)
    for agency in lexicons.agencies:
        for predecessor in _names(agency.predecessor):
            neighbours[agency.name].add(predecessor)
            neighbours[predecessor].add(agency.name)
    return _reachable(names, neighbours)


def _agency_label(name: str, base: str) -> Iterator[Triple]:
    yield from _named(thing(base, f"agency/{name}"), Kind.AGENCY, name)


def _agency_triples(agency: Agency, base: str) -> Iterator[Triple]:
    entity = agency.entity
    node = thing(base, entity.id)
    yield from _named(node, Kind.AGENCY, agency.name, agency.aliases)
    if entity.jurisdiction:
        yield node, pol("jurisdiction"), thing(base, entity.jurisdiction)
    for predecessor in _names(agency.predecessor):
        yield node, pol("succeeds"), thing(base, f"agency/{predecessor}")
    yield from _validity(node, agency)


def _place_closure(places: Iterable[Place], used: set[str]) -> set[str]:
    neighbours: dict[str, set[str]] = defaultdict(set)
    for place in places:
        if place.parent:
            neighbours[place.id].add(place.parent)
        for successor in place.successors:
            neighbours[place.id].add(successor)
            neighbours[successor].add(place.id)
    return _reachable({id_.removeprefix("place/") for id_ in used if id_.startswith("place/")}, neighbours)


def _reachable(start: Iterable[str], neighbours: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting.extend(neighbours.get(here, ()))
    return reached


def _place_triples(place: Place, base: str) -> Iterator[Triple]:
    node = thing(base, place.entity.id)
    yield from _named(node, Kind.PLACE, place.name, place.aliases)
    if place.level:
        yield node, pol("level"), pol(place.level)
    if place.code:
        yield node, NOTATION, text_literal(place.code)
    if place.parent:
        yield node, pol("within"), thing(base, f"place/{place.parent}")
    if place.lat is not None and place.lon is not None:
        yield node, LAT, decimal_literal(Decimal(repr(place.lat)))
        yield node, LONG, decimal_literal(Decimal(repr(place.lon)))
    for successor in place.successors:
        yield thing(base, f"place/{successor}"), pol("succeeds"), node
    yield from _validity(node, place)


def _validity(node: Node, record: Place | Agency) -> Iterator[Triple]:
    if record.valid_from is not None:
        yield node, pol("validFrom"), integer_literal(record.valid_from)
    if record.valid_to is not None:
        yield node, pol("validTo"), integer_literal(record.valid_to)
    if record.source:
        yield node, ORIGIN, text_literal(record.source)


def _named(node: Node, kind: Kind, name: str, aliases: Iterable[str] = ()) -> Iterator[Triple]:
    yield node, A, pol(kind)
    yield node, PREF_LABEL, text_literal(name, "zh")
    for alias in aliases:
        if alias != name:
            yield node, ALT_LABEL, text_literal(alias, "zh")


def _names(cell: str) -> list[str]:
    return [name for name in cell.split("|") if name]
