"""A covariate as a scholar writes it (L.share_province, log(gdp), income:share, C(level)) → columns of a design."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from itertools import product
from operator import mul
from typing import NamedTuple

import numpy as np

from kg.diffusion.cascades import Floats
from kg.diffusion.models.observations import Observations
from kg.errors import DiffusionError

_LAGGED = re.compile(r"L(\d*)\.(.+)", re.IGNORECASE)
_CALLED = re.compile(r"(C|log|log1p|sqrt|z)\((.+)\)")
_POWER = re.compile(r"(.+)\^([2-9])")
NO_LEVEL = ("", "nan")
_FUNCTIONS = {"log": np.log, "log1p": np.log1p, "sqrt": np.sqrt}


class Column(NamedTuple):
    """One column of a design, and where it comes from."""

    name: str
    values: Floats
    term: str  # as it was asked for


def columns_of(data: Observations, terms: tuple[str, ...]) -> tuple[Column, ...]:
    """All columns of these terms, each once.

    `x` a column of numbers; `L.x`, `L2.x` its value one or two years before (Stata's sign); `log(x)`, `log1p(x)`,
    `sqrt(x)`, `z(x)` (mean 0, standard deviation 1), `x^2`; `C(x)` one column for each level but the first,
    `C(x=b)` but b; `a:b` their product. Where there is no value the column has none, and the row is left out later.
    """
    found = {column.name: column for term in terms for column in _columns(data, term.strip())}
    return tuple(found.values())


def _columns(data: Observations, term: str) -> Iterator[Column]:
    factors = [list(_factor(data, factor.strip())) for factor in term.split(":")]
    for some in product(*factors):
        values = reduce(mul, (values for _, values in some))
        yield Column(":".join(name for name, _ in some), values, term)


def _factor(data: Observations, text: str) -> Iterator[tuple[str, Floats]]:
    called = _CALLED.fullmatch(text)
    if called and called[1] == "C":
        yield from dummies(data, called[2])
    else:
        yield text, _numbers(data, text)


def _numbers(data: Observations, text: str) -> Floats:
    if called := _CALLED.fullmatch(text):
        return _function(called[1], _numbers(data, called[2]))
    if power := _POWER.fullmatch(text):
        return _numbers(data, power[1]) ** int(power[2])
    if text.lower() not in data.columns and (lagged := _LAGGED.fullmatch(text)):
        years, name = int(lagged[1] or 1), lagged[2]
        joined = f"l{years}.{name.lower()}"
        return data.numbers(joined) if joined in data.columns else lag(data, name, years)
    return data.numbers(text)


def _function(name: str, values: Floats) -> Floats:
    if name == "C":
        raise DiffusionError("C(…) stands alone or in a product a:C(b), not inside another function")
    if name == "z":
        known = values[~np.isnan(values)]
        return (values - known.mean()) / known.std(ddof=1) if len(known) > 1 else values
    with np.errstate(divide="ignore", invalid="ignore"):
        made: Floats = _FUNCTIONS[name](values)
    return np.where(np.isfinite(made), made, np.nan)


def dummies(data: Observations, text: str) -> Iterator[tuple[str, Floats]]:
    """One column of 0 and 1 for each level but the first, or but the one that is named; a missing level has none."""
    name, _, reference = text.partition("=")
    levels, which = data.levels(name)
    known = [number for number, level in enumerate(levels) if level not in NO_LEVEL]
    if reference and reference not in levels:
        raise DiffusionError(f"{data.file}: {name} has no level {reference!r}; there are {', '.join(levels)}")
    left_out = levels.index(reference) if reference else known[0] if known else -1
    unknown = ~np.isin(which, known)
    for number in (number for number in known if number != left_out):
        yield f"{name}={levels[number]}", np.where(unknown, np.nan, (which == number).astype(np.float64))


def lags_in(terms: tuple[str, ...]) -> tuple[int, ...]:
    """How many years back these terms look: L2.gdp → (2,)."""
    found = (_LAGGED.search(factor) for term in terms for factor in term.split(":"))
    return tuple(sorted({int(one[1] or 1) for one in found if one}))


def lag(data: Observations, name: str, years: int) -> Floats:
    """The value of the same unit and programme `years` of duration before; none where there is no such row."""
    time, values = data.numbers("duration"), data.numbers(name)
    (_, program), (_, unit) = data.levels("program"), data.levels("unit")
    at = {key: row for row, key in enumerate(zip(program.tolist(), unit.tolist(), time.tolist(), strict=True))}
    before = zip(program.tolist(), unit.tolist(), (time - years).tolist(), strict=True)
    rows = np.array([at.get(key, -1) for key in before], dtype=np.int64)
    return np.where(rows >= 0, values[rows], np.nan)
