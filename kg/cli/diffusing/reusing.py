"""A graph and its documents → passages that one place has from another: the command kg diffuse reuse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import FORMATS, GRAPH, print_table, speaks, write_page

if TYPE_CHECKING:
    from kg.remote.files import RemoteFile


@click.command()
@GRAPH
@click.option(
    "--docs",
    type=click.Path(path_type=Path, exists=True),
    default=None,
    help="Where the documents lie, if they are no longer where the graph was built from.",
)
@click.option(
    "--min-length",
    type=click.IntRange(min=15),
    default=30,
    show_default=True,
    help="Passages of at least so many characters.",
)
@click.option(
    "--most-units",
    type=click.IntRange(min=2),
    default=None,
    help="Wording that stands in more places counts for nothing.  [default: a twentieth of the places, at least 8]",
)
@click.option("--show", type=click.IntRange(min=0), default=3, show_default=True, help="Passages printed in full.")
@click.option("--out", "page", default=None, type=click.Path(path_type=Path), help="Also write an HTML page.")
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@speaks
def reuse(
    graph: Path, docs: Path | None, min_length: int, most_units: int | None, show: int, page: Path | None, form: str
) -> None:
    """Passages that a text of one place shares with an earlier one of another: direct evidence of copying.

    \b
    kg diffuse reuse graph/                     the strongest first; names of places, numbers and years do not count
    kg diffuse reuse graph/ --out reuse.html    both texts of every passage side by side
    kg diffuse reuse graph/ -f csv > reuse.csv  all that is known of every passage, with offsets in both files

    Wording that the whole country shares is left out, and so is what a place repeats from its own earlier texts. Where
    a superior's text has the passage before both, that common source is named. In the words [大连|我]市 the earlier text
    says 大连 and the later one 我.
    """
    from kg.diffusion.reuse.finding import reused
    from kg.diffusion.reuse.sources import read_corpus
    from kg.graph.store import open_graph
    from kg.views.diffusion.reuse_page import reuse_html
    from kg.views.diffusion.reuse_table import ON_SCREEN, passage_text, reuse_summary, reuse_table

    if page is not None and page.suffix != ".html":
        raise click.BadParameter(f"{page} must end in .html", param_hint="--out")
    opened = open_graph(graph)
    found = reused(read_corpus(opened, dict(_files(graph, docs))), min_length, most_units)
    if page is not None:
        write_page(page, reuse_html(found))
    table = reuse_table(found)
    if form != "table":
        print_table(table, form)
        return
    from kg.views.tables import inert

    for line in reuse_summary(found):
        click.echo(inert(line))
    if found.passages:
        click.echo()
        print_table(table.only(*ON_SCREEN), form)
    for passage in found.passages[:show]:
        click.echo(f"\n{passage_text(found, passage)}", nl=False)


def _files(graph: Path, docs: Path | None) -> Iterator[tuple[str, Path | RemoteFile]]:
    """The name of each document in the graph, with where it lies: as the build noted it, or as the user says."""
    from kg.graph_folder import Shards
    from kg.graph_folder.plan import place_of
    from kg.texts.inputs import find_inputs

    if graph.is_dir():
        heads, _ = Shards(graph).heads()
        yield from ((head.origin.file, place_of(graph, head.origin.path)) for head in heads)
    if docs is not None:
        yield from ((item.file, item.path) for item in find_inputs([docs])[0])
