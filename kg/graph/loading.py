"""graph.nq → an engine's store in memory, whose default graph is the union of all named graphs, each triple once.

The engine's own union counts a label as often as there are files that carry it. Of a graph that kg build wrote the union
is loaded first and alone, which takes less time than the quads; its named graphs follow when a query asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import GraphError
from kg.graph.published import GRAPHS_FILE, Mark, NamedGraph, read_graphs

CHUNK = 16_000_000  # bytes that are handed over at once
_UNION = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
_NAME = re.compile(rb' <[^<>"]*> \.\n')


def load_union(store: ox.Store, file: Path, mark: Mark) -> None:
    """Loads all triples of a graph with its mark, without the names of their graphs; OSError, SyntaxError."""
    with file.open("rb") as quads:
        for triples in _chunks(triples_of(quads, graph) for graph in _graphs(file, mark)):
            store.bulk_load(triples, format=ox.RdfFormat.N_TRIPLES, lenient=True)


def load_named(store: ox.Store, file: Path) -> None:
    """Loads the named graphs of a graph with its mark."""
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS, lenient=True)


def load_any(file: Path) -> ox.Store:
    """Any N-Quads file with its named graphs and their union; OSError, SyntaxError."""
    store = ox.Store()
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    store.update(_UNION)
    return store


def triples_of(quads: IO[bytes], graph: NamedGraph) -> bytes:
    """The triples of a named graph in N-Triples, read from graph.nq."""
    quads.seek(graph.start)
    return _unnamed(quads.read(graph.size), graph.iri)


def _unnamed(lines: bytes, iri: str) -> bytes:
    """A line break stands in no literal, so that what is replaced is the end of a line."""
    return lines.replace(f" <{iri}> .\n".encode(), b" .\n")


def _graphs(file: Path, mark: Mark) -> Iterable[NamedGraph]:
    """Where the named graphs lie; where graphs.csv is of another graph, it is asked of graph.nq itself."""
    try:
        graphs = read_graphs(file.with_name(GRAPHS_FILE))
    except GraphError:
        graphs = []
    return graphs if sum(graph.size for graph in graphs) == mark.size else _found(file)


def _found(file: Path) -> Iterator[NamedGraph]:
    start = size = 0
    current = b""
    with file.open("rb") as lines:
        for line in lines:
            name = _NAME.search(line)
            if name is None:
                raise SyntaxError(f"a line without the name of a graph at byte {start + size}")
            if name[0] != current and size:
                yield NamedGraph(current[2:-4].decode(), "", 0, start, size, "")
                start, size = start + size, 0
            current = name[0]
            size += len(line)
    if size:
        yield NamedGraph(current[2:-4].decode(), "", 0, start, size, "")


def _chunks(parts: Iterable[bytes]) -> Iterator[bytes]:
    waiting: list[bytes] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size > CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)
