"""`kg diffuse exposure`: what neighbours had done before a place adopted, and whether it mattered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kg.cli.diffusing.curve import RISK
from kg.cli.diffusing.parts import open_ends
from kg.cli.diffusing.source import Chosen, subset_options
from kg.cli.output import FORMATS, print_table, speaks
from kg.errors import DiffusionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.diffusion.adoptions import History
    from kg.diffusion.curves.risk import Who
    from kg.diffusion.exposure.networks import PlaceNetwork
    from kg.diffusion.exposure.of_history import Diffusion
    from kg.diffusion.exposure.regression import ExposureModel
    from kg.diffusion.exposure.structure import StructureTest
    from kg.diffusion.exposure.tables import PeriodRow
    from kg.views.tables import Table

SHOWN = ("exposure", "thresholds", "classes", "moran", "test", "model", "degrees")


@click.command()
@subset_options
@click.argument("program", default="")
@click.option(
    "--network",
    required=True,
    metavar="province|siblings|superior|nearest:5|within:200km|FILE",
    help="Who looks at whom. FILE: pairs of neighbours, or edges (origin, destination), as CSV.",
)
@click.option(
    "--show",
    type=click.Choice(SHOWN),
    default="exposure",
    show_default=True,
    help="Exposure year by year; thresholds and contagion of adopters; their classes; Moran's I year by year; rewiring "
    "test and correlations; logit of adopting on exposure; ties of each unit.",
)
@open_ends
@RISK
@click.option("--rewirings", default=199, show_default=True, type=click.IntRange(1), help="For --show test.")
@click.option("--seed", default=0, show_default=True, help="For --show test.")
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@speaks
def exposure(
    chosen: Chosen,
    program: str,
    network: str,
    show: str,
    open_ends: str,
    risk: Who | None,
    rewirings: int,
    seed: int,
    form: str,
) -> None:
    """What share of its neighbours had adopted PROGRAM when a place adopted, year by year, and whether it mattered.

    Neighbours that were not observed, or no longer, count in no share. Below the table stands who was at risk.

    \b
    kg diffuse exposure graph/ 县管校聘 --network province
    kg diffuse exposure adoptions.csv --network contiguity.csv --show moran --format csv
    kg diffuse exposure adoptions.csv --network inferred_edges.csv --show thresholds
    """
    from kg.diffusion.curves.risk import together
    from kg.diffusion.exposure.of_history import diffusions

    history, units, ties = _asked(chosen, program, network, open_ends, risk)
    wanted = chosen.subset
    found = list(diffusions(history, ties, who=risk, since=wanted.since, until=wanted.until))
    if not found:
        raise DiffusionError(f"{chosen.source}: no unit at risk adopted; try --risk known")
    print_table(_table(show, history, units, ties, found, rewirings, seed), form)
    alone = sum(name in units and not tied for name, tied in zip(ties.units, ties.has_neighbours, strict=True))
    click.echo(f"{together(one.risk for one in found).told()}; without a neighbour at risk: {alone}", err=True)


def _asked(
    chosen: Chosen, program: str, network: str, ends: str, who: Who | None
) -> tuple[History, set[str], PlaceNetwork]:
    """The history, the units to show, and the network among those at risk; superiors are of all."""
    from kg.diffusion.curves.risk import units_at_risk
    from kg.diffusion.exposure.choosing import place_network
    from kg.diffusion.history.open_ends import OpenEnds, closed
    from kg.diffusion.history.subsets import Subset

    names = (*chosen.subset.programs, program) if program else chosen.subset.programs
    part = replace(chosen, subset=replace(chosen.subset, programs=names, since=None, until=None)).history()
    units = {unit.id for unit in part.units}
    if network == "superior":
        some = tuple(program.id for program in part.programs)
        part = replace(chosen, subset=Subset(programs=some)).history()
    return closed(part, OpenEnds(ends)), units, place_network(network, units_at_risk(part, who))


def _table(
    show: str,
    history: History,
    units: set[str],
    ties: PlaceNetwork,
    found: Sequence[Diffusion],
    rewirings: int,
    seed: int,
) -> Table:
    from kg.views.diffusion import exposure_tables as tables
    from kg.views.diffusion.curve_tables import program_names

    if show == "exposure":
        return tables.exposure_table(history, found, units)
    if show == "thresholds":
        return tables.threshold_table(history, found, units)
    if show == "classes":
        return tables.class_table(history, found)
    if show == "degrees":
        return tables.degree_table(history, ties, units)
    if show == "model":
        names = program_names(history)
        return tables.exposure_model_table({names[one.program]: _model(one) for one in found})
    if show == "test":
        return tables.structure_table(history, _tests(found, rewirings, seed))
    return tables.period_table(_periods(history, found))


def _periods(history: History, found: Sequence[Diffusion]) -> dict[str, list[PeriodRow]]:
    """Programmes with the same units at risk share the steps between them."""
    from kg.diffusion.exposure.moran import Neighbourhood, inverse_steps, neighbourhood
    from kg.diffusion.exposure.tables import summary_table
    from kg.views.diffusion.curve_tables import program_names

    near: dict[tuple[str, ...], Neighbourhood] = {}
    tables, names = {}, program_names(history)
    for one in found:
        ties = one.network.weights
        if one.units not in near:
            near[one.units] = neighbourhood(inverse_steps(ties))
        rows = summary_table(ties, one.times, one.periods, one.followed, near[one.units])
        tables[names[one.program]] = [row for row in rows if row.period >= one.since]
    return tables


def _tests(found: Sequence[Diffusion], rewirings: int, seed: int) -> list[tuple[Diffusion, StructureTest]]:
    """Programmes with the same units at risk share the rewired networks."""
    from kg.diffusion.exposure.structure import mean_threshold, structure_tests

    by_units: dict[tuple[str, ...], list[Diffusion]] = {}
    for one in found:
        by_units.setdefault(one.units, []).append(one)
    tested: list[tuple[Diffusion, StructureTest]] = []
    for some in by_units.values():
        statistics = [mean_threshold(one.times, one.periods, one.known) for one in some]
        results = structure_tests(some[0].network.weights, statistics, rewirings=rewirings, seed=seed)
        tested += zip(some, results, strict=True)
    return sorted(tested, key=lambda pair: pair[0].program)


def _model(one: Diffusion) -> ExposureModel | str:
    import numpy as np

    from kg.diffusion.exposure.regression import exposure_regression

    lagged = np.where(one.is_shown, one.exposure(lag=1), np.nan)
    try:
        return exposure_regression(lagged, one.times, one.periods, one.followed)
    except DiffusionError as refused:
        return str(refused)
