"""Who looks at whom, and when each adopted → the tables of a network: degrees, and one line for each period."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from kg.diffusion.cascades import Floats
from kg.diffusion.curves.adoption import adoption_curve
from kg.diffusion.exposure.exposures import adopted_by
from kg.diffusion.exposure.moran import inverse_steps, moran


class Degree(NamedTuple):
    """How many look at a unit, and at how many it looks."""

    indegree: int
    outdegree: int

    @property
    def degree(self) -> int:
        """Both."""
        return self.indegree + self.outdegree


class PeriodRow(NamedTuple):
    """One period of a diffusion in a network (netdiffuseR's summary)."""

    period: float
    adopted: int
    cumulative: int
    share: float
    hazard: float
    density: float  # ties / possible ties
    moran: float  # of having adopted; neighbours by 1 / steps
    expected: float
    sd: float
    p_value: float


def degrees(weights: csr_array) -> tuple[Degree, ...]:
    """Of every unit, each tie counted once."""
    ties = (weights != 0).astype(np.int64)
    named, naming = np.asarray(ties.sum(axis=0)).ravel(), np.asarray(ties.sum(axis=1)).ravel()
    return tuple(Degree(*pair) for pair in zip(named.tolist(), naming.tolist(), strict=True))


def degree_time_correlation(weights: csr_array, times: Floats) -> tuple[float, float]:
    """Pearson's r of indegree, and of outdegree, with the time of adoption, among adopters; NaN where one is constant."""
    has = np.isfinite(times)
    table = np.array([(row.indegree, row.outdegree) for row in degrees(weights)], dtype=np.float64).reshape(-1, 2)[has]
    return correlation(table[:, 0], times[has]), correlation(table[:, 1], times[has])


def correlation(one: Floats, other: Floats) -> float:
    """Pearson's r."""
    if len(one) < 2:
        return math.nan
    a, b = one - one.mean(), other - other.mean()
    spread = math.sqrt(float(a @ a) * float(b @ b))
    return float(a @ b) / spread if spread > 0 else math.nan


def density(weights: csr_array) -> float:
    """Ties / ordered pairs of units."""
    n = int(weights.shape[0])
    return int((weights != 0).sum()) / (n * (n - 1)) if n > 1 else math.nan


def summary_table(
    weights: csr_array, times: Floats, periods: Floats, followed: Floats | None = None
) -> tuple[PeriodRow, ...]:
    """One line per period: adopters, hazard, and Moran's I of having adopted on 1 / steps, rows normalised."""
    near, apart = inverse_steps(weights), density(weights)
    adopted = adopted_by(times, periods)
    return tuple(
        PeriodRow(row.period, row.adopted, row.cumulative, row.share, row.hazard, apart, *moran(adopted[:, at], near))
        for at, row in enumerate(adoption_curve(times, followed, periods))
    )
