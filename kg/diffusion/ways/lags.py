"""The adoptions of a programme → how many years each unit came after the first, after its superior, after the document.

A lag between two intervals is an interval itself; the difference of the recorded years, which is what is usually
printed, stands beside it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from kg.diffusion.adoptions import Adoption, History
from kg.diffusion.ways.direction import Origin
from kg.diffusion.ways.order import Order, Years, superiors, tier
from kg.model import Level


@dataclass(frozen=True, slots=True)
class Lag:
    """From one event to an adoption: surely more than `lower` and less than `upper` years, by the record `years`.

    A lag that cannot be negative, to the first, may be 0 itself.
    """

    lower: float  # -inf where open
    upper: float  # inf where open
    years: float | None  # difference of the upper years; None where one is not known
    order: Order  # of the adoption to that event

    @classmethod
    def between(cls, adopted: Years, event: Years) -> Lag:
        """From the event to the adoption."""
        lag = adopted.since(event)
        dated = math.isfinite(adopted.upper) and math.isfinite(event.upper)
        return cls(*lag, adopted.upper - event.upper if dated else None, adopted.order(event))


@dataclass(frozen=True, slots=True)
class Lags:
    """How late one unit was. A lag is None where there is nothing to measure from."""

    unit: str
    level: Level | None
    adoption: Adoption
    first: Lag  # after the first adopter
    superior: str  # the nearest government above that is known to have adopted; empty where none is
    after_superior: Lag | None
    superior_document: Origin | None  # the first known document on the programme of the nearest government that has one
    after_superior_document: Lag | None
    after_document: Lag | None  # after the programme's founding document


@dataclass(frozen=True, slots=True)
class LevelLags:
    """One level of government and one event from which is measured."""

    level: Level | None  # None: units whose level is not known
    event: str  # first, superior, superior_document, document
    units: int  # with a lag
    before: int  # surely earlier than the event
    after: int  # surely later
    undetermined: int
    median: float | None  # of the recorded years
    median_lower: float  # the median lies between these two, whatever the years within the intervals
    median_upper: float


EVENTS: tuple[tuple[str, Callable[[Lags], Lag | None]], ...] = (
    ("first", lambda lags: lags.first),
    ("superior", lambda lags: lags.after_superior),
    ("superior_document", lambda lags: lags.after_superior_document),
    ("document", lambda lags: lags.after_document),
)


def lags(history: History, program: str, documents: Mapping[str, Origin] | None = None) -> tuple[Lags, ...]:
    """The lags of all adopters of a programme (its id), in order of the upper year.

    `documents` are the first documents on the programme that governments issued, by the id of the government.
    """
    adoptions = history.by_program[program]
    times = {a.unit: Years.of(a) for a in adoptions}
    founded = history.program[program].document_year
    document = None if founded is None else Years.year(founded)
    pioneers = _two_earliest([*times.values()])
    return tuple(_lags(history, a, times, pioneers, documents or {}, document) for a in adoptions)


def _lags(
    history: History,
    adoption: Adoption,
    times: Mapping[str, Years],
    pioneers: Sequence[Years],
    documents: Mapping[str, Origin],
    founding: Years | None,
) -> Lags:
    own = times[adoption.unit]
    superior = next((u.id for u in superiors(history, adoption.unit) if u.id in times), "")
    issued = next((documents[u.id] for u in superiors(history, adoption.unit) if u.id in documents), None)
    known = history.unit.get(adoption.unit)
    return Lags(
        adoption.unit,
        known.level if known else None,
        adoption,
        _after_first(own, pioneers),
        superior,
        Lag.between(own, times[superior]) if superior else None,
        issued,
        Lag.between(own, Years.year(issued.year)) if issued else None,
        Lag.between(own, founding) if founding else None,
    )


def _two_earliest(times: Sequence[Years]) -> tuple[Years, ...]:
    """The interval of the earliest, and of the earliest if that one is left out; end by end."""
    lowers, uppers = sorted(t.lower for t in times)[:2], sorted(t.upper for t in times)[:2]
    return tuple(Years(*ends) for ends in zip(lowers, uppers, strict=True))


def _after_first(own: Years, pioneers: Sequence[Years]) -> Lag:
    """Never negative: the first is the unit itself, or another one before it."""
    years = own.upper - pioneers[0].upper if math.isfinite(own.upper) else None
    if len(pioneers) == 1:
        return Lag(0.0, 0.0, years, Order.BEFORE)
    first, second = pioneers
    others = Years(*(b if mine == a else a for mine, a, b in zip(own, first, second, strict=True)))
    lower, upper = own.since(others)
    return Lag(max(0.0, lower), max(0.0, upper), years, own.order(others))


def by_level(lags: Iterable[Lags]) -> tuple[LevelLags, ...]:
    """The lags of each level and kind of event, from the centre down; the levels of several programmes are put together."""
    found: dict[tuple[int, str, int], list[Lag]] = {}
    for one in lags:
        for number, (_, chosen) in enumerate(EVENTS):
            if (lag := chosen(one)) is not None:
                found.setdefault((tier(one.level), one.level or "", number), []).append(lag)
    return tuple(
        _summed(Level(level) if level else None, EVENTS[number][0], some)
        for (_, level, number), some in sorted(found.items())
    )


def _summed(level: Level | None, event: str, lags: Sequence[Lag]) -> LevelLags:
    orders = [lag.order for lag in lags]
    years = [lag.years for lag in lags if lag.years is not None]
    return LevelLags(
        level,
        event,
        units=len(lags),
        before=orders.count(Order.BEFORE),
        after=orders.count(Order.AFTER),
        undetermined=orders.count(Order.UNDETERMINED),
        median=median(years) if years else None,
        median_lower=median(lag.lower for lag in lags),
        median_upper=median(lag.upper for lag in lags),
    )
