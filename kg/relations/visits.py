"""A sentence's parties → who went where to learn: 组织校长赴上海跟岗学习, 柯城区教育局一行到我县考察, 接待信阳市考察团."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.model import Entity, Mention
from kg.patterns import regex
from kg.relations.parties import Party, Passage, acting, home, is_above, is_ours, is_own, names_a_body, stem
from kg.relations.scene import Scene

# ── The words ──────────────────────────────────────────────────────────────────────────────────────────────────────

_GOING = regex(
    r"(?:赴|到|前往|去|来到|到访|走进|莅临|深入|抵达|(?P<at>在)|(?<![年以未历从起本])来)(?:(?:对口|结对)[^，。；]{0,4}的)?$"
)
_LEARNS = r"(?:考察|参观|交流|实地){0,2}(?:学习|取经|跟岗|跟班|观摩|研修|访学|挂职(?:锻炼|学习|交流|培训|研修))"
_SEES = r"考察|培训|挂职"
_SEES_US = rf"{_SEES}|参观|交流"  # visitors who see our schools come to learn; ours who tour a city may be on an outing
_TOPIC = (  # 到我市，就“教联体”工作开展考察; 走进北仑区，考察学习“双减”工作
    r"[^，。；]{0,6}，?(?:并|专题|专程)?(?:就|围绕|针对)[^，。；]{2,40}?"
    r"|[^，。；]{0,8}，(?:实地|专题|重点|先后)?(?=考察|学习|观摩|参观)"
)
_PURPOSE = regex(rf"(?:[^，。；]{{0,14}}?|{_TOPIC})(?:(?P<learns>{_LEARNS})|{_SEES})")
_PURPOSE_HERE = regex(rf"(?:[^，。；]{{0,14}}?|{_TOPIC})(?:(?P<learns>{_LEARNS})|{_SEES_US})")
_TRAINED_THERE = regex(
    r"(?![^，。；]{0,8}全[国省市])[^，。；]{0,12}?(?:跟岗|跟班|研修|挂职(?:锻炼|学习))"
)  # 8名校长在上海跟岗
_LOOKS_INTO = regex(r"[^，。；]{0,4}?(?:调研|考察)")
# They come to teach, to inspect or to trade, or what is studied is no practice.
_NOT_TO_LEARN = regex(
    r"指导|检查|督[导查办]|慰问|验收|评估|支教|送教|讲学|讲课|授课|巡[讲诊]|帮扶|支援|援[疆藏青建助]|招[商聘生募]|投资|洽谈|捐|旅游|赛|研学|会议|大会|贯彻|就读|就业"
)
_A_SPIRIT = regex(r"贯彻|宣传|领会|[^，。；]{0,12}(?:精神|讲话)|的(?:大?学生|孩子)")
_AID = regex(r"对口|帮扶|支援|支教|援[疆藏青]|扶贫|东西部")
_LEARNERS = regex(r"教师|教员|校长|园长|干部|局长|教研|教练|领导|人员|负责人|考察|代表团|书记|[市县区]长|班子")
_NO_LEARNERS = regex(r"学生|考生|运动员|队员|农民|群众|企业|商会|居民|老人|医|选手|病")
_DELEGATION = regex(
    r"一行|考察[团组]|学习[团组]|参观团|代表团|访问团|调研组|率|带队|带领|组团|前来|局长|校长|主任|[市县区州]长|书记|主席|同行|同仁"
)
_NEXT = regex(r"(?:等(?:地|省市|省|市|县)?)?(?:的)?(?:先后|多次|分别|陆续|专程|组团|相继|也)*")
_STUDY_GROUP = regex(r"考察[团组]|学习[团组]|参观团|访问团|(?:人大|政协)[^，。；]{0,24}(?:调研组|一行)")
_BY_SIGN = regex(rf"(?<![年以未历从起本])来(?P<sign>[\u4e00-\u9fff])(?={_LEARNS}|{_SEES_US})")
_TO_US = regex(
    rf"(?:来|到|赴|莅临)我[局委厅县区旗]|(?:前|组团|慕名|专程)来(?=[^，。；]{{0,4}}(?:{_LEARNS}|{_SEES_US}))"
)
_SIGNS = dict(
    pair.split("=") for pair in "穗=广州市 蓉=成都市 榕=福州市 鹭=厦门市 甬=宁波市 邕=南宁市 筑=贵阳市".split()
)
_RECEIVING = regex(r"(?:接待|迎来|接收|承接)(?:了|过)?(?:来自)?$")
_WHO_CAME = regex(r"[^，。；]{0,14}?(?:考察|学习|参观|观摩|跟岗|取经|挂职(?:锻炼|学习))")
_CLASS_OF_THEIRS = regex(r"[^，。；在]{0,24}?(?:跟岗|挂职|研修|培训|访学|学习)[^，。；在]{0,12}在$")
_SAW = regex(r"(?:考察|参观|观摩|调研)(?:了)?$")
_WAS_HELD = regex(r"[^，。；]{0,16}?(?:举行|举办|开班|召开|启动|开营|结业)")


class _Stop(NamedTuple):
    """Whom somebody visits, and where the words stand."""

    hosts: tuple[Mention | None, ...]  # None is the part's own place, which no name tells
    verb: int  # where the verb of going begins
    end: int


# ── The visits ─────────────────────────────────────────────────────────────────────────────────────────────────────


def visits(scene: Scene, named: list[Party]) -> Iterator[Passage]:
    """Each visitor learns from each host."""
    for party in named:
        clause = scene.clause(party.start)
        going = _GOING.search(scene.text, clause.start, party.start)
        if going and going["at"] and not _TRAINED_THERE.match(scene.text, party.end):
            going = None
        if going and not names_a_body(scene, party):
            yield from _visit(scene, named, _Stop(party.members, going.start(), party.end))
        elif not going:
            yield from _told_by_host(scene, named, party)
    if "来" not in scene.text and "我" not in scene.text:
        return
    starts = {party.start for party in named}
    for word in (*_BY_SIGN.finditer(scene.text), *_TO_US.finditer(scene.text)):
        if word.end() - 2 in starts:
            continue  # 我县 is a party
        if "sign" not in word.re.groupindex or _is_our_sign(scene, word["sign"]):
            yield from _visit(scene, named, _Stop((None,), word.start(), word.end()))


def _is_our_sign(scene: Scene, sign: str) -> bool:
    """诸 for 诸暨市, 穗 for 广州市."""
    own = scene.part.place
    return own is not None and (sign in stem(own.name) or _SIGNS.get(sign) == own.name)


def _visit(scene: Scene, named: list[Party], stop: _Stop) -> Iterator[Passage]:
    first = stop.hosts[0]
    here = first is None or is_ours(scene, first)  # 成都七中、石室中学: what is listed with one of ours is ours
    visitors, told = _visitors(scene, named, stop, here=here)
    if visitors is None and here:
        return
    learns = _learns(scene, stop, told, here=here and visitors is not None)
    if learns is None:
        return
    rule = "comes-to-learn" if here else "travels-to-learn"
    for host in stop.hosts:
        for visitor in (None,) if visitors is None else visitors:
            if _may_learn(scene, host, visitor, gladly=learns):
                near = host or visitor
                assert near is not None, "somebody is named"
                yield Passage(_entity(scene, host), _entity(scene, visitor), "LearnsFrom", rule, near)


def _entity(scene: Scene, mention: Mention | None) -> Entity | None:
    return mention.entity if mention is not None else scene.part.place


def _learns(scene: Scene, stop: _Stop, told: str, *, here: bool) -> bool | None:
    """Whether the visit is to learn (学习, 跟岗), or only to see (考察); None where it is for neither."""
    clause_end = scene.clause(max(stop.end - 1, 0)).end
    after = scene.text[stop.end :]
    purpose = (_PURPOSE_HERE if here else _PURPOSE).match(after)
    if purpose is None:
        return False if here and _STUDY_GROUP.search(told) and _LOOKS_INTO.match(after) else None
    learns = purpose["learns"] is not None
    seen = after[: purpose.end()] if learns else after[: max(purpose.end(), clause_end - stop.end)]
    if _NOT_TO_LEARN.search(seen) or _A_SPIRIT.match(after, purpose.end()):
        return None
    if not learns and (_AID.search(scene.text) or "旅游" in told):
        return None
    if _NO_LEARNERS.search(told) and not _LEARNERS.search(told):
        return None
    return learns


def _visitors(scene: Scene, named: list[Party], stop: _Stop, *, here: bool) -> tuple[tuple[Mention, ...] | None, str]:
    """Who goes, None for the part's own place, and the words up to the verb: those directly before it (来自西宁市来诸跟岗的
    校长), the subject of the clause, or the head of a delegation in a clause before (铜山区教育局局长一行12人，到我市考察)."""
    clause = scene.clause(max(stop.verb - 1, 0))
    adjacent = next((p for p in named if p.end <= stop.verb and _NEXT.fullmatch(scene.text, p.end, stop.verb)), None)
    inside = [p for p in named if clause.start <= p.start < stop.verb]
    ours = None if here else next((p for p in inside if all(is_own(scene, m) for m in p.members)), None)
    subject = adjacent or ours or acting(scene, named, clause.start, stop.verb)
    if subject is not None:
        parties = [subject, *(p for p in named if subject.end <= p.start < stop.verb and _is_joined(scene, p))]
        members = tuple(m for party in parties if not names_a_body(scene, party) for m in party.members)
        all_own = bool(members) and all(is_own(scene, m) for m in members)
        return (None if all_own else members), scene.text[subject.start : stop.verb]
    told = scene.text[clause.start : stop.verb]
    before = acting(scene, named, 0, clause.start)
    if before is not None and not all(is_own(scene, m) for m in before.members):
        told_since = scene.text[before.end : stop.verb]
        if _DELEGATION.search(told_since) and _goes_on(scene, named, before, clause.start, here=here):
            return before.members, told_since
    return None, told


def _is_joined(scene: Scene, party: Party) -> bool:
    """霍邱县教育局局长和舒城县教育局局长来我市考察: both come."""
    return scene.text.endswith(("和", "、", "及"), 0, party.start)


def _goes_on(scene: Scene, named: list[Party], subject: Party, until: int, *, here: bool) -> bool:
    """Whether no other party acts before the clause that goes."""
    ids = {m.entity.id for m in subject.members if m.entity}
    between = [m for p in named if subject.end <= p.start < until for m in p.members]
    return all(m.entity is not None and (m.entity.id in ids or (here and is_ours(scene, m))) for m in between)


def _may_learn(scene: Scene, host: Mention | None, visitor: Mention | None, *, gladly: bool) -> bool:
    """A superior who comes to see inspects, and one's own schools teach nobody outside."""
    if host is None or visitor is None:
        other, own = host or visitor, scene.part.place
        if other is None or is_own(scene, other) or is_ours(scene, other):
            return False
        above = own is not None and other.entity is not None and scene.within(own, other.entity.id)
        return gladly or not above
    if host.entity == visitor.entity or (visitor.entity is not None and visitor.entity.name == "中国"):
        return False
    if is_above(scene, host, visitor):
        return False
    return gladly or not is_above(scene, visitor, host)


