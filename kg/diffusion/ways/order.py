"""Two intervals of years → which came first, how many years lie between, and what cannot be told."""

from __future__ import annotations

import math
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from kg.diffusion.adoptions import Adoption, History, Unit
from kg.model import Level

TIERS = {Level.NATION: 0, Level.PROVINCE: 1, Level.PREFECTURE: 2, Level.COUNTY: 3, Level.ZONE: 3, Level.TOWNSHIP: 4}
HOUR = 1 / 8766  # years


class Order(StrEnum):
    """How one adoption lies to another in time."""

    BEFORE = "before"
    AFTER = "after"
    UNDETERMINED = "undetermined"  # the intervals overlap: the same year, or a year that is only a bound


class Years(NamedTuple):
    """When: after `lower` and not later than `upper`; infinite where open. A lag has the same form."""

    lower: float
    upper: float

    @classmethod
    def of(cls, adoption: Adoption) -> Years:
        """The interval of an adoption; an instant is the hour before it, so that two at one instant are a tie."""
        upper = math.inf if adoption.upper is None else adoption.upper
        return cls(-math.inf if adoption.lower is None else min(adoption.lower, upper - HOUR), upper)

    @classmethod
    def year(cls, year: float) -> Years:
        """Some time in this year: `Years.year(2014)` is (2013, 2014]."""
        return cls(year - 1, year)

    def order(self, other: Years) -> Order:
        """Whether this surely lies before or after the other.

        >>> str(Years(2012, 2013).order(Years(2013, 2014)))
        'before'
        """
        if self.upper <= other.lower:
            return Order.BEFORE
        return Order.AFTER if other.upper <= self.lower else Order.UNDETERMINED

    def since(self, other: Years) -> Years:
        """The years from the other to this one: between the two ends, both of them excluded.

        >>> Years(2013, 2014).since(Years(2011, 2012))
        Years(lower=1, upper=3)
        """
        return Years(self.lower - other.upper, self.upper - other.lower)


def superiors(history: History, unit: str) -> Iterator[Unit]:
    """The governments above a unit that the history knows, the nearest first."""
    seen = {unit}
    while (known := history.unit.get(unit)) is not None and known.superior and known.superior not in seen:
        unit = known.superior
        seen.add(unit)
        if unit in history.unit:
            yield history.unit[unit]


def tier(level: Level | None) -> int:
    """How many steps below the centre a level stands; unknown ones last."""
    return TIERS.get(level, len(TIERS)) if level else len(TIERS)
