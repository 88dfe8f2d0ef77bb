"""A design → what an analysis of such data finds of the truth: edges, first adopters, the rate.

Simulated again and again with other seeds; the mean over the repetitions and their range. What the user's data cannot
show here, they cannot show in earnest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from kg.diffusion.cascades import Cascades, Floats
from kg.diffusion.inference.candidates import Exchanged, mean_ranks
from kg.diffusion.inference.delays import Delay
from kg.diffusion.inference.estimates import estimated_delay
from kg.diffusion.inference.netinf import infer
from kg.diffusion.inference.permutation import network_of, permuted, significant_edges
from kg.diffusion.simulation.simulate import Design, Simulated, simulate
from kg.errors import DiffusionError


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that an analysis could say, over the repetitions."""

    name: str
    mean: float
    least: float
    most: float
    about: str


ABOUT = {
    "events": "adoptions in the data",
    "tie_rate": "share of adoptions that share their year with another one of the cascade",
    "true_edges": "edges of the planted network",
    "precision_at_k": "share of true edges among the first K inferred ones, K being the number of true edges",
    "significant_edges": "edges that are more than chance",
    "precision": "share of true edges among them",
    "recall": "share of the true edges that are among them",
    "false_without_network": "significant edges after the times of each cascade were exchanged: all of them false",
    "first_found": "share of cascades whose true first adopter stands first, alone or tied",
    "first_alone": "share of cascades whose true first adopter stands first alone",
    "rank_correlation": "Spearman correlation of the units' mean ranks with the true ones",
    "rate_ratio": "estimated rate of the delay to the true one",
}


def power(
    design: Design,
    *,
    repeats: int = 3,
    seed: int = 0,
    exchanged: Exchanged = "cascade",
    permutations: int | None = None,
    workers: int = 1,
) -> tuple[Measure, ...]:
    """The measures in a fixed order; `exchanged` and `permutations` as in significant_edges.

    Raises DiffusionError where the design or the number of repetitions is out of range."""
    if repeats < 1:
        raise DiffusionError(f"repeats {repeats}: must be at least 1")
    found = [
        _measured(simulate(design, number), partial(_reported, number, exchanged, permutations, workers))
        for number in range(seed, seed + repeats)
    ]
    return tuple(_measure(name, [one[name] for one in found]) for name in ABOUT)


def _measure(name: str, values: list[float]) -> Measure:
    known = [value for value in values if np.isfinite(value)]
    if not known:
        return Measure(name, np.nan, np.nan, np.nan, ABOUT[name])
    return Measure(name, float(np.mean(known)), min(known), max(known), ABOUT[name])


def _measured(data: Simulated, report: Callable[[Cascades, Delay], frozenset[tuple[int, int]]]) -> dict[str, float]:
    cascades, true = data.cascades, data.edges
    delay = estimated_delay(cascades)
    first = {(edge.origin, edge.destination) for edge in infer(cascades, delay, edges=len(true)).edges}
    reported = report(cascades, delay)
    alone, among = _first_found(data)
    return {
        "events": float(len(cascades.unit)),
        "tie_rate": data.tie_rate,
        "true_edges": float(len(true)),
        "precision_at_k": _share(len(first & true), len(first)),
        "significant_edges": float(len(reported)),
        "precision": _share(len(reported & true), len(reported)),
        "recall": _share(len(reported & true), len(true)),
        "false_without_network": float(len(report(permuted(cascades, 0), delay))),
        "first_found": among,
        "first_alone": alone,
        "rank_correlation": _spearman(mean_ranks(data.truth), mean_ranks(cascades)),
        "rate_ratio": delay.params[0] / data.rate,
    }


def _reported(
    seed: int, exchanged: Exchanged, permutations: int | None, workers: int, cascades: Cascades, delay: Delay
) -> frozenset[tuple[int, int]]:
    found = significant_edges(
        cascades, delay, exchanged=exchanged, permutations=permutations, seed=seed, workers=workers
    )
    return network_of(found.reported)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else np.nan


def _first_found(data: Simulated) -> tuple[float, float]:
    """In which shares of the cascades the true first adopter stands first: alone, and at all."""
    alone = among = 0
    full = np.flatnonzero(np.diff(data.cascades.starts))
    for number in full.tolist():
        part = slice(data.cascades.starts[number], data.cascades.starts[number + 1])
        times = data.cascades.time[part]
        ahead = set(data.cascades.unit[part][times == times.min()].tolist())
        if int(data.truth.unit[data.truth.starts[number]]) in ahead:
            among += 1
            alone += len(ahead) == 1
    return _share(alone, len(full)), _share(among, len(full))


def _spearman(one: Floats, other: Floats) -> float:
    from scipy.stats import rankdata

    if len(one) < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return np.nan
    return float(np.corrcoef(rankdata(one), rankdata(other))[0, 1])
