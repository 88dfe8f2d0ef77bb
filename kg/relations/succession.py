"""Sentences → Succession: a programme or document follows an earlier one of its series, said or implied by its ordinal or period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kg.entities.spans import unwrapped
from kg.model import Claim, Entity, Kind, Relation
from kg.relations.scene import Scene

_DIGITS = "零一二三四五六七八九十"
_ORDINAL = re.compile(r"第?([二三四五六七八九十])(期|轮)(?!间)")
_SOME_ORDINAL = re.compile(r"第?(?:[二三四五六七八九十]|\d{1,2})(?:期|轮)(?!间)")
_RENAMED = re.compile(r"更名为|改名为|升级为|调整为|代替|取代|替代|整合为|修订为|替换为")
_SERIES_LEFT_OPEN = re.compile(
    r"第?[二三四五六七八九十][期轮](?:三年|五年)?(?:行动计划|提升计划|计划|工程|项目|建设|改革|试点)"
)
_LEADS_ON = re.compile(r"”?(?:[^，。；]{0,6}|[^，。；]{0,4}，(?:今年|去年|现|已|20\d\d年|全面|正式)*)")


def successions(scene: Scene) -> Iterator[Claim]:
    """第三期 follows 第二期 (inferred); A更名为B, B代替A (said)."""
    for mention in scene.of(Kind.PROGRAM, Kind.POLICY_DOCUMENT):
        assert mention.entity is not None
        if mention.kind is Kind.POLICY_DOCUMENT and "关于" in mention.entity.name:
            continue  # who knows what the notice before was called
        earlier = predecessor_of(mention.entity)
        if earlier is not None and _SOME_ORDINAL.search(mention.text):
            earlier = replace(earlier, written=_one_before(unwrapped(mention.text)) or "")
            yield _claim(scene, mention.entity, earlier, inferred=True, rule="ordinal-implies-predecessor")
    yield from _said(scene)


def predecessor_of(entity: Entity) -> Entity | None:
    """第二期学前教育行动计划 for 第三期学前教育行动计划; None where the name has no ordinal above one."""
    if _SERIES_LEFT_OPEN.fullmatch(entity.name) or not (name := _one_before(entity.name)):
        return None
    return replace(entity, id=f"{entity.id.partition('/')[0]}/{name}", name=name, number=None)


def _one_before(name: str) -> str:
    """第一期… for 第二期…; "" where the name has no ordinal above one."""
    ordinal = _ORDINAL.search(name)
    if ordinal is None:
        return ""
    before = _DIGITS[_DIGITS.index(ordinal[1]) - 1]
    name = name[: ordinal.start(1)] + before + name[ordinal.end(1) :]
    return re.sub(r"（20\d\d[-—–－~]20\d\d年?）", "", name)


def _said(scene: Scene) -> Iterator[Claim]:
    for word in _RENAMED.finditer(scene.quiet):
        before = [m for m in scene.of(Kind.PROGRAM, Kind.POLICY_DOCUMENT) if m.span.end <= word.start()]
        after = [m for m in scene.of(Kind.PROGRAM, Kind.POLICY_DOCUMENT) if m.span.start >= word.end()]
        if (
            not before
            or not after
            or not _LEADS_ON.fullmatch(scene.text[before[-1].span.end : word.start()])
            or after[0].span.start - word.end() > 6
        ):
            continue
        old, new = (before[-1], after[0]) if word[0].endswith("为") else (after[0], before[-1])
        if old.kind == new.kind and old.entity is not None and new.entity is not None and old.entity != new.entity:
            yield _claim(scene, new.entity, old.entity, inferred=False, rule="says-it-replaces")


def _claim(scene: Scene, successor: Entity, predecessor: Entity, *, inferred: bool, rule: str) -> Claim:
    return Claim(
        Relation.SUCCEEDS,
        scene.sentence,
        rule,
        (("successor", successor), ("predecessor", predecessor)),
        (("inferred", inferred),),
        year=scene.part.year,
        confidence=Decimal("0.8") if inferred else Decimal("0.9"),
    )
