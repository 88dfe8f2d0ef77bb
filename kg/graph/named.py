"""graph.nq → its named graphs one after the other, each as N-Triples; only one is held in memory."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import GraphError
from kg.graph.iris import REFERENCE

# A line as kg build writes it: subject, predicate and object, then the graph.
_QUAD = re.compile(rb'((?:<[^<>\s]*>|_:\S+) <[^<>\s]*> (?:<[^<>\s]*>|_:\S+|".*"\S*)) <([^<>"{}|^`\\\x00-\x20]+)> \.\n')
_AGAIN = "build the graph again: kg build DOCS --out {folder}"


@dataclass(frozen=True, slots=True)
class NamedTriples:
    """One file's graph, or that of what is known before any file is read."""

    iri: str
    triples: bytes = field(repr=False)  # N-Triples, UTF-8, a line each
    quads: int

    @property
    def sha256(self) -> str:
        """Of the triples, in hex."""
        return hashlib.sha256(self.triples).hexdigest()


def graphs_in(file: Path) -> Iterator[NamedTriples]:
    """The named graphs of an N-Quads file whose lines stand together for each graph, in order of the file.

    GraphError where a graph comes a second time, as in the graphs of older builds, and where a line is damaged.
    """
    seen: set[bytes] = set()
    graph, end, triples = b"", b"", []
    try:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if end and line.endswith(end):
                    triples.append(line[: -len(end)] + b" .\n")
                    continue
                if graph:
                    yield _named(graph, triples)
                found = _QUAD.fullmatch(line)
                if found is None:
                    raise GraphError(f"{file}:{number} is no line of a named graph; {_again(file)}")
                graph, triples = found[2], [found[1] + b" .\n"]
                end = b" <" + graph + b"> .\n"
                if graph in seen:
                    raise GraphError(
                        f"{file}:{number}: the lines of <{graph.decode('utf-8', 'replace')}> do not stand together, "
                        f"because an older policy-kg wrote them; {_again(file)}"
                    )
                seen.add(graph)
    except OSError as fault:
        raise GraphError(f"{file} cannot be read ({fault.strerror or fault}); check that you may read it") from None
    if graph:
        yield _named(graph, triples)


def base_of(graphs: Iterable[str]) -> str | None:
    """What the IRIs of these graphs start with, as far as kg build made them."""
    for iri in graphs:
        head, source, _ = iri.rpartition("source/")
        if source:
            return head
        if iri.endswith(f"/{REFERENCE}"):
            return iri.removesuffix(REFERENCE)
    return None


def _named(graph: bytes, triples: list[bytes]) -> NamedTriples:
    return NamedTriples(graph.decode("utf-8"), b"".join(triples), len(triples))


def _again(file: Path) -> str:
    return _AGAIN.format(folder=file.parent)
