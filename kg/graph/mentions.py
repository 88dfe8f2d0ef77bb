"""Every mention of the files read → mentions.csv beside the graph, and back: what `kg explain` shows of a sentence."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import GraphError
from kg.model import Reading

MENTIONS_FILE = "mentions.csv"
MENTION_COLUMNS = ("source", "file", "part", "start", "end", "kind", "words", "entity", "found_by")


@dataclass(frozen=True, slots=True)
class Words:
    """What was recognised in the sentence: offsets in the original file, kind, entity (or nothing) and rule."""

    start: int
    end: int
    kind: str
    words: str
    entity: str
    found_by: str


def mention_rows(reading: Reading) -> Iterator[tuple[object, ...]]:
    """Every mention with its place in the original text and the rule that found it; an empty entity was left unlinked."""
    document = reading.document
    for mention in reading.mentions:
        start, end = document.original(mention.span)
        part = next(p.index for p in reading.parts if p.span.start <= mention.span.start < p.span.end)
        entity = mention.entity.id if mention.entity else ""
        yield document.id, document.file, part + 1, start, end, mention.kind, mention.text, entity, mention.found_by


def write_mentions(rows: Iterable[Sequence[object]], path: Path) -> None:
    """The table, whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(MENTION_COLUMNS)
            writer.writerows(rows)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def read_mentions(path: Path) -> dict[str, list[Words]]:
    """The mentions of each source, by the number of the source."""
    if not path.is_file():
        raise GraphError(f"{path} is missing, so the recognised words cannot be shown; build the graph again")
    words: dict[str, list[Words]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        if tuple(rows.fieldnames or ()) != MENTION_COLUMNS:
            raise GraphError(f"{path} is damaged: its first line must name the columns; build the graph again")
        for row in rows:
            found = Words(int(row["start"]), int(row["end"]), row["kind"], row["words"], row["entity"], row["found_by"])
            words.setdefault(row["source"], []).append(found)
    return words
