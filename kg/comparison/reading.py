"""A graph → the sources of a place, and what is said in them or of it, as the records that are compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from kg.comparison.records import Goal, Said, Source, Thing
from kg.errors import QueryError
from kg.graph.iris import POL
from kg.graph.rows import Value
from kg.graph.store import PolicyGraph
from kg.model import DateKind, Genre, Relation, Status

Row = Mapping[str, Value]

_PLACE = """# ?place (Place, for example 大连市)
SELECT DISTINCT ?place WHERE { ?place a pol:Place }"""
_SOURCES = """
SELECT ?source ?file ?number ?title ?genre ?year WHERE {
  ?source pol:jurisdiction <%s> ; pol:part ?number ; pol:file ?file .
  OPTIONAL { ?source pol:genre ?genre } OPTIONAL { ?source pol:reportYear ?year } OPTIONAL { ?source dcterms:title ?title }
} ORDER BY ?file ?number ?title"""
_SOURCE = """
SELECT ?source ?file ?number ?title ?genre ?year WHERE {
  VALUES ?source { %s } ?source pol:part ?number ; pol:file ?file .
  OPTIONAL { ?source pol:genre ?genre } OPTIONAL { ?source pol:reportYear ?year } OPTIONAL { ?source dcterms:title ?title }
} ORDER BY ?file ?number ?title"""
_SAID = """
SELECT ?claim ?class ?thing ?place ?status ?year ?dateKind ?sentence ?start ?source WHERE {
  %s
  VALUES (?class ?role) {
    (pol:Adoption pol:program) (pol:Issuance pol:document) (pol:Implementation pol:object) (pol:Targeting pol:program)
    (pol:Goal pol:program) (pol:Diffusion pol:program) (pol:Recognition pol:title) }
  ?claim a ?class ; ?role ?thing ; pol:source ?source ; pol:evidence ?evidence .
  FILTER(ISIRI(?thing))
  ?evidence pol:cleaned ?sentence ; oa:hasSelector/oa:start ?start .
  OPTIONAL { ?claim pol:place ?place } OPTIONAL { ?claim pol:year ?year } OPTIONAL { ?claim pol:dateKind ?dateKind }
  OPTIONAL { ?claim pol:status ?state } OPTIONAL { ?claim pol:kind ?kind } BIND(COALESCE(?state, ?kind) AS ?status)
} ORDER BY ?claim"""
_GOALS = """
SELECT ?claim ?thing ?place ?status ?year ?dateKind ?sentence ?start ?source
       ?indicator ?operator ?value ?unit ?baseValue ?baseUnit WHERE {
  %s
  ?claim a pol:Goal ; pol:source ?source ; pol:indicator ?indicator ; pol:value ?value ; pol:kind ?status ;
    pol:evidence ?evidence .
  ?evidence pol:cleaned ?sentence ; oa:hasSelector/oa:start ?start .
  OPTIONAL { ?claim pol:place ?place } OPTIONAL { ?claim pol:program ?thing } OPTIONAL { ?claim pol:year ?year }
  OPTIONAL { ?claim pol:dateKind ?dateKind } OPTIONAL { ?claim pol:operator ?operator } OPTIONAL { ?claim pol:unit ?unit }
  OPTIONAL { ?claim pol:baseValue ?baseValue } OPTIONAL { ?claim pol:baseUnit ?baseUnit }
} ORDER BY ?claim"""
_MENTIONED = "SELECT ?source ?thing WHERE { VALUES ?source { %s } ?source pol:mentions ?thing } ORDER BY ?source ?thing"
_SENTENCES = """
SELECT DISTINCT ?source ?start ?sentence WHERE {
  VALUES ?source { %s } ?claim pol:source ?source ; pol:evidence ?evidence .
  ?evidence pol:cleaned ?sentence ; oa:hasSelector/oa:start ?start
} ORDER BY ?source ?start"""
_NAMES = """
SELECT ?thing ?rank ?name WHERE {
  VALUES ?thing { %s } VALUES (?property ?rank) { (skos:prefLabel 0) (skos:altLabel 1) } ?thing ?property ?name
} ORDER BY ?thing ?rank ?name"""
_STATES = """
SELECT ?source ?state (COUNT(?claim) AS ?claims) WHERE {
  VALUES ?source { %s } VALUES ?state { pol:Planned pol:Started pol:Completed } ?claim pol:source ?source ; pol:status ?state
} GROUP BY ?source ?state"""
_SUCCEEDS = "SELECT ?later ?earlier WHERE { ?later pol:succeeds|dcterms:replaces ?earlier } ORDER BY ?later ?earlier"
_INSIDE = "SELECT ?place WHERE { ?place pol:within+ <%s> }"
_SPEAKERS = """
SELECT DISTINCT ?name WHERE {
  ?source pol:jurisdiction ?place ; pol:part ?number . ?place skos:prefLabel ?name } ORDER BY ?name"""
FEW = 12  # names that a message lists


class Reader:
    """Asks one graph; things are named once and kept."""

    def __init__(self, graph: PolicyGraph) -> None:
        self._graph = graph
        self._names: dict[str, Thing] = {}

    def place(self, name: str) -> Thing:
        """The place of this name or IRI; QueryError, with near names, where there is none or several."""
        found = [str(row[0]) for row in self._graph.query(_PLACE, {"place": name})]
        if not found:
            raise QueryError(f"the graph knows no place {name}; give its name, such as 大连市")
        return self.named(found)[found[0]]

    def named(self, iris: Iterable[str]) -> Mapping[str, Thing]:
        """These things and all that were asked for before, by IRI; what has no label is called by its IRI."""
        missing = sorted({*iris} - set(self._names) - {""})
        labels: dict[str, list[str]] = defaultdict(list)
        if missing:
            for iri, _, name in self._graph.query(_NAMES % _bracketed(missing)):
                labels[str(iri)].append(str(name))
        self._names |= {iri: Thing(iri, tuple(dict.fromkeys(labels[iri])) or (iri,)) for iri in missing}
        return self._names

    def sources(self, place: Thing) -> tuple[Source, ...]:
        """The parts that are of a place, in order of files; copies of other texts are none."""
        return tuple(_sources(self._graph.query(_SOURCES % place.iri).typed()))

    def inside(self, place: Thing) -> frozenset[str]:
        """The place and all that lies in it, as IRIs."""
        return frozenset([place.iri, *(str(row[0]) for row in self._graph.query(_INSIDE % place.iri))])

    def said_in(self, sources: Collection[Source]) -> tuple[Said, ...]:
        """What is said of programmes and documents in these sources, as a reader meets it."""
        return self._said(f"VALUES ?source {{ {_bracketed(s.iri for s in sources)} }}") if sources else ()

    def said_of(self, place: Thing) -> tuple[Said, ...]:
        """What is said of programmes and documents of a place, in whosever text."""
        return self._said(f"?claim pol:place <{place.iri}> .")

    def goals_in(self, sources: Collection[Source]) -> tuple[Goal, ...]:
        return self._goals(f"VALUES ?source {{ {_bracketed(s.iri for s in sources)} }}") if sources else ()

    def goals_of(self, place: Thing) -> tuple[Goal, ...]:
        return self._goals(f"?claim pol:place <{place.iri}> .")

    def mentioned(self, sources: Collection[Source]) -> Mapping[str, tuple[Source, ...]]:
        """What these sources name, with or without a claim: IRI → where."""
        by_iri = {source.iri: source for source in sources}
        found: dict[str, list[Source]] = defaultdict(list)
        if sources:
            for source, thing in self._graph.query(_MENTIONED % _bracketed(by_iri)):
                found[str(thing)].append(by_iri[str(source)])
        return {thing: tuple(where) for thing, where in found.items()}

    def sentences(self, sources: Collection[Source]) -> Mapping[str, tuple[tuple[int, str], ...]]:
        """The sentences of each source of which something was read, with where they begin."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        if sources:
            for row in self._graph.query(_SENTENCES % _bracketed(s.iri for s in sources)).typed():
                found[_text(row, "source")].append((int(str(row["start"])), _text(row, "sentence")))
        return {source: tuple(told) for source, told in found.items()}

    def balance(self, sources: Collection[Source]) -> Mapping[str, int]:
        """Of each source by how many claims it tells more often what was done than what shall be done."""
        found: dict[str, int] = defaultdict(int)
        if sources:
            for row in self._graph.query(_STATES % _bracketed(s.iri for s in sources)).typed():
                sign = -1 if _local(row["state"]) == Status.PLANNED else 1
                found[_text(row, "source")] += sign * int(str(row["claims"]))
        return found

    def speakers(self) -> str:
        """The places of which something was read, for a message."""
        names = [str(row[0]) for row in self._graph.query(_SPEAKERS)]
        return "、".join(names[:FEW]) + f" … ({len(names)})" * (len(names) > FEW) if names else "none"

    @cached_property
    def heirs(self) -> Mapping[str, tuple[str, ...]]:
        """A programme or document → what succeeds it."""
        found: dict[str, list[str]] = defaultdict(list)
        for later, earlier in self._graph.query(_SUCCEEDS):
            found[str(earlier)].append(str(later))
        return {earlier: tuple(later) for earlier, later in found.items()}

    def _said(self, which: str) -> tuple[Said, ...]:
        rows = tuple(self._graph.query(_SAID % which).typed())
        return self._told(rows)

    def _told(self, rows: Collection[Row]) -> tuple[Said, ...]:
        sources = {str(row["source"]) for row in rows}
        known = (
            {s.iri: s for s in _sources(self._graph.query(_SOURCE % _bracketed(sources)).typed())} if sources else {}
        )
        things = self.named(str(row[role]) for row in rows for role in ("thing", "place") if row[role])
        told = {_text(row, "claim"): _said(row, known[_text(row, "source")], things) for row in rows}
        return tuple(sorted(told.values(), key=lambda said: said.order))

    def _goals(self, which: str) -> tuple[Goal, ...]:
        rows = tuple(self._graph.query(_GOALS % which).typed())
        by_claim = {_text(row, "claim"): row for row in rows}
        goals = [_goal(said, by_claim[said.claim]) for said in self._told(rows)]
        of_sentence = self._adopted({goal.said.source for goal in goals})
        return tuple(replace(goal, programs=self._programs(goal.said, of_sentence)) for goal in goals)

    def _adopted(self, sources: Collection[Source]) -> Mapping[tuple[str, int], set[str]]:
        """The programmes that each sentence adopts."""
        found: dict[tuple[str, int], set[str]] = defaultdict(set)
        for said in self.said_in(sources):
            if said.relation is Relation.ADOPTS:
                found[said.source.iri, said.start].add(said.thing)
        return found

    def _programs(self, said: Said, adopted: Mapping[tuple[str, int], set[str]]) -> tuple[Thing, ...]:
        iris = {said.thing} if said.thing else adopted.get((said.source.iri, said.start), set())
        return tuple(self.named(iris)[iri] for iri in sorted(iris))


