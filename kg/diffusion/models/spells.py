"""Years at risk → one interval of adoption for each unit and programme, for models of the time until adoption."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kg.diffusion.models.design import Specification
from kg.diffusion.models.panel_table import Panel
from kg.diffusion.models.terms import columns_of
from kg.errors import DiffusionError


def spells_of(panel: Panel, asked: Specification) -> Panel:
    """Adopted in year of duration d: (d - 1, d]; not adopted up to d: later than d.

    Covariates must be the same in all years of a unit and programme: raises DiffusionError where one is not, for such a
    model has one set of values for the whole time.
    """
    (_, program), (units, unit) = panel.levels("program"), panel.levels("unit")
    spell = program * len(units) + unit
    last = np.append(np.flatnonzero(np.diff(spell)), len(spell) - 1) if len(spell) else np.zeros(0, np.int64)
    first = np.concatenate(([0], last[:-1] + 1)) if len(spell) else last
    sizes = last - first + 1
    for column in columns_of(panel, asked.covariates):
        begins = np.repeat(column.values[first], sizes)
        if ((column.values != begins) & ~(np.isnan(column.values) & np.isnan(begins))).any():
            raise DiffusionError(
                f"{panel.file}: {column.name} changes from year to year, and {asked.model} takes one value for the whole time;"
                " take logit, cloglog or cox, or a covariate that stays"
            )
    adopt, time = panel.numbers("adopt")[last], panel.numbers("duration")[last]
    made = panel.only(last)
    columns = {name: column for name, column in made.columns.items() if name != "adopt"}
    columns |= {"lower": time - adopt, "upper": np.where(adopt > 0, time, np.nan)}
    return replace(made, columns=columns)
