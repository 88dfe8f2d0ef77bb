"""Lags between intervals, and their summary per level."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffusion.stories import adoption, history
from kg.diffusion.adoptions import Unit
from kg.diffusion.history.open_ends import OpenEnds, closed
from kg.diffusion.ways.direction import Origin
from kg.diffusion.ways.lags import by_level, lags
from kg.diffusion.ways.order import Order
from kg.model import Level

STORY = history({"p": {"X": "2014", "x1": "2013", "x1a": "<2016", "y1": "2014-2015"}}, document_year=2012)


@pytest.mark.parametrize(
    ("unit", "first", "superior", "document"),
    [
        ("x1", (0, math.inf, 0), ("X", -2, 0, -1), (0, 2, 1)),
        ("X", (0, math.inf, 1), ("", 0, 0, None), (1, 3, 2)),
        ("y1", (0, math.inf, 2), ("", 0, 0, None), (1, 4, 3)),
        ("x1a", (0, 4, 3), ("x1", -math.inf, 4, 3), (-math.inf, 5, 4)),
    ],
)
def test_lags(
    unit: str, first: tuple[float, ...], superior: tuple[str, float, float, float | None], document: tuple[float, ...]
) -> None:
    """From the first, the nearest adopting government above and the document: both ends and the recorded years."""
    (found,) = (one for one in lags(STORY, "p") if one.unit == unit)
    assert (found.first.lower, found.first.upper, found.first.years) == first
    assert found.after_document is not None
    assert (found.after_document.lower, found.after_document.upper, found.after_document.years) == document
    assert found.superior == superior[0]
    if found.after_superior is not None:
        assert (found.after_superior.lower, found.after_superior.upper, found.after_superior.years) == superior[1:]


def test_the_first_may_be_another_one() -> None:
    """x1a, of an open year, may have come before all others, by as much as one likes; without it x1 is the first."""
    assert {one.unit: one.first.order for one in lags(STORY, "p")} == {
        "x1": Order.UNDETERMINED,
        "x1a": Order.UNDETERMINED,
        "X": Order.AFTER,
        "y1": Order.AFTER,
    }
    dated = history({"p": {"X": "2014", "x1": "2013", "y1": "2014-2015"}})
    told = {one.unit: (one.first.lower, one.first.upper, one.first.order) for one in lags(dated, "p")}
    assert told == {"x1": (0, 0, Order.BEFORE), "X": (0, 2, Order.AFTER), "y1": (0, 3, Order.AFTER)}


def test_after_the_document_of_the_superior() -> None:
    """The first document of the nearest government that issued one, even where it is not known to have adopted."""
    documents = {"C": Origin("C", "关于推进的意见", 2010), "Y": Origin("Y", "乙省实施意见", 2013)}
    found = {one.unit: one for one in lags(STORY, "p", documents)}
    assert {u: one.superior_document and one.superior_document.unit for u, one in found.items()} == {
        "X": "C",
        "x1": "C",
        "x1a": "C",
        "y1": "Y",
    }
    late = found["y1"].after_superior_document
    assert late is not None
    assert (late.lower, late.upper, late.years, late.order) == (0, 3, 2, Order.AFTER)


def test_by_level() -> None:
    """Counts of before, after and undetermined, and medians that hold whatever the years within the intervals."""
    found = {(one.level, one.event): one for one in by_level(lags(STORY, "p"))}
    cities = found[Level.PREFECTURE, "superior"]
    assert (cities.units, cities.before, cities.after, cities.undetermined, cities.median) == (1, 1, 0, 0, -1)
    documents = found[Level.PREFECTURE, "document"]
    assert (documents.units, documents.median, documents.median_lower, documents.median_upper) == (2, 2, 0.5, 3)
    assert next(one.level for one in by_level(lags(STORY, "p"))) is Level.PROVINCE


@given(st.lists(st.tuples(st.integers(2000, 2006), st.integers(0, 3)), min_size=1, max_size=6))
def test_laws(drawn: list[tuple[int, int]]) -> None:
    """Lags to the first are never negative, hold the recorded ones of any first, and shift with nothing but time."""
    told = {f"u{n}": f"{start}-{start + width}" for n, (start, width) in enumerate(drawn)}
    later = {u: f"{int(y[:4]) + 10}-{int(y[5:]) + 10}" for u, y in told.items()}
    units = [Unit(u, u) for u in told]
    found, moved = lags(history({"p": told}, units), "p"), lags(history({"p": later}, units), "p")
    assert [one.first for one in found] == [one.first for one in moved]
    for one in found:
        assert 0 <= one.first.lower <= (one.first.years or 0) <= one.first.upper


@pytest.mark.parametrize(
    ("how", "silent", "expected"),
    [
        (OpenEnds.KEPT, 2012.0, None),
        (OpenEnds.SILENT, 2012.0, 2012.0),
        (OpenEnds.SILENT, None, None),
        (OpenEnds.RECORDED, 2012.0, 2013.0),
    ],
)
def test_open_ends(how: OpenEnds, silent: float | None, expected: float | None) -> None:
    """An open end is closed only as the user says; others are left as they are."""
    from dataclasses import replace

    story = history({"p": {"x1": "<2014", "x2": "2012-2014", "y1": "?"}})
    story = replace(story, adoptions=tuple(replace(a, silent=silent) for a in story.adoptions))
    lowers = [a.lower for a in closed(story, how).adoptions]
    assert lowers == [expected, adoption("x2", "p", "2012-2014").lower, None]
