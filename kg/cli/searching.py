"""A graph and words → sentences: the command search."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.output import FORMATS, GRAPH, print_table, speaks


@click.command()
@GRAPH
@click.argument("words", nargs=-1, required=True)
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Show at most so many.")
@speaks
def search(graph: Path, words: tuple[str, ...], form: str, limit: int) -> None:
    """Find the sentences in which all of these words stand, with file, part, year and the claims made of them.

    Searched are the sentences that the graph holds, which are those of which claims were made (others of a file are not
    in the graph); the titles of documents; and all names of programmes. Quotation marks, 《》, capitals and full width
    make no difference: 双减政策 also finds “双减”政策. A Latin word or a number is found as a whole only. Between "…"
    stand exact strings; in most shells they need quotes around them. The first search writes search.sqlite beside the
    graph.

    \b
    kg search graph/ 双减
    kg search graph/ 教师 交流          both must stand in the sentence
    kg search graph/ '"“县管校聘”改革"' -f csv
    """
    from kg.search import search as searched
    from kg.views.found import MAIN_COLUMNS, found_table

    found = searched(graph, " ".join(words), limit)
    rows = found_table(found)
    print_table(rows.only(*MAIN_COLUMNS) if form == "table" else rows, form)
    if found.total > len(found.hits):
        click.echo(f"{len(found.hits)} of {found.total} shown; --limit shows more", err=True)
    elif not found.total:
        click.echo("nothing found; only sentences of which claims were made are in the graph", err=True)
