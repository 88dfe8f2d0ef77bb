"""What a reviewer decided → the N-Quads lines of the graph of links: which thing another is, and what was refused."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field

from kg.graph.iris import BASE, SKOS, checked_base, source_path
from kg.graph.terms import ALT_LABEL, Triple, pol, text_literal, thing
from kg.reviewed.reviewer import Merged

LINKS = "links"  # the graph of merges and refusals, below the base
_EXACT_MATCH, _CHANGE_NOTE = f"<{SKOS}exactMatch>", f"<{SKOS}changeNote>"


@dataclass(frozen=True, slots=True)
class Links:
    """Merges, and what was refused in each document."""

    merged: tuple[Merged, ...] = ()
    refused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by id of the document


def links_quads(links: Links, things: Container[str], documents: Container[str], base: str = BASE) -> Iterator[str]:
    """The lines about things and documents that the graph holds, both by their ids."""
    base = checked_base(base)
    end = f" <{base}{LINKS}> ."
    for merged in links.merged:
        if merged.into.id in things:
            yield from (" ".join(triple) + end for triple in _merged_triples(merged, base))
    for document, texts in links.refused.items():
        if document in documents:
            node = f"<{base}{source_path(document)}>"
            yield from (f"{node} {pol('refused')} {text_literal(text)}{end}" for text in texts)


def _merged_triples(merged: Merged, base: str) -> Iterator[Triple]:
    old, into = thing(base, merged.id), thing(base, merged.into.id)
    yield old, _EXACT_MATCH, into
    yield old, _CHANGE_NOTE, text_literal(merged.reason)
    yield into, ALT_LABEL, text_literal(merged.name, "zh")
