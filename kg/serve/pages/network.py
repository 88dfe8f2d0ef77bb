"""A graph → the network page as a server shows it: the page of `kg view` with scripts from files and links to things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.resources import shipped
from kg.serve.pages.frame import THINGS, fault, page
from kg.serve.pages.rendered import Rendered
from kg.views.from_graph import network_view
from kg.views.network import network_counts, network_data, network_shown
from kg.views.page import SLOT, escape

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph
    from kg.views.records import NetworkView

MOST_STEPS = 3


def network(graph: PolicyGraph, args: dict[str, str]) -> Rendered:
    """The whole, or what lies within `depth` steps (1 to 3) of the place or programme that `focus` names."""
    focus, depth = args.get("focus", "").strip(), args.get("depth", "1").strip()
    if depth not in map(str, range(1, MOST_STEPS + 1)):
        return fault("网络图", f"depth 应为 1 到 {MOST_STEPS} 的整数，不是“{depth}”。", 400)
    try:
        view = network_shown(network_view(graph, focus or None, int(depth)))
    except QueryError as unknown:
        return fault("网络图", f"图中没有可以这样找到的“{focus}”。{unknown}", 404)
    slots = {
        "head": "",
        "title": escape(view.title),
        "counts": escape(network_counts(view)),
        "hidden": _around(view, focus, int(depth)),
        "data": network_data(view, {"base": graph.base, "path": THINGS}),
        "scripts": "",
    }
    template = shipped("viz", "network.html").read_text("utf-8").partition("</body>")[0]
    body = SLOT.sub(lambda slot: slots[slot[1]], template)
    return page(view.title, body, scripts=("/vendor/vis-network.min.js", "/pages/network.js"))


def _around(view: NetworkView, focus: str, depth: int) -> str:
    """The form that asks for the surroundings of a thing, and how much is not drawn."""
    steps = "".join(
        f'<option{" selected" if n == depth else ""} value="{n}">{n} 步</option>' for n in range(1, MOST_STEPS + 1)
    )
    total = view.total_nodes or len(view.nodes)
    hidden = f"显示 {len(view.nodes)} / {total} 个节点，联系少的未画出。" if total > len(view.nodes) else ""
    whole = '<a href="/network">看全图</a>' if focus else ""
    return (
        f'<form class="around" action="/network">{hidden}只看周围：<input type="search" name="focus" '
        f'value="{escape(focus)}" placeholder="项目或地方的名称" aria-label="项目或地方的名称"> '
        f'<select name="depth" aria-label="几步之内">{steps}</select> <button>看</button> {whole}</form>'
    )
