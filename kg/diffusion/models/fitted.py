"""What a model gives back: coefficients, their standard errors, how well it fits, and what a reader must be told."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kg.diffusion.cascades import Floats

RATIO = {
    "logit": "odds ratio",
    "firth": "odds ratio",
    "cloglog": "hazard ratio",
    "cox": "hazard ratio",
    "cox-breslow": "hazard ratio",
    "cox-exact": "odds ratio",
    "exponential": "time ratio",
    "weibull": "time ratio",
    "log-normal": "time ratio",
    "log-logistic": "time ratio",
}  # what exp(coefficient) is; of a probit it is nothing


@dataclass(frozen=True, slots=True)
class Term:
    """One coefficient. A hidden one belongs to the baseline or to fixed effects, which a table only names."""

    name: str
    estimate: float
    se: float  # of the model
    robust_se: float | None = None  # clustered
    hidden: bool = False

    @property
    def told_se(self) -> float:
        """The clustered standard error, where there is one."""
        return self.se if self.robust_se is None else self.robust_se

    @property
    def z(self) -> float:
        """Estimate by standard error; not a number where the error is 0."""
        return self.estimate / self.told_se if self.told_se else math.nan

    @property
    def p_value(self) -> float:
        """Two-sided, by the normal distribution."""
        return math.erfc(abs(self.z) / math.sqrt(2))

    @property
    def interval(self) -> tuple[float, float]:
        """95 %, by the normal distribution."""
        half = 1.959963984540054 * self.told_se
        return self.estimate - half, self.estimate + half


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A model that was fitted, with everything that a published table says of it."""

    model: str  # logit, cox, weibull, …
    terms: tuple[Term, ...]
    covariance: Floats  # of the terms in this order: clustered where it was asked for, else the model's
    loglik: float  # partial for Cox
    loglik_null: float  # of the model without covariates and fixed effects, on the same rows
    rows: int
    events: int
    units: int
    programs: int
    baseline: str = ""  # in words
    fixed: tuple[str, ...] = ()  # columns whose levels are fixed effects
    strata: str = ""  # column with a baseline for each level (Cox)
    clusters: tuple[tuple[str, int], ...] = ()  # column, number of clusters
    notes: tuple[str, ...] = ()  # what a reader must be told, in sentences
    converged: bool = True

    @property
    def shown(self) -> tuple[Term, ...]:
        """Without those of baseline and fixed effects."""
        return tuple(term for term in self.terms if not term.hidden)

    @property
    def aic(self) -> float:
        """Akaike's criterion; comparable between models of the same rows and the same kind of likelihood."""
        return 2 * len(self.terms) - 2 * self.loglik

    @property
    def bic(self) -> float:
        """Schwarz's criterion; its sample size is the number of events for Cox (Volinsky and Raftery 2000), else of rows."""
        size = self.events if self.model.startswith("cox") else self.rows
        return len(self.terms) * math.log(max(size, 1)) - 2 * self.loglik

    @property
    def ratio(self) -> str:
        """What exp(coefficient) is called: odds ratio, hazard ratio, time ratio; empty for a probit."""
        return RATIO.get(self.model, "")
