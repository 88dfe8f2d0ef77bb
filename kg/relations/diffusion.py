"""Sentences → Diffusion: the text itself says that a practice travels from one place to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from kg.model import Claim, Entity, Genre, Kind, Mention, Relation
from kg.patterns import regex
from kg.relations.parties import Party, Passage, is_ours, names_a_body, others_of, parties, stem
from kg.relations.partners import partnerships
from kg.relations.scene import Scene, covers
from kg.relations.signed import signed
from kg.relations.times import when
from kg.relations.visits import visits

_PROMOTING = regex(r"(?:总结|推广|复制|交流|宣传)(?:完善|推广|应用|好|和推广|并推广)?(?:了)?$")
_PROMOTING_BARE = regex(r"(?:推广|复制)(?:了)?$")
_PRACTICE = regex(r"经验|做法|模式|机制|试点|改革")
_BARE_PRACTICE = regex(r"[^，。；、]{0,12}?(?:经验|做法|模式)")
_LEARNING = regex(
    r"(?:学习借鉴|考察学习|学习考察|观摩学习|参观学习|参观考察|考察观摩|学习|借鉴|对标|效仿|(?P<sees>考察|观摩|参观))(?:了|过|推广)?$"
)
_LOOKS_UP = regex(r"(?:等[^，。；]{0,6}?)?(?:学习|取经|看齐|借鉴)")
_STUDY_GROUP = regex(r"[^，。；]{0,4}(?:考察|学习)[团组]")
_WORTH_LEARNING = regex(r"[^。；]{0,40}?值得(?:我们|我[省市县区局])(?:认真|好好|深入)?(?:学习|借鉴)")
_TAKING_OVER = regex(r"(?:引进|引入|复制|移植|吸收|采纳)(?:了|推广)?$")
_TAKEN_OVER = regex(rf"{_PRACTICE.pattern}|理念|制度")
_PROGRAM_AT_PLACE = regex(r"[”]?(?:培训|跟岗|学习|研修)")
_HELPING = regex(r"(?:帮助|支持|援助|协助|指导)$")
_SPREAD = signed(
    r"(?:经验|做法|模式|机制|改革|制度|行动|工程)?(?:已|先后|先|被|由|得到|获得|获|受到)?(?:[^，。；]{0,14}?(?:部|厅|局|委|政府|省|市))?"
    r"(?:(?<=获)|(?<=获得)|(?<=得到)|在|向|面向)全(?P<tier>[国省市县区州])(?:范围内?|各地|教育系统)?(?:进行|予以|得到)?(?:复制|交流|宣传|总结|学习|全面|逐步)*(?:推广|推开|推介)",
    signs="推广 推开 推介",
)
_EXCHANGED = regex(
    r"(?:经验|做法|模式|典型)(?:已|先后|多次)?(?:在|于)全(?P<tier>[国省市县区州])(?:范围内|会议)?(?:上)?交流"
)
_TAKEN_UP = regex(r"(?:被|获|得到|由)(?P<tier>教育部|国家|国务院|省|市)[^，。；全]{0,10}?(?:推广|推介)")
_SPREADS_ON = regex(r"(?:并|也|还|已|且|被|其|该|相关|作为|得到|获)+[^，。；]{0,16}(?:经验|做法|模式|典型|案例)")
_A_PRACTICE = regex(r"经验|做法|模式|典型|案例")
_OF_OTHERS = regex(r"国家|上级|外地|各地|先进地区|兄弟|小学|中学|幼儿园|该校|镇|乡|村")
_TO_COME = regex(r"将|拟|计划|要|力争|希望")
_SUPERIOR = regex(
    r"全(?P<all>[国省市州])|(?P<office>[省市州])(?:委|政府|教育[厅局委]|教体局)|(?P<nation>教育部|国务院)"
)
_ASKED_TO_LEARN = regex(r"(?:学习|推广|借鉴|复制)(?:了)?$")
_LEAD = regex(r"(?:近年来|近日|今年以来|目前|[\d]{4}年(?:以来)?)，")
_A_SPEECH = regex(r"[^，。；]{0,8}(?:精神|讲话)")
_ADOPTING = regex(r"[^，。；与]{0,4}(?:推广|实施|推行)")
_ABOUT_A_PRACTICE = regex(r"经验|做法|模式|考察|学习")
_OURS = regex(r"(?:我|本)[省市县区州]")
_OF_SOMETHING_ELSE = regex(
    r"(?:等地?)?(?:的)?(?!先进|成功|典型|有益|好|改革|相关|试点|成熟|办学|教育|学习|培训|考察|经验|做法|模式)[\u4e00-\u9fff]{3,}?(?:经验|做法|模式)"
)
TRAVELS = regex(  # no rule speaks without one of these
    "引[进入]|复制|移植|吸收|采纳|总结|推[广行介]|交流|宣传|学习|借鉴|对标|效仿|考察|培训|取经|跟[岗班]|挂职|观摩|研修|访学|参观|实施|调研"
    "|合作|联谊|共建|结[对为成]|协[作同]|一体化|友好|联合|共同|备忘录|共享|携手|牵手|手拉手|签[订署定约]|续签|建立|组建|缔结|达成|对口|办学|托管"
)


def diffusions(scene: Scene) -> Iterator[Claim]:
    """推广船山区集团化办学经验 (promotes), 赴上海学习 (learnsFrom), 与坡州市的教育交流 (cooperates)."""
    named = parties(scene) if scene.of(Kind.PLACE, Kind.ORGANIZATION) and TRAVELS.search(scene.text) else []
    if named:
        yield from _each_once(scene, _passages(scene, named))
    if "推" in scene.text or "交流" in scene.text:
        yield from _spread(scene, named)


def _passages(scene: Scene, named: list[Party]) -> Iterator[Passage]:
    for party in named:
        yield from _told_of(scene, party)
    yield from visits(scene, named)
    yield from partnerships(scene, named)


def _each_once(scene: Scene, passages: Iterable[Passage]) -> Iterator[Claim]:
    """One claim for the same ends, kind and programme; one without a programme only where no other says it with one."""
    claims: dict[tuple[Entity | None, Entity | None, str, Entity | None], Claim] = {}
    for passage in passages:
        program = _program(scene, passage.near)
        nobody = passage.origin is None or passage.origin == passage.receiver
        if nobody or (program is None and passage.of_a_program):
            continue
        ends = (passage.origin, passage.receiver, passage.kind)
        if program is None and any(key[:3] == ends for key in claims):
            continue
        claims.pop((*ends, None), None)
        claims.setdefault((*ends, program), _claim(scene, passage, program))
    yield from claims.values()


# ── A practice told of with the name of its place ──────────────────────────────────────────────────────────────────


def _told_of(scene: Scene, party: Party) -> Iterator[Passage]:
    """推广A经验, 学习A, 引进A模式, “影子校长”A培训, 帮助A推行: by the words before the places, then by those behind them."""
    others, own = others_of(scene, party), scene.part.place
    clause = scene.clause(party.start)
    before, after = scene.text[clause.start : party.start], scene.text[party.end : clause.end]
    if not others:
        yield from _taken_up_above(scene, party, before, after)
    elif _HELPING.search(before) and _ADOPTING.match(after) and own is not None and not scene.is_of_the_nation:
        for helped in others:
            yield Passage(own, helped.entity, "Promotes", "helps-to-adopt", helped, of_a_program=True)
    elif (learnt := _learnt(scene, party, before, after)) is not None:
        verb, rule = learnt
        kind = "Promotes" if rule == "promotes-practice-of" else "LearnsFrom"
        bare = _PROMOTING_BARE.search(before) and _BARE_PRACTICE.match(after)
        for origin, receiver in _from_each(scene, others, clause.start + verb):
            yield Passage(origin, receiver, kind, rule, others[-1], of_a_program=kind == "Promotes" and not bare)


def _learnt(scene: Scene, party: Party, before: str, after: str) -> tuple[int, str] | None:
    """Where the verb stands in the words before, and its rule."""
    below = all(is_ours(scene, m) for m in party.members)
    if (verb := _TAKING_OVER.search(before)) and _TAKEN_OVER.search(after) and not below:
        return verb.start(), "takes-over-practice"
    practice = scene.text[party.members[-1].span.end : scene.clause(party.start).end + 12]
    if (verb := _PROMOTING.search(before)) and _PRACTICE.search(practice):
        return verb.start(), "promotes-practice-of"
    if (verb := _LEARNING.search(before)) and not _A_SPEECH.match(after):
        learns = _ABOUT_A_PRACTICE.search(after) or _STUDY_GROUP.match(before)
        if verb["sees"] and (below or not learns or names_a_body(scene, party)):
            return None  # who sees a place may inspect it
        return verb.start(), "learns-from-place"
    if not below and _WORTH_LEARNING.match(scene.text, party.end):
        return len(before), "learns-from-place"
    if before.endswith("向") and _LOOKS_UP.match(after) and not below:
        return len(before) - 1, "learns-from-place"
    if before.endswith("”") and _PROGRAM_AT_PLACE.match(after):
        return len(before), "programme-held-at-place"
    return None


def _from_each(scene: Scene, origins: list[Mention], act: int) -> Iterator[tuple[Entity | None, Entity | None]]:
    """Each origin with each place that is named as the doer of the act, else with the part's."""
    doers = [m.entity for m in scene.subjects_before(act) if m.kind == Kind.PLACE and m.entity]
    origin_ids = {m.entity.id for m in origins if m.entity}
    receivers: list[Entity | None] = [doer for doer in doers if doer.id not in origin_ids]
    for origin in origins:
        for receiver in receivers or [scene.part.place]:
            yield origin.entity, receiver


