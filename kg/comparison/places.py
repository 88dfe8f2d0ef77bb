"""Two places → what both do and who was first, what only one does, what both carry out, and figures side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.comparison.indicators import Level, comparable, nearness
from kg.comparison.reading import Reader
from kg.comparison.records import (
    First,
    Goal,
    GoalPair,
    OwnProgram,
    PlaceComparison,
    Said,
    SharedDocument,
    SharedProgram,
    Thing,
    Who,
)
from kg.errors import QueryError
from kg.graph.store import PolicyGraph
from kg.model import DateKind, Relation, Status

Years = tuple[int, int]
_BEGUN = frozenset({Status.STARTED, Status.COMPLETED})


def place_comparison(graph: PolicyGraph, place: str, other: str, years: Years | None = None) -> PlaceComparison:
    """Two places side by side, over the `years` from and to, or over all.

    Raises QueryError where a place is unknown, nothing is said of it, or both are one.
    """
    reader = Reader(graph)
    one, two = reader.place(place), reader.place(other)
    if one == two:
        raise QueryError(f"{place} and {other} are one place; --with names another one")
    mine, its = (_within(years, reader.said_of(each)) for each in (one, two))
    for each, said in ((one, mine), (two, its)):
        if not said:
            raise QueryError(_nothing(reader, each, years))
    adopted, its_adopted = (_firsts(reader, said) for said in (mine, its))
    shared = [thing for thing in adopted if thing in its_adopted]
    return PlaceComparison(
        one=_apart(one, two),
        other=_apart(two, one),
        years=years,
        sources=(reader.sources(one), reader.sources(two)),
        shared=tuple(
            SharedProgram(thing, adopted[thing], its_adopted[thing], who(adopted[thing], its_adopted[thing]))
            for thing in shared
        ),
        only_one=tuple(OwnProgram(thing, first) for thing, first in adopted.items() if thing not in its_adopted),
        only_other=tuple(OwnProgram(thing, first) for thing, first in its_adopted.items() if thing not in adopted),
        documents=_documents(reader, mine, its),
        goals=_pairs(*(_goals_within(years, reader.goals_of(each)) for each in (one, two))),
    )


def first_of(adoptions: Sequence[Said]) -> First:
    """When a place took a programme up, as far as its adoptions bound it.

    A stated year is exact only of what was started or done in it; a document's year, and one in which something goes on,
    say that it was not later. A plan says no more than that it was not done before the year that it names.
    """
    done = [said for said in adoptions if said.status is not Status.PLANNED]
    known = [said for said in done or adoptions if said.year is not None]
    if not known:
        return First(adoptions[0], None, None, planned=not done)
    said = min(known, key=lambda s: (s.year, not _is_exact(s), s.order))
    exact = said.date_kind in (DateKind.STATED, DateKind.EFFECTIVE)
    if not done:
        return First(said, said.year if exact else None, None, planned=True)
    return First(said, said.year if _is_exact(said) else None, said.year, planned=False)


def who(one: First, other: First) -> Who:
    """Which was first; open where what is known of the two overlaps."""
    if one.is_exact and other.is_exact and one.high == other.high:
        return Who.TIE
    if one.high is not None and other.low is not None and one.high < other.low:
        return Who.ONE
    if other.high is not None and one.low is not None and other.high < one.low:
        return Who.OTHER
    return Who.OPEN


def _apart(place: Thing, other: Thing) -> Thing:
    """The place, with its number behind its name where the other has the same name: 鼓楼区（320302）."""
    if place.name != other.name:
        return place
    return Thing(place.iri, (f"{place.name}（{place.iri.rpartition('/')[2]}）", *place.names))


def _is_exact(said: Said) -> bool:
    return said.date_kind in (DateKind.STATED, DateKind.EFFECTIVE) and said.status in _BEGUN


def _firsts(reader: Reader, said: Iterable[Said]) -> dict[Thing, First]:
    """Each programme that a place does or plans, with when it did so first; what is only ended is not among them."""
    of_thing: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        if one.relation is Relation.ADOPTS and one.status is not Status.ENDED:
            of_thing[one.thing].append(one)
    things = reader.named(of_thing)
    firsts = {things[iri]: first_of(adoptions) for iri, adoptions in of_thing.items()}
    return dict(sorted(firsts.items(), key=lambda item: (item[1].said.year or 9999, item[0].name)))


def _documents(reader: Reader, mine: Iterable[Said], its: Iterable[Said]) -> tuple[SharedDocument, ...]:
    """What both carry out of a higher level, each with its earliest sentence."""
    one, other = (_earliest(said) for said in (mine, its))
    things = reader.named(one)
    both = sorted((things[iri] for iri in one if iri in other), key=lambda thing: thing.name)
    return tuple(SharedDocument(thing, one[thing.iri], other[thing.iri]) for thing in both)


def _earliest(said: Iterable[Said]) -> Mapping[str, Said]:
    found: dict[str, Said] = {}
    carried = [one for one in said if one.relation is Relation.IMPLEMENTS]
    for one in sorted(carried, key=lambda s: (s.year or s.source.year or 9999, s.order)):
        found.setdefault(one.thing, one)
    return found


def _pairs(mine: Sequence[Goal], its: Sequence[Goal]) -> tuple[GoalPair, ...]:
    """Figures for the same indicator, kind and year in comparable units, the nearest wordings only."""
    pairs = [
        (nearness(one, other), one, other)
        for one in mine
        for other in its
        if one.said.status is other.said.status
        and one.year == other.year
        and one.year is not None
        and comparable(one, other)
    ]
    near = [pair for pair in pairs if pair[0][0] is Level.SAME]
    best: dict[str, tuple[Level, float]] = defaultdict(lambda: (Level.NONE, 0.0))
    for level, one, other in near:
        best[one.said.claim] = max(best[one.said.claim], level)
        best[other.said.claim] = max(best[other.said.claim], level)
    return tuple(
        GoalPair(one, other, planned=one.said.status is Status.PLANNED)
        for level, one, other in near
        if level == best[one.said.claim] == best[other.said.claim]
    )


def _within(years: Years | None, said: Iterable[Said]) -> tuple[Said, ...]:
    return tuple(s for s in said if years is None or (s.year is not None and years[0] <= s.year <= years[1]))


def _goals_within(years: Years | None, goals: Iterable[Goal]) -> tuple[Goal, ...]:
    return tuple(
        goal for goal in goals if years is None or (goal.year is not None and years[0] <= goal.year <= years[1])
    )


def _nothing(reader: Reader, place: Thing, years: Years | None) -> str:
    span = f" in {years[0]}–{years[1]}" if years else ""
    return (
        f"no text says what {place.name} does{span}; there are documents of {reader.speakers()} "
        "(kg query GRAPH coverage shows the years)"
    )
