"""Intervals of adoption → the nonparametric maximum likelihood estimate of when units adopt (Turnbull 1976)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from kg.diffusion.cascades import Floats
from kg.errors import DiffusionError

TOLERANCE = 1e-12  # of the conditions of Karush, Kuhn and Tucker
ROUNDS = 200
HALVINGS = 40


@dataclass(frozen=True, slots=True, eq=False)
class Npmle:
    """The mass on each innermost interval (left, right]; inside an interval the data say nothing of where it lies."""

    left: Floats  # -inf: open
    right: Floats  # inf: not by the end of observation
    mass: Floats  # sums to 1
    log_likelihood: float
    gap: float  # by how much the optimality conditions are missed: 0 is exact
    unique: bool  # whether no other distribution has the same likelihood (Gentleman & Geyer 1994)

    @property
    def survival(self) -> Floats:
        """The share that has not yet adopted, after the right end of each interval."""
        return _rest(np.cumsum(self.mass))

    def bounds(self, times: Floats) -> tuple[Floats, Floats]:
        """The lowest and highest survival at each time: mass of an interval that is under way may lie on either side."""
        begun = self.left[None, :] < times[:, None]
        ended = self.right[None, :] <= times[:, None]
        return _rest(begun @ self.mass), _rest(ended @ self.mass)


def _rest(adopted: Floats) -> Floats:
    """One minus the share; what only rounding leaves is 0."""
    left = np.clip(1 - adopted, 0, 1)
    return np.where(left < 1e-12, 0.0, left)


def npmle(lower: Floats, upper: Floats, weight: Floats | None = None) -> Npmle:
    """The estimate from intervals (lower, upper]; lower of -inf is left-censored, upper of inf right-censored.

    The support is where the likelihood can put mass (Turnbull 1976); the mass is found by the constrained Newton method
    (Wang 2007) after some steps of EM. Raises DiffusionError where an interval is empty or there are none.
    """
    if len(lower) == 0:
        raise DiffusionError("no interval of adoption: there is no unit at risk")
    if not np.all(lower < upper):
        raise DiffusionError("an interval of adoption is empty: its lower year is not before its upper year")
    ends, where = np.unique(np.column_stack((lower, upper)), axis=0, return_inverse=True)
    count = np.bincount(where.ravel(), weights=weight, minlength=len(ends))
    ends, count = ends[count > 0], count[count > 0]
    left, right = innermost(ends[:, 0], ends[:, 1])
    holds = ((ends[:, :1] <= left) & (right <= ends[:, 1:])).astype(np.float64)
    share = count / count.sum()
    mass = _polished(holds, share, _em(holds, share))
    slope = holds.T @ (share / (holds @ mass))
    tight = holds[:, slope > 1 - 1e-7]
    unique = int(np.linalg.matrix_rank(tight)) == tight.shape[1]
    has = mass > 0
    reached = float(count @ np.log(holds @ mass))
    return Npmle(left[has], right[has], mass[has], reached, _gap(slope, mass), unique)


def innermost(lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """The intervals (left, right] where a left end is followed by a right end with no other end between them."""
    lefts, rights = np.unique(lower), np.unique(upper)
    following = np.searchsorted(rights, lefts, side="right")  # of the ends at one time, right ends come first
    next_left = np.append(lefts[1:], np.inf)
    keep = rights[following] <= next_left
    return lefts[keep], rights[following[keep]]


def _em(holds: Floats, share: Floats, steps: int = 30) -> Floats:
    """Turnbull's self-consistency steps from equal masses."""
    mass = np.full(holds.shape[1], 1 / holds.shape[1])
    for _ in range(steps):
        mass = mass * (holds.T @ (share / (holds @ mass)))
    scaled: Floats = mass / mass.sum()
    return scaled


def _polished(holds: Floats, share: Floats, mass: Floats) -> Floats:
    """Newton steps to the optimum: each a non-negative least squares problem, then as much of the way as is uphill."""
    for _ in range(ROUNDS):
        slope = holds.T @ (share / (holds @ mass))
        if _gap(slope, mass) <= TOLERANCE:
            break
        better = _uphill(holds, share, mass, _newton(holds, share, mass), slope)
        if better is None:
            break
        mass = better
    return mass


def _newton(holds: Floats, share: Floats, mass: Floats) -> Floats:
    """The masses that maximise the quadratic model of the likelihood at `mass`: |S p - 2|² with p ≥ 0 and Σ p = 1.

    As Σ p = 1, it is |(S - 2) p|², and the sum is kept by one more row and by scaling the result (Dax 1990).
    """
    residual = np.sqrt(share)[:, None] * (holds / (holds @ mass)[:, None] - 2)
    system = np.vstack((residual, np.ones((1, holds.shape[1]))))
    found, _ = nnls(system, np.append(np.zeros(len(share)), 1.0))
    scaled: Floats = found / found.sum()
    return scaled


def _uphill(holds: Floats, share: Floats, mass: Floats, target: Floats, slope: Floats) -> Floats | None:
    """The furthest of mass + step · (target - mass), step = 1, ½, ¼ …, that gains (Armijo); None where none does."""
    now, gain = share @ np.log(holds @ mass), slope @ (target - mass)
    step = 1.0
    for _ in range(HALVINGS):
        tried = mass + step * (target - mass)
        reached = holds @ tried
        if np.all(reached > 0) and share @ np.log(reached) >= now + step * gain / 3 - 1e-15:
            return tried
        step /= 2
    return None


def _gap(slope: Floats, mass: Floats) -> float:
    """How far the slopes are from at most 1 everywhere, and exactly 1 where there is mass."""
    return float(max(np.max(slope) - 1, np.max(np.abs(slope - 1) * (mass > 0), initial=0.0)))
