"""Sentences → Recognition: a place or organisation is given a title, a pilot or a test-site status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.entities.gazetteer import short_name
from kg.entities.spans import list_items, unwrapped
from kg.model import Claim, Entity, Kind, Mention, Relation, Span
from kg.patterns import regex
from kg.relations.scene import Scene, covers
from kg.relations.signed import signed
from kg.relations.times import when

_AWARDED = regex(
    r"(?:被(?P<by>[\u4e00-\u9fff]{2,16}?)?(?:评为|授予|确定为|确认为|列为|命名为|认定为|评定为|批准为|评选为|遴选为|选为|列入|纳入|表彰为)|荣获|获评|获得|获(?=“)|入选|跻身|获批成为|获批为?|成功创建为?|创建成为?|创成|跨入|步入|成为)(?:了)?"
)
_NAMED = regex(
    r"(?:确定|命名|认定|评选|授予|表彰|批准|列|将)(?:了)?(?P<holders>[^，。；：]{2,60}?)(?:等\d*[个所]?[\u4e00-\u9fff]{0,3})?(?:列为|确定为|命名为|认定为|评为|为|(?=“[^”]+”称号))(?P<title>[^，。；]{4,44}?)(?:称号|荣誉|，|。|；|$)"
)
_APPROVED = regex(
    r"(?:批复|批准|同意)(?:了)?(?P<holders>[\u4e00-\u9fff、]{2,24}?)(?:建设|创建|设立)(?P<title>“?(?![^，。；]*的)[^，。；]{0,30}?(?:示范区|实验区|试验区|先行区|试点省|试点市|试点县|国家[^，。；的]{2,16}基地))(?=[，。；]|$)"
)
_AS = signed(
    r"作为(?P<title>[^，。；]{4,40}?(?:试点县|试点区|试点市|示范县|示范区|示范市|实验区|试点地区|试点单位|示范校|试点校|实验学校|先进[县市区])(?:之一)?)(?=[，。；])",
    signs="作为",
)
_PASSED = signed(
    r"(?:高水平|高标准|顺利|成功|一次性|率先|以优异成绩)?通过(?:了)?(?P<title>[^，。；]{4,40}?)(?:的)?(?:评估认定|评估验收|督导评估|验收|认定|评估|复查|基础上)",
    signs="通过",
)
_TITLE = regex(r"^(?P<title>[^，。；]{2,44}?)(?:称号|荣誉|之一|，|。|；|$)")
_STATUS_WORD = regex(
    r"示范|试验区|现代化|普及普惠|项目[县区市校]|先进|优质|样本|先行|创新[县区市校]|百强|星级|试点|实验|特色|强[县市区]|均衡|文明|优秀|标兵|十佳|基地|称号|样板|推进地区|合格|卫生|模范|集体|单位|奖"
)
_LEVEL = regex(r"^“?(国家级?|全国|[\u4e00-\u9fff]{2,3}省|省级?|市级|[\u4e00-\u9fff]{2,3}市)")
_LEVEL_NAME = {"国家级": "国家", "全国": "国家", "省级": "省", "市级": "市"}
_FUTURE = regex(r"(?:要|争取|力争|确保|拟|将|计划|申报|创建|争创|努力)[^，。；]{0,8}$")
_WHEN_IT_WAS = regex(
    r"^(?:(?:19|20)\d\d年(?:\d{1,2}月)?|今年|去年|年内|目前|同年|又|还|再次|先后|连续[一二三四五六七八九十\d]+(?:年|次|届)|首批|也|均|并|已)+"
    r"|(?:又|还|再次|先后|连续[一二三四五六七八九十\d]+(?:年|次|届)|首批|也|均|并|已|成功|(?:19|20)\d\d年|今年)+$"
)
_OF_A_SCHOOL = regex(r"校|园|中学|小学|[一二三四五六七八九十]中|中专|职专|教师|校长|学生|同志|局(?!面)|老师")
_WAS_DONE = regex(r"了|已|先后|在此基础|去年|20\d\d年通过")
_NO_PART_OF_A_TITLE = (  # one after the other
    regex(r"(?:等?(?:称号|荣誉|之一|名单|行列|表彰|建设名单))+$"),
    regex(r"（(?:19|20)\d\d年?）$"),
    regex(r"(?<=[县区市校园])(?:国家|省|市)级?(?:督导)?$"),
    regex(r"^(?:了|为)|(?<=试点)\d+个"),
)
_YEAR = regex(r"(?:19|20)\d\d")
_EACH_IN_ITS_YEAR = regex(r"分别(?:于|在)((?:(?:19|20)\d\d年?[、和与]?)+)$")
_LISTED = regex(r"[、和与及]|以及|等?")
_FROM_SUBJECT = regex(
    r"(?:[等\d个县区市]|在|于|(?:19|20)\d\d年|今年|去年|又|先后|分别|均|也|已|，|成功|顺利|再次|首批|连续[一二三四五\d]+(?:年|次|届)|、|一举|喜获|还|并|及|成为|提前.年|(?<=\d)家|旗|[乡镇校园]|所|中小学|幼儿园|学校)*"
)
_AFTER_ANOTHER = regex(r"(?:在|于)?(?:19|20)\d\d年通过[^，。；]{4,30}基础上，(?:今年)?")
_OURS = ("我省", "我市", "我县", "我区", "我州", "我旗")


def recognitions(scene: Scene) -> Iterator[Claim]:
    """X区和Y区被授予“…示范县（区）”; 省厅确定X县为…试点县; A、B在2012年通过…强县评估: one claim per holder."""
    if _STATUS_WORD.search(scene.text) is None:
        return
    yield from _awarded(scene)
    yield from _passed(scene)
    yield from _acting_as(scene)
    if scene.of(Kind.PLACE, Kind.ORGANIZATION):
        yield from _named(scene)


def _awarded(scene: Scene) -> Iterator[Claim]:
    """X区和Y区被授予“…示范县（区）”."""
    for word in _AWARDED.finditer(scene.quiet):
        titles = _titles_after(scene, word.end())
        holders = _holders(scene, word.start()) if titles else []
        for title in titles if holders else ():
            yield from _claims(scene, word.start(), title, holders, word["by"], "awarded-title")


def _passed(scene: Scene) -> Iterator[Claim]:
    """A、B在2012年通过…强县评估."""
    for word in _PASSED.finditer(scene.quiet):
        title = scene.text[word.start("title") : word.end("title")]
        if _STATUS_WORD.search(title) and not _still_to_pass(scene, word):
            holders = _holders(scene, word.start())
            yield from _claims(scene, word.start(), _clean(title), holders, None, "passed-assessment")


def _acting_as(scene: Scene) -> Iterator[Claim]:
    """X作为…试点县，…; 作为…试点县，X…."""
    for word in _AS.finditer(scene.text):
        holders = _holders(scene, word.start()) or _holders_behind(scene, word.end())
        yield from _claims(scene, word.start(), _clean(word["title"]), holders, None, "acts-as-holder-of-title")


def _named(scene: Scene) -> Iterator[Claim]:
    """省厅确定X县为…试点县, 批复X县建设…示范区: by the subject, else by the part's own agency."""
    for word in (*_NAMED.finditer(scene.text), *_APPROVED.finditer(scene.text)):
        if not _STATUS_WORD.search(word["title"]) and "称号" not in word[0]:
            continue
        holders = [
            m.entity
            for m in _outermost(scene)
            if word.start("holders") <= m.span.start < word.end("holders") and m.entity
        ]
        by = next((m.text for m in scene.subjects_before(word.start()) if m.entity), None)
        by = by or (scene.part.agency.name if scene.part.agency else None)
        yield from _claims(scene, word.start(), _clean(word["title"]), holders, by, "named-holder-of-title")


