"""The nouns of policy-kg: Document · Part · Sentence · Mention · Entity · Claim, and the kinds, relations and states they speak of.

Everything is frozen; new knowledge makes a new object (`dataclasses.replace`). Two coordinate systems meet here and only
here: *clean* offsets count characters of `Document.clean` (decoded, un-garbled, furniture removed, punctuation
unified), *original* offsets count characters of `Document.text`. `Document.original` translates a clean span.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

LONGEST_SENTENCE = 1000  # characters
TEXTS = "texts"  # folder of a graph with the texts that were taken out of other files
PLAIN_FORMS = frozenset({"text", "markdown"})  # files that are their own text


class Kind(StrEnum):
    """What a name in a text names. The values are the class names of `ontology/policy.ttl`."""

    PROGRAM = "Program"
    POLICY_DOCUMENT = "PolicyDocument"
    AGENCY = "Agency"
    PLACE = "Place"
    ORGANIZATION = "Organization"
    TARGET_GROUP = "TargetGroup"


class Relation(StrEnum):
    """What a sentence says. The values are the claim classes of `ontology/policy.ttl`."""

    ADOPTS = "Adoption"
    ISSUES = "Issuance"
    IMPLEMENTS = "Implementation"
    TARGETS = "Targeting"
    GOAL = "Goal"
    SUCCEEDS = "Succession"
    PART_OF = "Membership"
    RECOGNIZES = "Recognition"
    DIFFUSES = "Diffusion"


class Status(StrEnum):
    """How far an act has come."""

    PLANNED = "Planned"
    STARTED = "Started"
    ONGOING = "Ongoing"
    COMPLETED = "Completed"
    ENDED = "Ended"


class Genre(StrEnum):
    """What sort of text a part is."""

    SUMMARY = "Summary"  # 工作总结
    PLAN = "Plan"  # 工作计划, 工作思路
    KEY_POINTS = "KeyPoints"  # 工作要点
    OPINION = "Opinion"  # 意见, 实施意见
    ACTION_PLAN = "ActionPlan"  # 行动计划
    SCHEME = "Scheme"  # 实施方案, 办法
    NOTICE = "Notice"  # 通知
    REPORT = "Report"  # 工作报告
    SPEECH = "Speech"  # 讲话
    NEWS = "News"  # 报道
    REGULATION = "Regulation"  # 条例, 规定
    OTHER = "Other"


class Level(StrEnum):
    """The tier of government of a place."""

    NATION = "Nation"
    PROVINCE = "Province"
    PREFECTURE = "Prefecture"
    COUNTY = "County"
    TOWNSHIP = "Township"
    ZONE = "Zone"  # 新区, 高新区, 开发区, 保税区: no county, but it speaks and is spoken of like one
    FOREIGN = "Foreign"


class DateKind(StrEnum):
    """What the year of a claim rests on."""

    STATED = "Stated"  # the sentence names it, or says 今年 in a dated part
    EFFECTIVE = "Effective"  # 自2013年秋季学期起
    DOCUMENT = "Document"  # only the part's year: an upper bound


class Span(NamedTuple):
    """A half-open range of characters."""

    start: int
    end: int


class LeftOut(NamedTuple):
    """A stretch of a file's text that is not read, and the rule that left it out: menu, editor, page-number."""

    span: Span  # original offsets
    reason: str


@dataclass(frozen=True, slots=True)
class Given:
    """What the user knows of a document; it wins over what the text says. Empty fields are not known."""

    title: str = ""
    place: str = ""  # as the user writes it: 大连市, 南京市鼓楼区
    year: int | None = None
    date: date | None = None  # of publication
    url: str = ""
    by: str = ""  # where the user said so: index.csv line 4, column 城市, --place

    def over(self, other: Given) -> Given:
        """These facts, and those of `other` where these are silent."""
        facts = [f.name for f in fields(self) if f.name != "by"]
        known = {name: getattr(self, name) or getattr(other, name) for name in facts}
        helps = any(getattr(other, name) and not getattr(self, name) for name in facts)
        return Given(**known, by="; ".join(by for by in dict.fromkeys((self.by, other.by if helps else "")) if by))


NOTHING_GIVEN = Given()


class Origin:
    """Where each character of a cleaned text stood in the original: pieces that run along side by side.

    `origin[i]` is the original offset of clean character `i`. Piece `k` begins at clean offset `starts[k]` and original
    offset `targets[k]`. Offsets never decrease; a character that a repair put in points to the one it was put before.
    """

    __slots__ = ("_length", "_starts", "_targets")

    def __init__(self, starts: Sequence[int], targets: Sequence[int], length: int) -> None:
        self._starts = starts
        self._targets = targets
        self._length = length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, at: int) -> int:
        if not 0 <= at < self._length:
            raise IndexError(f"clean offset {at} of {self._length}")
        piece = bisect_right(self._starts, at) - 1
        return self._targets[piece] + at - self._starts[piece]

    def __iter__(self) -> Iterator[int]:
        return map(self.__getitem__, range(self._length))

    def stretch(self, start: int, end: int) -> Span:
        """The original of a stretch that is not empty: from that of its first character to that of its last."""
        if not 0 <= start < end <= self._length:
            raise IndexError(f"clean offsets {start} to {end} of {self._length}")
        starts, targets = self._starts, self._targets
        first = last = bisect_right(starts, start) - 1
        if first + 1 < len(starts) and starts[first + 1] < end:
            last = bisect_right(starts, end - 1, first) - 1
        return Span(targets[first] + start - starts[first], targets[last] + end - starts[last])


