"""graph.nq of a large graph → the same on disk in the engine's own form, so that a query need not load it first.

`store/<hash of the graph>/union` holds the union of all named graphs. kg build makes it, from that of the graph before
where little has changed. `graphs` beside it also holds the named graphs; it is made when a query first asks for one, of
the `graph.nq` beside it: the very graph, whatever has been published since. Each store ends with a list of its files,
without which it does not count. A folder in use is locked by its readers: one that is removed under them lets the engine
take all memory of the machine. All of it can be deleted.
"""

from __future__ import annotations

import hashlib
import json
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
from kg.graph.large import STORE
from kg.graph.loading import load_named, load_union, triples_of
from kg.graph.published import GRAPH_FILE, GRAPHS_FILE, Mark, NamedGraph, read_graphs, read_mark
from kg.patterns import regex

_VERSION = f"ox{'.'.join(ox.__version__.split('.')[:2])}"  # what another version of the engine wrote is not read
_UNION, _GRAPHS, _LOCK, _README, _FILES = "union", "graphs", "lock", "README.txt", "files.json"
_MOST_CHANGED = 0.3  # share of the quads up to which a store is changed rather than made anew
_OURS = regex(r"[0-9a-f]{16}-ox[\d.]+|\.draft\..*")  # folders in store/
_ABOUT = """policy-kg store
The graph as the query engine reads it, made of graph.nq. It may be deleted: the next kg build makes it again.
"""
_BATCH = 5_000  # triples that are taken away at once


class DiskStore:
    """The store of one graph on disk; open for as long as this object is."""

    def __init__(self, path: Path, file: Path) -> None:
        self._path = path
        self._file = file
        lock = _shared(path / _LOCK)
        if lock is not None:
            weakref.finalize(self, lock.close)
        if not _is_whole(path / _UNION):  # or removed between looking and locking
            raise OSError(f"{path} is gone or damaged")
        self.union = ox.Store.read_only(str(path / _UNION))

    @property
    def has_named(self) -> bool:
        """Whether the named graphs were asked for before, and need not be made."""
        return _is_whole(self._path / _GRAPHS)

    def named(self) -> ox.Store:
        """A store with the union as the default graph, and with the named graphs; made where it is not there yet.

        GraphError where that cannot be done any more.
        """
        if not self.has_named:
            try:
                self._make_graphs(self._path)
            except OSError:  # it may not be written there, or there is no room
                return self._elsewhere()
        if not self.has_named:  # what stands there is damaged: the next build clears it away
            return self._elsewhere()
        return ox.Store.read_only(str(self._path / _GRAPHS))

    def _elsewhere(self) -> ox.Store:
        """The same in a folder for temporary files, gone with this object: beside the graph it cannot be made."""
        folder = Path(tempfile.mkdtemp(prefix="policy-kg."))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._make_graphs(folder)
        return ox.Store.read_only(str(folder / _GRAPHS))

    def _make_graphs(self, folder: Path) -> None:
        """Union and named graphs in one store; of two processes that make it at once the first one's stays."""
        with tempfile.TemporaryDirectory(prefix=".draft.", dir=folder) as draft:
            made = Path(draft) / _GRAPHS
            self.union.backup(str(made))
            load_named(ox.Store(str(made)), self._quads())
            _seal(made)
            with suppress(OSError):
                made.rename(folder / _GRAPHS)

    def _quads(self) -> Path:
        """A graph.nq of which this store was made."""
        if (linked := self._path / GRAPH_FILE).is_file():
            return linked
        mark = read_mark(self._file.parent)
        if mark is None or mark.before or _path(self._file.parent, mark) != self._path:
            raise GraphError(f"{self._file} was replaced by a build since it was opened; open it again")
        return self._file


def disk_store(file: Path, mark: Mark) -> DiskStore | None:
    """The store of this very graph, if it was prepared and can be read."""
    path = _path(file.parent, mark)
    try:
        return DiskStore(path, file) if path.is_dir() else None
    except (OSError, RuntimeError):  # the engine tells damage by either
        return None


def is_prepared(folder: Path, mark: Mark) -> bool:
    """Whether the store of a graph is there, whole, and of this engine."""
    return _is_whole(_path(folder, mark) / _UNION)


