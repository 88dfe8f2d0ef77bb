"""A thing of the graph → its page, or its triples: what an IRI below the base answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kg.graph.claims import StoredClaim, claims_beside
from kg.graph.iris import POL
from kg.graph.questions import question, questions
from kg.model import Kind, Relation
from kg.serve.pages.about import About, Fact, Group, Value, about, whole_claims
from kg.serve.pages.claims import claim_facts, claim_list, says
from kg.serve.pages.frame import asking, asking_text, cut, link, local_path, named, page
from kg.serve.pages.query import standalone
from kg.serve.pages.rdf import FORMATS, MEDIA, described
from kg.serve.pages.rendered import Rendered
from kg.serve.pages.resolve import thing_at
from kg.serve.pages.words import class_words, english, heading_from_there, property_words, question_words, role_words
from kg.views.page import escape
from kg.views.words import CLAIMS

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

MOST_ADOPTERS = 30
_DRAWN = frozenset(POL + str(kind) for kind in Kind)
_AROUND = "SELECT ?before ?after WHERE { <%s> pol:evidence/oa:hasSelector ?quote . ?quote oa:prefix ?before ; oa:suffix ?after }"
_TITLE = "SELECT ?title WHERE { <%s> dcterms:title ?title } ORDER BY ?title LIMIT 1"
_ALL_CLAIMS = """\
SELECT ?year ?status ?sentence ?file ?claim WHERE {{
  ?claim <{role}> <{thing}> ; a pol:{relation} ; pol:source/pol:file ?file ; pol:evidence/pol:cleaned ?sentence .
  OPTIONAL {{ ?claim pol:year ?year }} OPTIONAL {{ ?claim pol:status ?status }}
}} ORDER BY (!BOUND(?year)) ?year ?claim
"""
_ALL_VALUES = "SELECT ?value WHERE {{ <{thing}> <{property}> ?value }} ORDER BY ?value\n"
_ALL_OTHERS = """\
SELECT ?thing ?name WHERE {{
  ?thing <{property}> <{thing}> ; a <{class_}> . OPTIONAL {{ ?thing skos:prefLabel|dcterms:title ?name }}
}} ORDER BY ?name ?thing
"""


def thing(graph: PolicyGraph, args: dict[str, str]) -> Rendered | None:
    """The page, or RDF where `accept` or `format` names one of its types; None where the graph says nothing of it."""
    iri = thing_at(graph, args.get("path", ""))
    if iri is None:
        return None
    media = FORMATS.get(args.get("format", ""), args.get("accept", "").partition(";")[0].strip().lower())
    if media in MEDIA:
        return described(graph, iri, media)
    told = about(graph, iri)
    claims = whole_claims(graph, [iri]) if _is_claim(told) else ()
    return _claim_page(graph, told, claims[0]) if claims else _thing_page(graph, told)


def _is_claim(told: About) -> bool:
    return any(class_.removeprefix(POL) in set(Relation) for class_ in told.classes)


def _thing_page(graph: PolicyGraph, told: About) -> Rendered:
    body = [
        _header(told.name, told.classes),
        _iri_line(told.iri),
        _facts((property_words(f.property), english(f.property), _values(graph, told, f)) for f in told.facts),
        _onward(told),
        _adopters(graph, told),
        *(_group(graph, told, group) for group in told.groups),
        *(_others(graph, told, fact) for fact in told.from_there),
    ]
    return page(told.name, f'<main class="page thing">{"".join(body)}</main>')


def _header(name: str, classes: Iterable[str]) -> str:
    kinds = "、".join(f'{escape(class_words(c))} <span lang="en">{escape(english(c))}</span>' for c in classes)
    return f'<header><h1>{named(name)} <span class="kind">{kinds}</span></h1></header>'


def _iri_line(iri: str) -> str:
    forms = " · ".join(link("?" + urlencode({"format": name}), word) for name, word in _FORM_WORDS.items())
    return f'<p class="quiet">IRI <code>{escape(iri)}</code><br>RDF：{forms}</p>'


_FORM_WORDS = {"ttl": "Turtle", "nt": "N-Triples", "jsonld": "JSON-LD", "rdf": "RDF/XML"}


def _facts(rows: Iterable[tuple[str, str, str]]) -> str:
    """(word, English, markup) → a list of terms."""
    pairs = "".join(f'<dt title="{escape(en)}">{escape(word)}</dt><dd>{markup}</dd>' for word, en, markup in rows)
    return f'<dl class="facts">{pairs}</dl>' if pairs else ""


def _values(graph: PolicyGraph, told: About, fact: Fact) -> str:
    items = "".join(f"<li>{_value(graph.base, value)}</li>" for value in fact.values)
    every = _ALL_VALUES.format(thing=told.iri, property=fact.property)
    return f'<ul class="tags">{items}</ul>{_more(graph, fact.total, len(fact.values), every)}'


def _value(base: str, value: Value) -> str:
    if value.iri.startswith(base):
        return link(local_path(base, value.iri), value.text)
    language = f' <small lang="en">{escape(value.language)}</small>' if value.language not in ("", "zh") else ""
    known = {"true": "是", "false": "否"}
    return (named(known.get(value.text, value.text)) if not value.iri else named(value.text)) + language


def _more(graph: PolicyGraph, total: int, shown: int, every: str) -> str:
    """How many are not shown, and the query that lists all; nothing where all are."""
    if total <= shown:
        return ""
    href = asking_text(standalone(every, graph.prefixes))
    return f'<p class="more quiet">只列前 {shown:,} 个，共 {total:,} 个。{link(href, "列出全部")}</p>'


def _onward(told: About) -> str:
    """Links to the network around it and to the questions that can be asked of it."""
    kinds = {class_.removeprefix(POL) for class_ in told.classes}
    links = (
        [link(f"/network?{urlencode({'focus': told.iri})}", "网络图：它的周围")] if _DRAWN & set(told.classes) else []
    )
    for asked in questions():
        parameter = next((p for p in asked.parameters if p.kind in kinds), None)
        if parameter:
            links.append(link(asking(asked.name, **{parameter.name: told.iri}), question_words(asked)))
    items = "".join(f"<li>{one}</li>" for one in links)
    return f'<h2>接着看 <small lang="en">Onward</small></h2><ul class="tags">{items}</ul>' if items else ""


def _adopters(graph: PolicyGraph, told: About) -> str:
    """Of a programme the places that adopted it, the first known adopter first, as the question first-adopters tells them."""
    if POL + Kind.PROGRAM not in told.classes:
        return ""
    asked = question("first-adopters")
    rows = list(graph.query(asked.text, {"program": told.iri}).dicts())
    rows.sort(key=lambda row: (int(row["year"] or 0), row["placeName"] or "", row["place"] or ""))
    if not rows:
        return ""
    lines = "".join(_adopter(graph.base, row) for row in rows[:MOST_ADOPTERS])
    more = f"只列前 {MOST_ADOPTERS} 个，共 {len(rows):,} 个。" if len(rows) > MOST_ADOPTERS else ""
    heads = "".join(f"<th>{head}</th>" for head in ("年份", "地方", "开始（不止于计划）", "晚于最先者"))
    return (
        '<section class="group"><h2>采纳的先后 <small lang="en">Adopters in order of time</small> '
        f'<span class="count">{len(rows):,} 个地方</span></h2>'
        f'<div class="wide"><table class="adopters"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>'
        f'<p class="more quiet">{more}年份以读到的文件为准，更早的采纳者可能不在其中。'
        f"{link(asking(asked.name, program=told.iri), '用查询列出')}</p></section>"
    )


def _adopter(base: str, row: dict[str, str | None]) -> str:
    later = int(row["yearsLater"] or 0)
    cells = (
        escape(row["year"] or ""),
        link(local_path(base, row["place"] or ""), row["placeName"] or ""),
        escape(row["begun"] or ""),
        f"{later} 年" if later else "最先",
    )
    first = ' class="first"' if not later else ""
    return f"<tr{first}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _group(graph: PolicyGraph, told: About, group: Group) -> str:
    role = group.role.removeprefix(POL)
    acting = "" if role == "source" else f"，作为{role_words(role)}"
    every = _ALL_CLAIMS.format(role=group.role, thing=told.iri, relation=group.relation)
    return (
        f'<section class="group"><h2>{escape(CLAIMS[str(group.relation)] + acting)} '
        f'<small lang="en">{escape(str(group.relation))}</small> <span class="count">{group.total:,} 条</span></h2>'
        f"{claim_list(group.claims, graph.base)}{_more(graph, group.total, len(group.claims), every)}</section>"
    )


def _others(graph: PolicyGraph, told: About, fact: Fact) -> str:
    items = "".join(f"<li>{_value(graph.base, value)}</li>" for value in fact.values)
    every = _ALL_OTHERS.format(property=fact.property, thing=told.iri, class_=fact.of_class)
    return (
        f'<section class="group"><h2>{escape(heading_from_there(fact.property))} '
        f'<small>{escape(class_words(fact.of_class))}</small> <span class="count">{fact.total:,} 个</span></h2>'
        f'<ul class="tags">{items}</ul>{_more(graph, fact.total, len(fact.values), every)}</section>'
    )


def _claim_page(graph: PolicyGraph, told: About, claim: StoredClaim) -> Rendered:
    title = f"{CLAIMS[str(claim.relation)]} {claim.number}"
    beside = claims_beside(graph, claim)
    others = f"<h2>同一句的其他主张</h2>{claim_list(beside, graph.base)}" if beside else ""
    body = [
        f'<header><h1>{says(claim)} <span class="kind">{_relation(claim)}</span></h1></header>',
        f'<section class="evidence">{_quotation(graph, claim)}</section>',
        _facts((word, "", markup) for word, markup in claim_facts(claim, graph.base)),
        _cited(graph, claim),
        _iri_line(claim.iri),
        others,
    ]
    return page(title, f'<main class="page thing">{"".join(body)}</main>')


def _relation(claim: StoredClaim) -> str:
    return f'主张 <span lang="en">{escape(str(claim.relation))}</span>'


def _quotation(graph: PolicyGraph, claim: StoredClaim) -> str:
    """The sentence as printed, with what stands before and behind it; the cleaned one where it differs."""
    around = sorted((str(before), str(after)) for before, after in graph.query(_AROUND % claim.iri))
    before, after = around[0] if around else ("", "")
    printed = f'<blockquote><span class="quiet">{named(before)}</span><mark>{named(claim.quote)}</mark>'
    printed += f'<span class="quiet">{named(after)}</span></blockquote>'
    if claim.sentence == claim.quote:
        return printed
    return f'{printed}<p class="quiet">整理后 <span lang="en">cleaned</span>：{named(claim.sentence)}</p>'


def _cited(graph: PolicyGraph, claim: StoredClaim) -> str:
    """A line to copy."""
    titles = [row[0] or "" for row in graph.query(_TITLE % claim.evidence.source)]
    title = f"《{cut(titles[0])}》，" if titles and titles[0] != claim.file.rpartition("/")[2] else ""
    words = f"{title}{cut(claim.file)}，第 {claim.evidence.start}–{claim.evidence.end} 字符：“{cut(claim.quote)}” {claim.iri}"
    return f'<h2>引用 <small lang="en">To cite</small></h2><p><bdi>{escape(words)}</bdi></p>'
