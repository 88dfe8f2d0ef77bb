"""Readings, or a built graph → JSONL that annotation tools open: sentences with the names found in them, to be corrected."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from kg.graph.mentions import MENTIONS_FILE, Words, read_mentions
from kg.graph.store import PolicyGraph
from kg.model import Kind, Reading, Span

_SENTENCES = """
SELECT DISTINCT ?source ?file ?start ?end ?exact WHERE {
  ?claim pol:source ?source ; pol:evidence ?evidence . ?source pol:file ?file .
  ?evidence oa:hasSelector ?position, ?quote .
  ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact .
}"""


def reviewable_sentences(reading: Reading) -> Iterator[str]:
    """Every sentence of a document as a line of JSON, also those without a name: a model learns from them, too."""
    places = {part.index: (part.place.name if part.place else "", part.year) for part in reading.parts}
    for sentence in reading.sentences:
        start, end = sentence.span
        found = (
            (Span(m.span.start - start, m.span.end - start), m.kind)
            for m in reading.mentions
            if start <= m.span.start and m.span.end <= end
        )
        place, year = places[sentence.part.index]
        yield _line(sentence.text, found, {"source": reading.document.file, "place": place, "year": year})


def reviewable_evidence(graph: PolicyGraph, folder: Path) -> Iterator[str]:
    """The sentences that a graph rests on, as its files have them, each as a line of JSON. Raises GraphError."""
    words = read_mentions(folder / MENTIONS_FILE)
    rows = sorted(
        (str(file), str(source), int(str(start)), int(str(end)), str(exact))
        for source, file, start, end, exact in graph.query(_SENTENCES)
    )
    for file, source, start, end, exact in rows:
        found = words.get(source.rpartition("/source/")[2].partition("/")[0], [])
        yield _line(exact, _within(found, Span(start, end)), {"source": file})


def _within(words: Iterable[Words], sentence: Span) -> Iterator[tuple[Span, Kind]]:
    for found in words:
        if sentence.start <= found.start and found.end <= sentence.end:
            yield Span(found.start - sentence.start, found.end - sentence.start), Kind(found.kind)


def _line(text: str, found: Iterable[tuple[Span, Kind]], meta: dict[str, object]) -> str:
    spans = [{"start": span.start, "end": span.end, "label": kind} for span, kind in sorted(_longest(found))]
    told = {name: value for name, value in meta.items() if value}
    return json.dumps({"text": text, "spans": spans, "meta": told}, ensure_ascii=False)


def _longest(found: Iterable[tuple[Span, Kind]]) -> Iterator[tuple[Span, Kind]]:
    """Of names of one kind that overlap the longest; a target group may stand in two claims."""
    for kind, names in groupby(sorted(found, key=lambda one: one[1]), key=lambda one: one[1]):
        kept: list[Span] = []
        for span, _ in sorted(names, key=lambda one: (one[0].start - one[0].end, one[0])):
            if not any(span.start < other.end and other.start < span.end for other in kept):
                kept.append(span)
                yield span, kind
