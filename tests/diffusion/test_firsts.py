"""Who was first: ranks, possible ranks and probabilities of intervals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diffusion.stories import history, years
from kg.diffusion.adoptions import Unit
from kg.diffusion.ways.firsts import first_bounds, first_probabilities, firsts, possible_ranks
from kg.diffusion.ways.order import Order, Years

INTERVALS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(1, 5)).map(lambda t: Years(float(t[0]), float(t[0] + t[1]))),
    min_size=1,
    max_size=7,
)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2013", "2014", Order.BEFORE),
        ("2014", "2013", Order.AFTER),
        ("2014", "2014", Order.UNDETERMINED),
        ("<2014", "2014", Order.UNDETERMINED),
        ("<2014", "2015", Order.BEFORE),
        ("2012-2014", "2014", Order.UNDETERMINED),
        ("?", "2014", Order.UNDETERMINED),
    ],
)
def test_order(one: str, other: str, expected: Order) -> None:
    """Only intervals that do not overlap have an order; the same year has none."""
    first, second = years(one, other)
    assert first.order(second) is expected


def test_instants_of_one_time_are_a_tie() -> None:
    """A table of exact times: equal ones share the first place."""
    story = history({"p": {"x1": "2014", "x2": "2014", "y1": "2015"}})
    instants = [Years(t - 1 / 8766, t) for t in (3.5, 3.5, 4.0)]
    assert first_probabilities(instants) == pytest.approx([0.5, 0.5, 0.0])
    assert firsts(story, "p").placings[0].best == 1


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (["2014"], [1.0]),
        (["2013", "2014"], [1.0, 0.0]),
        (["2014", "2014", "2014"], [1 / 3] * 3),
        (["2013-2014", "2014"], [0.75, 0.25]),  # before 2014 in half of the cases, in 2014 half of the rest
        (["2013-2014", "2013"], [0.25, 0.75]),
        (["2013-2015", "2013-2015", "2015"], [13 / 27, 13 / 27, 1 / 27]),
        (["2014", "?"], [1.0, None]),  # an undated unit takes no probability
        (["2014", "<2014"], [None, None]),  # nothing bounds it from below
        (["2014", "<2014", "2016"], [None, None, 0.0]),
    ],
)
def test_probabilities(written: list[str], expected: list[float | None]) -> None:
    """Uniform within the interval, independent; integrated by hand."""
    assert first_probabilities(years(*written)) == [
        None if e is None else pytest.approx(e, abs=1e-12) for e in expected
    ]


def test_an_open_end_is_closed_at_the_floor() -> None:
    """(open, 2014] with the floor 2012 is (2012, 2014]."""
    assert first_probabilities(years("<2014", "2014"), 2012) == pytest.approx([0.75, 0.25])


@pytest.mark.parametrize("n", [2, 40, 512, 3000])
def test_many_in_one_year(n: int) -> None:
    """Of n in one year each has one nth."""
    assert first_probabilities([Years(2013, 2014)] * n)[0] == pytest.approx(1 / n, rel=1e-10)


def test_against_simulation() -> None:
    """A mixture of wide and narrow intervals against two hundred thousand draws."""
    times = [Years(0, 4), Years(2, 3), Years(2, 3), Years(1, 5), Years(2.5, 9), Years(3, 4), Years(0.5, 8)]
    random = np.random.default_rng(0)
    drawn = np.stack([random.uniform(*t, 200_000) for t in times]).argmin(axis=0)
    shares = np.bincount(drawn, minlength=len(times)) / 200_000
    assert first_probabilities(times) == pytest.approx(shares, abs=4 * math.sqrt(0.25 / 200_000))


@given(INTERVALS)
def test_laws_of_probability(times: list[Years]) -> None:
    """They sum to one, agree with the possible ranks, and do not depend on order, origin or unit of time."""
    chances = first_probabilities(times)
    assert sum(c or 0 for c in chances) == pytest.approx(1)
    ranks = possible_ranks(times)
    assert all(
        (chance > 0) == (best == 1) for chance, (best, _) in zip(chances, ranks, strict=True) if chance is not None
    )
    assert first_probabilities(times[::-1]) == pytest.approx(chances[::-1])
    moved = [Years(7 + 3 * t.lower, 7 + 3 * t.upper) for t in times]
    assert first_probabilities(moved) == pytest.approx(chances)
    assert possible_ranks(moved) == ranks
    bounds = first_bounds(times)
    assert [b[0] for b in bounds] == pytest.approx(chances)
    assert [b[1] for b in bounds] == pytest.approx(chances)


@given(INTERVALS, st.data())
@settings(max_examples=60)
def test_bounds_hold_whatever_the_open_ends_are(times: list[Years], data: st.DataObject) -> None:
    """Opening some lower ends gives bounds that hold the probability of every way to close them."""
    opened = [Years(-math.inf, t.upper) if data.draw(st.booleans()) else t for t in times]
    for chance, (least, greatest) in zip(first_probabilities(times), first_bounds(opened), strict=True):
        assert chance is not None
        assert least - 1e-9 <= chance <= greatest + 1e-9


@pytest.mark.parametrize(
    ("written", "least_and_greatest"),
    [
        (["<2014", "2013", "2013"], [(0.0, 1.0), (0.0, 0.5), (0.0, 0.5)]),
        (["<2014", "2015"], [(1.0, 1.0), (0.0, 0.0)]),
        (["<2013", "<2014"], [(0.0, 1.0), (0.0, 1.0)]),
        (["?", "2013"], [(0.0, 1.0), (0.0, 1.0)]),
        (["?"], [(1.0, 1.0)]),
    ],
)
def test_bounds(written: list[str], least_and_greatest: list[tuple[float, float]]) -> None:
    """What can be said without any assumption about open ends."""
    assert first_bounds(years(*written)) == [pytest.approx(pair) for pair in least_and_greatest]


def test_bounds_of_what_came_later() -> None:
    """After 2013, nobody knows when, is later than not later than 2013."""
    assert first_bounds([Years(-math.inf, 2013), Years(2013, math.inf)]) == [(1.0, 1.0), (0.0, 0.0)]


def test_rank_table() -> None:
    """Competition ranks by the recorded year; possible ranks by the intervals; undated ones last and without a rank."""
    found = firsts(history({"p": {"x1": "2014", "x2": "2013-2014", "y1": "2015", "X": "2013", "Y": "?"}}), "p")
    told = {p.unit: (p.rank, p.best, p.worst) for p in found.placings}
    assert told == {"X": (1, 1, 3), "x1": (2, 2, 4), "x2": (2, 1, 4), "y1": (4, 4, 5), "Y": (None, 1, 5)}
    assert {p.unit for p in found.candidates} == {"X", "x2", "Y"}


@pytest.mark.parametrize(
    ("told", "founded", "not_before", "floor", "words"),
    [
        ({"x1": "2014", "x2": "2015"}, 2010, None, None, ""),  # nothing is open
        ({"x1": "<2014", "x2": "2015"}, 2012, None, 2011, "not before 2012, the year of the founding document"),
        ({"x1": "<2014", "x2": "2011"}, 2012, None, 2010, "earliest dated adopter"),  # came before the document
        ({"x1": "<2014", "x2": "2013"}, None, None, 2012, "earliest dated adopter"),
        ({"x1": "<2014", "x2": "2013"}, 2012, 2009, 2008, "not before 2009, as given"),
        ({"x1": "<2014", "x2": "<2015"}, None, None, None, ""),  # nothing to close them with
        ({"x1": "<2014", "x2": "<2015"}, 2016, None, None, ""),
    ],
)
def test_assumption(
    told: dict[str, str], founded: int | None, not_before: float | None, floor: float | None, words: str
) -> None:
    """Open ends are closed by the first floor that contradicts no adoption, and the table says by which."""
    found = firsts(history({"p": told}, document_year=founded), "p", not_before)
    assert found.floor == floor
    assert words in found.assumption
    assert (floor is None and "<2014" in told.values()) == any(p.first is None for p in found.placings)


def test_unread() -> None:
    """Units of which nothing was read up to the year of the first are counted; without coverage nothing is said."""
    read = {("x1", 2014): 2, ("x2", 2015): 1, ("Y", 2013): 1}
    assert firsts(history({"p": {"x1": "2014"}}, read=read), "p").unread == 6
    assert firsts(history({"p": {"x1": "2014"}}), "p").unread is None


@pytest.mark.parametrize("told", [{}, {"a": "?"}, {"a": "<3"}, {"a": "2", "b": "2", "c": "2"}])
def test_small_ones_do_not_crash(told: dict[str, str]) -> None:
    """No adopter, one, all tied."""
    found = firsts(history({"p": told}, units=[Unit(u, u) for u in told]), "p")
    assert len(found.placings) == len(told)
