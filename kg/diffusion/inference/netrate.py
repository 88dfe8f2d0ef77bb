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

ROUNDS = 200  # of EM before Newton's method
STEPS = 200
CLOSE = 1e-13  # relative
LEAST = 1e-10  # share of an adoption below which a rate is taken to be zero


class Rates(NamedTuple):
    """What NetRate says."""

    units: tuple[str, ...]
    rate: Floats  # (N, N) from row to column, per unit of time
    optimum: Floats  # (N,) the minimum, of each unit
    followed: Ints  # (N,) in how many cascades a unit adopted after another one


def netrate(cascades: Cascades, end: float | None = None) -> Rates:
    """The rates; `end` is until when those that did not adopt were observed, the latest time where it is not given.

    Adoptions after the end still count. Raises DiffusionError where the end is no finite number.
    """
    until = float(cascades.time.max(initial=0.0)) if end is None else end
    if not math.isfinite(until):
        raise DiffusionError(f"end of observation {until}: must be a finite number")
    units = len(cascades.units)
    times = _times(cascades)
    found = Rates(cascades.units, np.zeros((units, units)), np.zeros(units), np.zeros(units, dtype=np.int64))
    for unit in range(units):
        exposure, earlier = _problem(times, unit, until)
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


def _problem(times: Floats, unit: int, until: float) -> tuple[Floats, Floats]:
    """(N,) the exposure to each other unit, and (K, N) who came before, in the K cascades where anybody did."""
    own = np.where(np.isfinite(times[:, unit]), times[:, unit], until)[:, None]
    before = times < own
    exposure = np.where(before, own - np.where(before, times, 0.0), 0.0).sum(axis=0)
    led = before[np.isfinite(times[:, unit])].astype(np.float64)
    return exposure, led[led.any(axis=1)]


def best_rates(exposure: Floats, earlier: Floats) -> tuple[Floats, float]:
    """The rates at the minimum, and its value.

    Multiplicative EM steps come near, which keep rates positive; then Newton's method on the rates that are not zero, as
    the problem is self-concordant; a rate at zero is freed where the slope says so.
    """
    rates = np.zeros(len(exposure))
    if not len(earlier):
        return rates, 0.0
    live = np.flatnonzero(earlier.any(axis=0))
    scaled = earlier[:, live] / exposure[live]  # in shares: rate times exposure, they sum to the number of rows
    share = np.full(len(live), len(scaled) / len(live))
    for _ in range(ROUNDS):
        share *= (1 / (scaled @ share)) @ scaled
    share = _newton(scaled, share)
    rates[live] = share / exposure[live]
    return rates, _value(scaled, share)


def _value(scaled: Floats, share: Floats) -> float:
    total = scaled @ share
    return float(share.sum() - np.log(total).sum()) if (total > 0).all() else np.inf


def _newton(scaled: Floats, share: Floats) -> Floats:
    """Projected Newton steps with halving (Bertsekas 1982, SIAM Journal on Control and Optimization 20(2))."""
    value = _value(scaled, share)
    for _ in range(STEPS):
        total = scaled @ share
        slope = 1 - (1 / total) @ scaled
        free = (share > LEAST) | (slope < -1e-9)
        weighted = scaled[:, free] / total[:, None]
        bend = weighted.T @ weighted
        bend[np.diag_indices_from(bend)] += 1e-12 * max(float(bend.trace()), 1.0)
        step = np.zeros_like(share)
        step[free] = -np.linalg.solve(bend, slope[free])
        share, better = _shorter(scaled, np.where(free, share, 0.0), step, value)
        if value - better <= CLOSE * abs(value):
            return share
        value = better
    return share


def _shorter(scaled: Floats, share: Floats, step: Floats, value: float) -> tuple[Floats, float]:
    """The first of the halved steps that is not worse; the old place where none is."""
    length = 1.0
    while length > 1e-12:
        tried = np.maximum(share + length * step, 0.0)
        reached = _value(scaled, tried)
        if reached <= value:
            return tried, reached
        length /= 2
    return share, value
