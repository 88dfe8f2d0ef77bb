"""Sentences → Issuance: a government issues, revises, drafts or plans a document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from kg.entities.acts import Act
from kg.entities.documents import ISSUING
from kg.entities.spans import list_items
from kg.model import Claim, Entity, Genre, Kind, Mention, Relation, Span, Status
from kg.patterns import regex
from kg.relations.scene import Scene
from kg.relations.signed import signed
from kg.relations.status import status_of
from kg.relations.times import is_announced, when

_HANDED_OUT = signed(
    r"(?:现将|将)?(?:《[^》]+》[、和及与])*《[^》]+》(?:（[^）]*）)?(?:(?:已|业)[^。；《]{0,24}?[，现])?(?:现|予以)?(?:一并)?(?:印发|转发|下发)(?:给|你们|[，。]|实施|执行)"
    r"|(?:现将|将)?(?:《[^》]+》[、和及与])*《[^》]+》(?:已[^，。]{0,12})?(?:印发|转发|下发)(?!以来|后|之|的)",
    signs="印发 转发 下发",
)
_MAKES_THIS = signed(
    r"(?:(?:^|(?<=[，。；特现]))(?:结合[^，。；]{0,8}实际，?)?(?:制定|制订|编制)本|(?<![要应须可])提出(?:如下|以下))(?:实施|工作|行动)?(?:规划|方案|意见|办法|计划|细则|规定)(?=[，。；：]|$)",
    signs="制定本 制订本 编制本 提出如下 提出以下",
)
_OWN_TITLE = regex(
    r"(?:.*(?:印发|转发|下发)(?:《(?P<inner>[^《》]{4,60})》|(?P<bare>[^《》]{4,60}?))的通知.*|(?P<whole>[^，。：]{6,60}))"
)
_NO_TITLE = regex(
    r"范文|精选|模板|最新|\d篇|[一二三四五六七八九十]篇|第[一二三四五六七八九十]+(?:中学|小学)|实验(?:中学|小学)"
)
LASTING = frozenset({Genre.OPINION, Genre.ACTION_PLAN, Genre.SCHEME, Genre.REGULATION})
_MEASURES_FOR = regex(r"(?:制定|出台|印发|起草|编制)(?:贯彻|落实|执行|实施)")
_CAME_OUT = regex(
    r"》?(?:（[^）]*）)?(?:已|也|正式|先后|相继|于|\d{4}年|\d{1,2}月|经[^，。；]{2,24}?(?:审议|研究|批准|同意)(?:通过|后)?(?:并)?){0,6}"
    r"(?:出台|印发|颁布|发布|施行|编制完成|制定完成|修订完成|起草完成|审议通过|获批)(?:实施|执行)?(?=[，。；]|$)"
)
_TO_COME = regex(r"将|拟|计划|力争|争取|准备|下一步|还要|要")
_OTHERS = regex(r"(?:各|每)(?:校|学校|单位|县|市|区|乡|镇|幼儿园|地|科室|部门)[^，。；]{0,12}$|^学校(?:要|应|须)")
_THEIR_OWN = regex(r"^(?:本校|本地|本单位|本班|各自|本园|本部门)")
_ITS_RULES = regex(r"》?的?(?P<sort>(?:实施|贯彻|配套)(?:办法|意见|细则|方案))(?=[，。；、]|$)")
_ON_THE_BASIS = regex(r"^的|贯彻|落实|根据|按照|依据|执行")
_ABOUT_IT = regex(r"》?(?:的)?(?:实施|配套|贯彻|具体|相关)[\u4e00-\u9fff]{0,6}(?:办法|意见|措施|细则|方案)")
_BEING_WRITTEN = regex(r"》?的?(?:修订|制定|起草|编制|立法|论证|出台)(?:工作|进程|论证|，|。|；|$)")


def issuances(scene: Scene) -> Iterator[Claim]:
    """One claim per document that an issuing verb has for its object, or that 现将《…》印发 hands out."""
    if scene.part.genre in LASTING:
        yield from _own_document(scene)
    documents = scene.of(Kind.POLICY_DOCUMENT)
    if not documents:
        return
    rule_only = scene.part.genre is Genre.REGULATION  # 应当制定…规划 is a duty, not yet a document
    handed = [Span(*m.span()) for m in _HANDED_OUT.finditer(scene.text)]
    for mention in documents:
        if _of_another_government(scene, mention):
            continue
        if rule_only and mention.found_by == "announced-document":
            continue
        act = scene.act_on(mention)
        if any(h.start <= mention.span.start < h.end for h in handed):
            passed_on = any("转发" in scene.text[h.start : h.end] for h in handed)
            if _is_of_others(scene, mention) and not passed_on:
                continue
            yield from _claim(scene, mention, None, Status.COMPLETED, "document-handed-out")
        elif _BEING_WRITTEN.match(scene.text[mention.span.end :]) and act is not None:
            status = Status.PLANNED if scene.looks_ahead else status_of(act, scene)
            yield from _claim(scene, mention, act, status, "document-being-written")
        elif act is not None and act.has(*ISSUING) and (rules := _rules_for(scene, mention, act)):
            yield from _claimed(scene, rules, act, _how_far(scene, act), "rules-for-document", mention.span.start)
        elif act is not None and act.has(*ISSUING, "谋划") and _is_object(scene, mention, act):
            if not _each_its_own(scene, mention, act):
                yield from _claim(scene, mention, act, _how_far(scene, act), "place-issues-document")
        elif act is None and _CAME_OUT.match(scene.text, mention.span.end) and _opens_clause(scene, mention):
            yield from _claim(scene, mention, None, Status.COMPLETED, "document-came-out")


def _how_far(scene: Scene, act: Act) -> Status | None:
    """Planned or completed: a document is out or it is not; what is 正在修订 has begun."""
    if act.adverbs.endswith("正在") or scene.text[: act.span.start].endswith("正在"):
        return Status.STARTED
    status = status_of(act, scene)
    if is_announced(scene, act.span.start):
        return Status.PLANNED
    clause = scene.clause(act.span.start)
    said = scene.quiet[clause.start : act.span.end]
    if scene.part.genre is Genre.NEWS and status is Status.PLANNED and not _TO_COME.search(said):
        return Status.COMPLETED
    if status is Status.ONGOING:
        return Status.PLANNED if scene.looks_ahead else Status.COMPLETED if scene.looks_back else None
    return status


def _each_its_own(scene: Scene, mention: Mention, act: Act) -> bool:
    """各校要制定本校《…》: what others shall make is none of the place's documents."""
    clause = scene.clause(act.span.start)
    return bool(
        _OTHERS.search(scene.quiet[clause.start : act.span.start])
        or _THEIR_OWN.search(scene.text[act.object.start : mention.span.start])
    )


