"""A graph → the same graph as rdflib has it, for rdflib's users and for pySHACL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib

from kg.graph.iris import XSD
from kg.graph.rows import Term

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

_STRING = XSD + "string"
Triple = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]


def dataset_of(graph: PolicyGraph) -> rdflib.Dataset:
    """The same named graphs, with their union as the default."""
    dataset = rdflib.Dataset(default_union=True)
    for name in graph.dataset.named_graphs():
        part = dataset.graph(rdflib.URIRef(name.value))
        for quad in graph.dataset.quads_for_pattern(None, None, None, name):
            part.add(_converted(quad.triple))
    return dataset


def merged_of(graph: PolicyGraph) -> rdflib.Graph:
    """All named graphs as one."""
    merged = rdflib.Graph()
    for quad in graph.store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        merged.add(_converted(quad.triple))
    return merged


def _converted(triple: ox.Triple) -> Triple:
    return _term(triple.subject), _term(triple.predicate), _term(triple.object)


def _term(term: Term) -> rdflib.term.Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language or term.datatype.value == _STRING:  # rdflib holds "a" and "a"^^xsd:string for different
            return rdflib.Literal(term.value, lang=term.language)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
    return rdflib.BNode(str(term))
