"""Sentences → Recognition: a place or organisation is given a title, a pilot or a test-site status."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.entities.spans import unwrapped
from kg.model import Claim, DateKind, Entity, Kind, Mention, Relation
from kg.relations.scene import Scene

_AWARDED = re.compile(
    r"(?:被(?P<by>[\u4e00-\u9fff]{2,16}?)?(?:评为|授予|确定为|确认为|列为|命名为|认定为|评选为|选为|纳入|表彰为)|荣获|获评|获得|入选|跻身|获批为?|成功创建为?|创建成为?|创成|成为)(?:了|全国|国家)?"
)
_PASSED = re.compile(r"(?:高水平|高标准|顺利|成功|一次性|率先|以优异成绩)?通过(?:了)?(?P<title>[^，。；]{4,40}?)(?:的)?(?:评估认定|评估验收|督导评估|验收|认定|评估|复查|基础上)")
_TITLE = re.compile(r"^(?:全国|国家|省|市|首批|第[一二三四五六七八九十]+批|[\u4e00-\u9fff]{2,8}省)?(?P<title>[^，。；]{2,44}?)(?:称号|荣誉|荣誉称号|之一|，|。|；|$)")
_STATUS_WORD = re.compile(r"示范|先进|试点|实验|特色|强[县市区]|均衡|文明|优秀|标兵|十佳|基地|称号|样板|推进地区|合格|卫生|模范|集体|单位|奖")
_LEVEL = re.compile(r"(国家级?|全国|[\u4e00-\u9fff]{2,3}省|省级?|市级?)")
_LEVEL_NAME = {"国家级": "国家", "全国": "国家", "省级": "省", "市级": "市"}
_FUTURE = re.compile(r"(?:要|争取|力争|确保|拟|将|计划|申报|创建|争创|努力)[^，。；]{0,8}$")


def recognitions(scene: Scene) -> Iterator[Claim]:
    """X区和Y区被授予“…示范县（区）”; A、B在2012年通过…强县评估: one claim per holder."""
    for word in _AWARDED.finditer(scene.quiet):
        title = _TITLE.match(scene.text[word.end() :])
        if title and _STATUS_WORD.search(title[0]):
            yield from _claims(scene, word.start(), _clean(title[0]), word.groupdict().get("by"), "awarded-title")
    for word in _PASSED.finditer(scene.quiet):
        title_text = scene.text[word.start("title") : word.end("title")]
        if _STATUS_WORD.search(title_text):
            yield from _claims(scene, word.start(), _clean(title_text), None, "passed-assessment")


def _clean(title: str) -> str:
    title = unwrapped(title).strip("，。；的")
    title = re.sub(r"(?:荣誉称号|称号|荣誉|之一)$", "", title)
    return re.sub(r"^(?:了|为)|(?<=试点)\d+个", "", title)


def _claims(scene: Scene, at: int, title: str, by: str | None, rule: str) -> Iterator[Claim]:
    clause = scene.clause(at)
    if _FUTURE.search(scene.quiet[clause.start : at]) or len(title) < 4:
        return
    holders = _holders(scene, at)
    level = _LEVEL.search(title)
    giver = by or (_LEVEL_NAME.get(level[1], level[1]) if level else None)
    year, date_kind = _year(scene, at)
    for holder in holders:
        roles: list[tuple[str, Entity]] = [("place", holder)]
        values: list[tuple[str, str]] = [("title", title)]
        maker = next((m.entity for m in scene.of(Kind.AGENCY, Kind.PLACE) if giver and m.text == giver), None)
        if maker is not None:
            roles.append(("by", maker))
        elif giver:
            values.append(("by", giver))
        yield Claim(
            Relation.RECOGNIZES,
            scene.sentence,
            rule,
            tuple(roles),
            tuple(values),
            year=year,
            date_kind=date_kind,
            confidence=Decimal("0.85"),
        )


def _year(scene: Scene, at: int) -> tuple[int | None, DateKind | None]:
    return scene.when(at)


def _holders(scene: Scene, at: int) -> list[Entity]:
    """The list of places or organisations that is the subject: nearest before the verb, back to the sentence's opening."""
    found: list[Mention] = []
    edge = at
    for mention in sorted(scene.of(Kind.PLACE, Kind.ORGANIZATION), key=lambda m: -m.span.end):
        if mention.span.end > edge:
            continue
        gap = scene.text[mention.span.end : edge]
        if found and not re.fullmatch(r"[、和与及]|以及|等?", gap):
            break
        if not found and not _leads_to(gap):
            break
        found.append(mention)
        edge = mention.span.start
    outer = [m for m in found if not any(o is not m and o.span.start <= m.span.start and m.span.end <= o.span.end for o in found)]
    return [m.entity for m in reversed(outer) if m.entity is not None]


def _leads_to(gap: str) -> bool:
    """From subject to verb: 在2012年, 今年高水平, or a clause about an earlier assessment of the same subject."""
    if re.fullmatch(r"(?:等?\d*个?[县区市]*|在|于|(?:19|20)\d\d年|今年|去年|又|先后|分别|均|也|已|，|成功|顺利|再次|首批|连续[一二三四五\d]+年)*", gap):
        return True
    return bool(re.fullmatch(r"(?:在|于)?(?:19|20)\d\d年通过[^，。；]{4,30}基础上，(?:今年)?", gap))
