"""Many labels → those that have room, so that no two touch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.pictures.sheet import SIZE
from kg.pictures.widths import text_width


class Wish(NamedTuple):
    """A label beside its point, in pixels; wishes are granted in their order."""

    x: float
    y: float
    text: str
    gap: float = 7.0


class Granted(NamedTuple):
    """Where the label stands: its left end (or right, with ha="right") and the height of its middle."""

    x: float
    y: float
    text: str
    ha: str


def granted(wishes: Iterable[Wish], marks: Iterable[tuple[float, float, float]], right: float) -> list[Granted]:
    """The labels that find room right, left, above or below their point; `marks` are (x, y, radius) not to be covered.

    `right` is the edge of the sheet. Room is looked for in a grid of squares, so that thousands of wishes are quick.
    """
    taken: dict[tuple[int, int], list[tuple[float, float, float, float]]] = {}
    for x, y, radius in marks:
        _take(taken, (x - radius, y - radius, x + radius, y + radius))
    out = []
    for wish in wishes:
        long, high = text_width(wish.text) * SIZE * 0.54 + 2, SIZE * 1.2
        for x, y, ha in (
            (wish.x + wish.gap, wish.y, "left"),
            (wish.x - wish.gap, wish.y, "right"),
            (wish.x - long / 2, wish.y - wish.gap - high / 2, "left"),
            (wish.x - long / 2, wish.y + wish.gap + high / 2, "left"),
        ):
            left = x - long if ha == "right" else x
            box = (left, y - high / 2, left + long, y + high / 2)
            if left >= 0 and left + long <= right and not _touches(taken, box):
                _take(taken, box)
                out.append(Granted(x, y, wish.text, ha))
                break
    return out


def _squares(box: tuple[float, float, float, float]) -> Iterable[tuple[int, int]]:
    left, top, right, bottom = (int(side // 40) for side in box)
    return ((i, j) for i in range(left, right + 1) for j in range(top, bottom + 1))


def _take(taken: dict[tuple[int, int], list[tuple[float, float, float, float]]], box: tuple[float, ...]) -> None:
    left, top, right, bottom = box
    for square in _squares((left, top, right, bottom)):
        taken.setdefault(square, []).append((left, top, right, bottom))


def _touches(
    taken: dict[tuple[int, int], list[tuple[float, float, float, float]]], box: tuple[float, float, float, float]
) -> bool:
    left, top, right, bottom = box
    return any(
        left < b[2] and b[0] < right and top < b[3] and b[1] < bottom
        for square in _squares(box)
        for b in taken.get(square, ())
    )
