"""Opening a graph and asking it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kg.errors import GraphError, QueryError
from kg.graph.iris import BASE, POL
from kg.graph.store import PolicyGraph, asks_for_named, open_graph
from kg.graph.triples import quads_of, write_nquads
from kg.graph.turtle import write_turtle_of
from kg.model import Reading

ABOUT = "# q\n# ?s (Program, for example x)\nSELECT ?s WHERE { ?s ?p ?o }"
YEARS = "# q\n# ?y (integer, for example 2014)\nSELECT ?y WHERE { ?s pol:year ?y }"


def test_the_union_counts_each_triple_once(graph: PolicyGraph) -> None:
    """A label that stands in three files' graphs is one triple of the default graph."""
    in_graphs = graph.query('SELECT ?g WHERE { GRAPH ?g { ?p skos:prefLabel "县管校聘"@zh } }')
    assert len(in_graphs) == 4
    count = graph.query('SELECT (COUNT(*) AS ?n) WHERE { ?p skos:prefLabel "县管校聘"@zh }')
    assert next(count.typed()) == {"n": 1}


def test_rows(graph: PolicyGraph) -> None:
    """Columns, rows of text, rows by name, Python values; a limit cuts."""
    rows = graph.query(
        "SELECT ?unit ?value ?year ?program WHERE { ?c a pol:Goal ; pol:unit ?unit ; pol:value ?value "
        "OPTIONAL { ?c pol:year ?year } OPTIONAL { ?c pol:program ?program } } ORDER BY ?value"
    )
    assert rows.columns == ("unit", "value", "year", "program")
    assert rows.rows[1] == ("%", "92.5", "2014", None)
    assert next(rows.dicts()) == {
        "unit": "万个",
        "value": "1.2",
        "year": "2016",
        "program": f"{BASE}program/第二期学前教育三年行动计划",
    }
    assert list(rows.typed())[1] == {"unit": "%", "value": Decimal("92.5"), "year": 2014, "program": None}
    assert len(graph.query("SELECT ?s WHERE { ?s ?p ?o }", limit=3)) == 3


def test_ask_and_construct(graph: PolicyGraph) -> None:
    assert graph.query("ASK { ?c a pol:Adoption }").truth is True
    assert graph.query("ASK { ?c pol:status pol:Ended }").truth is False
    built = graph.query("CONSTRUCT { ?p pol:adopts ?x } WHERE { ?p pol:adopts ?x }")
    assert built.columns == ("subject", "predicate", "object")
    assert {t.predicate.value for t in built.triples} == {POL + "adopts"}
    assert len(built.triples) == 3


@pytest.mark.parametrize(
    ("params", "places"),
    [
        ({"place": f"{BASE}place/210200"}, ["大连市"]),
        ({"?place": f"<{BASE}place/210200>"}, ["大连市"]),
        ({"name": "x"}, []),
        ({"code": "210200"}, []),
        ({"place": "pol:Planned"}, []),
        ({"name": '大连市" } UNION { ?s ?p ?o'}, []),
    ],
)
def test_parameters_are_bound_as_terms(graph: PolicyGraph, params: dict[str, str], places: list[str]) -> None:
    """IRIs, prefixed names, numbers and texts by their form; what looks like SPARQL stays a text."""
    query = """SELECT ?place ?name ?code ?label WHERE {
      ?place a pol:Place ; skos:prefLabel ?label ; skos:notation ?code . OPTIONAL { ?place skos:altLabel ?name } }"""
    assert [row[3] for row in graph.query(query, params)] == places


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT ?n WHERE { ?c a pol:Adoption . OPTIONAL { ?c pol:year ?year } BIND(1 AS ?n) }", 1),
        ("SELECT (COUNT(*) AS ?n) { ?c a pol:Adoption ; pol:year ?year } GROUP BY ?year", 1),
        ("SELECT ?c { { SELECT ?c ?year WHERE { ?c a pol:Adoption ; pol:year ?year } } } VALUES ?x { 1 2 }", 2),
        ("CONSTRUCT { ?c pol:year ?year } WHERE { ?c a pol:Adoption ; pol:year ?year } # }", 1),
        ("SELECT ?c WHERE { ?c a pol:Adoption ; pol:year ?year FILTER(?year < 2000) }", 0),
    ],
)
def test_a_fixed_variable_filters_whatever_the_query(graph: PolicyGraph, query: str, rows: int) -> None:
    """One of four adoptions is of 2018; one has no year, and an optional year must not let the others through."""
    assert len(graph.query(query, {"year": "2018"})) == rows


