"""A graph folder → what is published in it: graph.nq with a mark that it is whole, and where in it each named graph lies.

graph.json is the mark: `bytes` and `sha256` of graph.nq, the hashes of the files made with it, and `before` those of the
graph that is being replaced, if the build was ended between the two. graphs.csv has one line for each named graph in the
order of graph.nq; it comes into its place last, so that whoever finds it finds its graph.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import GraphError

GRAPH_FILE, MARK_FILE, GRAPHS_FILE = "graph.nq", "graph.json", "graphs.csv"
MARK_DRAFT = f".{MARK_FILE}.draft"
FORMAT = 1
COLUMNS = ("graph", "file", "quads", "start", "bytes", "sha256")


class NewerVersion(GraphError):
    """A newer version of the program wrote this."""


class Before(NamedTuple):
    """A graph that is being replaced."""

    size: int
    sha256: str
    quads: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What graph.json says: of which content graph.nq is, what IRIs start with, and `state`, the hash of what it was made of."""

    size: int
    sha256: str
    quads: int
    base: str
    state: str = ""
    shards: str = ""  # the hash of the shards that went into it
    beside: tuple[tuple[str, str], ...] = ()  # name and hash of each file that was made with it
    before: tuple[Before, ...] = ()  # graphs of which one may stand there instead

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


def graphs_in(folder: Path) -> list[Path]:
    """The graph folders that lie in `folder`, in order of their names; not what a build that was killed left in its draft."""
    return sorted(file.parent for file in folder.glob(f"[!.]*/{GRAPH_FILE}"))


def read_mark(folder: Path) -> Mark | None:
    """The mark of a folder, None where there is none; NewerVersion, or GraphError where it is damaged."""
    path = folder / MARK_FILE
    try:
        told = json.loads(path.read_text("utf-8"))
        if told["format"] > FORMAT:
            raise NewerVersion(f"{folder} was written by a newer version of policy-kg; update policy-kg to read it")
        beside = tuple(told.get("beside", {}).items())
        before = tuple(Before(*one) for one in told.get("before", ()))
        of_graph = told["bytes"], told["sha256"], told["quads"]
        return Mark(*of_graph, told["base"], told["state"], told.get("shards", ""), beside, before)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise GraphError(f"{path} is damaged; build the graph again, which reads only what is new: kg build") from None


def mark_or_none(folder: Path) -> Mark | None:
    """The mark of a folder, None where there is none that can be read; NewerVersion."""
    try:
        return read_mark(folder)
    except NewerVersion:
        raise
    except GraphError:
        return None


def write_mark(mark: Mark, folder: Path) -> None:
    """Writes graph.json, whole or not at all."""
    told: dict[str, Any] = {"format": FORMAT, "base": mark.base, "quads": mark.quads}
    told |= {"bytes": mark.size, "sha256": mark.sha256, "state": mark.state}
    if mark.shards:
        told["shards"] = mark.shards
    if mark.beside:
        told["beside"] = dict(mark.beside)
    if mark.before:
        told["before"] = mark.before
    draft = folder / MARK_DRAFT
    draft.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    draft.replace(folder / MARK_FILE)


def whole_mark(file: Path) -> Mark | None:
    """The mark beside a graph.nq, if it is of this graph; None where there is none. GraphError where neither fits: it was cut."""
    mark = read_mark(file.parent) if file.name == GRAPH_FILE else None
    while mark is not None:
        size = file.stat().st_size
        old = [before for before in mark.before if before.size == size]
        if size == mark.size and not (old and _digest(file) in {before.sha256 for before in old}):
            return mark
        if old:
            return Mark(*old[0], mark.base)
        again = read_mark(file.parent)
        if again == mark:  # not replaced just now
            raise GraphError(
                f"{file} is damaged: it has {size:,} bytes and not {mark.size:,}; "
                f"build the graph again, which reads only what is new: kg build DOCS --out {file.parent}"
            )
        mark = again
    return None


def damaged(folder: Path, mark: Mark) -> list[str]:
    """Names of the files of a published graph that are missing, or not what was written."""
    expected = ((GRAPH_FILE, mark.sha256), *mark.beside)
    return [name for name, digest in expected if _digest(folder / name) != digest]


def publish(draft: Path, folder: Path, mark: Mark, beside: Sequence[str] = ()) -> None:
    """Moves a new graph.nq into its place, and the files of these names that lie beside it; those that do not are removed.

    Whoever reads meanwhile, or after a sudden end, finds a whole graph with its mark.
    """
    old = mark_or_none(folder)
    made = [(name, _digest(draft.with_name(name))) for name in sorted(beside)]
    mark = replace(mark, beside=tuple((name, digest) for name, digest in made if digest))
    before = (Before(old.size, old.sha256, old.quads), *old.before) if old else ()
    write_mark(replace(mark, before=tuple(one for one in before if one.sha256 != mark.sha256)), folder)
    for name in (*(name for name in beside if name != GRAPHS_FILE), draft.name, GRAPHS_FILE):
        if draft.with_name(name).exists():
            draft.with_name(name).replace(folder / name)
        elif name in beside:
            (folder / name).unlink(missing_ok=True)
    write_mark(mark, folder)


def _digest(path: Path) -> str:
    """SHA-256 of a file; empty where there is none."""
    try:
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


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

    def write(self, iri: str, file: str, lines: Iterable[bytes]) -> None:
        """Writes the distinct lines of a named graph in order of their characters; a graph without any is left out."""
        distinct = sorted(set(lines))
        if distinct:
            data = b"".join(distinct)
            self.copy(iri, file, data, len(distinct), hashlib.sha256(data).hexdigest())

    def copy(self, iri: str, file: str, lines: bytes, quads: int, sha256: str) -> None:
        """Writes the lines of a named graph, which are distinct and in order, so many, and have this hash."""
        if not quads:
            return
        self.graphs.append(NamedGraph(iri, file, quads, self._size, len(lines), sha256))
        self._out.write(lines)
        self._hash.update(lines)
        self._size += len(lines)

    def mark(self, base: str, state: str) -> Mark:
        """The mark of what was written."""
        return Mark(self._size, self._hash.hexdigest(), sum(graph.quads for graph in self.graphs), base, state)


def write_graphs(graphs: Iterable[NamedGraph], path: Path) -> None:
    """Writes graphs.csv."""
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(graphs)


def read_graphs(path: Path, digest: str = "") -> list[NamedGraph]:
    """The named graphs that a graphs.csv lists; GraphError where it is missing, damaged, or has another hash than expected."""
    try:
        data = path.read_bytes()
        rows = list(csv.reader(io.StringIO(data.decode("utf-8", "surrogatepass"), newline="")))
        if tuple(rows[0]) != COLUMNS or (digest and hashlib.sha256(data).hexdigest() != digest):
            raise ValueError
        return [
            NamedGraph(iri, file, int(quads), int(start), int(size), sha)
            for iri, file, quads, start, size, sha in rows[1:]
        ]
    except (OSError, ValueError, IndexError):
        raise GraphError(
            f"{path} is missing or damaged; build the graph again: kg build DOCS --out {path.parent}"
        ) from None
