"""A built graph → what other programs read: RDF, tables, networks, a data package."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kg.errors import ExportError
from kg.exports.package import NOTHING_SAID, Citation, checked, write_package
from kg.exports.pieces import write_pieces
from kg.exports.writing import new_file, new_folder
from kg.graph.nquads import copy_nquads
from kg.graph.store import PolicyGraph, graph_file, open_graph

__all__ = ["FILES", "FOLDERS", "NOTHING_SAID", "Citation", "export"]

FOLDERS = ("csv", "parquet", "neo4j", "package", "nquads-shards")
FILES = ("turtle", "nquads", "trig", "jsonld", "graphml", "gexf")


def export(graph: Path, form: str, out: Path, *, force: bool = False, citation: Citation = NOTHING_SAID) -> None:
    """Writes a graph folder or .nq file in one of FILES or FOLDERS to `out`, whole or not at all.

    Raises GraphError, and ExportError where `out` is taken (but for `force`) or cannot be written.
    """
    file = graph_file(graph)
    if file.resolve() in (out.resolve(), out.resolve() / file.name):
        raise ExportError(f"{out} is the graph itself; choose another --out")
    checked(citation)
    if form == "nquads-shards":
        with new_folder(out, force=force) as draft:
            write_pieces(file, draft)
        return
    if form in FOLDERS:
        with new_folder(out, force=force) as draft:
            _write_folder(open_graph(graph), file, form, draft, citation)
        return
    with new_file(out, force=force) as draft:
        if form == "nquads":
            copy_nquads(file, draft)
        else:
            _file_writers()[form](open_graph(graph), draft)


def _write_folder(graph: PolicyGraph, file: Path, form: str, folder: Path, citation: Citation) -> None:
    if form == "package":
        write_package(graph, file, folder, citation)
    elif form == "neo4j":
        from kg.exports.neo4j import write_neo4j

        write_neo4j(graph, folder)
    else:
        from kg.exports.tables import write_csv, write_parquet

        (write_csv if form == "csv" else write_parquet)(graph, folder)


def _file_writers() -> Mapping[str, Callable[[PolicyGraph, Path], None]]:
    from kg.exports.network import write_gexf, write_graphml
    from kg.graph.jsonld import jsonld_lines
    from kg.graph.turtle import trig_lines, turtle_lines

    return {
        "turtle": lambda graph, path: _write_lines(turtle_lines(graph), path),
        "trig": lambda graph, path: _write_lines(trig_lines(graph), path),
        "jsonld": lambda graph, path: _write_lines(jsonld_lines(graph), path),
        "graphml": write_graphml,
        "gexf": write_gexf,
    }


def _write_lines(lines: Iterable[str], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(lines)
