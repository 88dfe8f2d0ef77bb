"""One page of a PDF file → its rows of text, ruled lines, watermarks and stamps, turned so that the text is level."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import partial
from math import cos, radians, sin
from statistics import median
from types import ModuleType
from typing import Any, NamedTuple

from kg.patterns import regex
from kg.texts.formats.pdf.drawn import rules_and_picture
from kg.texts.formats.pdf.printed import LOST, Printed, printed
from kg.texts.formats.pdf.rows import fragments, in_rows, without_stamps
from kg.texts.formats.pdf.shapes import Furniture, Piece, Point, Row, Rules

MOST_SIGNS = 300_000  # of one page; a dense one has 5000
MOST_COMMANDS = 20_000  # that print text on one page; the library's time grows with their square
TILT = 7.5  # degrees that a line may stand off the page's direction
BIG = 2.5  # times the usual size: a watermark's characters
SMALL = 1.5  # times the usual size, at most: the text over a watermark

_UNKNOWN = regex(f"[\ue000-\uf8ff\U000f0000-\U0010fffd{LOST}]")


class Page(NamedTuple):
    """What is read of a page; an empty one stands for a page that cannot be read."""

    rows: tuple[Row, ...] = ()
    rules: Rules = Rules()
    beside: tuple[Furniture, ...] = ()  # watermarks and stamps in the margin
    width: float = 0.0
    signs: int = 0
    lost: int = 0  # signs without meaning
    picture: bool = False  # most of the page is one


class Unread(Enum):
    """Why a page is not read."""

    DAMAGED = "damaged"
    FULL = "full"


def read_page(pdfium: ModuleType, document: Any, number: int) -> Page | Unread:
    """The page of this number, counted from 0."""
    try:
        page = document[number]
        if _commands(pdfium.raw, page) > MOST_COMMANDS:
            return Unread.FULL
        text = page.get_textpage()
    except pdfium.PdfiumError:
        return Unread.DAMAGED
    if text.count_chars() > MOST_SIGNS:
        return Unread.FULL
    pieces = tuple(printed(pdfium.raw, text))
    text.close()
    turn = _direction(pieces)
    turned = partial(_turned, cos(radians(turn)), sin(radians(turn)))
    rules, picture = rules_and_picture(pdfium.raw, page, turned)
    width = page.get_width()
    page.close()
    straight: list[Piece] = []
    astray: list[Piece] = []
    for piece in pieces:
        (straight if abs(_off(piece, turn)) < TILT else astray).append(_level(piece, turned))
    above, below = _without_underlay(straight)
    kept, stamps = without_stamps(tuple(fragments(above, rules)))
    signs = "".join("".join(piece.text for piece in pieces).split())
    return Page(
        tuple(in_rows(kept)),
        rules,
        (*stamps, *(Furniture(run, "watermark") for run in _runs((*below, *astray)))),
        width,
        len(signs),
        len(_UNKNOWN.findall(signs)),
        picture,
    )


def _commands(raw: Any, page: Any) -> int:
    """How many commands print text; not counted where there are few commands of any kind."""
    number = raw.FPDFPage_CountObjects(page)
    if number <= MOST_COMMANDS:
        return 0
    kinds = (raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, at)) for at in range(number))
    return sum(kind == raw.FPDF_PAGEOBJ_TEXT for kind in kinds)


def _direction(pieces: Sequence[Printed]) -> float:
    """The angle of most of the text: level, upright or upside down, and a little more on a sheet scanned askew."""
    signs: Counter[int] = Counter()
    for piece in pieces:
        signs[round(piece.angle / 90) * 90 % 360] += len(piece.text)
    quarter = max(signs, key=lambda turn: signs[turn], default=0)
    tilts = [_off(piece, quarter) for piece in pieces if abs(_off(piece, quarter)) < TILT]
    return quarter + (median(tilts) if tilts else 0.0)


def _off(piece: Printed, turn: float) -> float:
    """Degrees from the direction to the piece's."""
    return (piece.angle - turn + 180) % 360 - 180


def _turned(cosine: float, sine: float, x: float, y: float) -> Point:
    return x * cosine + y * sine, y * cosine - x * sine


def _level(piece: Printed, turned: Callable[[float, float], Point]) -> Piece:
    """The piece on the page turned so that its lines are level."""
    left, bottom, right, top = piece.box
    one, other = turned(left, bottom)[0], turned(right, top)[0]
    return Piece(piece.text, min(one, other), max(one, other), turned(*piece.origin)[1], piece.size, piece.order)


def _without_underlay(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Less level watermarks: lines of big characters that small ones are printed over."""
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[piece.size] += len(piece.text.strip())
    usual = max(sizes, key=lambda size: (sizes[size], size), default=0.0)
    big = [piece for piece in pieces if piece.size > BIG * usual]
    if not big:
        return pieces, []
    small = sorted((piece.y, piece.x0, piece.x1) for piece in pieces if piece.size <= SMALL * usual)
    covered = {(round(piece.y), piece.size) for piece in big if _is_covered(piece, small)}
    under = [piece for piece in pieces if (round(piece.y), piece.size) in covered]
    return [piece for piece in pieces if (round(piece.y), piece.size) not in covered], under


def _is_covered(piece: Piece, small: Sequence[tuple[float, float, float]]) -> bool:
    """Whether small characters, from x to x at a height, stand on the piece."""
    low = bisect_left(small, (piece.y,))
    high = bisect_left(small, (piece.y + 0.7 * piece.size,))
    return any(start < piece.x1 and end > piece.x0 for _, start, end in small[low:high])


def _runs(pieces: Iterable[Piece]) -> Iterator[str]:
    """Pieces as the file strings them together."""
    end = 0
    runs: list[str] = []
    for piece in pieces:
        if piece.order != end or not runs:
            runs.append("")
        runs[-1] += piece.text
        end = piece.order + len(piece.text)
    return (" ".join(run.split()) for run in runs if run.strip())
