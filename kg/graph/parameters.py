"""Parameters as a user writes them → terms for variables of a query: names are looked up, IRIs and numbers told apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.iris import XSD
from kg.graph.rows import Term
from kg.graph.sparql import Parameter, did_you_mean, parameters_of, variables_of
from kg.patterns import regex

Thing = Callable[[str, str], ox.NamedNode]  # the thing of this name and class; QueryError where it is not one

_ABSOLUTE = regex(r"[A-Za-z][A-Za-z0-9+.-]*://\S+|urn:\S+")
_QUOTES = regex('[“”‘’"]')


def bound_terms(text: str, params: Mapping[str, str], prefixes: Mapping[str, str], thing: Thing) -> dict[str, Term]:
    """The term for each variable of the query that is given a value; QueryError where one cannot be used.

    {"program": "县管校聘", "year": "2014"}. Where the head of the query declares a variable's kind, a name is looked up;
    elsewhere IRIs, prefixed names, whole numbers and texts are told apart by their form.
    """
    declared = {parameter.name: parameter for parameter in parameters_of(text)}
    variables = list(declared) or variables_of(text)
    terms: dict[str, Term] = {}
    for given, value in params.items():
        name = given.lstrip("?")
        if name not in variables:
            raise QueryError(
                f"the query has no parameter {name!r}{did_you_mean(name, variables)}; "
                f"it has {', '.join(variables) or 'none'}"
            )
        terms[name] = _term(value, declared.get(name), prefixes, thing)
    return terms


def _term(value: str, parameter: Parameter | None, prefixes: Mapping[str, str], thing: Thing) -> Term:
    if parameter and parameter.kind == "text":
        return ox.Literal(value)
    if iri := _iri(value, prefixes):
        return iri
    if parameter and parameter.kind != "integer":
        return thing(value, parameter.kind)
    if re.fullmatch(r"[+-]?\d+", value):
        return ox.Literal(str(int(value)), datatype=ox.NamedNode(XSD + "integer"))
    if parameter:
        raise QueryError(f"{parameter.name} must be a whole number such as {parameter.example}, not {value!r}")
    return ox.Literal(value)


def _iri(value: str, prefixes: Mapping[str, str]) -> ox.NamedNode | None:
    value = value.removeprefix("<").removesuffix(">")
    prefix, colon, local = value.partition(":")
    if colon and prefix in prefixes and not local.startswith("//"):
        value = prefixes[prefix] + local
    if not _ABSOLUTE.fullmatch(value):
        return None
    try:
        return ox.NamedNode(value)
    except ValueError:
        raise QueryError(f"{value!r} is no IRI: it holds a character that IRIs may not hold") from None


def the_thing(
    name: str,
    kind: str,
    known: Iterable[tuple[str, str, int]],
    in_force: Callable[[list[str]], list[str]],
    near: Callable[[], Iterable[str]],
) -> ox.NamedNode:
    """The one thing that `name` names, by its preferred label, else by any; those in force go before others.

    `known` are (label, IRI, 0 for the preferred label and 1 for another) of things of the class, `near` labels of the
    class that may have been meant. QueryError where none or several fit.
    """
    asked = unquoted(name)
    fitting = [(node, rank) for label, node, rank in known if unquoted(label) == asked]
    for at in (0, 1):
        if found := {node for node, rank in fitting if rank <= at}:
            return the_only(name, found, in_force)
    raise QueryError(f"the graph knows no {kind} {name!r}{did_you_mean(name, near())}")


def the_only(name: str, found: Collection[str], in_force: Callable[[list[str]], list[str]]) -> ox.NamedNode:
    """The one of these IRIs that is in force, or the only one; QueryError lists them where there are several."""
    nodes = in_force(sorted(found)) or sorted(found)
    if len(nodes) > 1:
        raise QueryError(f"{name!r} names several things; give one of these instead:\n  " + "\n  ".join(nodes))
    return ox.NamedNode(nodes[0])


def unquoted(label: str) -> str:
    """Without quotation marks, which a user leaves out and a text does not."""
    return _QUOTES.sub("", label)
