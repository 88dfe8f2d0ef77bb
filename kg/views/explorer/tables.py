"""An exploration → the tables of columns that the page reads; viz/explorer/base/data.js is the other side of this file.

Things, sources, quotes, claims and ties refer to each other by number; -1 is none. A year of 0 is an unknown one. Words of
the ontology are numbers into the lists of `meta`: kinds, levels, links, statuses, genres, dateKinds, relations, claimKinds,
roles, rules, grades, bases. The number 0 of levels, statuses, genres, dateKinds, claimKinds is the empty word.
Offsets count Unicode code points, as they do in the graph; a browser counts UTF-16 units and has to convert them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from kg.model import DateKind, Genre, Kind, Level, Relation, Status
from kg.views.explorer.basemap import lines_of
from kg.views.explorer.claims import CLAIM_KINDS, ROLES
from kg.views.explorer.diffusion_tables import BASES, DATED, GRADES, UNKNOWN, adoptions, read, steps
from kg.views.explorer.initials import initials, misread
from kg.views.explorer.packing import Lists, Numbers, Table, Texts
from kg.views.explorer.records import ClaimRow, Exploration, Thing
from kg.views.explorer.tiles import TILES
from kg.views.explorer.traditional import traditional
from kg.views.records import Link

KINDS = tuple(map(str, Kind))
LEVELS = ("", *map(str, Level))
LINKS = tuple(map(str, Link))
STATUSES = ("", *map(str, Status))
GENRES = ("", *map(str, Genre))
DATE_KINDS = ("", *map(str, DateKind))
RELATIONS = tuple(map(str, Relation))
MARKED = (*ROLES, "indicator", "value", "year")  # what marks tell apart; a role has the same number in both


def meta_of(shown: Exploration) -> dict[str, Any]:
    """Title, counts and years of the whole, the lists of words that the numbers in the tables count into, what search needs."""
    return {
        "title": shown.title,
        "base": shown.base,
        "counts": _counts(shown),
        "years": _years(shown),
        "kinds": KINDS,
        "levels": LEVELS,
        "links": LINKS,
        "statuses": STATUSES,
        "genres": GENRES,
        "dateKinds": DATE_KINDS,
        "relations": RELATIONS,
        "claimKinds": CLAIM_KINDS,
        "roles": MARKED,
        "rules": sorted({claim.rule for claim in shown.claims}),
        "dated": DATED,
        "grades": GRADES,
        "bases": BASES,
        "traditional": traditional(
            (name for thing in shown.things for name in (thing.name, *thing.aliases)),
            (quote.text for quote in shown.quotes),
        ),
        "tiles": [tile._asdict() for tile in TILES],
        "basemap": shown.basemap and shown.basemap._replace(lines=())._asdict(),
    }


def _counts(shown: Exploration) -> dict[str, int]:
    return {
        "files": len({source.file for source in shown.sources}),
        "parts": len(shown.sources),
        "copies": shown.copies,
        "claims": len(shown.claims),
    }


def _years(shown: Exploration) -> tuple[int, int]:
    """The first and the last year of which a claim tells or a text was read; 0 where there is none."""
    years = {year for claim in shown.claims for year in (claim.year, claim.year_to) if year}
    years |= {source.year for source in shown.sources if source.year}
    return min(years, default=UNKNOWN), max(years, default=UNKNOWN)


def tables_of(shown: Exploration) -> dict[str, Table]:
    """All tables, by name."""
    number = {thing.iri: i for i, thing in enumerate(shown.things)}
    claim_number = {claim.iri: i for i, claim in enumerate(shown.claims)}
    return {
        "things": _things(shown, number),
        "sources": _sources(shown, number),
        "quotes": _quotes(shown),
        "claims": _claims(shown, number),
        "ties": _ties(shown),
        "adoptions": adoptions(shown, number, claim_number),
        "steps": steps(shown, number, claim_number),
        "read": read(shown, number),
        "basemap": lines_of(shown.basemap),
    }


def _things(shown: Exploration, number: Mapping[str, int]) -> Table:
    """`aliases` are lines; `initials` are those of the name and of each alias, then their misreadings, as lines, too."""
    things = shown.things
    named = [(thing.name, *thing.aliases) for thing in things]
    places = shown.places or [(0.0, 0.0)] * len(things)
    return {
        "iri": Texts(thing.iri.removeprefix(shown.base) for thing in things),
        "kind": Numbers("u8", (KINDS.index(thing.kind) for thing in things)),
        "name": Texts(thing.name for thing in things),
        "aliases": Texts("\n".join(map(_line, thing.aliases)) for thing in things),
        "initials": Texts("\n".join((*initials(names), *misread(names))) for names in named),
        "level": Numbers("u8", (LEVELS.index(thing.level) for thing in things)),
        "within": _numbers(things, "within", number),
        "province": _numbers(things, "province", number),
        "jurisdiction": _numbers(things, "jurisdiction", number),
        "code": Texts(thing.code for thing in things),
        "lon": Numbers("f32", (math.nan if thing.lon is None else thing.lon for thing in things)),
        "lat": Numbers("f32", (math.nan if thing.lat is None else thing.lat for thing in things)),
        "number": Texts(thing.number for thing in things),
        "issued": Texts(thing.issued for thing in things),
        "since": Numbers("i16", (thing.since or UNKNOWN for thing in things)),
        "issuers": Lists([number[iri] for iri in thing.issuers if iri in number] for thing in things),
        "founding": _numbers(things, "founding", number),
        "inLexicon": Numbers("u8", (2 if thing.in_lexicon is None else thing.in_lexicon for thing in things)),
        "x": Numbers("f32", (x for x, _ in places)),
        "y": Numbers("f32", (y for _, y in places)),
        "community": Numbers("u32", shown.communities or [0] * len(things)),
    }


def _numbers(things: Iterable[Thing], name: str, number: Mapping[str, int]) -> Numbers:
    return Numbers("i32", (number.get(getattr(thing, name), -1) for thing in things))


def _sources(shown: Exploration, number: Mapping[str, int]) -> Table:
    sources = shown.sources
    return {
        "iri": Texts(source.iri.removeprefix(shown.base) for source in sources),
        "file": Texts(source.file for source in sources),
        "part": Numbers("u32", (source.part for source in sources)),
        "title": Texts(source.title for source in sources),
        "place": Numbers("i32", (number.get(source.place, -1) for source in sources)),
        "year": Numbers("i16", (source.year or UNKNOWN for source in sources)),
        "genre": Numbers("u8", (GENRES.index(source.genre) for source in sources)),
    }


def _quotes(shown: Exploration) -> Table:
    """`printed` is empty where the file prints the cleaned text."""
    quotes = shown.quotes
    return {
        "source": Numbers("u32", (quote.source for quote in quotes)),
        "start": Numbers("u32", (quote.start for quote in quotes)),
        "end": Numbers("u32", (quote.end for quote in quotes)),
        "text": Texts(quote.text for quote in quotes),
        "printed": Texts(quote.printed if quote.printed != quote.text else "" for quote in quotes),
        "before": Texts(quote.before for quote in quotes),
        "after": Texts(quote.after for quote in quotes),
        "page": Texts(quote.page for quote in quotes),
    }


def _claims(shown: Exploration, number: Mapping[str, int]) -> Table:
    """`roles` are pairs (number of the role, number of the thing); `values` are lines of name, tab, value.

    `marks` are triples (number of the role, start, end): where its words stand in `printed` of the quote, or in its `text`
    where `printed` is empty.
    """
    claims = shown.claims
    rules = sorted({claim.rule for claim in claims})
    rule_number = {rule: i for i, rule in enumerate(rules)}
    return {
        "id": Texts(claim.iri.rpartition("/")[2] for claim in claims),
        "relation": Numbers("u8", (RELATIONS.index(claim.relation) for claim in claims)),
        "kind": Numbers("u8", (CLAIM_KINDS.index(claim.kind) for claim in claims)),
        "quote": Numbers("u32", (claim.quote for claim in claims)),
        "place": Numbers("i32", (_place(shown, claim, number) for claim in claims)),
        "year": Numbers("i16", (claim.year or UNKNOWN for claim in claims)),
        "yearTo": Numbers("i16", (claim.year_to or claim.year or UNKNOWN for claim in claims)),
        "dateKind": Numbers("u8", (DATE_KINDS.index(claim.date_kind) for claim in claims)),
        "status": Numbers("u8", (STATUSES.index(claim.status) for claim in claims)),
        "confidence": Numbers("u8", (round(claim.confidence * 100) for claim in claims)),
        "rule": Numbers("u32", (rule_number[claim.rule] for claim in claims)),
        "inferred": Numbers("u8", (claim.inferred for claim in claims)),
        "roles": Lists(
            [n for name, iri in claim.roles if iri in number for n in (ROLES.index(name), number[iri])]
            for claim in claims
        ),
        "values": Texts("\n".join(f"{name}\t{_line(value)}" for name, value in claim.values) for claim in claims),
        "marks": Lists([n for role, *span in claim.marks for n in (MARKED.index(role), *span)] for claim in claims),
    }


def _place(shown: Exploration, claim: ClaimRow, number: Mapping[str, int]) -> int:
    """Where the claim holds: its place, the receiver of what travelled, else the place whose text says it."""
    roles = dict(claim.roles)
    said_by = shown.sources[shown.quotes[claim.quote].source].place
    return number.get(roles.get("place") or roles.get("to") or said_by, -1)


def _ties(shown: Exploration) -> Table:
    ties = shown.ties
    return {
        "source": Numbers("u32", (tie.source for tie in ties)),
        "target": Numbers("u32", (tie.target for tie in ties)),
        "link": Numbers("u8", (LINKS.index(tie.link) for tie in ties)),
        "claims": Lists(tie.claims for tie in ties),
    }


def _line(text: str) -> str:
    """On one line, without a tab: what the page takes apart at these."""
    return " ".join(text.split("\n")).replace("\t", " ")
