"""A text → how wide it is, and how it is cut to a width: a Chinese character is as wide as two Latin ones."""

from __future__ import annotations

import unicodedata


def text_width(text: str) -> int:
    """Columns in a terminal, or half-em units in a picture: a Chinese character takes two, a combining one none."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Me", "Mn"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def shorten(text: str, width: int) -> str:
    """`text`, cut to `width` columns with … where it is longer."""
    if text_width(text) <= width:
        return text
    kept, used = [], 1
    for char in text:
        used += _columns(char)
        if used > width:
            break
        kept.append(char)
    return "".join(kept) + "…"


def wrap(text: str, width: int, lines: int) -> tuple[str, ...]:
    """At most `lines` lines of `width` columns; the last one is cut with … where the text goes on."""
    rows: list[str] = []
    while text and len(rows) < lines - 1 and text_width(text) > width:
        cut = len(shorten(text, width + 1)) - 1
        rows.append(text[:cut])
        text = text[cut:]
    return (*rows, shorten(text, width))
