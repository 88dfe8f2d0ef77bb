"""即A、B、C, （A、B、C）, 包括A、B、C三项 → the components, as many as is said; numbered headings → whether they count up."""

from __future__ import annotations

from itertools import pairwise

from kg.entities.counted_programs import DIGITS
from kg.entities.program_names import BAD_START
from kg.entities.spans import list_items, unwrapped
from kg.model import Entity, Kind, Span
from kg.patterns import regex
from kg.relations.scene import Scene

_END = regex(r"[。；）]|，(?=“)")
_COMMA = regex("，")
_COUNT = regex(r"(?:等)?(?P<n>[两二三四五六七八九十])(?:项|个|大|类|方面)")
_NUMERAL = regex(r"(?<![第一二三四五六七八九十个])[双两一二三四五六七八九十](?![年点期轮月日五级十])")
_NO_NUMBER = regex("[百千万]|一.{1,2}一")  # 双百双千 counts persons, 一校一品 nothing
_DEED = regex(r"[^、，]*?(?:提供|培养|打造|推动|开展|建设|创建|联创|争创|实施|推进|落实)(?!工程|计划|行动|项目)")
_ONE = regex(r"一[间份次位项个名套堂本]")
_AIM = regex(
    "爱(?!心)|守|讲|树|比|重视|减轻|加强|提高|提升|改善|完善|促进|强化|规范|解决|增强|健全|优化|扩大|确保|减少|降低"
)
_HEADING_NUMBER = regex(r"（?(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})")
_NO_COMPONENT = regex(r"\d|的|不|牵头|负责|机关|等$")


def components(text: str, start: int, name: str, *, told: bool) -> list[Span]:
    """The items of the list at `start` that spells out the whole of this name; none unless their number is the one told.

    `told` is whether 即 or a bracket opens the list: then it may tell deeds (即培养A、打造B), and the name may count.
    """
    end = _END.search(text, start)
    stretch = Span(start, end.start() if end else len(text))
    count = _COUNT.search(text, *stretch)
    if count is not None:
        wanted, ends = _value(count["n"]), [count.start()]
    else:
        wanted = _counted_by(name) if told else 0
        ends = [stretch.end, *(comma.start() for comma in _COMMA.finditer(text, *stretch))]
    for last in ends:
        items = list_items(text, Span(start, last))
        if len(items) == wanted > 1:
            bare = [_without_deed(text, item) if told else item for item in items]
            return bare if all(_may_be(unwrapped(text[item.start : item.end])) for item in bare) else []
    return []


def _counted_by(name: str) -> int:
    """3 of 三名工程, 5 of 三通两平台 and of 五个一工程, 0 of 一校一品 and of what has no number."""
    numerals = [] if _NO_NUMBER.search(name) else _NUMERAL.findall(name)
    return sum(map(_value, numerals))


def _value(numeral: str) -> int:
    return DIGITS.index(numeral.replace("双", "二").replace("两", "二"))


def _without_deed(text: str, item: Span) -> Span:
    """周转房 of 为每名教师提供一间周转房."""
    start = item.start
    for opening in (_DEED, _ONE):
        found = opening.match(text, start, item.end)
        start = found.end() if found and found.end() + 2 <= item.end else start
    return Span(start, item.end)


def _may_be(name: str) -> bool:
    told_apart = BAD_START.match(name) or _AIM.match(name) or _NO_COMPONENT.search(name)
    return 3 <= len(name) <= 16 and not told_apart


def count_up(headings: list[str]) -> bool:
    """Whether each heading has the number after the one before; headings whose number cannot be read are trusted."""
    numbers = [number for text in headings if (number := _number_of(text))]
    return len(numbers) < len(headings) or all(after == before + 1 for before, after in pairwise(numbers))


def _number_of(heading: str) -> int:
    """12 of 十二、, （十二） and 12.; 0 where none opens the heading."""
    found = _HEADING_NUMBER.match(heading)
    if found is None:
        return 0
    if found["n"].isdecimal():
        return int(found["n"])
    tens, ten, ones = found["n"].rpartition("十")
    return 10 * DIGITS.find(tens or "一") * len(ten) + (DIGITS.find(ones) if ones else 0)


def program_in(scene: Scene, span: Span) -> Entity | None:
    """The programme mentioned within these characters."""
    inside = (m.entity for m in scene.of(Kind.PROGRAM) if span.start <= m.span.start and m.span.end <= span.end)
    return next(inside, None)


def program_named(scene: Scene, item: Span) -> Entity:
    """The programme mentioned there, or one of these words."""
    known = program_in(scene, item)
    name = unwrapped(scene.text[item.start : item.end])
    return known or Entity(Kind.PROGRAM, f"program/{name}", name)
