"""A graph → the claims that stand in it, with sentence, source, rule and everything they say: for reviewing and explaining."""

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
_QUOTED = """
SELECT DISTINCT ?claim ?cleaned ?exact WHERE {
  ?claim pol:evidence ?evidence . ?evidence pol:cleaned ?cleaned ; oa:hasSelector/oa:exact ?exact
} ORDER BY ?claim"""
_EVIDENCE = """
SELECT ?claim ?class ?source ?file ?part ?text ?page ?start ?end ?cleaned ?exact WHERE { VALUES ?claim { %s }
  ?claim a ?class ; pol:source ?source ; pol:evidence ?evidence . FILTER(STRSTARTS(STR(?class), STR(pol:)))
  ?source pol:file ?file . ?evidence pol:cleaned ?cleaned ; oa:hasSelector ?position, ?quote .
  ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact .
  OPTIONAL { ?source pol:part ?part }
  OPTIONAL { ?evidence oa:hasTarget/pol:textFile ?text } OPTIONAL { ?evidence pol:page ?page }
}"""  # OPTIONAL last: the engine joins in this order, and a hundred times slower in another
_SAME_SENTENCE = """
SELECT DISTINCT ?claim WHERE { VALUES (?source ?start) { (<%s> %d) }
  ?claim pol:source ?source ; pol:evidence/oa:hasSelector/oa:start ?start
} ORDER BY ?claim"""
_IN_ORDER = """
SELECT ?claim WHERE {
  ?claim a pol:%s ; pol:source/pol:file ?file ; pol:evidence/oa:hasSelector/oa:start ?start
} ORDER BY ?file ?start ?claim"""
_SPEAKS_OF = "SELECT DISTINCT ?claim WHERE { VALUES ?thing { %s } ?claim ?role ?thing ; pol:evidence ?evidence }"
_LABELS = "SELECT DISTINCT ?thing ?name WHERE { ?thing skos:prefLabel|skos:altLabel ?name }"
_SAID = "SELECT ?claim ?property ?value WHERE { VALUES ?claim { %s } ?claim ?property ?value }"
_NAMES = "SELECT ?thing ?name WHERE { VALUES ?thing { %s } ?thing skos:prefLabel|skos:altLabel ?name }"
_PREFERRED = "SELECT ?thing ?name WHERE { VALUES ?thing { %s } ?thing skos:prefLabel ?name }"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim was read."""

    source: str  # IRI of the file or part
    part: int
    text: str  # path below the graph folder of the text that the offsets refer to; empty where it is the file
    page: str  # of a PDF
    start: int  # of the sentence
    end: int


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """One claim of a graph. `told` has a name or value for each property, `texts` all that it may be called."""

    iri: str
    relation: Relation
    file: str
    sentence: str
    quote: str  # the same as printed
    rule: str
    confidence: str
    evidence: Evidence
    told: Mapping[str, str]
    texts: Mapping[str, frozenset[str]]
    things: Mapping[str, str]  # property → id of the thing that fills it: place/210200

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
    rows = (dict(row) for row in graph.query(_QUOTED).dicts())
    found = (str(row["claim"]) for row in rows if wanted(str(row["claim"]), row["cleaned"] or "", row["exact"] or ""))
    return stored_claims(graph, dict.fromkeys(found))


def claims_of_relation(graph: PolicyGraph, relation: Relation) -> Iterator[StoredClaim]:
    """All claims of a relation, in order of files and of the text; a few hundred are in memory at once."""
    return stored_claims(graph, dict.fromkeys(str(row[0]) for row in graph.query(_IN_ORDER % relation)))


def stored_claims(graph: PolicyGraph, iris: Iterable[str]) -> Iterator[StoredClaim]:
    """The claims of these IRIs, in this order."""
    wanted = list(iris)
    for some in (wanted[at : at + _MOST] for at in range(0, len(wanted), _MOST)):
        rows = {str(row["claim"]): row for row in graph.query(_EVIDENCE % _iris(some)).dicts()}
        said = _said(graph, some)
        names, preferred = _names(graph, said)
        yield from (_stored(iri, rows[iri], said[iri], names, preferred, graph.base) for iri in some)


def _stored(
    iri: str,
    row: Mapping[str, str | None],
    said: Iterable[tuple[str, str]],
    names: Mapping[str, set[str]],
    preferred: Mapping[str, str],
    base: str,
) -> StoredClaim:
    relation = Relation(str(row["class"]).removeprefix(POL))
    everything = dict(said)
    told = {n: v for n, v in everything.items() if n in properties_of(relation) or n == "reviewed"}
    return StoredClaim(
        iri,
        relation,
        row["file"] or "",
        row["cleaned"] or "",
        row["exact"] or "",
        everything.get("foundBy", ""),
        everything.get("confidence", ""),
        Evidence(
            source=row["source"] or "",
            part=int(row["part"] or 1),
            text=row["text"] or "",
            page=row["page"] or "",
            start=int(row["start"] or 0),
            end=int(row["end"] or 0),
        ),
        {name: preferred.get(value, value.removeprefix(POL)) for name, value in told.items()},
        {name: _texts(value, names, base) for name, value in told.items()},
        {name: unquote(value.removeprefix(base)) for name, value in told.items() if value.startswith(base)},
    )


def claims_beside(graph: PolicyGraph, claim: StoredClaim) -> tuple[StoredClaim, ...]:
    """The other claims of its sentence."""
    rows = graph.query(_SAME_SENTENCE % (claim.evidence.source, claim.evidence.start))
    return tuple(stored_claims(graph, (str(row[0]) for row in rows if row[0] != claim.iri)))


def claims_joining(graph: PolicyGraph, one: str, other: str) -> tuple[StoredClaim, ...]:
    """The claims in which things of both names or aliases have a role."""
    things: dict[str, set[str]] = {one: set(), other: set()}
    for thing, name in graph.query(_LABELS):
        if name in things:
            things[str(name)].add(str(thing))
    of_one, of_other = (
        {str(row[0]) for row in graph.query(_SPEAKS_OF % _iris(sorted(things[name])))} for name in (one, other)
    )
    return tuple(stored_claims(graph, sorted(of_one & of_other)))


def number_in(what: str) -> str | None:
    """The number of a claim, or its beginning, in an IRI, in `id:claim/a0c9…` or alone; None where it is none."""
    number = re.fullmatch(r"<?(?:\S*/|\w+:claim\\?/)?([0-9a-f]{1,16})>?", what.strip())
    return number[1] if number else None


def claims_in(graph: PolicyGraph, quotes: Iterable[str]) -> tuple[StoredClaim, ...]:
    """The claims of these sentences, cleaned or as printed."""
    sentences = {squeezed(quote) for quote in quotes}
    if not sentences:
        return ()
    return tuple(claims_where(graph, lambda iri, *texts: not sentences.isdisjoint(map(squeezed, texts))))


def claim_called(graph: PolicyGraph, what: str) -> StoredClaim:
    """The claim of this IRI or beginning of its number; QueryError lists the choices where there are several."""
    number = number_in(what)
    if number is None:
        raise QueryError(
            f"{what!r} is no claim: give its IRI or the beginning of its number, as kg explain GRAPH '大连市 县管校聘' "
            "and kg query GRAPH who-adopted show it"
        )
    found = list(claims_where(graph, lambda iri, *_: iri.rpartition("/")[2].startswith(number)))
    if not found:
        raise QueryError(f"the graph has no claim {number}; it may have changed since: ask kg explain again")
    if len(found) > 1:
        choices = [f"  {claim.number}  {claim.summary}  {claim.file}" for claim in found[:CHOICES]]
        choices += [f"  and {len(found) - CHOICES} more"] if len(found) > CHOICES else []
        raise QueryError("\n".join([f"{number} begins several claims; give more of its number:", *choices]))
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
