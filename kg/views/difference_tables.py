"""What came and went between two graphs → lines for the terminal, and one table for CSV and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from kg.comparison.difference import FILE, Change, ClaimChange, Difference, ThingChange
from kg.graph.claims import StoredClaim
from kg.model import Kind
from kg.reviewed.properties import ROLES
from kg.views.tables import Cell, Table
from kg.views.words import CLAIMS, KINDS, STATUSES

COLUMNS = ("change", "file", "kind", "says", "before", "claim", "oldClaim", "sentence")
SIGNS = {Change.CAME: "+", Change.WENT: "-", Change.CHANGED: "~"}


def difference_table(found: Difference) -> Table:
    """One row for each claim and thing; `before` holds what a change replaced, property by property."""
    return Table(COLUMNS, (*map(_claim_row, found.claims), *map(_thing_row, found.things)))


def difference_lines(found: Difference) -> Iterator[str]:
    """A heading for each file, one for each relation in it, and under them the claims with their sentences; then things."""
    for file, of_file in groupby(found.claims, key=lambda change: change.claim.file):
        yield file
        for relation, of_relation in groupby(of_file, key=lambda change: change.claim.relation):
            yield f"  {CLAIMS[relation]} ({relation})"
            for change in of_relation:
                yield from _claim_lines(change)
    for kind, of_kind in groupby(found.things, key=lambda change: change.kind):
        yield f"{_kind(kind)} ({kind})"
        yield from (f"  {SIGNS[change.change]} {_named(change)}" for change in of_kind)
    yield _counted(found)


def claim_words(claim: StoredClaim) -> str:
    """`芜湖市 采纳 四园联创，2018，计划`: who and what in the order of the roles, then values, year and status."""
    told = claim.told
    first, *others = [told[role] for role in ROLES[claim.relation] if role in told] or ["（不详）"]
    amount = " ".join(told[name] for name in ("indicator", "operator", "value", "valueTo", "unit") if name in told)
    title = told.get("title", "") if "title" not in ROLES[claim.relation] else ""
    years = "—".join(told[name] for name in ("year", "yearTo") if name in told)
    bound = "≤" if told.get("dateKind") == "Document" and years else ""
    status = STATUSES.get(told.get("status", ""), "") if told.get("status") else ""
    said = " ".join(word for word in (first, CLAIMS[claim.relation], *others, title, amount) if word)
    return "，".join(word for word in (said, bound + years, status) if word)


def _claim_row(change: ClaimChange) -> tuple[Cell, ...]:
    before = "; ".join(f"{name}: {old or '–'}" for name, old, _ in change.properties)
    claim = change.claim
    numbers = (change.new.number if change.new else None, change.old.number if change.old else None)
    return (change.change, claim.file, claim.relation, claim_words(claim), before or None, *numbers, claim.sentence)


def _thing_row(change: ThingChange) -> tuple[Cell, ...]:
    file = change.id if change.kind == FILE else None
    before = change.old if change.change is Change.CHANGED else None
    return (change.change, file, change.kind, change.new or change.old, before, change.id, None, None)


def _claim_lines(change: ClaimChange) -> Iterator[str]:
    claim = change.claim
    yield f"    {SIGNS[change.change]} {claim_words(claim)}  [{claim.number}]"
    yield from (f"        {name}: {old or '–'} → {new or '–'}" for name, old, new in change.properties)
    yield f"        {claim.sentence}"


def _named(change: ThingChange) -> str:
    renamed = f"{change.old} → {change.new}" if change.change is Change.CHANGED else change.new or change.old
    return renamed if change.kind == FILE else f"{renamed}  [{change.id}]"


def _kind(kind: str) -> str:
    return "文件" if kind == FILE else KINDS[Kind(kind)]


def _counted(found: Difference) -> str:
    told = []
    for what, changes in (("claims", found.claims), ("things and files", found.things)):
        counts = Counter(change.change for change in changes)
        told.append(f"{what}: " + ", ".join(f"{counts[change]} {change}" for change in Change))
    return "; ".join(told)
