"""`kg query --endpoint` answers like a graph on disk, and says in one line why it cannot."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.errors import KgError, QueryError
from kg.graph.iris import BASE, XSD
from kg.graph.remote import RemoteGraph
from kg.graph.sparql_terms import for_sparql, text_term
from kg.graph.store import open_graph
from kg.push import Target, push
from kg.remote.client import Client
from push.conftest import LINES, NASTY, write_graph
from push.fake import Fake

LABELS = "SELECT ?thing WHERE { ?thing skos:prefLabel ?label }"


@pytest.fixture
def filled(folder: Path, server: Fake, client: Client) -> Fake:
    push(folder, Target(server.address, server.address, f"{server.address}/data"), client)
    server.asked.clear()
    server.texts.clear()
    return server


@pytest.fixture
def graph(filled: Fake, client: Client) -> RemoteGraph:
    return RemoteGraph(client, filled.address)


def kg(*words: str | Path, text: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=text)


@pytest.mark.parametrize(
    ("text", "params"),
    [
        (LABELS, {}),
        ("SELECT ?claim ?year WHERE { ?claim a pol:Adoption . OPTIONAL { ?claim pol:year ?year } }", {"year": "2014"}),
        ("SELECT ?claim WHERE { ?claim a pol:Adoption ; pol:place ?place }", {"place": "id:place/210200"}),
        (
            "# ?place (Place, for example 大连市)\nSELECT ?claim ?place WHERE { ?claim pol:place ?place }",
            {"place": "大连市"},
        ),
        ("ASK { ?s pol:year 2014 }", {}),
        ("ASK { ?s pol:year 2015 }", {}),
        ("CONSTRUCT { ?s skos:altLabel ?l } WHERE { ?s skos:prefLabel ?l }", {}),
        ("PREFIX pol: <https://w3id.org/policy-kg/ontology#> SELECT * WHERE { ?s pol:year ?y }", {}),
        (LABELS, {"label": NASTY}),
    ],
)
def test_same_as_local(text: str, params: dict[str, str], graph: RemoteGraph, folder: Path) -> None:
    """Rows, truth values and triples, with parameters or without; prefixes need no declaration."""
    local, remote = open_graph(folder).query(text, params), graph.query(text, params)
    assert (remote.form, remote.columns) == (local.form, local.columns)
    assert set(remote.terms) == set(local.terms)


@pytest.mark.parametrize(
    ("name", "kind", "thing"),
    [
        ("大连市", "Place", "place/210200"),
        ("潍坊市", "Place", "place/370700"),  # in force, not the prefecture of before
        ("县管校聘改革", "Program", "program/校聘"),  # its label has quotation marks
        ("“县管校用”", "Program", "program/校聘"),  # another name
    ],
)
def test_names(name: str, kind: str, thing: str, graph: RemoteGraph) -> None:
    """Resolved on the server as they are on disk."""
    assert graph.thing(name, kind).value == f"{BASE}{thing}"


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("鼓楼区", "Place", f"several things.*\n  {BASE}place/320106\n  {BASE}place/350102"),
        ("大联市", "Place", "no Place '大联市'; did you mean '大连市'"),
        ("大连市", "Program", "no Program '大连市'"),
        ('") } #', "Place", "no Place"),
        ("", "Place", "no Place"),
    ],
)
def test_names_that_name_nothing(name: str, kind: str, said: str, graph: RemoteGraph) -> None:
    """Ambiguity lists the IRIs; a near name is suggested; nothing breaks out of a string."""
    with pytest.raises(QueryError, match=f"(?s){said}"):
        graph.thing(name, kind)


@pytest.mark.parametrize(
    "value",
    [NASTY, '"', "\\", "\\u0022) } #", "x' } ; DROP ALL #", "<b>", "a\nb", "\\\\u0022", "?x", "} UNION { ?s ?p ?o"],
)
def test_no_value_breaks_out(value: str, filled: Fake, graph: RemoteGraph) -> None:
    """A value is one term of the query that is sent, and stands for itself."""
    graph.query("SELECT ?s WHERE { ?s pol:file ?file }", {"file": value})
    sent = filled.texts[-1]
    head, _, tail = sent.partition("FILTER(?file = ")
    term = tail.removesuffix(") }")
    assert "FILTER" not in head
    (bound,) = ox.Store().query(f"SELECT ?x WHERE {{ BIND({term} AS ?x) }}")
    assert bound["x"] == ox.Literal(value)


@pytest.mark.parametrize("text", ["\\u0041", "\\\\u0041", "\\\\\\u0041", "\\U0001F600", "\\", "u", "\\x", '\\"u'])
def test_codes_that_are_none(text: str) -> None:
    """Both for engines that resolve codes before they read strings, and for those that do it in one go."""
    term = text_term(text)
    (found,) = ox.Store().query(f"SELECT ?x WHERE {{ BIND({term} AS ?x) }}")
    assert found["x"].value == text
    resolved = re.sub(r"\\u([0-9A-F]{4})|\\U([0-9A-F]{8})", lambda code: chr(int(code[1] or code[2], 16)), term)
    (found,) = ox.Store().query(f"SELECT ?x WHERE {{ BIND({resolved} AS ?x) }}")
    assert found["x"].value == text
    assert for_sparql(b"\\t") == b"\\t"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            "html",
            "text/html in place of SPARQL results in JSON; is it the address of a SPARQL endpoint?\n  it says: Bad & sad",
        ),
        ("json", "breaks off or is damaged"),
        ("cut", "breaks off"),
        (401, "answered 401: it asks who you are; give --user and --password-file"),
        (404, "answered 404: nothing is there; check the address"),
        (500, "answered 500: it failed\n  it says: not now"),
        (503, "answered 503: it has too much to do or is stopped"),
        ("moved", "sends on to http://elsewhere.example.org/; give that address"),
        ("slow", "did not answer within 0.5 seconds (--timeout)"),
    ],
)
def test_faults(fault: int | str, said: str, filled: Fake) -> None:
    """One clear line with the cure, and exit code 1."""
    filled.faults = ["fine", fault]
    result = kg("query", "--endpoint", filled.address, LABELS, "--timeout", "0.5")
    assert result.exit_code == 1
    assert said in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("INSERT DATA { <urn:s> <urn:p> 1 }", "INSERT changes the graph"),
        ("SELECT * WHERE { SERVICE <http://h/> { ?s ?p ?o } }", "SERVICE asks another server"),
        ("SELECT * WHERE { ?s pol:adobts ?o }", "did you mean 'adopts'"),
        ("SELECT * WHERE { ?s foo:bar ?o }", "the prefix 'foo:' is unknown"),
    ],
)
def test_refused_here(text: str, said: str, filled: Fake) -> None:
    """What is refused of a graph on disk is not sent."""
    result = kg("query", "--endpoint", filled.address, text)
    assert (result.exit_code, said in result.output) == (1, True)
    assert all("SourceDocument" in sent for sent in filled.texts)


def test_wrong_syntax(filled: Fake) -> None:
    """Our own parser says where; the engine's dialect is let pass."""
    result = kg("query", "--endpoint", filled.address, "SELECT *\nWHERE { ?s ?p }")
    assert result.exit_code == 1
    assert "line 2, column 16" in result.output


