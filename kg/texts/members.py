"""A cleaned text → the documents in it: the members of a compilation, or one document and its appendices, each with its title."""

from __future__ import annotations

import re
from itertools import islice, takewhile
from typing import NamedTuple

from kg.model import Span
from kg.patterns import regex
from kg.texts.line_spans import lines, lines_with
from kg.texts.numerals import number_of

MAX_TITLE = 60
HEAD_LINES = 10
OWN_DOCUMENT = 400  # characters before a compilation that make a document
OWN_APPENDIX = 100  # characters that an appendix has at least
_TITLE_WORD = "(?:总结|计划|规划|要点|方案|思路|打算|安排|意见|报告|汇报|通知|通报|讲话|办法|条例|规定|细则|回顾|情况)"
_N = r"(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})"
_OWN = r"(?P<own>[^。；\n]{0,60})"
_ITEM = regex(r"第?[一二三四五六七八九十]{1,3}(?:、|部分|章|条|[.．])|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、．]")
_ENDS_LIKE_TITLE = regex(rf"{_TITLE_WORD}(?:的(?:通知|报告|请示|函))?(?:（[^（）]{{1,12}}）)?$")
_ENDS_LIKE_AGENCY = regex("(?:局|厅|部|委|政府|办公室|委员会|工委|学校|中学|小学)$")
# 分享： · 本报记者某某摄
_PAGE_NOTE = regex("[^各同代委局校厅部]{1,6}：|[^\n]{0,50}(?:记者|通讯员)[^\n]{0,20}摄?")
# 和2014年工作计划 · （2017—2020年）: a line that goes on with the title above it
_GOES_ON = regex(r"[和及与暨的]|（(?:19|20)\d\d年?[—–-]+(?:20)?\d\d(?:学?年度?)?）$")
_APPENDIX = regex(r"附件(?:[一二三四五六七八九十]{1,3}|\d{1,2})?(?:：(?P<own>[^。；：\n]{4,50})?)?")
_ISSUER = regex(r"^[\u4e00-\u9fff]{2,24}?(?:局|厅|委员会|政府|办公室)(?=关于|\d|20|二)")
_YEAR = regex("20[0-9]{2}年|二[〇○零][〇○零一二三四五六七八九]{2}年")


class Member(NamedTuple):
    """One document of a file, before it is cut by years."""

    span: Span
    title: Span | None
    site_heading: Span | None = None


class MemberHeading(NamedTuple):
    """How the members of a compilation are headed: words that such a line holds, and its form."""

    cues: tuple[str, ...]
    form: re.Pattern[str]


# 2018年教育局工作计划篇1 · 篇一：2018年工作要点 · 【范文二】 · 第三篇 · 工作总结（一）
MEMBER_HEADINGS = (
    MemberHeading(
        ("篇", "范文", "例文", "范本", "模板", "样本"),
        regex(
            rf"[【\[]?(?P<before>[^。；\n]{{0,40}}?)(?:篇|范文|例文|范本|模板|样本)之?{_N}[】\]]?(?:[：:、.\s]+{_OWN})?"
        ),
    ),
    MemberHeading(
        ("篇",),
        regex(rf"[【\[]?(?P<before>)第{_N}篇[】\]]?(?:[：:、.\s]*(?P<own>[^。；\n]{{0,50}}{_TITLE_WORD}))?"),
    ),
    MemberHeading(("）\n", ")\n"), regex(rf"(?P<before>[^。；\n]{{4,40}}{_TITLE_WORD})[（(]{_N}[)）](?P<own>)")),
)


def find_members(clean: str) -> list[Member]:
    """The documents of a compilation, or the whole text as its only one."""
    whole = Span(0, len(clean))
    for heading in MEMBER_HEADINGS:
        headings = _counted(_headings(clean, heading))
        ends = [found.start() - 1 for found in headings[1:]] + [len(clean)]
        members = [_member(clean, m, end) for m, end in zip(headings, ends, strict=False) if end > m.end() + 1]
        if len(members) > 1:
            before = Span(0, headings[0].start() - 1)
            return [Member(before, _title(clean, before)), *members] if _is_document(clean, before) else members
    return _appendices(clean, Member(whole, _title(clean, whole)))


def _appendices(clean: str, whole: Member) -> list[Member]:
    """The document and those of its appendices that are documents of their own."""
    members = [whole]
    for line in lines_with("附件", clean, Span(whole.title.end, len(clean))) if whole.title else ():
        found = _APPENDIX.fullmatch(clean, *line)
        if found is None:
            continue
        body = Span(found.start("own") if found["own"] else min(found.end() + 1, len(clean)), len(clean))
        title = Span(*found.span("own")) if found["own"] else _title(clean, body)
        if title and body.end - title.end >= OWN_APPENDIX and _is_apart(clean, title, members[-1]):
            members[-1] = members[-1]._replace(span=Span(members[-1].span.start, found.start() - 1))
            members.append(Member(body, title))
    return members


def _is_apart(clean: str, title: Span, before: Member) -> bool:
    """The title names a year that the title before it does not, or an issuer of whom nothing was said."""
    own, named = clean[slice(*title)], clean[slice(*before.title)] if before.title else ""
    if not _ENDS_LIKE_TITLE.search(own):
        return False
    issuer = _ISSUER.match(own)
    if issuer and clean.find(issuer[0], before.span.start, title.start) < 0:
        return True
    years, years_before = set(_YEAR.findall(own)), set(_YEAR.findall(named))
    return bool(years and years_before) and years.isdisjoint(years_before)


def _headings(clean: str, heading: MemberHeading) -> list[re.Match[str]]:
    held = {line for cue in heading.cues for line in lines_with(cue, clean, Span(0, len(clean)))}
    short = sorted(line for line in held if line.end - line.start <= 2 * MAX_TITLE)
    return [found for line in short if (found := heading.form.fullmatch(clean, *line))]


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
    return any(_ITEM.match(clean, *line) for line in lines(clean, span)) and span.end - span.start > OWN_DOCUMENT


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
    above = (line for line in islice(lines(clean, span), HEAD_LINES) if not _PAGE_NOTE.fullmatch(clean, *line))
    head = list(takewhile(lambda line: _may_be_title(clean[slice(*line)]), above))
    if not head:
        return None
    first = next((i for i, line in enumerate(head) if _ENDS_LIKE_TITLE.search(clean[slice(*line)])), 0)
    last = first
    if first and _ENDS_LIKE_AGENCY.search(clean[slice(*head[first - 1])]):
        first -= 1
    if last + 1 < len(head) and _GOES_ON.match(clean, *head[last + 1]):
        last += 1
    return Span(head[first].start, head[last].end)


def _may_be_title(text: str) -> bool:
    return len(text) <= MAX_TITLE and not _ITEM.match(text) and text[-1] not in "。；：，、" and "。" not in text
