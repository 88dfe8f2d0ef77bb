"""Words → a page with the things of that name and the sentences in which all words stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.search.finding import Found, Hit
from kg.search.finding import search as sentences
from kg.search.words import Span
from kg.serve.pages.about import names_of
from kg.serve.pages.frame import cut, in_ascii, link, local_path, named, page
from kg.serve.pages.rendered import Rendered
from kg.serve.pages.words import class_words
from kg.views.page import escape

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

MOST_THINGS = 20
MOST_HITS = 50
_NAMED = """
# ?words (text, for example 双减)
SELECT DISTINCT ?words ?thing ?name ?class WHERE {
  ?thing skos:prefLabel|skos:altLabel ?name ; a ?class . FILTER(CONTAINS(STR(?name), ?words))
} ORDER BY STRLEN(STR(?name)) ?name ?thing
"""


def search(graph: PolicyGraph, args: dict[str, str]) -> Rendered:
    """The page; without words only the field to type them in."""
    asked = args.get("q", "").strip()
    body = f"<header><h1>搜索{f'：{named(asked)}' if asked else ''}</h1></header>"
    body += _things(graph, asked) + _sentences(graph, asked) if asked else _empty()
    return page(f"搜索 {asked}".strip(), f'<main class="page">{body}</main>', asked=asked)


def _empty() -> str:
    return '<p class="quiet">在上面的搜索框里输入名称或句子里的词；几个词用空格分开，"…" 里的字须原样出现。</p>'


def _things(graph: PolicyGraph, asked: str) -> str:
    rows = graph.query(_NAMED.lstrip(), {"words": asked}).dicts()
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        found.setdefault(row["thing"] or "", (row["name"] or "", row["class"] or ""))
    if not found:
        return ""
    names = names_of(graph, list(found)[:MOST_THINGS])
    items = "".join(_thing(graph.base, iri, name, *found[iri]) for iri, name in names.items())
    more = (
        f'<p class="more quiet">只列前 {MOST_THINGS} 个，共 {len(found):,} 个。</p>' if len(found) > MOST_THINGS else ""
    )
    return f'<h2>名称 <small lang="en">Names</small></h2><ul class="tags">{items}</ul>{more}'


def _thing(base: str, iri: str, name: str, other: str, class_: str) -> str:
    called = f"（{named(other)}）" if other != name else ""
    return f"<li>{link(local_path(base, iri), name)}{called} <small>{escape(class_words(class_))}</small></li>"


def _sentences(graph: PolicyGraph, asked: str) -> str:
    heading = '<h2>原文句子 <small lang="en">Sentences</small></h2>'
    if graph.path is None:
        return f'{heading}<p class="quiet">这个图不在文件里，不能搜索句子；请用<a href="/query">查询</a>。</p>'
    try:
        found = sentences(graph.path, asked, MOST_HITS)
    except QueryError:
        return f'{heading}<p class="quiet">没有可以查找的字。</p>'
    return heading + _hits(graph.base, found)


def _hits(base: str, found: Found) -> str:
    if not found.total:
        return '<p class="quiet">没有句子、标题或项目名称含有所有这些词。</p>'
    more = f"只列前 {len(found.hits)} 条，共" if found.total > len(found.hits) else "共"
    items = "".join(_hit(base, hit) for hit in found.hits)
    return f'<p class="quiet">{more} {found.total:,} 条。</p><ul class="claims">{items}</ul>'


def _hit(base: str, hit: Hit) -> str:
    passage = hit.passage
    text = marked(passage.text, hit.spans)
    if passage.kind == "programme":
        return f'<li><div class="when">项目</div><p><a href="{escape(local_path(base, passage.about[0]))}">{text}</a></p></li>'
    claims = "、".join(link(f"/id/claim/{in_ascii(number)}", number) for number in passage.about)
    where = "，".join(escape(cut(part)) for part in (passage.file, passage.part) if part)
    told = f" · 主张 {claims}" if claims else " · 标题"
    return (
        f'<li><div class="when">{passage.year or "年份不详"}</div>'
        f'<div><blockquote><bdi>{text}</bdi></blockquote><p class="quiet">{where}{told}</p></div></li>'
    )


def marked(text: str, spans: tuple[Span, ...]) -> str:
    """The text as markup, with what was looked for marked; what overlaps is marked once."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        start = max(start, at)
        if end > start:
            pieces += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
            at = end
    return "".join([*pieces, escape(text[at:])])
