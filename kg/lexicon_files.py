"""Bytes of a CSV file as spreadsheets write it → its rows by column, each with its line, and what is wrong with the rest."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.errors import UnreadableFile

SEPARATORS = ",;\t"
SAVE_AS = "in your spreadsheet choose Save as → CSV UTF-8 (逗号分隔)"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What a Chinese user may call a column or a tier.
_CHINESE = {
    "国家": "Nation",
    "省": "Province",
    "市": "Prefecture",
    "City": "Prefecture",
    "县": "County",
    "区": "County",
    "乡镇": "Township",
    "名称": "name",
    "名字": "name",
    "项目": "name",
    "别名": "aliases",
    "简称": "aliases",
    "英文": "en",
    "层级": "level",
    "级别": "level",
    "年份": "since",
    "起始年": "since",
    "发文机关": "issuer",
    "发布机构": "issuer",
    "文件": "document",
    "文号": "number",
    "对象": "groups",
    "来源": "source",
    "代码": "code",
    "上级": "parent",
    "经度": "lon",
    "纬度": "lat",
}


class Fault(NamedTuple):
    """What is wrong at one place, and the cure."""

    where: str  # own/programmes.csv:3
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


class Line(NamedTuple):
    """The cells of a row by column."""

    where: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What could be read of a file. `notes` say how it was read where it is no plain UTF-8 with commas."""

    columns: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


def read_sheet(data: bytes, file: str, columns: Sequence[str], needed: Sequence[str]) -> Sheet:
    """The rows of a file that may have any of `columns`, in any order, but must have those `needed`.

    UTF-8, GB18030 and the UTF-16 of spreadsheets are told apart, and so are comma, semicolon and tab.
    """
    try:
        text, coded = _decoded(data)
    except UnreadableFile as fault:
        return Sheet(faults=(Fault(f"{file}:1", str(fault)),))
    head = text.partition("\n")[0]
    known = {*columns, *_CHINESE}
    separator = max(SEPARATORS, key=lambda sign: len({*_names(head.split(sign))} & known))
    notes = [f"is written in {coded} and read so"] * bool(coded)
    notes += [f"is separated by {_NAMES[separator]} and read so"] * (separator != ",")
    rows, broken = _rows(text, separator, file)
    names = _names(rows[0][1]) if rows else ()
    faults = tuple(Fault(f"{file}:1", fault) for fault in _column_faults(names, columns, needed))
    lines, odd = ((), ()) if faults else _lines(rows[1:], names, len(rows[0][1]), file)
    return Sheet(names, lines, faults + odd + broken, tuple(Fault(f"{file}:1", note) for note in notes))


def read_free_sheet(data: bytes, file: str, known: Iterable[str]) -> Sheet:
    """The rows of somebody's own table, which may have other columns than those `known`, nameless ones and long cells.

    The columns are in lower case; a nameless one, as R writes it for the numbers of rows, is called #1, #2, …
    """
    try:
        text, coded = _decoded(data)
    except UnreadableFile as fault:
        return Sheet(faults=(Fault(f"{file}:1", str(fault)),))
    head, wanted = text.partition("\n")[0], {*known}
    separator = max(SEPARATORS, key=lambda sign: len({*_names(head.split(sign))} & wanted))
    notes = (Fault(f"{file}:1", f"is written in {coded} and read so"),) if coded else ()
    rows, broken = _rows(text, separator, file)
    names = tuple(name or f"#{number}" for number, name in enumerate(_names(rows[0][1]), 1)) if rows else ()
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    faults = tuple(Fault(f"{file}:1", f"the column {name!r} stands twice; keep one") for name in twice)
    lines = []
    for number, cells in rows[1:]:
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            cure = "put cells with commas into double quotes"
            faults += (Fault(f"{file}:{number}", f"this line has {len(cells)} cells and not {len(names)}; {cure}"),)
        else:
            missing = [""] * (len(names) - len(cells))
            lines.append(Line(f"{file}:{number}", dict(zip(names, map(str.strip, [*cells, *missing]), strict=False))))
    return Sheet(names, tuple(lines), faults + broken, notes)


