"""Answers in the W3C's formats, as records, as DataFrames and as Parquet."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import KgError, QueryError
from kg.graph.frames import columns, write_parquet
from kg.graph.iris import XSD
from kg.graph.results import results_json, results_tsv, results_xml
from kg.graph.rows import Rows, Term
from kg.graph.store import PolicyGraph

NASTY = 'a\t"b"\\ <c> & \x1b[31m\u202e\n终'
TERMS: tuple[tuple[Term | None, ...], ...] = (
    (ox.NamedNode("a:b"), ox.Literal("双减", language="zh"), None),
    (ox.BlankNode("x1"), ox.Literal(NASTY.replace("\x1b", "")), ox.Literal("1.50", datatype=ox.NamedNode(XSD + "decimal"))),
    (None, ox.Literal(7), ox.Literal(True)),
)  # fmt: skip
ROWS = Rows(("one", "two", "three"), TERMS)
GOALS = """SELECT ?unit ?value ?year WHERE { ?c a pol:Goal ; pol:unit ?unit ; pol:value ?value .
OPTIONAL { ?c pol:year ?year } } ORDER BY ?value"""


@pytest.mark.parametrize(
    ("write", "form"),
    [
        (results_json, ox.QueryResultsFormat.JSON),
        (results_xml, ox.QueryResultsFormat.XML),
        (results_tsv, ox.QueryResultsFormat.TSV),
    ],
)
def test_round_trip(write: object, form: ox.QueryResultsFormat) -> None:
    """What is written is read back by another implementation, term for term."""
    text = write(ROWS)  # type: ignore[operator]
    read = ox.parse_query_results(text.encode(), format=form)
    assert isinstance(read, ox.QuerySolutions)
    assert tuple(tuple(row) for row in read) == TERMS
    assert "\u202e" not in text or form == ox.QueryResultsFormat.JSON
    if form != ox.QueryResultsFormat.TSV:
        truth = write(Rows(("answer",), ((ox.Literal(True),),), "ASK"))  # type: ignore[operator]
        assert bool(ox.parse_query_results(truth.encode(), format=form)) is True


@pytest.mark.parametrize("form", ["tsv", "xml", "sparql-json", "csv", "json", "table", "nt", "ttl", "jsonld"])
def test_nothing_reaches_the_terminal(form: str, tmp_path: Path) -> None:
    """No control character or mark of direction of a document is sent to the terminal."""
    literal = ox.Literal(NASTY)
    quad = ox.Quad(ox.NamedNode("a:b"), ox.NamedNode("a:c"), literal, ox.NamedNode("a:g"))
    (tmp_path / "graph.nq").write_bytes(ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"")
    ask = "CONSTRUCT WHERE { ?s ?p ?o }" if form in ("nt", "ttl", "jsonld") else "SELECT * WHERE { ?s ?p ?o }"
    run = CliRunner().invoke(main, ["query", str(tmp_path), ask, "-f", form])
    assert run.exit_code == 0, run.output
    assert "终" in run.stdout
    assert not {"\x1b", "\u202e"} & set(run.stdout)


@pytest.mark.parametrize(
    ("ask", "form", "fault"),
    [
        ("SELECT * { ?s ?p ?o }", "nt", "for CONSTRUCT and DESCRIBE"),
        ("CONSTRUCT WHERE { ?s pol:adopts ?o }", "xml", "for SELECT and ASK"),
        ("SELECT * { ?s pol:adopts ?o }", "parquet", "needs a file"),
    ],
)
def test_wrong_format(folder: Path, ask: str, form: str, fault: str) -> None:
    run = CliRunner().invoke(main, ["query", str(folder), ask, "-f", form])
    assert (run.exit_code, run.stdout) == (2, "")
    assert fault in run.stderr


@pytest.mark.parametrize(("form", "rdf"), [("nt", "N_TRIPLES"), ("jsonld", "JSON_LD"), ("ttl", "TURTLE")])
def test_triples(folder: Path, graph: PolicyGraph, form: str, rdf: str) -> None:
    """The triples of DESCRIBE are the same in every format."""
    ask = "DESCRIBE id:program/县管校聘".replace("id:program/县管校聘", f"<{graph.base}program/县管校聘>")
    run = CliRunner().invoke(main, ["query", str(folder), ask, "-f", form])
    assert run.exit_code == 0, run.output
    read = {quad.triple for quad in ox.parse(run.stdout.encode(), format=getattr(ox.RdfFormat, rdf))}
    assert read == set(graph.query(ask).triples)


def test_parquet(folder: Path, tmp_path: Path) -> None:
    """Whole numbers, decimals and texts keep their kind."""
    parquet = pytest.importorskip("pyarrow.parquet")
    run = CliRunner().invoke(main, ["query", str(folder), GOALS, "-f", "parquet", "--out", str(tmp_path / "a.parquet")])
    assert run.exit_code == 0, run.output
    read = parquet.read_table(tmp_path / "a.parquet")
    assert [str(field.type) for field in read.schema] == ["string", "double", "int64"]
    assert read.to_pylist()[0] == {"unit": "万个", "value": 1.2, "year": 2016}


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([ox.Literal(1), None], "integer"),
        ([ox.Literal(1), ox.Literal("0.5", datatype=ox.NamedNode(XSD + "decimal"))], "decimal"),
        ([ox.Literal(True)], "boolean"),
        ([ox.Literal(True), ox.Literal(1)], "text"),
        ([ox.Literal(10**30)], "text"),
        ([None], "text"),
        ([], "text"),
    ],
)
def test_columns(values: list[Term | None], kind: str) -> None:
    (column,) = columns(Rows(("x",), tuple((value,) for value in values)))
    assert (column.kind, len(column.values)) == (kind, len(values))


def test_records(graph: PolicyGraph) -> None:
    """A shipped question by name or number, or SPARQL; parameters by name; Python's values."""
    first, *_ = graph.records(GOALS)
    assert first == {"unit": "万个", "value": Decimal("1.2"), "year": 2016}
    by_name = graph.records("who-adopted", program="县管校聘")
    assert by_name == graph.records("1", program="县管校聘")
    assert {row["placeName"] for row in by_name} >= {"大连市", "遂宁市"}
    assert {row["year"] for row in graph.records("adopted-in", place="大连市", year=2014)} == {2014}
    with pytest.raises(QueryError, match="no question 'who'"):
        graph.records("who")