def prepare(draft: Path, folder: Path, mark: Mark, graphs: Sequence[NamedGraph] = (), cores: int = 1) -> None:
    """Makes the store of a graph.nq that is published in `folder`, or is about to be, if it has none."""
    path = _path(folder, mark)
    damaged = (path / _GRAPHS).exists() and not _is_whole(path / _GRAPHS)
    if (_is_whole(path / _UNION) and not damaged) or _is_the_users(path.parent):
        return
    path.parent.mkdir(exist_ok=True)
    (path.parent / _README).write_text(_ABOUT, "utf-8")
    with tempfile.TemporaryDirectory(prefix=".draft.", dir=path.parent) as temporary:
        made = Path(temporary) / path.name
        made.mkdir()
        if not _changed_from(folder, draft, graphs, made / _UNION):
            load_union(ox.Store(str(made / _UNION)), draft, mark, cores)
        _seal(made / _UNION)
        (made / _LOCK).touch()
        with suppress(OSError):  # a file system without links
            os.link(draft, made / GRAPH_FILE)
        if not path.exists() or _removed(path):  # damaged, but somebody may read it
            made.replace(path)


def remove_others(folder: Path, mark: Mark, *, needed: bool) -> None:
    """Removes the stores of other graphs that nobody reads, and their folder if this graph needs none."""
    if _is_the_users(folder / STORE):
        return
    for path in (folder / STORE).glob("*/"):
        if path.name == _path(folder, mark).name or not _OURS.fullmatch(path.name):
            continue
        if path.name.startswith(".draft."):
            shutil.rmtree(path, ignore_errors=True)
        else:
            _removed(path)
    if not needed and not any((folder / STORE).glob("*/")):
        shutil.rmtree(folder / STORE, ignore_errors=True)


def _removed(path: Path) -> bool:
    """Removes a store unless somebody reads it."""
    lock = _exclusive(path / _LOCK)
    if lock is None:
        return False
    draft = path.with_name(f".draft.{path.name}")
    with lock:
        try:
            path.rename(draft)  # on Windows it fails for one in use
        except OSError:
            return False
        shutil.rmtree(draft, ignore_errors=True)
    return True


def _seal(store: Path) -> None:
    """Lists the files of a finished store, which nobody has open."""
    sizes = {path.name: path.stat().st_size for path in sorted(store.iterdir()) if not path.name.startswith("LOG")}
    (store / _FILES).write_text(json.dumps(sizes), "utf-8")


def _is_whole(store: Path) -> bool:
    """Whether all files of a store are there and as long as they were. The engine reads a cut log as if less had been said."""
    try:
        sizes = json.loads((store / _FILES).read_text("utf-8"))
        return all((store / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, AttributeError):
        return False


def _is_the_users(store: Path) -> bool:
    """Whether a folder of this name was there before, and holds something: of documents, perhaps."""
    try:
        return not (store / _README).read_text("utf-8").startswith(_ABOUT.partition("\n")[0])
    except (OSError, UnicodeDecodeError):
        return store.is_dir() and any(store.iterdir())


def _path(folder: Path, mark: Mark) -> Path:
    return folder / STORE / f"{mark.key}-{_VERSION}"


def _changed_from(folder: Path, draft: Path, graphs: Sequence[NamedGraph], union: Path) -> bool:
    """Makes `union` of the store of the graph that stands in the folder; False where it is not there, or much has changed."""
    file = folder / GRAPH_FILE
    try:
        mark = read_mark(folder)
        if mark is None or mark.before or file.stat().st_size != mark.size:
            return False
        before = read_graphs(folder / GRAPHS_FILE, dict(mark.beside).get(GRAPHS_FILE, ""))
    except (OSError, GraphError):
        return False
    old = disk_store(file, mark)
    if old is None:
        return False
    same = {graph.sha256 for graph in before} & {graph.sha256 for graph in graphs}
    gone, came = ([g for g in side if g.sha256 not in same] for side in (before, graphs))
    if sum(graph.quads for graph in (*gone, *came)) > _MOST_CHANGED * mark.quads or not _are_there(gone, file):
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
    """Takes triples out of the default graph and puts others in; each a line of N-Triples.

    What is not flushed lies in a log only, which a backup of a store opened for reading leaves out.
    """
    lines = sorted(removed)
    for at in range(0, len(lines), _BATCH):
        store.update(f"DELETE DATA {{\n{b''.join(lines[at : at + _BATCH]).decode()}}}")
    if added:
        store.load(b"".join(sorted(added)), format=ox.RdfFormat.N_TRIPLES, lenient=True)
    store.flush()


def _triples(file: Path, graphs: Sequence[NamedGraph]) -> set[bytes]:
    return set().union(*_each(file, graphs))


def _are_there(graphs: Sequence[NamedGraph], file: Path) -> bool:
    """Whether these graphs lie in the file as they are listed."""
    with file.open("rb") as quads:
        for graph in graphs:
            quads.seek(graph.start)
            if hashlib.sha256(quads.read(graph.size)).hexdigest() != graph.sha256:
                return False
    return True


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