_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs"}


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """`; did you mean 'aliases'?`, or nothing where no known word is near."""
    from difflib import get_close_matches

    near = _CHINESE.get(word) or next(iter(get_close_matches(word, known, n=1)), None)
    return f"; did you mean {near!r}?" if near in known else ""


def _decoded(data: bytes) -> tuple[str, str]:
    """The text, and the name of its encoding where it is not UTF-8."""
    if data.startswith(_WORKBOOKS):
        raise UnreadableFile(f"this is an Excel workbook, not CSV; {SAVE_AS}")
    coded = ""
    try:
        if data.startswith(_UTF_16):
            text, coded = data.decode("utf-16"), "UTF-16"
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text, coded = data.decode("gb18030"), "GB18030 (GBK)"
        except UnicodeDecodeError as fault:
            raise UnreadableFile(f"neither UTF-8 nor GB18030 explains byte {fault.start + 1}; {SAVE_AS}") from None
    if "\0" in text:
        raise UnreadableFile(f"this is no text file; {SAVE_AS}")
    if not text.strip():
        raise UnreadableFile("the file is empty; its first line must name the columns")
    return text, coded


def _rows(text: str, separator: str, file: str) -> tuple[list[tuple[int, list[str]]], tuple[Fault, ...]]:
    """The rows that are not empty with the number of their line, the first included, up to one that cannot be read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[tuple[int, list[str]]] = []
    number = 1
    try:
        for cells in reader:
            if number == 1 or any(cell.strip() for cell in cells):
                rows.append((number, cells))
            number = reader.line_num + 1
    except csv.Error as fault:
        return rows, (Fault(f"{file}:{number}", f"this line cannot be read as CSV ({fault}); {SAVE_AS}"),)
    return rows, ()


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns; empty ones at the end, which spreadsheets leave behind, are left out."""
    names = [cell.strip().strip('"').lower() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _column_faults(names: Sequence[str], columns: Sequence[str], needed: Sequence[str]) -> Iterator[str]:
    may_be = f"the columns may be {','.join(columns)}"
    if not {*names} & {*columns}:
        if any("，" in name or "；" in name for name in names):
            yield "the columns are separated by a full-width sign; use the half-width comma , everywhere"
        elif near := next((hint for name in names if (hint := did_you_mean(name, columns))), ""):
            yield f"the column {names[0]!r} is unknown{near}; {may_be}"
        else:
            yield f"the first line must name the columns; {may_be}"
        return
    for name in dict.fromkeys(names):
        if not name:
            yield "a column has no name; name it or delete it"
        elif name not in columns:
            yield f"the column {name!r} is unknown{did_you_mean(name, columns)}; {may_be}"
        elif names.count(name) > 1:
            yield f"the column {name!r} stands twice; keep one"
    for name in needed:
        if name not in names:
            yield f"the column {name!r} is missing, and no row can do without it; {may_be}"


def _lines(
    rows: Sequence[tuple[int, list[str]]], names: Sequence[str], width: int, file: str
) -> tuple[tuple[Line, ...], tuple[Fault, ...]]:
    """The rows by column; beyond the last named column, up to `width`, spreadsheets leave empty cells."""
    lines, faults = [], []
    for number, cells in rows:
        where = f"{file}:{number}"
        while len(names) < len(cells) <= width and not cells[-1].strip():
            cells.pop()
        if not {"\n", "\r"}.isdisjoint("".join(cells)):
            faults.append(Fault(where, "a cell runs over several lines; close its double quotes in the line they open"))
        elif len(cells) != len(names):
            cure = "put cells with commas into double quotes" if len(cells) > len(names) else "add the empty cells"
            faults.append(Fault(where, f"this line has {len(cells)} cells and not {len(names)}; {cure}"))
        else:
            lines.append(Line(where, {name: cell.strip() for name, cell in zip(names, cells, strict=True)}))
    return tuple(lines), tuple(faults)
