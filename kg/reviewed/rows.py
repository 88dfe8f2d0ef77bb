"""The rows of reviewed.csv → decisions; raises ReviewError with every fault at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import ReviewError
from kg.model import Kind, Relation
from kg.reviewed.contradictions import contradictions
from kg.reviewed.decisions import MERGED_KINDS, Pair, Reviewed, Says, Verdict, squeezed, thing_named
from kg.reviewed.properties import NEEDED, checked_text
from kg.reviewed.table import COLUMNS, Pairs, Row, Table, pairs_of, read_table

_USED = {
    Says.SAME: {"kind", "name", "other"},
    Says.APART: {"kind", "name", "other"},
    Says.WRONG: {"file", "quote", "relation", "roles"},
    Says.RIGHT: {"file", "quote", "relation", "roles"},
    Says.CORRECTED: {"file", "quote", "relation", "roles", "set"},
}


def read_reviewed(path: Path) -> Reviewed:
    """The decisions of a file, none where there is no file; raises ReviewError with all its faults."""
    return decisions_of(read_table(path))


def decisions_of(table: Table) -> Reviewed:
    """The decisions of a table; raises ReviewError with all its faults."""
    problems = list(table.problems)
    pairs: list[Pair] = []
    verdicts: list[Verdict] = []
    for row in table.rows if "decision" in table.columns else ():
        faults: list[str] = []
        decision = _decision(row, faults)
        problems += [f"{table.name}:{row.line}: {fault}" for fault in faults]
        if isinstance(decision, Pair):
            pairs.append(decision)
        elif decision is not None:
            verdicts.append(decision)
    same = tuple(pair for pair in pairs if pair.says is Says.SAME)
    apart = tuple(pair for pair in pairs if pair.says is Says.APART)
    reviewed = Reviewed(table.name, same, apart, tuple(verdicts))
    problems += contradictions(reviewed)
    if problems:
        raise ReviewError(problems)
    return reviewed


def _decision(row: Row, faults: list[str]) -> Pair | Verdict | None:
    cells = row.cells
    says = next((word for word in Says if word == cells["decision"].lower()), None)
    if says is None:
        faults.append(f"decision {cells['decision']!r} is none of {', '.join(Says)}")
        return None
    unused = [column for column in COLUMNS[1:-1] if cells.get(column) and column not in _USED[says]]
    faults += [f"the column {column!r} must be empty where the decision is {says!r}" for column in unused]
    decision = _pair(row, says, faults) if says in (Says.SAME, Says.APART) else _verdict(row, says, faults)
    return None if faults else decision


def _pair(row: Row, says: Says, faults: list[str]) -> Pair:
    kind = next((kind for kind in MERGED_KINDS if kind.lower() == row.cells.get("kind", "").lower()), None)
    if kind is None and row.cells.get("kind"):
        faults.append(f"kind {row.cells['kind']!r} is none of {', '.join(MERGED_KINDS)} (empty: {Kind.PROGRAM})")
    things = [thing_named(kind or Kind.PROGRAM, row.cells.get(column, "")) for column in ("name", "other")]
    for column, thing in zip(("name", "other"), things, strict=True):
        if not thing.name:
            faults.append(f"the column {column!r} must hold a name")
    if things[0].name and things[0] == things[1]:
        faults.append(f"{things[0].name!r} stands in both columns, 'name' and 'other'")
    return Pair(row.line, says, things[0], things[1], row.cells.get("note", ""))


def _verdict(row: Row, says: Says, faults: list[str]) -> Verdict | None:
    cells = row.cells
    relation = next((one for one in Relation if one.lower() == cells.get("relation", "").lower()), None)
    if not squeezed(cells.get("quote", "")):
        faults.append("the column 'quote' must hold the sentence of the claim")
    if relation is None:
        faults.append(f"relation {cells.get('relation', '')!r} is none of {', '.join(Relation)}")
        return None
    roles = _pairs(relation, cells.get("roles", ""), "roles", faults)
    change = _pairs(relation, cells.get("set", ""), "set", faults)
    if says is Says.CORRECTED:
        faults += _faults_of_change(relation, change, empty=not cells.get("set"))
    return Verdict(
        row.line, says, cells.get("file", ""), cells["quote"], relation, roles, change, cells.get("note", "")
    )


def _faults_of_change(relation: Relation, change: Pairs, *, empty: bool) -> Iterator[str]:
    if empty:
        yield "the column 'set' must say what is right, such as year=2014|status=Started"
    for name, value in change:
        if not value and name in NEEDED[relation]:
            yield f"{relation} cannot be without {name!r}; if the claim is wrong, write 'wrong'"
    said = dict(change)
    if said.get("yearTo") and said["yearTo"] < said.get("year", "9999"):
        yield f"yearTo {said['yearTo']} must follow a year that is set beside it: year=2014|yearTo=2016"


def _pairs(relation: Relation, cell: str, column: str, faults: list[str]) -> Pairs:
    try:
        pairs = pairs_of(cell)
    except ValueError as fault:
        faults.append(f"{column}: {fault}")
        return ()
    checked: dict[str, str] = {}
    for name, value in pairs:
        if name in checked:
            faults.append(f"{column}: {name!r} stands there twice")
        try:
            checked[name] = checked_text(relation, name, value)
        except ValueError as fault:
            faults.append(f"{column}: {fault}")
    return tuple(checked.items())
