"""data/confidence.csv ↔ how often each rule was right and wrong on gold, document by document; no text of theirs is needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from kg.errors import CountsError
from kg.lexicon_files import Line, read_sheet
from kg.model import Relation
from kg.resources import shipped

COLUMNS = ("set", "document", "use", "relation", "rule", "right", "wrong")
FIT, TEST = "fit", "test"


class RuleCount(NamedTuple):
    """What the gold of one document says of the claims of one rule; claims on arguable lines are left out."""

    set: str
    document: str
    use: str  # fit: a confidence rests on it; test: it only shows how good the confidence is
    relation: Relation
    rule: str  # as `Claim.found_by`
    right: int
    wrong: int


def read_counts(data: bytes, file: str) -> tuple[RuleCount, ...]:
    """The counts in the file; raises CountsError with all its bad lines."""
    sheet = read_sheet(data, file, COLUMNS, COLUMNS)
    problems = [str(fault) for fault in sheet.faults]
    problems += [f"{line.where}: {fault}" for line in sheet.lines if (fault := _fault(line.cells))]
    if problems:
        raise CountsError(problems)
    return tuple(_count(line) for line in sheet.lines)


def counts_csv(counts: Iterable[RuleCount]) -> str:
    """The file's text: one line per set, document, relation and rule, in this order."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sorted(counts))
    return out.getvalue()


@cache
def shipped_counts() -> tuple[RuleCount, ...]:
    """What comes with the package."""
    return read_counts(shipped("data", "confidence.csv").read_bytes(), "data/confidence.csv")


def _fault(cells: dict[str, str]) -> str:
    if empty := [name for name in COLUMNS if not cells[name]]:
        return f"{empty[0]} is empty"
    if cells["use"] not in (FIT, TEST):
        return f"use {cells['use']!r} is neither {FIT} nor {TEST}"
    if cells["relation"] not in set(Relation):
        return f"relation {cells['relation']!r} is none of {', '.join(Relation)}"
    bad = next((name for name in ("right", "wrong") if not (cells[name].isascii() and cells[name].isdigit())), "")
    return f"{bad} {cells[bad]!r} is no count; write a whole number" if bad else ""


def _count(line: Line) -> RuleCount:
    said = line.cells
    numbers = int(said["right"]), int(said["wrong"])
    return RuleCount(said["set"], said["document"], said["use"], Relation(said["relation"]), said["rule"], *numbers)
