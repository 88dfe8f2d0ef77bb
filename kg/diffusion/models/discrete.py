"""A design of years at risk → a discrete-time event-history model: the chance to adopt in a year, if not adopted before.

Allison (1982) has the method, Berry and Berry (1990) brought it to the spread of policies. The figures are those of glm in
R and of statsmodels; the search is our own, for the whole steps of both fly off with cloglog where early years are full of
adoptions: Fisher scoring in which a step that loses is halved.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from kg.diffusion.cascades import Floats
from kg.diffusion.models.design import Design
from kg.diffusion.models.estimates import Estimates
from kg.errors import DiffusionError

MOST_STEPS = 200


class _Chance(NamedTuple):
    """Logarithms of the chance to adopt, of the chance not to, and of the slope of the first, for each row."""

    adopts: Floats
    stays: Floats
    slope: Floats


def _logit(z: Floats) -> _Chance:
    adopts, stays = -np.logaddexp(0, -z), -np.logaddexp(0, z)
    return _Chance(adopts, stays, adopts + stays)


def _cloglog(z: Floats) -> _Chance:
    z = np.clip(z, -700, 6.5)  # at 6.5 the chance to stay is 1e-289
    grown = np.exp(z)
    return _Chance(np.log(-np.expm1(-grown)), -grown, z - grown)


def _probit(z: Floats) -> _Chance:
    from scipy.special import log_ndtr

    z = np.clip(z, -35, 35)
    return _Chance(log_ndtr(z), log_ndtr(-z), -z * z / 2 - math.log(2 * math.pi) / 2)


_LINKS = {"logit": _logit, "cloglog": _cloglog, "probit": _probit}


class _State(NamedTuple):
    """What scoring needs, at one set of coefficients."""

    loglik: float
    scores: Floats  # (N, K)
    information: Floats  # (K, K) expected


def fit_discrete(design: Design, model: str) -> Estimates:
    """Coefficients by maximum likelihood; `bread` is the inverse expected information, as in R's glm."""
    adopt = design.data.numbers("adopt")
    if model == "firth":
        return fit_firth(design.x, adopt)
    axes, turn = _axes(design.x)
    try:
        beta, state, converged = _climb(axes, adopt, model)
        bread = np.linalg.inv(turn) @ np.linalg.inv(state.information) @ np.linalg.inv(turn).T
    except np.linalg.LinAlgError:
        raise DiffusionError(
            f"{design.data.file}: {model}: the information cannot be inverted; leave out a covariate"
        ) from None
    turned: Floats = np.linalg.solve(turn, beta).astype(np.float64)
    return Estimates(turned, bread, state.scores @ turn, state.loglik, null_loglik(adopt), converged)


def _axes(x: Floats) -> tuple[Floats, Floats]:
    """Columns at right angles and of one size, and what turns them into those of `x`."""
    axes, turn = np.linalg.qr(x)
    return axes * math.sqrt(len(x)), turn / math.sqrt(len(x))


def _climb(x: Floats, adopt: Floats, model: str) -> tuple[Floats, _State, bool]:
    """To the top of the likelihood, from coefficients of 0."""
    beta = np.zeros(x.shape[1])
    now = _state(x, adopt, beta, model)
    for _ in range(MOST_STEPS):
        gradient = now.scores.sum(axis=0)
        step = np.linalg.solve(now.information, gradient)
        promise = float(step @ gradient)
        if promise < 1e-18 * (1 + abs(now.loglik)):
            return beta, now, True
        then = _state(x, adopt, beta + step, model)
        while not then.loglik >= now.loglik - 1e-12 * abs(now.loglik) and np.abs(step).max() > 1e-12:
            step = step / 2
            then = _state(x, adopt, beta + step, model)
        beta, now = beta + step, then
    return beta, now, promise < 1e-9 * (1 + abs(now.loglik))


def _state(x: Floats, adopt: Floats, beta: Floats, model: str) -> _State:
    chance = _LINKS[model](x @ beta)
    loglik = float(np.where(adopt == 1, chance.adopts, chance.stays).sum())
    pull = np.where(adopt == 1, np.exp(chance.slope - chance.adopts), -np.exp(chance.slope - chance.stays))
    weight = np.exp(2 * chance.slope - chance.adopts - chance.stays)
    return _State(loglik, x * pull[:, None], (x * weight[:, None]).T @ x)


def null_loglik(adopt: Floats) -> float:
    """Of the model in which every year at risk is alike."""
    events, rows = float(adopt.sum()), len(adopt)
    return sum(n * math.log(n / rows) for n in (events, rows - events) if n > 0)


def fit_firth(x: Floats, adopt: Floats) -> Estimates:
    """Logit with Firth's (1993) penalty: finite where a covariate separates, and less biased for rare adoptions.

    Heinze and Schemper (2002). The likelihood is the penalised one; standard errors are those of the information.
    """
    from scipy.optimize import minimize

    axes, turn = _axes(x)

    def downhill(beta: Floats) -> tuple[float, Floats]:
        loglik, _, scores = _firth_state(axes, adopt, beta)
        return -loglik, -scores.sum(axis=0)

    found = minimize(downhill, np.zeros(x.shape[1]), jac=True, method="BFGS", options={"gtol": 1e-9, "maxiter": 1000})
    beta: Floats = np.linalg.solve(turn, found.x)
    loglik, information, scores = _firth_state(x, adopt, beta)
    converged = bool(np.abs(downhill(found.x)[1]).max() < 1e-5)
    bread: Floats = np.linalg.inv(information).astype(np.float64)
    null = _firth_null(adopt) if x.shape[1] > 1 else loglik
    return Estimates(beta, bread, scores, loglik, null, converged)


def _firth_state(x: Floats, adopt: Floats, beta: Floats) -> tuple[float, Floats, Floats]:
    """Penalised likelihood, information, penalised score of each row."""
    linear = x @ beta
    chance = 1 / (1 + np.exp(-np.clip(linear, -700, 700)))
    weight = chance * (1 - chance)
    information = (x * weight[:, None]).T @ x
    hat = weight * (x @ np.linalg.pinv(information) * x).sum(axis=1)
    loglik = float((adopt * linear - np.logaddexp(0, linear)).sum()) + 0.5 * max(
        float(np.linalg.slogdet(information)[1]), -1e4
    )
    return loglik, information, x * (adopt - chance + hat * (0.5 - chance))[:, None]


def _firth_null(adopt: Floats) -> float:
    return fit_firth(np.ones((len(adopt), 1)), adopt).loglik
