"""A sentence with its mentions and acts, and the questions that several relaters ask of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.entities.acts import Act, find_acts, shielded
from kg.model import Claim, DateKind, Entity, Kind, Mention, Part, Sentence, Span

_CLAUSE_END = re.compile(r"[，。；：！？\n]")
_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)年(?!级|版|代)")
_BY_THEN = re.compile(r"(?:到|至|截至|截止|力争|争取|在?未来|确保)[^，。；\d]{0,4}$")
_SINCE = re.compile(r"(?:自|从)[^，。；\d]{0,2}$")
_LAST_YEAR = re.compile(r"去年|上年(?!度同期)")
_NEXT_YEAR = re.compile(r"明年|下一?年度?(?!级)")
_THIS_YEAR = re.compile(r"今年|年内|本年度?|全年|一年来|年底前")
_BETWEEN_SUBJECT_AND_ACT = re.compile(
    r"(?:已|已经|要|将|均|都|也|率先|先后|分别|于|在|等地?|等[县区市]+|(?:19|20)\d\d年|今年|年内|高水平|高标准|全面|首批|成功|顺利|正式|，|[一二三四五六七八九十]个?(?:[县区市、]+)|确保|力争|的|务必|教育局|市|要确保|全部|全域)*$"
)


@dataclass(frozen=True)
class Scene:
    """What a relater sees. All spans are relative to `text`."""

    sentence: Sentence
    mentions: tuple[Mention, ...]  # spans relative to the sentence
    previous: tuple[Sentence, ...] = ()  # earlier sentences of the same paragraph, nearest last

    @cached_property
    def text(self) -> str:
        return self.sentence.text

    @cached_property
    def quiet(self) -> str:
        """The text with quotes, titles and brackets blanked."""
        return shielded(self.text)

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        return find_acts(self.text)

    @property
    def part(self) -> Part:
        return self.sentence.part

    def of(self, *kinds: Kind) -> Iterator[Mention]:
        """The linked mentions of these kinds, in order."""
        return (m for m in self.mentions if m.kind in kinds and m.entity is not None)

    def clause(self, at: int) -> Span:
        """The clause that the character belongs to (`，` ends one; punctuation inside quotes does not)."""
        start = max((m.end() for m in _CLAUSE_END.finditer(self.quiet, 0, at)), default=0)
        end = _CLAUSE_END.search(self.quiet, at)
        return Span(start, end.start() if end else len(self.quiet))

    def act_on(self, mention: Mention) -> Act | None:
        """The act whose object the mention is, if any."""
        start, end = mention.span
        for act in reversed(self.acts):
            if act.object.start <= start < act.object.end or act.span.start <= start < act.span.end < end:
                return act
        return None

    def subjects(self, act: Act) -> tuple[Mention, ...]:
        """The places or agencies that stand as a list directly before the act: 长海县、长兴岛要确保通过…."""
        floor = self.clause(act.span.start).start
        found: list[Mention] = []
        edge = act.span.start
        candidates = [m for m in self.mentions if m.kind in (Kind.PLACE, Kind.AGENCY) and m.span.end <= edge]
        for mention in sorted(candidates, key=lambda m: -m.span.end):
            if mention.span.end > edge:
                continue
            gap = self.text[mention.span.end : edge]
            joined = re.fullmatch(r"[、和与及]|以及", gap) if found else _BETWEEN_SUBJECT_AND_ACT.fullmatch(gap)
            if mention.span.start < floor or not joined:
                break
            found.append(mention)
            edge = mention.span.start
        before = self.text[floor:edge]
        return () if re.search(r"[在对向为与给从到由把将以用按]$", before) else tuple(reversed(found))

    def when(self, at: int) -> tuple[int | None, DateKind | None]:
        """The year of an act at this place of the text: stated in its clause, or the part's."""
        clause = self.clause(at)
        words = self.text[clause.start : clause.end]
        for found in _YEAR.finditer(words):
            before = words[: found.start()]
            if _SINCE.search(before):
                return int(found[1]), DateKind.EFFECTIVE
            if not _BY_THEN.search(before) and clause.start + found.start() <= at:
                return int(found[1]), DateKind.STATED
        year = self.part.year
        if year is None:
            return None, None
        if _LAST_YEAR.search(words):
            return year - 1, DateKind.STATED
        if _NEXT_YEAR.search(words):
            return year + 1, DateKind.STATED
        return year, DateKind.STATED if _THIS_YEAR.search(words) else DateKind.DOCUMENT

    def deadline(self, at: int) -> int | None:
        """The last 到YYYY年 at or before this place in the sentence."""
        years = [m for m in _YEAR.finditer(self.text, 0, at) if _BY_THEN.search(self.text[: m.start()])]
        return int(years[-1][1]) if years else None


Relater = Callable[[Scene], Iterator[Claim]]


def place_of(mention: Mention) -> Entity | None:
    """The place itself, or the one that the agency serves (as far as its identity needs no more than the mention)."""
    return mention.entity if mention.kind == Kind.PLACE else None
