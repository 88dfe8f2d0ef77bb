"""reviewed.csv ↔ rows: read leniently as spreadsheets write it, changed line by line so that everything else stays.

A cell that a spreadsheet would compute (= + - @ in front), or that would look like a comment, is written with an
apostrophe before it, which reading takes away again. Inside a cell `|` separates several `name=value`; in a value it is written `\\|`.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import ReviewError
from kg.patterns import regex

REVIEWED_FILE = "reviewed.csv"
COLUMNS = ("decision", "kind", "name", "other", "file", "quote", "relation", "roles", "set", "note")
Pairs = tuple[tuple[str, str], ...]  # (place, 大连市), (program, 县管校聘)

_COMPUTED = regex(r"'*[=+\-@＝＋－＠#]")
_PROTECTED = regex(r"'+[=+\-@＝＋－＠#]")
_RESERVED, _ESCAPED = regex(r"[|\\]"), r"\\\g<0>"
_LONE_SURROGATE = regex("[\ud800-\udfff]")
BLANK = " \t\r\n\u3000\u00a0\ufeff"


@dataclass(frozen=True, slots=True)
class Row:
    """One decision as it stands in the file: its first and last line, and its cells by column."""

    line: int
    last: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The whole file; `rows` are the decisions among its lines, without comments (# in front) and blank lines."""

    name: str  # as it is called in messages
    columns: tuple[str, ...] = ()
    header: int = 0  # number of the line that names the columns; 0 in an empty file
    lines: tuple[str, ...] = ()  # with their ends
    rows: tuple[Row, ...] = ()
    problems: tuple[str, ...] = ()
    marked: bool = True  # opens with a byte order mark, without which spreadsheets take Chinese for something else


def read_table(path: Path) -> Table:
    """The file, or an empty table where there is none; raises ReviewError where it is no UTF-8 text."""
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Table(path.name)
    except OSError as fault:
        raise ReviewError([f"{path} cannot be read: {fault.strerror or fault}"]) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ReviewError([f"{path.name} is no UTF-8 text; save it in your spreadsheet as 'CSV UTF-8'"]) from None
    return table_of(text, path.name, marked=not data or data.startswith(b"\xef\xbb\xbf"))


def table_of(text: str, name: str = REVIEWED_FILE, *, marked: bool = True) -> Table:
    """The table that a text holds; lines that cannot be used are named in its `problems`."""
    lines = tuple(io.StringIO(text, newline=""))
    reader = csv.reader(lines, strict=True)
    columns: tuple[str, ...] = ()
    header = 0
    rows: list[Row] = []
    problems: list[str] = []
    line = 1
    try:
        for cells in reader:
            comment = bool(cells) and cells[0].lstrip(BLANK).startswith("#")
            cells = [_bare(cell) for cell in cells]
            if comment or not any(cells):
                pass
            elif not columns:
                columns, header = tuple(cells), line
                problems += [f"{name}:{line}: {fault}" for fault in _column_faults(columns)]
            elif any(cells[len(columns) :]):
                problems.append(f"{name}:{line}: more cells than columns; put a cell with commas into double quotes")
            else:
                padded = cells + [""] * (len(columns) - len(cells))
                rows.append(Row(line, reader.line_num, dict(zip(columns, padded, strict=False))))
            line = reader.line_num + 1
    except csv.Error as fault:
        problems.append(f"{name}:{line}: {fault}; a double quote inside a cell is written twice")
    return Table(name, columns, header, lines, tuple(rows), tuple(problems), marked)


def _column_faults(columns: tuple[str, ...]) -> Iterable[str]:
    if "decision" not in columns:
        yield f"the first line must name the columns, with commas between them: {','.join(COLUMNS)}"
    for column in sorted({c for c in columns if c and columns.count(c) > 1}):
        yield f"two columns are called {column!r}"


def with_row(table: Table, cells: Mapping[str, str], at: int | None = None) -> Table:
    """The table with one more row at its end, or with another in place of the row that begins in line `at`."""
    table = _with_columns(table, [column for column in COLUMNS if cells.get(column)])
    end = next((line[len(line.rstrip("\r\n")) :] for line in table.lines[::-1] if line[-1:] in "\r\n"), "\r\n")
    old = next((row for row in table.rows if row.line == at), None)
    foreign = {} if old is None else {c: v for c, v in old.cells.items() if c not in COLUMNS}
    line = _line([{**foreign, **cells}.get(column, "") for column in table.columns], end)
    lines = list(table.lines)
    if old is not None:
        lines[old.line - 1 : old.last] = [line]
    else:
        if lines and lines[-1][-1:] not in "\r\n":
            lines[-1] += end
        lines.append(line)
    return _again(table, lines)


def without_row(table: Table, at: int) -> Table:
    """The table without the row that begins in line `at`; raises ReviewError where none does."""
    row = next((row for row in table.rows if row.line == at), None)
    if row is None:
        there = ", ".join(str(row.line) for row in table.rows) or "none"
        raise ReviewError([f"{table.name} has no decision in line {at}; there are decisions in lines {there}"])
    return _again(table, [*table.lines[: row.line - 1], *table.lines[row.last :]])


def save_table(table: Table, path: Path) -> None:
    """Writes the file, whole or not at all."""
    path = path.resolve()
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(("\ufeff" * table.marked + "".join(table.lines)).encode("utf-8"))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def pairs_of(cell: str) -> Pairs:
    """`place=大连市|program=县管校聘` → its names and values; raises ValueError with the fault."""
    pairs = []
    for piece in re.findall(r"(?:[^|\\]|\\.|\\$)+", cell, re.DOTALL):
        name, equals, value = piece.partition("=")
        if not equals or not name.strip():
            raise ValueError(f"{_unescaped(piece).strip()!r} must read name=value, such as place=大连市")
        pairs.append((name.strip(), _unescaped(value).strip(BLANK)))
    return tuple(pairs)


def cell_of(pairs: Iterable[tuple[str, str]]) -> str:
    """The cell that `pairs_of` reads."""
    return "|".join(f"{name}={_RESERVED.sub(_ESCAPED, value)}" for name, value in pairs)


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL)


def _with_columns(table: Table, needed: Iterable[str]) -> Table:
    """The table with a header that names these columns."""
    if not table.columns:
        return _again(table, [*table.lines, _line(COLUMNS, "\r\n")])
    missing = [column for column in needed if column not in table.columns]
    if not missing:
        return table
    lines = list(table.lines)
    header = lines[table.header - 1]
    bare = header.rstrip("\r\n")
    lines[table.header - 1] = ",".join([bare, *missing]) + header[len(bare) :]
    return _again(table, lines)


def _again(table: Table, lines: list[str]) -> Table:
    return replace(table_of("".join(lines), table.name), marked=table.marked)


def _line(cells: Iterable[str], end: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end).writerow([_protected(cell) for cell in cells])
    return out.getvalue()


def _protected(cell: str) -> str:
    cell = _LONE_SURROGATE.sub("\ufffd", cell)
    return f"'{cell}" if _COMPUTED.match(cell) else cell


def _bare(cell: str) -> str:
    cell = cell.strip(BLANK)
    return cell[1:] if _PROTECTED.match(cell) else cell
