"""Simulated data have the size, the ties and the network that were asked for; kg diffuse simulate and power."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from kg.cli.diffusing import diffuse
from kg.diffusion.history.opening import open_history
from kg.diffusion.simulation.planted import planted_network
from kg.diffusion.simulation.power import ABOUT, power
from kg.diffusion.simulation.simulate import Design, simulate, tie_rate
from kg.diffusion.simulation.writing import write_simulated
from kg.errors import DiffusionError


def test_planted_edges_are_of_the_three_kinds() -> None:
    """Capital to its province, neighbours of one province, leaders to capitals."""
    planted = planted_network(60, 6, neighbours=2, leaders=2, seed=4)
    capitals = set(np.searchsorted(planted.province, range(6)).tolist())
    assert len(planted.leaders) == 2
    assert set(planted.leaders) <= capitals
    for origin, destination in planted.edges:
        same = planted.province[origin] == planted.province[destination]
        assert same or (origin in planted.leaders and destination in capitals)
        assert origin != destination
    followed = {destination for origin, destination in planted.edges if origin in capitals}
    assert followed >= set(range(60)) - capitals


def test_same_seed_same_data() -> None:
    """And another seed other data."""
    one, two, other = (simulate(Design(20, 30), seed) for seed in (1, 1, 2))
    assert one.cascades.time.tobytes() == two.cascades.time.tobytes()
    assert one.edges == two.edges
    assert one.cascades.time.tobytes() != other.cascades.time.tobytes()


@pytest.mark.parametrize("wanted", [0.2, 0.5, 0.8])
def test_tie_rate_is_met(wanted: float) -> None:
    """To a few hundredths."""
    assert simulate(Design(40, 150, tie_rate=wanted)).tie_rate == pytest.approx(wanted, abs=0.03)


def test_what_blurs_the_picture() -> None:
    """Late mentions only delay, missing documents only lose, whole years round down."""
    plain = simulate(Design(30, 60))
    assert (plain.cascades.time == np.floor(plain.cascades.time)).all()
    assert not (simulate(Design(30, 60, whole_years=False)).cascades.time % 1 == 0).any()
    late = simulate(Design(30, 60, late=0.5))
    assert late.cascades.time.sum() > plain.cascades.time.sum()
    assert len(late.cascades.unit) == len(plain.cascades.unit)
    missing = simulate(Design(30, 60, missing=0.4))
    assert 0.5 < len(missing.cascades.unit) / len(plain.cascades.unit) < 0.7


def test_history_and_cascades_say_the_same() -> None:
    """One adoption for each event."""
    data = simulate(Design(20, 30))
    assert len(data.history.adoptions) == len(data.cascades.unit)
    assert sum(a.upper or 0 for a in data.history.adoptions) == pytest.approx(data.cascades.time.sum())


def test_ties_are_within_a_cascade() -> None:
    """The same year in another one is none."""
    assert tie_rate(np.array([0, 0, 0, 1]), np.array([1.0, 1.0, 2.0, 2.0])) == 0.5
    assert tie_rate(np.zeros(0, dtype=np.int64), np.zeros(0)) == 0.0


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Design(10, 0),
        lambda: Design(10, 5, missing=1.0),
        lambda: Design(10, 5, follow=1.5),
        lambda: Design(10, 5, rate=0.0),
        lambda: simulate(Design(1, 5)),
        lambda: simulate(Design(10, 5, provinces=11)),
        lambda: simulate(Design(10, 5, provinces=1, leaders=2)),
        lambda: power(Design(10, 5), repeats=0),
    ],
)
def test_sizes_out_of_range(wrong: object) -> None:
    """One clear line."""
    assert callable(wrong)
    with pytest.raises(DiffusionError):
        wrong()


def test_power_says_all_and_more_data_show_more() -> None:
    """Recall grows with the number of cascades."""
    few, many = (
        {one.name: one.mean for one in power(Design(15, size), repeats=1, permutations=4)} for size in (15, 90)
    )
    assert list(few) == list(ABOUT)
    assert many["recall"] > few["recall"]
    assert many["false_without_network"] <= 2


def test_written_data_are_read_again(tmp_path: Path) -> None:
    """At the door of all tables; nothing is overwritten."""
    data = simulate(Design(20, 30))
    adoptions, edges = write_simulated(data, tmp_path / "new")
    history = open_history(adoptions)
    assert len(history.adoptions) == len(data.history.adoptions)
    with edges.open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == len(data.edges)
    with pytest.raises(DiffusionError, match="exists"):
        write_simulated(data, tmp_path / "new")


def test_commands(tmp_path: Path) -> None:
    """simulate writes, power prints, both speak plainly of bad sizes."""
    run = CliRunner().invoke
    made = run(diffuse, ["simulate", str(tmp_path / "made"), "--units", "20", "--cascades", "20"])
    assert made.exit_code == 0, made.output
    assert "adoptions.csv" in made.output
    shown = run(diffuse, ["power", "--units", "12", "--cascades", "15", "--repeats", "1", "--format", "csv"])
    assert shown.exit_code == 0, shown.output
    assert shown.output.startswith("measure,mean,min,max,meaning\n")
    wrong = run(diffuse, ["power", "--units", "1"])
    assert wrong.exit_code == 1
    assert "at least two units" in wrong.output
