"""An opened graph and a request → the bytes of the answer, whole and within a size, or an error that says why not.

What a process that answers for a service does with the engine: queries over a chosen dataset, one graph of the store.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from kg.errors import GraphError, QueryError
from kg.graph.media import RESULTS, TRIPLES
from kg.graph.sparql import explain_syntax_error
from kg.graph.store import PolicyGraph, graph_file, open_graph
from kg.graph.tokens import refuse_service

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_DEFAULT = ox.DefaultGraph()
CHUNK = 1 << 16


class TooLarge(QueryError):
    """The answer is larger than the service hands out."""


class Failed(QueryError):
    """The text is a query or an update, but it cannot be carried out: an unknown function, a graph that exists."""


class NotAcceptable(QueryError):
    """None of the media types asked for fits this kind of answer."""


class NoSuchGraph(QueryError):
    """The store holds no graph of this name."""


class Bytes(NamedTuple):
    """An answer as it goes out."""

    media: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a request asks for; with neither, the dataset of the store (SPARQL 1.1 Protocol, 2.1.4)."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


class Answering:
    """A graph that answers requests in one process. `most` is the largest answer in bytes."""

    def __init__(self, graph: PolicyGraph, *, is_union: bool, most: int) -> None:
        self.graph = graph
        self._is_union = is_union
        self._most = most

    def query(self, text: str, dataset: Dataset, rows: str | None, triples: str | None, base: str) -> Bytes:
        """The answer in the media type `rows` (SELECT, ASK) or `triples` (CONSTRUCT, DESCRIBE).

        QueryError where the text is no query that may be asked here, NotAcceptable where the type for its kind is None.
        """
        refuse_service(text)
        options: dict[str, Any] = {"base_iri": base, "prefixes": self.graph.prefixes if self._is_union else None}
        if dataset:
            options |= {"default_graph": _nodes(dataset.default), "named_graphs": _nodes(dataset.named)}
        try:
            answer = self.graph.dataset.query(text, **options)
        except SyntaxError as fault:
            explain_syntax_error(text, fault)
        except (ValueError, RuntimeError) as fault:
            raise Failed(f"the query cannot be answered: {fault}") from None
        if isinstance(answer, ox.QueryTriples):
            form = TRIPLES[_wanted(triples, "triples")]
            return self._written(triples, lambda out: answer.serialize(out, form))
        kind = RESULTS[_wanted(rows, "rows or truth values")]
        return self._written(rows, lambda out: answer.serialize(out, kind))

    def one_graph(self, name: str | None, media: str) -> Bytes:
        """All triples of a graph, the default one for None; NoSuchGraph where the store does not hold it."""
        store = self.graph.dataset
        if name is not None and not store.contains_named_graph(_node(name)):
            raise NoSuchGraph(f"the store holds no graph <{name}>")
        node = _DEFAULT if name is None else _node(name)
        found = (quad.triple for quad in store.quads_for_pattern(None, None, None, node))
        return self.triples(found, media)

    def from_text(self, ntriples: str, media: str) -> Bytes:
        """N-Triples in another media type."""
        return self.triples((quad.triple for quad in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)), media)

    def triples(self, found: Iterator[ox.Triple], media: str) -> Bytes:
        """Triples as they go out."""
        prefixes = self.graph.prefixes if self._is_union else None
        return self._written(media, lambda out: ox.serialize(found, out, TRIPLES[media], prefixes=prefixes))

    def _written(self, media: str | None, write: Callable[[Any], object]) -> Bytes:
        out = _Bounded(self._most)
        try:
            write(out)
        except OSError as fault:
            if out.is_over:
                raise TooLarge(
                    f"the answer is larger than {self._most / 1e6:g} MB; ask for less, or with LIMIT and OFFSET"
                ) from None
            raise Failed(f"the query cannot be answered: {fault}") from None
        except (ValueError, RuntimeError) as fault:
            raise Failed(f"the query cannot be answered: {fault}") from None
        return Bytes(media or "", out.data.getvalue())


def answering(path: Path, *, is_union: bool, is_checkpoint: bool, most: int) -> Answering:
    """The graph at `path`, opened for answering: a folder of `kg build`, an .nq file, or a checkpoint of a store.

    With `is_union` the default graph is the union of all, else what the store itself holds there.
    """
    if is_checkpoint:
        graph = _checkpoint(path)
    elif is_union:
        graph = open_graph(path)
        _ = graph.dataset  # loaded or made now, since a query has no time for it
    else:
        store = ox.Store()
        store.bulk_load(path=str(graph_file(path)), format=ox.RdfFormat.N_QUADS, lenient=True)
        graph = PolicyGraph(store)
    return Answering(graph, is_union=is_union, most=most)


def _checkpoint(path: Path) -> PolicyGraph:
    try:
        return PolicyGraph(ox.Store.read_only(str(path)))
    except OSError as fault:
        raise GraphError(f"{path} cannot be opened ({fault})") from None


class _Bounded(io.RawIOBase):
    """A buffer that takes so many bytes and then fails."""

    def __init__(self, most: int) -> None:
        self.data = io.BytesIO()
        self.is_over = False
        self._most = most

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        if self.data.tell() + len(memoryview(data)) > self._most:
            self.is_over = True
            raise OSError("too large")
        return self.data.write(data)


def _wanted(media: str | None, kind: str) -> str:
    if media is None:
        raise NotAcceptable(f"this query gives {kind}, and the Accept header wants none of their media types")
    return media


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as fault:
        raise QueryError(f"{iri!r} is no absolute IRI: {fault}") from None


def _nodes(iris: tuple[str, ...]) -> list[ox.NamedNode]:
    return [_node(iri) for iri in iris]
