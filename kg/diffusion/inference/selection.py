"""Cascades → which rule of ties and which delay foretell held-out cascades best.

Every model is inferred on some cascades and judged on the others (k-fold cross-validation: Stone 1974, JRSS B 36(2)). What
is judged is the probability of the year in which a unit adopts, given the years of its inferred sources in the same
programme: a share of it comes from outside and falls anywhere in the programme's span, the rest follows one of the sources
present, each with the same probability. All models answer in the same currency, probability of a year, so that
`strict`, which knows no adoption of the same year, and `interval` can be compared. It is a pseudo-likelihood
(Besag 1975, The Statistician 24(3)).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.diffusion.cascades import Cascades, Floats, Ints
from kg.diffusion.inference.candidates import Field, Setting
from kg.diffusion.inference.delays import MODELS, Delay, Model
from kg.diffusion.inference.estimates import estimated_delay
from kg.diffusion.inference.kernel import step_of
from kg.diffusion.inference.netinf import infer
from kg.diffusion.inference.records import Ties
from kg.errors import DiffusionError

OUTSIDE = 0.1  # share of adoptions that come from outside
EDGES_PER_UNIT = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """One model on held-out cascades."""

    ties: Ties
    delay: Delay  # of the whole data
    log_likelihood: float  # of all held-out adoptions
    per_adoption: float
    standard_error: float  # of per_adoption, over cascades
    adoptions: int
    chosen: bool = False


def select(
    cascades: Cascades,
    delays: Sequence[Delay | Model] = MODELS,
    *,
    ties: Sequence[Ties] = ("strict", "interval"),
    edges: int | None = None,
    folds: int = 5,
    seed: int = 0,
) -> tuple[Judged, ...]:
    """Every rule of ties with every delay, the best first; a delay without parameters is estimated on each training set.

    `edges` is the size of each network, three for each unit where it is not given. Raises DiffusionError where there are
    fewer cascades than folds.
    """
    if folds < 2 or len(cascades) < folds:
        raise DiffusionError(f"{len(cascades)} cascades, {folds} folds: takes at least 2 folds, and a cascade for each")
    size = EDGES_PER_UNIT * len(cascades.units) if edges is None else edges
    held = np.random.default_rng(seed).permutation(len(cascades)) % folds
    judged = [_judged(cascades, delay, rule, size, held) for rule in ties for delay in delays]
    judged.sort(key=lambda one: -one.log_likelihood)
    return (replace(judged[0], chosen=True), *judged[1:]) if judged else ()


def _judged(cascades: Cascades, delay: Delay | Model, ties: Ties, edges: int, held: Ints) -> Judged:
    sums, counts = np.zeros(len(cascades)), np.zeros(len(cascades))
    for fold in range(int(held.max()) + 1):
        train, test = np.flatnonzero(held != fold), np.flatnonzero(held == fold)
        learnt = cascades.only(train)
        fitted = _delay(learnt, delay, ties)
        network = infer(learnt, fitted, edges=edges, ties=ties)
        pairs = [(edge.origin, edge.destination) for edge in network.edges]
        sums[test], counts[test] = held_out(cascades.only(test), pairs, Setting(fitted, ties))
    adoptions = float(counts.sum())
    mean = float(sums.sum()) / max(adoptions, 1.0)
    spread = float(np.square(sums - mean * counts).sum()) ** 0.5 / max(adoptions, 1.0)
    return Judged(ties, _delay(cascades, delay, ties), float(sums.sum()), mean, spread, int(adoptions))


def _delay(cascades: Cascades, delay: Delay | Model, ties: Ties) -> Delay:
    return delay if isinstance(delay, Delay) else estimated_delay(cascades, delay, ties=ties)


def held_out(cascades: Cascades, edges: Sequence[tuple[int, int]], setting: Setting) -> tuple[Floats, Floats]:
    """(C,) the log likelihood of each cascade, and how many adoptions it has that are judged: all but one-unit cascades'."""
    sources: dict[int, list[int]] = {}
    for origin, destination in edges:
        sources.setdefault(destination, []).append(origin)
    field = Field(cascades, replace(setting, background=1.0))
    sums, counts = np.zeros(len(cascades)), np.zeros(len(cascades))
    year = _year_mass(setting, step_of(cascades.time))
    for unit in range(len(cascades.units)):
        found = field(unit)
        rows = len(found.outside)
        mine = np.isin(found.origin, sources.get(unit, []))
        present = np.bincount(found.row[mine], minlength=rows)
        led = np.bincount(found.row[mine], found.likelihood[mine] * year, rows) / np.maximum(present, 1)
        share = np.where(present > 0, OUTSIDE, 1.0)
        logs = np.log(share * found.outside + (1 - share) * led)
        at = cascades.cascade[cascades.unit == unit]
        sizes = np.diff(cascades.starts)[at]
        np.add.at(sums, at[sizes > 1], logs[sizes > 1])
        np.add.at(counts, at[sizes > 1], 1.0)
    return sums, counts


def _year_mass(setting: Setting, step: float) -> float:
    """What makes the densities at the steps of a grid of times sum to one; 1 for intervals, and without a grid."""
    if setting.ties == "interval" or not step:
        return 1.0
    with np.errstate(over="ignore"):
        total = float(np.exp(setting.delay.log_density(step * np.arange(1.0, 1001.0))).sum()) * step
    return 1.0 / total if total > 0 else 1.0
