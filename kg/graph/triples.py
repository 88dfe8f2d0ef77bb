"""A reading of one file → the N-Quads lines of its named graph; the lexicons → the lines of the reference graph.

Lines are written directly: no RDF library takes part, so that a worker process starts at once and writes as fast as it
reads. There are no blank nodes, every literal is in its canonical form, and the same reading gives the same lines.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from kg.graph.iris import BASE, checked_base, source_path
from kg.graph.labels import lasting_forms
from kg.graph.nquads import write_nquads
from kg.graph.reference import reference_quads
from kg.graph.terms import (
    ALT_LABEL,
    ANNOTATION,
    END,
    EXACT,
    HAS_SELECTOR,
    HAS_TARGET,
    IS_PART_OF,
    ISSUED,
    POSITION_SELECTOR,
    PREF_LABEL,
    PREFIX,
    QUOTE_SELECTOR,
    START,
    SUFFIX,
    TITLE,
    A,
    Node,
    Triple,
    boolean_literal,
    date_literal,
    decimal_literal,
    integer_literal,
    pol,
    text_literal,
    thing,
)
from kg.model import Claim, Decision, Entity, Kind, Level, Literal, Part, Reading, Relation, Span

__all__ = [
    "blocks_of",
    "claim_iri",
    "copy_quads",
    "decision_text",
    "entities_of",
    "only_part",
    "quads_of",
    "reference_quads",
    "twin_quad",
    "used_ids",
    "write_nquads",
]

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


def quads_of(reading: Reading, base: str = BASE) -> Iterator[str]:
    """The lines of the named graph of one file, in no particular order; the graph is named like the file's node."""
    return chain.from_iterable(blocks_of(reading, base))


def blocks_of(reading: Reading, base: str = BASE) -> Iterator[Iterator[str]]:
    """The same in blocks: first what is said of the file and its parts, then what was read in each part in turn.

    A part that repeats another's text can be left out of a graph by leaving out its block.
    """
    base = checked_base(base)
    nodes = _part_nodes(reading)
    best = _distinct(entities_of(reading))
    end = f" <{base}{source_path(reading.document.id)}> ."
    yield _lines(_source_triples(reading, nodes, base), end)
    for number, _ in enumerate(reading.parts):
        yield _lines(_part_block(only_part(reading, number), nodes, best, base), end)


def _lines(triples: Iterable[Triple], end: str) -> Iterator[str]:
    return (f"{subject} {predicate} {object_}{end}" for subject, predicate, object_ in triples)


def only_part(reading: Reading, number: int) -> Reading:
    """What was read in one part, counted from 0."""
    part = reading.parts[number]
    start, end = part.span
    return replace(
        reading,
        parts=(part,),
        sentences=tuple(sentence for sentence in reading.sentences if start <= sentence.span.start < end),
        mentions=tuple(mention for mention in reading.mentions if start <= mention.span.start < end),
        claims=tuple(claim for claim in reading.claims if start <= claim.sentence.span.start < end),
    )


def _part_block(reading: Reading, nodes: Mapping[Span, str], best: Mapping[str, Entity], base: str) -> Iterator[Triple]:
    (part,) = reading.parts
    node = f"<{base}{nodes[part.span]}>"
    yield node, pol("part"), integer_literal(part.index + 1)
    yield from _part_triples(node, part, base)
    yield from _mention_triples(reading, nodes, base)
    yield from _thing_triples(reading, best, base)
    yield from _claim_triples(reading, nodes, base)


def entities_of(reading: Reading) -> Iterator[Entity]:
    """Every linked thing a file's graph speaks of, repeatedly."""
    for part in reading.parts:
        yield from (entity for entity in (part.place, part.agency) if entity)
    yield from (mention.entity for mention in reading.mentions if mention.entity)
    for claim in reading.claims:
        yield from (entity for _, entity in claim.roles)


def used_ids(reading: Reading) -> set[str]:
    """The entity ids that the reference graph must know for this file, the places that agencies serve among them."""
    ids = set()
    for entity in entities_of(reading):
        ids.add(entity.id)
        if entity.jurisdiction:
            ids.add(entity.jurisdiction)
    return ids


def _part_nodes(reading: Reading) -> dict[Span, str]:
    """The path of each part's node; the only part of a file is the file."""
    one = len(reading.parts) == 1
    return {
        part.span: source_path(reading.document.id, None if one else number)
        for number, part in enumerate(reading.parts, 1)
    }


