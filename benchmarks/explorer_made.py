"""A number of things and a seed → a made-up exploration with texts as long as real ones: two ties for each thing.

Two things in five are places, two programmes, one documents; nine ties in ten lie within a group of about 150 things, some
of which have far more ties than others. Each tie is one claim with a sentence of its own of 30 to 200 characters. The same
numbers give the same exploration.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from reuse import Writer

from kg.diffusion.adoptions import Adoption, Dated, Evidence, History, Program, Unit
from kg.model import Kind
from kg.views.explorer.records import ClaimRow, Exploration, Quote, Source, Thing, Tie
from kg.views.records import Link

BASE = "https://w3id.org/policy-kg/id/"
KINDS = (Kind.PROGRAM, Kind.PROGRAM, Kind.PLACE, Kind.PLACE, Kind.POLICY_DOCUMENT)
PATHS = {Kind.PROGRAM: "program", Kind.PLACE: "place", Kind.POLICY_DOCUMENT: "policy-document"}
TIES, GROUP, INSIDE = 2, 150, 0.9
CLAIMS_OF_A_TEXT = 40
YEARS = range(2005, 2025)


def made_exploration(n: int, seed: int = 0) -> Exploration:
    """Such an exploration of `n` things, without places."""
    dice = random.Random(seed)
    writer = Writer(dice)
    things = tuple(sorted((_thing(i, writer, dice) for i in range(n)), key=lambda thing: list(Kind).index(thing.kind)))
    pairs = list(_pairs(things, dice))
    texts = range(0, len(pairs), CLAIMS_OF_A_TEXT)
    sources = tuple(Source(f"{BASE}source/{i:08x}", f"{i:06}.txt", 0, writer.passage(20)) for i in range(len(texts)))
    quotes = tuple(_quote(i, writer.passage(dice.randint(30, 200))) for i in range(len(pairs)))
    claims = tuple(_claim(i, things[a], things[b], dice) for i, (a, b) in enumerate(pairs))
    ties = tuple(Tie(a, b, Link.ADOPTS, (i,)) for i, (a, b) in enumerate(pairs))
    return Exploration("生成", BASE, things, sources, quotes, claims, ties, _history(things, claims, quotes))


def _thing(number: int, writer: Writer, dice: random.Random) -> Thing:
    kind = KINDS[number % len(KINDS)]
    length = dice.randint(4, 20)
    name = ""
    while len(name) < length:
        name += writer.words(1)
    return Thing(f"{BASE}{PATHS[kind]}/{number:06}", kind, name[:length])


def _pairs(things: tuple[Thing, ...], dice: random.Random) -> Iterator[tuple[int, int]]:
    """Who is tied to what, always of another kind; each pair once."""
    groups: list[list[int]] = [[] for _ in range(max(1, len(things) // GROUP))]
    member = [int(len(groups) * dice.random() ** 1.5) for _ in things]
    for thing, group in enumerate(member):
        groups[group].append(thing)
    seen: set[tuple[int, int]] = set()
    while len(seen) < TIES * len(things):
        a = dice.randrange(len(things))
        near = groups[member[a]] if dice.random() < INSIDE else range(len(things))
        b = near[int(len(near) * dice.random() ** 2)]
        if things[a].kind is Kind.PLACE and things[b].kind is not Kind.PLACE and (a, b) not in seen:
            seen.add((a, b))
            yield a, b


def _quote(number: int, text: str) -> Quote:
    start = number % CLAIMS_OF_A_TEXT * 250
    return Quote(number // CLAIMS_OF_A_TEXT, start, start + len(text), text, text)


def _claim(number: int, place: Thing, other: Thing, dice: random.Random) -> ClaimRow:
    roles = (("place", place.iri), ("program", other.iri))
    year = dice.choice(YEARS)
    return ClaimRow(
        f"{BASE}claim/{number:016x}", "Adoption", "", number, roles, year=year, date_kind="Stated", rule="made"
    )


def _history(things: tuple[Thing, ...], claims: tuple[ClaimRow, ...], quotes: tuple[Quote, ...]) -> History:
    units = tuple(Unit(thing.iri, thing.name) for thing in things if thing.kind is Kind.PLACE)
    programs = tuple(Program(thing.iri, thing.name) for thing in things if thing.kind is Kind.PROGRAM)
    known = {program.id for program in programs}
    rows = []
    for claim, quote in zip(claims, quotes, strict=True):
        (_, place), (_, program) = claim.roles
        if program in known and claim.year:
            said = (Evidence(claim.iri, "", quote.text, year=claim.year),)
            rows.append(Adoption(place, program, claim.year - 1, claim.year, Dated.STATED, evidence=said))
    return History(units, programs, tuple(rows))
