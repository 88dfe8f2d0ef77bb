"""The pages work in a real browser under the policy of the server, run nothing that a document says and ask nobody else."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from browsers import Reply, chromium, settled, tabs, until

from kg.graph.iris import BASE
from kg.graph.questions import questions
from kg.graph.store import PolicyGraph

from .conftest import PAYLOADS, hostile_graph, hostile_triples
from .small_server import PageServer

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

PWNED = "document.documentElement.dataset.pwned ?? ''"
NOT_FOUND = "Failed to load resource: the server responded with a status of 404 (Not Found)"
ROWS = "document.querySelectorAll('.yasr .dataTable tbody tr').length"
QUERY = "policyQuery.yasgui.getTab().getQuery()"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all tests of this file."""
    with chromium() as started:
        yield started


@contextlib.contextmanager
def visited(browser: Browser, graph: PolicyGraph, *paths: str) -> Iterator[list[Page]]:
    """Pages of the graph, each in a tab; in the end none has run a payload, complained or asked another server."""
    with PageServer(graph) as server, tabs(browser, **server.through) as opened:
        pages = [opened.open(server.address + path) for path in paths]
        yield pages
        settled(*pages)
        assert [page.evaluate(PWNED) for page in pages] == [""] * len(paths)
        assert [told for told in opened.complaints if told not in {f"{NOT_FOUND} {page.url}" for page in pages}] == []
        assert server.strangers == set()
        assert {f"{server.address}{path}" for path in paths} <= set(server.asked)  # the net is around the pages


def test_every_page_opens_without_a_complaint_and_asks_only_its_server(browser: Browser, graph: PolicyGraph) -> None:
    """The policy of the server blocks nothing that a page needs."""
    named = quote("县管校聘")
    paths = ["/", "/query", f"/network?focus={named}", f"/search?q={named}", f"/id/program/{named}"]
    with visited(browser, graph, *paths) as pages:
        for page in pages:
            page.wait_for_selector("nav.door")
        pages[1].wait_for_selector(".CodeMirror")
        pages[2].wait_for_selector("canvas")
        assert [page.locator("canvas, .CodeMirror").count() for page in pages] == [0, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("address", "end", "noted"),
    [
        ("http://elsewhere.example/y", "requestfinished", "http://elsewhere.example/y"),
        ("https://elsewhere.example/y", "requestfailed", "elsewhere.example:443"),
        ("http://127.0.0.1:4321/y", "requestfinished", "http://127.0.0.1:4321/y"),
    ],
)
def test_a_request_to_another_server_would_be_seen(
    browser: Browser, graph: PolicyGraph, address: str, end: Any, noted: str
) -> None:
    """Were the policy weaker, this net would catch it."""
    with PageServer(graph) as server, tabs(browser, **server.through) as opened:
        server.files["/x"] = Reply("text/html", "<button>x</button><script src=/x.js></script>")
        server.files["/x.js"] = Reply("text/javascript", f"onclick = () => {{ location.href = '{address}' }}")
        page = opened.open(f"{server.address}/x")
        assert server.strangers == set()
        with opened.context.expect_event(end, lambda request: request.url == address):
            page.click("button")
        assert noted in server.strangers


def test_an_inline_script_would_be_complained_of(browser: Browser, graph: PolicyGraph) -> None:
    with PageServer(graph) as server, tabs(browser, **server.through) as opened:
        server.files["/x"] = Reply("text/html", "<script>document.documentElement.dataset.pwned = 1</script>")
        page = opened.open(f"{server.address}/x")
        settled(page)
        assert any("inline script violates" in told for told in opened.complaints)
        assert page.evaluate(PWNED) == ""


@pytest.mark.parametrize("payload", PAYLOADS[:3])
def test_a_payload_that_runs_would_be_seen(browser: Browser, graph: PolicyGraph, payload: str) -> None:
    """In a page that neither escapes it nor has a policy."""
    with PageServer(graph) as server, tabs(browser, **server.through) as opened:
        server.headers = {}
        server.files["/x"] = Reply("text/html", f"<!doctype html><p>{payload}")
        page = opened.open(f"{server.address}/x")
        settled(page)
        assert page.evaluate(PWNED) == "1"


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_hostile_document_runs_nothing(browser: Browser, payload: str, tmp_path: Path) -> None:
    """On its own pages, in the network, among the hits of a search and in the answer of a query."""
    graph = hostile_graph(payload, tmp_path)
    things = [s.removeprefix(BASE) for s, p, _ in hostile_triples(payload) if p.endswith("#type")]
    asked = quote(payload[:300])
    paths = ["/network", f"/query?query={asked}", f"/network?focus={asked}", f"/search?q={asked}", "/"]
    paths += [f"/id/{quote(thing, safe='/%')}" for thing in things]
    with visited(browser, graph, *paths) as pages:
        for page in pages:
            page.wait_for_selector("nav.door")
        pages[0].wait_for_selector("canvas")
        pages[1].wait_for_selector(".tabPanel.active .CodeMirror")


