"""The adoptions of a programme and what is said of its way → a forest of steps from place to place, each with its sentences.

Three grades are kept apart: what a text says, what follows from a document that it cites, what is only inferred from
years. Every unit has at most one step towards it in the forest, the best one that is known; the others stand beside it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kg.diffusion.adoptions import Evidence, History, Unit
from kg.diffusion.naming import names_of
from kg.diffusion.ways.direction import Origin, times_of
from kg.diffusion.ways.order import Order, Years, superiors

ANY = Years(-math.inf, math.inf)


class Grade(StrEnum):
    """How a step is known."""

    SAID = "said"  # a text says so
    DOCUMENT = "document"  # the unit's text names a superior's document on it, or the superior's own text plans it for the unit
    INFERRED = "inferred"  # only from who adopted when: an inferred network, or a plain rule


class By(StrEnum):
    """What a step rests on; within a grade, the first is preferred."""

    LEARNS = "learns from"  # 学习, 借鉴, 考察
    PROMOTED = "promoted"  # 推广…经验
    IMPLEMENTS = "implements"  # 贯彻, 落实, 根据
    COOPERATES = "cooperates"  # 合作, 结对, 共建
    NAMES = "names the document"
    PLANNED = "planned by the superior"
    NETWORK = "inferred network"
    SUPERIOR = "superior earlier"
    PIONEER = "pioneer of the province"


@dataclass(frozen=True, slots=True)
class Step:
    """From one place to another."""

    origin: str
    destination: str
    grade: Grade
    by: By
    evidence: tuple[Evidence, ...] = ()
    note: str = ""  # name of the document, figures of the network's edge
    time: Years = ANY  # of the learning or carrying out that is told
    order: Order = Order.UNDETERMINED  # of the origin to the destination


@dataclass(frozen=True, slots=True)
class Way:
    """The forest of a programme: `steps` are its edges, everything else is told apart."""

    program: str
    times: Mapping[str, Years]  # of the adopters
    steps: tuple[Step, ...]
    further: tuple[
        Step, ...
    ]  # said or by document, too: another step was chosen, or it is told of a time after the adoption
    contradicted: tuple[Step, ...]  # said, but the origin is known to have adopted later
    names: Mapping[str, str] = field(default_factory=dict)  # of every place that stands in it

    @property
    def roots(self) -> tuple[str, ...]:
        """Places with no step towards them: adopters, and others that a step comes from, in order of time."""
        reached = {step.destination for step in self.steps}
        return tuple(sorted((u for u in self.places if u not in reached), key=self.when))

    @property
    def places(self) -> tuple[str, ...]:
        """All places of the forest."""
        ends = (end for step in self.steps for end in (step.origin, step.destination))
        return tuple(dict.fromkeys([*self.times, *ends]))

    def from_(self, place: str) -> tuple[Step, ...]:
        """The steps that leave a place, in order of time."""
        leaving = (step for step in self.steps if step.origin == place)
        return tuple(sorted(leaving, key=lambda step: self.when(step.destination)))

    def when(self, place: str) -> tuple[float, float, str]:
        """For sorting: the upper year, the lower one, the name; undated ones last."""
        time = _when(place, self.times)
        return time.upper, time.lower, place


def way(
    history: History,
    program: str,
    known: Iterable[Step] = (),
    *,
    origin: Origin | None = None,
    names: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    plain: bool = True,
) -> Way:
    """The way of a programme (its id), from the steps that are `known` of it: said, by document, or an inferred network's.

    With `plain`, units without a known step get the nearest superior that surely adopted earlier, else the one unit of
    their province and level that surely was first there and earlier. No step leads to a unit that surely adopted before
    its origin, none is told of a time after it, and no chain of steps needs years that the intervals do not allow.
    `units` are the names of the history's units, where many ways are asked for in turn.
    """
    times = times_of(history, program, origin)
    steps = [replace(s, order=_when(s.origin, times).order(_when(s.destination, times))) for s in _merged(known)]
    contradicted = [s for s in steps if s.order is Order.AFTER]
    forest = _Forest(times)
    further = [s for s in sorted(steps, key=_preference) if s not in contradicted and not forest.takes(s)]
    if plain:
        for step in sorted(_plain(history, program, times), key=_preference):
            forest.takes(step)
    called = {**(names or {}), **(names_of(history) if units is None else units)}
    ends = {end for step in (*forest.steps, *steps) for end in (step.origin, step.destination)} | set(times)
    return Way(
        program,
        times,
        tuple(forest.steps),
        tuple(s for s in further if s.grade is Grade.SAID or (s.grade is Grade.DOCUMENT and not _is_said(s, steps))),
        tuple(s for s in contradicted if s.grade is not Grade.INFERRED),
        {end: called.get(end, end.rpartition("/")[2]) for end in sorted(ends)},
    )


def _when(place: str, times: Mapping[str, Years]) -> Years:
    return times.get(place, ANY)


def _is_said(step: Step, steps: Iterable[Step]) -> bool:
    """Whether a text says what otherwise only follows from a document."""
    return any(s.grade is Grade.SAID and (s.origin, s.destination) == (step.origin, step.destination) for s in steps)


def _merged(steps: Iterable[Step]) -> list[Step]:
    """One step for all that says the same of the same two places, with all sentences."""
    together: dict[tuple[str, str, Grade, By], list[Step]] = defaultdict(list)
    for step in steps:
        if step.origin != step.destination:
            together[step.origin, step.destination, step.grade, step.by].append(step)
    return [_one(together[key]) for key in sorted(together)]


def _one(steps: list[Step]) -> Step:
    evidence = sorted(
        {e for s in steps for e in s.evidence}, key=lambda e: (e.year or math.inf, e.file, e.claim, e.sentence)
    )
    note = "; ".join(sorted({s.note for s in steps if s.note}))
    time = Years(min(s.time.lower for s in steps), min(s.time.upper for s in steps))
    return replace(steps[0], evidence=tuple(evidence), note=note, time=time)


def _preference(step: Step) -> tuple[int, int, bool, int, str, str]:
    """Said before by document before inferred; surely earlier before perhaps; more sentences before fewer."""
    grade, by = list(Grade).index(step.grade), list(By).index(step.by)
    return grade, by, step.order is not Order.BEFORE, -len(step.evidence), step.origin, step.destination


class _Forest:
    """Steps that together contradict no interval, at most one towards each place, and no circle."""

    def __init__(self, times: Mapping[str, Years]) -> None:
        self.times = times
        self.steps: list[Step] = []
        self._parent: dict[str, str] = {}
        self._children: dict[str, list[str]] = defaultdict(list)

    def takes(self, step: Step) -> bool:
        """Adds the step where it fits."""
        if step.destination in self._parent:
            return False
        above = list(self._above(step.origin))
        after = max(step.time.lower, *(_when(place, self.times).lower for place in above))
        by = min(_when(place, self.times).upper for place in self._below(step.destination))
        if step.destination in above or after >= by:
            return False
        self._parent[step.destination] = step.origin
        self._children[step.origin].append(step.destination)
        self.steps.append(step)
        return True

    def _above(self, place: str | None) -> Iterator[str]:
        while place is not None:
            yield place
            place = self._parent.get(place)

    def _below(self, place: str) -> Iterator[str]:
        waiting = [place]
        while waiting:
            place = waiting.pop()
            yield place
            waiting += self._children[place]


def _plain(history: History, program: str, times: Mapping[str, Years]) -> Iterator[Step]:
    """What the years alone suggest: a superior that surely came earlier, else the pioneer of the same province and level."""
    told = {a.unit: a.evidence[:1] for a in history.by_program[program]}
    pioneers = _pioneers(history, times)
    for unit, time in times.items():
        above = (s.id for s in superiors(history, unit) if s.id in times and times[s.id].order(time) is not Order.AFTER)
        superior = next(above, None)
        pioneer = pioneers.get(_peers(history.unit.get(unit)))
        origin, by = (superior, By.SUPERIOR) if superior else (pioneer, By.PIONEER)
        if origin and times[origin].order(time) is Order.BEFORE:
            evidence = told.get(origin, ()) + told.get(unit, ())
            yield Step(origin, unit, Grade.INFERRED, by, evidence, order=Order.BEFORE)


def _peers(unit: Unit | None) -> tuple[str, str]:
    return (unit.province, unit.level) if unit and unit.level and unit.province != unit.id else ("", "")


def _pioneers(history: History, times: Mapping[str, Years]) -> dict[tuple[str, str], str]:
    """Province and level → the one unit that surely was first there; nothing where two may have been."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for unit in times:
        groups[_peers(history.unit.get(unit))].append(unit)
    groups.pop(("", ""), None)
    found = {}
    for key, units in groups.items():
        first = min(units, key=lambda unit: times[unit].upper)
        if all(times[first].order(times[unit]) is Order.BEFORE for unit in units if unit != first):
            found[key] = first
    return found
