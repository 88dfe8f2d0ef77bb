"""A sentence → what is the vehicle or the content of a campaign: 以“X”为载体，开展Y活动; 以A、B为主要内容的Y."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.model import Entity, Kind, Mention, Span
from kg.patterns import regex
from kg.relations.components import program_named
from kg.relations.scene import Scene

_VEHICLE = regex(r"^”?[^，。；“”]{0,8}为(?:载体|抓手)")
_CALLED_SO = regex("(?:活动|运动)$")
_AS_CONTENT = regex("为(?:主要|重点|核心)?内容的")
_WITH = regex(r"以(?:“[^”]{2,12}”[、和]?)*$")
_CAMPAIGN = regex(r"(?:活动|教育|创建|运动|年|月)$")


def vehicles(scene: Scene) -> Iterator[tuple[Entity, Entity]]:
    """以“X”为载体 below the heading 深入开展Y活动, or before 开展Y活动: X is how Y is done."""
    things = list(scene.of(Kind.PROGRAM))
    above = scene.context.section
    campaign = above if above is not None and _CAMPAIGN.search(above.written or above.name) else None
    for last in things:
        word = _VEHICLE.match(scene.text[last.span.end :])
        listed = _list_behind_with(scene, things, last) if word else []
        whole = (_campaign_of(scene, last.span.end + word.end()) or campaign) if word and listed else None
        for member in listed:
            if whole is not None and member != whole:
                yield member, whole


def _list_behind_with(scene: Scene, things: list[Mention], last: Mention) -> list[Entity]:
    """A, B and C of 以A、B、C, the last of which is given; what stands in quotes there is named by them."""
    found = [last]
    for mention in [m for m in things if m.span.end <= last.span.start][::-1]:
        if scene.text[mention.span.end : found[-1].span.start] in ("", "、", "和"):
            found.append(mention)
    opening = _WITH.search(scene.text[: found[-1].span.start])
    if opening is None:
        return []
    quoted = [
        Span(*quote.span())
        for quote in re.finditer("“[^”]+”", scene.text[: opening.end()])
        if quote.start() > opening.start()
    ]
    return [program_named(scene, span) for span in quoted] + [m.entity for m in found[::-1] if m.entity is not None]


def _campaign_of(scene: Scene, at: int) -> Entity | None:
    """Y of the clause ，深入开展Y活动 that begins here."""
    for act in scene.acts:
        if scene.text[at : act.span.start] == "，" and act.has("开展"):
            for mention in scene.of(Kind.PROGRAM):
                rest = scene.text[mention.span.start : act.object.end]
                if mention.span.start == act.object.start and _CALLED_SO.search(rest):
                    return mention.entity
    return None


def contents(scene: Scene) -> Iterator[tuple[Entity, Entity]]:
    """抓好以A、B、C为主要内容的X."""
    things = list(scene.of(Kind.PROGRAM))
    for last, whole in pairwise(things):
        joined = _AS_CONTENT.fullmatch(scene.text, last.span.end, whole.span.start)
        for member in _list_behind_with(scene, things, last) if joined else ():
            if whole.entity is not None:
                yield member, whole.entity
