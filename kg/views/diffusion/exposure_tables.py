"""Exposure, thresholds, contagion, Moran's I, tests and models of a network of places → tables for people and programs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import numpy as np

from kg.diffusion.adoptions import History
from kg.diffusion.curves.categories import adopter_categories, cross_table, threshold_classes
from kg.diffusion.exposure.exposures import thresholds
from kg.diffusion.exposure.infection import contagion
from kg.diffusion.exposure.moran import moran
from kg.diffusion.exposure.networks import PlaceNetwork
from kg.diffusion.exposure.of_history import Diffusion
from kg.diffusion.exposure.regression import ExposureModel
from kg.diffusion.exposure.structure import StructureTest
from kg.diffusion.exposure.tables import PeriodRow, degree_time_correlation, degrees
from kg.diffusion.naming import names_of
from kg.views.diffusion.curve_tables import figure, program_names
from kg.views.tables import Cell, Table

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
TESTS = ("program", "statistic", "observed", "expected", "sd", "p_value", "rewirings")
CLASSES = ("program", "category", "threshold_class", "percent")
MODEL = ("program", "term", "estimate", "std_error", "z", "p_value", "rows", "adoptions", "note")
DEGREES = ("unit", "indegree", "outdegree", "degree")


def exposure_table(history: History, found: Iterable[Diffusion], shown: Collection[str]) -> Table:
    """One row per programme, unit and year in which it had not yet adopted, and the year in which it did."""
    names, programs, rows = names_of(history), program_names(history), []
    for one in found:
        now, before, times = one.exposure(), one.exposure(lag=1), one.times
        neighbours = [row.outdegree for row in degrees(one.network.weights)]
        last = np.where(np.isfinite(times), np.ceil(times), one.followed)
        for at, unit in enumerate(one.units):
            rows += [
                (
                    programs[one.program],
                    names[unit],
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
    names, programs, rows = names_of(history), program_names(history), []
    for one in found:
        now = thresholds(one.exposure(), one.times, one.periods)
        before = thresholds(one.exposure(lag=1), one.times, one.periods)
        soon = contagion(one.network.weights, one.times, one.periods)
        classes, categories = threshold_classes(now), adopter_categories(one.times)
        rows += [
            (
                programs[one.program],
                names[unit],
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


def _test_rows(one: Diffusion, name: str, test: StructureTest) -> list[tuple[Cell, ...]]:
    """The statistics of one programme: the rewired one, Moran's I of the years, and how they go with degree."""
    has = np.isfinite(one.times)
    index = moran(one.times[has], one.network.weights[has][:, has])
    into, out = degree_time_correlation(one.network.weights, one.times)
    rewired = (test.observed, test.mean, test.sd, test.p_value)
    return [
        (name, "mean threshold, rewired ties", *map(figure, rewired), str(test.rewirings)),
        (name, "Moran's I of the year among adopters", *map(figure, index), None),
        (name, "Pearson's r of year and indegree", figure(into), *[None] * 4),
        (name, "Pearson's r of year and outdegree", figure(out), *[None] * 4),
    ]


def structure_table(history: History, found: Iterable[tuple[Diffusion, StructureTest]]) -> Table:
    """Four rows per programme."""
    programs = program_names(history)
    rows = [row for one, test in found for row in _test_rows(one, programs[one.program], test)]
    return Table(TESTS, tuple(rows))


def class_table(history: History, found: Iterable[Diffusion]) -> Table:
    """Adopter category × class of threshold, in per cent of the units at risk; pairs that do not occur are left out."""
    programs, rows = program_names(history), list[tuple[Cell, ...]]()
    for one in found:
        classes = threshold_classes(thresholds(one.exposure(), one.times, one.periods))
        table = cross_table(adopter_categories(one.times), classes)
        name = programs[one.program]
        rows += [(name, *pair, figure(percent)) for pair, percent in table.items() if percent]
    return Table(CLASSES, tuple(rows))


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
    names = names_of(history)
    pairs = zip(network.units, degrees(network.weights), strict=True)
    rows = [
        (names[unit], str(row.indegree), str(row.outdegree), str(row.degree)) for unit, row in pairs if unit in shown
    ]
    return Table(DEGREES, tuple(rows))
