"""A graph and the IRI of a thing → what the graph knows of it, cut where it is long, with the full number said.

Every question starts at the thing: on a large graph a page costs what the thing has, not what the graph has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from kg.graph.claims import StoredClaim, stored_claims
from kg.graph.iris import DCTERMS, OA, POL, RDF, SKOS
from kg.graph.ontology import labels
from kg.model import Relation

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

MOST_VALUES = 12
MOST_THINGS = 24
MOST_CLAIMS = 20
RELATIONS = {POL + str(relation): relation for relation in Relation}
# Drawn from claims, which stand on the page with their sentences; `succeeds` and `partOf` a lexicon may know without any.
_SHORTCUTS = frozenset(POL + name for name in ("adopts", "issues", "implements", "targets", "learnsFrom"))
_HIDDEN = _SHORTCUTS | {RDF + "type", SKOS + "prefLabel", OA + "hasTarget"}
_FIRST: tuple[str, ...] = (
    SKOS + "altLabel",
    SKOS + "notation",
    POL + "level",
    POL + "within",
    POL + "number",
    POL + "since",
)
_FIRST += (POL + "issuer", POL + "foundingDocument", POL + "file", POL + "jurisdiction", POL + "reportYear")

_TYPES = "SELECT ?class WHERE { <%s> a ?class } ORDER BY ?class"
_PROPERTIES = "SELECT ?property (COUNT(?value) AS ?n) WHERE { <%s> ?property ?value } GROUP BY ?property"
_VALUES = """
SELECT ?value (ISIRI(?value) AS ?isThing) (LANG(?value) AS ?language) WHERE { <%s> <%s> ?value }
ORDER BY ?value LIMIT %d"""
_FROM_THERE = """
SELECT ?property ?class (COUNT(?other) AS ?n) WHERE { ?other ?property <%s> ; a ?class } GROUP BY ?property ?class"""
_OTHERS = "SELECT ?other WHERE { ?other <%s> <%s> ; a <%s> } ORDER BY ?other LIMIT %d"
_CLAIMS = """
SELECT ?claim WHERE { ?claim <%s> <%s> ; a <%s> . OPTIONAL { ?claim pol:year ?year } }
ORDER BY (!BOUND(?year)) ?year ?claim LIMIT %d"""
_WHOLE = """
SELECT DISTINCT ?claim WHERE { VALUES ?claim { %s }
  ?claim pol:source/pol:file ?file ; pol:evidence ?evidence . ?evidence pol:cleaned ?cleaned ; oa:hasSelector ?one, ?two .
  ?one oa:start ?start ; oa:end ?end . ?two oa:exact ?exact }"""
_NAMES = "SELECT ?thing ?name WHERE { VALUES ?thing { %s } VALUES ?property { %s } ?thing ?property ?name }"
_NAMED_BY = (SKOS + "prefLabel", DCTERMS + "title", POL + "file")


class Value(NamedTuple):
    """A thing with its name, or a text, perhaps with its language."""

    text: str
    iri: str = ""
    language: str = ""


class Fact(NamedTuple):
    """What the graph says of a thing by one property, or what other things of a class say of it."""

    property: str
    values: tuple[Value, ...]
    total: int
    of_class: str = ""  # of the other things


class Group(NamedTuple):
    """The claims of one relation in which a thing fills one role, or which were read in it."""

    relation: Relation
    role: str  # IRI of the property
    claims: tuple[StoredClaim, ...]
    total: int


@dataclass(frozen=True, slots=True)
class About:
    """A thing as its page shows it."""

    iri: str
    name: str
    classes: tuple[str, ...]
    facts: tuple[Fact, ...]
    from_there: tuple[Fact, ...]
    groups: tuple[Group, ...]


def about(graph: PolicyGraph, iri: str) -> About:
    """Everything that the page of a thing shows, in a fixed order."""
    classes = tuple(str(row[0]) for row in graph.query(_TYPES % iri))
    pointing = sorted((str(p), str(c), int(n or 0)) for p, c, n in graph.query(_FROM_THERE % iri))
    claims = [row for row in pointing if row[1] in RELATIONS and row[0] not in _SHORTCUTS]
    others = [row for row in pointing if row[1] not in RELATIONS and row[0] not in _HIDDEN]
    return About(
        iri,
        names_of(graph, [iri])[iri],
        classes,
        tuple(_facts(graph, iri)),
        tuple(_other(graph, iri, *row) for row in others),
        tuple(sorted((_group(graph, iri, *row) for row in claims), key=_order)),
    )


def names_of(graph: PolicyGraph, iris: Iterable[str]) -> dict[str, str]:
    """IRI → preferred label, else title, else file, else what stands at the end of the IRI."""
    wanted = list(dict.fromkeys(iris))
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for property_ in _NAMED_BY:
        rows = graph.query(_NAMES % (" ".join(f"<{iri}>" for iri in wanted), f"<{property_}>"))
        for iri, name in sorted((str(iri), str(name)) for iri, name in rows):
            found[iri].setdefault("name", name)
    return {iri: found[iri].get("name") or _end_of(iri, graph.base) for iri in wanted}


def _end_of(iri: str, base: str) -> str:
    if iri.startswith(POL):
        return labels().get(iri.removeprefix(POL), iri.removeprefix(POL))
    return unquote(iri.removeprefix(base)) if iri.startswith(base) else iri


def _facts(graph: PolicyGraph, iri: str) -> Iterator[Fact]:
    counted = {str(property_): int(n or 0) for property_, n in graph.query(_PROPERTIES % iri)}
    shown = sorted(counted.keys() - _HIDDEN, key=lambda p: (_FIRST.index(p) if p in _FIRST else len(_FIRST), p))
    for property_ in shown:
        rows = list(graph.query(_VALUES % (iri, property_, MOST_VALUES)))
        names = names_of(graph, (str(value) for value, is_thing, _ in rows if is_thing == "true"))
        values = (
            Value(names[str(value)], str(value)) if is_thing == "true" else Value(value or "", language=language or "")
            for value, is_thing, language in rows
        )
        yield Fact(property_, tuple(values), counted[property_])


def _other(graph: PolicyGraph, iri: str, property_: str, class_: str, total: int) -> Fact:
    iris = [str(row[0]) for row in graph.query(_OTHERS % (property_, iri, class_, MOST_THINGS))]
    names = names_of(graph, iris)
    return Fact(property_, tuple(Value(names[other], other) for other in iris), total, class_)


def _group(graph: PolicyGraph, iri: str, role: str, class_: str, total: int) -> Group:
    first = [str(row[0]) for row in graph.query(_CLAIMS % (role, iri, class_, MOST_CLAIMS))]
    return Group(RELATIONS[class_], role, whole_claims(graph, first), total)


def whole_claims(graph: PolicyGraph, iris: list[str]) -> tuple[StoredClaim, ...]:
    """Those of the claims that have a sentence and a file, in this order: a graph may hold others."""
    whole = {str(row[0]) for row in graph.query(_WHOLE % " ".join(f"<{iri}>" for iri in iris))} if iris else set()
    return tuple(stored_claims(graph, (iri for iri in iris if iri in whole)))


def _order(group: Group) -> tuple[int, str]:
    return list(Relation).index(group.relation), group.role
