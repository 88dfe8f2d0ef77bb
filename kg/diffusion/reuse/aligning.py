"""Two streams and where they may agree → stretches that do, aligned character by character.

Local alignment with affine gaps (Smith and Waterman 1981; for policy texts: Wilkerson, Smith and Stramp, Tracing the flow
of policy ideas in legislatures, American Journal of Political Science 2015; Linder et al., Text as policy, Policy Studies
Journal 2020), scored along the least edits between two seeds, so that it takes milliseconds and not seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from kg.diffusion.reuse.chains import Chain
from kg.diffusion.reuse.winnowing import GRAM

MARGIN = 60  # characters around a chain in which a passage may begin or end
DROP = 12.0  # points that a passage may lose on its way before it has ended
LEAST = 8.0  # points of a passage
GAP_OPENS, GAP_GOES_ON = 1.0, 0.25  # points for characters that only one text has; one that differs costs 1


class Block(NamedTuple):
    """A run of an alignment: the same characters in both, or other ones (one side may be empty)."""

    same: bool
    left_start: int
    left_end: int
    right_start: int
    right_end: int


class Stretch(NamedTuple):
    """A passage in positions of two streams; its first and last block are the same in both."""

    blocks: tuple[Block, ...]

    @property
    def left(self) -> tuple[int, int]:
        """From where to where in the left stream."""
        return self.blocks[0].left_start, self.blocks[-1].left_end

    @property
    def right(self) -> tuple[int, int]:
        """From where to where in the right stream."""
        return self.blocks[0].right_start, self.blocks[-1].right_end

    @property
    def shared(self) -> int:
        """Characters that are the same."""
        return sum(block.left_end - block.left_start for block in self.blocks if block.same)

    @property
    def similarity(self) -> float:
        """The share of them in the longer side."""
        (a, b), (c, d) = self.left, self.right
        return self.shared / max(b - a, d - c)

    def cut(self, start: int, end: int) -> Stretch:
        """The part from `start` to `end` of the left stream; both ends must be shared characters."""
        within = [block for block in self.blocks if block.left_end >= start and block.left_start < end]
        while not (within[0].same and within[0].left_start <= start < within[0].left_end):
            within.pop(0)
        while not (within[-1].same and within[-1].left_start < end <= within[-1].left_end):
            within.pop()
        before, behind = start - within[0].left_start, within[-1].left_end - end
        within[0] = within[0]._replace(left_start=start, right_start=within[0].right_start + before)
        within[-1] = within[-1]._replace(left_end=end, right_end=within[-1].right_end - behind)
        return Stretch(tuple(within))


def stretches(left: str, right: str, chain: Chain) -> Iterator[Stretch]:
    """The passages in and around a chain, from left to right."""
    start = max(0, chain.left_start - MARGIN), max(0, chain.right_start - MARGIN)
    end = min(len(left), chain.left_end + MARGIN), min(len(right), chain.right_end + MARGIN)
    yield from _best(_blocks(left, right, start, end, chain.anchors))


def aligned(left: str, right: str) -> tuple[Block, ...]:
    """The least edits from one text to the other, as runs."""
    return tuple(_blocks(left, right, (0, 0), (len(left), len(right)), ()))


def _blocks(
    left: str, right: str, start: tuple[int, int], end: tuple[int, int], anchors: Sequence[tuple[int, int]]
) -> list[Block]:
    """The runs of the alignment that goes through the anchors."""
    found: list[Block] = []
    points = [start, *((a + GRAM // 2, b + GRAM // 2) for a, b in anchors), end]
    for (a, b), (c, d) in pairwise(points):
        for op in Levenshtein.opcodes(left[a:c], right[b:d]):
            same = op.tag == "equal"
            block = Block(same, a + op.src_start, a + op.src_end, b + op.dest_start, b + op.dest_end)
            if found and found[-1].same == same:
                block = Block(same, found[-1].left_start, block.left_end, found[-1].right_start, block.right_end)
                found.pop()
            found.append(block)
    return found


def _best(blocks: Sequence[Block]) -> Iterator[Stretch]:
    """The stretches of most points that do not overlap: each grows until it has lost too many (X-drop)."""
    first, last, points, most = 0, -1, 0.0, 0.0
    for at, block in enumerate(blocks):
        if points <= 0 and block.same:
            first, points, most, last = at, 0.0, 0.0, -1
        points += _points(block)
        if points > most:
            most, last = points, at
        elif last >= 0 and (points <= 0 or points < most - DROP):
            if most >= LEAST:
                yield Stretch(tuple(blocks[first : last + 1]))
            points, most, last = 0.0, 0.0, -1
    if most >= LEAST:
        yield Stretch(tuple(blocks[first : last + 1]))


def _points(block: Block) -> float:
    left, right = block.left_end - block.left_start, block.right_end - block.right_start
    if block.same:
        return float(left)
    only = abs(left - right)
    return -float(min(left, right)) - (GAP_OPENS + GAP_GOES_ON * only if only else 0.0)
