"""Annotations → examples: the sentences that a build would read, what the finders find in them, and what was annotated."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg import texts
from kg.entities import EntityReader
from kg.entities.spans import Found
from kg.errors import UnreadableFile
from kg.model import Document, Given, Kind, Mention, Span
from kg.pipeline import placed_parts
from kg.texts.documents import document_of
from kg.texts.formats.extract import Extract
from kg.training.annotations import Annotation, Name

_WRAPPING = {"“": "”", "《": "》", "〈": "〉", "‘": "’"}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as a model is shown it; spans count from its first character."""

    text: str
    span: Span  # in the clean text
    found: tuple[Found, ...]  # by the built-in finders
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One annotated text after cleaning."""

    annotation: Annotation
    document: Document
    names: frozenset[Name]  # clean offsets, also of names that no sentence holds whole
    lines: tuple[Line, ...]

    @property
    def lost(self) -> int:
        """How many names cannot be learned: cleaning took them away, or a sentence ends inside."""
        return len(self.annotation.names) - sum(len(line.names) for line in self.lines)


def example(annotation: Annotation, reader: EntityReader) -> Example | None:
    """The example that an annotation makes; None where cleaning leaves nothing of its text."""
    given = Given(place=annotation.place, year=annotation.year, by=annotation.where)
    try:
        document = document_of(Extract(annotation.text, given=given), annotation.source, annotation.text.encode())
    except UnreadableFile:
        return None
    names = frozenset(_moved(annotation.names, document))
    return Example(annotation, document, names, tuple(_lines(document, names, reader)))


def _moved(names: Iterable[Name], document: Document) -> Iterator[Name]:
    """The names at their places in the clean text, without those that cleaning took away."""
    for (start, end), kind in names:
        span = Span(bisect_left(document.origin, start), bisect_left(document.origin, end))
        if span.start < span.end:
            yield Name(bare(span, document.clean), kind)


def bare(span: Span, text: str) -> Span:
    """The stretch without the quotation or title marks around it, which some annotators mark and some do not.

    >>> bare(Span(0, 6), "“三名工程”")
    Span(start=1, end=5)
    """
    start, end = span
    while (
        end - start > 2 and _WRAPPING.get(text[start]) == text[end - 1] and text[end - 1] not in text[start : end - 1]
    ):
        start, end = start + 1, end - 1
    return Span(start, end)


def _lines(document: Document, names: frozenset[Name], reader: EntityReader) -> Iterator[Line]:
    for part in placed_parts(document, reader):
        sentences = texts.split_sentences(part)
        for sentence, mentions in zip(sentences, reader.mentions_of_part(sentences), strict=True):
            span = sentence.span
            if not sentence.too_long:
                within = (name for name in names if span.start <= name.span.start and name.span.end <= span.end)
                yield Line(
                    sentence.text,
                    span,
                    tuple(_found(mention, span.start) for mention in mentions),
                    tuple(sorted(Name(_shifted(name.span, span.start), name.kind) for name in within)),
                )


def _found(mention: Mention, base: int) -> Found:
    return Found(mention.kind, _shifted(mention.span, base), mention.text, mention.found_by)


def _shifted(span: Span, base: int) -> Span:
    return Span(span.start - base, span.end - base)


def names_in(mentions: Iterable[Mention], text: str) -> frozenset[Name]:
    """What was read from a clean text, to be held against what was annotated."""
    return frozenset(Name(bare(mention.span, text), Kind(mention.kind)) for mention in mentions)
