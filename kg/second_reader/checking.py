"""A Proposal and the stretch that was sent → the claim that the text bears out, or the reason why it does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from kg.entities.spans import unwrapped
from kg.model import Claim, DateKind, Entity, Kind, Literal, Relation, Span, Status
from kg.patterns import regex
from kg.relations.scene import NOTHING_AROUND, Land, Scene
from kg.relations.times import deadline_before, when
from kg.reviewed.properties import IDENTIFYING, ROLES, TWO_THINGS
from kg.second_reader.proposals import DATED, GOVERNED, Proposal, Refusal, Refused, kinds_of
from kg.second_reader.stretches import Named, Stretch

_OWN_PLACE = frozenset({"place", "from", "to"})  # roles in which a text may leave out whom it speaks for
_WORDS = ("indicator", "title")  # values that must be words of the sentence
_UNIT = regex(r"(?![年月日号届期点])[\u4e00-\u9fff]{1,6}|[%‰]")  # dates and ordinals count nothing
_NO_WORDS = regex(r"[\d，。；：！？\s]")  # a number, or the end of a clause
_TIMES = {"百万": 10**6, "千万": 10**7, "万": 10**4, "亿": 10**8}


class Checking(NamedTuple):
    """What a claim of this reader is marked with, and who knows which place lies in which."""

    land: Land
    found_by: str  # llm:qwen2.5:14b
    confidence: Decimal


def claim_of(proposal: Proposal, stretch: Stretch, checking: Checking) -> Claim:
    """The claim, with things, year and numbers as the text has them; raises Refused."""
    scene = _scene(_quoted(proposal.quote, stretch), checking.land)
    roles = _roles(proposal, scene)
    year, date_kind = _dated(proposal, scene)
    status = Status(proposal.text("status")) if proposal.text("status") else None
    _check_time(proposal, year, scene)
    return Claim(
        proposal.relation,
        scene.sentence,
        checking.found_by,
        tuple(roles.items()),
        _values(proposal, scene, roles),
        year=year,
        date_kind=date_kind,
        status=status,
        confidence=checking.confidence,
    )


def adds(claim: Claim, said: Iterable[Claim]) -> bool:
    """Whether nobody has said this of the sentence: nothing of the same relation agrees with it wherever both speak."""
    return not any(
        other.relation is claim.relation and other.sentence.span == claim.sentence.span and _agree(claim, other)
        for other in said
    )


def _agree(one: Claim, other: Claim) -> bool:
    """In roles, which may be the other way round, and in a goal's number or a title; an indicator is worded in many ways."""
    roles, others = dict(one.roles), dict(other.roles)
    pair = TWO_THINGS.get(one.relation, ())
    if len(pair) == 2 and _ids(roles, pair) == _ids(others, pair) and set(pair) <= set(roles):
        return True
    return all(roles[name].id == others[name].id for name in set(roles) & set(others)) and all(
        _same(_told(one, name), _told(other, name)) for name in IDENTIFYING.get(one.relation, ()) if name != "indicator"
    )


def _ids(roles: Mapping[str, Entity], names: Iterable[str]) -> set[str]:
    return {roles[name].id for name in names if name in roles}


def _told(claim: Claim, name: str) -> Literal | None:
    role = claim.role(name)
    return role.name if role else claim.value(name)


def _same(one: Literal | None, other: Literal | None) -> bool:
    """The same number, or a title and a shorter form of it."""
    return one in other or other in one if isinstance(one, str) and isinstance(other, str) else one == other


# --- the sentence ------------------------------------------------------------------------------------------------------


def _quoted(quote: str, stretch: Stretch) -> Named:
    """The one sentence in which the quote stands, once."""
    found = [named for named in stretch.named for _ in range(named.sentence.text.count(quote))]
    if len(found) != 1:
        raise Refused(Refusal.QUOTE_AMBIGUOUS if found else Refusal.QUOTE_NOT_FOUND)
    return found[0]


def _scene(named: Named, land: Land) -> Scene:
    base = named.sentence.span.start
    moved = (replace(m, span=Span(m.span.start - base, m.span.end - base)) for m in named.mentions)
    return Scene(named.sentence, tuple(moved), land, NOTHING_AROUND)


# --- things ------------------------------------------------------------------------------------------------------------


def _roles(proposal: Proposal, scene: Scene) -> dict[str, Entity]:
    roles = {}
    for name, kinds in kinds_of(proposal.relation).items():
        text = proposal.text(name)
        entity = _thing(text, name, kinds, scene) if text else None
        if entity is not None:
            roles[name] = entity
        elif text and name != "title":
            raise Refused(Refusal.NOT_NAMED)
    if proposal.relation in GOVERNED:
        _check_government(roles, scene)
    both = [roles[name].id for name in TWO_THINGS.get(proposal.relation, ()) if name in roles]
    if len(set(both)) < len(both):
        raise Refused(Refusal.ONE_THING)
    return roles


