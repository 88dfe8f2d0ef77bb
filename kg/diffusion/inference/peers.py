"""What the two peers, NetworkInference 1.2.5 (R) and SNAP's netinf (C++), do in ways of their own."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from kg.diffusion.cascades import Floats, Ints
from kg.diffusion.inference.delays import Delay
from kg.diffusion.inference.pairs import Column, Pairs
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
