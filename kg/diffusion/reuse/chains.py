"""Pairs of equal fingerprints → stretches of two texts that may be one passage: fingerprints in one order, close together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from kg.diffusion.cascades import Ints
from kg.diffusion.reuse.winnowing import GRAM, Joined, Seeds

BAND = 16  # characters by which the two texts may shift against each other within a chain
GAP = 40  # characters without a common fingerprint
COVERED = 10  # characters that fingerprints of a chain cover at least
EVERY = 600  # characters between the anchors that are kept of a long chain


class Chain(NamedTuple):
    """A stretch of two texts, in positions of their streams; both are the same at the anchors (left, right)."""

    left: int  # number of the text
    right: int
    left_start: int
    left_end: int
    right_start: int
    right_end: int
    anchors: tuple[tuple[int, int], ...]


def chains(all_: Joined, found: Seeds) -> Iterator[Chain]:
    """The chains of every two texts, those that continue each other as one; by number of the texts, then by place."""
    links = sorted({*_in_bands(all_, found, 0), *_in_bands(all_, found, BAND // 2)})
    last: list[Chain] = []
    for link in links:
        if last and (link.left, link.right) != (last[0].left, last[0].right):
            yield from last
            last = []
        at = next((n for n in range(len(last) - 1, -1, -1) if _continues(last[n], link)), None)
        if at is None:
            last.append(link)
        else:
            last[at] = _together(last[at], link)
    yield from last


def _in_bands(all_: Joined, found: Seeds, offset: int) -> Iterator[Chain]:
    """Chains of seeds that lie in one band of diagonals (`offset` shifts the bands) without a wide gap."""
    if not len(found.left):
        return
    left, right = all_.text[found.left], all_.text[found.right]
    local_left, local_right = found.left - all_.starts[left], found.right - all_.starts[right]
    pair = left.astype(np.int64) * len(all_.unit) + right
    band = (local_right - local_left + offset) // BAND
    order = np.lexsort((local_right, local_left, band, pair))
    pair, band, local_left, local_right = pair[order], band[order], local_left[order], local_right[order]
    new = np.ones(len(order), dtype=np.bool_)
    step = local_left[1:] - local_left[:-1]
    new[1:] = (pair[1:] != pair[:-1]) | (band[1:] != band[:-1]) | (step > GAP + GRAM)
    starts = np.flatnonzero(new)
    covers = np.full(len(order), GRAM, dtype=np.int64)
    covers[1:] = np.where(new[1:], GRAM, np.minimum(step, GRAM))
    ends = np.concatenate((starts[1:], [len(order)]))
    long = np.add.reduceat(covers, starts) >= COVERED
    for start, end in zip(starts[long].tolist(), ends[long].tolist(), strict=True):
        a, b = local_left[start:end], local_right[start:end]
        ids = divmod(int(pair[start]), len(all_.unit))
        bounds = (int(a[0]), int(a[-1]) + GRAM, int(b.min()), int(b.max()) + GRAM)
        yield Chain(*ids, *bounds, _anchors(a, b))


def _anchors(left: Ints, right: Ints) -> tuple[tuple[int, int], ...]:
    """The first seed, and then one every so often."""
    kept: list[tuple[int, int]] = []
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        if not kept or (a >= kept[-1][0] + EVERY and b >= kept[-1][1] + GRAM):
            kept.append((a, b))
    return tuple(kept)


def _continues(one: Chain, next_: Chain) -> bool:
    """Whether the next chain overlaps this one in both texts, or follows it closely in both."""
    left = next_.left_start - one.left_end
    right = next_.right_start - one.right_end
    shift = (next_.right_start - next_.left_start) - (one.right_start - one.left_start)
    return left <= GAP and right <= GAP and next_.right_end >= one.right_start and abs(shift) <= GAP


def _together(one: Chain, next_: Chain) -> Chain:
    anchors = list(one.anchors)
    anchors += [(a, b) for a, b in next_.anchors if a >= anchors[-1][0] + GRAM and b >= anchors[-1][1] + GRAM]
    return Chain(
        one.left,
        one.right,
        min(one.left_start, next_.left_start),
        max(one.left_end, next_.left_end),
        min(one.right_start, next_.right_start),
        max(one.right_end, next_.right_end),
        tuple(anchors),
    )
