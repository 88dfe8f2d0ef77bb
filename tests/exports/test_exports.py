"""What is handed over can be read back, says the same, harms nobody, and stands whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner, Result

from kg.cli import main
from kg.cli.handing_over import EXPORTS
from kg.errors import ExportError, GraphError
from kg.exports import FILES, FOLDERS, Citation, export
from kg.exports.neo4j import NODES, RELATIONSHIPS
from kg.exports.sheets import sheets
from kg.exports.writing import new_file, new_folder
from kg.graph.jsonld import shipped_context
from kg.graph.ontology import terms
from kg.graph.rdf import _term
from kg.model import Relation

RDF = {"nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}
DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "export.md"


def kg(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def exported(graph: Path, form: str, folder: Path, **more: Any) -> Path:
    out = folder / form
    export(graph, form, out, **more)
    return out


def contents(path: Path) -> dict[str, bytes]:
    """Of a file or of all files of a folder."""
    files = [path] if path.is_file() else [p for p in sorted(path.rglob("*")) if p.is_file()]
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in files}


def rows(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def quads(graph: Path) -> set[ox.Quad]:
    file = graph / "graph.nq" if graph.is_dir() else graph
    return set(ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS))


@pytest.mark.parametrize("form", RDF)
@pytest.mark.parametrize("which", ["graph", "hostile"])
def test_rdf_comes_back(form: str, which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """N-Quads, TriG and JSON-LD hold every quad in its named graph, and nothing else."""
    graph = request.getfixturevalue(which)
    text = exported(graph, form, tmp_path).read_text("utf-8")
    assert set(ox.parse(text, format=RDF[form], base_iri="http://elsewhere.example/")) == quads(graph)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("form", ["trig", "jsonld"])
def test_rdflib_reads_the_same(form: str, graph: Path, tmp_path: Path) -> None:
    """Two independent parsers understand the file alike."""
    read = rdflib.Dataset()
    read.parse(data=exported(graph, form, tmp_path).read_text("utf-8"), format={"jsonld": "json-ld"}.get(form, form))
    named = {(*(_term(t) for t in q.triple), rdflib.URIRef(q.graph_name.value)) for q in quads(graph)}
    assert set(read.quads()) == named


def test_turtle_holds_all_triples(graph: Path, tmp_path: Path) -> None:
    """Turtle merges the named graphs and loses no triple."""
    text = exported(graph, "turtle", tmp_path).read_text("utf-8")
    assert {q.triple for q in ox.parse(text, format=ox.RdfFormat.TURTLE)} == {q.triple for q in quads(graph)}


def test_jsonld_is_compact(graph: Path, tmp_path: Path) -> None:
    """Short names for what the ontology knows: no full IRI of ours remains, numbers are numbers."""
    text = exported(graph, "jsonld", tmp_path).read_text("utf-8")
    body = text.partition('"@graph"')[2]
    assert "policy-kg" not in body
    assert re.search(r'"@type": "Adoption".*"confidence": "0\.\d+".*"place": "place/\d+".*"year": 2014', body)


def test_context_knows_the_ontology() -> None:
    """Every property of the ontology that data use has a term of its own name; no term is misspelt."""
    context = {name: v for name, v in shipped_context().items() if not name.startswith("@")}
    own = {name for name, v in context.items() if str(v if isinstance(v, str) else v["@id"]).startswith("pol:")}
    properties = {term for term in terms() if term[0].islower()} - {"edgeLabel", "shortcut"}
    assert own == properties


@pytest.mark.parametrize("form", EXPORTS)
def test_same_graph_same_bytes(form: str, graph: Path, tmp_path: Path) -> None:
    """No clock, no chance, no order of a set."""
    if form == "parquet":
        pytest.importorskip("pyarrow")
    (tmp_path / "again").mkdir()
    assert contents(exported(graph, form, tmp_path)) == contents(exported(graph, form, tmp_path / "again"))


@pytest.mark.parametrize("form", EXPORTS)
def test_a_hostile_name_breaks_no_format(form: str, hostile: Path, tmp_path: Path) -> None:
    """A name with quotes, markup, formulas and control characters is carried or replaced."""
    if form == "parquet":
        pytest.importorskip("pyarrow")
    assert contents(exported(hostile, form, tmp_path))


def test_a_spreadsheet_computes_nothing(hostile: Path, tmp_path: Path) -> None:
    """A formula gets an apostrophe, control characters become U+FFFD, and Excel sees that it is UTF-8."""
    file = exported(hostile, "csv", tmp_path) / "programmes.csv"
    (name,) = {row["name"] for row in rows(file, "utf-8-sig") if "小先生" in row["name"]}
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert name.startswith("'=HYPERLINK")
    assert not re.search("[\x01\x0b\u202e]", name)


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
@pytest.mark.parametrize("which", ["graph", "hostile"])
def test_networks_come_back(form: str, read: Any, which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """networkx reads the same nodes and edges back, with numbers as numbers."""
    network = read(exported(request.getfixturevalue(which), form, tmp_path))
    edges = {(start, said["relation"], end): said for start, end, said in network.edges(data=True)}
    adopted = edges["place/420500", "adopts", "program/县管校聘"]
    assert (adopted["year"], adopted["claims"], adopted["status"]) == (2014, 1, "Started")
    assert 0 < adopted["confidence"] <= 1
    node = network.nodes["program/县管校聘"]
    assert (node["label"], node["kind"], node["level"]) == ("县管校聘", "Program", "Nation")
    assert "County-managed" in node["label_en"]
    assert network.nodes["place/420500"]["code"] == "420500"
    assert any(said["relation"] == "targets" and end.startswith("claim/") for _, end, said in network.edges(data=True))


def test_gexf_holds_no_day(graph: Path, tmp_path: Path) -> None:
    assert "lastmodified" not in exported(graph, "gexf", tmp_path).read_text("utf-8")


def test_csv_columns_are_those_documented(graph: Path, tmp_path: Path) -> None:
    """docs/export.md names every table with its columns, in order, and they are what is written."""
    shown = dict(re.findall(r"^\| `([a-z]+)` \| (.*) \|$", DOCS.read_text("utf-8"), re.M))
    folder = exported(graph, "csv", tmp_path)
    written = {}
    for file in folder.iterdir():
        head = file.read_text("utf-8-sig").splitlines()[0]
        written[file.stem] = " ".join(f"`{column}`" for column in head.split(","))
    assert written == {name: columns for name, columns in shown.items() if name in written}
    assert set(written) == {sheet.name for sheet in sheets()}


def test_csv_rows_say_what_the_graph_says(graph: Path, tmp_path: Path) -> None:
    """A row of a claim carries its sentence, place in the file, year, status, confidence and rule."""
    folder = exported(graph, "csv", tmp_path)
    (row,) = [
        r for r in rows(folder / "adoptions.csv", "utf-8-sig") if r["program"] == "县管校聘" and r["year"] == "2014"
    ]
    assert (row["place"], row["placeId"], row["status"]) == ("宜昌市", "place/420500", "Started")
    text = (graph.parent / "texts" / row["file"]).read_text("utf-8")
    assert text[int(row["start"]) : int(row["end"])] == row["quote"]
    assert row["rule"]
    assert 0 < Decimal(row["confidence"]) <= 1
    ids = {r["id"] for r in rows(folder / "sources.csv", "utf-8-sig")}
    assert row["source"] in ids


def test_no_claim_is_left_out(graph: Path, tmp_path: Path) -> None:
    """The tables of claims together have as many rows as the graph has claims."""
    folder = exported(graph, "csv", tmp_path)
    claims = {q.subject for q in quads(graph) if q.predicate.value.endswith("#foundBy")}
    names = {sheet.name for sheet in sheets() if sheet.columns[0].name == "claim"}
    told = [row["claim"] for name in names for row in rows(folder / f"{name}.csv", "utf-8-sig")]
    assert len(names) == len(Relation)
    assert sorted(told) == sorted(iri.value.rpartition("/")[2] for iri in claims)


def test_parquet_is_typed(hostile: Path, tmp_path: Path) -> None:
    """Numbers are numbers, what is not known is null, and nothing is neutralised."""
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = exported(hostile, "parquet", tmp_path)
    adoptions = parquet.read_table(folder / "adoptions.parquet")
    assert {str(adoptions.schema.field(n).type) for n in ("year", "start")} == {"int64"}
    assert str(adoptions.schema.field("confidence").type) == "double"
    assert 2014 in adoptions["year"].to_pylist()
    assert "" not in adoptions["agency"].to_pylist()
    assert any(name.startswith("=") for name in parquet.read_table(folder / "programmes.parquet")["name"].to_pylist())


def test_neo4j_headers_and_ends(hostile: Path, tmp_path: Path) -> None:
    """neo4j-admin's headers; every end of a relationship is a node; no cell spans two lines."""
    folder = exported(hostile, "neo4j", tmp_path)
    nodes, drawn = rows(folder / "nodes.csv"), rows(folder / "relationships.csv")
    ids = [node["id:ID"] for node in nodes]
    assert tuple(nodes[0]) == NODES
    assert tuple(drawn[0]) == RELATIONSHIPS
    assert len(ids) == len(set(ids))
    assert {row[end] for row in drawn for end in (":START_ID", ":END_ID")} <= set(ids)
    assert {"ADOPTS", "LEARNS_FROM", "TARGETS"} <= {row[":TYPE"] for row in drawn}
    assert len((folder / "nodes.csv").read_bytes().splitlines()) == len(nodes) + 1


