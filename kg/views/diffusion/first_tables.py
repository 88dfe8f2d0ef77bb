"""Rank tables and lags → tables for the terminal, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterable

from kg.diffusion.adoptions import History
from kg.diffusion.naming import names_of
from kg.diffusion.ways.firsts import Firsts
from kg.diffusion.ways.lags import Lag, Lags, LevelLags
from kg.views.diffusion.cells import ends, figure, number, told, unit_level
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
SUPERIOR_DOCUMENT_COLUMNS = (
    "superior_document_name",
    *("superior_document", "superior_document_low", "superior_document_high", "superior_document_order"),
)
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
            *ends(p.adoption.lower, p.adoption.upper),
            p.adoption.dated.value,
            figure(p.first),
            figure(p.first_low),
            figure(p.first_high),
            *told(p.adoption.evidence),
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
            *ends(lags.adoption.lower, lags.adoption.upper),
            *_lag(lags.first),
            names.get(lags.superior, lags.superior) or None,
            *_lag(lags.after_superior),
            lags.superior_document.document if lags.superior_document else None,
            *_lag(lags.after_superior_document),
            *_lag(lags.after_document),
        )
        for lags in found
    ]
    return Table((*LAG_COLUMNS, *SUPERIOR_COLUMNS, *SUPERIOR_DOCUMENT_COLUMNS, *DOCUMENT_COLUMNS), tuple(rows))


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


def _lag(lag: Lag | None) -> tuple[Cell, Cell, Cell, Cell]:
    if lag is None:
        return None, None, None, None
    return figure(lag.years), figure(lag.lower), figure(lag.upper), lag.order.value
