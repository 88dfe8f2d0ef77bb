"""Shards here → other storage, and back: the texts and the statements first, the facts that make them count last."""

from __future__ import annotations

import time

from kg.errors import GraphError
from kg.graph_folder.shards import Shard, Shards
from kg.remote.files import RemoteFile

PATIENCE = 60.0  # seconds until a file that another machine wrote must be seen here
_LOOK = 0.5
_NOT_SEEN = (
    "{file}: a worker read it, but what it wrote cannot be seen in {folder}; say with --shards URL where workers may put "
    "what they read. What has arrived is kept: run kg build again"
)


def send(shards: Shards, shard: Shard, to: RemoteFile) -> None:
    """Copies the files of a shard to `to`, under the names that they have in the graph folder; raises OSError."""
    for name in shards.names(shard):
        (to / name).put(shards.folder / name)


def fetch(shards: Shards, shard: Shard, path: str, source: RemoteFile) -> Shard:
    """Copies the files of a shard from there; `path` is where its file lies, seen from the graph folder.

    Raises OSError, also where something is not as its head says.
    """
    head = shards.laid(shard, path, lambda name, to: (source / name).get(to))
    if head is None:
        raise OSError(f"{source}: what was read from {shard.origin.file} did not arrive as it was sent")
    return head


def awaited(shards: Shards, shard: Shard, path: str, patience: float = PATIENCE) -> Shard:
    """The same shard, when its files are seen here: a network folder may show late what another machine wrote.

    Raises GraphError where they are not.
    """
    end = time.monotonic() + patience
    while not shards.is_there(shard):
        if time.monotonic() > end:
            raise GraphError(_NOT_SEEN.format(file=shard.origin.file, folder=shards.folder))
        time.sleep(_LOOK)
    return shards.moved(shard, path)
