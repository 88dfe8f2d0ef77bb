"""A source of adoptions → a picture as SVG or PNG, or a report page: the commands picture and report of `kg diffuse`."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.diffusing.source import SOURCE, Chosen, subset_options
from kg.cli.output import speaks, write_page
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.diffusion.adoptions import History
    from kg.pictures.sheet import Picture

KINDS = ("curve", "strip", "heat", "alluvial", "map", "network", "multiples")


@click.command()
@subset_options
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="A file .svg or .png.")
@speaks
def picture(chosen: Chosen, kind: str, out: Path) -> None:
    """A picture of how programmes spread, as SVG or PNG.

    \b
    kg diffuse picture graph/ curve --program 县管校聘 --out curve.svg   cumulative adopters, and who was read at all
    kg diffuse picture graph/ strip --out strip.svg                     the cascades one above the other, ties side by side
    kg diffuse picture graph/ heat --out heat.png                       place × programme; what nobody read is hatched
    kg diffuse picture graph/ alluvial --out levels.svg                 level of government → year → what the year rests on
    kg diffuse picture graph/ map --program 县管校聘 --out map.svg       points at their coordinates, no borders
    kg diffuse picture graph/ network --program 县管校聘 --out way.svg   from whom to whom: said, by document, inferred
    kg diffuse picture graph/ network --out network.svg                 the network that is inferred from all programmes
    kg diffuse picture graph/ multiples --out small.svg                 a small curve for every programme

    What has no room is left out, and the picture says so. The same input gives the same bytes.
    """
    if out.suffix not in (".svg", ".png"):
        raise click.BadParameter(f"{out} must end in .svg or .png", param_hint="--out")
    _write(out, _drawn(chosen, kind))


def _drawn(chosen: Chosen, kind: str) -> Picture:
    from kg.pictures.kinds import KINDS as DRAWN

    history = chosen.history()
    return _network(chosen.source, history) if kind == "network" else DRAWN[kind](history, "")


def _network(source: Path, history: History) -> Picture:
    """Of one programme its way; of several the network that their years suggest."""
    from kg.pictures.time import time
    from kg.views.diffusion.sections.inferred import network_arrows
    from kg.views.diffusion.sections.path import arrows_of
    from kg.views.diffusion.study import way_of

    if len(history.programs) != 1:
        return time(history, "", network_arrows(history))
    program = history.programs[0].id
    return time(history, program, arrows_of(way_of(source, history, program)))


def _write(out: Path, drawn: Picture) -> None:
    if not out.parent.is_dir():
        raise KgError(f"{out}: the folder {out.parent} does not exist; make it first")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", UserWarning)
        out.write_bytes(drawn.svg() if out.suffix == ".svg" else drawn.png())
    for warning in told:
        click.echo(f"Warning: {warning.message}", err=True)


@click.command()
@SOURCE
@click.argument("program", required=False)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The page to write, .html.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of resampling and permutation.")
@click.option("--begun-only", is_flag=True, help="What is only planned is no adoption.")
@click.option(
    "--expected",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    help="A list of the documents that should exist (CSV: unit, year, title), to tell what is missing.",
)
@click.option("--no-network", is_flag=True, help="Infer no network; quicker where there are thousands of programmes.")
@speaks
def report(
    source: Path,
    program: str | None,
    out: Path,
    seed: int,
    expected: Path | None,
    *,
    begun_only: bool,
    no_network: bool,
) -> None:
    """A report page on one programme, or on all: pictures, tables, every number linked to its sentences.

    \b
    kg diffuse report graph/ 县管校聘 --out report.html   one programme
    kg diffuse report graph/ --out all.html              all programmes side by side
    kg diffuse report adoptions.csv --out mine.html      of your own table

    The page is one file that opens without a network. Tables can be copied into a text; limits are stated.
    """
    if out.suffix != ".html":
        raise click.BadParameter(f"{out} must end in .html", param_hint="--out")
    from kg.views.diffusion.page import report_html
    from kg.views.diffusion.study import study_of

    study = study_of(source, program or "", seed=seed, plans=not begun_only, expected=expected, network=not no_network)
    write_page(out, report_html(study))
