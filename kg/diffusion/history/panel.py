"""A history → the panel of an event-history analysis: one row per unit, programme and year at risk (Berry & Berry 1990)."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from kg.diffusion.adoptions import Adoption, History, Unit
from kg.diffusion.cascades import Floats, Ints
from kg.diffusion.exposure.networks import PlaceNetwork
from kg.diffusion.history.coverage import last_year_of, observed, tells_all
from kg.errors import DiffusionError

Bools = npt.NDArray[np.bool_]
Start = Literal["first", "after"] | int
End = Literal["last", "read"] | int
Unread = Literal["na", "drop", "zero"]
Dates = Literal["upper", "sure"]
_NEVER = -(10**9)  # the last year of who was never read


@dataclass(frozen=True, slots=True)
class Design:
    """How a panel is made.

    Risk begins with the first adoption of the programme, the year after it, or in a given year. It ends with the last year
    read of the unit, with the last adoption of the programme, or in a given year.
    """

    start: Start = "first"
    end: End = "read"
    lag: int = 1  # years by which what the others did goes before
    unread: Unread = "na"  # years of which no document of the unit was read: adopt is NaN, the row is left out, or 0
    dates: Dates = "upper"  # an adoption of an uncertain year happens at its upper bound; or its years are NaN


DEFAULT = Design()


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """R rows, sorted by programme, unit and year. Shares are of 0 to 1, NaN where there is nobody to count or nothing known.

    What the others have done is that of `lag` years before. Who was not read so late, and had not adopted, counts in no share.
    """

    units: tuple[str, ...]
    programs: tuple[str, ...]
    unit: Ints  # number in `units`
    program: Ints  # number in `programs`
    year: Ints
    duration: Ints  # 1 in the first year at risk
    adopt: Floats  # 1 in the year of adoption, 0 before, NaN where nobody can know
    documents: Ints  # of the unit, read in this year
    superior_adopted: Floats  # 0 or 1; NaN where the superior is not known, or was not read so late
    province_share: Floats  # of the other units of its level in its province
    neighbour_share: Floats  # of its neighbours, by weight
    national_share: Floats  # of all units at risk at some time
    adopters: Ints  # number of those that have adopted

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.year)


def panel_of(
    history: History,
    design: Design = DEFAULT,
    *,
    neighbours: PlaceNetwork | None = None,
    among: Collection[str] | None = None,
) -> Panel:
    """The panel of all programmes of a history with a dated adoption.

    At risk are the units that are observed, or those of them in `among`; what others did is taken from the whole history.
    A unit leaves after the year in which it adopts. That it has not adopted is known of a year in which a document of it was
    read, and of the years up to the lower bound of its adoption. Raises DiffusionError where no row is left.
    """
    scene = _Scene(history, design, neighbours, among)
    blocks = [block for number in range(len(history.programs)) if (block := scene.block(number)) is not None]
    if not blocks:
        raise DiffusionError(
            "no unit is at risk in any year; ask for fewer conditions, or for another --start and --end"
        )
    joined = {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}
    return Panel(scene.ids, tuple(program.id for program in history.programs), **joined)


class _Scene:
    """What all programmes of a panel share; U are the observed units, T the years of one programme."""

    def __init__(
        self, history: History, design: Design, neighbours: PlaceNetwork | None, among: Collection[str] | None
    ) -> None:
        units = observed(history)
        self.ids = tuple(unit.id for unit in units)
        self._number = {id_: number for number, id_ in enumerate(self.ids)}
        self._history, self._design = history, design
        self._chosen = np.array([among is None or id_ in among for id_ in self.ids], dtype=bool)
        self._others = _Others(units, self._number, neighbours, self._chosen)
        last = last_year_of(history)
        self._last = np.array([last.get(id_, _NEVER) for id_ in self.ids], dtype=np.int64)

    def block(self, program: int) -> dict[str, Any] | None:
        """The rows of one programme by column; None where nobody is at risk."""
        design = self._design
        lower, event, sure = self._dates(self._history.by_program[self._history.programs[program].id])
        if not np.isfinite(event).any():
            return None
        years = self._years(event[np.isfinite(event)])
        if not len(years):
            return None
        documents = self._documents(years)
        adopt = self._adopt(lower[:, None], event[:, None], sure[:, None], years, documents)
        at_risk = self._chosen[:, None] & (years <= self._leaves(event, years)[:, None])
        if design.unread == "drop":
            at_risk &= ~np.isnan(adopt)
        unit, column = np.nonzero(at_risk)
        if not len(unit):
            return None
        before = years - design.lag
        others = self._others(event[:, None] <= before, self._known(event, before))
        told = {"adopt": adopt, "documents": documents, **others}
        return {
            "unit": unit,
            "program": np.full(len(unit), program),
            "year": years[column],
            "duration": column + 1,
            **{name: grid[unit, column] for name, grid in told.items()},
        }

    def _dates(self, adoptions: Iterable[Adoption]) -> tuple[Floats, Floats, Bools]:
        """(U,) lower bound, -inf where open; year of the event, inf without one, NaN of an unknown year; whether it is exact."""
        lower, event = np.full(len(self.ids), -np.inf), np.full(len(self.ids), np.inf)
        sure = np.ones(len(self.ids), dtype=bool)
        for adoption in adoptions:
            if (number := self._number.get(adoption.unit)) is not None:
                lower[number] = -np.inf if adoption.lower is None else math.floor(adoption.lower)
                event[number] = np.nan if adoption.upper is None else math.ceil(adoption.upper)
                sure[number] = adoption.is_exact
        return lower, event, sure

    def _years(self, events: Floats) -> Ints:
        """The years in which somebody may be at risk."""
        design, first, last = self._design, int(events.min()), int(events.max())
        start = design.start if isinstance(design.start, int) else first + (design.start == "after")
        if isinstance(design.end, int):
            last = design.end
        elif design.end == "read":
            last = max(last, int(self._last.max(initial=last)))
        return np.arange(start, last + 1)

    def _leaves(self, event: Floats, years: Ints) -> Floats:
        """(U,) the last year at risk; none for who adopted in no known year."""
        end = self._last if self._design.end == "read" else years[-1:]
        leaves = np.where(np.isfinite(event), event, end)
        return np.where(np.isnan(event), -np.inf, leaves)

    def _adopt(self, lower: Floats, event: Floats, sure: Bools, years: Ints, documents: Ints) -> Floats:
        """(U, T) 1 in the year of adoption, else 0, NaN where nobody can know."""
        adopt = np.where(years == event, 1.0, 0.0)
        before = years <= lower
        if not tells_all(self._history) and self._design.unread != "zero":
            adopt[~((adopt == 1) | before | (documents > 0))] = np.nan
        if self._design.dates == "sure":
            adopt[~sure & ~before] = np.nan
        return adopt

    def _known(self, event: Floats, years: Ints) -> Bools:
        """(U, T) whether it is known if a unit had adopted by a year: of who never did, up to the last document read."""
        observed_then = tells_all(self._history) | (years <= self._last[:, None])
        known: Bools = np.isfinite(event)[:, None] | (np.isinf(event)[:, None] & observed_then)
        return known

    def _documents(self, years: Ints) -> Ints:
        """(U, T) documents of each unit that were read of each year."""
        found = np.zeros((len(self.ids), len(years)), dtype=np.int64)
        at, row, count = self._reading
        inside = (at >= years[0]) & (at <= years[-1])
        found[row[inside], at[inside] - years[0]] = count[inside]
        return found

    @cached_property
    def _reading(self) -> tuple[Ints, Ints, Ints]:
        """Year, unit and number of documents, of each unit and year that was read."""
        read = [(year, self._number[unit], n) for (unit, year), n in self._history.read.items() if unit in self._number]
        table = np.array(read, dtype=np.int64).reshape(-1, 3)
        return table[:, 0], table[:, 1], table[:, 2]


class _Others:
    """What superiors, peers and neighbours have done, of who has adopted by when."""

    def __init__(
        self, units: Sequence[Unit], number: Mapping[str, int], neighbours: PlaceNetwork | None, chosen: Bools
    ) -> None:
        self._chosen = chosen
        self._superior = np.array([number.get(unit.superior, -1) for unit in units], dtype=np.int64)
        self._members = csr_array(_membership(units))
        self._weights = _weights(neighbours, number)

    def __call__(self, adopted: Bools, known: Bools) -> dict[str, Any]:
        """(U, T) for each column of a panel that tells of others; of whom nobody knows counts in no share."""
        state, seen = adopted.astype(np.float64), known.astype(np.float64)
        above, count = self._superior[:, None], state[self._chosen].sum(axis=0)
        national = _share(count, seen[self._chosen].sum(axis=0))
        return {
            "superior_adopted": np.where((above >= 0) & known[self._superior], state[self._superior], np.nan),
            "province_share": _share(self._peers(state), self._peers(seen)),
            "neighbour_share": _share(self._weights @ state, self._weights @ seen),
            "national_share": np.broadcast_to(national, state.shape),
            "adopters": np.broadcast_to(count.astype(np.int64), state.shape),
        }

    def _peers(self, counted: Floats) -> Floats:
        """(U, T) how many of the other units of the same province and level are counted."""
        found: Floats = self._members @ (self._members.T @ counted) - counted
        return found


def _weights(neighbours: PlaceNetwork | None, number: Mapping[str, int]) -> csr_array:
    """(U, U) the weights in the order of a panel's units; a unit that the network does not know has no neighbours."""
    if neighbours is None:
        return csr_array((len(number), len(number)))
    known = [(at, number[unit]) for at, unit in enumerate(neighbours.units) if unit in number]
    theirs, ours = np.array(known, dtype=np.int64).reshape(-1, 2).T
    part = neighbours.weights[theirs][:, theirs].tocoo()
    return csr_array((part.data, (ours[part.row], ours[part.col])), shape=(len(number), len(number)))


def _membership(units: Sequence[Unit]) -> Floats:
    """(U, groups) 1 where a unit belongs to a province and level; a unit without a province belongs to none."""
    groups = sorted({(unit.province, str(unit.level)) for unit in units if unit.province})
    number = {group: at for at, group in enumerate(groups)}
    members = np.zeros((len(units), max(len(groups), 1)))
    for row, unit in enumerate(units):
        if unit.province:
            members[row, number[unit.province, str(unit.level)]] = 1
    return members


def _share(part: Floats, whole: Floats) -> Floats:
    """The quotient, NaN where there is no whole."""
    shares: Floats = np.full(part.shape, np.nan)
    np.divide(part, whole, out=shares, where=np.broadcast_to(whole > 0, part.shape))
    return shares
