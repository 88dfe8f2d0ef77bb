"""What the pages show is what the graph says, whole or cut with the full number said; hostile text stays text."""

from __future__ import annotations

import hashlib
import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote

import pyoxigraph as ox
import pytest

from kg.graph.iris import BASE, POL
from kg.graph.questions import questions
from kg.graph.store import PolicyGraph, open_graph
from kg.resources import shipped
from kg.serve.pages import Rendered, render
from kg.serve.pages.query import standalone
from kg.serve.pages.rdf import FORMATS
from kg.serve.pages.static import STATIC
from kg.serve.pages.words import question_words

from .conftest import PAYLOADS, hostile_graph, hostile_triples

FORMS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


class Page(HTMLParser):
    """The elements, attributes and text of a page."""

    def __init__(self, rendered: Rendered | None) -> None:
        super().__init__(convert_charrefs=True)
        assert rendered is not None
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(rendered.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    @property
    def links(self) -> list[str]:
        return [attrs["href"] or "" for tag, attrs in self.elements if tag == "a"]


def thing(graph: PolicyGraph, path: str, **args: str) -> Rendered | None:
    return render(graph, "thing", {"path": path, **args})


def first(graph: PolicyGraph, class_: str) -> str:
    """The path of the first thing of a class."""
    iri = graph.query(f"SELECT ?s {{ ?s a pol:{class_} }} ORDER BY ?s LIMIT 1").rows[0][0]
    return str(iri).removeprefix(graph.base)


def all_pages(graph: PolicyGraph) -> dict[str, Rendered | None]:
    """Every page of a small graph."""
    paths = [str(row[0]).removeprefix(graph.base) for row in graph.query("SELECT DISTINCT ?s { ?s ?p ?o } ORDER BY ?s")]
    pages = {path: thing(graph, path) for path in paths if path.startswith(("program", "place", "claim", "source"))}
    return pages | {name: render(graph, name, {}) for name in ("home", "query", "network", "search")}


def test_the_front_page_counts_what_the_graph_holds(graph: PolicyGraph) -> None:
    page = Page(render(graph, "home", {}))
    claims = sum(len(graph.query(f"SELECT ?c {{ ?c a pol:{r} ; pol:source ?s }}")) for r in ("Adoption", "Goal"))
    assert f"读自 3 个文件、3 个地方，共 {len(graph.query('SELECT ?c { ?c pol:foundBy ?r }'))} 条论断" in page.words
    assert claims > 4
    assert {f"/query?question={q.name}" for q in questions()} <= set(page.links)
    assert "/network" in page.links
    assert any(link.startswith("/id/claim/") for link in page.links)


def test_a_programme_shows_names_facts_adopters_in_order_of_time_and_claims(graph: PolicyGraph) -> None:
    page = Page(thing(graph, "program/县管校聘"))
    assert re.search("宜昌市.*潍坊市.*恩施市", page.words)
    for words in ("县管校用", "教育部", "采纳，作为政策项目", "启动县管校聘改革", "yichang.txt", "提到它的文件"):
        assert words in page.words
    assert "/query?" + "question=first-adopters&program=" in "".join(page.links)
    assert f"/network?focus={quote(f'{BASE}program/县管校聘', safe='')}" in page.links


def test_a_claim_shows_sentence_place_in_the_file_rule_and_confidence(graph: PolicyGraph) -> None:
    row = next(
        graph.query(
            "SELECT ?c ?q ?start ?rule { ?c a pol:Adoption ; pol:foundBy ?rule ; pol:evidence/oa:hasSelector ?s, ?p . "
            "?s oa:exact ?q . ?p oa:start ?start } ORDER BY ?c LIMIT 1"
        ).dicts()
    )
    page = Page(thing(graph, str(row["c"]).removeprefix(BASE)))
    for words in (row["q"], f"{row['start']}–", row["rule"], row["c"], "置信度", "引用"):
        assert str(words) in page.words


def test_a_file_shows_its_claims(graph: PolicyGraph) -> None:
    page = Page(thing(graph, first(graph, "SourceDocument")))
    assert "来源文件" in page.words
    assert any(link.startswith("/id/claim/") for link in page.links)


@pytest.mark.parametrize("class_", ["Program", "Place", "Agency", "Adoption", "Goal", "SourceDocument", "TargetGroup"])
def test_every_link_to_a_thing_leads_to_a_page(graph: PolicyGraph, class_: str) -> None:
    page = Page(thing(graph, first(graph, class_)))
    for link in page.links:
        if link.startswith("/id/"):
            assert thing(graph, unquote(link.removeprefix("/id/"))) is not None, link
        else:
            assert link.startswith(("/query", "/network", "/", "?format="))


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("program/县管校聘", True),
        (quote("program/县管校聘"), True),
        (quote("program/县管校聘", safe=""), True),
        ("program/县管校聘 ", False),
        ("program/没有的", False),
        ("program", False),
        ("", False),
        ("../id/program/县管校聘", False),
        ("program/%", False),
        ("program/<x>{}\x00\ud800", False),
        ("program/县管校聘> ?p ?o } #", False),
    ],
)
def test_a_path_finds_its_thing_encoded_or_plain(graph: PolicyGraph, path: str, found: bool) -> None:
    assert (thing(graph, path) is not None) is found
    assert render(graph, "nothing", {}) is None


