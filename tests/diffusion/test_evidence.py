"""NetRate, permutation, bootstrap, held-out choice, edge classes and the documents behind an edge."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from kg.diffusion.adoptions import Unit
from kg.diffusion.cascades import Cascades, Event, cascades_from, cascades_of
from kg.diffusion.inference.behind import behind_edge
from kg.diffusion.inference.bootstrap import bootstrap
from kg.diffusion.inference.candidates import mean_ranks
from kg.diffusion.inference.classes import EdgeClass, count_classes, edge_class
from kg.diffusion.inference.delays import Delay
from kg.diffusion.inference.netinf import infer
from kg.diffusion.inference.netrate import netrate
from kg.diffusion.inference.permutation import Significance, network_of, permuted, significant_edges
from kg.diffusion.inference.selection import select
from kg.diffusion.simulation.simulate import Design, Simulated, simulate
from kg.errors import DiffusionError
from kg.model import Level

FIGURES = Path(__file__).parent / "figures" / "netrate"
REFERENCE = Path(__file__).parents[2].parent / "shared/reference/diffusion"
HALF = Delay("exponential", (0.5,))


def rows(path: Path) -> list[dict[str, str]]:
    """Of a table."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def cascades_in(path: Path) -> Cascades:
    """Of a reference table."""
    return cascades_of(Event(row["cascade_id"], row["node_name"], float(row["event_time"])) for row in rows(path))


@pytest.fixture(scope="module")
def planted() -> Simulated:
    """A small country."""
    return simulate(Design(units=40, cascades=250), seed=3)


@pytest.fixture(scope="module")
def tested(planted: Simulated) -> Significance:
    """Its edges against chance."""
    return significant_edges(planted.cascades, HALF, permutations=6)


def test_netrate_reaches_the_optimum_of_two_solvers() -> None:
    """Each unit's minimum to 1e-9, the rates as well as the two solvers agree."""
    cascades = cascades_in(FIGURES / "cascades.csv")
    number = {name: place for place, name in enumerate(cascades.units)}
    found = netrate(cascades, 20.0, signed=True)
    for row in rows(FIGURES / "snap_example_exp_T20_node_optima.csv"):
        if (unit := number.get(row["node_id"])) is None:
            assert row["n_infections_with_parent"] == "0"
            continue
        assert found.optimum[unit] == pytest.approx(float(row["neg_loglik_em"]), rel=1e-9, abs=1e-9)
        assert found.followed[unit] == int(row["n_infections_with_parent"])
    for row in rows(FIGURES / "snap_example_exp_T20_rates_gt1e-4.csv"):
        rate = found.rate[number[row["origin"]], number[row["destination"]]]
        assert rate == pytest.approx(float(row["rate_em"]), abs=2e-6)
    assert found.optimum.sum() == pytest.approx(1115.99320668951, abs=1e-8)


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference values are not beside the repository")
def test_netrate_over_the_whole_reference() -> None:
    """The sum of all minima."""
    found = netrate(cascades_in(REFERENCE / "netinf/cascades_sim_validation.csv"))
    assert found.optimum.sum() == pytest.approx(4629.13794375, abs=1e-7)


def test_netrate_exposure_is_never_negative_unless_asked_for() -> None:
    """Who adopts after the end of observation exposes nobody who did not adopt."""
    cascades = cascades_of([Event("a", "x", 0), Event("a", "y", 1), Event("b", "x", 9)], ["x", "y"])
    assert netrate(cascades, 5.0).rate[0, 1] == pytest.approx(1.0)
    assert netrate(cascades, 8.5, signed=True).rate[0, 1] == pytest.approx(1 / (1 - 0.5))


def test_planted_network_is_found(planted: Simulated, tested: Significance) -> None:
    """What is reported is nearly all true, and most of the truth is reported."""
    reported = network_of(tested.reported)
    assert len(reported & planted.edges) >= 0.95 * len(reported)
    assert len(reported & planted.edges) >= 0.8 * len(planted.edges)
    assert tested.expected_false <= 0.05 * len(reported) + 1e-9


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_found_where_nothing_is(planted: Simulated, seed: int) -> None:
    """Times exchanged within each cascade: hardly an edge is more than chance."""
    assert len(significant_edges(permuted(planted.cascades, seed), HALF, permutations=6).reported) <= 2


def early_birds(seed: int) -> Cascades:
    """No network, but the first of twenty units tend to be first."""
    rng = np.random.default_rng(seed)
    times = np.floor(2 * np.arange(20) / 3 + rng.exponential(3.0, (150, 20)))
    present = rng.random((150, 20)) < 0.7
    return cascades_of(
        Event(f"c{c:03d}", f"u{u:02d}", times[c, u], times[c, u] - 1) for c, u in zip(*np.nonzero(present), strict=True)
    )


def test_the_stricter_null_keeps_who_tends_to_be_early() -> None:
    """Units that are early in everything are not leaders of all others."""
    cascades = early_birds(1)
    plain = significant_edges(cascades, HALF, permutations=5)
    kept = significant_edges(cascades, HALF, permutations=5, exchanged="tendency")
    assert len(kept.reported) <= 0.5 * len(plain.reported)
    ranks = mean_ranks(cascades)
    numbers = [cascades.units.index(name) for name in sorted(cascades.units)]
    assert np.corrcoef(ranks[numbers], np.arange(20))[0, 1] > 0.9


