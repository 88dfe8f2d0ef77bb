"""Sentences → Adoption: a government carries out, launches, plans, continues or ends a programme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from kg.entities.acts import Act, Stage
from kg.entities.quoted_programs import BUILT_UPON
from kg.model import Claim, Entity, Genre, Kind, Mention, Relation, Status
from kg.relations.scene import Scene
from kg.relations.status import status_of

_CONFIDENCE = {
    "lexicon-program": Decimal("0.95"),
    "quoted-program": Decimal("0.85"),
    "object-program": Decimal("0.85"),
    "conferred-title": Decimal("0.75"),
}
_WEAKER = Decimal("0.7")

# 以X为载体, 按照X模式, 把X纳入: another act is built upon X.
_FRAMED = re.compile(r"(?:以|依托|把|将|按照?)[^，。；]{0,12}$")
_FRAME_END = re.compile(
    rf"^[^，。；]{{0,24}}(?:为(?:{BUILT_UPON}|动力|主线|龙头|基础)"
    r"|纳入|列入|(?:的)?(?:思路|模式|要求|机制|办法|方式)[，。；]?)"
)
# X成效显著, X全面启动, X率达到92%: the clause reports on X.
_REPORT = re.compile(
    r"^[^，。；“”]{0,14}?(?!实施方案|实施意见|实施办法|实施细则|推进方案)(?P<word>成效|取得|得到|全面|稳步|扎实|有序|顺利|深入|圆满|基本|"
    r"有效|正式|进展|如期|实现|启动|推进|实施|推开|收官|覆盖|完成|建成|普及率|达标|持续|不断|运行|画上句号|到位|停止|停用|取消|终止|废止|结束|铺开|提前|率达|率由|率为|通过|惠及|投入使用)"
)
_SPREAD = re.compile(
    r"”?[^，。；“”]{0,14}?(?:被[^，。；]{0,10})?在全(?P<tier>[国省市县区州])(?:范围内)?[^，。；]{0,4}?推广"
)
_COUNTED_REPORT = re.compile(
    r"”?[^，。；“”\d]{0,12}?(?:累计|共|已|全年|[两三四五]年)*"
    r"(?:投入|招聘|招募|录取|培训|资助|补助|选派|组建|安置|受理|拨付)(?!人数|率|班|中心|机构|基地|者)[^，。；\d]{0,12}\d"
)
_HIRED_UNDER = re.compile(r"(?:招聘|招募|选派|录取|选聘|派出)(?:了)?“?$")
_A_NUMBER = re.compile(r"”?[^，。；]{0,8}\d")
_APPROVED = re.compile(r"(?:批复|批准|同意)(?:了|同意)?(?:我[省市县区州]|本[省市县区州])")
_HANDED_OUT = re.compile(r"(?:发放|办理|兑现|用于)(?:了)?“?$")
_OVER = re.compile(r"停止|停用|取消|终止|不再|废止")
_DONE = re.compile(r"完成|画上句号|到位|建成|实现|收官|全覆盖|成效|圆满|顺利|取得|100%|如期|提前")
_HYPOTHETICAL = re.compile(
    r"(?<![尚从])未(?=实施|开展|启动|建立|推行)|有条件的[^，。；]{0,12}可|可以?根据|鼓励有条件|如果|若|尚未|没有|未能|不得|暂缓|暂不|不具备|"
    r"是否|建议|提案|呼吁|可行性|未获|未被|不成熟|不予|不采纳"
)
_CONDITION = re.compile(r"(?:^|[，。；])(?:如果?|若|待|一旦|倘若|只要)(?!期|实|遇|今)[^，。；]*，$")
_SEEN_ELSEWHERE = re.compile(
    r"(?:赴|前往|来我)[^，。；]{0,24}(?:考察|学习|观摩|取经)|(?:考察|观摩|参观)(?:了)?[^，。；]{2,24}$"
)
_TOPIC_OF_AN_EVENT = re.compile(
    r"”?[^，。；、”]{0,8}?(?:现场会|推进会|座谈会|研讨会|论坛|培训会|动员会|观摩会|交流会|专题会|会议|测评|调查|调研)"
)
_WON = re.compile(
    r"(?:被|获评|荣获|获得|入选)[^，。；]*?(?:评为|认定为|确定为|命名为|授予|列为|评选为|荣获|获评|获得|入选)[^，。；]*$"
)
_ONLY_OF_IT = re.compile(
    r"”?[^，。；、]{0,4}?(?:工作|制度|政策|做法|试点|办法|模式|评选|复评|表彰|评比|认定|命名|活动|机制|项目|改革|的?执行|的?实施|运行)*(?=[，。；：、]|$)"
)
_TRIED_OUT = re.compile(r"”?[^，。；、”]{0,4}?(?:试点|试验|先行先试)")
_AS_PILOT = re.compile(r"作为[^，。；]{0,20}$")
_PILOT_SITE = re.compile(r"”?[^，。；、]{0,8}?(?:试点|示范|实验|试验|先行|基地|样板|创建)")
_TRIAL_BEFORE = re.compile(r"(?:先行|率先|开始|首批)?(?:试点|试行)(?:了)?$")
_NEW_NAME = re.compile(r"(?:更名|升级|改名|调整)为“?$")
_PILOT_AFTER = re.compile(r"试点|先行|试行|启动|首批|试验|实验")
_TRIED = re.compile(r"试点|先行|试行|启动|实施|推行|推广到|扩大到|扩展到|推开")


def adoptions(scene: Scene) -> Iterator[Claim]:
    """One claim for each programme that is done here, and for each place named as the doer."""
    for mention in scene.of(Kind.PROGRAM):
        clause = scene.clause(mention.span.start)
        before = scene.quiet[clause.start : mention.span.start]
        if _HYPOTHETICAL.search(scene.quiet[clause.start : clause.end]) or _is_only_a_rule(scene, mention):
            continue
        won = _WON.search(before)
        if won and _TRIED_OUT.match(scene.quiet, mention.span.end):
            yield from _done(scene, mention, clause.start + won.start(), Status.STARTED, "named-pilot-of-program")
            continue
        if _SEEN_ELSEWHERE.search(before) or won or _CONDITION.search(scene.quiet[: clause.start]):
            continue  # to study a programme elsewhere is not yet to have it (Diffusion), nor is a title won (Recognition)
        if _TOPIC_OF_AN_EVENT.match(scene.quiet, mention.span.end):
            continue
        yield from _of_mention(scene, mention, scene.text[clause.start : mention.span.start], clause.start)
    yield from _where_tried(scene)


def _of_mention(scene: Scene, mention: Mention, before: str, clause_start: int) -> Iterator[Claim]:
    act = scene.act_on(mention)
    after = scene.quiet[mention.span.end : scene.clause(mention.span.start).end]
    if _APPROVED.search(before):
        yield from _claims(scene, mention, [scene.part.place], Status.STARTED, "approved-for-program")
    elif act is not None:
        if not _title_was_won(scene, act) and not _ends_something_else(scene, act, mention):
            yield from _done(scene, mention, act.span.start, _how_far(scene, act, mention), "does-program", act)
    elif _is_frame(scene, mention):
        yield from _claims(scene, mention, [scene.part.place], Status.ONGOING, "frame-of-another-act")
    elif spread := _SPREAD.match(after):
        yield from _spread(scene, mention, spread["tier"])
    elif _COUNTED_REPORT.match(after):
        done = Status.PLANNED if scene.looks_ahead else Status.COMPLETED if scene.looks_back else None
        yield from _done(scene, mention, mention.span.start, done, "counted-report-on-program")
    elif report := _REPORT.match(after):
        yield from _done(scene, mention, mention.span.start, _reported(scene, report, after), "report-on-program")
    elif (pilot := _AS_PILOT.search(before)) and _PILOT_SITE.match(after):
        yield from _done(scene, mention, clause_start + pilot.start(), Status.STARTED, "is-pilot-of-program")
    elif scene.located(mention.span.start) and _PILOT_AFTER.search(after):
        yield from _done(scene, mention, mention.span.start, Status.STARTED, "tried-in-places")
    elif trial := _TRIAL_BEFORE.search(before.rstrip("“")):
        yield from _done(scene, mention, clause_start + trial.start(), Status.STARTED, "tries-program")
    elif _HANDED_OUT.search(before) or (_HIRED_UNDER.search(before) and _A_NUMBER.match(after)):
        done = Status.PLANNED if scene.looks_ahead else Status.COMPLETED if scene.looks_back else None
        yield from _done(scene, mention, clause_start, done, "gives-out-program")
    elif _NEW_NAME.search(before):
        yield from _claims(scene, mention, [scene.part.place], Status.ONGOING, "program-under-new-name")


def _spread(scene: Scene, mention: Mention, tier: str) -> Iterator[Claim]:
    """A县的X在全市推广: A has it, and whoever spreads it in all its own places does."""
    own = scene.part.place
    spreads = own is not None and scene.land.tier_above(own, tier) == own
    places = [*_owners(scene, mention), *([own] if spreads else [])]
    yield from _claims(scene, mention, places, Status.ONGOING, "practice-spread-over-place")


def _how_far(scene: Scene, act: Act, mention: Mention) -> Status | None:
    """The status of the act; what was tried out (开展X试点, 试行X) has only begun."""
    status = status_of(act, scene)
    if scene.is_announced(act.span.start) and status in (Status.COMPLETED, Status.STARTED, None):
        return Status.PLANNED
    tried = act.has("试行", "试点") or _TRIED_OUT.match(scene.quiet, mention.span.end)
    return Status.STARTED if tried and status is Status.COMPLETED and act.stage is Stage.DO else status


def _ends_something_else(scene: Scene, act: Act, mention: Mention) -> bool:
    """取消体育传统项目学校特招资格 ends a privilege, not the schools."""
    if act.stage is not Stage.END:
        return False
    before = scene.text[act.object.start : mention.span.start]
    return (
        bool(re.search(r"收取|征收|附加|违规|乱", before)) or _ONLY_OF_IT.match(scene.quiet, mention.span.end) is None
    )


def _done(
    scene: Scene, mention: Mention, at: int, status: Status | None, rule: str, act: Act | None = None
) -> Iterator[Claim]:
    """An act that begins at `at`: by the places named as its doers, else by the part's, and by those where it is done."""
    if _NATION_ACTS.search(scene.text[scene.clause(at).start : at]) and not _is_national(scene):
        return
    if _school_acts(scene, at):
        return
    subjects = [m for m in scene.subjects_before(at) if m.span.end <= at]
    own = scene.part.place.id if scene.part.place else ""
    agencies = [m.entity for m in subjects if m.kind == Kind.AGENCY and m.entity]
    named = [scene.government(m) for m in subjects if m.kind == Kind.PLACE or _is_below(scene, m)]
    places = [place for place in named if place is not None]
    if places and len(places) == len(named):
        yield from _claims(scene, mention, places, status, f"named-place-{rule}")
    elif agencies and all(a.jurisdiction != own for a in agencies):
        return  # another government's act is the background of this one
    elif act is not None and (helped := _helped(scene, act)):
        yield from _claims(
            scene, mention, helped, Status.PLANNED if scene.looks_ahead else status, f"helped-place-{rule}"
        )
        return
    elif not subjects and (scene.opens_with_others(at) or _SOMEWHERE.search(scene.text, scene.clause(at).start, at)):
        return
    else:
        yield from _claims(scene, mention, [scene.part.place], status, f"place-{rule}")
        places = _lower_places(scene, mention.span.start)
        yield from _claims(scene, mention, places, status, f"located-place-{rule}")
    owners = [owner for owner in _owners(scene, mention) if owner not in places]
    yield from _claims(scene, mention, owners, Status.ONGOING, "program-of-a-place-below")