def _told_by_host(scene: Scene, named: list[Party], guests: Party) -> Iterator[Passage]:
    """接待信阳市考察团, 贵州省校长跟岗培训班在我市开班, 菏泽市考察团考察我市校车管理."""
    clause = scene.clause(guests.start)
    others = [m for m in guests.members if not is_ours(scene, m)]
    own = scene.part.place
    if not others or own is None:
        return
    after = scene.text[guests.end : clause.end]
    came = bool(_RECEIVING.search(scene.text, clause.start, guests.start)) and _WHO_CAME.match(after)
    host = own if came else _host_behind(scene, named, guests, clause.end)
    if host is None or _NOT_TO_LEARN.search(after):
        return
    for visitor in others:
        if visitor.entity is not None and _may_learn(scene, None, visitor, gladly=False):
            yield Passage(host, visitor.entity, "LearnsFrom", "receives-visitors", visitor)


def _host_behind(scene: Scene, named: list[Party], guests: Party, limit: int) -> Entity | None:
    """The place or school of ours that the same clause names as the one where the guests' class was held, or that they saw."""
    host = next((p for p in named if guests.end <= p.start < limit), None)
    if host is None or not is_ours(scene, host.members[0]):
        return None
    between, behind = scene.text[guests.end : host.start], scene.text[host.end : limit]
    held = _CLASS_OF_THEIRS.fullmatch(between) and _WAS_HELD.match(behind)
    saw = _STUDY_GROUP.search(between) and _SAW.search(between)
    if held:  # a class is held at a school, but learns from all
        return home(scene, host.members[0])
    return host.members[0].entity if saw else None
