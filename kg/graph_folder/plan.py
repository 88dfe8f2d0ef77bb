"""The files that a user gives, and those of earlier builds → what is to be read or kept, in the order of their names."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import RemoteError
from kg.graph_folder.shards import Shard
from kg.remote.files import RemoteFile, is_url
from kg.texts.inputs import Input, parts_of, told_apart


@dataclass(frozen=True, slots=True)
class Work:
    """A file: given in this run, known from an earlier one, or both."""

    file: str
    input: Input | None
    shard: Shard | None


@dataclass(frozen=True, slots=True)
class Plan:
    """`forgotten` are shards that no longer count: of files that are gone, or that have another name now."""

    work: tuple[Work, ...]
    forgotten: tuple[Shard, ...]


def plan(inputs: Sequence[Input], shards: Sequence[Shard], folder: Path, *, prune: bool) -> Plan:
    """What a build has to do. With `prune`, only the given files count; otherwise also those of earlier builds.

    A given file that has the name of an earlier one elsewhere that is still there gets a longer name; where the earlier
    one is gone, it is the same file in another place.
    """
    given = {path_from(folder, item.path) for item in inputs}
    others = {shard.origin.file: shard for shard in shards if shard.origin.path not in given} if not prune else {}
    names = {item.file for item in inputs}
    named: dict[str, Input] = {}
    for item in inputs:
        other = others.get(item.file)
        if other is not None and is_there(path := place_of(folder, other.origin.path)):
            item = _beside(item, path, lambda file: file in others or file in named or file in names)
        elif other is not None:
            del others[item.file]
        named[item.file] = item
    by_file = {shard.origin.file: shard for shard in shards}
    work = [Work(file, item, by_file.get(file)) for file, item in named.items()]
    work += [Work(file, None, shard) for file, shard in others.items()]
    counted = {one.file for one in work}
    return Plan(
        tuple(sorted(work, key=lambda one: one.file)),
        tuple(shard for shard in shards if shard.origin.file not in counted),
    )


def path_from(folder: Path, path: Path | RemoteFile) -> str:
    """Where a file lies, seen from the graph folder, so that both can be moved together; on another drive, in full."""
    if isinstance(path, RemoteFile):
        return str(path)
    real = os.path.realpath(path)
    try:
        return Path(os.path.relpath(real, os.path.realpath(folder))).as_posix()
    except ValueError:
        return real


def place_of(folder: Path, path: str) -> Path | RemoteFile:
    """The file that lies there, seen from the graph folder."""
    return RemoteFile(path) if is_url(path) else folder / path


def is_there(path: Path | RemoteFile) -> bool:
    """Whether a file can be found; one on other storage cannot where that is out of reach."""
    try:
        return path.is_file()
    except (OSError, RemoteError):
        return False


def _beside(item: Input, other: Path | RemoteFile, is_taken: Callable[[str], bool]) -> Input:
    """The file under a name that tells it from another of the same name, and from all others."""
    apart = next(one for one in told_apart([item, replace(item, path=other)]) if one.path == item.path)
    parts = parts_of(item.path)
    length = apart.file.count("/") + 1
    while is_taken(apart.file) and length < len(parts):
        length += 1
        apart = replace(apart, file="/".join(parts[-length:]))
    return apart
