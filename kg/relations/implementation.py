"""Sentences → Implementation: a government acts on a document or programme of a higher level."""

from __future__ import annotations

from collections.abc import Iterator

from kg.entities.gazetteer import short_name
from kg.model import Claim, Entity, Kind, Mention, Relation
from kg.patterns import regex
from kg.relations.scene import Scene
from kg.relations.signed import signed
from kg.relations.times import when

_CARRYING_OUT = regex(
    r"(?:贯彻落实|贯彻实施|贯彻执行|学习贯彻|贯彻|落实|执行|根据|按照|依据|依照|遵照|遵循|参照|结合|学习研究|学习、宣传和实施|宣传和实施|对照|实施)"
    r"(?:好|了|[^，。；《“]{0,24}?)(?:[《“])?$"
)
_CARRIED_OUT_AFTER = regex(
    r"[》”]?(?:（[^）]*）)?(?:等)?(?:规定|文件)?的?(?:(?P<carried>贯彻|落实|落地|实施工作|学习宣传|宣传贯彻|学习贯彻|学习和研读)|(?:文件)?(?:要求|精神|部署|规定))"
)
_ACTED_ON = regex(r"根据|按照|依据|落实|贯彻|执行|遵照|对照")
_LISTED_BEFORE = regex(r"(?:》(?:（[^）]*）)?|”(?:规定)?)(?:和|、|及|与|以及)?[^，。；《》“”]{0,8}[《“]?$")
_BY_HIGHER_LEVEL = regex(r"(?:实施|建设|推荐)?(?:要求|任务|部署)|规定|部署|规划|精神|文件|标准|任务|办法|等")
_OWN_ISSUE = regex(r"(?<!关于)(?:制定|出台|印发|编制|起草|修订)(?![^，。；]{0,2}的)")
_MAKES_IT = regex(r"(?:制定|制订|出台|编制|起草|修订|拟定)$")
_ITS_MEASURES = regex(r"》?的[^，。；]{0,6}(?:措施|办法|意见|细则|方案|举措)")
_LEVEL_WORDS = regex(r"(国家和[省市]|国家|全国|全省|我省|省|中央|上级)[级的]?$")
_HIGHER = "国家和[\u4e00-\u9fff]{0,4}省|国家|省政府|省教育厅|省|教育部|中央"
_SCHEDULED = signed(
    rf"(?:按照|根据|落实|完成)(?P<by>{_HIGHER})(?:的|下达[^，。；]{{0,8}}的|统一|有关|总体)?(?:部署|要求|规定|安排|下达[^，。；]{{0,14}})",
    signs="部署 要求 规定 安排 下达",
)
_MAKER_GAP = regex(r"|的|下达给?我?[市县区]?的?(?:20\d\d年)?|关于|提出的|部署的|和[^，。；]{0,6}")
_OF_A_SUPERIOR = regex(
    r"(?:落实|贯彻|执行|根据|按照|对标|遵照)(?:好|了)?(?P<by>国家|中央|自治区|省委、?省政府|省政府|省委|省|市委、?市政府|市)(?:的|有关|关于|部署的|提出的|实施的)?“?"
)
_ACTS_ON = regex("落实|贯彻|执行|根据|按照|对标|遵照|完成")  # a sign of _SCHEDULED or _OF_A_SUPERIOR
_STRIVING = ("创建", "争创", "申报", "通过")  # one's own ambition, even where the title is the province's


def implementations(scene: Scene) -> Iterator[Claim]:
    """根据/按照/落实《…》, and 落实教育部“…”要求."""
    previous: Mention | None = None
    for mention in scene.of(Kind.POLICY_DOCUMENT):
        carried_out = _is_carried_out(scene, mention, previous) and not _own(scene, mention)
        if carried_out:
            yield _claim(scene, mention, "carries-out-document")
        previous = mention if carried_out else None
    if not scene.of(Kind.AGENCY, Kind.PLACE) and _ACTS_ON.search(scene.text) is None:
        return
    for mention in scene.of(Kind.PROGRAM):
        by = _founder(scene, mention)
        if by is not None:
            yield _claim(scene, mention, "carries-out-program-of-higher-level", by)


def _is_carried_out(scene: Scene, mention: Mention, previous: Mention | None) -> bool:
    """By the verb before it, by what is said after it (《…》的贯彻实施), or as one more in a list of such documents."""
    before = scene.text[: mention.span.start]
    after = _CARRIED_OUT_AFTER.match(scene.text, mention.span.end)
    direct = _CARRYING_OUT.search(before)
    if mention.found_by == "cited-rule" or (after and (after["carried"] or _ACTED_ON.search(before))):
        return True
    measures = _ITS_MEASURES.match(scene.text, mention.span.end)
    if direct and not _OWN_ISSUE.search(direct[0]) and (measures or not _MAKES_IT.search(before[: direct.start()])):
        return True  # 制定实施X方案 makes it, 制定落实《…》的措施 does not
    gap = scene.text[previous.span.end : mention.span.start] if previous else ""
    return previous is not None and _LISTED_BEFORE.fullmatch(gap) is not None


