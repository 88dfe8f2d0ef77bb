"""Cascades → a transmission rate for every pair of units: NetRate with exponential delays.

Gomez-Rodriguez, Balduzzi and Schölkopf (2011, ICML, "Uncovering the temporal dynamics of diffusion networks"). For each
unit the rates a_j of the others minimise
    Σ_j a_j E_j - Σ_c log Σ_{j earlier in c} a_j
where E_j is the time that j was adopter and the unit was not: up to its adoption, or to the end of observation where it
did not adopt. This is convex; each unit is a problem of its own. Equal times cannot transmit (the strict rule of ties).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from kg.diffusion.cascades import Cascades, Floats, Ints
from kg.errors import DiffusionError

ROUNDS = 300  # of EM at first
LAST_ROUNDS = 20  # and at last: they only improve
EXACT = {"maxiter": 20_000, "maxfun": 50_000, "ftol": 1e-15, "gtol": 1e-9, "maxcor": 30}
TINY = 1e-300


class Rates(NamedTuple):
    """What NetRate says."""

    units: tuple[str, ...]
    rate: Floats  # (N, N) from row to column, per unit of time
    optimum: Floats  # (N,) the minimum, of each unit
    followed: Ints  # (N,) in how many cascades a unit adopted after another one


def netrate(cascades: Cascades, end: float | None = None, *, signed: bool = False) -> Rates:
    """The rates; `end` is until when those that did not adopt were observed, the latest time where it is not given.

    Adoptions after the end still count. With `signed` the exposure of those that did not adopt to one that adopted after
    the end is negative, as it is in published solvers, instead of none. Raises DiffusionError where the end is no finite number.
    """
    until = float(cascades.time.max(initial=0.0)) if end is None else end
    if not math.isfinite(until):
        raise DiffusionError(f"end of observation {until}: must be a finite number")
    units = len(cascades.units)
    times = _times(cascades)
    found = Rates(cascades.units, np.zeros((units, units)), np.zeros(units), np.zeros(units, dtype=np.int64))
    for unit in range(units):
        exposure, earlier = _problem(times, unit, until, signed)
        rates, optimum = best_rates(exposure, earlier)
        found.rate[:, unit] = rates
        found.optimum[unit] = optimum
        found.followed[unit] = len(earlier)
    return found


def _times(cascades: Cascades) -> Floats:
    """(C, N), infinite where a unit did not adopt."""
    times = np.full((len(cascades), len(cascades.units)), np.inf)
    times[cascades.cascade, cascades.unit] = cascades.time
    return times


def _problem(times: Floats, unit: int, until: float, signed: bool) -> tuple[Floats, Floats]:
    """(N,) the exposure to each other unit, and (K, N) who came before, in the K cascades where anybody did."""
    adopted = np.isfinite(times[:, unit])
    own = np.where(adopted, times[:, unit], until)[:, None]
    before = times < own
    exposed = before | (signed & ~adopted[:, None] & np.isfinite(times))
    exposed[:, unit] = False
    exposure = np.where(exposed, own - np.where(exposed, times, 0.0), 0.0).sum(axis=0)
    led = before[adopted].astype(np.float64)
    return exposure, led[led.any(axis=1)]


def best_rates(exposure: Floats, earlier: Floats) -> tuple[Floats, float]:
    """The rates at the minimum, and its value.

    EM steps, which multiply each share by its slope, come near; L-BFGS-B with shares that are not negative ends it.
    """
    from scipy.optimize import minimize

    rates = np.zeros(len(exposure))
    if not len(earlier):
        return rates, 0.0
    live = np.flatnonzero(earlier.any(axis=0))
    scaled = (
        earlier[:, live] / exposure[live]
    )  # a share is a rate times its exposure; at the minimum they sum to the rows
    share = np.full(len(live), len(scaled) / len(live))
    for _ in range(ROUNDS):
        share *= (1 / (scaled @ share)) @ scaled

    def value_and_slope(share: Floats) -> tuple[float, Floats]:
        total = np.maximum(scaled @ share, TINY)
        return float(share.sum() - np.log(total).sum()), 1 - (1 / total) @ scaled

    bounds = [(0.0, None)] * len(share)
    best = minimize(value_and_slope, share, jac=True, method="L-BFGS-B", bounds=bounds, options=EXACT)
    share = best.x
    for _ in range(LAST_ROUNDS):
        share = share * ((1 / np.maximum(scaled @ share, TINY)) @ scaled)
    rates[live] = share / exposure[live]
    return rates, value_and_slope(share)[0]
