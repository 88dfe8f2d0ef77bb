"""A name where it stands → the names that are words of their own there: 规范|县级 holds no 范县, 建设美丽|江苏 no 丽江."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from math import inf, log

from kg.model import Span
from kg.resources import shipped

ALL_WORDS = 6e7  # what the counts add up to, about
LONGEST = 4  # characters of a listed word
WINDOW = 4  # characters on either side of a name that are read with it
COST_OF_UNKNOWN, COST_OF_PARTICLE = log(ALL_WORDS / 5_000), log(ALL_WORDS / 200_000)  # of a character that stands alone
PARTICLES = frozenset(
    "的了和与及或在对从向到至由于为等是将把被以按经并而但让给使比跟同各该本其此这那原现即以中有不也就都"
)
STANDS_BEFORE = PARTICLES | frozenset(
    "省市县区州盟旗乡镇村校部局厅委党处我全赴去往自驻援帮访离抵任选派设推促聚来距近原所"
)
STANDS_AFTER = PARTICLES | frozenset("省市县区州盟旗乡镇村校城要已获设则均率各段内外等籍拟需应可先建")


@cache
def word_counts() -> Mapping[str, int]:
    """The words of words.csv, each with how often it is seen."""
    lines = shipped("data", "lexicons", "words.csv").read_text("utf-8").splitlines()
    return {word: int(count) for word, _, count in (line.partition(",") for line in lines[1:])}


class Words:
    """Reads the characters around a name as words, the likeliest way: the names that are left are words of their own."""

    def __init__(self, counts: Mapping[str, int], names: Mapping[str, int]) -> None:
        self.counts = counts
        self._names = names
        together = {**counts, **{name: max(count, counts.get(name, 0)) for name, count in names.items()}}
        self._costs = {word: log(ALL_WORDS / count) for word, count in together.items()}
        # Two characters that stand side by side in a word: without them at its border no word crosses a name's.
        self.pairs = frozenset(word[n : n + 2] for word in together for n in range(len(word) - 1))
        self._reach: dict[str, int] = {}  # how long the words are that begin with two characters
        for word in together:
            if len(word) > self._reach.get(word[:2], 0):
                self._reach[word[:2]] = len(word)
        self._read = lru_cache(maxsize=4096)(self._likeliest)

    def crossed(self, text: str, span: Span) -> bool:
        """Whether a listed word or another name shares characters with the name and reaches beyond it."""
        start, end = span
        before, behind = text[start - 1 : start + 1], text[end - 1 : end + 1]
        return (before in self.pairs and self.crosses_start(text, span)) or (
            behind in self.pairs and self._crosses_end(text, span)
        )

    def crosses_start(self, text: str, span: Span) -> bool:
        """Whether a listed word begins before the name and ends behind its first character."""
        for a in range(max(0, span.start - LONGEST + 1), span.start):
            for b in range(span.start + 1, a + LONGEST + 1):
                if text[a:b] in self.counts:
                    return True
        return False

    def _crosses_end(self, text: str, span: Span) -> bool:
        for a in range(max(span.start, span.end - LONGEST + 1), span.end):
            for b in range(span.end + 1, a + LONGEST + 1):
                if text[a:b] in self._costs:
                    return True
        return False

    def names_at(self, text: str, span: Span) -> list[Span]:
        """The names that share characters with this one once the text around is read as words."""
        begin, words = self._around(text, span)
        found = []
        for a, b in words:
            if begin + a < span.end and span.start < begin + b and text[begin + a : begin + b] in self._names:
                found.append(Span(begin + a, begin + b))
        return found

    def hangs_before(self, text: str, span: Span) -> bool:
        """Whether a single character is left over before the name that seldom stands alone: 罗|浮山县."""
        begin, words = self._around(text, span)
        left = next((text[begin + a : begin + b] for a, b in words if begin + b == span.start), "")
        return _is_left_over(left, STANDS_BEFORE)

    def hangs_after(self, text: str, span: Span) -> bool:
        """Whether a single character is left over behind the name that seldom stands alone: 新都|桥."""
        begin, words = self._around(text, span)
        left = next((text[begin + a : begin + b] for a, b in words if begin + a == span.end), "")
        return _is_left_over(left, STANDS_AFTER)

    def _around(self, text: str, span: Span) -> tuple[int, tuple[tuple[int, int], ...]]:
        begin = max(0, span.start - WINDOW)
        return begin, self._read(text[begin : span.end + WINDOW])

    def _likeliest(self, text: str) -> tuple[tuple[int, int], ...]:
        """The words of a stretch, by start and end."""
        costs, reach, length = self._costs, self._reach, len(text)
        best = [0.0] + [inf] * length
        came_from = [0] * (length + 1)
        for a, character in enumerate(text):
            so_far = best[a] + (COST_OF_PARTICLE if character in PARTICLES else COST_OF_UNKNOWN)
            if so_far < best[a + 1]:
                best[a + 1], came_from[a + 1] = so_far, a
            for b in range(a + 2, min(length, a + reach.get(text[a : a + 2], 0)) + 1):
                cost = costs.get(text[a:b])
                if cost is not None and best[a] + cost < best[b]:
                    best[b], came_from[b] = best[a] + cost, a
        words = []
        end = length
        while end:
            words.append((came_from[end], end))
            end = came_from[end]
        return tuple(reversed(words))


def _is_left_over(word: str, standing: frozenset[str]) -> bool:
    return len(word) == 1 and "\u4e00" <= word <= "\u9fff" and word not in standing
