"""A graph folder → what is published in it: graph.nq with a mark that it is whole, and where in it each named graph lies.

graph.json is the mark: `size` and `sha256` of graph.nq, and `before` those of the graph that is being replaced, if the
build was ended between the two. graphs.csv has one line for each named graph in the order of graph.nq.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import GraphError

GRAPH_FILE, MARK_FILE, GRAPHS_FILE = "graph.nq", "graph.json", "graphs.csv"
FORMAT = 1
COLUMNS = ("graph", "file", "quads", "start", "bytes", "sha256")
_OF_LINE = re.compile(r" <([^<>\"]*)> \.\n\Z")


@dataclass(frozen=True, slots=True)
class Mark:
    """What graph.json says: of which content graph.nq is, what IRIs start with, and `state`, the hash of what it was made of."""

    size: int
    sha256: str
    quads: int
    base: str
    state: str = ""
    before: tuple[tuple[int, str], ...] = ()  # size and hash of a graph that is whole as well

    @property
    def key(self) -> str:
        """Names what is derived from this very graph."""
        return self.sha256[:16]


class NamedGraph(NamedTuple):
    """One named graph: its IRI, the file that it was read from, and its lines in graph.nq."""

    iri: str
    file: str
    quads: int
    start: int  # bytes
    size: int
    sha256: str


def read_mark(folder: Path) -> Mark | None:
    """The mark of a folder, None where there is none; GraphError where a newer version wrote it, or it is damaged."""
    path = folder / MARK_FILE
    try:
        told = json.loads(path.read_text("utf-8"))
        if told["format"] > FORMAT:
            raise GraphError(f"{folder} was written by a newer version of policy-kg; update policy-kg to read it")
        before = tuple((size, digest) for size, digest in told.get("before", ()))
        return Mark(told["bytes"], told["sha256"], told["quads"], told["base"], told["state"], before)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        raise GraphError(f"{path} is damaged; build the graph again, which reads only what is new: kg build") from None


def write_mark(mark: Mark, folder: Path) -> None:
    """Writes graph.json, whole or not at all."""
    told: dict[str, Any] = {"format": FORMAT, "base": mark.base, "quads": mark.quads}
    told |= {"bytes": mark.size, "sha256": mark.sha256, "state": mark.state}
    if mark.before:
        told["before"] = mark.before
    draft = folder / f".{MARK_FILE}.draft"
    draft.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    draft.replace(folder / MARK_FILE)


def whole_mark(file: Path) -> Mark | None:
    """The mark beside a graph.nq, if it is of this graph; None where there is none. GraphError where neither fits: it was cut."""
    mark = read_mark(file.parent) if file.name == GRAPH_FILE else None
    if mark is None:
        return None
    size = file.stat().st_size
    if size == mark.size:
        return mark
    if size in dict(mark.before):
        return replace(mark, size=size, sha256=dict(mark.before)[size], before=(), state="", quads=-1)
    raise GraphError(
        f"{file} is damaged: it has {size:,} bytes and not {mark.size:,}; "
        f"build the graph again, which reads only what is new: kg build DOCS --out {file.parent}"
    )


def publish(draft: Path, folder: Path, mark: Mark) -> None:
    """Moves a new graph.nq into its place. Whoever reads meanwhile, or after a sudden end, finds a whole graph with its mark."""
    try:
        old = read_mark(folder)
    except GraphError:
        old = None
    before = ((old.size, old.sha256), *old.before) if old else ()
    write_mark(replace(mark, before=tuple(one for one in before if one[1] != mark.sha256)), folder)
    draft.replace(folder / GRAPH_FILE)
    write_mark(mark, folder)


class GraphWriter:
    """Writes graph.nq graph by graph; remembers where each lies."""

    def __init__(self, path: Path) -> None:
        self.graphs: list[NamedGraph] = []
        self._out = path.open("wb")
        self._hash = hashlib.sha256()
        self._size = 0

    def __enter__(self) -> GraphWriter:
        return self

    def __exit__(self, *fault: object) -> None:
        self._out.close()

    def write(self, iri: str, file: str, lines: Iterable[str]) -> None:
        """Writes the distinct lines of a named graph in order of their characters; a graph without any is left out."""
        distinct = sorted(set(lines))
        if not distinct:
            return
        data = "".join(distinct).encode("utf-8")
        digest = hashlib.sha256(data).hexdigest()
        self.graphs.append(NamedGraph(iri, file, len(distinct), self._size, len(data), digest))
        self._out.write(data)
        self._hash.update(data)
        self._size += len(data)

    def mark(self, base: str, state: str) -> Mark:
        """The mark of what was written."""
        return Mark(self._size, self._hash.hexdigest(), sum(graph.quads for graph in self.graphs), base, state)


def write_graphs(graphs: Iterable[NamedGraph], path: Path) -> None:
    """Writes graphs.csv."""
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(graphs)


def read_graphs(path: Path) -> list[NamedGraph]:
    """The named graphs that a graphs.csv lists; GraphError where it is missing or damaged."""
    try:
        with path.open(encoding="utf-8", errors="surrogatepass", newline="") as lines:
            rows = list(csv.reader(lines))
        if tuple(rows[0]) != COLUMNS:
            raise ValueError
        return [
            NamedGraph(iri, file, int(quads), int(start), int(size), sha)
            for iri, file, quads, start, size, sha in rows[1:]
        ]
    except (OSError, ValueError, IndexError):
        raise GraphError(
            f"{path} is missing or damaged; build the graph again: kg build DOCS --out {path.parent}"
        ) from None


def graphs_in(file: Path) -> Iterator[tuple[str, bytes]]:
    """Each named graph of an .nq file with its triples in N-Triples, in the order in which they lie there.

    GraphError where the lines of a graph do not lie together: such a file was not written by this version of kg build.
    """
    seen: set[str] = set()
    current, lines = "", list[str]()
    with file.open(encoding="utf-8", newline="\n") as quads:
        for line in quads:
            found = _OF_LINE.search(line)
            if found is None:
                raise GraphError(f"{file} is damaged or no graph of kg build; build the graph again")
            if found[1] != current:
                if lines:
                    yield current, "".join(lines).encode("utf-8")
                current, lines = found[1], []
                if current in seen:
                    raise GraphError(f"{file}: the lines of {current} do not lie together; build the graph again")
                seen.add(current)
            lines.append(f"{line[: found.start()]} .\n")
    if lines:
        yield current, "".join(lines).encode("utf-8")
