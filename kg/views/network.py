"""NetworkView → one interactive HTML page of who adopted, issued, carried out and learned what; opens offline.

pyvis collects the nodes, edges and options that vis-network draws; the page around them is ours (`viz/network.html`),
because the templates of pyvis ask other servers for files and run markup that a document brings along.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.model import Kind
from kg.views.budget import around, within_budget
from kg.views.layout import positions
from kg.views.page import data_block, fill, script
from kg.views.records import DIFFUSION, STRUCTURE, ClaimView, Edge, Link, NetworkView, Node
from kg.views.words import CLAIMS, DATE_KINDS, KINDS, LINKS, STATUSES, text_width, wrap, year_text

BUDGET = 300
LINE, LINES = 20, 2  # columns and lines of a name in the picture
COLUMN, LINE_HEIGHT = 6.6, 16  # pixels at natural size


@dataclass(frozen=True, slots=True)
class Mark:
    """How a kind of node looks. Colours: Okabe and Ito, told apart by colour-blind readers too."""

    shape: str
    color: str


MARKS = {
    Kind.PROGRAM: Mark("diamond", "#E69F00"),
    Kind.PLACE: Mark("dot", "#0072B2"),
    Kind.POLICY_DOCUMENT: Mark("square", "#56B4E9"),
    Kind.AGENCY: Mark("triangle", "#009E73"),
    Kind.ORGANIZATION: Mark("hexagon", "#CC79A7"),
    Kind.TARGET_GROUP: Mark("triangleDown", "#8C8C8C"),
}
SAID, ACT, OTHER, KNOWN = "#D55E00", "#4D4D4D", "#9A9A9A", "#D9D9D9"
DASHES: dict[str, bool | list[int]] = {"Planned": [7, 5], "Started": [14, 4], "Ended": [2, 4], "": False}
WIDTHS = {"Planned": 1.3, "Started": 1.4, "Ongoing": 1.5, "Completed": 2.6, "Ended": 1.4, "": 0.8}
FURTHEST = ("", "Planned", "Started", "Ongoing", "Completed", "Ended")
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "keyboard": False,  # that of vis-network takes the focus from the search box whenever the mouse passes
        "tooltipDelay": 120,
        "multiselect": False,
    },
    "nodes": {"borderWidth": 1.5, "font": {"size": 1, "color": "rgba(0,0,0,0)"}},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
        "font": {"size": 1, "color": "rgba(0,0,0,0)", "strokeWidth": 0},
        "smooth": {"enabled": False},
        "selectionWidth": 1.5,
        "hoverWidth": 0.8,
    },
}


def network_html(view: NetworkView, focus: str | None = None, depth: int = 1, budget: int = BUDGET) -> str:
    """The page. `focus` names a place or programme and keeps what is within `depth` steps; QueryError if unknown."""
    if focus:
        view = around(view, focus, depth)
    view = network_shown(view, budget)
    return fill(
        "network.html",
        texts={"title": view.title, "counts": network_counts(view), "hidden": _hidden(view)},
        markup={"data": network_data(view)},
        scripts=(script("vendor", "vis-network.min.js"), script("network.js")),
    )


def network_shown(view: NetworkView, budget: int = BUDGET) -> NetworkView:
    """What the page has room for, in the order in which it numbers the nodes."""
    return _in_order(within_budget(view, budget))


def network_data(view: NetworkView, pages: Mapping[str, str] | None = None) -> str:
    """The data block of the page; `pages` are the base of the things that have pages and the path of these on a server."""
    told = {"words": _words(), "info": _info(view)} | ({"pages": dict(pages)} if pages else {})
    return data_block(_drawing(view) | told)


def _in_order(view: NetworkView) -> NetworkView:
    return NetworkView(
        nodes=tuple(sorted(view.nodes, key=lambda n: (list(KINDS).index(n.kind), n.name, n.iri))),
        edges=tuple(sorted(view.edges, key=lambda e: (e.source, e.target, e.link))),
        title=view.title,
        total_nodes=view.total_nodes,
    )


def network_counts(view: NetworkView) -> str:
    """政策项目 25、地方 19；关系 77，主张 90 条"""
    claims = sum(len(e.claims) for e in view.edges) + sum(len(n.claims) for n in view.nodes)
    kinds = Counter(n.kind for n in view.nodes)
    listed = "、".join(f"{word} {kinds[kind]}" for kind, word in KINDS.items() if kinds[kind])
    return f"{listed}；关系 {len(view.edges)}，主张 {claims} 条" if view.nodes else "图中没有内容"


def _hidden(view: NetworkView) -> str:
    total = view.total_nodes or len(view.nodes)
    if total <= len(view.nodes):
        return ""
    return (
        f"显示 {len(view.nodes)} / {total} 个节点："
        f"优先保留联系多的政策项目和地方，其余 {total - len(view.nodes)} 个未画出。"
        f"看全部：kg view --nodes {total}；只看一个项目或地方的周围：kg view --focus 名称"
    )


def _drawing(view: NetworkView) -> dict[str, Any]:
    """What vis-network draws, gathered by pyvis."""
    from pyvis.network import Network  # takes most of a second to load

    number = {node.iri: i for i, node in enumerate(view.nodes)}
    edges = _between_nodes(view)
    degree = Counter(end for e in edges if e.link not in STRUCTURE for end in (e.source, e.target))
    marks = [_drawn_node(i, node, degree[node.iri]) for i, node in enumerate(view.nodes)]
    places = positions(
        [_size(mark) for mark in marks],
        [(number[e.source], number[e.target]) for e in edges if e.link is not Link.WITHIN],
    )
    net = Network(directed=True)
    net.nodes = [mark | {"x": x, "y": y} for mark, (x, y) in zip(marks, places, strict=True)]
    net.edges = _drawn_edges(edges, number)
    net.options = OPTIONS
    nodes, links, *_ = net.get_network_data()
    return {"nodes": nodes, "edges": links, "options": net.options}


def _between_nodes(view: NetworkView) -> list[Edge]:
    known = {n.iri for n in view.nodes}
    return [e for e in view.edges if e.source != e.target and {e.source, e.target} <= known]


def _drawn_node(i: int, node: Node, degree: int) -> dict[str, Any]:
    mark = MARKS[node.kind]
    chosen = {"background": mark.color, "border": "#1A1A1A"}
    return {
        "id": i,
        "label": "\n".join(wrap(node.name, LINE, LINES)),
        "shape": mark.shape,
        "color": {"background": mark.color, "border": "#FFFFFF", "highlight": chosen, "hover": chosen},
        "size": round(min(8 + 2.4 * degree**0.5 * 1.4, 26), 1),
        "weight": degree,
    }


def _size(mark: dict[str, Any]) -> tuple[float, float]:
    lines = mark["label"].split("\n")
    width = max(text_width(line) for line in lines) * COLUMN
    return max(width, 2 * mark["size"]), 2 * mark["size"] + 2 * LINE_HEIGHT * len(lines)


def _drawn_edges(edges: list[Edge], number: dict[str, int]) -> list[dict[str, Any]]:
    between: Counter[frozenset[str]] = Counter()
    drawn = []
    for i, edge in enumerate(edges):
        pair = frozenset((edge.source, edge.target))
        drawn.append(_drawn_edge(i, edge, number, between[pair]))
        between[pair] += 1
    return drawn


def _drawn_edge(i: int, edge: Edge, number: dict[str, int], nth: int) -> dict[str, Any]:
    said, known = edge.link in DIFFUSION, edge.link in STRUCTURE
    color = SAID if said else KNOWN if known else ACT if edge.link is Link.ADOPTS else OTHER
    status = max((c.status for c in edge.claims), key=FURTHEST.index, default="")
    width = 3.0 if said else 0.8 if known else WIDTHS.get(status, 0.8)
    bend = 0.0 if nth == 0 and not said else 0.14 * (nth + 1)
    return {
        "id": i,
        "from": number[edge.source],
        "to": number[edge.target],
        "label": _edge_label(edge),
        "color": {"color": color, "highlight": color, "hover": color},
        "width": width,
        "dashes": DASHES.get(status, False),
        "smooth": {"enabled": bool(bend), "type": "curvedCW", "roundness": round(bend, 2)},
    }


def _edge_label(edge: Edge) -> str:
    """采纳 2013; of three years and more only the first and the last."""
    years = list(dict.fromkeys(year_text(c) for c in sorted(edge.claims, key=_by_year) if c.year is not None))
    if len(years) > 2:
        years = [f"{years[0]}…{years[-1]}"]
    return " ".join(filter(None, [LINKS[edge.link], "、".join(years)]))


def _by_year(claim: ClaimView) -> tuple[bool, int, str]:
    return claim.year is None, claim.year or 0, claim.iri


def _info(view: NetworkView) -> dict[str, Any]:
    """What the side panel, the filters and the search know; the claims stand once, nodes and edges count into them."""
    claims: list[dict[str, Any]] = []

    def numbers(records: tuple[ClaimView, ...]) -> list[int]:
        start = len(claims)
        claims.extend(_claim(c) for c in sorted(records, key=_by_year))
        return list(range(start, len(claims)))

    return {
        "nodes": [
            {
                "kind": n.kind,
                "name": n.name,
                "aliases": n.aliases,
                "facts": n.facts,
                "iri": n.iri,
                "claims": numbers(n.claims),
            }
            for n in view.nodes
        ],
        "edges": [{"link": e.link, "claims": numbers(e.claims)} for e in _between_nodes(view)],
        "claims": claims,
    }


def _claim(claim: ClaimView) -> dict[str, Any]:
    return {
        "iri": claim.iri,
        "relation": CLAIMS.get(claim.relation, claim.relation),
        "says": claim.says,
        "sentence": claim.sentence,
        "file": claim.file,
        "part": claim.part,
        "from": claim.year,
        "to": claim.year_to or claim.year,
        "year": year_text(claim),
        "dated": DATE_KINDS.get(claim.date_kind, claim.date_kind) if claim.year is not None else "",
        "status": STATUSES.get(claim.status, claim.status),
        "confidence": claim.confidence,
        "rule": claim.found_by,
        "details": claim.details,
    }


def _words() -> dict[str, Any]:
    """Legend and filters, in the order in which they are shown."""
    return {
        "kinds": [
            {"id": k, "word": w, "en": str(k), "shape": MARKS[k].shape, "color": MARKS[k].color}
            for k, w in KINDS.items()
        ],
        "links": [
            {
                "id": link,
                "word": word,
                "en": str(link),
                "said": link in DIFFUSION,
                "known": link in STRUCTURE,
                "shown": link is not Link.WITHIN,
                "color": SAID
                if link in DIFFUSION
                else KNOWN
                if link in STRUCTURE
                else ACT
                if link is Link.ADOPTS
                else OTHER,
            }
            for link, word in LINKS.items()
        ],
        "statuses": [
            {
                "word": STATUSES[s],
                "en": s or "Unknown",
                "dashes": DASHES.get(s) or [],
                "width": WIDTHS[s],
            }
            for s in ("Planned", "Started", "Ongoing", "Completed", "Ended", "")
        ],
    }