@pytest.mark.parametrize("name", ["a b", "50%", "50%20x", "甲/乙", "甲?乙#丙", "<b>", 'a"b\\', "[1]", "..", "a%2Fb"])
def test_a_name_with_signs_that_iris_cannot_hold_is_found_again(name: str, tmp_path: Path) -> None:
    """Whether the server hands on the address as it came or decoded once."""
    graph = hostile_graph(name, tmp_path)
    iri = hostile_triples(name)[0][0]
    page = Page(render(graph, "thing", {"path": iri.removeprefix(BASE)}))
    (link,) = {link for link in Page(thing(graph, first(graph, "Adoption"))).links if "/program/" in link}
    assert link.isascii()
    for path in (link.removeprefix("/id/"), unquote(link.removeprefix("/id/"))):
        assert Page(thing(graph, path)).words == page.words


@pytest.mark.parametrize("media", FORMS)
@pytest.mark.parametrize("class_", ["Program", "Place", "Adoption", "SourceDocument"])
def test_rdf_is_the_triples_of_the_thing_and_of_its_claims(graph: PolicyGraph, class_: str, media: str) -> None:
    path = first(graph, class_)
    answer = thing(graph, path, accept=media)
    assert answer is not None
    assert answer.media == media
    triples = {quad.triple for quad in ox.parse(answer.text, format=FORMS[media], base_iri=BASE)}
    rows = graph.query(f"CONSTRUCT {{ ?s ?p ?o }} {{ VALUES ?s {{ <{BASE}{path}> }} ?s ?p ?o }}")
    assert set(rows.triples) <= triples
    assert triples <= set(graph.query("CONSTRUCT WHERE { ?s ?p ?o }").triples)
    spoken = {row[0] for row in graph.query(f"SELECT ?c {{ ?c ?role <{BASE}{path}> ; pol:foundBy ?rule }}")}
    assert spoken <= {triple.subject.value for triple in triples}


def test_a_format_in_the_address_goes_before_the_header(graph: PolicyGraph) -> None:
    for form, media in FORMATS.items():
        answer = thing(graph, "program/县管校聘", format=form, accept="text/html")
        assert answer is not None
        assert answer.media == media


def test_a_long_list_is_cut_with_its_number_said_and_a_query_for_all(tmp_path: Path) -> None:
    triples = []
    for n in range(700):
        claim = f"{BASE}claim/{n:04}"
        said = [
            (s.replace(f"{BASE}claim/x", claim), p, o.replace(f"{BASE}claim/x", claim))
            for s, p, o in hostile_triples("x")
        ]
        triples += said
    lines = dict.fromkeys(f"<{s}> <{p}> {o} <{BASE}source/s> .\n" for s, p, o in triples)
    (tmp_path / "graph.nq").write_text("".join(lines), "utf-8")
    graph = open_graph(tmp_path)
    page = Page(thing(graph, "program/x"))
    assert "只列前 20 个，共 700 个。" in page.words
    (every,) = [link for link in page.links if link.startswith("/query?query=")]
    assert len(graph.query(unquote(every.partition("=")[2]).replace("+", " "))) == 700
    answer = thing(graph, "program/x", accept="text/turtle")
    assert answer is not None
    assert answer.text.startswith("# More than 500 claims")


def test_an_endless_text_is_cut_with_its_length_said(tmp_path: Path) -> None:
    graph = hostile_graph("甲" * 1_000_000, tmp_path)
    for class_ in ("Program", "Adoption", "SourceDocument"):
        shown = thing(graph, first(graph, class_))
        assert shown is not None
        assert "…（共 1,000,000 字）" in shown.text
        assert len(shown.text) < 100_000


def test_search_finds_names_and_marks_sentences(graph: PolicyGraph) -> None:
    shown = render(graph, "search", {"q": "三通 两平台"})
    assert shown is not None
    assert "<mark>三通</mark><mark>两平台</mark>" in shown.text
    page = Page(render(graph, "search", {"q": "管校聘"}))
    assert f"/id/program/{quote('县管校聘')}" in page.links
    assert "没有句子" in Page(render(graph, "search", {"q": "没有这样的话"})).words
    assert Page(render(graph, "search", {"q": "“”"})).words


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        ({}, 200, "政策采纳网络"),
        ({"focus": "县管校聘", "depth": "2"}, 200, "县管校聘的周围"),
        ({"focus": "没有的地方"}, 404, "没有的地方"),
        ({"focus": "县管校聘", "depth": "9"}, 400, "depth"),
        ({"depth": "<b>"}, 400, "“<b>”"),
    ],
)
def test_the_network(graph: PolicyGraph, args: dict[str, str], status: int, words: str) -> None:
    shown = render(graph, "network", args)
    assert shown is not None
    assert shown.status == status
    assert words in Page(shown).words


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_a_shipped_question_declares_its_prefixes(graph: PolicyGraph, question: object) -> None:
    """It runs on an engine that knows none, and gives the same rows."""
    text = standalone(question.text, graph.prefixes)  # type: ignore[attr-defined]
    rows = graph.store.query(text)
    assert len(list(rows)) == len(graph.query(question.text))  # type: ignore[attr-defined]


