"""What somebody writes in a cell for a year → the interval (lower, upper] of it; a single year is one with equal ends."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

NOTHING = frozenset(
    {"", "na", "n/a", "#n/a", "nan", "null", "none", "无", "-", "—", ".", "inf", "never", "未采纳", "没有"}
)
UNKNOWN = frozenset({"open", "unknown", "?", "不详", "年份不详", "未知"})
_DATE = re.compile(r"(\d{4})(?:[-/](?:0?[1-9]|1[0-2])(?:[-/]\d{1,2}.*)?|年\d{1,2}月.*)")
_RANGE = re.compile(r"(\d{4})年?(?:[-–—~～]{1,2}|至|到)(\d{4})年?")


class Years(NamedTuple):
    """An interval; both None: no year is known. `adopted` is False where the cell says that there was no adoption."""

    lower: float | None = None
    upper: float | None = None
    adopted: bool = True


@lru_cache(maxsize=4096)
def years_of(cell: str) -> Years | None:
    """`2014`, `2014年`, `2014-03-01` → 2014 at both ends; `2012-2014` → (2011, 2014]; `≤2014` → (open, 2014]; None for no year.

    Empty and NA mean not adopted, 不详 and `open` adopted at an unknown time.
    """
    text = unicodedata.normalize("NFKC", cell).strip()
    if text.lower() in NOTHING:
        return Years(adopted=False)
    if text.lower() in UNKNOWN:
        return Years()
    if ranged := _RANGE.fullmatch(text):
        first, last = float(ranged[1]), float(ranged[2])
        return Years(first - 1, last) if first <= last else None
    if dated := _DATE.fullmatch(text):
        return Years(float(dated[1]), float(dated[1]))
    bounded = text.startswith(("≤", "<="))
    year = number_of(text.lstrip("≤<=").removesuffix("年"))
    if year is None:
        return None
    return Years(None if bounded else year, year)


@lru_cache(maxsize=4096)
def interval_of(low: str, high: str) -> Years | None:
    """Two cells, as interval2 codes them: (2012, 2014]; an empty upper end: not adopted until then; None for no interval."""
    ends = [unicodedata.normalize("NFKC", cell).strip().removesuffix("年") for cell in (low, high)]
    if any(end.lower() in UNKNOWN for end in ends):
        return Years()
    numbers = [None if end.lower() in NOTHING | {"-inf"} else number_of(end) for end in ends]
    if any(number is None and end.lower() not in NOTHING | {"-inf"} for number, end in zip(numbers, ends, strict=True)):
        return None
    lower, upper = numbers
    if upper is None:
        return Years(lower, None, adopted=False)
    return Years(lower, upper) if lower is None or lower <= upper else None


def number_of(text: str) -> float | None:
    """A finite number, or None."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in text else None
