"""Sentences → Targeting: whom a programme is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.entities.spans import list_items
from kg.model import Claim, Entity, Kind, Mention, Relation, Span
from kg.patterns import regex
from kg.relations.scene import Scene
from kg.relations.target_groups import (
    Group,
    group_at,
    group_inside,
    groups_ending,
    groups_in,
    groups_opening,
    in_need,
    may_end_with_group,
    names_a_person,
    opens_with_person,
)

# The group stands behind the word, the programme in the clause, before it, or in the sentence before.
_SORTS_OF_GROUP = "资助 受助 参训 培训 服务 招生 扶持 帮扶 救助 补助".split()
_FOR = regex(
    r"面向|针对|惠及|覆盖(?!率)|资助(?!对象|标准|资金|政策|体系|面|金|制度|管理)|服务于|重点(?:支持|支援|培训|扶持|帮扶|救助|补助)|扩展到"
    rf"|{'|'.join(f'{sort}对象(?:主要)?[为是]' for sort in _SORTS_OF_GROUP)}"
    r"|对(?=[^，。；]{3,30}?(?:实行|给予|发放|免除|减免))|向(?=[\u4e00-\u9fff]{2,16}(?:开放|倾斜|发放|提供))"
)
# The same, but only of a programme that the sentence itself names …
_FOR_IF_NAMED = regex(r"聚焦|充实到|补充到|安排到|分配到|向(?=[^，。；]{2,16}流动)|以(?=[^，。；]{2,20}?为重点)")
# … and these only where they open a clause or stand right behind the programme.
_DEED = regex(
    r"救助(?!对象|标准|资金|政策|体系|制度)|招收|录取|支持(?=[^，。；]{2,16}?完成学业)|补助(?=[^，。；\d]{2,12}\d)"
)
# The programme is what is done for them, right behind: 为X办理P, 选派X参加P.
_DONE_FOR = regex(
    r"对(?=[^，。；]{2,30}?(?:开展|实施|试行|推行))|为(?=[^，。；]{2,24}?(?:办理|提供|发放|送去|减免|落实))|让(?=[^，。；]{2,20}?(?:享受|享有))"
    rf"|{'|'.join(f'{sent}(?=[^，。；]{{2,20}}?(?:参加|参与))' for sent in ('选派', '组织', '选送', '遴选', '安排'))}"
)
_DEED_OF_ITS_OWN = regex(r"结对(?:帮扶|关爱|帮带|关心)|帮扶|关爱|帮带|关心|培训")  # “代理妈妈”结对帮扶X, P累计培训X
_SUPPORTS = regex("支援|支教")
_OF_NAMED = regex("|".join(p.pattern for p in (_FOR_IF_NAMED, _DONE_FOR, _DEED, _DEED_OF_ITS_OWN, _SUPPORTS)))
_OPENS_CLAUSE = regex(
    r"(?:由[^，。；]{2,10})?(?:[该此]|这一|本)?(?:工程|计划|行动|项目|活动|政策|制度)?(?:主要|重点|全年|年内|今年|将|共|已|累计|先后|可|全部|免费)*"
)
_LEADS_TO_DEED = regex(r"”?(?:活动|项目|工程|计划|行动|志愿者|累计|共|已|先后|主要|广泛|集中)*")
_PHRASE_END = regex(
    r"[，。；：（）]|开展|实施|提供|发放|免费|开放|配备|开设|落实|足额|倾斜|举办|组织|继续|的(?:培训|服务|补助|资助|课程|教育|专项)"
    r"|进行|给予|实行|免除|减免|设立|建立|推出|制定|印发|扩大|办理|送去|参加|参与|都?享[受有]|完成|为重点|试行|推行|流动"
)
_ONLY_FACES = regex(r"(?:为重点|(?:实行|给予|予以)[^，。；]{2,4})?")  # 对X实行免费，开展P
_ATTRIBUTE = regex(r"[^，。；、]{0,2}的")  # 为X提供P式的服务
_TALKED_OF = regex(r"”?(?:政策|工作|改革)?(?:实施|推行|落地)?(?:之?[后前]|以来|期间|背景)")


def targetings(scene: Scene) -> Iterator[Claim]:
    """面向A实施P; P惠及A; 为A办理P; and a group named inside or right before the programme's name: 农村中小学“班班通”工程."""
    named = list(scene.of(Kind.PROGRAM)) if scene.mentions else []
    for mention in named:
        assert mention.entity is not None
        for group, rule in _in_name(scene, mention):
            yield _claim(scene, mention.entity, _entity(group), rule)
    if named or scene.context.topic is not None:
        for word in _FOR.finditer(scene.quiet):
            yield from _said(
                scene, word, _faced(scene, word) or _spoken_of(scene, word.start(), _topic(scene, word.start()))
            )
    if named and _OF_NAMED.search(scene.quiet):
        yield from _of_named(scene)


