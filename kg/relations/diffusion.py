"""Sentences → Diffusion: the text itself says that a practice travels from one place to another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.model import Claim, Entity, Kind, Mention, Part, Relation
from kg.patterns import regex
from kg.relations.scene import Scene
from kg.relations.signed import signed
from kg.relations.times import when

_PROMOTING = regex(r"(?:总结|推广|复制|交流|宣传)(?:完善|推广|应用|好|和推广|并推广)?(?:了)?$")
_PRACTICE = regex(r"经验|做法|模式|机制|试点|改革")
_LEARNING = regex(r"(?:学习借鉴|考察学习|学习|借鉴|对标|效仿)(?:了|推广)?$")
_TAKING_OVER = regex(r"(?:引进|引入|复制|移植|吸收|采纳)(?:了|推广)?$")
_GOING = regex(r"(?:赴|到|前往|去|组团赴)$")
_ON_ARRIVAL = regex(r"[^，。；]{0,8}?(?:学习|考察|培训|取经|跟岗|挂职|观摩)")
_PROGRAM_AT_PLACE = regex(r"[”]?(?:培训|跟岗|学习|研修)")
_COMING = regex(
    r"(?:等地)?(?:的)?(?:教育|政府|党政|人大|政协)*(?:代表团|考察团|考察组|参观团|学习团|同行|(?:局|厅|委)?一行(?:\d+(?:余|多)?人)?)?"
    r"(?:一行)?(?:先后|相继|前来|分别|组团|多次|专程|陆续|也)*(?:来|到|赴)(?P<where>我[省市县区州]|我局)?[^，。；]{0,6}?(?:考察|学习|取经|观摩|参观|交流)"
)
_HELPING = regex(r"(?:帮助|支持|援助|协助|指导)$")
_WITH = regex(r"(?:与|同|和|跟)$")
_COOPERATING = regex(
    r"合作|联谊|共建|结对|协作|一体化|友好|联合|共同|教育交流|交流合作|交流与合作|备忘录|共享|结为|协同|携手"
)
_US = r"(?:我[省市县区州]|我局|本[省市县区州])"
_JOINS_US = regex(
    rf"(?:[^，。；]{{0,4}}(?:局|厅|政府|委))?(?:与|同|和){_US}[^，。；]{{0,12}}?(?:签订|续签|签署|建立|结为|结成|缔结|合作|协作|共建|结对)"
)
_AIDS_US = regex(rf"(?:[^，。；]{{0,4}}(?:局|厅|政府|委))?(?:对口(?:帮扶|支援|协作)|结对帮扶)(?:了)?{_US}")
LONG = 2000  # characters
_OF_SCHOOLS = regex(r"教育|学校|办学|教师|校|课程|培训|经验|做法|模式|交流|结对|支教")
_PAIRING = regex(
    r"(?:签订|续签|签署|签约|达成|缔结)[^，。；]{0,16}(?:协议|协定|备忘录)|(?:建立|结成|结为|缔结)[^，。；]{0,12}(?:关系|友好|姊妹)"
)
_SPREAD = signed(
    r"(?:经验|做法|模式|机制|改革|制度|行动|工程)?(?:已|先后|先|被|由|得到|获|受到)?(?:[^，。；]{0,14}?(?:部|厅|局|委|政府|省|市))?"
    r"(?:在|向)全(?P<tier>[国省市县区州])(?:范围内|各地)?(?:进行|予以|得到)?(?:复制|交流|宣传|总结|全面|逐步)*(?:推广|推开|推介)",
    signs="推广 推开 推介",
)
_AID = regex(r"对口|帮扶|支援|援[疆藏青]|扶贫|东西部")  # help to poorer places is no practice that travels
_A_SPEECH = regex(r"[^，。；]{0,8}(?:精神|讲话)")
_ADOPTING = regex(r"[^，。；与]{0,4}(?:推广|实施|推行)")
_CHAIN_JOINT = regex(r"[、和及]|以及")
_ABOUT_A_PRACTICE = regex(r"经验|做法|模式|考察|学习")
_OURS = regex(r"(?:我|本)[省市县区州]")
_OF_SOMETHING_ELSE = regex(
    r"(?:等地?)?(?:的)?(?!先进|成功|典型|有益|好|改革|相关|试点|成熟|办学|教育|学习|培训|考察|经验|做法|模式)[\u4e00-\u9fff]{3,}?(?:经验|做法|模式)"
)
TRAVELS = regex(  # no rule of _travel speaks without one of these
    "引[进入]|复制|移植|吸收|采纳|总结|推[广行]|交流|宣传|学习|借鉴|对标|效仿|考察|培训|取经|跟岗|挂职|观摩|研修|参观|实施"
    "|合作|联谊|共建|结[对为成]|协[作同]|一体化|友好|联合|共同|备忘录|共享|携手|签[订署]|续签|建立|缔结|对口"
)
_Ends = tuple[Entity | None, Entity | None]  # from whom, to whom


class _Travel(NamedTuple):
    """How a practice travels between the part's place and others, as the words around their names tell it."""

    kind: str  # as the ontology calls it: LearnsFrom, Promotes, Cooperates
    rule: str
    to_them: bool = False  # the others receive; else it comes from them
    of_a_program: bool = False  # nothing is said where no programme is named


