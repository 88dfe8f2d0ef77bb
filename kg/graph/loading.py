"""graph.nq → an engine's store in memory, whose default graph is the union of all named graphs, each triple once.

The engine's own union counts a label as often as there are files that carry it. Of a graph that kg build wrote the union
is loaded first and alone, which takes less time than the quads; its named graphs follow when a query asks for them.
"""

from __future__ import annotations

import os
import re
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import GraphError
from kg.graph.published import GRAPHS_FILE, Mark, NamedGraph, read_graphs

CHUNK = 40_000_000  # bytes of graph.nq that are handed over at once: each call costs time, and memory by its size
AT_ONCE = 2  # chunks at the same time at most, whatever the cores: more were not measured, and each takes memory
_UNION = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
_NAME = re.compile(rb' <([^<>"]*)> \.\n\Z')


class OpenedGraph:
    """A graph.nq with its mark, open for as long as this object is: the same whatever a build puts in its place meanwhile."""

    def __init__(self, file: Path, mark: Mark) -> None:
        """Raises Replaced where the graph of this mark has been replaced since the mark was read; OSError, SyntaxError."""
        graphs = _listed(file, mark)  # before graph.nq is opened, for it comes into its place after that
        self._quads = file.open("rb")
        weakref.finalize(self, self._quads.close)
        if os.fstat(self._quads.fileno()).st_size != mark.size:
            raise Replaced
        self._graphs = _found(self._quads) if graphs is None else graphs

    def load_union(self, store: ox.Store, at_once: int = 1) -> None:
        """Loads all triples, without the names of their graphs. A store in memory takes one chunk at a time."""
        load = partial(store.bulk_load, format=ox.RdfFormat.N_TRIPLES, lenient=True)
        _each(load, self._chunks(at_once), at_once)

    def _chunks(self, at_once: int) -> Iterator[bytes]:
        """Triples in chunks of about one size, as many as keep all that load them busy."""
        whole = sum(graph.size for graph in self._graphs)
        rounds = ceil(whole / CHUNK / at_once)
        waiting: list[bytes] = []
        size = 0
        for graph in self._graphs:
            waiting.append(triples_of(self._quads, graph))
            size += graph.size
            if size * rounds * at_once >= whole:
                yield b"".join(waiting)
                waiting, size = [], 0
        if waiting:
            yield b"".join(waiting)

    def load_named(self, store: ox.Store) -> None:
        """Loads the named graphs."""
        self._quads.seek(0)
        store.bulk_load(self._quads, format=ox.RdfFormat.N_QUADS, lenient=True)


class Replaced(Exception):
    """Between two looks at a graph a build has put another in its place."""


def load_union(store: ox.Store, file: Path, mark: Mark, cores: int = 1) -> None:
    """Loads all triples of a graph with its mark into a store on disk, without the names of their graphs.

    Raises OSError, SyntaxError.
    """
    OpenedGraph(file, mark).load_union(store, min(cores, AT_ONCE))


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


def _listed(file: Path, mark: Mark) -> list[NamedGraph] | None:
    """Where the named graphs lie, as graphs.csv says; None where that is missing, or of another graph."""
    path = file.with_name(GRAPHS_FILE)
    try:
        graphs = read_graphs(path, dict(mark.beside).get(GRAPHS_FILE, ""))
    except GraphError:
        return None
    return graphs if sum(graph.size for graph in graphs) == mark.size else None


def _found(quads: IO[bytes]) -> list[NamedGraph]:
    """The same, asked of graph.nq itself."""
    graphs: list[NamedGraph] = []
    start = 0
    for name, lines in groupby(quads, key=_name):
        if name is None:
            raise SyntaxError(f"a line without the name of a graph at byte {start}")
        size = sum(map(len, lines))
        graphs.append(NamedGraph(name, "", 0, start, size, ""))
        start += size
    return graphs


def _name(line: bytes) -> str | None:
    found = _NAME.search(line)
    return found[1].decode() if found else None


def _each(load: Callable[[bytes], None], chunks: Iterable[bytes], at_once: int) -> None:
    """Loads chunks, several at once: the engine lets other threads go on meanwhile. No more of them are in memory."""
    if at_once == 1:
        for chunk in chunks:
            load(chunk)
        return
    from concurrent.futures import Future, ThreadPoolExecutor

    with ThreadPoolExecutor(at_once) as pool:
        loading: deque[Future[None]] = deque()
        for chunk in chunks:
            loading.append(pool.submit(load, chunk))
            if len(loading) == at_once:
                loading.popleft().result()
        for one in loading:
            one.result()
