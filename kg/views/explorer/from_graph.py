"""A built graph → everything that the explorer holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kg.diffusion.adoptions import History
from kg.diffusion.history.from_graph import history_of_graph
from kg.diffusion.ways.documents import origins_of
from kg.diffusion.ways.way import Step, way
from kg.diffusion.ways.way_from_graph import steps_of
from kg.model import Kind
from kg.views.explorer.records import ClaimRow, Exploration, Quote, Source, Thing, Tie
from kg.views.from_graph import DIFFUSION_ENDS, ENDS
from kg.views.records import Link

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

POL = "https://w3id.org/policy-kg/ontology#"
_CLAIMS = (
    "SELECT ?claim ?property ?value WHERE { ?claim pol:evidence ?evidence ; pol:source ?source ; ?property ?value }"
)
_QUOTES = """
SELECT ?claim ?source ?start ?end ?text ?exact ?before ?after ?page WHERE {
  ?claim pol:source ?source ; pol:evidence ?evidence .
  ?evidence oa:hasSelector ?position, ?quote . ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact .
  OPTIONAL { ?evidence pol:cleaned ?text } OPTIONAL { ?quote oa:prefix ?before } OPTIONAL { ?quote oa:suffix ?after }
  OPTIONAL { ?evidence pol:page ?page }
}"""
_SOURCES = """
SELECT ?source ?file ?part ?title ?place ?year ?genre WHERE {
  ?source a pol:SourceDocument ; pol:file ?file .
  OPTIONAL { ?source pol:part ?part } OPTIONAL { ?source dcterms:title ?title }
  OPTIONAL { ?source pol:jurisdiction ?place } OPTIONAL { ?source pol:reportYear ?year }
  OPTIONAL { ?source pol:genre ?genre }
}"""
_THINGS = """
SELECT ?thing ?property ?value WHERE {
  VALUES ?class { pol:Program pol:PolicyDocument pol:Agency pol:Place pol:Organization pol:TargetGroup }
  ?thing a ?class ; ?property ?value
}"""
_VALUES = frozenset("by title indicator operator value valueTo unit baseValue baseUnit baseline date kind".split())
_APART = frozenset("year yearTo dateKind status confidence foundBy inferred source evidence kind reviewed".split())

Told = Mapping[str, Mapping[str, list[str]]]


def exploration_of(graph: PolicyGraph, title: str = "政策扩散") -> Exploration:
    """The whole graph."""
    facts = _facts(graph)
    sources = _sources(graph)
    quotes, quote_of = _quotes(graph, {source.iri: i for i, source in enumerate(sources)})
    claims = tuple(_claims(graph, facts, quote_of))
    history = history_of_graph(graph)
    ways = dict(_ways(graph, history))
    things = tuple(_things(facts, _used(facts, claims, sources, history, ways)))
    number = {thing.iri: i for i, thing in enumerate(things)}
    ties = tuple(_ties(claims, things, number))
    return Exploration(title, graph.base, things, sources, quotes, claims, ties, history, ways)


def _told(graph: PolicyGraph, question: str) -> dict[str, dict[str, list[str]]]:
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for thing, property_, value in graph.query(question):
        told[str(thing)][_local(str(property_))].append(str(value))
    return told


def _facts(graph: PolicyGraph) -> dict[str, dict[str, list[str]]]:
    return _told(graph, _THINGS)


def _sources(graph: PolicyGraph) -> tuple[Source, ...]:
    found: dict[str, Source] = {}
    for iri, file, part, title, place, year, genre in graph.query(_SOURCES):
        row = Source(
            str(iri),
            str(file),
            int(part or 0),
            title or "",
            place or "",
            int(year) if year else None,
            _local(genre or ""),
        )
        found[row.iri] = min(row, found.get(row.iri, row), key=repr)
    return tuple(sorted(found.values(), key=lambda s: (s.file, s.part, s.iri)))


def _quotes(graph: PolicyGraph, number: Mapping[str, int]) -> tuple[tuple[Quote, ...], dict[str, int]]:
    """The sentences in order of the sources, and the number of that of each claim."""
    of: dict[str, Quote] = {}
    for claim, source, start, end, text, exact, before, after, page in graph.query(_QUOTES):
        quote = Quote(
            number[str(source)],
            int(start or 0),
            int(end or 0),
            text or exact or "",
            exact or "",
            before or "",
            after or "",
            page or "",
        )
        of[str(claim)] = min(quote, of.get(str(claim), quote))
    quotes = sorted(set(of.values()))
    at = {quote: i for i, quote in enumerate(quotes)}
    return tuple(quotes), {claim: at[quote] for claim, quote in of.items()}


def _claims(graph: PolicyGraph, facts: Told, quote_of: Mapping[str, int]) -> Iterator[ClaimRow]:
    said = _told(graph, _CLAIMS)
    for iri in sorted(said, key=lambda iri: (quote_of.get(iri, 0), iri)):
        told = said[iri]

        def one(name: str, told: Mapping[str, list[str]] = told) -> str:
            return min(told[name]) if name in told else ""

        roles = tuple((n, min(v)) for n, v in sorted(told.items()) if n not in _APART and min(v) in facts)
        filled = {name for name, _ in roles}
        yield ClaimRow(
            iri,
            next(_local(type_) for type_ in sorted(told["type"]) if type_.startswith(POL)),
            _local(one("kind")),
            quote_of[iri],
            roles,
            tuple((n, _bare(min(v))) for n, v in sorted(told.items()) if n in _VALUES - filled - {"kind"}),
            int(one("year")) if "year" in told else None,
            int(one("yearTo")) if "yearTo" in told else None,
            _local(one("dateKind")),
            _local(one("status")),
            float(one("confidence") or 1),
            one("foundBy"),
            one("inferred") == "true",
        )


def _ways(graph: PolicyGraph, history: History) -> Iterator[tuple[str, tuple[Step, ...]]]:
    origins = origins_of(graph)
    for program in history.programs:
        if len(history.by_program[program.id]) > 1:
            steps, names = steps_of(graph, history, program.id)
            found = way(history, program.id, steps, origin=origins.get(program.id), names=names)
            yield program.id, found.steps


def _used(
    facts: Told,
    claims: Iterable[ClaimRow],
    sources: Iterable[Source],
    history: History,
    ways: Mapping[str, tuple[Step, ...]],
) -> set[str]:
    """All things that something is said of or read from, the provinces, and everything above them."""
    used = {iri for claim in claims for _, iri in claim.roles} | {source.place for source in sources}
    used |= {unit.id for unit in history.units} | {
        end for steps in ways.values() for s in steps for end in (s.origin, s.destination)
    }
    used |= {iri for iri, told in facts.items() if told.get("level") == [POL + "Province"]}
    waiting = [iri for iri in used if iri in facts]
    found: set[str] = set()
    while waiting:
        iri = waiting.pop()
        if iri in facts and iri not in found:
            found.add(iri)
            waiting += [
                o for name in ("within", "jurisdiction", "foundingDocument", "issuer") for o in facts[iri].get(name, [])
            ]
    return found


def _things(facts: Told, used: set[str]) -> Iterator[Thing]:
    rows = [_thing(iri, facts) for iri in used]
    return iter(
        sorted(rows, key=lambda thing: (list(Kind).index(thing.kind), thing.code or "~", thing.name, thing.iri))
    )


def _thing(iri: str, facts: Told) -> Thing:
    told = facts[iri]

    def one(name: str) -> str:
        return min(told[name]) if name in told else ""

    kind = next(Kind(_local(type_)) for type_ in sorted(told["type"]) if _local(type_) in set(Kind))
    name = one("prefLabel") or iri.rpartition("/")[2]
    seat = iri if kind is Kind.PLACE else one("jurisdiction")
    return Thing(
        iri,
        kind,
        name,
        tuple(sorted(set(told.get("altLabel", [])) - {name})),
        _local(one("level") or (min(facts[seat].get("level", [""])) if seat in facts else "")),
        one("within"),
        _province(seat, facts),
        one("jurisdiction"),
        one("notation"),
        float(one("long")) if "long" in told else None,
        float(one("lat")) if "lat" in told else None,
        one("number"),
        one("issued"),
        int(one("since")) if "since" in told else None,
        tuple(sorted(told.get("issuer", []))),
        one("foundingDocument"),
        one("inLexicon") == "true" if "inLexicon" in told else None,
    )


def _province(iri: str, facts: Told) -> str:
    seen: set[str] = set()
    while iri in facts and iri not in seen:
        if facts[iri].get("level") == [POL + "Province"]:
            return iri
        seen.add(iri)
        iri = min(facts[iri].get("within", [""]))
    return ""


def _ties(claims: Iterable[ClaimRow], things: tuple[Thing, ...], number: Mapping[str, int]) -> Iterator[Tie]:
    together: dict[tuple[int, int, Link], list[int]] = defaultdict(list)
    for i, claim in enumerate(claims):
        ends = _ends(claim, number)
        if ends is not None and ends[0] != ends[1]:
            together[ends].append(i)
    for i, thing in enumerate(things):
        for above, link in ((thing.jurisdiction, Link.JURISDICTION), (thing.within, Link.WITHIN)):
            if above in number and number[above] != i:
                together.setdefault((i, number[above], link), [])
    order = list(Link)
    for (source, target, link), of in sorted(together.items(), key=lambda t: (t[0][0], t[0][1], order.index(t[0][2]))):
        yield Tie(source, target, link, tuple(of))


def _ends(claim: ClaimRow, number: Mapping[str, int]) -> tuple[int, int, Link] | None:
    row = DIFFUSION_ENDS.get(claim.kind) if claim.relation == "Diffusion" else ENDS.get(claim.relation)
    if row is None:
        return None
    link, subjects, objects = row
    roles = {name: number[iri] for name, iri in claim.roles if iri in number}
    source = next((roles[name] for name in subjects if name in roles), None)
    target = next((roles[name] for name in objects if name in roles), None)
    return None if source is None or target is None else (source, target, link)


def _bare(value: str) -> str:
    return value.removeprefix(POL)


def _local(iri: str) -> str:
    return iri.removeprefix(POL).rpartition("#")[2].rpartition("/")[2]
