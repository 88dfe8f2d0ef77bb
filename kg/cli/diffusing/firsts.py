"""Who was first, how late the others were, which way it went: the commands first, lags, direction and way."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.diffusing.parts import (
    LEAST,
    PROGRAM,
    at_least,
    graph_of,
    of_program,
    open_ends,
    opened,
    origins,
    with_superiors,
)
from kg.cli.diffusing.source import Chosen, subset_options
from kg.cli.output import FORMATS, print_table, speaks

FORMAT = click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)


@click.command()
@subset_options
@PROGRAM
@open_ends
@click.option("--not-before", type=float, default=None, metavar="YEAR", help="No adoption is older than this year.")
@FORMAT
@speaks
def first(chosen: Chosen, program: str, open_ends: str, not_before: float | None, form: str) -> None:
    """Who was first with PROGRAM: ranks with ties, possible ranks, and the probability of having been the first.

    The probability takes every moment of an interval as equally likely; where the lower end is open it says on which
    assumption it was closed, and the columns low and high say what it can be without one.

    \b
    kg diffuse first graph/ 县管校聘
    kg diffuse first adoptions.csv aborparc --format csv
    """
    from kg.diffusion.ways.firsts import firsts
    from kg.views.diffusion.first_tables import first_notes, first_table

    whole, part = opened(of_program(chosen, program), open_ends)
    for one in part.programs:
        found = firsts(part, one.id, not_before)
        for note in first_notes(part, found):
            click.echo(note, err=True)
        print_table(first_table(whole, found), form)


@click.command()
@subset_options
@open_ends
@LEAST
@click.option("--by-level", is_flag=True, help="One row per level, over all programmes that are asked for.")
@FORMAT
@speaks
def lags(chosen: Chosen, open_ends: str, least: int, form: str, *, by_level: bool) -> None:
    """How many years each unit came after the first, its superior, its superior's document, the founding document.

    Each lag as recorded, and the ends (low, high) between which it lies. A negative lag is a unit that came before.

    \b
    kg diffuse lags graph/ --program 县管校聘
    kg diffuse lags graph/ --by-level
    """
    from kg.diffusion.ways.documents import documents_of
    from kg.diffusion.ways.lags import by_level as levels_of
    from kg.diffusion.ways.lags import lags as lags_of
    from kg.views.diffusion.first_tables import lag_table, level_lag_table
    from kg.views.tables import Table

    whole, part = at_least(opened(chosen, open_ends), least)
    wanted = {(adoption.unit, adoption.program) for adoption in part.adoptions}
    graph = graph_of(chosen)
    documents = documents_of(graph, [p.id for p in part.programs]) if graph is not None else {}
    found = {
        p.id: [one for one in lags_of(whole, p.id, documents.get(p.id)) if (one.unit, p.id) in wanted]
        for p in part.programs
    }
    if by_level:
        print_table(level_lag_table(levels_of(one for some in found.values() for one in some)), form)
        return
    tables = [lag_table(whole, program, some) for program, some in found.items()]
    print_table(Table(tables[0].columns, tuple(row for table in tables for row in table.rows)), form)


@click.command()
@subset_options
@click.option(
    "--pairs", is_flag=True, help="The adopters and their superiors that each verdict rests on, with sentences."
)
@click.option(
    "--mostly",
    type=click.FloatRange(0.5, 1, min_open=True),
    default=0.9,
    show_default=True,
    help="Share that makes a direction.",
)
@LEAST
@click.option("--complete", is_flag=True, help="Who is not in the source is known not to have adopted.")
@FORMAT
@speaks
def direction(chosen: Chosen, mostly: float, least: int, form: str, *, pairs: bool, complete: bool) -> None:
    """Bottom-up, top-down, hybrid or horizontal: which way each programme went through the levels of government.

    Two verdicts: of what is known for sure, and (by_recorded_years) of the years taken as they are recorded. Where ties,
    open years or unread superiors leave several, the verdict is undetermined and says why.

    \b
    kg diffuse direction graph/
    kg diffuse direction graph/ --program 县管校聘 --pairs --format csv
    """
    from kg.diffusion.history.open_ends import OpenEnds, closed
    from kg.diffusion.ways.direction import directions
    from kg.diffusion.ways.documents import speakers_of
    from kg.views.diffusion.direction_tables import direction_table, pair_table

    whole, part = at_least(opened(chosen, OpenEnds.KEPT), least)
    history = with_superiors(whole, part)
    graph = graph_of(chosen)
    known, named = origins(graph), speakers_of(graph) if graph is not None else {}
    found = directions(history, known, named, mostly=mostly, complete=complete)
    if pairs:
        print_table(pair_table(history, found), form)
        return
    recorded = directions(closed(history, OpenEnds.RECORDED), known, named, mostly=mostly, complete=complete)
    print_table(direction_table(history, zip(found, recorded, strict=True)), form)


@click.command()
@subset_options
@PROGRAM
@open_ends
@click.option(
    "--network",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    help="A table of edges, as kg diffuse network --format csv writes it: they count as inferred steps.",
)
@click.option("--no-plain", is_flag=True, help="Without the steps that only follow from who came earlier.")
@click.option("--format", "-f", "form", type=click.Choice(("text", *FORMATS)), default="text", show_default=True)
@speaks
def way(chosen: Chosen, program: str, open_ends: str, network: Path | None, form: str, *, no_plain: bool) -> None:
    """The way of PROGRAM from place to place, as a tree with the sentences behind every step.

    Three grades, kept apart: what a text says (学习, 推广, 合作, 落实…文件), what follows from a document (the text names a
    superior's document, or the superior's text plans it), what is only inferred from years.

    \b
    kg diffuse way graph/ 县管校聘
    kg diffuse way graph/ 县管校聘 --network edges.csv --format csv
    """
    from kg.diffusion.ways.way import way as way_of
    from kg.diffusion.ways.way_from_graph import steps_of
    from kg.diffusion.ways.way_from_network import edges_of_table, network_steps
    from kg.views.diffusion.way import MAIN_COLUMNS, way_table, way_text

    whole, part = opened(of_program(chosen, program), open_ends)
    history = with_superiors(whole, part)
    graph = graph_of(chosen)
    known = origins(graph)
    edges = edges_of_table(network, whole) if network is not None else ()
    for one in part.programs:
        steps, names = steps_of(graph, whole, one.id) if graph is not None else ((), {})
        steps = (*steps, *network_steps(history, one.id, edges))
        found = way_of(history, one.id, steps, origin=known.get(one.id), names=names, plain=not no_plain)
        if form == "text":
            click.echo(way_text(found, one.name), nl=False)
        else:
            table = way_table(found)
            print_table(table.only(*MAIN_COLUMNS) if form == "table" else table, form)
