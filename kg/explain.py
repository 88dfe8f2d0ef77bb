"""A claim or an edge of a graph → why it stands there: the rule, the sentence, and the words that were recognised in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import QueryError
from kg.graph.mentions import MENTIONS_FILE, Words, read_mentions
from kg.graph.store import PolicyGraph

_CLAIM = """
SELECT ?class ?source ?file ?part ?text ?page ?start ?end ?exact ?cleaned ?foundBy ?confidence WHERE {
  ?claim pol:source ?source ; pol:foundBy ?foundBy ; pol:confidence ?confidence ; a ?class ; pol:evidence ?evidence .
  FILTER(STRSTARTS(STR(?class), STR(pol:)))
  ?source pol:file ?file . OPTIONAL { ?source pol:part ?part }
  OPTIONAL { ?evidence oa:hasTarget/pol:textFile ?text } OPTIONAL { ?evidence pol:page ?page }
  ?evidence pol:cleaned ?cleaned ; oa:hasSelector ?position, ?quote .
  ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact .
}"""
_PROPERTIES = """
SELECT ?property ?value ?name WHERE {
  ?claim ?property ?value .
  FILTER(STRSTARTS(STR(?property), STR(pol:)) && ?property NOT IN (pol:source, pol:evidence, pol:foundBy, pol:confidence))
  OPTIONAL { ?value skos:prefLabel ?name }
}
ORDER BY ?property ?value"""
# The IRIs that take the place of ?claim and ?thing come from the graph itself, never from a user.
_THINGS = "SELECT DISTINCT ?thing ?name WHERE { ?thing skos:prefLabel|skos:altLabel ?name }"
_OF_THING = "SELECT DISTINCT ?claim WHERE { ?claim ?role ?thing ; pol:evidence ?evidence }"
_ALL = "SELECT DISTINCT ?claim WHERE { ?claim pol:evidence ?evidence }"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One claim with everything that it rests on."""

    claim: str
    relation: str
    properties: tuple[tuple[str, str], ...]
    rule: str
    confidence: str
    file: str
    part: str
    text: str  # path below the graph folder of the text that the offsets refer to; empty where it is the file
    page: str  # of a PDF
    start: int
    end: int
    quote: str  # the characters of the original
    sentence: str  # the same, cleaned
    words: tuple[Words, ...]


def explain(graph: PolicyGraph, folder: Path, what: str) -> tuple[Explanation, ...]:
    """The explanations of a claim (its IRI, or the beginning of its number) or of an edge (`大连市 三通两平台`: two names with a space).

    Raises QueryError where the graph has no such claim or edge.
    """
    claims = _claims(graph, what)
    words = read_mentions(folder / MENTIONS_FILE if folder.is_dir() else folder.with_name(MENTIONS_FILE))
    return tuple(_explanation(graph, words, claim) for claim in claims)


def _claims(graph: PolicyGraph, what: str) -> list[str]:
    found = re.search(r"([0-9a-f]{6,16})>?$", what.strip())
    if found:
        claims = [str(row[0]) for row in graph.query(_ALL) if str(row[0]).rpartition("/")[2].startswith(found[1])]
        if not claims:
            raise QueryError(
                f"the graph has no claim {found[1]}; claims are listed by: kg query GRAPH who-adopted --format csv"
            )
        return sorted(claims)
    names = [word for word in re.split(r"[\s,，]+|→|->", what.strip()) if word]
    names = [
        name
        for name in names
        if not re.fullmatch(r"pol:\w+|采纳|印发|落实|面向|学习借鉴|adopts|issues|implements", name)
    ]
    if len(names) != 2:
        raise QueryError(
            f"{what!r} is neither a claim nor an edge: give a claim's IRI, or two names such as '大连市 三通两平台'"
        )
    claims = _edges(graph, *names)
    if not claims:
        raise QueryError(
            f"no claim of the graph joins {names[0]} and {names[1]}; see what is there: kg trace GRAPH PROGRAMME"
        )
    return claims


def _edges(graph: PolicyGraph, one: str, other: str) -> list[str]:
    of_one, of_other = (_claims_about(graph, name) for name in (one, other))
    return sorted(of_one & of_other)


def _claims_about(graph: PolicyGraph, name: str) -> set[str]:
    """The claims in which a thing of this name or alias has a role."""
    things = {str(row[0]) for row in graph.query(_THINGS) if row[1] == name}
    return {str(claim) for thing in things for (claim,) in graph.query(_OF_THING.replace("?thing", f"<{thing}>"))}


def _explanation(graph: PolicyGraph, words: Mapping[str, list[Words]], claim: str) -> Explanation:
    row = next(graph.query(_CLAIM.replace("?claim", f"<{claim}>")).dicts())
    start, end = int(row["start"] or 0), int(row["end"] or 0)
    told = graph.query(_PROPERTIES.replace("?claim", f"<{claim}>"))
    source = re.sub(r"/part-\d+$", "", row["source"] or "").rpartition("/")[2]
    return Explanation(
        claim=claim,
        relation=_local(row["class"]),
        properties=tuple((_local(p), name or _local(v)) for p, v, name in told),
        rule=row["foundBy"] or "",
        confidence=row["confidence"] or "",
        file=row["file"] or "",
        part=row["part"] or "1",
        text=row["text"] or "",
        page=row["page"] or "",
        start=start,
        end=end,
        quote=row["exact"] or "",
        sentence=row["cleaned"] or "",
        words=tuple(w for w in words.get(source, []) if start <= w.start and w.end <= end),
    )


def _local(term: str | None) -> str:
    return re.sub(r"^https?://\S+[#/](?=[^#/]+$)", "", term or "")
