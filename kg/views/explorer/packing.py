"""Tables of columns → one run of bytes that a browser reads as typed arrays, without parsing.

    "KGX1" · length of the head (u32) · head (JSON, UTF-8) · zeros up to a multiple of 8 · body

The head has `meta` and `tables`: {name: {"rows": n, "columns": {name: [type, at, …]}}}, positions counted from the start
of the body. A column of numbers is [type, at]; of texts ["text", at of the n + 1 ends, at of the UTF-8 bytes, bytes];
of lists of numbers ["list", at of the n + 1 ends, at of the values, values]. All numbers are little-endian.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple

import numpy as np

TYPES = {"u8": "<u1", "u16": "<u2", "i16": "<i2", "u32": "<u4", "i32": "<i4", "f32": "<f4"}


class Numbers(NamedTuple):
    """A column of numbers of one of TYPES."""

    type: str
    values: Iterable[float]


class Texts(NamedTuple):
    """A column of texts."""

    values: Iterable[str]


class Lists(NamedTuple):
    """A column of lists of numbers, none of them negative."""

    values: Iterable[Sequence[int]]


Column = Numbers | Texts | Lists
Table = Mapping[str, Column]


def packed(meta: Mapping[str, Any], tables: Mapping[str, Table]) -> bytes:
    """The bytes; `meta` must be JSON. OverflowError if a number does not fit its type."""
    body = _Body()
    told = {name: _table(table, body) for name, table in tables.items()}
    text = json.dumps({"meta": meta, "tables": told}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    head = text.encode("utf-8", "replace")
    start = b"KGX1" + np.array([len(head)], "<u4").tobytes() + head
    return start + bytes(-len(start) % 8) + body.whole


def _table(table: Table, body: _Body) -> dict[str, Any]:
    rows: set[int] = set()
    columns = {}
    for name, column in table.items():
        values = list(column.values)
        rows.add(len(values))
        columns[name] = _column(column, values, body)
    if len(rows) > 1:
        raise ValueError(f"columns of different length: {sorted(rows)}")
    return {"rows": min(rows, default=0), "columns": columns}


def _column(column: Column, values: list[Any], body: _Body) -> list[Any]:
    if isinstance(column, Numbers):
        return [column.type, body.add(np.array(values, TYPES[column.type]).tobytes())]
    if isinstance(column, Texts):
        texts = [text.encode("utf-8", "replace") for text in values]
        return ["text", body.ends(map(len, texts)), body.add(joined := b"".join(texts)), len(joined)]
    flat = np.array(list(chain.from_iterable(values)), "<u4")
    return ["list", body.ends(map(len, values)), body.add(flat.tobytes()), len(flat)]


class _Body:
    """Pieces one after the other, each at a multiple of 8."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._length = 0

    def add(self, piece: bytes) -> int:
        at = self._length
        padded = piece + bytes(-len(piece) % 8)
        self._pieces.append(padded)
        self._length += len(padded)
        return at

    def ends(self, lengths: Iterable[int]) -> int:
        return self.add(np.array([0, *accumulate(lengths)], "<u4").tobytes())

    @property
    def whole(self) -> bytes:
        return b"".join(self._pieces)
