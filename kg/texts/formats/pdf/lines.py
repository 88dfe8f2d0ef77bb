"""The rows of a page → lines in reading order: columns one after the other, a table's cells side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from kg.patterns import regex
from kg.texts.formats.pdf.shapes import Fragment, Gutters, Line, Place, Row, Rules, follows, joined
from kg.texts.formats.pdf.zones import bands, columns, zones

DEEPEST = 6  # columns within columns
LEAST_COLUMN = 10.0  # em, of running text
LEAST_CELL = 5.0  # em; a shorter line of a cell is never taken for a full one
FEWEST_LINES = 4  # of running text side by side
FEWEST_ROWS = 3  # of a table that nothing but gaps sets off from columns
ROW_GAP = 1.3  # times the distance of two lines, between the rows of such a table
LETTERS_A_MARK = 40  # at most, in running text

ENDS = "。！？；：…"
ITEM = regex(
    r"[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:[、．]|\.(?!\d))|[①-⑳●■◆★•·]"
)
_PUNCTUATION = regex("[，。、；：,;]")


def in_lines(
    rows: Sequence[Row], rules: Rules, column: Place, numbers: Iterator[int], depth: int = 0
) -> Iterator[Line]:
    """Zone by zone: running text in columns column by column, a table row by row; `numbers` are for new columns."""
    for zone in zones(rows):
        gutters = zone.gutters
        cut = bands(zone, rules)
        is_table = len(cut) > 1 or (bool(gutters) and sum(len(row) > 1 and not _is_item(row) for row in zone.rows) > 1)
        for band in cut:
            open_gutters = tuple(gutter for gutter in gutters if _parts_running_text(band, gutters, gutter))
            if open_gutters and (table := _cells_of_text(band, gutters, open_gutters)):
                yield from map(_table_row, table)
            elif open_gutters and depth < DEEPEST:
                parts = columns(band, open_gutters)
                for part in parts:
                    yield from in_lines(part, rules, Place(next(numbers), len(parts)), numbers, depth + 1)
            elif is_table and _is_ruled(band, gutters, rules):
                yield _table_row(band)
            elif is_table:
                yield from _table_rows(band, gutters, column)
            else:
                yield from (_line(row, column) for row in band)


def _parts_running_text(band: Sequence[Row], gutters: Gutters, gutter: tuple[float, float]) -> bool:
    """Whether on both sides of the gutter lines of running text fill their columns, as cells of a table do not."""
    at = gutters.index(gutter)
    from_x = gutters[at - 1][1] if at else float("-inf")
    to_x = gutters[at + 1][0] if at + 1 < len(gutters) else float("inf")
    left: list[Fragment] = []
    right: list[Fragment] = []
    for row in band:
        for fragment in row:
            if from_x <= fragment.x0 and fragment.x1 <= to_x:
                (left if fragment.x1 <= gutter[0] else right).append(fragment)
    if not left or not right or max(len(left), len(right)) < FEWEST_LINES:
        return False
    width = max(fragment.x1 - fragment.x0 for fragment in left + right)
    return all(_fills(side, width) for side in (left, right))


def _cells_of_text(band: Sequence[Row], gutters: Gutters, open_gutters: Gutters) -> list[list[Row]]:
    """The rows of a table whose cells hold running text, if the band is one.

    They begin where the first column, too narrow for text, has a number or a name, or where all columns leave a gap.
    """
    steps = [above[0].y - below[0].y for above, below in pairwise(band)]
    widest = ROW_GAP * median(steps)
    labelled = gutters[0] not in open_gutters and not ITEM.fullmatch(band[0][0].text)
    found = [[band[0]]]
    for row, step in zip(band[1:], steps, strict=True):
        if row[0].x0 < gutters[0][0] if labelled else step > widest:
            found.append([])
        found[-1].append(row)
    return found if len(found) >= FEWEST_ROWS and all(len(rows[0]) > len(gutters) for rows in found) else []


def _fills(side: Sequence[Fragment], width: float) -> bool:
    """Whether most lines, less those that end a paragraph, are full and hold punctuation as running text does."""
    if max(fragment.x1 - fragment.x0 for fragment in side) < max(LEAST_COLUMN * side[0].size, 0.6 * width):
        return False
    own = max(fragment.x1 for fragment in side) - min(fragment.x0 for fragment in side)
    within = [fragment for fragment in side if fragment.text[-1] not in ENDS]
    full = sum(fragment.x1 - fragment.x0 > 0.8 * own for fragment in within)
    marks = sum(len(_PUNCTUATION.findall(fragment.text)) for fragment in side)
    return 2 * full >= len(within) and LETTERS_A_MARK * marks >= sum(len(fragment.text) for fragment in side)


def _is_ruled(band: Sequence[Row], gutters: Gutters, rules: Rules) -> bool:
    """Whether upright lines part the cells of this row of a table."""
    low, high = band[-1][0].y, band[0][0].y + band[0][0].size / 2
    return any(rules.between(start, end, low, high) for start, end in gutters)


def _table_row(band: Sequence[Row]) -> Line:
    """The cells of a table's row on one line; the lines within a cell are joined."""
    fragments = [fragment for row in band for fragment in row]
    cells: list[list[Fragment]] = []
    right = float("-inf")
    for fragment in sorted(fragments, key=lambda fragment: fragment.x0):
        if fragment.x0 >= right:
            cells.append([])
        cells[-1].append(fragment)
        right = max(right, fragment.x1)
    text = "\t".join(_cell(cell) for cell in cells)
    first = fragments[0]
    return Line(text, min(fragment.x0 for fragment in fragments), right, first.y, first.size, None)


def _table_rows(band: Sequence[Row], gutters: Gutters, column: Place) -> Iterator[Line]:
    """The rows of a table without upright lines; what stands only right of the first column goes on with cells above."""
    group: list[Row] = []
    for row in band:
        if group and len(group[0]) > 1 and row[0].x0 > gutters[0][0] and follows(group[-1], row):
            group.append(row)
            continue
        yield from _grouped(group, column)
        group = [row]
    yield from _grouped(group, column)


def _grouped(group: Sequence[Row], column: Place) -> Iterator[Line]:
    if len(group) > 1 or (group and len(group[0]) > 1 and not _is_item(group[0])):
        yield _table_row(group)
    elif group:
        yield _line(group[0], column)


def _is_item(row: Row) -> bool:
    """A number and, behind a gap, its text."""
    return len(row) == 2 and bool(ITEM.fullmatch(row[0].text))


def _cell(cell: Sequence[Fragment]) -> str:
    """The lines of a cell as one, with a blank after a line that does not fill the cell: 基建科 财务科."""
    lines = sorted(cell, key=lambda fragment: (-fragment.y, fragment.x0))
    full = max(line.x1 - line.x0 for line in lines) - 1.5 * lines[0].size
    text = lines[0].text
    for above, below in pairwise(lines):
        fills = above.x1 - above.x0 > max(full, LEAST_CELL * above.size)
        text = joined(text, below.text) if fills else f"{text} {below.text}"
    return text


def _line(row: Row, column: Place) -> Line:
    """A row as a line; a word spaced out, as in 通   知, is one word."""
    spaced = len(row) > 1 and all(len(fragment.text) == 1 for fragment in row)
    between = "" if spaced else " " if _is_item(row) else "\t"
    main = max(row, key=lambda fragment: len(fragment.text))
    hang = row[1].x0 if _is_item(row) else 0.0
    text = between.join(fragment.text for fragment in row)
    return Line(text, row[0].x0, max(fragment.x1 for fragment in row), main.y, main.size, column, hang)
