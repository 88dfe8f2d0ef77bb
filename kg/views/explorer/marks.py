"""Claims, sentences and the mentions beside a graph → where in its sentence the words of each role of a claim stand.

What the build has recognised is marked, context words (我市) as well; where it has kept nothing, the longest name of the
thing that the sentence has. A thing inside a longer name (大连市 in 大连市教育局) counts only where it stands nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kg.graph.mentions import Words
from kg.model import DateKind, Relation
from kg.relations.times import datings
from kg.views.explorer.records import ClaimRow, Mark, Quote, Source, Thing
from kg.views.explorer.sentences import Mentions, PrintedSentence

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

_TEXTS = ("by", "title", "indicator")  # values in the words of the text
_LONG = frozenset("Agency Organization PolicyDocument Program".split())  # names that may hold the name of another thing
_DATED = frozenset({DateKind.STATED, DateKind.EFFECTIVE})


def marked(
    graph: PolicyGraph,
    claims: Iterable[ClaimRow],
    sources: Sequence[Source],
    quotes: Sequence[Quote],
    things: Iterable[Thing],
) -> Iterator[ClaimRow]:
    """The claims with their marks. GraphError where the table of mentions beside the graph is damaged."""
    mentions = Mentions(graph.path, sources)
    names = {thing.iri: (thing.name, *thing.aliases) for thing in things}

    @cache
    def sentence(number: int) -> PrintedSentence:
        return PrintedSentence(quotes[number], mentions.of(quotes[number]))

    for claim in claims:
        at = sentence(claim.quote)
        found = {*_of_roles(claim, at, names, graph.base), *_of_values(claim, at)}
        found.update(_of_year(claim, at, sources[at.quote.source].year))
        yield claim._replace(marks=tuple(sorted(found, key=lambda mark: (mark.start, -mark.end, mark.role))))


def _of_roles(claim: ClaimRow, at: PrintedSentence, names: Mapping[str, Sequence[str]], base: str) -> Iterator[Mark]:
    for role, iri in claim.roles:
        entity = unquote(iri.removeprefix(base))
        own = [word for word in at.said if word.entity == entity]
        free = [word for word in own if not _within_another(word, at.said)]
        yield from (Mark(role, word.start - at.quote.start, word.end - at.quote.start) for word in free or own)
        if not own:
            yield from _found(role, names.get(iri, ()), at)


def _within_another(one: Words, said: Iterable[Words]) -> bool:
    return any(
        other.kind in _LONG
        and other.entity != one.entity
        and other.start <= one.start
        and one.end <= other.end
        and other.end - other.start > one.end - one.start
        for other in said
    )


def _found(role: str, names: Iterable[str], at: PrintedSentence) -> Iterator[Mark]:
    """Where the longest of the names that the sentence has stands first."""
    there = [name for name in names if name and name in at.quote.text]
    if there:
        longest = max(there, key=lambda name: (len(name), name))
        start = at.quote.text.find(longest)
        yield from at.marks(role, start, start + len(longest))


def _of_values(claim: ClaimRow, at: PrintedSentence) -> Iterator[Mark]:
    values = dict(claim.values)
    for name in _TEXTS:
        if name in values:
            yield from _found(name, (values[name],), at)
    if "value" in values:
        places = list(_figures(at.quote.text, values["value"]))
        if len(places) == 1:
            (end,) = places
            unit = values.get("unit", "")
            with_unit = end + len(unit) if at.quote.text.startswith(unit, end) else end
            yield from at.marks("value", end - len(values["value"]), with_unit)


def _figures(text: str, figure: str) -> Iterator[int]:
    """Where a figure ends that is not part of a longer one."""
    start = text.find(figure)
    while start >= 0:
        end = start + len(figure)
        if not re.match(r"[\d.]", text[start - 1 : start]) and not re.match(r"\.?\d", text[end : end + 2]):
            yield end
        start = text.find(figure, end)


def _of_year(claim: ClaimRow, at: PrintedSentence, part_year: int | None) -> Iterator[Mark]:
    """The words that name the year of the act, or of a goal its deadline."""
    if claim.date_kind in _DATED:
        uses = ("deadline", "act") if claim.relation == Relation.GOAL else ("act",)
        for dating in datings(at.quote.text, part_year):
            if dating.use in uses and claim.year in (dating.year, dating.last):
                yield from at.marks("year", *dating.span)
                return
