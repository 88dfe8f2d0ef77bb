"""Small histories written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.diffusion.adoptions import Adoption, Dated, Evidence, History, Program, Unit
from kg.model import Level, Status

UNITS = (
    Unit("00", "甲省", Level.PROVINCE, "", "00"),
    Unit("01", "东市", Level.PREFECTURE, "00", "00", "370100", 117.0, 36.6),
    Unit("02", "西市", Level.PREFECTURE, "00", "00", "370200", 120.4, 36.1),
    Unit("03", "南市", Level.PREFECTURE, "00", "00", "370300", 118.0, 36.8),
    Unit("11", "北市", Level.PREFECTURE, "10", "10", "320100", 118.8, 32.0),
)


def adopts(unit: str, program: str, upper: float | None, lower: float | None = None, **more: object) -> Adoption:
    """Without a lower bound the document's year; `lower=upper - 1` is a stated year."""
    dated = Dated.OPEN if upper is None else Dated.DOCUMENT if lower is None else Dated.STATED
    evidence = (Evidence("", f"{unit}.txt", "启动。", year=upper, status=Status.STARTED, dated=dated),)
    return Adoption(unit, program, lower, upper, dated, **{"evidence": evidence, **more})  # type: ignore[arg-type]


def exactly(unit: str, program: str, year: float) -> Adoption:
    return adopts(unit, program, year, year - 1)


def history(
    adoptions: Iterable[Adoption], read: Mapping[tuple[str, int], int] | None = None, units: tuple[Unit, ...] = UNITS
) -> History:
    found = tuple(sorted(adoptions, key=lambda a: (a.unit, a.program)))
    programs = tuple(Program(name, name) for name in sorted({a.program for a in found}))
    return History(units, programs, found, dict(read or {}))
