"""A graph or a table of adoptions → the network that its programmes probably ran over: kg diffuse network."""

from __future__ import annotations

from dataclasses import replace

import click

from kg.cli.diffusing.parts import open_ends, opened
from kg.cli.diffusing.source import Chosen, subset_options
from kg.cli.output import FORMATS, print_table, speaks


@click.command()
@subset_options
@open_ends
@click.option("--edges", "-n", type=click.IntRange(min=0), default=None, help="So many edges, the strongest ones.")
@click.option(
    "--p-value",
    type=click.FloatRange(0, 1, min_open=True),
    default=None,
    help="Stop at the first edge that is not significant at this level; 0.05 where --edges is not given.",
)
@click.option(
    "--delay",
    default="exponential",
    show_default=True,
    metavar="MODEL[:PARAMETERS]",
    help="exponential:RATE, rayleigh:SCALE, log-normal:MEAN,SD or power-law:EXPONENT,SHORTEST; estimated without numbers.",
)
@click.option(
    "--ties",
    type=click.Choice(("interval", "strict")),
    default="interval",
    show_default=True,
    help="interval: a place may follow another one within the year; strict: only in a later year.",
)
@click.option("--exact-only", is_flag=True, help="Only adoptions of which the very year is known.")
@click.option(
    "--compat",
    type=click.Choice(("NetworkInference-1.2.5", "snap")),
    default=None,
    help="Reckon as this program does, with its defects.",
)
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@speaks
def network(
    chosen: Chosen,
    open_ends: str,
    edges: int | None,
    p_value: float | None,
    delay: str,
    ties: str,
    exact_only: bool,
    compat: str | None,
    form: str,
) -> None:
    """Who probably learnt from whom: the network inferred from all programmes together (NetInf).

    \b
    kg diffuse network graph/ --edges 20                     the twenty strongest edges
    kg diffuse network mine.csv --delay log-normal --format csv
    kg diffuse network mine.csv --compat NetworkInference-1.2.5   as in R, ties strict

    `gain` is what the edge adds to the log likelihood, `cascades` in how many programmes it is the probable way. An edge
    says that one place regularly follows another one, not that it copied: read the documents behind it.
    """
    import numpy as np

    from kg.diffusion.cascades import cascades_from
    from kg.diffusion.inference.delays import parsed_delay
    from kg.diffusion.inference.netinf import infer
    from kg.views.diffusion.network_table import network_table

    model, given = parsed_delay(delay)
    _, history = opened(chosen, open_ends)
    if exact_only:
        history = replace(history, adoptions=tuple(a for a in history.adoptions if a.is_exact))
    cascades = cascades_from(history)
    found = infer(
        cascades,
        given or model,
        edges=edges,
        p_value=p_value,
        ties="strict" if ties == "strict" else "interval",
        compat="snap" if compat == "snap" else "NetworkInference-1.2.5" if compat else "",
    )
    print_table(network_table(found, history), form)
    how = f"{len(cascades)} programmes, delay {found.delay}{'' if given else ' (estimated)'}, ties {found.ties}"
    click.echo(how, err=True)
    loose = int(np.isneginf(cascades.lower).sum())
    if loose:
        click.echo(
            f"{loose} of {len(cascades.lower)} adoptions are known only as not later than a year and count as of that year:"
            " an edge may tell whose texts are older, not who was first (see --open-ends, --exact-only)",
            err=True,
        )
