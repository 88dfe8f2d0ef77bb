"""Intervals of adoption → a bootstrap band around their survival curve."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from kg.diffusion.cascades import Floats, Ints
from kg.diffusion.curves.npmle import Npmle, npmle


class BandRow(NamedTuple):
    """One innermost interval of the estimate, and the share that has not adopted after it with its pointwise interval."""

    left: float  # excluded; -inf: open
    right: float  # included; inf: not by the end of observation
    mass: float  # adopted in it
    survival: float  # after it; NaN after the last year of observation
    low: float
    high: float


def with_band(
    lower: Floats,
    upper: Floats,
    cluster: Ints | None = None,
    *,
    resamples: int = 200,
    level: float = 0.95,
    seed: int = 0,
) -> tuple[Npmle, tuple[BandRow, ...]]:
    """The NPMLE with a percentile band of whole resampled clusters (units; default: every interval is its own).

    Where a resample leaves open on which side of a time its mass lies, the band takes in both. With years, which are few
    and the same for all, the bootstrap is valid (Tang, Banerjee & Kosorok 2012); with continuous inspection times it is not.
    """
    estimate = npmle(lower, upper)
    members = np.arange(len(lower)) if cluster is None else np.unique(cluster, return_inverse=True)[1].ravel()
    lows, highs = _resampled(lower, upper, members, estimate.right, resamples, np.random.default_rng(seed))
    tail = (1 - level) / 2
    low = np.quantile(lows, tail, axis=0) if resamples else np.full(len(estimate.mass), np.nan)
    high = np.quantile(highs, 1 - tail, axis=0) if resamples else np.full(len(estimate.mass), np.nan)
    known = np.where(np.isfinite(estimate.right), 1.0, np.nan)
    columns = (estimate.left, estimate.right, estimate.mass, estimate.survival * known, low * known, high * known)
    return estimate, tuple(BandRow(*row) for row in zip(*(column.tolist() for column in columns), strict=True))


def _resampled(
    lower: Floats, upper: Floats, members: Ints, times: Floats, resamples: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """The lowest and highest survival at each time, one row per resample of the clusters."""
    clusters = int(members.max()) + 1
    ends, kind = np.unique(np.column_stack((lower, upper)), axis=0, return_inverse=True)
    bounds = []
    for _ in range(resamples):
        drawn = np.bincount(rng.integers(clusters, size=clusters), minlength=clusters)
        count = np.bincount(kind.ravel(), weights=drawn[members], minlength=len(ends)).astype(np.float64)
        bounds.append(npmle(ends[:, 0], ends[:, 1], count).bounds(times))
    return np.array([below for below, _ in bounds]), np.array([above for _, above in bounds])