def test_package_describes_itself(graph: Path, tmp_path: Path) -> None:
    """datapackage.json names every file with size and hash, every column with a type, and what the user said."""
    said = Citation(
        "yichang", "宜昌教育政策", "1.2.0", "2026-05-01", "CC-BY-4.0", ("甲", "乙=https://example.org/b"), ("网站",)
    )
    folder = exported(graph, "package", tmp_path, citation=said)
    told = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert (told["name"], told["version"], told["created"]) == ("yichang", "1.2.0", "2026-05-01T00:00:00Z")
    assert told["licenses"] == [{"name": "CC-BY-4.0"}]
    assert told["contributors"][1] == {"title": "乙", "path": "https://example.org/b", "role": "author"}
    resources = {resource["path"]: resource for resource in told["resources"]}
    assert set(resources) == set(contents(folder)) - {"datapackage.json"}
    for path, resource in resources.items():
        data = (folder / path).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        assert re.fullmatch(r"[-a-z0-9._/]+", resource["name"])
        if path.endswith(".csv"):
            fields = resource["schema"]["fields"]
            head = data.decode("utf-8-sig").splitlines()[0].split(",")
            assert [field["name"] for field in fields] == head
            assert all(field["description"] and field["title"] for field in fields)
    assert "宜昌教育政策" in (folder / "README.md").read_text("utf-8")


