"""ontology/policy.ttl, kg/graph/vocab.py, kg/model.py and the writer of triples speak of the same terms."""

from __future__ import annotations

import re

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kg.graph import ontology, terms
from kg.graph.iris import POL as POL_IRI
from kg.graph.triples import ROLES, SHORTCUTS, VALUES
from kg.graph.vocab import POL
from kg.model import DateKind, Genre, Kind, Level, Relation, Status
from kg.resources import shipped

SCHEMA = Namespace("https://schema.org/")
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
BUILT_IN = tuple(str(space) for space in (OWL, RDF, RDFS))
EVERY_CLAIM = {"source", "evidence", "confidence", "foundBy", "year", "yearFrom", "yearTo", "dateKind", "status"}


@pytest.fixture(scope="module")
def policy() -> Graph:
    return Graph().parse(data=shipped("ontology", "policy.ttl").read_text("utf-8"), format="turtle")


def local(terms_: object) -> set[str]:
    return {str(term).removeprefix(POL_IRI) for term in terms_ if str(term).startswith(POL_IRI)}  # type: ignore[attr-defined]


def test_vocabulary_and_ontology_have_the_same_terms(policy: Graph) -> None:
    """Each name of the one is a name of the other, and a misspelt name is an error."""
    names = {name for name in POL.__annotations__ if not name.startswith("_")} | set(POL._extras)
    assert names == local(policy.subjects()) == ontology.terms()
    assert POL["from"] == URIRef(POL_IRI + "from")
    with pytest.raises(AttributeError, match="adobts"):
        _ = POL.adobts


@pytest.mark.parametrize(
    ("enum", "class_", "others"),
    [
        (Status, "Status", set()),
        (Genre, "Genre", set()),
        (Level, "Level", set()),
        (DateKind, "DateKind", set()),
    ],
)
def test_enums_are_the_individuals_of_their_class(policy: Graph, enum: type, class_: str, others: set[str]) -> None:
    """A member without an individual could not be written; an individual without a member could not be read."""
    assert local(policy.subjects(RDF.type, POL[class_])) == {str(member) for member in enum} | others  # type: ignore[attr-defined]


def test_kinds_of_goals_and_diffusions(policy: Graph) -> None:
    """pol:Planned is a status and a kind of goal."""
    assert local(policy.subjects(RDF.type, POL.GoalKind)) == {"Planned", "Achieved"}
    assert local(policy.subjects(RDF.type, POL.DiffusionKind)) == {"Promotes", "LearnsFrom", "Cooperates"}


def test_kinds_and_relations_are_classes(policy: Graph) -> None:
    """The relations are exactly the subclasses of pol:Claim."""
    classes = local(policy.subjects(RDF.type, OWL.Class))
    assert {str(kind) for kind in Kind} <= classes
    assert local(policy.subjects(RDFS.subClassOf, POL.Claim)) == {str(relation) for relation in Relation}


def test_every_term_is_explained(policy: Graph) -> None:
    """Labels in Chinese and English, a comment in English, for each term."""
    for name in sorted(ontology.terms()):
        node = URIRef(POL_IRI + name)
        labels = sorted(str(label.language) for label in policy.objects(node, RDFS.label) if isinstance(label, Literal))
        comments = [comment.language for comment in policy.objects(node, RDFS.comment) if isinstance(comment, Literal)]
        assert (name, labels, comments) == (name, ["en", "zh"], ["en"])


def test_ontology_is_owl_dl(policy: Graph) -> None:
    """What OWL 2 DL asks of an ontology without class expressions: one type per property, everything declared."""
    declared = set(policy.subjects(RDF.type, OWL.Class)) | set(policy.subjects(RDF.type, OWL.NamedIndividual))
    for kind in PROPERTIES:
        for property_ in policy.subjects(RDF.type, kind):
            assert [k for k in PROPERTIES if (property_, RDF.type, k) in policy] == [kind], property_
            declared.add(property_)
    used: set[Node] = set(policy.predicates())
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, SCHEMA.domainIncludes, SCHEMA.rangeIncludes, RDF.type):
        used |= set(policy.objects(None, predicate))
    foreign = {node for node in used - declared if not str(node).startswith((*BUILT_IN, str(terms.XSD)))}
    assert foreign == set()
    assert not list(policy.subjects(RDFS.domain, None))
    assert not list(policy.subjects(RDFS.range, None))


def test_header(policy: Graph) -> None:
    """The ontology names its version and its licence."""
    header = policy.value(predicate=RDF.type, object=OWL.Ontology)
    assert header == URIRef(POL_IRI.removesuffix("#"))
    assert str(policy.value(header, URIRef("http://purl.org/dc/terms/license"))).endswith("/by/4.0/")
    assert policy.value(header, OWL.versionInfo) is not None


def test_claim_properties_are_those_of_the_ontology(policy: Graph) -> None:
    """What the writer lets through is what the ontology gives to claims, no more and no less."""
    claims = {POL.Claim, *policy.subjects(RDFS.subClassOf, POL.Claim)}
    owned = {p for claim in claims for p in policy.subjects(SCHEMA.domainIncludes, claim)}
    assert local(owned) - EVERY_CLAIM == ROLES | VALUES


def test_shortcuts_are_those_of_the_ontology(policy: Graph) -> None:
    """Each shortcut is annotated at its claim class and is drawn as an arrow with words in both languages."""
    written = {(relation.value, name) for relation, each in SHORTCUTS.items() for _, name, _ in each}
    annotated = {
        (str(claim).removeprefix(POL_IRI), str(name).removeprefix(POL_IRI))
        for claim, name in policy.subject_objects(POL.shortcut)
    }
    assert written == annotated
    assert {name for _, name in written} == set(ontology.edge_labels("zh")) == set(ontology.edge_labels("en"))
    assert ontology.edge_labels()["adopts"] == "采纳"
    assert ontology.labels()["Program"] == "政策项目"


@pytest.mark.parametrize(
    "file", ["shapes.ttl", *(f"queries/{f.name}" for f in shipped("ontology", "queries").iterdir())]
)
def test_no_other_file_uses_an_undeclared_term(file: str) -> None:
    """Shapes and queries spell every pol: term as the ontology does."""
    text = shipped("ontology", *file.split("/")).read_text("utf-8")
    assert set(re.findall(r"\bpol:(\w+)", text)) <= ontology.terms()
