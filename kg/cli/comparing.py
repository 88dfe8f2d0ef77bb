"""A graph → a plan against what was reported, or one place against another: the command compare."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import FORMATS, GRAPH, print_table, speaks, write_page

if TYPE_CHECKING:
    from kg.views.plan_tables import Section
    from kg.views.tables import Table

_YEARS = re.compile(r"(\d{4})(?:[-–—](\d{4}))?年?")


@click.command()
@GRAPH
@click.argument("place")
@click.argument("years", required=False)
@click.option("--with", "other", default=None, help="Compare with this place instead of a plan with its reports.")
@click.option(
    "--window",
    type=click.IntRange(0, 10),
    default=2,
    show_default=True,
    help="Look for reports in so many years after the plan, and for earlier ones in so many before it.",
)
@click.option("--out", "page", default=None, type=click.Path(path_type=Path), help="Also write an HTML page.")
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@speaks
def compare(
    graph: Path, place: str, years: str | None, other: str | None, window: int, page: Path | None, form: str
) -> None:
    """What a plan promised against what was reported, or two places side by side.

    \b
    kg compare graph/ 大连市 2014                    the plan of 2014: done, going on, ended, not heard of again
    kg compare graph/ 大连市 2014 --out compare.html  the same as a page with both sentences side by side
    kg compare graph/ 大连市 --with 青岛市            programmes that both have and who was first; what only one has
    kg compare graph/ 大连市 2013-2015 --with 青岛市  the same for some years

    Not heard of again (其后未见) means that later texts of the place were read and none speaks of it; where none was
    read, the table says so (其后未读). Figures are compared only within one kind of unit and, but for shares, one year.
    """
    from kg.graph.store import open_graph

    asked = _asked(years, other)
    _check_page(page)
    if other is not None:
        from kg.comparison.places import place_comparison
        from kg.views.comparison_page import place_html
        from kg.views.place_tables import place_sections, place_summary, place_table

        places = place_comparison(open_graph(graph), place, other, asked)
        if page is not None:
            write_page(page, place_html(places))
        _tell(form, place_table(places), place_summary(places), place_sections(places))
        return
    from kg.comparison.plan import plan_comparison
    from kg.views.comparison_page import plan_html
    from kg.views.plan_tables import plan_sections, plan_summary, plan_table

    if asked is None:
        raise click.UsageError("say which year's plan, such as 2014, or another place: --with 青岛市")
    plan = plan_comparison(open_graph(graph), place, asked[0], window)
    if page is not None:
        write_page(page, plan_html(plan))
    _tell(form, plan_table(plan), plan_summary(plan), plan_sections(plan))


def _asked(years: str | None, other: str | None) -> tuple[int, int] | None:
    """From and to, both included."""
    if years is None:
        return None
    read = _YEARS.fullmatch(years.strip())
    if read is None or (read[2] and read[2] < read[1]):
        raise click.UsageError(f"{years!r} is no year; write 2014, or 2013-2015 together with --with")
    if read[2] and other is None:
        raise click.UsageError(f"{years!r} is no year; a plan is compared year by year: write {read[1]}")
    return int(read[1]), int(read[2] or read[1])


def _check_page(page: Path | None) -> None:
    if page is not None and page.suffix != ".html":
        raise click.BadParameter(f"{page} must end in .html", param_hint="--out")


def _tell(form: str, table: Table, summary: Iterable[str], sections: Iterable[Section]) -> None:
    if form != "table":
        print_table(table, form)
        return
    from kg.views.tables import inert

    for line in summary:
        click.echo(inert(line))
    for section in sections:
        click.echo(f"\n{inert(section.heading)}")
        print_table(section.table, form)
