"""An adoption curve → the logistic, Gompertz or Bass curve that fits it, with intervals, or a refusal with its reason."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
from scipy.optimize import OptimizeWarning, curve_fit
from scipy.stats import t as student

from kg.diffusion.cascades import Floats
from kg.diffusion.curves.adoption import adoption_curve, periods_of
from kg.errors import DiffusionError

Model = Literal["logistic", "gompertz", "bass"]
FEWEST = 5  # periods; below, two or three parameters follow any curve


class Parameter(NamedTuple):
    """One parameter of a fitted curve; the interval is 95 %, from the standard error and Student's t."""

    name: str
    value: float
    std_error: float
    low: float
    high: float
    resampled_low: float = np.nan  # percentile interval of resampled units, where they were resampled
    resampled_high: float = np.nan


class Growth(NamedTuple):
    """A curve fitted to cumulative shares by least squares."""

    model: Model
    parameters: tuple[Parameter, ...]
    rss: float
    r_squared: float
    periods: int
    resamples: int = 0  # those that could be fitted

    @property
    def values(self) -> tuple[float, ...]:
        """The parameters in the order of the formula."""
        return tuple(parameter.value for parameter in self.parameters)

    def at(self, times: Floats) -> Floats:
        """The fitted share; a Bass curve counts time from the period before the first."""
        return CURVES[self.model].share(times, *self.values)


class Curve(NamedTuple):
    """A formula with the names of its parameters, and where to begin."""

    names: tuple[str, ...]
    share: Callable[..., Floats]
    start: Callable[[Floats, Floats], tuple[float, ...]]


def logistic(time: Floats, ceiling: float, rate: float, midpoint: float) -> Floats:
    """ceiling / (1 + exp(-rate · (t - midpoint))) (Verhulst 1838; Griliches 1957 of diffusion)."""
    grown: Floats = ceiling / (1 + np.exp(np.clip(-rate * (time - midpoint), -700, 700)))
    return grown


def gompertz(time: Floats, ceiling: float, rate: float, midpoint: float) -> Floats:
    """ceiling · exp(-exp(-rate · (t - midpoint))), steepest at midpoint (Gompertz 1825)."""
    grown: Floats = ceiling * np.exp(-np.exp(np.clip(-rate * (time - midpoint), -700, 700)))
    return grown


def bass(time: Floats, p: float, q: float) -> Floats:
    """(1 - exp(-(p + q) t)) / (1 + q/p · exp(-(p + q) t)): p innovation, q imitation (Bass 1969)."""
    fading = np.exp(np.clip(-(p + q) * time, -700, 700))
    grown: Floats = (1 - fading) / (1 + q / p * fading)
    return grown


def _sigmoid_start(times: Floats, shares: Floats) -> tuple[float, float, float]:
    half = times[int(np.argmax(shares >= shares[-1] / 2))]
    return (float(shares[-1]), 4 / max(float(times[-1] - times[0]), 1.0), float(half))


CURVES: dict[Model, Curve] = {
    "logistic": Curve(("ceiling", "rate", "midpoint"), logistic, _sigmoid_start),
    "gompertz": Curve(("ceiling", "rate", "midpoint"), gompertz, _sigmoid_start),
    "bass": Curve(("p", "q"), bass, lambda _, shares: (max(float(shares[0]), 1e-4), 0.5)),
}


