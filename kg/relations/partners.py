"""A sentence's parties → who works together: 与上海市徐汇区教育局签署协议, 我市一中与重庆八中结对, 引进北京八中合作办学."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.model import Entity, Kind, Mention, Part
from kg.patterns import regex
from kg.relations.parties import Party, Passage, acting, home, is_above, is_ours, names_a_body
from kg.relations.scene import Scene

# ── The words ──────────────────────────────────────────────────────────────────────────────────────────────────────

_WITH = regex(r"(?:与|同|和|跟)$")
_AGREEMENT = r"(?:签订|续签|签署|签定|签约|达成|缔结)[^。；]{0,40}?(?:协议|协定|备忘录|合作|协作|友好|共建)|签约"
_PAIRED = r"结对|结[为成]|手拉手|(?:建立|缔结)[^，。；]{0,14}(?:关系|友好|姊妹)|共建|(?:组建|建立)[^，。；]{0,10}(?:联盟|共同体)"
_BOUND = regex(rf"{_AGREEMENT}|{_PAIRED}")  # partners, though one helps the other
_COOPERATING = regex(
    rf"{_PAIRED}|合作|联谊|协作|一体化|友好|联合|共同|教育交流|交流与合作|备忘录|共享|协同|携手|签订|续签|签署|签定|签约|达成|缔结"
)
_NEAR = 20  # characters behind a partner in which the word of cooperation stands
_THEN_SIGNED = regex(
    r"[^，。；]{0,12}，(?:并|双方|还|现场|共同|正式)*(?:签订|签署|签定|续签)[^，。；]{0,24}(?:协议|协定|备忘录)"
)
_GOING = regex(r"(?:赴|前往|到)$")
_WENT_AND_SIGNED = regex(
    r"[^，。；]{0,12}(?:学习|考察|交流|调研|访问)[^，。；]{0,10}，?(?:并|现场|还)+(?:与[^，。；]{2,12})?(?:签订|签署)[^。；]{0,24}(?:协议|协定|备忘录)"
)
_AIDS_US = regex(
    r"(?:[^，。；]{0,4}(?:局|厅|政府|委))?(?:对口(?:帮扶|支援|协作)|结对帮扶|结对共建)(?:了)?我[省市县区州]"
)
_PAIRS_WITH = regex(r"(?:结对(?:帮扶|共建|支援|支教)?|托管帮扶)(?:了)?$")
_JOINING = regex(r"(?:携手|联手|牵手|联合)(?:了)?$")
_DOES = regex(r"[^，。；]{0,6}?，?(?:共建|开展|举办|打造|推进|实施|成立|创办|组建|探索)")
_TOGETHER = regex(
    r"(?:等[^，。；]{0,14}?)?(?:[两双三四五][市县区省地校方](?:（[市县区]）)?(?:教育局|教体局|政府)?)?(?:的?校长)?(?:还|共同|现场|正式|成功|先后|分别|再次|已|又|联合)*"
    r"(?:(?:签订|续签|签署|签定)[^。；]{0,40}?(?:协议|协定|备忘录|合作|协作)|缔结|结成|结为|结对(?:帮扶)?(?:[^，。；]{0,8}协议|共建|办学)|开展[^，。；]{0,4}结对|[^，。；]{0,16}签约(?:仪式|活动))"
)
_BRINGING_IN = regex(r"(?:引进|引入|携手|牵手|联手|依托)(?:了)?$")
_RUNS_A_SCHOOL = regex(r"[^，。；]{0,16}?(?:合作|联合)(?:办学|举办|开办|共建|创办)")
_COMES_TO_RUN = regex(r"[^，。；]{0,20}?(?:来|到|在|落户)我[省市县区州](?:开展|进行|举办)?(?:合作|联合)?办学")
_AID = regex(r"对口|帮扶|支援|援[疆藏青]|扶贫|东西部")  # help to poorer places is no practice that travels
_OF_SCHOOLS = regex(r"教育|学校|办学|教师|校|课程|培训|经验|做法|模式|交流|结对|支教")
LONG = 2000  # characters


# ── The partners ───────────────────────────────────────────────────────────────────────────────────────────────────


def partnerships(scene: Scene, named: list[Party]) -> Iterator[Passage]:
    """Each partner with the one of whom the text speaks."""
    for party in named:
        clause = scene.clause(party.start)
        before, after = scene.text[clause.start : party.start], scene.text[party.end : clause.end]
        rule = _with_another(scene, party, before, after)
        if rule is not None:
            yield from _both(scene, _left_of(scene, named, party, clause.start), party, rule)
        elif len(party.members) > 1 and _TOGETHER.match(after) and not _is_no_partner(scene, party, after):
            yield from _among(scene, party)
        elif any(not is_ours(scene, m) for m in party.members):
            others = [m for m in party.members if not is_ours(scene, m)]
            yield from _with_us(scene, others, party, before, after)


def _with_another(scene: Scene, party: Party, before: str, after: str) -> str | None:
    """The rule by which the party is somebody's partner: 与A合作, 结对帮扶A."""
    if _PAIRS_WITH.search(before) and not after.startswith("的") and not _is_no_partner(scene, party, before + after):
        return "pairs-with-place"
    if _JOINING.search(before) and _DOES.match(scene.text, party.end) and not _is_no_partner(scene, party, after):
        return "cooperates-with-place"
    if _GOING.search(before) and _WENT_AND_SIGNED.match(scene.text, party.end):
        return None if _is_no_partner(scene, party, "签订") else "cooperates-with-place"
    if not _WITH.search(before):
        return None
    found = _COOPERATING.search(after[:_NEAR])
    bound = found is None and _THEN_SIGNED.match(scene.text, party.end)
    if not (found or bound) or _is_no_partner(scene, party, after if found else "签约"):
        return None
    return "cooperates-with-place"


