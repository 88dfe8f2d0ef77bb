"""Text under repair with a map to the original; repairs drop characters, put some in, or rewrite one for one."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.model import LeftOut, Origin, Span

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇々"
CJK_MARKS = "，。、；：！？（）《》〈〉“”‘’【】〔〕…—·"


class Edit(NamedTuple):
    """Other words for a stretch of the text. Each new character stands for the old one at its place, surplus ones for the last."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Tracked:
    """Piece `k` of `text` begins at `starts[k]` and runs along the original from `targets[k]`, up to the next piece.

    `signs` holds, of the characters that a repair looks for, all that may stand in the text: most steps need no more to
    see that they have nothing to do.
    """

    text: str
    starts: array[int]
    targets: array[int]
    signs: frozenset[str]
    left_out: tuple[LeftOut, ...] = ()
    repairs: tuple[tuple[str, int], ...] = ()

    @property
    def origin(self) -> Origin:
        return Origin(self.starts, self.targets, len(self.text))

    def rewritten(self, text: str) -> Tracked:
        """The same characters in another form, one for one."""
        if len(text) != len(self.text):
            raise ValueError("a rewriting must keep every character at its place")
        return replace(self, text=text)

    def without(self, spans: Iterable[tuple[int, int]], repair: str = "") -> Tracked:
        """Less the characters of `spans`, which are in order and may overlap; `repair` counts them under that name."""
        kept: list[tuple[int, int]] = []
        done = 0
        for start, end in spans:
            if done < start < end:
                kept.append((done, start))
            if done < end > start:
                done = end
        if not done:
            return self
        pieces = _Pieces(self)
        pieces.keep(kept)
        return pieces.closed(done, repair, len(self.text))

    def edited(self, edits: Iterable[Edit], repair: str = "") -> Tracked:
        """With other words for some stretches, which are in order and do not overlap."""
        pieces = _Pieces(self)
        done = 0
        changed = False
        for (start, end), words in edits:
            changed = True
            if start > done:
                pieces.keep([(done, start)])
            pieces.put(words, start, end)
            done = end
        return pieces.closed(done, repair, len(self.text)) if changed else self

    def leaving_out(self, found: Iterable[LeftOut]) -> Tracked:
        """Less stretches (in offsets of this text, in order, overlaps allowed) that are noted with their reason."""
        origin = self.origin
        cut: list[LeftOut] = []
        for span, reason in found:
            start = max(span.start, cut[-1].span.end) if cut else span.start
            end = min(span.end, len(self.text))
            if start < end:
                cut.append(LeftOut(Span(start, end), reason))
        noted = (LeftOut(origin.stretch(*span), reason) for span, reason in cut)
        return replace(self.without(span for span, _ in cut), left_out=(*self.left_out, *noted))


class _Pieces:
    """The text and the pieces that an edit leaves, put together from left to right."""

    def __init__(self, old: Tracked) -> None:
        self._old = old
        self._at = 0  # piece of the old text that was reached
        self._length = 0
        self._kept: list[str] = []
        self._starts = array("I")
        self._targets = array("I")

    def keep(self, stretches: Iterable[tuple[int, int]]) -> None:
        """The old text from each start to its end, in order."""
        text, old_starts, old_targets = self._old.text, self._old.starts, self._old.targets
        starts, targets, kept = self._starts, self._targets, self._kept
        at, length, last = self._at, self._length, len(old_starts) - 1
        following = old_starts[at + 1] if at < last else len(text)
        ahead = targets[-1] - starts[-1] if starts else None  # by how much the last new piece runs ahead of its place
        for start, end in stretches:
            while following <= start and at < last:
                at += 1
                following = old_starts[at + 1] if at < last else len(text)
            target = old_targets[at] + start - old_starts[at]
            if target - length != ahead:
                starts.append(length)
                targets.append(target)
                ahead = target - length
            while following < end and at < last:
                at += 1
                starts.append(old_starts[at] - start + length)
                targets.append(old_targets[at])
                ahead = targets[-1] - starts[-1]
                following = old_starts[at + 1] if at < last else len(text)
            kept.append(text[start:end])
            length += end - start
        self._at, self._length = at, length

    def put(self, words: str, start: int, end: int) -> None:
        """New words in place of the old text from `start` to `end`."""
        origin = self._old.origin
        for i, sign in enumerate(words):
            self._begin(origin[min(start + i, max(start, end - 1), len(origin) - 1)], self._length)
            self._kept.append(sign)
            self._length += 1

    def closed(self, done: int, repair: str, length: int) -> Tracked:
        """The rest of the old text kept; the characters that were dropped or put in are counted under `repair`."""
        if done < length:
            self.keep([(done, length)])
        text = "".join(self._kept)
        repairs = self._old.repairs
        if repair:
            repairs = (*repairs, (repair, abs(length - len(text)) or 1))
        return replace(self._old, text=text, starts=self._starts, targets=self._targets, repairs=repairs)

    def _begin(self, target: int, length: int) -> None:
        """A new piece behind the characters that there are, unless the last one runs on to the same place."""
        if self._starts and self._targets[-1] + length - self._starts[-1] == target:
            return
        self._starts.append(length)
        self._targets.append(target)


def track(text: str, signs: re.Pattern[str]) -> Tracked:
    """The whole text, nothing changed yet; `signs` matches single characters that repairs look for."""
    return Tracked(text, array("I", [0]), array("I", [0]), frozenset(signs.findall(text)))


def at_line_starts(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    r"""Where group 1 of a pattern stands that begins with "\n" (which the engine finds ten times faster than "^")."""
    for found in pattern.finditer("\n" + text):
        start, end = found.span(1)
        yield Span(start - 1, end - 1)
