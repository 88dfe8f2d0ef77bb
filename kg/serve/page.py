"""The name of a page → the page, as `kg.serve.pages` draws it; without that package a plain one that says where to ask."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

PLAIN = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>policy-kg</title>
<h1>policy-kg</h1>
<p>SPARQL: <a href="/sparql">/sparql</a>. One named graph: <code>/store?graph=IRI</code>. State: <a href="/health">/health</a>.</p>
</html>
"""


class Rendered(NamedTuple):
    """A page as it goes out."""

    media: str
    text: str
    status: int = 200


def render(graph: PolicyGraph, name: str, args: dict[str, str]) -> Rendered | None:
    """The page of this name; None where there is none."""
    if find_spec("kg.serve.pages") is None:
        return Rendered("text/html; charset=utf-8", PLAIN) if name in ("home", "query") else None
    return cast(Rendered | None, import_module("kg.serve.pages").render(graph, name, args))