def _holders_behind(scene: Scene, at: int) -> list[Entity | None]:
    """作为…实验区，我区…: who opens the next clause."""
    opens = scene.text[at + 1 : at + 3]
    if opens in _OURS and (scene.part.place is None or opens == f"我{_own_tier(scene)}"):
        return [scene.part.place]
    return [m.entity for m in scene.list_at(at + 1) if m.kind is Kind.PLACE and m.entity is not None]


def _titles_after(scene: Scene, at: int) -> tuple[str, ...]:
    """The titles that a verb confers: 教育强县, or each of 教育强县、平安校园示范县 where all of the list are titles."""
    if _STATUS_WORD.search(scene.text, at) is None:
        return ()
    clause = scene.clause(at)
    items = (
        [scene.text[i.start : i.end] for i in list_items(scene.text, Span(at, clause.end))] if at < clause.end else []
    )
    if len(items) > 1 and all(_STATUS_WORD.search(item) and len(item) >= 4 for item in items):
        return tuple(_clean(item) for item in items)
    title = _TITLE.match(scene.text[at:])
    return (_clean(title[0]),) if title and _STATUS_WORD.search(title[0]) else ()


def _still_to_pass(scene: Scene, word: re.Match[str]) -> bool:
    """X县通过…评估 is what a plan wants, unless it says that it is done."""
    clause = scene.clause(word.start())
    done = _WAS_DONE.search(scene.quiet[clause.start : word.end()])
    return scene.looks_ahead and done is None


def _clean(title: str) -> str:
    title = unwrapped(title).strip("，。；的")
    for left_out in _NO_PART_OF_A_TITLE:
        title = left_out.sub("", title)
    return title


