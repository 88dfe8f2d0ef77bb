"""Names that share characters → which of them stay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter

from kg.entities.spans import Found
from kg.model import Span

_span_of = attrgetter("span")


def overlap(one: Span, other: Span) -> bool:
    """Whether they share a character."""
    return one.start < other.end and other.start < one.end


def touches(span: Span, others: Sequence[Span]) -> bool:
    """Whether the span shares a character with one of the others."""
    return any(overlap(span, other) for other in others) if others else False


def crosses(span: Span, others: Iterable[Span]) -> bool:
    """Whether the span shares characters with another, and neither holds the other."""
    return any(span.start < o.start < span.end < o.end or o.start < span.start < o.end < span.end for o in others)


def inside(span: Span, others: Iterable[Span]) -> bool:
    """Whether one of the others holds the span."""
    return any(o.start <= span.start and span.end <= o.end for o in others)


def fits(candidate: Found, known: Iterable[Found]) -> bool:
    """Whether it overlaps no name of its kind, and lies inside, around or beside every other."""
    return not any(
        overlap(candidate.span, other.span) if other.kind is candidate.kind else crosses(candidate.span, [other.span])
        for other in known
    )


def longest(found: Iterable[Found]) -> list[Found]:
    """Without those that lie inside, or overlap, a longer one."""
    found = list(found)
    if len(found) < 2:
        return found
    in_order = sorted(found, key=_span_of)
    if all(a.span.end <= b.span.start for a, b in pairwise(in_order)):
        return in_order
    kept: list[Found] = []
    for candidate in sorted(found, key=lambda f: (f.span.start - f.span.end, f.span.start)):
        if not touches(candidate.span, [k.span for k in kept]):
            kept.append(candidate)
    return sorted(kept, key=_span_of)
