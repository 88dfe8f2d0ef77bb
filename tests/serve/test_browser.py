"""The pages work in a real browser under the policy of the server, run nothing that a document says and ask nobody else."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.graph.iris import BASE
from kg.graph.questions import questions
from kg.graph.store import PolicyGraph

from .conftest import PAYLOADS, hostile_graph, hostile_triples
from .small_server import PageServer, serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
START = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1280,900", "--dump-dom"]
START += ["--disable-background-networking", "--disable-component-update", "--enable-logging=stderr"]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
# A page of ours in a frame, and a script of the test that works in it and leaves what it saw as JSON.
FRAME = '<!doctype html><iframe src="{}" width="1200" height="800"></iframe><pre id="seen"></pre><script src="/drive.js"></script>'
DRIVE = """
const frame = document.querySelector("iframe");
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
async function until(found) {{ for (let n = 0; n < 100; n++) {{ const it = found(); if (it) return it; await pause(50); }} return null; }}
frame.addEventListener("load", async () => {{
  const inside = frame.contentWindow, page = frame.contentDocument, seen = {{}};
  try {{ {} }} catch (fault) {{ seen.fault = String(fault); }}
  seen.pwned = page.documentElement.dataset.pwned ?? "";
  document.getElementById("seen").textContent = JSON.stringify(seen);
}});
"""
ANSWER = 'page.querySelectorAll(".yasr .dataTable tbody tr").length'


class Opened:
    """A page after its scripts have run, and what the browser complained of."""

    def __init__(self, server: PageServer, path: str, folder: Path, seconds: int = 4) -> None:
        mapped = f"--host-resolver-rules=MAP * 127.0.0.1:{server.server_address[1]}"
        command = [*START, mapped, f"--virtual-time-budget={seconds}000", f"--user-data-dir={folder / 'profile'}"]
        done = subprocess.run([*command, server.address + path], capture_output=True, timeout=120, check=True)
        self.dom = done.stdout.decode()
        self.complaints = [line for line in done.stderr.decode().splitlines() if "CONSOLE" in line]
        ours = f"127.0.0.1:{server.server_address[1]}/"
        # Chromium asks for its own updates with a cup2key.
        self.strangers = {one for one in server.asked if not one.startswith(ours) and "cup2key=" not in one}


def driven(graph: PolicyGraph, path: str, script: str, folder: Path) -> tuple[dict[str, object], Opened]:
    """What a script of the test saw in a page."""
    with serving(graph) as server:
        server.files = {
            "/drive": ("text/html; charset=utf-8", FRAME.format(html.escape(path))),
            "/drive.js": ("text/javascript; charset=utf-8", DRIVE.format(script)),
        }
        opened = Opened(server, "/drive", folder, 12)
    told = html.unescape(opened.dom.partition('<pre id="seen">')[2].partition("</pre>")[0])
    return json.loads(told), opened


def opened_together(graph: PolicyGraph, paths: list[str], folder: Path) -> Opened:
    """Several pages in frames of one; the page around them tells which of them a payload has changed."""
    frames = "".join(f'<iframe src="{html.escape(path)}" width="1200" height="800"></iframe>' for path in paths)
    script = """addEventListener("load", () => setTimeout(() => {
        const pages = [...document.querySelectorAll("iframe")].map((frame) => frame.contentDocument);
        document.body.dataset.pwned = pages.filter((page) => page.documentElement.dataset.pwned).length;
        document.body.dataset.drawn = pages.map((page) => page.querySelectorAll("canvas, .CodeMirror").length).join();
        document.body.dataset.named = pages.filter((page) => page.querySelector("nav.door")).length;
      }, 1500));"""
    with serving(graph) as server:
        server.files = {"/all": ("text/html", f"<!doctype html><script src=/all.js></script><body>{frames}")}
        server.files["/all.js"] = ("text/javascript", script)
        return Opened(server, "/all", folder, 6)


def test_every_page_opens_without_a_complaint_and_asks_only_its_server(graph: PolicyGraph, tmp_path: Path) -> None:
    """The policy of the server blocks nothing that a page needs."""
    named = quote("县管校聘")
    paths = ["/", "/query", f"/network?focus={named}", f"/search?q={named}", f"/id/program/{named}"]
    opened = opened_together(graph, paths, tmp_path)
    assert opened.complaints == []
    assert opened.strangers == set()
    assert 'data-named="5"' in opened.dom
    assert 'data-drawn="0,1,1,0,0"' in opened.dom


def test_a_request_to_another_server_would_be_seen(graph: PolicyGraph, tmp_path: Path) -> None:
    """Were the policy weaker, this net would catch it."""
    with serving(graph) as server:
        server.files["/x"] = ("text/html", "<script src=/x.js></script>")
        server.files["/x.js"] = ("text/javascript", "location.href = 'http://elsewhere.example/y'")
        assert Opened(server, "/x", tmp_path).strangers >= {"elsewhere.example/y"}


def test_an_inline_script_would_be_complained_of(graph: PolicyGraph, tmp_path: Path) -> None:
    with serving(graph) as server:
        server.files["/x"] = ("text/html", "<script>document.documentElement.dataset.pwned = 1</script>")
        opened = Opened(server, "/x", tmp_path)
    assert opened.complaints
    assert "data-pwned" not in opened.dom


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_hostile_document_runs_nothing(payload: str, tmp_path: Path) -> None:
    """On its own pages, in the network, among the hits of a search and in the answer of a query."""
    graph = hostile_graph(payload, tmp_path)
    things = [s.removeprefix(BASE) for s, p, _ in hostile_triples(payload) if p.endswith("#type")]
    asked = quote(payload[:300])
    paths = [f"/id/{quote(thing, safe='/%')}" for thing in things]
    paths += ["/", "/network", f"/network?focus={asked}", f"/search?q={asked}", f"/query?query={asked}"]
    opened = opened_together(graph, paths, tmp_path)
    assert f'data-named="{len(paths)}"' in opened.dom
    assert 'data-pwned="0"' in opened.dom
    assert opened.complaints == []
    assert opened.strangers == set()


def test_a_hostile_answer_runs_nothing_in_the_table(tmp_path: Path) -> None:
    """YASGUI draws the texts of an answer as text, and the policy stands behind it."""
    script = f"""
      inside.policyQuery.yasgui.getTab().query();
      await until(() => {ANSWER} > 5);
      await pause(300);
      seen.text = page.querySelector(".active .yasr").textContent;
      seen.found = page.querySelectorAll(".yasr img, .yasr td svg").length;"""
    path = f"/query?query={quote('SELECT * { ?s ?p ?o } LIMIT 40')}"
    for payload in PAYLOADS[:5]:
        seen, opened = driven(hostile_graph(payload, tmp_path), path, script, tmp_path)
        assert (seen.get("fault"), seen["pwned"], seen["found"]) == (None, "", 0)
        assert ("pwned" if "pwned" in payload else "gnirts") in str(seen["text"])
        assert opened.strangers == set()


def test_a_shipped_question_runs_with_a_name(graph: PolicyGraph, tmp_path: Path) -> None:
    """The form of a question asks for the thing of the name, binds it and shows the rows; a name in it opens a page here."""
    script = f"""
      const form = page.querySelector("[data-question=who-adopted] form");
      form.querySelector("input").value = "“县管校聘”";
      form.querySelector("button[value=run]").click();
      seen.rows = await until(() => {ANSWER});
      const link = await until(() => page.querySelector(".yasr a.iri[href^='{BASE}']"));
      link.addEventListener("click", (event) => event.preventDefault());
      link.click();
      seen.link = link.getAttribute("href");
      seen.query = inside.policyQuery.yasgui.getTab().getQuery();"""
    seen, opened = driven(graph, "/query", script, tmp_path)
    assert seen.get("fault") is None
    assert seen["rows"] == len(graph.query(questions()[0].text, {"program": "县管校聘"}))
    assert f"VALUES ?program {{ <{BASE}program/县管校聘> }}" in str(seen["query"])
    assert str(seen["link"]).startswith("/id/")
    assert opened.complaints == []
    assert opened.strangers == set()


def test_a_link_to_a_question_fills_it_in_and_runs_nothing(graph: PolicyGraph, tmp_path: Path) -> None:
    path = f"/query?question=first-adopters&program={quote(BASE + 'program/县管校聘', safe='')}"
    script = f"await pause(800); seen.query = inside.policyQuery.yasgui.getTab().getQuery(); seen.rows = {ANSWER};"
    seen, _ = driven(graph, path, script, tmp_path)
    assert seen["rows"] == 0
    assert str(seen["query"]).count(f"VALUES ?program {{ <{BASE}program/县管校聘> }}") > 1


def test_an_unknown_name_is_said_and_nothing_is_run(graph: PolicyGraph, tmp_path: Path) -> None:
    script = f"""
      const form = page.querySelector("[data-question=adopted-in] form"), [place, year] = form.querySelectorAll("input");
      const told = async (name, when) => {{
        place.value = name; year.value = when; form.querySelector("button").click();
        return (await until(() => !form.querySelector(".choices").hidden && form.querySelector(".choices"))).textContent;
      }};
      seen.name = await told("没有的地方", ""); seen.year = await told("", "二〇一四");
      seen.iri = await told("https://example.org/> }} #", ""); seen.rows = {ANSWER};"""
    seen, _ = driven(graph, "/query", script, tmp_path)
    assert "没有叫“没有的地方”的地方" in str(seen["name"])
    assert "不是整数" in str(seen["year"])
    assert "IRI" in str(seen["iri"])
    assert seen["rows"] == 0


def test_a_bound_question_answers_as_the_library_does(graph: PolicyGraph, tmp_path: Path) -> None:
    """VALUES in the text of each question gives the rows that a parameter of `kg query` gives."""
    values = {"Program": "program/县管校聘", "Place": first_place(graph), "integer": "2014", "text": "yichang.txt"}
    terms = {
        "Program": f"<{BASE}program/县管校聘>",
        "Place": f"<{BASE}{first_place(graph)}>",
        "integer": "2014",
        "text": '"yichang.txt"',
    }
    script = f"""
      const data = JSON.parse(page.getElementById("data").textContent), terms = {json.dumps(terms)};
      for (const [name, {{ text, parameters }}] of Object.entries(data.questions))
        seen[name] = inside.policyBinding.bound(text, parameters.map((p) => [p.name, terms[p.kind]]));"""
    seen, _ = driven(graph, "/query", script, tmp_path)
    for question in questions():
        params = {p.name: (BASE if "/" in values[p.kind] else "") + values[p.kind] for p in question.parameters}
        wanted = graph.query(question.text, params)
        assert sorted(map(str, graph.query(str(seen[question.name])))) == sorted(map(str, wanted)), question.name
        assert str(seen[question.name]).count("VALUES") >= len(params)


def first_place(graph: PolicyGraph) -> str:
    row = graph.query("SELECT ?place { ?claim a pol:Adoption ; pol:place ?place } ORDER BY ?place LIMIT 1").rows[0]
    return str(row[0]).removeprefix(BASE)


def test_a_typed_value_stays_one_term(graph: PolicyGraph, tmp_path: Path) -> None:
    """Whatever is typed as text comes back from the engine sign by sign; an IRI that is none is refused."""
    typed = [
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
    script = f"""
      const {{ literal, iri, integer }} = inside.policyBinding, typed = {json.dumps(typed)};
      seen.literals = typed.map((text) => literal(text));
      seen.iris = ["<a b>", "https://x/>", "https://x/\\"", "名称", "urn:x:y", "id:place/1", "javascript:x"].map((text) => {{
        try {{ return iri(text, {{ id: "https://base/" }}); }} catch (fault) {{ return "refused"; }} }});
      seen.integers = ["2014", "-3", "1e3", "1 }} #", ""].map((text) => {{
        try {{ return integer(text); }} catch (fault) {{ return "refused"; }} }});"""
    seen, _ = driven(graph, "/query", script.replace("</", "<\\/"), tmp_path)
    assert seen["iris"] == [None, "refused", "refused", None, "<urn:x:y>", "<https://base/place/1>", None]
    assert seen["integers"] == ["2014", "-3", "refused", "refused", "refused"]
    literals = seen["literals"]
    assert isinstance(literals, list)
    for text, literal in zip(typed, literals, strict=True):
        rows = graph.query(f"SELECT ?x WHERE {{ VALUES ?x {{ {literal} }} }}").rows
        assert rows == ((re.sub("[\ud800-\udfff]", "\ufffd", text) if len(text) == 1 else text,),)


def test_no_other_server_is_asked_to_complete_a_term_or_offered_as_an_endpoint(
    graph: PolicyGraph, tmp_path: Path
) -> None:
    """As it comes, YASGUI asks lov.linkeddata.es for properties and classes and offers DBpedia and Wikidata."""
    script = """
      const tab = inside.policyQuery.yasgui.getTab(), yasqe = tab.getYasqe();
      seen.completers = yasqe.config.autocompleters;
      seen.endpoint = tab.getEndpoint();
      seen.catalogue = inside.policyQuery.yasgui.config.endpointCatalogueOptions.getData();
      const proposed = async (text) => {
        yasqe.setValue(`PREFIX pol: <https://w3id.org/policy-kg/ontology#>\n${text}`);
        yasqe.getDoc().setCursor({ line: 1, ch: text.length });
        yasqe.autocomplete();
        await pause(600);
        const words = [...page.querySelectorAll(".CodeMirror-hint")].map((hint) => hint.textContent);
        yasqe.closeHint();
        return words;
      };
      seen.properties = await proposed("SELECT * WHERE { ?s pol:jur");
      seen.classes = await proposed("SELECT * WHERE { ?s a pol:Ado");
      seen.others = await proposed("SELECT * WHERE { ?s foaf:na");"""
    seen, opened = driven(graph, "/query", script, tmp_path)
    assert seen.get("fault") is None
    assert not {"property", "class"} & set(seen["completers"])  # type: ignore[call-overload]
    assert (seen["properties"], seen["classes"], seen["others"]) == (["pol:jurisdiction"], ["pol:Adoption"], [])
    assert seen["catalogue"] == []
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/sparql", str(seen["endpoint"]))
    assert opened.complaints == []
    assert opened.strangers == set()
