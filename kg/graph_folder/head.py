"""The head of a shard: which file was read, with what, and what came of it; → JSON, and back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from kg.graph_folder.read_with import ReadWith, digest_of
from kg.reviewed.reviewer import NOTHING_MET, Met
from kg.texts.inputs import Skipped

FORMAT = 2
_ENCODE = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class Origin(NamedTuple):
    """The file that a shard was read from: its name in the graph, where it lies, its content, and what it was read with."""

    file: str
    path: str  # seen from the graph folder
    content: str  # SHA-256
    read_with: ReadWith


@dataclass(frozen=True, slots=True)
class Shard:
    """The head of a shard. One that is not `final` was cut short by what may go away: a time limit, a lack of memory."""

    origin: Origin
    base: str
    final: bool
    skipped: tuple[Skipped, ...]
    met: Met
    asked: Mapping[str, int]  # what came of a second reader
    documents: int
    body: str  # name of the file with the quads
    size: int
    body_digest: str  # SHA-256 of that file
    digest: str  # of what its facts say of the documents, which holds the hashes of their quads
    format: int = FORMAT


def made_of(shards: Iterable[Shard]) -> str:
    """A hash of shards, in the order of their files' names."""
    return digest_of(*(f"{one.origin.file} {one.origin.content} {one.origin.read_with} {one.digest}" for one in shards))


def line(told: object) -> bytes:
    """A line of JSON."""
    return f"{_ENCODE(told)}\n".encode("utf-8", "surrogatepass")


def head_to_json(shard: Shard) -> dict[str, Any]:
    """The head as JSON can hold it, the same for the same shard."""
    origin = shard.origin
    return {
        "format": shard.format,
        "file": origin.file,
        "path": origin.path,
        "content": origin.content,
        "read_with": origin.read_with._asdict(),
        "base": shard.base,
        "final": shard.final,
        "skipped": [[one.file, one.reason, one.note, one.passing] for one in shard.skipped],
        "met": [sorted(shard.met.decisions), sorted([str(kind), name] for kind, name in shard.met.things)],
        "asked": {what: shard.asked[what] for what in sorted(shard.asked)},
        "documents": shard.documents,
        "body": shard.body,
        "size": shard.size,
        "body_sha256": shard.body_digest,
        "sha256": shard.digest,
    }


@lru_cache(64)
def _read_with(**keys: str) -> ReadWith:
    """One object for the many files that were read with the same."""
    return ReadWith(**keys)


def head_from_json(told: Mapping[str, Any]) -> Shard:
    """The head; KeyError, TypeError or ValueError where a newer version wrote it, or it is damaged."""
    if not 1 <= told["format"] <= FORMAT or os.path.basename(told["body"]) != told["body"]:
        raise ValueError(told["format"])
    return Shard(
        Origin(told["file"], told["path"], told["content"], _read_with(**told["read_with"])),
        told["base"],
        told["final"],
        tuple(Skipped(*one) for one in told["skipped"]),
        Met.of(*told["met"]) if any(told["met"]) else NOTHING_MET,
        told["asked"],
        told["documents"],
        told["body"],
        told["size"],
        told.get("body_sha256", ""),
        told["sha256"],
        told["format"],
    )
