"""Times of adoption, thresholds → Rogers's adopter categories and Valente's classes of thresholds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from kg.diffusion.cascades import Floats

NON_ADOPTER = "non-adopter"
INNOVATOR = "innovator"
CATEGORIES = ("early adopter", "early majority", "late majority", "laggard")
THRESHOLDS = ("very low", "low", "high", "very high")


class Cutoffs(NamedTuple):
    """Mean and standard deviation (n - 1) of those that have a value; NaN where there are fewer than two."""

    mean: float
    sd: float

    @property
    def points(self) -> tuple[float, float, float]:
        """Mean - sd, mean, mean + sd."""
        return (self.mean - self.sd, self.mean, self.mean + self.sd)


def cutoffs(values: Floats) -> Cutoffs:
    """Of the finite values."""
    known = values[np.isfinite(values)]
    if known.size == 0:
        return Cutoffs(np.nan, np.nan)
    return Cutoffs(float(known.mean()), float(known.std(ddof=1)) if known.size > 1 else np.nan)


def adopter_categories(times: Floats, *, innovators: bool = True) -> tuple[str, ...]:
    """Rogers (1962): by mean - 2 sd, mean - sd, mean, mean + sd of the times; a time on a point belongs to the later one.

    Without `innovators`, the first two categories are one, as in netdiffuseR's classify_adopters. Fewer than two
    adopters, or all at one time, have no categories: all are early majority, the category that is nobody's extreme.
    """
    mean, sd = cutoffs(times)
    if not sd > 0:
        return tuple("early majority" if np.isfinite(time) else NON_ADOPTER for time in times)
    points = (mean - sd, mean, mean + sd)
    names = _classes(times, points, CATEGORIES)
    if not innovators:
        return names
    return tuple(INNOVATOR if time < mean - 2 * sd else name for time, name in zip(times, names, strict=True))


def threshold_classes(thresholds: Floats) -> tuple[str, ...]:
    """Valente (1996): thresholds by mean - sd, mean, mean + sd; NaN is a non-adopter (or censored)."""
    mean, sd = cutoffs(thresholds)
    points = (mean - sd, mean, mean + sd) if sd > 0 else (-np.inf, -np.inf, np.inf)
    return _classes(thresholds, points, THRESHOLDS)


def _classes(values: Floats, points: Sequence[float], names: Sequence[str]) -> tuple[str, ...]:
    places = np.searchsorted(points, values, side="right")
    return tuple(
        names[place] if np.isfinite(value) else NON_ADOPTER for value, place in zip(values, places, strict=True)
    )


def cross_table(categories: Sequence[str], thresholds: Sequence[str]) -> dict[tuple[str, str], float]:
    """(category, class of threshold) → per cent of all units; pairs that do not occur have 0."""
    counts = Counter(zip(categories, thresholds, strict=True))
    rows = (NON_ADOPTER, *((INNOVATOR,) if INNOVATOR in categories else ()), *CATEGORIES)
    return {
        (row, column): 100 * counts[row, column] / max(len(categories), 1)
        for column in (NON_ADOPTER, *THRESHOLDS)
        for row in rows
    }
