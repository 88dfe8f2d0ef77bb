"""A sentence → its parties: those who may teach, learn or sign, each a list of places, of their offices, or of schools."""

from __future__ import annotations

from typing import NamedTuple

from kg.model import Entity, Kind, Mention
from kg.patterns import regex
from kg.relations.scene import Scene

_JOINT = regex(r"[、和及]|以及")
_ASIDE = regex(r"（[^（）]{0,30}）")  # 雷山县第二中学（以下简称雷山二中）
_NO_SUBJECT = ("与", "同", "和", "跟", "在", "对", "向", "从", "为", "以", "按", "据")
# 北京 in 与北京某某教育集团签订 is nobody's name: the body is, which is not known.
_NAMES_A_BODY = regex(
    r"(?!教育局|教体局|多|有关|相关|部分|优|知名|著名|兄弟|学校|高校|中小学|职?业?院校|[\d一二三四五六七八九十两几]+[所家个名])"
    r"(?:(?!教师|校长|园长|干部|考察|学习|调研|参观|交流|培训|观摩|开展|合作|[和与及等局的率各名签联共办]|结对|一行)[\u4e00-\u9fff]){0,10}?"
    r"(?:集团(?!化)|公司|大学|学院|银行|附中|附小|协会|基金会|研究院|出版社|中学|小学|幼儿园|(?:实验|外国语|双语|国际)学校|医院|企业|同胞|人士|居民)"
)
_TIERS = "省市县区旗州盟"


class Party(NamedTuple):
    """甘肃省陇南市教育局、定西市教育局: the last name of each chain, from 甘肃 to the end of the last office."""

    members: tuple[Mention, ...]
    start: int
    end: int


class Passage(NamedTuple):
    """From whom to whom a practice travels, and which rule says so."""

    origin: Entity | None
    receiver: Entity | None
    kind: str  # as the ontology calls it: LearnsFrom, Promotes, Cooperates
    rule: str
    near: Mention | None  # the programme is named near it
    of_a_program: bool = False  # nothing is said where no programme is named


def parties(scene: Scene) -> list[Party]:
    """Lists of places and schools; of names one after the other (浙江省安吉县) the last, no place inside a school's name."""
    named = [m.span for m in scene.mentions if m.kind in (Kind.ORGANIZATION, Kind.POLICY_DOCUMENT)]
    places = [
        m
        for m in scene.of(Kind.PLACE, Kind.ORGANIZATION)
        if m.kind == Kind.ORGANIZATION or not any(s.start <= m.span.start and m.span.end <= s.end for s in named)
    ]
    starts = {m.span.start for m in places}
    found: list[Party] = []
    for mention in places:
        if mention.span.end in starts:
            continue
        start, end = _chain_start(scene, mention), _office_end(scene, mention)
        aside = _ASIDE.match(scene.text, end)
        end = aside.end() if aside else end
        last = found[-1] if found else None
        if last is not None and start < last.end:
            continue  # in the aside
        if last is not None and _JOINT.fullmatch(scene.text, last.end, start):
            found[-1] = Party((*last.members, mention), last.start, end)
        else:
            found.append(Party((mention,), start, end))
    return found


def _chain_start(scene: Scene, mention: Mention) -> int:
    """Where the names begin of which this one is the last: 浙江省 in 浙江省安吉县."""
    start = mention.span.start
    while before := next((m for m in scene.mentions if m.kind == Kind.PLACE and m.span.end == start), None):
        start = before.span.start
    return start


def _office_end(scene: Scene, place: Mention) -> int:
    """Where the name ends that the place opens: behind 教育局 in 荆门市教育局."""
    offices = [m for m in scene.mentions if m.kind == Kind.AGENCY and m.span.start <= place.span.start < m.span.end]
    return max([place.span.end, *(m.span.end for m in offices)])


def is_own(scene: Scene, mention: Mention) -> bool:
    """Whether it is the part's own place, or the nation, from which nobody learns."""
    entity, own = mention.entity, scene.part.place
    return entity is not None and (entity.name == "中国" or (own is not None and own.id == entity.id))


def others_of(scene: Scene, party: Party) -> list[Mention]:
    """Its members but for the part's own place."""
    return [m for m in party.members if not is_own(scene, m)]


def home(scene: Scene, mention: Mention) -> Entity | None:
    """The place itself; of a school the place in its name."""
    if mention.kind == Kind.PLACE:
        return mention.entity
    inside = [m for m in scene.of(Kind.PLACE) if mention.span.start <= m.span.start and m.span.end <= mention.span.end]
    return inside[-1].entity if inside else None


def is_ours(scene: Scene, mention: Mention) -> bool:
    """Whether it is the part's own place, lies in it, or is a school that is called after it: 成都七中."""
    own, at = scene.part.place, home(scene, mention)
    if own is None:
        return False
    return scene.within(at, own.id) if at is not None else mention.text.startswith(stem(own.name))


def is_above(scene: Scene, outer: Mention, inner: Mention) -> bool:
    """Whether the one is the place in which the other lies, or that it is."""
    at = home(scene, inner)
    return (
        outer.kind == Kind.PLACE and outer.entity is not None and at is not None and scene.within(at, outer.entity.id)
    )


def names_a_body(scene: Scene, party: Party) -> bool:
    """Whether its last place is only the beginning of a name: 北京 in 北京某某教育集团."""
    last = party.members[-1]
    bare = last.kind is Kind.PLACE and last.found_by != "context-word" and last.span.end == party.end
    return bare and bool(_NAMES_A_BODY.match(scene.text, party.end))


def stem(name: str) -> str:
    """诸暨 of 诸暨市."""
    return name[:-1] if len(name) > 2 and name[-1] in _TIERS else name


def acting(scene: Scene, named: list[Party], start: int, end: int) -> Party | None:
    """The first party of this stretch that may be its subject: nobody who is met, helped or stayed with."""
    for party in named:
        if start <= party.start and party.end <= end and not scene.text[start : party.start].endswith(_NO_SUBJECT):
            return party
    return None
