"""The pieces of a page → fragments on one baseline → rows from the top of the page down."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from kg.patterns import regex
from kg.texts.formats.pdf.shapes import Fragment, Furniture, Piece, Row, Rules

# All in em, the size of a character.
WORD_GAP = 0.2  # between two Latin words; two cells with a ruled line between them
CELL_GAP = 0.9  # between two cells or columns
ROW_HEIGHT = 0.4  # what stands side by side differs less in height
BASELINE = 0.15  # characters of one baseline differ less in height
TWICE = 0.2  # two prints of bold characters stand closer
RAISED = 0.75  # of the line's size, at most: a mark of a footnote

_HAN = regex("[\u4e00-\u9fff](?<![一二三四五六七八九十])")
_FROM_LEFT = attrgetter("x0", "order")


def fragments(pieces: Iterable[Piece], rules: Rules) -> Iterator[Fragment]:
    """Baseline by baseline, cut at wide gaps and at upright lines."""
    for baseline in _with_raised(_baselines(pieces)):
        run: list[Piece] = []
        for piece in _without_doubles(baseline):
            if run and _parted(run[-1], piece, rules):
                yield from _fragment(run)
                run = []
            run.append(piece)
        yield from _fragment(run)


def _baselines(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces of one height together, the highest first, each from left to right."""
    baselines: list[list[Piece]] = []
    top = last = 0.0
    for piece in sorted(pieces, key=lambda piece: (-piece.y, piece.x0, piece.order)):
        step, drop = (last - piece.y) / piece.size, (top - piece.y) / piece.size
        if not baselines or step > BASELINE or drop > 1 or (step > 0.02 and drop > 0.5):
            baselines.append([])
            top = piece.y
        baselines[-1].append(piece)
        last = piece.y
    return [sorted(baseline, key=_FROM_LEFT) for baseline in baselines]


def _with_raised(baselines: list[list[Piece]]) -> list[list[Piece]]:
    """Raised and lowered small signs, such as the marks of footnotes, put into the line that they stand at."""
    sizes = [max(piece.size for piece in baseline) for baseline in baselines]
    hosts = list(baselines)
    for number, small in enumerate(baselines):
        for other in (number + 1, number - 1):
            if not 0 <= other < len(baselines) or sizes[number] > RAISED * sizes[other]:
                continue
            rise = (small[0].y - baselines[other][0].y) / sizes[other]
            if -0.35 < rise < 0.65 and all(_touches(piece, baselines[other], sizes[other]) for piece in small):
                hosts[other] = sorted(hosts[other] + small, key=_FROM_LEFT)
                hosts[number] = []
                break
    return [host for host in hosts if host]


def _touches(piece: Piece, line: Sequence[Piece], size: float) -> bool:
    """Whether the piece stands beside characters of the line and over none."""
    after = bisect_left(line, piece.x0, key=lambda other: other.x0)
    gaps = [piece.x0 - line[after - 1].x1] if after else []
    gaps += [line[after].x0 - piece.x1] if after < len(line) else []
    return min(gaps) >= -0.3 * piece.size and min(gaps) < 2 * size


def _without_doubles(line: Iterable[Piece]) -> Iterator[Piece]:
    """Less the second print of characters that are made bold by printing them twice."""
    recent: dict[str, Piece] = {}
    for piece in line:
        twin = recent.get(piece.text)
        if twin is None or max(piece.x0 - twin.x0, abs(piece.y - twin.y)) >= TWICE * piece.size:
            recent[piece.text] = piece
            yield piece


def _parted(left: Piece, right: Piece, rules: Rules) -> bool:
    gap = right.x0 - left.x1
    size = max(left.size, right.size)
    return gap > CELL_GAP * size or (
        gap > WORD_GAP * size and rules.between(left.x1, right.x0, right.y, right.y + right.size / 2)
    )


def _fragment(run: Sequence[Piece]) -> Iterator[Fragment]:
    """The run as a fragment, if anything in it can be seen."""
    seen = [number for number, piece in enumerate(run) if not piece.text.isspace()]
    if not seen:
        return
    run = run[seen[0] : seen[-1] + 1]
    text = run[0].text
    for left, right in pairwise(run):
        words = (left.text[-1] + right.text[0]).isascii() and not (left.text.isspace() or right.text.isspace())
        text += " " + right.text if words and right.x0 - left.x1 > WORD_GAP * right.size else right.text
    sizes: Counter[float] = Counter()
    for piece in run:
        sizes[piece.size] += len(piece.text)
    size = max(sizes, key=lambda size: (sizes[size], size))
    y = next(piece.y for piece in run if piece.size == size)
    yield Fragment(text, run[0].x0, max(piece.x1 for piece in run), y, size)


def without_stamps(found: tuple[Fragment, ...]) -> tuple[tuple[Fragment, ...], tuple[Furniture, ...]]:
    """Less single characters one below the other in a margin, as in 装 订 线."""
    wide = [fragment for fragment in found if len(fragment.text) > 1]
    if not wide:
        return found, ()
    left, right = min(fragment.x0 for fragment in wide), max(fragment.x1 for fragment in wide)
    margins: dict[int, list[Fragment]] = {}
    for fragment in found:
        if _HAN.fullmatch(fragment.text) and (fragment.x1 < left or fragment.x0 > right):
            margins.setdefault(round(fragment.x0), []).append(fragment)
    stamps = [stamp for stamp in margins.values() if len({fragment.text for fragment in stamp}) >= 3]
    stamped = {fragment for stamp in stamps for fragment in stamp}
    return (
        tuple(fragment for fragment in found if fragment not in stamped),
        tuple(Furniture("".join(fragment.text for fragment in stamp), "margin") for stamp in stamps),
    )


def in_rows(found: Iterable[Fragment]) -> Iterator[Row]:
    """Fragments of about one height together, from the top of the page down."""
    row: list[Fragment] = []
    for fragment in sorted(found, key=lambda fragment: (-fragment.y, fragment.x0)):
        if row and row[0].y - fragment.y > ROW_HEIGHT * max(row[0].size, fragment.size):
            yield row_of(row)
            row = []
        row.append(fragment)
    if row:
        yield row_of(row)


def row_of(found: Iterable[Fragment]) -> Row:
    """The fragments from left to right."""
    return tuple(sorted(found, key=lambda fragment: (fragment.x0, -fragment.y)))
