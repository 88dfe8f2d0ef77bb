"""A place in a sentence → when the act told there was or shall be: its year, its deadline, the plan whose period it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.entities.acts import shielded
from kg.model import DateKind, Kind, Span
from kg.patterns import regex
from kg.relations.scene import Scene
from kg.relations.signed import signed
from kg.texts.year_events import FIVE_YEAR_PLANS

_YEAR = signed(r"(?<![\d.])((?:19|20)\d\d)年(?!级|版|代)", signs="年")
_WHEN = signed(
    r"(?<![\d.\-—–－~～至])(?P<year>(?:19|20)\d\d)(?:年?[-—–－~～至到](?P<last>(?:19|20)\d\d))?年(?!级|版|代)"
    r"|(?P<before>去年|上年(?!度同期)|上一年)|(?P<after>明年|来年|下一?年度?(?!级))|(?P<now>今年|年内|本年度?|全年|一年来|年底前)",
    signs="年",
)
_BY_THEN = regex(r"(?:到|至|截至|截止|力争|争取|在?未来|确保)[^，。；\d]{0,4}$")
_THEN = regex("[到至截争未保]")  # a sign of _BY_THEN or _END_OF_PLAN
_SINCE = regex(r"(?:自|从|继)[^，。；\d]{0,2}$")
_COMPARED = regex(r"(?:比|较|由|同比)[^，。；\d]{0,2}$")
_FROM = regex(r"(?:从|由)[^，。；\d]{0,2}$")  # 从2014年的72%提高到; 从2014年起 is when it begins
_BEGINS = regex(r"[^，。；]{0,6}?(?:起|开始|以来|始)")
_LEADING_WORDS = 8  # characters before a year that may say what it is: no word above with what follows it is longer
_TO_COME = regex(r"将|拟")
_WAS_DONE = regex(r"已|(?<!为)了(?!解)|。")
_PERIOD_OF_PLAN = regex(r"(?:19|20)\d\d年?[-—–－~～至](?P<last>20\d\d)")
_MAKES_A_PLAN = ("印发", "出台", "制定", "发布", "颁布", "下发", "编制", "审议")
_ITS_CONTENT = regex("明确|提出|规定|要求|确定|计划|将")
_PLANS = "|".join(FIVE_YEAR_PLANS)
_END_OF_PLAN = signed(rf"(?:到|至)“?({_PLANS})”?(?:期?末|末期|规划期末)", signs="末")
_DURING_PLAN = signed(rf"“?({_PLANS})”?(?:规划)?(?:期间|时期|以来)", signs="期间 时期 以来")


class Dated(NamedTuple):
    """The year of an act, how it is known, and the end of the range of years (2014—2016年) where it is one."""

    year: int | None = None
    kind: DateKind | None = None
    last: int | None = None


class Dating(NamedTuple):
    """A year that a sentence names, and what the words around it make of it."""

    span: Span
    year: int | None  # None for 今年 where the part's own year is open
    last: int | None  # of a range of years
    use: str  # act; else compared, baseline, deadline, name: these date no act


def datings(text: str, own: int | None) -> Iterator[Dating]:
    """The years of a sentence in a part of the year `own`, in order: 2015年 and 去年 date an act, 比2015年 and 到2020年 do not."""
    quiet = shielded(text)
    for found in _WHEN.finditer(text):
        use = _use(quiet, found) if _WHEN.match(quiet, found.start()) else "name"
        last = int(found["last"]) if found["last"] else None
        yield Dating(Span(*found.span()), _year_of(found, own), last, use)


def when(scene: Scene, at: int, *, state: bool = False) -> tuple[int | None, DateKind | None]:
    """The year of an act at this place of the text: the nearest one said before it in the sentence, or the part's.

    Of a `state`, the year since which it is so (2018年以来累计…) is not the year of which it is told.
    """
    found = dated(scene, at, state=state)
    return found.year, found.kind


def dated(scene: Scene, at: int, *, state: bool = False) -> Dated:
    """The same, with the end of the range of years (2014—2016年) if it is a range.

    It is what the sentence says, else the paragraph or the heading above, else the part.
    """
    said = _said(scene, at, state=state)
    if said is not None:
        return said
    own = scene.part.year
    framed = scene.context.framed
    if framed is not None and framed != own:
        return Dated(framed, DateKind.STATED)
    return Dated(own, DateKind.DOCUMENT) if own is not None else Dated()


def deadline_before(scene: Scene, at: int) -> int | None:
    """The last 到YYYY年 or 到“十三五”末 at or before this place in the sentence."""
    if _THEN.search(scene.text, 0, at) is None:
        return None
    years = [
        (m.start(), int(m[1])) for m in _YEAR.finditer(scene.text, 0, at) if _BY_THEN.search(_leading(scene.text, m))
    ]
    years += [(m.start(), FIVE_YEAR_PLANS[m[1]][1]) for m in _END_OF_PLAN.finditer(scene.text, 0, at)]
    return max(years)[1] if years else None


def five_years(scene: Scene, at: int) -> tuple[int, int] | None:
    """The first and last year of the five-year plan whose 期间 this place of the sentence tells of."""
    found = list(_DURING_PLAN.finditer(scene.text, 0, at))
    return FIVE_YEAR_PLANS[found[-1][1]] if found else None


def period_of_plan(scene: Scene, at: int) -> int | None:
    """The last year of a plan whose content is told behind its title: 印发《…行动计划（2021-2023年）》，三年投入…."""
    for document in scene.of(Kind.POLICY_DOCUMENT):
        period = _PERIOD_OF_PLAN.search(document.text)
        act = scene.act_on(document)
        says = not scene.looks_back or _ITS_CONTENT.search(scene.quiet, document.span.end, at)
        if period and document.span.end <= at and act is not None and act.has(*_MAKES_A_PLAN) and says:
            return int(period["last"])
    return None


def is_announced(scene: Scene, at: int) -> bool:
    """Whether an act before this place of the sentence shall be done, and nothing after it was: 明年将开展…，出台…."""
    if "将" not in scene.text and "拟" not in scene.text:
        return False
    before = (act for act in reversed(scene.acts) if act.span.start < at)
    last = next((act for act in before if _TO_COME.search(act.adverbs)), None)
    return last is not None and not _WAS_DONE.search(scene.quiet, last.span.end, at)


def _said(scene: Scene, at: int, *, state: bool) -> Dated | None:
    """The last year before this place; where there is none, the first behind it in its clause that is a number."""
    nearest: Dated | None = None
    for found, use, begins in _years_in(scene.quiet):
        behind = found.start() > at
        if behind and (nearest is not None or found.start() >= scene.clause(at).end):
            break
        year = None if behind and not found["year"] else _year_of(found, scene.part.year)
        if year is not None and use == "act" and not (state and begins):
            since = _SINCE.search(_leading(scene.quiet, found))
            kind = DateKind.EFFECTIVE if since else DateKind.STATED
            nearest = Dated(year, kind, int(found["last"]) if found["last"] else None)
    return nearest


@lru_cache(maxsize=256)
def _years_in(quiet: str) -> tuple[tuple[re.Match[str], str, bool], ...]:
    """The years of a sentence in order, each with what its words make of it and whether it is where something begins."""
    return tuple(
        (found, _use(quiet, found), _BEGINS.match(quiet, found.end()) is not None) for found in _WHEN.finditer(quiet)
    )


def _year_of(found: re.Match[str], own: int | None) -> int | None:
    """2014 of 2014年; 去年 and 明年 are told from the part's own year."""
    if found["year"]:
        return int(found["year"])
    if own is None:
        return None
    return own - 1 if found["before"] else own + 1 if found["after"] else own


def _use(text: str, found: re.Match[str]) -> str:
    """Whether it dates an act, or is a deadline (到2020年), what is compared with (比去年), or where a value began."""
    before = _leading(text, found)
    if _BY_THEN.search(before):
        return "deadline"
    if _FROM.search(before) and not _BEGINS.match(text, found.end()):
        return "baseline"
    return "compared" if _COMPARED.search(before) else "act"


def _leading(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - _LEADING_WORDS) : found.start()]
