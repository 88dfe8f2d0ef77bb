"""A graph → what it knows of its things before any claim, and the things that the explorer shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.model import Kind, Level
from kg.views.explorer.asking import Asked, local
from kg.views.explorer.records import Thing

_KINDS = "SELECT ?thing ?class WHERE { VALUES ?class { %s } ?thing a ?class }"
_ONE = (
    "skos:prefLabel pol:level pol:within pol:jurisdiction pol:foundingDocument pol:number pol:since pol:inLexicon "
    "pol:validTo skos:notation geo:long geo:lat dcterms:issued"
).split()
_ORDER = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of things: their kinds, and by property their value or values."""

    kinds: Mapping[str, Kind]
    one: Mapping[str, Mapping[str, str]]
    aliases: Mapping[str, list[str]]
    issuers: Mapping[str, list[str]]

    def told(self, iri: str, name: str) -> str:
        """The value of a property, empty where there is none."""
        return self.one[name].get(iri, "")

    def line(self, iri: str) -> Iterator[str]:
        """The place and all above it."""
        seen: set[str] = set()
        while iri in self.kinds and iri not in seen:
            seen.add(iri)
            yield iri
            iri = self.told(iri, "within")

    @property
    def provinces(self) -> Iterator[str]:
        """The provinces of today."""
        ended = self.one["validTo"]
        return (iri for iri, level in self.one["level"].items() if level == Level.PROVINCE and iri not in ended)


def facts_of(asked: Asked) -> Facts:
    """The facts of all things of a graph."""
    classes = " ".join(f"pol:{kind}" for kind in Kind)
    kinds: dict[str, Kind] = {}
    for iri, class_ in asked.graph.query(_KINDS % classes):
        kind = Kind(local(str(class_)))
        kinds[str(iri)] = min(kind, kinds.get(str(iri), kind))
    one = {name.partition(":")[2]: asked.column(name) for name in _ONE}
    levels = set(map(str, Level))
    one["level"] = {iri: asked.word(level, levels, "level") for iri, level in one["level"].items() if iri in kinds}
    return Facts(kinds, one, asked.lists("skos:altLabel"), asked.lists("pol:issuer"))


def things_of(asked: Asked, facts: Facts, used: Iterable[str]) -> tuple[Thing, ...]:
    """The things that are used, those above them and behind them, and the provinces; sorted by kind, code and name."""
    found = _with_those_behind(facts, {*used, *facts.provinces})
    things = [_thing(asked, facts, iri) for iri in found]
    return tuple(sorted(things, key=lambda thing: (_ORDER[thing.kind], thing.code or "~", thing.name, thing.iri)))


def _with_those_behind(facts: Facts, used: Iterable[str]) -> set[str]:
    waiting = [iri for iri in used if iri in facts.kinds]
    found: set[str] = set()
    while waiting:
        iri = waiting.pop()
        if iri not in found:
            found.add(iri)
            behind = [facts.told(iri, name) for name in ("within", "jurisdiction", "foundingDocument")]
            waiting += [other for other in (*behind, *facts.issuers.get(iri, ())) if other in facts.kinds]
    return found


def _thing(asked: Asked, facts: Facts, iri: str) -> Thing:
    kind, name = facts.kinds[iri], facts.told(iri, "prefLabel") or iri.rpartition("/")[2]
    seat = iri if kind is Kind.PLACE else facts.told(iri, "jurisdiction")
    lon, lat, lexicon = (facts.told(iri, name) for name in ("long", "lat", "inLexicon"))
    return Thing(
        iri=iri,
        kind=kind,
        name=name,
        aliases=tuple(alias for alias in dict.fromkeys(facts.aliases.get(iri, ())) if alias != name),
        level=facts.told(iri, "level") or facts.told(seat, "level"),
        within=facts.told(iri, "within"),
        province=next((above for above in facts.line(seat) if facts.told(above, "level") == Level.PROVINCE), ""),
        jurisdiction=facts.told(iri, "jurisdiction"),
        code=facts.told(iri, "notation"),
        lon=asked.decimal(lon, iri) if lon else None,
        lat=asked.decimal(lat, iri) if lat else None,
        number=facts.told(iri, "number"),
        issued=facts.told(iri, "issued"),
        since=asked.year(facts.told(iri, "since"), iri),
        issuers=tuple(facts.issuers.get(iri, ())),
        founding=facts.told(iri, "foundingDocument"),
        in_lexicon=lexicon == "true" if lexicon else None,
    )
