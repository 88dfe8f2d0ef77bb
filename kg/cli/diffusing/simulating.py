"""`kg diffuse simulate` and `kg diffuse power`: what data of a user's own size can show."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import FORMATS, print_table, speaks

if TYPE_CHECKING:
    from kg.diffusion.simulation.simulate import Design

_OPTIONS = (
    click.option("--units", default=100, show_default=True, help="Number of governments."),
    click.option("--cascades", default=300, show_default=True, help="Number of programmes."),
    click.option("--provinces", type=int, default=None, help="Number of provinces (about eleven units each)."),
    click.option("--rate", default=0.5, show_default=True, help="Of following along an edge, per year."),
    click.option("--follow", default=0.5, show_default=True, help="Probability that an edge is followed at all."),
    click.option("--outside", default=0.2, show_default=True, help="Share of adopters that start on their own."),
    click.option(
        "--years", default=20.0, show_default=True, help="Observed, from the first adopter of a programme on."
    ),
    click.option(
        "--tie-rate", type=float, default=None, help="Share of adoptions that share their year; sets the rate."
    ),
    click.option(
        "--late", default=0.0, show_default=True, help="Share of adoptions that texts mention in a later year."
    ),
    click.option("--missing", default=0.0, show_default=True, help="Share of adoptions of which no document is there."),
    click.option("--exact-times", is_flag=True, help="Times are exact, not whole years."),
    click.option("--seed", default=0, show_default=True, help="Another seed, other data."),
)


def _design_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options of a design, as one argument `design`, and `seed`."""

    @wraps(command)
    @speaks
    def run(
        units: int,
        cascades: int,
        provinces: int | None,
        rate: float,
        follow: float,
        outside: float,
        years: float,
        tie_rate: float | None,
        late: float,
        missing: float,
        exact_times: bool,
        **rest: Any,
    ) -> None:
        from kg.diffusion.simulation.simulate import Design

        design = Design(
            units, cascades, provinces, rate, follow, outside, years, not exact_times, tie_rate, late, missing
        )
        command(design=design, **rest)

    with_options: Callable[..., None] = run
    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options


@click.command("simulate")
@click.argument("folder", type=click.Path(path_type=Path))
@_design_options
def simulate_command(folder: Path, design: Design, seed: int) -> None:
    """Makes up data with a known network: FOLDER/adoptions.csv, and FOLDER/true_edges.csv.

    \b
    kg diffuse simulate made-up --units 100 --cascades 300
    kg diffuse simulate made-up --units 337 --cascades 2000 --late 0.3 --missing 0.1
    """
    from kg.diffusion.simulation.simulate import simulate
    from kg.diffusion.simulation.writing import write_simulated

    data = simulate(design, seed)
    adoptions, edges = write_simulated(data, folder)
    click.echo(f"{adoptions}: {len(data.cascades.unit)} adoptions, {data.tie_rate:.1%} of them share their year")
    click.echo(f"{edges}: {len(data.edges)} edges")


@click.command("power")
@_design_options
@click.option("--repeats", default=3, show_default=True, help="Number of data sets that are made up.")
@click.option(
    "--exchanged", type=click.Choice(("cascade", "tendency")), default="cascade", show_default=True, help="Null."
)
@click.option("--workers", default=1, show_default=True, help="Processes; they do not change the result.")
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)
def power_command(design: Design, seed: int, repeats: int, exchanged: Any, workers: int, form: str) -> None:
    """What an analysis finds in data of your size: of the network, of who was first, of the rate.

    \b
    kg diffuse power --units 31 --cascades 40
    kg diffuse power --units 337 --cascades 500 --tie-rate 0.7 --late 0.3
    """
    from kg.diffusion.simulation.power import power
    from kg.views.diffusion.simulation_table import power_table

    found = power(design, repeats=repeats, seed=seed, exchanged=exchanged, workers=workers)
    print_table(power_table(found), form)
