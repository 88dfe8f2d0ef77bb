"""The shipped questions → the query page: YASGUI, with a form for each question and no request to anybody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.graph.iris import POL
from kg.graph.ontology import labels, terms
from kg.graph.questions import Question, questions
from kg.graph.sparql import Parameter, named
from kg.serve.pages.frame import THINGS, filled, page
from kg.serve.pages.rendered import Rendered
from kg.serve.pages.words import parameter_words, question_words
from kg.views.page import data_block, escape

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

ENDPOINT = "/sparql"
_START = "SELECT ?place ?name WHERE {\n  ?place a pol:Place ; skos:prefLabel ?name\n} LIMIT 20\n"


def query(graph: PolicyGraph, args: dict[str, str]) -> Rendered:
    """The page; its script reads `?question=…&program=…` or `?query=…` itself, fills it in and runs nothing unasked."""
    forms = "".join(_form(question) for question in questions())
    data = {
        "endpoint": ENDPOINT,
        "base": graph.base,
        "things": THINGS,
        "prefixes": graph.prefixes,
        "terms": [POL + name for name in sorted(terms())],
        "start": standalone(_START, graph.prefixes),
        "questions": {question.name: _data(question, graph.prefixes) for question in questions()},
    }
    return page(
        "提问",
        filled("query.html", {"forms": forms, "data": data_block(data)}),
        styles=("/vendor/yasgui.min.css",),
        scripts=("/vendor/yasgui.min.js", "/pages/binding.js", "/pages/query.js"),
    )


def standalone(text: str, prefixes: Mapping[str, str]) -> str:
    """The query with the prefixes that it uses declared, so that it runs on any endpoint."""
    used = sorted({spelt.partition(":")[0] for spelt, _ in named(text, prefixes) if not spelt.startswith("<")})
    comments, query_text = _head(text)
    declared = "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in used if name in prefixes)
    return comments + declared + query_text


def _head(text: str) -> tuple[str, str]:
    """The comment lines that a query begins with, and the rest."""
    lines = text.splitlines(keepends=True)
    at = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(lines[:at]), "".join(lines[at:])


def _data(question: Question, prefixes: Mapping[str, str]) -> dict[str, object]:
    return {
        "title": f"{question.number} {question_words(question)}",
        "text": standalone(question.text, prefixes),
        "parameters": [{"name": p.name, "kind": p.kind, "word": parameter_words(p)} for p in question.parameters],
    }


def _form(question: Question) -> str:
    fields = "".join(_field(question, parameter) for parameter in question.parameters)
    return (
        f'<details class="question" data-question="{escape(question.name)}"><summary>'
        f'<span class="number">{question.number}</span><span>{escape(question_words(question))}'
        f'<small lang="en">{escape(question.asks)}</small></span></summary>'
        f'<form autocomplete="off">{fields}<p class="choices" role="status" hidden></p>'
        '<p class="buttons"><button class="strong" value="run">运行</button>'
        '<button value="show">放入编辑器</button><code>'
        f"{escape(question.name)}</code></p></form></details>"
    )


def _field(question: Question, parameter: Parameter) -> str:
    """A field that may stay empty; names of things are proposed as they are typed."""
    known = f"names-{question.name}-{parameter.name}"
    proposed = "" if parameter.kind in ("integer", "text") else f' list="{escape(known)}"'
    options = f'<datalist id="{escape(known)}"></datalist>' if proposed else ""
    kind = labels().get(parameter.kind, "")
    title = f"{kind}的名称或 IRI；留空则不限" if kind else "留空则不限"
    return (
        f"<label>{escape(parameter_words(parameter))}"
        f'<input name="{escape(parameter.name)}" data-kind="{escape(parameter.kind)}"{proposed} title="{escape(title)}" '
        f'placeholder="如 {escape(parameter.example)}；留空则不限">{options}</label>'
    )
