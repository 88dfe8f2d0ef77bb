"""Who looks at whom, and when each adopted → exposure period by period, and each unit's threshold."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from kg.diffusion.cascades import Floats
from kg.diffusion.curves.kaplan_meier import Flags


def adopted_by(times: Floats, periods: Floats) -> Floats:
    """(n, T): 1 where a unit has adopted in or before the period."""
    return (np.ceil(times)[:, None] <= periods[None, :]).astype(np.float64)  # NaN is not before anything


def known_by(times: Floats, followed: Floats, periods: Floats) -> Floats:
    """(n, T): 1 where a unit has adopted, or was still observed in the period; else nobody knows."""
    observed = np.floor(followed)[:, None] >= periods[None, :]
    return np.maximum(adopted_by(times, periods), observed.astype(np.float64))


def exposure(
    weights: csr_array,
    adopted: Floats,
    *,
    known: Floats | None = None,
    lag: int = 0,
    normalised: bool = True,
    outgoing: bool = True,
    valued: bool = False,
) -> Floats:
    """(n, T): the share (or number) of those that a unit looks at which have adopted, `lag` periods before.

    Valente 1995, as netdiffuseR's exposure: a unit that looks at nobody has 0; the first `lag` periods are NaN. With
    `outgoing=False`, of those that look at the unit. With `known` (n, T), the share is of those that are known in the
    period, and NaN where none is.
    """
    ties = weights if outgoing else weights.T.tocsr()
    if not valued:
        ties = (ties != 0).astype(np.float64)
    found: Floats = np.asarray(ties @ adopted, dtype=np.float64)
    if normalised:
        total = ties.sum(axis=1).reshape(-1, 1) if known is None else ties @ known
        nothing = np.full_like(found, 0.0 if known is None else np.nan)
        found = np.divide(found, np.asarray(total, dtype=np.float64), out=nothing, where=np.asarray(total) > 0)
    if lag == 0:
        return found
    late = np.full_like(found, np.nan)
    late[:, lag:] = found[:, :-lag]
    return late


def thresholds(exposures: Floats, times: Floats, periods: Floats, *, censored: Flags | None = None) -> Floats:
    """(n,): the exposure in the period in which each unit adopted; NaN of those that did not (Valente 1996).

    `censored`: units whose threshold is to be left out, because they may have adopted before the first period.
    """
    found = np.full(len(times), np.nan)
    if periods.size:
        has = np.isfinite(times)
        at = np.clip(np.searchsorted(periods, np.ceil(times[has])), 0, len(periods) - 1)
        found[has] = exposures[np.flatnonzero(has), at]
    if censored is not None:
        found[censored] = np.nan
    return found
