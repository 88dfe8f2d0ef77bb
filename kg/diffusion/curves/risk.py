"""A history of adoptions → who could adopt a programme, and between which years each did: what all curves start from."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from kg.diffusion.adoptions import Adoption, History, Unit
from kg.diffusion.cascades import Floats, Ints
from kg.diffusion.curves.kaplan_meier import Flags
from kg.diffusion.history.coverage import observed

Who = Literal["read", "known"]


@dataclass(frozen=True, slots=True, eq=False)
class RiskSet:
    """n pairs of a unit and a programme that it could adopt, each in the interval (lower, upper].

    lower: -inf where open; of a unit never seen to adopt, the last year observed. upper: inf where not seen to adopt.
    """

    unit: tuple[str, ...]  # ids
    program: tuple[str, ...]  # ids
    lower: Floats
    upper: Floats
    who: Who  # the units of which documents were read, or all that are known
    left_out: int  # adoptions of units that are not in the risk set
    undated: int  # adoptions without any year

    def __len__(self) -> int:
        """The number of pairs."""
        return len(self.unit)

    @property
    def times(self) -> Floats:
        """The upper year of each adoption; NaN where there is none."""
        return np.where(np.isfinite(self.upper), self.upper, np.nan)

    @property
    def ends(self) -> Floats:
        """The time that a survival curve takes: the upper year of an adoption, else the last year observed."""
        return np.where(np.isfinite(self.upper), self.upper, self.lower)

    @property
    def is_adopted(self) -> Flags:
        """Whether each was seen to adopt."""
        return np.isfinite(self.upper)

    @property
    def is_bound(self) -> Flags:
        """Whether only an upper bound of the year of adoption is known."""
        return np.isfinite(self.upper) & ~(self.upper - self.lower <= 1)

    @property
    def cluster(self) -> Ints:
        """A number for each unit, the same for all its programmes."""
        return np.unique(self.unit, return_inverse=True)[1].ravel().astype(np.int64)

    def told(self) -> str:
        """The risk set in one sentence, for below a table."""
        units, programs = len(set(self.unit)), len(set(self.program))
        basis = "with a document read" if self.who == "read" else "known"
        parts = [
            f"at risk: units {basis}: {units}, programs: {programs}, each unit until the last year it was observed",
            f"adoptions: {int(self.is_adopted.sum())}, of which only an upper bound is known: {int(self.is_bound.sum())}",
        ]
        parts += [f"left out, of units not at risk: {self.left_out}"] if self.left_out else []
        parts += [f"left out, without a year: {self.undated}"] if self.undated else []
        return "; ".join(parts)


def together(risks: Iterable[RiskSet]) -> RiskSet:
    """Several risk sets as one."""
    some = list(risks)
    return RiskSet(
        tuple(unit for risk in some for unit in risk.unit),
        tuple(program for risk in some for program in risk.program),
        np.concatenate([np.empty(0), *(risk.lower for risk in some)]),
        np.concatenate([np.empty(0), *(risk.upper for risk in some)]),
        some[0].who if some else "known",
        sum(risk.left_out for risk in some),
        sum(risk.undated for risk in some),
    )


def risk_set(history: History, programs: Iterable[str] = (), *, who: Who | None = None) -> RiskSet:
    """The pairs of these programmes (ids; default: all), sorted by programme and unit.

    `who`: "read" takes units with a document read (the default where a history says what was read), "known" also
    adopters of which nothing was read, as if observed to the end. A unit never seen to adopt is censored at its last
    year read, or, where nobody counted, at the last year of the history. Open lower ends of adoptions stay open: close
    them first where that is wanted (kg.diffusion.history.open_ends).
    """
    who = who or ("read" if history.read else "known")
    last = last_observed(history)
    units = sorted(unit.id for unit in units_at_risk(history, who))
    chosen = sorted(programs) or [program.id for program in history.programs]
    end = max(last.values(), default=math.nan)
    pairs: list[tuple[str, str, float, float]] = []
    left_out, undated = 0, 0
    for program in chosen:
        adopted = {adoption.unit: adoption for adoption in history.by_program[program]}
        left_out += len(adopted.keys() - set(units))
        for unit in units:
            interval = _interval(adopted.get(unit), last.get(unit, end))
            undated += interval is None
            if interval is not None:
                pairs.append((unit, program, *interval))
    ends = np.array([pair[2:] for pair in pairs], dtype=np.float64).reshape(-1, 2)
    names, programmes = tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
    return RiskSet(names, programmes, ends[:, 0], ends[:, 1], who, left_out, undated)


def units_at_risk(history: History, who: Who | None = None) -> tuple[Unit, ...]:
    """The units that risk_set takes, whatever the programme; none without any year, or any document where it needs one."""
    who = who or ("read" if history.read else "known")
    last = last_observed(history)
    if not last or (who == "read" and not history.read):
        return ()
    return tuple(unit for unit in observed(history) if who == "known" or unit.id in last)


def last_observed(history: History) -> dict[str, float]:
    """The last year in which a document of each unit was read; without any count, of all units the last year there is."""
    if history.read:
        last: dict[str, float] = {}
        for (unit, year), documents in history.read.items():
            if documents > 0:
                last[unit] = max(last.get(unit, -math.inf), year)
        return last
    years = [adoption.upper for adoption in history.adoptions if adoption.upper is not None]
    years += [adoption.lower for adoption in history.adoptions if adoption.lower is not None]
    return {unit.id: max(years) for unit in history.units} if years else {}


def _interval(adoption: Adoption | None, last: float) -> tuple[float, float] | None:
    """(lower, upper] of one pair; None of an adoption without a year, which is neither in nor out."""
    if adoption is None:
        return (last, math.inf) if math.isfinite(last) else None
    if adoption.upper is None:
        return None if adoption.lower is None else (adoption.lower, math.inf)
    lower = -math.inf if adoption.lower is None else adoption.lower
    return (min(lower, math.nextafter(adoption.upper, -math.inf)), adoption.upper)  # an instant is as short as can be


def since_first(risk: RiskSet) -> RiskSet:
    """The same pairs, each on the clock of its programme: the year of the first adoption is 1, nothing is before 0.

    Pairs that left observation before their clock began fall out, and so do programmes that nobody adopted.
    """
    first: dict[str, float] = {}
    for program, upper in zip(risk.program, risk.upper.tolist(), strict=True):
        first[program] = min(first.get(program, math.inf), upper)
    begun = np.array([first[program] - 1 for program in risk.program])
    known = np.isfinite(begun)
    lower = np.maximum(risk.lower - np.where(known, begun, 0.0), 0.0)
    upper = risk.upper - np.where(known, begun, 0.0)
    keep = known & ((lower > 0) | np.isfinite(upper))
    at = np.flatnonzero(keep).tolist()
    units, programs = tuple(risk.unit[number] for number in at), tuple(risk.program[number] for number in at)
    return RiskSet(units, programs, lower[keep], upper[keep], risk.who, risk.left_out, risk.undated)


def between(risk: RiskSet, since: float | None, until: float | None) -> RiskSet:
    """The pairs at risk in these years: who adopted before `since` is gone, what came after `until` is not yet seen.

    An adoption that may lie on either side of `until` counts as one without a year.
    """
    first, last = -math.inf if since is None else since, math.inf if until is None else until
    gone = np.where(np.isfinite(risk.upper), risk.upper, risk.lower) < first
    later = risk.upper > last
    unclear = ~gone & later & ~np.isfinite(risk.lower)
    keep = ~gone & ~unclear
    lower, upper = np.minimum(risk.lower, last)[keep], np.where(later, np.inf, risk.upper)[keep]
    at = np.flatnonzero(keep).tolist()
    units, programs = tuple(risk.unit[number] for number in at), tuple(risk.program[number] for number in at)
    return RiskSet(units, programs, lower, upper, risk.who, risk.left_out, risk.undated + int(unclear.sum()))
