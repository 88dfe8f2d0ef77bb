"""A graph → a networkx graph of its shortcuts, with what the claims behind them say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.graph.claim_lines import SHORTCUTS
from kg.graph.iris import POL
from kg.graph.ontology import edge_labels
from kg.graph.rows import Value
from kg.model import Relation

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

_NODES = """
SELECT ?thing (MIN(?type) AS ?kind) (MIN(?name) AS ?label) (MIN(?tier) AS ?level) WHERE {
  ?thing a ?type ; skos:prefLabel ?name .
  FILTER(STRSTARTS(STR(?type), STR(pol:)))
  OPTIONAL { ?thing pol:level ?tier }
} GROUP BY ?thing
"""
_GOALS = """
SELECT ?thing ?indicator ?operator ?value ?unit WHERE {
  ?thing a pol:Goal . OPTIONAL { ?thing pol:indicator ?indicator } OPTIONAL { ?thing pol:operator ?operator }
  OPTIONAL { ?thing pol:value ?value } OPTIONAL { ?thing pol:unit ?unit }
}
"""
_EDGES = """
SELECT ?subject ?object ?claim ?year ?status ?confidence ?sentence ?file WHERE {{
  ?claim a pol:{relation} ; pol:{subject} ?subject ; pol:source/pol:file ?file ; pol:evidence/pol:cleaned ?sentence .
  {object}
  OPTIONAL {{ ?claim pol:year ?year }}
  OPTIONAL {{ ?claim pol:status ?status }}
  OPTIONAL {{ ?claim pol:confidence ?confidence }}
}}
"""


_SAID = ("claim", "year", "confidence", "sentence", "file")


def network_of(graph: PolicyGraph) -> nx.MultiDiGraph[Any]:
    """Nodes carry kind, label and level; edges, keyed by claim, what it says and the sentence that says so."""
    network: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for node, attributes in sorted(_nodes(graph)):
        network.add_node(node, **attributes)
    for relation, shortcuts in SHORTCUTS.items():
        for shortcut in shortcuts:
            _add_edges(network, graph, relation, shortcut)
    return network


def _nodes(graph: PolicyGraph) -> Iterator[tuple[str, dict[str, Value]]]:
    for row in graph.query(_NODES).dicts():
        given = {name: row[name] and str(row[name]).removeprefix(POL) for name in ("kind", "label", "level")}
        yield str(row["thing"]), {name: value for name, value in given.items() if value}
    for row in graph.query(_GOALS).dicts():
        words = (row[name] or "" for name in ("indicator", "operator", "value", "unit"))
        yield str(row["thing"]), {"kind": "Goal", "label": "".join(words)}


def _add_edges(
    network: nx.MultiDiGraph[Any], graph: PolicyGraph, relation: Relation, shortcut: tuple[str, str, str]
) -> None:
    subject, predicate, object_ = shortcut
    which = f"?claim pol:{object_} ?object ." if object_ else "BIND(?claim AS ?object)"
    rows = graph.query(_EDGES.format(relation=relation, subject=subject, object=which))
    for row in sorted(rows.typed(), key=lambda row: str(row["claim"])):
        said = {
            name: row[name] for name in ("claim", "year", "confidence", "sentence", "file") if row[name] is not None
        }
        if row["status"]:
            said["status"] = str(row["status"]).removeprefix(POL)
        network.add_edge(
            row["subject"],
            row["object"],
            key=f"{row['claim']} {predicate}",
            relation=predicate,
            label=edge_labels()[predicate],
            **said,
        )
