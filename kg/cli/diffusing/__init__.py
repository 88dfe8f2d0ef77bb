"""A graph or a table of adoptions → events, curves, networks, models, a report: the commands of `kg diffuse`."""

from __future__ import annotations

import click

from kg.cli.diffusing import curve, exposing, firsts, places, reusing


@click.group()
def diffuse() -> None:
    """How programmes spread: from a graph, or from your own table of adoptions (CSV).

    \b
    Every command takes a folder made by kg build, or a CSV file with the columns unit, program and year.
    """


for command in (
    *(firsts.first, firsts.lags, firsts.direction, firsts.way),
    *(places.places, curve.curve, exposing.exposure, reusing.reuse),
):
    diffuse.add_command(command)
