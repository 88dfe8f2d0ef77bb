"""Sentences → Membership: a programme is a component of another, said in the sentence or by numbered headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.entities.counted_programs import COUNTED, DIGITS, counted_items
from kg.model import Claim, Entity, Kind, Mention, Relation, Sentence
from kg.patterns import regex
from kg.relations.campaigns import contents, vehicles
from kg.relations.components import components, count_up, program_in, program_named
from kg.relations.scene import Scene

_SORTS = "工程|行动|计划|项目|活动|机制|制度|平台|课程|体系"
_NUMBERED_NAME = regex(rf"[一二三四五六七八九十]+[大项个]?(?:{_SORTS})$|^[一二三四五六七八九十]+[个项大]")
_INCLUDES = regex(r"”?(?:建设|改革|工作)?[，（]?(?:即|包括|主要包括|分别是|具体包括|由|涵盖|含)(?=[\u4e00-\u9fff“])")
_TELLS = regex(
    r"”?(?:机制|工程|行动|计划)?(?:建设|改革|工作)?(?P<told>，?即|（即?)|，?(?:主要|具体)?(?:包括|分为|下设|细分为|涵盖)"
)
_SPELT_OUT = regex(
    r"(?:该|这一)(?:行动|工程|计划|机制|制度|项目|活动)?(?:主要)?(?:包括|由|涵盖|分为|下设)|“(?P<short>[^”]{2,4})”即|^(?P<alone>即)"
)
_TELLING = regex("[即（包分下涵由含]")  # a sign of _TELLS or _INCLUDES
_COUNTED_WHOLE = regex("[两二三四五六七八九十][大项个]")
_BEHIND_PLAN = frozenset(("", "中的", "里的", "的", "》"))
_ETC = regex(r"等(?=[\u4e00-\u9fff“])")
_CAMPAIGN = regex(r"等(?:系列|主题|实践)*活动")
_TO_ETC = regex(r"(?:”?[、和][^，。；、和]{0,8})*”?")
_PLAN = regex(r"(?:计划|工程|行动)[”》]?$")
_A_SORT = regex(r"”?(?:子?项目|子?工程|子?计划|行动|课程|培训)")
_PLAN_OR_PAPER = regex(r"(?:计划|规划|纲要|方案|意见)(?:（[^）]*）)?$")
_SETS = regex("，(?:明确|提出|确定)")
_SETS_OUT = regex(r"》?[^，。；]{0,14}，(?:明确|提出|确定)(?:了|要)?(?:实施|推进|开展)[^，。；]{0,60}")
_CHIEF = "(?:重要|主要|核心|关键|重点|有机|一)*"
_A_PART = rf"(?:{_CHIEF}(?:组成部分|部分|子项目|(?:内容|项目|任务|工程|举措)之一)|(?:重要|主要|核心|重点)内容)"


_SIGN_OF_A_PART = regex("部分|子项目|之一|内容|纳入|为载体|为抓手")


class _Frame(NamedTuple):
    """The words around two programmes that make the one a part of the other."""

    before: str
    between: str
    behind: str
    whole_first: bool = False

    def fits(self, before: str, between: str, behind: str) -> bool:
        """Whether these words stand before, between and behind the two."""
        around = re.search(f"(?:{self.before})$", before) and re.match(self.behind, behind)
        return around is not None and re.fullmatch(self.between, between) is not None


_FRAMES = (
    _Frame("", "”?(?:活动|工作|项目)?(?:既?是|作为)", f"”?(?:工作|建设)?的{_A_PART}"),
    _Frame("[将把]", "(?:一并)?纳入", "”?(?:项目|工程|计划)?(?:统筹|一并|整体|同步)(?:实施|推进|建设|安排)"),
    _Frame("作为", f"”?(?:工作|建设)?的{_A_PART}，[^，。；“”]{{0,8}}", "", whole_first=True),
)


def memberships(scene: Scene) -> Iterator[Claim]:
    """A计划“十大工程”: the numbered programme belongs to the plan; X包括A、B、C; “A”“B”等X; “三通”即…; A是X的组成部分."""
    if not scene.mentions and scene.context.topic is None:
        return
    things = list(scene.of(Kind.PROGRAM, Kind.POLICY_DOCUMENT))
    programs = [m for m in things if m.kind is Kind.PROGRAM]
    text = scene.text
    if len(things) > 1:
        yield from _behind_plan(scene, things)
        yield from _set_out(scene, things)
    spelt_out = list(_spelt_out(scene)) if may_spell_out(text) else []
    for whole in programs if _TELLING.search(text) else ():
        if whole.entity is not None:
            told = list(_told(scene, whole, whole.entity))
            spelt_out += told
            if not told and _INCLUDES.match(text, whole.span.end):
                yield from _included(scene, whole, things)
    counted = list(_listed_before(scene)) if programs and _COUNTED_WHOLE.search(text) else []
    yield from counted
    if programs and not counted and "等" in text:
        yield from _such_as(scene, things)
    yield from spelt_out
    if programs and _SIGN_OF_A_PART.search(text):
        yield from _done_by(scene)


def _done_by(scene: Scene) -> Iterator[Claim]:
    """A是X的组成部分; 以A为载体，开展X活动; 以A、B为主要内容的X."""
    yield from _said_to_be_part(scene)
    if "为载体" in scene.text or "为抓手" in scene.text:
        yield from (_claim(scene.sentence, *pair, "vehicle-of-campaign") for pair in vehicles(scene))
    if "内容的" in scene.text:
        yield from (_claim(scene.sentence, *pair, "said-to-be-part") for pair in contents(scene))


def _behind_plan(scene: Scene, things: list[Mention]) -> Iterator[Claim]:
    """A计划“十大工程”, A计划中的B项目, 《A计划》B政策: what stands right behind a plan."""
    for whole, member in pairwise(things):
        gap = scene.text[whole.span.end : member.span.start]
        if gap not in _BEHIND_PLAN:
            continue
        listed = whole.found_by == "listed-in-counted-whole" or scene.text[: whole.span.start].endswith(("、", "”"))
        if member.kind != Kind.PROGRAM or listed or _NUMBERED_NAME.search(_name(whole)):
            continue
        if gap in ("", "中的", "的", "》") and _NUMBERED_NAME.search(_name(member)):
            yield _claim(scene.sentence, member.entity, whole.entity, "numbered-part-of-plan")
        elif member.span.start >= whole.span.end and _is_named_part(scene, whole, member, gap):
            yield _claim(scene.sentence, member.entity, whole.entity, "named-part-of-plan")


def _set_out(scene: Scene, things: list[Mention]) -> Iterator[Claim]:
    """印发《X行动计划》，明确实施A、B、C“三大工程”: the counted whole belongs to the plan."""
    if not _SETS.search(scene.text):
        return
    for whole in (m for m in things if _PLAN_OR_PAPER.search(_name(m))):
        for counted in (m for m in things if m.found_by == "counted-whole" or _NUMBERED_NAME.search(_name(m))):
            if _SETS_OUT.fullmatch(scene.text[whole.span.end : counted.span.start]):
                yield _claim(scene.sentence, counted.entity, whole.entity, "set-out-by-plan")


def _is_named_part(scene: Scene, whole: Mention, member: Mention, gap: str) -> bool:
    """国培计划中的影子校长项目, “国培计划”影子校长子项目, 《乡村教师支持计划》差别化补助政策."""
    behind = scene.text[member.span.end :]
    quoted = whole.text.startswith("“") and member.text.startswith("“")
    if not _PLAN.search(whole.text) or whole.entity == member.entity:
        return False
    if gap in ("中的", "里的"):
        return _A_SORT.match(behind) is not None
    if gap == "》":
        return member.text.endswith(("政策", "项目", "制度"))
    return gap == "" and not quoted and behind.startswith(("子项目", "”子项目"))


def headed_memberships(part: Sequence[tuple[Sentence, tuple[Mention, ...]]]) -> Iterator[Claim]:
    """“十大工程” and ten numbered headings that each open with a 工程: the ten are its members. Any other number says nothing."""
    if not any(mention.found_by == "numbered-heading" for _, mentions in part for mention in mentions):
        return
    for at, (_, mentions) in enumerate(part):
        for whole in mentions:
            counted = COUNTED.search(whole.text) if whole.kind == Kind.PROGRAM else None
            if counted is None or whole.entity is None:
                continue
            members = [
                (sentence, mention)
                for sentence, of_sentence in part[at + 1 :]
                for mention in of_sentence
                if mention.found_by == "numbered-heading" and mention.text.endswith(counted["sort"])
            ]
            if len(members) == DIGITS.index(counted["n"]) and count_up([sentence.text for sentence, _ in members]):
                for sentence, member in members:
                    yield _claim(sentence, member.entity, whole.entity, "headed-items-of-numbered-whole")


def _included(scene: Scene, whole: Mention, things: list[Mention]) -> Iterator[Claim]:
    edge = whole.span.end + 14
    for member in (m for m in things if m.kind == Kind.PROGRAM and m.span.start >= whole.span.end):
        if member.span.start > edge:
            break
        yield _claim(scene.sentence, member.entity, whole.entity, "said-to-include")
        edge = member.span.end + 6


def _listed_before(scene: Scene) -> Iterator[Claim]:
    """学前扩容、高中突破、强师兴教“三大工程”: the three belong to the whole behind them."""
    for act in scene.acts:
        counted = counted_items(scene.text, act.object)
        whole = program_in(scene, counted.whole) if counted else None
        for item in counted.items if counted and whole else ():
            member = program_in(scene, item)
            if member is not None and member != whole:
                yield _claim(scene.sentence, member, whole, "listed-before-counted-whole")


def _such_as(scene: Scene, things: list[Mention]) -> Iterator[Claim]:
    """“A”“B”等X项目: the members stand before 等, the whole right behind it."""
    for etc in _ETC.finditer(scene.quiet):
        named = next((m for m in things if m.kind == Kind.PROGRAM and 0 <= m.span.start - etc.end() <= 2), None)
        campaign = scene.context.section if _CAMPAIGN.match(scene.text, etc.start()) else None
        whole = named.entity if named else campaign
        listed = scene.clause(etc.start())
        for member in (
            m for m in things if m.kind == Kind.PROGRAM and listed.start <= m.span.start and m.span.end <= etc.start()
        ):
            joined = _TO_ETC.fullmatch(scene.text, member.span.end, etc.start())
            if whole is not None and (joined or member.text.startswith("“")) and member.entity != whole:
                yield _claim(scene.sentence, member.entity, whole, "listed-with-such-as")


def _told(scene: Scene, whole: Mention, entity: Entity) -> Iterator[Claim]:
    """“双名工程”（A、B）, “三名”工程，即A、B、C, X分为A、B、C三个子项目: as many items as the name or the list says."""
    word = _TELLS.match(scene.text, whole.span.end)
    if word is not None:
        for item in components(scene.text, word.end(), entity.name, told=word["told"] is not None):
            yield _claim(scene.sentence, program_named(scene, item), entity, "spelt-out-components")


def may_spell_out(text: str) -> bool:
    """Whether one of the words stands here with which a sentence spells out what was spoken of before."""
    return "该" in text or "这一" in text or "”即" in text or text.startswith("即")


def _spelt_out(scene: Scene) -> Iterator[Claim]:
    """该行动包括A、B、C三项内容; “三通”即A、B、C: of what was spoken of before."""
    for word in _SPELT_OUT.finditer(scene.text):
        whole = _named_by(scene, word["short"]) if word["short"] else _spoken_of(scene, word.start())
        named = word["short"] or (whole.name if whole and word["alone"] else "")
        if whole is not None:
            for item in components(scene.text, word.end(), named, told=bool(named)):
                yield _claim(scene.sentence, program_named(scene, item), whole, "spelt-out-components")


def _spoken_of(scene: Scene, at: int) -> Entity | None:
    """The one programme before this place of the sentence, else what the paragraph speaks of."""
    before = {m.entity for m in scene.of(Kind.PROGRAM) if m.span.end <= at}
    if before:
        return before.pop() if len(before) == 1 else None
    return scene.context.topic


def _named_by(scene: Scene, short: str) -> Entity | None:
    """三通两平台 for “三通”: a programme of the sentence, or what the paragraph speaks of."""
    named = [m.entity for m in scene.of(Kind.PROGRAM) if m.entity and short in m.entity.name and m.entity.name != short]
    topic = scene.context.topic if scene.context.topic is not None and short in scene.context.topic.name else None
    return named[0] if named else topic


def _said_to_be_part(scene: Scene) -> Iterator[Claim]:
    """A是X的组成部分; 作为X的重要内容，开展A; 将A纳入X统筹实施."""
    for one, other in pairwise(scene.of(Kind.PROGRAM)):
        around = (
            scene.text[: one.span.start],
            scene.text[one.span.end : other.span.start],
            scene.text[other.span.end :],
        )
        frame = next((frame for frame in _FRAMES if frame.fits(*around)), None)
        if frame is not None and one.entity != other.entity:
            member, whole = (other, one) if frame.whole_first else (one, other)
            yield _claim(scene.sentence, member.entity, whole.entity, "said-to-be-part")


def _name(mention: Mention) -> str:
    return mention.entity.name if mention.entity else ""


def _claim(sentence: Sentence, member: Entity | None, whole: Entity | None, rule: str) -> Claim:
    assert member is not None
    assert whole is not None
    return Claim(
        Relation.PART_OF,
        sentence,
        rule,
        (("member", member), ("whole", whole)),
        year=sentence.part.year,
    )
