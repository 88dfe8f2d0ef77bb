"""Exposure before, period by period → the logit of adopting now (Valente's exposure regression)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import expit, ndtr, xlogy

from kg.diffusion.cascades import Floats
from kg.errors import DiffusionError

CHANGE = 1e-8  # of the deviance, relative: where the search ends
ROUNDS = 25
UNBOUNDED = 30.0  # a standard error, in logits over the range of a term, that only separation gives


class Term(NamedTuple):
    """One line of the regression table."""

    name: str  # (intercept), exposure, period 3
    estimate: float
    std_error: float
    z: float
    p_value: float


class ExposureModel(NamedTuple):
    """A logit of adoption among those at risk."""

    terms: tuple[Term, ...]
    rows: int  # unit-periods at risk
    adoptions: int
    deviance: float
    separated: tuple[str, ...]  # terms that tell adopters from others perfectly: the data set them no bound


def exposure_regression(
    lagged: Floats, times: Floats, periods: Floats, followed: Floats | None = None
) -> ExposureModel:
    """adopts in this period ~ exposure in the one before + a constant for each period, among those that have not yet.

    `lagged`: exposure (n, T) with its lag, NaN where unknown; `followed`: until when each non-adopter was observed.
    As netdiffuseR's diffreg, fitted by Fisher scoring with R's stopping rule, so that separated periods end where R's
    do. Raises DiffusionError where nobody adopts among those at risk.
    """
    adopts, exposures, period = _rows(lagged, times, periods, followed)
    if adopts.size == 0 or adopts.sum() == 0:
        raise DiffusionError("no adoption after the first period: exposure has nothing to explain")
    levels = np.unique(period)
    dummies = [(period == level).astype(np.float64) for level in levels[1:]]
    design = np.column_stack((np.ones(len(adopts)), exposures, *dummies))
    names = ("(intercept)", "exposure", *(f"period {level:g}" for level in levels[1:]))
    found, covariance, deviance = logit(design, adopts, names)
    errors = np.sqrt(np.diag(covariance))
    z = found / errors
    cells = zip(names, found.tolist(), errors.tolist(), z.tolist(), (2 * ndtr(-np.abs(z))).tolist(), strict=True)
    wide = errors * np.maximum(np.ptp(design, axis=0), 1e-300) > UNBOUNDED
    separated = tuple(name for name, is_wide in zip(names[1:], wide[1:], strict=True) if is_wide)
    terms = tuple(Term(*cell) for cell in cells)
    return ExposureModel(terms, len(adopts), int(adopts.sum()), deviance, separated)


def _rows(lagged: Floats, times: Floats, periods: Floats, followed: Floats | None) -> tuple[Floats, Floats, Floats]:
    """The unit-periods at risk with a known exposure: adopts, exposure, period."""
    adopted = np.where(np.isfinite(times), np.ceil(times), np.inf)
    last = adopted if followed is None else np.where(np.isfinite(times), adopted, followed)
    at_risk = (periods[None, :] <= last[:, None]) & np.isfinite(lagged)
    unit, column = np.nonzero(at_risk)
    return (adopted[unit] == periods[column]).astype(np.float64), lagged[unit, column], periods[column]


def logit(design: Floats, outcome: Floats, names: tuple[str, ...]) -> tuple[Floats, Floats, float]:
    """Estimates, covariance and deviance by iteratively reweighted least squares (McCullagh & Nelder 1989)."""
    fitted = (outcome + 0.5) / 2
    linear = np.log(fitted / (1 - fitted))
    before = _deviance(outcome, fitted)
    for _ in range(ROUNDS):
        weight = fitted * (1 - fitted)
        root = np.sqrt(weight)
        wanted = linear + (outcome - fitted) / weight
        q, r = np.linalg.qr(root[:, None] * design)
        if np.min(np.abs(np.diag(r))) < 1e-10 * np.max(np.abs(np.diag(r))):
            raise DiffusionError(f"the columns {', '.join(names)} hang together: the model cannot tell them apart")
        found = np.linalg.solve(r, q.T @ (root * wanted))
        linear = np.clip(design @ found, -30, 30)
        fitted = expit(linear)
        now = _deviance(outcome, fitted)
        if abs(now - before) < CHANGE * (abs(now) + 0.1):
            break
        before = now
    inverse = np.linalg.inv(r)
    return found, inverse @ inverse.T, now


def _deviance(outcome: Floats, fitted: Floats) -> float:
    return float(-2 * np.sum(xlogy(outcome, fitted) + xlogy(1 - outcome, 1 - fitted)))
