"""A design of years at risk → Cox's proportional hazards, stratified: who of a risk set adopts, whatever the year.

Each row is one year of risk, (duration - 1, duration]; a risk set is the rows of one stratum and one duration. Ties after
Efron (1977) or Breslow (1974) are reckoned here, in one pass over the risk sets: statsmodels' PHReg counts who enters at t
among those at risk at t, takes whole Newton steps (which may fly off), and its clustered errors know no Efron. The exact
likelihood of ties is statsmodels' ConditionalLogit.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from kg.diffusion.cascades import Floats, Ints
from kg.diffusion.models.design import Design, Specification, risk_sets
from kg.diffusion.models.estimates import Estimates, importing, listening
from kg.errors import DiffusionError

MOST_EXACT = 400  # rows of a risk set: the library's recursion is as deep
MOST_WORK = 500_000  # rows by deaths of all risk sets: about half a minute
MOST_STEPS = 100


def fit_cox(design: Design, asked: Specification) -> Estimates:
    """Coefficients by partial likelihood; raises DiffusionError without a covariate."""
    model = asked.model
    if not design.x.shape[1]:
        why = f"; {', '.join(asked.covariates)} does not" if asked.covariates else ""
        raise DiffusionError(
            f"{design.data.file}: {model} needs a covariate that varies between the units of one programme and year{why}"
        )
    adopt, sets = design.data.numbers("adopt"), risk_sets(design.data, asked.strata)
    try:
        if model == "cox-exact":
            return _exact(design.x, adopt, sets, design.data.file)
        return _partial(design.x, adopt, sets, efron=model == "cox")
    except np.linalg.LinAlgError:
        raise DiffusionError(
            f"{design.data.file}: {model}: the information cannot be inverted; leave out a covariate"
        ) from None


class PartialLikelihood(NamedTuple):
    """What Newton's method and a sandwich need, at one set of coefficients."""

    loglik: float
    scores: Floats  # (N, K) what each row adds to the gradient: score residuals
    information: Floats  # (K, K)


def _partial(x: Floats, adopt: Floats, sets: Ints, *, efron: bool) -> Estimates:
    """Newton's method on standardised columns; a step that loses is halved."""
    spread = x.std(axis=0)
    x = (x - x.mean(axis=0)) / spread
    beta = np.zeros(x.shape[1])
    now = null = partial_likelihood(x, adopt, sets, beta, efron=efron)
    for _ in range(MOST_STEPS):
        step = np.linalg.solve(now.information, now.scores.sum(axis=0))
        then = partial_likelihood(x, adopt, sets, beta + step, efron=efron)
        while not then.loglik >= now.loglik - 1e-11 * abs(now.loglik) and np.abs(step).max() > 1e-12:
            step = step / 2
            then = partial_likelihood(x, adopt, sets, beta + step, efron=efron)
        beta, now = beta + step, then
        if np.abs(step).max() < 1e-10:
            break
    converged = bool(np.abs(now.scores.sum(axis=0)).max() < 1e-6 * (1 + abs(now.loglik)))
    bread = np.linalg.inv(now.information) / np.outer(spread, spread)
    return Estimates(beta / spread, bread, now.scores * spread, now.loglik, null.loglik, converged)


def partial_likelihood(x: Floats, adopt: Floats, sets: Ints, beta: Floats, *, efron: bool) -> PartialLikelihood:
    """Therneau and Grambsch (2000), 3.3: with Efron's ties the k-th of d deaths of a year is averaged over who it may be.

    `sets` is the risk set of each row, a number; score residuals of Efron's ties are those of R's coxph.
    """
    linear = x @ beta
    risk = np.exp(np.clip(linear, -700, 700))
    deaths = np.bincount(sets, adopt)
    count, size = len(deaths), x.shape[1]
    whole, tied = _moments(x, risk, sets, count), _moments(x, risk * adopt, sets, count)
    loglik, scores, information = float(linear @ adopt), np.zeros_like(x), np.zeros((size, size))
    for step in range(int(deaths.max(initial=0.0)) if efron else 1):
        active = deaths > step
        done = np.where(active, step / np.maximum(deaths, 1.0), 0.0)
        times = np.where(active, 1.0 if efron else deaths, 0.0)
        left, first, second = (all_ - done[:, None] * some for all_, some in zip(whole, tied, strict=True))
        mean = first / left
        loglik -= float(times @ np.log(left[:, 0]))
        information += (times @ (second / left)).reshape(size, size) - (mean * times[:, None]).T @ mean
        share, hazard = times / np.maximum(deaths, 1.0), times / left[:, 0]
        pull = adopt * share[sets] - risk * (1 - done[sets] * adopt) * hazard[sets]
        scores += (x - mean[sets]) * pull[:, None]
    return PartialLikelihood(loglik, scores, information)


def _moments(x: Floats, weight: Floats, sets: Ints, count: int) -> tuple[Floats, Floats, Floats]:
    """Of each risk set the sums of weights (G, 1), of columns (G, K), and of products of columns (G, K²)."""
    columns = [column * weight for column in x.T]
    squares = [[np.bincount(sets, one * other, count) for other in x.T] for one in columns]
    weights = np.bincount(sets, weight, count).astype(np.float64)[:, None]
    firsts: Floats = np.column_stack([np.bincount(sets, column, count) for column in columns])
    return weights, firsts, np.column_stack([some for row in squares for some in row])


def _exact(x: Floats, adopt: Floats, sets: Ints, file: str) -> Estimates:
    """The conditional logit of each risk set is Cox's exact likelihood for discrete time (Cox 1972, section 6)."""
    if not ((np.bincount(sets, adopt) > 0) & (np.bincount(sets, 1 - adopt) > 0)).any():
        raise DiffusionError(
            f"{file}: in no year do some of the units at risk adopt and others not: nothing to fit cox-exact on"
        )
    sizes, deaths = np.bincount(sets), np.bincount(sets, adopt)
    size, work = int(sizes[deaths > 0].max()), int(sizes @ deaths)
    if size > MOST_EXACT or work > MOST_WORK:
        raise DiffusionError(
            f"{file}: risk sets of up to {size} units with {int(deaths.max())} adoptions in a year are too many for cox-exact"
            " (its library recurses over them); take cox (Efron), which comes near it, or cloglog with --baseline dummies"
        )
    with importing("statsmodels", "cox-exact"):
        from statsmodels.discrete.conditional_models import ConditionalLogit

    spread = x.std(axis=0)
    with listening():
        model = ConditionalLogit(adopt, (x - x.mean(axis=0)) / spread, groups=sets)
        found = model.fit(method="bfgs", disp=False, gtol=1e-7, maxiter=500)
        beta, bread = np.asarray(found.params), np.asarray(found.cov_params()) / np.outer(spread, spread)
    null = float(model.loglike(np.zeros_like(beta)))
    converged = bool(np.abs(model.score(beta)).max() < 1e-4)
    return Estimates(beta / spread, bread, None, float(found.llf), null, converged)
