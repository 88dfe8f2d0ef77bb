"""Sentences → Diffusion: the text itself says that a practice travels from one place to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.model import Claim, Entity, Kind, Mention, Relation
from kg.relations.scene import Scene

_PROMOTES = re.compile(r"(?:总结|推广|完善|借鉴|复制|学习)[^，。；]{0,4}(?:推广|完善|应用)?")
_EXPERIENCE = re.compile(r"经验|做法|模式|机制|试点")
_LEARNS = re.compile(r"(?:学习(?!贯彻|宣传|习近平)|借鉴|考察学习|赴|到|向|对标|效仿|吸收|学)")
_LEARNT = re.compile(r"经验|做法|考察|学习|培训|跟岗|模式|取经|挂职|之长")
_COOPERATES = re.compile(r"(?:合作|联谊|共建|结对|协作|交流|一体化|友好)")
_WITH = re.compile(r"(?:与|同|和|跟)$")


def diffusions(scene: Scene) -> Iterator[Claim]:
    """推广船山区集团化办学经验 (promotes), 赴上海学习 (learnsFrom), 与坡州市的教育交流 (cooperates)."""
    for origin in scene.of(Kind.PLACE):
        if origin.entity is None or _is_own(scene, origin.entity):
            continue
        if (kind := _kind(scene, origin)) is not None:
            program = _program(scene, origin)
            if program is not None or kind[0] != "Promotes":
                yield _claim(scene, origin.entity, program, *kind)


def _kind(scene: Scene, origin: Mention) -> tuple[str, str] | None:
    clause = scene.clause(origin.span.start)
    before = scene.text[clause.start : origin.span.start]
    after = scene.text[origin.span.end : clause.end]
    if re.search(r"(?:总结|推广|复制)(?:完善|推广|应用|好)?(?:了)?$", before) and _EXPERIENCE.search(after) and _below(scene, origin):
        return "Promotes", "promotes-practice-of"
    if re.search(r"(?:学习|借鉴|赴|对标|效仿|学习借鉴|考察学习|到|向)(?:了)?$", before) and _LEARNT.search(before + after):
        if not before.endswith(("到", "向", "赴")) or re.match(r"[^，。；]{0,8}(?:学习|考察|培训|取经|跟岗|挂职)", after):
            return "LearnsFrom", "learns-from-place"
    if re.match(r"[”]?(?:培训|跟岗|学习|研修|经验)", after) and re.search(r"[”](?:到|赴)?$", before):
        return "LearnsFrom", "programme-held-at-place"
    if _WITH.search(before) and _COOPERATES.search(after[:16]):
        return "Cooperates", "cooperates-with-place"
    return None


def _program(scene: Scene, origin: Mention) -> Entity | None:
    """The programme named nearest to the origin in the same clause, or in the sentence where it is the only one."""
    clause = scene.clause(origin.span.start)
    programs = list(scene.of(Kind.PROGRAM))
    near = [m for m in programs if clause.start <= m.span.start < clause.end]
    if near:
        nearest = min(near, key=lambda m: (abs(m.span.start - origin.span.end), m.span))
        return nearest.entity
    distinct = {m.entity for m in programs}
    return distinct.pop() if len(distinct) == 1 else None


def _is_own(scene: Scene, place: Entity) -> bool:
    own = scene.part.place
    return place.name == "中国" or (own is not None and own.id == place.id)


def _below(scene: Scene, origin: Mention) -> bool:
    return origin.found_by != "context-word"


def _claim(scene: Scene, origin: Entity, program: Entity | None, kind: str, rule: str) -> Claim:
    roles: list[tuple[str, Entity]] = [("from", origin)]
    if scene.part.place is not None:
        roles.append(("to", scene.part.place))
    if program is not None:
        roles.append(("program", program))
    return Claim(
        Relation.DIFFUSES,
        scene.sentence,
        rule,
        tuple(roles),
        (("kind", kind),),
        year=scene.part.year,
        confidence=Decimal("0.85"),
    )