def test_a_hostile_answer_runs_nothing_in_the_table(browser: Browser, tmp_path: Path) -> None:
    """YASGUI draws the texts of an answer as text, and the policy stands behind it."""
    path = f"/query?query={quote('SELECT * { ?s ?p ?o } LIMIT 40')}"
    for payload in PAYLOADS[:5]:
        with visited(browser, hostile_graph(payload, tmp_path), path) as (page,):
            page.evaluate("void policyQuery.yasgui.getTab().query()")
            until(page, f"{ROWS} > 5")
            settled(page)
            assert page.locator(".yasr img, .yasr td svg").count() == 0
            assert ("pwned" if "pwned" in payload else "gnirts") in str(page.text_content(".active .yasr"))


def test_a_shipped_question_runs_with_a_name(browser: Browser, graph: PolicyGraph) -> None:
    """The form of a question asks for the thing of the name, binds it and shows the rows; a name in it opens a page here."""
    with visited(browser, graph, "/query") as (page,):
        form = opened_form(page, "who-adopted")
        form.locator("input").fill("“县管校聘”")
        form.locator("button[value=run]").click()
        assert until(page, ROWS) == len(graph.query(questions()[0].text, {"program": "县管校聘"}))
        assert f"VALUES ?program {{ <{BASE}program/县管校聘> }}" in page.evaluate(QUERY)
        link = page.wait_for_selector(f".yasr a.iri[href^='{BASE}']")
        assert link is not None
        thing = str(link.get_attribute("href")).removeprefix(BASE)
        link.evaluate("one => { one.addEventListener('click', (event) => event.preventDefault()); one.click(); }")
        assert link.get_attribute("href") == f"/id/{thing}"


def opened_form(page: Page, question: str) -> Locator:
    """The form of a shipped question, unfolded."""
    box = page.locator(f"[data-question={question}]")
    box.locator("summary").click()
    return box.locator("form")


def test_a_link_to_a_question_fills_it_in_and_runs_nothing(browser: Browser, graph: PolicyGraph) -> None:
    bound = f"VALUES ?program {{ <{BASE}program/县管校聘> }}"
    path = f"/query?question=first-adopters&program={quote(BASE + 'program/县管校聘', safe='')}"
    with visited(browser, graph, path) as (page,):
        until(page, f"bound => {QUERY}.includes(bound)", bound)
        settled(page)
        assert page.evaluate(QUERY).count(bound) > 1
        assert page.evaluate(ROWS) == 0


def test_an_unknown_name_is_said_and_nothing_is_run(browser: Browser, graph: PolicyGraph) -> None:
    with visited(browser, graph, "/query") as (page,):
        form = opened_form(page, "adopted-in")
        for place, year, told in (
            ("没有的地方", "", "没有叫“没有的地方”的地方"),
            ("", "二〇一四", "不是整数"),
            ("https://example.org/> } #", "", "IRI"),
        ):
            form.locator("input").nth(0).fill(place)
            form.locator("input").nth(1).fill(year)
            form.locator("button").first.click()
            form.locator(".choices", has_text=told).wait_for()
        settled(page)
        assert page.evaluate(ROWS) == 0


def test_a_bound_question_answers_as_the_library_does(browser: Browser, graph: PolicyGraph) -> None:
    """VALUES in the text of each question gives the rows that a parameter of `kg query` gives."""
    things = {"Program": "program/县管校聘", "Place": first_place(graph), "PolicyDocument": first_document(graph)}
    values = {**{kind: BASE + path for kind, path in things.items()}, "integer": "2014", "text": "yichang.txt"}
    terms = {**{kind: f"<{BASE}{path}>" for kind, path in things.items()}, "integer": "2014", "text": '"yichang.txt"'}
    script = """terms => {
      const { questions } = JSON.parse(document.getElementById("data").textContent);
      const bound = ({ text, parameters }) => policyBinding.bound(text, parameters.map((p) => [p.name, terms[p.kind]]));
      return Object.fromEntries(Object.entries(questions).map(([name, question]) => [name, bound(question)]));
    }"""
    with visited(browser, graph, "/query") as (page,):
        seen = page.evaluate(script, terms)
    for question in questions():
        params = {p.name: values[p.kind] for p in question.parameters}
        wanted = graph.query(question.text, params)
        assert sorted(map(str, graph.query(seen[question.name]))) == sorted(map(str, wanted)), question.name
        assert seen[question.name].count("VALUES") >= len(params)


