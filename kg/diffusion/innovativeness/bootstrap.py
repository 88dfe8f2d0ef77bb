"""Ratios of sums over programmes → each place's score with a standard error, an interval and a rank, by bootstrap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.diffusion.cascades import Floats
from kg.diffusion.innovativeness.opportunities import Flags

TAIL = 0.025
BATCH = 200  # replicates at a time


@dataclass(frozen=True, slots=True)
class Score:
    """One measure of one place; None where it cannot be computed."""

    value: float | None
    error: float | None = None  # standard deviation over the bootstrap replicates
    lower: float | None = None  # 95 % percentile interval
    upper: float | None = None
    rank: int | None = None  # competition rank, the greatest value first


def scores(above: Floats, below: Floats, replicates: int, seed: int, ranked: Flags | None = None) -> list[Score]:
    """Per row, the sum of `above` divided by that of `below`, over columns (programmes) that are drawn with replacement.

    Programmes, not events, are drawn: the dates of one programme hang together (Efron and Tibshirani, 1993). A place
    that fewer than two programmes tell of has no interval. Only `ranked` places get a rank.
    """
    whole = below.sum(axis=1)
    values = np.divide(above.sum(axis=1), whole, out=np.full(len(whole), np.nan), where=whole > 0)
    drawn = _replicates(above, below, replicates, seed)
    telling = (below > 0).sum(axis=1) > 1
    return [
        _score(value, column, rank)
        for value, column, rank in zip(
            values,
            _told(drawn, telling),
            _ranks(values if ranked is None else np.where(ranked, values, np.nan)),
            strict=True,
        )
    ]


def _replicates(above: Floats, below: Floats, replicates: int, seed: int) -> Floats:
    """(replicates, rows); NaN where none of the drawn programmes tells of the row."""
    columns = above.shape[1]
    found = np.full((replicates, above.shape[0]), np.nan)
    if not columns:
        return found
    random = np.random.default_rng(seed)
    for start in range(0, replicates, BATCH):
        size = min(BATCH, replicates - start)
        weights = random.multinomial(columns, np.full(columns, 1 / columns), size=size).astype(np.float64)
        over, under = weights @ above.T, weights @ below.T
        np.divide(over, under, out=found[start : start + size], where=under > 0)
    return found


def _told(drawn: Floats, telling: Flags) -> list[Floats]:
    return [column[~np.isnan(column)] if tells else column[:0] for column, tells in zip(drawn.T, telling, strict=True)]


def _score(value: float, replicates: Floats, rank: int | None) -> Score:
    if np.isnan(value):
        return Score(None)
    if len(replicates) < 2:
        return Score(float(value), rank=rank)
    lower, upper = np.quantile(replicates, [TAIL, 1 - TAIL])
    return Score(float(value), float(replicates.std(ddof=1)), float(lower), float(upper), rank)


def _ranks(values: Floats) -> list[int | None]:
    rounded = np.round(values, 12)
    ordered = np.sort(-rounded[~np.isnan(rounded)])
    return [None if np.isnan(v) else int(np.searchsorted(ordered, -v)) + 1 for v in rounded]
