"""A table with one document per row (csv, jsonl, xlsx, parquet) → the documents, with what its columns say of them."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice
from typing import Any, BinaryIO, NamedTuple

from kg.errors import UnreadableFile
from kg.model import Given
from kg.patterns import regex
from kg.texts.formats.archives import DAMAGE, Fault, damage_named, office_package
from kg.texts.formats.cells import date_of, is_unknown, joined_place, known, string_of, year_number
from kg.texts.formats.columns import (
    FILE,
    FULL_TEXT,
    GUESSED,
    TEXT,
    Columns,
    Layout,
    NoLayout,
    layout_of,
    listed,
    usual_column,
)
from kg.texts.formats.extract import Extract, library
from kg.texts.formats.kinds import Form

SAMPLE = 65_536  # bytes from which encoding and delimiter are told
LONGEST_LINE = 50_000_000  # characters of one line or cell
LARGEST_JSON = 300_000_000  # bytes; a .json file is read as a whole, a .jsonl file line by line
EXCEL_CELL = 32_767  # characters that Excel keeps of a cell
EXCEL_ROWS = 1_048_576
HEADER_WITHIN = 5  # filled rows among which the header is looked for: a title may stand above it
PEEKED_OBJECTS = 50  # JSON objects whose keys are taken for the columns
DELIMITERS = ",\t;|"

_SEP_LINE = regex("sep=(.)\r?\n", re.I)
# Characters that stand in nearly every policy text: a wrong encoding shows none of them.
_FREQUENT = frozenset("的和年月日市县省区教育学校工作部门发展建设管理实施关于通知意见國學縣關於發設實")


class Index(NamedTuple):
    """What a sidecar index.csv says of the files beside it, and what in it cannot be used."""

    given: dict[str, Given]
    problems: tuple[str, ...]


class _Row(NamedTuple):
    """A row as it stands: its number as the user sees it, and its cells by position."""

    name: str
    cells: Sequence[object]
    doubt: str = ""


class _Table(NamedTuple):
    """Rows under column names; `fixed` where the form itself names the columns, else the header is among the rows."""

    rows: Iterator[_Row | Fault]
    encoding: str = ""
    columns: tuple[str, ...] = ()
    label: str = ""  # of the sheet


def read_rows(stream: BinaryIO, form: Form, columns: Columns = GUESSED) -> Iterator[Extract | Fault]:
    """One Extract per row of a seekable stream; a row without text comes as a Fault.

    A row's name is its number as a spreadsheet shows it, so the first row under the header is 2 and a cell with line
    breaks counts as one row; `Sheet2!7` in a workbook of several sheets; for .jsonl the line, for .json and .parquet the
    position, from 1. Raises UnreadableFile where no text column is found or the table is damaged from the start.
    """
    tables = READERS[form](stream, form)
    read_any, problem = False, ""
    for table in tables:
        try:
            layout, rows = _laid_out(table, columns)
        except NoLayout as error:
            problem = problem or str(error)
            if table.label:
                yield Fault(table.label, str(error))
            continue
        read_any = True
        yield from (row if isinstance(row, Fault) else _extract(row, layout, form, table.encoding) for row in rows)
    if not read_any:
        raise UnreadableFile(problem or "empty table: there are no rows in it")


def _laid_out(table: _Table, columns: Columns) -> tuple[Layout, Iterator[_Row | Fault]]:
    """Where what stands, and the rows of documents."""
    if table.columns:
        return layout_of(table.columns, columns), table.rows
    skipped: list[_Row] = []
    for row in table.rows:
        if isinstance(row, Fault):
            raise NoLayout(row.reason)
        names = tuple(string_of(cell) for cell in row.cells)
        if not any(names):
            continue
        try:
            return layout_of(names, columns), table.rows
        except NoLayout:
            skipped.append(row)
        if len(skipped) == HEADER_WITHIN:
            break
    if not skipped:
        raise NoLayout("empty table: there are no rows in it")
    return layout_of(tuple(string_of(cell) for cell in skipped[0].cells), columns), table.rows


# One row


def _extract(row: _Row, layout: Layout, form: Form, encoding: str) -> Extract | Fault:
    text = _cell(row, layout.text)
    content = text if isinstance(text, str) else string_of(text)
    if is_unknown(content):
        return Fault(row.name, f"the column {layout.columns[layout.text]} is empty in this row")
    given, doubts = _given(row, layout)
    doubts += [row.doubt] if row.doubt else []
    if len(content) == EXCEL_CELL:
        doubts.append(f"the text has {EXCEL_CELL:,} characters, the most a cell of Excel holds: its end may be cut off")
    if lost := content.count("\ufffd"):
        doubts.append(f"{lost} characters of the text could not be decoded as {encoding or 'UTF-8'}")
    return Extract(content, form=form, encoding=encoding, name=row.name, given=given, doubts=tuple(doubts))


def _given(row: _Row, layout: Layout) -> tuple[Given, list[str]]:
    """What the row says beside the text; cells that say nothing usable become doubts."""
    doubts: list[str] = []
    when, year = _cell(row, layout.date), _cell(row, layout.year)
    day, number = date_of(when), year_number(year)
    for index, value, read, what in ((layout.date, when, day, "full date"), (layout.year, year, number, "year")):
        if index is not None and read is None and not is_unknown(value):
            doubts.append(f"column {layout.columns[index]}: {string_of(value)[:40]} is no {what}")
    title, url = known(_cell(row, layout.title)), known(_cell(row, layout.url))
    place = joined_place([known(_cell(row, index)) for index in layout.place])
    used = [
        layout.columns[index]
        for index, value in (
            (layout.title, title),
            *((index, known(_cell(row, index))) for index in layout.place),
            (layout.year, number),
            (layout.date, day),
            (layout.url, url),
        )
        if index is not None and value
    ]
    by = f"{'columns' if len(used) > 1 else 'column'} {', '.join(used)}" if used else ""
    return Given(title=title, place=place, year=number, date=day, url=url, by=by), doubts


def _cell(row: _Row, index: int | None) -> object:
    return row.cells[index] if index is not None and index < len(row.cells) else None


# csv


def _csv_tables(stream: BinaryIO, form: Form) -> Iterator[_Table]:
    head = stream.read(SAMPLE)
    stream.seek(0)
    encoding = encoding_of_table(head)
    delimiter = _delimiter(codecs.getincrementaldecoder(encoding)("replace").decode(head), form)
    with _as_text(stream, encoding) as text:
        yield _Table(_guarded(_csv_rows(text, delimiter)), encoding)


@contextmanager
def _as_text(stream: BinaryIO, encoding: str) -> Iterator[io.TextIOWrapper]:
    """The stream decoded, line ends kept; it stays open afterwards."""
    text = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()


def encoding_of_table(head: bytes) -> str:
    """The Python name of the encoding in which the first bytes of a table are written."""
    for bom, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(bom):
            return encoding
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        text = None
    if text is not None and text.count("\0") * 10 < len(text):
        return "utf-8"
    return max(("gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-8"), key=lambda name: _fit(head, name))


def _fit(head: bytes, encoding: str) -> float:
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    frequent = sum(sign in _FREQUENT for sign in text)
    return (frequent - 3 * text.count("\ufffd") - text.count("\0")) / max(1, len(text))


def _delimiter(opening: str, form: Form) -> str:
    """The sign that parts the most cells in the first line that has any."""
    if told := _SEP_LINE.match(opening):
        return told[1]
    for line in opening.splitlines()[:HEADER_WITHIN]:
        outside = re.sub('"[^"]*"', "", line)
        best = max(DELIMITERS, key=outside.count)
        if outside.count(best):
            return best
    return "\t" if form is Form.TSV else ","


def _csv_rows(text: io.TextIOWrapper, delimiter: str) -> Iterator[_Row | Fault]:
    csv.field_size_limit(LONGEST_LINE)  # one limit per process; the standard one is 131,072
    lines = _Lines(text)
    width = 0
    for number, cells in enumerate(csv.reader(lines, delimiter=delimiter), 1):
        doubt = ""
        if width and len(cells) > width and any(cells[width:]):
            doubt = (
                f"this row has {len(cells)} cells where the header has {width}: a {delimiter!r} may have cut the text"
            )
        if lines.taken > 1 and lines.quotes % 2:
            doubt = "a quotation mark is opened and never closed: the rest of the table stands in this row"
        width = width if width > 1 else len(cells)
        lines.taken = lines.quotes = 0
        if any(cells) and not (number == 1 and cells[0].lower() == "sep="):
            yield _Row(str(number), cells, doubt)


class _Lines:
    """The lines of a table without NUL characters; counts lines and quotation marks since it was last set to 0."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.taken = 0
        self.quotes = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                raise UnreadableFile(f"a line has more than {LONGEST_LINE:,} characters: this is no table")
            self.taken += 1
            self.quotes += line.count('"')
            yield line.replace("\0", "")


