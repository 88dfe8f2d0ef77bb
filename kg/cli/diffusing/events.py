"""A graph or a table of adoptions → its events, its panel, its checks: the commands diffuse events, panel and check."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.diffusing.parts import open_ends as open_ends_option
from kg.cli.diffusing.source import Chosen, subset_options
from kg.cli.output import FORMATS, print_table, speaks, write_page

if TYPE_CHECKING:
    from kg.diffusion.adoptions import History
    from kg.diffusion.exposure.networks import PlaceNetwork
    from kg.diffusion.history.panel import Design
    from kg.views.tables import Table

SHAPES = ("long", "wide", "networkinference", "netdiffuser", "spid", "intervals", "coverage")
NETWORK = "province|siblings|superior|nearest:5|within:200km|FILE"
WHO_HAS_NOT = ("wide", "netdiffuser", "intervals")  # shapes that also tell who has not adopted
OUT = click.option("--out", type=click.Path(path_type=Path), default=None, help="Write a CSV file (UTF-8) instead.")
FORM = click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)


@click.command()
@subset_options
@click.option("--shape", type=click.Choice(SHAPES), default="long", show_default=True, help="The columns of the table.")
@click.option("--exact-only", is_flag=True, help="Only adoptions of which the very year is known.")
@click.option(
    "--network",
    default=None,
    metavar=NETWORK,
    help="For netdiffuser: who looks at whom, written beside --out as NAME-edges.csv.",
)
@open_ends_option
@OUT
@FORM
@speaks
def events(
    chosen: Chosen, shape: str, exact_only: bool, network: str | None, open_ends: str, out: Path | None, form: str
) -> None:
    """Who adopted what and when, as intervals of years with their evidence; also for R.

    \b
    kg diffuse events graph/ --program 县管校聘                 one programme, in order of time
    kg diffuse events graph/ --shape networkinference --out e.csv  for as_cascade_long() of NetworkInference
    kg diffuse events graph/ --shape coverage                   documents read, and missing, per place and year
    kg diffuse events mine.csv --shape intervals --out i.csv    your own table, for survival in R

    A year is an interval: after `lower`, not later than `upper`. Of a text that only is dated itself, `lower` is open;
    `silent` is the last earlier year in which a document of the place was read that does not name the programme.
    """
    from kg.diffusion.history.open_ends import OpenEnds, closed
    from kg.diffusion.history.writing import IN_R, SHAPES, edges_table
    from kg.views.diffusion.events_table import NARROW, columns_table

    if network is not None and (shape != "netdiffuser" or out is None):
        raise click.UsageError("--network goes with --shape netdiffuser and --out")
    left_out = {"--since": chosen.subset.since is not None, "--exact-only": exact_only}
    if shape in WHO_HAS_NOT and (option := next((name for name, given in left_out.items() if given), "")):
        raise click.UsageError(
            f"{option} would make some adopters look like places that have not adopted in --shape {shape}"
        )
    history = closed(chosen.history(), OpenEnds(open_ends))
    ties = _ties(history, network)
    undated = sum(adoption.upper is None for adoption in history.adoptions)
    if exact_only:
        history = replace(history, adoptions=tuple(a for a in history.adoptions if a.is_exact))
    table = columns_table(SHAPES[shape](history))
    if out is None:
        print_table(table.only(*NARROW) if shape == "long" and form == "table" else table, form)
        return
    _write(out, table)
    if undated and shape not in ("long", "coverage"):
        click.echo(f"{undated} adoptions without a year are not in it", err=True)
    click.echo(f"in R: {IN_R[shape].replace('FILE', out.name)}", err=True)
    if ties is not None:
        _write(out.with_name(f"{out.stem}-edges.csv"), columns_table(edges_table(history, ties)))


@click.command()
@subset_options
@click.option(
    "--start", default="first", show_default=True, help="Risk begins: first (adoption), after (it), or a year."
)
@click.option(
    "--end", default="read", show_default=True, help="And ends: read (last document), last (adoption), or a year."
)
@click.option(
    "--lag", type=click.IntRange(0, 50), default=1, show_default=True, help="Years that the others go before."
)
@click.option(
    "--unread",
    type=click.Choice(("na", "drop", "zero")),
    default="na",
    show_default=True,
    help="Years of which nothing of the place was read: adopt is empty, the row is left out, or adopt is 0.",
)
@click.option(
    "--dates",
    type=click.Choice(("upper", "sure")),
    default="upper",
    show_default=True,
    help="An uncertain year of adoption: its upper bound, or empty in all years in which it may have been.",
)
@click.option("--network", default=None, metavar=NETWORK, help="Whose adoptions neighbour_share counts.")
@open_ends_option
@OUT
@FORM
@speaks
def panel(
    chosen: Chosen,
    start: str,
    end: str,
    lag: int,
    unread: str,
    dates: str,
    network: str | None,
    open_ends: str,
    out: Path | None,
    form: str,
) -> None:
    """The panel of an event-history analysis: one row per place, programme and year at risk.

    \b
    kg diffuse panel graph/ --level prefecture --out panel.csv         cities at risk, with what provinces did
    kg diffuse panel graph/ --network nearest:5 --unread drop -f csv   only years of which something was read
    kg diffuse panel mine.csv --start after --end last --out panel.csv your own table

    adopt is 1 in the year of adoption and 0 before; shares, superior_adopted and adopters speak of --lag years before.
    --since and --until are years of the panel here: who adopted before is at risk in none of them.
    """
    from kg.diffusion.history.open_ends import OpenEnds, closed
    from kg.diffusion.history.panel import panel_of
    from kg.diffusion.history.subsets import subset, units_of
    from kg.views.diffusion.events_table import panel_table

    whole, wanted = closed(chosen.whole(), OpenEnds(open_ends)), chosen.subset
    history = subset(whole, replace(wanted, levels=(), provinces=(), since=None, until=None))
    among = {unit.id for unit in units_of(whole, wanted)} if wanted.levels or wanted.provinces else None
    design = _design(start, end, lag, unread, dates, wanted.since, wanted.until)
    made = panel_of(history, design, neighbours=_ties(history, network), among=among)
    _tell(out, panel_table(made, history), form)


def _design(
    start: str, end: str, lag: int, unread: str, dates: str, since: float | None, until: float | None
) -> Design:
    from kg.diffusion.history.panel import Design

    first = int(since) if since is not None and start == "first" else _year(start, ("first", "after"), "--start")
    last = int(until) if until is not None and end == "read" else _year(end, ("read", "last"), "--end")
    return Design(first, last, lag, unread, dates)  # type: ignore[arg-type]


def _year(text: str, words: tuple[str, ...], option: str) -> str | int:
    if text in words:
        return text
    if not text.lstrip("-").isdecimal():
        raise click.BadParameter(f"{text!r} is neither {' nor '.join(words)} nor a year", param_hint=option)
    return int(text)


def _ties(history: History, network: str | None) -> PlaceNetwork | None:
    if network is None:
        return None
    from kg.diffusion.exposure.choosing import place_network
    from kg.diffusion.history.coverage import observed

    return place_network(network, observed(history))


@click.command()
@subset_options
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Write all findings as a CSV file instead.")
@FORM
@speaks
def check(chosen: Chosen, out: Path | None, form: str) -> None:
    """What to know of the data before analysing it: how it is dated and censored, ties, gaps, contradictions.

    \b
    kg diffuse check graph/                              counts, then what deserves a look
    kg diffuse check graph/ --expected list.csv          also which documents of your list were not read
    kg diffuse check mine.csv --out findings.csv         all findings of your own table
    """
    from kg.diffusion.history.checks import checks_of, in_brief
    from kg.views.diffusion.events_table import check_table

    found = checks_of(chosen.history())
    _tell(out, check_table(in_brief(found) if form == "table" and out is None else found), form)


def _tell(out: Path | None, table: Table, form: str) -> None:
    if out is None:
        print_table(table, form)
    else:
        _write(out, table)


def _write(out: Path, table: Table) -> None:
    from kg.views.tables import table_csv

    write_page(out, table_csv(table))
    click.echo(f"{out}: {len(table.rows)} rows", err=True)