def test_moments_are_those_of_permutations(planted: Simulated, tested: Significance) -> None:
    """The first edge into a unit gains by chance what it gains on average when the others exchange their times."""
    best = tested.edges[0]
    draws = []
    for seed in range(5):
        drawn = significant_edges(permuted(planted.cascades, seed), HALF, permutations=1)
        draws += [edge.gain / edge.expected for edge in drawn.edges if edge.expected > 50]
    assert best.z > 5
    assert abs(np.mean(draws) - 1) < 0.15


def test_bytes_do_not_depend_on_workers(planted: Simulated, tested: Significance) -> None:
    """One process or two."""
    assert significant_edges(planted.cascades, HALF, permutations=6, workers=2).edges == tested.edges
    alone = bootstrap(planted.cascades, HALF, edges=60, times=6, seed=1)
    assert bootstrap(planted.cascades, HALF, edges=60, times=6, seed=1, workers=2) == alone


def test_bootstrap_holds_true_edges(planted: Simulated) -> None:
    """What every bootstrap finds is true; frequencies are shares; the order is theirs."""
    found = bootstrap(planted.cascades, HALF, edges=len(planted.edges), times=10)
    always = {(edge.origin, edge.destination) for edge in found if edge.frequency == 1}
    assert len(always & planted.edges) >= 0.95 * len(always) > 0
    assert [edge.frequency for edge in found] == sorted((edge.frequency for edge in found), reverse=True)


def test_ties_as_intervals_foretell_better(planted: Simulated) -> None:
    """Years of data that ran in continuous time: interval before strict; a wild delay comes last."""
    judged = select(planted.cascades, [HALF, Delay("exponential", (0.01,))], folds=3, edges=100)
    assert judged[0].chosen
    assert (judged[0].ties, judged[0].delay) == ("interval", HALF)
    assert judged[-1].delay.params == (0.01,)
    assert len({one.adoptions for one in judged}) == 1
    with pytest.raises(DiffusionError, match="folds"):
        select(planted.cascades.only([0]), [HALF])


def unit(name: str, level: Level | None, superior: str = "") -> Unit:
    """A government."""
    return Unit(name, name, level, superior)


PLACES = {
    one.id: one
    for one in (
        unit("全国", Level.NATION),
        unit("甘肃省", Level.PROVINCE, "全国"),
        unit("陕西省", Level.PROVINCE, "全国"),
        unit("定西市", Level.PREFECTURE, "甘肃省"),
        unit("天水市", Level.PREFECTURE, "甘肃省"),
        unit("宝鸡市", Level.PREFECTURE, "陕西省"),
        unit("临洮县", Level.COUNTY, "定西市"),
        unit("某单位", None),
    )
}


@pytest.mark.parametrize(
    ("origin", "destination", "expected"),
    [
        ("全国", "甘肃省", EdgeClass.DOWN),
        ("甘肃省", "定西市", EdgeClass.DOWN),
        ("甘肃省", "临洮县", EdgeClass.SKIP_DOWN),
        ("全国", "临洮县", EdgeClass.SKIP_DOWN),
        ("临洮县", "定西市", EdgeClass.UP),
        ("临洮县", "全国", EdgeClass.SKIP_UP),
        ("定西市", "天水市", EdgeClass.SIBLINGS),
        ("定西市", "宝鸡市", EdgeClass.SAME_LEVEL),
        ("陕西省", "定西市", EdgeClass.LOWER),
        ("临洮县", "宝鸡市", EdgeClass.HIGHER),
        ("某单位", "定西市", EdgeClass.UNKNOWN),
    ],
)
def test_class_of_an_edge(origin: str, destination: str, expected: EdgeClass) -> None:
    """What the destination is to the origin."""
    assert edge_class(PLACES[origin], PLACES[destination], PLACES) is expected
    assert count_classes([(PLACES[origin], PLACES[destination])], PLACES) == {expected: 1}


def test_superiors_in_a_ring_do_not_hang() -> None:
    """A user's table may be wrong."""
    ring = {name: unit(name, Level.COUNTY, other) for name, other in (("a", "b"), ("b", "a"), ("c", ""))}
    assert edge_class(ring["c"], ring["a"], ring) is EdgeClass.SAME_LEVEL


def test_adoptions_behind_an_edge(planted: Simulated) -> None:
    """Both adoptions of each programme in which the origin may have come first; the ways first."""
    cascades = cascades_from(planted.history)
    network = infer(cascades, HALF, edges=30)
    edge = network.edges[0]
    origin, destination = network.named(edge)
    found = behind_edge(planted.history, cascades, network, origin, destination)
    assert sum(one.is_way for one in found) == edge.cascades > 0
    assert all(one.origin.unit == origin and one.destination.unit == destination for one in found)
    assert all(one.delay >= 0 and one.origin.program == one.program for one in found)
    assert all(one.rival != origin for one in found)
    assert [one.is_way for one in found] == sorted((one.is_way for one in found), reverse=True)
    with pytest.raises(DiffusionError, match="nowhere"):
        behind_edge(planted.history, cascades, network, "nowhere", destination)


@pytest.mark.parametrize("wrong", [{"level": 0.0}, {"level": 1.0}, {"permutations": 0}, {"background": 0.0}])
def test_arguments_out_of_range(wrong: dict[str, float], planted: Simulated) -> None:
    """One clear line."""
    with pytest.raises(DiffusionError, match=next(iter(wrong))):
        significant_edges(planted.cascades, HALF, **wrong)  # type: ignore[arg-type]