def first_place(graph: PolicyGraph) -> str:
    row = graph.query("SELECT ?place { ?claim a pol:Adoption ; pol:place ?place } ORDER BY ?place LIMIT 1").rows[0]
    return str(row[0]).removeprefix(BASE)


def first_document(graph: PolicyGraph) -> str:
    row = graph.query("SELECT ?document { ?document a pol:PolicyDocument } ORDER BY ?document LIMIT 1").rows[0]
    return str(row[0]).removeprefix(BASE)


def test_a_typed_value_stays_one_term(browser: Browser, graph: PolicyGraph) -> None:
    """Whatever is typed as text comes back from the engine sign by sign; an IRI that is none is refused."""
    texts = [
        *PAYLOADS[:5],
        '"',
        "\\",
        '\\"',
        "a\nb\r\t",
        "} UNION { ?s ?p ?o",
        "\\u0022 } #",
        "'''",
        '"""',
        "😀",
        "\ud83d",
    ]
    iris = ["<a b>", "https://x/>", 'https://x/"', "名称", "urn:x:y", "id:place/1", "javascript:x"]
    integers = ["2014", "-3", "1e3", "1 } #", ""]
    script = """typed => {
      const { literal, iri, integer } = policyBinding, { texts, iris, integers } = JSON.parse(typed);
      const tried = (make) => { try { return make(); } catch (fault) { return "refused"; } };
      return {
        texts: texts.map((text) => literal(text).toWellFormed()), // as a request would carry it
        iris: iris.map((text) => tried(() => iri(text, { id: "https://base/" }))),
        integers: integers.map((text) => tried(() => integer(text))),
      };
    }"""
    with visited(browser, graph, "/query") as (page,):
        seen = page.evaluate(script, json.dumps({"texts": texts, "iris": iris, "integers": integers}))
    assert seen["iris"] == [None, "refused", "refused", None, "<urn:x:y>", "<https://base/place/1>", None]
    assert seen["integers"] == ["2014", "-3", "refused", "refused", "refused"]
    for text, literal in zip(texts, seen["texts"], strict=True):
        rows = graph.query(f"SELECT ?x WHERE {{ VALUES ?x {{ {literal} }} }}").rows
        assert rows == ((re.sub("[\ud800-\udfff]", "\ufffd", text) if len(text) == 1 else text,),)


def test_no_other_server_is_asked_to_complete_a_term_or_offered_as_an_endpoint(
    browser: Browser, graph: PolicyGraph
) -> None:
    """As it comes, YASGUI asks lov.linkeddata.es for properties and classes and offers DBpedia and Wikidata."""
    yasqe = "policyQuery.yasgui.getTab().getYasqe()"
    complete = f"""text => {{
      {yasqe}.setValue(`PREFIX pol: <https://w3id.org/policy-kg/ontology#>\n${{text}}`);
      {yasqe}.getDoc().setCursor({{ line: 1, ch: text.length }});
      {yasqe}.autocomplete();
    }}"""
    with visited(browser, graph, "/query") as (page,):
        assert not {"property", "class"} & set(page.evaluate(f"{yasqe}.config.autocompleters"))
        assert page.evaluate("policyQuery.yasgui.config.endpointCatalogueOptions.getData()") == []
        endpoint = page.evaluate("policyQuery.yasgui.getTab().getEndpoint()")
        assert endpoint == page.url.removesuffix("/query") + "/sparql"
        hints = page.locator(".CodeMirror-hint")
        for text, proposed in (
            ("?s pol:jur", ["pol:jurisdiction"]),
            ("?s a pol:Ado", ["pol:Adoption"]),
            ("?s foaf:na", []),
        ):
            page.evaluate(complete, f"SELECT * WHERE {{ {text}")
            if proposed:
                hints.first.wait_for()
            page.wait_for_timeout(600)  # for what should not come
            assert hints.all_text_contents() == proposed
            page.evaluate(f"{yasqe}.closeHint()")
            hints.wait_for(state="detached")
