"""The adoptions of a programme → bottom-up, top-down, hybrid or horizontal, with the pairs of governments it rests on.

The four types are those of the literature on China: from the top down the levels (自上而下的层级扩散), taken up from below
(自下而上), from below to the top and from there down again (吸纳—辐射), among governments of one level (区域间扩散): Wang and
Lai (2013); Zhu (2014) on mandates, Heilmann (2008) on experiments under hierarchy, Shipan and Volden (2006) on bottom-up
federalism. How they are told apart by years is ours, and stands in `direction`. Order in time is no proof of influence.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.diffusion.adoptions import History
from kg.diffusion.ways.firsts import possible_ranks
from kg.diffusion.ways.order import Order, Years, superiors, tier

MOSTLY = 0.9  # share of the pairs that makes a direction
COVERED = 0.5  # share of the lower adopters of whose superior the time must be known


class Type(StrEnum):
    """Which way a programme went through the levels of government."""

    TOP_DOWN = "top-down"  # 自上而下: the top was first, and nearly all followed their superior
    BOTTOM_UP = "bottom-up"  # 自下而上: a lower level was first, and nearly all came before their superior
    HYBRID = "hybrid"  # 上下结合: both are seen, for example taken up from below and then handed down
    HORIZONTAL = "horizontal"  # 同级: the superior of nearly every adopter was read, and is not known to have adopted
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Origin:
    """The founding document of a programme, as an act of the government that issued it."""

    unit: str
    document: str
    year: float


@dataclass(frozen=True, slots=True)
class Pair:
    """An adopter and the nearest government above it that is known to have adopted."""

    unit: str
    superior: str
    time: Years
    superior_time: Years
    order: Order  # of the adopter to its superior


@dataclass(frozen=True, slots=True)
class Direction:
    """The verdict on one programme and everything that it rests on."""

    program: str
    type: Type
    reason: str
    possible: tuple[Type, ...]  # what the intervals leave open, where it is undetermined for them
    first: tuple[str, ...]  # units that may have been the first
    pairs: tuple[Pair, ...]
    alone: tuple[str, ...]  # adopters whose superior was read in the programme's time, without a word of it
    uncovered: tuple[str, ...]  # adopters whose superior was not read, or names it: it may have adopted
    origin: Origin | None = None  # the founding document, where it counted as an act

    def count(self, order: Order) -> int:
        """How many pairs have this order."""
        return sum(pair.order is order for pair in self.pairs)

    @property
    def share_after(self) -> tuple[float, float] | None:
        """The share of adopters that came after their superior: the least and the greatest that the intervals allow."""
        if not self.pairs:
            return None
        sure, open_ = self.count(Order.AFTER), self.count(Order.UNDETERMINED)
        return sure / len(self.pairs), (sure + open_) / len(self.pairs)


def times_of(history: History, program: str, origin: Origin | None = None) -> dict[str, Years]:
    """When each unit adopted; the founding document counts as an act of its issuer."""
    times = {a.unit: Years.of(a) for a in history.by_program[program]}
    if origin is not None:
        issued = Years.year(origin.year)
        known = times.get(origin.unit, issued)
        times[origin.unit] = Years(min(known.lower, issued.lower), min(known.upper, issued.upper))
    return times


def direction(
    history: History,
    program: str,
    origin: Origin | None = None,
    *,
    speakers: Collection[str] = (),
    mostly: float = MOSTLY,
    complete: bool = False,
) -> Direction:
    """The type of a programme (its id).

    Each adopter is compared with the nearest government above it that is known to have adopted. Top-down: the first
    stands at the highest level seen, and at least `mostly` of the adopters came after their superior; bottom-up: the
    first stands below it, and at least `mostly` came before; hybrid: anything between. Horizontal: at least `mostly` of
    the adopters have a superior that was read and is not known to have adopted. Undetermined: where ties and open years
    leave more than one of these, or where less than half of the superiors are known. `complete` says that a unit
    without an adoption is known not to have adopted (a table of all adopters). `speakers` are units whose own texts name
    the programme: they are not silent, even where no text says that they adopted.
    """
    times = times_of(history, program, origin)
    pairs = tuple(_pairs(history, times))
    paired = {pair.unit for pair in pairs}
    above = {u: next(superiors(history, u), None) for u in times if u not in paired}
    silent = {unit.id for unit in history.units} if complete else _read(history, times) - set(speakers)
    alone = tuple(u for u, superior in above.items() if superior and superior.id in silent)
    uncovered = tuple(u for u, superior in above.items() if superior and superior.id not in silent)
    first = tuple(unit for unit, rank in zip(times, possible_ranks([*times.values()]), strict=True) if rank[0] == 1)
    possible, reason = _judged(history, times, pairs, first, alone, uncovered, mostly)
    type_ = possible[0] if len(possible) == 1 else Type.UNDETERMINED
    return Direction(program, type_, reason, possible, first, pairs, alone, uncovered, origin)


def directions(
    history: History,
    origins: Mapping[str, Origin] | None = None,
    speakers: Mapping[str, Collection[str]] | None = None,
    *,
    mostly: float = MOSTLY,
    complete: bool = False,
) -> tuple[Direction, ...]:
    """The types of all programmes, in the order of the history."""
    known, named = origins or {}, speakers or {}
    return tuple(
        direction(history, p.id, known.get(p.id), speakers=named.get(p.id, ()), mostly=mostly, complete=complete)
        for p in history.programs
    )


def _pairs(history: History, times: Mapping[str, Years]) -> Iterable[Pair]:
    for unit, time in times.items():
        above = next((s.id for s in superiors(history, unit) if s.id in times), None)
        if above is not None:
            yield Pair(unit, above, time, times[above], time.order(times[above]))


def _read(history: History, times: Mapping[str, Years]) -> set[str]:
    """The units of which something was read between the first and the last adoption."""
    years = [t.upper for t in times.values() if math.isfinite(t.upper)]
    if not years:
        return set()
    return {unit for (unit, year), number in history.read.items() if number and min(years) <= year <= max(years)}


def _judged(
    history: History,
    times: Mapping[str, Years],
    pairs: tuple[Pair, ...],
    first: tuple[str, ...],
    alone: tuple[str, ...],
    uncovered: tuple[str, ...],
    mostly: float,
) -> tuple[tuple[Type, ...], str]:
    """The types that are possible, and why; no type where too little is known."""
    lower = len(pairs) + len(alone) + len(uncovered)
    if len(times) < 2:
        return (), f"{len(times)} adopter"
    if not lower:
        return (), "no superior of an adopter is known"
    if len(alone) >= mostly * lower:
        return (Type.HORIZONTAL,), f"the superiors of {len(alone)} of {lower} adopters were read, without a word of it"
    if len(pairs) < COVERED * lower:
        return (), f"of {lower} adopters with a superior, only {len(pairs)} have one whose adoption is known"
    sure = sum(pair.order is Order.AFTER for pair in pairs)
    open_ = sum(pair.order is Order.UNDETERMINED for pair in pairs)
    tops = {_at_the_top(history, unit, times) for unit in first}
    found = {_type(top, after, len(pairs), mostly) for top in tops for after in (sure, sure + open_)}
    return tuple(sorted(found)), _reason(len(pairs), sure, open_, tops)


def _at_the_top(history: History, unit: str, times: Mapping[str, Years]) -> bool:
    """Whether no adopter stands above it, nor at a higher level elsewhere."""
    if any(above.id in times for above in superiors(history, unit)):
        return False
    levels = {u: history.unit[u].level if u in history.unit else None for u in times}
    return tier(levels[unit]) <= min(tier(level) for level in levels.values())


def _type(first_at_the_top: bool, after: int, pairs: int, mostly: float) -> Type:
    if first_at_the_top and after >= mostly * pairs:
        return Type.TOP_DOWN
    if not first_at_the_top and pairs - after >= mostly * pairs:
        return Type.BOTTOM_UP
    return Type.HYBRID


def _reason(pairs: int, after: int, undetermined: int, tops: set[bool]) -> str:
    where = (
        "at the highest level or below it"
        if len(tops) > 1
        else "at the highest level"
        if tops == {True}
        else "below the top"
    )
    before = pairs - after - undetermined
    same = f", {undetermined} cannot be told" if undetermined else ""
    return f"first {where}; of {pairs} adopters {after} came after their superior, {before} before{same}"
