"""Sentences → Membership: a programme is a component of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.model import Claim, Entity, Kind, Mention, Relation, Span
from kg.relations.scene import Scene

_NUMERAL_NAME = re.compile(r"[一二三四五六七八九十]+大?(?:工程|行动|计划|项目|活动|机制|制度|平台)$|^[一二三四五六七八九十]+[个项大]")
_INCLUDES = re.compile(r"^[”]?(?:建设|工程|行动|计划|改革)?[，（]?(?:即|包括|主要包括|分别是|具体包括|由|涵盖|含|：)")
_UNDER = re.compile(r"^[^，。；]{0,10}(?:以|通过)?$")


def memberships(scene: Scene) -> Iterator[Claim]:
    """A计划“十大工程”: the numbered programme belongs to the plan; X包括A、B、C; A、B等X."""
    things = [m for m in scene.of(Kind.PROGRAM, Kind.POLICY_DOCUMENT)]
    for whole, member in zip(things, things[1:], strict=False):
        gap = scene.text[whole.span.end : member.span.start]
        name = member.entity.name if member.entity else ""
        if member.kind == Kind.PROGRAM and gap in ("", "中的", "的", "》") and _NUMERAL_NAME.search(name):
            yield _claim(scene, member.entity, whole.entity, "numbered-part-of-plan")
    for whole in things:
        if whole.kind == Kind.PROGRAM and _INCLUDES.match(scene.text[whole.span.end :]):
            yield from _included(scene, whole, things)
    yield from _such_as(scene, things)


def _included(scene: Scene, whole: Mention, things: list[Mention]) -> Iterator[Claim]:
    edge = whole.span.end + 14
    for member in (m for m in things if m.kind == Kind.PROGRAM and m.span.start >= whole.span.end):
        if member.span.start > edge or "。" in scene.text[whole.span.end : member.span.start]:
            break
        yield _claim(scene, member.entity, whole.entity, "said-to-include")
        edge = member.span.end + 6


def _such_as(scene: Scene, things: list[Mention]) -> Iterator[Claim]:
    """“A”“B”等X项目: the members stand before 等, the whole right behind it."""
    for etc in re.finditer(r"等(?=[\u4e00-\u9fff“])", scene.quiet):
        whole = next((m for m in things if m.kind == Kind.PROGRAM and 0 <= m.span.start - etc.end() <= 2), None)
        edge = etc.start()
        for member in reversed([m for m in things if m.kind == Kind.PROGRAM and m.span.end <= etc.start()]):
            if whole is None or edge - member.span.end > 2:
                break
            yield _claim(scene, member.entity, whole.entity, "listed-with-such-as")
            edge = member.span.start


def _claim(scene: Scene, member: Entity | None, whole: Entity | None, rule: str) -> Claim:
    assert member is not None
    assert whole is not None
    return Claim(
        Relation.PART_OF,
        scene.sentence,
        rule,
        (("member", member), ("whole", whole)),
        year=scene.part.year,
        confidence=Decimal("0.8"),
    )


def span_of(mention: Mention) -> Span:
    """The characters of the mention in its sentence."""
    return mention.span