def _source_triples(reading: Reading, nodes: Mapping[Span, str], base: str) -> Iterator[Triple]:
    """What the file and its parts are, whether or not their text is counted."""
    document = reading.document
    whole = f"<{base}{source_path(document.id)}>"
    only = reading.parts[0] if len(reading.parts) == 1 else None
    yield from _file_triples(whole, document.file, only.title if only else document.given.title)
    yield whole, pol("format"), text_literal(document.form)
    if document.given.url:
        yield whole, pol("url"), text_literal(document.given.url)
    if document.given.date:
        yield whole, ISSUED, date_literal(document.given.date.isoformat())
    if document.extracted_to:
        yield whole, pol("textFile"), text_literal(document.extracted_to)
    for part in reading.parts:
        node = f"<{base}{nodes[part.span]}>"
        if node != whole:
            yield node, A, pol("SourceDocument")
            yield node, pol("file"), text_literal(document.file)
            yield node, IS_PART_OF, whole
            if part.title:
                yield node, TITLE, text_literal(part.title)


def _file_triples(node: Node, file: str, title: str) -> Iterator[Triple]:
    yield node, A, pol("SourceDocument")
    yield node, pol("file"), text_literal(file)
    yield node, TITLE, text_literal(title or file.rpartition("/")[2])


def _part_triples(node: Node, part: Part, base: str) -> Iterator[Triple]:
    yield node, pol("genre"), pol(part.genre)
    if part.year is not None:
        yield node, pol("reportYear"), integer_literal(part.year)
    if part.place:
        yield node, pol("jurisdiction"), thing(base, part.place.id)
    if part.agency:
        yield node, pol("agency"), thing(base, part.agency.id)
    for decision in part.decided:
        yield node, pol("decided"), text_literal(decision_text(decision, part.document.clean))


def decision_text(decision: Decision, clean: str) -> str:
    """`year 2014: teachers-day (第三十个教师节)`: what was decided, by which rule, from which words."""
    words = f" ({clean[decision.span.start : decision.span.end]})" if decision.span else ""
    return f"{decision.what} {decision.value or 'open'}: {decision.rule}{words}"


def _mention_triples(reading: Reading, nodes: Mapping[Span, str], base: str) -> Iterator[Triple]:
    spans = sorted(nodes)
    starts = [span.start for span in spans]
    seen: set[tuple[str, str]] = set()
    for mention in reading.mentions:
        at = bisect_right(starts, mention.span.start) - 1
        if mention.entity is None or at < 0 or mention.span.start >= spans[at].end:
            continue
        pair = nodes[spans[at]], mention.entity.id
        if pair not in seen:
            seen.add(pair)
            yield f"<{base}{pair[0]}>", pol("mentions"), thing(base, pair[1])


def _thing_triples(reading: Reading, best: Mapping[str, Entity], base: str) -> Iterator[Triple]:
    forms: dict[str, set[str]] = defaultdict(set)
    for mention in reading.mentions:
        if mention.entity:
            forms[mention.entity.id].add(mention.text)
    for entity in entities_of(reading):
        if entity.written:
            forms[entity.id].add(entity.written)
    for id_ in sorted({entity.id for entity in entities_of(reading)}):
        yield from _entity_triples(best[id_], forms.get(id_, set()), base)


def _distinct(entities: Iterable[Entity]) -> Mapping[str, Entity]:
    """One entity per id, the best known of them: a rule that infers a name may not know that a lexicon has it."""
    best: dict[str, Entity] = {}
    for entity in entities:
        if entity.id not in best or _knowledge(best[entity.id]) < _knowledge(entity):
            best[entity.id] = entity
    return best


def _knowledge(entity: Entity) -> tuple[bool, str, str, str]:
    return entity.in_lexicon, entity.number or "", entity.jurisdiction or "", entity.name


def _entity_triples(entity: Entity, forms: Iterable[str], base: str) -> Iterator[Triple]:
    node = thing(base, entity.id)
    yield node, A, pol(entity.kind)
    yield node, PREF_LABEL, text_literal(entity.name, "zh")
    for form in lasting_forms(entity, forms):
        yield node, ALT_LABEL, text_literal(form, "zh")
    if entity.kind in (Kind.PROGRAM, Kind.POLICY_DOCUMENT):
        yield node, pol("inLexicon"), boolean_literal(entity.in_lexicon)
    if entity.number:
        yield node, pol("number"), text_literal(entity.number)
    if entity.kind is Kind.PLACE and not entity.in_lexicon:
        yield node, pol("level"), pol(Level.TOWNSHIP if entity.jurisdiction else Level.FOREIGN)
    if entity.jurisdiction:
        serves = pol("within" if entity.kind is Kind.PLACE else "jurisdiction")
        yield node, serves, thing(base, entity.jurisdiction)