def diffusions(scene: Scene) -> Iterator[Claim]:
    """推广船山区集团化办学经验 (promotes), 赴上海学习 (learnsFrom), 与坡州市的教育交流 (cooperates)."""
    for group in _groups(scene) if scene.of(Kind.PLACE, Kind.ORGANIZATION) and TRAVELS.search(scene.text) else ():
        others = [m for m in group if m.entity is not None and not _is_own(scene, m.entity)]
        travel = _travel(scene, group, others) if others else None
        program = _program(scene, others[-1]) if travel else None
        if travel is None or (travel.of_a_program and program is None):
            continue
        ends = _to_each(scene, others) if travel.to_them else _from_each(scene, others)
        for origin, receiver in ends:
            yield _claim(scene, origin, receiver, program, travel.kind, travel.rule)
    if scene.of(Kind.PROGRAM):
        yield from _spread(scene)


def _travel(scene: Scene, group: list[Mention], others: list[Mention]) -> _Travel | None:
    """By the words before the list of places, then by those behind it."""
    first, last = group[0], group[-1]
    clause = scene.clause(first.span.start)
    before = scene.text[clause.start : _chain_start(scene, first)]
    after = scene.text[_after_its_office(scene, last) : clause.end]
    below = _are_below(scene, others)
    if _TAKING_OVER.search(before) and _PRACTICE.search(after) and not below:
        return _Travel("LearnsFrom", "takes-over-practice")
    if _PROMOTING.search(before) and _PRACTICE.search(scene.text[last.span.end : clause.end + 12]):
        return _Travel("Promotes", "promotes-practice-of", of_a_program=True)
    if _LEARNING.search(before) and not _A_SPEECH.match(after):
        return _Travel("LearnsFrom", "learns-from-place")
    if _GOING.search(before) and _ON_ARRIVAL.match(after):
        return _Travel("LearnsFrom", "travels-to-learn")
    if before.endswith("”") and _PROGRAM_AT_PLACE.match(after):
        return _Travel("LearnsFrom", "programme-held-at-place")
    only_places = all(m.kind == Kind.PLACE for m in others)
    if only_places and _COMING.match(after):
        return _Travel("LearnsFrom", "comes-to-learn", to_them=True)
    if _HELPING.search(before) and _ADOPTING.match(after) and not scene.is_of_the_nation:
        return _Travel("Promotes", "helps-to-adopt", to_them=True, of_a_program=True)
    return _partnership(scene, first, before, after, below=below) if only_places else None


def _partnership(scene: Scene, first: Mention, before: str, after: str, *, below: bool) -> _Travel | None:
    partner = not _is_no_partner(scene, first)
    if partner and not below and _WITH.search(before) and _COOPERATING.search(after[:20]):
        return _Travel("Cooperates", "cooperates-with-place")
    if partner and _JOINS_US.match(after):
        return _Travel("Cooperates", "place-cooperates-with-us")
    return _Travel("Cooperates", "pairs-with-us") if not below and _AIDS_US.match(after) else None


def _groups(scene: Scene) -> list[list[Mention]]:
    """Lists of places and schools; of names one after the other (浙江省安吉县) the last, no place inside a school's name."""
    schools = [m.span for m in scene.mentions if m.kind in (Kind.ORGANIZATION, Kind.POLICY_DOCUMENT)]
    places = [
        m
        for m in scene.of(Kind.PLACE, Kind.ORGANIZATION)
        if m.kind == Kind.ORGANIZATION or not any(s.start <= m.span.start and m.span.end <= s.end for s in schools)
    ]
    starts = {m.span.start for m in places}
    inner = [m for m in places if m.span.end not in starts]
    groups: list[list[Mention]] = []
    for mention in inner:
        gap = scene.text[groups[-1][-1].span.end : _chain_start(scene, mention)] if groups else ""
        if groups and _CHAIN_JOINT.fullmatch(gap):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _chain_start(scene: Scene, mention: Mention) -> int:
    """Where the names begin of which this one is the last: 浙江省 in 浙江省安吉县."""
    start = mention.span.start
    while before := next((m for m in scene.mentions if m.kind == Kind.PLACE and m.span.end == start), None):
        start = before.span.start
    return start


def _after_its_office(scene: Scene, place: Mention) -> int:
    """Where the name ends that the place opens: behind 教育局 in 荆门市教育局."""
    offices = [m for m in scene.mentions if m.kind == Kind.AGENCY and m.span.start <= place.span.start < m.span.end]
    return max([place.span.end, *(m.span.end for m in offices)])


