"""A network too large for one picture → its most telling part: what several share, or what surrounds one name."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from dataclasses import replace

from kg.errors import QueryError
from kg.model import Kind
from kg.views.records import STRUCTURE, Edge, Link, NetworkView, Node

FIRST = {Kind.PLACE, Kind.PROGRAM}


def within_budget(view: NetworkView, budget: int) -> NetworkView:
    """At most `budget` nodes, none of them in the air; `total_nodes` still tells how many there are."""
    total = max(view.total_nodes or 0, len(view.nodes))
    if len(view.nodes) <= budget:
        return replace(view, total_nodes=total)
    ranked = _ranked(view)
    kept = _tied(ranked[:budget], view.edges)
    near = _neighbours(view.edges)
    for node in ranked[budget:]:
        if len(kept) == budget:
            break
        if node.claims or near[node.iri] & kept:
            kept.add(node.iri)
    return replace(_only(view, kept), total_nodes=total)


def around(view: NetworkView, name: str, depth: int = 1) -> NetworkView:
    """What stands within `depth` steps of the node called `name`; raises QueryError where none or several are."""
    start = named(view.nodes, name)
    near = _neighbours(view.edges)
    kept = {start.iri}
    for _ in range(depth):
        kept |= {other for iri in kept for other in near[iri]}
    return replace(_only(view, kept), title=f"{start.name}的周围")


def named(nodes: tuple[Node, ...], name: str) -> Node:
    """The node with this IRI, name or alias; a name counts before an alias."""
    for reading in (
        [n for n in nodes if n.iri == name],
        [n for n in nodes if n.name == name],
        [n for n in nodes if name in n.aliases],
    ):
        if len(reading) == 1:
            return reading[0]
        if reading:
            listed = "\n".join(f"  {n.name}  {n.iri}" for n in reading)
            raise QueryError(f"“{name}” names {len(reading)} things; give the IRI of one of them:\n{listed}")
    known = [label for n in nodes for label in (n.name, *n.aliases)]
    close = difflib.get_close_matches(name, known, n=5, cutoff=0.4)
    hint = f" Did you mean {'、'.join(close)}?" if close else ""
    raise QueryError(f"nothing in the graph is called “{name}”.{hint}")


def _ranked(view: NetworkView) -> list[Node]:
    """Places and programmes with several ties, then other things with several, then the rest by adopters and claims."""
    ties: Counter[str] = Counter()
    adopters: Counter[str] = Counter()
    claims: Counter[str] = Counter({n.iri: len(n.claims) for n in view.nodes})
    for edge in view.edges:
        ends = [edge.source, edge.target]
        ties.update(ends if edge.link not in STRUCTURE else [])
        adopters.update(ends if edge.link is Link.ADOPTS else [])
        claims.update(dict.fromkeys(ends, len(edge.claims)))

    def worth(node: Node) -> tuple[bool, bool, int, int, str, str]:
        iri = node.iri
        return ties[iri] < 2, node.kind not in FIRST, -adopters[iri], -claims[iri], node.name, iri

    return sorted(view.nodes, key=worth)


def _tied(nodes: list[Node], edges: tuple[Edge, ...]) -> set[str]:
    chosen = {n.iri for n in nodes}
    tied = {end for e in edges if {e.source, e.target} <= chosen for end in (e.source, e.target)}
    return {n.iri for n in nodes if n.claims or n.iri in tied}


def _neighbours(edges: tuple[Edge, ...]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.link not in STRUCTURE:
            near[edge.source].add(edge.target)
            near[edge.target].add(edge.source)
    return near


def _only(view: NetworkView, kept: set[str]) -> NetworkView:
    return replace(
        view,
        nodes=tuple(n for n in view.nodes if n.iri in kept),
        edges=tuple(e for e in view.edges if e.source in kept and e.target in kept),
    )
