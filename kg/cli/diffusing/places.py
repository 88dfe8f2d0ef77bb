"""Which places take things up early: the command places."""

from __future__ import annotations

import click

from kg.cli.diffusing.parts import LEAST, at_least, open_ends, opened
from kg.cli.diffusing.source import Chosen, subset_options
from kg.cli.output import FORMATS, print_table, speaks


@click.command()
@subset_options
@open_ends
@click.option(
    "--by", type=click.Choice(("topic", "period")), default=None, help="One ranking per topic, or per period."
)
@click.option(
    "--period",
    "periods",
    type=float,
    multiple=True,
    metavar="YEAR",
    help="First year of a period; without it, decades.",
)
@click.option(
    "--seen-until",
    type=float,
    default=None,
    metavar="YEAR",
    help="Last year in which an adoption would have been seen.",
)
@click.option(
    "--non-adopters",
    type=click.Choice(("last", "omitted")),
    default="last",
    show_default=True,
    help="Walker's score: who has not adopted counts as the last, or is left out.",
)
@LEAST
@click.option(
    "--seen-in",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="No rank for places seen in fewer programmes than this.",
)
@click.option(
    "--replicates", type=click.IntRange(2), default=1000, show_default=True, help="Of the bootstrap over programmes."
)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@speaks
def places(
    chosen: Chosen,
    open_ends: str,
    by: str | None,
    periods: tuple[float, ...],
    seen_until: float | None,
    non_adopters: str,
    least: int,
    seen_in: int,
    replicates: int,
    seed: int,
    form: str,
) -> None:
    """How innovative places are: the adoption rate (Boehmke and Skinner, 2012) and Walker's score (1969), with intervals.

    Compare places of one level with each other (--level): a county has other things to adopt than a province. A programme
    that only one place has says nothing of who is early; Walker took those of twenty states and more (--least 20).

    \b
    kg diffuse places graph/ --level county
    kg diffuse places adoptions.csv --by topic --format csv
    """
    from kg.diffusion.innovativeness.scores import innovativeness
    from kg.views.diffusion.place_table import place_table

    whole, part = at_least(opened(chosen, open_ends), least)
    found = innovativeness(
        part,
        by="topic" if by == "topic" else "period" if by == "period" else "",
        periods=periods,
        until=seen_until,
        non_adopters="omitted" if non_adopters == "omitted" else "last",
        least=seen_in,
        replicates=replicates,
        seed=seed,
    )
    if unseen := len(part.units) - len({one.unit for one in found}):
        click.echo(
            f"{unseen} units are left out: nothing that was read tells of them while a programme spread.", err=True
        )
    print_table(place_table(whole, found), form)