def _helped(scene: Scene, act: Act) -> list[Entity]:
    """A区、B区 in 支持A区、B区创建…: the places below that are helped to do it."""
    listed = scene.list_at(act.object.start) if _HELPING.search(act.verbs) else ()
    places = [m.entity for m in listed if m.entity is not None and m.kind is Kind.PLACE]
    if not places or len(places) < len(listed) or not all(_lower(scene, place) for place in places):
        return []
    return places if _DOES.match(scene.text, listed[-1].span.end) else []


_SOMEWHERE = re.compile(
    r"外省|外地|兄弟[省市县区]|周边[省市县区]|一些地方|部分[省市地]|其他[省市县地]|各地(?:普遍|纷纷)"
)
_HELPING = re.compile(r"(?:支持|指导|帮助|推动|鼓励|督促|协助|确保|引导)$")
_DOES = re.compile(
    r"(?:等[^，。；]{0,6}?)?(?:率先|开展|实施|创建|推进|推行|争创|建设|建立|申报|完成|通过|成功|先行|探索|试点|做好|抓好)"
)
_NATION_ACTS = re.compile(r"(?:国家|(?<!在)(?<!于)全国|中央)[^，。；]{0,4}$")


def _school_acts(scene: Scene, at: int) -> bool:
    """清华大学实施“强基计划” is no act of the government whose text says so; 依托北京大学举办 is."""
    start = scene.clause(at).start
    if _A_SCHOOL.search(scene.text, start, at):
        return True
    for school in scene.of(Kind.ORGANIZATION):
        opens = not _BY_MEANS_OF.search(scene.text[start : school.span.start])
        if start <= school.span.start and school.span.end <= at and opens and at - school.span.end <= 2:
            return True
    return False


