"""A graph of documents, served: what is answered, in which form, and what is refused."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.graph.iris import BASE
from serve.conftest import write_graph
from serve.served import ROOT, Served, served

ROWS = "SELECT ?name WHERE { ?p skos:prefLabel ?name } ORDER BY ?name"
ASK = "ASK { ?p skos:prefLabel '双减'@zh }"
TRIPLES = "CONSTRUCT WHERE { ?p skos:prefLabel ?name }"


@pytest.mark.parametrize(
    ("text", "accept", "media", "holds"),
    [
        (ROWS, "application/sparql-results+json", "application/sparql-results+json", '"县管校聘"'),
        (ROWS, "application/sparql-results+xml", "application/sparql-results+xml", ">县管校聘</literal>"),
        (ROWS, "text/csv", "text/csv", "县管校聘\r\n"),
        (ROWS, "text/tab-separated-values", "text/tab-separated-values", '"县管校聘"@zh\n'),
        (ROWS, "*/*", "application/sparql-results+json", "县管校聘"),
        (ROWS, "text/turtle, text/csv;q=0.1", "text/csv", "县管校聘"),
        (ASK, "application/json", "application/json", '"boolean":true'),
        (TRIPLES, "text/turtle", "text/turtle", "县管校聘"),
        (TRIPLES, "application/n-triples", "application/n-triples", "县管校聘"),
        (TRIPLES, "application/rdf+xml", "application/rdf+xml", "县管校聘"),
        (TRIPLES, "application/ld+json", "application/ld+json", "县管校聘"),
        ("DESCRIBE id:program%2F0".replace("%2F", "\\/"), "text/turtle;q=0.2, */*;q=0.1", "text/turtle", "县管校聘"),
    ],
)
def test_formats(reading: Served, text: str, accept: str, media: str, holds: str) -> None:
    """Rows and truth values as JSON, XML, CSV, TSV; triples as Turtle, N-Triples, RDF/XML, JSON-LD; as the client likes."""
    reply = reading.query(text, accept)
    assert (reply.status, reply.media) == (200, media), reply
    assert holds in reply.text


def test_ways_to_ask(reading: Served) -> None:
    """GET, form and body give the same answer; the union counts what two files say once."""
    text = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    direct = {"Content-Type": "application/sparql-query"}
    replies = [
        reading.query(text),
        reading.ask("/sparql", "POST", f"query={quote(text)}", form),
        reading.ask("/sparql", "POST", text, direct),
    ]
    assert [reply.json["results"]["bindings"][0]["n"]["value"] for reply in replies] == ["4", "4", "4"]


@pytest.mark.parametrize(
    ("text", "more", "rows"),
    [
        ("SELECT * { ?s ?p ?o }", {}, 4),
        ("SELECT * { ?s ?p ?o }", {"default-graph-uri": f"{BASE}source/0"}, 2),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", {}, 6),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", {"named-graph-uri": f"{BASE}source/1"}, 2),
        (f"SELECT * FROM <{BASE}source/0> {{ ?s ?p ?o }}", {}, 2),
        (f"SELECT * FROM <{BASE}source/0> {{ ?s ?p ?o }}", {"default-graph-uri": "http://example.org/none"}, 0),
    ],
)
def test_dataset(reading: Served, text: str, more: dict[str, str], rows: int) -> None:
    """The dataset of the request goes before that of the text, and both before that of the store."""
    assert len(reading.query(text, **more).json["results"]["bindings"]) == rows


@pytest.mark.parametrize(
    ("text", "accept", "status", "words"),
    [
        ("SELECT", "*/*", 400, "line 1"),
        ("SELECT * { ?s nobody:knows ?o }", "*/*", 400, "cannot be read"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "*/*", 400, "another server"),
        ("SELECT * { ?s ?p ?o .SERVICESILENT<http://127.0.0.1:9/>{} }", "*/*", 400, "another server"),
        ("DROP ALL", "*/*", 400, ""),
        (ROWS, "text/html", 406, ""),
        (ROWS, "text/turtle", 406, "rows"),
        (TRIPLES, "text/csv", 406, "triples"),
        ("SELECT (<http://example.org/f>(1) AS ?x) {}", "*/*", 422, "cannot be answered"),
    ],
)
def test_refused(reading: Served, text: str, accept: str, status: int, words: str) -> None:
    """Every refusal is a problem document that says why."""
    reply = reading.query(text, accept)
    assert reply.status == status
    assert words in reply.detail


@pytest.mark.parametrize(
    ("method", "path", "kind", "body"),
    [
        ("POST", "/sparql", "application/sparql-update", "DROP ALL"),
        ("POST", "/sparql", "application/x-www-form-urlencoded", "update=DROP+ALL"),
        ("PUT", "/store?default", "text/turtle", "<u:a> <u:b> 1 ."),
        ("POST", "/store", "text/turtle", "<u:a> <u:b> 1 ."),
        ("DELETE", f"/store?graph={BASE}source/0", "", ""),
    ],
)
def test_only_read(reading: Served, method: str, path: str, kind: str, body: str) -> None:
    """A graph of documents is changed by changing documents."""
    reply = reading.ask(path, method, body, {"Content-Type": kind})
    assert reply.status == 403
    assert "building again" in reply.detail


def test_one_graph(reading: Served) -> None:
    """The graph of a file, the union, and a graph that is not there."""
    name = quote(f"{BASE}source/1", safe="")
    reply = reading.ask(f"/store?graph={name}", headers={"Accept": "application/n-triples"})
    assert (reply.status, len(reply.text.splitlines())) == (200, 2)
    head = reading.ask(f"/store?graph={name}", "HEAD", headers={"Accept": "application/n-triples"})
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", reply.headers["content-length"])
    assert len(reading.ask("/store?default", headers={"Accept": "application/n-triples"}).text.splitlines()) == 4
    assert reading.ask("/store?graph=http://example.org/none").status == 404
    assert reading.ask("/store?graph=relative").status == 400
    assert reading.ask("/store/of/nothing").status == 404
    assert reading.ask("/store").status == 400


def test_description(reading: Served) -> None:
    """Without a query the service describes itself: its address as it was asked, the union, no update."""
    reply = reading.ask("/sparql", headers={"Accept": "application/n-triples"})
    assert f"#endpoint> <{reading.address}/sparql> ." in reply.text
    assert "#UnionDefaultGraph>" in reply.text
    assert "Update" not in reply.text


def test_health_and_headers(reading: Served) -> None:
    """/health is JSON; every answer forbids foreign scripts, and none is for pages of other sites."""
    health = reading.ask("/health", headers={"Origin": "https://example.org"})
    assert health.json["status"] == "ok"
    for reply in (health, reading.ask("/"), reading.ask("/nothing"), reading.query("SELECT")):
        assert "default-src 'self'" in reply.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert not [name for name in reply.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/nothing", {}, 404),
        ("GET", "/vendor/README.md", {}, 404),
        ("GET", "/vendor/..%2f..%2fpyproject.toml", {}, 404),
        ("GET", "/vendor/%2e%2e/style.css", {}, 404),
        ("GET", "/vendor/vis-network.min.js", {}, 200),
        ("GET", "/pages/style.css", {}, 200),
        ("GET", "/", {}, 200),
        ("GET", "/query", {}, 200),
        ("GET", "/network", {}, 200),
        ("GET", "/search?q=%E5%8F%8C%E5%87%8F", {}, 200),
        ("GET", "/id/program/0", {}, 200),
        ("GET", "/id/program/0", {"Accept": "text/turtle"}, 200),
        ("GET", "/id/program/0", {"Accept": "image/png"}, 406),
        ("GET", "/id/program/none", {"Accept": "text/turtle"}, 404),
        ("OPTIONS", "/sparql", {}, 405),
        ("DELETE", "/health", {}, 405),
        ("PATCH", "/store?default", {}, 405),
        ("GET", "/sparql", {"Host": 'a"><script>'}, 400),
        ("POST", "/sparql", {"Content-Encoding": "gzip"}, 415),
        ("POST", "/sparql", {"Content-Type": "application/sparql-query", "Content-Length": "99999999999"}, 413),
    ],
)
def test_other_addresses(reading: Served, method: str, path: str, headers: dict[str, str], status: int) -> None:
    """Nothing outside the fixed list of files is handed out; refusals are problem documents."""
    reply = reading.ask(path, method, b"x" if method == "POST" else b"", headers)
    assert reply.status == status
    if status >= 400:
        assert reply.detail


def test_files_are_kept(reading: Served) -> None:
    """A browser asks for a vendored file again only to hear that it is still right."""
    first = reading.ask("/vendor/vis-network.min.js")
    again = reading.ask("/vendor/vis-network.min.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


def test_rebuilt(tmp_path: Path) -> None:
    """A graph that was built anew is served without a restart; a damaged one leaves the old one in place."""
    graph = write_graph(tmp_path / "graph", "县管校聘")
    with served(graph, "--workers", "2") as service:
        _until(lambda: service.ask("/health").json["idle"] == 3)
        assert len(service.values(ROWS)) == 2
        write_graph(graph, "县管校聘", "双减", "营养改善")
        _until(lambda: len(service.values(ROWS)) == 4)
        (graph / "graph.nq").write_text("this is no graph", encoding="utf-8")
        _until(lambda: "damaged" in service.complaints.read_text("utf-8"))
        assert len(service.values(ROWS)) == 4
        assert service.ask("/health").json["processes"] == 3


def _until(holds: object, seconds: float = 15) -> None:
    assert callable(holds)
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "this did not happen in time"
        time.sleep(0.1)


def test_log_is_inert(tmp_path: Path) -> None:
    """One line per request, without credentials and without signs that a terminal would act on."""
    graph = write_graph(tmp_path / "graph", "双减")
    log = tmp_path / "access.log"
    with served(graph, "--log", str(log)) as service:
        service.ask("/nothing%1b%5b2J%0aline%e2%80%ae?a=%1b", headers={"Authorization": "Bearer top-secret"})
    (line,) = log.read_text("utf-8").splitlines()
    assert line.isprintable()
    assert " 404 " in line
    assert "secret" not in line


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["missing"], "does not exist"),
        (["missing", "--updates"], "--token-file FILE, or --no-token"),
        (["missing", "--no-token"], "go with --updates"),
        (["missing", "--updates", "--no-token", "--host", "0.0.0.0"], "can be reached by others"),
        (["missing", "--updates", "--token-file", "missing"], "cannot be read"),
        (["tests", "--updates", "--no-token"], "not empty"),
        (["tests", "--host", "192.0.2.1"], "192.0.2.1"),
    ],
)
def test_wrong_options(options: list[str], words: str) -> None:
    """One clear message, no traceback."""
    command = [sys.executable, "-m", "kg", "serve", *options, "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False, timeout=60)
    assert done.returncode != 0
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_json_is_ascii_safe(reading: Served) -> None:
    """A problem document repeats the text of a query without signs that act on a terminal."""
    reply = reading.query("SELECT \x1b[2J")
    assert reply.status == 400
    assert b"\x1b" not in reply.body
    json.loads(reply.body)
