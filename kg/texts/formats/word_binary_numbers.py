"""The list tables of a Word 97–2003 file → the labels that Word prints before its paragraphs: 一、, （二）, 3."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.patterns import regex
from kg.texts.formats.word_numbers import LEVELS, Counter, Level, NumberedList

STYLES, PARAGRAPHS, LISTS, OVERRIDES = 0xA2, 0x102, 0x2E2, 0x2EA  # offsets in the file information block
PAGE = 512
LEVEL_OF, LIST_OF = 0x260A, 0x460B  # properties of a paragraph
NO_LIST = (0, 0xF801)
LONG_PROPERTIES = (0xD608, 0xD606)
PROPERTY_SIZE = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
PARAGRAPH_STYLE = 1
FORMS = {
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    18: "decimalEnclosedCircle",
    22: "decimalZero",
    23: "bullet",
    26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese",
    30: "ideographTraditional",
    31: "ideographZodiac",
    33: "taiwaneseCounting",
    34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand",
    36: "taiwaneseDigital",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
    255: "none",
}
_PARAGRAPH = regex("[^\r\x07\x0c]*[\r\x07\x0c]")


class Piece(NamedTuple):
    """A stretch of characters and where in the file they lie."""

    start: int  # first character, counted in UTF-16 units
    offset: int  # of its first byte
    width: int  # bytes per character


class _Place(NamedTuple):
    """The list and level that properties name; None where they are silent."""

    list: int | None = None
    level: int | None = None

    def over(self, other: _Place) -> _Place:
        return _Place(other.list if self.list is None else self.list, other.level if self.level is None else self.level)


class _Run(NamedTuple):
    """Where the properties of one paragraph begin to hold."""

    offset: int
    style: int
    place: _Place


def labels(main: bytes, table: bytes, pieces: Sequence[Piece], text: str) -> Iterator[tuple[int, str]]:
    """Position and label of each numbered paragraph of `text`, which has one character per UTF-16 unit.

    Raises struct.error or IndexError where the tables are damaged.
    """
    lists = _lists(main, table)
    if not lists:
        return
    runs = sorted(_runs(main, table))
    styles = _styles(main, table)
    counter = Counter(lists)
    starts, offsets = [piece.start for piece in pieces], [run.offset for run in runs]
    for paragraph in _PARAGRAPH.finditer(text):
        piece = pieces[bisect_right(starts, paragraph.end() - 1) - 1]
        at = bisect_right(offsets, piece.offset + (paragraph.end() - 1 - piece.start) * piece.width) - 1
        if at < 0:
            continue
        place = runs[at].place.over(styles.get(runs[at].style, _Place()))
        if place.list is not None and place.list not in NO_LIST:
            label = counter.label(str(place.list), place.level or 0)
            if label and paragraph[0].strip("\r\x07\x0c \t\u3000"):
                yield paragraph.start(), label


def _where(main: bytes, field: int) -> tuple[int, int]:
    start, size = struct.unpack_from("<II", main, field)
    return start, size


def _runs(main: bytes, table: bytes) -> Iterator[_Run]:
    """The paragraph properties, which stand on pages of 512 bytes in the main stream."""
    start, size = _where(main, PARAGRAPHS)
    count = max(0, (min(size, len(table) - start) - 4) // 8)
    for page in struct.unpack_from(f"<{count}I", table, start + 4 * (count + 1)):
        begin = (page & 0x3FFFFF) * PAGE
        paragraphs = main[begin + PAGE - 1]
        for index in range(min(paragraphs, 0x1D)):
            (offset,) = struct.unpack_from("<I", main, begin + 4 * index)
            where = main[begin + 4 * (paragraphs + 1) + 13 * index] * 2
            yield _run(main, offset, begin + where) if where else _Run(offset, 0, _Place())


def _run(main: bytes, offset: int, at: int) -> _Run:
    size = 2 * main[at] - 1
    if not main[at]:
        at, size = at + 1, 2 * main[at + 1]
    (style,) = struct.unpack_from("<H", main, at + 1)
    return _Run(offset, style, _place(main[at + 3 : at + 1 + size]))


def _place(properties: bytes) -> _Place:
    """What a run of properties says of list and level."""
    place, at = _Place(), 0
    while at + 2 < len(properties):
        (name,) = struct.unpack_from("<H", properties, at)
        size = PROPERTY_SIZE.get(name >> 13)
        if name in LONG_PROPERTIES:
            size = 1 + int(struct.unpack_from("<H", properties, at + 2)[0])
        elif size is None:
            size = 1 + properties[at + 2]
        if name == LIST_OF:
            place = place._replace(list=struct.unpack_from("<H", properties, at + 2)[0])
        elif name == LEVEL_OF:
            place = place._replace(level=properties[at + 2])
        at += 2 + size
    return place


def _styles(main: bytes, table: bytes) -> dict[int, _Place]:
    """The list and level of each paragraph style, with what it takes from the style it is based on."""
    start, size = _where(main, STYLES)
    if not size:
        return {}
    header, count, base = struct.unpack_from("<HHH", table, start)
    own: dict[int, tuple[int, _Place]] = {}
    at = start + 2 + header
    for number in range(count):
        (length,) = struct.unpack_from("<H", table, at)
        if length:
            own[number] = _style(table[at + 2 : at + 2 + length], base)
        at += 2 + length
    return {number: _inherited(number, own) for number in own}


def _style(style: bytes, base: int) -> tuple[int, _Place]:
    """The number of the style it is based on, and its own place."""
    (kind,) = struct.unpack_from("<H", style, 2)
    if kind & 0xF != PARAGRAPH_STYLE:
        return kind >> 4, _Place()
    at = base + 4 + 2 * int(struct.unpack_from("<H", style, base)[0])
    (size,) = struct.unpack_from("<H", style, at)
    return kind >> 4, _place(style[at + 4 : at + 2 + size])


def _inherited(number: int, own: dict[int, tuple[int, _Place]]) -> _Place:
    place, seen = _Place(), set[int]()
    while number in own and number not in seen:
        seen.add(number)
        number, upper = own[number]
        place = place.over(upper)
    return place


def _lists(main: bytes, table: bytes) -> dict[str, NumberedList]:
    """The lists that paragraphs name by their number, from 1."""
    definitions = _definitions(main, table)
    start, size = _where(main, OVERRIDES)
    if not size:
        return {}
    (count,) = struct.unpack_from("<I", table, start)
    lists = {}
    at = start + 4 + 16 * count
    for number in range(min(count, size // 16)):
        (definition,) = struct.unpack_from("<i", table, start + 4 + 16 * number)
        levels = dict(definitions.get(definition, {}))
        restarts: dict[int, int] = {}
        at += 4
        for _ in range(table[start + 4 + 16 * number + 12]):
            first, flags = struct.unpack_from("<iI", table, at)
            at += 8
            if flags & 0x20:
                levels[flags & 0xF], at = _level(table, at)
            elif flags & 0x10:
                restarts[flags & 0xF] = first
        lists[str(number + 1)] = NumberedList(str(definition), levels, restarts)
    return lists


def _definitions(main: bytes, table: bytes) -> dict[int, dict[int, Level]]:
    start, size = _where(main, LISTS)
    if not size:
        return {}
    (count,) = struct.unpack_from("<H", table, start)
    at = start + 2 + 28 * count
    definitions = {}
    for number in range(count):
        entry = start + 2 + 28 * number
        (name,) = struct.unpack_from("<i", table, entry)
        levels: dict[int, Level] = {}
        for level in range(1 if table[entry + 26] & 1 else LEVELS):
            levels[level], at = _level(table, at)
        definitions[name] = levels
    return definitions


def _level(table: bytes, at: int) -> tuple[Level, int]:
    """A level, and where the next one begins."""
    start, form, flags = struct.unpack_from("<iBB", table, at)
    follow = table[at + 15]
    at += 28 + table[at + 24] + table[at + 25]
    (length,) = struct.unpack_from("<H", table, at)
    text = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    pattern = "".join(f"%{ord(sign) + 1}" if ord(sign) < LEVELS else sign for sign in text)
    return Level(FORMS.get(form, "decimal"), pattern, start, bool(flags & 4), follow == 2), at + 2 + 2 * length
