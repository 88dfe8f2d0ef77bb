"""The head and the foot of a part → its 文号, its date and its addressees, each with the words it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice

from kg.model import Decision, Span
from kg.patterns import regex
from kg.texts.line_spans import lines
from kg.texts.numerals import number_of

HEAD_LINES = 14
FOOT = 300  # characters at the end of a part in which it is signed
LONGEST_ADDRESS = 150
CONFIDENCE = {
    "number-on-its-own-line": Decimal("0.97"),
    "number-below-the-title": Decimal("0.9"),
    "signature-date": Decimal("0.93"),
    "date-in-the-head": Decimal("0.85"),
    "salutation": Decimal("0.93"),
}
DOUBTED = Decimal("0.3")

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = rf"(?P<y>(?:19|20)\d\d|[一二][〇○零九][〇○零一二三四五六七八九]{{2}})年(?P<m>{_N})月(?P<d>{_N})日"
_NUMBER = r"[\u4e00-\u9fff]{2,12}[〔\[（]20\d\d[〕\]）]第?\d{1,4}号"
_NUMBER_LINE = regex(rf"(?:(?:发文字号|发文机关字号|文号)：)?(?P<number>{_NUMBER})")
_NUMBER_INSIDE = regex(rf"[^。《》]*[^。》]（(?P<number>{_NUMBER})）|[^。]*《[^《》]*》的通知（(?P<own>{_NUMBER})）")
_NUMBER_ENDS = ("号", "号）")  # of the lines that both patterns match
_SIGNED = regex(rf"(?:[\u4e00-\u9fff]{{2,30}})?(?P<date>{_DATE})")
_HEAD_DATE = regex(rf"(?:(?:成文日期|发文日期|印发日期|日期)：|（)?(?P<date>{_DATE})[^。]{{0,60}}")
_ADDRESSEES = regex(
    r"(?P<to>(?:各|全|机关|局[属直]|直属|市[属直]|[省市县区]直|有关|[\u4e00-\u9fff]{2,14}(?:局|厅|委|政府|办|院|部|学校|中学|小学|集团))"
    r"[^。；]*)："
)
_NO_ADDRESSEE = regex("如下|以下|是|主要|来源|时间|作者|要求|目标|负责|牵头|责任|附件")


def read_letterhead(clean: str, body: Span, title: Span | None) -> tuple[Decision, ...]:
    """Number, date and addressees as far as they are printed; a date in the head that the signature contradicts is doubted."""
    head = tuple(islice(lines(clean, body), HEAD_LINES))
    below = tuple(line for line in head if title is None or line != title)
    return (*_number(clean, head), *_date(clean, below, body), *_addressees(clean, below))


def _decided(what: str, value: str, rule: str, span: Span) -> Decision:
    return Decision(what, value, rule, span, CONFIDENCE[rule])


def _number(clean: str, head: tuple[Span, ...]) -> Iterator[Decision]:
    """遂教发〔2018〕5号 on a line of its own, else in brackets at the end of the title; the first counts."""
    for form, rule in ((_NUMBER_LINE, "number-on-its-own-line"), (_NUMBER_INSIDE, "number-below-the-title")):
        for line in head:
            if _is_short(line) and clean.endswith(_NUMBER_ENDS, *line) and (found := form.fullmatch(clean, *line)):
                name = found.lastgroup or "number"
                yield _decided("number", found[name], rule, Span(*found.span(name)))
                return


def _date(clean: str, head: tuple[Span, ...], body: Span) -> Iterator[Decision]:
    """The date of the signature, else that below the title; of several there, as a law's amendments, the latest."""
    foot = Span(max(body.start, body.end - FOOT), body.end)
    signed = [found for line in lines(clean, foot) if (found := _SIGNED.fullmatch(clean, *line))]
    printed = [found for line in head if (found := _HEAD_DATE.fullmatch(clean, *line)) and _day(found)]
    latest = max(printed, key=_day, default=None)
    last = next((found for found in reversed(signed) if _day(found)), None)
    if last is not None:
        yield _decided("date", _day(last), "signature-date", Span(*last.span("date")))
        if latest is not None and abs(int(_day(latest)[:4]) - int(_day(last)[:4])) > 1:
            yield Decision("date", _day(latest), "head-date-disagrees", Span(*latest.span("date")), DOUBTED)
    elif latest is not None:
        yield _decided("date", _day(latest), "date-in-the-head", Span(*latest.span("date")))


def _is_short(line: Span) -> bool:
    return line.end - line.start <= LONGEST_ADDRESS


def _day(found: re.Match[str]) -> str:
    """2018-03-06 for 2018年3月6日 and 二〇一八年三月六日; "" where the calendar has no such day."""
    year, month, day = (number_of(found[name]) or 0 for name in "ymd")
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _addressees(clean: str, head: tuple[Span, ...]) -> Iterator[Decision]:
    """各县市区教育局，局直属各学校：."""
    for line in head:
        if _is_short(line) and clean.endswith("：", *line) and (found := _ADDRESSEES.fullmatch(clean, *line)):
            if not _NO_ADDRESSEE.search(found["to"]):
                yield _decided("addressees", found["to"], "salutation", Span(*found.span("to")))
            return
