"""Who looks at whom, and when each adopted → how many followed each unit, and how many it followed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from kg.diffusion.cascades import Floats, Ints
from kg.diffusion.curves.adoption import ratio


class Contagion(NamedTuple):
    """(n,) each; NaN of units that did not adopt."""

    infection: Floats  # of those that look at the unit and had not adopted, the share that did soon after it
    susceptibility: Floats  # of those that it looks at and had adopted, the share that did shortly before it


def contagion(
    weights: csr_array, times: Floats, periods: Floats, *, reach: int = 1, normalised: bool = True
) -> Contagion:
    """Infection and susceptibility over `reach` periods, the k-th counting 1/k (Myers 2000; Valente et al. 2015).

    Normalised: divided by the (discounted) number of all units that adopted in those periods, as in netdiffuseR.
    """
    if periods.size == 0:
        nothing = np.full(len(times), np.nan)
        return Contagion(nothing, nothing.copy())
    period = np.where(np.isfinite(times), np.ceil(times) - periods[0], -1).astype(np.int64)
    in_period = np.zeros((len(times), len(periods)))
    adopters = np.flatnonzero(period >= 0)
    in_period[adopters, period[adopters]] = 1.0
    ties = (weights != 0).astype(np.float64)
    reach = min(reach, max(len(periods) - 1, 1))
    infection = _share(ties.T.tocsr() @ in_period, in_period.sum(axis=0), period, reach, normalised)
    backwards = np.where(period >= 0, len(periods) - 1 - period, -1)
    susceptibility = _share(ties @ in_period[:, ::-1], in_period.sum(axis=0)[::-1], backwards, reach, normalised)
    return Contagion(infection, susceptibility)


def _share(near: Floats, everywhere: Floats, period: Ints, reach: int, normalised: bool) -> Floats:
    """`near` (n, T): how many of a unit's neighbours adopted in each period; seen forwards from its own period."""
    ahead = np.cumsum(near[:, ::-1], axis=1)[:, ::-1]
    followed, could, all_of_them = (np.zeros(len(period)) for _ in range(3))
    for step in range(1, reach + 1):
        at = period + step
        inside = np.flatnonzero((period >= 0) & (at < near.shape[1]))
        followed[inside] += near[inside, at[inside]] / step
        could[inside] += ahead[inside, at[inside]] / step
        all_of_them[inside] += everywhere[at[inside]] / step
    found = ratio(followed, could)
    if normalised:
        found = ratio(found, all_of_them)
    found[period < 0] = np.nan
    return found