def _sources(rows: Iterable[Row]) -> Iterator[Source]:
    seen: set[str] = set()
    for row in rows:
        if (iri := _text(row, "source")) not in seen:
            seen.add(iri)
            genre, year, number = row["genre"], row["year"], row["number"]
            yield Source(
                iri,
                _text(row, "file"),
                number if isinstance(number, int) else 1,
                _text(row, "title"),
                Genre(_local(genre)) if genre else Genre.OTHER,
                year if isinstance(year, int) else None,
            )


def _said(row: Row, source: Source, things: Mapping[str, Thing]) -> Said:
    year, start = row["year"], row["start"]
    return Said(
        _text(row, "claim"),
        Relation(_local(row["class"])) if "class" in row else Relation.GOAL,
        _text(row, "thing"),
        things[_text(row, "place")] if row["place"] else None,
        Status(_local(row["status"])) if _local(row["status"]) in set(Status) else None,
        year if isinstance(year, int) else None,
        DateKind(_local(row["dateKind"])) if row["dateKind"] else None,
        _text(row, "sentence"),
        start if isinstance(start, int) else 0,
        source,
    )


def _goal(said: Said, row: Row) -> Goal:
    value, base = _decimal(row["value"]), row["baseValue"]
    unit = _text(row, "unit")
    status = Status.PLANNED if _local(row["status"]) == Status.PLANNED else Status.COMPLETED
    return Goal(
        replace(said, status=status),
        _text(row, "indicator"),
        _text(row, "operator") or "=",
        value,
        unit,
        value if base is None else _decimal(base),
        unit if base is None else _text(row, "baseUnit"),
    )


def _decimal(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _text(row: Row, name: str) -> str:
    return "" if row[name] is None else str(row[name])


def _local(iri: Value) -> str:
    return str(iri or "").removeprefix(POL)


def _bracketed(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)
