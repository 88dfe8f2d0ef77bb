"""The words recognised in a printed sentence → where they stand in the cleaned one; the sentence with its roles marked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from kg.graph.mentions import Words
from kg.model import Span
from kg.views.explained import Role


class Named(NamedTuple):
    """A mention in the cleaned sentence."""

    span: Span
    kind: str
    words: str
    entity: str  # "" where it was left open
    found_by: str


def named_in(sentence: str, quote: str, start: int, words: Iterable[Words]) -> tuple[Named, ...]:
    """The mentions where the cleaned sentence has them; `start` is where the printed one, `quote`, begins in its file.

    What a repair changed beyond recognition is left out.
    """
    clean_of = _aligned(quote, sentence)
    found = []
    for word in words:
        places = [m.start() for m in re.finditer(f"(?={re.escape(word.words)})", sentence)] if word.words else []
        if places:
            guess = clean_of(word.start - start)
            at = min(places, key=lambda place: abs(place - guess))
            span = Span(at, at + len(word.words))
            found.append(Named(span, word.kind, word.words, word.entity, word.found_by))
    return tuple(found)


def _aligned(printed: str, cleaned: str) -> Callable[[int], int]:
    """Which character of the cleaned text a character of the printed one became, or would stand at."""
    if printed == cleaned:
        return lambda at: at
    blocks = SequenceMatcher(None, printed, cleaned, autojunk=False).get_matching_blocks()
    starts = [block.a for block in blocks]

    def clean_of(at: int) -> int:
        block = blocks[max(bisect_right(starts, at) - 1, 0)]
        return block.b + max(at - block.a, 0)

    return clean_of


def marked(sentence: str, roles: Iterable[Role], labels: Mapping[str, str]) -> str:
    """`开展【政策项目 “四园联创”】行动`: the words of each role in brackets with its label; of two that cross, the first."""
    spans: list[tuple[Span, str]] = []
    for span, label in sorted(
        ((span, labels.get(role.name, role.name)) for role in roles for span in role.spans),
        key=lambda found: (found[0].start, -found[0].end),
    ):
        if not any(other.start <= span.start < other.end < span.end for other, _ in spans):
            spans.append((span, label))
    opening: dict[int, list[str]] = defaultdict(list)
    closing: Counter[int] = Counter()
    for span, label in spans:
        opening[span.start].append(f"【{label} ")
        closing[span.end] += 1
    pieces = ["】" * closing[at] + "".join(opening[at]) + sentence[at : at + 1] for at in range(len(sentence) + 1)]
    return "".join(pieces)
