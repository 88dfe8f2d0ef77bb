"""Stretches that two texts share → passages that tell something: rare ones, between two places, from the first who had them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.diffusion.adoptions import Unit
from kg.diffusion.reuse.records import Kind, Passage, Text

HOLDS = 0.7  # share of a passage that a third text must have to count as having it
SHORTEST_TITLE = 8  # characters of a title by which a text is cited
_ABOUT = re.compile(r"关于.+")
_SIGNS = re.compile(r"[\s《》〈〉“”‘’（）()]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch that two texts share, before it is known what it tells; spans are positions of their streams."""

    left: int  # number of the text
    right: int
    left_at: tuple[int, int]
    right_at: tuple[int, int]
    similarity: float
    rarity: float
    score: float
    units: int


class Holder(NamedTuple):
    """Where another text has what stands from `start` to `end` of this one."""

    start: int
    end: int
    other: int  # number of that text


def is_above(units: Mapping[str, Unit], one: str, other: str) -> bool:
    """Whether a place is one of those above another."""
    above = units[other].superior if other in units else ""
    seen = {other}
    while above and above not in seen:
        if above == one:
            return True
        seen.add(above)
        above = units[above].superior if above in units else ""
    return False


def holders(found: Iterable[Found]) -> Mapping[int, tuple[Holder, ...]]:
    """Which other texts have which stretches of a text."""
    told: dict[int, set[Holder]] = defaultdict(set)
    for one in found:
        told[one.left].add(Holder(*one.left_at, one.right))
        told[one.right].add(Holder(*one.right_at, one.left))
    return {text: tuple(sorted(some)) for text, some in told.items()}


def others_with(one: Found, held: Mapping[int, Sequence[Holder]]) -> frozenset[int]:
    """The third texts that have this passage, as the one text has it and as the other has it."""
    in_left = _having(held[one.left], one.left_at)
    in_right = _having(held[one.right], one.right_at)
    return frozenset(in_left & in_right) - {one.left, one.right}


def _having(told: Sequence[Holder], at: tuple[int, int]) -> set[int]:
    covered: dict[int, int] = defaultdict(int)
    for start, end, other in told:
        covered[other] += max(0, min(end, at[1]) - max(start, at[0]))
    return {other for other, length in covered.items() if length >= HOLDS * (at[1] - at[0])}


def is_repeated(earlier: Text, later: Text, third: Iterable[Text]) -> bool:
    """Whether a text of one of the two places had it before: then another passage tells of the copy, or there was none."""
    return any(
        (text.unit == later.unit and text.before(later)) or (text.unit == earlier.unit and text.before(earlier))
        for text in third
    )


def source_of(earlier: Text, later: Text, third: Iterable[Text]) -> Text | None:
    """The earliest other text that has the passage, if it is older than both."""
    older = [t for t in third if t.unit not in (earlier.unit, later.unit) and t.before(earlier) and t.before(later)]
    return min(older, key=lambda t: (t.written or (0.0, 0.0), t.iri), default=None)


def kind_of(units: Mapping[str, Unit], earlier: str, later: str, source: Text | None) -> Kind:
    """How two places stand to each other, or that the passage comes from a government above both."""
    if is_above(units, earlier, later):
        return Kind.SUPERIOR
    if source is not None and is_above(units, source.unit, earlier) and is_above(units, source.unit, later):
        return Kind.COMMON
    return Kind.SUBORDINATE if is_above(units, later, earlier) else Kind.SIBLING


def in_order(units: Mapping[str, Unit], one: Text, other: Text) -> tuple[Text, Text, bool]:
    """The earlier and the later text, and whether the dates tell; else the superior comes first, then the lower IRI."""
    if one.before(other) or other.before(one):
        return (*((one, other) if one.before(other) else (other, one)), True)
    if is_above(units, one.unit, other.unit) or is_above(units, other.unit, one.unit):
        return (*((one, other) if is_above(units, one.unit, other.unit) else (other, one)), False)
    first, second = sorted((one, other), key=lambda text: (text.unit, text.iri))
    return first, second, False


def bare(text: str) -> str:
    """Without signs and blanks, in which the ways of writing a title differ."""
    return _SIGNS.sub("", text)


def called(text: Text) -> str:
    """By what others would cite a text: its title, from 关于 on where that stands in it; empty where that is too short."""
    about = _ABOUT.search(text.title)
    title = bare(about[0] if about else text.title)
    return title if len(title) >= SHORTEST_TITLE else ""


def with_programs(passage: Passage, earlier: Text, later: Text) -> Passage:
    """With the programmes that both texts mention and the later one names within the passage."""
    start, end = passage.later_span
    words = later.document.text[start:end]
    known = {iri for _, iri in earlier.programs}
    named = {iri for name, iri in later.programs if iri in known and name in words}
    return replace(passage, programs=tuple(sorted(named)))
