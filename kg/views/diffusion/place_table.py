"""Scores of places → a table, the most innovative first."""

from __future__ import annotations

from collections.abc import Iterable

from kg.diffusion.adoptions import History
from kg.diffusion.innovativeness.scores import Innovativeness
from kg.diffusion.naming import names_of
from kg.views.diffusion.cells import figure, number, unit_level
from kg.views.tables import Table

PLACE_COLUMNS = (
    "group",
    "unit",
    "level",
    "rate_rank",
    "rate",
    "rate_se",
    "rate_low",
    "rate_high",
    "walker_rank",
    "walker",
    "walker_se",
    "walker_low",
    "walker_high",
    "programs",
    "adopted",
    "adoptions",
    "chances",
)


def place_table(history: History, found: Iterable[Innovativeness]) -> Table:
    """One row per group and place, the most innovative first."""
    names = names_of(history)
    rows = [
        (
            place.group or None,
            names.get(place.unit, place.unit),
            unit_level(history, place.unit),
            *(
                cell
                for score in (place.rate, place.walker)
                for cell in (number(score.rank), *map(figure, (score.value, score.error, score.lower, score.upper)))
            ),
            number(place.programs),
            number(place.adopted),
            figure(place.adoptions),
            figure(place.chances),
        )
        for place in found
    ]
    return Table(PLACE_COLUMNS, tuple(rows))
