"""A corpus of texts → the passages that a later text of one place shares with an earlier one of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from kg.diffusion.cascades import Floats
from kg.diffusion.reuse.aligning import Stretch, stretches
from kg.diffusion.reuse.chains import Chain, chains
from kg.diffusion.reuse.judging import (
    Found,
    bare,
    called,
    holders,
    in_order,
    is_repeated,
    kind_of,
    others_with,
    source_of,
    with_programs,
)
from kg.diffusion.reuse.masking import Flags, Stream, stream_of
from kg.diffusion.reuse.records import Corpus, Passage, Reuse, Text
from kg.diffusion.reuse.winnowing import CONTEXT, Counts, Joined, joined, seeds, spread, weights
from kg.model import Span

MIN_LENGTH = 30  # characters of a passage
SIMILAR = 0.75  # share of common characters from which two stretches are one passage
WEIGHT = 0.4  # of the least length: the score that a passage must have
COMMON_SHARE = 0.05  # of all places: wording that stands in more is the whole country's,
COMMON_LEAST = 8  # but not in fewer than so many
BETWEEN = 12  # characters of everybody's wording that part two passages
UNKNOWN = np.iinfo(np.int32).max
NO_RUN = 0.5  # weight of the characters of a passage in which changes leave no run


def reused(corpus: Corpus, min_length: int = MIN_LENGTH, most_units: int | None = None) -> Reuse:
    """All passages of at least `min_length` characters that texts of two places share.

    Wording that stands in more than `most_units` places (by default a twentieth of them, at least 8) counts for nothing.
    The order of the texts does not matter.
    """
    texts = _ordered(corpus.texts)
    streams = [stream_of(text) for text in texts]
    places = {unit: number for number, unit in enumerate(sorted({text.unit for text in texts}))}
    most = max(COMMON_LEAST, int(COMMON_SHARE * len(places))) if most_units is None else most_units
    all_ = joined(streams, [places[text.unit] for text in texts], _ranks(texts))
    found, boilerplate = _found(all_, streams, min_length, most)
    passages, repeated = _judged(corpus, texts, streams, found)
    return Reuse(corpus, tuple(sorted(passages, key=lambda p: p.order)), boilerplate, repeated)


def _ordered(texts: Sequence[Text]) -> tuple[Text, ...]:
    """Those of one place together, then by their IRIs."""
    return tuple(sorted(texts, key=lambda text: (text.unit, text.iri)))


def _ranks(texts: Sequence[Text]) -> list[int]:
    """The place of each text in order of time; the undated come last."""
    order = sorted(range(len(texts)), key=lambda n: (texts[n].written or (float("inf"),), texts[n].iri))
    ranks = [0] * len(texts)
    for rank, number in enumerate(order):
        ranks[number] = rank
    return ranks


def _found(all_: Joined, streams: Sequence[Stream], min_length: int, most: int) -> tuple[list[Found], int]:
    """What any two texts share, and how many stretches of it are only everybody's wording."""
    places = spread(all_)
    value = weights(places, most)
    found: dict[tuple[object, ...], Found] = {}
    boilerplate = 0
    for chain in chains(all_, seeds(all_, most)):
        left, right = streams[chain.left], streams[chain.right]
        for stretch in stretches(left.masked, right.masked, chain):
            if stretch.similarity < SIMILAR or _length(left, right, stretch.left, stretch.right) < min_length:
                continue
            telling = False
            for one in _telling(stretch, all_, chain, value, places):
                long = _length(left, right, one.left_at, one.right_at) >= min_length
                if long and one.units <= most and one.similarity >= SIMILAR and one.score >= WEIGHT * min_length:
                    found[one.left, one.right, one.left_at, one.right_at] = one
                    telling = True
            boilerplate += not telling
    return _largest(list(found.values())), boilerplate


def _length(left: Stream, right: Stream, left_at: tuple[int, int], right_at: tuple[int, int]) -> int:
    """Characters of the shorter side as it stands in the clean text."""
    sides = (left, left_at), (right, right_at)
    return min(int(stream.at[end - 1] - stream.at[start]) + 1 for stream, (start, end) in sides)


