"""A claim, the mentions of its sentence and its part → what else could have filled its roles, and why it does not.

Only reasons that can be known are given: where the name stands, that it was left open, that another claim has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.entities.acts import shielded
from kg.explain.roles import Setting, outermost
from kg.explain.sentence import Named
from kg.graph.claims import StoredClaim
from kg.model import DateKind, Kind, Relation, Span
from kg.reviewed.properties import ROLES
from kg.views.explained import Refused, Role

_CLAUSE_END = re.compile(r"[，。；：！？\n]")
_OPEN = {
    "ambiguous-place": "同名的地方不止一个，文中不能确定是哪一个",
    "agency-that-speaks": "本部分的机构没有确定，不知所指",
    "tier-with-organ": "本部分的地方没有确定，不知是哪里的机构",
}
_YEARS = {
    "deadline": "是期限（到、至、力争……），不是此事的年份",
    "compared": "是用来比较的年份（比、较、同比……）",
    "baseline": "是基数的年份（从……提高到）",
    "in-a-name": "写在引号、书名号或括号之内",
    "act": "规则没有把它读作此事的年份",
}
_NATION = "中国"


def refused(
    setting: Setting,
    roles: Iterable[Role],
    beside: Iterable[StoredClaim],
    labels: Mapping[str, str],
    programs: Iterable[str] = (),
) -> tuple[Refused, ...]:
    """The alternatives by role, in the order of the roles; `programs` are all names of programmes that the graph knows."""
    told = tuple(roles)
    others = tuple(beside)
    found: list[Refused] = []
    for role in told:
        if role.name == "year":
            found += _years(setting, others)
        elif role.name in ROLES[setting.claim.relation]:
            found += _names(setting, role, told, others, labels)
            found += _of_the_part(setting, role, others)
            if Kind.PROGRAM in ROLES[setting.claim.relation][role.name]:
                found += _shorter(setting, role, programs)
    return tuple(dict.fromkeys(found))


def _names(
    setting: Setting, role: Role, roles: tuple[Role, ...], others: tuple[StoredClaim, ...], labels: Mapping[str, str]
) -> Iterator[Refused]:
    """The other names of the sentence that are of a kind which may fill the role."""
    claim = setting.claim
    taken = set(claim.things.values())
    kinds = ROLES[claim.relation][role.name]
    near = [span for one in roles for span in one.spans]
    for one in setting.named:
        if one.kind in kinds and one.entity not in taken and not _repeats(one, role):
            why = _why(setting, one, role, others, labels) or _left(claim.sentence, one.span, near, labels[role.name])
            yield Refused(role.name, one.words, why)


def _repeats(one: Named, role: Role) -> bool:
    return any(span.start <= one.span.start and one.span.end <= span.end for span in role.spans) and not one.entity


def _why(
    setting: Setting, one: Named, role: Role, others: tuple[StoredClaim, ...], labels: Mapping[str, str]
) -> str | None:
    if not one.entity:
        return _OPEN.get(one.found_by, "所指不能确定，没有连到任何事物")
    if has_it := _claim_with(others, setting.claim.relation, role.name, one.entity):
        return f"另成一条同类论断：{has_it.number}"
    holder = outermost(setting.named, one)
    if holder is not None:
        return f"只是名称“{holder.words}”的一部分"
    for other in others:
        name = next((name for name, id_ in other.things.items() if id_ == one.entity), None)
        if name is not None:
            return f"在另一条论断 {other.number}（{labels[str(other.relation)]}）中是{labels[name]}"
    return None


def _claim_with(others: Iterable[StoredClaim], relation: Relation, role: str, entity: str) -> StoredClaim | None:
    return next((o for o in others if o.relation is relation and o.things.get(role) == entity), None)


def _left(sentence: str, span: Span, near: list[Span], label: str) -> str:
    """What can be said of a name that no other reason explains: its clause, and that no rule took it."""
    mine = _clause(sentence, span.start)
    elsewhere = near and all(_clause(sentence, other.start) != mine for other in near)
    return f"{'在另一个分句，' if elsewhere else ''}规则没有把它读作这里的{label}"


def _clause(sentence: str, at: int) -> int:
    return sum(1 for _ in _CLAUSE_END.finditer(shielded(sentence), 0, at))


def _of_the_part(setting: Setting, role: Role, others: tuple[StoredClaim, ...]) -> Iterator[Refused]:
    """The part's own place where the sentence names another, and what speaks against the place that was taken."""
    if role.name != "place":
        return
    decided = setting.decision("place")
    if decided and decided.value and role.value and decided.value != role.value:
        also = next(
            (o for o in others if o.relation is setting.claim.relation and o.told.get("place") == decided.value), None
        )
        helped = "句中说的是支持、指导别处去做" if setting.claim.rule.startswith("helped-place-") else ""
        why = f"另成一条同类论断：{also.number}" if also else helped or f"句中写明的是{role.value}"
        yield Refused("place", f"{decided.value}（本部分的地方）", why)
    for against in setting.part:
        if against.what == "place" and against.against and against.value and role.value == (decided and decided.value):
            yield Refused(
                "place", against.value, f"本部分另有一处依据指向它，但较弱：{against.rule}（{against.words}）"
            )


def _shorter(setting: Setting, role: Role, programs: Iterable[str]) -> Iterator[Refused]:
    """The known programmes whose names lie inside the words that fill the role."""
    own = setting.claim.texts.get(role.name, frozenset())
    words = {setting.claim.sentence[span.start : span.end] for span in role.spans}
    for name in sorted(set(programs) - own, key=lambda name: (-len(name), name)):
        holder = next((word for word in sorted(words) if name in word and len(name) < len(word.strip("“”"))), None)
        if holder is not None:
            yield Refused(role.name, name, f"包含在更长的名称“{holder.strip('“”')}”之内，取最长的名称")


def _years(setting: Setting, others: tuple[StoredClaim, ...]) -> Iterator[Refused]:
    claim = setting.claim
    taken = {claim.told.get("year"), claim.told.get("yearTo")}
    for dating in setting.datings:
        if str(dating.year) not in taken:
            words = claim.sentence[dating.span.start : dating.span.end]
            has_it = next((o for o in others if o.told.get("year") == str(dating.year)), None)
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
