"""Title, headings and sentences of a part → the year it reports on or plans for, or none where that is open.

The text's own evidence comes first, what a site or a file name says of it last. The year of a regulation is that of the
latest adoption, amendment or approval printed below its title, for that is the wording that follows; only where no such
date is printed it is the year from which the regulation is in force.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import PurePosixPath

from kg.model import Decision, Genre, Span
from kg.patterns import regex
from kg.texts.line_spans import lines_with
from kg.texts.numerals import number_of
from kg.texts.year_events import congress, indirect, plan_turn, teachers_day
from kg.texts.year_hints import OPENING, YEAR, Frame, Hint, read, year_in

LONGEST_HEADING = 60
HISTORY = 3000  # characters below the title of a regulation that may tell its adoption and amendments
LATE_IN_THE_YEAR = range(6, 13)  # months in which a report tells of the running year

Evidence = Callable[[Frame], Iterator[Hint]]

CONFIDENCE = {
    "own-heading": Decimal("0.98"),
    "own-title": Decimal("0.97"),
    "title-period": Decimal("0.9"),
    "adopted-or-amended": Decimal("0.97"),
    "held-at-a-session": Decimal("0.95"),
    "opening-sentence": Decimal("0.93"),
    "inner-heading": Decimal("0.9"),
    "own-document-of-the-year": Decimal("0.85"),
    "teachers-day": Decimal("0.9"),
    "anniversary": Decimal("0.85"),
    "five-year-plan": Decimal("0.9"),
    "party-congress": Decimal("0.85"),
    "own-number": Decimal("0.85"),
    "signature-date": Decimal("0.85"),
    "news-dateline": Decimal("0.9"),
    "news-date-of-the-page": Decimal("0.7"),
    "in-force": Decimal("0.7"),
    "site-title": Decimal("0.5"),
    "file-name": Decimal("0.6"),
}
DOUBTED = Decimal("0.2")  # a year that the text speaks against

_ITEM_NUMBER = r"(?:第?[一二三四五六七八九十]{1,3}(?:、|部分)|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、])?"
_WHO = r"(?:全[省市县区州旗]|我[省市县区州旗局厅校]|[省市县区]?教育)"
_OWN_PLAN = r"(?:计划|要点|方案|意见|思路|安排)"

_NAMED_YEAR = regex(rf"{YEAR}年(?![—–-])")
_PERIOD = regex(rf"{YEAR}年?[—–-]+(?:20)?\d\d(?P<school>学?)年")
_MADE_FOR = regex(
    rf"(?:(?:制定|提出|拟定|形成|现将|现就|现对|做好)[^，。；\d]{{0,16}}){YEAR}年[^，。；\d]{{0,20}}(?:{_OWN_PLAN}|总结|汇报|报告|工作)"
)
_SPEAKS_OF = regex(rf"(?:^|(?<=。)){YEAR}年度?(?:是|{_WHO}|[^，。；\d]{{0,20}}工作的?(?:总体|指导|基本|主要|总))", re.M)
_OPENS_WITH = regex(rf"(?:^|(?<=。)){YEAR}年度?，", re.M)
_HEADING = regex(rf"{_ITEM_NUMBER}(?![到至自从])[^，。；\n\d到至自从]{{0,12}}{YEAR}年度?[^，。；\n\d]{{0,24}}")
_DAY = r"月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日"
_SIGNED_MONTH = regex(
    rf"^（?{YEAR}年(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})日)?）?$",
    re.M,
)
_SIGNED = regex(rf"^{YEAR}年(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}}){_DAY}$", re.M)
_ADOPTED = regex(
    rf"{YEAR}年(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}}){_DAY}(?:(?!20\d\d年)[^。\n]){{0,120}}?(?:通过|批准|修正|修订|修改|公布|发布)"
)
_ARTICLE = regex(r"^第一[条章]", re.M)
_IN_FORCE = regex(
    rf"本(?:条例|办法|规定|细则|规则|规程|决定|守则|章程)[^。\n]{{0,12}}{YEAR}年\d{{1,2}}月\d{{1,2}}日起(?:施行|实施|执行|生效)"
)
_SESSION = regex(rf"{YEAR}年(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}}){_DAY}[^。\n]{{0,24}}在[^。\n]{{4,40}}会议?上")
_OWN_NUMBER = regex(r"^[^，。；：\n]{1,12}[〔\[（](?P<y>20\d\d)[〕\]）]\d{1,4}号$", re.M)
_PRINTED_DATE = regex(
    r"(?P<y>20\d\d)(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日)\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:发布|来源|浏览|【|\[|字号|作者|编辑|\n|$)"
)
_DATELINE = regex(rf"{YEAR}年\d{{1,2}}月\d{{1,2}}日")
_BLANK_YEAR = regex(r"(?<![\d_xX×])(?:_{1,4}|[xX×]{4})年(?!级)")
_MASKED = regex(rf"(?:19|20|二[〇○零])(?:[xX×*_]{{2}}|某某)年?|{_BLANK_YEAR.pattern}")
_SITES_TITLE = regex("范文|模板|范本|样本|精选|通用|大全|最新|集锦|(?:[两二三四五六七八九十]|\\d{1,2})篇")
_FILE_YEAR = regex(r"(?<![0-9A-Za-z])(?P<y>(?:19|20)\d\d)(?=年|-\d\d-\d\d(?!\d)|(?![0-9A-Za-z]))")


def decide_year(frame: Frame) -> tuple[Decision, ...]:
    """The decision about the year, then the readings that it went against; the value is "" where the year stays open.

    The strongest evidence decides; hints of one strength that disagree leave the year open.
    """
    decision = _strongest(frame)
    if decision.rule not in ("own-title", "site-title"):
        sold = [hint for hint in site_title(frame) if decision.value not in ("", str(hint.year))]
        return decision, *(_doubted(str(hint.year), "site-title-disagrees", hint.span) for hint in sold[:1])
    against = [hint for hint in _said_by_the_text(frame) if str(hint.year) != decision.value]
    if not against:
        return (decision,)
    if len({hint.year for hint in against}) == 1 and not _said_again(frame, decision.value):
        return _decision(against[0]), _doubted(decision.value, f"{decision.rule}-disagrees", decision.span)
    return decision, *(_doubted(str(hint.year), f"{hint.rule}-disagrees", hint.span) for hint in against[:1])


def _strongest(frame: Frame) -> Decision:
    for evidence in EVIDENCE:
        hints = list(evidence(frame))
        if len({hint.year for hint in hints}) == 1:
            return _decision(hints[0])
        if hints:
            return Decision("year", "", f"{hints[0].rule}-disagrees", hints[0].span, Decimal(0))
    if masked := _MASKED.search(frame.document.clean, *frame.body):
        return Decision("year", "", "masked-year", Span(*masked.span()), Decimal(0))
    for hint in file_name(frame):
        return _decision(hint)
    return Decision("year", "", "no-year", None, Decimal(0))


def _decision(hint: Hint) -> Decision:
    return Decision("year", str(hint.year), hint.rule, hint.span, CONFIDENCE[hint.rule])


def _doubted(value: str, rule: str, span: Span | None) -> Decision:
    return Decision("year", value, rule, span, DOUBTED)


def _said_by_the_text(frame: Frame) -> Iterator[Hint]:
    """What a text says of its own year whatever is printed above it."""
    yield from read(_MADE_FOR, "opening-sentence", frame, _after(frame.opening, frame.title))
    if frame.genre is Genre.SUMMARY:
        for pattern in (_SPEAKS_OF, _OPENS_WITH):
            yield from read(pattern, "opening-sentence", frame, _after(frame.opening, frame.title))
    yield from teachers_day(frame)
    yield from plan_turn(frame)
    yield from congress(frame)


def _after(span: Span, title: Span | None) -> Span:
    return Span(min(max(span.start, title.end), span.end), span.end) if title else span


def _said_again(frame: Frame, year: str) -> bool:
    """Whether the text below the title names this year too."""
    return frame.document.clean.find(f"{year}年", *frame.after_title) >= 0


def is_sites_title(clean: str, title: Span) -> bool:
    """A site's title, under which one text is sold for many years: 2019年教育工作总结范文."""
    return _SITES_TITLE.search(clean, *title) is not None


