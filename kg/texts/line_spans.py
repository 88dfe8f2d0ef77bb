"""A stretch of a text → the spans of its lines, all of them or those that hold a word."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Span


def lines(clean: str, span: Span) -> Iterator[Span]:
    """The lines of a stretch that are not empty."""
    start = span.start
    while start < span.end:
        end = clean.find("\n", start, span.end)
        end = span.end if end < 0 else end
        if end > start:
            yield Span(start, end)
        start = end + 1


def lines_with(word: str, clean: str, span: Span) -> Iterator[Span]:
    """The lines that hold the word, found by leaping from one to the next."""
    at = clean.find(word, *span)
    while at >= 0:
        start = clean.rfind("\n", span.start, at) + 1 or span.start
        end = clean.find("\n", at, span.end)
        end = span.end if end < 0 else end
        yield Span(start, end)
        at = clean.find(word, end, span.end)
