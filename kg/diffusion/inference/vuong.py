"""The gains of an edge by cascade → whether the network with it is better than without it: Vuong's test.

Vuong (1989, Econometrica 57), as Desmarais, Harden and Boehmke (2015) use it: the larger network pays 1/C in each of the C
cascades; z is the mean of the differences over their standard error, p = 1 - Φ(z).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from kg.diffusion.cascades import Floats, Ints

ROUGH = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)  # Abramowitz and Stegun 7.1.26


def vuong(gains: Floats, cascades: int) -> float:
    """The p-value of an edge with these gains in some of the `cascades`, and none in the others; 1 of one cascade."""
    if cascades < 2:
        return 1.0
    total, mean = float(gains.sum()), float(gains.sum()) / cascades
    around = float(np.square(gains - mean).sum()) + (cascades - len(gains)) * mean * mean
    return upper_tail(_z(total - 1.0, around, cascades))


def _z(total: float, around: float, cascades: float) -> float:
    """`around`: the sum of squares about the mean."""
    spread = math.sqrt(max(around, 0.0) / (cascades - 1) * cascades)
    if spread > 0:
        return total / spread
    return math.copysign(math.inf, total) if total else 0.0


def upper_tail(z: float) -> float:
    """1 - Φ(z), exact to rounding even where z is large."""
    return math.erfc(z / math.sqrt(2)) / 2


def rough_upper_tail(z: float) -> float:
    """1 - Φ(z) to 7.5e-8, as NetworkInference 1.2.5 has it."""
    x = abs(z) / math.sqrt(2)
    t = 1 / (1 + 0.3275911 * x)
    polynomial = 0.0
    for factor in reversed(ROUGH):
        polynomial = (polynomial + factor) * t
    erf = 1 - polynomial * math.exp(-x * x)
    return 1 - (1 + math.copysign(erf, z)) / 2


class Shipped:
    """The p-values as NetworkInference 1.2.5 computes them: its defects are wanted here.

    1/C has single precision, Φ is a rough one, and the charge of 1/C stays in the score of a cascade until an edge touches
    it again, which gives all charges back at once.
    """

    def __init__(self, cascades: int) -> None:
        self._charge = float(np.float32(1) / np.float32(cascades)) if cascades else 0.0
        self._charged = np.zeros(cascades)

    def __call__(self, gains: Floats, cascades: Ints) -> tuple[float, float]:
        """The p-value of the next edge as shipped, and with an exact Φ and without the charges that stay."""
        count = len(self._charged)
        fair = np.full(count, -self._charge)
        fair[cascades] += gains
        shipped = fair.copy()
        shipped[cascades] += self._charged[cascades]
        self._charged += self._charge
        self._charged[cascades] = self._charge
        return _tail_of(shipped, rough_upper_tail), _tail_of(fair, upper_tail)


def _tail_of(differences: Floats, tail: Callable[[float], float]) -> float:
    count = len(differences)
    if count < 2:
        return 1.0
    around = float(np.square(differences - differences.mean()).sum())
    return tail(_z(float(differences.sum()), around, count))
