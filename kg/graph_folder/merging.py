"""Shards, and which of their documents count → graph.nq and mentions.csv, for the greatest part by copying bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from kg.graph.iris import source_path
from kg.graph.links import Links
from kg.graph.mentions import head_of_mentions, mentions_in
from kg.graph.published import GraphWriter
from kg.graph.triples import copy_quads, kept_lines, twin_quad
from kg.graph_folder.counted import Counted
from kg.graph_folder.facts import Found, Written
from kg.graph_folder.shards import Shard, Shards
from kg.lexicons import Lexicons
from kg.model import Kind, Relation
from kg.texts.duplicates import Verdict

TWIN_PROPERTIES = {Verdict.COPY: "copyOf", Verdict.ALTERED: "alteredFrom", Verdict.SHARES: "sharesTextWith"}


class Totals:
    """Counts what was found over all documents, each thing once."""

    def __init__(self, known: frozenset[str]) -> None:
        """`known` are the ids of things that a graph of no document may tell of."""
        self.used: set[str] = set()
        self.claims: Counter[Relation] = Counter()
        self._known = known
        self._things: set[tuple[Kind, str]] = set()

    def add(self, found: Found, parts: Iterable[int]) -> None:
        """Counts what was found in these parts of a document."""
        for number in parts:
            part = found.parts[number - 1]
            self.claims.update(part.claims)
            self.used.update(part.used & self._known)
            self._things |= part.things

    @property
    def kinds(self) -> Counter[Kind]:
        return Counter(kind for kind, _ in self._things)


def known_things(lexicons: Lexicons, links: Links) -> frozenset[str]:
    """The ids of the things that the graphs of what is known beforehand, and of links, tell of where they are used."""
    places = (f"place/{place.id}" for place in lexicons.places)
    agencies = (f"agency/{agency.name}" for agency in lexicons.agencies)
    return frozenset([*places, *agencies, *(merged.into.id for merged in links.merged)])


def write_documents(
    shards: Shards, order: Iterable[Shard], counted: Counted, base: str, out: GraphWriter, mentions: IO[bytes]
) -> None:
    """Writes the graphs of all documents, and the table of their mentions."""
    twins = _twin_lines(counted, base)
    mentions.write(head_of_mentions().encode())
    for shard in order:
        for id_, written, graph in shards.graphs(shard):
            facts = counted.documents.get(id_)
            if facts is None:
                continue
            iri, table = f"{base}{source_path(id_)}", written.mentions
            if id_ in counted.repeated or id_ in twins:
                parts = counted.parts(facts)
                out.write(iri, facts.file, [*_kept(graph, written, parts), *twins.get(id_, ())])
                table = mentions_in(table, parts)
            else:
                out.copy(iri, facts.file, graph, written.quads, written.sha256)
            mentions.write(table.encode("utf-8", "replace"))
    for copy in counted.copies.values():
        lines = copy_quads(copy.file, copy.id, counted.original(copy).id, base)
        out.write(f"{base}{source_path(copy.id)}", copy.file, encoded(lines))


def _kept(graph: bytes, written: Written, parts: Sequence[int]) -> Iterator[bytes]:
    return kept_lines(graph.splitlines(keepends=True), written.stretches, parts)


def _twin_lines(counted: Counted, base: str) -> dict[str, list[bytes]]:
    """By id of the document the lines that say how its parts hang together with others."""
    lines: dict[str, list[bytes]] = {}
    for twin in counted.twins:
        mine, its = counted.documents[twin.part[0]], counted.documents[twin.of[0]]
        nodes = mine.id, mine.node(twin.part[1]), its.id, its.node(twin.of[1])
        lines.setdefault(mine.id, []).extend(encoded([twin_quad(TWIN_PROPERTIES[twin.verdict], *nodes, base)]))
    return lines


def encoded(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines as they stand in a file."""
    return (f"{line}\n".encode() for line in lines)
