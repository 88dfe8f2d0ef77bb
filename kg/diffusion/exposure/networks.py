"""Units, or pairs of them → who looks at whom: same province, same superior, near in kilometres, or edges that are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from kg.diffusion.adoptions import Unit
from kg.diffusion.cascades import Floats, Ints
from kg.diffusion.curves.kaplan_meier import Flags
from kg.errors import DiffusionError

EARTH = 6371.0088  # km, mean radius (IUGG)
ROWS = 500  # of the table of distances at a time


@dataclass(frozen=True, slots=True, eq=False)
class PlaceNetwork:
    """Row i, column j of `weights` is above 0 where unit i looks at unit j; nobody looks at itself."""

    units: tuple[str, ...]  # ids, in the order of rows and columns
    weights: csr_array
    name: str

    @property
    def has_neighbours(self) -> Flags:
        """(n,) whether each unit looks at anybody."""
        found: Flags = np.asarray(self.weights.sum(axis=1)).ravel() > 0
        return found

    def only(self, units: Sequence[str]) -> PlaceNetwork:
        """The network among these units, in this order; those that it does not know look at nobody."""
        numbers = {unit: number for number, unit in enumerate(self.units)}
        known = [number for number, unit in enumerate(units) if unit in numbers]
        chosen = [numbers[units[number]] for number in known]
        part = self.weights[chosen][:, chosen].tocoo()
        places = np.array(known, dtype=np.int64)
        return _network(units, places[part.row], places[part.col], part.data, self.name)


def _network(units: Iterable[str], rows: Ints, columns: Ints, weights: Floats, name: str) -> PlaceNetwork:
    """Loops fall out; of a pair that is named twice the weights are added."""
    names = tuple(units)
    keep = rows != columns
    shape = (len(names), len(names))
    table = csr_array((weights[keep].astype(np.float64), (rows[keep], columns[keep])), shape=shape)
    table.sum_duplicates()
    return PlaceNetwork(names, table, name)


def same_province(units: Sequence[Unit]) -> PlaceNetwork:
    """Every unit looks at the others of its level in its province."""
    return _alike(units, lambda unit: (unit.province, unit.level) if unit.province else None, "same province")


def same_superior(units: Sequence[Unit]) -> PlaceNetwork:
    """Every unit looks at the others directly under its superior."""
    return _alike(units, lambda unit: unit.superior or None, "same superior")


def _alike(units: Sequence[Unit], key: Callable[[Unit], Hashable | None], name: str) -> PlaceNetwork:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        if (group := key(unit)) is not None:
            groups[group].append(number)
    rows = [np.repeat(members, len(members)) for members in groups.values()]
    columns = [np.tile(members, len(members)) for members in groups.values()]
    return _from_pairs(units, rows, columns, name)


def superiors(units: Sequence[Unit]) -> PlaceNetwork:
    """Every unit looks at its superior."""
    numbers = {unit.id: number for number, unit in enumerate(units)}
    pairs = [(number, numbers[unit.superior]) for number, unit in enumerate(units) if unit.superior in numbers]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return _from_pairs(units, [table[:, 0]], [table[:, 1]], "superior")


def _from_pairs(units: Sequence[Unit], rows: list[Ints], columns: list[Ints], name: str) -> PlaceNetwork:
    row = np.concatenate([np.empty(0, dtype=np.int64), *rows])
    column = np.concatenate([np.empty(0, dtype=np.int64), *columns])
    return _network([unit.id for unit in units], row, column, np.ones(len(row)), name)


def nearest(units: Sequence[Unit], count: int) -> PlaceNetwork:
    """Every unit looks at the `count` nearest by great circle; of equally near ones, at the first by id."""
    if count < 1:
        raise DiffusionError(f"nearest:{count}: ask for at least one neighbour")
    return _by_distance(units, f"nearest {count}", lambda apart, ranks: _first_of_row(apart, ranks, count))


def within(units: Sequence[Unit], kilometres: float) -> PlaceNetwork:
    """Every unit looks at all others not farther than this by great circle."""
    return _by_distance(units, f"within {kilometres:g} km", lambda apart, _: apart <= kilometres)


def _first_of_row(apart: Floats, ranks: Ints, count: int) -> Flags:
    """Which columns are the nearest of each row; of equally near ones those of the lowest rank."""
    order = np.lexsort((np.broadcast_to(ranks, apart.shape), apart), axis=1)[:, :count]
    chosen = np.zeros(apart.shape, dtype=np.bool_)
    np.put_along_axis(chosen, order, True, axis=1)
    return chosen & np.isfinite(apart)


def _by_distance(units: Sequence[Unit], name: str, choose: Callable[[Floats, Ints], Flags]) -> PlaceNetwork:
    """The ties that `choose` takes from some rows of the table of distances; a unit without coordinates has none."""
    at = {number: (unit.lon, unit.lat) for number, unit in enumerate(units) if None not in (unit.lon, unit.lat)}
    if not at:
        raise DiffusionError(f"{name}: no unit has coordinates; give the columns lon and lat")
    placed = np.array(list(at), dtype=np.int64)
    ranks = np.argsort(np.argsort([units[number].id for number in at], kind="stable"), kind="stable")
    sphere = np.radians(np.array(list(at.values()), dtype=np.float64))
    rows, columns = [], []
    for start in range(0, len(placed), ROWS):
        apart = great_circle(sphere[start : start + ROWS], sphere)
        own = np.arange(len(apart))
        apart[own, start + own] = np.inf
        row, column = np.nonzero(choose(apart, ranks))
        rows.append(placed[start + row])
        columns.append(placed[column])
    return _from_pairs(units, rows, columns, name)


def great_circle(some: Floats, others: Floats) -> Floats:
    """Kilometres between every row of (lon, lat) in radians of the one and of the other (haversine)."""
    lon = some[:, None, 0] - others[None, :, 0]
    lat = some[:, None, 1] - others[None, :, 1]
    across = np.cos(some[:, None, 1]) * np.cos(others[None, :, 1]) * np.sin(lon / 2) ** 2
    apart: Floats = 2 * EARTH * np.arcsin(np.sqrt(np.clip(np.sin(lat / 2) ** 2 + across, 0, 1)))
    return apart


def given(units: Sequence[str], pairs: Iterable[tuple[str, str]], name: str, *, directed: bool = False) -> PlaceNetwork:
    """The network of pairs of ids. Directed: (origin, destination), the destination looks at the origin."""
    numbers = {unit: number for number, unit in enumerate(units)}
    known = {(numbers[one], numbers[other]) for one, other in pairs if one in numbers and other in numbers}
    if not directed:
        known |= {(other, one) for one, other in known}
    table = np.array(sorted(known), dtype=np.int64).reshape(-1, 2)
    return _network(units, table[:, 1], table[:, 0], np.ones(len(table)), name)
