"""A document → the stretches of it that speak of different years: summary and plan, the two halves of a work report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, islice, pairwise
from typing import NamedTuple

from kg.model import Span
from kg.patterns import regex
from kg.texts.line_spans import lines, lines_with
from kg.texts.members import MAX_TITLE, Member
from kg.texts.numerals import number_of
from kg.texts.year_events import FIVE_YEAR_PLANS
from kg.texts.years import session_year

REPORT_OPENING = 600  # characters in which a report says to whom it is given
OPENING_LINES = 4  # lines below a heading in which a section tells that it plans
NEXT_YEAR = regex("明年|来年|下一?年")
_NUMBER = r"(?:第?[一二三四五六七八九十]{1,3}(?:、|部分[：、，]?|\.)|（[一二三四五六七八九十]{1,3}）)?"
_WHEN = "(?:20[0-9]{2}年|二[〇○零][〇○零一二三四五六七八九]{2}年|今年|本年|明年|来年|下一?年|去年|过去一?年)"
_WORK = "(?:总结|回顾|情况|成绩|成效|成就|计划|打算|思路|安排|要点|重点|目标|任务|举措|部署|设想|总体要求|工作)"
_YEAR_HEADING = regex(
    rf"(?P<number>{_NUMBER})(?:关于)?[^，。；：\n\d]{{0,16}}?(?P<when>{_WHEN})度?[^，。；\n\d]{{0,24}}?{_WORK}[^，。；\n\d]{{0,6}}"
)
# 二、“十五五”时期主要目标任务 · 二、关于《某市国民经济和社会发展第十五个五年规划纲要（草案）》的说明
_PERIOD_HEADING = regex(
    rf"^(?P<number>{_NUMBER})[^。；：\n]{{0,30}}(?P<plan>十[一二三四五]五|第十[一二三四五]个五年)[^。；：\n]{{0,40}}$",
    re.M,
)
_PERIOD = regex("十[一二三四五]五|第十[一二三四五]个五年")
_CHAPTER = regex(r"^第?[一二三四五六七八九十]{1,3}(?:、|部分|\.)[^。；：\n]{2,50}$", re.M)
_THIS_YEAR_IS = regex("今年(?:是|全[省市县区州]|经济|政府|的?(?:主要|总体)|工作)|做好今年|新的一年")
_REPORT = regex("工作报告$|工作报告[（—]")
_TO_THE_ASSEMBLY = regex("代表[^，。]{2,20}，?向大会(?:报告|作)")
LEVELS = (tuple("第一二三四五六七八九十"), ("（",), ("",))  # how the number of a heading begins, top level first
_OUTLOOK = regex("计划|打算|思路|安排|设想|目标|任务|重点|要点|部署|举措")
_LOOKS_BACK = regex("总结|回顾|情况|报告|汇报")


_TWO_YEARS = regex(
    r"(?P<first>20\d\d)年[^\d]{0,16}?(?:总结|回顾|情况)[^\d]{0,12}?(?P<second>20\d\d)年[^\d]{0,16}?(?:计划|打算|思路|安排|要点|设想)"
)
_SECTION = regex(r"^（[一二三四五六七八九十]{1,3}）[^。；：\n]{2,40}$", re.M)
_SPEAKS_OF_NEXT = regex("下一?步|下一?阶段|明年|来年|打算")
_BACK = regex("完成|情况|回顾|成效|成绩|总结|取得")
_AHEAD = regex("下一?步|下一?阶段|今后|明年|来年|工作(?:计划|打算|思路|安排|设想|要点)|重点工作|主要任务")


class Stretch(NamedTuple):
    """What a document says of one year: the heading that opens it and the words of the title that are about it."""

    span: Span
    heading: Span | None
    title: Span | None


def cut_by_years(clean: str, member: Member) -> list[Stretch]:
    """Cut at headings of one level that name different years: 一、2013年工作总结 … 二、2014年工作计划."""
    after_title = member.title.end if member.title else member.span.start
    headings = list(_year_headings(clean, Span(after_title, member.span.end)))
    levels = [_different_years(found for found in headings if found["number"][:1] in level) for level in LEVELS]
    for cuts in levels:
        if len(cuts) > 1:
            return _cut(clean, member, cuts)
    is_report = _is_report(clean, member)
    if not is_report and (halves := _cut_by_title(clean, member)):
        return halves
    for cuts in levels:
        if len(cuts) == 1 and _looks_beyond(clean, member.title, cuts[0], is_report):
            return _cut_before(clean, member, cuts[0], is_report)
    return _cut_report(clean, member) if is_report else [Stretch(member.span, None, member.title)]


def _cut_by_title(clean: str, member: Member) -> list[Stretch]:
    """2021年工作总结及2022年工作计划 above headings that name no year: the plan begins where a chapter looks ahead.

    A text that never looks ahead is the first half of what its title promises.
    """
    both = _TWO_YEARS.search(clean, *member.title) if member.title else None
    if both is None or member.title is None or both["first"] == both["second"]:
        return []
    body = Span(member.title.end, member.span.end)
    back = Span(member.title.start, both.start("second"))
    plan = Span(both.start("second"), member.title.end)
    if (ahead := _looking_ahead(clean, body)) is not None:
        first = Stretch(Span(member.span.start, ahead.start - 1), None, back)
        return [first, Stretch(Span(ahead.start, member.span.end), ahead, plan)]
    return [] if _SPEAKS_OF_NEXT.search(clean, *body) else [Stretch(member.span, None, back)]


def _looking_ahead(clean: str, body: Span) -> Span | None:
    """The first chapter, or section below one, whose heading looks ahead and not back."""
    for headings in (_CHAPTER, _SECTION):
        for heading in headings.finditer(clean, *body):
            if _AHEAD.search(heading[0]) and not _BACK.search(heading[0]):
                return Span(*heading.span())
    return None


def _year_headings(clean: str, span: Span) -> Iterator[re.Match[str]]:
    for line in lines_with("年", clean, span):
        if line.end - line.start <= 2 * MAX_TITLE and (found := _YEAR_HEADING.fullmatch(clean, *line)):
            yield found


def _cut(clean: str, member: Member, cuts: list[re.Match[str]]) -> list[Stretch]:
    begins = [_begin(clean, earlier.end(), found) for earlier, found in pairwise(cuts)]
    edges = [member.span.start, *begins, member.span.end + 1]
    spans = (Span(start, following - 1) for start, following in pairwise(edges))
    return [Stretch(span, Span(*found.span()), member.title) for span, found in zip(spans, cuts, strict=True)]


def _begin(clean: str, after: int, found: re.Match[str]) -> int:
    """Where the plan begins that this heading names: the chapter on the coming five years before it belongs to it."""
    year = number_of(found["when"].removesuffix("年"))
    for period in _PERIOD_HEADING.finditer(clean, after, found.start()) if year else ():
        if period["number"][:1] in _level(found["number"]) and _not_begun(period[0], year or 0):
            return period.start()
    return found.start()


def _level(number: str) -> tuple[str, ...]:
    return next(level for level in LEVELS if number[:1] in level)


def _not_begun(words: str, year: int) -> bool:
    """The last five-year plan that is named begins in this year or later: “十四五”发展成就和“十五五”主要目标 in 2026."""
    plan = _PERIOD.findall(words)[-1:]
    key = plan[0].removeprefix("第").replace("个五年", "五") if plan else ""
    return FIVE_YEAR_PLANS.get(key, (0, 0))[0] >= year


def _cut_before(clean: str, member: Member, found: re.Match[str], is_report: bool) -> list[Stretch]:
    """A summary, then one heading that looks into the next year; without a number it is the title of a document."""
    heading = Span(*found.span())
    title = member.title
    if heading.start == member.span.start:
        return [Stretch(member.span, heading, title)]
    about = clean.find(found["when"], *title) if title else -1
    first_title = Span(title.start, about) if title and about > title.start else title
    begin = _begin(clean, title.end if title else member.span.start, found)
    return [
        Stretch(Span(member.span.start, begin - 1), None, title if is_report else first_title),
        Stretch(Span(begin, member.span.end), heading, title if found["number"] or is_report else heading),
    ]


def _is_report(clean: str, member: Member) -> bool:
    """政府工作报告, 我代表市人民政府，向大会报告: it reviews one year and plans the next, whatever its headings say."""
    if member.title is not None and _REPORT.search(clean, *member.title):
        return True
    return (
        _TO_THE_ASSEMBLY.search(clean, member.span.start, min(member.span.end, member.span.start + REPORT_OPENING))
        is not None
    )


def _report_year(clean: str, member: Member) -> int | None:
    """The year that a work report plans: that of the session where it was given, else that of its title."""
    named = re.search(r"20\d\d(?=年)", clean[slice(*member.title)] if member.title else "")
    return session_year(clean, member.span) or (int(named[0]) if named else None)


def _cut_report(clean: str, member: Member) -> list[Stretch]:
    """A report whose chapters have mottoes for headings: the plan begins with the first that opens upon this year."""
    year = _report_year(clean, member)
    chapters = list(_CHAPTER.finditer(clean, *member.span))
    for chapter, following in pairwise([*chapters[1:], None]):
        if chapter and _opens_plan(
            clean, Span(chapter.start(), following.start() if following else member.span.end), year
        ):
            first = Span(member.span.start, chapter.start() - 1)
            ahead = Span(chapter.start(), member.span.end)
            return [Stretch(first, None, member.title), Stretch(ahead, None, member.title)]
    return [Stretch(member.span, None, member.title)]


def _opens_plan(clean: str, chapter: Span, year: int | None) -> bool:
    """Its first lines begin with 2025年是…, 今年经济社会发展的主要预期目标, or speak of a five-year plan not yet begun."""
    for line in islice(lines(clean, chapter), OPENING_LINES):
        opening = clean[line.start : min(line.end, line.start + 2 * MAX_TITLE)]
        if _THIS_YEAR_IS.match(opening) or (year and (opening.startswith(f"{year}年") or _not_begun(opening, year))):
            return True
    return False


def _looks_beyond(clean: str, title: Span | None, found: re.Match[str], is_report: bool) -> bool:
    """三、2019年工作思路 in a summary of 2018; 明年工作打算; a second title with another year; 2026年工作安排 in its report."""
    named = clean[slice(*title)] if title else ""
    years = set(re.findall(_WHEN, named))
    ahead = _OUTLOOK.search(found[0]) is not None
    if NEXT_YEAR.search(found["when"]) or is_report:
        return ahead
    if not found["number"]:
        return len(years) == 1 and found["when"] not in years and found["when"][0] in "2二"
    return ahead and _LOOKS_BACK.search(named) is not None and years != {found["when"]}


def _different_years(headings: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """The first heading of each run of one year; none where a year comes up twice, for then they are no parts."""
    firsts = [next(run) for _, run in groupby(headings, key=lambda found: found["when"])]
    return firsts if len({found["when"] for found in firsts}) == len(firsts) else []
