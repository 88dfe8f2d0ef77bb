"""A built graph → the policy documents on each programme: whose they are and when they were issued, and who names it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kg.diffusion.ways.direction import Origin
from kg.graph.store import PolicyGraph

_DOCUMENTS = """
SELECT ?document ?label ?issuer ?issued ?number WHERE {
  ?document a pol:PolicyDocument ; skos:prefLabel|skos:altLabel ?label .
  OPTIONAL { ?document pol:issuer ?issuer } OPTIONAL { ?document dcterms:issued ?issued }
  OPTIONAL { ?document pol:number ?number }
} ORDER BY ?document ?label ?issuer ?issued ?number"""
_SEATS = """
SELECT ?body ?place ?label WHERE {
  { ?body a pol:Agency ; pol:jurisdiction ?place ; skos:prefLabel|skos:altLabel ?label }
  UNION { ?body a pol:Place ; skos:prefLabel ?label . BIND(?body AS ?place) }
} ORDER BY ?body ?place ?label"""
_LABELS = "SELECT ?program ?label WHERE { ?program a pol:Program ; skos:prefLabel|skos:altLabel ?label }"
_FOUNDING = "SELECT ?program ?document WHERE { ?program pol:foundingDocument ?document } ORDER BY ?program ?document"
_FOUNDED = """
SELECT ?program ?name ?issued ?issuer WHERE {
  ?program pol:foundingDocument ?document . ?document skos:prefLabel ?name ; dcterms:issued ?issued ; pol:issuer ?issuer
} ORDER BY ?program ?issued ?issuer"""
_NAMING = """
SELECT DISTINCT ?program ?place WHERE {
  ?program a pol:Program . ?source pol:mentions ?program ; pol:jurisdiction ?place
} ORDER BY ?program ?place"""

YEAR = re.compile(r"^(\d{4})")
YEAR_OF_NUMBER = re.compile(r"[〔\[［（(【](\d{4})[〕\]］）)】]")


@dataclass(frozen=True, slots=True)
class Document:
    """A policy document that a graph knows."""

    iri: str
    name: str
    place: str  # id of the place whose body issued it; empty where that is not known
    year: int | None  # in which it was issued, as the lexicon knows it or its number says: 教师〔2014〕4号


class Archive:
    """The documents of a graph, and which place a body or a name belongs to; each asked for once."""

    def __init__(self, graph: PolicyGraph) -> None:
        self.graph = graph

    @cached_property
    def seats(self) -> tuple[dict[str, str], dict[str, str]]:
        """Body → its place, and the name of a body or place → the place; a name of two places is none."""
        places: dict[str, str] = {}
        called: dict[str, set[str]] = defaultdict(set)
        for body, place, label in self.graph.query(_SEATS):
            places[str(body)] = str(place)
            called[str(label)].add(str(place))
        return places, {name: min(of) for name, of in called.items() if len(of) == 1}

    def documents_on(self, program: str) -> dict[str, Document]:
        """The documents that found a programme or have it in their title, by IRI."""
        labels = [label for label in self.labels.get(program, ()) if label in self._titles]
        founding = self.founding.get(program, set())
        found: dict[str, Document] = {}
        for iri, title, issuer, issued, number in self.documents if labels or founding else ():
            if iri in founding or any(label in str(title) for label in labels):
                place = self.seats[0].get(str(issuer), "") or self.issuing(str(title))
                if str(iri) not in found or (place and not found[str(iri)].place):
                    found[str(iri)] = Document(str(iri), str(title), place, _issued(issued, number))
        return found

    @cached_property
    def documents(self) -> list[tuple[str | None, ...]]:
        """Every document with its title, issuer, year and number."""
        return list(self.graph.query(_DOCUMENTS))

    @cached_property
    def labels(self) -> dict[str, set[str]]:
        """Programme → its names."""
        labels: dict[str, set[str]] = defaultdict(set)
        for program, label in self.graph.query(_LABELS):
            if label:
                labels[str(program)].add(label)
        return labels

    @cached_property
    def _titles(self) -> str:
        return "\n".join(sorted({str(title) for _, title, *_ in self.documents}))

    @cached_property
    def founding(self) -> dict[str, set[str]]:
        """Programme → its founding documents."""
        founding: dict[str, set[str]] = defaultdict(set)
        for program, document in self.graph.query(_FOUNDING):
            founding[str(program)].add(str(document))
        return founding

    def issuing(self, title: str) -> str:
        """The place whose body or name a title begins with, the longest that does: 江苏省教育厅等部门关于…的意见."""
        names = self.seats[1]
        longest = next((title[:end] for end in range(len(title), 1, -1) if title[:end] in names), "")
        return names.get(longest, "")


def origins_of(graph: PolicyGraph) -> dict[str, Origin]:
    """Programme → its founding document as an act of the government that issued it, where year and issuer are known."""
    seats, _ = Archive(graph).seats
    found: dict[str, Origin] = {}
    for program, name, issued, issuer in graph.query(_FOUNDED):
        place, year = seats.get(str(issuer)), _issued(issued, None)
        if place is not None and year is not None:
            found.setdefault(str(program), Origin(place, str(name), year))
    return found


def documents_of(graph: PolicyGraph, programs: Iterable[str]) -> dict[str, dict[str, Origin]]:
    """Programme → place → the first document on the programme that a body of it issued, where its year is known."""
    archive = Archive(graph)
    return {program: _first_documents(archive.documents_on(program).values()) for program in programs}


def _first_documents(documents: Iterable[Document]) -> dict[str, Origin]:
    found: dict[str, Origin] = {}
    for document in documents:
        if document.place and document.year is not None:
            known = found.get(document.place)
            if known is None or document.year < known.year:
                found[document.place] = Origin(document.place, document.name, document.year)
    return found


def speakers_of(graph: PolicyGraph) -> dict[str, set[str]]:
    """Programme → the places whose own texts name it, whatever they say of it."""
    found: dict[str, set[str]] = defaultdict(set)
    for program, place in graph.query(_NAMING):
        found[str(program)].add(str(place))
    return found


def _issued(issued: str | None, number: str | None) -> int | None:
    """2014, from 2014 or 教师〔2014〕4号."""
    found = YEAR.search(issued or "") or YEAR_OF_NUMBER.search(number or "")
    return int(found[1]) if found else None
