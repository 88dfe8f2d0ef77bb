"""The ontology and an example graph → docs/ontology.md: every term with its labels, its ends, and an example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.graph.iris import POL
from kg.graph.ontology_statements import BELOW, COMMENT, DOMAIN, LABEL, OWL, RANGE, TYPE, Ontology
from kg.graph.shape_words import prefixed
from kg.graph.store import PolicyGraph
from kg.views.words import shorten

_CLAIM = POL + "Claim"
_SHORTCUT, _EDGE_LABEL = POL + "shortcut", POL + "edgeLabel"
_LONGEST = 60  # columns of an example; a Chinese character takes two
_HEAD = """# The ontology: reference

This page is generated from `ontology/policy.ttl` (`make golden`); do not edit it. The examples are the values that occur
most often in the graph of the bundled documents, **which are invented**.

`@prefix pol: <{namespace}> .` Version {version}, {licence}, OWL 2 RL.
[How to ask the graph](sparql.md) shows the terms at work; `ontology/shapes.ttl` says how many values a property may have.
"""
_INSTANCE = """SELECT ?name (COUNT(DISTINCT ?file) AS ?times)
WHERE {{ GRAPH ?file {{ ?thing a <{0}> ; skos:prefLabel ?name }} }} GROUP BY ?name ORDER BY DESC(?times) ?name LIMIT 1"""
_SENTENCE = """SELECT ?sentence WHERE {{ ?claim a <{0}> ; pol:evidence/pol:cleaned ?sentence }}
ORDER BY STRLEN(?sentence) ?sentence LIMIT 1"""
_VALUE = """SELECT ?shown (COUNT(*) AS ?times) WHERE {{ ?subject <{0}> ?value OPTIONAL {{ ?value skos:prefLabel ?name }}
FILTER(!isIRI(?value) || BOUND(?name) || STRSTARTS(STR(?value), STR(pol:)))
BIND(COALESCE(?name, STR(?value)) AS ?shown) }} GROUP BY ?shown ORDER BY DESC(?times) ?shown LIMIT 1"""


def ontology_page(ontology: Ontology, graph: PolicyGraph) -> str:
    """The page in Markdown; the same ontology and graph give the same page."""
    return "\n".join([_opening(ontology), *_classes(ontology, graph), *_lists(ontology), *_properties(ontology, graph)])


def _opening(ontology: Ontology) -> str:
    (header,) = ontology.of_type(OWL + "Ontology")
    version = ontology.values(header, OWL + "versionInfo")[0]
    licence = ontology.values(header, "http://purl.org/dc/terms/license")[0]
    return _HEAD.format(namespace=POL, version=version, licence=f"<{licence}>")


def _classes(ontology: Ontology, graph: PolicyGraph) -> Iterator[str]:
    """Things and claims."""
    lists = {value for term in _of(ontology, "NamedIndividual") for value in ontology.values(term, TYPE)}
    classes = [class_ for class_ in _of(ontology, "Class") if class_ not in lists]
    claims = [class_ for class_ in classes if class_ == _CLAIM or _CLAIM in ontology.values(class_, BELOW)]
    things = [class_ for class_ in classes if class_ not in claims]
    yield "## Things\n"
    rows = ((*_named(ontology, each), _below(ontology, each), _first(graph, _INSTANCE, each)) for each in things)
    yield _table(("class", "zh", "en", "what it is", "below", "example"), rows)
    yield "## Claims\n"
    rows = ((*_named(ontology, each), _drawn(ontology, each), _first(graph, _SENTENCE, each)) for each in claims)
    yield _table(("class", "zh", "en", "what it says", "drawn as", "example"), rows)


def _lists(ontology: Ontology) -> Iterator[str]:
    """The classes whose members are all named here."""
    members = _of(ontology, "NamedIndividual")
    yield "## Closed lists\n"
    for class_ in _of(ontology, "Class"):
        named = [member for member in members if class_ in ontology.values(member, TYPE)]
        if named:
            term, chinese, english, comment = _named(ontology, class_)
            yield f"### {term} {chinese} ({english})\n\n{comment}\n"
            yield _table(("value", "zh", "en", "meaning"), (_named(ontology, member) for member in named))


def _properties(ontology: Ontology, graph: PolicyGraph) -> Iterator[str]:
    """Shortcuts, then what is said of claims, sources and things, then what the ontology says of itself."""
    properties = [
        *_of(ontology, "ObjectProperty"), *_of(ontology, "DatatypeProperty"), *_of(ontology, "AnnotationProperty")
    ]  # fmt: skip
    properties.sort(key=list(ontology.said).index)
    drawn = [each for each in properties if ontology.values(each, _EDGE_LABEL)]
    inner = [each for each in properties if not ontology.values(each, DOMAIN)]
    stated = [each for each in properties if each not in (*drawn, *inner)]
    for title, terms in (("Shortcuts, drawn as arrows", drawn), ("Properties", stated), ("About the ontology", inner)):
        yield f"## {title}\n"
        yield _table(
            ("property", "zh", "en", "what it says", "of", "value", "example"),
            ((*_named(ontology, each), *_ends(ontology, each), _first(graph, _VALUE, each)) for each in terms),
        )


def _of(ontology: Ontology, kind: str) -> list[str]:
    """Our terms of a kind, in the order of the file."""
    return [term for term in ontology.said if term.startswith(POL) and OWL + kind in ontology.values(term, TYPE)]


def _named(ontology: Ontology, term: str) -> tuple[str, str, str, str]:
    labels = (ontology.text(term, LABEL, language) for language in ("zh", "en"))
    chinese, english = map(_cell, labels)
    return f"`{prefixed(term)}`", chinese, english, _cell(ontology.text(term, COMMENT, "en"))


def _ends(ontology: Ontology, term: str) -> tuple[str, str]:
    of, value = (_codes(ontology.values(term, end)) for end in (DOMAIN, RANGE))
    return of, value


def _below(ontology: Ontology, class_: str) -> str:
    return _codes(ontology.values(class_, BELOW))


def _drawn(ontology: Ontology, class_: str) -> str:
    return _codes(ontology.values(class_, _SHORTCUT))


def _codes(iris: Iterable[str]) -> str:
    return ", ".join(f"`{prefixed(iri)}`" for iri in iris)


def _first(graph: PolicyGraph, query: str, term: str) -> str:
    """The first value of an answer; "" where the graph has none."""
    found = [row[0] for row in graph.query(query.format(term))]
    return _cell(shorten(prefixed(found[0]), _LONGEST)) if found and found[0] else ""


def _cell(text: str) -> str:
    """Text that stands in one cell of a table as it is."""
    text = " ".join(text.split())
    for sign in "\\|<>*_`[]":
        text = text.replace(sign, f"\\{sign}")
    return text


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [columns, tuple("---" for _ in columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
