"""Intervals of adoption → a parametric model of the time until adoption (accelerated failure time).

log time = x · coefficients + scale · error, the error of an extreme-value (exponential, Weibull), normal or logistic
distribution, as R's survreg (Kalbfleisch and Prentice 2002, chapters 2 and 3). Maximum likelihood over (lower, upper] by
scipy: one way for all four, with scores of rows for clustered errors; lifelines' log-normal does not converge on intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg.diffusion.cascades import Floats
from kg.diffusion.models.design import Design
from kg.diffusion.models.estimates import Estimates
from kg.errors import DiffusionError


class _Error(NamedTuple):
    """What an error's distribution is at z: below, above, density, slope of the density."""

    below: Floats
    above: Floats
    density: Floats
    slope: Floats


def _extreme(z: Floats) -> _Error:
    grown = np.exp(np.minimum(z, 700.0))
    above = np.exp(-grown)
    density = np.exp(np.minimum(z, 700.0) - grown)
    return _Error(-np.expm1(-grown), above, density, density * (1 - np.where(density > 0, grown, 0.0)))


def _normal(z: Floats) -> _Error:
    from scipy.special import ndtr

    density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    return _Error(ndtr(z), ndtr(-z), density, -z * density)


def _logistic(z: Floats) -> _Error:
    from scipy.special import expit

    below, above = expit(z), expit(-z)
    return _Error(below, above, below * above, below * above * (above - below))


_ERRORS = {"exponential": _extreme, "weibull": _extreme, "log-normal": _normal, "log-logistic": _logistic}
_FAR = 1e6  # stands for a bound that is open; everything has happened, or nothing


@dataclass(frozen=True, slots=True, eq=False)
class IntervalLikelihood:
    """The likelihood of a model's coefficients, with its gradient and curvature."""

    x: Floats
    log_lower: Floats  # -inf where the beginning is open
    log_upper: Floats  # inf where never adopted as far as is known
    model: str

    @property
    def size(self) -> int:
        """Coefficients: of the columns, and log(scale) unless it is exponential."""
        return int(self.x.shape[1]) + (self.model != "exponential")

    def _standard(self, log_time: Floats, beta: Floats) -> tuple[Floats, Floats]:
        """z and whether it is finite."""
        scale = 1.0 if self.model == "exponential" else float(np.exp(beta[-1]))
        finite = np.isfinite(log_time)
        z = (np.where(finite, log_time, 0.0) - self.x @ beta[: self.x.shape[1]]) / scale
        return z, finite.astype(np.float64)

    def parts(self, beta: Floats) -> tuple[Floats, Floats, npt.NDArray[np.float64]]:
        """Log likelihood and gradient of each row, and the curvature of the sum."""
        error = _ERRORS[self.model]
        (low, has_low), (high, has_high) = self._standard(self.log_lower, beta), self._standard(self.log_upper, beta)
        start, end = error(low), error(high)
        below_low, above_low = start.below * has_low, np.where(has_low > 0, start.above, 1.0)
        below_high, above_high = np.where(has_high > 0, end.below, 1.0), end.above * has_high
        late = (low > 0) & (has_low > 0)
        chance = np.maximum(np.where(late, above_low - above_high, below_high - below_low), 1e-300)
        pull_low, pull_high = -start.density * has_low / chance, end.density * has_high / chance
        by_low, by_high = self._slopes(low, beta), self._slopes(high, beta)
        gradient = pull_low[:, None] * by_low + pull_high[:, None] * by_high
        curve_low, curve_high = -start.slope * has_low / chance, end.slope * has_high / chance
        curvature = (by_low * curve_low[:, None]).T @ by_low + (by_high * curve_high[:, None]).T @ by_high
        curvature += self._bends(low, pull_low, beta) + self._bends(high, pull_high, beta) - gradient.T @ gradient
        return np.log(chance), gradient, curvature

    def _slopes(self, z: Floats, beta: Floats) -> Floats:
        """(N, K) of z by the coefficients."""
        if self.model == "exponential":
            return -self.x
        return np.column_stack([-self.x / np.exp(beta[-1]), -z])

    def _bends(self, z: Floats, pull: Floats, beta: Floats) -> Floats:
        """(K, K) sum of pull times the second derivatives of z."""
        bends = np.zeros((self.size, self.size))
        if self.model != "exponential":
            crossed = self.x.T @ pull / np.exp(beta[-1])
            bends[:-1, -1] = bends[-1, :-1] = crossed
            bends[-1, -1] = pull @ z
        return bends


def fit_accelerated(design: Design, model: str) -> Estimates:
    """Coefficients, and Log(scale) unless it is exponential; `bread` is the inverse observed information."""
    lower, upper = design.data.numbers("lower"), design.data.numbers("upper")
    if (lower < 0).any() or (upper <= 0).any():
        raise DiffusionError(
            f"{design.data.file}: times must count from the start of the programme: lower ≥ 0, upper > 0"
        )
    with np.errstate(divide="ignore"):
        log_lower = np.where(np.isnan(lower), -np.inf, np.log(np.nan_to_num(lower)))
        log_upper = np.where(np.isnan(upper), np.inf, np.log(np.nan_to_num(upper, nan=1.0)))
    likelihood = IntervalLikelihood(design.x, log_lower, log_upper, model)
    beta, converged = _maximum(likelihood)
    rows, scores, curvature = likelihood.parts(beta)
    try:
        bread: Floats = np.linalg.inv(-curvature).astype(np.float64)
    except np.linalg.LinAlgError:
        raise DiffusionError(
            f"{design.data.file}: {model}: the information cannot be inverted; leave out a covariate"
        ) from None
    alone = IntervalLikelihood(np.ones((len(lower), 1)), log_lower, log_upper, model)
    null = float(alone.parts(_maximum(alone)[0])[0].sum())
    extra = () if model == "exponential" else ("log(scale)",)
    return Estimates(beta, bread, scores, float(rows.sum()), null, converged, extra)


def _maximum(likelihood: IntervalLikelihood) -> tuple[Floats, bool]:
    """By a trust region with the exact curvature, from the mean of the logarithms of the times that are known."""
    from scipy.optimize import minimize

    known = np.where(np.isfinite(likelihood.log_upper), likelihood.log_upper, likelihood.log_lower)
    known = known[np.isfinite(known)]
    start = np.zeros(likelihood.size)
    start[: likelihood.x.shape[1]] = np.linalg.lstsq(
        likelihood.x, np.full(len(likelihood.x), known.mean() if len(known) else 0.0)
    )[0]
    found = minimize(
        lambda beta: -float(likelihood.parts(beta)[0].sum()),
        start,
        jac=lambda beta: -likelihood.parts(beta)[1].sum(axis=0),
        hess=lambda beta: -likelihood.parts(beta)[2],
        method="trust-exact",
        options={"gtol": 1e-8, "maxiter": 500},
    )
    beta: Floats = found.x
    for _ in range(3):
        _, gradient, curvature = likelihood.parts(beta)
        if np.linalg.cond(curvature) < 1e12:
            beta = beta - np.linalg.solve(curvature, gradient.sum(axis=0))
    return beta, bool(np.abs(likelihood.parts(beta)[1].sum(axis=0)).max() < 1e-5)
