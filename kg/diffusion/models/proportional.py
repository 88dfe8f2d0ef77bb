"""A design of years at risk → Cox's proportional hazards, stratified: who of a risk set adopts, whatever the year.

Each row is one year of risk, (duration - 1, duration]; a risk set is the rows of one stratum and one duration.
statsmodels' PHReg fits it (ties after Efron or Breslow), its ConditionalLogit the exact likelihood of ties. Both are
used with care: PHReg counts who enters at t as already at risk at t, so half a year is put between; its clustered errors
are not a number where a stratum has no event and know no Efron, so the score residuals are computed here.
"""

from __future__ import annotations

import numpy as np

from kg.diffusion.cascades import Floats, Ints
from kg.diffusion.models.design import Design, risk_sets
from kg.diffusion.models.estimates import Estimates, importing, listening
from kg.errors import DiffusionError

MOST_EXACT = 400  # rows of a risk set: the library's recursion is as deep


def fit_cox(design: Design, model: str, strata: str) -> Estimates:
    """Coefficients by partial likelihood; raises DiffusionError without a covariate."""
    if not design.x.shape[1]:
        raise DiffusionError(f"{design.data.file}: {model} needs a covariate that varies between the units of a year")
    adopt, sets = design.data.numbers("adopt"), risk_sets(design.data, strata)
    with listening() as told:
        try:
            if model == "cox-exact":
                found = _exact(design.x, adopt, sets, design.data.file)
            else:
                found = _by_phreg(design, adopt, sets, strata, "breslow" if model == "cox-breslow" else "efron")
        except np.linalg.LinAlgError:
            raise DiffusionError(
                f"{design.data.file}: {model}: the information cannot be inverted; leave out a covariate"
            ) from None
    notes = [f"statsmodels: {one}" for one in told if not one.startswith("Dropped ")]
    return found._replace(
        notes=(*found.notes, *notes), converged=found.converged and not any("onverge" in n for n in notes)
    )


def _by_phreg(design: Design, adopt: Floats, sets: Ints, strata: str, ties: str) -> Estimates:
    with importing("statsmodels", "Cox"):
        from statsmodels.duration.hazard_regression import PHReg
    time = design.data.numbers("duration")
    stratum = design.data.levels(strata)[1] if strata else None
    center = design.x.mean(axis=0)
    model = PHReg(time, design.x - center, status=adopt, entry=time - 0.5, strata=stratum, ties=ties)
    found = model.fit(disp=0, tol=1e-12)
    beta = np.asarray(found.params)
    scores = score_residuals(design.x - center, adopt, sets, beta, efron=ties == "efron")
    steps = np.abs(scores.sum(axis=0)) * np.sqrt(np.diag(found.cov_params()))
    null = float(model.loglike(np.zeros_like(beta)))
    return Estimates(beta, np.asarray(found.cov_params()), scores, float(found.llf), null, bool(steps.max() < 1e-4))


def score_residuals(x: Floats, adopt: Floats, sets: Ints, beta: Floats, *, efron: bool) -> Floats:
    """(N, K) what each row adds to the score (Therneau and Grambsch 2000, 3.4.2 for Efron's ties, 4.6 for Breslow's)."""
    linear = x @ beta
    risk = np.exp(linear - linear.max(initial=0.0))
    deaths = np.bincount(sets, adopt)
    count = len(deaths)
    all_risk, tied_risk = np.bincount(sets, risk, count), np.bincount(sets, risk * adopt, count)
    all_x, tied_x = _sums(x * risk[:, None], sets, count), _sums(x * (risk * adopt)[:, None], sets, count)
    residuals = np.zeros_like(x)
    for step in range(int(deaths.max(initial=0.0)) if efron else 1):
        active = deaths > step
        done = np.where(active & efron, step / np.maximum(deaths, 1.0), 0.0)
        left = all_risk - done * tied_risk
        mean = (all_x - done[:, None] * tied_x) / left[:, None]
        times = 1.0 if efron else deaths
        hazard = np.where(active, times / left, 0.0)
        share = np.where(active, times / np.maximum(deaths, 1.0), 0.0)
        pull = adopt * share[sets] - risk * (1 - done[sets] * adopt) * hazard[sets]
        residuals += (x - mean[sets]) * pull[:, None]
    return residuals


def _sums(values: Floats, sets: Ints, count: int) -> Floats:
    return np.column_stack([np.bincount(sets, column, count) for column in values.T])


def _exact(x: Floats, adopt: Floats, sets: Ints, file: str) -> Estimates:
    """The conditional logit of each risk set is Cox's exact likelihood for discrete time (Cox 1972, section 6)."""
    size = int(np.bincount(sets, adopt > -1)[np.bincount(sets, adopt) > 0].max(initial=0))
    if size > MOST_EXACT:
        raise DiffusionError(
            f"{file}: a risk set has {size} units; cox-exact takes at most {MOST_EXACT} (its library recurses over them);"
            " take cox (Efron), which comes near it, or logit with duration dummies"
        )
    with importing("statsmodels", "cox-exact"):
        from statsmodels.discrete.conditional_models import ConditionalLogit
    spread = x.std(axis=0)
    model = ConditionalLogit(adopt, (x - x.mean(axis=0)) / spread, groups=sets)
    found = model.fit(method="bfgs", disp=False, gtol=1e-7, maxiter=500)
    beta = np.asarray(found.params)
    bread = np.asarray(found.cov_params()) / np.outer(spread, spread)
    null = float(model.loglike(np.zeros_like(beta)))
    converged = bool(np.abs(model.score(beta)).max() < 1e-4)
    return Estimates(beta / spread, bread, None, float(found.llf), null, converged)
