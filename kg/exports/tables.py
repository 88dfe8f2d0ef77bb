"""A graph → its tables as CSV files for spreadsheets, or as Parquet files for programs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ExportError
from kg.exports.sheets import Column, Row, Sheet, sheets
from kg.graph.store import PolicyGraph
from kg.views.tables import spreadsheet_cell

if TYPE_CHECKING:
    import pyarrow as pa

BOM = "utf-8-sig"  # spreadsheets then open Chinese as UTF-8
ROWS = 50_000  # of a Parquet file that are in memory at once


def write_csv(graph: PolicyGraph, folder: Path) -> None:
    """places.csv, adoptions.csv and the others; a cell that a spreadsheet would compute gets a leading apostrophe."""
    for sheet in sheets():
        with (folder / f"{sheet.name}.csv").open("w", encoding=BOM, newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(column.name for column in sheet.columns)
            writer.writerows(map(spreadsheet_cell, row) for row in sheet.rows(graph))


def write_parquet(graph: PolicyGraph, folder: Path) -> None:
    """The same as places.parquet and so on: typed, nothing neutralised, null for what is not known."""
    try:
        from pyarrow import parquet
    except ImportError:
        raise ExportError(
            "Parquet files need one more package; install it with: pip install 'policy-kg[parquet]'"
        ) from None
    for sheet in sheets():
        schema = _schema(sheet)
        with parquet.ParquetWriter(folder / f"{sheet.name}.parquet", schema) as writer:
            left = sheet.rows(graph)
            while rows := tuple(islice(left, ROWS)):
                writer.write_table(_table(sheet, rows, schema))


def _schema(sheet: Sheet) -> pa.Schema:
    import pyarrow as pa

    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    return pa.schema(
        [pa.field(c.name, types[c.type], metadata={"title": c.zh, "description": c.en}) for c in sheet.columns]
    )


def _table(sheet: Sheet, rows: tuple[Row, ...], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    cells = zip(sheet.columns, zip(*rows, strict=True), strict=True)
    return pa.table(
        [pa.array(_typed(column, values), f.type) for (column, values), f in zip(cells, schema, strict=True)],
        schema=schema,
    )


def _typed(column: Column, cells: tuple[str, ...]) -> Iterator[Any]:
    as_: dict[str, Callable[[str], Any]] = {"integer": int, "number": float, "boolean": lambda cell: cell == "true"}
    read = as_.get(column.type, str)
    return (read(cell) if cell else None for cell in cells)
