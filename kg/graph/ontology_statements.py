"""The text of ontology/policy.ttl → what it says of each term, in the order of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph.iris import POL, PREFIXES, RDF, RDFS
from kg.graph.rows import Term

OWL = PREFIXES["owl"]
DOMAIN, RANGE = (PREFIXES["schema"] + name for name in ("domainIncludes", "rangeIncludes"))
TYPE, LABEL, COMMENT, BELOW = RDF + "type", RDFS + "label", RDFS + "comment", RDFS + "subClassOf"


@dataclass(frozen=True, slots=True)
class Ontology:
    """The statements of an ontology file, each subject with what is said of it."""

    said: Mapping[str, Mapping[str, tuple[Term, ...]]]

    def values(self, subject: str, predicate: str) -> tuple[str, ...]:
        return tuple(str(getattr(o, "value", o)) for o in self.said.get(subject, {}).get(predicate, ()))

    def text(self, subject: str, predicate: str, language: str) -> str:
        """The text in a language; "" where there is none."""
        found = self.said.get(subject, {}).get(predicate, ())
        return next((o.value for o in found if isinstance(o, ox.Literal) and o.language == language), "")

    def of_type(self, type_: str) -> frozenset[str]:
        return frozenset(subject for subject in self.said if type_ in self.values(subject, TYPE))

    @property
    def ours(self) -> tuple[str, ...]:
        """The IRIs of our own terms, in order."""
        return tuple(sorted(subject for subject in self.said if subject.startswith(POL)))


def ontology_of(turtle: str) -> Ontology:
    """The ontology that a Turtle text states."""
    said: dict[str, dict[str, tuple[Term, ...]]] = {}
    for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        of_subject = said.setdefault(str(getattr(quad.subject, "value", quad.subject)), {})
        of_subject[quad.predicate.value] = (*of_subject.get(quad.predicate.value, ()), quad.object)
    return Ontology(said)
