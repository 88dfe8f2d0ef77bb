"""A design and its estimates → what a reader must be told: separation, collinearity, few events, few clusters, gaps."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from kg.diffusion.models.design import Design
from kg.diffusion.models.estimates import Estimates
from kg.diffusion.models.observations import Observations

EVENTS_PER_COEFFICIENT = 10  # Peduzzi et al. (1996)
INFLATION = 10.0  # of a variance by the other covariates
FEW_CLUSTERS = 30  # Cameron, Gelbach and Miller (2008)
GAP = 0.05  # share of rows without a document read from which on it is told
READ = ("documents", "read")  # columns with the number of documents of the unit read in the year
SUSPECT = 10.0  # a standard error per standard deviation so large comes of separation


def few_events(events: int, coefficients: int) -> Iterator[str]:
    """Too few adoptions for so many coefficients."""
    if events < EVENTS_PER_COEFFICIENT * coefficients:
        yield (
            f"{events} adoptions for {coefficients} coefficients (with those of baseline and fixed effects): fewer than"
            f" {EVENTS_PER_COEFFICIENT} each, so that estimates may be far off (Peduzzi et al. 1996); ask for less, or take firth"
        )


def few_clusters(column: str, count: int) -> Iterator[str]:
    """Clustered errors are too small where there are few clusters."""
    if count < FEW_CLUSTERS:
        yield (
            f"{count} clusters ({column}): with fewer than {FEW_CLUSTERS}, clustered standard errors tend to be too small"
            " (Cameron, Gelbach and Miller 2008)"
        )


def unread_years(data: Observations) -> Iterator[str]:
    """Years at risk of which no document of the unit was read: what was adopted in them cannot be seen."""
    column = next((name for name in READ if name in data.columns), "")
    if not column or data.has_intervals:
        return
    unread = np.nan_to_num(data.numbers(column)) <= 0
    if unread.mean() < GAP:
        return
    adopt = data.numbers("adopt")
    yield (
        f"reading gaps: {int(unread.sum())} of {len(data)} rows ({unread.mean():.0%}) are years of which no document of the unit"
        f" was read, and {int(adopt[unread].sum())} of {int(adopt.sum())} adoptions lie there; what was adopted unseen is missing,"
        " and what was not adopted unseen may have been left out: compare with --only-read"
    )


def collinear(design: Design) -> Iterator[str]:
    """Covariates that the others nearly tell (variance inflation, Marquardt 1970)."""
    columns = design.covariates
    if len(columns) < 2:
        return
    x = design.x[:, columns]
    correlation = np.corrcoef(x, rowvar=False)
    inflation = np.diag(np.linalg.pinv(correlation))
    told = [f"{design.names[columns[k]]} ({inflation[k]:.0f})" for k in np.flatnonzero(inflation > INFLATION)]
    if told:
        yield f"nearly collinear, variance inflation over {INFLATION:.0f}: {', '.join(told)}; their coefficients cannot be told apart"


def separated(design: Design, found: Estimates) -> Iterator[str]:
    """Covariates whose coefficient has no finite maximum (Albert and Anderson 1984), where errors are suspiciously large."""
    scale = math.exp(found.beta[-1]) if "log(scale)" in found.extra else 1.0
    spread = design.x.std(axis=0)
    error = np.sqrt(np.abs(np.diag(found.bread)))[: design.x.shape[1]] / scale
    suspects = np.flatnonzero((error * spread > SUSPECT) | ~np.isfinite(error)).tolist()
    if not suspects:
        return
    proven = not design.data.has_intervals and "(intercept)" in design.names
    names = ", ".join(design.names[k] for k in (_endless(design) if proven else suspects))
    if names and proven:
        yield (
            f"separation: {names} tells some adoptions apart without exception, so that its coefficient grows without end and"
            " its standard error means nothing; leave it out, join levels, or take --model firth"
        )
    elif names:
        yield f"the standard error of {names} is so large that its coefficient may have no maximum; leave it out, or join levels"


def _endless(design: Design) -> list[int]:
    """The columns of a direction in which the likelihood never falls, found by linear programming (Konis 2007)."""
    from scipy.optimize import linprog

    signs = 2 * design.data.numbers("adopt") - 1
    sides = np.unique(design.x * signs[:, None], axis=0)
    scale = np.maximum(np.abs(sides).max(axis=0), 1e-12)
    sides = sides / scale
    found = linprog(-sides.sum(axis=0), A_ub=-sides, b_ub=np.zeros(len(sides)), bounds=(-1, 1), method="highs")
    if not found.success or -found.fun < 1e-7:
        return []
    return [int(k) for k in np.flatnonzero(np.abs(found.x) > 1e-7) if design.names[k] != "(intercept)"]
