"""A built graph → its history of adoptions: who took up what and when, and which texts of whom were read.

Only Adoption claims count, as in the shipped questions: that a place carries out (落实) a programme of a higher level is
an Implementation, and says nothing of its own taking it up. Plans count unless they are left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kg.diffusion.adoptions import Adoption, Evidence, History, Program, Unit
from kg.diffusion.history.intervals import Said, adoption_of, said_of
from kg.diffusion.naming import word_of
from kg.graph.iris import POL
from kg.graph.several import Columns
from kg.model import DateKind, Level, Status

_CLAIMS = """
SELECT ?claim ?place ?program ?source ?sentence ?year ?to ?kind ?status ?confidence WHERE {
  ?claim a pol:Adoption ; pol:place ?place ; pol:program ?program ; pol:source ?source ; pol:evidence/pol:cleaned ?sentence .
  OPTIONAL { ?claim pol:year ?year } OPTIONAL { ?claim pol:yearTo ?to } OPTIONAL { ?claim pol:dateKind ?kind }
  OPTIONAL { ?claim pol:status ?status } OPTIONAL { ?claim pol:confidence ?confidence }
}"""
_SOURCES = """
SELECT ?source ?file ?part ?place ?year WHERE {
  ?source a pol:SourceDocument ; pol:file ?file .
  OPTIONAL { ?source pol:part ?part } OPTIONAL { ?source pol:jurisdiction ?place } OPTIONAL { ?source pol:reportYear ?year }
}"""
_NAMING = "SELECT ?source ?program WHERE { ?program a pol:Program . ?source pol:mentions ?program }"
_PLACES = """
SELECT ?place ?property ?value WHERE {
  ?place a pol:Place ; ?property ?value .
  FILTER(?property IN (skos:prefLabel, skos:notation, pol:level, pol:within, geo:lat, geo:long))
}"""
_PROGRAMS = """
SELECT ?program ?property ?value WHERE {
  ?program a pol:Program ; ?property ?value . FILTER(?property IN (skos:prefLabel, pol:since, pol:foundingDocument))
}"""
_FOUNDING = """
SELECT ?document ?name ?issued WHERE {
  { SELECT DISTINCT ?document WHERE { ?program pol:foundingDocument ?document } }
  ?document skos:prefLabel ?name . OPTIONAL { ?document dcterms:issued ?issued }
} ORDER BY ?document ?name ?issued"""

Facts = Mapping[str, Mapping[str, str]]  # thing → property → its value, the first of several


def history_of_graph(graph: Columns, *, plans: bool = True) -> History:
    """All adoptions of a graph, with the places that have one or of which a document was read, and those above them."""
    files, read = _read(graph)
    said = tuple(_said(graph, files, plans=plans))
    adoptions = _silenced(_adoptions(said), read, _naming(graph, read))
    of = {adoption.unit for adoption in adoptions} | {unit for unit, _ in read.values()}
    return History(
        units=tuple(units_of(graph, of)),
        programs=tuple(_programs(graph, {adoption.program for adoption in adoptions})),
        adoptions=adoptions,
        read=dict(sorted(Counter(read.values()).items())),
    )


def _read(graph: Columns) -> tuple[Mapping[str, str], Mapping[str, tuple[str, int]]]:
    """Source → its file, and the parts that were read of a known place and year. Copies of other texts are no parts."""
    files: dict[str, str] = {}
    read: dict[str, tuple[str, int]] = {}
    for source, file, part, place, year in graph.query(_SOURCES):
        files[str(source)] = min(str(file), files.get(str(source), str(file)))
        if part and place and year:
            read[str(source)] = (place, int(year))
    return files, read


def _said(graph: Columns, files: Mapping[str, str], *, plans: bool) -> Iterator[Said]:
    for claim, place, program, source, sentence, year, to, kind, state, confidence in graph.query(_CLAIMS):
        status = word_of(Status, state)
        if status is Status.PLANNED and not plans:
            continue
        evidence = Evidence(
            str(claim),
            files.get(str(source), ""),
            str(sentence),
            str(source),
            float(year) if year else None,
            status,
            float(confidence or 1),
        )
        yield said_of(str(place), str(program), evidence, word_of(DateKind, kind), int(to) if to else None)


def _adoptions(said: Iterable[Said]) -> tuple[Adoption, ...]:
    together: dict[tuple[str, str], dict[str, Said]] = defaultdict(dict)
    for one in said:
        together[one.unit, one.program].setdefault(one.evidence.claim, one)
    found = (adoption_of(together[pair].values()) for pair in sorted(together))
    return tuple(adoption for adoption in found if adoption is not None)


def _naming(graph: Columns, read: Mapping[str, tuple[str, int]]) -> set[tuple[str, str, int]]:
    """(programme, unit, year) for each document that was read and names a programme, whatever it says of it."""
    found = ((str(program), str(source)) for source, program in graph.query(_NAMING))
    return {(program, *read[source]) for program, source in found if source in read}


def _silenced(
    adoptions: Iterable[Adoption], read: Mapping[str, tuple[str, int]], naming: set[tuple[str, str, int]]
) -> tuple[Adoption, ...]:
    """The adoptions, each with the last year before it in which the unit was read without a word of the programme."""
    years: dict[str, list[int]] = defaultdict(list)
    for unit, year in sorted(set(read.values())):
        years[unit].append(year)
    return tuple(replace(a, silent=_silent(a, years[a.unit], naming)) for a in adoptions)


def _silent(adoption: Adoption, years: list[int], naming: set[tuple[str, str, int]]) -> float | None:
    if adoption.upper is None:
        return None
    before = reversed(years[: bisect_left(years, adoption.upper)])
    return next((float(y) for y in before if (adoption.program, adoption.unit, y) not in naming), None)


def units_of(graph: Columns, used: Iterable[str]) -> Iterator[Unit]:
    """These places and all above them, by their IRIs."""
    facts = _facts(graph, _PLACES)
    for iri in sorted(_with_superiors(used, facts)):
        fact = facts.get(iri, {})
        yield Unit(
            iri,
            fact.get("prefLabel", iri.rpartition("/")[2]),
            word_of(Level, fact.get("level")),
            fact.get("within", ""),
            _province(iri, facts),
            fact.get("notation", ""),
            float(fact["long"]) if "long" in fact else None,
            float(fact["lat"]) if "lat" in fact else None,
        )


def _with_superiors(used: Iterable[str], facts: Facts) -> set[str]:
    return {above for iri in used for above in _line(iri, facts)}


def _line(iri: str, facts: Facts) -> Iterator[str]:
    """The place and all above it."""
    seen: set[str] = set()
    while iri and iri not in seen:
        seen.add(iri)
        yield iri
        iri = facts.get(iri, {}).get("within", "")


def _province(iri: str, facts: Facts) -> str:
    return next((above for above in _line(iri, facts) if facts.get(above, {}).get("level") == Level.PROVINCE), "")


def _programs(graph: Columns, used: Iterable[str]) -> Iterator[Program]:
    facts = _facts(graph, _PROGRAMS)
    founding = {str(iri): (str(name), issued) for iri, name, issued in graph.query(_FOUNDING)}
    for iri in sorted(used):
        fact = facts.get(iri, {})
        document, issued = founding.get(fact.get("foundingDocument", ""), ("", None))
        year = issued or fact.get("since")
        name = fact.get("prefLabel", iri.rpartition("/")[2])
        yield Program(iri, name, document=document, document_year=int(year) if year else None)


def _facts(graph: Columns, question: str) -> Facts:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for iri, property_, value in graph.query(question):
        name, text = _local(str(property_)), str(value)
        known = found[str(iri)]
        text = _local(text) if name == "level" else text
        known[name] = min(text, known.get(name, text))
    return found


def _local(iri: str) -> str:
    return iri.removeprefix(POL).rpartition("#")[2].rpartition("/")[2]
