"""Shapes compiled to SPARQL find what pySHACL finds, on graphs that conform and on broken ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.broken import broken
from kg.errors import GraphError
from kg.graph.iris import BASE, POL, PREFIXES
from kg.graph.shacl import node_shapes
from kg.graph.shape_queries import checks_of
from kg.graph.shapes import Violation, shapes_text, validate, violations
from kg.graph.shapes_reference import reference_violations
from kg.graph.store import PolicyGraph, open_graph
from kg.graph.triples import write_nquads
from kg.pipeline import build
from kg.resources import shipped

HEAD = "".join(f"@prefix {name}: <{start}> .\n" for name, start in PREFIXES.items())
HEAD += "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
RANGES = ("LessThan", "LessThanOrEquals", "MinInclusive", "MaxInclusive")
Verdict = tuple[str, str, str]  # focus node, path, component


def verdicts(found: Iterable[Violation]) -> set[Verdict]:
    return {violation[:3] for violation in found}


def comparable(found: set[Verdict]) -> set[Verdict]:
    """Without the order of values of a wrong datatype: pySHACL compares them by the names of their datatypes."""
    wrong = {node for node, _, component in found if component == "Datatype"}
    return {verdict for verdict in found if verdict[0] not in wrong or verdict[2] not in RANGES}


def opened(quads: Iterable[ox.Quad], folder: Path) -> PolicyGraph:
    write_nquads((f"{quad} ." for quad in quads), folder / "graph.nq")
    return open_graph(folder)


def quads_in(folder: Path) -> list[ox.Quad]:
    return list(ox.parse(path=str(folder / "graph.nq"), format=ox.RdfFormat.N_QUADS))


def assert_agree(quads: Sequence[ox.Quad], seed: int, damages: int, folder: Path) -> set[Verdict]:
    graph = opened(broken(quads, seed, damages), folder)
    ours, theirs = verdicts(violations(graph, shapes_text())), verdicts(reference_violations(graph, shapes_text()))
    assert comparable(ours) == comparable(theirs)
    assert bool(ours) == bool(theirs)
    return theirs


def test_broken_graphs(folder: Path, tmp_path: Path) -> None:
    """The same nodes, properties and kinds of constraint, and every kind that the shapes use is broken by now."""
    quads = quads_in(folder)
    seen = {component for seed in range(12) for _, _, component in assert_agree(quads, seed, 60, tmp_path)}
    stated = {
        constraint.component
        for shape in node_shapes(shapes_text())
        for each in (shape.shape, *shape.properties)
        for constraint in each.constraints
    }
    assert stated - seen <= {"Disjoint"}  # a programme that succeeds itself: below


def test_examples(tmp_path: Path) -> None:
    """The bundled documents: nothing is wrong with their graph; whole and broken, both ways say the same."""
    built = build([Path(str(shipped("data", "examples")))], tmp_path / "graph").folder
    assert validate(built).problems == ()
    assert assert_agree(quads_in(built), 1, 500, tmp_path)


@pytest.mark.parametrize(
    ("constraint", "component", "value"),
    [
        ("sh:minCount 2", "MinCount", "1"),
        ("sh:maxCount 1", "MaxCount", '1 , "a"'),
        ("sh:datatype xsd:integer", "Datatype", "1.5"),
        ("sh:datatype xsd:integer", "", "123456789012345678901234567890"),
        ("sh:datatype xsd:integer", "Datatype", '"many"^^xsd:integer'),
        ("sh:datatype xsd:boolean", "Datatype", '"yes"^^xsd:boolean'),
        ("sh:datatype xsd:date", "Datatype", '"2015-02-30"^^xsd:date'),
        ("sh:datatype xsd:date", "", '"2016-02-29"^^xsd:date'),
        ("sh:datatype xsd:string", "Datatype", '"县"@zh'),
        ('sh:languageIn ( "zh" )', "LanguageIn", '"county"@en'),
        ('sh:languageIn ( "zh" )', "", '"县"@zh-hans'),
        ("sh:class pol:Place", "Class", "pol:elsewhere"),
        ("sh:class pol:Place", "", "pol:town"),  # of a class that the graph puts below pol:Place
        ("sh:or ( [ sh:class pol:Place ] [ sh:datatype xsd:string ] )", "Or", "1"),
        ("sh:or ( [ sh:class pol:Place ] [ sh:datatype xsd:string ] )", "", '"某地"'),
        ("sh:in ( pol:Planned 1 )", "In", "2"),
        ("sh:in ( pol:Planned 1 )", "In", "1.0"),
        ("sh:nodeKind sh:IRIOrLiteral", "NodeKind", "[]"),
        ("sh:minLength 2", "MinLength", '"县"'),
        ("sh:maxLength 2", "MaxLength", '"县管校聘"'),
        ("sh:minInclusive 1800", "MinInclusive", '"1999"'),
        ("sh:maxInclusive 2100", "MaxInclusive", "2100.5"),
        ("sh:lessThan pol:yearTo", "LessThan", "2020"),
        ("sh:lessThanOrEquals pol:yearTo", "", "2020"),
        ("sh:disjoint pol:yearTo", "Disjoint", "2020"),
    ],
)
def test_each_constraint(constraint: str, component: str, value: str, tmp_path: Path) -> None:
    """What each constraint refuses and what it lets pass."""
    shapes = f"{HEAD} pol:S sh:targetClass pol:Goal ; sh:property [ sh:path pol:year ; {constraint} ] ."
    said = f"{HEAD} pol:g a pol:Goal ; pol:yearTo 2020 ; pol:year {value} ."
    said += (
        " pol:town a pol:Town . pol:Town rdfs:subClassOf pol:Settlement . pol:Settlement rdfs:subClassOf pol:Place ."
    )
    graph = opened((ox.Quad(*t, ox.NamedNode(BASE + "source/1")) for t in triples(said)), tmp_path)
    found = violations(graph, shapes)
    assert verdicts(found) == verdicts(reference_violations(graph, shapes))
    assert [each.component for each in found] == ([component] if component else [])
    assert all(each.message for each in found)


def triples(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ('sh:targetClass pol:Goal ; sh:property [ sh:path pol:unit ; sh:pattern "^%" ]', "sh:pattern"),
        ("sh:targetClass pol:Goal ; sh:deactivated true", "sh:deactivated"),
        ("sh:targetClass pol:Goal ; sh:property [ sh:path pol:unit ; sh:datatype xsd:gYear ]", "gYear"),
        ("sh:targetClass pol:Goal ; sh:property [ sh:path [ sh:inversePath pol:unit ] ; sh:minCount 1 ]", "sh:path"),
        ("sh:targetNode pol:Goal ; sh:nodeKind sh:IRI", "sh:targetNode"),
        ("sh:targetClass pol:Goal ; sh:property [ sh:path pol:by ; sh:property [ sh:path pol:to ] ]", "sh:property"),
        ("sh:targetClass pol:Goal ; sh:property [ sh:path pol:by ; sh:or ( [ sh:minCount 1 ] ) ]", "sh:minCount"),
        ("sh:targetClass pol:Goal ; sh:property [ sh:path pol:by ; sh:or ( [ sh:path pol:to ] ) ]", "sh:path"),
        ("a rdfs:Class ; sh:nodeKind sh:IRI", "sh:targetClass"),
    ],
)
def test_unknown_constraints_are_refused(stated: str, names: str) -> None:
    """What the compiler does not know is never passed over."""
    with pytest.raises(GraphError, match=names):
        checks_of(node_shapes(f"{HEAD} pol:S {stated} ."), {})


def test_a_closed_shape(tmp_path: Path) -> None:
    """Only what it names may be said; its own paths count as named, and that it is an rdfs:Resource."""
    shapes = f"{HEAD} pol:S sh:targetClass pol:Goal ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ; "
    shapes += "sh:property [ sh:path pol:year ] ."
    said = f"{HEAD} pol:g a pol:Goal , rdfs:Resource ; pol:year 2020 ; pol:unit 1 ."
    graph = opened((ox.Quad(*t, ox.NamedNode(BASE + "source/1")) for t in triples(said)), tmp_path)
    found = violations(graph, shapes)
    assert verdicts(found) == verdicts(reference_violations(graph, shapes)) == {(POL + "g", "pol:unit", "Closed")}
    assert found[0].message == 'unit (pol:unit) does not belong here: "1"'
