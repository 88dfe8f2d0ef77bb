"""Exposure and what is made of it against netdiffuseR's tables, and against what must hold of any network."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from kg.diffusion.adoptions import Unit
from kg.diffusion.curves.adoption import periods_of
from kg.diffusion.exposure import networks
from kg.diffusion.exposure.exposures import adopted_by, exposure, thresholds
from kg.diffusion.exposure.infection import contagion
from kg.diffusion.exposure.moran import Alternative, inverse_steps, moran
from kg.diffusion.exposure.regression import exposure_regression
from kg.diffusion.exposure.structure import mean_threshold, rewired, structure_test, structure_tests
from kg.diffusion.exposure.tables import degree_time_correlation, degrees, summary_table
from kg.errors import DiffusionError
from kg.model import Level

from .figures_of import REFERENCE, column, network, rows

MED = "medInnovations"
TOA = column(f"{MED}_toa.csv", "toa")
PERIODS = periods_of(TOA)
TIES = network(MED).weights
ADOPTED = adopted_by(TOA, PERIODS)
PEERS = REFERENCE / "netdiffuser"
needs_reference = pytest.mark.skipif(not PEERS.is_dir(), reason="the reference values are not beside this repository")


def close(found: object, expected: object) -> None:
    """To 1e-12, NaN where NaN is expected."""
    np.testing.assert_allclose(np.asarray(found, dtype=float), np.asarray(expected, dtype=float), rtol=0, atol=1e-12)


@needs_reference
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("lag0", {}),
        ("lag1", {"lag": 1}),
        ("lag0_unnormalized", {"normalised": False}),
        ("lag0_incoming", {"outgoing": False}),
    ],
)
def test_exposure_of_netdiffuser(name: str, options: dict[str, int]) -> None:
    """Every unit in every period."""
    file = f"{MED}_exposure_{name}.csv"
    expected = np.column_stack([column(file, f"{period:g}", folder=PEERS) for period in PERIODS])
    close(exposure(TIES, ADOPTED, **options), expected)


def test_thresholds_of_netdiffuser() -> None:
    """At lag 0 and 1; the peer's include_censored changes nothing, ours leaves out whom it is told to."""
    now, before = exposure(TIES, ADOPTED), exposure(TIES, ADOPTED, lag=1)
    close(thresholds(now, TOA, PERIODS), column(f"{MED}_threshold.csv", "thr_lag0"))
    close(thresholds(now, TOA, PERIODS), column(f"{MED}_threshold.csv", "thr_lag0_include_censored"))
    close(thresholds(before, TOA, PERIODS), column(f"{MED}_threshold.csv", "thr_lag1"))
    first = TOA.min() == TOA
    assert np.isnan(thresholds(now, TOA, PERIODS, censored=first)).tolist() == first.tolist()


@pytest.mark.parametrize(("reach", "normalised"), [(1, True), (1, False), (3, True), (3, False)])
def test_infection_and_susceptibility_of_netdiffuser(reach: int, normalised: bool) -> None:
    """Over one and three periods, normalised or not."""
    found = contagion(TIES, TOA, PERIODS, reach=reach, normalised=normalised)
    name = f"K{reach}_norm{str(normalised).upper()}"
    close(found.infection, column(f"{MED}_infection_susceptibility.csv", f"infection_{name}"))
    close(found.susceptibility, column(f"{MED}_infection_susceptibility.csv", f"susceptibility_{name}"))


@pytest.mark.parametrize(
    "line", rows(f"{MED}_moran_binaryW_slice1.csv"), ids=lambda line: "-".join(list(line.values())[:3])
)
def test_moran_of_netdiffuser(line: dict[str, str]) -> None:
    """Binary ties, rows normalised or not, three alternatives."""
    values = TOA if line["variable"] == "toa" else ADOPTED[:, int(line["variable"].removeprefix("cumadopt_")) - 1]
    alternative: Alternative = "two-sided" if line["alternative"] == "two.sided" else line["alternative"]  # type: ignore[assignment]
    found = moran(values, TIES, normalised=line["normalize_w"] == "TRUE", alternative=alternative)
    close(found, [float(line[key]) for key in ("observed", "expected", "sd", "p_value")])


