"""What was asked for → the whole history for looking upwards, the part for showing, with open ends closed as asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kg.cli.diffusing.source import Chosen

if TYPE_CHECKING:
    from kg.diffusion.adoptions import History
    from kg.diffusion.ways.direction import Origin
    from kg.graph.store import PolicyGraph

PROGRAM = click.argument("program")
LEAST = click.option(
    "--least",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help="Only programmes with at least so many adopters.",
)


def open_ends(command: Callable[..., None]) -> Callable[..., None]:
    """The option --open-ends."""
    return click.option(
        "--open-ends",
        type=click.Choice(("kept", "silent", "recorded")),
        default="kept",
        show_default=True,
        help="What to take of an adoption known only as not later than a year: any earlier year; after the last year "
        "read without a word of it; that very year.",
    )(command)


def of_program(chosen: Chosen, program: str) -> Chosen:
    """The same, of one programme."""
    return replace(chosen, subset=replace(chosen.subset, programs=(program,)))


def opened(chosen: Chosen, ends: str) -> tuple[History, History]:
    """The whole history and the part that was asked for; DiffusionError where the part is empty."""
    from kg.diffusion.history.open_ends import OpenEnds, closed
    from kg.diffusion.history.subsets import subset
    from kg.errors import DiffusionError

    whole = closed(chosen.whole(), OpenEnds(ends))
    part = subset(whole, chosen.subset)
    if not part.adoptions:
        raise DiffusionError(
            f"{chosen.source}: no adoption is left; ask for fewer conditions, or look at kg diffuse events"
        )
    return whole, part


def at_least(histories: tuple[History, History], adopters: int) -> tuple[History, History]:
    """The same, the part with only the programmes that so many units in it have adopted; says how many are left out."""
    from kg.errors import DiffusionError

    whole, part = histories
    programs = tuple(p for p in part.programs if len(part.by_program[p.id]) >= adopters)
    if not programs:
        raise DiffusionError(f"no programme has {adopters} adopters or more; ask with --least 1")
    if left := len(part.programs) - len(programs):
        click.echo(f"{left} programmes with fewer than {adopters} adopters are left out (--least).", err=True)
    kept = {program.id for program in programs}
    return whole, replace(part, programs=programs, adoptions=tuple(a for a in part.adoptions if a.program in kept))


def with_superiors(whole: History, part: History) -> History:
    """The adoptions of the part among all units, so that everybody's superior is known."""
    return replace(part, units=whole.units, read=whole.read)


def graph_of(chosen: Chosen) -> PolicyGraph | None:
    """The graph, where the source is one and not a table."""
    from kg.diffusion.history.opening import TABLES
    from kg.graph.store import open_graph

    return None if chosen.source.suffix.lower() in TABLES else open_graph(chosen.source)


def origins(graph: PolicyGraph | None) -> dict[str, Origin]:
    """The founding documents that a graph knows; none of a table."""
    from kg.diffusion.ways.documents import origins_of

    return origins_of(graph) if graph is not None else {}
