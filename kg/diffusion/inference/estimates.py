"""Cascades → the delay that fits them: estimated from the inferred way of each programme, or as the peer does it."""

from __future__ import annotations

import math
from itertools import islice

import numpy as np

from kg.diffusion.cascades import Cascades, Floats
from kg.diffusion.inference.delays import Delay, Model
from kg.diffusion.inference.greedy import Search
from kg.diffusion.inference.kernel import step_of, widths_of
from kg.diffusion.inference.pairs import Pairs
from kg.diffusion.inference.records import Ties
from kg.diffusion.inference.rules import rules_of
from kg.diffusion.inference.trees import NONE, parents_of
from kg.errors import DiffusionError

ROUNDS = 8
CLOSE = 1e-3  # relative change of the likelihood's parameters that ends the rounds
EDGES_PER_UNIT = 3


def estimated_delay(
    cascades: Cascades, model: Model = "exponential", *, ties: Ties = "interval", background: float | None = None
) -> Delay:
    """The maximum-likelihood delay along the edges that it itself implies, in turns until it stays (classification EM).

    Each round infers three edges for each unit with the delay so far and fits the delay to the steps of the trees; an
    interval is a probability, not a point. Celeux and Govaert (1992, Computational Statistics & Data Analysis 14).
    """
    delay = first_delay(cascades, model)
    for _ in range(ROUNDS):
        steps = _steps_of(cascades, delay, ties, background)
        if not steps[0].size:
            return delay
        fitted = fitted_delay(delay, *steps)
        if np.allclose(fitted.params, delay.params, rtol=CLOSE, atol=0):
            return fitted
        delay = fitted
    return delay


def first_delay(cascades: Cascades, model: Model = "exponential") -> Delay:
    """A start: the scale is the geometric mean of the mean time to the next event and of that since the first one."""
    gaps, since = _gaps(cascades)
    gaps, since = gaps[gaps > 0], since[since > 0]
    scale = math.sqrt(float(gaps.mean()) * float(since.mean())) if gaps.size else step_of(cascades.time) or 1.0
    if model == "exponential":
        return Delay(model, (1 / scale,))
    if model == "rayleigh":
        return Delay(model, (scale / math.sqrt(math.pi / 2),))
    if model == "log-normal":
        return Delay(model, (math.log(scale), 1.0))
    return Delay(model, (2.0, step_of(cascades.time) / 10 or float(gaps.min(initial=1.0))))


def fitted_delay(start: Delay, gap: Floats, parent: Floats, child: Floats) -> Delay:
    """The delay of the same model under which steps between these intervals are most probable; widths as in log_mass."""
    from scipy.optimize import minimize

    steps, counts = np.unique(np.stack([gap, parent, child]), axis=1, return_counts=True)
    fixed = start.params[1:] if start.model == "power-law" else ()
    logged = start.model != "log-normal"

    def delay_at(values: Floats) -> Delay:
        first, *rest = values.tolist()
        least = 1.0 if start.model == "power-law" else 0.0
        head = least + math.exp(first) if logged else first
        return Delay(start.model, (head, *map(math.exp, rest), *fixed))

    def unlikely(values: Floats) -> float:
        if np.abs(values).max() > 50:
            return math.inf
        delay = delay_at(values)
        logs = delay.log_mass(*steps) if steps[1:].any() else delay.log_density(steps[0])
        return -float(np.maximum(logs, -1e6) @ counts)

    head = math.log(start.params[0] - (1.0 if start.model == "power-law" else 0.0)) if logged else start.params[0]
    free = [head, *map(math.log, start.params[1 : 2 if fixed else None])] if not fixed else [head]
    best = minimize(unlikely, np.array(free), method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-9})
    return delay_at(best.x)


def _steps_of(cascades: Cascades, delay: Delay, ties: Ties, background: float | None) -> tuple[Floats, Floats, Floats]:
    """Of each event that follows another one: the gap, and the widths of the two intervals."""
    search = Search(Pairs(cascades, delay, ties), rules_of(ties, background=background))
    parent = parents_of(search, list(islice(search, EDGES_PER_UNIT * len(cascades.units))))
    child = np.flatnonzero(parent != NONE)
    width = widths_of(cascades, ties)
    gap = cascades.time[child] - cascades.time[parent[child]]
    return gap, width[parent[child]], width[child]


def peer_delay(cascades: Cascades, model: Model = "exponential") -> Delay:
    """As NetworkInference 1.2.5 sets it where no parameter is given.

    exponential: the mean of two rates, of the times to the next event and since the first. log-normal: moments of the log
    of the times since the first. Raises DiffusionError for the others: its Rayleigh overflows on real data.
    """
    gaps, since = _gaps(cascades)
    if model == "exponential" and gaps.any():
        return Delay(model, ((1 / float(gaps.mean()) + 1 / float(since.mean())) / 2,))
    if model == "log-normal" and (since > 0).sum() > 1:
        logs = np.log(since[since > 0])
        return Delay(model, (float(logs.mean()), float(logs.std(ddof=1))))
    raise DiffusionError(f"compat NetworkInference-1.2.5: gives {model} no parameter on these cascades; name one")


def _gaps(cascades: Cascades) -> tuple[Floats, Floats]:
    """Of each event but the first of its cascade: the time since the one before it, and since the first."""
    later = np.ones(len(cascades.time), dtype=bool)
    begun = np.diff(cascades.starts) > 0
    later[cascades.starts[:-1][begun]] = False
    at = np.flatnonzero(later)
    since = cascades.time - cascades.time[np.minimum(cascades.starts[:-1], max(len(later) - 1, 0))[cascades.cascade]]
    return cascades.time[at] - cascades.time[at - 1], since[at]
