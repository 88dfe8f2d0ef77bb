"""Passages → evidence that one place copied from another: edges, for each programme that the copied words name.

That a text repeats an earlier one in rare words is implied by both documents; where it also names the earlier text, it
says so. A common source stands for an edge from the source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kg.diffusion.reuse.records import Kind, Passage, Reuse, Text


class Grounds(StrEnum):
    """What an edge rests on, the surest first."""

    SAID = "said"  # the later text names the earlier one by its title
    IMPLIED = "implied"  # it has its words


@dataclass(frozen=True, slots=True)
class ReuseEdge:
    """One place has words of another; `program` is empty where the words name none."""

    origin: str  # IRI of a place
    destination: str
    program: str  # IRI
    year: int | None  # of the first text that has the words of the other place
    grounds: Grounds
    score: float  # of all passages together
    passages: tuple[Passage, ...] = field(repr=False)  # the strongest first


def reuse_edges(found: Reuse) -> tuple[ReuseEdge, ...]:
    """The edges for which the dates tell the direction, the strongest first. A passage that has a source older than both
    texts speaks for no edge between them: the passages with that source do."""
    together: dict[tuple[str, str, str], list[Passage]] = defaultdict(list)
    for passage in found.passages:
        if passage.directed and passage.kind is not Kind.COMMON and not passage.source:
            for program in passage.programs or ("",):
                together[passage.origin, passage.destination, program].append(passage)
    edges = (_edge(*ends, passages, found.text) for ends, passages in together.items())
    return tuple(sorted(edges, key=lambda e: (-e.score, e.origin, e.destination, e.program)))


def _edge(
    origin: str, destination: str, program: str, passages: Iterable[Passage], text: Mapping[str, Text]
) -> ReuseEdge:
    ordered = tuple(sorted(passages, key=lambda p: p.order))
    years = [year for p in ordered if (year := text[p.later].year) is not None]
    grounds = Grounds.SAID if any(p.cited for p in ordered) else Grounds.IMPLIED
    score = round(sum(p.score for p in ordered), 2)
    return ReuseEdge(origin, destination, program, min(years, default=None), grounds, score, ordered)
