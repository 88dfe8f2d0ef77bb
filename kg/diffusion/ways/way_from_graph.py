"""A built graph → what its texts say of the way of one programme: the steps that are said, and those by document."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.diffusion.adoptions import Evidence, History
from kg.diffusion.ways.documents import Archive, Document
from kg.diffusion.ways.order import Years, superiors
from kg.diffusion.ways.way import ANY, By, Grade, Step
from kg.graph.iris import POL
from kg.graph.store import PolicyGraph
from kg.model import DateKind, Status

_DIFFUSIONS = """
SELECT ?claim ?kind ?from ?to WHERE {
  ?claim a pol:Diffusion ; pol:program <%s> ; pol:kind ?kind ; pol:from ?from ; pol:to ?to
} ORDER BY ?claim"""
_IMPLEMENTATIONS = """
SELECT ?claim ?place ?object ?by WHERE {
  VALUES ?object { %s }
  ?claim a pol:Implementation ; pol:object ?object ; pol:place ?place . OPTIONAL { ?claim pol:by ?by }
} ORDER BY ?claim"""
_TOLD = """
SELECT ?claim ?sentence ?source ?file ?year ?kind ?status ?confidence WHERE {
  VALUES ?claim { %s }
  ?claim pol:source ?source ; pol:evidence/pol:cleaned ?sentence . ?source pol:file ?file .
  OPTIONAL { ?claim pol:year ?year } OPTIONAL { ?claim pol:dateKind ?kind }
  OPTIONAL { ?claim pol:status ?status } OPTIONAL { ?claim pol:confidence ?confidence }
} ORDER BY ?claim ?file ?source"""
_NAMED = """
SELECT DISTINCT ?source ?document WHERE {
  VALUES ?document { %s }
  ?source pol:mentions ?document
} ORDER BY ?source ?document"""
_SPEAKERS = """
SELECT DISTINCT ?source ?place WHERE {
  ?claim a pol:Adoption ; pol:program <%s> ; pol:source ?source . ?source pol:jurisdiction ?place
} ORDER BY ?source ?place"""
_NAMES = "SELECT ?thing ?name WHERE { VALUES ?thing { %s } ?thing skos:prefLabel ?name } ORDER BY ?thing ?name"

BEGUN = ("前期", "此前", "率先", "先行", "基础上", "经验", "做法", "已")
CLAUSE_END = re.compile("[，；。！？]")
KINDS = {"LearnsFrom": By.LEARNS, "Promotes": By.PROMOTED, "Cooperates": By.COOPERATES}


class Told(NamedTuple):
    """A claim as it stands in its text, and of what time it tells."""

    evidence: Evidence
    time: Years


def _time(year: float | None, kind: str | None) -> Years:
    """Of what a claim tells: a stated year is that year, a document's year only the last possible one."""
    if year is None:
        return ANY
    return Years.year(year) if kind and _local(kind) != DateKind.DOCUMENT else Years(-math.inf, year)


def steps_of(graph: PolicyGraph, history: History, program: str) -> tuple[tuple[Step, ...], dict[str, str]]:
    """What is said of a programme (its id) or follows from a cited document, and the names of all places in it.

    Said: 学习, 推广, 合作 with the programme and both places; a place that carries out a superior's programme, founding
    document, or document with the programme in its title. By document: a unit's part that tells of its adoption names such
    a document, or a superior that adopted plans the programme for the unit in its own text. Whose document it is, the
    lexicon knows or its title begins with; a document of one's own leads nowhere.
    """
    archive = Archive(graph)
    documents = archive.documents_on(program)
    said = [*_diffusions(archive, program), *_implementations(archive, history, program, documents)]
    steps = (*said, *_by_document(graph, history, program, documents))
    ends = sorted({end for step in steps for end in (step.origin, step.destination)})
    values = " ".join(f"<{end}>" for end in ends)
    names = {str(thing): str(name) for thing, name in graph.query(_NAMES % values)}
    return steps, names


