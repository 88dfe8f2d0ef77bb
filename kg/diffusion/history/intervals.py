"""Everything that texts say of one unit and one programme → one adoption: the tightest interval of years that is sure.

A text bounds an adoption from above by the first year in which the unit is said to have the programme. It bounds it from
below only where it names the year of the act itself: (year - 1, year]. Where a later text names a later year as the
beginning, the two contradict each other, and the earlier bound is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.diffusion.adoptions import Adoption, Dated, Evidence
from kg.model import DateKind, Status

_EXACT = {DateKind.STATED: Dated.STATED, DateKind.EFFECTIVE: Dated.EFFECTIVE}


class Said(NamedTuple):
    """One claim that a unit has, had or plans a programme."""

    unit: str
    program: str
    evidence: Evidence  # its year, status and `dated` are those of the claim
    lower: float | None  # of the interval that this claim alone gives
    upper: float | None


def said_of(unit: str, program: str, evidence: Evidence, kind: DateKind | None, last_year: int | None = None) -> Said:
    """What one claim alone says; `last_year` is the end of a range of years (2014—2016年).

    What goes on (继续, 深入推进) began before, unless its beginning is named (自2013年起). An activity fills its range of
    years from the first; a beginning (启动) lies somewhere in it.
    """
    year, begun = evidence.year, evidence.status is Status.STARTED
    if year is None:
        return Said(unit, program, replace(evidence, dated=Dated.OPEN), None, None)
    if evidence.status is Status.ONGOING and kind is not DateKind.EFFECTIVE:
        return Said(unit, program, replace(evidence, dated=Dated.CONTINUED), None, year)
    dated = _EXACT.get(kind, Dated.DOCUMENT) if kind else Dated.DOCUMENT
    planned = evidence.status is Status.PLANNED
    begins = not planned and (dated is Dated.EFFECTIVE or (dated is Dated.STATED and begun))
    found = replace(evidence, dated=dated, begins=begins)
    upper = float(last_year) if begun and last_year and last_year > year else year
    return Said(unit, program, found, None if dated is Dated.DOCUMENT else year - 1, upper)


def adoption_of(said: Iterable[Said]) -> Adoption | None:
    """One adoption of what is said of one unit and one programme; None where it is only said to have ended."""
    told = sorted(said, key=_order)
    had = [one for one in told if one.evidence.status is not Status.ENDED]
    if not had:
        return None
    lower, upper, first = _tightest(had) if len(had) > 1 else (had[0].lower, had[0].upper, had[0])
    evidence = tuple(one.evidence for one in told)
    ended = (
        [e.year for e in evidence if e.status is Status.ENDED and e.year is not None] if len(told) > len(had) else []
    )
    return Adoption(
        first.unit,
        first.program,
        lower,
        upper,
        first.evidence.dated,
        first.evidence.status,
        ended=min(ended, default=None),
        evidence=evidence,
    )


def _tightest(had: Sequence[Said]) -> tuple[float | None, float | None, Said]:
    """The bounds, and the claim on which they rest. `had` is in order of the upper year."""
    dated = [one for one in had if one.upper is not None]
    if not dated:
        return None, None, had[0]
    upper = dated[0].upper
    assert upper is not None
    at_first = [one for one in dated if one.upper == upper]
    first = min(at_first, key=lambda one: (_weight(one), _order(one)))
    begun = [one for one in dated if one.evidence.begins and one.lower is not None and one.lower < upper]
    if first.lower is None and begun:
        first = max(begun, key=lambda one: (one.lower or 0.0, _order(one)))
    return first.lower, upper, first


def _weight(one: Said) -> int:
    """Among claims of one year a named beginning or deed beats 继续, and that beats what is only planned for the year."""
    if one.lower is not None:
        return 2 if one.evidence.status is Status.PLANNED else 0
    return 1 if one.evidence.dated is Dated.CONTINUED else 3


def _order(one: Said) -> tuple[bool, float, float, str, str, str]:
    """In order of the year; the undated at the end; what does not depend on the order of files decides the rest."""
    evidence = one.evidence
    year = evidence.year if evidence.year is not None else 0.0
    return (one.upper is None, one.upper or 0.0, year, evidence.file, evidence.claim, evidence.sentence)
