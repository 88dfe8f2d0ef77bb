"""The adoptions of many programmes → how innovative each place is: Walker's score and the adoption rate, with intervals.

Walker (1969): one minus the mean, over programmes, of the share of the time between the first and the last adoption that
had gone by when the place adopted; who has not adopted counts as the last. Boehmke and Skinner (2012): of the occasions on
which a place could have adopted something (a programme that somewhere has begun, a year, not yet adopted), the share on
which it did; the end of what is seen then makes no place late. Errors and intervals: bootstrap over programmes.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from kg.diffusion.adoptions import History
from kg.diffusion.innovativeness.bootstrap import Score, scores
from kg.diffusion.innovativeness.opportunities import Observed, Window, observed, windows
from kg.errors import DiffusionError

NonAdopters = Literal["last", "omitted"]
REPLICATES = 1000


@dataclass(frozen=True, slots=True)
class Innovativeness:
    """One place, over all programmes or those of a group."""

    unit: str
    group: str  # topic or period; empty for all
    programs: int  # in whose spread the place was seen
    adopted: int  # of them, by this place
    adoptions: float  # in the years of the group; those of which only an interval is known count in part
    chances: float  # programmes × years in which it could have adopted
    walker: Score
    rate: Score


class _Group(NamedTuple):
    name: str
    windows: tuple[Window, ...]
    since: float  # first year
    until: float  # last year


def innovativeness(
    history: History,
    *,
    by: Literal["", "topic", "period"] = "",
    periods: Sequence[float] = (),
    until: float | None = None,
    non_adopters: NonAdopters = "last",
    least: int = 1,
    replicates: int = REPLICATES,
    seed: int = 0,
) -> tuple[Innovativeness, ...]:
    """The places of a history, the most innovative by rate first, over all programmes or within each topic or period.

    A programme is open to every unit from the year of its first adoption to `until`; without it, to the year of its last
    one. Places seen in fewer than `least` programmes get no rank. `periods` are the first years of periods; without them,
    decades. A programme belongs to the period in which it
    began (Walker's score), an occasion to adopt to that of its year (rate).

    Where it is known what was read, a unit without an adoption is seen only in the years of which something was read, and
    is the last only if something was read in the year of the last adoption or later; else it is left out, not called
    late. Years of which only an interval is known are equally likely, from the programme's first known year on. Raises
    DiffusionError where topics are asked for and there are none.
    """
    found: list[Innovativeness] = []
    for group in _groups(history, windows(history, until), by, periods):
        table = observed(history, group.windows, group.since, group.until, last=non_adopters == "last")
        found += _ranked(history, group.name, table, least, replicates, seed)
    return tuple(found)


def _groups(history: History, windows: tuple[Window, ...], by: str, periods: Sequence[float]) -> Iterator[_Group]:
    if by == "topic":
        topics: dict[str, list[Window]] = defaultdict(list)
        for window in windows:
            topics[history.program[window.program].topic].append(window)
        if set(topics) <= {""}:
            raise DiffusionError("no programme has a topic; give the table a column topic")
        for topic in sorted(topics):
            yield _Group(topic or "no topic", tuple(topics[topic]), -math.inf, math.inf)
    elif by == "period":
        yield from _periods(windows, periods)
    else:
        yield _Group("", windows, -math.inf, math.inf)


def _periods(windows: tuple[Window, ...], starts: Sequence[float]) -> Iterator[_Group]:
    if not windows:
        return
    first, last = min(w.first for w in windows), max(w.last for w in windows)
    cuts = sorted(set(starts)) or list(np.arange(first // 10 * 10, last + 1, 10.0))
    for start, following in zip(cuts, [*cuts[1:], math.inf], strict=True):
        end = min(following - 1, last)
        inside = tuple(w for w in windows if w.first <= end and w.last >= start)
        if inside:
            yield _Group(f"{start:g}–{end:g}", inside, start, end)


def _ranked(
    history: History, group: str, table: Observed, least: int, replicates: int, seed: int
) -> Iterator[Innovativeness]:
    early = np.where(table.timed, 1 - table.late, 0.0)
    seen = table.timed | (table.chances > 0)
    ranked = seen.sum(axis=1) >= least
    walker = scores(early, table.timed.astype(np.float64), replicates, seed, ranked)
    rate = scores(table.adoptions, table.chances, replicates, seed, ranked)
    rows = [
        Innovativeness(
            unit.id,
            group,
            int(seen[row].sum()),
            int((seen[row] & table.adopted[row]).sum()),
            float(table.adoptions[row].sum()),
            float(table.chances[row].sum()),
            walker[row],
            rate[row],
        )
        for row, unit in enumerate(history.units)
        if seen[row].any()
    ]
    yield from sorted(rows, key=lambda r: (r.rate.rank is None, r.rate.rank or 0, r.walker.rank or 0, r.unit))
