"""A set of names → where a text has them, longest match first."""

from __future__ import annotations

from collections.abc import Iterable

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from kg.model import Span


class Names:
    """Finds any of many names in one pass (Aho–Corasick, leftmost-longest)."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted(set(names))
        self._automaton = (
            CharwiseDoubleArrayAhoCorasick(self.names, MATCH_KIND_LEFTMOST_LONGEST) if self.names else None
        )

    def __call__(self, text: str) -> list[tuple[Span, str]]:
        """The non-overlapping matches, in order of the text."""
        names = self.names
        return [(Span(start, end), names[index]) for start, end, index in self.matches(text)]

    def matches(self, text: str) -> list[tuple[int, int, int]]:
        """The same as start, end and number of the name in `names`: for those who throw most of them away."""
        return self._automaton.find(text) if self._automaton is not None else []
