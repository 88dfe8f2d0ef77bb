"""A history and a network of its places → for each programme the arrays that exposure is calculated of."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kg.diffusion.adoptions import History
from kg.diffusion.cascades import Floats
from kg.diffusion.curves.adoption import periods_of
from kg.diffusion.curves.kaplan_meier import Flags
from kg.diffusion.curves.risk import RiskSet, Who, between, risk_set
from kg.diffusion.exposure.exposures import adopted_by, exposure, known_by
from kg.diffusion.exposure.networks import PlaceNetwork


@dataclass(frozen=True, slots=True, eq=False)
class Diffusion:
    """One programme among the units at risk, in the order of the risk set."""

    program: str
    risk: RiskSet
    network: PlaceNetwork  # among these units: those not at risk are unknown, not non-adopters
    periods: Floats  # from the first adoption to the last
    since: float = -math.inf  # the first period that is asked for; earlier ones only make exposure

    @property
    def is_shown(self) -> Flags:
        """(T,) whether a period was asked for."""
        return self.periods >= self.since

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

    @property
    def has_neighbours(self) -> Flags:
        """(n,) whether a unit looks at anybody who is at risk."""
        return self.network.has_neighbours

    @property
    def known(self) -> Floats:
        """(n, T), as exposures.known_by."""
        return known_by(self.times, self.followed, self.periods)

    def exposure(self, *, lag: int = 0) -> Floats:
        """(n, T), as exposures.exposure, of the neighbours that are known in the period; NaN where there is none."""
        adopted = adopted_by(self.times, self.periods)
        return exposure(self.network.weights, adopted, known=self.known, lag=lag)


def diffusions(
    history: History,
    network: PlaceNetwork,
    *,
    who: Who | None = None,
    since: float | None = None,
    until: float | None = None,
) -> Iterator[Diffusion]:
    """One for each programme that somebody at risk adopted; what comes after `until` is not yet seen."""
    for program in history.programs:
        risk = between(risk_set(history, [program.id], who=who), None, until)
        periods = periods_of(risk.times)
        if periods.size:
            begun = -math.inf if since is None else since
            yield Diffusion(program.id, risk, network.only(risk.unit), periods, begun)
