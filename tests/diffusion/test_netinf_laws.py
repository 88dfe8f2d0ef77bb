"""Laws of network inference: what must not matter does not, and nothing crashes on too little."""

from __future__ import annotations

import math
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.diffusion.cascades import Cascades, Event, cascades_of
from kg.diffusion.inference.candidates import Setting
from kg.diffusion.inference.delays import MODELS, Delay, Model
from kg.diffusion.inference.estimates import estimated_delay
from kg.diffusion.inference.greedy import Search
from kg.diffusion.inference.netinf import edges_of, infer, prepare
from kg.diffusion.inference.records import Network, Ties
from kg.diffusion.inference.rules import rules_of
from kg.diffusion.inference.selection import held_out

TIES: tuple[Ties, ...] = get_args(Ties)
DELAY: dict[Model, Delay] = {
    "exponential": Delay("exponential", (0.5,)),
    "rayleigh": Delay("rayleigh", (3.0,)),
    "log-normal": Delay("log-normal", (1.0, 1.0)),
    "power-law": Delay("power-law", (2.0, 0.5)),
}
MORE = 20  # edges


@st.composite
def made_up(draw: st.DrawFn, whole: bool = True, open_ends: bool = True) -> list[Event]:
    """A few programmes among seven places, in whole years with or without the lower end, or at any time."""
    events = []
    for cascade in range(draw(st.integers(1, 6))):
        for unit in draw(st.sets(st.sampled_from("ABCDEFG"), min_size=1)):
            year = float(draw(st.integers(2000, 2009)))
            time = year if whole else year + draw(st.floats(0.001, 0.999))
            width = draw(st.sampled_from((math.inf,) if open_ends else (math.inf, 1.0, 2.0, 5.0)))
            events.append(Event(f"p{cascade}", unit, time, time - width))
    return events


def named(network: Network) -> list[tuple[str, str, float]]:
    return [(*network.named(edge), edge.gain) for edge in network.edges]


def scaled(delay: Delay, by: float) -> Delay:
    first, *rest = delay.params
    if delay.model == "exponential":
        return Delay(delay.model, (first / by,))
    if delay.model == "rayleigh":
        return Delay(delay.model, (first * by,))
    if delay.model == "log-normal":
        return Delay(delay.model, (first + math.log(by), *rest))
    return Delay(delay.model, (first, delay.shortest * by))


@given(made_up(), st.sampled_from(TIES), st.randoms(use_true_random=False))
def test_order_of_rows(events: list[Event], ties: Ties, random: object) -> None:
    """The same events in another order give the same edges in the same order."""
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    runs = [infer(cascades_of(some), DELAY["exponential"], edges=MORE, ties=ties) for some in (events, shuffled)]
    assert named(runs[0]) == named(runs[1])


@given(made_up(whole=False), st.sampled_from(TIES), st.permutations("ABCDEFG"))
def test_names(events: list[Event], ties: Ties, names: list[str]) -> None:
    """Other names give the same edges under these names (without equal gains, between which the name decides)."""
    called = dict(zip("ABCDEFG", names, strict=True))
    first = infer(cascades_of(events), DELAY["exponential"], edges=1, ties=ties)
    renamed = [event._replace(unit=called[event.unit]) for event in events]
    second = infer(cascades_of(renamed), DELAY["exponential"], edges=1, ties=ties)
    assert math.isclose(first.initial, second.initial, rel_tol=1e-9, abs_tol=1e-9)
    assert [round(edge.gain, 6) for edge in first.edges] == [round(edge.gain, 6) for edge in second.edges]


@given(made_up(open_ends=False), st.sampled_from(TIES), st.sampled_from(MODELS), st.sampled_from((0.5, 2.0, 10.0)))
def test_unit_of_time(events: list[Event], ties: Ties, model: Model, by: float) -> None:
    """Months instead of years, with the delay in months: the same gains."""
    if len({event.time for event in events}) == 1:
        return
    other = [event._replace(time=event.time * by, lower=event.lower * by) for event in events]
    runs = [
        infer(cascades_of(events), DELAY[model], edges=1, ties=ties),
        infer(cascades_of(other), scaled(DELAY[model], by), edges=1, ties=ties),
    ]
    np.testing.assert_allclose(*([edge.gain for edge in run.edges] for run in runs), rtol=1e-9)


