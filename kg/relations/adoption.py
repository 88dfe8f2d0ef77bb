"""Sentences → Adoption: a government carries out, launches, plans, continues or ends a programme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.entities.acts import Act
from kg.model import Claim, Entity, Kind, Mention, Relation, Status
from kg.relations.scene import Scene
from kg.relations.status import FORWARD, status_of

_CONFIDENCE = {
    "lexicon-program": Decimal("0.95"),
    "quoted-program": Decimal("0.85"),
    "object-program": Decimal("0.85"),
    "conferred-title": Decimal("0.75"),
}
_WEAKER = Decimal("0.7")
_ON_TRACK = Status.ONGOING
_FRAMED = re.compile(r"(?:以|依托|把|将|按照?)[^，。；]{0,12}$")
_FRAME_END = re.compile(
    r"^[^，。；]{0,24}(?:为(?:载体|抓手|契机|主题|总揽|统领|平台|依托|重点|主要抓手|牵动|突破口?|引领|带动|总抓手|动力|主线|龙头|基础)|纳入|(?:的)?(?:思路|模式|要求|机制|办法|方式)[，。；]?)"
)
_REPORT = re.compile(
    r"^[^，。；“”]{0,14}?(?!实施方案|实施意见|实施办法|实施细则|推进方案)(?P<word>成效|取得|得到|全面|稳步|扎实|有序|顺利|深入|圆满|基本|有效|正式|进展|如期|实现|启动|推进|实施|推开|收官|覆盖|完成|普及率|达标|持续|停止|停用|取消|提前|率达|率由|率为|通过|惠及|投入使用|更名)"
)
_OVER = re.compile(r"停止|停用|取消|终止|不再|废止")
_DONE = re.compile(r"完成|实现|收官|全覆盖|成效|圆满|顺利|取得|100%|如期|提前")
_PILOT = re.compile(r"作为[^，。；]{0,20}$")
_HYPOTHETICAL = re.compile(
    r"(?:有条件的[^，。；]{0,12}可|可以?根据|鼓励有条件|如果|若|尚未|没有|未能|不得|暂缓|暂不|不具备)"
)
_SEEN_ELSEWHERE = re.compile(r"(?:赴|前往|来我)[^，。；]{0,24}(?:考察|学习|观摩|取经)")
_TRIAL_BEFORE = re.compile(r"(?:先行|率先|开始|首批)?(?:试点|试行)(?:了)?$")
_NEW_NAME = re.compile(r"(?:更名|升级|改名|调整)为“?$")
_PILOT_WORDS = re.compile(r"试点|先行|试行|启动|首批|试验|实验")


def adoptions(scene: Scene) -> Iterator[Claim]:
    """One claim for each programme that is done here, and for each place named as the doer."""
    for mention in scene.of(Kind.PROGRAM):
        clause = scene.clause(mention.span.start)
        if _HYPOTHETICAL.search(scene.quiet[clause.start : clause.end]):
            continue
        if _SEEN_ELSEWHERE.search(scene.quiet[clause.start : mention.span.start]):
            continue  # to study a programme elsewhere is not yet to have it: Diffusion says it
        act = scene.act_on(mention)
        after = scene.quiet[mention.span.end : clause.end]
        if act is not None and act.has("通过", "获得", "荣获") and _passed(scene, act):
            continue  # a title that was won: Recognition says it
        if act is not None:
            yield from _done(scene, mention, act.span.start, status_of(act, scene.part), "does-program")
        elif _is_frame(scene, mention):
            yield from _claims(scene, mention, [scene.part.place], _ON_TRACK, "frame-of-another-act")
        elif (report := _REPORT.match(after)) is not None:
            yield from _done(scene, mention, mention.span.start, _reported(scene, report, after), "report-on-program")
        elif _PILOT.search(scene.text[clause.start : mention.span.start]):
            at = mention.span.start - len(_PILOT.search(scene.text[: mention.span.start])[0])  # type: ignore[index]
            yield from _done(scene, mention, at, Status.STARTED, "is-pilot-of-program")
        elif scene.located(mention.span.start) and _PILOT_WORDS.search(after):
            yield from _done(scene, mention, mention.span.start, Status.STARTED, "tried-in-places")
        elif (trial := _TRIAL_BEFORE.search(scene.text[clause.start : mention.span.start])) is not None:
            at = clause.start + trial.start()
            yield from _done(scene, mention, at, Status.STARTED, "tries-program")
        elif _NEW_NAME.search(scene.text[: mention.span.start]):
            yield from _claims(scene, mention, [scene.part.place], _ON_TRACK, "program-under-new-name")
    yield from _where_tried(scene)


def _where_tried(scene: Scene) -> Iterator[Claim]:
    """…，9月起在镜湖区试点; 改革扩大到茶陵县、炎陵县: a clause that names places and trying, but leaves the programme to what went before."""
    programs = list(scene.of(Kind.PROGRAM))
    distinct = {m.entity for m in programs}
    program = distinct.pop() if len(distinct) == 1 else None if distinct else scene.topic
    for clause in scene.clauses():
        words = scene.quiet[clause.start : clause.end]
        named = any(clause.start <= m.span.start < clause.end for m in programs)
        if program is None or named or _HYPOTHETICAL.search(words) or not (tried := _TRIED.search(words)):
            continue
        places = [m.entity for m in scene.located(clause.start) if m.kind == Kind.PLACE and m.entity]
        inner = [p for p in places if _lower(scene, p)]
        forward = scene.part.genre in FORWARD
        started = (
            Status.PLANNED
            if forward
            else Status.STARTED
            if "试" in tried[0] or "启动" in tried[0]
            else Status.COMPLETED
        )
        year, date_kind = scene.when(clause.start)
        for place in inner:
            yield Claim(
                Relation.ADOPTS,
                scene.sentence,
                "located-place-tries-program-before",
                (("place", place), ("program", program)),
                year=year,
                date_kind=date_kind,
                status=started,
                confidence=Decimal("0.75"),
            )


_TRIED = re.compile(r"试点|先行|试行|启动|实施|推行|推广到|扩大到|扩展到|推开")


def _passed(scene: Scene, act: Act) -> bool:
    named = any(m.kind == Kind.PLACE for m in scene.subjects(act))
    return named and status_of(act, scene.part) is Status.COMPLETED


def _done(scene: Scene, mention: Mention, at: int, status: Status | None, rule: str) -> Iterator[Claim]:
    """The claims of an act that begins at `at`: by the places named as its doers, else by the part's; and by those where it is done."""
    assert mention.entity is not None
    subjects = [m for m in scene.subjects_before(at) if m.span.end <= at]
    places = [m.entity for m in subjects if m.kind == Kind.PLACE]
    agencies = [m.entity for m in subjects if m.kind == Kind.AGENCY and m.entity]
    own = _place_id(scene)
    if places and all(places):
        yield from _claims(scene, mention, places, status, f"named-place-{rule}")
    elif agencies and all(a.jurisdiction != own for a in agencies):
        return  # another government's act is the background of this one
    else:
        yield from _claims(scene, mention, [scene.part.place], status, f"place-{rule}")
        places = [m.entity for m in scene.located(mention.span.start) if m.entity is not None and m.entity.id != own]
        inner = [p for p in places if p is not None and _lower(scene, p)]
        yield from _claims(scene, mention, [*inner], status, f"located-place-{rule}")
    owner = _owner(scene, mention)
    if owner is not None and owner not in places:
        yield from _claims(scene, mention, [owner], _ON_TRACK, "program-of-a-place-below")


