"""Rows → a table for the terminal, CSV or JSON.

A Chinese character takes two columns. Text of documents is hostile: control characters, terminal escapes and direction
marks are shown, not sent; a cell that a spreadsheet would compute gets a leading apostrophe in CSV.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.views.words import shorten, text_width

Cell = str | None
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
FORMULA = re.compile(r"^[=+\-@\t\r](?![\d.,]*%?$)")
GAP = "  "


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def only(self, *names: str) -> Table:
        """The same rows with these columns, in this order."""
        places = [self.columns.index(name) for name in names]
        return Table(names, tuple(tuple(row[i] for i in places) for row in self.rows))


def inert(text: str) -> str:
    """`text` on one line, with every character that a terminal would act on replaced by one that shows it."""
    return HIDDEN.sub(lambda char: _shown(char[0]), text)


def _shown(char: str) -> str:
    if char in "\t\n\r\u2028\u2029":
        return " "
    code = ord(char)
    return chr(0x2400 + code) if code < 0x20 else f"\\u{code:04x}"


def table_text(table: Table, width: int | None = None) -> str:
    """Columns one under the other; with `width`, the widest columns are cut with … until a line fits."""
    lines = [[inert(cell or "") for cell in row] for row in (table.columns, *table.rows)]
    if not table.columns:
        return ""
    widths = [max(text_width(line[i]) for line in lines) for i in range(len(table.columns))]
    if width is not None:
        widths = _narrowed(widths, width - len(GAP) * (len(widths) - 1))
    lines.insert(1, ["─" * w for w in widths])
    return "".join(_line(line, widths) for line in lines)


def _narrowed(widths: list[int], room: int) -> list[int]:
    widths = list(widths)
    while sum(widths) > room and max(widths) > 4:
        widths[widths.index(max(widths))] -= 1
    return widths


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cut + " " * (width - text_width(cut)) for cut, width in _cut(cells, widths))
    return GAP.join(padded).rstrip() + "\n"


def _cut(cells: Sequence[str], widths: Sequence[int]) -> list[tuple[str, int]]:
    return [
        (cell if set(cell) == {"─"} else shorten(cell, width), width) for cell, width in zip(cells, widths, strict=True)
    ]


def table_csv(table: Table) -> str:
    """RFC 4180 with `\\n`; an empty cell means not known."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([spreadsheet_cell(cell or "") for cell in row] for row in table.rows)
    return out.getvalue()


def spreadsheet_cell(cell: str) -> str:
    """`=1+2` → `'=1+2`: a spreadsheet shows it and does not compute it; control and direction signs become U+FFFD."""
    cell = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "\ufffd", cell)
    return f"'{cell}" if FORMULA.match(cell) else cell


def table_json(table: Table) -> str:
    """A list of objects, one per row; null means not known. Every control character is escaped."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return escaped(json.dumps(rows, ensure_ascii=False, indent=1)) + "\n"


def escaped(text: str) -> str:
    """JSON or Turtle with every character that a terminal would act on escaped; line breaks stay."""
    return HIDDEN.sub(lambda char: char[0] if char[0] == "\n" else f"\\u{ord(char[0]):04x}", text)
