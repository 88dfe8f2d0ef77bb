"""Chinese and Arabic numerals in a text → int: 三十 → 30, 二〇一三年 → 2013."""

from __future__ import annotations

from kg.patterns import regex

DIGITS = {
    "〇": 0,
    "○": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
UNITS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}

_YEAR = regex(
    r"(?<!\d)((?:19|20)\d\d)(?=年)|(?<![〇○零一二三四五六七八九])([一二][〇○零九][〇○零一二三四五六七八九]{2})(?=年)"
)
_ARABIC = regex(r"\d+|\d{1,3}(?:,\d{3})+")


def year_of(text: str) -> int | None:
    """The first calendar year written out in full: 2013年, 二〇一三年; never 13年 or 20xx年."""
    found = _YEAR.search(text)
    if found is None:
        return None
    year = number_of(found[1] or found[2])
    return year if year is not None and 1900 <= year < 2100 else None


def number_of(text: str) -> int | None:
    """The whole number that `text` writes: 30, 1,300, 三十, 一百二十, 二〇一八, 十, 两; None where it writes none."""
    if not text:
        return None
    if _ARABIC.fullmatch(text):
        return int(text.replace(",", ""))
    if all(sign in DIGITS for sign in text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    return _spoken(text)


def _spoken(text: str) -> int | None:
    """一百二十, 三万五千: every unit smaller than the one before it, 万 and 亿 closing their group."""
    total = group = 0
    digit: int | None = None
    last_unit = last_myriad = 10**12
    for sign in text:
        if sign in MYRIADS:
            group += digit or 0
            if not group or MYRIADS[sign] >= last_myriad:
                return None
            total, group, digit = total + group * MYRIADS[sign], 0, None
            last_myriad, last_unit = MYRIADS[sign], 10**12
        elif sign in UNITS:
            if UNITS[sign] >= last_unit or (not digit and sign != "十"):
                return None
            group, digit, last_unit = group + (1 if digit is None else digit) * UNITS[sign], None, UNITS[sign]
        elif sign in DIGITS and not digit:
            digit = DIGITS[sign]
        else:
            return None
    return total + group + (digit or 0)
