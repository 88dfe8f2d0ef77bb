"""A built graph on disk → something that answers SPARQL, names its things and turns into rdflib or networkx.

The default graph is the union of all files' graphs, each triple once. Small graphs live in memory, large ones on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import GraphError, QueryError
from kg.graph.disk import disk_store
from kg.graph.iris import BASE, POL, PREFIXES, REFERENCE, SKOS
from kg.graph.loading import OpenedGraph, Replaced, load_any
from kg.graph.parameters import bound_terms, the_only, the_thing
from kg.graph.published import GRAPH_FILE, graphs_in, whole_mark
from kg.graph.rows import Rows, Value, text_of
from kg.graph.sparql import checked, explain_syntax_error, filtered, parameters_of
from kg.graph.tokens import tokens

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

_TRIES = 9  # to open a graph that is being replaced
_LABELS = (ox.NamedNode(SKOS + "prefLabel"), ox.NamedNode(SKOS + "altLabel"))
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_DEFAULT = ox.DefaultGraph()


def open_graph(path: Path, *, in_memory: bool = False) -> PolicyGraph:
    """The graph of a folder that `kg build` wrote, or of an .nq file; GraphError says what to do without one.

    A large graph is read from disk, where the build has prepared it, unless it is wanted in memory.
    """
    file = graph_file(path)
    try:
        for _ in range(_TRIES):
            with suppress(Replaced):
                return _opened(file, in_memory=in_memory)
    except SyntaxError as fault:
        raise GraphError(f"{file} is damaged ({fault}); build the graph again: kg build DOCS --out {path}") from None
    except OSError as fault:
        raise GraphError(f"{file} cannot be read ({fault.strerror or fault}); check that you may read it") from None
    raise GraphError(f"{file} is replaced again and again while it is read; wait for the end of the builds")


def takes_long(path: Path, text: str) -> bool:
    """Whether a query asks for the named graphs of a large graph for the first time: they are made ready then, once."""
    file = graph_file(path)
    mark = whole_mark(file)
    disk = disk_store(file, mark) if mark is not None and asks_for_named(text) else None
    return disk is not None and not disk.has_named


def asks_for_named(text: str) -> bool:
    """Whether a query uses GRAPH, FROM or FROM NAMED; the engine needs no space around them."""
    words = (token.text.upper() for token in tokens(text) if token.kind == "word")
    return any("GRAPH" in word or "FROM" in word for word in words)


def _opened(file: Path, *, in_memory: bool) -> PolicyGraph:
    mark = whole_mark(file)
    if mark is None:
        return PolicyGraph(load_any(file), path=file)
    disk = None if in_memory else disk_store(file, mark)
    if disk is not None:
        return PolicyGraph(disk.union, disk.named, mark.base, file)
    opened = OpenedGraph(file, mark)
    now = whole_mark(file)
    if now is None or now.sha256 != mark.sha256:
        raise Replaced
    store = ox.Store()
    opened.load_union(store)
    return PolicyGraph(store, partial(_with_named, store, opened), mark.base, file)


def _with_named(store: ox.Store, opened: OpenedGraph) -> ox.Store:
    opened.load_named(store)
    return store


def graph_file(path: Path) -> Path:
    """The N-Quads file that `path` means: itself, or graph.nq in it."""
    path = Path(path)
    if not path.exists():
        raise GraphError(f"{path} does not exist; build a graph first: kg build DOCS --out {path}")
    if path.is_file():
        if path.suffix != ".nq":
            raise GraphError(f"{path} is no graph: it must be a folder made by kg build, or an .nq file")
        return path
    if not (path / GRAPH_FILE).is_file():
        if graphs_in(path):
            raise GraphError(f"{path} holds graphs in its folders; name one of them, or make one of all: kg merge")
        raise GraphError(f"{path} holds no {GRAPH_FILE}; build a graph first: kg build DOCS --out {path}")
    return path / GRAPH_FILE


class PolicyGraph:
    """A graph, read-only. `query` sees the union of all files; `GRAPH ?g { … }` tells them apart."""

    def __init__(
        self,
        store: ox.Store,
        named: Callable[[], ox.Store] | None = None,
        base: str = "",
        path: Path | None = None,
    ) -> None:
        """`store` has the union as its default graph; `named` gives one that also has the named graphs, if `store` has not."""
        self.store = store
        self.path = path  # of graph.nq, where there is one
        self._named = named
        self._base = base

    def __len__(self) -> int:
        """The number of different triples."""
        ((count,),) = self.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
        return int(str(count))

    @cached_property
    def dataset(self) -> ox.Store:
        """A store with the union as its default graph and with the named graphs, which are loaded when they are asked for."""
        return self._named() if self._named else self.store

    def store_for(self, text: str = "", *, named: bool = False) -> ox.Store:
        """The store that answers a query: with the named graphs where its text asks for them, or they are wanted."""
        return self.dataset if named or asks_for_named(text) else self.store

    @cached_property
    def base(self) -> str:
        """What the IRIs of things start with in this graph."""
        if self._base:
            return self._base
        for graph in self.dataset.named_graphs():
            head, source, _ = graph.value.rpartition("source/")
            if source:
                return head
            if graph.value.endswith(f"/{REFERENCE}"):
                return graph.value.removesuffix(REFERENCE)
        return BASE

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that need no declaration; `id:` is the base of this graph's things."""
        return {**PREFIXES, "id": self.base}

    def query(self, text: str, params: Mapping[str, str] | None = None, limit: int | None = None) -> Rows:
        """The answer of a SELECT, ASK, CONSTRUCT or DESCRIBE query, of `limit` rows at most.

        `params` fixes variables of the query: {"program": "县管校聘", "year": "2014"}. Where the head of the query
        declares a variable's kind, a name is looked up; elsewhere IRIs, prefixed names, whole numbers and texts are
        told apart by their form. Values enter as terms, so they can break no query.
        """
        checked(text, self.prefixes)
        declared = {parameter.name for parameter in parameters_of(text)}
        terms = bound_terms(text, params or {}, self.prefixes, self.thing)
        substituted = {ox.Variable(name): term for name, term in terms.items() if name in declared}
        asked = filtered(text, {name: str(term) for name, term in terms.items() if name not in declared})
        try:
            answer = self.store_for(asked).query(asked, prefixes=self.prefixes, substitutions=substituted or None)
        except SyntaxError as error:
            explain_syntax_error(text, error)
        except RuntimeError as error:
            raise QueryError(f"{error}; a declared parameter must stand in the SELECT line") from None
        return _rows(answer, limit)

    def values(self, property_: str) -> Iterator[tuple[str, str]]:
        """Every subject of a property (`pol:year`) with each of its values, as texts: three times as fast as `query`."""
        asked = f"SELECT ?subject ?value WHERE {{ ?subject {property_} ?value }}"
        answer = self.store.query(asked, prefixes=self.prefixes)
        assert isinstance(answer, ox.QuerySolutions)  # as SELECT gives it
        for subject, value in answer:
            yield str(text_of(subject)), str(text_of(value))

    def records(self, asked: str, **params: str | int) -> list[dict[str, Value]]:
        """The answer of a shipped question (by name or number) or of SPARQL text, one dict per row.

        `graph.records("who-adopted", program="县管校聘")`. Whole numbers, decimals and truth values are Python's, an
        unbound variable is None. QueryError as in `query`.
        """
        return list(self._asked(asked, params).typed())

    def dataframe(self, asked: str, **params: str | int) -> pd.DataFrame:
        """The same as a pandas DataFrame, with columns of type Int64, Float64, boolean or string; KgError without pandas."""
        from kg.graph.frames import dataframe

        return dataframe(self._asked(asked, params))

    def _asked(self, asked: str, params: Mapping[str, str | int]) -> Rows:
        from kg.graph.questions import sparql_of

        return self.query(sparql_of(asked), {name: str(value) for name, value in params.items()})

    def thing(self, name: str, kind: str) -> ox.NamedNode:
        """The one thing of a class in force that `name` names, by its preferred label, else by any; QueryError otherwise."""
        for at in (0, 1):
            if found := self._called(name, kind, at):
                return the_only(name, found, self._in_force)
        known = self._names(kind)
        return the_thing(name, kind, known, self._in_force, lambda: {label for label, _, _ in known})

    def _called(self, name: str, kind: str, rank: int) -> set[str]:
        """What bears this very name as its preferred label, or as any."""
        label, class_ = ox.Literal(name, language="zh"), ox.NamedNode(POL + kind)
        return {
            str(text_of(quad.subject))
            for property_ in _LABELS[: rank + 1]
            for quad in self.store.quads_for_pattern(None, property_, label, _DEFAULT)
            if any(self.store.quads_for_pattern(quad.subject, _TYPE, class_, _DEFAULT))
        }

    def _in_force(self, nodes: list[str]) -> list[str]:
        """Those that are no superseded holder of the name: 潍坊市 is the city, not the prefecture of before 1983."""
        ended = ox.NamedNode(POL + "validTo")
        return [n for n in nodes if not any(self.store.quads_for_pattern(ox.NamedNode(n), ended, None, _DEFAULT))]

    def _names(self, kind: str) -> list[tuple[str, str, int]]:
        """(label, IRI, 0 for the preferred label and 1 for another) of everything of a class."""
        things = self.store.quads_for_pattern(None, _TYPE, ox.NamedNode(POL + kind), _DEFAULT)
        return [
            (str(text_of(label.object)), str(text_of(quad.subject)), rank)
            for quad in things
            for rank, property_ in enumerate(_LABELS)
            for label in self.store.quads_for_pattern(quad.subject, property_, None, _DEFAULT)
        ]

    def rdflib_dataset(self) -> rdflib.Dataset:
        """The same graphs in rdflib, for its users; a copy in memory, and slower to query."""
        from kg.graph.rdf import dataset_of

        return dataset_of(self)

    def networkx(self) -> nx.MultiDiGraph[Any]:
        """Things as nodes, claims as edges with relation, label, year, status, sentence, file and claim."""
        from kg.graph.network import network_of

        return network_of(self)

    def turtle(self, path: Path) -> None:
        """Writes all graphs merged into one Turtle file, sorted, with prefixes."""
        from kg.graph.turtle import write_turtle

        write_turtle(self, path)


def _rows(answer: Any, limit: int | None) -> Rows:
    if isinstance(answer, ox.QueryBoolean):
        return Rows(("answer",), ((ox.Literal(bool(answer)),),), "ASK")
    if isinstance(answer, ox.QueryTriples):
        triples = tuple((t.subject, t.predicate, t.object) for t in islice(answer, limit))
        return Rows(("subject", "predicate", "object"), triples, "CONSTRUCT")
    columns = tuple(variable.value for variable in answer.variables)
    return Rows(columns, tuple(tuple(row) for row in islice(answer, limit)))
