"""What issue 2 states for the five seed documents: parts, traces, evidence, bad files beside them. Skipped without them."""

from __future__ import annotations

import hashlib
import json
import random
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import UnreadableFile
from kg.graph.shapes import validate_graph
from kg.graph.store import PolicyGraph, open_graph
from kg.graph_folder import Built
from kg.pipeline import build
from kg.texts import decode

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents are not part of the project")

Step = tuple[str, str, str, str]  # year, place, act, from or to whom


@pytest.fixture(scope="module")
def seconds() -> list[float]:
    return []


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, seconds: list[float]) -> Built:
    start = time.perf_counter()
    result = build([SEEDS], tmp_path_factory.mktemp("seeds") / "graph")
    seconds.append(time.perf_counter() - start)
    return result


@pytest.fixture(scope="module")
def graph(built: Built) -> PolicyGraph:
    return open_graph(built.folder)


def steps(built: Built, program: str) -> list[Step]:
    """The rows of `kg trace`: year, place, what it did, and the object or origin that is said."""
    told = CliRunner().invoke(main, ["trace", str(built.folder), program, "--format", "json"])
    assert told.exit_code == 0, told.output
    rows = json.loads(told.stdout)
    assert all(row["句子"] and row["文件"] for row in rows)
    return [(row["年份"].lstrip("≤"), row["地方"], row["行为"], row["对象或来源"]) for row in rows]


def test_in_time(built: Built, seconds: list[float]) -> None:
    """Five documents are read well within thirty seconds."""
    assert len(built.files) == 5
    assert built.skipped == ()
    assert seconds[0] < 30


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("000", [("大连市", 2013, "Summary"), ("大连市", 2014, "Plan")]),
        ("001", [(None, 2013, None)]),
        ("002", [("靖州苗族侗族自治县", 2014, None), ("中国", 2009, None), ("青岛市", 2017, None)]),
        ("003", [("遂宁市", 2018, None)]),
        ("004", [("锦州市", 2019, None)]),
    ],
)
def test_parts(built: Built, number: str, parts: list[tuple[str | None, int, str | None]]) -> None:
    """Point 4: each file's parts, with place and year, open where the name is gone; genre where the issue names it."""
    (file,) = [file for file in built.files if file.file.startswith(number)]
    found = [
        (part.place or None, part.year, part.genre if genre else None)
        for part, (_, _, genre) in zip(file.parts, parts, strict=True)
    ]
    assert found == parts


def test_county_known_by_its_townships(built: Built) -> None:
    """Point 4: the county of 002 is inferred from the townships it names."""
    (file,) = [file for file in built.files if file.file.startswith("002")]
    county = next(d for d in file.parts[0].decided if d.what == "place")
    assert county.rule == "townships-of-one-county"


def test_reform_of_teachers_posts(built: Built) -> None:
    """Point 2: 县管校聘 in three cities, and the county where it was tried first and learned from."""
    found = steps(built, "县管校聘")
    assert {(year, place) for year, place, act, _ in found if act == "采纳"} == {
        ("2017", "青岛市"),
        ("2018", "遂宁市"),
        ("2018", "大英县"),
        ("2019", "锦州市"),
    }


def test_learned_from_the_county(graph: PolicyGraph) -> None:
    """Point 2: 遂宁市 learned 县管校聘 from 大英县, said by the text and drawn as an edge."""
    said = graph.query(f"""SELECT ?from ?to ?year WHERE {{ ?d a pol:Diffusion ; pol:program <{graph.base}program/县管校聘> ;
        pol:from/skos:prefLabel ?from ; pol:to/skos:prefLabel ?to ; pol:year ?year }}""")
    assert said.rows == (("大英县", "遂宁市", "2018"),)
    drawn = graph.query("""SELECT ?from ?to WHERE { ?t pol:learnsFrom ?f .
        ?t skos:prefLabel ?to . ?f skos:prefLabel ?from FILTER(?to = "遂宁市"@zh) }""")
    assert ("大英县", "遂宁市") in drawn.rows


