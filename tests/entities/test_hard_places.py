"""The hard cases of hard_places.csv: ordinary words, pieces of words, namesakes, old names, zones, townships, context words.

A row holds a sentence, the place and year of its part (either may be open), a string of the sentence, and the id of the
place that it names; without an id it must not be linked. A reason in the column `fails` marks a row that is known to fail.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from reading import mentions

from kg.entities import entity_reader
from kg.model import Kind

PRECISION, RECALL = 0.98, 0.95
MOST_FAILING = 0.02  # of the rows that may be known to fail


class Case(NamedTuple):
    """One row of the table."""

    text: str
    where: str
    year: str
    name: str
    place: str
    fails: str

    @property
    def read(self) -> str:
        """The id of the place that the string is linked to, "" where it is none."""
        start = self.text.index(self.name)
        end = start + len(self.name)
        found = mentions(Kind.PLACE, self.text, self.where, int(self.year) if self.year else None)
        linked = [m for m in found if m.entity and m.span.start <= start and end <= m.span.end]
        ids = [m.entity.id.removeprefix("place/") for m in linked if m.entity]
        return ids[0] if ids else ""


@cache
def cases() -> tuple[Case, ...]:
    with Path(__file__).with_name("hard_places.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(Case(**row) for row in csv.DictReader(lines))


@cache
def results() -> tuple[tuple[Case, str], ...]:
    return tuple((case, case.read) for case in cases())


def test_the_table_is_one() -> None:
    """Every row is there once, its place is in the gazetteer (or is a township or a place abroad), and few are known to fail."""
    table = cases()
    assert len(table) >= 250
    assert len({(c.text, c.where, c.year, c.name) for c in table}) == len(table)
    known = entity_reader().gazetteer.by_id
    assert [c for c in table if c.place and "@" not in c.place and c.place not in known] == []
    assert sum(bool(c.fails) for c in table) <= MOST_FAILING * len(table)


def test_precision_and_recall() -> None:
    """Of what is linked nearly all is right, and of what the document decides nearly all is linked."""
    linked = [(case, read) for case, read in results() if read]
    right = [case for case, read in linked if read == case.place]
    wanted = [case for case in cases() if case.place]
    misses = [
        f"{c.text} [{c.where} {c.year}] {c.name}: {c.place or '–'}, read {r or '–'}"
        for c, r in results()
        if r != c.place
    ]
    assert len(right) / len(linked) >= PRECISION, "\n".join(misses)
    assert len(right) / len(wanted) >= RECALL, "\n".join(misses)


@pytest.mark.parametrize(
    "case", [case for case in cases() if not case.fails], ids=lambda c: f"{c.name}-{c.where}-{c.text[:8]}"
)
def test_hard_case(case: Case) -> None:
    """Each row that is not known to fail."""
    assert dict(results())[case] == case.place
