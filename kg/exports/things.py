"""A graph → its things with everything said of them, ready for tables and networks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from kg.graph.iris import POL, SKOS
from kg.graph.rows import Term, text_of
from kg.graph.store import PolicyGraph
from kg.model import Kind

_SAID = """
SELECT ?thing ?property ?value WHERE { ?thing a pol:%s ; ?property ?value } ORDER BY ?thing ?property ?value"""
_NAMES = "SELECT ?thing ?name WHERE { ?thing skos:prefLabel ?name } ORDER BY ?thing ?name"
_PREFERRED, _OTHER = SKOS + "prefLabel", SKOS + "altLabel"
ALSO = "|"  # between the values of one cell


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of a graph. `said` has all values of each property, by the property's IRI."""

    iri: str
    id: str  # place/210200
    said: Mapping[str, tuple[Term, ...]]

    @property
    def name(self) -> str:
        return next(self.texts(_PREFERRED), self.id.partition("/")[2])

    @property
    def english(self) -> str:
        """The first English name, or nothing."""
        return next((str(text_of(name)) for name in self._other if getattr(name, "language", "") == "en"), "")

    @property
    def aliases(self) -> tuple[str, ...]:
        """All other names."""
        return tuple(name for name in map(str, map(text_of, self._other)) if name not in (self.name, self.english))

    @property
    def level(self) -> str:
        return next(self.texts(POL + "level"), "").removeprefix(POL)

    @property
    def code(self) -> str:
        return next(self.texts(SKOS + "notation"), "")

    def texts(self, property_: str) -> Iterator[str]:
        return (str(text_of(value)) for value in self.said.get(property_, ()))

    @property
    def _other(self) -> tuple[Term, ...]:
        return self.said.get(_OTHER, ())


def things_of(graph: PolicyGraph, class_: str) -> Iterator[Thing]:
    """All things of a class of the ontology, in order of their IRIs."""
    said: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for thing, property_, value in graph.query(_SAID % class_).terms:
        if value is not None:
            said[str(text_of(thing))][str(text_of(property_))].append(value)
    for iri, properties in said.items():
        yield Thing(iri, id_of(graph, iri), {name: tuple(values) for name, values in properties.items()})


def things_by_id(graph: PolicyGraph) -> dict[str, tuple[Kind, Thing]]:
    """Everything that a claim may speak of."""
    return {thing.id: (kind, thing) for kind in Kind for thing in things_of(graph, kind)}


def names_of(graph: PolicyGraph) -> dict[str, str]:
    """IRI → preferred name."""
    names: dict[str, str] = {}
    for thing, name in graph.query(_NAMES):
        names.setdefault(str(thing), str(name))
    return names


def id_of(graph: PolicyGraph, iri: str) -> str:
    """`https://…/place/210200` → `place/210200`; what lies elsewhere keeps its IRI."""
    return unquote(iri.removeprefix(graph.base)) if iri.startswith(graph.base) else iri
