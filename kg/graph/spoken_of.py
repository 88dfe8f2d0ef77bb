"""What was read in a part → the things that it speaks of, and the N-Quads lines about them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from kg.graph.labels import lasting_forms
from kg.graph.terms import ALT_LABEL, PREF_LABEL, A, Nodes, boolean_literal, pol, text_literal
from kg.model import Claim, Entity, Kind, Level, Mention, Part, Reading

_IN_LEXICON, _NUMBER, _LEVEL, _WITHIN, _JURISDICTION = (
    pol(name) for name in ("inLexicon", "number", "level", "within", "jurisdiction")
)
_KINDS = {kind: f"{A} {pol(kind)}" for kind in Kind}


@dataclass(frozen=True, slots=True)
class PartRead:
    """A part, and what was read in it."""

    part: Part
    mentions: Sequence[Mention]
    claims: Sequence[Claim]


def parts_read(reading: Reading) -> tuple[PartRead, ...]:
    """Each part with its mentions and claims; what stands in none is left out."""
    parts = reading.parts
    starts = [part.span.start for part in parts]
    mentions: list[list[Mention]] = [[] for _ in parts]
    claims: list[list[Claim]] = [[] for _ in parts]
    for mention in reading.mentions:
        at = bisect_right(starts, mention.span.start) - 1
        if at >= 0 and mention.span.start < parts[at].span.end:
            mentions[at].append(mention)
    for claim in reading.claims:
        start = claim.sentence.span.start
        at = bisect_right(starts, start) - 1
        if at >= 0 and start < parts[at].span.end:
            claims[at].append(claim)
    return tuple(map(PartRead, parts, mentions, claims))


class SpokenOf:
    """The linked things of one part."""

    def __init__(self, read: PartRead) -> None:
        self.read = read
        self.mentioned = {mention.entity.id for mention in read.mentions if mention.entity}
        self.entities = _apart(_entities(read))
        self._forms: dict[str, set[str]] = {}
        for mention in read.mentions:
            if mention.entity:
                self._forms.setdefault(mention.entity.id, set()).add(mention.text)
        for entity in self.entities:
            if entity.written:
                self._forms.setdefault(entity.id, set()).add(entity.written)

    @property
    def things(self) -> frozenset[tuple[Kind, str]]:
        return frozenset([(entity.kind, entity.id) for entity in self.entities])

    @property
    def used(self) -> frozenset[str]:
        """The ids that the reference graph must know, those of the places that agencies serve among them."""
        served = [entity.jurisdiction for entity in self.entities if entity.jurisdiction]
        return frozenset([*(entity.id for entity in self.entities), *served])

    def lines(self, best: Mapping[str, Entity], nodes: Nodes, end: str) -> Iterator[str]:
        """The lines about its things, of which `best` knows most."""
        for id_ in {entity.id for entity in self.entities}:
            node = nodes[id_]
            for said in _entity(best[id_], self._forms.get(id_, set()), nodes):
                yield f"{node} {said}{end}"


def best_known(entities: Iterable[Entity]) -> Mapping[str, Entity]:
    """One entity per id, the best known of them: a rule that infers a name may not know that a lexicon has it."""
    best: dict[str, Entity] = {}
    for entity in entities:
        if (known := best.setdefault(entity.id, entity)) is not entity and _knowledge(known) < _knowledge(entity):
            best[entity.id] = entity
    return best


def _entities(read: PartRead) -> Iterator[Entity]:
    """Every linked thing that a part speaks of, repeatedly."""
    yield from (entity for entity in (read.part.place, read.part.agency) if entity)
    yield from [mention.entity for mention in read.mentions if mention.entity]
    yield from chain.from_iterable([[entity for _, entity in claim.roles] for claim in read.claims])


def _apart(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Each object once: most names of a text are linked to one that all share."""
    return tuple({id(entity): entity for entity in entities}.values())


def _knowledge(entity: Entity) -> tuple[bool, str, str, str]:
    return entity.in_lexicon, entity.number or "", entity.jurisdiction or "", entity.name


def _entity(entity: Entity, forms: set[str], nodes: Nodes) -> Iterator[str]:
    """Predicate and object of all that is said of a thing."""
    yield _KINDS[entity.kind]
    yield f"{PREF_LABEL} {text_literal(entity.name, 'zh')}"
    for form in lasting_forms(entity, forms - {entity.name}):
        yield f"{ALT_LABEL} {text_literal(form, 'zh')}"
    if entity.kind in (Kind.PROGRAM, Kind.POLICY_DOCUMENT):
        yield f"{_IN_LEXICON} {boolean_literal(entity.in_lexicon)}"
    if entity.number:
        yield f"{_NUMBER} {text_literal(entity.number)}"
    if entity.kind is Kind.PLACE and not entity.in_lexicon:
        yield f"{_LEVEL} {pol(Level.TOWNSHIP if entity.jurisdiction else Level.FOREIGN)}"
    if entity.jurisdiction:
        yield f"{_WITHIN if entity.kind is Kind.PLACE else _JURISDICTION} {nodes[entity.jurisdiction]}"
