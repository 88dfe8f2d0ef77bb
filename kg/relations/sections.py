"""The headings above a sentence → whether its section looks back or ahead, and which programme it is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model import Entity
from kg.patterns import regex
from kg.relations.signed import signed

_LEVELS = (
    regex(r"第[一二三四五六七八九十]+[章部篇编]|[一二三四五六七八九十]+、"),
    regex(r"第[一二三四五六七八九十]+节|[（(][一二三四五六七八九十]+[）)]"),
    regex(r"\d{1,2}[、.．]"),
    regex(r"[（(]\d{1,2}[）)]"),
)
_YEAR = regex(r"(?:19|20)\d\d(?=年)")
_LIGHT = (
    r"(?:(?:19|20)\d\d|[—\-－至~～]|年度?|今年|去年|上年|明年|来年|上半年|下半年|下一步|下一阶段|今后|当前|过去|以来|期间|“?十[一二三四]?五”?|"
    r"[一二三四五]年|全[市县区省]|我[市县区省局]|教育|体育|事业|工作|改革|发展|主要|总体|具体|重点|基本|规划|学校|取得|存在|"
    r"[的及和与、，]|成绩|成效|经验|问题|情况|做法|回顾|目标|任务|思路|打算|建议|形势)*"
)
_BACK = regex(rf"{_LIGHT}(?:回顾|总结|成绩|成效|现状|基础|背景|情况|做法)")
_AHEAD = regex(
    rf"{_LIGHT}(?:打算|计划|思路|安排|设想|谋划|展望)|(?:下一步|下一阶段|今后|明年|来年|下半年){_LIGHT}|到20\d\d年的?{_LIGHT}目标{_LIGHT}"
)
_LOOKS = regex(  # a sign of _BACK or _AHEAD
    "回顾|总结|成绩|成效|现状|基础|背景|情况|做法|打算|计划|思路|安排|设想|谋划|展望|下一步|下一阶段|今后|明年|来年|下半年|目标"
)
LONGEST_HEADING = 60  # characters


class Outlook(StrEnum):
    """Where a section looks."""

    BACK = "back"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that still stands above what is read."""

    level: int
    outlook: Outlook | None
    program: Entity | None
    year: int | None = None  # 2013 of 二、2013年工作回顾


def under(above: tuple[Heading, ...], text: str, program: Entity | None) -> tuple[Heading, ...]:
    """The headings above what follows a new one: it ends those of its own level and below. One without a number is lowest."""
    number = next(((level, found) for level, p in enumerate(_LEVELS) if (found := p.match(text))), None)
    level, words = (number[0], text[number[1].end() :]) if number else (len(_LEVELS), text)
    outlook = outlook_of(words)
    years = _YEAR.findall(words) if outlook else []
    year = int(years[0]) if len(set(years)) == 1 else None
    return (*(h for h in above if h.level < level), Heading(level, outlook, program, year))


_WITHIN_A_LINE = signed(
    r"(?:^|(?<=[。；、\s]))(?P<heading>[一二三四五六七八九十]+、[\u4e00-\u9fff\d]{2,14})[：:\s]*(?=[（(]一[)）]|1[.、])",
    signs="一） 一) 1. 1、",
)


_TURN = regex(
    r"(?:[一二三四五六七八九十]+、|\d{1,2}[.、])?(?P<year>20\d\d)年度?，?(?:我[们局市县区省州]|全[市县区省州系]|教育)?[^。；]{0,24}?"
    r"(?:将(?!军)|要(?!求|素)|重点(?:抓|做|推|开展|是)|拟|计划(?=抓|做|开展|实施)|打算|努力)"
)


def turned(above: tuple[Heading, ...], text: str, own: int | None) -> tuple[Heading, ...]:
    """What follows 2019年，我们将重点抓好以下工作 in a text of 2018 is of that year, to the end of the part."""
    found = _TURN.match(text) if own is not None and "20" in text else None
    if found is None or int(found["year"]) - (own or 0) != 1:
        return above
    return (Heading(-1, Outlook.AHEAD, None, int(found["year"])),)


def heading_within(text: str) -> str:
    """三、下一步打算 of a line in which the first item follows at once: 三、下一步打算 （一）启动…; "" for another line."""
    found = _WITHIN_A_LINE.search(text, 0, 60)
    return found["heading"] if found else ""


def outlook_of(words: str) -> Outlook | None:
    """二、2013年工作回顾 looks back, 下一步工作打算 ahead; 实施学前教育三年行动计划 is no word about when."""
    words = words.strip(" ：:。")
    if _BACK.fullmatch(words):
        return Outlook.BACK
    return Outlook.AHEAD if _AHEAD.fullmatch(words) else None


def is_heading(text: str) -> bool:
    """A short line without a full stop, or one that only says of when it tells: 二、2019年度工作计划。"""
    if len(text) > LONGEST_HEADING:
        return False
    if text[-1:] not in "。；！？":
        return True
    if not text.endswith("。") or _LOOKS.search(text) is None:
        return False
    number = next((found.end() for level in _LEVELS if (found := level.match(text))), 0)
    return outlook_of(text[number:]) is not None


def outlook_under(above: tuple[Heading, ...]) -> Outlook | None:
    """What the innermost heading that says so says."""
    return next((h.outlook for h in reversed(above) if h.outlook is not None), None)


def year_under(above: tuple[Heading, ...]) -> int | None:
    """The year of which the innermost heading that names one tells."""
    return next((h.year for h in reversed(above) if h.year is not None), None)
