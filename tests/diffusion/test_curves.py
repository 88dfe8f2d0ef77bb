"""Curves against the figures of netdiffuseR and R's survival, and against what must hold of any data."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.diffusion.curves.adoption import adoption_curve
from kg.diffusion.curves.bands import with_band
from kg.diffusion.curves.categories import adopter_categories, cross_table, cutoffs, threshold_classes
from kg.diffusion.curves.growth import Model, bass, fit_adoptions, fit_growth, gompertz, logistic
from kg.diffusion.curves.kaplan_meier import kaplan_meier
from kg.diffusion.curves.npmle import innermost, npmle
from kg.errors import DiffusionError

from .figures_of import column, rows

TOA = column("medInnovations_toa.csv", "toa")
POLICIES = ("equalpay", "hatecrime", "lemon", "stalking", "threestrikes", "pooled")
yearly = st.lists(st.one_of(st.none(), st.integers(1990, 2020)), max_size=30)
intervals = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 8)), st.one_of(st.none(), st.integers(1, 6))), min_size=1, max_size=25
)


def times(years: list[int | None]) -> np.ndarray:
    """None → NaN."""
    return np.array([math.nan if year is None else year for year in years], dtype=np.float64)


def ends(pairs: list[tuple[int | None, int | None]]) -> tuple[np.ndarray, np.ndarray]:
    """(lower, width) → lower and upper ends, open where None."""
    lower = np.array([-math.inf if start is None else start for start, _ in pairs])
    upper = np.array([math.inf if width is None else (start or 0) + width for start, width in pairs])
    return lower, upper


def test_adoption_curve_of_netdiffuser() -> None:
    """num, prop, rate and hazard as cumulative_adopt_count and hazard_rate have them."""
    curve = adoption_curve(TOA)
    for name, key in (("cumulative", "num"), ("share", "prop"), ("rate", "rate")):
        expected = column("medInnovations_adoption_curve.csv", key)
        np.testing.assert_allclose([getattr(row, name) for row in curve], expected, rtol=0, atol=1e-12)
    hazard = column("medInnovations_summary_table.csv", "hazard")
    np.testing.assert_allclose([row.hazard for row in curve], hazard, rtol=0, atol=1e-12)


def test_units_that_left_are_not_at_risk() -> None:
    """A unit last observed in 2002 is at risk in 2002 and not in 2003."""
    curve = adoption_curve(np.array([2001, 2003, math.nan]), np.array([0, 0, 2002.0]))
    assert [(row.period, row.at_risk, row.adopted) for row in curve] == [(2001, 3, 1), (2002, 2, 0), (2003, 1, 1)]


def test_kaplan_meier_of_survival() -> None:
    """Every column of R's survfit, and Greenwood's error of log S."""
    rows_of = kaplan_meier(column("times_aborparc.csv", "dur"), column("times_aborparc.csv", "adopt") == 1)
    at = {row.time: row for row in rows_of}
    for line in rows("km_aborparc.csv"):
        if (row := at.get(float(line["time"]))) is not None:
            found = (row.at_risk, row.adopted, row.survival, row.std_error_log)
            expected = [float(line[key]) for key in ("n_risk", "n_event", "surv", "std_err_logS")]
            np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)
    assert sum(row.adopted for row in rows_of) == sum(int(line["n_event"]) for line in rows("km_aborparc.csv"))


@pytest.mark.parametrize("policy", POLICIES)
def test_npmle_tight(policy: str) -> None:
    """Left-open, right-closed; NA lower is left-censored (time begins at 0), NA upper right-censored."""
    lower, upper = column("interval_data.csv", "lower", -math.inf), column("interval_data.csv", "upper", math.inf)
    chosen = [policy in ("pooled", row["policy"]) for row in rows("interval_data.csv")]
    found = npmle(lower[chosen], upper[chosen])
    name = f"npmle_{policy}.csv"
    np.testing.assert_array_equal(np.maximum(found.left, 0), column(name, "left_open"))
    np.testing.assert_array_equal(found.right, column(name, "right_closed"))
    np.testing.assert_allclose(found.mass, column(name, "mass"), rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.survival, column(name, "surv_after"), rtol=0, atol=1e-9)
    assert found.gap <= 1e-12


@pytest.mark.parametrize(
    ("lower", "upper", "expected"),
    [
        ([0, 0], [1, 1], [(0, 1)]),
        ([0, 1], [1, 2], [(0, 1), (1, 2)]),  # half-open intervals that touch have nothing in common
        ([0, 1], [3, 2], [(1, 2)]),
        ([-math.inf, 2], [2, math.inf], [(-math.inf, 2), (2, math.inf)]),
        ([0, 3, 1], [2, 5, 4], [(1, 2), (3, 4)]),
    ],
)
def test_innermost(lower: list[float], upper: list[float], expected: list[tuple[float, float]]) -> None:
    """A left end followed by a right end with no other end between."""
    left, right = innermost(np.array(lower, dtype=float), np.array(upper, dtype=float))
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == expected


def test_npmle_is_kaplan_meier_on_exact_years() -> None:
    """With years known to the year and right-censoring the two are one."""
    time, adopted = column("times_aborparc.csv", "dur"), column("times_aborparc.csv", "adopt") == 1
    found = npmle(np.where(adopted, time - 1, time), np.where(adopted, time, math.inf))
    survival = {row.time: row.survival for row in kaplan_meier(time, adopted) if row.adopted}
    finite = np.isfinite(found.right)
    np.testing.assert_allclose(found.survival[finite], list(survival.values()), rtol=0, atol=1e-10)


def test_npmle_refuses() -> None:
    """No unit, or an interval with nothing in it."""
    with pytest.raises(DiffusionError, match="no unit at risk"):
        npmle(np.empty(0), np.empty(0))
    with pytest.raises(DiffusionError, match="empty"):
        npmle(np.array([2.0]), np.array([2.0]))


@given(intervals)
@settings(max_examples=60, deadline=None)
def test_npmle_holds_for_any_intervals(pairs: list[tuple[int | None, int | None]]) -> None:
    """Optimal, a distribution, the same in any order, and as weights as well as repeated rows."""
    lower, upper = ends(pairs)
    found = npmle(lower, upper)
    assert found.gap <= 1e-9
    assert math.isclose(found.mass.sum(), 1)
    turned = npmle(lower[::-1], upper[::-1])
    twice = npmle(lower, upper, np.full(len(lower), 2.0))
    assert math.isclose(turned.log_likelihood, found.log_likelihood, abs_tol=1e-9)
    assert math.isclose(twice.log_likelihood, 2 * found.log_likelihood, abs_tol=1e-9)
    if found.unique:
        times = np.unique(np.concatenate((found.right, turned.right)))
        np.testing.assert_allclose(turned.bounds(times), found.bounds(times), atol=1e-7)


def test_band_is_seeded_and_holds_the_estimate() -> None:
    """The same seed, the same band; the estimate lies in it; clusters are resampled whole."""
    lower, upper = column("interval_data.csv", "lower", -math.inf), column("interval_data.csv", "upper", math.inf)
    states = np.unique([row["state"] for row in rows("interval_data.csv")], return_inverse=True)[1]
    _, band = with_band(lower, upper, states, resamples=20, seed=3)
    assert repr(with_band(lower, upper, states, resamples=20, seed=3)[1]) == repr(band)
    assert all(row.low - 1e-9 <= row.survival <= row.high + 1e-9 for row in band if math.isfinite(row.right))
    assert any(row.high - row.low > 0.02 for row in band)


def test_bass_of_netdiffuser() -> None:
    """nls on cumulative proportions, time from 1."""
    found = fit_adoptions(TOA, "bass", resamples=20)
    expected = rows("medInnovations_bass.csv")[0]
    assert found.values == pytest.approx((float(expected["p"]), float(expected["q"])), abs=1e-6)
    assert found.rss == pytest.approx(float(expected["rss"]), abs=1e-9)
    assert all(p.low < p.value < p.high and p.resampled_low < p.value < p.resampled_high for p in found.parameters)


@pytest.mark.parametrize(
    ("model", "values"), [("logistic", (0.8, 0.6, 2008.0)), ("gompertz", (0.7, 0.3, 2006.0)), ("bass", (0.02, 0.4))]
)
def test_growth_finds_what_was_planted(model: Model, values: tuple[float, ...]) -> None:
    """Shares on a curve give its parameters back."""
    years = np.arange(1.0, 21.0) if model == "bass" else np.arange(2000.0, 2020.0)
    curve = {"logistic": logistic, "gompertz": gompertz, "bass": bass}[model]
    found = fit_growth(years, curve(years, *values), model)
    assert found.values == pytest.approx(values, rel=1e-6)
    np.testing.assert_allclose(found.at(years), curve(years, *values), atol=1e-9)


@pytest.mark.parametrize(
    ("model", "years", "shares"),
    [
        ("bass", [1, 2, 3, 4], [0.1, 0.2, 0.3, 0.4]),
        ("logistic", [1, 2, 3, 4, 5, 6], [0.5] * 6),
        ("logistic", [1, 2, 3, 4, 5, 6], [0.01, 0.02, 0.04, 0.08, 0.16, 0.32]),
        ("gompertz", [1, 2, 3, 4, 5, 6], [0.01, 0.02, 0.04, 0.08, 0.16, 0.32]),
    ],
)
def test_growth_refuses(model: Model, years: list[float], shares: list[float]) -> None:
    """Too few periods, no growth, no bend: a reason and no number."""
    with pytest.raises(DiffusionError, match=model):
        fit_growth(np.array(years, dtype=float), np.array(shares), model)


def test_a_share_is_at_most_one() -> None:
    """A curve that would end above all units ends at 1, and says by its missing error that this is not estimated."""
    years = np.arange(2000.0, 2010.0)
    ceiling, rate, midpoint = fit_growth(years, logistic(years, 1.1, 0.7, 2006.0), "logistic").parameters
    assert (ceiling.value, math.isnan(ceiling.std_error)) == (1.0, True)
    assert rate.low < rate.value < rate.high
    assert midpoint.low < midpoint.value < 2009


def test_categories_of_netdiffuser() -> None:
    """classify_adopters: cut points, classes and the table of per cent."""
    thresholds = column("medInnovations_threshold.csv", "thr_lag0")
    for name, found in (("toa", cutoffs(TOA)), ("thr", cutoffs(thresholds))):
        expected = column("medInnovations_classify_cutoffs.csv", name)
        np.testing.assert_allclose(found.points, expected, rtol=0, atol=1e-12)
    categories, classes = adopter_categories(TOA, innovators=False), threshold_classes(thresholds)
    lines = rows("medInnovations_classify.csv")
    assert [name.rstrip("s") for name in categories] == [as_ours(line["toa_class"]) for line in lines]
    assert list(classes) == [as_ours(line["thr_class"]) for line in lines]
    table = cross_table(categories, classes)
    for line in rows("medInnovations_classify_table_percent.csv"):
        assert table[as_ours(line["toa"]), as_ours(line["thr"])] == pytest.approx(float(line["Freq"]), abs=1e-12)


def as_ours(name: str) -> str:
    """Early Adopters → early adopter, Very Low Thresh. → very low."""
    return name.lower().removesuffix(" thresh.").removesuffix("s")


def test_innovators() -> None:
    """Rogers's five: more than two deviations early is an innovator; a few are no categories at all."""
    assert adopter_categories(np.array([1.0] + [20.0] * 9 + [21, math.nan]))[0] == "innovator"
    assert adopter_categories(np.array([2001.0, math.nan])) == ("early majority", "non-adopter")
    assert adopter_categories(np.empty(0)) == ()