def _left_of(scene: Scene, named: list[Party], party: Party, start: int) -> Party | None:
    """Who stands before 与: the subject of the clause, else of the sentence where the partner is our own place."""
    left = acting(scene, named, start, party.start)
    if left is None and all(is_ours(scene, m) for m in party.members):
        left = acting(scene, named, 0, start)
    return left


def _both(scene: Scene, left: Party | None, right: Party, rule: str) -> Iterator[Passage]:
    """The one of whom the text speaks is the part's own, else the place that has a school as partner, else the subject."""
    own = scene.part.place
    if left is None:
        others = [m for m in right.members if not is_ours(scene, m)]
        yield from (_passage(m, own, rule) for m in others if not _holds_us(scene, m))
        return
    if names_a_body(scene, left):
        return
    lefts, rights = [any(is_ours(scene, m) for m in p.members) for p in (left, right)]
    left_is_place, right_is_place = [p.members[0].kind is Kind.PLACE for p in (left, right)]
    open_ends = own is None and left_is_place and right_is_place
    if (lefts and rights) or open_ends:
        return
    schools_first = right_is_place and not left_is_place
    giver, taker = (left, right) if rights or (not lefts and schools_first) else (right, left)
    if rights and rule == "cooperates-with-place":
        rule = "place-cooperates-with-us"
    for receiver in taker.members:
        for origin in giver.members:
            if origin.entity != receiver.entity and not is_above(scene, origin, receiver):
                yield _passage(origin, receiver.entity, rule)


def _among(scene: Scene, party: Party) -> Iterator[Passage]:
    """鄂州市教育局、黄冈市教育局签订协议: the part's own with each other one; where it is open, a school's with the place."""
    ours = [m for m in party.members if is_ours(scene, m)]
    if not ours and scene.part.place is None and party.members[0].kind is not Kind.PLACE:
        places = [m for m in party.members if m.kind is Kind.PLACE]
        ours = [m for m in party.members if len(places) == 1 and home(scene, m) == places[0].entity]
    for origin in party.members if ours else ():
        for receiver in ours if origin not in ours else ():
            yield _passage(origin, receiver.entity, "partners-sign")


def _with_us(scene: Scene, others: list[Mention], party: Party, before: str, after: str) -> Iterator[Passage]:
    """福州市对口帮扶我市, 引进北京八中合作办学, 北京景山学校到我省合作办学."""
    own = scene.part.place
    if _AIDS_US.match(after):
        rule = "pairs-with-us"
    elif (_BRINGING_IN.search(before) and _RUNS_A_SCHOOL.match(after)) or _COMES_TO_RUN.match(after):
        if _is_no_partner(scene, party, "合作办学"):
            return
        rule = "runs-schools-with-us"
    else:
        return
    yield from (_passage(m, own, rule) for m in others if not _holds_us(scene, m))


def _passage(origin: Mention, receiver: Entity | None, rule: str) -> Passage:
    return Passage(origin.entity, receiver, "Cooperates", rule, origin)


def _holds_us(scene: Scene, other: Mention) -> bool:
    own = scene.part.place
    return (
        own is not None and other.entity is not None and other.kind is Kind.PLACE and scene.within(own, other.entity.id)
    )


def _is_no_partner(scene: Scene, party: Party, after: str) -> bool:
    """Help is not cooperation, and a place inside a programme's name (福州新区与平潭…机制) is part of the name."""
    names = [m.span for m in scene.of(Kind.PROGRAM)]
    if names_a_body(scene, party):
        return True
    clause = scene.clause(party.start)
    program_near = any(clause.start <= n.start < clause.end for n in names)
    if not program_near and not _speaks_of_schools(scene, party.members) and _is_of_other_fields(scene.part):
        return True  # a treaty on trade or rivers is no practice that travels
    aid = _AID.search(scene.text) and not _BOUND.search(after)
    return bool(aid) or any(n.start <= party.members[0].span.start < n.end for n in names)


def _speaks_of_schools(scene: Scene, members: Sequence[Mention]) -> bool:
    """Whether the sentence is about schools, but for the names of the parties themselves."""
    text = scene.text
    for member in members:
        text = text.replace(member.text, "")
    return _OF_SCHOOLS.search(text) is not None


@lru_cache(maxsize=64)
def _is_of_other_fields(part: Part) -> bool:
    """Whether schools are a small matter of a long text: a report on the work of a whole government."""
    text = part.text
    return len(text) > LONG and (text.count("教育") + text.count("学校")) * LONG < 6 * len(text)
