"""Paths that a user gives → the files to read, each with what an index beside it says of it; nothing is passed over in silence."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from kg.errors import UnreadableFile
from kg.model import NOTHING_GIVEN, TEXTS, Given
from kg.patterns import regex
from kg.texts.formats.tables import Index, read_index

INDEX = "index.csv"
LARGEST_INDEX = 50_000_000  # bytes; a larger index.csv is a table of documents
GRAPH = "graph.nq"  # marks a folder that a build wrote
SHARDS = "shards"  # and its folder with what was read from each file
OWN_MARK = "README.txt"  # in the folders that a build wrote, beginning with
OWN_WORD = b"policy-kg"
OWN = frozenset(
    {
        GRAPH,
        *("graph.json", "graph.ttl", "graphs.csv", "mentions.csv", "report.html", "search.sqlite"),
        *("reviewed.csv", "llm-cache.jsonl", ".lock"),
    }
)
TEXT_NAME = regex(r"[0-9a-f]{16}\.txt")  # of the texts that a build writes


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read, its POSIX path relative to the input root, and what the user says of it."""

    path: Path
    file: str
    given: Given = NOTHING_GIVEN


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, row, member or path that gave nothing, and why; a `note` is no document that was lost.

    What is `passing` may be otherwise next time: a time limit, a lack of memory, a file that could not be opened.
    """

    file: str
    reason: str
    note: bool = False
    passing: bool = False


def find_inputs(paths: Iterable[Path]) -> tuple[list[Input], list[Skipped]]:
    """The files below the given paths in order of their names, and what cannot be used."""
    inputs: dict[tuple[str, str], Input] = {}
    skipped: list[Skipped] = []
    for path in paths:
        for found in _below(path) if path.is_dir() else _alone(path):
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                inputs[found.file, os.path.realpath(found.path)] = found
    return sorted(told_apart(inputs[key] for key in sorted(inputs)), key=lambda item: item.file), skipped


def told_apart(inputs: Iterable[Input]) -> Iterator[Input]:
    """Files of one name in several folders, each with as many folders before it as tell them apart."""
    for file, group in groupby(inputs, key=lambda item: item.file):
        same = list(group)
        paths = [Path(os.path.abspath(item.path)).parts for item in same]
        for length in range(file.count("/") + 1, max(map(len, paths)) + 1):
            names = [_printable("/".join(parts[-length:])) for parts in paths]
            if len(set(names)) == len(names):
                break
        yield from (replace(item, file=name if len(same) > 1 else file) for item, name in zip(same, names, strict=True))


def _alone(path: Path) -> Iterator[Input | Skipped]:
    """A file that is named itself; an index beside it counts as well."""
    name = _printable(path.name)
    if fault := _fault(path):
        yield Skipped(_printable(str(path)), fault)
        return
    index = _index(path.parent / INDEX) if path.name != INDEX else None
    said = index.given.get(_composed(Path(path.name))) if index is not None else None
    yield Input(path, name, said or NOTHING_GIVEN)


def _below(root: Path) -> Iterator[Input | Skipped]:
    """Everything in a folder; what its index.csv says goes to the files of the folder and of those below it."""
    unreadable: list[OSError] = []
    indexes: dict[Path, Index] = {}
    hidden = seen = 0
    for folder, folders, files in os.walk(root, onerror=unreadable.append):
        here = Path(folder)
        seen += len(files)
        for name in sorted(folders):
            if (here / name).is_symlink():
                yield Skipped(_relative(here / name, root), "a link to a folder; give that folder itself to read it")
        if here != root and is_graph_folder(here):
            folders.clear()
            yield Skipped(_relative(here, root), "a graph folder that kg build made; it is not read again", note=True)
            continue
        hidden += sum(name.startswith(".") and not _is_own(here / name, root) for name in (*folders, *files))
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not is_own_folder(here / name))
        names = sorted(name for name in files if not name.startswith(".") and not _is_own(here / name, root))
        if INDEX in names and (index := _index(here / INDEX)) is not None:
            indexes[here] = index
            names.remove(INDEX)
            yield from _index_notes(index, here, root)
        for name in names:
            yield _entry(here / name, root, indexes)
    for error in unreadable:
        yield Skipped(
            _relative(Path(error.filename), root), "the folder may not be opened; ask for the right to read it"
        )
    if hidden:
        yield Skipped(_printable(root.name or str(root)), f"{hidden} hidden files or folders are not read", note=True)
    if not seen and not unreadable:
        yield Skipped(_printable(str(root)), "the folder holds no files")


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


def _is_own(path: Path, root: Path) -> bool:
    """A file that a build wrote into the folder that is read."""
    if not is_graph_folder(root):
        return False
    return (path.parent == root and path.name in OWN) or (
        path.parent == root / TEXTS and TEXT_NAME.fullmatch(path.name) is not None
    )


def _index_notes(index: Index, here: Path, root: Path) -> Iterator[Skipped]:
    """What in an index cannot be used, and the files that it names and are not there."""
    missing = (
        f"{given.by} names {file}, which is not there"
        for file, given in index.given.items()
        if not os.path.exists(here / file)
    )
    for problem in (*index.problems, *missing):
        yield Skipped(_relative(here / INDEX, root), problem.removeprefix(f"{INDEX} "), note=True)


def is_index(data: bytes) -> bool:
    """Whether a table says something of files, rather than holding documents."""
    try:
        read_index(data)
    except UnreadableFile:
        return False
    return True


def _index(path: Path) -> Index | None:
    """What a sidecar says; nothing where this index.csv is a table of documents."""
    if _fault(path):
        return None
    try:
        return read_index(path.read_bytes()) if path.stat().st_size <= LARGEST_INDEX else None
    except (OSError, UnreadableFile):
        return None


def _entry(path: Path, root: Path, indexes: dict[Path, Index]) -> Input | Skipped:
    file = _relative(path, root)
    if path.stem.upper() == "README":
        return Skipped(file, "a README tells about a folder and is not read as a document", note=True)
    if fault := _fault(path):
        return Skipped(file, fault)
    given = NOTHING_GIVEN
    for folder, index in indexes.items():
        if path.is_relative_to(folder) and (said := index.given.get(_composed(path.relative_to(folder)))):
            given = said.over(given)
    return Input(path, file, given)


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


def _composed(path: Path) -> str:
    """The path as an index writes it: some systems take the signs of a letter apart."""
    return unicodedata.normalize("NFC", path.as_posix())


def _printable(name: str) -> str:
    r"""A file name whose bytes are no UTF-8, with \xb9 for such a byte, so that it can be written down."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
