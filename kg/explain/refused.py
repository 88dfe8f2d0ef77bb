"""A claim, the mentions of its sentence and its part → what else could have filled its roles, and why it does not.

Only reasons that can be known are given: where the name stands, that it was left open, that another claim has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.entities.acts import shielded
from kg.explain.roles import DATED, Setting, outermost
from kg.explain.sentence import Named
from kg.graph.claims import StoredClaim
from kg.graph.ontology import labels
from kg.model import DateKind, Kind, Span
from kg.reviewed.properties import ROLES
from kg.views.explained import Refused, Role

_CLAUSE_END = re.compile(r"[，。；：！？\n]")
_OPEN = {
    "ambiguous-place": "虽有叫这个名称的地方，文中不能确定是否指地方、指哪一个",
    "agency-that-speaks": "本部分的机构没有确定，不知所指",
    "tier-with-organ": "本部分的地方没有确定，不知是哪里的机构",
}
_YEARS = {
    "deadline": "是期限（到、至、力争……），不是此事的年份",
    "compared": "是用来比较的年份（比、较、同比……）",
    "baseline": "是基数的年份（从……提高到）",
    "name": "写在引号、书名号或括号之内",
    "act": "没有规则取它作此事的年份",
}
_QUOTES = str.maketrans("", "", "“”")


def refused(
    setting: Setting, roles: Sequence[Role], beside: Sequence[StoredClaim], programs: Mapping[str, str]
) -> tuple[Refused, ...]:
    """The alternatives by role, in the order of the roles; `programs` are all names of programmes with the thing they name."""
    found: dict[tuple[str, str], Refused] = {}
    for role in roles:
        for one in _of_role(setting, role, roles, beside, programs):
            found.setdefault((one.role, one.what), one)
    return tuple(found.values())


def _of_role(
    setting: Setting,
    role: Role,
    roles: Sequence[Role],
    beside: Sequence[StoredClaim],
    programs: Mapping[str, str],
) -> Iterator[Refused]:
    kinds = ROLES[setting.claim.relation].get(role.name, ())
    yield from _names(setting, role, kinds, roles, beside)
    if role.name == "place":
        yield from _places_of_the_part(setting, role, beside)
    if role.name == "year":
        yield from _years(setting, beside)
    if Kind.PROGRAM in kinds:
        yield from _shorter(setting.claim, role, programs)


def _names(
    setting: Setting, role: Role, kinds: Sequence[Kind], roles: Sequence[Role], beside: Sequence[StoredClaim]
) -> Iterator[Refused]:
    """The other names of the sentence that are of a kind which may fill the role."""
    taken = set(setting.claim.things.values())
    filled = [(one.name, span) for one in roles for span in one.spans]
    for one in setting.named:
        repeats = any(one.span == span for name, span in filled if name == role.name)
        if one.kind in kinds and one.entity not in taken and not repeats:
            why = (
                _left_open(one)
                or _of_another(one, role, setting.claim, beside)
                or _inside(one, setting.named)
                or _inside_role(one, filled, setting.claim.sentence)
                or _elsewhere(one, setting.claim, beside)
                or _in_another_clause(one, filled, setting.claim.sentence)
            )
            yield Refused(role.name, one.words, why)


def _left_open(one: Named) -> str:
    return "" if one.entity else _OPEN.get(one.found_by, "所指不能确定，没有连到任何事物")


def _of_another(one: Named, role: Role, claim: StoredClaim, beside: Sequence[StoredClaim]) -> str:
    other = next((o for o in beside if o.relation is claim.relation and o.things.get(role.name) == one.entity), None)
    return f"另成一条同类论断：{other.number}" if other else ""


def _inside(one: Named, named: Sequence[Named]) -> str:
    """It is part of a longer name, or the tier above in 上海市普陀区."""
    if holder := outermost(named, one):
        return f"只是一个名称的一部分：{holder.words}"
    next_ = next((o for o in named if one.kind == o.kind == Kind.PLACE and o.span.start == one.span.end), None)
    return f"与下一级地名连写，只取最末一级：{one.words}{next_.words}" if next_ else ""


def _inside_role(one: Named, filled: Sequence[tuple[str, Span]], sentence: str) -> str:
    holders = [(name, s) for name, s in filled if s.start <= one.span.start and one.span.end <= s.end]
    if not holders:
        return ""
    name, span = holders[0]
    return f"在所取的{labels()[name]}之内：{sentence[span.start : span.end]}"


def _elsewhere(one: Named, claim: StoredClaim, beside: Sequence[StoredClaim]) -> str:
    for other in beside:
        name = next((name for name, id_ in other.things.items() if id_ == one.entity), None)
        if name is not None:
            return f"在另一条论断 {other.number}（{labels()[str(other.relation)]}）中是{labels()[name]}"
    return ""


def _in_another_clause(one: Named, filled: Sequence[tuple[str, Span]], sentence: str) -> str:
    """All that can be said of a name that nothing else explains."""
    mine = _clause(sentence, one.span.start)
    elsewhere = filled and all(_clause(sentence, span.start) != mine for _, span in filled)
    return "在另一个分句，没有规则取它" if elsewhere else "没有规则取它"


def _clause(sentence: str, at: int) -> int:
    return sum(1 for _ in _CLAUSE_END.finditer(shielded(sentence), 0, at))


def _places_of_the_part(setting: Setting, role: Role, beside: Sequence[StoredClaim]) -> Iterator[Refused]:
    """The part's own place where another was taken, and what speaks against the one that was decided."""
    decided = setting.decision("place")
    if decided is None or not role.value:
        return
    if decided.value and decided.value != role.value:
        relation, own = setting.claim.relation, decided.value
        also = next((o for o in beside if o.relation is relation and o.told.get("place") == own), None)
        named = f"{'句中' if role.spans else '上下文'}写明的是{role.value}"
        helped = "句中说的是支持、指导下级去做" if setting.claim.rule.startswith("helped-place-") else ""
        yield Refused(
            "place", f"{own}（本部分的地方）", f"另成一条同类论断：{also.number}" if also else helped or named
        )
    elif decided.value:
        for against in setting.part:
            if against.what == "place" and against.against and against.value:
                yield Refused(
                    "place", against.value, f"本部分另有依据指向它，没有采用：{against.rule}（{against.words}）"
                )


