"""Sentences → Membership: a programme is a component of another, said in the sentence or by numbered headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from kg.entities.counted_programs import COUNTED, DIGITS, counted_items
from kg.entities.spans import list_items, unwrapped
from kg.model import Claim, Entity, Kind, Mention, Relation, Sentence, Span
from kg.relations.scene import Scene

_SORTS = "工程|行动|计划|项目|活动|机制|制度|平台|课程|体系"
_NUMBERED_NAME = re.compile(rf"[一二三四五六七八九十]+大?(?:{_SORTS})$|^[一二三四五六七八九十]+[个项大]")
_INCLUDES = re.compile(
    r"^”?(?:建设|改革|工作)?[，（]?(?:即|包括|主要包括|分别是|具体包括|由|涵盖|含)(?=[\u4e00-\u9fff“])"
)
_SPELT_OUT = re.compile(
    r"(?:该|这一)(?:行动|工程|计划|机制|制度|项目|活动)?(?:主要)?(?:包括|由|涵盖)|“(?P<short>[^”]{2,4})”即"
)
_COUNT = re.compile(r"(?:等)?(?P<n>[二三四五六七八九十])(?:项|个|大|类|方面)")


def memberships(scene: Scene) -> Iterator[Claim]:
    """A计划“十大工程”: the numbered programme belongs to the plan; X包括A、B、C; “A”“B”等X; “三通”即…."""
    things = list(scene.of(Kind.PROGRAM, Kind.POLICY_DOCUMENT))
    for whole, member in pairwise(things):
        gap = scene.text[whole.span.end : member.span.start]
        listed = whole.found_by == "listed-in-counted-whole" or scene.text[: whole.span.start].endswith(("、", "”"))
        if (
            member.kind == Kind.PROGRAM
            and gap in ("", "中的", "的", "》")
            and _NUMBERED_NAME.search(_name(member))
            and not listed
        ):
            yield _claim(scene.sentence, member.entity, whole.entity, "numbered-part-of-plan")
    for whole in things:
        if whole.kind == Kind.PROGRAM and _INCLUDES.match(scene.text[whole.span.end :]):
            yield from _included(scene, whole, things)
    counted = list(_listed_before(scene))
    yield from counted
    yield from _such_as(scene, things) if not counted else ()
    yield from _spelt_out(scene)
    yield from _vehicles(scene)


def headed_memberships(part: Sequence[tuple[Sentence, tuple[Mention, ...]]]) -> Iterator[Claim]:
    """“十大工程” and ten numbered headings that each open with a 工程: the ten are its members. Any other number says nothing."""
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
            if len(members) == DIGITS.index(counted["n"]):
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
        whole = _program_in(scene, counted.whole) if counted else None
        for item in counted.items if counted and whole else ():
            member = _program_in(scene, item)
            if member is not None and member != whole:
                yield _claim(scene.sentence, member, whole, "listed-before-counted-whole")


def _program_in(scene: Scene, span: Span) -> Entity | None:
    """The programme mentioned within these characters."""
    inside = (m.entity for m in scene.of(Kind.PROGRAM) if span.start <= m.span.start and m.span.end <= span.end)
    return next(inside, None)


def _such_as(scene: Scene, things: list[Mention]) -> Iterator[Claim]:
    """“A”“B”等X项目: the members stand before 等, the whole right behind it."""
    for etc in re.finditer(r"等(?=[\u4e00-\u9fff“])", scene.quiet):
        named = next((m for m in things if m.kind == Kind.PROGRAM and 0 <= m.span.start - etc.end() <= 2), None)
        campaign = scene.context.section if re.match(r"等(?:系列|主题|实践)*活动", scene.text[etc.start() :]) else None
        whole = named.entity if named else campaign
        listed = scene.clause(etc.start())
        for member in (
            m for m in things if m.kind == Kind.PROGRAM and listed.start <= m.span.start and m.span.end <= etc.start()
        ):
            joined = re.fullmatch(r"(?:”?[、和][^，。；、和]{0,8})*”?", scene.text[member.span.end : etc.start()])
            if whole is not None and (joined or member.text.startswith("“")) and member.entity != whole:
                yield _claim(scene.sentence, member.entity, whole, "listed-with-such-as")


def _spelt_out(scene: Scene) -> Iterator[Claim]:
    """该行动包括A、B、C三项内容; “三通”即A、B、C: as many items as the number says, or programmes that are known."""
    for word in _SPELT_OUT.finditer(scene.text):
        whole = scene.context.topic if not word["short"] else _named_by(scene, word["short"])
        end = re.search(r"[。；）]|，(?=“)", scene.text[word.end() :])
        stretch = Span(word.end(), word.end() + end.start() if end else len(scene.text))
        count = _COUNT.search(scene.text, *stretch)
        items = list_items(scene.text, Span(stretch.start, count.start() if count else stretch.end))
        numeral = count["n"] if count else (word["short"] or " ")[0].replace("两", "二")
        if whole is not None and len(items) == DIGITS.find(numeral):
            for item in items:
                yield _claim(scene.sentence, _member(scene, item), whole, "spelt-out-components")


def _named_by(scene: Scene, short: str) -> Entity | None:
    """三通两平台 for “三通”: a programme of the sentence, or what the paragraph speaks of."""
    named = [m.entity for m in scene.of(Kind.PROGRAM) if m.entity and short in m.entity.name and m.entity.name != short]
    topic = scene.context.topic if scene.context.topic is not None and short in scene.context.topic.name else None
    return named[0] if named else topic


def _member(scene: Scene, item: Span) -> Entity:
    """The programme mentioned there, or one of these words."""
    known = _program_in(scene, item)
    name = unwrapped(scene.text[item.start : item.end])
    return known or Entity(Kind.PROGRAM, f"program/{name}", name)


_VEHICLE = re.compile(r"^”?[^，。；“”]{0,8}为(?:载体|抓手)")


def _vehicles(scene: Scene) -> Iterator[Claim]:
    """以“X”为载体 below the heading 深入开展Y活动: X is how Y is done."""
    if scene.context.section is None or not (scene.context.section.written or scene.context.section.name).endswith(
        "活动"
    ):
        return
    for mention in scene.of(Kind.PROGRAM):
        before = scene.text[: mention.span.start]
        if (
            mention.entity != scene.context.section
            and before.endswith("以")
            and _VEHICLE.match(scene.text[mention.span.end :])
        ):
            yield _claim(scene.sentence, mention.entity, scene.context.section, "vehicle-of-campaign")


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
        confidence=Decimal("0.8"),
    )
