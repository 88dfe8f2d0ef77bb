"""Claims, sentences and the mentions beside a graph → where in its sentence the words of each role of a claim stand.

What the build has recognised is marked, context words (我市) as well; where it has kept nothing, the longest name of the
thing that the sentence has. A thing inside a longer name (大连市 in 大连市教育局) counts only where it stands nowhere else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kg.graph.mentions import MENTIONS_FILE, Words, read_mentions
from kg.relations.times import datings
from kg.views.explorer.records import ClaimRow, Mark, Quote, Source, Thing

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

_PART = re.compile(r"/part-\d+$")
_TEXTS = ("by", "title", "indicator")  # values in the words of the text
_LONG = frozenset("Agency Organization PolicyDocument Program".split())  # names that may hold the name of another thing
_DATED = frozenset({"Stated", "Effective"})


def marked(
    graph: PolicyGraph,
    claims: Iterable[ClaimRow],
    sources: Sequence[Source],
    quotes: Sequence[Quote],
    things: Iterable[Thing],
) -> Iterator[ClaimRow]:
    """The claims with their marks. GraphError where the table of mentions beside the graph is damaged."""
    mentions = _Mentions(graph, sources)
    names = {thing.iri: (thing.name, *thing.aliases) for thing in things}

    @cache
    def said(number: int) -> tuple[Words, ...]:
        return mentions.of(quotes[number])

    for claim in claims:
        quote = quotes[claim.quote]
        spans = [*_of_roles(claim, quote, said(claim.quote), names, graph.base), *_of_values(claim, quote.printed)]
        spans += _of_year(claim, quote, sources[quote.source].year)
        yield claim._replace(marks=tuple(sorted(set(spans), key=lambda mark: (mark.start, -mark.end, mark.role))))


class _Mentions:
    """The mentions of each source, in order of the text; none for a graph without a table of them."""

    def __init__(self, graph: PolicyGraph, sources: Sequence[Source]) -> None:
        path = graph.path.with_name(MENTIONS_FILE) if graph.path else None
        found = read_mentions(path) if path is not None and path.is_file() else {}
        ids = [_PART.sub("", source.iri).rpartition("/")[2] for source in sources]
        self._of = [sorted(found.get(id_, ()), key=lambda word: (word.start, word.end)) for id_ in ids]
        self._starts = [[word.start for word in words] for words in self._of]

    def of(self, quote: Quote) -> tuple[Words, ...]:
        """Those that stand in a sentence."""
        starts = self._starts[quote.source]
        first, last = bisect_left(starts, quote.start), bisect_left(starts, quote.end)
        return tuple(word for word in self._of[quote.source][first:last] if word.end <= quote.end)


def _of_roles(
    claim: ClaimRow, quote: Quote, said: Sequence[Words], names: Mapping[str, Sequence[str]], base: str
) -> Iterator[Mark]:
    for role, iri in claim.roles:
        entity = unquote(iri.removeprefix(base))
        own = [word for word in said if word.entity == entity]
        free = [word for word in own if not _within_another(word, said)]
        yield from (Mark(role, word.start - quote.start, word.end - quote.start) for word in free or own)
        if not own:
            yield from _found(role, names.get(iri, ()), quote.printed)


def _within_another(one: Words, said: Sequence[Words]) -> bool:
    return any(
        other.kind in _LONG
        and other.entity != one.entity
        and other.start <= one.start
        and one.end <= other.end
        and other.end - other.start > one.end - one.start
        for other in said
    )


def _found(role: str, names: Sequence[str], text: str) -> Iterator[Mark]:
    """Where the longest of the names that the text has stands first."""
    there = [name for name in names if name and name in text]
    if there:
        longest = max(there, key=lambda name: (len(name), name))
        start = text.find(longest)
        yield Mark(role, start, start + len(longest))


def _of_values(claim: ClaimRow, text: str) -> Iterator[Mark]:
    values = dict(claim.values)
    for name in _TEXTS:
        yield from _found(name, [values.get(name, "")], text)
    if "value" in values:
        unit = re.escape(values.get("unit", ""))
        number = rf"(?<![\d.]){re.escape(values['value'])}(?:\.0+)?(?![\d.])\s*{unit}"
        found = list(re.finditer(number, text))
        if len(found) == 1:
            yield Mark("value", *found[0].span())


def _of_year(claim: ClaimRow, quote: Quote, part_year: int | None) -> Iterator[Mark]:
    """The words that name the year of the act, or of a goal its deadline, where the file prints the cleaned sentence."""
    if claim.date_kind in _DATED and quote.printed == quote.text:
        uses = ("deadline", "act") if claim.relation == "Goal" else ("act",)
        for dating in datings(quote.text, part_year):
            if dating.use in uses and claim.year in (dating.year, dating.last):
                yield Mark("year", *dating.span)
                return
