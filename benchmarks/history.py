"""history.csv and the figures of today → a table that says in words what became slower.

A line is compared with the last one before it that read the same documents with the same version of Python.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

FIGURES = tuple(
    f"{stage} {what}" for what in ("instructions", "calls", "multiple") for stage in ("start", "read", "publish")
)
COLUMNS = ("date", "commit", "version", "python", "documents", *FIGURES)
SHOWN = 3  # earlier lines
COUNTS, MULTIPLES = 0.10, 0.25  # by so much more, and it is a regression
SAME = {"instructions": 0.01, "calls": 0.01, "multiple": 0.10}  # within this nothing changed


@dataclass(frozen=True, slots=True)
class Row:
    """What a build cost at some time; `documents` is a hash of what was read."""

    date: str
    commit: str
    version: str
    python: str
    documents: str
    figures: dict[str, float] = field(default_factory=dict)


def read_history(path: Path) -> list[Row]:
    """The lines of a history, oldest first."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return [_row(line) for line in csv.DictReader(lines)]


def _row(line: dict[str, str]) -> Row:
    figures = {name: float(line[name]) for name in FIGURES if line[name]}
    return Row(line["date"], line["commit"], line["version"], line["python"], line["documents"], figures)


def record(path: Path, row: Row) -> None:
    """Adds a line; the file is begun where there is none."""
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        if new:
            writer.writerow(COLUMNS)
        told = [f"{row.figures[name]:.10g}" if name in row.figures else "" for name in FIGURES]
        writer.writerow([row.date, row.commit, row.version, row.python, row.documents, *told])


def comparable(rows: Sequence[Row], now: Row) -> list[Row]:
    """Those that read the same documents with the same Python."""
    return [row for row in rows if (row.python, row.documents) == (now.python, now.documents)]


def change(before: float, now: float) -> float:
    """By which share more: 0.1 where 110 came of 100."""
    return now / before - 1 if before else 0.0


def in_words(figure: str, by: float) -> str:
    """`12.0 % more: slower`."""
    if abs(by) <= SAME[figure.rpartition(" ")[2]]:
        return "same"
    return f"{abs(by):.1%} {'more: slower' if by > 0 else 'less: faster'}".replace("%", " %")


def worse(rows: Sequence[Row], now: Row) -> list[str]:
    """The figures that are so much worse than in the last comparable line that it is a regression, in words."""
    found = []
    for before in comparable(rows, now)[-1:]:
        for figure in FIGURES:
            if figure in before.figures and figure in now.figures:
                by = change(before.figures[figure], now.figures[figure])
                if by > (MULTIPLES if figure.endswith("multiple") else COUNTS):
                    found.append(f"{figure} {in_words(figure, by)}")
    return found


def table(rows: Sequence[Row], now: Row) -> str:
    """The last comparable lines and today's, one figure a line, and what became of it since the last."""
    earlier = comparable(rows, now)[-SHOWN:]
    columns = [*earlier, now]
    lines = [f"{'':20}" + "".join(f"{one.date:>18}" for one in columns)]
    lines.append(f"{'':20}" + "".join(f"{one.commit or '–':>18}" for one in columns))
    for figure in FIGURES:
        if any(figure in one.figures for one in columns):
            told = "".join(f"{_number(one.figures.get(figure)):>18}" for one in columns)
            lines.append(f"{figure:20}{told}  {_since(figure, earlier, now)}".rstrip())
    if not earlier:
        lines.append("no earlier line of these documents and this version of Python to compare with")
    return "\n".join(lines)


def _since(figure: str, earlier: Sequence[Row], now: Row) -> str:
    if not earlier or figure not in earlier[-1].figures or figure not in now.figures:
        return ""
    return in_words(figure, change(earlier[-1].figures[figure], now.figures[figure]))


def _number(figure: float | None) -> str:
    if figure is None:
        return "–"
    return f"{figure:,.0f}" if figure == int(figure) and figure > 1000 else f"{figure:.2f}"
