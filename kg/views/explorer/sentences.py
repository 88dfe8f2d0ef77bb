"""A sentence as it was cleaned and as its file prints it, with what was recognised in it → where words are printed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path

from kg.graph.mentions import MENTIONS_FILE, Words, read_mentions
from kg.model import LONGEST_SENTENCE
from kg.views.explorer.records import Mark, Quote, Source

_PART = re.compile(r"/part-\d+$")
_COMPARED = 2 * LONGEST_SENTENCE  # characters; nothing longer was read by a build


class Mentions:
    """The mentions of each source, in order of the text; none for a graph without a table of them beside it."""

    def __init__(self, graph: Path | None, sources: Sequence[Source]) -> None:
        path = graph.with_name(MENTIONS_FILE) if graph else None
        found = read_mentions(path) if path is not None and path.is_file() else {}
        ids = [_PART.sub("", source.iri).rpartition("/")[2] for source in sources]
        self._of = [sorted(found.get(id_, ()), key=lambda word: (word.start, word.end)) for id_ in ids]
        self._starts = [[word.start for word in words] for words in self._of]

    def of(self, quote: Quote) -> tuple[Words, ...]:
        """Those that stand in a sentence."""
        starts = self._starts[quote.source]
        first, last = bisect_left(starts, quote.start), bisect_left(starts, quote.end)
        return tuple(word for word in self._of[quote.source][first:last] if word.end <= quote.end)


class PrintedSentence:
    """A sentence and its mentions. Offsets of the cleaned text become those of the printed one."""

    def __init__(self, quote: Quote, said: tuple[Words, ...]) -> None:
        self.quote = quote
        self.said = said

    def marks(self, role: str, start: int, end: int) -> Iterator[Mark]:
        """The mark of these characters of the cleaned text; none where a repair changed their ends beyond recognition."""
        if self.quote.printed == self.quote.text:
            yield Mark(role, start, end)
            return
        first, last = self._printed(start), self._printed(end - 1)
        if first is not None and last is not None and first <= last:
            yield Mark(role, first, last + 1)

    def _printed(self, at: int) -> int | None:
        starts, blocks = self._blocks
        block = blocks[max(bisect_right(starts, at) - 1, 0)]
        clean, printed, length = block
        return printed + at - clean if clean <= at < clean + length else None

    @cached_property
    def _blocks(self) -> tuple[list[int], list[tuple[int, int, int]]]:
        """The stretches that both have: where they begin in the cleaned text, in the printed one, and how long they are."""
        clean, printed = self.quote.text, self.quote.printed
        if max(len(clean), len(printed)) > _COMPARED:
            return [0], [(0, 0, 0)]
        blocks = SequenceMatcher(None, clean, printed, autojunk=False).get_matching_blocks()
        return [block.a for block in blocks], [(block.a, block.b, block.size) for block in blocks]