def _is_sites(frame: Frame) -> bool:
    return frame.title is not None and is_sites_title(frame.document.clean, frame.title)


def own_heading(frame: Frame) -> Iterator[Hint]:
    """二、2014年工作计划 over a part that was cut there."""
    return read(_NAMED_YEAR, "own-heading", frame, frame.heading)


def own_title(frame: Frame) -> Iterator[Hint]:
    """2018年工作要点."""
    return iter(()) if _is_sites(frame) else read(_NAMED_YEAR, "own-title", frame, frame.title)


def site_title(frame: Frame) -> Iterator[Hint]:
    """2019年教育工作总结范文, where the text itself tells nothing and hides nothing."""
    if not _is_sites(frame) or _BLANK_YEAR.search(frame.document.clean, *frame.body):
        return iter(())
    return read(_NAMED_YEAR, "site-title", frame, frame.title)


def title_period(frame: Frame) -> Iterator[Hint]:
    """教育信息化发展规划（2014-2020年） begins in 2014; the second term of 2018—2019学年 lies in 2019."""
    if frame.title:
        clean = frame.document.clean
        for found in _PERIOD.finditer(clean, *frame.title):
            second_term = bool(found["school"]) and re.search("第二学期|下学期", clean[slice(*frame.title)]) is not None
            yield Hint(year_in(found) + second_term, "title-period", Span(*found.span()))


def adopted_or_amended(frame: Frame) -> Iterator[Hint]:
    """2009年3月5日…会议通过 2016年9月1日…会议修订: 2016, the latest date above the first article."""
    if frame.genre is Genre.REGULATION:
        clean, start = frame.document.clean, frame.after_title.start
        end = min(frame.body.end, start + HISTORY)
        first_article = _ARTICLE.search(clean, start, end)
        history = Span(start, first_article.start() if first_article else min(end, start + OPENING))
        hints = list(read(_ADOPTED, "adopted-or-amended", frame, history))
        yield from sorted(hints, key=lambda hint: hint.year)[-1:]


