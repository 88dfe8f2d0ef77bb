"""Small questions about stretches of Chinese text that several finders ask: list items, quotes, what is left without its wrapping."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kg.entities.acts import shielded
from kg.model import Kind, Span
from kg.patterns import regex

# 和, 与, 及 join two items unless they belong to a word (和谐, 参与, 普及).
_JOINT = regex(
    r"、|，|以及|和(?<![共温缓柔饱]和)(?!发展|谐|平|睦|美|解|声|田|顺|县|静|龙)|与(?<!参与)(?!发展|时|会)|及(?<![普涉以]及)(?!时|其|格)|暨"
)
_JOINT_OR_NONE = regex(rf"{_JOINT.pattern}|(?<=”)(?=“)|(?<=》)(?=《)")  # two quotes or titles in a row are two items
WRAPPING = "“”‘’《》〈〉"
_WRAPPING = regex(f"[{WRAPPING}]")
_QUOTED = regex(r"“([^“”\n]{1,40})”")


class Found(NamedTuple):
    """What a finder returns: a stretch of the text, what sort of thing it names, and under which canonical name."""

    kind: Kind
    span: Span
    name: str
    rule: str
    number: str | None = None  # 文号 behind a document's title


Finder = Callable[[str], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class SignedFinder:
    """A finder that is shown only the sentences that hold a word of each of these groups; it finds nothing in others."""

    find: Finder
    signs: tuple[Iterable[str], ...]

    def __call__(self, text: str) -> Iterable[Found]:
        return self.find(text)


def list_items(text: str, within: Span) -> list[Span]:
    """The items of an enumeration `A、B和C`; joints inside quotes, titles and brackets do not count."""
    first, last = within
    quiet = shielded(text[first:last])
    items, start = [], 0
    for joint in (_JOINT_OR_NONE if "“" in quiet or "《" in quiet else _JOINT).finditer(quiet):
        before, behind = joint.span()
        if before > start:
            items.append(Span(first + start, first + before))
        start = max(behind, start)
    if start < len(quiet):
        items.append(Span(first + start, last))
    return items


def quotes(text: str) -> Iterator[Span]:
    """What stands between “ and ”, without the quotes."""
    for found in _QUOTED.finditer(text):
        yield Span(*found.span(1))


def unwrapped(name: str) -> str:
    """Without quotation and title marks: “微腐败”专项治理行动 → 微腐败专项治理行动."""
    return name if name.isalnum() else _without_marks(name)


@lru_cache(maxsize=2048)  # several finders ask for the same sentence
def _without_marks(text: str) -> str:
    return _WRAPPING.sub("", text) if _WRAPPING.search(text) else text


def kept_places(text: str, plain: Iterable[int]) -> list[int]:
    """For characters of the unwrapped text their places in `text`."""
    before = [mark.start() - n for n, mark in enumerate(_WRAPPING.finditer(text))]
    return [at + bisect_right(before, at) for at in plain]