def test_pages_are_the_same_for_the_same_graph(graph: PolicyGraph, folder: Path) -> None:
    again = open_graph(folder)
    paths = ["program/县管校聘", first(graph, "Adoption"), first(graph, "Goal"), first(graph, "SourceDocument")]
    for path in paths:
        for accept in ("text/html", *FORMS):
            assert thing(graph, path, accept=accept) == thing(again, path, accept=accept)
    for name in ("home", "query", "network", "search"):
        assert render(graph, name, {"q": "县管校聘"}) == render(again, name, {"q": "县管校聘"})


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_payload_adds_no_element_no_attribute_and_no_address(payload: str, tmp_path: Path) -> None:
    for folder in ("clean", "dirty"):
        (tmp_path / folder).mkdir()
    clean, dirty = hostile_graph("x", tmp_path / "clean"), hostile_graph(payload, tmp_path / "dirty")
    known = [Page(page).elements for page in all_pages(clean).values()]
    tags = {tag for elements in known for tag, _ in elements}
    names = {name for elements in known for _, attrs in elements for name in attrs}
    for page in map(Page, all_pages(dirty).values()):
        assert {tag for tag, _ in page.elements} <= tags
        assert {name for _, attrs in page.elements for name in attrs} <= names
        assert not any(name.startswith("on") for _, attrs in page.elements for name in attrs)
        assert all(re.match(r"/|\?format=", link) for link in page.links)
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.words.partition('{"')[0])
    asked = {"q": payload, "focus": payload, "depth": "1", "path": payload}
    for name in ("search", "network", "home", "query"):
        assert not any(a.startswith("on") for _, attrs in Page(render(dirty, name, asked)).elements for a in attrs)


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
@pytest.mark.parametrize("media", FORMS)
def test_a_payload_is_one_literal_of_the_rdf(payload: str, media: str, tmp_path: Path) -> None:
    graph = hostile_graph(payload, tmp_path)
    answer = thing(graph, first(graph, "Adoption"), accept=media)
    assert answer is not None
    values = {
        q.object.value
        for q in ox.parse(answer.text, format=FORMS[media], base_iri=BASE)
        if isinstance(q.object, ox.Literal)
    }
    assert payload in values


def test_the_scripts_and_styles_of_a_page_are_files_of_ours(graph: PolicyGraph) -> None:
    """No inline script runs, nothing comes from elsewhere, and each path is one that the server mounts."""
    for rendered in all_pages(graph).values():
        page = Page(rendered)
        for tag, attrs in page.elements:
            if tag == "script":
                assert attrs.get("type") == "application/json" or attrs["src"] in STATIC
            if tag == "link" and attrs["rel"] == "stylesheet":
                assert attrs["href"] in STATIC
            assert tag not in ("iframe", "object", "embed", "img")
        assert rendered is not None
        assert rendered.policy == ""


def test_the_data_block_reads_back(graph: PolicyGraph) -> None:
    for name in ("query", "network"):
        shown = render(graph, name, {})
        assert shown is not None
        block = shown.text.partition('id="data">')[2].partition("</script>")[0]
        assert json.loads(block)
        assert not set(block) & set("<>&\u2028\u2029")
        assert html.unescape(block) == block


def test_static_files_are_there() -> None:
    for file in STATIC.values():
        assert file.read()
        assert file.media.endswith("charset=utf-8")


@pytest.mark.parametrize("name", ["yasgui.min.js", "yasgui.min.css", "vis-network.min.js"])
def test_a_vendored_file_is_the_one_that_the_readme_names(name: str) -> None:
    rows = [
        line for line in shipped("viz", "vendor", "README.md").read_text("utf-8").splitlines() if f"`{name}`" in line
    ]
    assert hashlib.sha256(shipped("viz", "vendor", name).read_bytes()).hexdigest() in rows[0]


def test_a_graph_that_is_none_of_ours_has_pages_too(tmp_path: Path) -> None:
    """An empty one, and one with a claim that has neither sentence nor file."""
    (tmp_path / "graph.nq").write_text(
        f"<{BASE}claim/x> <{POL}program> <{BASE}program/y> <{BASE}source/s> .\n", "utf-8"
    )
    graph = open_graph(tmp_path)
    for name in ("home", "query", "network", "search"):
        assert render(graph, name, {}) is not None
    assert "claim/x" in Page(thing(graph, "claim/x")).words
    (tmp_path / "graph.nq").write_text("", "utf-8")
    assert "共 0 条论断" in Page(render(open_graph(tmp_path), "home", {})).words


def test_every_question_is_told_in_chinese() -> None:
    """A new question, or a parameter of a new name, needs its line in words.py."""
    for question in questions():
        assert question_words(question) != question.asks
