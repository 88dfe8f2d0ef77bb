"""Graphs that lie apart → one that is asked as if they were one, for questions that each row of them answers alone.

What a table of claims, things or sources says is the union of what each graph says: so whole columns are asked of every
graph in turn, and put together. That is associative, and needs no more memory than the rows. Questions that join what
stands in different graphs, count or sort need the merged graph (`kg merge`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.published import GRAPH_FILE, graphs_in
from kg.graph.rows import Rows
from kg.graph.store import PolicyGraph, open_graph


class Columns(Protocol):
    """What answers questions for whole columns: a graph, or several."""

    def query(self, text: str, params: Mapping[str, str] | None = None, limit: int | None = None) -> Rows:
        """As `PolicyGraph.query`."""

    def thing(self, name: str, kind: str) -> ox.NamedNode:
        """As `PolicyGraph.thing`."""


class SeveralGraphs:
    """Several graphs; a statement that several hold counts once."""

    def __init__(self, graphs: Sequence[PolicyGraph]) -> None:
        self._graphs = tuple(graphs)

    def query(self, text: str, params: Mapping[str, str] | None = None, limit: int | None = None) -> Rows:
        """The rows of a SELECT over each graph, each row once; of a query without counting, order or limit of its own."""
        answers = [graph.query(text, params) for graph in self._graphs]
        rows = dict.fromkeys(row for answer in answers for row in answer.terms)
        return Rows(answers[0].columns, tuple(rows)[:limit], answers[0].form)

    def thing(self, name: str, kind: str) -> ox.NamedNode:
        """The one thing of this name in those graphs that know it; QueryError where none does, or they mean two."""
        found: dict[ox.NamedNode, None] = {}
        faults: list[QueryError] = []
        for graph in self._graphs:
            try:
                found[graph.thing(name, kind)] = None
            except QueryError as fault:
                faults.append(fault)
        if not found:
            raise faults[0]
        if len(found) > 1:
            named = ", ".join(node.value for node in found)
            raise QueryError(f"{name} means different things in these graphs: {named}")
        return next(iter(found))


def open_graphs(paths: Sequence[Path]) -> Columns:
    """The graphs at these paths, and in folders of graph folders, as one; GraphError where there is none."""
    folders = [inner for path in paths for inner in graph_folders(path)]
    return open_graph(folders[0]) if len(folders) == 1 else SeveralGraphs([open_graph(folder) for folder in folders])


def graph_folders(path: Path) -> list[Path]:
    """The graph folders in a folder that holds no graph itself, in order of their names; else the path."""
    if path.is_dir() and not (path / GRAPH_FILE).exists():
        return graphs_in(path) or [path]
    return [path]