def _of_named(scene: Scene) -> Iterator[Claim]:
    """What only a programme that the sentence names can be for."""
    for word in _FOR_IF_NAMED.finditer(scene.quiet):
        yield from _said(scene, word, _faced(scene, word) or _spoken_of(scene, word.start(), None))
    for word in _DONE_FOR.finditer(scene.quiet):
        yield from _said(scene, word, _done(scene, word.end()))
    for word in _DEED.finditer(scene.quiet):
        opens = _opens_clause(scene, word.start())
        yield from _said(scene, word, _spoken_of(scene, word.start(), None) if opens else _doing(scene, word.start()))
    for word in _DEED_OF_ITS_OWN.finditer(scene.quiet):
        yield from _said(scene, word, _doing(scene, word.start()))
    yield from _places_supported(scene)


def _said(scene: Scene, word: re.Match[str], programs: tuple[Entity, ...]) -> Iterator[Claim]:
    for program in programs:
        for group in groups_in(scene.text, _phrase(scene, word.end())):
            if group.name != program.name:
                yield _claim(scene, program, _entity(group), "said-whom-it-is-for")


def _phrase(scene: Scene, start: int) -> Span:
    """From the word for whom up to what is done for them."""
    end = _PHRASE_END.search(scene.text, start)
    return Span(start, end.start() if end else len(scene.text))


def _opens_clause(scene: Scene, at: int) -> bool:
    return _OPENS_CLAUSE.fullmatch(scene.text[scene.clause(at).start : at]) is not None


def _topic(scene: Scene, at: int) -> Entity | None:
    """What the paragraph speaks of, unless the clause has a subject of its own: 贸易伙伴覆盖…."""
    return scene.context.topic if _opens_clause(scene, at) else None


def _spoken_of(scene: Scene, at: int, topic: Entity | None) -> tuple[Entity, ...]:
    """The one programme of the clause, of the sentence, or what the paragraph speaks of."""
    clause = scene.clause(at)
    programs = _programs(scene)
    here = {m.entity for m in programs if clause.start <= m.span.start < clause.end}
    alone = {m.entity for m in programs if m.span.end <= at and not _moved_on(scene, m, clause)}
    alone = alone if len({m.entity for m in programs}) == 1 else set()
    chosen = here if len(here) == 1 else alone if programs else {topic}
    return tuple(program for program in chosen if program is not None)


def _moved_on(scene: Scene, program: Mention, clause: Span) -> bool:
    """Whether something else is done between the programme's clause and this one: 推行P，开设托管班，面向…."""
    own = scene.clause(program.span.start).end
    between = (act for act in scene.acts if own <= act.span.start < clause.start)
    return any(not act.has("组织", "安排", "遴选", "选拔") for act in between)


def _faced(scene: Scene, word: re.Match[str]) -> tuple[Entity, ...]:
    """针对X，开展A、B: the programmes with which the next clause opens, where this one only names the group."""
    clause = scene.clause(word.start())
    rest = scene.text[_phrase(scene, word.end()).end : clause.end]
    if word.start() != clause.start or not _ONLY_FACES.fullmatch(rest) or clause.end >= len(scene.text):
        return ()
    following = scene.clause(clause.end + 1)
    act = next((act for act in scene.acts if act.span.start == following.start), None)
    if act is None or scene.text[clause.end] != "，":
        return ()
    named: list[Mention] = []
    for mention in _programs(scene):
        gap = scene.text[named[-1].span.end if named else act.object.start : mention.span.start]
        if act.object.start <= mention.span.start < act.object.end and gap in (
            ("、", "和", "") if named else ("", "“")
        ):
            named.append(mention)
    return tuple(mention.entity for mention in named if mention.entity is not None)


