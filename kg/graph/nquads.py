"""Lines of N-Quads → one sorted file that stands whole or not at all, however many there are."""

from __future__ import annotations

import heapq
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

from kg.errors import GraphError
from kg.graph.published import whole_mark

RUN = 300_000  # lines that are sorted in memory at once


def write_nquads(lines: Iterable[str], path: Path) -> int:
    """Writes the distinct lines, in order of their characters, and returns how many they are."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    count = 0
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as out:
            for line in _sorted(lines, path.parent):
                out.write(line)
                count += 1
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return count


def copy_nquads(file: Path, path: Path) -> int:
    """Copies a graph that kg build wrote; writes the lines of any other N-Quads file, distinct and in order.

    Returns how many they are. GraphError where the graph is damaged.
    """
    import pyoxigraph as ox

    if (mark := whole_mark(file)) is not None:
        shutil.copyfile(file, path)
        return mark.quads

    try:
        return write_nquads((f"{quad} .\n" for quad in ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS)), path)
    except SyntaxError as fault:
        raise GraphError(f"{file} is damaged ({fault}); build the graph again") from None


def _sorted(lines: Iterable[str], folder: Path) -> Iterator[str]:
    """Distinct lines in order; sorted runs that do not fit into memory lie in `folder` for as long as this lasts."""
    run: set[str] = set()
    with ExitStack() as files:
        runs: list[Iterable[str]] = []
        for line in lines:
            run.add(line.rstrip("\n") + "\n")
            if len(run) >= RUN:
                out = files.enter_context(
                    tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n", dir=folder, prefix=".run.")
                )
                out.writelines(sorted(run))
                out.seek(0)
                runs.append(out)
                run.clear()
        for line, _ in groupby(heapq.merge(*runs, sorted(run))):
            yield line
