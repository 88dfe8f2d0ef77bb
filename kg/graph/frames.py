"""Rows → columns with one type each, for pandas and Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import KgError
from kg.graph.rows import Rows, Value, value_of

if TYPE_CHECKING:
    import pandas as pd

_PANDAS = {"integer": "Int64", "decimal": "Float64", "boolean": "boolean", "text": "string"}


class Column(NamedTuple):
    """`kind` is integer, decimal, boolean or text, and every value is of it or None (not known)."""

    name: str
    kind: str
    values: tuple[str | int | float | bool | None, ...]


def columns(rows: Rows) -> list[Column]:
    """The columns of an answer; one whose values are of several kinds is text."""
    values = (tuple(value_of(row[at]) for row in rows.terms) for at in range(len(rows.columns)))
    return [_column(name, column) for name, column in zip(rows.columns, values, strict=True)]


def dataframe(rows: Rows) -> pd.DataFrame:
    """The answer as a DataFrame; an unbound variable is NA. KgError where pandas is not installed."""
    try:
        import pandas as pd
    except ImportError:
        raise KgError("a DataFrame needs pandas, which is not installed: pip install pandas") from None
    return pd.DataFrame({c.name: pd.array(c.values, dtype=_PANDAS[c.kind]) for c in columns(rows)})


def write_parquet(rows: Rows, path: Path) -> None:
    """Writes the answer as a Parquet file; KgError where pyarrow is not installed."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise KgError('Parquet needs pyarrow, which is not installed: pip install "policy-kg[parquet]"') from None
    types = {"integer": pa.int64(), "decimal": pa.float64(), "boolean": pa.bool_(), "text": pa.string()}
    arrays = {c.name: pa.array(c.values, type=types[c.kind]) for c in columns(rows)}
    parquet.write_table(pa.table(arrays), path)


def _column(name: str, values: Sequence[Value]) -> Column:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return Column(name, "boolean", tuple(None if v is None else bool(v) for v in values))
    if kinds == {int} and all(v is None or abs(int(v)) < 2**63 for v in values):
        return Column(name, "integer", tuple(None if v is None else int(v) for v in values))
    if Decimal in kinds and kinds <= {int, Decimal}:
        return Column(name, "decimal", tuple(None if v is None else float(v) for v in values))
    return Column(name, "text", tuple(None if v is None else str(v) for v in values))
