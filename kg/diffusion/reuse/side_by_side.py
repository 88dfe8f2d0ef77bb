"""A passage → both its texts in aligned pieces, to be shown side by side."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from kg.diffusion.reuse.aligning import Block, aligned
from kg.diffusion.reuse.records import Passage, Reuse

SPECK = 2  # a run of fewer common characters between two changes only confuses the eye


class Same(StrEnum):
    """How the two sides of a piece stand to each other."""

    EQUAL = "equal"
    REPLACED = "replaced"
    LEFT = "only left"
    RIGHT = "only right"


class Piece(NamedTuple):
    """A run of characters of the earlier and of the later text; put together the pieces are the passage on each side."""

    same: Same
    left: str
    right: str


def pieces(left: str, right: str) -> tuple[Piece, ...]:
    """Two texts, aligned with the least edits.

    >>> pieces("大连市推进集团化办学", "我市推进集团化办学")[0]
    Piece(same=<Same.REPLACED: 'replaced'>, left='大连', right='我')
    """
    return tuple(_piece(block, left, right) for block in _readable(aligned(left, right)))


def side_by_side(found: Reuse, passage: Passage) -> tuple[Piece, ...]:
    """The passage as it stands in the earlier and in the later file."""
    earlier, later = found.text[passage.earlier], found.text[passage.later]
    (a, b), (c, d) = passage.earlier_span, passage.later_span
    return pieces(earlier.document.text[a:b], later.document.text[c:d])


def _readable(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks, changes that only a speck parts as one."""
    change: Block | None = None
    for at, block in enumerate(blocks):
        speck = block.same and 0 < at < len(blocks) - 1 and block.left_end - block.left_start < SPECK
        if block.same and not speck:
            if change is not None:
                yield change
            change = None
            yield block
        elif change is None:
            change = Block(False, *block[1:])
        else:
            change = Block(False, change.left_start, block.left_end, change.right_start, block.right_end)
    if change is not None:
        yield change


def _piece(block: Block, left: str, right: str) -> Piece:
    one, other = left[block.left_start : block.left_end], right[block.right_start : block.right_end]
    if block.same:
        return Piece(Same.EQUAL, one, other)
    if not one:
        return Piece(Same.RIGHT, one, other)
    return Piece(Same.REPLACED if other else Same.LEFT, one, other)
