"""StoredClaim → markup: a line in a list, or the heart of its own page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.graph.claims import StoredClaim
from kg.graph.iris import thing_iri
from kg.graph.ontology import labels
from kg.model import Relation
from kg.reviewed.properties import ROLES, VALUES
from kg.serve.pages.frame import THINGS, cut, in_ascii, link, local_path, named
from kg.serve.pages.words import role_words
from kg.views.from_graph import DETAILS, ENDS, OPERATORS
from kg.views.page import escape
from kg.views.words import CLAIMS, DATE_KINDS, LINKS, STATUSES

_DIFFUSES = {  # kind → who stands before the verb, and who behind it
    "LearnsFrom": (("to",), "学习借鉴", ("from",)),
    "Promotes": (("from",), "的做法推广到", ("to",)),
    "Cooperates": (("to",), "合作", ("from",)),
}
OPEN = '<span class="quiet">（不详）</span>'


def claim_list(claims: Sequence[StoredClaim], base: str) -> str:
    """A list, in the order given."""
    return f'<ul class="claims">{"".join(_item(claim, base) for claim in claims)}</ul>'


def _item(claim: StoredClaim, base: str) -> str:
    status = claim.told.get("status", "")
    return (
        f'<li><div class="when">{escape(year_of(claim)) or "年份不详"}'
        f"<small>{escape(STATUSES.get(status, status)) if status else ''}</small></div>"
        f"<div><p>{says(claim)}</p><blockquote>{named(claim.sentence)}</blockquote>"
        f'<p class="quiet">{link(local_path(base, claim.evidence.source), claim.file)} · 主张 '
        f"{link(local_path(base, claim.iri), claim.number)} · 置信度 {escape(claim.confidence)}</p></div></li>"
    )


def year_of(claim: StoredClaim) -> str:
    """2013, 2013–2015, ≤2013 where only the document's year is known; empty where no year is."""
    first, last = claim.told.get("year", ""), claim.told.get("yearTo", "")
    years = f"{first}–{last}" if last and last != first else first
    return f"≤{years}" if years and claim.told.get("dateKind") == "Document" else years


def says(claim: StoredClaim) -> str:
    """大连市 采纳 三通两平台 as markup, each thing linked to its page; what else it says in brackets."""
    subjects, verb, objects = _ends(claim)
    ends = [next((name for name in names if name in claim.told), "") for names in (subjects, objects)]
    parts = [_value(claim, ends[0]) if ends[0] else OPEN, escape(verb)]
    if claim.relation is Relation.GOAL:
        parts.append(_amount(claim))
    elif objects:
        parts.append(_value(claim, ends[1]) if ends[1] else OPEN)
    amount = ("indicator", "operator", "value", "valueTo", "unit")
    used = {*ends, *(amount if claim.relation is Relation.GOAL else ())}
    more = "；".join(f"{escape(word)}：{_value(claim, name)}" for name, word in _more(claim) if name not in used)
    return " ".join(parts) + (f' <span class="quiet">（{more}）</span>' if more else "")


def _ends(claim: StoredClaim) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    if claim.relation is Relation.GOAL:
        return ("place", "program"), "目标", ()
    if claim.relation is Relation.RECOGNIZES:
        return ("place",), "获", ("title",)
    if claim.relation is Relation.DIFFUSES:
        return _DIFFUSES.get(claim.told.get("kind", ""), (("to",), CLAIMS["Diffusion"], ("from",)))
    drawn, subjects, objects = ENDS[str(claim.relation)]
    return subjects, LINKS[drawn], objects


def _more(claim: StoredClaim) -> Iterator[tuple[str, str]]:
    words = {**{role: role_words(role) for role in _roles(claim)}, **DETAILS}
    return ((name, words[name]) for name in words if name in claim.told)


def _roles(claim: StoredClaim) -> list[str]:
    """The roles that things fill, in the order of the ontology."""
    return [role for role in ROLES[claim.relation] if role in claim.things]


def _amount(claim: StoredClaim) -> str:
    told = claim.told
    operator = OPERATORS.get(told.get("operator", ""), "")
    to = f"–{told['valueTo']}" if told.get("valueTo") else ""
    return escape(f"{cut(told.get('indicator', ''))} {operator} {told.get('value', '')}{to}{told.get('unit', '')}")


def _value(claim: StoredClaim, name: str) -> str:
    text = claim.told[name]
    thing = claim.things.get(name, "")
    if "/" not in thing.strip("/"):
        return named(text)
    return link(THINGS + in_ascii(thing_iri("", thing)), text)


def claim_facts(claim: StoredClaim, base: str) -> Iterator[tuple[str, str]]:
    """Word and markup of all that a claim says and of where it stands."""
    told, evidence = claim.told, claim.evidence
    yield "类型", f'{escape(CLAIMS[str(claim.relation)])} <small lang="en">{escape(str(claim.relation))}</small>'
    for name in _roles(claim):
        yield role_words(name), _value(claim, name)
    for name in VALUES.get(claim.relation, ()):
        if name in told and name not in claim.things:
            value = OPERATORS.get(told[name], told[name])
            yield ("方式" if name == "kind" else labels().get(name, name)), named(labels().get(value, value))
    yield "年份", escape(year_of(claim)) or "不详"
    if told.get("year"):
        yield "年份依据", escape(DATE_KINDS.get(told.get("dateKind", ""), told.get("dateKind", "")))
    if "status" in told:
        yield "进展", escape(STATUSES.get(told["status"], told["status"]))
    yield "文件", link(local_path(base, evidence.source), claim.file)
    yield "部分", f"第 {evidence.part} 部分" + (f"，第 {escape(evidence.page)} 页" if evidence.page else "")
    in_text = f"，在 <code>{escape(evidence.text)}</code> 里" if evidence.text else ""
    yield "字符位置", f"{evidence.start}–{evidence.end}{in_text}"
    yield "规则", f"<code>{escape(cut(claim.rule))}</code>"
    yield "置信度", escape(claim.confidence)
    if "reviewed" in told:
        yield "审核", escape(labels().get(told["reviewed"], told["reviewed"]))
