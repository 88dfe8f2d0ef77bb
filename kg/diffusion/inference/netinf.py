"""Cascades → an inferred network: NetInf, with significance, under the rule of ties and the delay that are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import islice

import numpy as np

from kg.diffusion.cascades import Cascades, Floats
from kg.diffusion.inference.delays import Delay, Model
from kg.diffusion.inference.estimates import estimated_delay, peer_delay
from kg.diffusion.inference.greedy import Search, Step
from kg.diffusion.inference.pairs import Pairs
from kg.diffusion.inference.peers import PlainPairs
from kg.diffusion.inference.records import Compat, Edge, Network, Ties
from kg.diffusion.inference.rules import rules_of
from kg.diffusion.inference.trees import NONE, parents_of
from kg.diffusion.inference.vuong import Shipped, vuong
from kg.errors import DiffusionError

LEVEL = 0.05


def infer(
    cascades: Cascades,
    delay: Delay | Model | None = None,
    *,
    edges: int | None = None,
    p_value: float | None = None,
    ties: Ties = "interval",
    compat: Compat = "",
    background: float | None = None,
) -> Network:
    """The `edges` edges that explain most, or as many as come before the first with a p-value of `p_value` or more.

    Where neither is given the p-value is 0.05; where both are, the first limit counts. The parameters of a model that is
    given without any are estimated. `background` is the probability that an adoption comes from outside the network, as
    against 1/2 along an edge. A peer (`compat`) knows only strict ties. Raises DiffusionError where an argument is out
    of range.
    """
    if compat:
        ties = "strict"
    if edges is not None and edges < 0:
        raise DiffusionError(f"edges {edges}: must not be negative")
    if p_value is not None and not 0 < p_value <= 1:
        raise DiffusionError(f"p-value {p_value}: must lie between 0 and 1")
    if edges is None and p_value is None:
        p_value = LEVEL
    rules = rules_of(ties, compat, background)
    if not isinstance(delay, Delay):
        model = delay or "exponential"
        estimate = partial(estimated_delay, ties=ties, background=background)
        delay = peer_delay(cascades, model) if compat else estimate(cascades, model)
    search = Search(prepare(cascades, delay, ties, compat), rules)
    steps, found = [], []
    for step, edge in islice(_tested(search, len(cascades), compat), edges):
        fails = p_value is not None and _decisive(edge) >= p_value
        if fails and not rules.keeps_failed:
            search.undo()
            break
        steps.append(step)
        found.append(edge)
        if fails:
            break
    return _network(search, steps, found, compat)


def prepare(cascades: Cascades, delay: Delay, ties: Ties = "interval", compat: Compat = "") -> Pairs:
    """The pairs of events that runs over the same cascades share; most of the work of a run with few edges."""
    return PlainPairs(cascades, delay, ties) if compat == "NetworkInference-1.2.5" else Pairs(cascades, delay, ties)


def edges_of(
    pairs: Pairs, edges: int, weights: Floats | None = None, background: float | None = None
) -> tuple[tuple[int, int, float], ...]:
    """The first `edges` edges as (origin, destination, gain), each cascade counted as often as its weight says.

    For a bootstrap over cascades: prepare the pairs once, then only the weights differ.
    """
    search = Search(pairs, rules_of(pairs.ties, background=background), weights)
    return tuple((step.origin, step.destination, step.gain) for step in islice(search, edges))


def _tested(search: Search, cascades: int, compat: Compat) -> Iterator[tuple[Step, Edge]]:
    shipped = Shipped(cascades)
    for step in search:
        plain = Edge(step.origin, step.destination, step.gain)
        if compat == "NetworkInference-1.2.5":
            as_shipped, corrected = shipped(step.gains, step.cascades)
            yield step, plain._replace(p_value=corrected, p_value_shipped=as_shipped)
        else:
            yield step, plain._replace(p_value=vuong(step.gains, cascades))


def _decisive(edge: Edge) -> float:
    """The p-value by which the run stops."""
    return edge.p_value_shipped if edge.p_value_shipped is not None else edge.p_value or 0.0


def _network(search: Search, steps: list[Step], edges: list[Edge], compat: Compat) -> Network:
    pairs = search.pairs
    unit = pairs.cascades.unit
    parent = parents_of(search, steps)
    led = np.flatnonzero(parent != NONE)
    used = Counter(zip(unit[parent[led]].tolist(), unit[led].tolist(), strict=True))
    return Network(
        units=pairs.cascades.units,
        edges=tuple(edge._replace(cascades=used[edge.origin, edge.destination]) for edge in edges),
        parent=parent,
        score=search.score,
        delay=pairs.delay,
        ties=pairs.ties,
        initial=search.initial,
        touched=tuple(step.cascades for step in steps),
        compat=compat,
    )
