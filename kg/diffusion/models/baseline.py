"""How long a unit has been at risk → columns of the baseline hazard of a discrete-time model.

Beck, Katz and Tucker (1998) ask for duration dummies or splines, Carter and Signorino (2010) for a cubic polynomial;
log duration is a Weibull-like hazard. All are in Box-Steffensmeier and Jones (2004), chapter 5.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kg.diffusion.cascades import Floats
from kg.errors import DiffusionError

BASELINES = ("log", "linear", "quadratic", "cubic", "spline", "dummies", "none")
TOLD = {
    "log": "log duration",
    "linear": "duration",
    "quadratic": "duration, squared",
    "cubic": "duration, squared, cubed",
    "spline": "restricted cubic spline",
    "dummies": "duration dummies",
    "none": "constant",
}
KNOTS = (0.05, 0.35, 0.65, 0.95)  # Harrell (2015), table 2.3


def baseline_columns(duration: Floats, kind: str) -> Iterator[tuple[str, Floats]]:
    """The columns beside the intercept, by name."""
    if kind == "log":
        yield "log(duration)", np.log(duration)
    elif kind in ("linear", "quadratic", "cubic"):
        for power in range(1, ("linear", "quadratic", "cubic").index(kind) + 2):
            yield "duration" if power == 1 else f"duration^{power}", duration**power
    elif kind == "spline":
        yield from _spline(duration)
    elif kind == "dummies":
        for level in np.unique(duration)[1:]:
            yield f"duration={level:g}", (duration == level).astype(np.float64)
    elif kind != "none":
        raise DiffusionError(f"no baseline {kind!r}; there are {', '.join(BASELINES)}")


def _spline(duration: Floats) -> Iterator[tuple[str, Floats]]:
    """Restricted cubic spline, linear beyond the outer knots, which are quantiles (Harrell 2015, 2.4.5)."""
    yield "duration", duration
    knots = np.unique(np.quantile(duration, KNOTS))
    if len(knots) < 3:
        return
    last, second = knots[-1], knots[-2]

    def cubed(knot: float) -> Floats:
        return np.maximum(duration - knot, 0.0) ** 3

    for number, knot in enumerate(knots[:-2], 1):
        bend = cubed(knot) - (cubed(second) * (last - knot) - cubed(last) * (second - knot)) / (last - second)
        yield f"spline {number}", bend / (last - knots[0]) ** 2
