"""What an edge inside the network is worth against an adoption that came from elsewhere: ours, and the peers'."""

from __future__ import annotations

import math
from typing import NamedTuple

from kg.diffusion.inference.records import Compat, Ties
from kg.errors import DiffusionError


class Rules(NamedTuple):
    """How a pair of events is scored, with and without the edge, and which of two equal edges is taken."""

    inside: float  # log of the factor of a pair whose edge is in the network
    outside: float  # log of the factor of the best pair without an edge; or, where constant, of an event without parent
    constant: bool = False  # whether an event without parent has the score `outside`, whatever its delays
    last_wins: bool = (
        False  # of edges with the same gain the one with the largest numbers is taken, else the first name
    )
    equal: float = 1e-12  # relative difference up to which gains are the same
    keeps_failed: bool = False  # whether the first edge that is not significant is reported as the last one


BACKGROUND: dict[Ties, float] = {"strict": 1e-10, "interval": 0.005}
INSIDE = math.log(0.5)
COMPAT: dict[Compat, Rules] = {
    "NetworkInference-1.2.5": Rules(0.0, 1e-10, last_wins=True, equal=0.0, keeps_failed=True),
    "snap": Rules(0.0, math.log(1e-64), constant=True, equal=0.0),
}


def rules_of(ties: Ties, compat: Compat = "", background: float | None = None) -> Rules:
    """Gomez-Rodriguez et al. (2012): a transmission has the probability 1/2 along an edge and `background` without one.

    Raises DiffusionError where there is no such peer, or a background is asked of it.
    """
    if compat:
        if compat not in COMPAT:
            raise DiffusionError(f"compat {compat}: not known; there are {', '.join(COMPAT)}")
        if background is not None:
            raise DiffusionError(f"compat {compat}: has a background of its own")
        return COMPAT[compat]
    chosen = BACKGROUND[ties] if background is None else background
    if not 0 < chosen < 0.5:
        raise DiffusionError(f"background {chosen}: must lie between 0 and 0.5")
    return Rules(INSIDE, math.log(chosen))