def _reported(scene: Scene, report: re.Match[str], after: str) -> Status | None:
    if _OVER.search(after):
        return Status.ENDED
    if report["word"] in ("启动", "正式"):
        return Status.STARTED
    if _DONE.search(after) and scene.part.genre not in FORWARD:
        return Status.COMPLETED
    return Status.PLANNED if _DONE.search(after) else _ON_TRACK


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
        if place.span.end <= mention.span.start and gap.strip("“") in ("", "的", "教师", "推进", "实施", "开展"):
            if place.entity is not None and place.entity.id != _place_id(scene) and _lower(scene, place.entity):
                return place.entity
    return None


def _lower(scene: Scene, place: Entity) -> bool:
    """A county's name ends in 县, 区 or 市; a province or the nation as owner is the higher level that founded it."""
    own = scene.part.place
    return own is not None and place.id != own.id and not place.name.endswith(("省", "自治区")) and place.name != "中国"


def _is_frame(scene: Scene, mention: Mention) -> bool:
    before, after = scene.text[: mention.span.start], scene.quiet[mention.span.end :]
    each_its_own = re.search(r"按照?“?$", before) and re.search(r"一.一.", mention.text)
    return bool(each_its_own or (_FRAMED.search(before) and _FRAME_END.match(after)))


def _place_id(scene: Scene) -> str:
    return scene.part.place.id if scene.part.place else ""
