"""ontology/policy.ttl → the words that views, errors and tables need: terms, labels, what is drawn as an arrow."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from kg.graph.iris import POL, RDFS
from kg.resources import shipped


@cache
def _triples() -> tuple[ox.Triple, ...]:
    text = shipped("ontology", "policy.ttl").read_text("utf-8")
    triples = (quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))
    return tuple(triple for triple in triples if _name(triple))


@cache
def terms() -> frozenset[str]:
    """The local names of all classes, properties and individuals: Program, adopts, Planned …"""
    return frozenset(_name(triple) for triple in _triples())


@cache
def labels(language: str = "zh") -> dict[str, str]:
    """Local name → label: {"Program": "政策项目", …}."""
    return _texts(RDFS + "label", language)


@cache
def comments(language: str = "en") -> dict[str, str]:
    """Local name → what is meant by it: {"year": "Year of the act, …", …}."""
    return _texts(RDFS + "comment", language)


@cache
def edge_labels(language: str = "zh") -> dict[str, str]:
    """Local name of each relation that is drawn as an arrow → what stands at the arrow: {"adopts": "采纳", …}."""
    return _texts(POL + "edgeLabel", language)


def _texts(property_: str, language: str) -> dict[str, str]:
    return {
        _name(triple): triple.object.value
        for triple in _triples()
        if triple.predicate.value == property_
        and isinstance(triple.object, ox.Literal)
        and triple.object.language == language
    }


def _name(triple: ox.Triple) -> str:
    """The local name of what the triple is about; "" for what is not ours."""
    subject = triple.subject
    if isinstance(subject, ox.NamedNode) and subject.value.startswith(POL):
        return subject.value.removeprefix(POL)
    return ""