@given(yearly)
@settings(max_examples=60, deadline=None)
def test_curve_adds_up(years: list[int | None]) -> None:
    """Whatever the years: shares rise to what adopted, order does not matter, and nobody adopts who is not at risk."""
    curve = adoption_curve(times(years))
    assert curve == adoption_curve(times(years[::-1]))
    assert sum(row.adopted for row in curve) == sum(year is not None for year in years)
    assert all(before.share <= after.share for before, after in pairwise(curve))
    assert all(row.adopted <= row.at_risk and 0 <= row.hazard <= 1 for row in curve)


@given(yearly)
@settings(max_examples=60, deadline=None)
def test_survival_is_what_the_curve_leaves(years: list[int | None]) -> None:
    """Without anybody leaving, Kaplan and Meier's curve is one minus the share."""
    found = times(years)
    end = 2021.0
    survival = {r.time: r.survival for r in kaplan_meier(np.nan_to_num(found, nan=end), np.isfinite(found))}
    for row in adoption_curve(found):
        if row.adopted:
            assert survival[row.period] == pytest.approx(1 - row.share)


@given(intervals, st.integers(2, 12))
@settings(max_examples=30, deadline=None)
def test_unit_of_time_does_not_matter(pairs: list[tuple[int | None, int | None]], months: int) -> None:
    """In months or in years the same masses lie on the same intervals."""
    lower, upper = ends(pairs)
    found, scaled = npmle(lower, upper), npmle(lower * months, upper * months)
    np.testing.assert_array_equal(scaled.right, found.right * months)
    np.testing.assert_allclose(scaled.mass, found.mass, atol=1e-9)


def test_rate_goes_with_the_unit_of_time() -> None:
    """Twelve months are a year: a twelfth of the rate, twelve times the midpoint."""
    years = np.arange(1.0, 16.0)
    shares = np.round(logistic(years, 0.8, 0.6, 7.0), 3)
    by_year, by_month = fit_growth(years, shares, "logistic"), fit_growth(years * 12, shares, "logistic")
    ceiling, rate, midpoint = by_year.values
    assert by_month.values == pytest.approx((ceiling, rate / 12, midpoint * 12), rel=1e-6)


@given(yearly, st.integers(-500, 500))
@settings(max_examples=60, deadline=None)
def test_categories_do_not_know_the_calendar(years: list[int | None], shift: int) -> None:
    """Every unit has one category, the same in another calendar."""
    found = adopter_categories(times(years))
    assert len(found) == len(years)
    assert [name == "non-adopter" for name in found] == [year is None for year in years]
    if cutoffs(times(years)).sd > 0:
        assert found == adopter_categories(times(years) + shift)