def test_a_declared_parameter_is_looked_up(graph: PolicyGraph) -> None:
    """Where the head of a query says what a variable is, a name suffices: preferred label first, then any other."""
    query = (
        "# mine\n# ?place (Place, for example 大连市); ?year (integer, for example 2014)\n"
        "SELECT ?place ?year WHERE { ?c pol:place ?place ; pol:year ?year } ORDER BY ?year"
    )
    assert {row[1] for row in graph.query(query, {"place": "大连市"})} == {"2014", "2015", "2016"}
    assert {row[0] for row in graph.query(query, {"year": "2018"})} == {f"{BASE}place/510900"}
    assert graph.thing("辽宁", "Place").value == f"{BASE}place/210000"
    assert graph.thing("“辽宁”", "Place").value == f"{BASE}place/210000"


@pytest.mark.parametrize(
    ("query", "params", "message"),
    [
        ("", {}, "the query is empty"),
        ("# nothing but a remark", {}, "the query is empty"),
        ("SELECT ?s WHERE { ?s ?p ?o ", {}, r"line 1, column \d+.*a '\{' has no '\}'"),
        ("SELECT ?s WHERE {\n ?s pol:adopts ?o }}", {}, r"line 2, column \d+.*a '\}' has no '\{'"),
        ("SELECT ?s WHERE {\n ?s pol:adopts ?o ； }", {}, "line 2.*full-width"),
        ('SELECT ?s WHERE { ?s skos:prefLabel "大连市 }', {}, "a quotation mark is not closed"),
        ("SELECT ?s WHERE {\n ?s pol:adopts ?o ?x }", {}, "line 2.*perhaps a full stop"),
        ("FIND ?s WHERE { ?s ?p ?o }", {}, "starts with SELECT"),
        ("SELECT ?s WHERE {\n\n?s foo:p ?o }", {}, "line 3: the prefix 'foo:' is unknown"),
        ("SELECT ?s WHERE { ?s sko:prefLabel ?o }", {}, "did you mean 'skos:'"),
        ("SELECT ?s WHERE { ?s pol:adobts ?o }", {}, "no pol:adobts; did you mean 'adopts'"),
        ("SELECT ?s WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", {}, "line 1: SERVICE"),
        ("SELECT ?s WHERE { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }", {}, "SERVICE"),
        ("LOAD <http://127.0.0.1:9/x>", {}, "LOAD changes the graph"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", {}, "INSERT changes the graph"),
        ("PREFIX x: <http://x/> DELETE WHERE { ?s ?p ?o }", {}, "DELETE changes the graph"),
        ("DROP ALL", {}, "DROP changes the graph"),
        ("SELECT ?s WHERE { ?s ?p ?o } ; DROP ALL", {}, "cannot be read"),
        ("SELECT ?s WHERE { ?s ?p ?o }", {"x": "1"}, "no parameter 'x'; it has s, p, o"),
        (ABOUT.replace("SELECT ?s", "SELECT ?p"), {"s": "县管校聘"}, "must stand in the SELECT line"),
        ("SELECT ?s WHERE { ?s ?p ?o }", {"s": "https://example.org/a<b"}, "is no IRI"),
        (
            "# q\n# ?s (Program, for example x)\nSELECT ?s WHERE { ?s ?p ?o }",
            {"s": "县管校骋"},
            "knows no Program '县管校骋'; did you mean '县管校聘'",
        ),
        (
            "# q\n# ?s (Program, for example x)\nSELECT ?s WHERE { ?s ?p ?o }",
            {"sx": "1"},
            "no parameter 'sx'; did you mean 's'",
        ),
        (
            "# q\n# ?y (integer, for example 2014)\nSELECT ?y WHERE { ?s pol:year ?y }",
            {"y": "二〇一四"},
            "y must be a whole number such as 2014",
        ),
    ],
)
def test_broken_queries(graph: PolicyGraph, query: str, params: dict[str, str], message: str) -> None:
    """What is wrong, in which line, and what to write instead; nothing goes out to the network."""
    with pytest.raises(QueryError, match=f"(?s){message}"):
        graph.query(query, params)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?s WHERE { ?s skos:prefLabel "SERVICE LOAD foo:bar"@zh }',
        "SELECT ?s WHERE { ?s pol:source ?service } # SERVICE unknown:prefix",
        "PREFIX ex: <http://ex/load#> SELECT ?s WHERE { ?s ex:load ?o }",
        "SELECT ?load WHERE { ?load ?insert ?delete }",
        "SELECT ?s WHERE { ?s <http://ex/a:b#pol:nothing> '''it's # fine''' }",
        "SELECT ?s WHERE { ?s a/rdfs:subClassOf* ?o FILTER(STRSTARTS(STR(?o), STR(pol:))) }",
        "PREFIX pol: <http://other/> SELECT ?s WHERE { ?s pol:whatever ?o }",
        "BASE <http://x/> SELECT ?s WHERE { ?s <y> ?o }",
    ],
)
def test_harmless_queries_pass(graph: PolicyGraph, query: str) -> None:
    """Words in strings, comments, IRIs, variables and declared prefixes mean nothing to the checks."""
    graph.query(query)


