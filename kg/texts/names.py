"""A set of names → where a text has them, longest match first."""

from __future__ import annotations

from collections.abc import Iterable

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from kg.model import Span


class Names:
    """Finds any of many names in one pass (Aho–Corasick, leftmost-longest)."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names))
        self._automaton = (
            CharwiseDoubleArrayAhoCorasick(self._names, MATCH_KIND_LEFTMOST_LONGEST) if self._names else None
        )

    def __call__(self, text: str) -> list[tuple[Span, str]]:
        """The non-overlapping matches, in order of the text."""
        if self._automaton is None:
            return []
        return [(Span(start, end), self._names[index]) for start, end, index in self._automaton.find(text)]
