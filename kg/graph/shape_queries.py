"""Shapes → SPARQL queries, each of which finds what is against one shape: the SHACL Core that our shapes use.

A query answers with a row for each node that is not as it must be. Verdicts are those of pySHACL, and tests hold the two
against each other; a constraint that cannot be put into SPARQL here is refused, never passed over. One thing is as W3C
has it and not as pySHACL: values of two kinds (a text and a number) cannot be compared, so none is below the other; nor
can the engine compare a whole number of more than 18 digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.errors import GraphError
from kg.graph.iris import RDF, RDFS, XSD
from kg.graph.shacl import SH, Constraint, NodeShape, Path, Shape, iri

Subclasses = Mapping[str, frozenset[str]]  # class → itself and all below it in the graph that is checked

_TYPE = RDF + "type"
_COUNTS = ("minCount", "maxCount")
_NUMBER = 'isNumeric(?value) || REGEX(STR(?value), "{}")'  # a number that the engine cannot hold is a number, too
_WELL_FORMED = {
    XSD + "string": "true",
    RDF + "langString": "true",
    XSD + "integer": _NUMBER.format("^[+-]?[0-9]+$"),
    XSD + "decimal": _NUMBER.format(r"^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)$"),
    XSD + "boolean": 'STR(?value) IN ("true", "false", "1", "0")',
    XSD + "date": "COALESCE(YEAR(?value) = YEAR(?value), false)",
}
_KINDS = {"IRI": "isIRI(?value)", "Literal": "isLiteral(?value)", "BlankNode": "isBlank(?value)"}


@dataclass(frozen=True, slots=True)
class Check:
    """A query and how to read its rows.

    Columns: focus, value (unbound where none is meant), path (only where `shape.path` does not say it), and for each
    constraint one that is true where it is broken.
    """

    shape: Shape
    constraints: tuple[Constraint, ...]
    query: str


def checks_of(shapes: Iterable[NodeShape], subclasses: Subclasses) -> tuple[Check, ...]:
    """The queries that check a graph; GraphError names a constraint that is unknown here."""
    compiler = _Compiler(subclasses)
    return tuple(check for shape in shapes for check in compiler.checks(shape))


class _Compiler:
    """Knows the classes of the graph."""

    def __init__(self, subclasses: Subclasses) -> None:
        self._subclasses = subclasses

    def checks(self, node_shape: NodeShape) -> Iterator[Check]:
        target = self._target(node_shape)
        for shape in (node_shape.shape, *node_shape.properties):
            yield from self._counts(shape, target)
            yield from self._values(shape, target)
        for constraint in node_shape.shape.constraints:
            if constraint.name == "closed" and iri(constraint.terms[0]) in ("true", "1"):
                yield Check(node_shape.shape, (constraint,), _closed(constraint, target))

    def _target(self, shape: NodeShape) -> str:
        classes = sorted({below for class_ in shape.classes for below in self._below(class_)})
        ways = [f"{{ ?focus <{_TYPE}> <{class_}> }}" for class_ in classes]
        ways += [
            f"{{ SELECT DISTINCT ?focus WHERE {{ ?_any <{property_}> ?focus }} }}" for property_ in shape.objects_of
        ]
        return " UNION ".join(ways)

    def _below(self, class_: str) -> frozenset[str]:
        return self._subclasses.get(class_, frozenset({class_}))

    def _counts(self, shape: Shape, target: str) -> Iterator[Check]:
        counts = tuple(constraint for constraint in shape.constraints if constraint.name in _COUNTS)
        if not counts:
            return
        reached = f"?focus {_path(shape.path)} ?_value ."
        if any(constraint.name == "minCount" for constraint in counts):
            reached = f"OPTIONAL {{ {reached} }}"
        broken = [f"?_n {'<' if each.name == 'minCount' else '>'} {iri(each.terms[0])}" for each in counts]
        columns = " ".join(f"({test} AS ?_broken{number})" for number, test in enumerate(broken))
        counted = f"SELECT ?focus (COUNT(DISTINCT ?_value) AS ?_n) WHERE {{ {target} {reached} }} GROUP BY ?focus"
        yield Check(shape, counts, f"SELECT ?focus {columns} WHERE {{ {{ {counted} }} FILTER({' || '.join(broken)}) }}")

    def _values(self, shape: Shape, target: str) -> Iterator[Check]:
        tested = tuple(each for each in shape.constraints if each.name not in (*_COUNTS, "closed"))
        if not tested:
            return
        reached = f"?focus {_path(shape.path)} ?value ." if shape.path else "BIND(?focus AS ?value)"
        names = [f"?_broken{number}" for number in range(len(tested))]
        bound = " ".join(f"BIND({self._broken(each)} AS {name})" for each, name in zip(tested, names, strict=True))
        yield Check(
            shape,
            tested,
            f"SELECT DISTINCT ?focus ?value {' '.join(names)} WHERE "
            f"{{ {target} {reached} {bound} FILTER({' || '.join(names)}) }}",
        )

    def _broken(self, constraint: Constraint) -> str:
        """An expression that is true where ?value is against the constraint, false elsewhere, never an error."""
        if constraint.name == "class":
            return self._no_instance(constraint)
        if constraint.name == "or":
            return f"({' && '.join(map(self._none_holds, constraint.alternatives))})"
        if constraint.name not in _TESTS:
            raise GraphError(
                f"the shapes use sh:{constraint.name}, which is not among what can be checked here; "
                "pySHACL knows it: kg validate GRAPH --reference"
            )
        return _TESTS[constraint.name](constraint)

    def _none_holds(self, alternative: Shape) -> str:
        return f"({' || '.join(map(self._broken, alternative.constraints))})"

    def _no_instance(self, constraint: Constraint) -> str:
        classes = sorted(self._below(iri(constraint.terms[0])))
        return " && ".join(f"NOT EXISTS {{ ?value <{_TYPE}> <{class_}> }}" for class_ in classes)


def _datatype(constraint: Constraint) -> str:
    datatype = iri(constraint.terms[0])
    if datatype not in _WELL_FORMED:
        raise GraphError(f"the shapes use sh:datatype <{datatype}>, whose forms are unknown here")
    return f"!COALESCE(DATATYPE(?value) = <{datatype}> && ({_WELL_FORMED[datatype]}), false)"


def _node_kind(constraint: Constraint) -> str:
    allowed = iri(constraint.terms[0]).removeprefix(SH).split("Or")
    return f"!({' || '.join(_KINDS[kind] for kind in allowed)})"


def _in(constraint: Constraint) -> str:
    return f"!({' || '.join(f'sameTerm(?value, {term})' for term in constraint.terms)})"


def _language(constraint: Constraint) -> str:
    matches = " || ".join(f"LANGMATCHES(LANG(?value), {language})" for language in constraint.terms)
    return f"!COALESCE({matches}, false)"


def _compared(what: str, sign: str) -> Callable[[Constraint], str]:
    return lambda constraint: f"!COALESCE({what} {sign} {constraint.terms[0]}, false)"


def _before(sign: str) -> Callable[[Constraint], str]:
    """Whether another property of the focus has a value that ?value is not before."""
    return lambda constraint: (
        f"EXISTS {{ ?focus {constraint.terms[0]} ?_other FILTER(!COALESCE(?value {sign} ?_other, false)) }}"
    )


def _shared(constraint: Constraint) -> str:
    return f"EXISTS {{ ?focus {constraint.terms[0]} ?value }}"


_TESTS: dict[str, Callable[[Constraint], str]] = {
    "datatype": _datatype,
    "disjoint": _shared,
    "in": _in,
    "languageIn": _language,
    "lessThan": _before("<"),
    "lessThanOrEquals": _before("<="),
    "maxInclusive": _compared("?value", "<="),
    "maxLength": _compared("STRLEN(STR(?value))", "<="),
    "minInclusive": _compared("?value", ">="),
    "minLength": _compared("STRLEN(STR(?value))", ">="),
    "nodeKind": _node_kind,
}


def _path(path: Path) -> str:
    return "/".join(f"<{step}>" for step in path)


def _closed(constraint: Constraint, target: str) -> str:
    """Properties that a closed shape does not name; that everything is an rdfs:Resource may always be said."""
    named = ", ".join(map(str, constraint.terms[1:]))
    resource = f"(?path = <{_TYPE}> && ?value = <{RDFS}Resource>)"
    return (
        f"SELECT DISTINCT ?focus ?path ?value (true AS ?_broken0) WHERE "
        f"{{ {target} ?focus ?path ?value . FILTER(?path NOT IN ({named}) && !{resource}) }}"
    )
