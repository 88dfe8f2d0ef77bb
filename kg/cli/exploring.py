"""A graph → the explorer: the command explore."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.output import GRAPH, speaks, write_page


@click.command()
@GRAPH
@click.option(
    "--out",
    "page",
    required=True,
    type=click.Path(path_type=Path, allow_dash=True),
    help="The HTML file; - for standard output.",
)
@click.option("--title", default="政策扩散", show_default=True, help="What stands above the page.")
@click.option("--basemap", type=click.Path(path_type=Path), help="Your own map (GeoJSON, degrees) below the places.")
@click.option("--map-approval-no", "approval", help="The approval number of that map (审图号), printed with it.")
@speaks
def explore(graph: Path, page: Path, title: str, basemap: Path | None, approval: str | None) -> None:
    """Write the explorer: the whole graph as one HTML page that opens offline, with the sentence behind every claim.

    \b
    kg explore graph/ --out explorer.html
    kg explore graph/ --out explorer.html --basemap china.geojson --map-approval-no "GS(2024)0650号"
    """
    from dataclasses import replace

    from kg.graph.store import open_graph
    from kg.views.explorer.basemap import basemap_of
    from kg.views.explorer.from_graph import exploration_of
    from kg.views.explorer.page import explorer_html

    below = basemap_of(basemap, approval)
    write_page(page, explorer_html(replace(exploration_of(open_graph(graph), title), basemap=below)))