def _done(scene: Scene, start: int) -> tuple[Entity, ...]:
    """The one programme between the group and the end of the clause."""
    end = scene.clause(start).end
    named = [m for m in _programs(scene) if _phrase(scene, start).end <= m.span.start < end]
    behind = {m.entity for m in named if not _ATTRIBUTE.match(scene.text, m.span.end)}
    return tuple(program for program in behind if program is not None) if len(behind) == 1 else ()


def _doing(scene: Scene, at: int) -> tuple[Entity, ...]:
    """The programme right before the deed: “爱心妈妈”结对关爱."""
    before = [m for m in _programs(scene) if m.span.end <= at]
    near = before and _LEADS_TO_DEED.fullmatch(scene.text[before[-1].span.end : at])
    return (before[-1].entity,) if near and before[-1].entity is not None else ()


def _programs(scene: Scene) -> list[Mention]:
    """The programmes of the sentence; of two that overlap the one that the lexicon knows, else the longer."""
    named = list(scene.of(Kind.PROGRAM))
    return [m for m in named if not any(_overlap(m, other) and _rank(other) > _rank(m) for other in named)]


def _overlap(one: Mention, other: Mention) -> bool:
    return one is not other and one.span.start < other.span.end and other.span.start < one.span.end


def _rank(mention: Mention) -> tuple[bool, int]:
    return mention.entity is not None and mention.entity.in_lexicon, len(mention.text)


def _places_supported(scene: Scene) -> Iterator[Claim]:
    """选派教师支援林芝市: the place that the one programme of the sentence is for."""
    for word in _SUPPORTS.finditer(scene.quiet):
        for program in _spoken_of(scene, word.start(), None):
            for place in scene.list_at(word.end()):
                if place.kind is Kind.PLACE and place.entity is not None and place.entity != scene.part.place:
                    yield _claim(scene, program, place.entity, "place-that-is-supported")


def _in_name(scene: Scene, mention: Mention) -> Iterator[tuple[Group, str]]:
    """Whom the name itself names: 乡村教师支持计划, 县城高中面向库区移民子女单招计划, 农村中小学“班班通”工程."""
    yield from _by_the_name(mention.text)
    act = scene.act_on(mention)
    quoted = mention.text.startswith("“")
    before = scene.text[act.object.start if act and act.object.start < mention.span.start else 0 : mention.span.start]
    if quoted and not _TALKED_OF.match(scene.text, mention.span.end):
        yield from ((group, "group-before-quoted-name") for group in groups_ending(before))
    elif not quoted and act is not None and not before.endswith(("、", "和")) and not opens_with_person(mention.text):
        yield from ((group, "groups-listed-before-the-name") for group in _all_groups(scene, mention, before))


@lru_cache(maxsize=4096)
def _by_the_name(name: str) -> tuple[tuple[Group, str], ...]:
    """What a name says wherever it stands."""
    if not names_a_person(name):
        return ()
    inside = group_inside(name)
    opening = tuple((group, "group-opens-the-name") for group in groups_opening(name))
    return (*opening, (inside, "group-in-the-name")) if inside else opening


def _all_groups(scene: Scene, mention: Mention, before: str) -> list[Group]:
    """退役士兵, 失业青年 of 实行退役士兵、失业青年注册入学制度, if there is nothing but groups before the name."""
    if not may_end_with_group(before):
        return []
    items = list_items(scene.text, Span(mention.span.start - len(before), mention.span.start))
    groups = [group for item in items if (group := group_at(scene.text, item)) is not None]
    whole = 0 < len(groups) == len(items) and all(g.span.end == item.end for g, item in zip(groups, items, strict=True))
    return groups if whole and (len(groups) > 1 or in_need(groups[0].name)) else []


def _entity(group: Group) -> Entity:
    return Entity(Kind.TARGET_GROUP, f"target-group/{group.name}", group.name)


def _claim(scene: Scene, program: Entity, group: Entity, rule: str) -> Claim:
    return Claim(
        Relation.TARGETS,
        scene.sentence,
        rule,
        (("program", program), ("group", group)),
        year=scene.part.year,
    )
