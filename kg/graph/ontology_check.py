"""ontology/policy.ttl → what is wrong with it: words, domains and ranges, terms that nothing uses, the rules of OWL 2 RL.

What is checked of OWL 2 (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL) is what an ontology without class expressions can
break: one kind per property, everything declared that is used, characteristics only where they may stand, and of OWL's
own terms only those that the profile allows and that are understood here. What is in RL is in OWL 2 DL, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import pyoxigraph as ox

from kg.graph.claim_lines import ROLES, SHORTCUTS, VALUES
from kg.graph.iris import POL, RDF, RDFS, XSD
from kg.graph.ontology_statements import COMMENT, DOMAIN, LABEL, OWL, RANGE, TYPE, Ontology, ontology_of
from kg.graph.shape_words import prefixed
from kg.patterns import regex
from kg.resources import shipped

_KINDS = tuple(OWL + name for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty"))
_OBJECT, _DATA, _ANNOTATION = _KINDS
_OF_OBJECTS = tuple(
    OWL + f"{name}Property" for name in ("InverseFunctional", "Transitive", "Symmetric", "Asymmetric", "Irreflexive")
)
_FUNCTIONAL = OWL + "FunctionalProperty"
_CLASS, _INDIVIDUAL = OWL + "Class", OWL + "NamedIndividual"
_OTHERS = ("Ontology", "AllDisjointClasses", "members", "versionIRI", "versionInfo", "inverseOf", "deprecated")
_UNDERSTOOD = frozenset({*_KINDS, *_OF_OBJECTS, _FUNCTIONAL, _CLASS, _INDIVIDUAL, *(OWL + name for name in _OTHERS)})
_BUILT_IN = (OWL, RDF, RDFS, XSD)
_TERM = regex(r"\bpol:(\w+)")
_IGNORED = regex(r"#[^\n>]*$", re.M)


class Fault(NamedTuple):
    """One thing to mend."""

    term: str  # pol:year, or the file that uses a term
    fault: str

    def __str__(self) -> str:
        return f"{self.term}: {self.fault}"


def check_ontology() -> tuple[Fault, ...]:
    """The faults of the ontology, shapes and queries that come with the package."""
    queries = sorted(shipped("ontology", "queries").iterdir(), key=lambda file: file.name)
    users = {f"queries/{file.name}": file.read_text("utf-8") for file in queries}
    users["shapes.ttl"] = shipped("ontology", "shapes.ttl").read_text("utf-8")
    return ontology_faults(shipped("ontology", "policy.ttl").read_text("utf-8"), users)


def ontology_faults(turtle: str, users: Mapping[str, str]) -> tuple[Fault, ...]:
    """The faults of an ontology in Turtle, beside the files (name → text) that use its terms."""
    ontology = ontology_of(turtle)
    checks = (_words(ontology), _ends(ontology), _usage(ontology, users), _vocabulary(ontology), _profile(ontology))
    return tuple(sorted({fault for faults in checks for fault in faults}))


def _words(ontology: Ontology) -> Iterator[Fault]:
    """One label in each language, and a comment."""
    for term in ontology.ours:
        for property_, languages in ((LABEL, ("en", "zh")), (COMMENT, ("en",))):
            found = ontology.said[term].get(property_, ())
            given = sorted(str(text.language) for text in found if isinstance(text, ox.Literal) and text.value)
            if given != [*languages]:
                wanted = " and ".join(languages)
                yield Fault(prefixed(term), f"needs one {prefixed(property_)} in {wanted}; it has {given or 'none'}")


def _ends(ontology: Ontology) -> Iterator[Fault]:
    """What a property may stand between: things have classes, literals have datatypes."""
    classes = ontology.of_type(_CLASS)
    about_terms = {predicate for term in ontology.ours for predicate in ontology.said[term]}
    for term in sorted({*ontology.ours} & frozenset().union(*map(ontology.of_type, _KINDS)) - about_terms):
        for end in (DOMAIN, RANGE):
            if not ontology.values(term, end):
                yield Fault(prefixed(term), f"has no {prefixed(end)}")
        literals = {value for value in ontology.values(term, RANGE) if value.startswith(XSD)}
        things = {*ontology.values(term, DOMAIN), *ontology.values(term, RANGE)} - literals
        yield from (Fault(prefixed(term), f"{prefixed(end)} is no declared class") for end in sorted(things - classes))
        if literals and _OBJECT in ontology.values(term, TYPE):
            yield Fault(prefixed(term), "an object property has no datatype in its range")
        if {*ontology.values(term, RANGE)} - literals and _DATA in ontology.values(term, TYPE):
            yield Fault(prefixed(term), "a datatype property has no class in its range")
    for end in (RDFS + "domain", RDFS + "range"):
        stated = [subject for subject in ontology.said if ontology.values(subject, end)]
        yield from (Fault(prefixed(term), f"{prefixed(end)} would change the class of things") for term in stated)


def _usage(ontology: Ontology, users: Mapping[str, str]) -> Iterator[Fault]:
    """Declared and used agree: in shapes, queries, what is written, and the ontology itself."""
    declared = {term.removeprefix(POL) for term in ontology.ours}
    used = {predicate for shortcuts in SHORTCUTS.values() for _, predicate, _ in shortcuts} | ROLES | VALUES
    yield from (Fault(f"pol:{name}", "is written and not declared") for name in sorted(used - declared))
    for file, text in users.items():
        names = set(_TERM.findall(_IGNORED.sub("", text)))
        used |= names
        yield from (Fault(file, f"uses pol:{name}, which is not declared") for name in sorted(names - declared))
    used |= {iri.removeprefix(POL) for iri in _spoken_of(ontology)}
    yield from (Fault(f"pol:{name}", "is declared and not used") for name in sorted(declared - used))


def _spoken_of(ontology: Ontology) -> Iterator[str]:
    """What the ontology says something with: predicates, and objects other than the subject."""
    for subject, said in ontology.said.items():
        for predicate in said:
            yield predicate
            yield from (value for value in ontology.values(subject, predicate) if value != subject)


def _vocabulary(ontology: Ontology) -> Iterator[Fault]:
    """The names that Python knows are those of the ontology."""
    from kg.graph.vocab import POL as VOCABULARY

    names = {name for name in VOCABULARY.__annotations__ if not name.startswith("_")} | set(VOCABULARY._extras)
    declared = {term.removeprefix(POL) for term in ontology.ours}
    yield from (Fault(f"pol:{name}", "is not in kg/graph/vocab.py") for name in sorted(declared - names))
    yield from (Fault(f"pol:{name}", "stands in kg/graph/vocab.py only") for name in sorted(names - declared))


def _profile(ontology: Ontology) -> Iterator[Fault]:
    """The rules of OWL 2 RL."""
    for subject in sorted(ontology.said):
        types = ontology.values(subject, TYPE)
        yield from (Fault(prefixed(subject), fault) for fault in _wrong_kind(types))
        used = [*ontology.said[subject], *types]
        outside = sorted(iri for iri in used if iri.startswith(OWL) and iri not in _UNDERSTOOD)
        yield from (
            Fault(prefixed(subject), f"{prefixed(iri)} is not among what is used of OWL 2 RL") for iri in outside
        )
    yield from _undeclared(ontology)
    yield from _crossed(ontology)


def _wrong_kind(types: Iterable[str]) -> Iterator[str]:
    kinds = [kind for kind in (*_KINDS, _CLASS) if kind in types]
    if len(kinds) > 1:
        yield f"is both {' and '.join(map(prefixed, kinds))}"
    if _FUNCTIONAL in types and not {_OBJECT, _DATA} & {*types}:
        yield "only an object or datatype property can be functional"
    if {*_OF_OBJECTS} & {*types} and _OBJECT not in types:
        yield "has a characteristic that only an object property can have"


def _undeclared(ontology: Ontology) -> Iterator[Fault]:
    """Properties and classes of others are declared here before they are used."""
    declared = frozenset().union(*map(ontology.of_type, (*_KINDS, _CLASS)))
    of_classes = (TYPE, RDFS + "subClassOf", RDFS + "subPropertyOf", DOMAIN, RANGE)
    used = {predicate for said in ontology.said.values() for predicate in said}
    used |= {value for subject in ontology.said for each in of_classes for value in ontology.values(subject, each)}
    missing = sorted(iri for iri in used - declared if not iri.startswith(_BUILT_IN))
    yield from (Fault(prefixed(iri), "is used and not declared") for iri in missing)


def _crossed(ontology: Ontology) -> Iterator[Fault]:
    """A property is below one of its own kind."""
    for subject in ontology.said:
        for above in ontology.values(subject, RDFS + "subPropertyOf"):
            kinds = [{*ontology.values(each, TYPE)} & {*_KINDS} for each in (subject, above)]
            if kinds[0] != kinds[1]:
                yield Fault(prefixed(subject), f"is of another kind than {prefixed(above)}, which it is below")
