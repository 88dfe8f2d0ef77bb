"""Who looks at whom, and when each adopted → the tables of a network: degrees, and one line for each period."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from kg.diffusion.cascades import Floats
from kg.diffusion.curves.adoption import adoption_curve
from kg.diffusion.curves.kaplan_meier import Flags
from kg.diffusion.exposure.exposures import adopted_by, known_by
from kg.diffusion.exposure.moran import Moran, Neighbourhood, inverse_steps, moran_in, neighbourhood


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
    weights: csr_array,
    times: Floats,
    periods: Floats,
    followed: Floats | None = None,
    near: Neighbourhood | None = None,
) -> tuple[PeriodRow, ...]:
    """One line per period: adopters, hazard, and Moran's I of having adopted on 1 / steps, rows normalised.

    `followed`: until when each non-adopter was observed; afterwards it is no longer among those that are compared.
    `near`: neighbourhood(inverse_steps(weights)), where it is ready.
    """
    near = neighbourhood(inverse_steps(weights)) if near is None else near
    adopted, tied = adopted_by(times, periods), density(weights)
    known = np.ones_like(adopted) if followed is None else known_by(times, followed, periods)
    return tuple(
        PeriodRow(*row[:4], row.hazard, tied, *_alike(near, adopted[:, at], known[:, at] > 0))
        for at, row in enumerate(adoption_curve(times, followed, periods))
    )


def _alike(near: Neighbourhood, adopted: Floats, known: Flags) -> Moran:
    if known.all():
        return moran_in(near, adopted)
    return moran_in(neighbourhood(near.table[known][:, known]), adopted[known])
