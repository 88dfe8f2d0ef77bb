"""A named graph → SPARQL updates that put it in the place of what stood there, each small enough for any server."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import GraphError
from kg.graph.named import NamedTriples
from kg.graph.sparql_terms import for_sparql

MOST_TRIPLES = 1000  # of one update: Virtuoso 7 makes ten lines of SQL of each, and takes 10,000
MOST_BYTES = 500_000
_BLANK = re.compile(rb"^_:|^<[^>]*> <[^>]*> _:", re.MULTILINE)


def updates_of(graph: NamedTriples, most: int = MOST_TRIPLES) -> Iterator[str]:
    """The updates, to be sent one after the other; the first also empties the graph.

    GraphError where blank nodes stand in a graph of several updates: each would make new ones of them.
    """
    pieces = list(_pieces(for_sparql(graph.triples).splitlines(keepends=True), most))
    if len(pieces) > 1 and _BLANK.search(graph.triples):
        raise GraphError(f"<{graph.iri}> has blank nodes, which updates cannot carry over; kg build writes none")
    emptied = f"CLEAR SILENT GRAPH <{graph.iri}> ;\n"
    for piece in pieces:
        yield f"{emptied}INSERT DATA {{ GRAPH <{graph.iri}> {{\n{piece.decode('utf-8')}}} }}"
        emptied = ""


def drop_of(graph: str) -> str:
    """The update that removes a graph; CLEAR for those servers that drop only what they were told to create."""
    return f"CLEAR SILENT GRAPH <{graph}> ;\nDROP SILENT GRAPH <{graph}>"


def _pieces(lines: list[bytes], most: int) -> Iterator[bytes]:
    """Lines together, up to so many and so many bytes; a longer line goes alone."""
    piece: list[bytes] = []
    size = 0
    for line in lines:
        if piece and (len(piece) == most or size + len(line) > MOST_BYTES):
            yield b"".join(piece)
            piece, size = [], 0
        piece.append(line)
        size += len(line)
    if piece:
        yield b"".join(piece)
