"""Times of adoption and of leaving observation → Kaplan and Meier's survival curve, its variance and interval."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg.diffusion.cascades import Floats

Flags = npt.NDArray[np.bool_]
NORMAL_975 = 1.959963984540054


class SurvivalRow(NamedTuple):
    """The share that has not yet adopted after one time, with its pointwise 95 % interval."""

    time: float
    at_risk: int  # just before the time
    adopted: int
    censored: int  # last observed at this time
    survival: float
    std_error: float  # of the survival, Greenwood 1926
    std_error_log: float  # of its logarithm
    low: float
    high: float


def kaplan_meier(times: Floats, adopted: Flags) -> tuple[SurvivalRow, ...]:
    """One row per distinct time; `adopted` is true where the time is that of the adoption, else the last one observed.

    Kaplan & Meier 1958; a unit that is last observed at a time is at risk in it. The interval is that of
    log(-log S) (Kalbfleisch & Prentice 1980), which stays between 0 and 1; it is NaN where S is 0 or 1.
    """
    at = np.unique(times)
    events = np.array([np.sum(adopted[times == time]) for time in at], dtype=np.int64)
    leaving = np.array([np.sum(times == time) for time in at], dtype=np.int64)
    at_risk = len(times) - np.cumsum(leaving) + leaving
    survival, variance = 1.0, 0.0
    rows = []
    for time, risk, died, left in zip(at.tolist(), at_risk.tolist(), events.tolist(), leaving.tolist(), strict=True):
        survival *= 1 - died / risk
        variance += died / (risk * (risk - died)) if died < risk else math.inf
        rows.append(_row(time, risk, died, left - died, survival, math.sqrt(variance)))
    return tuple(rows)


def _row(time: float, risk: int, died: int, censored: int, survival: float, error: float) -> SurvivalRow:
    if not 0 < survival < 1:
        spread = 0.0 if survival == 1 else math.nan
        return SurvivalRow(time, risk, died, censored, survival, spread, error, math.nan, math.nan)
    width = NORMAL_975 * error / abs(math.log(survival))
    low, high = survival ** math.exp(width), survival ** math.exp(-width)
    return SurvivalRow(time, risk, died, censored, survival, survival * error, error, low, high)
