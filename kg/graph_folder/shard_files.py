"""The two files of a shard: how they are written, and how what stands in them is read back."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kg.graph_folder.facts import DocumentFacts, Written
from kg.graph_folder.facts_as_json import facts_from_json, written_from_json
from kg.graph_folder.head import Shard, head_to_json, line
from kg.graph_folder.shard_writer import draft_of

DAMAGED = (ValueError, KeyError, TypeError, OSError)  # what reading a damaged one raises


def facts_in(path: Path, file: str) -> Iterator[DocumentFacts]:
    """What a build remembers of each document of a file."""
    with path.open("rb") as lines:
        at = len(next(lines, b""))
        for line in lines:
            at += len(line)
            facts = facts_from_json(json.loads(line), file, at)
            yield facts
            if facts.was_read:
                at += len(next(lines, b"")) + len(next(lines, b""))


def graphs_in(facts: Path, body: Path) -> Iterator[tuple[str, Written, bytes]]:
    """The id of each document that was read, what was written of it, and the lines of its graph."""
    with facts.open("rb") as lines, body.open("rb") as quads:
        next(lines, b"")
        for line in lines:
            told = json.loads(line)
            if "parts" not in told:
                continue
            next(lines, b"")
            written = written_from_json(json.loads(next(lines, b"")))
            yield told["id"], written, quads.read(written.size)


def is_as_written(facts: Path, body: Path, digest: str) -> bool:
    """Whether facts have this hash, and graphs those that the facts name."""
    with facts.open("rb") as lines:
        next(lines, b"")
        if hashlib.file_digest(lines, "sha256").hexdigest() != digest:
            return False
    return all(hashlib.sha256(graph).hexdigest() == written.sha256 for _, written, graph in graphs_in(facts, body))


def write_facts(path: Path, head: Shard, documents: IO[bytes]) -> None:
    """Writes the facts whole or not at all: the head, and the rest of `documents`."""
    draft = draft_of(path)
    with draft.open("wb") as facts:
        facts.write(line(head_to_json(head)))
        shutil.copyfileobj(documents, facts)
    draft.replace(path)


def copy(path: Path, to: Path) -> None:
    """Copies a file whole or not at all; a second name for it is enough where the file system has such."""
    if to.exists():
        return
    to.parent.mkdir(exist_ok=True)
    draft = draft_of(to)
    try:
        os.link(path, draft)
    except OSError:
        shutil.copyfile(path, draft)
    draft.replace(to)


def body_named(path: Path) -> str:
    """The body that the facts at `path` name; empty where there are none."""
    try:
        with path.open("rb") as lines:
            return str(json.loads(next(lines, b""))["body"])
    except DAMAGED:
        return ""
