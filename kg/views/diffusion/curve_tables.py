"""Adoption curves, survival, fitted growth, adopter categories → tables for the terminal, CSV and JSON."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kg.diffusion.adoptions import History
from kg.diffusion.curves.adoption import CurveRow
from kg.diffusion.curves.bands import BandRow
from kg.diffusion.curves.growth import Growth
from kg.diffusion.curves.kaplan_meier import SurvivalRow
from kg.diffusion.curves.risk import RiskSet
from kg.diffusion.naming import names_of
from kg.views.tables import Cell, Table

CURVE = ("program", "year", "adopted", "cumulative", "share", "adjusted_share", "rate", "at_risk", "hazard")
SURVIVAL = ("program", "time", "at_risk", "adopted", "censored", "survival", "std_error", "low", "high")
NPMLE = ("program", "after", "until", "mass", "survival", "low", "high")
GROWTH = ("program", "model", "parameter", "estimate", "std_error", "low", "high", "resampled_low", "resampled_high")
CATEGORIES = ("program", "unit", "year", "only_bound", "category")
ALL = "all"


def curve_table(curves: Mapping[str, Sequence[CurveRow]]) -> Table:
    """One row per programme and year."""
    rows = [
        (
            program,
            figure(row.period),
            str(row.adopted),
            str(row.cumulative),
            figure(row.share),
            figure(row.adjusted),
            figure(row.rate),
            str(row.at_risk),
            figure(row.hazard),
        )
        for program, curve in curves.items()
        for row in curve
    ]
    return Table(CURVE, tuple(rows))


def survival_table(curves: Mapping[str, Sequence[SurvivalRow]]) -> Table:
    """One row per programme and time."""
    rows = [
        (
            program,
            figure(row.time),
            str(row.at_risk),
            str(row.adopted),
            str(row.censored),
            *map(figure, (row.survival, row.std_error, row.low, row.high)),
        )
        for program, curve in curves.items()
        for row in curve
    ]
    return Table(SURVIVAL, tuple(rows))


def npmle_table(bands: Mapping[str, Sequence[BandRow]]) -> Table:
    """One row per programme and innermost interval; an empty end is open."""
    return Table(NPMLE, tuple((program, *map(figure, row)) for program, band in bands.items() for row in band))


def growth_table(fits: Mapping[str, Growth | str]) -> Table:
    """One row per programme and parameter, r² and number of years; where nothing was fitted, why."""
    rows: list[tuple[Cell, ...]] = []
    for program, fit in fits.items():
        if isinstance(fit, str):
            rows.append((program, *[None] * (len(GROWTH) + 2), fit))
            continue
        rest = (figure(fit.r_squared), str(fit.periods), str(fit.resamples), None)
        rows += [(program, fit.model, name, *map(figure, numbers), *rest) for name, *numbers in fit.parameters]
    return Table((*GROWTH, "r_squared", "years", "resamples", "not_fitted"), tuple(rows))


def category_table(history: History, found: Iterable[tuple[RiskSet, Sequence[str]]]) -> Table:
    """One row per programme and unit at risk."""
    names, programs = names_of(history), program_names(history)
    rows = [
        (
            programs[program],
            names[unit],
            figure(year),
            ("yes" if is_bound else "no") if math.isfinite(year) else None,
            category,
        )
        for risk, categories in found
        for unit, program, year, is_bound, category in zip(
            risk.unit, risk.program, risk.times.tolist(), risk.is_bound.tolist(), categories, strict=True
        )
    ]
    return Table(CATEGORIES, tuple(rows))


def program_names(history: History) -> dict[str, str]:
    """Programme → its name, with its id where two share the name."""
    shared = Counter(program.name for program in history.programs)
    return {p.id: p.name if shared[p.name] == 1 else f"{p.name} ({p.id})" for p in history.programs}


def figure(value: float) -> Cell:
    """Six significant digits, whole numbers in full; None where it is not known or without end."""
    if not math.isfinite(value):
        return None
    return f"{value:.0f}" if value == round(value) and abs(value) < 1e15 else f"{value:.6g}"
