"""The bytes of a PDF file with a text layer → its text in reading order, with page furniture marked."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from ctypes import byref, c_double, c_float
from itertools import count, groupby, pairwise
from math import atan2, cos, degrees, hypot, radians, sin
from statistics import median
from types import ModuleType
from typing import Any, NamedTuple

from kg.errors import UnreadableFile
from kg.model import LeftOut, Span
from kg.texts.formats.extract import Extract, library

MOST_PAGES = 3000
MOST_OBJECTS = 20_000  # of one page, searched for ruled lines
MOST_RULES = 5000  # of one page
MOST_UNDERLAYS = 200  # lines of big characters on one page
FEW_SIGNS = 30  # a scan with fewer signs on it carries a stamp or a page number, not a text
DEEPEST = 6  # columns within columns
FARTHEST = 1e6  # points; what claims to stand farther off is damage
MOST_NAMED = 10  # pages named in a doubt

# In em, the size of a character.
WORD_GAP = 0.2
CELL_GAP = 0.9
ROW_HEIGHT = 0.4
LEAST_COLUMN = 10.0
LEAST_CELL = 5.0
INDENT = 0.8

LEAST_SHARE = 0.5  # of the page, that a column of running text takes with its like

LOST = "\ufffd"
LINE_END_HYPHEN = 2  # as pdfium marks it
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:[、．]|\.(?!\d))|[①-⑳●■◆★•·]"
)
_MARK = re.compile(r"第[一二三四五六七八九十百零\d]{1,5}[章节条篇]|附件|附：|抄送")
_NOTE = re.compile(r"[\[［(（]?\d{1,2}[\]］)）]?\s*\D|[①-⑳*※]|注[：:]")
_LEADER = re.compile(r"[…⋯.．·]{4,}\s*\d*$")  # of a table of contents
_ENDS = "。！？；：…"
_PAGE_NUMBER = re.compile(
    r"[-—–―－~～·• ]*第?\s*(?:\d{1,4}|[一二三四五六七八九十百]{1,4})\s*页\s*[,，/／]?\s*(?:[(（]?共\s*\d{1,4}\s*页[)）]?)?[-—–―－ ]*"
    r"|[-—–―－~～·•]+\s*\d{1,4}\s*[-—–―－~～·•]+|\d{1,4}\s*[/／]\s*\d{1,4}|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?"
)
_BARE_NUMBER = re.compile(r"\d{1,4}|[ivxlIVXL]{1,6}")
_DIGITS = re.compile(r"\d+")
_PUNCTUATION = re.compile("[，。、；：,;]")
_SENTENCE = re.compile("[。；]")
_HAN = re.compile("[\u4e00-\u9fff](?<![一二三四五六七八九十])")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd\ufffd]")


class Glyph(NamedTuple):
    """A character where it is printed, in points; `y` is its baseline and grows upwards."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    order: int  # in the file


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
        first = bisect_left(self.level, low, key=lambda rule: rule.at)
        last = bisect_right(self.level, high, key=lambda rule: rule.at)
        for rule in self.level[first:last]:
            if bisect_right(middles, rule.start) < bisect_left(middles, rule.end):
                yield rule

    def between(self, left: float, right: float, low: float, high: float) -> bool:
        """Whether an upright line passes there."""
        first = bisect_left(self.upright, left, key=lambda rule: rule.at)
        last = bisect_right(self.upright, right, key=lambda rule: rule.at)
        return any(rule.start < high and rule.end > low for rule in self.upright[first:last])


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


class Column(NamedTuple):
    """What the lines of one column have in common."""

    left: float
    right: float
    size: float
    pitch: float  # the usual distance of two lines
    indented: bool  # paragraphs open with an indent


class Furniture(NamedTuple):
    text: str
    reason: str


class Page(NamedTuple):
    rows: tuple[Row, ...]
    rules: Rules
    beside: tuple[Furniture, ...]  # watermarks and stamps in the margin
    width: float
    signs: int
    lost: int  # signs without meaning
    picture: bool  # most of the page is one


class Parted(NamedTuple):
    """A page whose head and foot are set apart."""

    head: tuple[Furniture, ...]
    body: tuple[Row, ...]
    foot: tuple[Furniture, ...]


def read_pdf(data: bytes) -> Extract:
    """The text: paragraphs on lines of their own, cells of a table's row parted by tabs, pages by form feeds.

    Raises UnreadableFile for a file that is damaged, locked, scanned, or whose fonts do not say what their shapes mean.
    """
    pdfium = library("pypdfium2", "pdf", "PDF files")
    pages = _pages(pdfium, data)
    _check(pages)
    text, left_out = _assemble(pages)
    return Extract(text, form="pdf", left_out=left_out, doubts=tuple(_doubts(pages, data)))


