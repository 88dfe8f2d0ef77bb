"""A graph or a table of adoptions → events, curves, networks, models, a report: the commands of `kg diffuse`."""

from __future__ import annotations

import click

from kg.cli.diffusing import curve, events, exposing, firsts, network, places, reusing


@click.group()
def diffuse() -> None:
    """How programmes spread: from a graph, or from your own table of adoptions (CSV).

    \b
    Every command takes a folder made by kg build, or a CSV file with the columns unit, program and year.
    """


for command in (events.events, events.panel, events.check):
    diffuse.add_command(command)
for command in (firsts.first, firsts.lags, firsts.direction, firsts.way, places.places, curve.curve, exposing.exposure):
    diffuse.add_command(command)
diffuse.add_command(network.network)
diffuse.add_command(reusing.reuse)