def test_dataframe(graph: PolicyGraph) -> None:
    """Columns have one type each; what is not known is NA."""
    pytest.importorskip("pandas")
    frame = graph.dataframe(GOALS)
    assert [str(kind) for kind in frame.dtypes] == ["string", "Float64", "Int64"]
    assert frame["year"].isna().sum() == 1
    assert len(graph.dataframe("SELECT ?x WHERE { ?x pol:year 1 }")) == 0


@pytest.mark.parametrize(("missing", "cure"), [("pandas", "pip install pandas"), ("pyarrow", "policy-kg.parquet")])
def test_not_installed(
    graph: PolicyGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str, cure: str
) -> None:
    """Without the library the error names the cure."""
    monkeypatch.setitem(__import__("sys").modules, missing, None)
    with pytest.raises(KgError, match=cure):
        graph.dataframe(GOALS) if missing == "pandas" else write_parquet(graph.query(GOALS), tmp_path / "a.parquet")


def test_json_of_the_command(folder: Path) -> None:
    """`-f sparql-json` is the W3C's JSON, `-f json` a plain list."""
    run = CliRunner().invoke(main, ["query", str(folder), GOALS, "-f", "sparql-json"])
    assert json.loads(run.stdout)["head"] == {"vars": ["unit", "value", "year"]}
    run = CliRunner().invoke(main, ["query", str(folder), GOALS, "-f", "json"])
    assert json.loads(run.stdout)[0]["year"] == "2016"
