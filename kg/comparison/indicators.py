"""Two wordings of an indicator, two figures → whether they mean the same, and whether the one reaches the other."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from enum import IntEnum

from kg.comparison.records import Goal, Verdict
from kg.gold import folded, likeness

SAME = 0.8  # likeness (Dice) from which wordings without a contrast mean the same
SAME_OF_PROGRAM = 0.7  # the same within one programme
ALIKE = 0.65  # from which they are shown side by side, for the reader to decide

_WHEN = re.compile(r"^(?:(?:到|至|自)?(?:20\d\d|今|本|当|明|每)年|年)(?:底|末|内|终)?(?:之?前)?")
_EMPTY = re.compile(r"全[市县区省州]|完成|任务|工作|建成|达到|要求|实现|总数|数量")
_SYNONYMS = (
    ("增加", "新增"),
    ("公办园", "公办幼儿园"),
    ("民办园", "民办幼儿园"),
    ("普惠性", "普惠"),
    ("普惠园", "普惠幼儿园"),
)
# Words of which two indicators that hold different ones are two; longer ones are read first.
_CONTRASTS = tuple(
    re.compile("|".join(sorted(group.split(), key=len, reverse=True)))
    for group in (
        "国家级 省级 市级 县级 区级 校级",
        "学前 幼儿园 中小学 小学 初中 普通高中 高中 中职 中等职业 高职 高校 大学 义务教育 特殊教育 职业 老年 社区",
        "城区 城市 城镇 县城 农村 乡村 乡镇 海岛",
        "教师 校长 学生 家长 班主任 园长 幼儿 教职工 儿童",
        "公办 民办 普惠",
        "骨干 新任 名师 特岗 专任 代课 领军",
        "新建 改建 扩建 改扩建 改造 回收 开办 取缔 治理 撤并 新增 减少 培训 招聘 资助 选派 认定 评选 结对",
        "食堂 宿舍 厕 操场 供暖 取暖 供电 供水 校车 图书 班级 学位",
    )
)
_RATE = re.compile(r"(?:毛|净)?[\u4e00-\u9fff]{2}率")
_LESS_IS_BETTER = re.compile("辍学|流失|大班额|超编|欠|事故|近视|违规|失业|差距|负担|死亡|犯罪")
# Units that count the same sort of thing.
_FAMILIES = {
    unit: family
    for family, units in (
        ("share", "% ‰"),
        ("thing", "个 所 家 处 校 座"),
        ("person", "人 名"),
        ("money", "元"),
    )
    for unit in units.split()
}


class Level(IntEnum):
    """How near two indicators are."""

    NONE = 0
    ALIKE = 1
    SAME = 2


def nearness(one: Goal, other: Goal) -> tuple[Level, float]:
    """How near the indicators of two figures are, and their likeness (0–1).

    Times, filling words and the names of a programme that both belong to are left out before. Source of the measure:
    Dice coefficient of the characters, as `kg evaluate` compares indicators.
    """
    shared = {name for program in one.programs if program in other.programs for name in program.names}
    mine, its = (_core(goal.indicator, shared) for goal in (one, other))
    score = likeness(mine, its)
    if _contradict(mine, its) or score < ALIKE:
        return Level.NONE, score
    enough = SAME_OF_PROGRAM if shared else SAME
    return Level.SAME if score >= enough and _signs(mine) == _signs(its) else Level.ALIKE, score


def comparable(one: Goal, other: Goal) -> bool:
    """Whether two figures count the same sort of thing: 所 and 个, never % and 所, never 人 and 人次."""
    return _family(one) == _family(other)


def verdict(planned: Goal, achieved: Goal) -> Verdict:
    """How a reported figure answers a planned one of the same indicator.

    A count answers for its own year only; a share that is reached later is said to be so. What is due in a year after
    the plan's may be meant over all years, and a year's count does not show that it was missed.
    """
    if not comparable(planned, achieved):
        return Verdict.OTHER_UNIT
    met = _meets(planned, achieved)
    due, done = planned.year, achieved.year
    if due is None or done is None:
        return Verdict.OPEN
    if done < due:
        return Verdict.REACHED if met else Verdict.NOT_DUE
    if done > due and (_family(planned) != "share" or met is None):
        return Verdict.OTHER_YEAR
    if met is None:
        return Verdict.OPEN
    if met:
        return Verdict.REACHED if done == due else Verdict.LATER
    years = planned.said.source.year
    return Verdict.PARTLY if _family(planned) != "share" and years is not None and due > years else Verdict.MISSED


def _core(indicator: str, without: Collection[str]) -> str:
    core = _EMPTY.sub("", _WHEN.sub("", folded(indicator))) or folded(indicator)
    for name in sorted(map(folded, without), key=len, reverse=True):
        if len(core.replace(name, "")) >= 2:
            core = core.replace(name, "")
    for word, other in _SYNONYMS:
        core = core.replace(word, other)
    return core


def _signs(core: str) -> tuple[frozenset[str], ...]:
    rates = frozenset(_RATE.findall(core))
    return (rates, *(frozenset(group.findall(core)) for group in _CONTRASTS))


def _contradict(one: str, other: str) -> bool:
    """Whether each holds a word of one group that the other does not: 小学 and 初中, 公办 and 普惠."""
    return any(mine - its and its - mine for mine, its in zip(_signs(one), _signs(other), strict=True))


def _family(goal: Goal) -> str:
    return _FAMILIES.get(goal.base_unit, goal.base_unit)


def _meets(planned: Goal, achieved: Goal) -> bool | None:
    """Whether every value that the report leaves open meets the target; None where some do and some do not."""
    target, found = _in_units(planned), _in_units(achieved)
    if planned.operator == "=" and _LESS_IS_BETTER.search(planned.indicator):
        return True if achieved.operator == "=" and found == target else None
    if planned.operator in ("<=", "<"):
        target, found = -target, -found
    upwards = ("<=", "<") if planned.operator in ("<=", "<") else (">=", ">")
    at_least = achieved.operator in ("=", *upwards)
    at_most = achieved.operator == "=" or not at_least
    strict = planned.operator in (">", "<")
    beyond = achieved.operator in (">", "<")
    if at_least and (found > target or (found == target and (not strict or beyond))):
        return True
    if at_most and (found < target or (found == target and (strict or beyond))):
        return False
    return None


def _in_units(goal: Goal) -> Decimal:
    return goal.base_value / 10 if goal.base_unit == "‰" else goal.base_value
