"""Every mention of the files read → mentions.csv beside the graph, and back: what `kg explain` shows of a sentence."""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import GraphError
from kg.model import Reading

MENTIONS_FILE = "mentions.csv"
MENTION_COLUMNS = ("source", "file", "part", "start", "end", "kind", "words", "entity", "found_by")
_PART = MENTION_COLUMNS.index("part")


@dataclass(frozen=True, slots=True)
class Words:
    """What was recognised in the sentence: offsets in the original file, kind, entity (or nothing) and rule."""

    start: int
    end: int
    kind: str
    words: str
    entity: str
    found_by: str


def mention_table(reading: Reading) -> str:
    """Every mention with its place in the original text and the rule that found it, as lines of the table without its head.

    An empty entity was left unlinked.
    """
    rows = io.StringIO(newline="")
    csv.writer(rows, lineterminator="\n").writerows(_rows(reading))
    return rows.getvalue()


def _rows(reading: Reading) -> Iterator[tuple[object, ...]]:
    document, parts = reading.document, reading.parts
    id_, file, original = document.id, document.file, document.original
    starts = [part.span.start for part in parts]
    for mention in reading.mentions:
        start, end = original(mention.span)
        part = parts[bisect_right(starts, mention.span.start) - 1].index + 1
        entity = mention.entity.id if mention.entity else ""
        yield id_, file, part, start, end, mention.kind, mention.text, entity, mention.found_by


def head_of_mentions() -> str:
    """The first line of the table."""
    return ",".join(MENTION_COLUMNS) + "\n"


def mentions_in(table: str, parts: Container[int]) -> str:
    """The lines of a table about mentions in these parts, which are numbered from 1."""
    rows = io.StringIO(newline="")
    wanted = (row for row in csv.reader(io.StringIO(table, newline="")) if int(row[_PART]) in parts)
    csv.writer(rows, lineterminator="\n").writerows(wanted)
    return rows.getvalue()


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
