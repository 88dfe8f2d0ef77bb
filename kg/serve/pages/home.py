"""A graph → its front page: what it holds, where to search and to ask, how to cite a sentence of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.graph.iris import POL
from kg.graph.questions import Question, questions
from kg.model import Relation
from kg.serve.pages.frame import asking, filled, local_path, page
from kg.serve.pages.rendered import Rendered
from kg.serve.pages.words import question_words
from kg.views.page import escape
from kg.views.words import CLAIMS, KINDS

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

_CLASSES = "SELECT ?class (COUNT(?thing) AS ?n) WHERE { ?thing a ?class } GROUP BY ?class"
_FILES = "SELECT (COUNT(DISTINCT ?file) AS ?n) WHERE { ?source a pol:SourceDocument ; pol:file ?file }"
_SPEAKING = "SELECT (COUNT(DISTINCT ?place) AS ?n) WHERE { ?source a pol:SourceDocument ; pol:jurisdiction ?place }"
_YEARS = "SELECT ?year (COUNT(?claim) AS ?n) WHERE { ?claim pol:year ?year } GROUP BY ?year ORDER BY ?year"
_SOME_CLAIM = "SELECT ?claim WHERE { ?claim a pol:Adoption } ORDER BY ?claim LIMIT 1"
_MOST_YEARS = 80  # bars that the figure has room for


def home(graph: PolicyGraph, args: dict[str, str]) -> Rendered:
    """The page."""
    counts = {str(kind).removeprefix(POL): int(n or 0) for kind, n in graph.query(_CLASSES)}
    claims = sum(counts.get(str(relation), 0) for relation in Relation)
    slots = {
        "summary": _summary(graph, claims),
        "things": _numbers((word, str(kind), counts.get(str(kind), 0)) for kind, word in KINDS.items()),
        "claims": _numbers((CLAIMS[str(r)], str(r), counts.get(str(r), 0)) for r in Relation),
        "years": _years([(int(year), int(n)) for year, n in _whole(graph.query(_YEARS))]),
        "questions": "".join(map(_question, questions())),
        "citing": _citing(graph),
    }
    return page("政策图谱", filled("home.html", slots))


def _summary(graph: PolicyGraph, claims: int) -> str:
    files, places = (int(next(iter(graph.query(text)))[0] or 0) for text in (_FILES, _SPEAKING))
    return f"读自 {files:,} 个文件、{places:,} 个地方，共 {claims:,} 条主张，每一条都带原文句子。"


def _whole(rows: Iterable[tuple[str | None, ...]]) -> list[tuple[str, str]]:
    return [(year, n) for year, n in rows if year and n and year.lstrip("-").isdecimal()]


def _numbers(rows: Iterable[tuple[str, str, int]]) -> str:
    return "".join(
        f'<tr><td>{escape(word)} <small lang="en">{escape(english)}</small></td><td class="number">{n:,}</td></tr>'
        for word, english, n in rows
    )


def _question(question: Question) -> str:
    return (
        f'<li value="{question.number}"><a href="{escape(asking(question.name))}">{escape(question_words(question))}</a>'
        f'<small lang="en">{escape(question.asks)}</small></li>'
    )


def _years(counted: list[tuple[int, int]]) -> str:
    """Bars, one for each year from the first to the last; with too many years the last ones."""
    if not counted:
        return '<p class="quiet">没有一条主张有年份。</p>'
    of = dict(counted)
    last = max(of)
    years = range(max(min(of), last - _MOST_YEARS + 1), last + 1)
    most = max(of.get(year, 0) for year in years)
    before = sum(n for year, n in counted if year < years[0])
    bars = "".join(map(lambda at, year: _bar(at, year, of.get(year, 0), most, len(years)), range(len(years)), years))
    width = len(years) * _STEP
    told = f"另有 {before:,} 条早于 {years[0]} 年。" if before else ""
    return (
        f'<div class="wide"><svg class="bars" viewBox="0 0 {width} 150" width="{width}" height="150" role="img" '
        f'aria-label="各年主张数">{bars}</svg></div><p class="quiet">各年主张数，{years[0]}–{last}。{told}</p>'
    )


_STEP = 30  # pixels from bar to bar


def _bar(at: int, year: int, n: int, most: int, many: int) -> str:
    height = round(100 * n / most) if n else 0
    x = at * _STEP
    label = f"{year % 100:02d}" if many > 12 and at and year % 5 else str(year)
    return (
        f'<g><title>{year} 年 {n:,} 条</title><rect x="{x + 3}" y="{128 - height}" width="{_STEP - 6}" height="{height}"/>'
        f'<text class="n" x="{x + _STEP / 2:g}" y="{122 - height}">{_short(n)}</text>'
        f'<text x="{x + _STEP / 2:g}" y="145">{label}</text></g>'
    )


def _short(n: int) -> str:
    """1284 → 1.3k, so that it fits above its bar."""
    return str(n or "") if n < 1000 else f"{n / 1000:.1f}k" if n < 10_000 else f"{n // 1000}k"


def _citing(graph: PolicyGraph) -> str:
    """An example of a claim's address, where there is a claim."""
    found = next(iter(graph.query(_SOME_CLAIM)), None)
    if found is None or found[0] is None:
        return ""
    iri = found[0]
    return f'<p>例如 <span lang="en">for example</span>：<a href="{escape(local_path(graph.base, iri))}">{escape(iri)}</a></p>'
