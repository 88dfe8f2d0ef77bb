"""What was read from one document, laid down until all are read: its quads in blocks, and its mentions."""

from __future__ import annotations

import csv
from collections.abc import Container, Iterator
from pathlib import Path

from kg.graph.iris import BASE
from kg.graph.mentions import mention_rows
from kg.graph.triples import blocks_of
from kg.model import Reading

_BLOCK = "# block\n"


class Shards:
    """A folder with two files for each document. A part's block of quads can be left out when they are read again."""

    def __init__(self, folder: Path, base: str = BASE) -> None:
        self._folder = folder
        self._base = base

    def write(self, reading: Reading) -> None:
        """Lays down one document."""
        path = self._folder / reading.document.id
        with path.with_suffix(".nq").open("w", encoding="utf-8", newline="\n") as out:
            for block in blocks_of(reading, self._base):
                out.write(_BLOCK)
                out.writelines(f"{line}\n" for line in block)
        with path.with_suffix(".csv").open("w", encoding="utf-8", newline="") as table:
            csv.writer(table, lineterminator="\n").writerows(mention_rows(reading))

    def quads(self, document: str, parts: Container[int]) -> Iterator[str]:
        """The lines of a document: those about the file, and those of these parts (numbered from 1)."""
        block = -1
        with (self._folder / f"{document}.nq").open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                if line == _BLOCK:
                    block += 1
                elif block == 0 or block in parts:
                    yield line

    def mentions(self, document: str, parts: Container[int]) -> Iterator[list[str]]:
        """The rows of the mentions table, likewise."""
        with (self._folder / f"{document}.csv").open(encoding="utf-8", newline="") as rows:
            yield from (row for row in csv.reader(rows) if int(row[2]) in parts)
