"""Nodes as charged discs → places at which edges are short and no two discs overlap: whole arrays at once, in numpy.

Every step is rounded to FINE, so that the last bit of a sum, which differs between processors, does not grow into another
picture.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Pairs = tuple[Numbers, Numbers]

FINE = 4  # decimals kept of a step, in pixels
STEPS = 120
COARSEST, FINEST = 128, 512  # cells along a side of the grid on which the charges repel
STRIDE = 0.6
ROUNDS, OFTEN = 30, 8  # of looking for what overlaps, and of moving it apart each time
NEAR = 1.3  # pairs as near as this, times their radii, may come to overlap meanwhile


def spread(places: Floats, charges: Floats, anchors: Floats, edges: Numbers, pulls: Floats, gravity: float) -> Floats:
    """Where the nodes come to rest: they repel by charge over distance, edges pull, each is drawn to its anchor.

    In the plane these forces fill a disc evenly: charges of sum Q around one anchor one of radius √(Q / gravity).
    """
    reach = math.sqrt(float(charges.sum()) / gravity)
    for step in range(STEPS):
        move = field(places, charges) + gravity * (anchors - places)
        pull = (places[edges[:, 1]] - places[edges[:, 0]]) * pulls[:, None]
        move += _summed(edges[:, 0], pull, len(places)) - _summed(edges[:, 1], pull, len(places))
        length = np.sqrt(squares(move)) + 1e-9
        most = reach * 0.15 * (1 - step / STEPS) ** 2 + 0.5
        places = np.round(
            places + move * (STRIDE / gravity * np.minimum(1.0, most * gravity / STRIDE / length))[:, None], FINE
        )
    return places


def field(places: Floats, charges: Floats) -> Floats:
    """How strongly each place is pushed by all charges: the sum of charge over distance, reckoned on a grid by convolution."""
    cells = int(min(FINEST, max(COARSEST, 2 ** math.ceil(math.log2(1.5 * math.sqrt(len(places)) + 1)))))
    low = places.min(axis=0)
    side = max(float(np.ptp(places, axis=0).max()), 1.0) / (cells - 2)
    at = (places - low) / side
    corner = at.astype(np.int64)
    part = at - corner
    spots, shares = [], []
    for dx in (0, 1):
        for dy in (0, 1):
            spots.append((corner[:, 0] + dx) * cells + corner[:, 1] + dy)
            shares.append(np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1]))
    density = sum(np.bincount(spot, share * charges, cells * cells) for spot, share in zip(spots, shares, strict=True))
    waves = np.fft.rfft2(np.reshape(density, (cells, cells)), (2 * cells, 2 * cells))
    pushed = np.zeros_like(places)
    for axis, kernel in enumerate(_kernels(cells)):
        push = np.fft.irfft2(waves * kernel)[:cells, :cells].ravel() / side
        pushed[:, axis] = sum(push[spot] * share for spot, share in zip(spots, shares, strict=True))
    return pushed


_KERNELS: dict[int, tuple[NDArray[np.complex128], NDArray[np.complex128]]] = {}


def _kernels(cells: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """x / r² and y / r² on the grid, transformed; softened within half a cell."""
    if cells not in _KERNELS:
        steps = np.fft.fftfreq(2 * cells, 1 / (2 * cells))
        x, y = steps[:, None], steps[None, :]
        square = x**2 + y**2 + 0.25
        _KERNELS[cells] = np.fft.rfft2(x / square), np.fft.rfft2(y / square)
    return _KERNELS[cells]


def apart(places: Floats, radii: Floats, rounds: int = ROUNDS) -> Floats:
    """Discs that overlap move away from each other, each by half, until none does or the rounds are over."""
    for _ in range(rounds):
        near = overlapping(places, radii * NEAR)
        if not _hits(places, radii, near).any():
            break
        for _ in range(OFTEN):
            places = _moved_apart(places, radii, near)
    return places


def _hits(places: Floats, radii: Floats, pairs: Pairs) -> NDArray[np.bool_]:
    a, b = pairs
    return np.asarray(squares(places[a] - places[b]) < (radii[a] + radii[b]) ** 2)


def _moved_apart(places: Floats, radii: Floats, near: Pairs) -> Floats:
    hits = _hits(places, radii, near)
    a, b = (ends[hits] for ends in near)
    away = places[a] - places[b]
    length = np.sqrt(squares(away))
    turn = np.stack([np.cos(a + 0.5 * b), np.sin(a + 0.5 * b)], axis=1)  # where two stand on one spot
    unit = np.where(length[:, None] > 1e-6, away / np.maximum(length, 1e-6)[:, None], turn)
    lack = (radii[a] + radii[b] - length + 0.05)[:, None] * unit
    share = (radii[b] / (radii[a] + radii[b]))[:, None]  # the smaller one moves more
    several = np.sqrt(np.maximum(np.bincount(a, minlength=len(places)) + np.bincount(b, minlength=len(places)), 1))
    pushed = _summed(a, lack * share, len(places)) - _summed(b, lack * (1 - share), len(places))
    return np.asarray(np.round(places + pushed / several[:, None], FINE))


def _summed(nodes: Numbers, moves: Floats, n: int) -> Floats:
    return np.array([np.bincount(nodes, moves[:, axis], n) for axis in (0, 1)]).T


def squares(ways: Floats) -> Floats:
    """The squared length of each."""
    return np.asarray(ways[:, 0] ** 2 + ways[:, 1] ** 2)


def overlapping(places: Floats, radii: Floats) -> Pairs:
    """The pairs of discs that overlap; the largest ones are held against all, the rest on a grid of their size."""
    great = radii > 4 * np.median(radii)
    found = [_small(places, radii, np.flatnonzero(~great))]
    found += [_with_all(places, radii, great, int(node)) for node in np.flatnonzero(great)]
    a, b = (np.concatenate([pair[end] for pair in found]) for end in (0, 1))
    return a, b


def _with_all(places: Floats, radii: Floats, great: NDArray[np.bool_], node: int) -> Pairs:
    gap = np.sqrt(squares(places - places[node])) - radii - radii[node]
    once = ~great | (np.arange(len(radii)) > node)
    others = np.flatnonzero((gap < 0) & once)
    return np.full(len(others), node), others


def _small(places: Floats, radii: Floats, nodes: Numbers) -> Pairs:
    if not len(nodes):
        return nodes, nodes
    side = 2 * float(radii[nodes].max())
    cell = np.floor((places[nodes] - places[nodes].min(axis=0)) / side).astype(np.int64)
    line = int(cell[:, 1].max()) + 2
    key = cell[:, 0] * line + cell[:, 1]
    order = np.argsort(key, kind="stable")
    nodes, key = nodes[order], key[order]
    a, b = [], []
    for step in (0, 1, line - 1, line, line + 1):
        first = np.searchsorted(key, key + step, "left") if step else np.arange(len(key)) + 1
        count = np.maximum(np.searchsorted(key, key + step, "right") - first, 0)
        one = np.repeat(np.arange(len(key)), count)
        other = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
        hit = _hits(places, radii, (nodes[one], nodes[other]))
        a.append(nodes[one[hit]])
        b.append(nodes[other[hit]])
    return np.concatenate(a), np.concatenate(b)
