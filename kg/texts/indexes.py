"""An index.csv beside files → what the user says of each of them, and what in it cannot be used."""

from __future__ import annotations

import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import TypeVar

from kg.errors import UnreadableFile
from kg.model import NOTHING_GIVEN, Given
from kg.remote.files import RemoteFile
from kg.texts.formats.tables import Index, read_index

INDEX = "index.csv"
LARGEST_INDEX = 50_000_000  # bytes; a larger index.csv is a table of documents
P = TypeVar("P", bound=PurePath)


def is_index(data: bytes) -> bool:
    """Whether a table says something of files, rather than holding documents."""
    try:
        read_index(data)
    except UnreadableFile:
        return False
    return True


def index_at(path: Path) -> Index | None:
    """What a sidecar says; nothing where there is none, or where this index.csv is a table of documents."""
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST_INDEX:
            return read_index(path.read_bytes())
    except (OSError, UnreadableFile):
        pass
    return None


def index_in_storage(path: RemoteFile) -> Index | None:
    """The same of a sidecar on other storage."""
    try:
        with path.open() as content:
            data = content.read(LARGEST_INDEX + 1)
            return read_index(data) if len(data) <= LARGEST_INDEX else None
    except (OSError, UnreadableFile):
        return None


def said_of(path: P, indexes: Mapping[P, Index]) -> Given:
    """What the indexes of its folder and of those above it say of a file."""
    given = NOTHING_GIVEN
    for folder, index in indexes.items():
        if path.is_relative_to(folder) and (said := index.given.get(_composed(path.relative_to(folder)))):
            given = said.over(given)
    return given


def said_beside(name: str, index: Index | None) -> Given:
    """What the index of its folder, if there is one, says of a file that is named itself."""
    said = index.given.get(_composed(PurePath(name))) if index is not None else None
    return said or NOTHING_GIVEN


def problems(index: Index, missing: Iterable[str]) -> Iterator[str]:
    """What in an index cannot be used, and the files that it names and are not there."""
    gone = (f"{index.given[file].by} names {file}, which is not there" for file in missing)
    yield from (problem.removeprefix(f"{INDEX} ") for problem in (*index.problems, *gone))


def _composed(path: PurePath) -> str:
    """The path as an index writes it: some systems take the signs of a letter apart."""
    return unicodedata.normalize("NFC", path.as_posix())
