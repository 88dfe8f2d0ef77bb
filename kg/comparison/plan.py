"""A place and a year → what its plan promised, and what the texts read before and after it say of that."""

from __future__ import annotations

from kg.comparison.figures import goal_promises, planned_figures, reported_figures
from kg.comparison.promises import promises, sources_of, told_of, unpromised
from kg.comparison.reading import Reader
from kg.comparison.records import PlanComparison
from kg.comparison.texts import nothing_promised, texts_around
from kg.graph.store import PolicyGraph

WINDOW = 2  # years before and after the plan in which reports are looked for


def plan_comparison(graph: PolicyGraph, place: str, year: int, window: int = WINDOW) -> PlanComparison:
    """The plan of `place` for `year` against what its texts up to `window` years before and after report.

    Raises QueryError where the place is unknown, nothing of it was read, or nothing promises anything for that year.
    """
    reader = Reader(graph)
    texts = texts_around(reader, reader.place(place), year, window)
    told = told_of(reader, texts)
    planned = planned_figures(reader, texts)
    if not told.promised and not planned:
        raise nothing_promised(reader, texts)
    achieved = reported_figures(reader, texts, texts.later)
    goals = goal_promises(planned, achieved, reported_figures(reader, texts, texts.earlier), read=bool(texts.later))
    answering = {goal.achieved for goal in goals}
    return PlanComparison(
        place=texts.place,
        year=year,
        first=year - window,
        last=year + window,
        plans=tuple(sources_of((*told.promised, *(goal.said for goal in planned)))),
        later=texts.later,
        later_plans=texts.later_plans,
        earlier=texts.earlier,
        promises=promises(reader, texts, told),
        goals=goals,
        unpromised=unpromised(reader, texts, told),
        other_figures=tuple(goal for goal in achieved if goal not in answering),
    )
