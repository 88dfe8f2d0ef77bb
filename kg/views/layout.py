"""Nodes with the size of their labels, and edges → a place for each node: always the same, no two on one spot.

What hangs on one node alone is set around it like seeds of a sunflower, so that what several share stands free between
them. The rest is spread by forces, and boxes that still touch are moved apart. Components stand side by side.
"""

from __future__ import annotations

import math

import networkx as nx
import numpy as np

from kg.views.forces import Floats, Pairs, field

EDGE_LENGTH = 150.0
GAP = 12.0
LEAVES = 6  # from so many on they are set as seeds
SEED = 20131
TURN = math.pi * (3 - math.sqrt(5))  # the golden angle
EXACT = 400  # nodes up to which every pair is reckoned; beyond, the push is taken from a grid
ROOMY = 70  # up to so many nodes every label gets its full room; beyond, the reader zooms in


def positions(sizes: list[tuple[float, float]], edges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The centre of each node, in pixels at natural size; `sizes` are (width, height) of mark and label together."""
    if not sizes:
        return []
    graph = nx.Graph()
    graph.add_nodes_from(range(len(sizes)))
    graph.add_edges_from((a, b) for a, b in edges if a != b)
    boxes = np.array(sizes, dtype=np.float64) * max(0.45, min(1.0, ROOMY / len(sizes))) + GAP
    places = np.zeros((len(sizes), 2))
    drawn = []
    for island in sorted((sorted(c) for c in nx.connected_components(graph)), key=lambda c: (-len(c), c[0])):
        places[island] = part = _island(graph.subgraph(island), island, boxes)
        low, high = (part - boxes[island] / 2).min(axis=0), (part + boxes[island] / 2).max(axis=0)
        places[island] -= low
        drawn.append((island, high - low))
    for island, corner in _in_lines(drawn):
        places[island] += corner
    places -= (places.min(axis=0) + places.max(axis=0)) / 2
    return [(round(x), round(y)) for x, y in places.tolist()]


def _island(graph: nx.Graph, nodes: list[int], boxes: Floats) -> Floats:
    """One component: its core by forces, the leaves of each core node around it."""
    leaves = _leaves(graph, nodes)
    hung = {leaf for of_one in leaves.values() for leaf in of_one}
    core = [n for n in nodes if n not in hung]
    around = {hub: _seeds(boxes[hub], boxes[of_one]) for hub, of_one in leaves.items()}
    rooms = boxes.copy()
    for hub, seeds in around.items():
        rooms[hub] = 2 * np.abs(seeds).max(axis=0) + boxes[leaves[hub]].max(axis=0)
    inner = nx.convert_node_labels_to_integers(graph.subgraph(core), ordering="sorted")
    places = np.zeros((len(boxes), 2))
    places[core] = _apart(_spread(len(core), sorted(inner.edges()), rooms[core]), rooms[core])
    for hub, seeds in around.items():
        places[leaves[hub]] = places[hub] + seeds
    return np.asarray(places[nodes])


def _leaves(graph: nx.Graph, nodes: list[int]) -> dict[int, list[int]]:
    """Nodes of one single neighbour, by that neighbour, where there are many of them."""
    leaves: dict[int, list[int]] = {}
    for node in nodes:
        if graph.degree(node) == 1 and graph.degree(hub := next(iter(graph.neighbors(node)))) > 1:
            leaves.setdefault(hub, []).append(node)
    return {hub: of_one for hub, of_one in leaves.items() if len(of_one) >= LEAVES}


def _seeds(hub: Floats, leaves: Floats) -> Floats:
    """Places on a spiral around the hub, wider than high because labels are."""
    width, height = np.median(leaves, axis=0)
    start = math.ceil((float(np.max(hub)) / 2 + height) ** 2 / (width * height) * 2)
    return _apart(sunflower(start, len(leaves)) * np.array([width, height]) * 0.62, leaves)


def sunflower(start: float, count: int) -> Floats:
    """So many seeds from that number on: seed n stands at distance √n from the middle, its neighbours 1.5 and more from it."""
    n = start + np.arange(count)
    return np.asarray(np.stack([np.cos(n * TURN), np.sin(n * TURN)], axis=1) * np.sqrt(n)[:, None])


def _spread(n: int, edges: list[tuple[int, int]], boxes: Floats, steps: int = 400) -> Floats:
    """Forces: every pair repels by its degrees and size, every edge pulls; scaled so that the boxes find room."""
    if n == 1:
        return np.zeros((1, 2))
    places = np.random.default_rng(SEED).uniform(-1.0, 1.0, (n, 2)) * math.sqrt(n)
    ends = np.array(edges)
    size = np.sqrt(boxes.prod(axis=1))
    mass = (1.0 + np.bincount(ends.ravel(), minlength=n)) * size / np.median(size)
    for step in range(steps):
        move = mass[:, None] * (_pushed(places, mass) if n <= EXACT else field(places, mass))
        pull = (places[ends[:, 0]] - places[ends[:, 1]]) * 1.6
        np.subtract.at(move, ends[:, 0], pull)
        np.add.at(move, ends[:, 1], pull)
        move -= places * mass[:, None] * 0.25
        length = np.sqrt((move**2).sum(axis=1))[:, None] + 1e-9
        places = places + move / length * np.minimum(length / mass[:, None], 2.0 * (1 - step / steps) + 0.01)
    lengths = np.sqrt(((places[ends[:, 0]] - places[ends[:, 1]]) ** 2).sum(axis=1)) + 1e-9
    area = float(np.prod(np.ptp(places, axis=0) + 1e-9))
    room = math.sqrt(1.3 * float(boxes.prod(axis=1).sum()) / area) if n > 3 else 0.0
    return np.asarray(places * max(EDGE_LENGTH / float(np.median(lengths)), room))


def _pushed(places: Floats, mass: Floats) -> Floats:
    """How strongly each place is pushed by all masses: the sum of mass over distance."""
    x, y = (places[:, None, i] - places[None, :, i] for i in (0, 1))
    push = mass[None, :] / (x * x + y * y + 1e-3)
    return np.stack([(x * push).sum(axis=1), (y * push).sum(axis=1)], axis=1)


def _apart(places: Floats, boxes: Floats, looks: int = 50) -> Floats:
    """Boxes that overlap move away from each other, each by half, along the shorter way; they are looked for so often."""
    for _ in range(looks):
        near = _near(places, boxes)
        if not (_lack(places, boxes, near) > 0).all(axis=1).any():
            break
        for _ in range(8):
            places = _moved_apart(places, boxes, near)
    return places


def _near(places: Floats, boxes: Floats) -> Pairs:
    """The pairs of boxes that overlap or may soon do so."""
    close = np.triu(np.ones((len(places), len(places)), bool), 1)
    for i in (0, 1):
        reach = (boxes[:, None, i] + boxes[None, :, i]) / 2
        close &= np.abs(places[:, None, i] - places[None, :, i]) < 1.3 * reach
    a, b = np.nonzero(close)
    return a, b


def _lack(places: Floats, boxes: Floats, pairs: Pairs) -> Floats:
    a, b = pairs
    return np.asarray((boxes[a] + boxes[b]) / 2 - np.abs(places[a] - places[b]))


def _moved_apart(places: Floats, boxes: Floats, near: Pairs) -> Floats:
    lack = _lack(places, boxes, near)
    hit = (lack > 0).all(axis=1)
    (a, b), lack = (ends[hit] for ends in near), lack[hit]
    away = places[a] - places[b]
    sideways = lack[:, 0] <= lack[:, 1]
    several = np.sqrt(np.maximum(np.bincount(a, minlength=len(places)) + np.bincount(b, minlength=len(places)), 1))
    moved = places.copy()
    for i, along in ((0, sideways), (1, ~sideways)):
        way = np.where(away[:, i] == 0, -1.0, np.sign(away[:, i])) * (lack[:, i] * 0.5 + 0.5) * along
        moved[:, i] += (np.bincount(a, way, len(places)) - np.bincount(b, way, len(places))) / several
    return moved


def _in_lines(drawn: list[tuple[list[int], Floats]]) -> list[tuple[list[int], Floats]]:
    """Components from large to small, filling lines whose length suits a screen."""
    area = sum(float(w + 40) * float(h + 40) for _, (w, h) in drawn)
    line = max(math.sqrt(area), *(float(size[0]) for _, size in drawn), 1.0)
    placed, x, y, tallest = [], 0.0, 0.0, 0.0
    for island, (width, height) in drawn:
        if x and x + width > line:
            x, y, tallest = 0.0, y + tallest + 40, 0.0
        placed.append((island, np.array([x, y])))
        x, tallest = x + float(width) + 40, max(tallest, float(height))
    return placed
