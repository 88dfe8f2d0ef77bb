"""What a plan promised and what became of it → lines in words, tables for the terminal, and one table of everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.comparison.records import Goal, GoalPromise, PlanComparison, Promise, Report, Said
from kg.model import Relation
from kg.views.comparison_words import (
    BEFORES,
    OUTCOMES,
    VERDICTS,
    amount_text,
    before_text,
    earlier_amount,
    indicator_text,
    names_text,
    promised_text,
    reported_text,
    source_text,
    sources_text,
)
from kg.views.tables import Table
from kg.views.words import STATUSES

COLUMNS = (
    *(
        "类别",
        "名称",
        "计划",
        "结果",
        "报告",
        "此前",
        "计划句",
        "计划文件",
        "计划部分",
        "报告句",
        "报告文件",
        "报告部分",
    ),
    *("此前句", "此前文件", "此前部分", "名称相近", "计划编号", "报告编号"),
)
KINDS = {Relation.ADOPTS: "项目", Relation.ISSUES: "文件"}
BEYOND = {Relation.ADOPTS: "计划外项目", Relation.ISSUES: "计划外文件"}
Cells = tuple[str, ...]


class Section(NamedTuple):
    """A heading and the rows below it."""

    heading: str
    table: Table


def plan_table(found: PlanComparison) -> Table:
    """One row for each promise, figure and unpromised report, with all sentences, for a spreadsheet or a program."""
    return Table(COLUMNS, tuple(_rows(found)))


def plan_sections(found: PlanComparison) -> tuple[Section, ...]:
    """The same for a reader at a terminal: by kind, with the columns that say something there."""
    table = plan_table(found)
    other = "报告" if found.later or found.later_plans else "此前"
    told = ("结果", "报告") if other == "报告" else ()
    where = [f"{side}{what}" for side in ("计划", other) for what in ("句", "文件", "部分")]
    promised = ("名称", "计划", *told, "此前", "名称相近", *where)
    beyond = ("名称", "报告", "报告句", "报告文件", "报告部分")
    sections = [
        Section(f"计划的{kind}", _filled(_of_kind(table, kind).only(*promised))) for kind in (*KINDS.values(), "指标")
    ]
    sections += [
        Section(f"{kind}：报告了，已读的计划里没有", _of_kind(table, f"计划外{kind}").only(*beyond))
        for kind in (*KINDS.values(), "数字")
    ]
    return tuple(section for section in sections if section.table.rows)


def plan_summary(found: PlanComparison) -> list[str]:
    """What was compared with what, how often what came of it, and what silence means."""
    place, year = found.place.name, found.year
    return [
        f"{place}{year}年的计划，与其前后各{found.last - year}年的总结、报告对照",
        f"计划：{sources_text(found.plans)}",
        _read("其后", _later(found), f"{place}{year}–{found.last}年的总结或报告", "，做没做无从判断"),
        *([f"其后的计划：{sources_text(found.later_plans)}"] if found.later_plans else []),
        _read("此前", sources_text(found.earlier), f"{place}{found.first}–{year - 1}年的总结或报告", ""),
        *_counted(found),
        "“未见”不等于“没做”：总结会略去，规则也会漏读；“未读”是没有文件可查。名称相近的只作提示，没有当作同一个。",
    ]


def _later(found: PlanComparison) -> str:
    """The texts that look back, and a word on it where none is of the plan's own year."""
    own = any(source.year == found.year for source in found.later)
    missing = f"（{found.year}年本年的总结没有读到）" if found.later and not own else ""
    return sources_text(found.later) + missing


def _read(when: str, listed: str, what: str, so: str) -> str:
    return f"{when}：{listed}" if listed else f"{when}：没有读到{what}{so}"


def _counted(found: PlanComparison) -> Iterator[str]:
    outcomes = Counter(OUTCOMES[promise.outcome] for promise in found.promises)
    befores = Counter(BEFORES[promise.before] for promise in found.promises)
    if found.promises:
        yield f"计划的项目和文件 {len(found.promises)} 项——其后：{_tally(outcomes)}；此前：{_tally(befores)}"
    if found.goals:
        yield f"计划的指标 {len(found.goals)} 个——{_tally(Counter(VERDICTS[goal.verdict] for goal in found.goals))}"
    if found.unpromised or found.other_figures:
        yield f"报告了而已读的计划里没有：{len(found.unpromised)} 项，另有 {len(found.other_figures)} 个数字"


def _tally(counted: Counter[str]) -> str:
    order = [*OUTCOMES.values(), *VERDICTS.values(), *BEFORES.values()]
    return "、".join(f"{word} {counted[word]}" for word in dict.fromkeys(order) if counted[word])


def _of_kind(table: Table, kind: str) -> Table:
    return Table(table.columns, tuple(row for row in table.rows if row[0] == kind))


def _filled(table: Table) -> Table:
    """The columns in which something stands."""
    filled = [name for n, name in enumerate(table.columns) if any(row[n] for row in table.rows)]
    return table.only(*filled)


def _rows(found: PlanComparison) -> Iterator[Cells]:
    for kind in KINDS:
        yield from (_promise_row(p, found) for p in found.promises if p.relation is kind)
    yield from (_goal_row(goal, found) for goal in found.goals)
    for kind in BEYOND:
        yield from (_report_row(report) for report in found.unpromised if report.relation is kind)
    yield from (_figure_row(goal, found) for goal in found.other_figures)


def _promise_row(promise: Promise, found: PlanComparison) -> Cells:
    report, earlier = _first(promise.reports), _first(promise.earlier)
    return (
        KINDS[promise.relation],
        promise.thing.name,
        promised_text(promise, found.place),
        OUTCOMES[promise.outcome],
        reported_text(promise, found.place),
        before_text(promise),
        *_where(promise.said[0]),
        *_where(report),
        *_where(earlier),
        names_text(promise.near),
        promise.said[0].claim,
        report.claim if report else "",
    )


def _goal_row(goal: GoalPromise, found: PlanComparison) -> Cells:
    achieved = goal.achieved
    return (
        "指标",
        indicator_text(goal.planned, found.place),
        amount_text(goal.planned),
        VERDICTS[goal.verdict],
        amount_text(achieved, goal.planned) if achieved else "",
        earlier_amount(goal),
        *_where(goal.planned.said),
        *_where(achieved.said if achieved else None),
        *_where(goal.earlier.said if goal.earlier else None),
        "",
        goal.planned.said.claim,
        achieved.said.claim if achieved else "",
    )


def _report_row(report: Report) -> Cells:
    said = report.said[0]
    state = f"{said.source.year} {STATUSES[said.status or '']}"
    return (
        BEYOND[report.relation],
        report.thing.name,
        "",
        "",
        state,
        "",
        *[""] * 3,
        *_where(said),
        *[""] * 5,
        said.claim,
    )


def _figure_row(goal: Goal, found: PlanComparison) -> Cells:
    name, amount = indicator_text(goal, found.place), amount_text(goal)
    return "计划外数字", name, "", "", amount, "", *[""] * 3, *_where(goal.said), *[""] * 5, goal.said.claim


def _first(said: Iterable[Said]) -> Said | None:
    return next(iter(said), None)


def _where(said: Said | None) -> Cells:
    return (said.sentence, said.source.file, source_text(said.source)) if said else ("", "", "")
