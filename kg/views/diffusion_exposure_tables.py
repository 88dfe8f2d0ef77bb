"""Exposure, thresholds, contagion, Moran's I, tests and models of a network of places → tables for people and programs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import numpy as np

from kg.diffusion.adoptions import History
from kg.diffusion.curves.categories import adopter_categories, threshold_classes
from kg.diffusion.exposure.exposures import thresholds
from kg.diffusion.exposure.infection import contagion
from kg.diffusion.exposure.networks import PlaceNetwork
from kg.diffusion.exposure.of_history import Diffusion
from kg.diffusion.exposure.regression import ExposureModel
from kg.diffusion.exposure.structure import StructureTest
from kg.diffusion.exposure.tables import PeriodRow, degrees
from kg.views.diffusion_curve_tables import figure
from kg.views.tables import Table

EXPOSURE = ("program", "unit", "year", "adopted", "neighbours", "exposure", "exposure_before")
THRESHOLDS = ("program", "unit", "year", "threshold", "threshold_before", "threshold_class", "category")
CONTAGION = ("infection", "susceptibility")
PERIODS = (
    "program",
    "year",
    "adopted",
    "cumulative",
    "share",
    "hazard",
    "density",
    "moran",
    "expected",
    "sd",
    "p_value",
)
TESTS = ("program", "statistic", "observed", "rewired_mean", "rewired_sd", "p_value", "rewirings")
MODEL = ("program", "term", "estimate", "std_error", "z", "p_value", "rows", "adoptions", "note")
DEGREES = ("unit", "indegree", "outdegree", "degree")


def exposure_table(history: History, found: Iterable[Diffusion], shown: Collection[str]) -> Table:
    """One row per programme, unit and year in which it had not yet adopted, and the year in which it did."""
    rows = []
    for one in found:
        now, before, times = one.exposure(), one.exposure(lag=1), one.times
        neighbours = [row.outdegree for row in degrees(one.network.weights)]
        last = np.where(np.isfinite(times), np.ceil(times), one.followed)
        for at, unit in enumerate(one.units):
            rows += [
                (
                    history.program[one.program].name,
                    history.unit[unit].name,
                    figure(year),
                    "1" if year == last[at] and np.isfinite(times[at]) else "0",
                    str(neighbours[at]),
                    figure(now[at, column]),
                    figure(before[at, column]),
                )
                for column, year in enumerate(one.periods.tolist())
                if unit in shown and year <= last[at] and one.is_shown[column]
            ]
    return Table(EXPOSURE, tuple(rows))


def threshold_table(history: History, found: Iterable[Diffusion], shown: Collection[str]) -> Table:
    """One row per programme and adopter: exposure when it adopted and the year before, who followed it and whom it followed."""
    rows = []
    for one in found:
        now = thresholds(one.exposure(), one.times, one.periods)
        before = thresholds(one.exposure(lag=1), one.times, one.periods)
        soon = contagion(one.network.weights, one.times, one.periods)
        classes, categories = threshold_classes(now), adopter_categories(one.times)
        rows += [
            (
                history.program[one.program].name,
                history.unit[unit].name,
                *map(figure, (one.times[at], now[at], before[at])),
                classes[at] if np.isfinite(now[at]) else None,
                categories[at],
                *map(figure, (soon.infection[at], soon.susceptibility[at])),
            )
            for at, unit in enumerate(one.units)
            if unit in shown and np.isfinite(one.times[at]) and one.times[at] >= one.since
        ]
    return Table((*THRESHOLDS, *CONTAGION), tuple(rows))


def period_table(found: Mapping[str, Iterable[PeriodRow]]) -> Table:
    """One row per programme and year."""
    rows = [
        (program, figure(row.period), str(row.adopted), str(row.cumulative), *map(figure, row[3:]))
        for program, table in found.items()
        for row in table
    ]
    return Table(PERIODS, tuple(rows))


def structure_table(found: Mapping[str, StructureTest]) -> Table:
    """One row per programme."""
    rows = [
        (
            program,
            "mean threshold",
            *map(figure, (test.observed, test.mean, test.sd, test.p_value)),
            str(test.rewirings),
        )
        for program, test in found.items()
    ]
    return Table(TESTS, tuple(rows))


def exposure_model_table(found: Mapping[str, ExposureModel | str]) -> Table:
    """One row per programme and term; where nothing was fitted, why."""
    rows = []
    for program, model in found.items():
        if isinstance(model, str):
            rows.append((program, *[None] * 7, model))
            continue
        size = (str(model.rows), str(model.adoptions))
        rows += [
            (
                program,
                name,
                *map(figure, numbers),
                *size,
                "separates perfectly: no finite value" if name in model.separated else None,
            )
            for name, *numbers in model.terms
        ]
    return Table(MODEL, tuple(rows))


def degree_table(history: History, network: PlaceNetwork, shown: Collection[str]) -> Table:
    """One row per unit: how many look at it, and at how many it looks."""
    pairs = zip(network.units, degrees(network.weights), strict=True)
    rows = [
        (history.unit[unit].name, str(row.indegree), str(row.outdegree), str(row.degree))
        for unit, row in pairs
        if unit in shown
    ]
    return Table(DEGREES, tuple(rows))