def _taken_up_above(scene: Scene, party: Party, before: str, after: str) -> Iterator[Passage]:
    """省教育厅要求学习推广我市教育改革经验: our practice goes to the place of the superior who asks for it."""
    own = scene.part.place
    asked = _SUPERIOR.search(scene.text, 0, party.start)
    if own is None or asked is None or not _ASKED_TO_LEARN.search(before) or not _BARE_PRACTICE.match(after):
        return
    tier = asked["all"] or asked["office"] or "国"
    above = scene.land.tier_above(own, tier)
    if above is not None and above.id != own.id:
        yield Passage(own, above, "Promotes", "own-practice-taken-up-above", party.members[0])


def _program(scene: Scene, place: Mention | None) -> Entity | None:
    """The programme named nearest in the same clause, or in the sentence where it is the only one."""
    if place is None:
        return None
    clause = scene.clause(place.span.start)
    programs = list(scene.of(Kind.PROGRAM))
    near = [m for m in programs if clause.start <= m.span.start < clause.end]
    if near:
        return min(near, key=lambda m: (abs(m.span.start - place.span.end), m.span)).entity
    distinct = {m.entity for m in programs}
    if distinct or not _ABOUT_A_PRACTICE.search(scene.text):
        return distinct.pop() if len(distinct) == 1 else None
    return scene.context.topic if not _OF_SOMETHING_ELSE.match(scene.text, place.span.end) else None


