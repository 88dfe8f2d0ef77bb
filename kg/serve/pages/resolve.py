"""The path of a request → the IRI of the thing that it means, whether the path came percent-encoded or in plain Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kg.graph.iris import segment

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

_PIECE = re.compile(r"(?:[^%/]|%(?![0-9A-Fa-f]{2}))+")


def thing_at(graph: PolicyGraph, path: str) -> str | None:
    """The thing at `place/210200` below the base; None where the graph says nothing of one."""
    for spelt in dict.fromkeys(_spellings(path)):
        if spelt and graph.query(f"ASK {{ <{graph.base}{spelt}> ?property ?value }}").truth:
            return graph.base + spelt
    return None


def _spellings(path: str) -> Iterator[str]:
    """The ways in which an IRI may write the path, the most literal first; each is a valid end of an IRI.

    A server hands on `program/a/b` for what was `program/a%2Fb` in the address and is `program/a%2Fb` in the IRI.
    """
    yield _PIECE.sub(lambda piece: segment(piece[0]), path)
    for read in (path, unquote(path)):
        kind, _, name = read.partition("/")
        yield f"{segment(kind)}/{segment(name)}"
        yield "/".join(map(segment, read.split("/")))
