"""graph.nq of a large graph → the same on disk in the engine's own form, so that a query need not load it first.

`store/<hash of the graph>/union` holds the union of all named graphs. kg build makes it, from that of the graph before
where little has changed. `graphs` beside it also holds the named graphs; it is made when a query first asks for one.
A folder in use is locked by its readers: one that is removed under them lets the engine take all memory of the machine.
All of it can be deleted.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import GraphError
from kg.graph.loading import load_named, load_union, triples_of
from kg.graph.published import GRAPH_FILE, GRAPHS_FILE, Mark, NamedGraph, read_graphs, read_mark

STORE = "store"
LARGE = 200_000  # quads from which a graph is prepared on disk
_VERSION = f"ox{'.'.join(ox.__version__.split('.')[:2])}"  # what another version of the engine wrote is not read
_UNION, _GRAPHS, _LOCK = "union", "graphs", "lock"
_MOST_CHANGED = 0.3  # share of the quads up to which a store is changed rather than made anew
_ABOUT = """policy-kg store
The graph as the query engine reads it, made of graph.nq. It may be deleted: the next kg build makes it again.
"""
_BATCH = 5_000  # triples that are taken away at once


class DiskStore:
    """The store of one graph on disk; open for as long as this object is."""

    def __init__(self, path: Path, file: Path) -> None:
        self._path = path
        self._file = file
        self._lock = _shared(path / _LOCK)
        if not (path / _UNION / "CURRENT").is_file():  # removed between looking and locking
            raise OSError(f"{path} is gone")
        self.union = ox.Store.read_only(str(path / _UNION))

    @property
    def has_named(self) -> bool:
        """Whether the named graphs were asked for before, and need not be made."""
        return (self._path / _GRAPHS / "CURRENT").is_file()

    def named(self) -> ox.Store:
        """A store with the union as the default graph, and with the named graphs; made where it is not there yet."""
        if not self.has_named:
            try:
                _make_graphs(self._path, self._path / _GRAPHS, self._file)
            except PermissionError:
                return self._elsewhere()
        return ox.Store.read_only(str(self._path / _GRAPHS))

    def _elsewhere(self) -> ox.Store:
        """The same in a folder for temporary files, gone with this object: the graph's may not be written to."""
        folder = Path(tempfile.mkdtemp(prefix="policy-kg."))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        _make_graphs(folder, folder / _GRAPHS, self._file)
        return ox.Store.read_only(str(folder / _GRAPHS))


def disk_store(file: Path, mark: Mark) -> DiskStore | None:
    """The store of this very graph, if it was prepared and can be read."""
    path = _path(file.parent, mark)
    try:
        return DiskStore(path, file) if path.is_dir() else None
    except OSError:
        return None


def prepare(draft: Path, folder: Path, mark: Mark, graphs: Sequence[NamedGraph]) -> None:
    """Makes the store of a graph.nq that is about to be published in `folder`, if it is large."""
    path = _path(folder, mark)
    if mark.quads < LARGE or (path / _UNION / "CURRENT").is_file():
        return
    path.parent.mkdir(exist_ok=True)
    (path.parent / "README.txt").write_text(_ABOUT, "utf-8")
    with tempfile.TemporaryDirectory(prefix=".draft.", dir=path.parent) as made:
        union = Path(made) / _UNION
        if not _changed_from(folder, draft, graphs, union):
            load_union(ox.Store(str(union)), draft, mark)
        (Path(made) / _LOCK).touch()
        shutil.rmtree(path, ignore_errors=True)  # of a build that was ended: it has no union
        path.mkdir()
        (Path(made) / _LOCK).replace(path / _LOCK)
        union.replace(path / _UNION)


def remove_others(folder: Path, mark: Mark) -> None:
    """Removes the stores of other graphs that nobody reads."""
    for path in (folder / STORE).glob("*/"):
        if path.name == _path(folder, mark).name:
            continue
        if path.name.startswith(".draft."):
            shutil.rmtree(path, ignore_errors=True)
        elif (lock := _exclusive(path / _LOCK)) is not None:
            with lock, suppress(OSError):
                path.rename(path.with_name(f".draft.{path.name}"))  # on Windows it fails for one in use
                shutil.rmtree(path.with_name(f".draft.{path.name}"), ignore_errors=True)
    if mark.quads < LARGE and not any((folder / STORE).glob("*/")):
        shutil.rmtree(folder / STORE, ignore_errors=True)


def _path(folder: Path, mark: Mark) -> Path:
    return folder / STORE / f"{mark.key}-{_VERSION}"


def _make_graphs(beside: Path, path: Path, file: Path) -> None:
    """Union and named graphs in one store; of two processes that make it at once the first one's stays."""
    mark = read_mark(file.parent)
    assert mark is not None
    with tempfile.TemporaryDirectory(prefix=".draft.", dir=beside) as made:
        store = ox.Store(str(Path(made) / _GRAPHS))
        load_union(store, file, mark)
        load_named(store, file)
        del store
        with suppress(OSError):
            (Path(made) / _GRAPHS).rename(path)


def _changed_from(folder: Path, draft: Path, graphs: Sequence[NamedGraph], union: Path) -> bool:
    """Makes `union` of the store of the graph that stands in the folder; False where it is not there, or much has changed."""
    try:
        mark, before = read_mark(folder), read_graphs(folder / GRAPHS_FILE)
    except GraphError:
        return False
    file = folder / GRAPH_FILE
    if mark is None or not file.is_file() or file.stat().st_size != mark.size:
        return False
    old = disk_store(file, mark)
    if old is None:
        return False
    same = {graph.sha256 for graph in before} & {graph.sha256 for graph in graphs}
    gone, came = ([g for g in side if g.sha256 not in same] for side in (before, graphs))
    if sum(graph.quads for graph in (*gone, *came)) > _MOST_CHANGED * mark.quads:
        return False
    added = _triples(draft, came)
    removed = _triples(file, gone) - added
    if removed:
        for one in _each(draft, [graph for graph in graphs if graph.sha256 in same]):
            removed.difference_update(one)
    old.union.backup(str(union))
    change_union(ox.Store(str(union)), removed, added)
    return True


def change_union(store: ox.Store, removed: Collection[bytes], added: Collection[bytes]) -> None:
    """Takes triples out of the default graph and puts others in; each a line of N-Triples."""
    lines = sorted(removed)
    for at in range(0, len(lines), _BATCH):
        store.update(f"DELETE DATA {{\n{b''.join(lines[at : at + _BATCH]).decode()}}}")
    if added:
        store.load(b"".join(sorted(added)), format=ox.RdfFormat.N_TRIPLES, lenient=True)


def _triples(file: Path, graphs: Sequence[NamedGraph]) -> set[bytes]:
    return set().union(*_each(file, graphs))


def _each(file: Path, graphs: Sequence[NamedGraph]) -> Iterator[list[bytes]]:
    with file.open("rb") as quads:
        for graph in graphs:
            yield triples_of(quads, graph).splitlines(keepends=True)


def _shared(path: Path) -> IO[bytes] | None:
    """The lock of a reader, which lasts as long as the file is open; Windows removes no folder in use anyway."""
    if os.name == "nt":
        return None
    import fcntl

    lock = path.open("rb")
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def _exclusive(path: Path) -> IO[bytes] | None:
    """The lock of one who removes; None where somebody reads."""
    lock = path.open("ab")
    if os.name != "nt":
        import fcntl

        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            return None
    return lock
