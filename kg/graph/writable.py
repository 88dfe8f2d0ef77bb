"""A store on disk that a service may change → commits, each whole or not at all, and checkpoints for its readers.

In a store of kind *union* the default graph is the union of all named graphs and follows every change of one; in a
store of kind *standard* it is a graph of its own, as in the W3C's Graph Store.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import GraphError, QueryError
from kg.graph.answering import Failed, NoSuchGraph
from kg.graph.media import TRIPLES
from kg.graph.tokens import refuse_load, refuse_service, with_using

_INCOMING = ox.NamedNode("urn:x-policy-kg:incoming")
_HERE = "GRAPH <urn:x-policy-kg:incoming> { ?s ?p ?o }"


Documents = Sequence[tuple[bytes, str]]  # each with its media type


class Conflict(QueryError):
    """A store of this kind cannot be changed in this way."""


class WritableStore:
    """The one writer of a store. Every method is one transaction."""

    def __init__(self, folder: Path, *, is_union: bool) -> None:
        """Opens or makes the store in this folder; GraphError where another process writes to it."""
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._store = ox.Store(str(folder))
        except OSError as fault:
            if "lock" in str(fault).casefold():
                raise GraphError(f"{folder} is in use by another kg serve; stop it first") from None
            raise GraphError(f"{folder} cannot be opened ({fault})") from None
        self._is_union = is_union
        if self._store.contains_named_graph(_INCOMING):
            self._store.remove_graph(_INCOMING)

    def update(self, text: str, default: Sequence[str], named: Sequence[str], base: str) -> None:
        """A SPARQL Update, with the dataset of the request; QueryError where it cannot be done as written."""
        if self._is_union:
            raise Conflict(
                "this store keeps the union of its named graphs as the default graph, so it is changed by whole named "
                "graphs (PUT, POST, DELETE on /store?graph=…, kg push --graph-store …/store); for SPARQL Update start kg serve with "
                "--default-graph standard"
            )
        refuse_service(text)
        refuse_load(text)
        asked = with_using(text, default, named) if default or named else text
        try:
            self._store.update(asked, base_iri=base)
        except SyntaxError as fault:
            raise QueryError(f"the update cannot be read: {fault}") from None
        except (ValueError, RuntimeError) as fault:
            raise Failed(f"the update cannot be done: {fault}") from None

    def put(self, name: str | None, documents: Documents, base: str) -> bool:
        """Makes the graph these triples and nothing else; True where it is new."""
        return self._write(name, documents, base, is_replacing=True)

    def post(self, name: str | None, documents: Documents, base: str) -> bool:
        """Adds these triples to the graph; True where it is new."""
        return self._write(name, documents, base, is_replacing=False)

    def delete(self, name: str | None) -> None:
        """Deletes the graph; the default graph is emptied. NoSuchGraph where it is not there."""
        if name is None:
            self._refuse_default()
            self._store.update("CLEAR DEFAULT")
            return
        graph = _graph(name)
        if not self._store.contains_named_graph(graph):
            raise NoSuchGraph(f"the store holds no graph <{name}>")
        self._store.update(f"{self._leaving(graph)} DROP SILENT GRAPH {graph}")

    def checkpoint(self, folder: Path) -> None:
        """A frozen copy for readers; takes milliseconds, since its files are linked and not copied."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        self._store.backup(str(folder))

    def _write(self, name: str | None, documents: Documents, base: str, *, is_replacing: bool) -> bool:
        if name is None:
            self._refuse_default()
        graph = ox.DefaultGraph() if name is None else _graph(name)
        is_new = name is not None and not self._store.contains_named_graph(_graph(name))
        self._store.extend([quad for data, media in documents for quad in _parsed(data, media, base)])
        self._store.update(self._moving(graph, is_replacing=is_replacing and not is_new))
        return is_new

    def _moving(self, graph: ox.NamedNode | ox.DefaultGraph, *, is_replacing: bool) -> str:
        """One transaction that moves what came in to where it belongs."""
        named = isinstance(graph, ox.NamedNode)
        old = (
            f"{self._leaving(graph)} CLEAR SILENT {f'GRAPH {graph}' if named else 'DEFAULT'} ;" if is_replacing else ""
        )
        made = f"CREATE SILENT GRAPH {graph} ;" if named else ""
        target = f"GRAPH {graph} {{ ?s ?p ?o }}" if named else "?s ?p ?o"
        union = "?s ?p ?o ." if named and self._is_union else ""
        return f"{old} {made} INSERT {{ {union} {target} }} WHERE {{ {_HERE} }} ; DROP SILENT GRAPH {_INCOMING}"

    def _leaving(self, graph: ox.NamedNode | ox.DefaultGraph) -> str:
        """What only this graph says leaves the union."""
        if not self._is_union:
            return ""
        return (
            f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} FILTER NOT EXISTS "
            f"{{ GRAPH ?other {{ ?s ?p ?o }} FILTER(?other != {graph}) }} }} ;"
        )

    def _refuse_default(self) -> None:
        if self._is_union:
            raise Conflict(
                "the default graph of this store is the union of its named graphs; write into a named graph, or start "
                "kg serve with --default-graph standard"
            )


def _graph(name: str) -> ox.NamedNode:
    try:
        node = ox.NamedNode(name)
    except ValueError as fault:
        raise QueryError(f"{name!r} is no absolute IRI: {fault}") from None
    if node == _INCOMING:
        raise Conflict(f"{node} is used by the store itself; choose another name")
    return node


def _parsed(data: bytes, media: str, base: str) -> list[ox.Quad]:
    """The triples of a document, ready to come in; blank nodes get new names, since those of a document are its own."""
    options: dict[str, Any] = {"base_iri": base, "without_named_graphs": True, "rename_blank_nodes": True}
    try:
        found = [q.triple for q in ox.parse(data, format=TRIPLES[media], **options)]
    except (SyntaxError, ValueError) as fault:
        raise QueryError(f"the body is no {media}: {fault}") from None
    return [ox.Quad(t.subject, t.predicate, t.object, _INCOMING) for t in found]
