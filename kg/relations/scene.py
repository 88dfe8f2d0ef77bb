"""A sentence with its mentions and acts, and the questions that several relaters ask of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from kg.entities.acts import Act, find_acts, shielded
from kg.model import Claim, Entity, Kind, Mention, Sentence, Span
from kg.patterns import regex
from kg.relations.sections import Outlook
from kg.relations.status import looks_ahead, looks_back

_CLAUSE_END = regex(r"[，。；：！？\n]")
_BETWEEN_SUBJECT_AND_ACT = regex(
    r"(?:已|已经|要|将|均|都|也|较早|最早|同步|最先|同时|相继|率先|先后|分别|于|在|以(?:(?!成绩|成效)[^，。；]){2,6}(?:成绩|成效)|等(?:地|省份?|市份|(?:省?(?:国家级?|省级|边远|贫困|民族|重点|主?城))+[县区市])?|个|\d{1,3}(?=个)|[县区市](?:（[^）]*）)?|(?:19|20)\d\d年|\d{1,2}月|今年|去年|明年|年内|高水平|高标准|全面|首批|成功|顺利|正式|决定|研究决定|在全[国省市县区州]|第一个|首个|结合(?:(?!实际)[^，。；]){0,6}实际|整[县区市]|，|"
    r"[一二三四五六七八九十](?=个|[县区市])|、(?=[县区市])|确保|力争|的|务必|教育局|全部|全域|先行|继续|\d+所(?:学校|小学|中学|幼儿园|高中)|公办|中小学|联合|共同|积极|开始|可|就|还)*$"
)
_WHO_ACTS = (Kind.PLACE, Kind.AGENCY, Kind.ORGANIZATION)  # or whose name hides a place that does not
_FAR = 40  # a verb so far behind the opening of its clause has a subject of its own
_LIST_GAP = regex(r"[、和与及]|以及")
_OPEN_CLAUSE = regex(
    r"^(?:\d{1,2}月[底初]?|全面|已|并|还|又|也|再|先后|以[^，。；]{2,20}为[^，。；]{1,6}|通过[^，。；]{2,20}|率先|高水平|高标准|今年|去年|\d{4}年|在此基础上|目前|共|在全[国省市县区州](?:率先|第一个|首个)?|第一个)*$"
)
_TOWARDS = "在对向为与给从到由把将以用按赴"
_WHERE = regex(r"(?:在|扩大到|推广到|扩展到|推广至|延伸到|覆盖|新增|确定)(?:了)?(?:[\u4e00-\u9fff]{1,6}所在的)?")


class Land(Protocol):
    """Knows which place lies in which."""

    def lies_within(self, inner: Entity, outer_id: str) -> bool:
        """Whether a place lies in the one of this id, or is it."""

    def tier_above(self, place: Entity, tier: str) -> Entity | None:
        """The 省, 市, 县 or 区 in which a place lies, or that it is."""


class Context(NamedTuple):
    """What the paragraph and the headings above a sentence speak of."""

    topic: Entity | None = None  # the one programme of the sentence before in the paragraph
    section: Entity | None = None  # the one programme of the heading above
    outlook: Outlook | None = None  # where the section looks, if a heading says so
    framed: int | None = None  # the year of the heading above, or with which the paragraph opens: 截至2015年底
    deadline: int | None = None  # of a sentence before in the paragraph: 到2020年，…


NOTHING_AROUND = Context()


class Scene:
    """What a relater sees. All spans are relative to `text`; what several relaters ask is found once, when first asked."""

    __slots__ = (
        "_act_on",
        "_acts",
        "_clause_ends",
        "_clauses",
        "_found_doers",
        "_last_doers",
        "_of",
        "context",
        "land",
        "mentions",
        "part",
        "quiet",
        "sentence",
        "text",
    )

    def __init__(self, sentence: Sentence, mentions: tuple[Mention, ...], land: Land, context: Context) -> None:
        """`mentions` have spans relative to the sentence."""
        self.sentence = sentence
        self.part = sentence.part
        self.text = sentence.text
        self.quiet = shielded(self.text)  # with quotes, titles and brackets blanked
        self.mentions = mentions
        self.land = land
        self.context = context
        self._acts: tuple[Act, ...] | None = None
        self._act_on: dict[Span, Act | None] = {}
        self._clause_ends: list[int] = []
        self._clauses: list[Span] | None = None
        self._found_doers: tuple[Mention, ...] | None = None
        self._last_doers: tuple[Mention, ...] | None = None
        self._of: dict[tuple[Kind, ...], tuple[Mention, ...]] = {}

    @property
    def acts(self) -> tuple[Act, ...]:
        if self._acts is None:
            self._acts = find_acts(self.text)
        return self._acts

    @property
    def looks_back(self) -> bool:
        """Whether what is told here was done: by the headings above, else by the part."""
        return self.context.outlook is Outlook.BACK if self.context.outlook else looks_back(self.part)

    @property
    def looks_ahead(self) -> bool:
        """Whether what is told here shall be done."""
        return self.context.outlook is Outlook.AHEAD if self.context.outlook else looks_ahead(self.part)

    @property
    def is_of_the_nation(self) -> bool:
        """Whether the part speaks for 中国 itself."""
        return self.part.place is not None and self.part.place.name == "中国"

    def within(self, inner: Entity, outer_id: str) -> bool:
        """Whether a place lies in the one of this id, or is it."""
        return self.land.lies_within(inner, outer_id)

    def of(self, *kinds: Kind) -> tuple[Mention, ...]:
        """The linked mentions of these kinds, in order."""
        if not self.mentions:
            return ()
        found = self._of.get(kinds)
        if found is None:
            found = self._of[kinds] = tuple([m for m in self.mentions if m.kind in kinds and m.entity is not None])
        return found

    def clause(self, at: int) -> Span:
        """The clause that the character belongs to (`，` ends one; punctuation inside quotes does not)."""
        if self._clauses is None:
            ends = self._clause_ends = [found.start() for found in _CLAUSE_END.finditer(self.quiet)]
            self._clauses = list(map(Span, [0, *[end + 1 for end in ends]], [*ends, len(self.text)]))
        return self._clauses[bisect_left(self._clause_ends, at)]

    def clauses(self) -> Iterator[Span]:
        """The clauses of the sentence, in order."""
        start = 0
        while start < len(self.text):
            clause = self.clause(start)
            yield clause
            start = clause.end + 1

    def act_on(self, mention: Mention) -> Act | None:
        """The act whose object the mention is, if any."""
        span = mention.span
        if span not in self._act_on:
            self._act_on[span] = self._found_act_on(span)
        return self._act_on[span]

    def _found_act_on(self, span: Span) -> Act | None:
        start, end = span
        for act in reversed(self.acts):
            (verb_start, verb_end), (object_start, object_end) = act.span, act.object
            if object_start <= start < object_end or verb_start <= start < verb_end < end:
                return act
        return None

    def subjects(self, act: Act) -> tuple[Mention, ...]:
        """The places or agencies that do the act: the list directly before it (长海县、长兴岛要确保通过…), else the subject
        of the clause before when this clause opens with its verb (双塔区借鉴…，以…为龙头组建…)."""
        return self.subjects_before(act.span.start)

    def subjects_before(self, at: int) -> tuple[Mention, ...]:
        """The same for a verb that begins at this character."""
        if not self._doers:
            return ()
        clause = self.clause(at)
        found = self._listed_before(at, clause.start)
        far = at - clause.start > _FAR
        if found or clause.start == 0 or far or not _OPEN_CLAUSE.match(self.text[clause.start : at]):
            return found
        before = self.clause(clause.start - 1)
        opening = [m for m in self._doers if m.span.start == before.start]
        if opening:
            return self._list_from(opening[0], clause.start - 1)
        first = next((act for act in self.acts if before.start <= act.span.start < before.end), None)
        return self.subjects_before(first.span.start) if first else ()

    def opens_with_others(self, at: int) -> bool:
        """Whether the clause opens with places of which none is the part's own or lies in it: 上海、杭州等地很早就实施…."""
        if not self._doers:
            return False
        start = self.clause(at).start
        opening = [m.entity for m in self.list_at(start) if m.kind is Kind.PLACE and m.span.end <= at]
        own = self.part.place
        return bool(opening) and (own is None or not any(p is not None and self.within(p, own.id) for p in opening))

    def government(self, doer: Mention) -> Entity | None:
        """The place itself, or the place that stands inside an agency's name and is the one it serves: 枝江市教育局."""
        if doer.kind == Kind.PLACE or doer.entity is None:
            return doer.entity
        inside = (m.entity for m in self.of(Kind.PLACE) if doer.span.start <= m.span.start < doer.span.end)
        return next((place for place in inside if place is not None and place.id == doer.entity.jurisdiction), None)

    def list_at(self, at: int) -> tuple[Mention, ...]:
        """The list of places or agencies that begins at this character."""
        first = next((m for m in self._doers if m.span.start == at), None) if self._doers else None
        return self._list_from(first, self.clause(at).end) if first else ()

    def list_ending_with(self, last: Mention) -> tuple[Mention, ...]:
        """The list of places whose last member this is."""
        found = [last]
        for mention in self._doers_backwards:
            if mention.kind == Kind.PLACE and mention.span.end <= found[-1].span.start:
                if not self._joins(mention, self.text[mention.span.end : found[-1].span.start], found):
                    break
                found.append(mention)
        return tuple(reversed(found))

    def located(self, at: int) -> tuple[Mention, ...]:
        """The places where something is done: 在繁昌县、镜湖区启动…, 扩大到茶陵县、炎陵县, in the clause of this character."""
        if not self._doers:
            return ()
        clause = self.clause(at)
        for word in _WHERE.finditer(self.text, clause.start, clause.end):
            first = next((m for m in self._doers if m.kind == Kind.PLACE and m.span.start == word.end()), None)
            if first is not None:
                return self._list_from(first, clause.end)
        return ()

    @property
    def _doers(self) -> tuple[Mention, ...]:
        """Place and agency mentions, of nested and chained ones only the innermost of a chain and the outermost of a nest."""
        if self._found_doers is None:
            self._found_doers = _doers_among(self.mentions) if self.mentions else ()
        return self._found_doers

    @property
    def _doers_backwards(self) -> tuple[Mention, ...]:
        """The same, the one that ends last first."""
        if self._last_doers is None:
            self._last_doers = tuple(sorted(self._doers, key=lambda m: -m.span.end))
        return self._last_doers

    def _listed_before(self, at: int, floor: int) -> tuple[Mention, ...]:
        found: list[Mention] = []
        edge = at
        for mention in self._doers_backwards:
            everywhere = mention.found_by == "context-word" and self.text.endswith("在", 0, mention.span.start)
            if mention.span.end > edge or everywhere:
                continue  # 枝江市率先在全省制定…: the county does it
            if mention.span.start < floor or not self._leads_to(edge, mention, found):
                break
            found.append(mention)
            edge = mention.span.start
        towards = edge > floor and self.text[edge - 1] in _TOWARDS
        return () if towards else tuple(reversed(found))

    def _leads_to(self, edge: int, mention: Mention, found: list[Mention]) -> bool:
        """Whether the words from the mention to the verb, or to the list already found, make it the subject."""
        gap = self.text[mention.span.end : edge]
        return self._joins(mention, gap, found) if found else _BETWEEN_SUBJECT_AND_ACT.fullmatch(gap) is not None

    def _joins(self, mention: Mention, gap: str, found: list[Mention]) -> bool:
        """A joint, or the ancestors that stand before the next name: 南康区、河南省信阳市浉河区."""
        bare = gap
        for other in self.mentions:
            if (
                other.kind == Kind.PLACE
                and mention.span.end <= other.span.start
                and other.span.end <= found[-1].span.start
            ):
                bare = bare.replace(other.text, "")
        return bool(_LIST_GAP.fullmatch(bare))

    def _list_from(self, first: Mention, limit: int) -> tuple[Mention, ...]:
        found = [first]
        for mention in sorted(self._doers, key=lambda m: m.span):
            gap = self.text[found[-1].span.end : mention.span.start]
            if mention.span.start >= found[-1].span.end and mention.span.end <= limit and self._gap_is_list(gap):
                found.append(mention)
        return tuple(found)

    def _gap_is_list(self, gap: str) -> bool:
        for other in self.mentions:
            if other.kind == Kind.PLACE:
                gap = gap.replace(other.text, "")
        return bool(_LIST_GAP.fullmatch(gap))


def _doers_among(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    named = [m for m in mentions if m.kind in _WHO_ACTS]
    if len(named) == 1 and named[0].kind is not Kind.ORGANIZATION:
        return tuple(named)
    outer = [m for m in named if not any(covers(other, m) for other in named)]
    outer = [m for m in outer if m.kind is not Kind.ORGANIZATION]  # a school's place does nothing
    ends = {m.span.start for m in outer if m.kind == Kind.PLACE}
    return tuple(m for m in outer if not (m.kind == Kind.PLACE and m.span.end in ends))


Relater = Callable[[Scene], Iterator[Claim]]


def covers(outer: Mention, inner: Mention) -> bool:
    """Whether the one stands inside the other and is shorter."""
    bigger = outer.span.end - outer.span.start > inner.span.end - inner.span.start
    return bigger and outer.span.start <= inner.span.start and inner.span.end <= outer.span.end
