"""A graph → the claims that stand in it, with file, sentence and everything they say, as a reviewer decides on them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from kg.errors import QueryError
from kg.graph.iris import POL
from kg.graph.store import PolicyGraph
from kg.model import Relation
from kg.reviewed.decisions import Said, squeezed
from kg.reviewed.properties import ROLES, properties_of

CHOICES = 12  # claims listed where a number means several
_MOST = 500  # claims asked for at once
_SENTENCES = """
SELECT DISTINCT ?claim ?class ?file ?cleaned ?exact WHERE {
  ?claim pol:source/pol:file ?file ; a ?class ; pol:evidence ?evidence .
  ?evidence pol:cleaned ?cleaned ; oa:hasSelector/oa:exact ?exact
} ORDER BY ?claim"""
_SAID = "SELECT ?claim ?property ?value WHERE { VALUES ?claim { %s } ?claim ?property ?value }"
_NAMES = "SELECT ?thing ?name WHERE { VALUES ?thing { %s } ?thing skos:prefLabel|skos:altLabel ?name }"
_PREFERRED = "SELECT ?thing ?name WHERE { VALUES ?thing { %s } ?thing skos:prefLabel ?name }"


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """One claim of a graph. `told` has a name or value for each property, `texts` all that it may be called."""

    iri: str
    relation: Relation
    file: str
    sentence: str
    quote: str  # the same as printed
    told: Mapping[str, str]
    texts: Mapping[str, frozenset[str]]

    @property
    def number(self) -> str:
        return self.iri.rpartition("/")[2]

    @property
    def said(self) -> Said:
        """The claim as verdicts look at it."""
        return Said(self.file, frozenset([squeezed(self.sentence), squeezed(self.quote)]), self.relation, self.texts)

    @property
    def summary(self) -> str:
        """`Adoption 大连市 县管校聘 2014 Started`"""
        names = [*ROLES[self.relation], "indicator", "value", "unit", "year", "status"]
        return " ".join([str(self.relation), *(self.told[name] for name in dict.fromkeys(names) if name in self.told)])


def claims_where(graph: PolicyGraph, wanted: Callable[[str, str, str], bool]) -> Iterator[StoredClaim]:
    """The claims of whose IRI, sentence and printed sentence `wanted` says yes, in order of their IRIs."""
    rows = (dict(row) for row in graph.query(_SENTENCES).dicts())
    found = {
        str(row["claim"]): row for row in rows if wanted(str(row["claim"]), row["cleaned"] or "", row["exact"] or "")
    }
    for some in (list(found)[at : at + _MOST] for at in range(0, len(found), _MOST)):
        said = _said(graph, some)
        names, preferred = _names(graph, said)
        for iri in some:
            row = found[iri]
            relation = Relation(str(row["class"]).removeprefix(POL))
            told = {n: v for n, v in said[iri] if n in properties_of(relation) or n == "reviewed"}
            yield StoredClaim(
                iri,
                relation,
                row["file"] or "",
                row["cleaned"] or "",
                row["exact"] or "",
                {name: preferred.get(value, value.removeprefix(POL)) for name, value in told.items()},
                {name: _texts(value, names, graph.base) for name, value in told.items()},
            )


def claims_in(graph: PolicyGraph, quotes: Iterable[str]) -> tuple[StoredClaim, ...]:
    """The claims of these sentences, cleaned or as printed."""
    sentences = {squeezed(quote) for quote in quotes}
    if not sentences:
        return ()
    return tuple(claims_where(graph, lambda iri, *texts: not sentences.isdisjoint(map(squeezed, texts))))


def claim_called(graph: PolicyGraph, what: str) -> StoredClaim:
    """The claim of this IRI or beginning of its number; QueryError lists the choices where there are several."""
    number = re.fullmatch(r"<?(?:\S*/|\w+:claim\\?/)?([0-9a-f]{1,16})>?", what.strip())
    if number is None:
        raise QueryError(
            f"{what!r} is no claim: give its IRI or the beginning of its number, as kg explain GRAPH '大连市 县管校聘' "
            "and kg query GRAPH who-adopted show it"
        )
    found = list(claims_where(graph, lambda iri, *_: iri.rpartition("/")[2].startswith(number[1])))
    if not found:
        raise QueryError(f"the graph has no claim {number[1]}; it may have changed since: ask kg explain again")
    if len(found) > 1:
        choices = [f"  {claim.number}  {claim.summary}  {claim.file}" for claim in found[:CHOICES]]
        choices += [f"  and {len(found) - CHOICES} more"] if len(found) > CHOICES else []
        raise QueryError("\n".join([f"{number[1]} begins several claims; give more of its number:", *choices]))
    return found[0]


def _said(graph: PolicyGraph, claims: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for claim, property_, value in graph.query(_SAID % _iris(claims)):
        if property_ and property_.startswith(POL):
            said[str(claim)].append((property_.removeprefix(POL), str(value)))
    return said


def _names(graph: PolicyGraph, said: Mapping[str, list[tuple[str, str]]]) -> tuple[dict[str, set[str]], dict[str, str]]:
    """Of the things that claims speak of all names, and the preferred one."""
    things = sorted({value for pairs in said.values() for _, value in pairs if value.startswith(graph.base)})
    names: dict[str, set[str]] = defaultdict(set)
    for thing, name in graph.query(_NAMES % _iris(things)):
        names[str(thing)].add(str(name))
    return names, {str(thing): str(name) for thing, name in graph.query(_PREFERRED % _iris(things))}


def _texts(value: str, names: Mapping[str, set[str]], base: str) -> frozenset[str]:
    if value not in names:
        return frozenset([value.removeprefix(POL)])
    id_ = unquote(value.removeprefix(base))
    return frozenset([*names[value], id_, id_.partition("/")[2]])


def _iris(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)
