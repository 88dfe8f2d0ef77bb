"""An inferred network, edge by edge in the order of inference, and the parent of each event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from kg.diffusion.cascades import Floats, Ints
from kg.diffusion.inference.delays import Delay

Ties = Literal["strict", "interval"]
Compat = Literal["", "NetworkInference-1.2.5", "snap"]


class Edge(NamedTuple):
    """Adoptions of `origin` are followed by `destination` (both numbers of units)."""

    origin: int
    destination: int
    gain: float  # in log likelihood, when it was added
    p_value: float | None = None  # Vuong's test of the network with against without it
    p_value_shipped: float | None = None  # as NetworkInference 1.2.5 computes it
    cascades: int = 0  # in which it is the way to the destination, in the final network


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The edges in order of inference, and what they explain."""

    units: tuple[str, ...]
    edges: tuple[Edge, ...]
    parent: Ints  # (E,) the event that each event follows, most probably; -1 where it follows none
    score: Floats  # (E,) its log likelihood, averaged over orders; 0 where an event can follow none
    delay: Delay
    ties: Ties
    initial: float  # log likelihood of the empty network
    touched: tuple[Ints, ...] = ()  # of each edge the cascades that gained when it was added
    compat: Compat = ""

    @property
    def log_likelihood(self) -> float:
        """Of all events, each given its parent."""
        return float(self.score.sum())

    def named(self, edge: Edge) -> tuple[str, str]:
        """The names of origin and destination."""
        return self.units[edge.origin], self.units[edge.destination]
