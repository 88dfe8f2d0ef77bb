"""A graph → GraphML or GEXF: one edge for each arrow, with the number of claims behind it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from kg.exports.edges import GOAL, Bundle, Node, arrows, bundles, nodes
from kg.graph.ontology import edge_labels, labels
from kg.graph.store import PolicyGraph

if TYPE_CHECKING:
    import networkx as nx

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
_GEXF = "{http://www.gexf.net/1.2draft}"


def write_graphml(graph: PolicyGraph, path: Path) -> None:
    """For Gephi, yEd, Cytoscape and igraph."""
    import networkx as nx

    nx.write_graphml(drawn(graph), path, named_key_ids=True)


def write_gexf(graph: PolicyGraph, path: Path) -> None:
    """For Gephi; without the day on which it was written."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(drawn(graph))
    for element in list(writer.xml):
        if element.tag in ("meta", f"{_GEXF}meta"):
            writer.xml.remove(element)
    writer.indent(writer.xml)
    ElementTree.ElementTree(writer.xml).write(path, encoding="utf-8", xml_declaration=True)


def drawn(graph: PolicyGraph) -> nx.MultiDiGraph[Any]:
    """Everything that an arrow begins or ends at, and the arrows; what is not known has no attribute."""
    import networkx as nx

    network: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    found = bundles(arrows(graph))
    for node in nodes(graph, {end for bundle in found for end in (bundle.start, bundle.end)}):
        network.add_node(_safe(node.id), **_told(_of_node(node)))
    for number, bundle in enumerate(found):
        network.add_edge(_safe(bundle.start), _safe(bundle.end), key=f"e{number}", **_told(_of_edge(bundle)))
    return network


def _of_node(node: Node) -> dict[str, str]:
    return {
        "label": node.name,
        "label_en": node.english,
        "kind": node.kind,
        "kind_zh": labels()[GOAL if node.kind == GOAL else node.kind],
        "level": node.level,
        "code": node.code,
        "iri": node.iri,
    }


def _of_edge(bundle: Bundle) -> dict[str, str | int | float | None]:
    first, last = bundle.first.told, bundle.last.told
    return {
        "label": edge_labels()[bundle.relation],
        "label_en": edge_labels("en")[bundle.relation],
        "relation": bundle.relation,
        "year": int(first["year"]) if "year" in first else None,
        "date_kind": first.get("dateKind"),
        "last_year": int(last["year"]) if "year" in last else None,
        "status": last.get("status"),
        "confidence": bundle.confidence,
        "claims": len(bundle.claims),
        "weight": len(bundle.claims),
    }


def _told(attributes: dict[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in attributes.items() if value not in (None, "")}
    return {name: _safe(value) if isinstance(value, str) else value for name, value in known.items()}


def _safe(text: str) -> str:
    """What XML cannot hold is shown as U+FFFD."""
    return _NO_XML.sub("\ufffd", text)
