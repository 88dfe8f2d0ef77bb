"""A design of years at risk → a discrete-time event-history model: the chance to adopt in a year, if not adopted before.

Allison (1982) has the method, Berry and Berry (1990) brought it to the spread of policies. statsmodels' GLM fits it.
"""

from __future__ import annotations

import math

import numpy as np

from kg.diffusion.cascades import Floats
from kg.diffusion.models.design import Design
from kg.diffusion.models.estimates import Estimates, importing, listening
from kg.errors import DiffusionError

LINKS = {"logit": "Logit", "cloglog": "CLogLog", "probit": "Probit"}
MOST_STEPS = 200


def fit_discrete(design: Design, model: str) -> Estimates:
    """Coefficients by maximum likelihood; `bread` is the inverse expected information, as in R's glm."""
    adopt = design.data.numbers("adopt")
    if model == "firth":
        return fit_firth(design.x, adopt)
    with importing("statsmodels", model):
        from statsmodels.genmod import families
        from statsmodels.genmod.generalized_linear_model import GLM
    link = getattr(families.links, LINKS[model])()
    with listening() as told:
        try:
            found = GLM(adopt, design.x, family=families.Binomial(link)).fit(maxiter=MOST_STEPS, tol=1e-13)
        except (np.linalg.LinAlgError, ValueError) as fault:
            raise DiffusionError(f"{design.data.file}: {model} cannot be fitted: {fault}") from None
        beta, bread = np.asarray(found.params), np.asarray(found.normalized_cov_params)
        linear = design.x @ beta
        chance = np.clip(link.inverse(linear), 1e-15, 1 - 1e-15)
        slope = link.inverse_deriv(linear)
    scores = design.x * ((adopt - chance) / (chance * (1 - chance)) * slope)[:, None]
    notes = tuple(f"statsmodels: {one}" for one in told)
    return Estimates(beta, bread, scores, float(found.llf), null_loglik(adopt), bool(found.converged), notes=notes)


def null_loglik(adopt: Floats) -> float:
    """Of the model in which every year at risk is alike."""
    events, rows = float(adopt.sum()), len(adopt)
    return sum(n * math.log(n / rows) for n in (events, rows - events) if n > 0)


def fit_firth(x: Floats, adopt: Floats) -> Estimates:
    """Logit with Firth's (1993) penalty: finite where a covariate separates, and less biased for rare adoptions.

    Heinze and Schemper (2002). The likelihood is the penalised one; standard errors are those of the information.
    """
    from scipy.optimize import minimize

    axes, turn = np.linalg.qr(x)
    axes, turn = axes * math.sqrt(len(x)), turn / math.sqrt(len(x))

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
