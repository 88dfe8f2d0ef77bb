"""A claim and the mentions of its sentence → its roles: the words that fill each, or whence it comes if no words do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.explain.sentence import Named
from kg.graph.claims import StoredClaim
from kg.graph.part_decisions import PartDecision
from kg.model import DateKind, Kind, Relation, Span
from kg.relations.times import Dating, datings
from kg.reviewed.properties import ROLES, VALUES
from kg.views.explained import Role

DATED = ("year", "yearTo")
_FROM_THE_PART = {"place": "place", "from": "place", "to": "place", "agency": "agency", "by": "agency"}
_QUOTED_VALUES = ("indicator", "title", "by")  # texts; the others are numbers, marks and words of the ontology
_WITHIN_NAMES = (Kind.AGENCY, Kind.ORGANIZATION, Kind.POLICY_DOCUMENT, Kind.PROGRAM)


class Setting(NamedTuple):
    """The sentence of a claim and what is known around it."""

    claim: StoredClaim
    named: tuple[Named, ...]  # in the sentence
    part: tuple[PartDecision, ...]
    before: tuple[str, ...] = ()  # the ids of things named earlier in the file

    def decision(self, what: str) -> PartDecision | None:
        """The one that gave the part its place, year or genre."""
        return next((d for d in self.part if d.what == what and not d.against), None)

    @property
    def part_year(self) -> int | None:
        """The year of the part, if it is decided."""
        decided = self.decision("year")
        return int(decided.value) if decided and decided.value.isdecimal() else None

    @property
    def datings(self) -> tuple[Dating, ...]:
        """The years that the sentence names."""
        return tuple(datings(self.claim.sentence, self.part_year))


def roles_of(setting: Setting) -> Iterator[Role]:
    """The roles in the order of the ontology, the values that are words or years of the text, and an open place."""
    claim = setting.claim
    for name in dict.fromkeys((*ROLES[claim.relation], *VALUES.get(claim.relation, ()))):
        if name in claim.things:
            yield _thing(setting, name)
        elif name in claim.told and name in _QUOTED_VALUES:
            yield _text(setting, name)
        elif name == "value" and name in claim.told:
            yield Role(name, claim.told[name], _number(claim))
        elif name == "place":
            yield Role(name, "", (), _open_place(setting))
    if "year" in claim.told:
        yield _year(setting)


def outermost(named: Sequence[Named], one: Named) -> Named | None:
    """The longest name of an agency, school, document or programme that holds the mention inside it."""
    holders = [
        other
        for other in named
        if other.kind in _WITHIN_NAMES and _holds(other.span, one.span) and other.entity != one.entity
    ]
    return max(holders, key=lambda other: other.span.end - other.span.start, default=None)


def _holds(outer: Span, inner: Span) -> bool:
    return outer != inner and outer.start <= inner.start and inner.end <= outer.end


def _thing(setting: Setting, name: str) -> Role:
    claim, id_ = setting.claim, setting.claim.things[name]
    said = [one for one in setting.named if one.entity == id_]
    decided = _decided(setting, name)
    of_part = decided is not None
    free = [one for one in said if outermost(setting.named, one) is None]
    if said and (free or not of_part):
        relative = of_part and all(one.found_by == "context-word" for one in said)
        whence = f"句中的“{said[0].words}”；{_from_part(decided)}" if relative else ""
        return Role(name, claim.told[name], tuple(one.span for one in free or said), whence)
    if of_part:
        return Role(name, claim.told[name], (), f"句中未写，{_from_part(decided)}")
    spans = _written(claim, name)
    return Role(name, claim.told[name], spans, "" if spans else _absent(setting, name))


def _decided(setting: Setting, name: str) -> PartDecision | None:
    """The decision on the part that gives the role its very value."""
    decided = setting.decision(_FROM_THE_PART[name]) if name in _FROM_THE_PART else None
    return decided if decided and decided.value == setting.claim.told[name] else None


def _from_part(decided: PartDecision | None) -> str:
    if decided is None:
        return ""
    words = f"（{decided.words}）" if decided.words else ""
    return f"取自本部分的判定：{decided.rule}{words}"


def _absent(setting: Setting, name: str) -> str:
    if setting.claim.told.get("inferred") == "true":
        return "句中未写，由名称推断"
    if setting.claim.things[name] in setting.before:
        return "句中未写，前文写到它"
    return "句中未写这个名称"


def _written(claim: StoredClaim, name: str) -> tuple[Span, ...]:
    """Where the sentence has one of the names by which the thing is known, the longest of them."""
    at = [(len(text), claim.sentence.find(text)) for text in claim.texts[name] if text in claim.sentence]
    length, start = max(at, key=lambda found: (found[0], -found[1]), default=(0, -1))
    return (Span(start, start + length),) if length else ()


def _text(setting: Setting, name: str) -> Role:
    text = setting.claim.told[name]
    at = setting.claim.sentence.find(text)
    if at >= 0:
        return Role(name, text, (Span(at, at + len(text)),))
    decided = _decided(setting, name)
    return Role(
        name, text, (), f"句中未写，{_from_part(decided)}" if decided else "句中没有连在一起的这几个字，由规则归纳"
    )


def _number(claim: StoredClaim) -> tuple[Span, ...]:
    """The number as printed, with its unit, if it stands there once."""
    number = re.escape(claim.told["value"]) + r"(?:\.0+)?"
    unit = re.escape(claim.told.get("unit", ""))
    found = list(re.finditer(rf"(?<![\d.]){number}(?![\d.]){unit}", claim.sentence))
    return (Span(*found[0].span()),) if len(found) == 1 else ()


def _year(setting: Setting) -> Role:
    claim = setting.claim
    year = "–".join(claim.told[name] for name in DATED if name in claim.told)
    decided = setting.decision("year")
    kind = claim.told.get("dateKind")
    if kind in (DateKind.DOCUMENT, None) and decided and decided.value == claim.told["year"]:
        return Role(
            "year", f"≤{year}" if kind else year, (), f"句中未写，{_from_part(decided)}{'，只是上限' if kind else ''}"
        )
    spans = _where_dated(setting)
    return Role("year", year, spans, "" if spans else "句中没有写出这个年份，取自上下文（段首、标题或五年规划）")


def _where_dated(setting: Setting) -> tuple[Span, ...]:
    """Where the sentence says the year: as a date of the act, of a goal also as its deadline."""
    claim = setting.claim
    uses = ("deadline", "act") if claim.relation is Relation.GOAL else ("act",)
    said = [d.span for d in setting.datings if d.use in uses and claim.told["year"] in (str(d.year), str(d.last))]
    return tuple(said[:1])


def _open_place(setting: Setting) -> str:
    decided = setting.decision("place")
    return f"不详：本部分的地方没有确定（{decided.rule}）" if decided and not decided.value else "不详"
