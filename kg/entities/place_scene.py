"""A part as those see it who ask which place speaks in it, and the hints they may find, each with its weight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.entities.agencies import FoundAgency
from kg.entities.gazetteer import Surroundings
from kg.model import Entity, Part, Span
from kg.patterns import regex

_SELF = regex(r"我(?<!自我)([省市县区州])|全(?<![健安完周]全)([省市县区州])(?!各|域)")
_ITS_OFFICES = regex(
    r"([省市县区州])(?=[委教])(?:(?<![\u4e00-\u9fff][省市县区州])|(?<=在[省市县区州]))(?:委、?\1(?:人民)?政府|教育局|教体局|教育体育局)"
)
_HEIGHTS = "县区市州省"
_VISITED_BEFORE = regex(r"(?:[赴到往与和同向对在]|学习|借鉴|考察|参观|支援|支持|援助|帮扶|结对|来自|推广|对标|比照)$")
_VISITED_AFTER = regex(r"[^，。；]{0,6}(?:来访|来我|来校|来考察|的?做法|的?经验|考察|取经|结对|对口|援[助建])")
_MASKED = regex(r"(?:某某?|[×*＊]{1,2}|(?<![A-Za-z])[xX]{1,3})[省市县区州镇乡校]")
MASK_HEAD = 300  # characters in which a mask tells that the speaker was made unknown


@dataclass(frozen=True, slots=True)
class Strength:
    """What a rule weighs against others, and how sure the place is that it decides."""

    weight: int
    confidence: str


RULES = {
    "adopted-by": Strength(20, "0.98"),
    "title-or-heading-names-agency": Strength(10, "0.98"),
    "given-at-its-congress": Strength(10, "0.98"),
    "speaks-for-its-government": Strength(10, "0.98"),
    "title-names-place": Strength(8, "0.97"),
    "signature-names-agency": Strength(8, "0.93"),
    "ministry-speaks-of-itself": Strength(8, "0.85"),
    "news-lead-names-place": Strength(6, "0.85"),
    "places-of-one-parent": Strength(4, "0.85"),
    "townships-of-one-county": Strength(4, "0.8"),
    "names-one-province": Strength(4, "0.75"),
    "speaks-of-one-place": Strength(4, "0.75"),
    "number-of-a-province": Strength(4, "0.85"),
    "slogan-of-a-province": Strength(4, "0.8"),
    "source-line-names-place": Strength(4, "0.75"),
    "file-name-names-place": Strength(4, "0.6"),
    "own-document-names-place": Strength(3, "0.85"),
    "speaks-of-its-own-education": Strength(2, "0.75"),
    "agency-with-place": Strength(1, "0.6"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One hint that a place speaks here."""

    place: str  # id
    rule: str
    span: Span | None  # none where the words are in the name of the file or in a title that the user gave
    agency: Entity | None = None
    more: int = 0  # what the number of names adds to the rule's weight

    @property
    def weight(self) -> int:
        return RULES[self.rule].weight + self.more


@dataclass(frozen=True)
class Scene:
    """A part with what several rules look at, found once."""

    part: Part
    text: str
    around: Surroundings
    names: tuple[tuple[Span, str], ...]  # every place name, in order
    agencies: tuple[FoundAgency, ...]  # those of a place that is named before them

    @property
    def base(self) -> int:
        return self.part.span.start

    def at(self, start: int, end: int) -> Span:
        """The clean span of a stretch of the part's text."""
        return Span(self.base + start, self.base + end)

    @cached_property
    def own_words(self) -> tuple[re.Match[str], ...]:
        """我市, 全县: each place where the text says so."""
        return tuple(_SELF.finditer(self.text))

    @cached_property
    def tier(self) -> str:
        """省, 市, 县, 区 or 州: what the text calls itself most, if it does so more than once; of two the lower one.

        我县 tells more than 全县 or 县委、县政府, for a county's text speaks of 全省 and 市委 as well.
        """
        said: Counter[str] = Counter()
        for found in self.own_words:
            said[found[1] or found[2]] += 3 if found[1] else 1
        for found in _ITS_OFFICES.finditer(self.text):
            said[found[1]] += 1
        most = max(said, key=lambda tier: (said[tier], -_HEIGHTS.index(tier)), default="")
        return most if said[most] >= 2 else ""

    @cached_property
    def is_masked(self) -> bool:
        """某市, XX县 in the title or the opening: whoever took the name out did not mean other names to tell it."""
        return _MASKED.search(self.part.title) is not None or _MASKED.search(self.text, 0, MASK_HEAD) is not None

    def in_title(self, at: int) -> bool:
        """Whether this character stands between 《 and 》."""
        return self.text.rfind("《", 0, at) > self.text.rfind("》", 0, at)

    def is_visited(self, span: Span) -> bool:
        """Whether the words around say that this is another place, which one goes to, learns from or helps."""
        before = _VISITED_BEFORE.search(self.text[max(0, span.start - 4) : span.start])
        return before is not None or _VISITED_AFTER.match(self.text, span.end) is not None

    @property
    def title_lines(self) -> Iterator[tuple[Span | None, str]]:
        """The lines of the title with their clean spans; a title that the user gave stands nowhere in the text."""
        span = next((d.span for d in self.part.decided if d.what == "title"), None)
        if span is None:
            yield from [(None, self.part.title)] if self.part.title else []
            return
        start = span.start
        for line in self.part.document.clean[slice(*span)].split("\n"):
            yield Span(start, start + len(line)), line
            start += len(line) + 1
