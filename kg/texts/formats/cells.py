"""One cell of a table → the day, year, place or text that it names."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from kg.patterns import regex
from kg.texts.numerals import number_of, year_of

EXCEL_DAY_ZERO = date(1899, 12, 30)
UNKNOWN = frozenset(
    {"", "-", "--", "—", "——", "/", "无", "不详", "未知", "空", "na", "n/a", "nan", "nat", "null", "none"}
)
NO_COUNTY = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})

_DAY = regex(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_COMPACT_DAY = regex(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_CHINESE_DAY = regex("([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_TIMESTAMP = regex(r"\d{10}(?:\d{3})?")
_YEAR = regex(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def joined_place(names: Sequence[str]) -> str:
    """Province, city and county as one name, what is said twice once.

    >>> joined_place(["江苏省", "苏州市", "吴江区"]), joined_place(["北京市", "市辖区", "海淀区"])
    ('江苏省苏州市吴江区', '北京市海淀区')
    """
    joined = ""
    for name in names:
        if name in NO_COUNTY or name in joined:
            continue
        joined = name if joined and name.startswith(joined) else joined + name
    return joined


def date_of(value: object) -> date | None:
    """The day that a cell names in any usual way: 2013-05-01, 2013年5月1日, 20130501, Excel's 41395; None for the rest."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = unicodedata.normalize("NFKC", string_of(value))
    for found in (_DAY.search(text), _COMPACT_DAY.search(text), _CHINESE_DAY.search(text)):
        if found:
            return _day(*(number_of(part) or 0 for part in found.groups()))
    if _TIMESTAMP.fullmatch(text):
        return _timestamp_day(int(text[:10]))
    serial = number_of(text) if text.isascii() and text.isdecimal() and len(text) == 5 else None
    return EXCEL_DAY_ZERO + timedelta(days=serial) if serial is not None and 20_000 <= serial < 60_000 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year < 2100 else None
    except ValueError:
        return None


def _timestamp_day(seconds: int) -> date:
    """The day in China at that second of the Unix clock."""
    return date(1970, 1, 1) + timedelta(days=(seconds + 8 * 3600) // 86_400)


def year_number(value: object) -> int | None:
    """2013 out of 2013, 2013.0, 2013年, 二〇一三年; None where there is none or more than one."""
    if isinstance(value, date):
        return value.year
    text = unicodedata.normalize("NFKC", string_of(value))
    years = {int(year) for year in _YEAR.findall(text)}
    if len(years) > 1:
        return None
    return years.pop() if years else year_of(text if text.endswith("年") else text + "年")


def string_of(value: object) -> str:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (list, tuple)):
        return "\n".join(map(string_of, value))
    return str(value).strip()


def is_unknown(value: object) -> bool:
    return string_of(value).casefold() in UNKNOWN


def known(value: object) -> str:
    return "" if is_unknown(value) else string_of(value)
