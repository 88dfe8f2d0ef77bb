"""A graph or a table of adoptions → events, curves, networks, models, a report: the commands of `kg diffuse`."""

from __future__ import annotations

import click

from kg.cli.diffusing import (
    curve,
    defending,
    events,
    exposing,
    firsts,
    modelling,
    network,
    picturing,
    places,
    reusing,
    simulating,
)


@click.group()
def diffuse() -> None:
    """How programmes spread: from a graph, or from your own table of adoptions (CSV).

    \b
    Every command takes a folder made by kg build, or a CSV file with the columns unit, program and year.
    """


for command in (
    events.events,
    events.panel,
    events.check,
    curve.curve,
    firsts.first,
    firsts.lags,
    firsts.direction,
    firsts.way,
    places.places,
    exposing.exposure,
    modelling.model,
    network.network,
    defending.significant,
    defending.select,
    defending.behind,
    reusing.reuse,
    simulating.simulate_command,
    simulating.power_command,
    picturing.picture,
    picturing.report,
):
    diffuse.add_command(command)