def _opens_clause(scene: Scene, mention: Mention) -> bool:
    clause = scene.clause(mention.span.start)
    return scene.text[clause.start : mention.span.start].strip("《") in (
        "",
        "我市",
        "我县",
        "我区",
        "我省",
        "我局",
        "全市",
    )


def _rules_for(scene: Scene, mention: Mention, act: Act) -> Entity | None:
    """《家庭教育促进法》实施办法, which is a document of its own, right behind the verb that issues it."""
    behind = _ITS_RULES.match(scene.text, mention.span.end)
    before = scene.text[act.object.start : mention.span.start].strip("《")
    if behind is None or before not in ("", "了", "出台了"):
        return None
    name = f"{mention.text}{behind['sort']}"
    return Entity(Kind.POLICY_DOCUMENT, f"policy-document/{name}", name)


def _own_document(scene: Scene) -> Iterator[Claim]:
    """特制定本方案: the place issues the document whose title stands above."""
    made = _MAKES_THIS.search(scene.quiet)
    title = _OWN_TITLE.fullmatch(scene.part.title) if made else None
    name = (title["inner"] or title["bare"] or title["whole"]) if title and not _NO_TITLE.search(title[0]) else ""
    if made and scene.part.place is not None and name.endswith(made[0][-2:]):
        document = Entity(Kind.POLICY_DOCUMENT, f"policy-document/{name}", name)
        yield from _claimed(scene, document, None, Status.COMPLETED, "makes-this-document", made.start())


def _of_another_government(scene: Scene, mention: Mention) -> bool:
    """教育部出台《…》 in a city's text is the background of the city's own act, and its year is not the text's."""
    act = scene.act_on(mention)
    agencies = [m.entity for m in scene.subjects(act) if m.kind == Kind.AGENCY and m.entity] if act else []
    own = scene.part.place.id if scene.part.place else None
    return bool(agencies) and all(agency.jurisdiction != own for agency in agencies)


def _is_of_others(scene: Scene, mention: Mention) -> bool:
    """Whether the title opens with another place, or another government's agency stands right before it: 国务院《…》已下发."""
    own = scene.part.place.id if scene.part.place else None
    for named in scene.of(Kind.PLACE, Kind.AGENCY):
        place = (
            named.entity.jurisdiction
            if named.kind is Kind.AGENCY and named.entity
            else named.entity and named.entity.id
        )
        opens = named.span.start in (mention.span.start, mention.span.start + 1)
        if place != own and (
            opens or (named.kind is Kind.AGENCY and named.span.end in (mention.span.start, mention.span.start - 1))
        ):
            return True
    return False


def _is_object(scene: Scene, mention: Mention, act: Act) -> bool:
    """The document itself, not something about it: 制定贯彻《…》的措施 issues no 《…》."""
    between = scene.text[act.object.start : mention.span.start]
    if _MEASURES_FOR.search(act.verbs):
        return False
    if _ON_THE_BASIS.search(between):
        return False
    items = list_items(scene.text, act.object)
    item = next((i for i in items if i.start <= mention.span.start < i.end), act.object)
    before = scene.text[item.start : mention.span.start].lstrip("《")
    after = scene.text[mention.span.end : item.end]
    about = _ABOUT_IT.match(after)
    return not about and (mention.found_by != "cited-rule") and len(before) <= 24


def _claim(scene: Scene, mention: Mention, act: Act | None, status: Status | None, rule: str) -> Iterator[Claim]:
    assert mention.entity is not None
    return _claimed(scene, mention.entity, act, status, f"{rule}/{mention.found_by}", mention.span.start)


def _claimed(
    scene: Scene, document: Entity, act: Act | None, status: Status | None, rule: str, at: int
) -> Iterator[Claim]:
    year, date_kind = when(scene, at)
    own = scene.part.year
    if year is not None and own is not None and year != own:
        status = Status.PLANNED if year > own else Status.COMPLETED if status is Status.PLANNED else status
    subjects = scene.subjects(act) if act else ()
    places: list[Entity | None] = [m.entity for m in subjects if m.kind is Kind.PLACE and m.entity is not None]
    if act is not None and not subjects and scene.opens_with_others(act.span.start):
        return  # whoever opens the clause made it, be it said in words that no rule knows
    agencies = [m.entity for m in subjects if m.kind is Kind.AGENCY]
    if not agencies and act is None:
        agencies = [scene.part.agency]
    for place, agency in product(places or [scene.part.place], agencies or [None]):
        roles = (("place", place), ("agency", agency), ("document", document))
        yield Claim(
            Relation.ISSUES,
            scene.sentence,
            rule,
            tuple((name, entity) for name, entity in roles if entity is not None),
            year=year,
            date_kind=date_kind,
            status=status,
        )
