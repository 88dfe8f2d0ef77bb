"""A history of adoptions → the observations of a model: years at risk, or intervals of adoption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, Literal

import numpy as np

from kg.diffusion.adoptions import History
from kg.diffusion.history.panel import Design, Panel, panel_of
from kg.diffusion.history.subsets import Subset, subset, units_of
from kg.diffusion.history.writing import intervals_table
from kg.diffusion.models.observations import Observations, observations_of
from kg.diffusion.naming import names_of, program_labels
from kg.errors import DiffusionError


def history_observations(
    history: History, kind: Literal["years", "intervals"], wanted: Subset, design: Design, name: str
) -> Observations:
    """Of a graph or a table of adoptions; `name` is said in messages.

    What others did is counted among all units, the rows are those of the subset. Its years are years at risk; who adopted
    before is at risk in none of them. Raises DiffusionError where intervals are asked for of some years only.
    """
    always = replace(wanted, since=None, until=None)
    if kind == "intervals":
        if wanted != always:
            raise DiffusionError("a model of the time until adoption takes all years: leave out --since and --until")
        return intervals_of(subset(history, always), name)
    if wanted.since is not None and design.start == "first":
        design = replace(design, start=int(wanted.since))
    if wanted.until is not None and design.end == "read":
        design = replace(design, end=int(wanted.until))
    whole = subset(history, replace(always, levels=(), provinces=()))
    among = {unit.id for unit in units_of(whole, wanted)} if wanted.levels or wanted.provinces else None
    return years_at_risk(whole, panel_of(whole, design, among=among), name)


def years_at_risk(history: History, panel: Panel, name: str) -> Observations:
    """The panel with names for numbers, and level and province of each unit."""
    units, programs = names_of(history), program_labels(history)
    columns: dict[str, Sequence[Any]] = {
        "unit": [units[panel.units[number]] for number in panel.unit],
        "program": [programs[panel.programs[number]] for number in panel.program],
    }
    for one in fields(panel):
        values = getattr(panel, one.name)
        if one.name not in columns and isinstance(values, np.ndarray):
            columns[one.name] = values.tolist()
    places = [history.unit[panel.units[number]] for number in panel.unit]
    columns["level"] = [place.level or "" for place in places]
    columns["province"] = [units.get(place.province, place.province) for place in places]
    return observations_of(columns, name)


def intervals_of(history: History, name: str) -> Observations:
    """One row for each unit and programme, counted from the last year before the programme can have begun."""
    table = intervals_table(history)
    cells = {column: [row[number] for row in table.rows] for number, column in enumerate(table.names)}
    columns = {
        column: values for column, values in cells.items() if column not in ("lower", "upper", "origin", "event")
    }
    columns |= {"lower": columns.pop("time1"), "upper": columns.pop("time2")}
    return observations_of(columns, name)
