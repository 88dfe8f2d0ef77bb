"""A built graph → what its texts say of the way of one programme: the steps that are said, and those by document."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.diffusion.adoptions import Evidence, History
from kg.diffusion.naming import word_of
from kg.diffusion.ways.documents import Archive, Document
from kg.diffusion.ways.order import Years, superiors
from kg.diffusion.ways.way import ANY, By, Grade, Step
from kg.graph.iris import POL
from kg.graph.store import PolicyGraph
from kg.model import DateKind, Status

_DIFFUSIONS = """
SELECT ?claim ?program ?kind ?from ?to WHERE {
  VALUES ?program { %s }
  ?claim a pol:Diffusion ; pol:program ?program ; pol:kind ?kind ; pol:from ?from ; pol:to ?to
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
SELECT DISTINCT ?source ?program ?place WHERE {
  VALUES ?program { %s }
  ?claim a pol:Adoption ; pol:program ?program ; pol:source ?source . ?source pol:jurisdiction ?place
} ORDER BY ?source ?program ?place"""
_NAMES = "SELECT ?thing ?name WHERE { VALUES ?thing { %s } ?thing skos:prefLabel ?name } ORDER BY ?thing ?name"

BEGUN = ("前期", "此前", "率先", "先行", "基础上", "经验", "做法", "已")
CLAUSE_END = re.compile("[，；。！？]")
DocumentsOn = Mapping[str, Mapping[str, Document]]  # programme → the documents on it, by IRI
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
    steps = steps_of_all(graph, history, (program,))[program]
    ends = sorted({end for step in steps for end in (step.origin, step.destination)})
    names = {str(thing): str(name) for thing, name in graph.query(_NAMES % _values(ends))}
    return steps, names


def steps_of_all(graph: PolicyGraph, history: History, programs: Sequence[str]) -> dict[str, tuple[Step, ...]]:
    """The steps of each of these programmes, as `steps_of` has them; the graph is asked once for all of them."""
    archive = Archive(graph)
    documents = {program: archive.documents_on(program) for program in programs}
    said = _diffusions(archive, programs), _implementations(archive, history, documents)
    by_document = _by_document(graph, history, documents)
    return {program: tuple(step for of in (*said, by_document) for step in of[program]) for program in programs}


def _diffusions(archive: Archive, programs: Iterable[str]) -> Mapping[str, list[Step]]:
    asked = archive.graph.query(_DIFFUSIONS % _values(programs))
    rows = [row for row in (tuple(map(str, row)) for row in asked) if _local(row[2]) in KINDS]
    told = _told(archive.graph, (claim for claim, *_ in rows))
    seats, _ = archive.seats
    found: dict[str, list[Step]] = defaultdict(list)
    for claim, program, kind, origin, destination in rows:
        ends = seats.get(origin, origin), seats.get(destination, destination)
        evidence, time = told[claim]
        found[program].append(Step(*ends, Grade.SAID, KINDS[_local(kind)], (evidence,), time=time))
    return found


def _implementations(archive: Archive, history: History, documents: DocumentsOn) -> Mapping[str, list[Step]]:
    concerned = _programs_by_object(documents)
    rows = [tuple(row) for row in archive.graph.query(_IMPLEMENTATIONS % _values(concerned))]
    told = _told(archive.graph, (str(claim) for claim, *_ in rows))
    seats, called = archive.seats
    found: dict[str, list[Step]] = defaultdict(list)
    for claim, place, object_, by in rows:
        for program in concerned[str(object_)]:
            document = documents[program].get(str(object_))
            origin = seats.get(str(by), "") or called.get(str(by), "") or (document.place if document else "")
            if _is_superior(history, origin, str(place)):
                evidence, time = told[str(claim)]
                note = document.name if document else ""
                found[program].append(Step(origin, str(place), Grade.SAID, By.IMPLEMENTS, (evidence,), note, time))
    return found


def _programs_by_object(documents: DocumentsOn) -> dict[str, list[str]]:
    """What may be carried out, a programme or a document on it → the programmes that this concerns."""
    concerned: dict[str, list[str]] = defaultdict(list)
    for program, of in documents.items():
        for object_ in dict.fromkeys((program, *of)):
            concerned[object_].append(program)
    return concerned


def _by_document(graph: PolicyGraph, history: History, documents: DocumentsOn) -> Mapping[str, list[Step]]:
    """The steps of each programme that follow from a document or a plan."""
    named = _named(graph, {iri for of in documents.values() for iri in of})
    speakers: dict[str, dict[str, str]] = defaultdict(dict)
    for source, program, place in graph.query(_SPEAKERS % _values(documents)):
        speakers[str(program)][str(source)] = str(place)
    return {program: list(_cited(history, program, of, named, speakers[program])) for program, of in documents.items()}


def _cited(
    history: History,
    program: str,
    documents: Mapping[str, Document],
    named: Mapping[str, list[str]],
    speaker: Mapping[str, str],
) -> Iterator[Step]:
    """A unit's own text that names a superior's document on the programme; an adopting superior's text with plans for it."""
    adoptions = history.by_program.get(program, ())
    adopters = {adoption.unit for adoption in adoptions}
    for unit, evidence in ((a.unit, e) for a in adoptions for e in a.evidence):
        place = speaker.get(evidence.source, "")
        for iri in named.get(evidence.source, ()) if place == unit else ():
            if iri in documents and _is_superior(history, documents[iri].place, unit):
                yield Step(documents[iri].place, unit, Grade.DOCUMENT, By.NAMES, (evidence,), documents[iri].name)
        planned = evidence.status is Status.PLANNED and not _had_begun(evidence.sentence, history.unit[unit].name)
        if planned and place in adopters and _is_superior(history, place, unit):
            yield Step(place, unit, Grade.DOCUMENT, By.PLANNED, (evidence,))


def _named(graph: PolicyGraph, documents: Iterable[str]) -> Mapping[str, list[str]]:
    """The documents that each part names."""
    named: dict[str, list[str]] = defaultdict(list)
    for source, iri in graph.query(_NAMED % _values(sorted(documents))):
        named[str(source)].append(str(iri))
    return named


def _told(graph: PolicyGraph, claims: Iterable[str]) -> dict[str, Told]:
    """The sentence, file and time of each claim."""
    found: dict[str, Told] = {}
    for claim, sentence, source, file, year, kind, state, confidence in graph.query(_TOLD % _values(claims)):
        at = float(year) if year else None
        status, sure = word_of(Status, state), float(confidence or 1)
        evidence = Evidence(str(claim), str(file), str(sentence), str(source), at, status, sure)
        found.setdefault(str(claim), Told(evidence, _time(at, kind)))
    return found


def _values(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


def _had_begun(sentence: str, name: str) -> bool:
    """Whether the clause goes on after the name with words for what was there before: 在鄞州区前期试点基础上."""
    clause = CLAUSE_END.split(sentence.partition(name)[2], maxsplit=1)[0]
    return any(word in clause for word in BEGUN)


def _is_superior(history: History, above: str, unit: str) -> bool:
    return bool(above) and any(superior.id == above for superior in superiors(history, unit))


def _local(iri: str) -> str:
    return iri.removeprefix(POL).rpartition("#")[2].rpartition("/")[2]
