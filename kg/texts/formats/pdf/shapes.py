"""What stands on a page, in points: pieces of text, fragments, rows, ruled lines and lines; `y` grows upwards."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

SAME_SIZE = 0.12  # em; sizes nearer than this are one size

Point = tuple[float, float]


class Piece(NamedTuple):
    """Characters that the file prints at one go on one baseline, without a gap."""

    text: str
    x0: float
    x1: float
    y: float  # of the baseline
    size: float  # of a character
    order: int  # in the file, of the first character


class Fragment(NamedTuple):
    """Characters on one baseline without a wide gap: a line of a column, a cell's line, a word of a spaced title."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


Row = tuple[Fragment, ...]  # side by side, from left to right
Gutters = tuple[tuple[float, float], ...]  # stretches of x that no fragment covers


class Rule(NamedTuple):
    """A ruled line: at height `at` from x `start` to `end`, or an upright one with x and y exchanged."""

    start: float
    end: float
    at: float


class Rules(NamedTuple):
    """The ruled lines of a page."""

    level: tuple[Rule, ...] = ()  # by height
    upright: tuple[Rule, ...] = ()  # by x

    def across(self, gutters: Gutters, low: float, high: float) -> Iterator[Rule]:
        """The level lines of these heights that cross one of the gutters."""
        middles = [(start + end) / 2 for start, end in gutters]
        for rule in _at(self.level, low, high):
            if bisect_right(middles, rule.start) < bisect_left(middles, rule.end):
                yield rule

    def between(self, left: float, right: float, low: float, high: float) -> bool:
        """Whether an upright line passes there."""
        return any(rule.start < high and rule.end > low for rule in _at(self.upright, left, right))


def _at(rules: tuple[Rule, ...], low: float, high: float) -> tuple[Rule, ...]:
    first = bisect_left(rules, low, key=lambda rule: rule.at)
    return rules[first : bisect_right(rules, high, key=lambda rule: rule.at)]


class Place(NamedTuple):
    """Which column, of the whole file; `beside` columns stand side by side there."""

    number: int
    beside: int


class Line(NamedTuple):
    """A line as a reader reads it. A table's row belongs to no column."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    column: Place | None
    hang: float = 0.0  # where the text of a numbered item begins, behind the number


class Furniture(NamedTuple):
    """Text around the document proper: a head, a page number, a stamp."""

    text: str
    reason: str


def follows(above: Row, below: Row) -> bool:
    """Whether two rows stand as close and have the same size as lines of one text."""
    size = below[0].size
    return above[0].y - below[0].y < 2.2 * size and abs(above[0].size - size) < SAME_SIZE * size


def joined(above: str, below: str) -> str:
    """Two lines as one, with a blank between Latin words."""
    latin = above and above[-1].isascii() and below[0].isascii() and above[-1].isalpha() and below[0].isalpha()
    return f"{above} {below}" if latin else above + below
