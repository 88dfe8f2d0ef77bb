"""A document → its parts: the members of a compilation, and in each the stretches that speak of different years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, islice, pairwise, takewhile
from typing import NamedTuple

from kg.model import Decision, Document, Genre, Part, Span
from kg.texts.genres import decide_genre
from kg.texts.numerals import number_of
from kg.texts.years import Frame, decide_year

MAX_TITLE = 60
HEAD_LINES = 10
OWN_DOCUMENT = 400  # characters before a compilation that make a document
_TITLE_WORD = "(?:总结|计划|规划|要点|方案|思路|打算|安排|意见|报告|汇报|通知|通报|讲话|办法|条例|规定|细则|回顾|情况)"
_N = r"(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})"
_OWN = r"(?P<own>[^。；\n]{0,60})"
# 2018年教育局工作计划篇1 · 篇一：2018年工作要点 · 【范文二】 · 第三篇 · 工作总结（一）
MEMBER_HEADINGS = (
    re.compile(
        rf"[【\[]?(?P<before>[^。；\n]{{0,40}}?)(?:篇|范文|例文|范本|模板|样本)之?{_N}[】\]]?(?:[：、.\s]+{_OWN})?"
    ),
    re.compile(rf"[【\[]?(?P<before>)第{_N}篇[】\]]?(?:[：、.\s]*(?P<own>[^。；\n]{{0,50}}{_TITLE_WORD}))?"),
    re.compile(rf"(?P<before>[^。；\n]{{4,40}}{_TITLE_WORD})[（(]{_N}[)）](?P<own>)"),
)
_NUMBER = r"(?:第?[一二三四五六七八九十]{1,3}(?:、|部分[：、，]?|\.)|（[一二三四五六七八九十]{1,3}）)?"
_WHEN = "(?:20[0-9]{2}年|二[〇○零][〇○零一二三四五六七八九]{2}年|今年|本年|明年|来年|下一?年|去年|过去一?年)"
_WORK = "(?:总结|回顾|情况|成绩|成效|成就|计划|打算|思路|安排|要点|重点|目标|任务|举措|部署|设想|总体要求|工作)"
_YEAR_HEADING = re.compile(
    rf"^(?P<number>{_NUMBER})(?:关于)?[^，。；：\n\d]{{0,16}}?(?P<when>{_WHEN})度?[^，。；\n\d]{{0,24}}?{_WORK}[^，。；\n\d]{{0,6}}$",
    re.M,
)
LEVELS = (tuple("第一二三四五六七八九十"), ("（",), ("",))  # how the number of a heading begins, top level first
_NEXT_YEAR = re.compile("明年|来年|下一?年")
_OUTLOOK = re.compile("计划|打算|思路|安排|设想|目标|任务|重点|要点|部署|举措")
_LOOKS_BACK = re.compile("总结|回顾|情况|报告|汇报")
_LAST_YEAR = re.compile("去年|过去一?年")
_ITEM = re.compile(
    r"第?[一二三四五六七八九十]{1,3}(?:、|部分|章|条|[.．])|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、．]"
)
_ENDS_LIKE_TITLE = re.compile(rf"{_TITLE_WORD}(?:的(?:通知|报告|请示|函))?(?:（[^（）]{{1,12}}）)?$")
_ENDS_LIKE_AGENCY = re.compile("(?:局|厅|部|委|政府|办公室|委员会|工委|学校|中学|小学)$")


class Member(NamedTuple):
    """One document of a file, before it is cut by years."""

    span: Span
    title: Span | None
    site_heading: Span | None = None


class Stretch(NamedTuple):
    """What a document says of one year: the heading that opens it and the words of the title that are about it."""

    span: Span
    heading: Span | None
    title: Span | None


def split_parts(document: Document) -> tuple[Part, ...]:
    """Parts in order, none overlapping; what lies outside them is furniture.

    A compilation gives a part for each member; a document gives one for each year that has a heading of its own.
    A notice and the plan attached to it are one part. Place and agency stay open here.
    """
    parts: list[Part] = []
    for member in _members(document.clean):
        stretches = _stretches(document.clean, member)
        dated = [_part(document, len(parts) + i, member, stretch) for i, stretch in enumerate(stretches)]
        parts += _relative_years(dated, [stretch.heading for stretch in stretches])
    return tuple(parts)


def _part(document: Document, index: int, member: Member, stretch: Stretch) -> Part:
    clean = document.clean
    is_own_document = stretch.heading is not None and stretch.heading == stretch.title
    title = _decide_title(
        clean, stretch.title if is_own_document else member.title, stretch.heading, member.site_heading
    )
    genre = decide_genre(clean, stretch.title, stretch.heading, member.site_heading, stretch.span)
    year, dated = decide_year(Frame(document, stretch.span, stretch.title, stretch.heading, Genre(genre.value)))
    return Part(document, index, stretch.span, title.value, Genre(genre.value), year, decided=(title, genre, dated))


def _decide_title(clean: str, own: Span | None, heading: Span | None, site_heading: Span | None) -> Decision:
    for words, rule in ((own, "own-title"), (heading, "own-heading"), (site_heading, "site-heading")):
        if words:
            return Decision("title", clean[slice(*words)].replace("\n", ""), rule, words)
    return Decision("title", "", "no-title")


def _relative_years(parts: list[Part], headings: list[Span | None]) -> list[Part]:
    """明年工作打算 is of the year after the part before it, 过去一年工作回顾 of the year before the part after it."""
    for i, heading in enumerate(headings):
        clean = parts[i].document.clean
        if heading and i and (found := _NEXT_YEAR.search(clean, *heading)):
            parts[i] = _dated(parts[i], parts[i - 1].year, 1, "next-year-heading", found)
        elif heading and i + 1 < len(parts) and (found := _LAST_YEAR.search(clean, *heading)):
            parts[i] = _dated(parts[i], parts[i + 1].year, -1, "last-year-heading", found)
    return parts


def _dated(part: Part, neighbour: int | None, step: int, rule: str, found: re.Match[str]) -> Part:
    year = neighbour + step if neighbour else None
    decision = Decision("year", str(year or ""), rule, Span(*found.span()))
    return replace(part, year=year, decided=(*part.decided[:-1], decision))


def _lines(clean: str, span: Span) -> Iterator[Span]:
    start = span.start
    while start < span.end:
        end = clean.find("\n", start, span.end)
        end = span.end if end < 0 else end
        if end > start:
            yield Span(start, end)
        start = end + 1


def _members(clean: str) -> list[Member]:
    """The documents of a compilation, or the whole text as its only one."""
    whole = Span(0, len(clean))
    lines = [line for line in _lines(clean, whole) if line.end - line.start <= 2 * MAX_TITLE]
    for pattern in MEMBER_HEADINGS:
        headings = _counted([found for line in lines if (found := pattern.fullmatch(clean, *line))])
        ends = [found.start() - 1 for found in headings[1:]] + [len(clean)]
        members = [_member(clean, m, end) for m, end in zip(headings, ends, strict=False) if end > m.end() + 1]
        if len(members) > 1:
            before = Span(0, headings[0].start() - 1)
            return [Member(before, _title(clean, before)), *members] if _is_document(clean, before) else members
    return [Member(whole, _title(clean, whole))]


def _counted(headings: list[re.Match[str]]) -> list[re.Match[str]]:
    """Of the runs that count 1, 2, 3 … after the same words the longest; a table of contents is a short one."""
    runs: list[list[re.Match[str]]] = []
    for found in headings:
        number = number_of(found["n"])
        if number == 1:
            runs.append([found])
        elif runs and found["before"] == runs[-1][0]["before"] and number == len(runs[-1]) + 1:
            runs[-1].append(found)
    return max(runs, key=lambda run: run[-1].start() - run[0].start(), default=[])


def _is_document(clean: str, span: Span) -> bool:
    """A document of its own stands before the first member, not only a site's introduction."""
    return any(_ITEM.match(clean, *line) for line in _lines(clean, span)) and span.end - span.start > OWN_DOCUMENT


