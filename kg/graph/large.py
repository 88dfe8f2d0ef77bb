"""A graph that is published → its store on disk, if it is large: the query engine is loaded for such a graph only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.graph.published import Mark, NamedGraph

STORE = "store"
LARGE = 200_000  # quads from which a graph is prepared on disk


def prepare(draft: Path, folder: Path, mark: Mark, graphs: Sequence[NamedGraph] = (), cores: int = 1) -> None:
    """Makes the store of a graph.nq that is published in `folder`, or is about to be, if it is large and has none.

    `cores` is how many it may use.
    """
    if mark.quads >= LARGE:
        from kg.graph import disk

        disk.prepare(draft, folder, mark, graphs, cores)


def is_prepared(folder: Path, mark: Mark) -> bool:
    """Whether the store of a graph is there, whole, and of this engine."""
    if not (folder / STORE).is_dir():
        return False
    from kg.graph import disk

    return disk.is_prepared(folder, mark)


def remove_others(folder: Path, mark: Mark) -> None:
    """Removes the stores of other graphs that nobody reads."""
    if (folder / STORE).is_dir():
        from kg.graph import disk

        disk.remove_others(folder, mark, needed=mark.quads >= LARGE)
