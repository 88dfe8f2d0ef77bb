"""Small questions about stretches of Chinese text that several finders ask: list items, quotes, what is left without its wrapping."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from kg.entities.acts import shielded
from kg.model import Kind, Span

# 和, 与, 及 join two items unless they belong to a word (和谐, 参与, 普及).
_JOINT = re.compile(
    r"、|，|以及|(?<![共温缓柔饱])和(?!发展|谐|平|睦|美|解|声|田|顺|县|静|龙)|(?<!参)与(?!发展|时|会)|(?<![普涉以])及(?!时|其|格)|暨|(?<=”)(?=“)|(?<=》)(?=《)"
)
WRAPPING = "“”‘’《》〈〉"
_WRAPPING = re.compile(f"[{WRAPPING}]")
_QUOTED = re.compile(r"“([^“”\n]{1,40})”")


class Found(NamedTuple):
    """What a finder returns: a stretch of the text, what sort of thing it names, and under which canonical name."""

    kind: Kind
    span: Span
    name: str
    rule: str
    number: str | None = None  # 文号 behind a document's title


Finder = Callable[[str], Iterator[Found]]


def list_items(text: str, within: Span) -> list[Span]:
    """The items of an enumeration `A、B和C`; joints inside quotes, titles and brackets do not count."""
    quiet = shielded(text[within.start : within.end])
    items, start = [], 0
    for joint in _JOINT.finditer(quiet):
        if joint.start() > start:
            items.append(Span(within.start + start, within.start + joint.start()))
        start = max(joint.end(), start)
    if start < len(quiet):
        items.append(Span(within.start + start, within.end))
    return items


def quotes(text: str) -> Iterator[Span]:
    """What stands between “ and ”, without the quotes."""
    for found in _QUOTED.finditer(text):
        yield Span(*found.span(1))


def unwrapped(name: str) -> str:
    """Without quotation and title marks: “微腐败”专项治理行动 → 微腐败专项治理行动."""
    return _WRAPPING.sub("", name)


def kept_places(text: str) -> Sequence[int]:
    """For each character of the unwrapped text its place in `text`."""
    marks = {mark.start() for mark in _WRAPPING.finditer(text)}
    return [i for i in range(len(text)) if i not in marks] if marks else range(len(text))
