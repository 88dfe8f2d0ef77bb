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


def moran(
    values: Floats, weights: csr_array, *, normalised: bool = True, alternative: Alternative = "two-sided"
) -> Moran:
    """Moran 1950; variance under randomisation and the normal p-value of Cliff & Ord 1981, as netdiffuseR and ape.

    `normalised`: each row of weights is divided by its sum. Where all values are alike the observed I is 0.
    """
    n = len(values)
    rows = np.asarray(weights.sum(axis=1), dtype=np.float64).ravel()
    table = (
        weights.multiply(np.divide(1, rows, out=np.zeros(n), where=rows > 0)[:, None]).tocsr()
        if normalised
        else weights
    )
    total = float(table.sum())
    apart = values - values.mean() if n else values
    spread = float(apart @ apart)
    expected = -1 / (n - 1) if n > 1 else math.nan
    if total == 0 or spread <= 1e-12 * max(float(values @ values), 1e-300):
        return Moran(0.0 if total else math.nan, expected, math.nan, math.nan)
    observed = n / total * float(apart @ (table @ apart)) / spread
    sd = math.sqrt(_variance(table, apart, total)) if n > 3 else math.nan
    return Moran(observed, expected, sd, _p_value((observed - expected) / sd if sd > 0 else math.nan, alternative))


def _variance(table: csr_array, apart: Floats, total: float) -> float:
    """Under randomisation: the values are shuffled over the units."""
    n = len(apart)
    both = table + table.T
    s1 = float((both.multiply(both)).sum()) / 2
    ends = np.asarray(table.sum(axis=1)).ravel() + np.asarray(table.sum(axis=0)).ravel()
    s2 = float(ends @ ends)
    kurtosis = float(np.mean(apart**4) / np.mean(apart**2) ** 2)
    free = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * total**2)
    tied = kurtosis * (n * (n - 1) * s1 - 2 * n * s2 + 6 * total**2)
    return max((free - tied) / ((n - 1) * (n - 2) * (n - 3) * total**2) - 1 / (n - 1) ** 2, 0.0)


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
