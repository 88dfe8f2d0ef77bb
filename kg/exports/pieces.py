"""A graph → N-Quads in pieces for bulk loaders: compressed, whole graphs together, with a manifest."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.graph.named import NamedTriples, base_of, graphs_in

MOST_QUADS = 500_000  # of a piece
MANIFEST = "manifest.json"
_LEVEL = 6  # of compression


def write_pieces(file: Path, folder: Path, most: int = MOST_QUADS) -> None:
    """Writes policy-00001.nq.gz and so on, and manifest.json with names, quads and sha256, into an empty folder.

    A graph stands in one piece, unless it is larger than a piece. Raises GraphError as `graphs_in` does.
    """
    told: list[dict[str, str | int]] = []
    all_quads = 0
    names: dict[str, None] = {}
    for number, graphs in enumerate(_pieces(graphs_in(file), most), 1):
        path = folder / f"policy-{number:05}.nq.gz"
        with path.open("wb") as raw, gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as out:
            for graph in graphs:
                out.write(_quads(graph))
        quads = sum(graph.quads for graph in graphs)
        all_quads += quads
        names |= dict.fromkeys(graph.iri for graph in graphs)
        told.append({"file": path.name, "quads": quads, "bytes": path.stat().st_size, "sha256": _sha256(path)})
    manifest = {
        "format": "application/n-quads",
        "compression": "gzip",
        "base": base_of(names),
        "graphs": len(names),
        "quads": all_quads,
        "pieces": told,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n")


def _pieces(graphs: Iterable[NamedTriples], most: int) -> Iterator[list[NamedTriples]]:
    """Graphs together, up to so many quads."""
    piece: list[NamedTriples] = []
    quads = 0
    for graph in (part for whole in graphs for part in _parts(whole, most)):
        if piece and quads + graph.quads > most:
            yield piece
            piece, quads = [], 0
        piece.append(graph)
        quads += graph.quads
    if piece:
        yield piece


def _parts(graph: NamedTriples, most: int) -> Iterator[NamedTriples]:
    """The graph, or parts of it where it is too large."""
    if graph.quads <= most:
        yield graph
        return
    lines = graph.triples.splitlines(keepends=True)
    for at in range(0, len(lines), most):
        part = lines[at : at + most]
        yield NamedTriples(graph.iri, b"".join(part), len(part))


def _quads(graph: NamedTriples) -> bytes:
    end = b" <" + graph.iri.encode() + b"> .\n"
    return graph.triples.replace(b" .\n", end)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
