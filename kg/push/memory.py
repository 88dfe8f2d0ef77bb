"""What was sent to a server and arrived → a table in the graph folder, so that it is not sent again.

`pushed/<hash of the endpoint>.csv` has a line `graph,sha256` for each graph that arrived, and one without a hash where
another version of it was begun: the last line of a graph counts. A line is written at once, so a killed push loses
nothing.
"""

from __future__ import annotations

import csv
import hashlib
import os
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from kg.errors import GraphError

FOLDER = "pushed"
_HEAD = ("graph", "sha256")


class Memory:
    """What is known to stand on one server, as a context manager: it keeps its table open."""

    def __init__(self, folder: Path, endpoint: str) -> None:
        self.file = folder / FOLDER / f"{hashlib.sha256(endpoint.encode()).hexdigest()[:16]}.csv"
        self._known = _read(self.file)
        self._table: TextIO | None = None

    def __enter__(self) -> Self:
        """Writes the table anew, without what is outdated, and whole or not at all."""
        draft = self.file.with_name(f".{self.file.name}.{os.getpid()}")
        try:
            self.file.parent.mkdir(exist_ok=True)
            try:
                with draft.open("w", encoding="utf-8", newline="") as out:
                    csv.writer(out, lineterminator="\n").writerows([_HEAD, *sorted(self._known.items())])
                draft.replace(self.file)
            finally:
                draft.unlink(missing_ok=True)
            self._table = self.file.open("a", encoding="utf-8", newline="")
        except OSError as fault:
            raise GraphError(
                f"{self.file} cannot be written ({fault.strerror or fault}), and what was sent would be forgotten; "
                "push from a folder that may be written to"
            ) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._table is not None:
            self._table.close()

    def __getitem__(self, graph: str) -> str:
        """The hash of the graph as it was sent; empty where it is not there or was only begun."""
        return self._known.get(graph, "")

    def begun(self, graph: str) -> None:
        """Whatever of the graph is on the server now, it is not whole."""
        self._write(graph, "")

    def arrived(self, graph: str, sha256: str) -> None:
        """The graph is whole on the server."""
        self._write(graph, sha256)

    def _write(self, graph: str, sha256: str) -> None:
        if self._known.get(graph, "") == sha256:
            return
        self._known[graph] = sha256
        if self._table is not None:
            csv.writer(self._table, lineterminator="\n").writerow((graph, sha256))
            self._table.flush()


def _read(file: Path) -> dict[str, str]:
    """What the table holds; a line that was torn, or is no line of it, is as if it were not there."""
    known: dict[str, str] = {}
    try:
        text = file.read_text("utf-8", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return known
    for line in text.split("\n")[1:-1]:  # behind the last line break stands nothing, or a torn line
        graph, comma, sha256 = line.rpartition(",")
        if comma and len(sha256) in (0, 64):
            known[graph.strip('"')] = sha256
    return {graph: sha256 for graph, sha256 in known.items() if sha256}
