"""A graph folder → what stands in it: files, parts, claims, and which files a build would read again, and why."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import GraphError
from kg.graph.large import is_prepared
from kg.graph.published import GRAPH_FILE, Mark, NewerVersion, damaged, whole_mark
from kg.graph_folder.head import FORMAT
from kg.graph_folder.manifest import MANIFEST_FILE, differences, entry_of, read_manifest
from kg.graph_folder.read_with import ReadWith
from kg.graph_folder.shards import Shard, Shards, made_of
from kg.remote.files import is_url

MOST_TOLD = 20  # files that differ from the manifest


@dataclass(frozen=True, slots=True)
class FileStatus:
    """One input file; `stale` says why it is to be read again, and is empty where it is as it was read."""

    file: str
    documents: int
    parts: int
    claims: int
    left_out: int
    stale: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """A folder; `faults` is what is wrong with the graph as a whole."""

    files: tuple[FileStatus, ...]
    quads: int
    size: int  # bytes of graph.nq
    on_disk: bool  # prepared for the query engine
    faults: tuple[str, ...] = ()

    @property
    def stale(self) -> tuple[FileStatus, ...]:
        return tuple(file for file in self.files if file.stale)


def status(folder: Path, now: Callable[[str, ReadWith], ReadWith]) -> Status:
    """What stands in a folder that kg build wrote; GraphError where it is none.

    `now` tells what a file of this name would be read with today. Counts are those of the shards: what was read from each
    file, also where another file has the same text and counts instead.
    """
    shards = Shards(folder)
    heads, spoilt = shards.heads()
    mark, faults = _mark(folder)
    if mark is None and not heads:
        raise GraphError(f"{folder} holds no graph that kg build made; build one: kg build DOCS --out {folder}")
    if mark is not None and not faults and not spoilt and mark.shards != made_of(heads):
        faults += _differences(shards, heads)
    faults += [f"{name} is damaged: the file behind it must be given once more" for name in spoilt]
    return Status(
        tuple(_of_file(shards, shard, now) for shard in heads),
        mark.quads if mark else 0,
        mark.size if mark else 0,
        mark is not None and is_prepared(folder, mark),
        tuple(faults),
    )


def _differences(shards: Shards, heads: Iterable[Shard]) -> list[str]:
    """What is in the shards and not in the graph, or the other way round."""
    try:
        manifest = read_manifest(shards.folder / MANIFEST_FILE)
    except GraphError as fault:
        return [str(fault)]
    found = list(differences(manifest, (entry_of(shards, shard) for shard in heads)))
    if not found:
        return ["the graph does not hold all that was read: a build was ended, or left a file out; run kg build again"]
    more = [f"{len(found) - MOST_TOLD} more files differ; run kg build again"] if len(found) > MOST_TOLD else []
    return found[:MOST_TOLD] + more


def _mark(folder: Path) -> tuple[Mark | None, list[str]]:
    file = folder / GRAPH_FILE
    if not file.is_file():
        return None, ["there is no graph.nq: a build was ended before it could write it; run kg build again"]
    try:
        mark = whole_mark(file)
    except NewerVersion:
        raise
    except GraphError as fault:
        return None, [str(fault)]
    if mark is None:
        return None, ["graph.nq was made by an earlier version of policy-kg; run kg build again"]
    if mark.before or not mark.state:
        return mark, ["a build was ended while it put the new graph into its place; run kg build again"]
    return mark, [
        f"{name} is damaged: it is not what was written; run kg build again" for name in damaged(folder, mark)
    ]


def _of_file(shards: Shards, shard: Shard, now: Callable[[str, ReadWith], ReadWith]) -> FileStatus:
    documents = shards.documents(shard) or ()
    counts = (
        shard.documents,
        sum(len(facts.parts) for facts in documents),
        sum(facts.claims for facts in documents),
        sum(not one.note for one in shard.skipped),
    )
    return FileStatus(shard.origin.file, *counts, _damage(shards, shard) or _stale(shards.folder, shard, now))


def _damage(shards: Shards, shard: Shard) -> str:
    if shard.format != FORMAT:
        return "read by an earlier version of policy-kg"
    return "" if shards.is_whole(shard) else "what was read from it is damaged"


def _stale(folder: Path, shard: Shard, now: Callable[[str, ReadWith], ReadWith]) -> str:
    origin = shard.origin
    if not is_url(origin.path):  # other storage is asked by kg build only
        try:
            with (folder / origin.path).open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
        except OSError:
            return f"not found any more at {origin.path}"
        if digest != origin.content:
            return "the file has changed"
    if not shard.final:
        return "reading it was cut short"
    differs = origin.read_with.differs(now(origin.file, origin.read_with))
    return f"read with {', '.join(differs)}" if differs else ""
