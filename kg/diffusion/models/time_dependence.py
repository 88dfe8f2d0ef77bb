"""A fitted model → whether the effect of each covariate changes with the years since the programme began."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from kg.diffusion.models.design import Specification
from kg.diffusion.models.fitted import Fitted
from kg.diffusion.models.fitting import fit_model
from kg.diffusion.models.observations import Observations
from kg.errors import DiffusionError


class TimeTest(NamedTuple):
    """A covariate's product with log duration, added to the model; a small p says that the effect is not the same always."""

    term: str
    slope: float | None  # of the product; None where a term has several columns
    ratio: float  # likelihood ratio
    freedom: int  # columns added
    p_value: float


def time_tests(data: Observations, asked: Specification, fitted: Fitted) -> tuple[TimeTest, ...]:
    """One test for each covariate (Cox 1972; Box-Steffensmeier and Jones 2004, chapter 8).

    In a Cox model it is the test of proportional hazards. `fitted` is the model that was asked for, of the same rows.
    """
    from scipy.special import chdtrc

    if asked.kind == "accelerated":
        raise DiffusionError(f"{asked.model} models the time itself; test logit, cloglog, probit or cox")
    found = []
    for term in asked.covariates:
        added = replace(asked, covariates=(*asked.covariates, f"{term}:log(duration)"))
        more = fit_model(data, added)
        freedom = len(more.terms) - len(fitted.terms)
        if freedom > 0:
            ratio = max(2 * (more.loglik - fitted.loglik), 0.0)
            slopes = [one.estimate for one in more.terms if one.name.endswith(":log(duration)")]
            slope = slopes[0] if freedom == 1 and len(slopes) == 1 else None
            found.append(TimeTest(term, slope, ratio, freedom, float(chdtrc(freedom, ratio))))
    return tuple(found)