def _claims(
    scene: Scene, at: int, title: str, holders: Sequence[Entity | None], by: str | None, rule: str
) -> Iterator[Claim]:
    clause = scene.clause(at)
    if _FUTURE.search(scene.quiet[clause.start : at]) or len(title) < 4:
        return
    level = _LEVEL.search(title)
    giver = by or (_LEVEL_NAME.get(level[1], level[1]) if level else None)
    maker = _giver(scene, giver) if giver else None
    year, date_kind = when(scene, at)
    title, maker = _without_maker(scene, title, maker)
    each = _years_of_each(scene, at, len(holders))
    for n, holder in enumerate(holders):
        if maker is not None and holder is not None and maker.id == holder.id:
            continue
        roles = [*([("place", holder)] if holder else []), *([("by", maker)] if maker else [])]
        values = [("title", title), *([("by", giver)] if giver and not maker else [])]
        yield Claim(
            Relation.RECOGNIZES,
            scene.sentence,
            rule,
            tuple(roles),
            tuple(values),
            year=each[n] if each else year,
            date_kind=date_kind,
        )


def _without_maker(scene: Scene, title: str, maker: Entity | None) -> tuple[str, Entity | None]:
    """教育部 that opens a title confers it: 入选教育部…实验区名单."""
    for agency in scene.of(Kind.AGENCY):
        if title.startswith(agency.text) and len(title) - len(agency.text) >= 4:
            return title[len(agency.text) :].strip("“”的"), maker or agency.entity
    return title, maker


def _years_of_each(scene: Scene, at: int, holders: int) -> tuple[int, ...]:
    """2018 and 2019 of 枝江市、当阳市分别于2018年、2019年通过…: as many years as holders."""
    clause = scene.clause(at)
    found = _EACH_IN_ITS_YEAR.search(scene.text[clause.start : at])
    years = tuple(int(year) for year in _YEAR.findall(found[1])) if found else ()
    return years if len(years) == holders > 1 else ()


def _giver(scene: Scene, words: str) -> Entity | None:
    """The agency or place of these words, if the sentence or the part knows it."""
    named = next((m.entity for m in scene.of(Kind.AGENCY, Kind.PLACE) if m.text == words), None)
    agency = scene.part.agency
    return named or (agency if agency is not None and agency.name == words else None)


def _outermost(scene: Scene) -> list[Mention]:
    """Places and organisations, a place inside a school's name or before its own district left out."""
    named = list(scene.of(Kind.PLACE, Kind.ORGANIZATION))
    outer = [m for m in named if not any(covers(other, m) for other in named)]
    starts = {m.span.start for m in outer}
    return [m for m in outer if not (m.kind == Kind.PLACE and m.span.end in starts)]


def _holders(scene: Scene, at: int) -> list[Entity | None]:
    """The list of places or organisations that is the subject: nearest before the verb, or the clause before when it goes on."""
    found: list[Mention] = []
    edge = at
    for mention in sorted(_outermost(scene), key=lambda m: -m.span.end):
        if mention.span.end > edge:
            continue
        gap = scene.text[mention.span.end : edge]
        if not (_LISTED.fullmatch(gap) if found else _leads_to(gap)):
            break
        found.append(mention)
        edge = mention.span.start
    listed = found[::-1] or [m for m in scene.subjects_before(at) if m.kind == Kind.PLACE]
    named: list[Entity | None] = [m.entity for m in listed if m.entity is not None]
    return named or ([scene.part.place] if _speaks_of_itself(scene, at) else [])


def _speaks_of_itself(scene: Scene, at: int) -> bool:
    """被市教育局评为“…先进县” as a clause of its own: the part's place, or an open one. 被评为…的地区 is about any such place."""
    clause = scene.clause(at)
    own = short_name(scene.part.place.name) if scene.part.place else ""
    before = _WHEN_IT_WAS.sub("", scene.text[clause.start : at].strip("“”"))
    known = scene.part.place is not None
    opens = (
        before == "" and known and scene.text[at] in "被荣获" and not _OF_A_SCHOOL.search(scene.text[: clause.start])
    ) or (own != "" and before == own)
    opens = opens or (before in _OURS and (not known or before == f"我{_own_tier(scene)}"))
    opens = opens or (before == _this(scene) and not any(m.span.end <= clause.start for m in scene.of(Kind.PLACE)))
    return opens and "的" not in scene.quiet[at : clause.end]


def _own_tier(scene: Scene) -> str:
    """县 of 昌乐县."""
    return scene.part.place.name[-1] if scene.part.place else ""


def _this(scene: Scene) -> str:
    """该县 in the text of a county."""
    return f"该{scene.part.place.name[-1]}" if scene.part.place else ""


def _leads_to(gap: str) -> bool:
    """From subject to verb: 在2012年, 今年高水平, or a clause about an earlier assessment of the same subject."""
    return _FROM_SUBJECT.fullmatch(gap) is not None or _AFTER_ANOTHER.fullmatch(gap) is not None
