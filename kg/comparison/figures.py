"""Planned and reported figures → each planned one with the reported one that answers it, as far as one does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.comparison.indicators import Level, comparable, nearness, verdict
from kg.comparison.reading import Reader
from kg.comparison.records import Goal, GoalPromise, Source, Verdict
from kg.comparison.texts import Texts
from kg.model import Status


def planned_figures(reader: Reader, texts: Texts) -> tuple[Goal, ...]:
    """What the plans of the year set as targets, and what older texts set for that very year."""
    return tuple(
        goal
        for goal in _inside(reader, texts, (*texts.plans, *texts.older))
        if goal.said.status is Status.PLANNED
        and (
            (goal.year or texts.year) >= texts.year if goal.said.source in texts.plans else goal.said.year == texts.year
        )
    )


def reported_figures(reader: Reader, texts: Texts, sources: Sequence[Source]) -> tuple[Goal, ...]:
    """What these sources report as reached, each of the year that its source looks back on or a later one."""
    return tuple(
        goal
        for goal in _inside(reader, texts, sources)
        if goal.said.status is Status.COMPLETED and (goal.year or 0) >= min(s.year or 0 for s in sources)
    )


def goal_promises(
    planned: Sequence[Goal], achieved: Sequence[Goal], earlier: Sequence[Goal], *, read: bool
) -> tuple[GoalPromise, ...]:
    """Each planned figure with its answer; `read` says whether any text was read that could report on it."""
    return tuple(
        GoalPromise(goal, *_answer(goal, achieved, planned, read=read), *_before(goal, earlier, planned))
        for goal in planned
    )


def _answer(
    goal: Goal, achieved: Sequence[Goal], planned: Sequence[Goal], *, read: bool
) -> tuple[Verdict, Goal | None]:
    level, nearest = _nearest(goal, achieved, planned)
    if not nearest:
        return (Verdict.SILENT if read else Verdict.UNREAD), None
    if level is Level.ALIKE:
        return Verdict.ALIKE, nearest[0]
    first = [other for other in nearest if other.year == nearest[0].year]
    if len({(other.operator, other.base_value) for other in first}) > 1:
        return Verdict.SEVERAL, first[0]
    return verdict(goal, first[0]), first[0]


def _before(goal: Goal, earlier: Sequence[Goal], planned: Sequence[Goal]) -> tuple[Goal | None, bool]:
    """The last figure before the plan, if there is just one, and whether it is of the same indicator."""
    level, nearest = _nearest(goal, [other for other in earlier if comparable(goal, other)], planned)
    last = max((other.year or 0 for other in nearest), default=0)
    found = [other for other in nearest if (other.year or 0) == last]
    single = len({other.base_value for other in found}) == 1
    return (found[0] if single else None), level is Level.SAME


def _nearest(goal: Goal, others: Iterable[Goal], planned: Sequence[Goal]) -> tuple[Level, list[Goal]]:
    """The figures of the nearest wording, those of the nearest year and of comparable units first.

    A figure that is nearer to another planned one answers that one.
    """
    found = [(nearness(goal, other), other) for other in others if other.said.place == goal.said.place]
    found = [(near, other) for near, other in found if near[0] > Level.NONE and near >= _best(other, planned)]
    if not found:
        return Level.NONE, []
    best = max((near[0], comparable(goal, other), near[1]) for near, other in found)
    nearest = [other for near, other in found if (near[0], comparable(goal, other), near[1]) == best]
    due = goal.year or 0
    return best[0], sorted(nearest, key=lambda other: (abs((other.year or 0) - due), other.said.order))


def _best(goal: Goal, planned: Iterable[Goal]) -> tuple[Level, float]:
    return max(nearness(other, goal) for other in planned if other.said.place == goal.said.place)


def _inside(reader: Reader, texts: Texts, sources: Sequence[Source]) -> tuple[Goal, ...]:
    inside = reader.inside(texts.place)
    return tuple(g for g in reader.goals_in(sources) if g.said.place is not None and g.said.place.iri in inside)
