"""A panel and what is asked → the matrix of a model: complete rows, no level without events, no redundant column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from kg.diffusion.cascades import Floats, Ints
from kg.diffusion.models.baseline import baseline_columns
from kg.diffusion.models.observations import Observations
from kg.diffusion.models.terms import NO_LEVEL, Column, columns_of, dummies
from kg.errors import DiffusionError

DISCRETE = ("logit", "cloglog", "probit", "firth")
COX = ("cox", "cox-breslow", "cox-exact")
ACCELERATED = ("exponential", "weibull", "log-normal", "log-logistic")
MODELS = (*DISCRETE, *COX, *ACCELERATED)
SMALL = 1e-9  # share of a column's length that must be its own


@dataclass(frozen=True, slots=True)
class Specification:
    """What to fit. `covariates` are terms (see kg.diffusion.models.terms), the rest are columns."""

    model: str = "logit"
    covariates: tuple[str, ...] = ()
    baseline: str = "log"  # of discrete models
    fixed: tuple[str, ...] = ()  # a fixed effect for each level, as in pooled event history (Kreitzer and Boehmke 2016)
    strata: str = "program"  # of Cox models: each level has a baseline of its own
    clusters: tuple[str, ...] = ("unit",)  # none: the model's standard errors

    def __post_init__(self) -> None:
        if self.model not in MODELS:
            raise DiffusionError(f"no model {self.model!r}; there are {', '.join(MODELS)}")

    @property
    def kind(self) -> Literal["discrete", "cox", "accelerated"]:
        """The family of the model."""
        if self.model in DISCRETE:
            return "discrete"
        return "cox" if self.model in COX else "accelerated"


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """The rows and columns that a model is fitted on."""

    data: Observations  # the rows that are left
    x: Floats  # (N, K)
    names: tuple[str, ...]
    hidden: tuple[bool, ...]  # of baseline and fixed effects
    notes: tuple[str, ...]

    @property
    def covariates(self) -> list[int]:
        """The columns that were asked for."""
        return [
            number for number, hidden in enumerate(self.hidden) if not hidden and self.names[number] != "(intercept)"
        ]


def design_of(data: Observations, asked: Specification) -> Design:
    """The design of a model. Raises DiffusionError where no row or no event is left."""
    chosen = columns_of(data, asked.covariates)
    complete, notes = _complete(data, chosen, asked.fixed)
    data, chosen = _rows(data, chosen, complete)
    if asked.kind != "accelerated":
        known, more = _known(data)
        data, chosen = _rows(data, chosen, known)
        notes += more
    if asked.kind == "discrete" and asked.model != "firth":
        lively, more = _with_events(data, (*asked.fixed, *(("duration",) if asked.baseline == "dummies" else ())))
        data, chosen = _rows(data, chosen, lively)
        notes += more
    _refuse_empty(data, asked)
    columns = [(name, values, hidden) for name, values, hidden in _all_columns(data, asked, chosen)]
    matrix = np.column_stack([values for _, values, _ in columns]) if columns else np.zeros((len(data), 0))
    kept = independent(matrix, risk_sets(data, asked.strata) if asked.kind == "cox" else None)
    gone = [name for number, (name, _, hidden) in enumerate(columns) if number not in kept and not hidden]
    if gone:
        notes += (f"left out, because other columns already say it or because it does not vary: {', '.join(gone)}",)
    names, hidden = tuple(columns[k][0] for k in kept), tuple(columns[k][2] for k in kept)
    return Design(data, np.ascontiguousarray(matrix[:, kept]), names, hidden, (*data.notes, *notes))


def risk_sets(data: Observations, strata: str) -> Ints:
    """The number of the risk set of each row: one stratum, one duration."""
    times, time = np.unique(data.numbers("duration"), return_inverse=True)
    stratum = data.levels(strata)[1] if strata else np.zeros(len(data), np.int64)
    numbered: Ints = np.unique(stratum * max(len(times), 1) + time, return_inverse=True)[1].astype(np.int64)
    return numbered


def independent(matrix: Floats, group: Ints | None = None) -> list[int]:
    """The columns that are no combination of those before them (Gram and Schmidt), within groups where these are given."""
    if group is not None and matrix.size:
        sizes = np.bincount(group)
        means = np.column_stack([np.bincount(group, column) / sizes for column in matrix.T])
        matrix = matrix - means[group].astype(np.float64)
    kept: list[int] = []
    basis = np.zeros((matrix.shape[1], len(matrix)))
    lengths = np.linalg.norm(matrix, axis=0)
    for number in range(matrix.shape[1]):
        rest, known = matrix[:, number], basis[: len(kept)]
        for _ in range(2):
            rest = rest - known.T @ (known @ rest)
        length = float(np.linalg.norm(rest))
        if length > SMALL * max(float(lengths[number]), 1e-300) and length > 1e-12:
            basis[len(kept)] = rest / length
            kept.append(number)
    return kept


def _all_columns(
    data: Observations, asked: Specification, chosen: Sequence[Column]
) -> Iterable[tuple[str, Floats, bool]]:
    if asked.kind != "cox":
        yield "(intercept)", np.ones(len(data)), False
    if asked.kind == "discrete":
        many = asked.baseline in ("dummies", "spline")
        yield from ((name, values, many) for name, values in baseline_columns(data.numbers("duration"), asked.baseline))
    yield from ((column.name, column.values, False) for column in chosen)
    for name in asked.fixed:
        yield from ((level, values, True) for level, values in dummies(data, name))


def _complete(
    data: Observations, chosen: Sequence[Column], fixed: Sequence[str]
) -> tuple[np.ndarray | None, tuple[str, ...]]:
    """The rows without a missing value or level, and which columns cost how many."""
    missing = [(column.name, ~np.isfinite(column.values)) for column in chosen]
    for name in fixed:
        levels, which = data.levels(name)
        missing.append((name, np.isin(which, [number for number, level in enumerate(levels) if level in NO_LEVEL])))
    gone = np.logical_or.reduce([where for _, where in missing]) if missing else np.zeros(len(data), dtype=bool)
    if not gone.any():
        return None, ()
    told = ", ".join(f"{name} {int(where.sum())}" for name, where in missing if where.any())
    return ~gone, (f"{int(gone.sum())} of {len(gone)} rows are left out for missing values ({told})",)


def _known(data: Observations) -> tuple[np.ndarray | None, tuple[str, ...]]:
    """The rows of which it is known whether the unit adopted."""
    unknown = np.isnan(data.numbers("adopt"))
    if not unknown.any():
        return None, ()
    return ~unknown, (
        f"reading gaps: {int(unknown.sum())} of {len(unknown)} rows ({unknown.mean():.0%}) are left out, for nobody can know"
        " whether the unit adopted in that year; the model holds for years and places that were read",
    )


def _with_events(data: Observations, columns: Sequence[str]) -> tuple[np.ndarray | None, tuple[str, ...]]:
    """Rows of levels in which something is adopted and not everything is; others say nothing about covariates."""
    keep, adopt = np.ones(len(data), dtype=bool), data.numbers("adopt")
    coded = {name: data.levels(name) for name in columns}
    before = -1
    while keep.sum() != before:
        before = int(keep.sum())
        for levels, which in coded.values():
            events = np.bincount(which, adopt * keep, len(levels))
            keep &= ((events > 0) & (events < np.bincount(which, keep, len(levels))))[which]
    if keep.all():
        return None, ()
    told = []
    for name, (levels, which) in coded.items():
        dead = len(levels) - len(np.unique(which[keep]))
        told += [f"{dead} of {len(levels)} levels of {name}"] if dead else []
    return keep, (f"{int((~keep).sum())} rows are left out: in {', '.join(told)} no row or every row is an adoption",)


def _rows(
    data: Observations, chosen: tuple[Column, ...], keep: np.ndarray | None
) -> tuple[Observations, tuple[Column, ...]]:
    if keep is None:
        return data, chosen
    return data.only(keep), tuple(column._replace(values=column.values[keep]) for column in chosen)


def _refuse_empty(data: Observations, asked: Specification) -> None:
    events = float(np.isfinite(data.numbers("upper")).sum() if data.has_intervals else data.numbers("adopt").sum())
    if not len(data) or not events:
        why = " after the rows with missing values are left out" if asked.covariates else ""
        raise DiffusionError(
            f"{data.file}: {len(data)} rows with {events:.0f} adoptions{why}: there is nothing to fit {asked.model} on"
        )