def claim_iri(claim: Claim, source: str, base: str = BASE) -> str:
    """The IRI of a claim read from the source node at path `source`: a hash of all it says and of where it says so.

    Evidence, confidence and that it was reviewed are left out, so that a better estimate does not make another claim.
    """
    start = claim.sentence.part.document.original(claim.sentence.span).start
    said = sorted([name, entity.id] for name, entity in dict(claim.roles).items())
    said += sorted([name, value] for name, value in _values(claim) if name != "reviewed")
    text = json.dumps([source, start, str(claim.relation), said], ensure_ascii=False, separators=(",", ":"))
    return f"{base}claim/{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _claim_triples(reading: Reading, nodes: Mapping[Span, str], base: str) -> Iterator[Triple]:
    surest: dict[str, Claim] = {}
    for claim in reading.claims:
        iri = claim_iri(claim, nodes[claim.sentence.part.span], base)
        if iri not in surest or surest[iri].confidence < claim.confidence:
            surest[iri] = claim
    for iri, claim in surest.items():
        source = f"<{base}{nodes[claim.sentence.part.span]}>"
        yield from _said_triples(iri, claim, source, base)
        yield from _evidence_triples(iri, claim, base)
        yield from _shortcut_triples(iri, claim, base)


def _said_triples(iri: str, claim: Claim, source: Node, base: str) -> Iterator[Triple]:
    node = f"<{iri}>"
    yield node, A, pol(claim.relation)
    yield node, pol("source"), source
    yield node, pol("confidence"), decimal_literal(claim.confidence)
    for name, entity in dict(claim.roles).items():
        if name not in ROLES:
            raise ValueError(f"{claim.found_by}: the ontology has no role {name!r}; it has {', '.join(sorted(ROLES))}")
        yield node, pol(name), thing(base, entity.id)
    for name, value in _values(claim):
        yield node, pol(name), value


def _values(claim: Claim) -> list[tuple[str, str]]:
    """Everything a claim says that is no thing: (property, literal or individual)."""
    said = [(name, _value(name, value, claim)) for name, value in dict(claim.values).items()]
    said.append(("foundBy", text_literal(claim.found_by)))
    if claim.year is not None:
        said.append(("year", integer_literal(claim.year)))
    if claim.year is not None and claim.year_to is not None:
        said += [("yearFrom", integer_literal(claim.year)), ("yearTo", integer_literal(claim.year_to))]
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
        return decimal_literal(Decimal(value))
    return integer_literal(value) if isinstance(value, int) else text_literal(value)


def _evidence_triples(iri: str, claim: Claim, base: str) -> Iterator[Triple]:
    document = claim.sentence.part.document
    start, end = document.original(claim.sentence.span)
    evidence, quote, position = f"<{iri}/evidence>", f"<{iri}/quote>", f"<{iri}/position>"
    yield f"<{iri}>", pol("evidence"), evidence
    yield evidence, A, ANNOTATION
    yield evidence, HAS_TARGET, f"<{base}{source_path(document.id)}>"
    yield evidence, HAS_SELECTOR, quote
    yield evidence, HAS_SELECTOR, position
    yield evidence, pol("cleaned"), text_literal(claim.sentence.text)
    if document.form == "pdf":
        yield evidence, pol("page"), integer_literal(document.text.count("\f", 0, start) + 1)
    yield quote, A, QUOTE_SELECTOR
    yield quote, EXACT, text_literal(document.text[start:end])
    yield quote, PREFIX, text_literal(document.text[max(0, start - CONTEXT) : start])
    yield quote, SUFFIX, text_literal(document.text[end : end + CONTEXT])
    yield position, A, POSITION_SELECTOR
    yield position, START, integer_literal(start)
    yield position, END, integer_literal(end)


def _shortcut_triples(iri: str, claim: Claim, base: str) -> Iterator[Triple]:
    roles = dict(claim.roles)
    for subject, predicate, object_ in SHORTCUTS[claim.relation]:
        if subject in roles and not object_:
            yield thing(base, roles[subject].id), pol(predicate), f"<{iri}>"
        elif subject in roles and object_ in roles:
            yield thing(base, roles[subject].id), pol(predicate), thing(base, roles[object_].id)


def copy_quads(file: str, document: str, original: str, base: str = BASE) -> Iterator[str]:
    """The lines of the graph of a copy: its name, and the id of the document that was read in its stead."""
    base = checked_base(base)
    node = f"<{base}{source_path(document)}>"
    for subject, predicate, object_ in _file_triples(node, file, ""):
        yield f"{subject} {predicate} {object_} {node} ."
    yield f"{node} {pol('copyOf')} <{base}{source_path(original)}> {node} ."


def twin_quad(how: str, document: str, part: int | None, of: str, of_part: int | None, base: str = BASE) -> str:
    """The line that says how a part hangs together with one of another document: pol:copyOf, alteredFrom, sharesTextWith.

    Parts are None where the document has one only.
    """
    base = checked_base(base)
    node, other = source_path(document, part), source_path(of, of_part)
    return f"<{base}{node}> {pol(how)} <{base}{other}> <{base}{source_path(document)}> ."