def test_summary_table_of_netdiffuser() -> None:
    """Adopters, hazard, density and Moran's I on 1 / steps of every period."""
    found = summary_table(TIES, TOA, PERIODS)
    keys = (
        "adopt",
        "cum_adopt",
        "cum_adopt_pcent",
        "hazard",
        "density",
        "moran_obs",
        "moran_exp",
        "moran_sd",
        "moran_pval",
    )
    for place, key in enumerate(keys, 1):
        close([row[place] for row in found], column(f"{MED}_summary_table.csv", key))


def test_degrees_of_netdiffuser() -> None:
    """Indegree, outdegree, degree, and how they go with the time of adoption."""
    found = degrees(TIES)
    for key in ("indegree", "outdegree", "degree"):
        close([getattr(row, key) for row in found], column(f"{MED}_degree_slice1.csv", key))
    expected = rows(f"{MED}_degree_toa_correlation.csv")[0]
    close(degree_time_correlation(TIES, TOA), [float(expected["indegree_toa"]), float(expected["outdegree_toa"])])


def test_exposure_regression_of_netdiffuser() -> None:
    """diffreg: estimates and errors to 1e-5, those of the period in which all adopt as well, and it is named."""
    found = exposure_regression(exposure(TIES, ADOPTED, lag=1), TOA, PERIODS)
    lines = rows(f"{MED}_diffreg_logit_exposure_factorper.csv")
    assert len(found.terms) == len(lines)
    for term, line in zip(found.terms, lines, strict=True):
        expected = [float(line[key]) for key in ("Estimate", "Std..Error", "z.value", "Pr...z..")]
        assert list(term[1:]) == pytest.approx(expected, rel=1e-5, abs=1e-5)
    assert found.separated == ("period 18",)


def test_structure_test_of_netdiffuser() -> None:
    """Mean, spread and p-value of rewired networks within the sampling error of both runs."""
    line = rows("struct_test.csv")[0]
    found = structure_test(TIES, mean_threshold(TOA, PERIODS), rewirings=60)
    sd = math.sqrt(float(line["var_t"]))
    assert found.observed == pytest.approx(float(line["t0"]), abs=1e-12)
    assert abs(found.mean - float(line["mean_t"])) < 4 * sd * math.sqrt(1 / 60 + 1 / 1000)
    assert 0.7 < found.sd / sd < 1.4
    assert abs(found.p_value - float(line["p_value"])) < 0.25


def test_structure_test_is_seeded() -> None:
    """The same seed, the same networks; several statistics at once are each as alone."""
    statistic = mean_threshold(TOA, PERIODS)
    alone = structure_test(TIES, statistic, rewirings=5, seed=7)
    assert structure_tests(TIES, [lambda ties: 1.0, statistic], rewirings=5, seed=7)[1] == alone


@needs_reference
def test_structure_test_finds_dependence() -> None:
    """The farmers of one village follow one another: no rewired network comes near."""
    line = rows("struct_test.csv")[1]
    times = column("brfarmers_toa.csv", "toa", folder=PEERS)
    found = structure_test(network("brfarmers", PEERS).weights, mean_threshold(times, periods_of(times)), rewirings=9)
    assert found.observed == pytest.approx(float(line["t0"]), abs=1e-12)
    assert abs(found.mean - float(line["mean_t"])) < 4 * math.sqrt(float(line["var_t"]) * (1 / 9 + 1 / 200))
    assert found.p_value == pytest.approx(0.2)  # the least that 9 rewirings can give


@needs_reference
@pytest.mark.parametrize("name", ["brfarmers", "kfamily"])
def test_tables_that_are_held(name: str) -> None:
    """Two data sets of which only the input is given: our figures, and the same counted one by one."""
    times, place = column(f"{name}_toa.csv", "toa", folder=PEERS), network(name, PEERS)
    periods = periods_of(times)
    now = exposure(place.weights, adopted_by(times, periods))
    found = {
        "threshold": thresholds(now, times, periods),
        "exposure": now.mean(axis=1),
        "infection": contagion(place.weights, times, periods).infection,
        "susceptibility": contagion(place.weights, times, periods).susceptibility,
    }
    counted = one_by_one(name, times.tolist())
    held = {line["table"]: line for line in rows("held.csv") if line["dataset"] == name}
    for table, values in found.items():
        close(values, counted[table])
        assert float(values.sum()) == pytest.approx(float(held[table]["sum"]), rel=1e-12)
        assert float(values @ values) == pytest.approx(float(held[table]["squares"]), rel=1e-12)
    index = moran(times, place.weights)
    assert index.observed == pytest.approx(float(held["moran"]["sum"]), abs=1e-12)
    assert index.p_value == pytest.approx(float(held["moran"]["squares"]), abs=1e-12)
    summary = summary_table(place.weights, times, periods)
    assert sum(row.hazard for row in summary) == pytest.approx(float(held["hazard"]["sum"]), rel=1e-12)
    assert sum(row.moran for row in summary) == pytest.approx(float(held["moran_steps"]["sum"]), rel=1e-9)