@given(made_up(open_ends=False), st.sampled_from(TIES), st.sampled_from(MODELS))
def test_sums(events: list[Event], ties: Ties, model: Model) -> None:
    """Gains never rise, and add up to what the network is better than none; p-values are probabilities."""
    network = infer(cascades_of(events), DELAY[model], edges=MORE, ties=ties)
    gains = np.array([edge.gain for edge in network.edges])
    assert (np.diff(gains) <= 1e-9 * np.abs(gains[1:])).all()
    assert math.isclose(network.initial + gains.sum(), network.log_likelihood, rel_tol=1e-9, abs_tol=1e-9)
    assert all(edge.p_value is not None and 0 <= edge.p_value <= 1 for edge in network.edges)


@given(made_up(open_ends=False), st.sampled_from(TIES))
def test_ways(events: list[Event], ties: Ties) -> None:
    """Every event has at most one parent, along an edge, in its cascade; no event is its own ancestor."""
    cascades = cascades_of(events)
    network = infer(cascades, DELAY["exponential"], edges=MORE, ties=ties)
    edges = {(edge.origin, edge.destination): edge.cascades for edge in network.edges}
    for event, parent in enumerate(network.parent.tolist()):
        if parent >= 0:
            edges[cascades.unit[parent], cascades.unit[event]] -= 1
            assert cascades.cascade[parent] == cascades.cascade[event]
        seen = {event}
        while parent >= 0:
            assert parent not in seen
            seen.add(parent)
            parent = int(network.parent[parent])
    assert not any(edges.values())


@given(made_up(), st.sampled_from(TIES), st.sampled_from("ABCDEFG"))
def test_without_a_unit(events: list[Event], ties: Ties, unit: str) -> None:
    """Without a unit its edges are gone, and all cascades are still there."""
    cascades = cascades_of(events)
    fewer = cascades.without([unit])
    assert fewer.names == cascades.names
    network = infer(fewer, DELAY["exponential"], edges=MORE, ties=ties)
    assert not any(unit in network.named(edge) for edge in network.edges)