def _member(clean: str, found: re.Match[str], end: int) -> Member:
    heading = Span(*found.span())
    if len(found["own"] or "") >= 4:
        title = Span(*found.span("own"))
        return Member(Span(title.start, end), title, heading)
    body = Span(heading.end + 1, end)
    title_lines = _title(clean, body)
    named = title_lines is not None and _ENDS_LIKE_TITLE.search(clean[slice(*title_lines)])
    return Member(body, title_lines if named else None, heading)


def _title(clean: str, span: Span) -> Span | None:
    """The first line that ends like a title, else the very first; broken lines of it are joined.

    市教育局2013年工作总结 / 和2014年工作计划;  某某市教育局 / 2018年工作要点
    """
    head = list(takewhile(lambda line: _may_be_title(clean[slice(*line)]), islice(_lines(clean, span), HEAD_LINES)))
    if not head:
        return None
    first = next((i for i, line in enumerate(head) if _ENDS_LIKE_TITLE.search(clean[slice(*line)])), 0)
    last = first
    if first and _ENDS_LIKE_AGENCY.search(clean[slice(*head[first - 1])]):
        first -= 1
    if last + 1 < len(head) and clean[head[last + 1].start] in "和及与暨的":
        last += 1
    return Span(head[first].start, head[last].end)


