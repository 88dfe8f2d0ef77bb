"""Paths that a user gives → the files to read, each with what an index beside it says of it; nothing is passed over in silence."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path, PurePosixPath

from kg.model import NOTHING_GIVEN, TEXTS, Given
from kg.patterns import regex
from kg.remote.files import RemoteFile
from kg.texts.formats.tables import Index
from kg.texts.indexes import INDEX, index_at, index_in_storage, problems, said_beside, said_of

GRAPH = "graph.nq"  # marks a folder that a build wrote
SHARDS = "shards"  # and its folder with what was read from each file
OWN_MARK = "README.txt"  # in the folders that a build wrote, beginning with
OWN_WORD = b"policy-kg"
OWN = frozenset(
    {
        GRAPH,
        *("graph.json", "graph.ttl", "graphs.csv", "manifest.csv", "mentions.csv", "report.html", "search.sqlite"),
        *("reviewed.csv", "llm-cache.jsonl", ".lock"),
    }
)
TEXT_NAME = regex(r"[0-9a-f]{16}\.txt")  # of the texts that a build writes
_README = "a README tells about a folder and is not read as a document"
_GRAPH_FOLDER = "a graph folder that kg build made; it is not read again"
_EMPTY = "the folder holds no files"


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read, its POSIX path relative to the input root, and what the user says of it."""

    path: Path | RemoteFile
    file: str
    given: Given = NOTHING_GIVEN

    @property
    def size(self) -> int:
        """Bytes, as far as they can be told; else 0."""
        if isinstance(self.path, RemoteFile):
            return max(0, self.path.size)
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, row, member or path that gave nothing, and why; a `note` is no document that was lost.

    What is `passing` may be otherwise next time: a time limit, a lack of memory, a file that could not be opened.
    """

    file: str
    reason: str
    note: bool = False
    passing: bool = False


def find_inputs(paths: Iterable[Path | RemoteFile]) -> tuple[list[Input], list[Skipped]]:
    """The files below the given paths in order of their names, and what cannot be used; raises RemoteError."""
    inputs: dict[str, list[Input]] = {}
    skipped: list[Skipped] = []
    for path in paths:
        for found in _found(path):
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                inputs.setdefault(found.file, []).append(found)
    once = (item for file in sorted(inputs) for item in _once(inputs[file]))
    return sorted(told_apart(once), key=lambda item: item.file), skipped


def _once(same: list[Input]) -> list[Input]:
    """Files of one name in order of their places, none twice."""
    if len(same) == 1:
        return same
    places = {_place(item.path): item for item in same}
    return [places[place] for place in sorted(places)]


def _found(path: Path | RemoteFile) -> Iterator[Input | Skipped]:
    if not isinstance(path, RemoteFile):
        return _below(path) if path.is_dir() else _alone(path)
    return _in_storage(path)


def _place(path: Path | RemoteFile) -> str:
    """Where a file lies, the same whatever way leads there."""
    return str(path) if isinstance(path, RemoteFile) else os.path.realpath(path)


def told_apart(inputs: Iterable[Input]) -> Iterator[Input]:
    """Files of one name in several folders, each with as many folders before it as tell them apart."""
    for file, group in groupby(inputs, key=lambda item: item.file):
        same = list(group)
        if len(same) == 1:
            yield same[0]
            continue
        paths = [parts_of(item.path) for item in same]
        for length in range(file.count("/") + 1, max(map(len, paths)) + 1):
            names = [_printable("/".join(parts[-length:])) for parts in paths]
            if len(set(names)) == len(names):
                break
        yield from (replace(item, file=name) for item, name in zip(same, names, strict=True))


def parts_of(path: Path | RemoteFile) -> tuple[str, ...]:
    """The folders above a file, and its name."""
    return tuple(str(path).split("/")) if isinstance(path, RemoteFile) else Path(os.path.abspath(path)).parts


def _in_storage(root: RemoteFile) -> Iterator[Input | Skipped]:
    """A file on other storage, or everything in a folder there, by the same rules as on this machine."""
    try:
        if root.is_dir():
            yield from _listed(root, {PurePosixPath(name): path for name, path in root.below()})
        elif root.is_file():
            index = index_in_storage(root.parent / INDEX) if root.name != INDEX else None
            yield Input(root, _printable(root.name), said_beside(root.name, index))
        else:
            yield Skipped(_printable(str(root)), "there is no such file or folder")
    except OSError as fault:
        yield Skipped(_printable(str(root)), f"it cannot be read: {fault.strerror or fault}")


def _listed(root: RemoteFile, files: Mapping[PurePosixPath, RemoteFile]) -> Iterator[Input | Skipped]:
    graphs = {path.parent for path in files if path.name == GRAPH}
    yield from (Skipped(str(folder), _GRAPH_FOLDER, note=True) for folder in sorted(graphs))
    hidden = sum(any(part.startswith(".") for part in path.parts) for path in files)
    indexes: dict[PurePosixPath, Index] = {}
    for path in sorted(files, key=lambda path: (path.name != INDEX, len(path.parts), path)):
        if not graphs.isdisjoint(path.parents) or any(part.startswith(".") for part in path.parts):
            continue
        if path.name == INDEX and (index := index_in_storage(files[path])) is not None:
            indexes[path.parent] = index
            missing = [file for file in index.given if path.parent / file not in files]
            yield from (Skipped(_printable(str(path)), problem, note=True) for problem in problems(index, missing))
        elif path.stem.upper() == "README":
            yield Skipped(_printable(str(path)), _README, note=True)
        else:
            yield Input(files[path], _printable(str(path)), said_of(path, indexes))
    if hidden:
        yield Skipped(_printable(root.name), f"{hidden} hidden files are not read", note=True)
    if not files:
        yield Skipped(_printable(str(root)), _EMPTY)


def _alone(path: Path) -> Iterator[Input | Skipped]:
    """A file that is named itself; an index beside it counts as well."""
    name = _printable(path.name)
    if fault := _fault(path):
        yield Skipped(_printable(str(path)), fault)
        return
    index = index_at(path.parent / INDEX) if path.name != INDEX else None
    yield Input(path, name, said_beside(path.name, index))


def _below(root: Path) -> Iterator[Input | Skipped]:
    """Everything in a folder; what its index.csv says goes to the files of the folder and of those below it."""
    unreadable: list[OSError] = []
    indexes: dict[Path, Index] = {}
    hidden = seen = 0
    is_graph = is_graph_folder(root)
    for folder, folders, files in os.walk(root, onerror=unreadable.append):
        here = Path(folder)
        seen += len(files)
        for name in sorted(folders):
            if (here / name).is_symlink():
                yield Skipped(_relative(here / name, root), "a link to a folder; give that folder itself to read it")
        if here != root and is_graph_folder(here):
            folders.clear()
            yield Skipped(_relative(here, root), _GRAPH_FOLDER, note=True)
            continue
        others = [name for name in files if not (is_graph and _is_own(here, name, root))]
        hidden += sum(name.startswith(".") for name in (*folders, *others))
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not is_own_folder(here / name))
        names = sorted(name for name in others if not name.startswith("."))
        if INDEX in names and (index := index_at(here / INDEX)) is not None:
            indexes[here] = index
            names.remove(INDEX)
            missing = [file for file in index.given if not os.path.exists(here / file)]
            name = _relative(here / INDEX, root)
            yield from (Skipped(name, problem, note=True) for problem in problems(index, missing))
        for name in names:
            yield _entry(here / name, root, indexes)
    for error in unreadable:
        yield Skipped(
            _relative(Path(error.filename), root), "the folder may not be opened; ask for the right to read it"
        )
    if hidden:
        yield Skipped(_printable(root.name or str(root)), f"{hidden} hidden files or folders are not read", note=True)
    if not seen and not unreadable:
        yield Skipped(_printable(str(root)), _EMPTY)


def is_graph_folder(folder: Path) -> bool:
    """Whether a build wrote here, even one that was cut short."""
    return (folder / GRAPH).is_file() or is_own_folder(folder / SHARDS)


def is_own_folder(folder: Path) -> bool:
    """Whether a build made this folder in that of a graph."""
    try:
        with (folder / OWN_MARK).open("rb") as mark:
            return mark.read(len(OWN_WORD)) == OWN_WORD
    except OSError:
        return False


def _is_own(folder: Path, name: str, root: Path) -> bool:
    """A file that a build wrote into the folder that is read, which is that of a graph."""
    return name in OWN if folder == root else folder == root / TEXTS and TEXT_NAME.fullmatch(name) is not None


def _entry(path: Path, root: Path, indexes: dict[Path, Index]) -> Input | Skipped:
    file = _relative(path, root)
    if path.stem.upper() == "README":
        return Skipped(file, _README, note=True)
    if fault := _fault(path):
        return Skipped(file, fault)
    return Input(path, file, said_of(path, indexes))


def _fault(path: Path) -> str:
    """Why this is no file that can be read; empty where it is one."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "a link that leads nowhere" if path.is_symlink() else "there is no such file or folder"
    except OSError as fault:
        return f"it cannot be opened: {fault.strerror or fault}"
    return "" if stat.S_ISREG(mode) else "no ordinary file (a device or a pipe); copy its content into a file"


def _relative(path: Path, root: Path) -> str:
    return _printable(path.relative_to(root).as_posix())


def _printable(name: str) -> str:
    r"""A file name whose bytes are no UTF-8, with \xb9 for such a byte, so that it can be written down."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