_A_SCHOOL = re.compile(
    r"(?:全校|该校|我校|本校|该园|我园|(?:^|(?<=[，。；]))学校)(?:已|要|还|也|又|先后|全面|积极|率先)*$"
)
_BY_MEANS_OF = re.compile(r"(?:依托|与|和|同|在|对|组织|支持|指导|推动|帮助|委托|联合|由|让|引进|为|向)$")


def _is_national(scene: Scene) -> bool:
    return scene.part.place is not None and scene.part.place.name == "中国"


_DOES_SOMETHING_ELSE = re.compile(
    r"(?:了)?(?!该|此|这|本|上述|改革|试点|工作|，|。)[\u4e00-\u9fff“]{4,}(?:检查|活动|培训|工程|建设|项目|行动|评估|整治|计划)"
)


def _where_tried(scene: Scene) -> Iterator[Claim]:
    """…，9月起在镜湖区试点; 改革扩大到茶陵县: a clause names places and trying, and leaves the programme to what went before."""
    programs = list(scene.of(Kind.PROGRAM))
    distinct = {m.entity for m in programs}
    program = scene.context.topic if not distinct else distinct.pop() if len(distinct) == 1 else None
    for clause in scene.clauses() if program is not None else ():
        words = scene.quiet[clause.start : clause.end]
        named = any(clause.start <= m.span.start < clause.end for m in programs)
        tried = _TRIED.search(words)
        does_other = tried is not None and _DOES_SOMETHING_ELSE.match(words, tried.end())
        if named or tried is None or does_other or _HYPOTHETICAL.search(words) or program is None:
            continue
        status = _tried_so_far(scene, words, tried[0])
        for place in _lower_places(scene, clause.start):
            yield _claim(scene, program, place, status, "located-place-tries-program-before", _WEAKER, clause.start)


