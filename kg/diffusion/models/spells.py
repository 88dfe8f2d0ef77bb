"""Years at risk → one interval of adoption for each unit and programme, for models of the time until adoption."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kg.diffusion.models.design import Specification
from kg.diffusion.models.observations import Observations
from kg.diffusion.models.terms import columns_of
from kg.errors import DiffusionError


def spells_of(data: Observations, asked: Specification) -> Observations:
    """Adopted in the year of duration d: after the last year in which it had not, not later than d; else later than that.

    Years of which nobody knows (adopt is NA) widen the interval; a unit of which no year is known is left out.

    Covariates must be the same in all years of a unit and programme: raises DiffusionError where one is not, for such a
    model has one set of values for the whole time.
    """
    (_, program), (units, unit) = data.levels("program"), data.levels("unit")
    spell = program * len(units) + unit
    last = np.append(np.flatnonzero(np.diff(spell)), len(spell) - 1) if len(spell) else np.zeros(0, np.int64)
    first = np.concatenate(([0], last[:-1] + 1)) if len(spell) else last
    sizes = last - first + 1
    for column in columns_of(data, asked.covariates):
        begins = np.repeat(column.values[first], sizes)
        if ((column.values != begins) & ~(np.isnan(column.values) & np.isnan(begins))).any():
            raise DiffusionError(
                f"{data.file}: {column.name} changes from year to year, and {asked.model} takes one value for the whole time;"
                " take logit, cloglog or cox, or a covariate that stays"
            )
    adopt, time = data.numbers("adopt"), data.numbers("duration")
    lower = np.maximum.reduceat(np.where(adopt == 0, time, 0.0), first)
    upper = np.where(adopt[last] == 1, time[last], np.nan)
    made = data.only(last)
    columns = {name: column for name, column in made.columns.items() if name != "adopt"}
    made = replace(made, columns={**columns, "lower": lower, "upper": upper})
    nothing = (lower == 0) & np.isnan(upper)
    return (
        made.only(~nothing, f"{int(nothing.sum())} units and programs without a known year are left out")
        if nothing.any()
        else made
    )
