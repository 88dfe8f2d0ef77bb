"""What the two peers, NetworkInference 1.2.5 (R) and SNAP's netinf (C++), do in ways of their own."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from kg.diffusion.cascades import Cascades, Floats, Ints
from kg.diffusion.inference.delays import Delay
from kg.diffusion.inference.pairs import Column, Pairs
from kg.diffusion.inference.records import Network
from kg.diffusion.inference.trees import NONE
from kg.errors import DiffusionError


class PlainPairs(Pairs):
    """Pairs scored as NetworkInference does: the density first, then the log of its half.

    Which of two edges with equal gain comes first hangs on the last bit of these sums. Raises DiffusionError where all
    densities of an event underflow to zero.
    """

    def likelihood(self, parent: Ints, child: Ints) -> tuple[Floats, Floats]:
        halves = _each(math.log, 0.5 * self._density(parent, child))
        return halves, np.ones_like(halves)

    def alone(self, column: Column, outside: float) -> Floats:
        every = np.arange(len(column.child))
        best = np.maximum.reduceat(
            self._density(self.parents(column, every), column.events[column.child]), column.first
        )
        if best.size and not best.min():
            raise DiffusionError(
                "compat NetworkInference-1.2.5: zero likelihood; a delay is so long that its density is too small for a number"
            )
        return _each(math.log, outside * best)

    def _preference(self) -> Ints:
        return np.arange(len(self.cascades.units))[::-1].copy()

    def _density(self, parent: Ints, child: Ints) -> Floats:
        time = self.cascades.time
        return density(self.delay, time[child] - time[parent])


def density(delay: Delay, dt: Floats) -> Floats:
    """As NetworkInference writes it; raises DiffusionError for the power law, which it does not have."""
    first = delay.params[0]
    if delay.model == "exponential":
        return first * _each(math.exp, -first * dt)
    if delay.model == "rayleigh":
        return dt / first**2 * _each(math.exp, -(dt**2) / (2 * first**2))
    if delay.model == "log-normal":
        spread = delay.params[1]
        return (
            1
            / (dt * spread * math.sqrt(2 * math.pi))
            * _each(math.exp, -((_each(math.log, dt) - first) ** 2) / (2 * spread**2))
        )
    raise DiffusionError("compat NetworkInference-1.2.5: has no power law; use exponential, rayleigh or log-normal")


def _each(function: Callable[[float], float], values: Floats) -> Floats:
    """The function of the C library, which numpy's does not equal to the last bit; zero gives minus infinity."""
    distinct, places = np.unique(values, return_inverse=True)
    found = [function(value) if value or function is not math.log else -math.inf for value in distinct.tolist()]
    return np.array(found)[places]


class Branch(NamedTuple):
    """One row of NetworkInference's trees; events and cascades by number."""

    parent: int
    child: int
    log_score: float
    cascade: int


def branches(network: Network, cascades: Cascades) -> tuple[Branch, ...]:
    """The trees as NetworkInference has them: where no edge leads to an event, its parent is the most probable earlier one.

    Events at the first time of their cascade have no row; of equal parents the one that stands first counts.
    """
    rows = []
    pairs = PlainPairs(cascades, network.delay, "strict")
    for unit in range(len(pairs)):
        column = pairs.column(unit)
        for place, event in enumerate(column.events.tolist()):
            parent = int(network.parent[event])
            if parent == NONE:
                of_event = np.flatnonzero(column.child == place)
                best = of_event[[int(np.argmax(column.logs[of_event]))]]
                parent = int(pairs.parents(column, best)[0])
            rows.append(Branch(parent, event, float(network.score[event]), int(cascades.cascade[event])))
    return tuple(sorted(rows, key=lambda row: row.child))


class Info(NamedTuple):
    """One row of SNAP's edge file: how many cascades an edge gained in when it was added, and its times there."""

    origin: str
    destination: str
    volume: int
    marginal_gain: float
    median_timediff: float  # the upper one of two
    average_timediff: float


def edge_info(network: Network, cascades: Cascades) -> tuple[Info, ...]:
    """The columns of SNAP's `-edge.info`, for any network."""
    places = zip(cascades.cascade.tolist(), cascades.unit.tolist(), strict=True)
    when = dict(zip(places, cascades.time.tolist(), strict=True))
    return tuple(
        _info(
            *network.named(edge),
            edge.gain,
            sorted(when[c, edge.destination] - when[c, edge.origin] for c in touched.tolist()),
        )
        for edge, touched in zip(network.edges, network.touched, strict=True)
    )


def _info(origin: str, destination: str, gain: float, times: list[float]) -> Info:
    volume = len(times)
    return Info(origin, destination, volume, gain, times[volume // 2], sum(times) / volume)
