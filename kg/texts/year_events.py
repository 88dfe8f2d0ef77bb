"""Events and documents that belong to one year only → the year of the text that speaks of them as its own."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Span
from kg.patterns import regex
from kg.texts.numerals import number_of
from kg.texts.year_hints import YEAR, Frame, Hint, read, sentence_around

HUNDRED = 100  # 新中国成立100周年 is the far goal of every plan, never its year

_OWN_DOCUMENT = regex(
    rf"《[^》\n\d]{{0,30}}{YEAR}年度?[^》\n\d]{{0,12}}(?:任务分解|要点|计划|目标责任|考核|责任分工|任务清单)[^》\n]{{0,8}}》"
)
_THIS_YEAR = regex("本年度|今年|年度|全年")
_TEACHERS_DAY = regex(r"第(?P<n>\d{2}|[一二三四五六七八九十]{1,4})个(?:全国)?教师节")
_ANNIVERSARY = regex(
    r"(?<![到至])(?P<what>新中国成立|中华人民共和国成立|建国|建党|中国共产党成立|建军|改革开放|抗日战争胜利|抗战胜利|长征胜利"
    r"|“?五四”?运动|“?一二·九”?运动|香港回归|澳门回归)(?P<n>\d{2,3}|[一二三四五六七八九十百]{1,5})周年(?!以?来)"
)
_THEME = regex("庆祝|纪念|迎接|喜迎|为主题|系列活动|献礼|正值|恰逢")
_PLAN_TURN = regex(
    r"(?:今年|[xX×*_]{2}年)是[^。；]{0,60}?“?(?P<plan>十[一二三四五]五)”?[^。；，、]{0,16}?(?P<turn>开局|起步|收官|最后一|第一)(?:之年|年)"
)
_CONGRESS = regex(
    r"(?:今年|[xX×*_]{2}年)是[^。；]{0,40}?党的(?P<n>十[七八九]|二十)大(?P<turn>胜?利?召开之年|精神的?(?:开局之年|第一年))"
)

FIRST_YEAR = {
    "新中国成立": 1949,
    "中华人民共和国成立": 1949,
    "建国": 1949,
    "建党": 1921,
    "中国共产党成立": 1921,
    "建军": 1927,
    "改革开放": 1978,
    "抗日战争胜利": 1945,
    "抗战胜利": 1945,
    "长征胜利": 1936,
    "五四运动": 1919,
    "一二·九运动": 1935,
    "香港回归": 1997,
    "澳门回归": 1999,
}
FIRST_TEACHERS_DAY = 1985
FIVE_YEAR_PLANS = {
    "十一五": (2006, 2010),
    "十二五": (2011, 2015),
    "十三五": (2016, 2020),
    "十四五": (2021, 2025),
    "十五五": (2026, 2030),
}
CONGRESSES = {"十七": 2007, "十八": 2012, "十九": 2017, "二十": 2022}


def indirect(frame: Frame) -> Iterator[Hint]:
    """Events and documents that belong to one year only."""
    for find in (own_document, teachers_day, anniversary, plan_turn, congress):
        yield from find(frame)


def own_document(frame: Frame) -> Iterator[Hint]:
    """根据本年度目标，制定《区教育局2013年工作任务分解》."""
    if frame.has("《"):
        for hint in read(_OWN_DOCUMENT, "own-document-of-the-year", frame, frame.body):
            if hint.span and _THIS_YEAR.search(sentence_around(frame, hint.span)):
                yield hint


def teachers_day(frame: Frame) -> Iterator[Hint]:
    """第三十个教师节: 2014."""
    if frame.has("教师节"):
        for found in _TEACHERS_DAY.finditer(frame.document.clean, *frame.body):
            if number := number_of(found["n"]):
                yield Hint(FIRST_TEACHERS_DAY - 1 + number, "teachers-day", Span(*found.span()))


def anniversary(frame: Frame) -> Iterator[Hint]:
    """庆祝新中国成立60周年: 2009."""
    if not frame.has("周年"):
        return
    for found in _ANNIVERSARY.finditer(frame.document.clean, *frame.body):
        span, number = Span(*found.span()), number_of(found["n"])
        first = FIRST_YEAR.get(found["what"].replace("“", "").replace("”", ""))
        far_goal = number == HUNDRED and first == FIRST_YEAR["建国"]
        if first and number and not far_goal and _THEME.search(sentence_around(frame, span)):
            yield Hint(first + number, "anniversary", span)


def plan_turn(frame: Frame) -> Iterator[Hint]:
    """今年是“十三五”开局之年: 2016."""
    if frame.has("年是"):
        for found in _PLAN_TURN.finditer(frame.document.clean, *frame.body):
            if years := FIVE_YEAR_PLANS.get(found["plan"]):
                last = found["turn"] in ("收官", "最后一")
                yield Hint(years[last], "five-year-plan", Span(*found.span()))


def congress(frame: Frame) -> Iterator[Hint]:
    """今年是党的十九大召开之年: 2017; the first year of its 精神 is the next."""
    if frame.has("年是"):
        for found in _CONGRESS.finditer(frame.document.clean, *frame.body):
            later = not found["turn"].endswith("召开之年")
            yield Hint(CONGRESSES[found["n"]] + later, "party-congress", Span(*found.span()))
