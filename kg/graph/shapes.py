"""A built graph → whether it keeps to ontology/shapes.ttl and to the rule that a shortcut rests on a claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.graph.claim_lines import SHORTCUTS
from kg.graph.iris import POL, RDFS, REFERENCE
from kg.graph.rows import Term, text_of
from kg.graph.shacl import node_shapes
from kg.graph.shape_queries import Check, Subclasses, checks_of
from kg.graph.shape_words import name_of, prefixed, words_of
from kg.graph.store import PolicyGraph, open_graph
from kg.model import Relation
from kg.resources import shipped

_SUCCEEDS = SHORTCUTS[Relation.SUCCEEDS][0][1]
_REGISTRY = "FILTER NOT EXISTS { ?subject a ?registered . FILTER(?registered IN (pol:Place, pol:Agency)) }"
_FILE = ox.NamedNode(POL + "file")
_MOST_FILES = 3  # that are named at a problem


class Violation(NamedTuple):
    """One thing that is against the shapes; of what is reached by several properties, the path names all of them."""

    node: str
    path: str  # pol:year, oa:hasSelector/oa:exact; "" where the node as a whole is meant
    component: str  # MinCount, Class …: the kind of constraint that is broken, as SHACL calls it
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A violation, or a shortcut without a claim, and in which files the node stands."""

    files: str
    node: str
    path: str
    component: str
    value: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.files, self.node, self.message) if part)


COLUMNS = ("file", "node", "property", "rule", "value", "problem")  # the fields of a problem, for tables


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


def validate(path: Path, *, reference: bool = False) -> Report:
    """Checks a graph folder or .nq file, with `reference` by pySHACL; GraphError where there is no graph or no pySHACL."""
    return validate_graph(open_graph(path, in_memory=True), reference=reference)


def validate_graph(graph: PolicyGraph, *, reference: bool = False) -> Report:
    """Checks all named graphs of an open graph, merged."""
    if reference:
        from kg.graph.shapes_reference import reference_violations

        found = reference_violations(graph, shapes_text())
    else:
        found = violations(graph, shapes_text())
    problems = {_problem(graph, violation) for violation in (*found, *_lone_shortcuts(graph))}
    return Report(len(graph), tuple(sorted(problems, key=lambda p: (p.files, p.node, p.path, p.component, p.value))))


def shapes_text() -> str:
    """The shapes that come with the package, in Turtle."""
    return shipped("ontology", "shapes.ttl").read_text("utf-8")


def violations(graph: PolicyGraph, shapes: str) -> list[Violation]:
    """What is against shapes given in Turtle; GraphError where they use what cannot be checked here."""
    checks = checks_of(node_shapes(shapes), _subclasses(graph))
    return [violation for check in checks for violation in _broken(graph, check)]


def _broken(graph: PolicyGraph, check: Check) -> Iterator[Violation]:
    answer = graph.store.query(check.query)
    columns = [variable.value for variable in answer.variables]  # type: ignore[union-attr]
    for terms in answer:  # type: ignore[union-attr]
        row: dict[str, Term | None] = dict(zip(columns, terms, strict=True))
        path = (str(text_of(row["path"])),) if "path" in row else check.shape.path
        value = row.get("value")
        for number, constraint in enumerate(check.constraints):
            if text_of(row[f"_broken{number}"]) == "true":
                said = words_of(constraint, check.shape, path, value)
                shown = "/".join(map(prefixed, path))
                yield Violation(str(text_of(row["focus"])), shown, constraint.component, text_of(value) or "", said)


def _subclasses(graph: PolicyGraph) -> Subclasses:
    """Each class that the graph itself puts above others → itself and all below it; most graphs have none."""
    above = defaultdict(set)
    for quad in graph.store.quads_for_pattern(None, ox.NamedNode(RDFS + "subClassOf"), None, ox.DefaultGraph()):
        above[str(text_of(quad.object))].add(str(text_of(quad.subject)))
    return {class_: _closure(class_, above) for class_ in tuple(above)}


def _closure(class_: str, above: dict[str, set[str]]) -> frozenset[str]:
    reached, new = {class_}, {class_}
    while new := {below for each in new for below in above.get(each, ())} - reached:
        reached |= new
    return frozenset(reached)


def _problem(graph: PolicyGraph, violation: Violation) -> Problem:
    node, *rest = violation
    return Problem(_files(graph, node), node.removeprefix(graph.base).replace("/", " ", 1), *rest)


def _files(graph: PolicyGraph, node: str) -> str:
    """The files in whose named graphs something is said of the node, at most three of them by name."""
    try:
        quads = graph.dataset.quads_for_pattern(ox.NamedNode(node), None, None, None)
    except ValueError:  # a literal or a blank node where a thing should be
        return ""
    graphs = {quad.graph_name for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    names = sorted(_file(graph, name) for name in graphs)
    more = f" and {len(names) - _MOST_FILES} more" if len(names) > _MOST_FILES else ""
    return ", ".join(names[:_MOST_FILES]) + more


def _file(graph: PolicyGraph, name: ox.NamedNode) -> str:
    if name.value == graph.base + REFERENCE:
        return "lexicons"
    named = sorted(str(text_of(quad.object)) for quad in graph.dataset.quads_for_pattern(name, _FILE, None, name))
    return named[0] if named else name.value.removeprefix(graph.base)


def _lone_shortcuts(graph: PolicyGraph) -> list[Violation]:
    """Shortcuts that no claim of the same named graph supports."""
    return [
        Violation(str(subject), f"pol:{predicate}", "Shortcut", str(object_), _unsupported(predicate, str(object_)))
        for predicate in sorted({predicate for shortcuts in SHORTCUTS.values() for _, predicate, _ in shortcuts})
        for subject, object_ in graph.query(_lone(predicate))
    ]


def _unsupported(predicate: str, object_: str) -> str:
    return f"{name_of(POL + predicate)} {object_}: no claim of the same file says so"


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
