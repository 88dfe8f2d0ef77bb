"""A graph → the same with the lines of graph.nq together for each graph, as `kg push` and shards want them."""

from __future__ import annotations

from pathlib import Path


def regrouped(graph: Path, folder: Path) -> Path:
    """Writes the lines of a graph folder or .nq file, sorted by graph, to `folder`/graph.nq; returns the folder."""
    file = graph / "graph.nq" if graph.is_dir() else graph
    lines = file.read_bytes().splitlines(keepends=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "graph.nq").write_bytes(b"".join(sorted(lines, key=lambda line: (line.rsplit(b" <", 1)[1], line))))
    return folder