def fit_growth(times: Floats, shares: Floats, model: Model, start: tuple[float, ...] = ()) -> Growth:
    """The least squares fit of cumulative shares; for Bass, times count from 1 in the first period (as in netdiffuseR).

    A ceiling above 1 is put at 1 and has no error then. Raises DiffusionError where there are fewer than 5 periods,
    fewer than 3 distinct shares, the search does not converge, or the data do not say where the curve ends. Shares of
    successive years hang together, so that standard errors are too small: prefer the resampled intervals of
    `fit_adoptions`.
    """
    if len(times) < FEWEST or len(np.unique(shares)) < 3:
        raise DiffusionError(f"{model}: fewer than {FEWEST} years, or fewer than 3 shares that differ: nothing to fit")
    begin = start or CURVES[model].start(times, shares)
    values, errors = _least_squares(model, times, shares, begin)
    free = len(values)
    if model != "bass" and values[0] > 1:
        values, errors = _least_squares(model, times, shares, begin[1:])
        values, errors, free = np.append(1.0, values), np.append(np.nan, errors), free - 1
    _refuse_guesses(model, values, times)
    width = student.ppf(0.975, len(times) - free) * errors
    rows = zip(CURVES[model].names, values, errors, values - width, values + width, strict=True)
    parameters = tuple(Parameter(name, *(float(cell) for cell in cells)) for name, *cells in rows)
    left, spread = shares - CURVES[model].share(times, *values), shares - shares.mean()
    rss = float(left @ left)
    return Growth(model, parameters, rss, 1 - rss / float(spread @ spread), len(times))


def _least_squares(model: Model, times: Floats, shares: Floats, start: tuple[float, ...]) -> tuple[Floats, Floats]:
    """Levenberg and Marquardt's search; values and standard errors. A start without a ceiling keeps it at 1."""
    share = CURVES[model].share
    tight = {"ftol": 1e-14, "xtol": 1e-14, "gtol": 0.0, "maxfev": 2000}

    def below_one(time: Floats, rate: float, midpoint: float) -> Floats:
        return share(time, 1.0, rate, midpoint)

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("error", OptimizeWarning)
        fitted = share if len(start) == len(CURVES[model].names) else below_one
        try:
            values, covariance = curve_fit(fitted, times, shares, start, method="lm", **tight)
        except (RuntimeError, ValueError, OptimizeWarning):
            raise DiffusionError(f"{model}: the fit does not converge on these {len(times)} years") from None
    return values, np.sqrt(np.diag(covariance))


def _refuse_guesses(model: Model, values: Floats, times: Floats) -> None:
    """A curve that has not yet bent says nothing of its ceiling."""
    if model == "bass":
        if not (values[0] > 1e-12 and values[0] + values[1] > 0):
            raise DiffusionError("bass: the best curve has no innovators (p is not above 0); the model does not fit")
    elif not (values[1] > 0 and values[2] <= times[-1]):
        raise DiffusionError(f"{model}: the shares do not bend within these years; they do not tell where growth ends")


def fit_adoptions(
    times: Floats, model: Model, *, followed: Floats | None = None, resamples: int = 200, seed: int = 0
) -> Growth:
    """The fit to the adoption curve of one time per unit (NaN: not adopted), with intervals from resampled units.

    `followed`: until when each non-adopter was observed; the shares are then those of Kaplan and Meier. Resamples that
    cannot be fitted are left out of the intervals; where more than half cannot, there are none.
    """
    periods = periods_of(times)
    clock = periods - periods[0] + 1 if model == "bass" and periods.size else periods
    last = np.full(len(times), np.inf) if followed is None else followed
    growth = fit_growth(clock, _shares(times, last, periods), model)
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(resamples):
        drawn = rng.integers(len(times), size=len(times))
        with contextlib.suppress(DiffusionError):
            shares = _shares(times[drawn], last[drawn], periods)
            found.append(fit_growth(clock, shares, model).values)
    if not found or 2 * len(found) < resamples:
        return growth._replace(resamples=len(found))
    bounds = np.quantile(found, (0.025, 0.975), axis=0).T.tolist()
    parameters = tuple(
        parameter._replace(resampled_low=low, resampled_high=high)
        for parameter, (low, high) in zip(growth.parameters, bounds, strict=True)
    )
    return growth._replace(parameters=parameters, resamples=len(found))


def _shares(times: Floats, followed: Floats, periods: Floats) -> Floats:
    """The cumulative share at each period, of those still observed."""
    return np.array([row.adjusted for row in adoption_curve(times, followed, periods)], dtype=np.float64)
