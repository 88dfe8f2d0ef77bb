"""A graph → the explorer: the command explore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import GRAPH, PAGE, progress_bar, speaks, write_page

if TYPE_CHECKING:
    from kg.views.explorer.records import Exploration

_IN_MEMORY = 2_000_000_000  # bytes of graph.nq: below, a graph is read whole, which is twice as fast as asking the disk
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@GRAPH
@PAGE
@click.option("--title", default="", help="What stands above the page.  [default: 政策扩散 or Policy diffusion]")
@click.option(
    "--network",
    type=_FILE,
    default=None,
    help="A table of edges, as kg diffuse network --format csv writes it: they count as inferred ways.",
)
@click.option(
    "--expected",
    type=_FILE,
    default=None,
    help="A list of the documents that should exist (CSV: unit, year, title), to show what was not read.",
)
@click.option("--basemap", type=click.Path(path_type=Path), help="Your own map (GeoJSON, degrees) below the places.")
@click.option("--map-approval-no", "approval", help="The approval number of that map (审图号), printed with it.")
@speaks
def explore(
    graph: Path,
    page: Path,
    title: str,
    network: Path | None,
    expected: Path | None,
    basemap: Path | None,
    approval: str | None,
) -> None:
    """Write the explorer: the whole graph as one HTML page that opens offline, with the sentence behind every claim.

    GRAPH is a folder made by kg build, or an .nq file. The page needs no server and no network: open it by double click,
    send it to somebody, put it on a website. The same graph gives the same bytes.

    \b
    kg explore graph/ --out explorer.html
    kg explore graph/ --out explorer.html --title "县管校聘的扩散"
    kg explore graph.nq --out - | gzip > explorer.html.gz
    kg diffuse network graph/ --format csv > edges.csv
    kg explore graph/ --out explorer.html --network edges.csv
    kg explore graph/ --out explorer.html --basemap china.geojson --map-approval-no "GS(2024)0650号"
    """
    from dataclasses import replace

    from kg.graph.store import graph_file, open_graph
    from kg.views.explorer.basemap import basemap_of
    from kg.views.explorer.from_graph import exploration_of
    from kg.views.explorer.page import explorer_html

    below = basemap_of(basemap, approval)
    in_memory = graph_file(graph).stat().st_size < _IN_MEMORY
    with progress_bar("Gathering", "steps") as step:
        opened = open_graph(graph, in_memory=in_memory)
        shown = exploration_of(opened, title, network=network, expected=expected, progress=step)
    text = explorer_html(replace(shown, basemap=below))
    write_page(page, text)
    _tell(shown, page, len(text.encode()))


def _tell(shown: Exploration, page: Path, size: int) -> None:
    """What is on the page and what could not be, on standard error."""
    from kg.views.tables import inert

    for what, times in shown.left_out:
        click.echo(f"left out, unknown to this version of kg: {inert(what)} ({times} times)", err=True)
    where = "" if page == Path("-") else f" → {page}"
    click.echo(f"{len(shown.things)} things, {len(shown.claims)} claims, {size / 1e6:.1f} MB{where}", err=True)
