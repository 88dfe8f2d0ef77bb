"""Figures and words of documents → cells, lines and tables of a Markdown page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.evaluation.intervals import Estimate, Tally
from kg.views.page import escape

_SIGNS = re.compile(r"([\\`*_\[\]|~]|:(?=//))")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "".join(f"| {' | '.join(line)} |\n" for line in (columns, ["---"] * len(columns), *rows))


def plain(text: str) -> str:
    """Text of a document, so that Markdown and HTML show it and do nothing else."""
    return _SIGNS.sub(r"\\\1", escape(" ".join(text.split())))


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def with_interval(estimate: Estimate) -> str:
    """`0.94 [0.90, 0.97]`."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "–"
    return f"{estimate.value:.2f} [{estimate.low:.2f}, {estimate.high:.2f}]"


def in_short(tally: Tally) -> str:
    """Precision, recall and F1: `0.99 / 0.92 / 0.95`."""
    return " / ".join(map(number, (tally.precision, tally.recall, tally.f1)))
