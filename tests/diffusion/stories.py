"""Small histories for tests: a few governments, a few programmes, years as they are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.diffusion.adoptions import Adoption, Dated, Evidence, History, Program, Unit
from kg.diffusion.ways.order import Years
from kg.model import Level

# centre; two provinces, X with two cities of which one has two counties, Y with one city
CHINA = (
    Unit("C", "中国", Level.NATION),
    Unit("X", "甲省", Level.PROVINCE, "C", "X"),
    Unit("x1", "甲一市", Level.PREFECTURE, "X", "X"),
    Unit("x2", "甲二市", Level.PREFECTURE, "X", "X"),
    Unit("x1a", "甲一县", Level.COUNTY, "x1", "X"),
    Unit("x1b", "甲二县", Level.COUNTY, "x1", "X"),
    Unit("Y", "乙省", Level.PROVINCE, "C", "Y"),
    Unit("y1", "乙一市", Level.PREFECTURE, "Y", "Y"),
)


def history(
    told: Mapping[str, Mapping[str, str]],
    units: Iterable[Unit] = CHINA,
    read: Mapping[tuple[str, int], int] | None = None,
    document_year: int | None = None,
    topics: Mapping[str, str] | None = None,
) -> History:
    """{"课后服务": {"x1": "2014", "X": "<2015"}}: years as `interval` reads them."""
    programs = tuple(Program(p, p, (topics or {}).get(p, ""), document_year=document_year) for p in sorted(told))
    adoptions = tuple(
        adoption(u, p, told[p][u])
        for u in sorted({u for some in told.values() for u in some})
        for p in sorted(told)
        if u in told[p]
    )
    return History(tuple(sorted(units, key=lambda unit: unit.id)), programs, adoptions, read or {})


def adoption(unit: str, program: str, years: str) -> Adoption:
    """`2014`, `<2014` (not later), `2012-2014`, `?`; with one sentence as evidence."""
    lower, upper = interval(years)
    sentence = f"{unit} 实施 {program}。"
    return Adoption(unit, program, lower, upper, Dated.GIVEN, evidence=(Evidence("", f"{unit}.txt", sentence),))


def interval(years: str) -> tuple[float | None, float | None]:
    """The ends of an interval as written."""
    if years == "?":
        return None, None
    if years.startswith("<"):
        return None, float(years[1:])
    first, _, last = years.partition("-")
    return float(first) - 1, float(last or first)


def years(*written: str) -> list[Years]:
    """The intervals of several."""
    return [Years.of(adoption("u", "p", one)) for one in written]
