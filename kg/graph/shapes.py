"""A built graph → whether it keeps to ontology/shapes.ttl and to the rule that a shortcut rests on a claim."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.graph.store import PolicyGraph, open_graph
from kg.graph.triples import SHORTCUTS
from kg.model import Relation
from kg.resources import shipped

_SUCCEEDS = SHORTCUTS[Relation.SUCCEEDS][0][1]
_SHACL = "http://www.w3.org/ns/shacl#"
_REGISTRY = "FILTER NOT EXISTS { ?subject a ?registered . FILTER(?registered IN (pol:Place, pol:Agency)) }"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it must be."""

    node: str
    path: str  # the property, "" where the node as a whole is meant
    value: str
    message: str

    def __str__(self) -> str:
        about = " ".join(part for part in (self.node, self.path, self.value) if part)
        return f"{about}: {self.message}"


@dataclass(frozen=True, slots=True)
class Report:
    """What the validation found; `str` gives a line per problem."""

    triples: int
    problems: tuple[Problem, ...]

    @property
    def conforms(self) -> bool:
        return not self.problems

    def __str__(self) -> str:
        if self.conforms:
            return f"{self.triples} triples conform to the shapes"
        return "\n".join(map(str, self.problems))


def validate(path: Path) -> Report:
    """Checks a graph folder or .nq file; GraphError where there is no graph or no validator."""
    return validate_graph(open_graph(path))


def validate_graph(graph: PolicyGraph) -> Report:
    """Checks all named graphs of an open graph, merged."""
    problems = [*_shacl_problems(graph), *_lone_shortcuts(graph)]
    return Report(len(graph), tuple(sorted(problems, key=str)))


def _shacl_problems(graph: PolicyGraph) -> list[Problem]:
    try:
        import pyshacl
    except ImportError:
        raise GraphError("validation needs pySHACL; install it with: pip install 'policy-kg[validate]'") from None
    import rdflib

    from kg.graph.rdf import merged_of

    shapes = rdflib.Graph().parse(data=shipped("ontology", "shapes.ttl").read_text("utf-8"), format="turtle")
    _, results, _ = pyshacl.validate(merged_of(graph), shacl_graph=shapes, inference="none", advanced=False)
    return [_problem(results, node) for node in results.objects(None, rdflib.URIRef(_SHACL + "result"))]


def _problem(results: Any, node: Any) -> Problem:
    import rdflib

    def said(name: str) -> str:
        value = results.value(node, rdflib.URIRef(_SHACL + name))
        return "" if value is None else str(value)

    messages = sorted(str(value) for value in results.objects(node, rdflib.URIRef(_SHACL + "resultMessage")))
    return Problem(said("focusNode"), said("resultPath"), said("value"), "; ".join(messages))


def _lone_shortcuts(graph: PolicyGraph) -> list[Problem]:
    """Shortcuts that no claim of the same named graph supports."""
    problems = []
    for predicate in sorted({predicate for shortcuts in SHORTCUTS.values() for _, predicate, _ in shortcuts}):
        rows = graph.query(_lone(predicate))
        problems += [
            Problem(str(subject), f"pol:{predicate}", str(object_), "no claim of the same file says so")
            for subject, object_ in rows
        ]
    return problems


def _lone(predicate: str) -> str:
    claims = " UNION ".join(
        f"{{ ?claim a pol:{relation} ; pol:{subject} ?subject . {_object(object_)} }}"
        for relation, shortcuts in SHORTCUTS.items()
        for subject, name, object_ in shortcuts
        if name == predicate
    )
    known = _REGISTRY if predicate == _SUCCEEDS else ""
    return (
        f"SELECT DISTINCT ?subject ?object WHERE {{ GRAPH ?file {{ ?subject pol:{predicate} ?object }} {known} "
        f"MINUS {{ GRAPH ?file {{ {claims} }} }} }} ORDER BY ?subject ?object"
    )


def _object(role: str) -> str:
    return f"?claim pol:{role} ?object" if role else "BIND(?claim AS ?object)"
