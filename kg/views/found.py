"""What a search found → a table for the terminal, CSV and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.views.tables import Table

if TYPE_CHECKING:
    from kg.search import Found, Hit

MAIN_COLUMNS = ("kind", "marked", "year", "file", "part", "about")
_KINDS = {"sentence": "句子", "title": "标题", "programme": "政策项目"}


def found_table(found: Found) -> Table:
    """One row per passage; `about` holds the numbers of the claims made of a sentence, or the id of a programme."""
    return Table(("kind", "text", "marked", "year", "file", "part", "about"), tuple(map(_row, found.hits)))


def _row(hit: Hit) -> tuple[str | None, ...]:
    told = hit.passage
    about = " ".join(told.about) if told.kind == "sentence" else _id(told.about)
    year = str(told.year) if told.year else None
    return _KINDS[told.kind], told.text, hit.marked, year, told.file or None, told.part or None, about or None


def _id(iris: tuple[str, ...]) -> str:
    """program/双减"""
    return " ".join("/".join(iri.rsplit("/", 2)[-2:]) for iri in iris)
