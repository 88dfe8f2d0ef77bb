"""The lines of all pages → the margins of their columns, and which lines go on with a paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from kg.patterns import regex
from kg.texts.formats.pdf.lines import ENDS, ITEM
from kg.texts.formats.pdf.shapes import SAME_SIZE, Line, Place

LEAST_SHARE = 0.5  # of the page, that a column of running text takes with its like
INDENT = 0.8  # em; a line that begins farther in opens a paragraph
INDENTS = 1.5, 2.6  # em, of the first line of a paragraph: two characters
USUAL_PITCH = 2.2  # em, where a column has one line only
WIDEST_PITCH = 1.4  # times the usual one, within a paragraph
OPEN_END = 2.6  # em that a full line may fall short: a word or a mark that did not fit
CLOSED_END = 1.2  # em that a full line with a sentence's end may fall short

_MARK = regex(r"第[一二三四五六七八九十百零\d]{1,5}[章节条篇]|附件|附：|抄送")
_LEADER = regex(r"[…⋯.．·]{4,}\s*\d*$")  # of a table of contents


class Column(NamedTuple):
    """What the lines of one column have in common."""

    left: float
    right: float
    size: float
    pitch: float  # the usual distance of two lines
    indented: bool  # paragraphs open with an indent


def usual_size(lines: Sequence[Line]) -> float:
    """The size that most characters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def measured(lines: Sequence[Sequence[Line]], widths: Sequence[float]) -> dict[Place, Column]:
    """The margins of each column; a column of short lines takes the width of its like on other pages.

    Both are given page by page: the lines, and the width of the page.
    """
    columns: dict[Place, Column] = {}
    widest: dict[tuple[int, int], float] = {}
    alike: dict[Place, tuple[int, int]] = {}
    for of_page, width in zip(lines, widths, strict=True):
        by_column: dict[Place, list[Line]] = {}
        for line in of_page:
            if line.column:
                by_column.setdefault(line.column, []).append(line)
        for place, own in by_column.items():
            columns[place] = column = _column(own)
            alike[place] = kind = (round(width), place.beside)
            least = LEAST_SHARE * width / place.beside
            widest[kind] = max(widest.get(kind, least), column.right - column.left)
    return {
        place: column._replace(right=max(column.right, column.left + widest[alike[place]]))
        for place, column in columns.items()
    }


def _column(lines: Sequence[Line]) -> Column:
    """Measured by the lines of its usual size."""
    size = usual_size(lines)
    body = [line for line in lines if abs(line.size - size) < SAME_SIZE * size]
    left = min(line.x0 for line in body)
    ends = sorted((line.x1 for line in body), reverse=True)
    right = next((end for end, inner in pairwise(ends) if end - inner < size), ends[0])
    steps = [above.y - below.y for above, below in pairwise(body) if 0 < above.y - below.y < 4 * size]
    indented = any(INDENTS[0] * size < line.x0 - left < INDENTS[1] * size for line in body)
    return Column(left, right, size, median(steps) if steps else USUAL_PITCH * size, indented)


def continues(above: Line, below: Line, columns: Mapping[Place, Column], hang: float) -> bool:
    """Whether the second line goes on with the first one's paragraph: that is full, and this one has no indent.

    The paragraph of a numbered item goes on where its text hangs, a title of more than a line in the middle.
    """
    if above.column is None or below.column is None or abs(above.size - below.size) > SAME_SIZE * above.size:
        return False
    here, there = columns[above.column], columns[below.column]
    together = above.column == below.column
    if together and above.y - below.y > WIDEST_PITCH * here.pitch * max(1.0, above.size / here.size):
        return False
    if ITEM.match(below.text) or _LEADER.search(above.text):
        return False
    ended = above.text[-1] in ENDS
    if here.right - above.x1 > (CLOSED_END if ended else OPEN_END) * above.size:
        return False
    if hang and together and abs(below.x0 - hang) < 0.3 * below.size:
        return True
    if ended and (not there.indented or _MARK.match(below.text)):
        return False
    if above.x0 - here.left > 3 * above.size:
        return False
    return below.x0 - there.left < INDENT * below.size or (not ended and _is_centred(below, there))


def _is_centred(line: Line, column: Column) -> bool:
    return abs((line.x0 - column.left) - (column.right - line.x1)) < line.size