def _diffusions(archive: Archive, program: str) -> Iterator[Step]:
    rows = [tuple(map(str, row)) for row in archive.graph.query(_DIFFUSIONS % program)]
    told = _told(archive.graph, (claim for claim, *_ in rows))
    seats, _ = archive.seats
    for claim, kind, origin, destination in rows:
        ends = seats.get(origin, origin), seats.get(destination, destination)
        evidence, time = told[claim]
        yield Step(*ends, Grade.SAID, KINDS[_local(kind)], (evidence,), time=time)


def _implementations(
    archive: Archive, history: History, program: str, documents: Mapping[str, Document]
) -> Iterator[Step]:
    values = " ".join(f"<{iri}>" for iri in [program, *documents])
    rows = list(archive.graph.query(_IMPLEMENTATIONS % values))
    told = _told(archive.graph, (str(claim) for claim, *_ in rows))
    seats, called = archive.seats
    for claim, place, object_, by in rows:
        document = documents.get(str(object_))
        origin = seats.get(str(by), "") or called.get(str(by), "") or (document.place if document else "")
        if _is_superior(history, origin, str(place)):
            evidence, time = told[str(claim)]
            note = document.name if document else ""
            yield Step(origin, str(place), Grade.SAID, By.IMPLEMENTS, (evidence,), note, time)


def _by_document(
    graph: PolicyGraph, history: History, program: str, documents: Mapping[str, Document]
) -> Iterator[Step]:
    """A unit's own text that names a superior's document on the programme; an adopting superior's text with plans for it."""
    named = _named(graph, documents)
    speaker = {str(source): str(place) for source, place in graph.query(_SPEAKERS % program)}
    adoptions = history.by_program.get(program, ())
    adopters = {adoption.unit for adoption in adoptions}
    for unit, evidence in ((a.unit, e) for a in adoptions for e in a.evidence):
        place = speaker.get(evidence.source, "")
        for document in named[evidence.source] if place == unit else ():
            if _is_superior(history, document.place, unit):
                yield Step(document.place, unit, Grade.DOCUMENT, By.NAMES, (evidence,), document.name)
        planned = evidence.status is Status.PLANNED and not _had_begun(evidence.sentence, history.unit[unit].name)
        if planned and place in adopters and _is_superior(history, place, unit):
            yield Step(place, unit, Grade.DOCUMENT, By.PLANNED, (evidence,))


def _named(graph: PolicyGraph, documents: Mapping[str, Document]) -> Mapping[str, list[Document]]:
    """The parts that name these documents."""
    named: dict[str, list[Document]] = defaultdict(list)
    for source, iri in graph.query(_NAMED % " ".join(f"<{iri}>" for iri in documents)):
        named[str(source)].append(documents[str(iri)])
    return named


def _told(graph: PolicyGraph, claims: Iterable[str]) -> dict[str, Told]:
    """The sentence, file and time of each claim."""
    values = " ".join(f"<{claim}>" for claim in claims)
    found: dict[str, Told] = {}
    for claim, sentence, source, file, year, kind, state, confidence in graph.query(_TOLD % values):
        at = float(year) if year else None
        status = Status(_local(state)) if state else None
        evidence = Evidence(str(claim), str(file), str(sentence), str(source), at, status, float(confidence or 1))
        found.setdefault(str(claim), Told(evidence, _time(at, kind)))
    return found


def _had_begun(sentence: str, name: str) -> bool:
    """Whether the clause goes on after the name with words for what was there before: 在鄞州区前期试点基础上."""
    clause = CLAUSE_END.split(sentence.partition(name)[2], maxsplit=1)[0]
    return any(word in clause for word in BEGUN)


def _is_superior(history: History, above: str, unit: str) -> bool:
    return bool(above) and any(superior.id == above for superior in superiors(history, unit))


def _local(iri: str) -> str:
    return iri.removeprefix(POL).rpartition("#")[2].rpartition("/")[2]
