"""Sentences → Adoption: a government carries out, launches, plans, continues or ends a programme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import Claim, Entity, Kind, Mention, Relation, Status
from kg.patterns import regex
from kg.relations.doers import HELPED, OWN, doers_of, located_below, owners_of
from kg.relations.scene import Scene
from kg.relations.telling import Telling, is_hypothetical, telling_of
from kg.relations.times import dated, deadline_before, five_years

_TRIED = regex(r"试点|先行|试行|启动|实施|推行|推广到|扩大到|扩展到|推开")
_TO_COME = regex("拟|将|要|计划|力争|争取|准备")
_DOES_SOMETHING_ELSE = regex(
    r"(?:了)?(?!该|此|这|本|上述|改革|试点|工作|，|。)[\u4e00-\u9fff“]{4,}(?:检查|活动|培训|工程|建设|项目|行动|评估|整治|计划)"
)


def adoptions(scene: Scene) -> Iterator[Claim]:
    """One claim for each programme that is done here, and for each place named as the doer."""
    for mention in scene.of(Kind.PROGRAM):
        told = telling_of(scene, mention)
        if told is not None and told.by is not None:
            yield from _claims(scene, mention, told.by, told.status, told.rule)
        elif told is not None:
            yield from _by_doers(scene, mention, told)
    if scene.of(Kind.PLACE) and _TRIED.search(scene.quiet):
        yield from _where_tried(scene)


def _by_doers(scene: Scene, mention: Mention, told: Telling) -> Iterator[Claim]:
    """By the places named as its doers, else by the part's, and by those where it is done or whose it is."""
    doers = doers_of(scene, told.at, told.act)
    if doers is None:
        return
    status = Status.PLANNED if doers.sort == HELPED and scene.looks_ahead else told.status
    yield from _claims(scene, mention, doers.places, status, f"{doers.sort}{told.rule}")
    if doers.sort == HELPED or not scene.of(Kind.PLACE):
        return
    located = located_below(scene, mention.span.start) if doers.sort == OWN else []
    yield from _claims(scene, mention, located, status, f"located-place-{told.rule}")
    owners = [owner for owner in owners_of(scene, mention) if owner not in (*doers.places, *located)]
    yield from _claims(scene, mention, owners, Status.ONGOING, "program-of-a-place-below")


def _where_tried(scene: Scene) -> Iterator[Claim]:
    """…，9月起在镜湖区试点; 改革扩大到茶陵县: a clause names places and trying, and leaves the programme to what went before."""
    programs = list(scene.of(Kind.PROGRAM))
    distinct = {m.entity for m in programs}
    program = scene.context.topic if not distinct else distinct.pop() if len(distinct) == 1 else None
    for clause in scene.clauses() if program is not None else ():
        words = scene.quiet[clause.start : clause.end]
        named = any(clause.start <= m.span.start < clause.end for m in programs)
        tried = _TRIED.search(words)
        does_other = tried is not None and _DOES_SOMETHING_ELSE.match(words, tried.end())
        if named or tried is None or does_other or is_hypothetical(scene, clause) or program is None:
            continue
        status = _tried_so_far(scene, words, tried[0])
        for place in located_below(scene, clause.start):
            yield _claim(scene, program, place, status, "located-place-tries-program-before", clause.start)


def _tried_so_far(scene: Scene, words: str, verb: str) -> Status | None:
    if scene.looks_ahead or _TO_COME.search(words):
        return Status.PLANNED
    if not scene.looks_back:
        return None
    return Status.STARTED if verb in ("试点", "先行", "试行", "启动") else Status.COMPLETED


def _claims(
    scene: Scene, mention: Mention, places: Iterable[Entity | None], status: Status | None, rule: str
) -> Iterator[Claim]:
    assert mention.entity is not None
    for place in places:
        yield _claim(scene, mention.entity, place, status, f"{rule}/{mention.found_by}", mention.span.start)


def _claim(scene: Scene, program: Entity, place: Entity | None, status: Status | None, rule: str, at: int) -> Claim:
    year, date_kind, last = dated(scene, at)
    return Claim(
        Relation.ADOPTS,
        scene.sentence,
        rule,
        (("place", place), ("program", program)) if place else (("program", program),),
        year=year,
        year_to=last,
        date_kind=date_kind,
        status=_in_its_year(scene, status, year, at),
    )


def _in_its_year(scene: Scene, status: Status | None, year: int | None, at: int) -> Status | None:
    """What the year of an act, its deadline or its five-year plan say against its words."""
    own = scene.part.year
    if own is None:
        return status
    if year is not None and year < own and status is Status.PLANNED:
        status = Status.STARTED  # what a plan says of an earlier year has begun
    if year is not None and year > own and status is not Status.ENDED:
        return Status.PLANNED
    if status in (Status.PLANNED, Status.COMPLETED):
        plan, deadline = five_years(scene, at), deadline_before(scene, at)
        if plan is not None and plan[1] < own:
            return Status.COMPLETED  # “十二五”期间 in a plan of 2017
        if deadline is not None and deadline > own:
            return Status.PLANNED
    return status
