"""Text under repair, each character with its offset in the original; repairs drop characters or rewrite one for one."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import NamedTuple

from kg.model import Span

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇々"
CJK_MARKS = "，。、；：！？（）《》〈〉“”‘’【】〔〕…—·"


class Tracked(NamedTuple):
    """`origin[i]` is the offset in the original of `text[i]`."""

    text: str
    origin: array[int]

    def rewritten(self, text: str) -> Tracked:
        """The same characters in another form, one for one."""
        if len(text) != len(self.text):
            raise ValueError("a rewriting must keep every character at its place")
        return Tracked(text, self.origin)

    def without(self, spans: Iterable[Span]) -> Tracked:
        """Less the characters of `spans`, which are in order; overlaps are dropped once."""
        kept: list[str] = []
        origin = array("I")
        done = 0
        for start, end in spans:
            if start > done:
                kept.append(self.text[done:start])
                origin.extend(self.origin[done:start])
            done = max(done, end)
        if done == 0:
            return self
        kept.append(self.text[done:])
        origin.extend(self.origin[done:])
        return Tracked("".join(kept), origin)


def track(text: str) -> Tracked:
    return Tracked(text, array("I", range(len(text))))