def test_an_engines_own_words(filled: Fake) -> None:
    """Where only the server finds a fault, it is the server's words that are shown."""
    filled.faults = ["fine", 400]
    result = kg("query", "--endpoint", filled.address, LABELS)
    assert "answered 400: it does not understand the request\n  it says: not now" in result.output


def test_cut(filled: Fake) -> None:
    """Said aloud."""
    result = kg("query", "--endpoint", filled.address, LABELS, "--limit", "2", "-f", "csv")
    assert result.exit_code == 0
    assert "stopped after 2 rows (--limit); there are more" in result.stderr
    assert len(result.stdout.splitlines()) == 3


@pytest.mark.parametrize("form", ["table", "csv", "json", "tsv", "xml", "sparql-json"])
def test_formats(form: str, filled: Fake, folder: Path) -> None:
    """The same bytes as from the folder."""
    text = f"{LABELS.replace('SELECT', 'SELECT DISTINCT')} ORDER BY ?label ?thing"
    remote, local = kg("query", "--endpoint", filled.address, text, "-f", form), kg("query", folder, text, "-f", form)
    assert (remote.exit_code, remote.stdout) == (0, local.stdout)


def test_ways_to_ask(filled: Fake, tmp_path: Path) -> None:
    """By name, from a file, from standard input."""
    (tmp_path / "q.rq").write_text(LABELS, "utf-8")
    assert kg("query", "--endpoint", filled.address, tmp_path / "q.rq").exit_code == 0
    assert kg("query", "--endpoint", filled.address, "-", text=LABELS).exit_code == 0
    assert kg("query", "--endpoint", filled.address, "who-adopted", "-p", "program=县管校聘改革").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say whom to ask, a graph folder or --endpoint"),
        (("graph/",), "say what to ask"),
        (("--endpoint", "http://h/"), "say what to ask"),
        (("--endpoint", "http://h/", "graph/", "who-adopted"), "--endpoint stands in the place of GRAPH"),
    ],
)
def test_usage(words: tuple[str, ...], said: str) -> None:
    """What is missing is named."""
    result = kg("query", *words)
    assert (result.exit_code, said in result.output) == (2, True)


def test_no_union(filled: Fake) -> None:
    """An empty default graph beside full named ones is a setting of the server, and said to be."""
    filled.union = False
    result = kg("query", "--endpoint", filled.address, LABELS)
    assert result.exit_code == 0
    assert "make their union the default graph" in result.output


def test_another_base(server: Fake, client: Client, tmp_path: Path) -> None:
    """`id:` is what the things of the pushed graph start with."""
    base = "https://example.org/知识/"
    graphs = {"source/0a": tuple(line.replace(BASE, base) for line in LINES["source/0a"])}
    folder = write_graph(tmp_path / "g", graphs)
    file = folder / "graph.nq"
    file.write_text(file.read_text("utf-8").replace(BASE, base), "utf-8")
    push(folder, Target(server.address, server.address), client)
    assert (
        len(
            RemoteGraph(client, server.address).query(
                "SELECT ?y WHERE { id:claim/1 pol:year ?y }".replace("/1", "\\/1")
            )
        )
        == 1
    )


def test_virtuosos_truth(server: Fake, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """`"1"^^xsd:boolean` is true, ASK may be answered with a row, and a cut answer is noted."""
    cell = {"type": "typed-literal", "datatype": f"{XSD}boolean", "value": "1"}
    body = json.dumps({"head": {"link": [], "vars": ["t"]}, "results": {"distinct": False, "bindings": [{"t": cell}]}})
    monkeypatch.setattr(
        "push.fake._Handler._sparql",
        lambda self, fields: self._answer(
            200, body.encode(), "application/sparql-results+json", {"X-SPARQL-MaxRows": "1"}
        ),
    )
    graph = RemoteGraph(client, server.address)
    assert graph.rows("SELECT ?t WHERE {}").terms == ((ox.Literal(True),),)
    assert graph.rows("ASK {}").truth
    assert "no more than 1 rows" in graph.notes[0]
    with pytest.raises(KgError, match="in place of N-Triples"):
        graph.rows("CONSTRUCT {} WHERE {}")
