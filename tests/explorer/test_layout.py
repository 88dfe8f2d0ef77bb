"""Things that claims tie stand near each other, no two on one spot, and the same graph always gives the same picture."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterable
from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from kg.model import Kind
from kg.views.explorer.communities import communities
from kg.views.explorer.layout import placed, radius, weighed
from kg.views.explorer.records import Exploration, Thing, Tie
from kg.views.forces import overlapping
from kg.views.records import Link

Pair = tuple[int, int]


def explored(n: int, pairs: Iterable[Pair], link: Link = Link.ADOPTS) -> Exploration:
    things = tuple(Thing(f"place/{i}", Kind.PLACE if i % 3 else Kind.PROGRAM, f"第{i}处") for i in range(n))
    return Exploration("", "", things, ties=tuple(Tie(a, b, link, (0,)) for a, b in pairs))


def grouped(n: int, seed: int = 1) -> list[Pair]:
    """Two ties for each thing, nine in ten of them within its group of about a hundred, the first of a group more often."""
    dice = random.Random(seed)
    groups = [range(first, min(first + 100, n)) for first in range(0, n, 100)]
    pairs = []
    for _ in range(2 * n):
        one = dice.randrange(n)
        near = groups[one // 100] if dice.random() < 0.9 else range(n)
        pairs.append((one, near[int(len(near) * dice.random() ** 2)]))
    return pairs


SHAPES = {
    "empty": (0, []),
    "one": (1, []),
    "two": (2, [(0, 1)]),
    "tied to itself": (1, [(0, 0)]),
    "nothing but single things": (300, []),
    "pairs": (400, [(i, i + 1) for i in range(0, 400, 2)]),
    "star of 5,000": (5001, [(0, i) for i in range(1, 5001)]),
    "clique of 200": (200, list(combinations(range(200), 2))),
    "chain": (300, [(i, i + 1) for i in range(299)]),
    "ring and rest": (60, [(i, (i + 1) % 40) for i in range(40)]),
    "groups": (1000, grouped(1000)),
}


def marks_overlap(shown: Exploration) -> int:
    degrees = np.bincount([end for a, b, _ in weighed(shown.ties) for end in (a, b)], minlength=len(shown.things))
    radii = np.array([radius(int(degree)) for degree in degrees])
    return len(overlapping(np.array(shown.places), radii)[0]) if shown.things else 0


@pytest.mark.parametrize("shape", SHAPES)
def test_each_thing_has_a_place_of_its_own_and_no_mark_lies_on_another(shape: str) -> None:
    shown = placed(explored(*SHAPES[shape]))
    assert len(shown.places) == len(shown.communities) == len(shown.things)
    assert len(set(shown.places)) == len(shown.things)
    assert marks_overlap(shown) == 0
    assert np.isfinite(np.array(shown.places)).all()


def test_the_examples_have_room_too(exploration: Exploration) -> None:
    shown = placed(exploration)
    assert len(set(shown.places)) == len(shown.things)
    assert marks_overlap(shown) == 0


def lengths(shown: Exploration, pairs: Iterable[Pair]) -> np.ndarray:
    places, ends = np.array(shown.places), np.array(sorted(pairs))
    return np.asarray(np.sqrt(((places[ends[:, 0]] - places[ends[:, 1]]) ** 2).sum(axis=1)))


def test_ties_are_short() -> None:
    """Within a community a tie is at most a fifth as long as from a thing to any other, and most ties are within one."""
    n, pairs = SHAPES["groups"]
    shown = placed(explored(n, pairs))
    within = {(a, b) for a, b in pairs if a != b and shown.communities[a] == shown.communities[b]}
    dice = random.Random(2)
    any_two = {(dice.randrange(n), dice.randrange(n)) for _ in range(5000)}
    assert len(within) > 0.8 * len(pairs)
    assert lengths(shown, within).mean() < 0.2 * lengths(shown, any_two).mean()


def test_communities_stand_apart() -> None:
    """The thing nearest to a thing is nearly always of the same community."""
    shown = placed(explored(*SHAPES["groups"]))
    places, groups = np.array(shown.places), np.array(shown.communities)
    far = ((places[:, None] - places[None]) ** 2).sum(axis=2)
    np.fill_diagonal(far, np.inf)
    tied = groups > 0
    assert (groups[far.argmin(axis=1)] == groups)[tied].mean() > 0.99


@pytest.mark.parametrize("n", [300, 2000])
def test_the_communities_are_as_good_as_those_of_networkx(n: int) -> None:
    edges = list(weighed(explored(n, grouped(n)).ties))
    graph = nx.Graph()
    graph.add_weighted_edges_from(edges)
    found: dict[int, set[int]] = {}
    for node, group in enumerate(communities(n, edges)):
        found.setdefault(group, set()).add(node)
    found.pop(0, None)
    theirs = nx.community.louvain_communities(graph, seed=1)
    ours, reference = (nx.community.modularity(graph, some) for some in (found.values(), theirs))
    assert ours > 0.98 * reference


def test_a_register_counts_only_where_no_claim_ties_the_lower_thing() -> None:
    adopted = [Tie(0, 1, Link.ADOPTS, (0, 1, 2))]
    known = [Tie(0, 2, Link.WITHIN), Tie(3, 2, Link.WITHIN), Tie(4, 0, Link.JURISDICTION)]
    assert [(a, b) for a, b, _ in weighed(adopted + known)] == [(0, 1), (0, 4), (2, 3)]


def test_more_claims_pull_more() -> None:
    (_, _, one), (_, _, five) = weighed([Tie(0, 1, Link.ADOPTS, (0,)), Tie(0, 2, Link.ADOPTS, (1, 2, 3, 4, 5))])
    assert one < five < 5 * one


def test_the_largest_community_is_the_first_and_what_has_no_tie_is_in_none() -> None:
    pairs = [*combinations(range(3), 2), *combinations(range(3, 9), 2)]
    assert placed(explored(10, pairs)).communities == (2, 2, 2, 1, 1, 1, 1, 1, 1, 0)


def test_the_same_graph_gives_the_same_places_whatever_the_seed_of_hashes() -> None:
    told = "from tests.explorer.test_layout import *; s = placed(explored(*SHAPES['groups'])); print(s.places, s.communities)"
    seeds = ("0", "7")
    runs = {
        subprocess.run(
            [sys.executable, "-c", told], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in seeds
    }
    assert len(runs) == 1
    assert len(runs.pop()) > 10_000


def test_a_shaken_sum_changes_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processors differ in the last bit of a sum of floats; the picture does not."""
    from kg.views import forces

    steady = placed(explored(*SHAPES["groups"]))
    exact = forces.field
    monkeypatch.setattr(forces, "field", lambda *given: exact(*given) * (1 + 2e-16))
    assert placed(explored(*SHAPES["groups"])).places == steady.places