def _tried_so_far(scene: Scene, words: str, verb: str) -> Status | None:
    if scene.looks_ahead or re.search(r"拟|将|要|计划|力争|争取|准备", words):
        return Status.PLANNED
    if not scene.looks_back:
        return None
    return Status.STARTED if verb in ("试点", "先行", "试行", "启动") else Status.COMPLETED


def _claims(
    scene: Scene, mention: Mention, places: Iterable[Entity | None], status: Status | None, rule: str
) -> Iterator[Claim]:
    assert mention.entity is not None
    confidence = _CONFIDENCE.get(mention.found_by, _WEAKER)
    for place in places:
        rule_and_finder = f"{rule}/{mention.found_by}"
        yield _claim(scene, mention.entity, place, status, rule_and_finder, confidence, mention.span.start)


def _claim(
    scene: Scene, program: Entity, place: Entity | None, status: Status | None, rule: str, confidence: Decimal, at: int
) -> Claim:
    year, date_kind = scene.when(at)
    own = scene.part.year
    if year is not None and own is not None and year < own and status is Status.PLANNED:
        status = Status.STARTED  # what a plan says of an earlier year has begun
    if year is not None and own is not None and year > own and status is not Status.ENDED:
        status = Status.PLANNED
    elif own is not None and status in (Status.PLANNED, Status.COMPLETED):
        plan, deadline = scene.five_years(at), scene.deadline(at)
        if plan is not None and plan[1] < own:
            status = Status.COMPLETED  # “十二五”期间 in a plan of 2017
        elif deadline is not None and deadline > own:
            status = Status.PLANNED
    return Claim(
        Relation.ADOPTS,
        scene.sentence,
        rule,
        (("place", place), ("program", program)) if place else (("program", program),),
        year=year,
        year_to=scene.last_year(at),
        date_kind=date_kind,
        status=status,
        confidence=confidence,
    )


