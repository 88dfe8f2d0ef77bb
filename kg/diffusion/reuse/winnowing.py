"""Streams → pairs of places where two texts have the same few characters, by an index of winnowed fingerprints.

Winnowing after Schleimer, Wilkerson and Aiken, Winnowing: local algorithms for document fingerprinting (SIGMOD 2003).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.diffusion.cascades import Floats, Ints
from kg.diffusion.reuse.masking import Codes, Flags, Stream

Hashes = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int32]
GRAM = 6  # characters of a fingerprint: what is shorter is never found
WINDOW = 2  # of so many fingerprints one is kept: what is as long as both together less one is always found
CONTEXT = 8  # characters by which is told in how many places wording stands
PER_TEXT = 4  # of one fingerprint in one text
FULL = 12  # texts with one fingerprint that are all compared with each other
EARLIEST = 6  # where there are more, all are compared with the earliest ones only
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """All streams one behind the other, a separator after each; texts of one place stand together."""

    codes: Codes
    own: Flags
    starts: Ints  # (texts + 1,)
    text: Counts  # number of the text at each position
    unit: Counts  # number of the place of each text, rising
    rank: Counts  # of each text in order of time


@dataclass(frozen=True, slots=True, eq=False)
class Seeds:
    """Pairs of positions with the same fingerprint; `left` is in the text of the lower number."""

    left: Ints
    right: Ints


def joined(streams: Sequence[Stream], units: Sequence[int], ranks: Sequence[int]) -> Joined:
    """The streams, which come with those of one place together, as one."""
    lengths = np.array([len(stream.codes) + 1 for stream in streams], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(lengths)))
    codes = np.zeros(starts[-1], dtype=np.uint32)
    own = np.zeros(starts[-1], dtype=np.bool_)
    for start, stream in zip(starts, streams, strict=False):
        codes[start : start + len(stream.codes)] = stream.codes
        own[start : start + len(stream.own)] = stream.own
    text = np.repeat(np.arange(len(streams), dtype=np.int32), lengths)
    return Joined(codes, own, starts, text, np.array(units, dtype=np.int32), np.array(ranks, dtype=np.int32))


def spread(all_: Joined, length: int = CONTEXT) -> Counts:
    """In how many places the `length` characters from each position on stand; 0 where a text ends before."""
    hashes, valid = _grams(all_, length)
    positions = np.flatnonzero(valid)
    found = np.zeros(len(all_.codes), dtype=np.int32)
    if not len(positions):
        return found
    order = positions[np.argsort(hashes[positions], kind="stable")]
    group = _groups(hashes[order])
    counts = _places(all_, order, group)
    found[order] = counts[group]
    return found


def seeds(all_: Joined, most: int) -> Seeds:
    """Pairs of positions in two texts that begin with the same fingerprint, which stands in at most `most` places."""
    hashes, valid = _grams(all_, GRAM)
    if not valid.any():
        nothing = np.zeros(0, dtype=np.int64)
        return Seeds(nothing, nothing)
    valid &= np.convolve(all_.own, np.ones(GRAM, dtype=np.int32))[GRAM - 1 :] >= GRAM - 2
    positions = _winnowed(hashes, valid)
    order = positions[np.argsort(hashes[positions], kind="stable")]
    group = _groups(hashes[order])
    places = _places(all_, order, group)
    first = _first_of(all_, order, group)
    keep = ((places >= 2) & (places <= most))[group] & first
    order, group = order[keep], group[keep]
    return _paired(all_, order, group)


def _grams(all_: Joined, length: int) -> tuple[Hashes, Flags]:
    """The fingerprint from each position on, and whether it lies within one text."""
    count = len(all_.codes)
    hashes = np.zeros(count, dtype=np.uint64)
    codes = all_.codes.astype(np.uint64)
    inside = np.zeros(count, dtype=np.bool_)
    whole = count - length + 1
    if whole <= 0:
        return hashes, inside
    for at in range(length):
        hashes[:whole] = hashes[:whole] * _MULTIPLIER + codes[at : at + whole]
    hashes ^= hashes >> np.uint64(31)
    hashes *= _MIX
    hashes ^= hashes >> np.uint64(29)
    ends = np.concatenate(([0], np.cumsum(all_.codes == 0)))
    inside[:whole] = ends[length : length + whole] == ends[:whole]
    return hashes, inside


def _winnowed(hashes: Hashes, valid: Flags) -> Ints:
    """The position of the least fingerprint of each window, of equal ones the last."""
    count = len(hashes)
    if count < WINDOW:
        return np.flatnonzero(valid)
    ranked = np.where(valid, hashes, np.iinfo(np.uint64).max)
    windows = count - WINDOW + 1
    least, where = ranked[WINDOW - 1 :].copy(), np.arange(WINDOW - 1, count)
    for back in range(WINDOW - 2, -1, -1):
        less = ranked[back : back + windows] < least
        least[less] = ranked[back : back + windows][less]
        where[less] = np.arange(back, back + windows)[less]
    chosen = np.zeros(count, dtype=np.bool_)
    chosen[where] = True
    return np.flatnonzero(chosen & valid)


def _groups(ordered: Hashes) -> Ints:
    """The number of the group of equal values to which each belongs."""
    return np.concatenate(([0], np.cumsum(ordered[1:] != ordered[:-1]))) if len(ordered) else np.zeros(0, np.int64)


def _places(all_: Joined, order: Ints, group: Ints) -> Ints:
    """How many places each group has; within a group positions rise, and so do the numbers of places."""
    unit = all_.unit[all_.text[order]]
    new = np.ones(len(order), dtype=np.int64)
    new[1:] = (group[1:] != group[:-1]) | (unit[1:] != unit[:-1])
    return np.bincount(group, weights=new).astype(np.int64)


def _first_of(all_: Joined, order: Ints, group: Ints) -> Flags:
    """Whether a position is among the first few of its text in its group."""
    first = np.ones(len(order), dtype=np.bool_)
    text = all_.text[order]
    first[PER_TEXT:] = (group[PER_TEXT:] != group[:-PER_TEXT]) | (text[PER_TEXT:] != text[:-PER_TEXT])
    return first


def _paired(all_: Joined, order: Ints, group: Ints) -> Seeds:
    """All pairs within small groups; in large ones everything with the earliest few."""
    if not len(order):
        return Seeds(order, order)
    starts = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1])))
    sizes = np.diff(np.concatenate((starts, [len(order)])))
    lefts, rights = [], []
    for size in range(2, FULL + 1):
        of_size = starts[sizes == size]
        one, other = np.triu_indices(size, 1)
        lefts.append(order[of_size[:, None] + one[None, :]].ravel())
        rights.append(order[of_size[:, None] + other[None, :]].ravel())
    large = sizes > FULL
    for start, size in zip(starts[large].tolist(), sizes[large].tolist(), strict=True):
        members = order[start : start + size]
        early = members[np.argsort(all_.rank[all_.text[members]], kind="stable")[:EARLIEST]]
        lefts.append(np.repeat(early, size))
        rights.append(np.tile(members, len(early)))
    one, other = np.concatenate(lefts), np.concatenate(rights)
    left, right = np.minimum(one, other), np.maximum(one, other)
    apart = all_.text[left] != all_.text[right]
    return Seeds(left[apart], right[apart])


def weights(places: Counts, most: int) -> Floats:
    """From 1 for wording of at most two places to 0 for that of more than `most`, falling with the logarithm."""
    counted = np.maximum(places, 2).astype(np.float64)
    falling: Floats = np.log((most + 1) / counted) / np.log((most + 1) / 2)
    return np.clip(falling, 0.0, 1.0)
