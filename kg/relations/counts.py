"""A sentence → the numbers in it that count something, each with its unit and the words left and right of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from kg.model import Kind, Span
from kg.patterns import regex
from kg.relations.scene import Scene
from kg.texts.numerals import number_of

_COUNTED = (
    "个百分点|百分点|所|个|名|人次|校次|人(?!才)|户|套|间|台|辆|册|亩|门|家|件|场次|场|条|座|处|对|篇|项|支|片|块|村|张|批次|校|课时|"
    "学时|节|平方米|平方公里|立方米|公里|公顷|米|元|美元|吨标准煤|吨|公斤|千克|斤|千瓦时|千瓦|千升|度|标准箱|标箱|头|只|羽|列|倍|课|部|本|堂|盏|株|次"
)
_SCALE = "万亿|万|亿|千万|百万"
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
A_NUMBER = regex(r"[\d百]")  # without a figure or a percentage in words there are no counts
# What may not stand before a number is asked behind its first digit: so the search stops at digits only.
_NUMBER = regex(
    r"(?P<value>\d(?<![\d.第〔\[年月日号－—\-~～A-Za-z:∶]\d)(?<!\d：\d)(?<!\d,\d)(?:\d{0,2}(?:,\d{3})+|\d*)(?:\.\d+)?)"
    rf"(?:%?[-—－~～至](?P<top>{_FIGURE})(?!年|月|日|号|周?岁|[-—－~～+]))?"
    rf"(?P<odd>余|多)?(?P<scale>{_SCALE})?(?P<more>余|多)?(?P<unit>%|‰|{_COUNTED}|(?=[\u4e00-\u9fff]))"
)
_RATIO = regex(r"(?P<one>\d(?<![\d.:：∶]\d)\d{0,2}(?:\.\d+)?)[:：∶](?P<other>\d{1,3}(?:\.\d+)?)(?![\d.:：∶])")
_RATIO_OF = regex(r"比[^，。；]{0,8}$")
_IN_WORDS = regex(r"百分之(?P<n>[一二三四五六七八九十百]{1,4})(?![点之分])")
_RANGE_GOES_ON = regex(r"[-—－~～至]\d")
_NAMED = regex(r"“[^”]*”|《[^》]*》|〔[^〕]*〕")
_NOT_A_COUNT = regex(
    r"年(?!级)|月|日|号|点|时(?!间)|分(?!钟)|周年|周岁|岁|届|期|次会议|小时|分钟|天|级|条(?!件)|方面|项工作|"
    r"个方面|个月|学期|字|版|批|轮|个[一二三]|大工程"
)
_DELIMITER = regex(
    r"[，。；：、！？\n（）,和与及](?:(?<![,和与及])|(?<=,)(?!\d{3}(?!\d))|(?<=[所个名人元%]和)|(?<=[和与及])(?=\d))"
)
_PEOPLE = regex(r"(?:名)?(?:[\u4e00-\u9fff]{0,6}?)(?:学生|教师|人口|幼儿|儿童|职工|居民|农民|群众|学员)")
_NO_TARGET = regex(r"人?(?:（含）)?(?:以上|及以上)的?“?(?:超)?大班额")  # what a large class is, not how many there are
_LEVEL_ONLY = regex(r"(?:以上的?)?(?:国家|省级|市级|省|市)")
_BASELINE = regex(r"(?:由|从)(?:上年|去年|原来|过去|20\d\d年)?底?的?$")
_FROM = regex(
    rf"(?:由|从)[^，。；]*?(?<![\d.])(?P<value>{_FIGURE})(?P<scale>{_SCALE})?(?P<unit>%|‰|{_COUNTED})?"
    r"[^，。；\d]{1,8}(?:到|至|为)(?:20\d\d年底?的?)?$"
)
_SCALES = {"": 1, "万亿": 10**12, "万": 10**4, "亿": 10**8, "百万": 10**6, "千万": 10**7}


class Count(NamedTuple):
    """A number that counts something, with the words left and right of it inside its clause or list item."""

    value: Decimal
    scale: str  # 万, 亿, or ""
    unit: str  # %, 所, 元, or "" after a scale alone
    span: Span  # of number, scale and unit
    left: str
    right: str
    clause: Span  # in which it stands
    more: bool = False  # 300余名
    top: Decimal | None = None  # the upper end of 85%-90%
    baseline: Decimal | None = None  # 72 of 由72%提高到80%, multiplied out

    @property
    def base_value(self) -> Decimal:
        """The value with 万 and 亿 multiplied out."""
        return self.value * _SCALES[self.scale]


def counts_in(scene: Scene) -> Iterator[Count]:
    """The counts of a sentence in order: percentages, numbers of things, money, ratios (1：15 is a count of 1 in ：15)."""
    quiet = _digits_only(scene)
    edges = [0, *[m.end() for m in _DELIMITER.finditer(scene.quiet)], len(scene.text) + 1]
    found = [count for m in _NUMBER.finditer(quiet) if (count := _count(scene, m, edges))]
    if "百分之" in quiet:
        found += [count for m in _IN_WORDS.finditer(quiet) if (count := _in_words(scene, m, edges))]
    if "比" in quiet:
        found += [count for m in _RATIO.finditer(quiet) if (count := _ratio(scene, m, edges))]
    end = 0
    for count in sorted(found, key=lambda c: c.span):
        start = count.span.start - len(count.left)
        inside = start < end <= count.span.start and not _FROM.search(count.left)
        yield count._replace(left=scene.text[end : count.span.start]) if inside else count
        end = count.span.end


def _count(scene: Scene, found: re.Match[str], edges: list[int]) -> Count | None:
    value, top, odd, scale, more, unit = found.groups("")
    if not unit and not scale:
        return None
    text, span = scene.text, Span(*found.span())
    figures = found.end("scale" if scale else "top" if top else "value")
    if _NOT_A_COUNT.match(text, figures, figures + 4) or _NO_TARGET.match(text, figures):
        return None
    if _RANGE_GOES_ON.match(text, span.end) or (not unit and _NOT_A_COUNT.match(text, span.end)):
        return None
    left, right = _beside(text, span, edges)
    if _BASELINE.search(left) or "之一" in right:
        return None
    if not unit:
        unit = "人" if _PEOPLE.match(right) else ""
        if not unit and not right:
            return None
    return Count(
        _decimal(value),
        scale,
        unit,
        span,
        left,
        right,
        scene.clause(span.start),
        bool(odd or more),
        _decimal(top) if top else None,
        _baseline(left, scale, unit),
    )


def _in_words(scene: Scene, found: re.Match[str], edges: list[int]) -> Count | None:
    """百分之九十二 is 92 %."""
    value, span = number_of(found["n"]), Span(*found.span())
    left, right = _beside(scene.text, span, edges)
    return Count(Decimal(value), "", "%", span, left, right, scene.clause(span.start)) if value is not None else None


def _ratio(scene: Scene, found: re.Match[str], edges: list[int]) -> Count | None:
    span = Span(*found.span())
    left, right = _beside(scene.text, span, edges)
    if not _RATIO_OF.search(left):
        return None
    return Count(Decimal(found["one"]), "", f"：{found['other']}", span, left, right, scene.clause(span.start))


def _beside(text: str, span: Span, edges: list[int]) -> tuple[str, str]:
    """The words left and right of a number, up to the next edge; 3个以上国家、省级基地 goes on behind its 、."""
    behind = bisect_right(edges, span.start)
    start, end = edges[behind - 1], edges[behind] - 1
    if start == span.start > 0 and text[start - 1] in "：:":
        start = edges[behind - 2]  # 学前三年毛入园率：92%
    if behind + 1 < len(edges) and _LEVEL_ONLY.fullmatch(text, span.end, end):
        end = edges[behind + 1] - 1
    return text[start : span.start], text[span.end : max(span.end, end)]


def _baseline(left: str, scale: str, unit: str) -> Decimal | None:
    """Where a value rose from, if it is in the same unit; without a unit of its own it shares the scale too."""
    said = _FROM.search(left)
    if said is None or said["unit"] not in (None, unit):
        return None
    own_scale = said["scale"] or ("" if said["unit"] else scale)
    return _decimal(said["value"]) * _SCALES[own_scale]


def _decimal(figure: str) -> Decimal:
    """1,200 is 1200."""
    return Decimal(figure.replace(",", ""))


def _digits_only(scene: Scene) -> str:
    """Numbers inside quotes, titles and programmes (“2+1项目”, 《…（2013-2015年）》) count nothing; those in brackets may."""
    text = scene.text
    named = [pair.span() for pair in _NAMED.finditer(text)]
    named += [m.span for m in scene.mentions if m.kind is Kind.PROGRAM]
    for start, end in named:
        text = text[:start] + "\x00" * (end - start) + text[end:]
    return text