def test_package_says_only_what_it_knows(graph: Path, tmp_path: Path) -> None:
    """No day, licence or author is made up; the version follows from the content."""
    result = kg("export", graph, "-f", "package", "--out", tmp_path / "data")
    told = json.loads((tmp_path / "data" / "datapackage.json").read_text("utf-8"))
    assert "names no licence" in result.output
    assert not {"created", "licenses", "contributors", "sources"} & told.keys()
    digest = hashlib.sha256((graph / "graph.nq").read_bytes()).hexdigest()
    assert told["version"] == f"0.0.0+graph.{digest[:12]}"


def test_every_column_is_explained() -> None:
    for sheet in sheets():
        assert all(column.zh and column.en and column.type for column in sheet.columns)
        assert len({column.name for column in sheet.columns}) == len(sheet.columns)


def test_the_command_offers_every_format() -> None:
    assert set(EXPORTS) == {*FILES, *FOLDERS}


@pytest.mark.parametrize(
    ("form", "taken", "said"),
    [
        ("turtle", "file", "--force"),
        ("csv", "folder", "--force"),
        ("turtle", "folder", "is a folder"),
        ("csv", "file", "is a file"),
        ("turtle", "graph", "is the graph itself"),
        ("csv", "graph", "is the graph itself"),
        ("turtle", "nowhere/x", "does not exist"),
    ],
)
def test_nothing_is_overwritten(form: str, taken: str, said: str, graph: Path, tmp_path: Path) -> None:
    """One line with a cure, exit code 1, and what was there is there."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine.txt").write_text("mine")
    before = contents(tmp_path) | contents(graph)
    own = graph if form == "csv" else graph / "graph.nq"
    result = kg("export", graph, "-f", form, "--out", own if taken == "graph" else tmp_path / taken)
    assert result.exit_code == 1
    assert said in result.output
    assert len(result.output.splitlines()) == 1
    assert contents(tmp_path) | contents(graph) == before


def test_force_replaces_an_export_and_nothing_else(graph: Path, tmp_path: Path) -> None:
    """A folder with a file of the user's is never replaced."""
    out = exported(graph, "csv", tmp_path)
    (out / "places.csv").write_text("old")
    export(graph, "csv", out, force=True)
    assert rows(out / "places.csv", "utf-8-sig")
    (out / "notes.txt").write_text("mine")
    with pytest.raises(ExportError, match=r"notes\.txt"):
        export(graph, "csv", out, force=True)
    assert (out / "notes.txt").read_text() == "mine"
    assert [p.name for p in tmp_path.iterdir()] == ["csv"]