def test_an_ambiguous_name_lists_its_bearers(graph: PolicyGraph, dalian: Reading, tmp_path: Path) -> None:
    """Two districts of one name are none; the answer says which IRIs there are."""
    base = "https://w3id.org/policy-kg/id/place/"
    lines = [
        f'<{base}{code}> <http://www.w3.org/2004/02/skos/core#prefLabel> "朝阳区"@zh <{BASE}reference> .'
        for code in ("110105", "220104")
    ]
    lines += [
        f"<{base}{code}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{POL}Place> <{BASE}reference> ."
        for code in ("110105", "220104")
    ]
    write_nquads([*lines, *quads_of(dalian)], tmp_path / "g.nq")
    with pytest.raises(QueryError, match=r"(?s)'朝阳区' names several.*110105.*220104"):
        open_graph(tmp_path / "g.nq").thing("朝阳区", "Place")


def test_another_base(dalian: Reading, tmp_path: Path) -> None:
    """`id:` follows the base that the graph was built with."""
    write_nquads(quads_of(dalian, "https://example.org/things/"), tmp_path / "graph.nq")
    graph = open_graph(tmp_path)
    assert graph.base == "https://example.org/things/"
    assert graph.query(r"ASK { id:place\/210200 pol:adopts ?p }").truth


@pytest.mark.parametrize("case", ["missing", "empty folder", "other file", "damaged"])
def test_no_graph(case: str, tmp_path: Path) -> None:
    """Each way of not being a graph says what to do."""
    path, message = tmp_path / "g", "kg build"
    if case == "empty folder":
        path.mkdir()
    elif case == "other file":
        path = tmp_path / "g.csv"
        path.write_text("a,b")
        message = "a folder made by kg build, or an .nq file"
    elif case == "damaged":
        path.mkdir()
        (path / "graph.nq").write_text("<a:a> <a:b> <a:c> .\n<a:a> nonsense\n")
        message = "damaged.*kg build"
    with pytest.raises(GraphError, match=message):
        open_graph(path)


def test_networkx(graph: PolicyGraph) -> None:
    """Things are nodes with kind and label, claims are edges that know their sentence."""
    network = graph.networkx()
    dalian, rotation = f"{BASE}place/210200", f"{BASE}program/县管校聘"
    assert network.nodes[dalian] == {"kind": "Place", "label": "大连市", "level": "Prefecture"}
    (edge,) = network.get_edge_data(dalian, rotation).values()
    assert {name: edge[name] for name in ("relation", "label", "year", "status", "file")} == {
        "relation": "adopts",
        "label": "采纳",
        "year": 2014,
        "status": "Completed",
        "file": "辽宁/dalian.txt",
    }
    assert edge["sentence"] == "我市全面完成了“县管校聘”改革试点，惠及农村教师。"
    goals = [node for node, data in network.nodes(data=True) if data.get("kind") == "Goal"]
    assert len(goals) == 3
    assert {data["relation"] for *_, data in network.edges(data=True)} == {
        "adopts", "issues", "implements", "targets", "succeeds", "partOf", "learnsFrom",
    }  # fmt: skip
    assert all("kind" in data for _, data in network.nodes(data=True))


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib warns of its own code
def test_rdflib_sees_the_same(graph: PolicyGraph, lines: list[str]) -> None:
    """The rdflib dataset has the same named graphs, and its own SPARQL engine finds the same adopters."""
    dataset = graph.rdflib_dataset()
    query = f"SELECT ?p ?x WHERE {{ ?p <{POL}adopts> ?x }}"
    assert {(str(p), str(x)) for p, x in dataset.query(query)} == set(graph.query(query).rows)  # type: ignore[misc]
    assert sum(1 for _ in dataset.quads()) == len(set(lines))


def test_turtle_is_stable_and_complete(graph: PolicyGraph, folder: Path, tmp_path: Path) -> None:
    """The same bytes each time, sorted, and no triple more or less than the graph has."""
    import rdflib

    graph.turtle(tmp_path / "a.ttl")
    open_graph(folder).turtle(tmp_path / "b.ttl")
    text = (tmp_path / "a.ttl").read_text("utf-8")
    assert text == (tmp_path / "b.ttl").read_text("utf-8")
    write_turtle_of(folder / "graph.nq", tmp_path / "of-lines.ttl", graph.base)
    assert text == (tmp_path / "of-lines.ttl").read_text("utf-8")
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == len(graph)
    assert "<place/210200>\n    a pol:Place ;" in text


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("SELECT ?from { ?claim pol:from ?from }", False),
        ('SELECT * { ?s ?p "GRAPH" } # FROM', False),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", True),
        ("SELECT * FROM <a:b> { ?s ?p ?o }", True),
        ("SELECT * { ?s ?p ?o.GRAPH ?g { } }", True),
        ("select * {graph?g{?s ?p true}}", True),
    ],
)
def test_named_graphs_are_asked_for(text: str, asks: bool) -> None:
    """A large graph makes its named graphs ready for a query that uses them, however it is written."""
    assert asks_for_named(text) is asks
