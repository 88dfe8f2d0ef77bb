"""A set of words → where a text has them, also where one overlaps another."""

from __future__ import annotations

from collections.abc import Iterable

from daachorse import CharwiseDoubleArrayAhoCorasick


class WordEnds:
    """Finds the ends of many words in one pass (Aho–Corasick); of words that end together only the longest is told."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(set(words))
        self._automaton = CharwiseDoubleArrayAhoCorasick(self.words)

    def __call__(self, text: str) -> list[tuple[int, int, int]]:
        """Start, end and number of the word in `words`, in order of the ends."""
        matches: list[tuple[int, int, int]] = self._automaton.find_overlapping_no_suffix(text)
        return matches

    def all(self, text: str) -> list[tuple[int, int, int]]:
        """The same with every word, also one that ends a longer one."""
        matches: list[tuple[int, int, int]] = self._automaton.find_overlapping(text)
        return matches
