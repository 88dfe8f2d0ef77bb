"""A comparison → one HTML page with both sentences of every row side by side; it opens without a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.comparison.records import Goal, GoalPromise, PlaceComparison, PlanComparison, Promise, Said, Thing
from kg.views.comparison_words import (
    OUTCOMES,
    VERDICTS,
    amount_text,
    before_text,
    earlier_amount,
    first_text,
    indicator_text,
    names_text,
    promised_text,
    reported_text,
    source_text,
    who_text,
)
from kg.views.page import escape, fill
from kg.views.place_tables import place_summary
from kg.views.plan_tables import KINDS, plan_summary
from kg.views.words import STATUSES

MOST = 4  # sentences shown of one thing in one column
Cells = tuple[str, ...]


def plan_html(found: PlanComparison) -> str:
    """The page of a plan: promises and figures with what was said before and after, then what no plan promised."""
    return _page(plan_summary(found), _plan_sections(found))


def place_html(found: PlaceComparison) -> str:
    """The page of two places: what both do and who was first, shared documents, figures, and what only one does."""
    return _page(place_summary(found), _place_sections(found))


def _page(told: Iterable[str], sections: Iterable[str]) -> str:
    title, *summary = told
    lines = "".join(f"<p>{escape(line)}</p>" for line in summary)
    return fill("sections.html", {"title": title}, {"summary": lines, "sections": "\n".join(sections)})


def _plan_sections(found: PlanComparison) -> Iterator[str]:
    after = bool(found.later or found.later_plans)
    columns = ("名称", "计划", *(("其后",) if after else ()), "此前")
    for relation, kind in KINDS.items():
        of_kind = [promise for promise in found.promises if promise.relation is relation]
        rows = [_promise_cells(promise, found.place, after=after) for promise in of_kind]
        yield _section(f"计划的{kind}", columns, rows)
    goals = [_goal_cells(goal, found.place, after=after) for goal in found.goals]
    yield _section("计划的指标", columns, goals)
    for relation, kind in KINDS.items():
        told = [(_named(r.thing.name), _column("", r.said)) for r in found.unpromised if r.relation is relation]
        yield _section(f"{kind}：报告了，已读的计划里没有", (kind, "报告"), told)
    figures = [(_named(indicator_text(goal, found.place)), _figure(goal)) for goal in found.other_figures]
    yield _section("数字：报告了，已读的计划里没有", ("指标", "报告"), figures)


def _promise_cells(promise: Promise, place: Thing, *, after: bool) -> Cells:
    state, near = OUTCOMES[promise.outcome], _near(names_text(promise.near))
    reports = _column(reported_text(promise, place) or state, promise.reports)
    return (
        _named(promise.thing.name, state if after else "", near),
        _column(promised_text(promise, place), promise.said),
        *((reports,) if after else ()),
        _column(before_text(promise), promise.earlier),
    )


def _goal_cells(goal: GoalPromise, place: Thing, *, after: bool) -> Cells:
    state = VERDICTS[goal.verdict]
    reports = _figure(goal.achieved, goal.planned) or escape(state)
    return (
        _named(indicator_text(goal.planned, place), state if after else ""),
        _figure(goal.planned),
        *((reports,) if after else ()),
        _column(earlier_amount(goal), [goal.earlier.said]) if goal.earlier else "",
    )


def _place_sections(found: PlaceComparison) -> Iterator[str]:
    one, other = found.one.name, found.other.name
    shared: list[Cells] = [
        (
            _named(program.thing.name),
            escape(who_text(program.who, found.one, found.other)),
            _column(first_text(program.one), [program.one.said]),
            _column(first_text(program.other), [program.other.said]),
        )
        for program in found.shared
    ]
    yield _section("两地都有的项目", ("项目", "先行者", one, other), shared)
    documents = [(_named(d.thing.name), _column("", [d.one]), _column("", [d.other])) for d in found.documents]
    yield _section("两地都落实的上级文件或项目", ("名称", one, other), documents)
    goals = [
        (_named(p.one.indicator, "计划" if p.planned else "已报告"), _figure(p.one), _figure(p.other, p.one))
        for p in found.goals
    ]
    yield _section("同年可比的指标", ("指标", one, other), goals)
    for name, programs in ((one, found.only_one), (other, found.only_other)):
        rows = [(_named(own.thing.name), _column(first_text(own.first), [own.first.said])) for own in programs]
        yield _section(f"只在{name}见到的项目", ("项目", name), rows)


def _section(heading: str, columns: Cells, rows: Iterable[Cells]) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    if not body:
        return ""
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    return (
        f'<h2>{escape(heading)}</h2><div class="wide"><table class="compared">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _named(name: str, state: str = "", more: str = "") -> str:
    told = f"<br><span>{escape(state)}</span>" if state else ""
    return f"<strong>{escape(name)}</strong>{told}{more}"


def _near(names: str) -> str:
    return f"<br><small>名称相近：{escape(names)}</small>" if names else ""


def _column(state: str, said: Iterable[Said]) -> str:
    """The state in words, then the sentences, each once, with where they stand."""
    told = f"<p><strong>{escape(state)}</strong></p>" if state else ""
    sentences = list({(s.source.iri, s.start): s for s in reversed([*said])}.values())[::-1]
    more = len(sentences) - MOST
    rest = f"<p><small>另有 {more} 句</small></p>" if more > 0 else ""
    return told + "".join(map(_sentence, sentences[:MOST])) + rest


def _sentence(said: Said) -> str:
    state = f"{STATUSES[said.status]}，" if said.status and said.relation else ""
    place = f"{said.place.name}，" if said.place else ""
    where = f"{place}{state}{said.source.file}，{source_text(said.source)}"
    sentence = said.sentence or "（文中提到，未读出句子）"
    return f"<blockquote>{escape(sentence)}</blockquote><p><small>{escape(where)}</small></p>"


def _figure(goal: Goal | None, beside: Goal | None = None) -> str:
    return _column(amount_text(goal, beside), [goal.said]) if goal else ""
