"""So many units → governments in provinces, and a network planted among them.

Three kinds of edges, after what the literature on policy diffusion holds to be usual: a province's capital is followed by
its other units, a unit by its nearest neighbours of the same province, and a few national leaders by capitals everywhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from kg.diffusion.adoptions import Unit
from kg.diffusion.cascades import Floats, Ints
from kg.errors import DiffusionError
from kg.model import Level

FOLLOWERS = 0.5  # share of capitals that follow a national leader
AREA = 4.0  # degrees across a province
GRID = 6  # provinces side by side


@dataclass(frozen=True, slots=True)
class Planted:
    """Units and the edges among them, by number, sorted."""

    units: tuple[Unit, ...]
    edges: tuple[tuple[int, int], ...]
    province: Ints  # (N,)
    leaders: tuple[int, ...]


def planted_network(
    units: int, provinces: int | None = None, *, neighbours: int = 2, leaders: int = 3, seed: int = 0
) -> Planted:
    """`units` cities in `provinces` (about eleven each where it is not given), the first of each province its capital.

    Each unit is followed by its `neighbours` nearest ones. Raises DiffusionError where a number is out of range.
    """
    whole = max(1, round(units / 11)) if provinces is None else provinces
    if units < 2 or not 1 <= whole <= units:
        raise DiffusionError(f"{units} units in {whole} provinces: takes at least two units, and one for each province")
    if neighbours < 0 or not 0 <= leaders <= whole:
        raise DiffusionError(
            f"{neighbours} neighbours, {leaders} leaders: not negative, and no more leaders than provinces"
        )
    rng = np.random.default_rng(seed)
    province = np.sort(np.concatenate([np.arange(whole), rng.integers(0, whole, units - whole)]))
    capitals = np.searchsorted(province, np.arange(whole))
    corner = np.stack([province % GRID, province // GRID], axis=1) * AREA
    at = np.array([90.0, 22.0]) + corner + rng.random((units, 2)) * AREA
    chosen = tuple(sorted(rng.choice(capitals, leaders, replace=False).tolist()))
    edges = {(int(capitals[p]), unit) for unit, p in enumerate(province.tolist()) if unit != capitals[p]}
    edges |= _neighbours(at, province, neighbours)
    edges |= {
        (leader, int(capital))
        for leader in chosen
        for capital in capitals[rng.random(whole) < FOLLOWERS]
        if leader != capital
    }
    return Planted(_units(at, province, capitals), tuple(sorted(edges)), province, chosen)


def _neighbours(at: Floats, province: Ints, count: int) -> set[tuple[int, int]]:
    """From each unit to those nearest to it in its province."""
    found = set()
    for number in range(int(province.max()) + 1):
        mine = np.flatnonzero(province == number)
        apart = np.square(at[mine][:, None] - at[mine][None]).sum(axis=2)
        np.fill_diagonal(apart, math.inf)
        for origin, row in zip(
            mine, np.argsort(apart, axis=1, kind="stable")[:, : min(count, len(mine) - 1)], strict=True
        ):
            found |= {(int(origin), int(mine[place])) for place in row}
    return found


def _units(at: Floats, province: Ints, capitals: Ints) -> tuple[Unit, ...]:
    width = len(str(len(province)))
    return tuple(
        Unit(
            id=f"u{number:0{width}d}",
            name=f"u{number:0{width}d}",
            level=Level.PREFECTURE,
            superior=f"p{of:0{width}d}",
            province=f"p{of:0{width}d}",
            lon=round(float(at[number, 0]), 4),
            lat=round(float(at[number, 1]), 4),
        )
        for number, of in enumerate(province.tolist())
    )
