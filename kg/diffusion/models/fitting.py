"""A panel and what is asked → a fitted model with clustered errors and everything that must be told of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kg.diffusion.cascades import Floats
from kg.diffusion.models.accelerated import fit_accelerated
from kg.diffusion.models.baseline import TOLD
from kg.diffusion.models.clustering import clustered
from kg.diffusion.models.design import Design, Specification, design_of
from kg.diffusion.models.discrete import fit_discrete
from kg.diffusion.models.estimates import Estimates
from kg.diffusion.models.fitted import Fitted, Term
from kg.diffusion.models.observations import Observations
from kg.diffusion.models.proportional import fit_cox
from kg.diffusion.models.screening import collinear, few_clusters, few_events, separated, unread_years
from kg.diffusion.models.spells import spells_of
from kg.errors import DiffusionError

COLLAPSED = 0.01  # a clustered standard error so small a part of the model's is one of a few clusters that cancel out


def fit_model(data: Observations, asked: Specification) -> Fitted:
    """One model. Raises DiffusionError where it cannot be fitted at all; doubts are `notes`.

    A discrete or Cox model needs a panel of years at risk; an accelerated one takes intervals, or makes them of the years.
    """
    data = _suited(data, asked)
    design = design_of(data, asked)
    found = _estimates(design, asked)
    names = (*design.names, *found.extra)
    hidden = (*design.hidden, *(False for _ in found.extra))
    covariance, robust, clusters, notes = _covariance(design.data, asked, found)
    errors = np.sqrt(np.maximum(np.diag(found.bread), 0.0))
    terms = tuple(
        Term(
            names[k],
            float(found.beta[k]),
            float(errors[k]),
            float(robust[k]) if robust is not None else None,
            hidden[k],
        )
        for k in range(len(names))
    )
    events = _events(design.data)
    return Fitted(
        asked.model,
        terms,
        covariance,
        found.loglik,
        found.loglik_null,
        rows=len(design.data),
        events=events,
        units=len(design.data.levels("unit")[0]),
        programs=len(design.data.levels("program")[0]),
        baseline=_baseline(asked),
        fixed=tuple(dict.fromkeys(asked.fixed)),
        strata=asked.strata if asked.kind == "cox" else "",
        clusters=clusters,
        notes=(*design.notes, *_doubts(design, found, events), *notes),
        converged=found.converged,
    )


def _suited(data: Observations, asked: Specification) -> Observations:
    if asked.kind == "accelerated":
        return data if data.has_intervals else spells_of(data, asked)
    if data.has_intervals:
        raise DiffusionError(
            f"{data.file} holds intervals; {asked.model} needs one row for each year at risk with adopt 0 or 1"
            " (kg diffuse panel makes them), or take exponential, weibull, log-normal, log-logistic"
        )
    return data


def _estimates(design: Design, asked: Specification) -> Estimates:
    if asked.kind == "discrete":
        return fit_discrete(design, asked.model)
    if asked.kind == "cox":
        return fit_cox(design, asked)
    return fit_accelerated(design, asked.model)


def _events(data: Observations) -> int:
    """Adoptions; of intervals those with an upper end."""
    return int(np.isfinite(data.numbers("upper")).sum() if data.has_intervals else data.numbers("adopt").sum())


def _baseline(asked: Specification) -> str:
    if asked.kind == "discrete":
        return TOLD[asked.baseline]
    return f"free, by {asked.strata}" if asked.kind == "cox" and asked.strata else "free" if asked.kind == "cox" else ""


def _covariance(
    data: Observations, asked: Specification, found: Estimates
) -> tuple[Floats, Floats | None, tuple[tuple[str, int], ...], tuple[str, ...]]:
    """Covariance, clustered errors, clusters, notes."""
    coded = [(name, *data.levels(name)) for name in dict.fromkeys(asked.clusters)]
    counts = tuple((name, len(levels)) for name, levels, _ in coded)
    if not coded:
        return found.bread, None, (), ()
    if found.scores is None:
        return found.bread, None, (), (f"{asked.model} has no clustered standard errors; those of the model are given",)
    if min(count for _, count in counts) < 2:
        one = next(name for name, count in counts if count < 2)
        return found.bread, None, (), (f"all rows have the same {one}: standard errors are the model's, not clustered",)
    covariance, mended = clustered(
        found.bread, found.scores, [which for _, _, which in coded], corrected=asked.kind == "discrete"
    )
    errors = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    if (errors < COLLAPSED * np.sqrt(np.maximum(np.diag(found.bread), 0.0))).any():
        told = f"too few of the {' and '.join(f'{count} clusters ({name})' for name, count in counts)} say anything of a coefficient:"
        return found.bread, None, (), (f"{told} clustered standard errors collapse, those of the model are given",)
    notes = [note for name, count in counts for note in few_clusters(name, count)]
    if mended:
        notes.append("the covariance clustered in several ways was not positive; its negative part is left out")
    return covariance, errors, counts, tuple(notes)


def _doubts(design: Design, found: Estimates, events: int) -> Iterator[str]:
    yield from found.notes
    if not found.converged:
        yield "the search for the maximum did not converge: do not use these figures"
    yield from separated(design, found)
    yield from collinear(design)
    yield from few_events(events, len(found.beta))
    yield from unread_years(design.data)