def _pages(pdfium: ModuleType, data: bytes) -> tuple[Page | None, ...]:
    """The pages; None for one that cannot be opened."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdfium.raw.FPDF_ERR_PASSWORD, pdfium.raw.FPDF_ERR_SECURITY):
            raise UnreadableFile("PDF locked with a password: save a copy without the password and give that") from None
        raise UnreadableFile("damaged PDF, it cannot be opened: download it again or save it anew") from None
    with document:
        if len(document) > MOST_PAGES:
            raise UnreadableFile(
                f"PDF of {len(document)} pages, more than the {MOST_PAGES} that are read: split it into parts"
            )
        return tuple(_page(pdfium, document, number) for number in range(len(document)))


def _check(pages: Sequence[Page | None]) -> None:
    """Raises UnreadableFile where the pages together give no text."""
    whole = [page for page in pages if page]
    if not whole:
        raise UnreadableFile("damaged PDF, none of its pages can be opened: download it again or save it anew")
    if not any(_has_text(page) for page in whole):
        pictures = sum(page.picture for page in whole)
        if not pictures:
            raise UnreadableFile(
                "PDF without text: its pages are empty or drawn; run OCR over it (for example ocrmypdf)"
            )
        raise UnreadableFile(
            f"scanned PDF without text: {pictures} {'page' if pictures == 1 else 'pages'} of pictures; "
            "run OCR over it first (for example ocrmypdf) and give the result"
        )
    if sum(page.lost for page in whole) > sum(page.signs for page in whole) / 2:
        raise UnreadableFile(
            "PDF whose fonts do not say which characters their shapes mean, its text is garbage; "
            "run OCR over it first (for example ocrmypdf --force-ocr) and give the result"
        )


def _has_text(page: Page) -> bool:
    return page.signs > (FEW_SIGNS if page.picture else 0)


def _doubts(pages: Sequence[Page | None], data: bytes) -> Iterator[str]:
    """What a user should look at: pages without text, pages of garbage, a file that was cut off."""
    numbered = [(number, page) for number, page in enumerate(pages, 1)]
    pictures = [number for number, page in numbered if page and page.picture and not _has_text(page)]
    damaged = [number for number, page in numbered if page is None]
    garbage = [number for number, page in numbered if page and page.lost > page.signs / 10]
    for numbers, what in (
        (pictures, "pictures without text, not read (run OCR over the file)"),
        (damaged, "damaged and not read"),
        (garbage, "many signs of unknown meaning (the fonts do not say which characters they are)"),
    ):
        if numbers:
            yield f"{what}: {_named(numbers)} of {len(pages)}"
    if b"%%EOF" not in data[-2048:]:
        yield "the file has no proper end: it may have been cut off, and pages may be missing"


def _named(numbers: Sequence[int]) -> str:
    """page 4; pages 1, 2, 3 … and 20 more."""
    more = f" and {len(numbers) - MOST_NAMED} more" if len(numbers) > MOST_NAMED else ""
    return ("page " if len(numbers) == 1 else "pages ") + ", ".join(map(str, numbers[:MOST_NAMED])) + more


# One page of the file → its characters, ruled lines and pictures.


def _page(pdfium: ModuleType, document: Any, number: int) -> Page | None:
    try:
        page = document[number]
        text = page.get_textpage()
    except pdfium.PdfiumError:
        return None
    printed = tuple(_printed(pdfium.raw, text))
    turn = _main_direction([sign.angle for sign in printed])
    straight, below = _without_underlay([_turned(sign, turn) for sign in printed if _near(sign.angle, turn)])
    astray = [*below, *(sign.glyph for sign in printed if not _near(sign.angle, turn))]
    rules, picture = _rules_and_picture(pdfium.raw, page, turn)
    fragments, stamps = _without_stamps(tuple(_fragments(straight, rules)))
    width = page.get_width()
    text.close()
    page.close()
    signs = [sign.glyph.text for sign in printed if not sign.glyph.text.isspace()]
    return Page(
        tuple(_rows(fragments)),
        rules,
        (*stamps, *(Furniture(run, "watermark") for run in _runs(astray))),
        width,
        len(signs),
        sum(sign == LOST or bool(_PRIVATE.match(sign)) for sign in signs),
        picture,
    )


class Printed(NamedTuple):
    """A character as it stands on the unturned page."""

    glyph: Glyph
    origin: float  # x of the point that it is printed from; the glyph's y is that point's
    box: tuple[float, float, float, float]  # left, bottom, right, top
    angle: float  # degrees


def _printed(raw: Any, text: Any) -> Iterator[Printed]:
    """The characters that the file itself prints, in its order."""
    handle = text.raw
    box, matrix, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), c_double(), c_double()
    box_at, matrix_at, x_at, y_at = byref(box), byref(matrix), byref(x), byref(y)
    high = 0
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(handle, index) == 1:
            continue
        code = raw.FPDFText_GetUnicode(handle, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        sign = LOST if raw.FPDFText_HasUnicodeMapError(handle, index) == 1 else _sign(code, high)
        high = 0
        if not (
            raw.FPDFText_GetLooseCharBox(handle, index, box_at)
            and raw.FPDFText_GetCharOrigin(handle, index, x_at, y_at)
            and raw.FPDFText_GetMatrix(handle, index, matrix_at)
        ):
            continue
        edges = (box.left, box.bottom, box.right, box.top)
        rise, run = matrix.b, matrix.a
        size = raw.FPDFText_GetFontSize(handle, index) * hypot(matrix.c, matrix.d)
        if not sum(map(abs, (*edges, x.value, y.value, rise, run, size))) < FARTHEST:
            continue
        glyph = Glyph(sign, edges[0], edges[2], y.value, min(max(size, 1.0), 1000.0), index)
        yield Printed(glyph, x.value, edges, degrees(atan2(rise, run)) if rise or run < 0 else 0.0)


def _sign(code: int, high: int) -> str:
    """The character of a code unit, `high` being the first half of a pair; U+FFFD for what is none."""
    if 0xDC00 <= code < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else LOST
    if code == LINE_END_HYPHEN:
        return "-"
    if (code < 0x20 and code != 9) or code in (0xFFFE, 0xFFFF) or code > 0x10FFFF:
        return LOST
    return chr(code)


def _main_direction(angles: Sequence[float]) -> float:
    """The angle of the page's text: upright or sideways where a tenth of it stands so, else the most common one."""
    if not angles:
        return 0.0
    common = Counter(round(angle / 5) * 5 % 360 for angle in angles)
    square = [angle for angle in (0, 90, 180, 270) if common[angle] * 10 >= len(angles)]
    main = max(square or common, key=lambda angle: common[angle])
    turn = median((angle - main + 180) % 360 - 180 for angle in angles if _near(angle, main)) + main
    return turn if abs(turn) > 0.05 else 0.0


