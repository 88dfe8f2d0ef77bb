"""Years of adoption → the adoption curve: new and cumulative adopters, share, growth and hazard, period by period."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from kg.diffusion.cascades import Floats, Ints


class CurveRow(NamedTuple):
    """One period of an adoption curve."""

    period: float
    adopted: int  # new in this period
    cumulative: int
    share: float  # cumulative / all units
    rate: float  # growth of the cumulative count over the period before; 0 in the first
    at_risk: int  # not adopted before this period, and still observed in it
    hazard: float  # adopted / at risk; 0 in the first period, of which nobody knows who was at risk before
    adjusted: float  # 1 - Kaplan and Meier's survival: the share if those no longer observed adopt like the others


def periods_of(times: Floats) -> Floats:
    """The whole periods from the first to the last adoption: 3, 5.2 → 3, 4, 5, 6 (a period p is (p - 1, p])."""
    known = times[np.isfinite(times)]
    if known.size == 0:
        return np.empty(0)
    return np.arange(np.ceil(known.min()), np.ceil(known.max()) + 1)


def adoption_curve(
    times: Floats, followed: Floats | None = None, periods: Floats | None = None
) -> tuple[CurveRow, ...]:
    """The curve of one time per unit; NaN or infinity: not adopted while observed.

    `followed`: until when each unit was observed (a unit that left is no longer at risk); without it, to the end.
    The definitions are those of netdiffuseR's cumulative_adopt_count and hazard_rate (Valente 1995, Allison 1984).
    """
    periods = periods_of(times) if periods is None else periods
    adopted = np.where(np.isfinite(times), np.ceil(times), np.inf)
    last = np.full(len(times), np.inf) if followed is None else np.where(np.isfinite(times), np.inf, followed)
    new = count_at(adopted, periods)
    cumulative = np.cumsum(new)
    at_risk = np.array([np.sum((adopted >= period) & (last >= period)) for period in periods], dtype=np.int64)
    before = np.concatenate(([0], cumulative[:-1]))
    rate = ratio(new, before)
    hazard = ratio(new, at_risk)
    hazard[:1] = 0.0
    share = cumulative / max(len(times), 1)
    adjusted = 1 - np.cumprod(1 - ratio(new, at_risk))
    columns = (periods, new, cumulative, share, rate, at_risk, hazard, adjusted)
    return tuple(CurveRow(*row) for row in zip(*(column.tolist() for column in columns), strict=True))


def count_at(adopted: Floats, periods: Floats) -> Ints:
    """How many adopted in each period; those before the first period are counted in it."""
    if periods.size == 0:
        return np.empty(0, dtype=np.int64)
    return np.histogram(adopted, bins=np.concatenate(([-np.inf], periods[:-1] + 0.5, [periods[-1] + 0.5])))[0]


def ratio(part: Floats | Ints, whole: Floats | Ints) -> Floats:
    """part / whole, and 0 where there is no whole."""
    return np.divide(part, whole, out=np.zeros(len(part)), where=np.asarray(whole) > 0)
