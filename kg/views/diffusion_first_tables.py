"""Rank tables, lags, directions and scores of places → tables for the terminal, CSV and JSON."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from kg.diffusion.adoptions import Adoption, Evidence, History
from kg.diffusion.direction import Direction, Origin
from kg.diffusion.firsts import Firsts
from kg.diffusion.innovativeness import Innovativeness
from kg.diffusion.lags import Lag, Lags, LevelLags
from kg.diffusion.naming import names_of
from kg.diffusion.order import Order, Years
from kg.views.tables import Cell, Table

FIRST_COLUMNS = (
    "rank",
    "best_rank",
    "worst_rank",
    "unit",
    "level",
    "after",
    "until",
    "dated",
    "p_first",
    "p_first_low",
    "p_first_high",
    "sentence",
    "file",
)
LAG_COLUMNS = ("program", "unit", "level", "after", "until", *("first", "first_low", "first_high", "first_order"))
SUPERIOR_COLUMNS = ("superior_name", *("superior", "superior_low", "superior_high", "superior_order"))
DOCUMENT_COLUMNS = ("document", "document_low", "document_high", "document_order")
LEVEL_COLUMNS = (
    "level",
    "event",
    "units",
    "before",
    "after",
    "undetermined",
    "median_lag",
    "median_low",
    "median_high",
)
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
    "superior_unread",
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
PLACE_COLUMNS = (
    "group",
    "unit",
    "level",
    "rate_rank",
    "rate",
    "rate_se",
    "rate_low",
    "rate_high",
    "walker_rank",
    "walker",
    "walker_se",
    "walker_low",
    "walker_high",
    "programs",
    "adopted",
    "adoptions",
    "chances",
)


def first_table(history: History, found: Firsts) -> Table:
    """The adopters in order of rank, with the sentence that dates each."""
    names = names_of(history)
    rows = [
        (
            number(p.rank),
            number(p.best),
            number(p.worst),
            names.get(p.unit, p.unit),
            unit_level(history, p.unit),
            *_years(p.adoption),
            p.adoption.dated.value,
            figure(p.first),
            figure(p.first_low),
            figure(p.first_high),
            *_told(p.adoption.evidence),
        )
        for p in found.placings
    ]
    return Table(FIRST_COLUMNS, tuple(rows))


def first_notes(history: History, found: Firsts) -> list[str]:
    """What the rank table rests on, one sentence each."""
    notes = []
    if found.assumption:
        notes.append(
            f"p_first takes open lower ends to lie {found.assumption}; p_first_low and p_first_high assume nothing."
        )
    elif any(p.first is None for p in found.placings if p.adoption.upper is not None):
        notes.append("p_first is not computable: nothing bounds the open lower ends from below (see --not-before).")
    if undated := sum(p.adoption.upper is None for p in found.placings):
        notes.append(f"{undated} adopters have no year; they take part in best_rank, worst_rank and the bounds only.")
    if found.unread:
        notes.append(
            f"Of {found.unread} of {len(history.units)} units nothing was read up to the year of the first: "
            "an earlier adopter may be unread."
        )
    return notes


def lag_table(history: History, program: str, found: Iterable[Lags]) -> Table:
    """One row per adopter: the recorded lags, and the ends between which they lie."""
    names = names_of(history)
    rows = [
        (
            history.program[program].name,
            names.get(lags.unit, lags.unit),
            unit_level(history, lags.unit),
            *_years(lags.adoption),
            *_lag(lags.first),
            names.get(lags.superior, lags.superior) or None,
            *_lag(lags.after_superior),
            *_lag(lags.after_document),
        )
        for lags in found
    ]
    return Table((*LAG_COLUMNS, *SUPERIOR_COLUMNS, *DOCUMENT_COLUMNS), tuple(rows))


def level_lag_table(found: Iterable[LevelLags]) -> Table:
    """One row per level and event."""
    rows = [
        (
            lags.level.lower() if lags.level else None,
            lags.event,
            *(number(n) for n in (lags.units, lags.before, lags.after, lags.undetermined)),
            figure(lags.median),
            figure(lags.median_lower),
            figure(lags.median_upper),
        )
        for lags in found
    ]
    return Table(LEVEL_COLUMNS, tuple(rows))


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
                "、".join(names.get(unit, unit) for unit in verdict.first),
                ", ".join(type_.value for type_ in verdict.possible),
                verdict.reason,
            )
        )
    return Table(DIRECTION_COLUMNS, tuple(rows))


def pair_table(history: History, found: Iterable[Direction], origins: Mapping[str, Origin]) -> Table:
    """One row per adopter and superior: the years and sentences on which a verdict rests, or the founding document."""
    names = names_of(history)
    rows = []
    for verdict in found:
        told = {adoption.unit: _told(adoption.evidence) for adoption in history.by_program[verdict.program]}
        if (origin := origins.get(verdict.program)) is not None:
            told.setdefault(origin.unit, (f"《{origin.document}》", None))
        rows += [
            (
                history.program[verdict.program].name,
                names.get(pair.unit, pair.unit),
                unit_level(history, pair.unit),
                *_ends(pair.time),
                names.get(pair.superior, pair.superior),
                unit_level(history, pair.superior),
                *_ends(pair.superior_time),
                pair.order.value,
                *told.get(pair.unit, (None, None)),
                *told.get(pair.superior, (None, None)),
            )
            for pair in verdict.pairs
        ]
    return Table(PAIR_COLUMNS, tuple(rows))


def place_table(history: History, found: Iterable[Innovativeness]) -> Table:
    """One row per group and place, the most innovative first."""
    names = names_of(history)
    rows = [
        (
            place.group or None,
            names.get(place.unit, place.unit),
            unit_level(history, place.unit),
            *(
                cell
                for score in (place.rate, place.walker)
                for cell in (number(score.rank), *map(figure, (score.value, score.error, score.lower, score.upper)))
            ),
            number(place.programs),
            number(place.adopted),
            figure(place.adoptions),
            figure(place.chances),
        )
        for place in found
    ]
    return Table(PLACE_COLUMNS, tuple(rows))


def unit_level(history: History, unit: str) -> Cell:
    """prefecture, county; None where it is not known."""
    known = history.unit.get(unit)
    return known.level.lower() if known and known.level else None


def number(value: int | None) -> Cell:
    """A whole number."""
    return None if value is None else str(value)


def figure(value: float | None) -> Cell:
    """Four significant digits, years in full; None where it is not known or infinite."""
    if value is None or not math.isfinite(value):
        return None
    return f"{value:.0f}" if value == round(value) else f"{value:.4g}" if abs(value) < 1000 else f"{value:g}"


def _years(adoption: Adoption) -> tuple[Cell, Cell]:
    return figure(adoption.lower), figure(adoption.upper)


def _ends(time: Years) -> tuple[Cell, Cell]:
    return figure(time.lower), figure(time.upper)


def _lag(lag: Lag | None) -> tuple[Cell, Cell, Cell, Cell]:
    if lag is None:
        return None, None, None, None
    return figure(lag.years), figure(lag.lower), figure(lag.upper), lag.order.value


def _told(evidence: tuple[Evidence, ...]) -> tuple[Cell, Cell]:
    return (evidence[0].sentence, evidence[0].file) if evidence else (None, None)
