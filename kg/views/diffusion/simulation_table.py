"""What a simulation found → a table."""

from __future__ import annotations

import math
from collections.abc import Iterable

from kg.diffusion.simulation.power import Measure
from kg.views.tables import Table


def power_table(measures: Iterable[Measure]) -> Table:
    """One line per measure: mean, least and most over the repetitions; empty where nothing could be said."""
    rows = tuple(
        (one.name, *(_number(value) for value in (one.mean, one.least, one.most)), one.about) for one in measures
    )
    return Table(("measure", "mean", "min", "max", "meaning"), rows)


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ""
    return f"{value:.0f}" if value == round(value) and abs(value) >= 2 else f"{value:.3f}"
