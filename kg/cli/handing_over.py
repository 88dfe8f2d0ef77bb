"""A graph → files for other programs, or what is different in another graph: the commands export and diff."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from kg.cli.output import FORMATS, GRAPH, print_table, speaks

EXPORTS = (
    "turtle",
    "nquads",
    "nquads-shards",
    "trig",
    "jsonld",
    "graphml",
    "gexf",
    "neo4j",
    "csv",
    "parquet",
    "package",
)


@click.command()
@GRAPH
@click.option("--format", "-f", "form", type=click.Choice(EXPORTS), required=True, help="See below.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file or folder to write.")
@click.option("--force", is_flag=True, help="Replace an earlier export.")
@click.option("--name", default="policy-graph", show_default=True, help="Package: a short name in small letters.")
@click.option("--title", default="", help="Package: its title.")
@click.option("--data-version", default="", help="Package: its version; by default one made of the graph's hash.")
@click.option("--created", default="", metavar="DAY", help="Package: 2026-05-01. No day is written unless you give it.")
@click.option("--licence", "--license", "licence", default="", help="Package: CC-BY-4.0, or the address of a licence.")
@click.option("--contributor", "contributors", multiple=True, metavar="NAME", help="Package: a name, or NAME=https://…")
@click.option("--source", "sources", multiple=True, metavar="TITLE", help="Package: a title, or TITLE=https://…")
@speaks
def export(
    graph: Path,
    form: str,
    out: Path,
    name: str,
    title: str,
    data_version: str,
    created: str,
    licence: str,
    contributors: tuple[str, ...],
    sources: tuple[str, ...],
    *,
    force: bool,
) -> None:
    """Write the graph for other programs. The same graph gives the same bytes.

    \b
    turtle, nquads, trig, jsonld   RDF; all but Turtle keep the named graph of each file
    nquads-shards                  a folder of compressed N-Quads of at most 500,000 quads each, for bulk loaders
    graphml, gexf                  the network for Gephi and the like: things, and who did what with how many claims
    neo4j                          a folder for neo4j-admin database import
    csv, parquet                   a folder of tables: places, programmes, adoptions, goals, sources and the others
    package                        a folder to deposit and cite: tables, N-Quads, README, datapackage.json

    \b
    kg export graph/ -f csv --out tables/
    kg export graph/ -f gexf --out network.gexf
    kg export graph/ -f package --out data/ --title "…" --licence CC-BY-4.0 --contributor "…" --created 2026-05-01
    """
    from kg.exports import Citation
    from kg.exports import export as exported

    citation = Citation(name, title, data_version, created, licence, contributors, sources)
    exported(graph, form, out, force=force, citation=citation)
    click.echo(f"{out}", err=True)
    if form == "package" and not licence:
        click.echo("note: the package names no licence, so nobody may reuse it; say which with --licence", err=True)


class _Failure(click.ClickException):
    exit_code = 2


def _fails_with_2(command: Callable[..., None]) -> Callable[..., None]:
    """As diff does: exit code 1 says that there are differences, so an error is 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except click.UsageError:
            raise
        except click.ClickException as fault:
            raise _Failure(fault.format_message()) from None

    return run


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@_fails_with_2
@speaks
def diff(old: Path, new: Path, form: str) -> None:
    """Which claims and things came (+), went (-) or changed (~) from one graph to another.

    Claims are grouped by file and relation, each with its sentence. One that says something else of the same things in
    the same sentence, such as another year, has changed. Confidence, rule and offsets do not count.

    \b
    kg diff graph/ graph-new/
    kg diff graph/ graph-new/ -f csv > changes.csv

    Exit code 0: no difference; 1: some; 2: an error.
    """
    from kg.comparison.difference import difference
    from kg.graph.store import open_graph
    from kg.views.difference_tables import difference_lines, difference_table
    from kg.views.tables import inert

    found = difference(open_graph(old), open_graph(new))
    if form != "table":
        print_table(difference_table(found), form)
    else:
        for line in difference_lines(found) if found else ["no difference"]:
            click.echo(inert(line))
    if found:
        raise SystemExit(1)