def _reported(scene: Scene, report: re.Match[str], after: str) -> Status:
    if _OVER.search(after):
        return Status.ENDED
    if "启动" in after[: report.end() + 4] or report["word"] == "正式":
        return Status.PLANNED if scene.looks_ahead and not scene.is_news_of_what_was else Status.STARTED
    if report["word"] != "进展" and (_DONE.search(after) or report["word"] == "结束"):
        return Status.PLANNED if scene.looks_ahead else Status.COMPLETED
    return Status.ONGOING


def _is_only_a_rule(scene: Scene, mention: Mention) -> bool:
    """What a regulation says shall be is no act, unless it names a programme that others know too."""
    return scene.part.genre is Genre.REGULATION and mention.found_by != "lexicon-program"


def _title_was_won(scene: Scene, act: Act) -> bool:
    """中山区…通过…评估: Recognition says it."""
    if not act.has("通过", "获得", "荣获") or status_of(act, scene) is not Status.COMPLETED:
        return False
    return any(m.kind == Kind.PLACE for m in scene.subjects(act))


def _owners(scene: Scene, mention: Mention) -> list[Entity]:
    """大英县 in 总结完善大英县“县管校聘”改革机制: the places directly before the programme that lie below the part's."""
    for place in scene.of(Kind.PLACE):
        gap = scene.text[place.span.end : mention.span.start].strip("“")
        if place.span.end <= mention.span.start and gap in ("", "的", "教师", "推进", "实施", "开展"):
            listed = [m.entity for m in scene.list_ending_with(place) if m.entity is not None]
            if all(_lower(scene, owner) for owner in listed):
                return listed
    return []


def _lower_places(scene: Scene, at: int) -> list[Entity]:
    """The places below the part's in which something is done, in the clause of this character."""
    return [m.entity for m in scene.located(at) if m.kind == Kind.PLACE and m.entity and _lower(scene, m.entity)]


def _is_below(scene: Scene, agency: Mention) -> bool:
    """Whether it is the office of a place below the part's, which acts for that place."""
    place = scene.government(agency)
    return agency.kind == Kind.AGENCY and place is not None and _lower(scene, place)


def _lower(scene: Scene, place: Entity) -> bool:
    """Whether the place lies below the part's: what a superior or a stranger has is not adopted here."""
    own = scene.part.place
    return own is not None and place.id != own.id and scene.within(place, own.id)


def _is_frame(scene: Scene, mention: Mention) -> bool:
    before, after = scene.text[: mention.span.start], scene.quiet[mention.span.end :]
    each_its_own = re.search(r"按照?“?$", before) and re.search(r"一.一.", mention.text)
    by_means = re.search(r"(?:依托|借助)“?$", before) and re.match(
        r"”?(?:平台|渠道|项目)?(?:，|为(?!载体)|开展|提供|推进)", after
    )
    return bool(each_its_own or by_means or (_FRAMED.search(before) and _FRAME_END.match(after)))