def _own(scene: Scene, mention: Mention) -> bool:
    """Whether the part's own government made the document: it is carried out too, but it is of no higher level."""
    place = scene.part.place
    assert mention.entity is not None
    maker = maker_before(scene, mention)
    if place is not None and isinstance(maker, Entity) and place.id in (maker.id, maker.jurisdiction):
        return True
    return place is not None and mention.entity.name.startswith(
        (place.name, f"{short_name(place.name) or place.name}市")
    )


def _founder(scene: Scene, mention: Mention) -> Entity | str | None:
    """教育部 in 落实教育部“三通两平台”要求, 辽宁省 in 完成辽宁省“两类新三片”规划: who of a higher level made it."""
    act = scene.act_on(mention)
    clause = scene.clause(mention.span.start)
    makers = scene.of(Kind.AGENCY, Kind.PLACE)
    if makers and (act is None or not act.has(*_STRIVING)):
        start = act.object.start if act else clause.start
        maker = next((m for m in makers if _made(scene, m, mention, start)), None)
        if maker is not None:
            return maker.entity
    scheduled = _SCHEDULED.search(scene.text, max(0, clause.start - 40), mention.span.start)
    if scheduled and act is not None and mention.span.start - scheduled.end() <= 24:
        return _by(scene, scheduled.start("by"), scheduled["by"])
    superior = _OF_A_SUPERIOR.search(scene.text, max(0, clause.start - 8), mention.span.start)
    if superior and superior.end() - mention.span.start in (0, 1) and _is_above(scene, superior["by"]):
        return _by(scene, superior.start("by"), superior["by"])
    return None


def _is_above(scene: Scene, words: str) -> bool:
    """Whether 国家, 自治区, 省, 市 is a tier above the part's own place."""
    place = scene.part.place
    if words.startswith(("国", "中央")):
        return not scene.is_of_the_nation
    above = _above(scene, words)
    return above is not None and place is not None and above.id != place.id


def _above(scene: Scene, words: str) -> Entity | None:
    """The province of 省, 省政府, 自治区, or the city of 市, in which the part's place lies."""
    if scene.part.place is None or words[0] not in "省市自":
        return None
    return scene.land.tier_above(scene.part.place, "区" if words == "自治区" else words[0])


def _made(scene: Scene, maker: Mention, mention: Mention, start: int) -> bool:
    """Whether the name stands inside the act, before the programme, as its maker; a place only with 规划, 要求 … after it."""
    if not (start <= maker.span.start and maker.span.end <= mention.span.start and _is_higher(scene, maker)):
        return False
    gap = scene.text[maker.span.end : mention.span.start].strip("“")
    after = scene.text[mention.span.end : mention.span.end + 5].lstrip("”")
    return bool(_MAKER_GAP.fullmatch(gap)) and (maker.kind == Kind.AGENCY or bool(_BY_HIGHER_LEVEL.match(after)))


def _by(scene: Scene, at: int, words: str) -> Entity | str:
    """The agency or place mentioned there, or the province or city that the tier means, else the words themselves."""
    for mention in scene.of(Kind.AGENCY, Kind.PLACE):
        if mention.span.start == at and mention.entity is not None and mention.span.end - at == len(words):
            return mention.entity
    above = _above(scene, words)
    return above if above is not None else words


def _is_higher(scene: Scene, maker: Mention) -> bool:
    """Whether the maker is, or serves, a place in which the part's place lies: its prefecture, its province, the nation."""
    assert maker.entity is not None
    place = scene.part.place
    served = maker.entity.id if maker.kind == Kind.PLACE else maker.entity.jurisdiction
    if served == "place/中国":
        return place is None or place.id != served
    return place is not None and served is not None and served != place.id and scene.within(place, served)


def _claim(scene: Scene, mention: Mention, rule: str, by: Entity | str | None = None) -> Claim:
    assert mention.entity is not None
    year, date_kind = when(scene, mention.span.start)
    roles: list[tuple[str, Entity]] = [("object", mention.entity)]
    if scene.part.place is not None:
        roles.insert(0, ("place", scene.part.place))
    by = by if by is not None else maker_before(scene, mention)
    values: tuple[tuple[str, str], ...] = ()
    if isinstance(by, str):
        values = (("by", by),)
    elif by is not None:
        roles.append(("by", by))
    return Claim(
        Relation.IMPLEMENTS,
        scene.sentence,
        f"{rule}/{mention.found_by}",
        tuple(roles),
        values,
        year=year,
        date_kind=date_kind,
    )


def maker_before(scene: Scene, mention: Mention) -> Entity | str | None:
    """教育部 before 《小学生减负十条规定》; 国家, 省 where no body is named."""
    for maker in scene.of(Kind.AGENCY, Kind.PLACE):
        gap = scene.text[maker.span.end : mention.span.start]
        if maker.span.end <= mention.span.start and gap in ("《", "的《", "关于《", "印发的《", ""):
            return maker.entity
    level = _LEVEL_WORDS.search(scene.text[: mention.span.start].rstrip("《"))
    return level[1] if level else None
