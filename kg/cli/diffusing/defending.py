"""`kg diffuse significant`, `select` and `behind`: what makes an inferred network defensible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from kg.cli.diffusing.source import Chosen, subset_options
from kg.cli.output import FORMATS, print_table, speaks

if TYPE_CHECKING:
    from kg.diffusion.adoptions import History
    from kg.diffusion.cascades import Cascades
    from kg.diffusion.inference.delays import Delay

TiesOption = Literal["strict", "interval"]
DELAY = click.option(
    "--delay",
    default="exponential",
    show_default=True,
    metavar="MODEL[:PARAMETERS]",
    help="exponential:RATE, rayleigh:SCALE, log-normal:MEAN,SD or power-law:EXPONENT,SHORTEST; estimated without numbers.",
)
TIES = click.option("--ties", type=click.Choice(("interval", "strict")), default="interval", show_default=True)
FORM = click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)
SEED = click.option("--seed", default=0, show_default=True, help="Of what is drawn at random.")
WORKERS = click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Processes; they do not change the result.",
)


def _read(chosen: Chosen, delay: str, ties: TiesOption) -> tuple[History, Cascades, Delay]:
    from kg.diffusion.cascades import cascades_from
    from kg.diffusion.inference.delays import parsed_delay
    from kg.diffusion.inference.estimates import estimated_delay

    model, given = parsed_delay(delay)
    history = chosen.history()
    cascades = cascades_from(history)
    return history, cascades, given or estimated_delay(cascades, model, ties=ties)


@click.command()
@subset_options
@DELAY
@TIES
@click.option("--q-value", default=0.05, show_default=True, help="Share of false edges that is accepted.")
@click.option(
    "--exchanged",
    type=click.Choice(("cascade", "tendency")),
    default="cascade",
    show_default=True,
    help="Times are exchanged among all units of a cascade, or among those that tend to be equally early.",
)
@click.option("--bootstraps", type=click.IntRange(min=0), default=0, help="So many, for the inclusion frequency.")
@click.option("--all", "every", is_flag=True, help="All edges that were tried, not only the significant ones.")
@SEED
@WORKERS
@FORM
@speaks
def significant(
    chosen: Chosen,
    delay: str,
    ties: TiesOption,
    q_value: float,
    exchanged: Literal["cascade", "tendency"],
    bootstraps: int,
    every: bool,
    seed: int,
    workers: int,
    form: str,
) -> None:
    """The edges that are more than chance, by permutation of the times within each programme.

    \b
    kg diffuse significant mine.csv
    kg diffuse significant graph/ --exchanged tendency --bootstraps 100 --workers 2

    A q-value of 0.05 says that of the edges at least as strong one in twenty is expected to be chance.
    """
    from kg.diffusion.inference.bootstrap import bootstrap, frequencies
    from kg.diffusion.inference.permutation import significant_edges
    from kg.views.diffusion.evidence_table import significance_table

    history, cascades, fitted = _read(chosen, delay, ties)
    found = significant_edges(
        cascades, fitted, ties=ties, level=q_value, exchanged=exchanged, seed=seed, workers=workers
    )
    inclusion = None
    if bootstraps:
        size = len(found.edges if every else found.reported)
        drawn = bootstrap(cascades, fitted, edges=size, times=bootstraps, ties=ties, seed=seed, workers=workers)
        inclusion = frequencies(drawn)
    print_table(significance_table(found, history.unit, inclusion, every), form)
    click.echo(
        f"{len(found.reported)} of {len(found.edges)} edges, {found.expected_false:.1f} of them expected by chance; "
        f"{len(cascades)} programmes, delay {fitted}, ties {ties}, {found.permutations} permutations",
        err=True,
    )


@click.command()
@subset_options
@click.option(
    "--edges", "-n", type=click.IntRange(min=0), default=None, help="Size of each network; three for each unit."
)
@click.option("--folds", default=5, show_default=True, help="Parts of which each is held out once.")
@SEED
@FORM
@speaks
def select(chosen: Chosen, edges: int | None, folds: int, seed: int, form: str) -> None:
    """Which rule of ties and which delay foretell programmes best that the network has not seen.

    \b
    kg diffuse select mine.csv
    """
    from kg.diffusion.cascades import cascades_from
    from kg.diffusion.inference.selection import select as judged
    from kg.views.diffusion.evidence_table import selection_table

    cascades = cascades_from(chosen.history())
    print_table(selection_table(judged(cascades, edges=edges, folds=folds, seed=seed)), form)


@click.command()
@subset_options
@click.argument("origin")
@click.argument("destination")
@DELAY
@TIES
@click.option(
    "--edges", "-n", type=click.IntRange(min=0), default=None, help="Size of the network; three for each unit."
)
@FORM
@speaks
def behind(
    chosen: Chosen, origin: str, destination: str, delay: str, ties: TiesOption, edges: int | None, form: str
) -> None:
    """The adoptions behind an edge, with their sentences: in which programmes DESTINATION may have followed ORIGIN.

    \b
    kg diffuse behind mine.csv 兰州市 定西市
    """
    from kg.diffusion.inference.behind import behind_edge
    from kg.diffusion.inference.netinf import infer
    from kg.views.diffusion.evidence_table import behind_table

    history, cascades, fitted = _read(chosen, delay, ties)
    size = 3 * len(cascades.units) if edges is None else edges
    network = infer(cascades, fitted, edges=size, ties=ties)
    names = {unit.id: unit.name for unit in history.units}
    ids = {name: id_ for id_, name in names.items()} | {id_: id_ for id_ in names}
    found = behind_edge(history, cascades, network, ids.get(origin, origin), ids.get(destination, destination))
    programs = {program.id: program.name for program in history.programs}
    print_table(behind_table(found, programs, names), form)