def one_by_one(name: str, times: list[float]) -> dict[str, list[float]]:
    """The tables by counting neighbours, with nothing of the code that is tested."""
    time = {row["id"]: when for row, when in zip(rows(f"{name}_toa.csv", PEERS), times, strict=True)}
    ties = {(row["ego"], row["alter"]) for row in rows(f"{name}_edges_slice1.csv", PEERS) if row["ego"] != row["alter"]}
    seen: dict[str, list[float]] = {unit: [] for unit in time}
    seen_by: dict[str, list[float]] = {unit: [] for unit in time}
    for ego, alter in ties:
        seen[ego].append(time[alter])
        seen_by[alter].append(time[ego])
    clock = range(int(min(times)), int(max(times)) + 1)

    def share(part: int, whole: int) -> float:
        return part / whole if whole else 0.0

    found: dict[str, list[float]] = {"threshold": [], "exposure": [], "infection": [], "susceptibility": []}
    for unit, when in time.items():
        by_period = [share(sum(t <= period for t in seen[unit]), len(seen[unit])) for period in clock]
        found["exposure"].append(sum(by_period) / len(by_period))
        found["threshold"].append(by_period[int(when) - clock[0]])
        after, before = times.count(when + 1), times.count(when - 1)
        followed = share(seen_by[unit].count(when + 1), sum(t > when for t in seen_by[unit]))
        follows = share(seen[unit].count(when - 1), sum(t < when for t in seen[unit]))
        found["infection"].append(followed / after if after else 0.0)
        found["susceptibility"].append(follows / before if before else 0.0)
    return found


PLACES = (
    Unit("A", "甲省", Level.PROVINCE, province="A", lon=120.0, lat=30.0),
    Unit("A1", "甲一市", Level.PREFECTURE, superior="A", province="A", lon=120.0, lat=31.0),
    Unit("A2", "甲二市", Level.PREFECTURE, superior="A", province="A", lon=120.0, lat=32.0),
    Unit("A1x", "甲一县", Level.COUNTY, superior="A1", province="A", lon=120.0, lat=33.1),
    Unit("B1", "乙一市", Level.PREFECTURE, superior="B", province="B"),
)


@pytest.mark.parametrize(
    ("built", "ties"),
    [
        (networks.same_province(PLACES), "A1-A2 A2-A1"),
        (networks.same_superior(PLACES), "A1-A2 A2-A1"),
        (networks.superiors(PLACES), "A1-A A2-A A1x-A1"),
        (networks.nearest(PLACES, 1), "A-A1 A1-A A2-A1 A1x-A2"),
        (networks.within(PLACES, 115), "A-A1 A1-A A1-A2 A2-A1"),
        (networks.given(["A", "B", "C"], [("A", "B"), ("B", "A"), ("C", "?")], "given"), "A-B B-A"),
        (networks.given(["A", "B", "C"], [("A", "B")], "given", directed=True), "B-A"),
        (networks.within(PLACES, 115).only(["A2", "new", "A1"]), "A2-A1 A1-A2"),
    ],
    ids=lambda value: value.name if isinstance(value, networks.PlaceNetwork) else "",
)
def test_networks_of_places(built: networks.PlaceNetwork, ties: str) -> None:
    """Who looks at whom: the row at the column."""
    table = built.weights.tocoo()
    found = {f"{built.units[i]}-{built.units[j]}" for i, j in zip(table.row, table.col, strict=True)}
    assert found == set(ties.split())