def _shorter(claim: StoredClaim, role: Role, programs: Mapping[str, str]) -> Iterator[Refused]:
    """The known programmes whose names lie inside the words that fill the role, each by its longest name."""
    told = {claim.things.get(role.name)}
    words = [claim.sentence[span.start : span.end] for span in role.spans]
    inside = [(name, word) for name in programs for word in words if name in word and name != word.translate(_QUOTES)]
    for name, word in sorted(inside, key=lambda found: (-len(found[0]), found)):
        if programs[name] not in told:
            told.add(programs[name])
            yield Refused(role.name, name, f"包含在更长的名称之内，取最长的：{word}")


def _years(setting: Setting, beside: Sequence[StoredClaim]) -> Iterator[Refused]:
    claim = setting.claim
    taken = {claim.told[name] for name in DATED if name in claim.told}
    for dating in setting.datings:
        if not {str(dating.year), str(dating.last)} & taken:
            words = claim.sentence[dating.span.start : dating.span.end]
            has_it = next((o for o in beside if o.told.get("year") == str(dating.year)), None)
            why = f"是另一条论断 {has_it.number} 的年份" if has_it and dating.use == "act" else _YEARS[dating.use]
            yield Refused("year", words, why)
    own = setting.part_year
    if own is not None and str(own) not in taken and claim.told.get("dateKind") != DateKind.DOCUMENT:
        yield Refused("year", f"{own}（本部分的年份）", "句中或上下文写明了另一个年份")
    for against in setting.part:
        if against.what == "year" and against.against and against.value and against.value not in taken:
            yield Refused(
                "year", against.value, f"本部分另有一处依据指向它，但没有采用：{against.rule}（{against.words}）"
            )
