"""A graph → the explorer as a server shows it: the page of `kg explore` with links to the pages of things."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kg.serve.pages.frame import THINGS, fault, page
from kg.serve.pages.rendered import HTML, Rendered

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph


def explorer(graph: PolicyGraph, args: dict[str, str]) -> Rendered:
    """The whole graph on one page. It takes a while: a minute for a million statements."""
    from kg.views.explorer.from_graph import exploration_of
    from kg.views.explorer.page import explorer_html, page_policy

    text = explorer_html(exploration_of(graph), {"base": graph.base, "path": THINGS})
    return Rendered(HTML, text, policy=f"{page_policy()}; frame-ancestors 'none'")


def being_made(seconds: float, again: int) -> Rendered:
    """What a visitor sees who comes while it is made, for so many seconds now; his browser asks anew by itself."""
    body = (
        '<main class="page"><header><h1>浏览页正在准备</h1></header>'
        f'<p class="lead" role="status">整个图谱正在装入一页，已用 {math.floor(seconds)} 秒；每 {again} 秒自动再看一次。'
        "百万条陈述约需一分钟，图谱更新后的第一次访问才需要等。</p>"
        f'<p class="quiet" lang="en">The page of the whole graph is being made ({math.floor(seconds)} s so far); '
        f"this asks again every {again} seconds.</p></main>"
    )
    return page("浏览页正在准备", body, status=503)


def not_made(reason: str) -> Rendered:
    """What a visitor sees when it could not be made."""
    return fault("浏览页未能生成", f"{reason} 可用 kg explore 另行生成。", 500)
