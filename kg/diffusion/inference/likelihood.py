"""A network, and cascades it has not seen → how well it foretells when each unit adopts: to choose delay and rule of ties."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from kg.diffusion.cascades import Cascades, Floats, Ints
from kg.diffusion.inference.delays import Delay
from kg.diffusion.inference.kernel import step_of
from kg.diffusion.inference.pairs import Column, Pairs
from kg.diffusion.inference.records import Ties

OUTSIDE = 0.1  # share of adoptions that come from elsewhere
STEPS = 10_000  # after which a delay on a grid counts as impossible


def log_likelihood(
    edges: Iterable[tuple[int, int]],
    cascades: Cascades,
    delay: Delay,
    ties: Ties = "interval",
    outside: float = OUTSIDE,
) -> Floats:
    """(C,) Of each cascade the log probability of its times: the larger the sum, the better they are foretold.

    Each event after the first time of its cascade is foretold from the others: with the probability 1 - outside it follows
    one of those from which an edge leads to its unit, with the probability outside any of those that may have come before;
    which one is even. On a grid of times (years) both rules of ties give a probability to every year, and so can be
    compared; the events are foretold one by one, which makes this a pseudo-likelihood (Besag 1975, The Statistician 24).
    `edges` are (origin, destination) in the numbers of `cascades`.
    """
    pairs = Pairs(cascades, delay, ties)
    into: dict[int, list[int]] = {}
    for origin, destination in edges:
        into.setdefault(int(pairs.rank[destination]), []).append(int(pairs.rank[origin]))
    found = np.zeros(len(cascades.unit))
    whole = _log_whole(delay, cascades, ties)
    for unit in range(len(pairs)):
        column = pairs.column(unit)
        if column.child.size:
            found[column.events] = _foretold(column, into.get(unit, []), whole, outside)
    found[_at_first_time(cascades)] = 0.0
    sums: Floats = np.bincount(cascades.cascade, found, len(cascades)).astype(np.float64)
    return sums


def _foretold(column: Column, origins: list[int], whole: float, outside: float) -> Floats:
    """Of each event of a column the log probability of its time; 0 where it can follow none."""
    logs = column.logs.copy()
    logs[column.unsure] += np.log(np.maximum(column.share, 1e-300))
    top = np.maximum.reduceat(logs, column.first)
    top = np.where(np.isfinite(top), top, 0.0)
    height = np.exp(logs - top[column.child])
    inside = np.isin(column.origin, origins)
    anybody = _mean(height, np.isfinite(logs), column.first)
    along = _mean(height * inside, inside & np.isfinite(logs), column.first)
    with np.errstate(divide="ignore"):
        found = np.log((1 - outside) * along + outside * anybody) + top - whole
    return np.where(np.isfinite(found), found, 0.0)


def _mean(values: Floats, counted: np.ndarray[tuple[int], np.dtype[np.bool_]], first: Ints) -> Floats:
    """Of each event over its pairs that count."""
    counts = np.add.reduceat(counted.astype(np.float64), first)
    means: Floats = np.add.reduceat(values, first) / np.maximum(counts, 1.0)
    return means


def _log_whole(delay: Delay, cascades: Cascades, ties: Ties) -> float:
    """What the strict rule's densities at whole steps add up to, in logs; nothing where they are probabilities already."""
    step = step_of(cascades.time) if ties == "strict" and cascades.time.size else 0.0
    if not step:
        return 0.0
    total = float(np.exp(delay.log_density(np.arange(1.0, STEPS) * step)).sum())
    return float(np.log(total)) if total > 0 else 0.0


def _at_first_time(cascades: Cascades) -> Ints:
    """The events at the earliest time of their cascade: nothing foretells them."""
    begun = cascades.starts[:-1][np.diff(cascades.starts) > 0]
    first = np.full(len(cascades), np.nan)
    first[np.diff(cascades.starts) > 0] = cascades.time[begun]
    return np.flatnonzero(cascades.time == first[cascades.cascade])