def test_school_networks(built: Built) -> None:
    """Point 2: 三通两平台 in two cities, the first carrying out what the ministry asks for."""
    found = steps(built, "三通两平台")
    assert [(year, place) for year, place, act, _ in found if act == "采纳"] == [("2013", "大连市"), ("2018", "遂宁市")]
    assert [(place, whom.partition("·")[0]) for _, place, act, whom in found if act == "落实"] == [("大连市", "教育部")]


def test_sports_and_arts(built: Built, graph: PolicyGraph) -> None:
    """Point 2: 体育艺术2+1项目 in 大连市 in both years, and in a district whose name is gone."""
    adopted = [(year, place) for year, place, act, _ in steps(built, "体育艺术2+1项目") if act == "采纳"]
    assert {step for step in adopted if step[1] == "大连市"} == {("2013", "大连市"), ("2014", "大连市")}
    nameless = graph.query(f"""SELECT ?year WHERE {{ ?a a pol:Adoption ; pol:year ?year ;
        pol:program <{graph.base}program/体育艺术2+1项目> . FILTER NOT EXISTS {{ ?a pol:place ?place }} }}""")
    assert nameless.rows == (("2013",),)


def test_same_bytes_in_another_order(built: Built, tmp_path: Path) -> None:
    """Point 5: the files one by one, in another order, give the same graph.nq."""
    files = sorted(path for path in SEEDS.iterdir() if path.suffix == ".txt")
    random.Random(5).shuffle(files)
    again = build(files, tmp_path / "again")
    digests = [
        hashlib.sha256((folder / "graph.nq").read_bytes()).hexdigest() for folder in (built.folder, again.folder)
    ]
    assert digests[0] == digests[1]


def test_evidence_of_every_claim(built: Built, graph: PolicyGraph) -> None:
    """Point 6: the offsets of every claim select its quotation in the original decoded file."""
    texts = {file.file: decode((SEEDS / file.file).read_bytes())[0] for file in built.files}
    rows = graph.query("""SELECT ?claim ?file ?start ?end ?exact WHERE {
        ?claim pol:source/pol:file ?file ; pol:evidence ?e .
        ?e oa:hasSelector [ oa:start ?start ; oa:end ?end ] ; oa:hasSelector [ oa:exact ?exact ] }""")
    claims = graph.query("SELECT (COUNT(?c) AS ?n) WHERE { ?c pol:foundBy ?rule }")
    assert len({row["claim"] for row in rows.typed()}) == len(rows) == int(str(next(claims.typed())["n"]))
    assert len(rows) > 500
    for row in rows.typed():
        quoted = texts[str(row["file"])][int(str(row["start"])) : int(str(row["end"]))]
        assert quoted == row["exact"] != ""


def test_graph_conforms(graph: PolicyGraph) -> None:
    """Every built graph conforms to the shapes."""
    report = validate_graph(graph)
    assert report.conforms, str(report)


def test_bad_files_beside_them(built: Built, tmp_path: Path) -> None:
    """Point 7: bad files are named with their reasons and change nothing of what the good ones give."""
    docs = tmp_path / "docs"
    docs.mkdir()
    for path in SEEDS.glob("*.txt"):
        (docs / path.name).write_bytes(path.read_bytes())
    (docs / "empty.txt").write_bytes(b"")
    (docs / "binary.txt").write_bytes(random.Random(1).randbytes(3000))
    with pytest.raises(UnreadableFile):
        decode((docs / "binary.txt").read_bytes())
    mixed = build([docs, tmp_path / "gone"], tmp_path / "mixed")
    assert sorted(Path(s.file).name for s in mixed.skipped) == ["binary.txt", "empty.txt", "gone"]
    assert (mixed.folder / "graph.nq").read_bytes() == (built.folder / "graph.nq").read_bytes()