def _telling(whole: Stretch, all_: Joined, chain: Chain, value: Floats, places: Counts) -> Iterator[Found]:
    """The parts of a stretch from one character that tells something to another, cut where everybody's wording stands between.

    A character weighs as much as the run of shared characters around it; masks and formulas nothing.
    """
    first = whole.left[0]
    start = int(all_.starts[chain.left]) + first
    own = all_.own[start : start + whole.left[1] - first]
    shared = np.zeros(len(own), dtype=np.bool_)
    for a, b in _shared(whole):
        shared[a:b] = True
    worth, known = _worth(whole, shared & own, value[start:], places[start:])
    common = np.cumsum(shared & own & (worth == 0))
    at = np.flatnonzero(worth)
    cuts = np.flatnonzero(np.diff(common[at]) > BETWEEN) + 1
    for some in np.split(at, cuts) if len(at) else ():
        here = slice(int(some[0]), int(some[-1]) + 1)
        stretch, score = whole.cut(first + here.start, first + here.stop), float(worth[here].sum())
        yield Found(
            chain.left,
            chain.right,
            stretch.left,
            stretch.right,
            round(stretch.similarity, 4),
            round(score / int((shared & own)[here].sum()), 4),
            round(score, 2),
            _typical(known[some]),
        )


def _typical(known: Counts) -> int:
    """The median of what is known; two places where nothing is."""
    told = known[known < UNKNOWN]
    return int(np.sort(told)[len(told) // 2]) if len(told) else 2


def _worth(stretch: Stretch, own: Flags, value: Floats, places: Counts) -> tuple[Floats, Counts]:
    """Of each character of the left side its weight, and in how many places the run stands in whose middle it is.

    What stands between changes so close together that no run is left weighs as much as the rest typically does.
    """
    worth, known = np.zeros(len(own)), np.full(len(own), UNKNOWN, dtype=np.int32)
    for a, b in _shared(stretch):
        if b - a >= CONTEXT:
            runs = np.clip(np.arange(a, b) - CONTEXT // 2, a, b - CONTEXT)
            worth[a:b], known[a:b] = value[runs], places[runs]
    told = known < UNKNOWN
    worth[~told] = np.sort(worth[told])[told.sum() // 2] if told.any() else NO_RUN
    return worth * own, known


def _shared(stretch: Stretch) -> Iterator[tuple[int, int]]:
    """From where to where the left side has the blocks that are the same, counted from its start."""
    start = stretch.left[0]
    return ((block.left_start - start, block.left_end - start) for block in stretch.blocks if block.same)


def _largest(found: list[Found]) -> list[Found]:
    """Without those that lie within another one of the same two texts."""
    kept: list[Found] = []
    for _, of_pair in groupby(sorted(found, key=lambda f: (f.left, f.right, -f.score, f.left_at, f.right_at)), _pair):
        best: list[Found] = []
        for one in of_pair:
            if not any(_within(one, other) for other in best):
                best.append(one)
        kept += best
    return kept


def _pair(one: Found) -> tuple[int, int]:
    return one.left, one.right


def _within(one: Found, other: Found) -> bool:
    """Whether most of one stretch lies in the other, in both texts."""
    return all(
        min(a[1], b[1]) - max(a[0], b[0]) > (a[1] - a[0]) / 2
        for a, b in ((one.left_at, other.left_at), (one.right_at, other.right_at))
    )


def _judged(
    corpus: Corpus, texts: Sequence[Text], streams: Sequence[Stream], found: Sequence[Found]
) -> tuple[list[Passage], int]:
    """The passages between two places, and the number of those that were repeated and not copied."""
    held = holders(found)
    bared = [bare(text.clean) for text in texts]
    passages, repeated = [], 0
    for one in found:
        left, right = texts[one.left], texts[one.right]
        if left.unit == right.unit or left.document.id == right.document.id:
            continue
        earlier, later, directed = in_order(corpus.units, left, right)
        third = [texts[number] for number in sorted(others_with(one, held))]
        if is_repeated(earlier, later, third):
            repeated += 1
            continue
        source = source_of(earlier, later, third)
        spans = _span(left, streams[one.left], one.left_at), _span(right, streams[one.right], one.right_at)
        of_earlier, of_later = spans if earlier is left else spans[::-1]
        passage = Passage(
            earlier.iri,
            later.iri,
            earlier.unit,
            later.unit,
            earlier.document.original(of_earlier),
            later.document.original(of_later),
            kind_of(corpus.units, earlier.unit, later.unit, source),
            directed,
            min(of_earlier.end - of_earlier.start, of_later.end - of_later.start),
            one.similarity,
            one.rarity,
            one.score,
            one.units,
            source.iri if source else "",
            bool(title := called(earlier)) and title in bared[one.right if earlier is left else one.left],
        )
        passages.append(with_programs(passage, earlier, later))
    return passages, repeated


def _span(text: Text, stream: Stream, at: tuple[int, int]) -> Span:
    """Clean offsets of a stretch of a stream."""
    return Span(int(stream.at[at[0]]), int(stream.at[at[1] - 1]) + 1)