# ── A practice that spreads over a larger place ────────────────────────────────────────────────────────────────────


def _spread(scene: Scene, named: list[Party]) -> Iterator[Claim]:
    """霍山县“走教”模式在全市推广, 我县经验被省教育厅在全省推广: from who has it to the larger place."""
    own = scene.part.place
    if own is None:
        return
    told = [pattern.finditer(scene.quiet) for pattern in (_SPREAD, *((_EXCHANGED, _TAKEN_UP) if named else ()))]
    for found in chain.from_iterable(told):
        clause = scene.clause(found.start())
        to = scene.land.tier_above(own, found["tier"] if len(found["tier"]) == 1 else "国")
        start = _speaks_from(scene, clause.start)
        program = _only_program(scene, start, found.end())
        words = scene.text[clause.start : found.end()]
        if scene.looks_ahead and (scene.part.genre is not Genre.NEWS or _TO_COME.search(words)):
            continue
        if to is None or not (program or _A_PRACTICE.search(words)):
            continue
        first = next((p for p in named if p.start == start and p.end <= found.end()), None)
        origins = list(first.members) if first else []
        ours = (
            _OURS.match(scene.text, start)
            or _named_after_us(own, words)
            or _is_implied(scene, program, found.start(), words)
        )
        entities = [m.entity for m in origins] or ([own] if ours else [])
        for origin in entities:
            if origin is not None and origin.id != to.id and scene.within(origin, to.id):
                passage = Passage(origin, to, "Promotes", "practice-spread-over-larger-place", None)
                yield _claim(scene, passage, program)


def _named_after_us(own: Entity, words: str) -> bool:
    """长葛模式 is of 长葛市."""
    return any(f"{stem(own.name)}{practice}" in words for practice in ("经验", "模式", "做法"))


def _is_implied(scene: Scene, program: Entity | None, end: int, words: str) -> bool:
    """“走教制”经验在全省推广: where nobody is named before, a text on what was done speaks of the place's own practice."""
    actors = scene.of(Kind.PLACE, Kind.ORGANIZATION, Kind.AGENCY)
    if program is None or any(actor.span.start < end for actor in actors):
        return False
    return bool(_A_PRACTICE.search(words)) and not _OF_OTHERS.search(words)


def _only_program(scene: Scene, start: int, end: int) -> Entity | None:
    """The one programme of the stretch, of nested names the longest."""
    named = [m for m in scene.of(Kind.PROGRAM) if start <= m.span.start < end]
    whole = {m.entity for m in named if not any(covers(other, m) for other in named)}
    return whole.pop() if len(whole) == 1 else None


def _speaks_from(scene: Scene, clause: int) -> int:
    """Where the sentence names who has the practice: this clause, or the first one if this goes on (并作为典型经验在全市推广)."""
    if not _SPREADS_ON.match(scene.text, clause):
        return clause
    lead = _LEAD.match(scene.text)
    return lead.end() if lead else 0


def _claim(scene: Scene, passage: Passage, program: Entity | None) -> Claim:
    roles = [("from", passage.origin), ("to", passage.receiver), ("program", program)]
    year, date_kind = when(scene, scene.sentence.span.end - scene.sentence.span.start - 1)
    return Claim(
        Relation.DIFFUSES,
        scene.sentence,
        passage.rule,
        tuple((name, entity) for name, entity in roles if entity is not None),
        (("kind", passage.kind),),
        year=year,
        date_kind=date_kind,
    )
