"""A built graph → everything that the explorer holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.diffusion.adoptions import History
from kg.diffusion.history.from_graph import history_of_graph
from kg.diffusion.ways.way import Step
from kg.diffusion.ways.way_from_network import NetworkEdge, edges_of_table
from kg.views.explorer.asking import Asked
from kg.views.explorer.claims import claims_in, rows_of
from kg.views.explorer.facts import facts_of, things_of
from kg.views.explorer.layout import placed
from kg.views.explorer.marks import marked
from kg.views.explorer.quotes import copies_in, quotes_of, sources_of
from kg.views.explorer.records import ClaimRow, Exploration, Source
from kg.views.explorer.ties import ties_of
from kg.views.explorer.ways import ways_of

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

STEPS = 7  # of gathering, as `progress` counts them
Progress = Callable[[int, int, str], None]  # steps done, steps of all, what comes next


def exploration_of(
    graph: PolicyGraph,
    title: str = "政策扩散",
    *,
    network: Path | None = None,
    expected: Path | None = None,
    progress: Progress = lambda done, all_, what: None,
) -> Exploration:
    """The whole graph: every claim once, everything that a claim speaks of, every text that was read.

    `network` is a table of edges as `kg diffuse network` writes it, `expected` a list of the documents that should exist.
    GraphError where a number is none, DiffusionError where a table cannot be used.
    """
    asked = Asked(graph)
    progress(0, STEPS, "things")
    facts = facts_of(asked)
    progress(1, STEPS, "sentences")
    found = claims_in(asked)
    sources = sources_of(asked, found.sources)
    quotes, quote_of = quotes_of(asked, found.sources, found.evidence, {s.iri: i for i, s in enumerate(sources)})
    progress(2, STEPS, "claims")
    claims = tuple(rows_of(asked, found, quote_of, facts.kinds))
    progress(3, STEPS, "adoptions")
    history = _history(graph, expected)
    progress(4, STEPS, "ways")
    ways = ways_of(graph, history, _edges(network, history))
    progress(5, STEPS, "words of the roles")
    things = things_of(asked, facts, _used(claims, sources, history, ways))
    found_words = tuple(marked(graph, claims, sources, quotes, things))
    shown = Exploration(
        title,
        graph.base,
        things,
        sources,
        quotes,
        found_words,
        ties_of(claims, things),
        history,
        ways,
        copies=copies_in(asked),
        left_out=tuple(sorted(asked.left_out.items())),
    )
    progress(6, STEPS, "places in the network")
    return placed(shown)


def _history(graph: PolicyGraph, expected: Path | None) -> History:
    history = history_of_graph(graph)
    if expected is None:
        return history
    from kg.diffusion.history.coverage import with_expected

    return with_expected(history, expected)


def _edges(network: Path | None, history: History) -> Iterable[NetworkEdge]:
    return () if network is None else edges_of_table(network, history)


def _used(
    claims: Iterable[ClaimRow], sources: Iterable[Source], history: History, ways: Mapping[str, tuple[Step, ...]]
) -> set[str]:
    """All things that something is said of, or that something was read from."""
    used = {iri for claim in claims for _, iri in claim.roles}
    used |= {source.place for source in sources} | {unit.id for unit in history.units}
    return used | {end for steps in ways.values() for step in steps for end in (step.origin, step.destination)}
