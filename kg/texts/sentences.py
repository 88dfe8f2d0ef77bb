"""A part → its sentences, each with the index of its paragraph and its clean span."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Part, Sentence, Span
from kg.patterns import regex

CLOSERS = {"”": "“", "》": "《", "）": "（"}
ENDS = frozenset("。！？；")
BLANKS = " \t\u3000\xa0"

_MARK = regex("[。！？；“”《》（）]")
_GOES_ON = regex("[，、；：。！？）”》的等和与及或]")


def split_sentences(part: Part) -> tuple[Sentence, ...]:
    """Sentences end at 。！？； and at line breaks, but not inside “…”, 《…》 or （…）.

    Within a paragraph where one of these pairs does not balance, that pair is ignored.
    """
    clean = part.document.clean
    sentences: list[Sentence] = []
    paragraph = 0
    for start, end in _lines(clean, part.span):
        before = len(sentences)
        for span in _sentence_spans(clean, start, end):
            sentences.append(Sentence(part, len(sentences), paragraph, span))
        paragraph += len(sentences) > before
    return tuple(sentences)


def _lines(clean: str, span: Span) -> Iterator[Span]:
    start = span.start
    while start < span.end:
        end = clean.find("\n", start, span.end)
        end = span.end if end < 0 else end
        yield Span(start, end)
        start = end + 1


def _sentence_spans(clean: str, start: int, end: int) -> Iterator[Span]:
    for first, last in _cuts(clean, start, end):
        while first < last and clean[first] in BLANKS:
            first += 1
        while last > first and clean[last - 1] in BLANKS:
            last -= 1
        if first < last:
            yield Span(first, last)


def _cuts(clean: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    marks = list(_MARK.finditer(clean, start, end))
    signs = "".join(mark[0] for mark in marks)
    pairs = {closer: opener for closer, opener in CLOSERS.items() if _balanced(signs, opener, closer)}
    openers = set(pairs.values())
    depth = 0
    first = start
    for mark in marks:
        sign, after = mark[0], mark.end()
        if sign in openers:
            depth += 1
        elif sign in pairs:
            depth -= 1
            full_stop_inside = clean[after - 2] in "。！？" and sign != "》"
            if depth == 0 and full_stop_inside and not _GOES_ON.match(clean, after, end):
                yield first, after
                first = after
        elif sign in ENDS and depth == 0 and not (after < end and clean[after] in ENDS):
            if after < end and clean[after] in CLOSERS.keys() - pairs.keys():
                after += 1  # the closing mark of a pair that lost its opening
            yield first, after
            first = after
    if first < end:
        yield first, end


def _balanced(signs: str, opener: str, closer: str) -> bool:
    depth = 0
    for sign in signs:
        depth += (sign == opener) - (sign == closer)
        if depth < 0:
            return False
    return depth == 0
