"""Shards → manifest.csv: every input file that a graph was made of, with the hash of its content and that of its shard.

graph.json holds the hash of manifest.csv, and that of graph.nq: so one hash vouches for the whole graph folder.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kg.errors import GraphError
from kg.graph_folder.shards import Shard, Shards

MANIFEST_FILE = "manifest.csv"


class Entry(NamedTuple):
    """An input file; `bytes` and `shard_sha256` are of the file `shard`, which holds its statements."""

    file: str
    sha256: str
    documents: int
    shard: str  # seen from the graph folder
    bytes: int
    shard_sha256: str


def entry_of(shards: Shards, shard: Shard) -> Entry:
    """What the manifest says of a shard."""
    origin = shard.origin
    return Entry(origin.file, origin.content, shard.documents, shards.body_name(shard), shard.size, shard.body_digest)


def write_manifest(entries: Iterable[Entry], path: Path) -> None:
    """Writes a table with a line for each entry, in their order."""
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(Entry._fields)
        table.writerows(entries)


def read_manifest(path: Path) -> list[Entry]:
    """The entries of a manifest; GraphError where it is missing or damaged."""
    try:
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
        if tuple(rows[0]) != Entry._fields:
            raise ValueError
        return [Entry(file, sha, int(n), shard, int(size), digest) for file, sha, n, shard, size, digest in rows[1:]]
    except (OSError, ValueError, IndexError):
        raise GraphError(
            f"{path} is missing or damaged; build the graph again: kg build DOCS --out {path.parent}"
        ) from None


def differences(manifest: Iterable[Entry], now: Iterable[Entry]) -> Iterator[str]:
    """What a graph was made of and is not there any more, or was read since, in order of the files' names."""
    then = {entry.file: entry for entry in manifest}
    here = {entry.file: entry for entry in now}
    for file in sorted(then.keys() | here.keys()):
        if file not in here:
            yield f"{file}: the graph holds it, but shards/ no longer does; run kg build again"
        elif file not in then:
            yield f"{file}: it was read, but the graph does not hold it yet; run kg build again"
        elif then[file] != here[file]:
            yield f"{file}: it was read once more since the graph was made; run kg build again"