def _check_government(roles: Mapping[str, Entity], scene: Scene) -> None:
    """Who acts is the document's own place or one below it: another government's act is the background of this one's."""
    own, place, agency = scene.part.place, roles.get("place"), roles.get("agency")
    if own is None:
        return
    if place is None:
        raise Refused(Refusal.ROLE_MISSING)
    if place.id != own.id and not scene.within(place, own.id):
        raise Refused(Refusal.NOT_ITS_PLACE)
    if agency is not None and agency.jurisdiction not in (place.id, own.id):
        raise Refused(Refusal.NOT_ITS_PLACE)


def _thing(text: str, role: str, kinds: tuple[Kind, ...], scene: Scene) -> Entity | None:
    """The one thing that this text names in the sentence, or the place whose document it is."""
    found = {
        m.entity.id: m.entity
        for m in scene.of(*kinds)
        if m.entity is not None and text in (m.text, unwrapped(m.text), m.entity.name)
    }
    if len(found) > 1:
        raise Refused(Refusal.NAME_AMBIGUOUS)
    own = scene.part.place
    if not found and own is not None and role in _OWN_PLACE and text == own.name:
        return own
    return next(iter(found.values()), None)


# --- time --------------------------------------------------------------------------------------------------------------


def _dated(proposal: Proposal, scene: Scene) -> tuple[int | None, DateKind | None]:
    """The year that was said, if the sentence has it; else the document's, an upper bound."""
    own = scene.part.year
    document = (own, DateKind.DOCUMENT if own is not None and proposal.relation in DATED else None)
    if not proposal.text("year"):
        return document
    year = int(proposal.text("year"))
    if (kind := _years(proposal.relation, scene).get(year)) is not None:
        return year, kind
    if year != own:
        raise Refused(Refusal.NO_SUCH_YEAR)
    return document


def _years(relation: Relation, scene: Scene) -> dict[int, DateKind]:
    """The years with which the sentence dates any of its clauses; deadlines are years of goals only."""
    years: dict[int, DateKind] = {}
    for clause in scene.clauses():
        year, kind = when(scene, clause.end)
        if year is not None and kind is not None and kind is not DateKind.DOCUMENT:
            years[year] = kind
        deadline = deadline_before(scene, clause.end) if relation is Relation.GOAL else None
        if deadline is not None:
            years[deadline] = DateKind.STATED
    return years


def _check_time(proposal: Proposal, year: int | None, scene: Scene) -> None:
    own = scene.part.year
    done = {proposal.text("status"), proposal.text("kind")} & {"Started", "Ongoing", "Completed", "Achieved"}
    if done and year is not None and own is not None and year > own:
        raise Refused(Refusal.YET_TO_COME)


# --- words and numbers -------------------------------------------------------------------------------------------------


def _values(proposal: Proposal, scene: Scene, roles: Mapping[str, Entity]) -> tuple[tuple[str, Literal], ...]:
    """Everything that is said and is no thing; words and numbers as the sentence has them."""
    values: dict[str, Literal] = {
        name: text
        for name, text in proposal.said
        if name not in ("year", "status") and (name not in ROLES[proposal.relation] or name == "title")
    }
    values = {name: text for name, text in values.items() if name not in roles}
    for name in _WORDS:
        if name in values and not _is_worded(proposal.text(name), scene):
            raise Refused(Refusal.NOT_ITS_WORDS)
    return tuple((values | _counted(proposal, scene)).items()) if "value" in values else tuple(values.items())


def _is_worded(text: str, scene: Scene) -> bool:
    """Words of one clause that cut through no name."""
    start = scene.text.find(text)
    if len(text) < 2 or start < 0 or _NO_WORDS.search(text):
        return False
    end = start + len(text)
    return not any(
        m.span.start < start < m.span.end < end or start < m.span.start < end < m.span.end for m in scene.mentions
    )


def _counted(proposal: Proposal, scene: Scene) -> dict[str, Literal]:
    """The number with its unit as the quote prints them, outside names and titles, and with 万, 亿 multiplied out."""
    value, unit = proposal.text("value"), proposal.text("unit")
    start = scene.text.index(proposal.quote)
    printed = re.compile(rf"(?<![\d.第〔]){re.escape(value)}[余多]?{re.escape(unit)}")
    names = [mention.span for mention in scene.of(Kind.PROGRAM, Kind.POLICY_DOCUMENT)]
    found = printed.finditer(scene.quiet, start, start + len(proposal.quote))
    if not _UNIT.fullmatch(unit) or all(any(n.start <= f.start() < n.end for n in names) for f in found):
        raise Refused(Refusal.NOT_PRINTED)
    scale = next((scale for scale in _TIMES if unit.startswith(scale)), "")
    counted: dict[str, Literal] = {"value": Decimal(value), "baseValue": Decimal(value) * _TIMES.get(scale, 1)}
    return counted | ({"baseUnit": unit.removeprefix(scale)} if unit != scale else {})
