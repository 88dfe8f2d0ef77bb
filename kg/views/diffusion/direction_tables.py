"""Verdicts on the direction of programmes → a table of verdicts, and one of the pairs that they rest on."""

from __future__ import annotations

from collections.abc import Iterable

from kg.diffusion.adoptions import History
from kg.diffusion.naming import names_of
from kg.diffusion.ways.direction import Direction
from kg.diffusion.ways.order import Order
from kg.views.diffusion.cells import ends, figure, number, told, unit_level
from kg.views.tables import Table

DIRECTION_COLUMNS = (
    "program",
    "direction",
    "by_recorded_years",
    "adopters",
    "pairs",
    "after_superior",
    "before_superior",
    "undetermined",
    "share_after_low",
    "share_after_high",
    "superior_silent",
    "superior_unknown",
    "founding_document",
    "founded",
    "first",
    "possible",
    "reason",
)
PAIR_COLUMNS = (
    "program",
    "unit",
    "level",
    "after",
    "until",
    "superior",
    "superior_level",
    "superior_after",
    "superior_until",
    "order",
    "sentence",
    "file",
    "superior_sentence",
    "superior_file",
)


def direction_table(history: History, found: Iterable[tuple[Direction, Direction]]) -> Table:
    """One row per programme: the verdict of its intervals, and the one if recorded years are taken as they are."""
    names = names_of(history)
    rows = []
    for verdict, recorded in found:
        share = verdict.share_after or (None, None)
        rows.append(
            (
                history.program[verdict.program].name,
                verdict.type.value,
                recorded.type.value,
                number(len(history.by_program[verdict.program])),
                number(len(verdict.pairs)),
                *(number(verdict.count(order)) for order in (Order.AFTER, Order.BEFORE, Order.UNDETERMINED)),
                *map(figure, share),
                number(len(verdict.alone)),
                number(len(verdict.uncovered)),
                verdict.origin.document if verdict.origin else None,
                figure(verdict.origin.year) if verdict.origin else None,
                "、".join(names.get(unit, unit) for unit in verdict.first),
                ", ".join(type_.value for type_ in verdict.possible),
                verdict.reason,
            )
        )
    return Table(DIRECTION_COLUMNS, tuple(rows))


def pair_table(history: History, found: Iterable[Direction]) -> Table:
    """One row per adopter and superior: the years and sentences on which a verdict rests, or the founding document."""
    names = names_of(history)
    rows = []
    for verdict in found:
        dated = {adoption.unit: told(adoption.evidence) for adoption in history.by_program[verdict.program]}
        if verdict.origin is not None:
            dated.setdefault(verdict.origin.unit, (f"《{verdict.origin.document}》", None))
        rows += [
            (
                history.program[verdict.program].name,
                names.get(pair.unit, pair.unit),
                unit_level(history, pair.unit),
                *ends(*pair.time),
                names.get(pair.superior, pair.superior),
                unit_level(history, pair.superior),
                *ends(*pair.superior_time),
                pair.order.value,
                *dated.get(pair.unit, (None, None)),
                *dated.get(pair.superior, (None, None)),
            )
            for pair in verdict.pairs
        ]
    return Table(PAIR_COLUMNS, tuple(rows))
