"""ontology/policy.ttl, kg/graph/vocab.py, kg/model.py and the writer of triples speak of the same terms."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

from kg.cli import main
from kg.graph import ontology
from kg.graph.claim_lines import ROLES, SHORTCUTS, VALUES
from kg.graph.iris import POL as POL_IRI
from kg.graph.ontology_check import check_ontology, ontology_faults
from kg.graph.vocab import POL
from kg.model import DateKind, Genre, Kind, Level, Relation, Status
from kg.resources import shipped

SCHEMA = Namespace("https://schema.org/")
EVERY_CLAIM = {"source", "evidence", "confidence", "foundBy", "year", "yearFrom", "yearTo", "dateKind", "status"}


@pytest.fixture(scope="module")
def policy() -> Graph:
    return Graph().parse(data=shipped("ontology", "policy.ttl").read_text("utf-8"), format="turtle")


def local(terms_: object) -> set[str]:
    return {str(term).removeprefix(POL_IRI) for term in terms_ if str(term).startswith(POL_IRI)}  # type: ignore[attr-defined]


def test_a_misspelt_name_is_an_error() -> None:
    """A name of the vocabulary that is a keyword of Python is there, too."""
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


def test_the_ontology_is_right() -> None:
    """Explained in both languages, with domain and range, declared and used alike, within OWL 2 RL."""
    assert check_ontology() == ()


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ('rdfs:label "年份"@zh , "year"@en', 'rdfs:label "year"@en', "pol:year: needs one rdfs:label in en and zh"),
        ('rdfs:label "年份"@zh', 'rdfs:label "年份"@zh , "年"@zh', "pol:year: needs one rdfs:label in en and zh"),
        ('rdfs:comment "What is issued."@en', 'rdfs:comment ""@en', "pol:document: needs one rdfs:comment"),
        ("schema:domainIncludes pol:Issuance ;", "", "pol:document: has no schema:domainIncludes"),
        ("schema:rangeIncludes pol:ReviewKind", "schema:rangeIncludes pol:Reviews", "pol:Reviews is no declared class"),
        ("schema:rangeIncludes pol:ReviewKind", "schema:rangeIncludes xsd:string", "pol:reviewed: an object property"),
        ("schema:rangeIncludes xsd:boolean", "schema:rangeIncludes pol:Place", "a datatype property has no class"),
        ("schema:domainIncludes pol:Issuance", "rdfs:domain pol:Issuance", "rdfs:domain would change the class"),
        ("pol:Zone a", "pol:Zones a", "pol:Zone, which is not declared"),
        ("pol:Zone a", "pol:Zones a", "pol:Zones: is declared and not used"),
        ("pol:Zone a", "pol:Zones a", "pol:Zones: is not in kg/graph/vocab.py"),
        ("pol:Zone a", "pol:Zones a", "pol:Zone: stands in kg/graph/vocab.py only"),
        ("pol:by a owl:AnnotationProperty", "pol:bye a owl:AnnotationProperty", "pol:by: is written and not declared"),
        ("pol:url a owl:DatatypeProperty", "pol:url a owl:ObjectProperty , owl:DatatypeProperty", "pol:url: is both"),
        ("pol:by a", "pol:by a owl:FunctionalProperty ,", "pol:by: only an object or datatype property"),
        ("pol:url a", "pol:url a owl:TransitiveProperty ,", "pol:url: has a characteristic"),
        ("pol:url a", "pol:url owl:hasKey pol:file ; a", "pol:url: owl:hasKey is not among"),
        ("prov:Entity a owl:Class .", "", "prov:Entity: is used and not declared"),
        ("oa:Annotation a owl:Class .", "", "oa:Annotation: is used and not declared"),
        ("dcterms:replaces a owl:ObjectProperty", "dcterms:replaces a owl:DatatypeProperty", "of another kind than"),
    ],
)
def test_faults_of_an_ontology(was: str, becomes: str, fault: str) -> None:
    """Each rule of the check can be broken, and then it is told which."""
    turtle = shipped("ontology", "policy.ttl").read_text("utf-8")
    shapes = shipped("ontology", "shapes.ttl").read_text("utf-8")
    assert was in turtle
    found = [str(each) for each in ontology_faults(turtle.replace(was, becomes, 1), {"shapes.ttl": shapes})]
    assert any(fault in each for each in found), "\n".join(found)


def test_kg_validate_ontology() -> None:
    """The command says how many terms there are."""
    done = CliRunner().invoke(main, ["validate", "--ontology"])
    assert (done.exit_code, done.output) == (
        0,
        f"{len(ontology.terms())} terms, each declared, explained in zh and en, and used; OWL 2 RL\n",
    )
    assert CliRunner().invoke(main, ["validate"]).exit_code == 2


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
