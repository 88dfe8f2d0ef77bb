"""A corpus of texts → the passages that a later text of one place shares with an earlier one of another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.diffusion.cascades import Floats
from kg.diffusion.reuse.aligning import Stretch, stretches
from kg.diffusion.reuse.chains import chains
from kg.diffusion.reuse.judging import (
    Found,
    cites,
    holders,
    in_order,
    is_repeated,
    kind_of,
    others_with,
    source_of,
    with_programs,
)
from kg.diffusion.reuse.masking import Stream, stream_of
from kg.diffusion.reuse.records import Corpus, Passage, Reuse, Text
from kg.diffusion.reuse.winnowing import CONTEXT, Joined, joined, seeds, spread, weights
from kg.model import Span

MIN_LENGTH = 30  # characters of a passage
SIMILAR = 0.75  # share of common characters from which two stretches are one passage
WEIGHT = 0.4  # of the least length: the score that a passage must have
COMMON_SHARE = 0.05  # of all places: wording that stands in more is the whole country's,
COMMON_LEAST = 8  # but not in fewer than so many


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
    """What any two texts share, and how much of it is everybody's wording."""
    places = spread(all_)
    value = weights(places, most)
    found: dict[tuple[object, ...], Found] = {}
    boilerplate = 0
    for chain in chains(all_, seeds(all_, most)):
        left, right = streams[chain.left], streams[chain.right]
        for whole in stretches(left.masked, right.masked, chain):
            stretch = whole.trimmed(left.own)
            if stretch is None or stretch.similarity < SIMILAR or _length(stretch, left, right) < min_length:
                continue
            weighed, shared, known = _weighed(stretch, all_, chain.left, value, places)
            one = Found(
                chain.left,
                chain.right,
                stretch.left,
                stretch.right,
                round(stretch.similarity, 4),
                round(weighed / max(shared, 1), 4),
                round(weighed, 2),
                known,
            )
            if weighed >= WEIGHT * min_length:
                found[one.left, one.right, one.left_at, one.right_at] = one
            else:
                boilerplate += 1
    return _largest(list(found.values())), boilerplate


def _length(stretch: Stretch, left: Stream, right: Stream) -> int:
    """Characters of the shorter side as it stands in the clean text."""
    (a, b), (c, d) = stretch.left, stretch.right
    return int(min(left.at[b - 1] - left.at[a], right.at[d - 1] - right.at[c])) + 1


def _weighed(
    stretch: Stretch, all_: Joined, text: int, value: Floats, places: np.ndarray[tuple[int], np.dtype[np.int32]]
) -> tuple[float, int, int]:
    """The shared own characters by weight and by number, and in how many places the wording typically stands.

    A character weighs as much as the rarest run of characters of which it is a part.
    """
    start = int(all_.starts[text])
    total, shared, known = 0.0, 0, []
    for block in stretch.blocks:
        if not block.same:
            continue
        a, b = start + block.left_start, start + block.left_end
        own = all_.own[a:b]
        shared += int(own.sum())
        if b - a < CONTEXT:
            continue
        runs, best = value[a : b - CONTEXT + 1], np.zeros(b - a)
        for at in range(CONTEXT):
            np.maximum(best[at : at + len(runs)], runs, out=best[at : at + len(runs)])
        total += float(best[own].sum())
        known.append(places[a : b - CONTEXT + 1])
    return total, shared, int(np.median(np.concatenate(known))) if known else 2


def _largest(found: list[Found]) -> list[Found]:
    """Without those that lie within another one of the same two texts."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.left, f.right, -f.score, f.left_at, f.right_at)):
        if not any(_within(one, other) for other in reversed(kept) if (other.left, other.right) == (one.left, one.right)):
            kept.append(one)
    return kept


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
            cites(later, earlier),
        )
        passages.append(with_programs(passage, earlier, later))
    return passages, repeated


def _span(text: Text, stream: Stream, at: tuple[int, int]) -> Span:
    """Clean offsets of a stretch of a stream."""
    return Span(int(stream.at[at[0]]), int(stream.at[at[1] - 1]) + 1)
