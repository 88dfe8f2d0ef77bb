"""The records of a comparison → the Chinese words and short texts that tables and pages print."""

from __future__ import annotations

from collections.abc import Iterable

from kg.comparison.records import (
    Before,
    First,
    Goal,
    GoalPromise,
    Outcome,
    Promise,
    Said,
    Source,
    Thing,
    Verdict,
    Who,
)
from kg.model import Status
from kg.views.words import GENRES, STATUSES

OUTCOMES = {
    Outcome.ENDED: "已终止",
    Outcome.COMPLETED: "已完成",
    Outcome.ONGOING: "持续推进",
    Outcome.STARTED: "已启动",
    Outcome.TOLD: "有报告",
    Outcome.MENTIONED: "提到而未见进展",
    Outcome.AGAIN: "再次列入计划",
    Outcome.SILENT: "其后未见",
    Outcome.UNREAD: "其后未读",
}
BEFORES = {
    Before.REPORTED: "此前已有",
    Before.MENTIONED: "此前提到",
    Before.CLAIMED: "称继续而此前未见",
    Before.NEW: "此前未见",
    Before.UNREAD: "此前未读",
}
VERDICTS = {
    Verdict.REACHED: "达到",
    Verdict.MISSED: "未达到",
    Verdict.LATER: "其后达到",
    Verdict.NOT_DUE: "期限未到",
    Verdict.PARTLY: "跨年目标不判",
    Verdict.OTHER_YEAR: "年份不同不判",
    Verdict.OTHER_UNIT: "单位不可比",
    Verdict.OPEN: "无法判断",
    Verdict.SEVERAL: "数字不一不判",
    Verdict.ALIKE: "指标相近待核",
    Verdict.SILENT: "其后未见",
    Verdict.UNREAD: "其后未读",
}
WHOS = {Who.TIE: "同年", Who.OPEN: "不能确定"}
_TO_DO = {Status.PLANNED: "计划", Status.ONGOING: "继续", Status.ENDED: "终止", None: "提出"}
_OPERATORS = {">=": "≥ ", "<=": "≤ ", "=": "", ">": "> ", "<": "< "}


def source_text(source: Source) -> str:
    """`第2部分，2014年计划`"""
    year = f"{source.year}年" if source.year is not None else "年份不详的"
    return f"第{source.number}部分，{year}{GENRES[source.genre]}"


def sources_text(sources: Iterable[Source]) -> str:
    """`a.txt 第1部分，2013年总结；b.txt …`"""
    return "；".join(f"{source.file} {source_text(source)}" for source in sources)


def promised_text(promise: Promise, place: Thing) -> str:
    """What the plan says shall be done, and where, if not everywhere: `继续；计划（芜湖县、弋江区）`."""
    by_status: dict[str, list[Thing | None]] = {}
    for said in promise.said:
        by_status.setdefault(_TO_DO.get(said.status, ""), []).append(said.place)
    return "；".join(word + _elsewhere(places, place) for word, places in by_status.items())


def reported_text(promise: Promise, place: Thing) -> str:
    """The state in each year, and where, if only elsewhere: `2018 已启动；2019 已完成`."""
    by_year: dict[int, Said] = {}
    for said in promise.reports:
        by_year.setdefault(said.source.year or 0, said)
    told = "；".join(
        f"{year} {_state(promise.outcome, said)}{_elsewhere([said.place], place)}" for year, said in by_year.items()
    )
    return f"由“{promise.heir.name}”承接：{told}" if promise.heir else told


def before_text(promise: Promise) -> str:
    """`2013 已完成`, or how it stands where no earlier text reports it."""
    if promise.before is Before.REPORTED:
        last = promise.earlier[0]
        return f"{last.source.year} {_status(last)}"
    return BEFORES[promise.before]


def amount_text(goal: Goal, beside: Goal | None = None) -> str:
    """`≥ 70%（2018）`, with the indicator in front where it is worded otherwise than `beside`."""
    name = f"{goal.indicator} " if beside is not None and goal.indicator != beside.indicator else ""
    year = f"（{goal.year}）" if goal.year is not None else ""
    return f"{name}{_OPERATORS.get(goal.operator, '')}{goal.value.normalize():f}{goal.unit}{year}"


def indicator_text(goal: Goal, speaker: Thing) -> str:
    """`新建幼儿园（无为县）`: with the place, where it is another than the one whose text it is in."""
    return goal.indicator + _elsewhere([goal.said.place], speaker)


def earlier_amount(promise: GoalPromise) -> str:
    if promise.earlier is None:
        return ""
    near = "" if promise.earlier_is_same else "相近："
    return near + amount_text(promise.earlier, promise.planned)


def first_text(first: First) -> str:
    """`2016`, `≤2013` where it may be earlier, `2014（计划）` where no more than a plan is known."""
    if first.said.year is None:
        return "年份不详" + "（计划）" * first.planned
    return f"{'' if first.low is not None else '≤'}{first.said.year}" + "（计划）" * first.planned


def who_text(who: Who, one: Thing, other: Thing) -> str:
    return {Who.ONE: one.name, Who.OTHER: other.name}.get(who) or WHOS[who]


def names_text(things: Iterable[Thing]) -> str:
    return "、".join(thing.name for thing in things)


def _state(outcome: Outcome, said: Said) -> str:
    return OUTCOMES[outcome] if outcome in (Outcome.AGAIN, Outcome.MENTIONED) else _status(said)


def _status(said: Said) -> str:
    return STATUSES[said.status] if said.status else OUTCOMES[Outcome.TOLD]


def _elsewhere(places: Iterable[Thing | None], speaker: Thing) -> str:
    """`（芜湖县、弋江区）` where the speaker itself is not among the places."""
    others = dict.fromkeys(place.name for place in places if place is not None and place != speaker)
    return f"（{'、'.join(others)}）" if others and speaker not in places else ""
