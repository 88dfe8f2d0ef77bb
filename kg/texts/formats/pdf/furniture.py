"""The rows of all pages → each page with its head and its foot set apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.patterns import regex
from kg.texts.formats.pdf.page import Page
from kg.texts.formats.pdf.shapes import Furniture, Row

DEEPEST = 3  # rows of a head or foot
LONGEST = 60  # characters of a head
OFTEN = 3, 0.4  # pages at least, and share of the pages, that carry a head

_PAGE_NUMBER = regex(
    r"[-—–―－~～·• ]*第?\s*(?:\d{1,4}|[一二三四五六七八九十百]{1,4})\s*页\s*[,，/／]?\s*(?:[(（]?共\s*\d{1,4}\s*页[)）]?)?[-—–―－ ]*"
    r"|[-—–―－~～·•]+\s*\d{1,4}\s*[-—–―－~～·•]+|\d{1,4}\s*[/／]\s*\d{1,4}|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?"
)
_BARE_NUMBER = regex(r"\d{1,4}|[ivxlIVXL]{1,6}")
_DIGITS = regex(r"\d+")
_SENTENCE = regex("[。；]")


class Parted(NamedTuple):
    """A page whose head and foot are set apart."""

    head: tuple[Furniture, ...]
    body: tuple[Row, ...]
    foot: tuple[Furniture, ...]


def parted_pages(pages: Sequence[Page]) -> Iterator[Parted]:
    """Each page with the outermost rows set apart that repeat from page to page or hold its number."""
    repeated = Counter(
        key
        for page in pages
        for key in {_key(row) for row in (*page.rows[:DEEPEST], *page.rows[-DEEPEST:])}
        if len(key) < LONGEST and not _SENTENCE.search(key)
    )
    often = max(OFTEN[0], OFTEN[1] * len(pages))
    heads = frozenset(key for key, times in repeated.items() if times >= often)
    for page in pages:
        head = _furniture(page.rows, heads)
        foot = _furniture(page.rows[len(head) :][::-1], heads)[::-1]
        yield Parted(head, page.rows[len(head) : len(page.rows) - len(foot)], foot)


def _key(row: Row) -> str:
    """The words of a row with 0 for every number: 第 3 页 and 第 12 页 are the same."""
    return _DIGITS.sub("0", "".join("".join(fragment.text.split()) for fragment in row))


def _furniture(rows: Sequence[Row], heads: frozenset[str]) -> tuple[Furniture, ...]:
    """The first rows as far as they are furniture."""
    found: list[Furniture] = []
    for number, row in enumerate(rows[:DEEPEST]):
        text = "\t".join(fragment.text for fragment in row)
        bare = " ".join(text.split())
        apart = number + 1 == len(rows) or abs(row[0].y - rows[number + 1][0].y) > 2 * row[0].size
        if _PAGE_NUMBER.fullmatch(bare) or (apart and _BARE_NUMBER.fullmatch(bare)):
            found.append(Furniture(text, "page-number"))
        elif _key(row) in heads:
            found.append(Furniture(text, "running-head"))
        else:
            break
    return tuple(found)