@dataclass(frozen=True, slots=True)
class Document:
    """One document, decoded and cleaned: a file, a row of a table or a member of an archive."""

    id: str  # 16 hex digits: hash of the name and the content
    file: str  # POSIX path relative to the input root; pages.zip/a.txt for a member, table.csv#12 for a row
    text: str  # decoded or extracted, BOM removed, line ends kept
    clean: str
    origin: Origin = field(repr=False, compare=False)
    encoding: str = "utf-8"
    form: str = "text"  # what the file was: text, html, pdf, docx, …
    within: str = ""  # the table or archive that holds it; empty for a file of its own
    given: Given = NOTHING_GIVEN
    left_out: tuple[LeftOut, ...] = field(default=(), repr=False)  # in order
    repairs: tuple[tuple[str, int], ...] = ()  # (what was undone, how many characters): (pinyin, 779)
    doubts: tuple[str, ...] = ()  # what a user should look at, one sentence each

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def extracted_to(self) -> str:
        """Path below the graph folder of the text that offsets refer to; empty where that is the file itself."""
        return f"{TEXTS}/{self.id}.txt" if self.within or self.form not in PLAIN_FORMS else ""

    def original(self, span: Span) -> Span:
        """The span of `text` from which the clean `span` was made (`span` must not be empty)."""
        return self.origin.stretch(*span)


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with a name of its own: linked, hence the same in every document.

    `id` is the path below the base IRI: `program/县管校聘`, `place/210200`, `agency/大连市教育局`.
    """

    kind: Kind
    id: str
    name: str
    in_lexicon: bool = False
    number: str | None = None  # 文号 of a policy document
    jurisdiction: str | None = None  # id of the place that an agency serves, or that a township lies in
    written: str = field(default="", compare=False)  # what the text calls it, or would, where that is not the name

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Decision:
    """How one property of a part was decided, for the report: what, which value, by which rule, from which words."""

    what: str  # place, year, genre, agency, title
    value: str  # "" where it stays open
    rule: str  # e.g. title-names-place, townships-of-one-county, masked-year
    span: Span | None = None  # clean offsets of the words it was read from
    confidence: Decimal = Decimal("0.9")  # 0 where it stays open


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document that speaks for one government about one year."""

    document: Document = field(repr=False)
    index: int
    span: Span
    title: str = ""
    genre: Genre = Genre.OTHER
    year: int | None = None
    place: Entity | None = None  # 我市, 我县, 全区
    agency: Entity | None = None  # who speaks
    decided: tuple[Decision, ...] = ()

    def __hash__(self) -> int:
        return hash((self.document.id, self.index))

    @property
    def text(self) -> str:
        return self.document.clean[self.span.start : self.span.end]


class Sentence(NamedTuple):
    """A sentence of a part; `；` ends one too, because policy texts chain independent acts with it."""

    part: Part
    index: int  # type: ignore[assignment]  # within the part; tuples have a method of this name
    paragraph: int  # within the part
    span: Span
    text: str  # what stands there in `Document.clean`

    @property
    def too_long(self) -> bool:
        """Longer than any sentence of real policy texts, which have a few hundred characters: a table or noise."""
        return len(self.text) > LONGEST_SENTENCE


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands. `entity` is None where the document does not determine whom or what it names."""

    kind: Kind
    span: Span  # clean offsets in the document
    text: str
    entity: Entity | None
    found_by: str


Literal = str | int | bool | Decimal


@dataclass(frozen=True, slots=True)
class Claim:
    """What one sentence says. Role and value names are property names of the ontology (`place`, `program`, `indicator`, …)."""

    relation: Relation
    sentence: Sentence
    found_by: str
    roles: tuple[tuple[str, Entity], ...]
    values: tuple[tuple[str, Literal], ...] = ()
    year: int | None = None
    year_to: int | None = None  # end of a range of years; `year` is then its start
    date_kind: DateKind | None = None
    status: Status | None = None
    confidence: Decimal = Decimal("0.9")

    def role(self, name: str) -> Entity | None:
        return dict(self.roles).get(name)

    def value(self, name: str) -> Literal | None:
        return dict(self.values).get(name)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read from one file."""

    document: Document
    parts: tuple[Part, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]  # linked and unlinked, in order of the text
    claims: tuple[Claim, ...]
