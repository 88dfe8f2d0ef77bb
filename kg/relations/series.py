"""The name of a plan → its place in a series: what came before 第二期, 2.0, “七五” or （2017—2020年）."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.patterns import regex

_DIGITS = "零一二三四五六七八九十"
_ORDINAL = regex(r"(?:第?(?=.[期轮](?!间))|第(?=.个.{0,8}[三五]年))([二三四五六七八九十])")
_SOME_ORDINAL = regex(r"第?(?:[二三四五六七八九十]|\d{1,2})(?:期|轮)(?!间)|第[二三四五六七八九十]个")
_COUNTS_A_TERM = regex("到期|期满|届满|延包|承包|以来|结束后")
_TWO_ORDINALS = regex(r"[一二三四五六七八九][期轮][、和与]第?[一二三四五六七八九十][期轮]")
_PHASE_BEHIND = regex(r"”?(?:（(?P<apart>第?[二三四五六七八九十][期轮])）|(?P<joined>[二三四五六七八九十]期))")
_SCHEME = "(?:工程|计划|行动|项目)"
_ENDS_AS_A_SCHEME = regex(f"{_SCHEME}$")
_VERSION = regex(rf"(?P<stem>.+{_SCHEME})(?P<n>[2-9])\.0")
_YEARS = regex(r"（20\d\d[-—–－~]20\d\d年?）")
_PERIOD = regex(r"[（(]?(?P<first>20\d\d)年?[-—–－~～至到](?P<last>20\d\d)年?[）)]?")
_FIVE_YEARS = regex(r"(?P<n>十[一二三四五六七八九]|[一二三四五六七八九])五(?!年)")
_SERIES_LEFT_OPEN = regex(
    r"第?[二三四五六七八九十][期轮](?:三年|五年)?(?:行动计划|提升计划|计划|工程|项目|建设|改革|试点)"
)


_SIGNS = regex("[期轮第五]")  # of a phase, a round or a five-year plan
LONGEST_SIGN = 5  # characters behind a name up to the end of the sign: ”（第二期


def may_be_of_a_series(text: str) -> bool:
    """Whether the text holds a sign of an ordinal, a version or a period; in one that does not no name is of a series."""
    return "20" in text or ".0" in text or _SIGNS.search(text) is not None


def one_before(name: str) -> str:
    """第一期学前教育行动计划 for 第二期…; "" where no ordinal above one, two of them, or nothing but one is given."""
    ordinal = _ORDINAL.search(name)
    if ordinal is not None and _COUNTS_A_TERM.search(name, ordinal.end()):
        return ""  # 第二轮土地承包到期后再延长三十年试点 is the first of its sort
    if ordinal is None or _SERIES_LEFT_OPEN.fullmatch(name) or _TWO_ORDINALS.search(name):
        return ""
    before = _DIGITS[_DIGITS.index(ordinal[1]) - 1]
    name = name[: ordinal.start(1)] + before + name[ordinal.end(1) :]
    return _YEARS.sub("", name)


def has_ordinal(name: str) -> bool:
    """Whether a phase or round is written in the name: 三期, 第10轮."""
    return _SOME_ORDINAL.search(name) is not None


def with_phase_behind(name: str, behind: str) -> str:
    """第二期特殊教育提升计划 for 特殊教育提升计划 before （二期）, 危房改造工程二期 before 二期; "" where no phase follows."""
    found = _PHASE_BEHIND.match(behind)
    if found is None or _ORDINAL.search(name) or not _ENDS_AS_A_SCHEME.search(name):
        return ""
    return f"第{found['apart'].removeprefix('第')}{name}" if found["apart"] else f"{name}{found['joined']}"


def version_before(name: str) -> str:
    """卓越教师培养计划 for 卓越教师培养计划2.0; "" where the name does not end in a version above one."""
    found = _VERSION.fullmatch(name)
    if found is None:
        return ""
    return found["stem"] if found["n"] == "2" else f"{found['stem']}{int(found['n']) - 1}.0"


class Round(NamedTuple):
    """A name of a series: what its rounds share, and the numbers or years in which this one and the next begin."""

    series: str
    begins: int
    next_begins: int

    def before_in(self, text: str) -> str:
        """The name of the round before, where the text writes one with its years: 提升计划（2014-2016年）, else ""."""
        for found in re.finditer(rf"{re.escape(self.series)}[》”]?（(20\d\d)年?[-—–－~～至](20\d\d)年?）", text):
            if int(found[2]) + 1 == self.begins:
                return f"{self.series}（{found[1]}-{found[2]}年）"
        return ""


def round_of(name: str, behind: str = "") -> Round | None:
    """特殊教育提升计划, 2014, 2017 of 特殊教育提升计划（2014—2016年）; 普法, 6, 7 of 六五普法; a period may stand behind."""
    if found := _PERIOD.search(name) or _PERIOD.match(behind):
        return Round(_PERIOD.sub("", name), int(found["first"]), int(found["last"]) + 1)
    if found := _FIVE_YEARS.search(name):
        number = _DIGITS.index(found["n"][-1]) + 10 * (len(found["n"]) - 1)
        return Round(name[: found.start()] + name[found.end() :], number, number + 1)
    return None
