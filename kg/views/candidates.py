"""A graph and the decisions so far → the pairs of programmes that may be one thing, for a reviewer to decide on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.graph.likeness import Likeness, alike
from kg.graph.store import PolicyGraph
from kg.model import Kind
from kg.reviewed.decisions import Reviewed, Thing, ends_of
from kg.views.tables import Table

COLUMNS = (
    "score",
    "name",
    "other",
    "why",
    "nameClaims",
    "namePlaces",
    "otherClaims",
    "otherPlaces",
    "nameSentence",
    "otherSentence",
)
NEAR = 2  # years
_PROGRAMS = """
SELECT ?program ?name ?known WHERE { ?program a pol:Program ; skos:prefLabel ?name ; pol:inLexicon ?known }
ORDER BY ?program"""
_ALIASES = """
SELECT ?program ?name WHERE { ?program a pol:Program ; skos:altLabel ?name FILTER(LANG(?name) = "zh") }
ORDER BY ?program ?name"""
_MENTIONED = "SELECT DISTINCT ?program WHERE { ?source pol:mentions ?program . ?program a pol:Program }"
_CLAIMS = """
SELECT DISTINCT ?program ?claim ?place ?year ?sentence WHERE {
  ?claim pol:evidence/pol:cleaned ?sentence ; ?role ?program . ?program a pol:Program
  OPTIONAL { ?claim pol:place ?place } OPTIONAL { ?claim pol:year ?year }
} ORDER BY ?program ?claim"""
_RELATED = """
SELECT DISTINCT ?one ?other WHERE {
  ?one pol:succeeds|pol:partOf|dcterms:replaces|dcterms:isPartOf ?other . ?one a pol:Program . ?other a pol:Program }"""
_PLACES = "SELECT DISTINCT ?name WHERE { ?place a pol:Place ; skos:prefLabel|skos:altLabel ?name }"


@dataclass(slots=True)
class _Program:
    """What speaks for and against taking it for another."""

    name: str
    known: bool
    mentioned: bool = False
    aliases: list[str] = field(default_factory=list)
    claims: set[str] = field(default_factory=set)
    years: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # by place
    sentence: str = ""

    @property
    def standing(self) -> tuple[bool, int, int, int, str]:
        """The greater has the better name: of the lexicon, of more claims and places, shorter."""
        return self.known, len(self.claims), len(self.years), -len(self.name), self.name


def candidates(graph: PolicyGraph, reviewed: Reviewed, limit: int | None = None) -> Table:
    """The likeliest pairs first; `other` is the name that would stay. Pairs decided already, two programmes of the
    lexicon, and programmes of which one succeeds or holds the other are left out."""
    programs = _programs(graph)
    order = sorted(programs, key=lambda iri: programs[iri].standing, reverse=True)
    related = {frozenset(row) for row in graph.query(_RELATED)}
    ends = ends_of(reviewed.same)
    apart = {frozenset((_end(p.first.name, ends), _end(p.second.name, ends))) for p in reviewed.apart}
    rows = []
    for pair in alike([(programs[iri].name, *programs[iri].aliases) for iri in order], _places(graph)):
        iris = order[pair.one], order[pair.other]
        stays, goes = (programs[iri] for iri in iris)
        names = frozenset(_end(program.name, ends) for program in (stays, goes))
        if (stays.known and goes.known) or not (stays.mentioned or goes.mentioned):
            continue
        if frozenset(iris) in related or len(names) < 2 or names in apart:
            continue
        rows.append((_score(pair, stays, goes), goes, stays, pair))
    rows.sort(key=lambda row: (-row[0], row[1].name, row[2].name))
    return Table(COLUMNS, tuple(_row(*row) for row in rows[:limit]))


def _programs(graph: PolicyGraph) -> dict[str, _Program]:
    programs = {
        str(iri): _Program(str(name), known == "true") for iri, name, known in graph.query(_PROGRAMS) if iri and name
    }
    for iri, alias in graph.query(_ALIASES):
        programs[str(iri)].aliases.append(str(alias))
    for (iri,) in graph.query(_MENTIONED):
        programs[str(iri)].mentioned = True
    for iri, claim, place, year, sentence in graph.query(_CLAIMS):
        program = programs[str(iri)]
        program.mentioned = True
        program.sentence = program.sentence or str(sentence)
        program.claims.add(str(claim))
        if place:
            program.years[place] |= {int(year)} if year else set()
    return programs


def _places(graph: PolicyGraph) -> set[str]:
    """Full and short names of the places of the graph."""
    names = {str(name) for (name,) in graph.query(_PLACES)}
    return names | {name[:-1] for name in names if len(name) > 2 and name[-1] in "省市县区州"}


def _end(name: str, ends: Mapping[Thing, Thing]) -> str:
    thing = Thing(Kind.PROGRAM, name)
    return ends.get(thing, thing).name


def _score(pair: Likeness, one: _Program, other: _Program) -> float:
    """The likeness of the names, and a little more where a place has both, and where it has both in near years."""
    shared = one.years.keys() & other.years.keys()
    near = any(abs(a - b) <= NEAR for place in shared for a in one.years[place] for b in other.years[place])
    return round(pair.score + 0.05 * bool(shared) + 0.05 * near, 3)


def _row(score: float, goes: _Program, stays: _Program, pair: Likeness) -> tuple[str, ...]:
    by = {pair.names[0], pair.names[1]} - {goes.name, stays.name}
    why = pair.why + (f" ({', '.join(sorted(by))})" if by else "")
    counts = (str(len(each)) for program in (goes, stays) for each in (program.claims, program.years))
    return (f"{score:g}", goes.name, stays.name, why, *counts, goes.sentence, stays.sentence)