def _near(angle: float, main: float) -> bool:
    return angle == main or abs((angle - main + 180) % 360 - 180) < 7.5


def _turned(printed: Printed, turn: float) -> Glyph:
    """The character on the page turned so that its lines are level."""
    if not turn:
        return printed.glyph
    left, bottom, right, top = printed.box
    corners = [_point(x, y, turn)[0] for x in (left, right) for y in (bottom, top)]
    y = _point(printed.origin, printed.glyph.y, turn)[1]
    return printed.glyph._replace(x0=min(corners), x1=max(corners), y=y)


def _point(x: float, y: float, turn: float) -> tuple[float, float]:
    if not turn:
        return x, y
    c, s = cos(radians(turn)), sin(radians(turn))
    return x * c + y * s, y * c - x * s


def _without_underlay(glyphs: list[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Less level watermarks: lines of big characters that small ones are printed over."""
    sizes = Counter(glyph.size for glyph in glyphs if not glyph.text.isspace())
    if not sizes:
        return glyphs, []
    usual = max(sizes, key=lambda size: (sizes[size], size))
    big: dict[tuple[float, float], list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.size > 2.5 * usual:
            big.setdefault((round(glyph.y), glyph.size), []).append(glyph)
    if not 0 < len(big) <= MOST_UNDERLAYS:
        return glyphs, []
    small = sorted((glyph.y, glyph.x0) for glyph in glyphs if glyph.size <= 1.5 * usual)
    under = {line for line, signs in big.items() if _is_covered(signs, small)}
    below = [glyph for line in under for glyph in big[line]]
    orders = {glyph.order for glyph in below}
    return [glyph for glyph in glyphs if glyph.order not in orders], sorted(below, key=lambda glyph: glyph.order)


def _is_covered(line: Sequence[Glyph], small: Sequence[tuple[float, float]]) -> bool:
    """Whether small characters (their y and x) stand on the level line."""
    low = bisect_left(small, (line[0].y, 0.0))
    high = bisect_left(small, (line[0].y + 0.7 * line[0].size, 0.0))
    left, right = min(glyph.x0 for glyph in line), max(glyph.x1 for glyph in line)
    return any(left < x < right for _, x in small[low:high])


def _runs(glyphs: Iterable[Glyph]) -> Iterator[str]:
    """Characters as the file strings them together."""
    for _, run in groupby(enumerate(glyphs), key=lambda pair: pair[1].order - pair[0]):
        if text := "".join(glyph.text for _, glyph in run).strip():
            yield " ".join(text.split())


def _rules_and_picture(raw: Any, page: Any, turn: float) -> tuple[Rules, bool]:
    """The ruled lines of a page, and whether a picture covers most of it."""
    width, height = page.get_size()
    level: list[Rule] = []
    upright: list[Rule] = []
    picture = False
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    edges = byref(left), byref(bottom), byref(right), byref(top)
    for number in range(min(raw.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        thing = raw.FPDFPage_GetObject(page, number)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_PATH and len(level) + len(upright) < MOST_RULES:
            for (x0, y0), (x1, y1) in _strokes(raw, thing):
                (x0, y0), (x1, y1) = _point(x0, y0, turn), _point(x1, y1, turn)
                if abs(y1 - y0) <= 2 < abs(x1 - x0):
                    level.append(Rule(min(x0, x1), max(x0, x1), (y0 + y1) / 2))
                elif abs(x1 - x0) <= 2 < abs(y1 - y0):
                    upright.append(Rule(min(y0, y1), max(y0, y1), (x0 + x1) / 2))
        elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM) and raw.FPDFPageObj_GetBounds(thing, *edges):
            covered = (right.value - left.value) * (top.value - bottom.value)
            picture = picture or covered > width * height / 2
    level.sort(key=lambda rule: rule.at)
    upright.sort(key=lambda rule: rule.at)
    return Rules(tuple(level), tuple(upright)), picture


Point = tuple[float, float]


def _strokes(raw: Any, path: Any) -> Iterator[tuple[Point, Point]]:
    """The straight strokes of a drawn path; a rectangle has four."""
    matrix, x, y = raw.FS_MATRIX(), c_float(), c_float()
    segments = raw.FPDFPath_CountSegments(path)
    if not 2 <= segments <= MOST_RULES or not raw.FPDFPageObj_GetMatrix(path, byref(matrix)):
        return
    start = last = None
    for number in range(segments):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        if not raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y)):
            return
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and last:
            yield last, point
        last = point
        if start and raw.FPDFPathSegment_GetClose(segment):
            yield point, start


# Characters → fragments on one baseline → rows.


def _fragments(glyphs: Iterable[Glyph], rules: Rules) -> Iterator[Fragment]:
    """Baseline by baseline, cut at wide gaps and at upright lines."""
    for baseline in _with_raised(_baselines(glyphs)):
        run: list[Glyph] = []
        for glyph in _without_doubles(baseline):
            if run and _parted(run[-1], glyph, rules):
                yield from _fragment(run)
                run = []
            run.append(glyph)
        yield from _fragment(run)


def _baselines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters of one height together, the highest first, each from left to right."""
    baselines: list[list[Glyph]] = []
    top = last = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: (-glyph.y, glyph.x0, glyph.order)):
        step, drop = (last - glyph.y) / glyph.size, (top - glyph.y) / glyph.size
        if not baselines or step > 0.15 or drop > 1 or (step > 0.02 and drop > 0.5):
            baselines.append([])
            top = glyph.y
        baselines[-1].append(glyph)
        last = glyph.y
    return [sorted(baseline, key=lambda glyph: (glyph.x0, glyph.order)) for baseline in baselines]


def _with_raised(baselines: list[list[Glyph]]) -> list[list[Glyph]]:
    """Raised and lowered small signs, such as the marks of footnotes, put into the line that they stand at."""
    sizes = [max(glyph.size for glyph in baseline) for baseline in baselines]
    hosts = list(baselines)
    for number, small in enumerate(baselines):
        for other in (number + 1, number - 1):
            if not 0 <= other < len(baselines) or sizes[number] > 0.75 * sizes[other]:
                continue
            rise = (small[0].y - baselines[other][0].y) / sizes[other]
            if -0.35 < rise < 0.65 and all(_touches(glyph, baselines[other], sizes[other]) for glyph in small):
                hosts[other] = sorted(hosts[other] + small, key=lambda glyph: (glyph.x0, glyph.order))
                hosts[number] = []
                break
    return [host for host in hosts if host]


def _touches(glyph: Glyph, line: Sequence[Glyph], size: float) -> bool:
    """Whether the sign stands beside characters of the line and over none."""
    after = bisect_left(line, glyph.x0, key=lambda other: other.x0)
    before = line[after - 1] if after else None
    behind = line[after] if after < len(line) else None
    overlap = 0.3 * glyph.size
    if (before and before.x1 > glyph.x0 + overlap) or (behind and behind.x0 < glyph.x1 - overlap):
        return False
    reach = 2 * size
    return bool((before and glyph.x0 - before.x1 < reach) or (behind and behind.x0 - glyph.x1 < reach))


def _without_doubles(line: Sequence[Glyph]) -> Iterator[Glyph]:
    """Less the second print of characters that are made bold by printing them twice."""
    recent: dict[str, Glyph] = {}
    for glyph in line:
        twin = recent.get(glyph.text)
        close = 0.2 * glyph.size
        if (
            twin
            and glyph.x0 - twin.x0 < close
            and abs(glyph.y - twin.y) < close
            and glyph.order - twin.order not in (-1, 1)
        ):
            continue
        recent[glyph.text] = glyph
        yield glyph


def _parted(left: Glyph, right: Glyph, rules: Rules) -> bool:
    gap = right.x0 - left.x1
    size = max(left.size, right.size)
    return gap > CELL_GAP * size or (
        gap > WORD_GAP * size and rules.between(left.x1, right.x0, right.y, right.y + right.size / 2)
    )


def _fragment(run: Sequence[Glyph]) -> Iterator[Fragment]:
    """The run as a fragment, if anything in it can be seen."""
    seen = [number for number, glyph in enumerate(run) if not glyph.text.isspace()]
    if not seen:
        return
    run = run[seen[0] : seen[-1] + 1]
    signs = [run[0].text]
    for left, right in pairwise(run):
        words = left.text.isascii() and right.text.isascii() and not (left.text.isspace() or right.text.isspace())
        signs.append(" " + right.text if words and right.x0 - left.x1 > WORD_GAP * right.size else right.text)
    sizes = Counter(glyph.size for glyph in run)
    size = max(sizes, key=lambda size: (sizes[size], size))
    yield Fragment("".join(signs), run[0].x0, max(glyph.x1 for glyph in run), median(glyph.y for glyph in run), size)


def _without_stamps(fragments: tuple[Fragment, ...]) -> tuple[tuple[Fragment, ...], tuple[Furniture, ...]]:
    """Less single characters one below the other in a margin, as in 装 订 线."""
    wide = [fragment for fragment in fragments if len(fragment.text) > 1]
    if not wide:
        return fragments, ()
    left, right = min(fragment.x0 for fragment in wide), max(fragment.x1 for fragment in wide)
    margins: dict[int, list[Fragment]] = {}
    for fragment in fragments:
        if _HAN.fullmatch(fragment.text) and (fragment.x1 < left or fragment.x0 > right):
            margins.setdefault(round(fragment.x0), []).append(fragment)
    stamps = [stamp for stamp in margins.values() if len({fragment.text for fragment in stamp}) >= 3]
    stamped = {fragment for stamp in stamps for fragment in stamp}
    return (
        tuple(fragment for fragment in fragments if fragment not in stamped),
        tuple(Furniture("".join(fragment.text for fragment in stamp), "margin") for stamp in stamps),
    )


def _rows(fragments: Iterable[Fragment]) -> Iterator[Row]:
    """Fragments of about one height together, from the top of the page down."""
    row: list[Fragment] = []
    for fragment in sorted(fragments, key=lambda fragment: (-fragment.y, fragment.x0)):
        if row and row[0].y - fragment.y > ROW_HEIGHT * max(row[0].size, fragment.size):
            yield _row(row)
            row = []
        row.append(fragment)
    if row:
        yield _row(row)


def _row(fragments: Iterable[Fragment]) -> Row:
    return tuple(sorted(fragments, key=lambda fragment: (fragment.x0, -fragment.y)))


# Rows → lines in reading order.


def _lines(rows: Sequence[Row], rules: Rules, column: Place, numbers: Iterator[int], depth: int = 0) -> Iterator[Line]:
    """Zone by zone: running text in columns column by column, a table row by row."""
    for zone, gutters in _zones(rows):
        bands = _bands(zone, gutters, rules)
        is_table = len(bands) > 1 or (bool(gutters) and sum(len(row) > 1 and not _is_item(row) for row in zone) > 1)
        for band in bands:
            open_gutters = tuple(gutter for gutter in gutters if _parts_running_text(band, gutters, gutter))
            if open_gutters and depth < DEEPEST:
                parts = _columns(band, open_gutters)
                for part in parts:
                    yield from _lines(part, rules, Place(next(numbers), len(parts)), numbers, depth + 1)
            elif is_table and _is_ruled(band, gutters, rules):
                yield _table_row(band)
            elif is_table:
                yield from _table_rows(band, gutters, column)
            else:
                yield from (_line(row, column) for row in band)


def _zones(rows: Sequence[Row]) -> Iterator[tuple[tuple[Row, ...], Gutters]]:
    """Stretches of rows without gutters, and stretches that one gutter at least runs through."""
    plain: list[Row] = []
    at = 0
    while at < len(rows):
        zone = [rows[at]]
        gutters = _gaps(rows[at])
        if not gutters and at + 1 < len(rows) and _beside(rows[at], rows[at + 1]):
            zone = [rows[at], rows[at + 1]]
            gutters = _gaps(_row(rows[at] + rows[at + 1]))
        if not gutters:
            plain.append(rows[at])
            at += 1
            continue
        while at + len(zone) < len(rows) and (narrower := _narrowed(gutters, rows[at + len(zone)])):
            gutters = narrower
            zone.append(rows[at + len(zone)])
        zone = zone[: len(zone) - _loose_end(zone)]
        at += len(zone)
        above = _loose_start(plain, zone, gutters)
        if plain[: len(plain) - above]:
            yield tuple(plain[: len(plain) - above]), ()
        yield tuple(plain[len(plain) - above :] + zone), gutters
        plain = []
    if plain:
        yield tuple(plain), ()


def _beside(above: Row, below: Row) -> bool:
    """Whether two rows are too close for lines of one text: those of columns whose lines are not level."""
    return above[0].y - below[0].y < 0.9 * min(above[0].size, below[0].size)


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
        if not _follows(zone[number - 1], zone[number]):
            return len(zone) - number
    return 0


def _loose_start(plain: Sequence[Row], zone: Sequence[Row], gutters: Gutters) -> int:
    """How many rows above a zone belong to one of its columns."""
    below = zone[0]
    for number, row in enumerate(reversed(plain)):
        if not _follows(row, below) or _narrowed(gutters, row) != gutters:
            return number
        below = row
    return len(plain)


def _follows(above: Row, below: Row) -> bool:
    """Whether two rows stand as close and have the same size as lines of one text."""
    size = below[0].size
    return above[0].y - below[0].y < 2.2 * size and abs(above[0].size - size) < 0.12 * size


def _bands(zone: tuple[Row, ...], gutters: Gutters, rules: Rules) -> list[tuple[Row, ...]]:
    """The zone cut at the level lines that cross a gutter: the rows of a ruled table."""
    heights = sorted({-rule.at for rule in rules.across(gutters, zone[-1][0].y, zone[0][0].y)})
    return [tuple(band) for _, band in groupby(zone, key=lambda row: bisect_left(heights, -row[0].y))]


def _columns(band: Sequence[Row], gutters: Gutters) -> list[tuple[Row, ...]]:
    """The band cut at the gutters, from left to right."""
    middles = [(start + end) / 2 for start, end in gutters]
    parts: list[list[Fragment]] = [[] for _ in range(len(middles) + 1)]
    for row in band:
        for fragment in row:
            parts[bisect_left(middles, (fragment.x0 + fragment.x1) / 2)].append(fragment)
    return [tuple(_rows(part)) for part in parts if part]


def _parts_running_text(band: Sequence[Row], gutters: Gutters, gutter: tuple[float, float]) -> bool:
    """Whether on both sides of the gutter lines of running text fill their columns, as cells of a table do not."""
    at = gutters.index(gutter)
    from_x = gutters[at - 1][1] if at else float("-inf")
    to_x = gutters[at + 1][0] if at + 1 < len(gutters) else float("inf")
    if min(gutter[0] - from_x, to_x - gutter[1]) < LEAST_COLUMN * band[0][0].size:
        return False
    left: list[Fragment] = []
    right: list[Fragment] = []
    for row in band:
        for fragment in row:
            if from_x <= fragment.x0 and fragment.x1 <= to_x:
                (left if fragment.x1 <= gutter[0] else right).append(fragment)
    if not left or not right or max(len(left), len(right)) < 4:
        return False
    width = max(fragment.x1 - fragment.x0 for fragment in left + right)
    return all(_fills(side, width) for side in (left, right))


def _fills(side: Sequence[Fragment], width: float) -> bool:
    """Whether most lines, less those that end a paragraph, are full and hold punctuation as running text does."""
    if max(fragment.x1 - fragment.x0 for fragment in side) < max(LEAST_COLUMN * side[0].size, 0.6 * width):
        return False
    own = max(fragment.x1 for fragment in side) - min(fragment.x0 for fragment in side)
    within = [fragment for fragment in side if fragment.text[-1] not in _ENDS]
    full = sum(fragment.x1 - fragment.x0 > 0.8 * own for fragment in within)
    marks = sum(len(_PUNCTUATION.findall(fragment.text)) for fragment in side)
    return 2 * full >= len(within) and 40 * marks >= sum(len(fragment.text) for fragment in side)


def _is_ruled(band: Sequence[Row], gutters: Gutters, rules: Rules) -> bool:
    """Whether upright lines part the cells of this row of a table."""
    low, high = band[-1][0].y, band[0][0].y + band[0][0].size / 2
    return any(rules.between(start, end, low, high) for start, end in gutters)


def _table_row(band: Sequence[Row]) -> Line:
    """The cells of a ruled table's row on one line; the lines within a cell are joined."""
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
    return Line(text, min(f.x0 for f in fragments), right, first.y, first.size, None)


def _table_rows(band: Sequence[Row], gutters: Gutters, column: Place) -> Iterator[Line]:
    """The rows of a table without upright lines; a lone piece right of the first column goes on with a cell above."""
    group: list[Row] = []
    for row in band:
        if (
            group
            and len(row) == 1
            and len(group[-1]) + len(group) > 2
            and row[0].x0 > gutters[0][0]
            and _follows(group[-1], row)
        ):
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
    return len(row) == 2 and bool(_ITEM.fullmatch(row[0].text))


def _cell(cell: Sequence[Fragment]) -> str:
    """The lines of a cell as one, with a blank after a line that does not fill the cell: 基建科 财务科."""
    lines = sorted(cell, key=lambda fragment: (-fragment.y, fragment.x0))
    full = max(line.x1 - line.x0 for line in lines) - 1.5 * lines[0].size
    text = lines[0].text
    for above, below in pairwise(lines):
        fills = above.x1 - above.x0 > max(full, LEAST_CELL * above.size)
        text = _joined(text, below.text) if fills else f"{text} {below.text}"
    return text


def _line(row: Row, column: Place) -> Line:
    """A row as a line; a word spaced out, as in 通   知, is one word."""
    spaced = len(row) > 1 and all(len(fragment.text) == 1 for fragment in row)
    between = "" if spaced else " " if _is_item(row) else "\t"
    main = max(row, key=lambda fragment: len(fragment.text))
    hang = row[1].x0 if _is_item(row) else 0.0
    text = between.join(fragment.text for fragment in row)
    return Line(text, row[0].x0, max(fragment.x1 for fragment in row), main.y, main.size, column, hang)


# Heads, feet and page numbers.


def _parted_pages(pages: Sequence[Page]) -> Iterator[Parted]:
    """Each page with the outermost rows set apart that repeat from page to page or hold its number."""
    repeated = Counter(
        key
        for page in pages
        for key in {_key(row) for row in (*page.rows[:3], *page.rows[-3:])}
        if len(key) < 60 and not _SENTENCE.search(key)
    )
    often = max(3, 0.4 * len(pages))
    heads = frozenset(key for key, times in repeated.items() if times >= often)
    for page in pages:
        top = _furniture(page.rows, heads)
        foot = _furniture(page.rows[len(top) :][::-1], heads)[::-1]
        yield Parted(top, page.rows[len(top) : len(page.rows) - len(foot)], foot)


def _key(row: Row) -> str:
    """The words of a row with 0 for every number: 第 3 页 and 第 12 页 are the same."""
    return _DIGITS.sub("0", "".join("".join(fragment.text.split()) for fragment in row))


def _furniture(rows: Sequence[Row], heads: frozenset[str]) -> tuple[Furniture, ...]:
    """The first rows, up to three, as far as they are furniture."""
    found: list[Furniture] = []
    for number, row in enumerate(rows[:3]):
        text = "\t".join(fragment.text for fragment in row)
        bare = " ".join(text.split())
        apart = number + 1 == len(rows) or abs(row[0].y - rows[number + 1][0].y) > 2 * row[0].size
        if _PAGE_NUMBER.fullmatch(bare) or (apart and _BARE_NUMBER.fullmatch(bare)):
            found.append(Furniture(text, "page-number"))
        elif _key(row) in heads:
            found.append(Furniture(text, "running-head"))
        else:
            break
    while found and found[-1].reason == "running-head" and _runs_on(rows, len(found)):
        found.pop()
    return tuple(found)


def _runs_on(rows: Sequence[Row], at: int) -> bool:
    """Whether the row there stands as close to the one before it as to the one after it, in the same size."""
    if at + 1 >= len(rows):
        return False
    before, row, after = rows[at - 1][0], rows[at][0], rows[at + 1][0]
    same = abs(before.size - row.size) < 0.12 * row.size
    return same and abs(before.y - row.y) < 1.15 * abs(row.y - after.y)


# Lines of all pages → paragraphs, and the text.


def _assemble(pages: Sequence[Page | None]) -> tuple[str, tuple[LeftOut, ...]]:
    """The text of all pages. Furniture and page break wait until the paragraph that runs over them has ended."""
    whole = [page or Page((), Rules(), (), 0.0, 0, 0, False) for page in pages]
    parted = tuple(_parted_pages(whole))
    numbers = count()
    lines = [
        tuple(_lines(part.body, page.rules, Place(next(numbers), 1), numbers))
        for part, page in zip(parted, whole, strict=True)
    ]
    columns = _measured(lines, whole)
    text = _Text()
    for number, (part, page, body) in enumerate(zip(parted, whole, lines, strict=True)):
        if number:
            text.wait("\f")
        text.wait(*part.head)
        notes = _notes(body)
        for line in body[: len(body) - len(notes)]:
            text.add(line, columns)
        text.wait(*_note_paragraphs(notes), *part.foot, *page.beside)
    return text.finished()


def _notes(lines: Sequence[Line]) -> Sequence[Line]:
    """The footnotes: the last lines of a page, smaller than its text, the first with a mark."""
    usual = _usual_size(lines)
    first = len(lines)
    while first and lines[first - 1].size < 0.88 * usual:
        first -= 1
    return lines[first:] if first < len(lines) and _NOTE.match(lines[first].text) else ()


def _note_paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """Each note as one paragraph."""
    note = ""
    for line in lines:
        if note and _NOTE.match(line.text):
            yield note + "\n"
            note = ""
        note = _joined(note, line.text)
    if note:
        yield note + "\n"


def _usual_size(lines: Sequence[Line]) -> float:
    """The size that most characters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _measured(lines: Sequence[Sequence[Line]], pages: Sequence[Page]) -> dict[Place, Column]:
    """The margins of each column; a column of short lines takes the width of its like on other pages."""
    columns: dict[Place, Column] = {}
    widths: dict[tuple[int, int], float] = {}
    alike: dict[Place, tuple[int, int]] = {}
    for of_page, page in zip(lines, pages, strict=True):
        by_column: dict[Place, list[Line]] = {}
        for line in of_page:
            if line.column:
                by_column.setdefault(line.column, []).append(line)
        for place, own in by_column.items():
            columns[place] = column = _column(own)
            alike[place] = kind = (round(page.width), place.beside)
            least = LEAST_SHARE * page.width / place.beside
            widths[kind] = max(widths.get(kind, least), column.right - column.left)
    return {
        place: column._replace(right=max(column.right, column.left + widths[alike[place]]))
        for place, column in columns.items()
    }


def _column(lines: Sequence[Line]) -> Column:
    """Measured by the lines of its usual size."""
    size = _usual_size(lines)
    body = [line for line in lines if abs(line.size - size) < 0.12 * size]
    left = min(line.x0 for line in body)
    ends = sorted((line.x1 for line in body), reverse=True)
    right = next((end for end, inner in pairwise(ends) if end - inner < size), ends[0])
    steps = [above.y - below.y for above, below in pairwise(body) if 0 < above.y - below.y < 4 * size]
    indented = any(1.5 * size < line.x0 - left < 2.6 * size for line in body)
    return Column(left, right, size, median(steps) if steps else 2.2 * size, indented)


def _continues(above: Line, below: Line, columns: dict[Place, Column], hang: float) -> bool:
    """Whether the second line goes on with the first one's paragraph: that is full, and this one has no indent.

    The paragraph of a numbered item goes on where its text hangs, a title of more than a line in the middle.
    """
    if above.column is None or below.column is None or abs(above.size - below.size) > 0.12 * above.size:
        return False
    here, there = columns[above.column], columns[below.column]
    if above.column == below.column and above.y - below.y > 1.4 * here.pitch * max(1.0, above.size / here.size):
        return False
    if _ITEM.match(below.text) or _LEADER.search(above.text):
        return False
    ended = above.text[-1] in _ENDS
    if here.right - above.x1 > (1.2 if ended else 2.6) * above.size:
        return False
    if hang and above.column == below.column and abs(below.x0 - hang) < 0.3 * below.size:
        return True
    if ended and (not there.indented or _MARK.match(below.text)):
        return False
    if above.x0 - here.left > 3 * above.size:
        return False
    return below.x0 - there.left < INDENT * below.size or (not ended and _is_centred(below, there))


def _is_centred(line: Line, column: Column) -> bool:
    return abs((line.x0 - column.left) - (column.right - line.x1)) < line.size


def _joined(above: str, below: str) -> str:
    """Two lines as one, with a blank between Latin words."""
    latin = above and above[-1].isascii() and below[0].isascii() and above[-1].isalpha() and below[0].isalpha()
    return f"{above} {below}" if latin else above + below


class _Text:
    """The text as it grows: a paragraph that is open, and what waits for its end."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._left_out: list[LeftOut] = []
        self._open: list[str] = []
        self._last: Line | None = None
        self._hang = 0.0
        self._waiting: list[Furniture | str] = []

    def add(self, line: Line, columns: dict[Place, Column]) -> None:
        """One more line of the document."""
        if self._last is None or not _continues(self._last, line, columns, self._hang):
            self._close()
            self._open = [line.text]
            self._hang = line.hang
        else:
            self._open.append(_joined(self._last.text[-1], line.text)[1:])
        self._last = line

    def wait(self, *items: Furniture | str) -> None:
        """Furniture, footnotes and page breaks, which must not stand within a paragraph."""
        self._waiting += items

    def finished(self) -> tuple[str, tuple[LeftOut, ...]]:
        self._close()
        return "".join(self._pieces), tuple(self._left_out)

    def _close(self) -> None:
        if self._open:
            self._write("".join(self._open) + "\n")
            self._open = []
        for item in self._waiting:
            if isinstance(item, Furniture):
                self._left_out.append(LeftOut(Span(self._length, self._length + len(item.text)), item.reason))
                self._write(item.text + "\n")
            else:
                self._write(item)
        self._waiting = []

    def _write(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)
