"""Names of programmes → pairs of names that may be one programme, likeliest first.

Two names are compared by what is left without place, marks and generic words (计划, 改革, 管理 …), and only where they
share something rare, so that the work grows with the number of names and not with that of their pairs. Names that
differ in a number, phase, tier or stage of schooling are two programmes of one series and never a pair.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.patterns import regex
from kg.texts.numerals import number_of

MOST_SHARING = 40  # a bigram of more names than this says nothing
RAREST = 6  # bigrams of a name by which its partners are sought
LEAST = 0.55

_MARKS = regex(r"[\s“”‘’《》〈〉「」『』\"'（）()·、，,—\-]")
_DURATION = regex(r"[一二两三四五六七八九十\d]+年(?=行动|计划|规划|攻坚|工程|提升)")
_PHASE = regex(r"第?[一二三四五六七八九十\d]+(?:期|轮|批|届|阶段)(?:工程)?|第[一二三四五六七八九十\d]+")
_NUMBER = regex(r"[一二三四五六七八九十百千万〇零\d]+")
_GENERIC = regex(
    r"专项|行动|计划|规划|工程|项目|改革|试点|制度|机制|体系|模式|活动|创建|建设|管理|工作|政策|推进|实施|实验|试验|"
    r"发展|提升|综合|全面|全国|国家|等|的"
)
_CONTRASTS = tuple(
    frozenset(group.split())
    for group in (
        "国家级 省级 市级 县级 区级 校级 乡级",
        "学前 小学 初中 高中 大学 高校 义务教育 职业 中职 高职 特殊教育 幼儿园 民办 老年 成人",
        "城市 农村 乡村 城镇 县城",
        "教师 校长 学生 家长 班主任 园长",
    )
)
_TWO = str.maketrans({"两": "二", "〇": "零", "首": "一"})


@dataclass(frozen=True, slots=True)
class Form:
    """One name of a thing, prepared to be compared."""

    thing: int
    name: str
    core: str
    bigrams: frozenset[str]
    sign: tuple[object, ...]  # what two names of one thing have in common


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two things by their numbers in the list, how alike they are (0–1), and by which of their names."""

    one: int
    other: int
    score: float
    names: tuple[str, str]
    why: str


def core_of(name: str, places: Collection[str] = ()) -> str:
    """What tells a name from others: 大连市“县管校聘”管理改革 → 县管校聘; the whole name where nothing would be left."""
    bare = _without_place(name, places)
    core = _GENERIC.sub("", _PHASE.sub("", bare))
    return core if len(core) >= 2 else bare


def sign_of(name: str, places: Collection[str] = ()) -> tuple[object, ...]:
    """Numbers, phase, tier and stage of schooling: 第三期学前教育行动计划 → 3 … 学前."""
    bare = _without_place(name, places).translate(_TWO)
    numbers = tuple(sorted(_arabic(number) for number in _NUMBER.findall(bare)))
    said = tuple(frozenset(word for word in group if word in bare) for group in _CONTRASTS)
    return (numbers, *said)


def alike(names: Sequence[Sequence[str]], places: Collection[str] = ()) -> list[Likeness]:
    """The pairs of things that may be one, each thing given by its names; likeliest first, ties in order of the names."""
    forms = [_form(n, name, places) for n, of_thing in enumerate(names) for name in dict.fromkeys(of_thing)]
    sharing = Counter(bigram for form in forms for bigram in form.bigrams)
    weight = {bigram: math.log(1 + len(forms) / count) for bigram, count in sharing.items()}
    years = [frozenset(said for name in of_thing for said in _DURATION.findall(name)) for of_thing in names]
    best: dict[tuple[int, int], Likeness] = {}
    for one, other in _near(forms, sharing):
        found = _compared(forms[one], forms[other], weight)
        if found is not None and _no_other(years[found.one], years[found.other]):
            pair = found.one, found.other
            if pair not in best or (best[pair].score, found.names) < (found.score, best[pair].names):
                best[pair] = found
    return sorted(best.values(), key=lambda pair: (-pair.score, pair.names))


def _without_place(name: str, places: Collection[str]) -> str:
    """Without marks, a place in front, and a duration that only says what sort of plan it is (三年行动计划)."""
    bare = _MARKS.sub("", name)
    place = next((bare[:end] for end in range(min(len(bare) - 2, 8), 1, -1) if bare[:end] in places), "")
    return _DURATION.sub("", bare.removeprefix(place))


def _form(thing: int, name: str, places: Collection[str]) -> Form:
    core = core_of(name, places)
    return Form(thing, name, core, frozenset(core[i : i + 2] for i in range(len(core) - 1)), sign_of(name, places))


def _near(forms: Sequence[Form], sharing: Counter[str]) -> Iterator[tuple[int, int]]:
    """Pairs of forms of different things that share one of their rarest bigrams, and each with the first of its core."""
    holders: dict[str, list[int]] = defaultdict(list)
    firsts: dict[tuple[object, ...], int] = {}
    seen: set[tuple[int, int]] = set()
    for n, form in enumerate(forms):
        first = firsts.setdefault((form.core, form.sign), n)
        if forms[first].thing != form.thing:
            seen.add((first, n))
            yield first, n
        shared = [b for b in form.bigrams if 1 < sharing[b] <= MOST_SHARING]
        for bigram in sorted(shared, key=lambda b: (sharing[b], b))[:RAREST]:
            holders[bigram].append(n)
    for bigram in sorted(holders):
        for pair in combinations(holders[bigram], 2):
            if pair not in seen and forms[pair[0]].thing != forms[pair[1]].thing:
                seen.add(pair)
                yield pair


def _compared(one: Form, other: Form, weight: dict[str, float]) -> Likeness | None:
    """How alike two names are, if they may be one thing at all."""
    if not _agree(one.sign, other.sign):
        return None
    both = sum(weight[b] for b in one.bigrams & other.bigrams)
    mine, its = (sum(weight[b] for b in form.bigrams) for form in (one, other))
    overlap, jaccard = both / min(mine, its), both / (mine + its - both)
    score = 0.5 * overlap + 0.5 * jaccard
    why = "shared words"
    if one.core == other.core:
        score, why = 1.0, "same but for generic words"
    elif one.core in other.core or other.core in one.core:
        score, why = max(score, 0.5 + 0.45 * jaccard), "one name in the other"
    elif _abbreviates(one.core, other.core) or _abbreviates(other.core, one.core):
        score, why = score + 0.25, "one name shortens the other"
    if score < LEAST:
        return None
    first, second = sorted((one, other), key=lambda form: form.thing)
    return Likeness(first.thing, second.thing, min(round(score, 3), 1.0), (first.name, second.name), why)


def _agree(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """The same numbers, and no two different tiers or stages."""
    if one[0] != other[0]:
        return False
    return all(not mine or not its or mine == its for mine, its in zip(one[1:], other[1:], strict=True))


def _no_other(mine: frozenset[str], its: frozenset[str]) -> bool:
    """Whether the durations that two things are said to have can be those of one."""
    return not mine or not its or not mine.isdisjoint(its)


def _abbreviates(short: str, long: str) -> bool:
    """体艺2+1 and 体育艺术2+1: the characters of the one stand in the other in their order."""
    if not 3 <= len(short) < len(long) or (short[0], short[-1]) != (long[0], long[-1]):
        return False
    rest: Iterable[str] = iter(long)
    return all(sign in rest for sign in short)


def _arabic(number: str) -> str:
    value = number_of(number)
    return number if value is None else str(value)
