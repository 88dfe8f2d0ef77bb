"""A query without an answer → which of its terms stand nowhere in the graph, and which was perhaps meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph.iris import POL, XSD
from kg.graph.ontology import terms
from kg.graph.sparql import did_you_mean, named

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

_VOCABULARY = "SELECT DISTINCT ?term WHERE { { ?s ?term ?o } UNION { ?s a ?term } }"


def nowhere(graph: PolicyGraph, text: str) -> Iterator[str]:
    """One line for each IRI of the query that the graph does not hold: skos:preflabel, pol:Ended, id:program/双减"""
    missing = [(spelt, iri) for spelt, iri in named(text, graph.prefixes) if not _stands(graph, iri)]
    known = [str(row[0]) for row in graph.query(_VOCABULARY)] if missing else []
    for spelt, iri in missing:
        yield f"{spelt} stands nowhere in this graph{_near(iri, known)}"


def _near(iri: str, known: list[str]) -> str:
    """What was perhaps meant, of the same vocabulary; a term of our ontology was meant as it stands."""
    if iri.startswith(POL) and iri.removeprefix(POL) in terms():
        return ""
    start = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
    return did_you_mean(iri.removeprefix(start), (k.removeprefix(start) for k in known if k.startswith(start)))


def _stands(graph: PolicyGraph, iri: str) -> bool:
    if iri.startswith(XSD):
        return True
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return False
    quads = graph.store.quads_for_pattern
    found = (quads(node, None, None), quads(None, node, None), quads(None, None, node), quads(None, None, None, node))
    return any(next(stood, None) is not None for stood in found)
