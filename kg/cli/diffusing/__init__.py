"""A graph or a table of adoptions → events, curves, networks, models, a report: the commands of `kg diffuse`."""

from __future__ import annotations

import click


@click.group()
def diffuse() -> None:
    """How programmes spread: from a graph, or from your own table of adoptions (CSV).

    \b
    Every command takes a folder made by kg build, or a CSV file with the columns unit, program and year.
    """


from kg.cli.diffusing.picturing import picture, report  # noqa: E402

diffuse.add_command(picture)
diffuse.add_command(report)
