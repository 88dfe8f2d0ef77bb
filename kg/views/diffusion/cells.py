"""Years, figures and sentences of an analysis of diffusion → the cells of a table."""

from __future__ import annotations

import math
from collections.abc import Sequence

from kg.diffusion.adoptions import Evidence, History
from kg.views.tables import Cell


def unit_level(history: History, unit: str) -> Cell:
    """prefecture, county; None where it is not known."""
    known = history.unit.get(unit)
    return known.level.lower() if known and known.level else None


def number(value: int | None) -> Cell:
    """A whole number."""
    return None if value is None else str(value)


def figure(value: float | None) -> Cell:
    """Four significant digits, years in full; None where it is not known or infinite."""
    if value is None or not math.isfinite(value):
        return None
    return f"{value:.0f}" if value == round(value) else f"{value:.4g}" if abs(value) < 1000 else f"{value:g}"


def ends(lower: float | None, upper: float | None) -> tuple[Cell, Cell]:
    """The two ends of an interval; None where open."""
    return figure(lower), figure(upper)


def told(evidence: Sequence[Evidence]) -> tuple[Cell, Cell]:
    """The first sentence and its file."""
    return (evidence[0].sentence, evidence[0].file) if evidence else (None, None)
