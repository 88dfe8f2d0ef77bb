"""Readings → the things and claims found in each file, with every name that the graph would give them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from kg.gold import folded, lasting
from kg.graph.claim_lines import claim_iri
from kg.graph.labels import lasting_forms
from kg.lexicons import Lexicons
from kg.model import Claim, Entity, Kind, Mention, Reading, Sentence
from kg.rule_quality import with_sentences

Names = Mapping[str, frozenset[str]]  # id of a thing → its names, folded


@dataclass(frozen=True, slots=True)
class FoundThing:
    """Something that a file is read to name."""

    file: str
    entity: Entity
    names: frozenset[str]
    mentions: tuple[tuple[Mention, Sentence], ...]

    @property
    def rules(self) -> frozenset[str]:
        return frozenset(mention.found_by for mention, _ in self.mentions)


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """Something that a file is read to say."""

    file: str
    claim: Claim

    def __str__(self) -> str:
        roles = [entity.name for _, entity in self.claim.roles]
        return " ".join((*roles, *(str(value) for name, value in self.claim.values if name != "inferred")))


def file_of(reading: Reading) -> str:
    """The name by which the gold knows the file."""
    return PurePosixPath(reading.document.file).name


def names_of(readings: Iterable[Reading], lexicons: Lexicons) -> Names:
    """The names that the graph would give each thing: its own, those of the texts that last, those of the lexicons."""
    names: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        forms: dict[str, set[str]] = defaultdict(set)
        entities = [entity for claim in reading.claims for _, entity in claim.roles]
        for mention in reading.mentions:
            if mention.entity is not None:
                forms[mention.entity.id].add(mention.text)
                entities.append(mention.entity)
        for entity in dict.fromkeys(entities):
            written = {entity.written} - {""}
            names[entity.id] |= {entity.name, *lasting_forms(entity, forms[entity.id] | written)}
    for records in (lexicons.programs, lexicons.documents, lexicons.places, lexicons.agencies):
        for record in records:
            if record.entity.id in names:
                names[record.entity.id] |= {record.name, *record.aliases, getattr(record, "en", "")}
    return {id_: frozenset(map(folded, of_one)) - {""} for id_, of_one in names.items()}


def found_things(readings: Iterable[Reading], names: Names) -> Iterator[FoundThing]:
    """Each thing that a file names, in order of the ids; places and agencies by their lasting names."""
    found: dict[tuple[str, Entity], list[tuple[Mention, Sentence]]] = defaultdict(list)
    for reading in readings:
        for mention, sentence in with_sentences(reading):
            if mention.entity is not None:
                found[file_of(reading), mention.entity].append((mention, sentence))
    seen: dict[tuple[str, str], FoundThing] = {}
    for (file, entity), mentions in found.items():
        own = names[entity.id]
        before = seen.get((file, entity.id))
        seen[file, entity.id] = FoundThing(
            file,
            entity,
            lasting(own) if entity.kind in (Kind.PLACE, Kind.AGENCY) else own,
            (*(before.mentions if before else ()), *mentions),
        )
    return (seen[key] for key in sorted(seen))


def found_claims(readings: Iterable[Reading]) -> Iterator[FoundClaim]:
    """Each claim once, as in the graph."""
    for reading in readings:
        claims = {
            claim_iri(claim, f"source/{reading.document.id}/{claim.sentence.part.index}"): claim
            for claim in reading.claims
        }
        yield from (FoundClaim(file_of(reading), claims[iri]) for iri in sorted(claims))
