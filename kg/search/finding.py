"""A graph and words → the passages in which all of them stand, with the words marked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.graph.evidence import Passage
from kg.search.index import candidates, index_of
from kg.search.words import Span, Word, fold, marked, words_of


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage, and where the words stand in it."""

    passage: Passage
    spans: tuple[Span, ...]

    @property
    def marked(self) -> str:
        """推进【双减】工作"""
        return marked(self.passage.text, list(self.spans))


@dataclass(frozen=True, slots=True)
class Found:
    """The first hits, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


def search(path: Path, asked: str, limit: int | None = None) -> Found:
    """The passages of a graph folder or .nq file that hold all words of `asked`, at most `limit` of them.

    Searched are the sentences of which claims were made (a graph holds no others), the titles of documents and the
    names of programmes. `双减 课后服务`: both must stand; `"…"`: just these signs. Sentences come first, by year, then
    titles, then programmes, each once, by the first of its names that fits. Raises QueryError where there is nothing
    to look for, GraphError where there is no graph.
    """
    words = words_of(asked)
    try:
        return _searched(path, words, limit)
    except sqlite3.DatabaseError:
        return _searched(path, words, limit, anew=True)


def _searched(path: Path, words: tuple[Word, ...], limit: int | None, *, anew: bool = False) -> Found:
    with index_of(path, anew=anew) as index:
        return _found(candidates(index, words), words, limit)


def _found(passages: Iterable[Passage], words: tuple[Word, ...], limit: int | None) -> Found:
    hits: list[Hit] = []
    total = 0
    programs: set[tuple[str, ...]] = set()
    for passage in passages:
        if passage.about not in programs and (spans := _spans(passage.text, words)):
            total += 1
            if passage.kind == "programme":
                programs.add(passage.about)
            if limit is None or total <= limit:
                hits.append(Hit(passage, tuple(spans)))
    return Found(tuple(hits), total)


def _spans(text: str, words: tuple[Word, ...]) -> list[Span]:
    """Where the words stand; nothing where one of them does not."""
    folded = fold(text)
    found: list[Span] = []
    for word in words:
        spans = word.spans(text, folded)
        if not spans:
            return []
        found += spans
    return sorted(found)
