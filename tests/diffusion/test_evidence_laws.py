"""Laws of what makes an inferred network defensible, on any small cascades."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.diffusion.cascades import Cascades, Event, cascades_of
from kg.diffusion.inference.bootstrap import bootstrap
from kg.diffusion.inference.delays import Delay
from kg.diffusion.inference.netrate import netrate
from kg.diffusion.inference.permutation import Significance, permuted, significant_edges

EVENTS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("uvwxyz"), st.integers(0, 6)),
    max_size=24,
    unique_by=lambda e: e[:2],
)
FEW = settings(max_examples=15, deadline=None)


def cascades_from_rows(rows: list[tuple[str, str, int]], times: float = 1.0) -> Cascades:
    """Each with an interval of one step."""
    return cascades_of(Event(cascade, unit, when * times, (when - 1) * times) for cascade, unit, when in rows)


def against_chance(cascades: Cascades, rate: float = 0.5) -> Significance:
    """With one permutation."""
    return significant_edges(cascades, Delay("exponential", (rate,)), permutations=1)


def named(found: Significance) -> list[tuple[object, ...]]:
    """Its edges by name, to nine digits."""
    return sorted(
        (found.units[e.origin], found.units[e.destination], round(e.excess, 7), round(e.z, 6), round(e.q_value, 9))
        for e in found.edges
    )


@FEW
@given(rows=EVENTS, seed=st.integers(0, 99))
def test_order_of_rows_does_not_matter(rows: list[tuple[str, str, int]], seed: int) -> None:
    """Not even for what is drawn at random."""
    shuffled = random.Random(seed).sample(rows, len(rows))
    assert named(against_chance(cascades_from_rows(rows))) == named(against_chance(cascades_from_rows(shuffled)))


@FEW
@given(rows=EVENTS)
def test_scaling_time_and_rate_together_does_not_matter(rows: list[tuple[str, str, int]]) -> None:
    """Years or months; NetRate's rates scale, its shares do not."""
    assert named(against_chance(cascades_from_rows(rows))) == named(
        against_chance(cascades_from_rows(rows, 12.0), 0.5 / 12)
    )
    years, months = netrate(cascades_from_rows(rows)), netrate(cascades_from_rows(rows, 12.0))
    assert months.rate * 12 == pytest.approx(years.rate, rel=1e-3, abs=1e-5)


@FEW
@given(rows=EVENTS, seed=st.integers(0, 99))
def test_permutation_keeps_who_adopts_what_and_when_somebody_does(rows: list[tuple[str, str, int]], seed: int) -> None:
    """Only who follows whom goes."""
    before = cascades_from_rows(rows)
    after = permuted(before, seed)
    for number in range(len(before)):
        part = slice(before.starts[number], before.starts[number + 1])
        assert sorted(before.unit[part]) == sorted(after.unit[part])
        assert list(before.time[part]) == list(after.time[part])


@pytest.mark.parametrize(
    "rows",
    [[], [("a", "u", 1)], [("a", "u", 1), ("b", "v", 1)], [("a", name, 5) for name in "uvwxyz"]],
    ids=["empty", "one unit", "single-unit cascades", "all tied"],
)
def test_poor_data_do_not_crash(rows: list[tuple[str, str, int]]) -> None:
    """And what comes out is finite."""
    cascades = cascades_from_rows(rows)
    found = against_chance(cascades)
    assert all(np.isfinite([*edge]).all() for edge in found.edges)
    assert found.reported == ()
    rates = netrate(cascades)
    assert np.isfinite(rates.rate).all()
    assert np.isfinite(rates.optimum).all()
    assert bootstrap(cascades, Delay("exponential", (0.5,)), edges=3, times=2) is not None
    assert significant_edges(cascades, Delay("exponential", (0.5,)), exchanged="tendency").reported == ()
