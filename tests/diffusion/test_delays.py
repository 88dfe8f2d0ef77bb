"""How long an adoption takes to be followed: densities, and probabilities between two intervals of years."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.diffusion.inference.delays import Delay, parsed_delay
from kg.diffusion.inference.estimates import fitted_delay
from kg.diffusion.inference.kernel import share_before, step_of
from kg.errors import DiffusionError

ALL = ("exponential:0.5", "rayleigh:3", "log-normal:1,1", "power-law:2.5", "power-law:2.5,0.3")


def delay(text: str) -> Delay:
    found = parsed_delay(text)[1]
    assert found is not None
    return found


def each(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


@pytest.mark.parametrize("text", ALL)
def test_densities_are_whole(text: str) -> None:
    """Over all delays a density adds up to one (to the little that lies beyond the last one)."""
    x = np.exp(np.linspace(-12, 25, 400_001))
    y = np.exp(delay(text).log_density(x)) * x
    assert float(np.sum((y[1:] + y[:-1]) / 2 * np.diff(np.log(x)))) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("text", ALL)
def test_years_are_whole(text: str) -> None:
    """From a year the probabilities of the same and all later years add up to one."""
    years = np.arange(0.0, 20_000.0)
    mass = np.exp(delay(text).log_mass(years, np.ones_like(years), np.ones_like(years))).sum()
    assert mass == pytest.approx(1, abs=2e-3)


@pytest.mark.parametrize(
    ("gap", "expected"), [(0, 0.21306131942526685), (1, 0.30963624349235097), (5, 0.041904708713358094)]
)
def test_years_of_the_exponential(gap: float, expected: float) -> None:
    """1 - (1 - e^-r) / r in the same year, e^-rd (1 - e^-r)(e^r - 1) / r after d years."""
    assert math.exp(delay("exponential:0.5").log_mass(each(gap), each(1), each(1))[0]) == pytest.approx(
        expected, rel=1e-12
    )


@given(st.sampled_from(ALL[:3]), st.floats(-3, 20), st.sampled_from((0.0, 1e-7, 1e-6)), st.sampled_from((0.0, 1e-7)))
def test_narrow_intervals_are_points(text: str, gap: float, parent: float, child: float) -> None:
    """Very narrow intervals give the density (times the width of the later one)."""
    if abs(gap) < 0.01:
        return
    mass = delay(text).log_mass(each(gap), each(parent), each(child))[0] - (math.log(child) if child else 0.0)
    density = delay(text).log_density(each(gap))[0]
    assert mass == pytest.approx(density, abs=1e-3) or mass == density == -math.inf


def test_centuries_do_not_vanish() -> None:
    """Logs stay finite where probabilities are too small for a number."""
    assert delay("exponential:5").log_mass(each(400), each(1), each(1))[0] == pytest.approx(-1997, abs=2)
    assert np.isfinite(delay("rayleigh:1").log_density(each(300.0))).all()


@pytest.mark.parametrize(
    ("gap", "parent", "child", "expected"),
    [(0, 1, 1, 0.5), (1, 1, 1, 1), (-1, 1, 1, 0), (0, 10, 1, 0.95), (-2, 10, 1, 0.75), (0, 0, 1, 0), (0.5, 0, 1, 0.5)],
)
def test_who_was_first(gap: float, parent: float, child: float, expected: float) -> None:
    """Of two uniform times: in one year it is even, in (2000, 2010] against (2007, 2008] three quarters."""
    assert share_before(each(gap), each(parent), each(child))[0] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ([2001, 2003, 2010], 1),
        ([2000, 2002, 2008], 2),
        ([0.5, 1.0, 2.5], 0.5),
        ([0.1, 0.77, 2.039], 0),
        ([2005], 1),
        ([], 1),
    ],
)
def test_grid_of_times(times: list[float], expected: float) -> None:
    """The step of the grid that all times stand on: a year, half a year, or none."""
    assert step_of(np.array(times, dtype=np.float64)) == expected


@pytest.mark.parametrize(
    "text",
    ["foo:1", "exponential:", "exponential:x", "exponential:0", "exponential:1,2", "log-normal:1", "log-normal:0,0"],
)
def test_what_is_no_delay(text: str) -> None:
    with pytest.raises(DiffusionError):
        parsed_delay(text)


@pytest.mark.parametrize("text", ["exponential:0.5", "rayleigh:3", "log-normal:1,0.7"])
def test_fit(text: str) -> None:
    """From the years between known steps the delay is found again."""
    rng, n, true = np.random.default_rng(0), 20_000, delay(text)
    lag = {
        "exponential": lambda: rng.exponential(2, n),
        "rayleigh": lambda: rng.rayleigh(3, n),
        "log-normal": lambda: rng.lognormal(1, 0.7, n),
    }[true.model]()
    gap = np.ceil(1 - rng.random(n) + lag - 1)
    start = Delay(true.model, tuple(value * 1.5 for value in true.params))
    fitted = fitted_delay(start, gap, np.ones(n), np.ones(n))
    np.testing.assert_allclose(fitted.params, true.params, rtol=0.03)
