"""A graph and the name of a page → the page: what `kg serve` shows of the whole, of a thing, of a search.

Text of documents reaches a page escaped or as JSON in a data block; scripts and styles are files of viz/ (`static`), so
that the policy of the server can forbid all others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.serve.pages.rendered import HTML, Rendered

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

__all__ = ["HTML", "Rendered", "render"]

Page = Callable[["PolicyGraph", dict[str, str]], Rendered | None]


def render(graph: PolicyGraph, name: str, args: dict[str, str]) -> Rendered | None:
    """The page of a name, None where there is no such page or thing.

    home; query (`question` or `query`, and parameters: read by its script); thing (`path` below /id/, decoded or not,
    `accept` a media type); network (`focus` a name or IRI, `depth`); search (`q`); explorer. The same graph gives the same
    bytes.
    """
    page = _pages().get(name)
    return page(graph, args) if page else None


def _pages() -> dict[str, Page]:
    from kg.serve.pages.explorer import explorer
    from kg.serve.pages.home import home
    from kg.serve.pages.network import network
    from kg.serve.pages.query import query
    from kg.serve.pages.search import search
    from kg.serve.pages.thing import thing

    return {
        "home": home,
        "query": query,
        "thing": thing,
        "network": network,
        "search": search,
        "explorer": explorer,
    }