def session(frame: Frame) -> Iterator[Hint]:
    """2026年1月27日在某省第十四届人民代表大会第四次会议上."""
    if frame.genre in (Genre.REPORT, Genre.SPEECH):
        return read(_SESSION, "held-at-a-session", frame, frame.opening)
    return iter(())


def session_year(clean: str, body: Span) -> int | None:
    """The year of the session at which a report was given, from its opening."""
    found = _SESSION.search(clean, body.start, min(body.end, body.start + OPENING))
    return year_in(found) if found else None


def opening_sentence(frame: Frame) -> Iterator[Hint]:
    """特制定2018年工作计划; 2018年全市教育工作的总体要求."""
    opening = _after(frame.opening, frame.title)
    made_for = list(read(_MADE_FOR, "opening-sentence", frame, opening))
    return iter(made_for) if made_for else read(_SPEAKS_OF, "opening-sentence", frame, opening)


def opening_year(frame: Frame) -> Iterator[Hint]:
    """2018年，全市教育系统…: what a text tells first, unless its number or signature is of another year."""
    return read(_OPENS_WITH, "opening-sentence", frame, _after(frame.opening, frame.title))


def inner_heading(frame: Frame) -> Iterator[Hint]:
    """二、2018年主要任务."""
    clean = frame.document.clean
    for line in lines_with("年", clean, frame.after_title):
        if line.end - line.start <= LONGEST_HEADING and (found := _HEADING.fullmatch(clean, *line)):
            yield Hint(year_in(found), "inner-heading", line)


def own_number(frame: Frame) -> Iterator[Hint]:
    """遂教发〔2018〕5号 on a line of its own; a summary of 2017 may carry it too."""
    if frame.genre in SIGNED_FOR_THEIR_YEAR or frame.genre is Genre.OTHER:
        yield from read(_OWN_NUMBER, "own-number", frame, frame.opening)


def signature_date(frame: Frame) -> Iterator[Hint]:
    """2018年3月6日 on a line of its own; a plan signed at the end of a year may be for the next, a summary of spring for the last."""
    if frame.genre in (Genre.SUMMARY, Genre.REPORT):
        for found in _SIGNED_MONTH.finditer(frame.document.clean, *frame.body):
            if (number_of(found["m"]) or 0) in LATE_IN_THE_YEAR:
                yield Hint(year_in(found), "signature-date", Span(*found.span()))
    if frame.genre not in SIGNED_FOR_THEIR_YEAR:
        return
    for found in _SIGNED.finditer(frame.document.clean, *frame.body):
        looks_ahead = frame.genre in (Genre.PLAN, Genre.KEY_POINTS) and (number_of(found["m"]) or 0) >= 11
        if not looks_ahead:
            yield Hint(year_in(found), "signature-date", Span(*found.span()))


def in_force(frame: Frame) -> Iterator[Hint]:
    """本条例自2018年1月1日起施行, where nothing tells when it was adopted: the last such date, for it is the regulation's own."""
    if frame.has("日起"):
        yield from list(read(_IN_FORCE, "in-force", frame, frame.body))[-1:]


def news_date(frame: Frame) -> Iterator[Hint]:
    """The date of the report itself, else the one that the page printed above it."""
    if frame.genre is not Genre.NEWS:
        return
    document = frame.document
    if dated := list(read(_DATELINE, "news-dateline", frame, Span(frame.body.start, frame.opening.end))):
        yield dated[0]
    else:
        above = document.origin[min(frame.body.start + 60, frame.body.end - 1)]
        for found in _PRINTED_DATE.finditer(document.text, 0, above):
            yield Hint(year_in(found), "news-date-of-the-page", None)


def file_name(frame: Frame) -> Iterator[Hint]:
    """2025年某省政府工作报告.txt, 某市养犬管理条例(2019-01-15).txt; the name of a table says nothing of its rows."""
    years = [year_in(found) for found in _FILE_YEAR.finditer(file_stem(frame.document.file))] if frame.alone else []
    if len(set(years)) == 1:
        yield Hint(years[0], "file-name", None)


def file_stem(file: str) -> str:
    """The name of the file without folders and suffix; "" for a row of a table, which the file's name does not describe."""
    return "" if "#" in file else PurePosixPath(file).stem


SIGNED_FOR_THEIR_YEAR = frozenset(
    {Genre.PLAN, Genre.KEY_POINTS, Genre.OPINION, Genre.ACTION_PLAN, Genre.SCHEME, Genre.NOTICE, Genre.REGULATION}
)
# From the strongest to the weakest; below them all, and only in a text without masks, the name of the file.
EVIDENCE: tuple[Evidence, ...] = (
    own_heading,
    own_title,
    title_period,
    adopted_or_amended,
    session,
    opening_sentence,
    own_number,
    signature_date,
    opening_year,
    inner_heading,
    indirect,
    news_date,
    site_title,
    in_force,
)