@given(made_up(), st.sampled_from(TIES), st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_weights(events: list[Event], ties: Ties, counts: list[int]) -> None:
    """Cascades that are weighted gain what cascades that are there several times gain."""
    cascades = cascades_of(events)
    weights = np.array(counts[: len(cascades)], dtype=np.float64)
    drawn = cascades.only(np.repeat(np.arange(len(cascades)), counts[: len(cascades)]))
    weighted = edges_of(prepare(cascades, DELAY["exponential"], ties), 1, weights)
    plain = edges_of(prepare(drawn, DELAY["exponential"], ties), 1)
    np.testing.assert_allclose([edge[2] for edge in weighted], [edge[2] for edge in plain], rtol=1e-9)


TOO_LITTLE: dict[str, list[Event]] = {
    "nothing": [],
    "one event": [Event("p", "A", 2000.0)],
    "one unit": [Event(f"p{n}", "A", 2000.0 + n) for n in range(3)],
    "all tied": [Event("p", unit, 2000.0) for unit in "ABC"],
    "all tied, twice": [Event(p, unit, 2000.0) for unit in "ABC" for p in "pq"],
    "one cascade": [Event("p", unit, 2000.0 + n) for n, unit in enumerate("ABC")],
}


@pytest.mark.parametrize("what", TOO_LITTLE)
@pytest.mark.parametrize("ties", TIES)
@pytest.mark.parametrize("model", [None, *MODELS])
def test_too_little(what: str, ties: Ties, model: Model | None) -> None:
    """Nothing crashes, and all that is said is finite."""
    cascades = cascades_of(TOO_LITTLE[what])
    network = infer(cascades, model, edges=3, ties=ties)
    assert all(map(math.isfinite, network.delay.params))
    assert all(math.isfinite(edge.gain) and math.isfinite(edge.p_value or 0.0) for edge in network.edges)
    assert np.isfinite(network.score).all()
    assert np.isfinite(held_out(cascades, [], Setting(network.delay, ties))[0]).all()


def planted(units: int, cascades: int, rate: float, seed: int) -> tuple[Cascades, set[tuple[str, str]]]:
    """Whole years over a made-up network: a tree, and half as many edges across; each edge carries with probability 0.6."""
    rng = np.random.default_rng(seed)
    edges = {(int(rng.integers(unit)), unit) for unit in range(1, units)}
    edges |= {(int(a), int(b)) for a, b in rng.integers(units, size=(units // 2, 2)) if a != b}
    out: dict[int, list[int]] = {unit: [] for unit in range(units)}
    for origin, destination in sorted(edges):
        out[origin].append(destination)
    events = []
    for cascade in range(cascades):
        times, waiting = {}, [(rng.uniform(0, 20), int(rng.integers(units)))]
        while waiting:
            time, unit = waiting.pop(waiting.index(min(waiting)))
            if unit not in times:
                times[unit] = time
                waiting += [(time + rng.exponential(1 / rate), to) for to in out[unit] if rng.random() < 0.6]
        events += [Event(f"p{cascade:04d}", f"u{unit:02d}", 2000.0 + math.ceil(time)) for unit, time in times.items()]
    return cascades_of(events), {(f"u{a:02d}", f"u{b:02d}") for a, b in edges}


def test_planted_network() -> None:
    """With years as intervals a planted network is found again; whole years compared strictly miss much of it."""
    cascades, true = planted(60, 800, 0.7, 2)
    delay = Delay("exponential", (0.7,))
    hits = {}
    for ties in TIES:
        network = infer(cascades, delay, edges=len(true), ties=ties)
        hits[ties] = sum(network.named(edge) in true for edge in network.edges) / len(true)
    assert hits["interval"] > 0.95
    assert hits["interval"] > hits["strict"] + 0.05


def test_held_out_likelihood_knows() -> None:
    """On cascades not seen, intervals are foretold better than strict ties, and the true delay better than a wrong one."""
    cascades, _ = planted(40, 300, 0.7, 2)
    seen, unseen = cascades.only(range(200)), cascades.only(range(200, 300))

    def told(rate: float, ties: Ties) -> float:
        delay = Delay("exponential", (rate,))
        network = infer(seen, delay, edges=60, ties=ties)
        scores, _ = held_out(unseen, [edge[:2] for edge in network.edges], Setting(delay, ties))
        assert scores.shape == (100,)
        return float(scores.sum())

    assert told(0.7, "interval") > told(0.7, "strict")
    assert told(0.7, "interval") > max(told(0.1, "interval"), told(5.0, "interval"))


def test_estimated_delay() -> None:
    """Where every place has one teacher the rate is found again from whole years."""
    rng = np.random.default_rng(3)
    events = []
    for cascade in range(300):
        time = float(rng.uniform(0, 20))
        for unit in range(int(rng.integers(4)), 8):
            events.append(Event(f"p{cascade}", f"u{unit}", 2000.0 + math.ceil(time)))
            time += rng.exponential(2.0)
    found = estimated_delay(cascades_of(events))
    assert found.params[0] == pytest.approx(0.5, rel=0.1)


def test_stop_rules() -> None:
    """The last edge is below the p-value; both limits hold; of no edges nothing is known."""
    cascades, _ = planted(20, 100, 0.7, 4)
    delay = DELAY["exponential"]
    found = infer(cascades, delay, p_value=0.05)
    assert found.edges
    assert all(edge.p_value is not None and edge.p_value < 0.05 for edge in found.edges)
    assert named(infer(cascades, delay, p_value=0.05, edges=3)) == named(found)[:3]
    assert infer(cascades, delay, edges=0).edges == ()
    again = infer(cascades, delay, edges=len(found.edges))
    np.testing.assert_allclose(again.score, found.score)


def test_runs_share_pairs() -> None:
    """A run leaves nothing behind in the pairs that the next one uses."""
    cascades, _ = planted(20, 100, 0.7, 5)
    pairs = prepare(cascades, DELAY["exponential"])
    first = edges_of(pairs, 20)
    assert edges_of(pairs, 20) == first
    assert Search(pairs, rules_of("interval")).initial == Search(pairs, rules_of("interval")).initial