def test_whole_or_not_at_all(tmp_path: Path) -> None:
    """What fails in the middle leaves nothing and takes nothing away."""
    (tmp_path / "file").write_text("old")
    for opened in (new_file(tmp_path / "file", force=True), new_folder(tmp_path / "folder")):
        with pytest.raises(OSError, match="full"), opened as draft:
            _half_written(draft)
    assert contents(tmp_path) == {"file": b"old"}


def _half_written(draft: Path) -> None:
    (draft / "x" if draft.is_dir() else draft).write_text("half")
    raise OSError("full")


def test_damaged_graph(tmp_path: Path) -> None:
    (tmp_path / "bad.nq").write_text("<a> no\n")
    with pytest.raises(GraphError, match="damaged"):
        export(tmp_path / "bad.nq", "nquads", tmp_path / "out.nq")
    assert not (tmp_path / "out.nq").exists()


@pytest.mark.parametrize(("option", "value"), [("--name", "Mein Paket"), ("--created", "gestern")])
def test_bad_citation(option: str, value: str, graph: Path, tmp_path: Path) -> None:
    result = kg("export", graph, "-f", "package", "--out", tmp_path / "data", option, value)
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert option in result.output
    assert not (tmp_path / "data").exists()


ODD = """
<B/program/a:b> <P#year> "12345678901234567"^^<X#integer> <B/source/1> .
<B/program/a:b> <P#year> "soon" <B/source/1> .
<B/program/a:b> <P#confidence> "0.5"^^<X#decimal> <B/source/1> .
<B/program/a:b> <P#confidence> "1"^^<X#integer> <B/source/1> .
<B/program/a:b> <P#date> "2014-05-01"^^<X#date> <B/source/1> .
<B/program/a:b> <P#date> "2014年春" <B/source/1> .
<B/program/a:b> <P#by> <B/agency/@x> <B/source/1> .
<B/program/a:b> <P#by> "省" <B/source/1> .
<B/program/a:b> <P#status> <P#place> <B/source/1> .
<B/program/a:b> <P#inferred> "true"^^<X#boolean> <B/source/1> .
<B/program/a:b> <P#unknownProperty> <http://example.org/x> <B/source/1> .
<B/program/a/../b> <http://www.w3.org/2004/02/skos/core#prefLabel> "two\\u2028 lines"@en <B/source/1> .
<B/program/a/../b> <http://www.w3.org/2004/02/skos/core#prefLabel> "plain" <B/reference> .
""".replace("<B/", "<https://w3id.org/policy-kg/id/").replace("<P#", "<https://w3id.org/policy-kg/ontology#")


@pytest.mark.parametrize("form", RDF)
def test_odd_terms_come_back(form: str, tmp_path: Path) -> None:
    """What the short form of JSON-LD or a relative IRI would change is written in full."""
    (tmp_path / "odd.nq").write_text(ODD.replace("<X#", "<http://www.w3.org/2001/XMLSchema#"), encoding="utf-8")
    text = exported(tmp_path / "odd.nq", form, tmp_path).read_text("utf-8")
    assert set(ox.parse(text, format=RDF[form])) == quads(tmp_path / "odd.nq")