def _may_be_title(text: str) -> bool:
    return len(text) <= MAX_TITLE and not _ITEM.match(text) and text[-1] not in "。；：，、" and "。" not in text


def _stretches(clean: str, member: Member) -> list[Stretch]:
    """Cut at headings of one level that name different years: 一、2013年工作总结 … 二、2014年工作计划."""
    after_title = member.title.end if member.title else member.span.start
    headings = list(_YEAR_HEADING.finditer(clean, after_title, member.span.end))
    levels = [_different_years(found for found in headings if found["number"][:1] in level) for level in LEVELS]
    for cuts in levels:
        if len(cuts) > 1:
            return _cut(clean, member, cuts)
    for cuts in levels:
        if len(cuts) == 1 and _looks_beyond(clean, member.title, cuts[0]):
            return _cut_before(clean, member, cuts[0])
    return [Stretch(member.span, None, member.title)]


def _cut(clean: str, member: Member, cuts: list[re.Match[str]]) -> list[Stretch]:
    edges = [member.span.start, *(found.start() for found in cuts[1:]), member.span.end + 1]
    spans = (Span(start, following - 1) for start, following in pairwise(edges))
    return [Stretch(span, Span(*found.span()), member.title) for span, found in zip(spans, cuts, strict=True)]


def _cut_before(clean: str, member: Member, found: re.Match[str]) -> list[Stretch]:
    """A summary, then one heading that looks into the next year; without a number it is the title of a document."""
    heading = Span(*found.span())
    title = member.title
    if heading.start == member.span.start:
        return [Stretch(member.span, heading, title)]
    about = clean.find(found["when"], *title) if title else -1
    first_title = Span(title.start, about) if title and about > title.start else title
    return [
        Stretch(Span(member.span.start, heading.start - 1), None, first_title),
        Stretch(Span(heading.start, member.span.end), heading, title if found["number"] else heading),
    ]


def _looks_beyond(clean: str, title: Span | None, found: re.Match[str]) -> bool:
    """三、2019年工作思路 in a summary of 2018; 明年工作打算; a second title with another year."""
    named = clean[slice(*title)] if title else ""
    years = set(re.findall(_WHEN, named))
    ahead = _OUTLOOK.search(found[0]) is not None
    if _NEXT_YEAR.search(found["when"]):
        return ahead
    if not found["number"]:
        return len(years) == 1 and found["when"] not in years and found["when"][0] in "2二"
    return ahead and _LOOKS_BACK.search(named) is not None and years != {found["when"]}


def _different_years(headings: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """The first heading of each run of one year; none where a year comes up twice, for then they are no parts."""
    firsts = [next(run) for _, run in groupby(headings, key=lambda found: found["when"])]
    return firsts if len({found["when"] for found in firsts}) == len(firsts) else []