def _from_each(scene: Scene, origins: list[Mention]) -> Iterator[_Ends]:
    """Each origin with each place that is named as the doer, else with the part's."""
    subjects = scene.subjects_before(_act_start(scene, origins[0]))
    doers = [m.entity for m in subjects if m.kind == Kind.PLACE and m.entity]
    origin_ids = {m.entity.id for m in origins if m.entity}
    receivers: list[Entity | None] = [doer for doer in doers if doer.id not in origin_ids]
    for origin in origins:
        for receiver in receivers or [scene.part.place]:
            yield origin.entity, receiver


def _act_start(scene: Scene, origin: Mention) -> int:
    """Where the verb begins that stands before the origin."""
    clause = scene.clause(origin.span.start)
    before = scene.text[clause.start : _chain_start(scene, origin)]
    for pattern in (_TAKING_OVER, _PROMOTING, _LEARNING, _GOING, _WITH):
        if found := pattern.search(before):
            return clause.start + found.start()
    return origin.span.start


def _to_each(scene: Scene, receivers: list[Mention]) -> Iterator[_Ends]:
    """The part's own place, if it has one, with each receiver."""
    for receiver in receivers if scene.part.place is not None else ():
        yield scene.part.place, receiver.entity


def _program(scene: Scene, place: Mention) -> Entity | None:
    """The programme named nearest in the same clause, or in the sentence where it is the only one."""
    clause = scene.clause(place.span.start)
    programs = list(scene.of(Kind.PROGRAM))
    near = [m for m in programs if clause.start <= m.span.start < clause.end]
    if near:
        return min(near, key=lambda m: (abs(m.span.start - place.span.end), m.span)).entity
    distinct = {m.entity for m in programs}
    if distinct or not _ABOUT_A_PRACTICE.search(scene.text):
        return distinct.pop() if len(distinct) == 1 else None
    return scene.context.topic if not _OF_SOMETHING_ELSE.match(scene.text, place.span.end) else None


def _spread(scene: Scene) -> Iterator[Claim]:
    """霍山县“走教”模式在全市推广, 我县经验被省教育厅在全省推广: from who has it to the larger place."""
    for found in _SPREAD.finditer(scene.quiet):
        clause = scene.clause(found.start())
        programs = {m.entity for m in scene.of(Kind.PROGRAM) if clause.start <= m.span.start < found.end()}
        own = scene.part.place
        to = scene.land.tier_above(own, found["tier"]) if own is not None else None
        if len(programs) != 1 or to is None or scene.looks_ahead:
            continue
        groups = [
            g for g in _groups(scene) if _chain_start(scene, g[0]) == clause.start and g[-1].span.end <= found.start()
        ]
        origins = [m.entity for m in groups[0]] if groups else [own] if _OURS.match(scene.text, clause.start) else []
        for origin in origins:
            if origin is not None and origin.id != to.id:
                yield _claim(scene, origin, to, next(iter(programs)), "Promotes", "practice-spread-over-larger-place")


def _are_below(scene: Scene, places: list[Mention]) -> bool:
    """Whether they all lie in the part's own place."""
    own = scene.part.place
    return own is not None and all(m.entity is not None and scene.within(m.entity, own.id) for m in places)


def _is_own(scene: Scene, place: Entity) -> bool:
    own = scene.part.place
    return place.name == "中国" or (own is not None and own.id == place.id)


@lru_cache(maxsize=64)
def _is_of_other_fields(part: Part) -> bool:
    """Whether schools are a small matter of a long text: a report on the work of a whole government."""
    text = part.text
    return len(text) > LONG and (text.count("教育") + text.count("学校")) * LONG < 6 * len(text)


def _is_no_partner(scene: Scene, place: Mention) -> bool:
    """Help is not cooperation, and a place inside a programme's name (福州新区与平潭…机制) is part of the name."""
    names = (m.span for m in scene.of(Kind.PROGRAM))
    programs = any(True for _ in scene.of(Kind.PROGRAM))
    if not programs and not _OF_SCHOOLS.search(scene.text) and _is_of_other_fields(scene.part):
        return True  # a treaty on trade or rivers is no practice that travels
    aid = _AID.search(scene.text) and not _PAIRING.search(scene.text)
    return bool(aid) or any(n.start <= place.span.start < n.end for n in names)


def _claim(
    scene: Scene, origin: Entity | None, receiver: Entity | None, program: Entity | None, kind: str, rule: str
) -> Claim:
    roles = [("from", origin), ("to", receiver), ("program", program)]
    year, date_kind = when(scene, scene.sentence.span.end - scene.sentence.span.start - 1)
    return Claim(
        Relation.DIFFUSES,
        scene.sentence,
        rule,
        tuple((name, entity) for name, entity in roles if entity is not None),
        (("kind", kind),),
        year=year,
        date_kind=date_kind,
    )
