"""A graph or a table of adoptions → events, curves, networks, models, a report: the commands of `kg diffuse`."""

from __future__ import annotations

import click

from kg.cli.diffusing.defending import behind, select, significant
from kg.cli.diffusing.network import network
from kg.cli.diffusing.simulating import power_command, simulate_command


@click.group()
def diffuse() -> None:
    """How programmes spread: from a graph, or from your own table of adoptions (CSV).

    \b
    Every command takes a folder made by kg build, or a CSV file with the columns unit, program and year.
    """


diffuse.add_command(network)
diffuse.add_command(significant)
diffuse.add_command(select)
diffuse.add_command(behind)
diffuse.add_command(simulate_command)
diffuse.add_command(power_command)
