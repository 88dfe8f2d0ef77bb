"""A part of a document → where to look for its year, and the readings that words of it give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.model import Document, Genre, Span
from kg.texts.numerals import number_of

OPENING = 500  # characters in which a text says for which year it is written
YEAR = r"(?<![\d—–-])(?P<y>(?:19|20)\d\d|[一二][〇○零九][〇○零一二三四五六七八九]{2})"


class Frame(NamedTuple):
    """What may tell the year of a part."""

    document: Document
    body: Span
    title: Span | None
    heading: Span | None
    genre: Genre
    alone: bool = False  # the file holds this document only, so that its name speaks of it

    @property
    def opening(self) -> Span:
        return Span(self.body.start, min(self.body.end, self.body.start + OPENING))

    @property
    def after_title(self) -> Span:
        return Span(max(self.body.start, self.title.end) if self.title else self.body.start, self.body.end)

    def has(self, cue: str) -> bool:
        """Whether the body says `cue`: asked before a slower search for what can only stand around it."""
        return self.document.clean.find(cue, *self.body) >= 0


class Hint(NamedTuple):
    """One reading of the year, the rule that made it and its words (none where they stand outside the cleaned text)."""

    year: int
    rule: str
    span: Span | None


def year_in(found: re.Match[str]) -> int:
    """The year that a pattern with YEAR in it found."""
    return number_of(found["y"]) or 0


def read(pattern: re.Pattern[str], rule: str, frame: Frame, span: Span | None) -> Iterator[Hint]:
    """The years that a pattern finds in a stretch of the text, which may be none."""
    if span:
        for found in pattern.finditer(frame.document.clean, span.start, span.end):
            yield Hint(year_in(found), rule, Span(*found.span()))


def sentence_around(frame: Frame, span: Span) -> str:
    """The sentence around `span`."""
    clean = frame.document.clean
    start = max(clean.rfind(mark, frame.body.start, span.start) for mark in "。\n；")
    ends = [end for mark in "。\n；" if (end := clean.find(mark, span.end, frame.body.end)) >= 0]
    return clean[max(start + 1, frame.body.start) : min(ends, default=frame.body.end)]
