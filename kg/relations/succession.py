"""Sentences → Succession: a programme or document follows an earlier one of its series, said or implied by its ordinal or period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, permutations

from kg.entities.spans import unwrapped
from kg.model import Claim, Entity, Kind, Mention, Relation
from kg.patterns import regex
from kg.relations.scene import Scene
from kg.relations.series import (
    LONGEST_SIGN,
    Round,
    has_ordinal,
    may_be_of_a_series,
    one_before,
    round_of,
    version_before,
    with_phase_behind,
)

_OF_ITS_YEAR = regex(r"关于|(?:方案|通知|办法|细则)(?:（[^）]*）)?$")
_NEWER_FIRST = frozenset(("代替", "取代", "替代"))
_RENAMED = regex(
    r"(?:统一)?(?:更名为|改名为|升级为|调整为|整合为|合并为|归并为|修订为|替换为|过渡到|代之以)|代替|取代|替代"
    r"|[由被](?=[^，。；由被]{2,24}(?:代替|取代|替代))"
)
_REPLACES = regex("更名为|改名为|升级为|调整为|整合为|合并为|归并为|修订为|替换为|过渡到|代之以|代替|取代|替代")
_NEVER = regex(r"(?:不得|不能|不可|不应|不准|不宜|严禁|禁止|防止|避免|杜绝|难以|无法)[^，。；]*$")
_LEADS_ON = regex(r"”?(?:[^，。；]{0,6}|[^，。；]{0,4}，(?:今年|去年|现|已|20\d\d年|全面|正式)*)")
_JOINT = regex(r"[”》]?(?:（[^）]*）)?(?:[、和与及]|以及)?[“《]?")
_JOINT_OF_REPEALED = regex(r"》(?:（[^）]*）)?(?:、|和|以及)[^。；《》]{0,90}《")
_UPGRADED = regex(r"”?[^，。；]{0,4}基础上，?(?:全面|进一步|正式|统一)?升级(?:建设|打造|实施|推出|为|成)?“?")
_IN_FORCE = regex(r"》?[^，；。《]{0,30}(?:施行|执行|实施|生效)")
_REPEALED = regex(
    r"》?(?:（[^）]*）)?，?(?:同时|相应|即行|自本(?:条例|办法|规定|细则|方案|意见|规程|章程)[^，。；]{0,8}之日起)?(?:废止|停止执行)"
)
_OWN_TITLE = regex(r"[^《》]{2,60}(?P<sort>条例|办法|规定|细则|方案|意见|规程|章程)")
_QUOTE = regex(r"“([^”\d、，。]{3,14})”")
_AND = regex(r"[》”]?[与和][《“]?")
_DOVETAIL = regex(r"[》”]?(?:实施|工作)?的?(?:有效|有机|平稳)?衔接")


def successions(scene: Scene) -> Iterator[Claim]:
    """第三期 follows 第二期, 2.0 the first version (inferred); （2017—2020年） follows （2014—2016年）; A更名为B, B代替A (said)."""
    things = list(scene.of(Kind.PROGRAM, Kind.POLICY_DOCUMENT)) if scene.mentions else []
    if not things:
        return
    text = scene.text
    if any(may_be_of_a_series(_written_and_known(scene, m)) for m in things):
        for mention in things:
            yield from _implied(scene, mention)
        yield from _next_rounds(scene, things)
    if "衔接" in text:
        yield from _dovetailed(scene, things)
    if _REPLACES.search(text):
        yield from _said(scene, things)
    if "升级" in text:
        yield from _upgraded(scene, things)
    if "废止" in text or "停止执行" in text:
        yield from _repealed(scene)


def _implied(scene: Scene, mention: Mention) -> Iterator[Claim]:
    """What the number in or behind one name implies."""
    assert mention.entity is not None
    if mention.kind is Kind.POLICY_DOCUMENT and _OF_ITS_YEAR.search(mention.entity.name):
        return  # who knows what the notice before was called
    written = unwrapped(mention.text)
    behind = scene.text[mention.span.end :]
    if (name := one_before(mention.entity.name)) and has_ordinal(mention.text):
        earlier = _named(mention.entity, name, one_before(written))
        yield _claim(scene, mention.entity, earlier, "ordinal-implies-predecessor", inferred=True)
    elif mention.kind is Kind.PROGRAM and (later := with_phase_behind(written, behind)):
        later_one, earlier = _named(mention.entity, later, later), _named(mention.entity, one_before(later))
        yield _claim(scene, later_one, earlier, "ordinal-implies-predecessor", inferred=True)
    elif name := version_before(mention.entity.name):
        yield _claim(scene, mention.entity, _named(mention.entity, name), "version-implies-predecessor", inferred=True)


def _named(entity: Entity, name: str, written: str = "") -> Entity:
    """One of the same kind with another name."""
    return replace(entity, id=f"{entity.id.partition('/')[0]}/{name}", name=name, number=None, written=written)


def _name(mention: Mention) -> str:
    return mention.entity.name if mention.entity else ""


def _written_and_known(scene: Scene, mention: Mention) -> str:
    """A name as it is written, with the phase or period that may stand behind it, and as it is known."""
    behind = scene.text[mention.span.end : mention.span.end + LONGEST_SIGN]
    return f"{unwrapped(mention.text)}\n{behind}\n{_name(mention)}"


def _rounds(scene: Scene, mention: Mention) -> set[Round]:
    """The rounds that a name tells as it is written, and as it is known."""
    told = (round_of(unwrapped(mention.text), scene.text[mention.span.end :]), round_of(_name(mention)))
    return {found for found in told if found is not None}


def _next_rounds(scene: Scene, things: list[Mention]) -> Iterator[Claim]:
    """Two names of one series where the one begins when the other is over: “六五”普法 and “七五”普法."""
    known = [(mention, told) for mention in things for told in _rounds(scene, mention)]
    for (older, before), (newer, after) in permutations(known, 2):
        if before.series == after.series and before.next_begins == after.begins:
            yield from _follows(scene, newer, older, "next-round-of-a-series", inferred=True)
    for newer, after in known:
        here = any(told.series == after.series and told.next_begins == after.begins for _, told in known)
        alone = newer.entity and not here and (has_ordinal(newer.entity.name) or round_of(newer.entity.name))
        if newer.entity and alone and (name := after.before_in(scene.part.text)):
            yield _claim(scene, newer.entity, _named(newer.entity, name), "next-round-of-a-series", inferred=True)


def _dovetailed(scene: Scene, things: list[Mention]) -> Iterator[Claim]:
    """第三期行动计划与“十四五”提升计划的衔接: both are rounds of something, the first is over."""
    for older, newer in pairwise(things):
        joined = _AND.fullmatch(scene.text[older.span.end : newer.span.start])
        rounds = all(has_ordinal(m.text) or _rounds(scene, m) for m in (older, newer))
        if joined and rounds and _DOVETAIL.match(scene.text, newer.span.end):
            yield from _follows(scene, newer, older, "rounds-to-be-dovetailed", inferred=True)


def _said(scene: Scene, things: list[Mention]) -> Iterator[Claim]:
    """A、B整合为C, C代替A、B, A由C取代: the one follows all of the list."""
    for word in _RENAMED.finditer(scene.quiet):
        before = [m for m in things if m.span.end <= word.start()][::-1]
        after = [m for m in things if m.span.start >= word.end()]
        if not before or _NEVER.search(scene.quiet[: word.start()]):
            continue
        leads_on = _LEADS_ON.fullmatch(scene.text[before[0].span.end : word.start()])
        if not leads_on or (after and after[0].span.start - word.end() > 6):
            continue
        if not after:
            yield from _given_new_name(scene, word, before[0])
            continue
        newer, older = (before, after) if word[0] in _NEWER_FIRST else (after, before)
        for mention in _listed(scene, older):
            yield from _follows(scene, newer[0], mention, "says-it-replaces")


def _given_new_name(scene: Scene, word: re.Match[str], older: Mention) -> Iterator[Claim]:
    """A升级为“B”, where nothing but the quotes makes B a name."""
    quoted = _QUOTE.match(scene.text, word.end())
    if quoted and word[0].endswith("为") and older.kind is Kind.PROGRAM and older.entity:
        newer = Entity(Kind.PROGRAM, f"program/{quoted[1]}", quoted[1])
        if newer.name != older.entity.name:
            yield _claim(scene, newer, older.entity, "says-it-replaces", inferred=False)


def _listed(scene: Scene, outwards: list[Mention], joint: re.Pattern[str] = _JOINT) -> list[Mention]:
    """The nearest thing, and those that a list joins to it."""
    found = outwards[:1]
    for mention in outwards[1:]:
        left, right = sorted((found[-1], mention), key=lambda m: m.span.start)
        if not joint.fullmatch(scene.text[left.span.end : right.span.start]):
            break
        found.append(mention)
    return found


def _upgraded(scene: Scene, things: list[Mention]) -> Iterator[Claim]:
    """在A基础上，升级建设B."""
    for older, newer in pairwise(things):
        opens = scene.text[: older.span.start].endswith(("在", "在“"))
        if opens and _UPGRADED.fullmatch(scene.text[older.span.end : newer.span.start]):
            yield from _follows(scene, newer, older, "says-it-replaces")


def _repealed(scene: Scene) -> Iterator[Claim]:
    """《新办法》自…施行，《旧办法》同时废止: the one that comes into force, or this text itself, follows what is repealed."""
    documents = list(scene.of(Kind.POLICY_DOCUMENT))
    last = next((m for m in documents if _REPEALED.match(scene.text, m.span.end)), None)
    if last is None:
        return
    in_force = [m for m in documents if _IN_FORCE.match(scene.text, m.span.end) and m.span.end <= last.span.start]
    start = in_force[0].span.end if in_force else 0
    named = [m for m in documents if start <= m.span.start <= last.span.start]
    gone = _listed(scene, named[::-1], _JOINT_OF_REPEALED)
    newer = in_force[0].entity if len(in_force) == 1 else None if in_force else _this_text(scene)
    for older in gone:
        if newer is not None and older.entity is not None and older.entity.name != newer.name:
            yield _claim(scene, newer, older.entity, "repeals-the-earlier-one", inferred=False)


def _this_text(scene: Scene) -> Entity | None:
    """The document that the part is, where it speaks of itself: 本办法自…起施行 in a part titled …办法."""
    part = scene.part
    title = re.search(r"《([^《》]+)》", part.title)
    name = title[1] if title and part.title.endswith("通知") else part.title
    own = _OWN_TITLE.fullmatch(name)
    speaks = own is not None and re.search(f"本{own['sort']}(?:自|从|于|由|印发|发布|公布)", part.text) is not None
    return Entity(Kind.POLICY_DOCUMENT, f"policy-document/{name}", name) if speaks else None


def _follows(scene: Scene, newer: Mention, older: Mention, rule: str, *, inferred: bool = False) -> Iterator[Claim]:
    """The claim, if both are of one kind and not the same."""
    if newer.kind is older.kind and newer.entity and older.entity and newer.entity != older.entity:
        yield _claim(scene, newer.entity, older.entity, rule, inferred=inferred)


def _claim(scene: Scene, successor: Entity, predecessor: Entity, rule: str, *, inferred: bool) -> Claim:
    return Claim(
        Relation.SUCCEEDS,
        scene.sentence,
        rule,
        (("successor", successor), ("predecessor", predecessor)),
        (("inferred", inferred),),
        year=scene.part.year,
    )
