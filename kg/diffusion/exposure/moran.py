"""A value of each unit, and who looks at whom → Moran's I: whether neighbours are alike."""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy as np
from scipy.sparse import csr_array, vstack
from scipy.sparse.csgraph import dijkstra
from scipy.special import ndtr

from kg.diffusion.cascades import Floats

Alternative = Literal["two-sided", "greater", "less"]
ROWS = 500


class Moran(NamedTuple):
    """Moran's I with its moments under randomisation; NaN where all values are alike or there are fewer than four."""

    observed: float
    expected: float
    sd: float
    p_value: float


class Neighbourhood(NamedTuple):
    """Weights, and the sums of them that the moments of Moran's I are made of."""

    table: csr_array
    s0: float  # of all weights
    s1: float  # half the squares of w(i, j) + w(j, i)
    s2: float  # squares of row and column sums together


def neighbourhood(weights: csr_array, *, normalised: bool = True) -> Neighbourhood:
    """Ready for many variables; `normalised`: each row of weights is divided by its sum."""
    table = weights
    if normalised:
        rows = np.asarray(weights.sum(axis=1), dtype=np.float64).ravel()
        table = weights.multiply(np.divide(1, rows, out=np.zeros(len(rows)), where=rows > 0)[:, None]).tocsr()
    both = table + table.T
    ends = np.asarray(table.sum(axis=1)).ravel() + np.asarray(table.sum(axis=0)).ravel()
    return Neighbourhood(table, float(table.sum()), float(both.multiply(both).sum()) / 2, float(ends @ ends))


def moran(
    values: Floats, weights: csr_array, *, normalised: bool = True, alternative: Alternative = "two-sided"
) -> Moran:
    """Moran 1950; variance under randomisation and the normal p-value of Cliff & Ord 1981, as netdiffuseR and ape.

    Where all values are alike the observed I is 0.
    """
    return moran_in(neighbourhood(weights, normalised=normalised), values, alternative)


def moran_in(near: Neighbourhood, values: Floats, alternative: Alternative = "two-sided") -> Moran:
    """The same, of weights that are ready."""
    n = len(values)
    apart = values - values.mean() if n else values
    spread = float(apart @ apart)
    expected = -1 / (n - 1) if n > 1 else math.nan
    if near.s0 == 0 or spread <= 1e-12 * max(float(values @ values), 1e-300):
        return Moran(0.0 if near.s0 else math.nan, expected, math.nan, math.nan)
    observed = n / near.s0 * float(apart @ (near.table @ apart)) / spread
    sd = math.sqrt(_variance(near, apart)) if n > 3 else math.nan
    return Moran(observed, expected, sd, _p_value((observed - expected) / sd if sd > 0 else math.nan, alternative))


def _variance(near: Neighbourhood, apart: Floats) -> float:
    """Under randomisation: the values are shuffled over the units."""
    n, (_, s0, s1, s2) = len(apart), near
    kurtosis = float(np.mean(apart**4) / np.mean(apart**2) ** 2)
    free = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    tied = kurtosis * (n * (n - 1) * s1 - 2 * n * s2 + 6 * s0**2)
    return max((free - tied) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - 1 / (n - 1) ** 2, 0.0)


def _p_value(z: float, alternative: Alternative) -> float:
    if math.isnan(z):
        return math.nan
    below, above = float(ndtr(z)), float(ndtr(-z))
    return {"less": below, "greater": above, "two-sided": min(2 * min(below, above), 1.0)}[alternative]


def inverse_steps(weights: csr_array, most: int = 6) -> csr_array:
    """1 / number of steps from each unit to each other along directed ties, up to `most` steps; farther is 0."""
    blocks = []
    for start in range(0, weights.shape[0], ROWS):
        numbers = np.arange(start, min(start + ROWS, weights.shape[0]))
        steps = dijkstra(weights, unweighted=True, indices=numbers, limit=most)
        blocks.append(csr_array(np.where((steps > 0) & np.isfinite(steps), 1 / np.where(steps > 0, steps, 1), 0.0)))
    return csr_array(vstack(blocks)) if blocks else weights
