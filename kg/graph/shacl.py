"""ontology/shapes.ttl → shapes: what each one aims at, and the constraints and properties that it states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import GraphError
from kg.graph.iris import PREFIXES, RDF, RDFS
from kg.graph.rows import Term

SH = "http://www.w3.org/ns/shacl#"
Path = tuple[str, ...]  # IRIs one after the other; () where the focus node itself is meant
Statements = Mapping[Term, Mapping[str, tuple[Term, ...]]]

_TARGETS = frozenset({"targetClass", "targetObjectsOf"})
_SHAPE_LISTS = frozenset({"or"})
_TERM_LISTS = frozenset({"in", "languageIn"})
_OF_A_NODE = frozenset({"property", "message", "ignoredProperties", *_TARGETS})  # what else a shape says,
_OF_A_PROPERTY = frozenset({"path", "message"})  # and no constraint
_OF_AN_ALTERNATIVE = frozenset({"message"})
_CLASSES = frozenset(
    {ox.NamedNode(RDFS + "Class"), ox.NamedNode(PREFIXES["owl"] + "Class")}
)  # their shapes aim silently


@dataclass(frozen=True, slots=True)
class Constraint:
    """`sh:maxCount 1`, `sh:in ( … )`, `sh:or ( [ … ] [ … ] )`."""

    name: str  # maxCount
    terms: tuple[Term, ...] = ()
    alternatives: tuple[Shape, ...] = ()  # of sh:or

    @property
    def component(self) -> str:
        """What a validation report calls it: MaxCount."""
        return self.name[0].upper() + self.name[1:]


@dataclass(frozen=True, slots=True)
class Shape:
    """What must hold of a focus node, or of the values that it reaches by a path."""

    path: Path
    constraints: tuple[Constraint, ...]
    message: str = ""


@dataclass(frozen=True, slots=True)
class NodeShape:
    """The nodes that are looked at, and what must hold of each and of its properties."""

    name: str  # its IRI
    classes: tuple[str, ...]
    objects_of: tuple[str, ...]
    shape: Shape
    properties: tuple[Shape, ...]


def node_shapes(turtle: str) -> tuple[NodeShape, ...]:
    """All shapes that aim at something, in order of their IRIs."""
    reader = _Reader(_statements(turtle))
    return tuple(sorted(reader.node_shapes(), key=lambda shape: shape.name))


def _statements(turtle: str) -> Statements:
    found: dict[Term, dict[str, tuple[Term, ...]]] = defaultdict(dict)
    for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        of_subject = found[quad.subject]
        of_subject[quad.predicate.value] = (*of_subject.get(quad.predicate.value, ()), quad.object)
    return dict(found)


class _Reader:
    """Reads shapes out of the statements of a file."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    def node_shapes(self) -> list[NodeShape]:
        aimed = [
            node for node, said in self._statements.items() if any(name.startswith(SH + "target") for name in said)
        ]
        classes = [node for node, said in self._statements.items() if _CLASSES & {*said.get(RDF + "type", ())}]
        if classes:
            raise GraphError(f"the shapes declare the class {classes[0]}; say sh:targetClass at its shape instead")
        return [self._node_shape(node) for node in aimed]

    def _node_shape(self, node: Term) -> NodeShape:
        return NodeShape(
            iri(node),
            tuple(sorted(map(iri, self._objects(node, "targetClass")))),
            tuple(sorted(map(iri, self._objects(node, "targetObjectsOf")))),
            self._shape(node, _OF_A_NODE),
            tuple(self._shape(property_, _OF_A_PROPERTY) for property_ in self._objects(node, "property")),
        )

    def _shape(self, node: Term, besides: frozenset[str]) -> Shape:
        messages = sorted(iri(message) for message in self._objects(node, "message"))
        return Shape(self._path(node), tuple(self._constraints(node, besides)), "; ".join(messages))

    def _constraints(self, node: Term, besides: frozenset[str]) -> list[Constraint]:
        names = [name.removeprefix(SH) for name in self._statements[node] if name.startswith(SH)]
        stated = sorted(name for name in names if name not in besides)
        return [self._constraint(node, name, value) for name in stated for value in self._objects(node, name)]

    def _constraint(self, node: Term, name: str, value: Term) -> Constraint:
        if name == "closed":
            return Constraint(name, (value, *self._open_properties(node)))
        if name in _SHAPE_LISTS:
            return Constraint(
                name, alternatives=tuple(self._shape(each, _OF_AN_ALTERNATIVE) for each in self._items(value))
            )
        return Constraint(name, self._items(value) if name in _TERM_LISTS else (value,))

    def _open_properties(self, node: Term) -> list[Term]:
        """What a closed shape lets pass: the paths of its properties, and what it says to ignore."""
        paths = [path for shape in self._objects(node, "property") for path in self._objects(shape, "path")]
        ignored = [term for listed in self._objects(node, "ignoredProperties") for term in self._items(listed)]
        return [term for term in (*paths, *ignored) if isinstance(term, ox.NamedNode)]

    def _path(self, node: Term) -> Path:
        paths = self._objects(node, "path")
        if not paths:
            return ()
        steps = paths if isinstance(paths[0], ox.NamedNode) else self._items(paths[0])
        if len(paths) > 1 or not steps or not all(isinstance(step, ox.NamedNode) for step in steps):
            raise GraphError("the shapes have a sh:path that is neither a property nor a list of properties")
        return tuple(map(iri, steps))

    def _objects(self, node: Term, name: str) -> tuple[Term, ...]:
        return self._statements.get(node, {}).get(SH + name, ())

    def _items(self, node: Term) -> tuple[Term, ...]:
        found = []
        while isinstance(node, ox.BlankNode) and RDF + "first" in self._statements[node]:
            found.append(self._statements[node][RDF + "first"][0])
            node = self._statements[node][RDF + "rest"][0]
        return tuple(found)


def iri(term: Term) -> str:
    """The IRI or the text of a term of the shapes."""
    return str(term) if isinstance(term, ox.Triple) else term.value
