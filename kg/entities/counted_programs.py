"""The object of an act → the programmes of a counted list: 学前扩容、高中突破、强师兴教“三大工程” are three and their whole."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.entities.program_names import BAD_START, GENERIC
from kg.entities.spans import Found, list_items, unwrapped
from kg.model import Kind, Span
from kg.patterns import regex

DIGITS = "零一二三四五六七八九十"
_SORTS = "工程|行动|计划|项目|活动|机制|制度|平台|课程|体系"
COUNTED = regex(rf"(?P<n>[二三四五六七八九十])[大项]?(?P<sort>{_SORTS})”?$")
_ENDS = tuple(sort + quote for sort in _SORTS.split("|") for quote in ("", "”"))
_COUNTS = regex("[两二三四五六七八九十][大项个]")  # what stands in every _WHOLE
_WHOLE = regex(rf"(?P<etc>等)?“?(?P<name>(?P<n>[两二三四五六七八九十])[大项个][\u4e00-\u9fff]{{0,4}}?(?:{_SORTS}))”?")
_ANY_COUNTED = regex(
    rf"[两二三四五六七八九十](?:大|项|个)?(?:{_SORTS})|[两二三四五六七八九十]大[\u4e00-\u9fff]{{0,4}}?(?:{_SORTS})"
)


class CountedList(NamedTuple):
    """Where the items of a counted list stand, and the words that count them."""

    items: list[Span]
    whole: Span  # with its quotes
    name: str


def counted_items(text: str, of_act: Span) -> CountedList | None:
    """The items before “三大工程” in the object of an act, if there are as many as it says, or fewer before 等."""
    whole = _WHOLE.search(text, *of_act) if _COUNTS.search(text, *of_act) else None
    if whole is None:
        return None
    items = list_items(text, Span(of_act.start, whole.start()))
    number = DIGITS.find(whole["n"].replace("两", "二"))
    many_enough = 1 < len(items) < number if whole["etc"] else len(items) == number
    if not many_enough or not all(_may_be_named(unwrapped(text[item.start : item.end])) for item in items):
        return None
    quoted = text[whole.start("name") - 1] == "“"
    return CountedList(items, Span(whole.start("name") - quoted, whole.end()), whole["name"])


def counted_list(text: str, of_act: Span) -> list[Found]:
    """The programmes of a counted list, and the whole; none where nothing is counted."""
    counted = counted_items(text, of_act)
    if counted is None:
        return []
    named = [(item, unwrapped(text[item.start : item.end])) for item in counted.items]
    items = [Found(Kind.PROGRAM, item, name, "listed-in-counted-whole") for item, name in named]
    return [*items, Found(Kind.PROGRAM, counted.whole, counted.name, "counted-whole")]


def counted_sort(words: str) -> re.Match[str] | None:
    """Number and sort in words that count programmes: 十 and 工程 for “十大工程”."""
    return COUNTED.search(words) if words.endswith(_ENDS) else None


def is_only_counted(name: str) -> bool:
    """Whether a name tells nothing but a number of things: 五大工程 of one city are not those of another."""
    return _ANY_COUNTED.fullmatch(name) is not None


def _may_be_named(name: str) -> bool:
    return 2 <= len(name) <= 16 and not BAD_START.match(name) and not GENERIC.match(name) and "的" not in name
