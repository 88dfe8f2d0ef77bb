"""A graph or a table of adoptions → events, curves, networks, models, a report: the commands of `kg diffuse`."""

from __future__ import annotations

import click

from kg.cli.diffusing.reusing import reuse


@click.group()
def diffuse() -> None:
    """How programmes spread: from a graph, or from your own table of adoptions (CSV).

    \b
    Every command takes a folder made by kg build, or a CSV file with the columns unit, program and year.
    """


diffuse.add_command(reuse)
