"""How long an adoption takes to be followed → log density at an exact delay, log probability between two intervals.

Gomez-Rodriguez, Leskovec and Krause (2012, ACM TKDD 5(4)) use the exponential, the power law and the Rayleigh model;
Desmarais, Harden and Boehmke (2015, APSR 109(2)) and their NetworkInference add the log-normal.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from kg.diffusion.cascades import Floats
from kg.errors import DiffusionError

Model = Literal["exponential", "rayleigh", "log-normal", "power-law"]
MODELS: tuple[Model, ...] = get_args(Model)
SIZES: dict[Model, tuple[int, ...]] = {"exponential": (1,), "rayleigh": (1,), "log-normal": (2,), "power-law": (1, 2)}
NODES, WEIGHTS = np.polynomial.legendre.leggauss(20)
AT_ONCE = 1 << 15  # rows of the quadrature


@dataclass(frozen=True, slots=True)
class Delay:
    """The distribution of the time from an adoption to the one that it brings about.

    exponential (rate), rayleigh (scale), log-normal (mean and standard deviation of the log), power-law (exponent above
    1, shortest delay: 1 where not given). Raises DiffusionError where a parameter is missing or out of range.
    """

    model: Model
    params: tuple[float, ...]

    def __post_init__(self) -> None:
        if self.model not in SIZES:
            raise DiffusionError(f"delay {self.model}: not known; there are {', '.join(MODELS)}")
        if len(self.params) not in SIZES[self.model]:
            wanted = " or ".join(map(str, SIZES[self.model]))
            raise DiffusionError(f"delay {self}: takes {wanted} parameters, not {len(self.params)}")
        least = 1.0 if self.model == "power-law" else 0.0
        positive = self.params[1:] if self.model == "log-normal" else self.params[:1]
        if not all(map(math.isfinite, self.params)) or min(positive) <= least or min(self.params[1:], default=1) <= 0:
            raise DiffusionError(f"delay {self}: a parameter is out of range")

    def __str__(self) -> str:
        return f"{self.model}:{','.join(f'{value:.6g}' for value in self.params)}"

    def log_density(self, dt: Floats) -> Floats:
        """The log density at each delay; minus infinity where a delay is impossible (all that are not positive)."""
        first = self.params[0]
        with np.errstate(divide="ignore", invalid="ignore"):
            if self.model == "exponential":
                at = math.log(first) - first * dt
            elif self.model == "rayleigh":
                at = np.log(dt) - 2 * math.log(first) - np.square(dt / first) / 2
            elif self.model == "log-normal":
                logs = np.log(dt)
                spread = self.params[1]
                at = -np.square((logs - first) / spread) / 2 - logs - math.log(spread) - math.log(2 * math.pi) / 2
            else:
                at = math.log((first - 1) / self.shortest) - first * np.log(dt / self.shortest)
        possible = dt >= self.shortest if self.model == "power-law" else dt > 0
        return np.where(possible, at, -np.inf)

    @property
    def shortest(self) -> float:
        """The shortest possible delay: zero in all models but the power law."""
        return 0.0 if self.model != "power-law" else self.params[1] if len(self.params) > 1 else 1.0

    def log_mass(self, gap: Floats, parent: Floats, child: Floats) -> Floats:
        """The log probability that an adoption at some time of the parent's interval is followed in the child's.

        `gap` is the end of the child's interval less the end of the parent's; `parent` and `child` are their widths. The
        parent's time is uniform within its interval. Where a width is zero its end is the time; where the child's is,
        the answer is a log density.
        """
        out = np.empty(len(gap))
        for start in range(0, len(gap), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            out[part] = self._log_mass(gap[part], parent[part], child[part])
        return out

    def _log_mass(self, gap: Floats, parent: Floats, child: Floats) -> Floats:
        """Gauss–Legendre over the trapezium that the difference of two uniform times has as its density.

        In logs, so that a delay of centuries does not vanish; the pieces break where the trapezium does and at the
        shortest possible delay.
        """
        least, most = gap - child, gap + parent
        short, long = np.minimum(parent, child), np.maximum(parent, child)
        breaks = np.maximum(np.stack([least, least + short, least + long, most], axis=1), self.shortest)
        half = np.diff(breaks, axis=1)[:, :, None] / 2
        at = breaks[:, :-1, None] + half * (1 + NODES)
        rise = np.minimum(at - least[:, None, None], most[:, None, None] - at)
        with np.errstate(divide="ignore", invalid="ignore"):
            height = np.where(short > 0, np.minimum(rise, short[:, None, None]).T, 1.0).T
            share = height / np.where(parent > 0, parent, 1.0)[:, None, None]
            logs = np.log(share * half * WEIGHTS) + self.log_density(at)
        exact = (long == 0)[:, None]
        logs = np.where(exact, -np.inf, logs.reshape(len(gap), -1))
        logs[:, :1] = np.where(exact, self.log_density(gap)[:, None], logs[:, :1])
        return _log_sum(logs)


def parsed_delay(text: str) -> tuple[Model, Delay | None]:
    """`exponential:0.5`, `log-normal:1,1` → the model and the delay; of `exponential` alone, whose rate is to be estimated.

    Raises DiffusionError where it is none.
    """
    name, colon, values = text.partition(":")
    models = [model for model in MODELS if model == name]
    if not models:
        raise DiffusionError(f"delay {text}: not known; there are {', '.join(MODELS)}, as in exponential:0.5")
    if not colon:
        return models[0], None
    try:
        params = tuple(float(value) for value in values.split(","))
    except ValueError:
        raise DiffusionError(f"delay {text}: give numbers, as in exponential:0.5 or log-normal:1,1") from None
    return models[0], Delay(models[0], params)


def _log_sum(logs: Floats) -> Floats:
    """log Σ exp of each row, minus infinity where all are."""
    top: Floats = logs.max(axis=1)
    safe = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        total: Floats = np.log(np.exp(logs - safe[:, None]).sum(axis=1)) + safe
    return total
