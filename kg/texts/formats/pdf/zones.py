"""The rows of a page → zones: stretches of rows that gutters run through, and stretches without any."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from kg.texts.formats.pdf.rows import WORD_GAP, in_rows, row_of
from kg.texts.formats.pdf.shapes import Fragment, Gutters, Row, Rules, follows

CLOSE = 0.9  # em; rows nearer than this are lines of columns that are not level


class Zone(NamedTuple):
    """Rows one below the other, and the gutters that run through all of them."""

    rows: tuple[Row, ...]
    gutters: Gutters = ()


def zones(rows: Sequence[Row]) -> Iterator[Zone]:
    """The zones from the top down."""
    plain: list[Row] = []
    at = 0
    while at < len(rows):
        zone = _zone_from(rows, at)
        if not zone.gutters:
            plain.append(rows[at])
            at += 1
            continue
        at += len(zone.rows)
        above = len(plain) - _loose_start(plain, zone)
        if above:
            yield Zone(tuple(plain[:above]))
        yield Zone((*plain[above:], *zone.rows), zone.gutters)
        plain = []
    if plain:
        yield Zone(tuple(plain))


def _zone_from(rows: Sequence[Row], at: int) -> Zone:
    """The zone with gutters that begins with this row; a row without gutters if none does."""
    first = rows[at]
    zone = [first]
    gutters = _gaps(first)
    below = rows[at + 1] if at + 1 < len(rows) else None
    if not gutters and below and first[0].y - below[0].y < CLOSE * min(first[0].size, below[0].size):
        zone.append(below)
        gutters = _gaps(row_of(first + below))
    if not gutters:
        return Zone((first,))
    narrower = [gutters]
    while at + len(zone) < len(rows) and (left := _narrowed(narrower[-1], rows[at + len(zone)])):
        narrower.append(left)
        zone.append(rows[at + len(zone)])
    loose = _loose_end(zone)
    return Zone(tuple(zone[: len(zone) - loose]), narrower[max(0, len(narrower) - 1 - loose)])


def _gaps(row: Row) -> Gutters:
    return tuple((left.x1, right.x0) for left, right in pairwise(row) if right.x0 > left.x1)


def _narrowed(gutters: Gutters, row: Row) -> Gutters:
    """What the fragments of the row leave of the gutters, where it is wide enough for one."""
    left: list[tuple[float, float]] = []
    for start, end in gutters:
        for fragment in row[bisect_right(row, start, key=lambda fragment: fragment.x1) :]:
            if fragment.x0 >= end:
                break
            left.append((start, fragment.x0))
            start = fragment.x1
        left.append((start, end))
    return tuple((start, end) for start, end in left if end - start > WORD_GAP * row[0].size)


def _loose_end(zone: Sequence[Row]) -> int:
    """How many rows at the end of a zone only follow it: one fragment each, set off by distance or size."""
    for number in range(len(zone) - 1, 0, -1):
        if len(zone[number]) > 1:
            return 0
        if not follows(zone[number - 1], zone[number]):
            return len(zone) - number
    return 0


def _loose_start(plain: Sequence[Row], zone: Zone) -> int:
    """How many rows above a zone belong to one of its columns."""
    below = zone.rows[0]
    for number, row in enumerate(reversed(plain)):
        if not follows(row, below) or _narrowed(zone.gutters, row) != zone.gutters:
            return number
        below = row
    return len(plain)


def bands(zone: Zone, rules: Rules) -> list[tuple[Row, ...]]:
    """The zone cut at the level lines that cross a gutter: the rows of a ruled table."""
    low, high = zone.rows[-1][0].y, zone.rows[0][0].y
    heights = sorted({-rule.at for rule in rules.across(zone.gutters, low, high)})
    return [tuple(band) for _, band in groupby(zone.rows, key=lambda row: bisect_left(heights, -row[0].y))]


def columns(band: Sequence[Row], gutters: Gutters) -> list[tuple[Row, ...]]:
    """The band cut at the gutters, from left to right."""
    middles = [(start + end) / 2 for start, end in gutters]
    parts: list[list[Fragment]] = [[] for _ in range(len(middles) + 1)]
    for row in band:
        for fragment in row:
            parts[bisect_left(middles, (fragment.x0 + fragment.x1) / 2)].append(fragment)
    return [tuple(in_rows(part)) for part in parts if part]