def test_distance_is_the_great_circle() -> None:
    """Beijing to Shanghai is 1,067 km; a degree of latitude 111.2 km."""
    some = np.radians([(116.4074, 39.9042)])
    others = np.radians([(121.4737, 31.2304), (116.4074, 40.9042)])
    assert networks.great_circle(some, others)[0].tolist() == pytest.approx([1067, 111.195], rel=1e-3)


def test_networks_without_coordinates_are_refused() -> None:
    """A distance needs places."""
    with pytest.raises(DiffusionError, match="lon and lat"):
        networks.nearest(PLACES[-1:], 3)


@st.composite
def diffusions(draw: st.DrawFn) -> tuple[csr_array, np.ndarray]:
    """A small network and times of adoption, some of none."""
    n = draw(st.integers(1, 8))
    ties = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=20))
    when = draw(st.lists(st.one_of(st.none(), st.integers(2001, 2006)), min_size=n, max_size=n))
    table = np.zeros((n, n))
    for i, j in ties:
        table[i, j] = i != j
    return csr_array(table), np.array([math.nan if year is None else year for year in when], dtype=float)


@given(diffusions(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_order_of_units_does_not_matter(diffusion: tuple[csr_array, np.ndarray], random: object) -> None:
    """Whoever stands in which row, every unit has its own numbers; the calendar does not matter either."""
    ties, times = diffusion
    order = np.array(random.sample(range(len(times)), len(times)), dtype=int)  # type: ignore[attr-defined]
    turned, shifted = ties[order][:, order], times[order] + 100
    periods = periods_of(times)
    if periods.size == 0:
        return
    now = exposure(ties, adopted_by(times, periods))
    then = exposure(turned, adopted_by(shifted, periods + 100))
    close(then, now[order])
    close(thresholds(then, shifted, periods + 100), thresholds(now, times, periods)[order])
    for mine, theirs in zip(contagion(ties, times, periods), contagion(turned, shifted, periods + 100), strict=True):
        close(theirs, mine[order])
    close(
        [row[1:] for row in summary_table(turned, shifted, periods + 100)],
        [row[1:] for row in summary_table(ties, times, periods)],
    )


@given(diffusions())
@settings(max_examples=50, deadline=None)
def test_exposure_only_rises(diffusion: tuple[csr_array, np.ndarray]) -> None:
    """Between 0 and 1, never falling, and what is not adopted has no threshold."""
    ties, times = diffusion
    periods = periods_of(times)
    now = exposure(ties, adopted_by(times, periods))
    assert np.all((now >= 0) & (now <= 1))
    assert np.all(np.diff(now, axis=1) >= 0)
    assert np.array_equal(np.isnan(thresholds(now, times, periods)), np.isnan(times))


@given(diffusions(), st.integers(0, 99))
@settings(max_examples=50, deadline=None)
def test_rewiring_keeps_degrees(diffusion: tuple[csr_array, np.ndarray], seed: int) -> None:
    """Everybody keeps the number of ties in and out, without loops and double ties; mutual ties stay mutual."""
    ties, _ = diffusion
    for network_of in (ties, csr_array(((ties + ties.T) != 0).astype(float))):
        other = rewired(network_of, np.random.default_rng(seed))
        assert degrees(other) == degrees(network_of)
        assert other.max() <= 1 if other.nnz else True
        assert other.diagonal().sum() == 0
        if (network_of != network_of.T).nnz == 0:
            assert (other != other.T).nnz == 0


@pytest.mark.parametrize("times", [[], [math.nan], [2001.0], [2001.0] * 4, [math.nan, 2001.0]])
def test_next_to_nothing_does_not_crash(times: list[float]) -> None:
    """No unit, one unit, none that adopted, all in one year."""
    found, ties = np.array(times), csr_array((len(times), len(times)))
    periods = periods_of(found)
    assert len(summary_table(ties, found, periods)) == len(periods)
    assert len(contagion(ties, found, periods).infection) == len(times)
    assert structure_test(ties, mean_threshold(found, periods), rewirings=2).rewirings <= 2
    assert inverse_steps(ties).shape == ties.shape
    with pytest.raises(DiffusionError, match="no adoption after the first"):
        exposure_regression(exposure(ties, adopted_by(found, periods), lag=1), found, periods)
