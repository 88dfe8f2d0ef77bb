"""A history and a network of its places → for each programme the arrays that exposure is calculated of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kg.diffusion.adoptions import History
from kg.diffusion.cascades import Floats
from kg.diffusion.curves.adoption import periods_of
from kg.diffusion.curves.risk import RiskSet, Who, risk_set
from kg.diffusion.exposure.exposures import adopted_by, exposure
from kg.diffusion.exposure.networks import PlaceNetwork


@dataclass(frozen=True, slots=True, eq=False)
class Diffusion:
    """One programme among the units at risk, in the order of the risk set."""

    program: str
    risk: RiskSet
    network: PlaceNetwork  # among these units: those not at risk are unknown, not non-adopters
    periods: Floats

    @property
    def units(self) -> tuple[str, ...]:
        """Ids, in the order of all arrays."""
        return self.risk.unit

    @property
    def times(self) -> Floats:
        """The upper year of each adoption; NaN where there is none."""
        return self.risk.times

    @property
    def followed(self) -> Floats:
        """Until when each non-adopter was observed; infinity of adopters."""
        return np.where(self.risk.is_adopted, np.inf, self.risk.lower)

    def exposure(self, *, lag: int = 0, normalised: bool = True) -> Floats:
        """(n, T), as exposures.exposure."""
        return exposure(self.network.weights, adopted_by(self.times, self.periods), lag=lag, normalised=normalised)


def diffusions(history: History, network: PlaceNetwork, *, who: Who | None = None) -> Iterator[Diffusion]:
    """One for each programme that somebody at risk adopted."""
    for program in history.programs:
        risk = risk_set(history, [program.id], who=who)
        periods = periods_of(risk.times)
        if periods.size:
            yield Diffusion(program.id, risk, network.only(risk.unit), periods)
