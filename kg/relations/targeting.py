"""Sentences → Targeting: whom a programme is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from kg.entities.groups import find_groups
from kg.entities.spans import list_items
from kg.model import Claim, Entity, Kind, Mention, Relation, Span
from kg.relations.scene import Scene

_FOR = re.compile(r"(?:面向|针对|惠及|覆盖|资助|帮助|服务于?|对)(?=[\u4e00-\u9fff“])")
_PREFIX_ADJACENT = 2


def targetings(scene: Scene) -> Iterator[Claim]:
    """面向A实施P; P惠及A; and a group named inside or right before the programme's name: 农村中小学“班班通”工程."""
    for mention in scene.of(Kind.PROGRAM):
        assert mention.entity is not None
        seen = set()
        for span, name, rule in [*_said(scene, mention), *_in_name(scene, mention)]:
            if name not in seen and name != mention.entity.name:
                seen.add(name)
                yield _claim(scene, mention.entity, span, name, rule)


def _said(scene: Scene, mention: Mention) -> Iterator[tuple[Span, str, str]]:
    clause = scene.clause(mention.span.start)
    for word in _FOR.finditer(scene.text, clause.start, clause.end):
        before_programme = word.end() <= mention.span.start
        if word[0] == "对" or (not before_programme and word.start() < mention.span.end):
            continue
        end = mention.span.start if before_programme else clause.end
        for item in list_items(scene.text, Span(word.end(), end)):
            for span, name in find_groups(scene.text, item):
                if span.start - item.start <= 6:
                    yield span, name, "said-whom-it-is-for"
                break


def _in_name(scene: Scene, mention: Mention) -> Iterator[tuple[Span, str, str]]:
    """农村中小学 directly before the quotes, or 面向… inside the name."""
    inside = re.search(r"面向([\u4e00-\u9fff]{3,14}?)(?:的|单招|专项|招生|开展)", mention.text)
    if inside:
        start = mention.span.start + inside.start(1)
        for span, name in find_groups(scene.text, Span(start, mention.span.start + inside.end(1))):
            yield span, name, "named-in-programme"
    if mention.text.startswith("“"):
        before = scene.text[: mention.span.start]
        stretch = re.search(r"[\u4e00-\u9fff]{3,10}$", before)
        if stretch:
            groups = list(find_groups(scene.text, Span(stretch.start(), mention.span.start)))
            if groups and groups[-1][0].end == mention.span.start and len(groups[-1][1]) >= 4:
                yield groups[-1][0], groups[-1][1], "group-before-quoted-programme"


def _claim(scene: Scene, program: Entity, span: Span, name: str, rule: str) -> Claim:
    group = Entity(Kind.TARGET_GROUP, f"target-group/{name}", name)
    return Claim(
        Relation.TARGETS,
        scene.sentence,
        rule,
        (("program", program), ("group", group)),
        year=scene.part.year,
        confidence=Decimal("0.75"),
    )


def group_mentions(claims: Iterable[Claim]) -> Iterator[Mention]:
    """The target groups of these claims as mentions: a group is a thing of the graph only where a programme is for it."""
    for claim in claims:
        group = claim.role("group")
        if claim.relation is Relation.TARGETS and group is not None:
            at = claim.sentence.text.find(group.name)
            if at >= 0:
                start = claim.sentence.span.start + at
                yield Mention(Kind.TARGET_GROUP, Span(start, start + len(group.name)), group.name, group, claim.found_by)
