"""Sentences → Goal: a quantified target or achievement, with indicator, operator, value, unit and year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from typing import NamedTuple

from kg.model import Claim, DateKind, Entity, Genre, Kind, Literal, Relation, Span
from kg.patterns import regex
from kg.relations.counts import A_NUMBER, Count, counts_in
from kg.relations.indicators import (
    BARE,
    RATES,
    completed,
    indicator_of,
    is_a_norm,
    items_sharing,
    rates_sharing,
    stripped_left,
)
from kg.relations.scene import Scene
from kg.relations.times import deadline_before, five_years, is_announced, period_of_plan, when

_LONGEST_OPERATOR = 20  # characters before a number
_COMPARES = regex("[于过破少低多大在到超]")
_OPERATOR_BEFORE = (
    (
        regex(r"(?:不低于|不少于|最低|不得低于|不得少于|不小于)(?:[^，。；\d]{2,14}的)?$|至少[^，。；、\d]{0,6}$"),
        ">=",
    ),
    (regex(r"(?:不超过|不得超过|不高于|控制在|降到|最多|不大于|压缩到|不多于)$"), "<="),
    (regex(r"(?:超过|突破|高于|大于|多于|超)(?:了)?$"), ">"),
    (regex(r"(?:低于|小于|少于)$"), "<"),
)
_OPERATOR_AFTER = ((regex(r"(?:及|或)?以上"), ">="), (regex(r"(?:及|或)?(?:以内|以下)"), "<="))
_HOLDS_A_COUNT = regex(r"\d(?<!\d\d)\d*(?:\.\d+)?[万亿]?(?:所|个|名|人(?!及?以上)|%)")
_DIGIT = regex(r"\d")
_OF_WHICH = regex(r"其中，?(?P<some>[\u4e00-\u9fff]{2,4}?)(?:占|为|有)?$")
_FULLY = regex(
    r"(?:实现|推进|推动|推行|确保|达到|做到)(?:了)?(?P<what>[^，。；：]{3,24}?)(?:的)?全覆盖"
    r"|(?:^|(?<=[，。；：]))(?P<of>[^，。；：]{3,24}?)(?:已|要|将)?(?:实现|达到|做到)(?:了)?(?:“[^”]*”)?全覆盖"
)
_ALSO_EACH = regex(r"(?:为|达到|达|是)(?:了)?$")
_GOES_ON = regex(r"(?:以上|以内|左右|以下)?(?:[、和与及]|以及)(?:不低于|超过|约)?")
_TO_BE = regex(r"将|要|力争|争取(?!到)|确保|计划(?=新|完|投|建|招)|拟|到20\d\d年|下一步|目标|未来|努力")
_EACH = regex(
    r"，?分别(?:(?:比|较)[^，。；\d]{0,6}|同比)?(?:为|占|达到|达|是|提高到|增加到|不低于|超过|控制在|(?P<grows>增长|提高|下降|增加|减少))?(?:了)?$"
)
_EACH_OF_THEM = regex("各|均|都|分别|每|共有")
_TOWARDS = tuple("在对向为与给从到由把将以")
_STILL_TO_BE = regex(r"力争|争取(?!到)|拟|(?:今年|年内|明年)计划")
_BY_NOW = regex(r"目前|已(?:经)?(?:建成|完成|达)|现有")
_NOT_FULLY = regex(r"基本|尚未|没有|未能|逐步|扩大|接近|有条件")


class _Measured(NamedTuple):
    """A count, what its words say it measures, and the places listed before it that it tells of."""

    at: int  # which of the counts of the sentence
    what: Count
    indicator: str
    places: Sequence[Entity]


def goals(scene: Scene) -> Iterator[Claim]:
    """One claim per counted thing whose indicator is unmistakable, and per place where a list of places leads the clause."""
    if scene.part.genre is Genre.REGULATION:
        return  # fines and distances are no targets
    if A_NUMBER.search(scene.text) and (counts := list(counts_in(scene))):
        yield from _of_counts(scene, counts)
    if "全覆盖" in scene.text:
        yield from _full_coverages(scene)


def _of_counts(scene: Scene, counts: Sequence[Count]) -> Iterator[Claim]:
    shared = _distributed(scene, counts)
    for at, count, words, places in _measured(scene, counts):
        for indicator in shared.get(at, (words,)):
            if 2 <= len(indicator) <= 40 and not _HOLDS_A_COUNT.search(indicator):
                for place in places or (scene.part.place,):
                    yield _counted(scene, count, indicator, place)


def _measured(scene: Scene, counts: Sequence[Count]) -> Iterator[_Measured]:
    """What each count measures; what one leaves out, its verb or its subject, is that of the count before it."""
    subject = ""
    before: list[Count] = []
    starts = {mention.span.start for mention in scene.mentions}
    told_of: tuple[Span, Sequence[Entity]] = (Span(0, 0), ())
    for at, whole in enumerate(counts):
        if is_a_norm(scene, whole):
            continue
        places, left = _leading_places(scene, whole, starts)
        if places or whole.clause != told_of[0]:
            told_of = (whole.clause, places)  # 山丹县投入1860万元改造学校17所 tells twice of it
        count, places = whole._replace(left=left) if left != whole.left else whole, told_of[1]
        words = indicator_of(scene, count, subject)
        some = _OF_WHICH.fullmatch(count.left)
        if subject and ((places and not words) or some):
            words = (some["some"] if some else "") + subject  # 新建幼儿园38所，其中无为县15所, 其中民办6所
        words = completed(_with_items_before(scene, count, words), scene, count, before, subject)
        yield _Measured(at, count, words, places)
        before.append(count)
        if "率" in words or count.unit not in RATES:
            subject = words or subject


def _with_items_before(scene: Scene, count: Count, words: str) -> str:
    """新建学校、幼儿园 for 幼儿园 in 新建学校、幼儿园19所: the items before it that have no number of their own."""
    if words not in BARE:
        return words
    before = scene.text[count.clause.start : count.span.start - len(count.left)]
    if not before.endswith("、") or _DIGIT.search(before):
        return words
    return stripped_left(before + count.left)


def _distributed(scene: Scene, counts: Sequence[Count]) -> dict[int, tuple[str, ...]]:
    """Indicators of a list by the index of the count: one each (A率、B率分别达到90%和80%), or all at once (A率、B率均达到100%).

    Where 分别 has fewer or more values than things, none of them is sure.
    """
    shared: dict[int, tuple[str, ...]] = {}
    each_its_own = "分别" in scene.text
    for at, count in enumerate(counts):
        following = [at, *_following(scene, counts, at)]
        if not each_its_own and len(following) == 1 and count.unit not in RATES:
            continue
        start = count.clause.start
        words = scene.text[start : count.span.start]
        each = _EACH.search(words) if each_its_own else None
        alike = _ALSO_EACH.search(words) if each is None and len(following) > 1 else None
        if alike and (rates := rates_sharing(words[: alike.start()])):
            fits = len(rates) == len(following)
            shared |= {index: (rates[n],) if fits else () for n, index in enumerate(following)}
        elif each:
            items = [] if scene.list_at(start) else items_sharing(words[: each.start()])
            fits = len(items) == len(following)
            shared |= {
                index: (f"{items[n]}{each['grows'] or ''}",) if fits else () for n, index in enumerate(following)
            }
        elif count.unit in RATES and at not in shared and (rates := rates_sharing(words)):
            shared[at] = rates
    return shared


def _following(scene: Scene, counts: Sequence[Count], at: int) -> Iterator[int]:
    """The counts that follow one in a bare list: 、80%和75%以上."""
    for index in range(at + 1, len(counts)):
        if not _GOES_ON.fullmatch(scene.text, counts[index - 1].span.end, counts[index].span.start):
            break
        yield index


def _full_coverages(scene: Scene) -> Iterator[Claim]:
    """实现责任督学挂牌督导全覆盖: a rate of 100 %."""
    for found in _FULLY.finditer(scene.text):
        clause = scene.clause(found.start())
        told = found["what"] or found["of"]
        if _NOT_FULLY.search(scene.text, *clause) or told.count("“") != told.count("”"):
            continue
        words = stripped_left(told).removesuffix("实现")
        if len(words) >= 3 and not _HOLDS_A_COUNT.search(words):
            count = Count(Decimal(100), "", "%", Span(*found.span()), "", "", clause)
            yield _claim(scene, count, f"{words}覆盖率", scene.part.place, "=", "full-coverage")


def _leading_places(scene: Scene, count: Count, starts: Set[int]) -> tuple[Sequence[Entity], str]:
    """The places that open the clause of the count, and the words left of the number without them.

    The places in which the part's own lies are none of them: 广州市示范性高中2所 in a text of 越秀区 counts in 越秀区.
    `starts` is where the mentions of the sentence begin.
    """
    start = count.span.start - len(count.left)
    opening = start + 2 if count.left.startswith("其中") else start
    listed = scene.list_at(opening) if opening in starts else ()
    if not listed:
        return (), count.left
    if scene.text[start - 1 : start] in ("、", "和"):
        listed = (*scene.list_ending_with(listed[0])[:-1], *listed)  # the count's words begin inside the list
    inner = [m for m in listed if m.kind == Kind.PLACE and m.entity is not None]
    own = scene.part.place
    if not inner or len(inner) != len(listed) or inner[-1].span.end > count.span.start:
        return (), count.left
    if scene.text.startswith("等", inner[-1].span.end):
        return (), count.left  # 甘棠镇、藕团乡等5所中心幼儿园 counts over all of them
    places = [m.entity for m in inner if m.entity is not None and (own is None or m.entity.id != own.id)]
    if own is not None and any(scene.within(own, place.id) for place in places):
        return (), count.left
    left = scene.text[inner[-1].span.end : count.span.start].removeprefix("各")
    if len(inner) > 1 and not _EACH_OF_THEM.search(scene.text, inner[-1].span.end, count.span.start):
        return (), left  # 金川镇、样子哨镇2所中心园: two in all
    if scene.text[inner[0].span.start - 1 : inner[0].span.start] in _TOWARDS:
        return (), left.removeprefix("的")  # 为A区、B区的320所学校接入光纤: it is done for them
    return places, left


def _operator(scene: Scene, count: Count) -> str:
    text, at, end = scene.text, count.span.start, count.span.end
    start = max(0, at - _LONGEST_OPERATOR)
    if _COMPARES.search(text, start, at):
        for pattern, operator in _OPERATOR_BEFORE:
            if pattern.search(text, start, at):
                return operator
    for pattern, operator in _OPERATOR_AFTER:
        if pattern.match(text, end):
            return operator
    return ">=" if count.more or count.top is not None else "="


def _counted(scene: Scene, count: Count, indicator: str, place: Entity | None) -> Claim:
    rule = "percentage-indicator" if count.unit == "%" else "counted-indicator"
    return _claim(scene, count, indicator, place, _operator(scene, count), rule)


def _claim(scene: Scene, count: Count, indicator: str, place: Entity | None, operator: str, rule: str) -> Claim:
    told = _Told(five_years(scene, count.span.start), period_of_plan(scene, count.span.start))
    year, date_kind = _year(scene, count, told)
    kind = _kind(scene, count, year, told)
    roles: list[tuple[str, Entity]] = [("place", place)] if place else []
    program = _program(scene, count)
    if program is not None:
        roles.append(("program", program))
    return Claim(
        Relation.GOAL,
        scene.sentence,
        rule,
        tuple(roles),
        _values(count, indicator, operator, kind),
        year=year,
        date_kind=date_kind,
    )


def _values(count: Count, indicator: str, operator: str, kind: str) -> tuple[tuple[str, Literal], ...]:
    """What is known of the count; what it leaves open is not among them."""
    values: list[tuple[str, Literal]] = [("indicator", indicator), ("operator", operator), ("value", count.value)]
    if count.top is not None:
        values.append(("valueTo", count.top))
    if measure := count.scale + count.unit:
        values.append(("unit", measure))
    values += ("kind", kind), ("baseValue", count.base_value)
    if count.unit:
        values.append(("baseUnit", count.unit))
    if count.baseline is not None:
        values.append(("baseline", count.baseline))
    return tuple(values)


class _Told(NamedTuple):
    """The years of the five-year plan of which a place of the sentence tells, and the last year of the plan told there."""

    five_years: tuple[int, int] | None
    period: int | None


def _year(scene: Scene, count: Count, told: _Told) -> tuple[int | None, DateKind | None]:
    at = count.span.start
    own = scene.part.year
    year, kind = when(scene, at, state=True)
    if told.five_years is not None and kind is not DateKind.STATED and own is not None and told.five_years[1] < own:
        return told.five_years[1], DateKind.STATED  # “十五”期间 in a text of 2006
    deadline = told.period if told.period is not None else deadline_before(scene, at)
    if deadline is not None:
        return deadline, DateKind.STATED
    if scene.context.deadline is not None and kind is not DateKind.STATED and scene.looks_ahead:
        return scene.context.deadline, DateKind.STATED
    return year, kind


def _kind(scene: Scene, count: Count, year: int | None, told: _Told) -> str:
    own, clause = scene.part.year, count.clause
    if year is not None and own is not None and year > own:
        return "Planned"
    if told.five_years is not None and own is not None and told.five_years[1] < own:
        return "Achieved"
    if told.period is not None or is_announced(scene, count.span.start):
        return "Planned"
    if scene.looks_back:
        return "Planned" if _STILL_TO_BE.search(scene.quiet, *clause) else "Achieved"
    if scene.looks_ahead and scene.part.genre is not Genre.NEWS:
        return "Achieved" if _BY_NOW.search(scene.quiet, *clause) else "Planned"
    words = scene.quiet[clause.start : clause.end]
    done = "了" in words or "已" in words or not _TO_BE.search(scene.quiet, 0, clause.end)
    return "Achieved" if done else "Planned"


def _program(scene: Scene, count: Count) -> Entity | None:
    start, end = count.clause
    named = [
        m.entity for m in scene.mentions if m.kind is Kind.PROGRAM and m.entity is not None and start <= m.span[0] < end
    ]
    return named[0] if named and all(entity == named[0] for entity in named[1:]) else None
