"""Sentences → Adoption: a government carries out, launches, plans, continues or ends a programme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.entities.acts import Act
from kg.model import Claim, Entity, Kind, Mention, Relation, Status
from kg.relations.scene import Scene
from kg.relations.status import BACKWARD, status_of

_CONFIDENCE = {
    "lexicon-program": Decimal("0.95"),
    "quoted-program": Decimal("0.85"),
    "object-program": Decimal("0.85"),
    "conferred-title": Decimal("0.75"),
}
_WEAKER = Decimal("0.7")
_FRAMED = re.compile(r"(?:以|依托)[^，。；]{0,12}$")
_FRAME_END = re.compile(r"^[^，。；]{0,24}为(?:载体|抓手|契机|主题|总揽|统领|平台|依托|重点|主要抓手|牵动|突破|突破口|引领|带动|总抓手)")
_PREDICATE = re.compile(r"^[^，。；]{0,6}?(?:成效|取得|得到|全面|稳步|扎实|有序|顺利|深入|圆满|基本|有效|正式|进展|通过)")
_HYPOTHETICAL = re.compile(r"(?:有条件的[^，。；]{0,12}可|可以?根据|鼓励有条件|如果|若|尚未|没有|未能|不得|暂缓|暂不)")
_ON_TRACK = Status.ONGOING


def adoptions(scene: Scene) -> Iterator[Claim]:
    """One claim for each programme that is done here, and for each place named as the doer."""
    for mention in scene.of(Kind.PROGRAM):
        clause = scene.clause(mention.span.start)
        if _HYPOTHETICAL.search(scene.quiet[clause.start : mention.span.start]):
            continue
        act = scene.act_on(mention)
        if act is not None:
            yield from _by_act(scene, mention, act)
        elif _is_frame(scene, mention):
            yield from _claims(scene, mention, [scene.part.place], _ON_TRACK, "frame-of-another-act")
        elif _PREDICATE.match(scene.quiet[mention.span.end : clause.end]):
            status = Status.COMPLETED if scene.part.genre in BACKWARD else _ON_TRACK
            yield from _claims(scene, mention, [scene.part.place], status, "report-on-program")


def _by_act(scene: Scene, mention: Mention, act: Act) -> Iterator[Claim]:
    assert mention.entity is not None
    subjects = scene.subjects(act)
    places = [m.entity for m in subjects if m.kind == Kind.PLACE]
    agencies = [m.entity for m in subjects if m.kind == Kind.AGENCY and m.entity]
    status = status_of(act, scene.part)
    if places and all(places):
        yield from _claims(scene, mention, places, status, "named-place-does-program")
    elif agencies and all(a.jurisdiction != _place_id(scene) for a in agencies):
        return  # another government's act is the background of this one
    else:
        yield from _claims(scene, mention, [scene.part.place], status, "place-does-program")
    owner = _owner(scene, mention)
    if owner is not None and owner not in places:
        yield from _claims(scene, mention, [owner], _ON_TRACK, "program-of-a-place-below")


def _claims(
    scene: Scene, mention: Mention, places: list[Entity | None], status: Status | None, rule: str
) -> Iterator[Claim]:
    assert mention.entity is not None
    year, date_kind = scene.when(mention.span.start)
    for place in places:
        roles = (("place", place), ("program", mention.entity)) if place else (("program", mention.entity),)
        yield Claim(
            Relation.ADOPTS,
            scene.sentence,
            f"{rule}/{mention.found_by}",
            roles,
            year=year,
            date_kind=date_kind,
            status=status,
            confidence=_CONFIDENCE.get(mention.found_by, _WEAKER),
        )


def _owner(scene: Scene, mention: Mention) -> Entity | None:
    """大英县 in 总结完善大英县“县管校聘”改革机制: a place directly before the programme, other than the part's."""
    for place in scene.of(Kind.PLACE):
        gap = scene.text[place.span.end : mention.span.start]
        if place.span.end <= mention.span.start and gap in ("", "的", "教师", "推进", "实施", "开展"):
            if place.entity is not None and place.entity.id != _place_id(scene) and _lower(scene, place.entity):
                return place.entity
    return None


def _lower(scene: Scene, place: Entity) -> bool:
    """A county's name ends in 县, 区 or 市; a province or the nation as owner is the higher level that founded it."""
    return scene.part.place is not None and not place.name.endswith(("省", "自治区")) and place.name != "中国"


def _is_frame(scene: Scene, mention: Mention) -> bool:
    before, after = scene.text[: mention.span.start], scene.quiet[mention.span.end :]
    return bool(_FRAMED.search(before) and _FRAME_END.match(after))


def _place_id(scene: Scene) -> str:
    return scene.part.place.id if scene.part.place else ""
