"""A number of quads and a seed → the N-Quads of a made-up policy graph, true to the ontology, of claims of all nine kinds.

    python benchmarks/generated.py 1_000_000 FOLDER    writes a graph folder

The graph is written by the project's own writer from readings that are drawn at random: places and programmes of the
lexicons (some far more often than others, as in life), invented documents, groups and schools. The same numbers give the
same graph.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parent.parent))

from kg.graph.iris import BASE, REFERENCE, source_path
from kg.graph.large import prepare, remove_others
from kg.graph.published import GRAPH_FILE, GRAPHS_FILE, GraphWriter, Mark, publish, write_graphs
from kg.graph.triples import quads_of, reference_quads, used_ids
from kg.lexicons import Lexicons, load_lexicons
from kg.model import (
    Claim,
    DateKind,
    Entity,
    Genre,
    Kind,
    Literal,
    Mention,
    Part,
    Reading,
    Relation,
    Sentence,
    Span,
    Status,
)
from kg.texts import read_document, split_sentences

CLAIMS = 40  # of a document
YEARS = range(2005, 2025)
RELATIONS = {
    Relation.ADOPTS: 40,
    Relation.ISSUES: 12,
    Relation.IMPLEMENTS: 8,
    Relation.TARGETS: 8,
    Relation.GOAL: 16,
    Relation.SUCCEEDS: 4,
    Relation.PART_OF: 4,
    Relation.RECOGNIZES: 4,
    Relation.DIFFUSES: 4,
}  # how often each is drawn
Said = tuple[dict[str, Entity], dict[str, Literal]]
T = TypeVar("T")


def generated_quads(quads: int, seed: int = 0) -> Iterator[str]:
    """The lines of a graph of `quads` quads, give or take a document and what the lexicons know of it."""
    for _, _, lines in generated_graphs(quads, seed):
        yield from lines


def generated_graphs(quads: int, seed: int = 0) -> Iterator[tuple[str, str, list[str]]]:
    """The same by named graph: its IRI, the name of its file, its lines."""
    lexicons = load_lexicons()
    world = World(lexicons, random.Random(seed))
    used: set[str] = set()
    written = number = 0
    while written < quads:
        reading = world.reading(number)
        number += 1
        used |= used_ids(reading)
        lines = list(quads_of(reading))
        written += len(lines)
        yield BASE + source_path(reading.document.id), reading.document.file, lines
    yield BASE + REFERENCE, "", list(reference_quads(lexicons, used))


def write_generated(quads: int, folder: Path, seed: int = 0) -> Mark:
    """Publishes such a graph in a folder, as kg build does."""
    draft = folder / ".draft"
    draft.mkdir(parents=True)
    with GraphWriter(draft / GRAPH_FILE) as out:
        for iri, file, lines in generated_graphs(quads, seed):
            out.write(iri, file, (f"{line}\n" for line in lines))
    mark = out.mark(BASE, f"generated {quads} {seed}")
    write_graphs(out.graphs, draft / GRAPHS_FILE)
    prepare(draft / GRAPH_FILE, folder, mark, out.graphs)
    publish(draft / GRAPH_FILE, folder, mark, (GRAPHS_FILE,))
    remove_others(folder, mark)
    draft.rmdir()
    return mark


class World:
    """Everything that documents speak of, and the dice."""

    def __init__(self, lexicons: Lexicons, dice: random.Random) -> None:
        self._dice = dice
        self._places = tuple(place.entity for place in lexicons.places if place.level in ("Prefecture", "County"))
        self._programs = tuple(program.entity for program in lexicons.programs)
        self._programs += tuple(_entity(Kind.PROGRAM, f"第{n}批示范工程") for n in range(1, 500))
        self._documents = tuple(_entity(Kind.POLICY_DOCUMENT, f"关于第{n}项工作的意见") for n in range(1, 2000))
        self._groups = tuple(_entity(Kind.TARGET_GROUP, f"第{n}类学生") for n in range(1, 50))
        self._schools = tuple(_entity(Kind.ORGANIZATION, f"第{n}实验学校") for n in range(1, 500))

    def reading(self, number: int) -> Reading:
        """One document of one part: a title, then a sentence for each claim."""
        place, year = self._often(self._places), self._dice.choice(YEARS)
        relations = self._dice.choices([*RELATIONS], [*RELATIONS.values()], k=CLAIMS)
        said = [self._said(relation, place) for relation in relations]
        titles = [f"{place.name}{year}年工作总结", *map(_sentence, range(len(said)), said)]
        document = read_document("\n".join(titles).encode(), f"{number:06d}.txt")
        bureau = _bureau(place)
        whole = Span(0, len(document.clean))
        part = Part(document, 0, whole, title=titles[0], genre=Genre.SUMMARY, year=year, place=place, agency=bureau)
        sentences = tuple(split_sentences(part))
        claims = tuple(map(self._claim, relations, sentences[1:], said))
        mentions = tuple(_mention(claim.sentence, entity) for claim in claims for _, entity in claim.roles)
        return Reading(document, (part,), sentences, mentions, claims)

    def _claim(self, relation: Relation, sentence: Sentence, said: Said) -> Claim:
        year = sentence.part.year
        return Claim(
            relation,
            sentence,
            "generated",
            tuple(said[0].items()),
            tuple(said[1].items()),
            year=year if self._dice.random() < 0.9 else None,
            date_kind=self._dice.choice([*DateKind]),
            status=self._dice.choice([*Status]),
            confidence=Decimal(self._dice.randrange(50, 100)) / 100,
        )

    def _said(self, relation: Relation, place: Entity) -> Said:
        program, document = self._often(self._programs), self._often(self._documents)
        bureau = _bureau(place)
        match relation:
            case Relation.ADOPTS:
                return {"place": place, "program": program}, {}
            case Relation.ISSUES:
                return {"place": place, "agency": bureau, "document": document}, {}
            case Relation.IMPLEMENTS:
                return {"place": place, "object": self._dice.choice((program, document))}, {"by": "省"}
            case Relation.TARGETS:
                return {"program": program, "group": self._often(self._groups)}, {}
            case Relation.GOAL:
                return {"place": place}, self._goal()
            case Relation.SUCCEEDS:
                first, second = self._dice.sample(self._programs, 2)
                return {"successor": second, "predecessor": first}, {"inferred": True}
            case Relation.PART_OF:
                member, whole = self._dice.sample(self._programs, 2)
                return {"member": member, "whole": whole}, {}
            case Relation.RECOGNIZES:
                return {"place": self._often(self._schools)}, {"title": "示范学校", "by": "省"}
            case Relation.DIFFUSES:
                origin = self._often(self._places)
                return {"from": origin, "to": place, "program": program}, {"kind": "LearnsFrom"}

    def _goal(self) -> dict[str, Literal]:
        value = Decimal(self._dice.randrange(1, 1000)) / 10
        indicator = f"第{self._dice.randrange(200)}项指标"
        kind = self._dice.choice(("Planned", "Achieved"))
        return {"indicator": indicator, "operator": ">=", "value": value, "unit": "%", "kind": kind}

    def _often(self, things: Sequence[T]) -> T:
        """One of them, the first ones more often."""
        return things[int(len(things) * self._dice.random() ** 3)]


def _bureau(place: Entity) -> Entity:
    """Namesakes have one each."""
    return Entity(Kind.AGENCY, f"agency/{place.id[6:]}-教育局", f"{place.name}教育局", jurisdiction=place.id)


def _entity(kind: Kind, name: str) -> Entity:
    path = {
        Kind.PROGRAM: "program",
        Kind.POLICY_DOCUMENT: "policy-document",
        Kind.ORGANIZATION: "organization",
        Kind.TARGET_GROUP: "target-group",
    }[kind]
    return Entity(kind, f"{path}/{name}", name)


def _sentence(number: int, said: Said) -> str:
    roles, values = said
    words = [*(entity.name for entity in roles.values()), *(str(value) for value in values.values())]
    return f"第{number + 1}项工作涉及{'和'.join(words)}等内容，取得新的进展。"


def _mention(sentence: Sentence, entity: Entity) -> Mention:
    at = sentence.span.start + max(0, sentence.text.find(entity.name))
    return Mention(entity.kind, Span(at, at + len(entity.name)), entity.name, entity, "generated")


if __name__ == "__main__":
    print(write_generated(int(sys.argv[1]), Path(sys.argv[2])).quads, "quads")
