"""The way of a programme → a table of its steps, or an indented tree for the terminal in which the three grades look different."""

from __future__ import annotations

import math
from collections.abc import Iterator

from kg.diffusion.ways.way import ANY, Grade, Step, Way
from kg.views.diffusion.cells import figure
from kg.views.tables import Cell, Table, inert

COLUMNS = (
    "part",
    "grade",
    "basis",
    "origin",
    "origin_after",
    "origin_until",
    "destination",
    "destination_after",
    "destination_until",
    "order",
    "note",
    "sentence",
    "file",
    "claim",
)
MAIN_COLUMNS = ("grade", "basis", "origin", "origin_until", "destination", "destination_until", "sentence", "file")
MARKS = {Grade.SAID: "━━▶", Grade.DOCUMENT: "──▷", Grade.INFERRED: "┄┄>"}
LEGEND = "━━▶ said in a text   ──▷ by document   ┄┄> inferred from years only"


def way_table(way: Way) -> Table:
    """One row per step and sentence; `part` tells the forest from what else is said and from what years contradict."""
    parts = (("forest", way.steps), ("further", way.further), ("contradicted", way.contradicted))
    return Table(COLUMNS, tuple(row for part, steps in parts for step in steps for row in _rows(way, part, step)))


def _rows(way: Way, part: str, step: Step) -> Iterator[tuple[Cell, ...]]:
    head = (part, step.grade.value, step.by.value, *_end(way, step.origin), *_end(way, step.destination))
    for evidence in step.evidence or (None,):
        told = (evidence.sentence, evidence.file, evidence.claim) if evidence else (None, None, None)
        yield (*head, step.order.value, step.note or None, *told)


def _end(way: Way, place: str) -> tuple[Cell, Cell, Cell]:
    time = way.times.get(place)
    return way.names[place], *((figure(time.lower), figure(time.upper)) if time else (None, None))


def way_text(way: Way, program: str) -> str:
    """The forest, one place per line, its sentences below; then what else is said, and what the years contradict."""
    lines = [inert(program), LEGEND]
    roots = sorted(way.roots, key=lambda place: not way.from_(place))
    trees = [place for place in roots if way.from_(place)]
    lines += [""] * bool(trees)
    for root in trees:
        lines += [_place(way, root), *_branches(way, root, "  ")]
    if alone := [place for place in roots if not way.from_(place)]:
        lines += ["", "no step known: " + "、".join(_place(way, place) for place in alone)]
    for title, steps in (("also said", way.further), ("contradicted by the years", way.contradicted)):
        if steps:
            lines += ["", f"{title}:", *(line for step in steps for line in _step(way, step, "  ", whole=True))]
    return "".join(line.rstrip() + "\n" for line in lines)


def _branches(way: Way, place: str, indent: str) -> Iterator[str]:
    waiting = [(step, indent) for step in reversed(way.from_(place))]
    while waiting:
        step, margin = waiting.pop()
        yield from _step(way, step, margin)
        waiting += [(after, margin + "    ") for after in reversed(way.from_(step.destination))]


def _step(way: Way, step: Step, margin: str, *, whole: bool = False) -> Iterator[str]:
    origin = f"{_place(way, step.origin)} " if whole else ""
    late = step.time.lower >= way.times.get(step.destination, ANY).upper
    notes = [inert(step.note)] * bool(step.note) + [f"in {figure(step.time.upper)}, after the adoption"] * late
    note = f" ({'; '.join(notes)})" if notes else ""
    yield f"{margin}{origin}{MARKS[step.grade]} {_place(way, step.destination)}  {step.by.value}{note}"
    for evidence in step.evidence:
        yield f"{margin}      「{inert(evidence.sentence)}」 {inert(evidence.file)}"


def _place(way: Way, place: str) -> str:
    """潍坊市 2016, 大连市 ≤2014, 某县 2012–2014, or the bare name where no year is known."""
    name = inert(way.names[place])
    time = way.times.get(place)
    if time is None or not math.isfinite(time.upper):
        return f"{name} (no year)" if time else name
    if not math.isfinite(time.lower):
        return f"{name} ≤{figure(time.upper)}"
    return (
        f"{name} {figure(time.upper)}"
        if time.upper - time.lower <= 1
        else f"{name} {figure(time.lower + 1)}–{figure(time.upper)}"
    )