# json


def _jsonl_tables(stream: BinaryIO, form: Form) -> Iterator[_Table]:
    head = stream.read(SAMPLE)
    stream.seek(0)
    encoding = encoding_of_table(head)
    with _as_text(stream, encoding) as text:
        yield _object_table(_guarded(_jsonl_objects(text)), encoding)


def _jsonl_objects(text: io.TextIOWrapper) -> Iterator[tuple[str, dict[str, object]] | Fault]:
    for number, line in enumerate(_Lines(text), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            yield Fault(str(number), "this line is not valid JSON")
            continue
        yield (str(number), value) if isinstance(value, dict) else Fault(str(number), "this line is no JSON object")


def _json_tables(stream: BinaryIO, form: Form) -> Iterator[_Table]:
    data = stream.read(LARGEST_JSON + 1)
    if len(data) > LARGEST_JSON:
        raise UnreadableFile(
            f"a .json file of more than {LARGEST_JSON // 1_000_000} MB; write it as .jsonl, one object per line"
        )
    encoding = encoding_of_table(data[:SAMPLE])
    with damage_named("this file is not valid JSON; one object per line belongs into a .jsonl file"):
        value = json.loads(data.decode(encoding, "replace"))
    yield _object_table(iter(_json_objects(value)), encoding)


def _json_objects(value: Any) -> list[tuple[str, dict[str, object]] | Fault]:
    """The objects of an array, of the one array in an object ({"data": […]}), or the object itself."""
    if isinstance(value, dict):
        arrays = [each for each in value.values() if isinstance(each, list) and each and isinstance(each[0], dict)]
        is_document = usual_column(tuple(value), (*FULL_TEXT, *TEXT)) is not None
        value = arrays[0] if len(arrays) == 1 and not is_document else [value]
    if not isinstance(value, list):
        raise UnreadableFile("this JSON file holds no list of objects with one document each")
    return [
        (str(number), each) if isinstance(each, dict) else Fault(str(number), "this element is no JSON object")
        for number, each in enumerate(value, 1)
    ]


def _object_table(objects: Iterator[tuple[str, dict[str, object]] | Fault], encoding: str) -> _Table:
    """Keys of the first objects are the columns."""
    peeked = list(islice(objects, PEEKED_OBJECTS))
    keys = tuple(dict.fromkeys(key for each in peeked if not isinstance(each, Fault) for key in each[1]))
    if not keys:
        raise UnreadableFile("no line of the first 50 is a JSON object; the file is damaged or of another kind")
    rows = (
        each if isinstance(each, Fault) else _Row(each[0], [each[1].get(key) for key in keys])
        for each in chain(peeked, objects)
    )
    return _Table(rows, encoding, keys)


# xlsx and parquet


def _xlsx_tables(stream: BinaryIO, form: Form) -> Iterator[_Table]:
    openpyxl = library("openpyxl", "excel", "Excel files (.xlsx)")
    office_package(stream, "Excel file").close()
    with (
        damage_named("damaged Excel file: open it in Excel or LibreOffice and save it anew"),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        sheets = list(book.worksheets)  # hidden ones, too: nothing is lost in silence
    for sheet in sheets:
        label = f"{sheet.title}!" if len(sheets) > 1 else ""
        yield _Table(_guarded(_quietly(_sheet_rows(sheet, label))), label=sheet.title if label else "")
    book.close()


def _sheet_rows(sheet: Any, label: str) -> Iterator[_Row | Fault]:
    sheet.reset_dimensions()  # what the file says of its size is often wrong
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > EXCEL_ROWS:
            yield Fault(f"{label}{number}", "the sheet has more rows than Excel can have: it is damaged here")
            return
        if any(cell is not None for cell in cells):
            yield _Row(f"{label}{number}", cells)


def _parquet_tables(stream: BinaryIO, form: Form) -> Iterator[_Table]:
    parquet = library("pyarrow.parquet", "parquet", "Parquet files")
    with damage_named("damaged Parquet file: write it anew"):
        file = parquet.ParquetFile(stream)
        names = tuple(str(name) for name in file.schema_arrow.names)
    yield _Table(_guarded(_parquet_rows(file, names)), columns=names)


def _parquet_rows(file: Any, names: tuple[str, ...]) -> Iterator[_Row | Fault]:
    number = 0
    for batch in file.iter_batches(batch_size=64):
        for cells in zip(*(batch.column(index).to_pylist() for index in range(len(names))), strict=True):
            number += 1
            yield _Row(str(number), cells)


READERS: dict[Form, Callable[[BinaryIO, Form], Iterator[_Table]]] = {
    Form.CSV: _csv_tables,
    Form.TSV: _csv_tables,
    Form.JSONL: _jsonl_tables,
    Form.JSON: _json_tables,
    Form.XLSX: _xlsx_tables,
    Form.PARQUET: _parquet_tables,
}


def _guarded(rows: Iterable[Any]) -> Iterator[Any]:
    """The rows up to the damage, then a Fault; damage before the first row makes the table unreadable."""
    iterator = iter(rows)
    last = ""
    while True:
        try:
            row = next(iterator, None)
        except (*DAMAGE, csv.Error):
            if not last:
                raise UnreadableFile("damaged table: no row of it can be read") from None
            yield Fault(last, "the table is damaged after this row: what follows is not read")
            return
        if row is None:
            return
        last = row[0]
        yield row


def _quietly(rows: Iterable[Any]) -> Iterator[Any]:
    """The same rows without the warnings of openpyxl, which complains of every ornament that it does not know."""
    iterator = iter(rows)
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            row = next(iterator, None)
        if row is None:
            return
        yield row


# index.csv


def read_index(data: bytes) -> Index:
    """A sidecar index.csv: what its columns place, year, date, title and url say of the file in its column file.

    File names are relative to the folder of the index. Cells that cannot be used are named in `problems`.
    """
    tables = _csv_tables(io.BytesIO(data), Form.CSV)
    table = next(tables)
    given: dict[str, Given] = {}
    problems: list[str] = []
    header = next((row for row in table.rows if isinstance(row, _Row) and any(map(string_of, row.cells))), None)
    names = tuple(string_of(cell) for cell in header.cells) if header else ()
    file = usual_column(names, FILE)
    if file is None:
        raise UnreadableFile(f"index.csv has no column file that names the files; its columns are {listed(names)}")
    layout = layout_of(names, Columns(text=names[file]))
    for row in table.rows:
        where = f"index.csv line {row.name}"
        if isinstance(row, Fault):
            problems.append(f"{where}: {row.reason}")
            continue
        path = _relative_path(string_of(_cell(row, file)))
        facts, doubts = _given(row, layout)
        problems += [f"{where}: {doubt}" for doubt in (*doubts, row.doubt) if doubt]
        if path in given:
            problems.append(f"{where}: {path} stands in this index twice; the first line counts")
        elif path:
            given[path] = replace(facts, by=where)
        elif any(map(string_of, row.cells)):
            problems.append(f"{where}: the column {names[file]} is empty")
    return Index(given, tuple(problems))


def _relative_path(name: str) -> str:
    """The name as Document.file writes paths: slashes, no ./ before it."""
    return unicodedata.normalize("NFC", name.replace("\\", "/")).removeprefix("./")
