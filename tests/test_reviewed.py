"""A person's decisions on names and claims: the file, what a build makes of it, and the `kg review` commands."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, Graph, Namespace
from rdflib.collection import Collection

from kg.cli import main
from kg.cli.reviewing import review
from kg.errors import ReviewError
from kg.graph.likeness import alike, core_of
from kg.graph.ontology import terms
from kg.graph.shapes import validate
from kg.graph.store import open_graph
from kg.graph_folder import Built
from kg.lexicons import Lexicons, PolicyDocument, Program, load_lexicons
from kg.model import DateKind, Kind, Relation
from kg.pipeline import Settings, build, read_file, reader_of, reviewed_of
from kg.resources import shipped
from kg.reviewed import REVIEWED_FILE, Reviewer, lexicons_with
from kg.reviewed.decisions import Pair, Reviewed, Says, Verdict, cells_of, squeezed, thing_named
from kg.reviewed.properties import NEEDED, ROLES, properties_of
from kg.reviewed.reviewer import _WORDS
from kg.reviewed.rows import decisions_of
from kg.reviewed.table import BLANK, COLUMNS, cell_of, pairs_of, read_table, save_table, table_of, with_row, without_row

YICHANG = """宜昌市教育局2016年工作总结
我市继续深入推进阳光阅读工程，读书角覆盖全部村小，师生反响良好，群众满意度提高。
全市启动校长职级制改革，首批评定校长四十名，任职交流更加顺畅，队伍活力明显增强。
印发《宜昌市校车安全管理办法》（宜府发〔2016〕3号）。
学习借鉴潍坊市校长职级制改革经验。
新建公办幼儿园21所，改造农村学校食堂12个。
实施“阳光阅读行动”，面向农村留守儿童。
"""
CHANGLE = """昌乐县教育局2015年工作总结
我县实施阳光阅读行动，为村小添置图书三万册，孩子们的阅读条件大为改善，家长普遍欢迎。
全县推行校长职级制，开展“三名工程”，评选名师二十人，教师队伍建设取得新的成效。
推进体育艺术2+1项目，开展体艺2+1项目展示，学生体质健康水平稳步提升，社会反响好。
"""
STARTED = "全市启动校长职级制改革，首批评定校长四十名，任职交流更加顺畅，队伍活力明显增强。"
LEARNED = "学习借鉴潍坊市校长职级制改革经验。"
BUILT = "新建公办幼儿园21所，改造农村学校食堂12个。"
HEAD = ",".join(COLUMNS) + "\n"
SHAPES = Namespace("http://www.w3.org/ns/shacl#")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "宜昌.txt").write_text(YICHANG, "utf-8")
    (folder / "昌乐.txt").write_text(CHANGLE, "utf-8")
    return folder


def built_with(docs: Path, rows: str, graph: str = "graph") -> Built:
    """A graph beside the documents, built with these rows in its reviewed.csv."""
    folder = docs.parent / graph
    folder.mkdir(exist_ok=True)
    (folder / REVIEWED_FILE).write_text(HEAD + rows, "utf-8")
    return build([docs], folder)


def claims_of(folder: Path, relation: str = "Adoption", file: str = "") -> set[tuple[str, ...]]:
    """(place, programme, year, status, reviewed, confidence) of every claim; confidence is 1 or that of the rule."""
    rows = open_graph(folder).query(f"""
        SELECT ?claim ?placeName ?programName ?year ?status ?reviewed ?confidence ?file WHERE {{
          ?claim a pol:{relation} ; pol:confidence ?confidence ; pol:source/pol:file ?file
          OPTIONAL {{ ?claim pol:place|pol:to ?place . ?place skos:prefLabel ?placeName }}
          OPTIONAL {{ ?claim pol:program ?program . ?program skos:prefLabel ?programName }}
          OPTIONAL {{ ?claim pol:year ?year }} OPTIONAL {{ ?claim pol:status ?status }}
          OPTIONAL {{ ?claim pol:reviewed ?reviewed }}
        }}""")
    found = [[(cell or "").rpartition("#")[2] for cell in row] for row in rows if file in (row[7] or "")]
    return {(*row[1:6], row[6] if row[6] == "1" else "of-its-rule") for row in found}


def notes_of(built: Built) -> list[str]:
    return [one.reason for one in built.skipped if one.file == REVIEWED_FILE]


# ── The file ───────────────────────────────────────────────────────────────────────────────────────────────────────

KEPT = """\ufeff# 三月一日，王老师\r
decision,who,kind,name,other,file,quote,relation,roles,set,note\r
same,李,,“阳光阅读”工程,阳光阅读行动,,,,,,"two
lines"\r

apart,,,甲计划,乙计划,,,,,,\r
"""


def test_changes_keep_everything_else(tmp_path: Path) -> None:
    """Comments, foreign columns, blank lines, line ends, the byte order mark: all as they were but for the line meant."""
    path = tmp_path / REVIEWED_FILE
    path.write_bytes(KEPT.encode())
    table = read_table(path)
    assert [(row.line, row.last) for row in table.rows] == [(3, 4), (6, 6)]
    added = with_row(table, {"decision": "apart", "name": "丙", "other": "丁"})
    save_table(added, path)
    assert path.read_bytes().decode() == KEPT + "apart,,,丙,丁,,,,,,\r\n"
    save_table(with_row(table, {"decision": "apart", "name": "丙", "other": "丁"}, at=3), path)
    assert path.read_bytes().decode() == KEPT.replace(
        KEPT[KEPT.index("same") : KEPT.index("\n\n") + 1], "apart,李,,丙,丁,,,,,,\r\n"
    )
    save_table(without_row(table, 6), path)
    assert path.read_bytes().decode() == KEPT[: KEPT.index("apart")]
    assert [p.name for p in tmp_path.iterdir()] == [REVIEWED_FILE]


def test_a_new_file_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    """It has a byte order mark and a line with the columns; a file without a line's end gets one first."""
    path = tmp_path / REVIEWED_FILE
    row = {"decision": "same", "name": "甲", "other": "乙"}
    save_table(with_row(read_table(path), row), path)
    assert path.read_bytes().decode() == f"\ufeff{HEAD.strip()}\r\nsame,,甲,乙,,,,,,\r\n"
    assert "".join(with_row(table_of("decision,name,other\nsame,丙,丁"), row).lines) == (
        "decision,name,other\nsame,丙,丁\nsame,甲,乙\n"
    )
    assert with_row(table_of("decision,name,other\n"), row | {"note": "x"}).columns[-1] == "note"


@pytest.mark.parametrize(
    "cell", ["=1+1", "+2项目", "-x", "@甲", "＝1", "'=x", "''@x", "'甲", "#甲", '甲"乙', "甲,乙", "a\nb"]
)
def test_cells_are_safe_and_come_back(cell: str) -> None:
    """A spreadsheet computes none of them, and each reads back as it was."""
    table = with_row(table_of(""), {"decision": "same", "name": cell, "other": "乙", "note": cell})
    written = "".join(table.lines).splitlines(keepends=True)[1]
    assert not any(piece.lstrip('"').startswith(tuple("=+-@＝＋－＠")) for piece in written.split(","))
    assert table.rows[0].cells["name"] == table.rows[0].cells["note"] == cell


@pytest.mark.parametrize(
    ("pairs", "cell"),
    [
        ((("place", "大连市"), ("program", "县管校聘")), "place=大连市|program=县管校聘"),
        ((("operator", ">="), ("place", "")), "operator=>=|place="),
        ((("program", r"a|b\c"),), r"program=a\|b\\c"),
        ((), ""),
    ],
)
def test_pairs_in_a_cell(pairs: tuple[tuple[str, str], ...], cell: str) -> None:
    """`|` separates, `=` may stand in a value, `\\` protects."""
    assert (cell_of(pairs), pairs_of(cell)) == (cell, pairs)


words = st.text(st.characters(codec="utf-8"), max_size=12).map(lambda text: text.strip(BLANK))
names = words.map(lambda text: thing_named(Kind.PROGRAM, text).name.strip(BLANK)).filter(bool)
kinds = st.sampled_from([Kind.PROGRAM, Kind.ORGANIZATION])
relations = st.sampled_from(Relation)


@st.composite
def decided(draw: st.DrawFn) -> Pair | Verdict:
    note = draw(words)
    if draw(st.booleans()):
        kind, first, second = draw(kinds), draw(names), draw(names)
        says = draw(st.sampled_from([Says.SAME, Says.APART]))
        other = thing_named(kind, second) if first != second else thing_named(kind, second + "乙")
        return Pair(0, says, thing_named(kind, first), other, note)
    relation = draw(relations)
    roles = tuple((name, draw(words)) for name in ROLES[relation])
    says = draw(st.sampled_from([Says.WRONG, Says.RIGHT, Says.CORRECTED]))
    change = (("year", "2014"), (next(iter(ROLES[relation])), draw(names))) if says is Says.CORRECTED else ()
    quote = draw(words.filter(squeezed))
    return Verdict(0, says, draw(words), quote, relation, roles, change, note)


@given(decided())
@settings(max_examples=300, deadline=None)
def test_what_was_written_is_read(decision: Pair | Verdict) -> None:
    """Whatever stands in names, sentences and notes: commas, quotes, line breaks, formulas, control characters."""
    table = with_row(
        with_row(table_of("# x\n"), cells_of(decision)), {"decision": "apart", "name": "甲", "other": "丁"}
    )
    first, second = decisions_of(table).all
    assert cells_of(first) == cells_of(decision)
    assert (type(first), first.says) == (type(decision), decision.says)
    assert str(second) == "apart: 甲, 丁"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_with_and_without_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    (tmp_path / REVIEWED_FILE).write_text(HEAD + "same,,甲,乙,,,,,,\n", encoding)
    assert reviewed_of(Settings(), tmp_path).same[0].first.name == "甲"


FAULTS = {
    "no-columns": ("甲;乙\n", ["1: the first line must name the columns"]),
    "unknown-decision": (HEAD + "merge,,甲,乙,,,,,,\n", ["2: decision 'merge' is none of same, apart"]),
    "no-other": (HEAD + "same,,甲,,,,,,,\n", ["2: the column 'other' must hold a name"]),
    "twice-the-name": (HEAD + "same,,甲,“甲”,,,,,,\n", ["2: '甲' stands in both columns"]),
    "kind": (HEAD + "same,Place,甲,乙,,,,,,\n", ["2: kind 'Place' is none of Program"]),
    "foreign-cell": (HEAD + "same,,甲,乙,,句子。,,,,\n", ["2: the column 'quote' must be empty"]),
    "no-quote": (HEAD + "wrong,,,,a.txt,,Adoption,,,\n", ["2: the column 'quote' must hold the sentence"]),
    "relation": (HEAD + "wrong,,,,,句。,Adopts,,,\n", ["2: relation 'Adopts' is none of Adoption"]),
    "role": (HEAD + "wrong,,,,,句。,Adoption,town=甲,,\n", ["2: roles: Adoption has no 'town'; it has place, program"]),
    "no-pair": (HEAD + "wrong,,,,,句。,Adoption,大连市,,\n", ["2: roles: '大连市' must read name=value"]),
    "year": (HEAD + "corrected,,,,,句。,Adoption,,year=14,\n", ["2: set: year must be a year such as 2014"]),
    "status": (HEAD + "corrected,,,,,句。,Adoption,,status=done,\n", ["2: set: status must be one of Planned"]),
    "number": (HEAD + "corrected,,,,,句。,Goal,,value=许多,\n", ["2: set: '许多' is no number"]),
    "nothing-set": (HEAD + "corrected,,,,,句。,Adoption,,,\n", ["2: the column 'set' must say what is right"]),
    "set-of-wrong": (HEAD + "wrong,,,,,句。,Adoption,,year=2014,\n", ["2: the column 'set' must be empty"]),
    "needed": (HEAD + "corrected,,,,,句。,Adoption,,program=,\n", ["2: Adoption cannot be without 'program'"]),
    "more-cells": (HEAD + "same,,甲,乙,,,,,,,,x\n", ["2: more cells than columns"]),
    "open-quote": (HEAD + 'same,,"甲,乙,,,,,,\n', ["2: unexpected end of data"]),
    "all-at-once": (HEAD + "x,,,,,,,,,\nsame,,甲,,,,,,,\n", ["2: decision 'x'", "3: the column 'other'"]),
    "circle": (HEAD + "same,,甲,乙,,,,,,\nsame,,乙,甲,,,,,,\n", ["2: '甲' leads back", "3: '乙' leads back"]),
    "two-names": (HEAD + "same,,甲,乙,,,,,,\nsame,,甲,丙,,,,,,\n", ["3: '甲' is '乙' by line 2 already"]),
    "same-and-apart": (
        HEAD + "same,,甲,乙,,,,,,\napart,,乙,甲,,,,,,\n",
        ["3: '乙' and '甲' are to stay apart, but are the same by line 2"],
    ),
    "same-by-a-third": (
        HEAD + "same,,甲,丙,,,,,,\nsame,,乙,丙,,,,,,\napart,,甲,乙,,,,,,\n",
        ["4: '甲' and '乙' are to stay apart, but are the same by line 2, 3"],
    ),
    "two-verdicts": (
        HEAD + "wrong,,,,a.txt,句。,Adoption,program=甲,,\nright,,,,a.txt,句 。,Adoption,program=甲,,\n",
        ["3: a claim may be wrong by line 2 and right by this one"],
    ),
    "verdicts-that-overlap": (
        HEAD + "wrong,,,,,句。,Adoption,program=甲,,\nright,,,,,句。,Adoption,place=乙,,\n",
        ["3: a claim may be wrong by line 2 and right by this one"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_faults(text: str, told: list[str]) -> None:
    """Every line that cannot be used is named, all at once."""
    with pytest.raises(ReviewError) as raised:
        decisions_of(table_of(text))
    assert len(raised.value.problems) == len(told)
    for problem, words in zip(raised.value.problems, told, strict=True):
        assert problem.startswith(f"{REVIEWED_FILE}:{words}")


@pytest.mark.parametrize(
    "rows",
    [
        "wrong,,,,a.txt,句。,Adoption,program=甲,,\nright,,,,b.txt,句。,Adoption,program=甲,,\n",
        "wrong,,,,,句。,Adoption,program=甲,,\nright,,,,a.txt,句。,Adoption,program=甲,,\n",
        "wrong,,,,,句。,Adoption,program=甲,,\nright,,,,,句。,Adoption,program=甲|place=乙,,\n",
        "wrong,,,,,句。,Adoption,program=甲,,\nright,,,,,句。,Adoption,program=丙,,\n",
        "wrong,,,,,句。,Adoption,program=甲,,\nwrong,,,,,句。,Adoption,program=甲,,again\n",
        "same,,甲,乙,,,,,,\nsame,,乙,丙,,,,,,\nsame,,丁,丙,,,,,,\napart,,丙,戊,,,,,,\n",
        "same,,甲,乙,,,,,,\nsame,PolicyDocument,乙,甲,,,,,,\n",
    ],
)
def test_no_contradictions(rows: str) -> None:
    """Other files, exceptions from a rule, chains of names, names of another kind."""
    assert decisions_of(table_of(HEAD + rows))


def test_no_text(tmp_path: Path) -> None:
    """A file in another encoding is refused with the cure, and the graph stays as it was."""
    (tmp_path / REVIEWED_FILE).write_bytes((HEAD + "same,,县管,校聘,,,,,,\n").encode("gb18030"))
    with pytest.raises(ReviewError, match="save it in your spreadsheet as 'CSV UTF-8'"):
        reviewed_of(Settings(), tmp_path)
    with pytest.raises(ReviewError, match="there is no such file of decisions"):
        reviewed_of(Settings(reviewed=tmp_path / "gone.csv"), tmp_path)


# ── Ontology and code ──────────────────────────────────────────────────────────────────────────────────────────────


def test_properties_are_those_of_the_shapes() -> None:
    """What a row may name is what the closed shape of its claim lets through; what it needs has a minCount there."""
    shapes = Graph().parse(data=shipped("ontology", "shapes.ttl").read_text("utf-8"), format="turtle")
    technical = {"source", "evidence", "confidence", "foundBy", "yearFrom", "reviewed", "type"}

    def local(node: object) -> str:
        return str(node).rpartition("#")[2]

    for relation in Relation:
        shape = next(
            s
            for s in shapes.subjects(SHAPES.closed)
            if local(s).endswith(f"s#{relation}") or str(s).endswith(f"#{relation}")
        )
        ignored = next(shapes.objects(shape, SHAPES.ignoredProperties))
        paths = {local(shapes.value(p, SHAPES.path)): p for p in shapes.objects(shape, SHAPES.property)}
        allowed = {local(node) for node in Collection(shapes, ignored)} | set(paths)
        assert allowed - technical == set(properties_of(relation)), relation
        assert {name for name, p in paths.items() if shapes.value(p, SHAPES.minCount)} == set(NEEDED[relation])


def test_words_are_the_individuals_of_their_class() -> None:
    policy = Graph().parse(data=shipped("ontology", "policy.ttl").read_text("utf-8"), format="turtle")
    pol = Namespace("https://w3id.org/policy-kg/ontology#")
    assert {str(node).removeprefix(pol) for node in policy.subjects(RDF.type, pol.ReviewKind)} == set(_WORDS.values())
    assert set(_WORDS.values()) | {"reviewed", "refused"} <= terms()


# ── Merges ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_same(docs: Path) -> None:
    """Mentions and claims speak of the thing whose name stays; the other is its alias, and a link says why."""
    before = build([docs], docs.parent / "before")
    assert {c[1] for c in claims_of(before.folder)} >= {"阳光阅读工程", "阳光阅读行动"}
    after = built_with(docs, "same,,“阳光阅读”工程,阳光阅读行动,,,,,,同一项活动\n")
    assert "阳光阅读工程" not in {c[1] for c in claims_of(after.folder)}
    graph = open_graph(after.folder)
    asked = "SELECT ?o WHERE { GRAPH id:links { id:program\\/阳光阅读工程 skos:exactMatch|skos:changeNote ?o } } ORDER BY ?o"
    assert graph.query(asked).rows == ((f"{graph.base}program/阳光阅读行动",), ("同一项活动",))
    assert not graph.query("ASK { id:program\\/阳光阅读工程 a ?class }").truth
    places = "SELECT DISTINCT ?n WHERE { ?p pol:adopts id:program\\/阳光阅读行动 ; skos:prefLabel ?n } ORDER BY ?n"
    assert graph.query(places).rows == (("宜昌市",), ("昌乐县",))
    assert graph.thing("阳光阅读工程", "Program").value.endswith("/阳光阅读行动")
    assert "program/阳光阅读工程" not in (after.folder / "mentions.csv").read_text("utf-8")
    assert notes_of(after) == []


def test_a_brand_may_be_called_by_its_full_words(docs: Path) -> None:
    """“晨光伴读”行动 is 晨光伴读; a command and a verdict may say 晨光伴读行动, and a merge takes these words along."""
    said = "全市启动“晨光伴读”行动，首批确定学校四十所。"
    (docs / "宜昌.txt").write_text(f"{YICHANG}{said}\n", "utf-8")
    plain = build([docs], docs.parent / "graph").folder
    assert "晨光伴读" in {c[1] for c in claims_of(plain)}
    done("review", "same", plain, "“晨光伴读”行动", "阳光阅读行动")
    assert read_table(plain / REVIEWED_FILE).rows[0].cells["name"] == "晨光伴读"
    merged = open_graph(build([docs], plain).folder)
    assert merged.thing("晨光伴读行动", "Program").value.endswith("/阳光阅读行动")
    refused = built_with(docs, f"wrong,,,,,{said},Adoption,program=晨光伴读行动,,\n", "refused")
    assert "晨光伴读" not in {c[1] for c in claims_of(refused.folder)}
    assert (notes_of(refused), states(refused.folder)) == ([], [["2", "in force", "wrong"]])


@pytest.mark.parametrize(
    ("rows", "name", "known"),
    [
        ("same,,阳光阅读工程,校长职级制,,,,,,\n", "校长职级制", "true"),
        ("same,,阳光阅读工程,校长职级制改革,,,,,,\n", "校长职级制", "true"),  # an alias of it
        ("same,,阳光阅读工程,书香宜昌,,,,,,\n", "书香宜昌", "false"),
        ("same,,阳光阅读工程,阳光阅读行动,,,,,,\nsame,,阳光阅读行动,书香宜昌,,,,,,\n", "书香宜昌", "false"),
    ],
)
def test_the_thing_that_stays(docs: Path, rows: str, name: str, known: str) -> None:
    """It is the lexicon's where the lexicon has it, and the end of a chain."""
    graph = open_graph(built_with(docs, rows).folder)
    asked = (
        "SELECT ?n ?k WHERE { id:program\\/阳光阅读工程 skos:exactMatch ?p . ?p skos:prefLabel ?n ; pol:inLexicon ?k }"
    )
    assert graph.query(asked).rows == ((name, known),)


def test_a_merged_lexicon_entry_stands_nowhere_else(docs: Path) -> None:
    """Its name, aliases and place in a series go over to the thing that stays, which is then known to the lexicon."""
    graph = open_graph(built_with(docs, "same,,体育艺术2+1项目,一人两项,,,,,,\n").folder)
    assert {c[1] for c in claims_of(graph_folder(docs), file="昌乐")} == {
        "阳光阅读行动",
        "校长职级制",
        "三名工程",
        "一人两项",
    }
    assert not graph.query("ASK { id:program\\/体育艺术2%2B1项目 a ?c }").truth
    assert not graph.query('ASK { ?p skos:prefLabel "体育艺术2+1项目"@zh }').truth
    for alias in ("体育艺术2+1项目", "体艺2+1项目"):
        assert graph.thing(alias, "Program").value.endswith("/一人两项")


def graph_folder(docs: Path) -> Path:
    return docs.parent / "graph"


def test_documents_are_merged_too(docs: Path) -> None:
    rows = "same,PolicyDocument,宜昌市校车安全管理办法,宜昌市校车管理办法,,,,,,\n"
    graph = open_graph(built_with(docs, rows).folder)
    asked = "SELECT ?n ?nr WHERE { ?place pol:issues ?d . ?d skos:prefLabel ?n OPTIONAL { ?d pol:number ?nr } }"
    assert graph.query(asked).rows == (("宜昌市校车管理办法", "宜府发〔2016〕3号"),)


def test_apart_undoes_an_alias(docs: Path) -> None:
    """What the lexicon takes for one name of a programme is a programme of its own, and the reader is told."""
    rows = "apart,,体艺2+1项目,体育艺术2+1项目,,,,,,\n"
    after = built_with(docs, rows)
    assert {c[1] for c in claims_of(after.folder, file="昌乐")} >= {"体艺2+1项目", "体育艺术2+1项目"}
    reader = reader_of(Settings(), reviewed_of(Settings(), after.folder))
    assert reader.apart == {frozenset({"体艺2+1项目", "体育艺术2+1项目"})}
    assert notes_of(after) == []


SERIES = Lexicons(
    programs=(
        Program("甲", aliases=("甲一", "甲二", "“甲”二"), never=("甲乙",), predecessor="乙", document="丙的意见"),
        Program("乙", aliases=("乙一",), never=("甲一",)),
        Program("丁", whole="甲", predecessor="乙"),
    ),
    documents=(PolicyDocument("丙的意见", aliases=("丙意见",)), PolicyDocument("戊办法", predecessor="丙的意见")),
    places=(),
    agencies=(),
    organs=(),
)


@pytest.mark.parametrize(
    ("rows", "name", "aliases", "never", "names"),
    [
        ("same,,甲,乙,,,,,,\n", "乙", ("乙一", "甲", "甲一", "甲二", "“甲”二"), ("甲乙",), ["乙", "丁"]),
        ("same,,甲一,乙一,,,,,,\n", "乙", ("乙一", "甲", "甲一", "甲二", "“甲”二"), ("甲乙",), ["乙", "丁"]),
        ("same,,甲,新,,,,,,\n", "新", ("甲", "甲一", "甲二", "“甲”二"), ("甲乙",), ["新", "乙", "丁"]),
        ("apart,,甲,甲二,,,,,,\n", "甲", ("甲一",), ("甲乙",), ["甲", "乙", "丁", "甲二"]),
        ("apart,,甲一,甲二,,,,,,\n", "甲", ("甲二", "“甲”二"), ("甲乙",), ["甲", "乙", "丁", "甲一"]),
        ("apart,,甲一,乙,,,,,,\n", "甲", ("甲一", "甲二", "“甲”二"), ("甲乙",), ["甲", "乙", "丁"]),
        ("same,,乙,甲,,,,,,\napart,,乙,甲一,,,,,,\n", "甲", ("甲二", "“甲”二", "乙", "乙一"), ("甲乙", "甲一"), ["甲", "丁", "甲一"]),
    ],
)  # fmt: skip
def test_lexicons_with(
    rows: str, name: str, aliases: tuple[str, ...], never: tuple[str, ...], names: list[str]
) -> None:
    """Entries go into one another with all their names; an alias that is refused leaves, in all its spellings."""
    lexicons = lexicons_with(decisions_of(table_of(HEAD + rows)), SERIES)
    entry = next(p for p in lexicons.programs if p.name == name)
    assert (entry.aliases, entry.never, [p.name for p in lexicons.programs]) == (aliases, never, names)


def test_references_follow_a_merge() -> None:
    """Predecessor, whole and founding document point to the thing that stays, and never to the entry itself."""
    rows = "same,,甲,乙,,,,,,\nsame,PolicyDocument,丙意见,己规定,,,,,,\n"
    lexicons = lexicons_with(decisions_of(table_of(HEAD + rows)), SERIES)
    assert [(p.name, p.predecessor, p.whole) for p in lexicons.programs] == [("乙", "", ""), ("丁", "乙", "乙")]
    assert [(d.name, d.predecessor) for d in lexicons.documents] == [("己规定", ""), ("戊办法", "己规定")]
    kept = lexicons_with(decisions_of(table_of(HEAD + "same,PolicyDocument,丙意见,己规定,,,,,,\n")), SERIES)
    assert kept.programs[0].document == "己规定"


def test_untouched_lexicons_are_the_same_object() -> None:
    """So that the reader of the shipped lexicons serves."""
    reviewed = decisions_of(table_of(HEAD + "same,,阳光阅读工程,阳光阅读行动,,,,,,\nwrong,,,,,句。,Adoption,,,\n"))
    assert lexicons_with(reviewed, load_lexicons()) is load_lexicons()
    assert lexicons_with(Reviewed(), SERIES) is SERIES


def test_a_merge_makes_nothing_its_own_predecessor(docs: Path) -> None:
    (docs / "宜昌.txt").write_text(YICHANG + "体育艺术2+1项目更名为校园足球。\n", "utf-8")
    plain = build([docs], docs.parent / "plain")
    assert open_graph(plain.folder).query("ASK { ?c a pol:Succession }").truth
    for rows in (
        "same,,校园足球,体育艺术2+1项目,,,,,,\n",
        "corrected,,,,,体育艺术2+1项目更名为校园足球。,Succession,,successor=体育艺术2+1项目,\n",
    ):
        assert not open_graph(built_with(docs, rows).folder).query("ASK { ?c a pol:Succession }").truth


# ── Verdicts ───────────────────────────────────────────────────────────────────────────────────────────────────────

LEVELS = ("宜昌市", "校长职级制", "2016", "Started")
VERDICTS: Mapping[str, tuple[str, set[tuple[str, ...]]]] = {
    "wrong": (f"wrong,,,,宜昌.txt,{STARTED},Adoption,place=宜昌市|program=校长职级制,,\n", set()),
    "wrong-in-any-file": (f"wrong,,,,,{STARTED},Adoption,,,\n", set()),
    "wrong-by-an-alias": (f"wrong,,,,,{STARTED},Adoption,program=校长职级制改革,,\n", set()),
    "wrong-by-an-id": (f"wrong,,,,,{STARTED},Adoption,place=place/420500|program=program/校长职级制,,\n", set()),
    "wrong-with-blanks": (f"wrong,,,,,{STARTED[:9]} {STARTED[9:]},adoption,status=started|year=2016,,\n", set()),
    "other-file": (f"wrong,,,,别的.txt,{STARTED},Adoption,,,\n", {(*LEVELS, "", "of-its-rule")}),
    "other-relation": (f"wrong,,,,,{STARTED},Goal,,,\n", {(*LEVELS, "", "of-its-rule")}),
    "other-role": (f"wrong,,,,,{STARTED},Adoption,place=昌乐县,,\n", {(*LEVELS, "", "of-its-rule")}),
    "has-no-agency": (f"wrong,,,,,{STARTED},Adoption,agency=,,\n", set()),
    "has-a-place": (f"wrong,,,,,{STARTED},Adoption,place=,,\n", {(*LEVELS, "", "of-its-rule")}),
    "part-of-a-sentence": (f"wrong,,,,,{STARTED[:12]},Adoption,,,\n", {(*LEVELS, "", "of-its-rule")}),
    "right": (f"right,,,,,{STARTED},Adoption,,,\n", {(*LEVELS, "Confirmed", "1")}),
    "exception": (
        f"wrong,,,,,{STARTED},Adoption,,,\nright,,,,宜昌.txt,{STARTED},Adoption,,,\n",
        {(*LEVELS, "Confirmed", "1")},
    ),
    "year": (
        f"corrected,,,,,{STARTED},Adoption,,year=2014,\n",
        {("宜昌市", "校长职级制", "2014", "Started", "Corrected", "1")},
    ),
    "no-year-no-status": (
        f"corrected,,,,,{STARTED},Adoption,,year=|status=,\n",
        {("宜昌市", "校长职级制", "", "", "Corrected", "1")},
    ),
    "place-and-status": (
        f"corrected,,,,,{STARTED},Adoption,,place=南京市鼓楼区|status=planned,\n",
        {("鼓楼区", "校长职级制", "2016", "Planned", "Corrected", "1")},
    ),
    "no-place": (
        f"corrected,,,,,{STARTED},Adoption,,place=,\n",
        {("", "校长职级制", "2016", "Started", "Corrected", "1")},
    ),
    "program-by-its-alias": (
        f"corrected,,,,,{STARTED},Adoption,,program=体艺2+1项目,\n",
        {("宜昌市", "体育艺术2+1项目", "2016", "Started", "Corrected", "1")},
    ),
    "program-of-a-merge": (
        f"corrected,,,,,{STARTED},Adoption,,program=甲行动,\nsame,,甲行动,三名工程,,,,,,\n",
        {("宜昌市", "三名工程", "2016", "Started", "Corrected", "1")},
    ),
    "key-of-a-merge": (
        f"right,,,,,{STARTED},Adoption,program=甲行动,,\nsame,,校长职级制,甲行动,,,,,,\n",
        {("宜昌市", "甲行动", "2016", "Started", "Confirmed", "1")},
    ),
}


@pytest.mark.parametrize(("rows", "expected"), VERDICTS.values(), ids=VERDICTS.keys())
def test_verdicts(docs: Path, rows: str, expected: set[tuple[str, ...]]) -> None:
    """A verdict meets every claim of its sentence that says what it names, and no other."""
    built = built_with(docs, rows)
    others = {"阳光阅读工程", "阳光阅读行动"}
    assert {c for c in claims_of(built.folder, file="宜昌") if c[1] not in others} == expected


def test_a_wrong_claim_takes_its_shortcut_along(docs: Path) -> None:
    """Unless another claim carries it; what was refused stands in the graph of links."""
    role = "place=宜昌市|program=校长职级制"
    edge = 'ASK { ?p pol:adopts id:program\\/校长职级制 ; skos:prefLabel "宜昌市"@zh }'
    assert not open_graph(built_with(docs, f"wrong,,,,,{STARTED},Adoption,{role},,\n").folder).query(edge).truth
    again = "全市校长职级制全面推开。"
    (docs / "宜昌.txt").write_text(f"{YICHANG}{again}\n", "utf-8")
    graph = open_graph(built_with(docs, f"wrong,,,,,{STARTED},Adoption,{role},,\n").folder)
    assert graph.query(edge).truth
    (refused,) = graph.query("SELECT ?f ?t WHERE { GRAPH id:links { ?s pol:refused ?t } ?s pol:file ?f }")
    assert refused[0] == "宜昌.txt"
    assert str(refused[1]).startswith("claim=Adoption|place=宜昌市|program=校长职级制|")


def test_figures_and_other_roles(docs: Path) -> None:
    """Values keep their types, what was multiplied out goes with its value, a school may act."""
    rows = (
        f"corrected,,,,,{BUILT},Goal,indicator=新建公办幼儿园|value=21.0,value=22|kind=planned,\n"
        f"wrong,,,,,{BUILT},Goal,indicator=改造农村学校食堂,,\n"
        f"corrected,,,,,{LEARNED},Diffusion,,from=organization/潍坊海滨学校|program=,\n"
    )
    built = built_with(docs, rows)
    graph = open_graph(built.folder)
    asked = "SELECT ?i ?v ?k ?b WHERE { ?c a pol:Goal ; pol:indicator ?i ; pol:value ?v ; pol:kind ?k OPTIONAL { ?c pol:baseValue ?b } }"
    assert graph.query(asked).rows == (("新建公办幼儿园", "22", "https://w3id.org/policy-kg/ontology#Planned", None),)
    asked = "SELECT ?n ?p WHERE { ?c a pol:Diffusion ; pol:from/skos:prefLabel ?n OPTIONAL { ?c pol:program ?p } }"
    assert graph.query(asked).rows == (("潍坊海滨学校", None),)
    assert validate(built.folder).conforms


@pytest.mark.parametrize(
    ("change", "years"),
    [
        ("year=2015", (2015, None, DateKind.STATED)),
        ("yearTo=2018|year=2015", (2015, 2018, DateKind.STATED)),
        ("year=2015|dateKind=effective", (2015, None, DateKind.EFFECTIVE)),
        ("year=", (None, None, None)),
        ("status=ended", (2014, 2016, DateKind.DOCUMENT)),
    ],
)
def test_years(change: str, years: tuple[object, ...]) -> None:
    """A new year ends the range of before and counts as stated, unless more is said."""
    claim = next(c for c in read_file(YICHANG.encode(), "a.txt").claims if c.relation is Relation.DIFFUSES)
    claim = replace(claim, year=2014, year_to=2016, date_kind=DateKind.DOCUMENT)
    rows = decisions_of(table_of(f"{HEAD}corrected,,,,,{LEARNED},Diffusion,,{change},\n"))
    (decided,) = Reviewer(rows).claims([claim])
    assert (decided.year, decided.year_to, decided.date_kind) == years


def test_right_leaves_the_number_of_a_claim(docs: Path) -> None:
    """It is the claim that somebody cites; a corrected one says something else and is another."""
    numbers = []
    for n, says in enumerate(
        ("", f"right,,,,,{LEARNED},Diffusion,,,\n", f"corrected,,,,,{LEARNED},Diffusion,,year=2015,\n")
    ):
        graph = open_graph(built_with(docs, says, f"graph{n}").folder)
        numbers.append(graph.query("SELECT ?c WHERE { ?c a pol:Diffusion }").rows)
    assert numbers[0] == numbers[1] != numbers[2]


def test_an_unknown_place_is_told_before_anything_is_read(docs: Path) -> None:
    """All such lines at once; the graph of before stays."""
    built = build([docs], docs.parent / "graph")
    before = (built.folder / "graph.nq").read_bytes()
    row = f"corrected,,,,,{STARTED},Adoption,,place="
    with pytest.raises(ReviewError) as raised:
        built_with(docs, f"{row}大莲市,\n{row}鼓楼区,\n".replace(",Adoption,,", ",Adoption,year=2016,", 1))
    assert [problem.partition(": set: ")[0] for problem in raised.value.problems[-2:]] == [
        f"{REVIEWED_FILE}:2",
        f"{REVIEWED_FILE}:3",
    ]
    assert (built.folder / "graph.nq").read_bytes() == before


# ── What lasts ─────────────────────────────────────────────────────────────────────────────────────────────────────

ALL = (
    "same,,阳光阅读工程,阳光阅读行动,,,,,,\napart,,体艺2+1项目,体育艺术2+1项目,,,,,,\n"
    f"wrong,,,,宜昌.txt,{LEARNED},Diffusion,,,\ncorrected,,,,,{STARTED},Adoption,,year=2014,\n"
)


def test_a_rebuild_keeps_the_file_and_the_bytes(docs: Path) -> None:
    """The same decisions, the same bytes: again, in another order of lines, and with the file elsewhere."""
    built = built_with(docs, ALL)
    graph, file = built.folder / "graph.nq", built.folder / REVIEWED_FILE
    first, text = graph.read_bytes(), file.read_bytes()
    build([docs], built.folder)
    assert (graph.read_bytes(), file.read_bytes()) == (first, text)
    assert (
        built_with(docs, "".join(reversed(ALL.splitlines(True))), "turned").folder / "graph.nq"
    ).read_bytes() == first
    elsewhere = docs.parent / "mine.csv"
    elsewhere.write_bytes(text)
    other = build(sorted(docs.iterdir(), reverse=True), docs.parent / "other", settings=Settings(reviewed=elsewhere))
    assert (other.folder / "graph.nq").read_bytes() == first
    assert (build([docs], docs.parent / "none").folder / "graph.nq").read_bytes() != first


def test_the_graph_conforms(docs: Path) -> None:
    """With merged, refused, confirmed and corrected things in it."""
    (docs / "宜昌.txt").write_text(YICHANG + "体育艺术2+1项目更名为校园足球。\n", "utf-8")
    more = f"right,,,,,{BUILT},Goal,value=12,,\nsame,,校园足球,体育艺术2+1项目,,,,,,\n"
    report = validate(built_with(docs, ALL + more).folder)
    assert report.conforms, str(report)


def test_decisions_that_meet_nothing_are_told(docs: Path) -> None:
    """A file of another name, a changed sentence, a name that is gone; never dropped in silence."""
    (docs / "宜昌.txt").rename(docs / "宜昌市.txt")
    built = built_with(
        docs, f"{ALL}same,,无此计划,阳光阅读行动,,,,,,\napart,,无此计划,三名工程,,,,,,\nright,,,,,没有这句。,Goal,,,\n"
    )
    told = notes_of(built)
    assert [note.partition(": ")[0] for note in told] == ["line 4", "line 6", "line 7", "line 8"]
    assert all(one.note for one in built.skipped if one.file == REVIEWED_FILE)
    assert claims_of(built.folder, "Diffusion")


def test_hostile_names_and_sentences(docs: Path) -> None:
    """Markup, quotes and control characters of a row stay text, and the graph stays whole."""
    evil = '"><script>alert(1)</script>\\" . <x> <y> <z> .'
    rows = with_row(
        table_of(HEAD),
        cells_of(
            Pair(
                0,
                Says.SAME,
                thing_named(Kind.PROGRAM, "阳光阅读工程"),
                thing_named(Kind.PROGRAM, evil),
                f"\x1b[31m{evil}\u202e",
            )
        ),
    )
    folder = docs.parent / "graph"
    folder.mkdir()
    save_table(rows, folder / REVIEWED_FILE)
    built = build([docs], folder)
    assert evil in {c[1] for c in claims_of(built.folder)}
    assert "<script>alert" not in (built.folder / "report.html").read_text("utf-8")


def test_many_decisions_cost_little() -> None:
    """Ten thousand decisions are read and prepared in seconds."""
    pairs = "".join(f"same,,名{n}计划,总{n}计划,,,,,,\n" for n in range(5000))
    verdicts = "".join(f"wrong,,,,f{n}.txt,第{n}句。,Adoption,program=甲{n},,\n" for n in range(5000))
    begun = time.perf_counter()
    reviewed = decisions_of(table_of(HEAD + pairs + verdicts))
    assert len(Reviewer(reviewed).idle) == 10_000
    assert time.perf_counter() - begun < 10


# ── Likeness ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("大连市“县管校聘”管理改革", "县管校聘"),
        ("第三期学前教育行动计划", "学前教育"),
        ("学前教育三年行动计划", "学前教育"),
        ("体艺“2+1”项目", "体艺2+1"),
        ("改革试点", "改革试点"),
        ("大连教育讲坛", "教育讲坛"),
    ],
)
def test_core(name: str, core: str) -> None:
    """What tells a name from others."""
    assert core_of(name, {"大连市", "大连"}) == core


@pytest.mark.parametrize(
    ("one", "other", "likely"),
    [
        ("县管校聘", "县管校聘管理改革", True),
        ("体艺2+1项目", "体育艺术2+1项目", True),
        ("第三期学前教育行动计划", "学前教育三期行动计划", True),
        ("第二期学前教育行动计划", "第三期学前教育行动计划", False),
        ("学前教育行动计划", "第三期学前教育行动计划", False),
        ("学前教育三年行动计划", "学前教育五年行动计划", False),
        ("三名工程", "四名工程", False),
        ("省级示范幼儿园", "市级示范幼儿园", False),
        ("小学课后服务", "初中课后服务", False),
        ("教师轮岗制度", "书香校园建设", False),
    ],
)
def test_alike(one: str, other: str, likely: bool) -> None:
    """Same but for generic words, shortened, contained: perhaps one. Another phase, number, tier, stage: never."""
    padding = [(f"{a}{b}工程",) for a in "甲乙丙丁" for b in "子丑寅卯"]
    found = alike([(one,), (other,), *padding])
    assert any({pair.one, pair.other} == {0, 1} for pair in found) is likely


def test_alike_is_quick_and_the_same_each_time() -> None:
    """The work grows with the number of names: 20,000 take about 3 seconds of one core."""
    chance = random.Random(7)
    signs = ["".join(chr(0x4E00 + chance.randrange(2500)) for _ in range(2)) for _ in range(2000)]
    names = [
        ("".join(chance.sample(signs, 2)) + chance.choice(["计划", "工程", "行动", "管理改革"]),) for _ in range(6000)
    ]
    begun = time.perf_counter()
    found = alike(names)
    assert time.perf_counter() - begun < 20
    assert found
    assert alike(names) == found


# ── The kg review commands ─────────────────────────────────────────────────────────────────────────────────────────


def kg(*words: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def done(*words: str | Path) -> str:
    result = kg(*words)
    assert result.exit_code == 0, result.output
    return result.stderr + result.stdout


def failed(*words: str | Path, code: int = 1) -> str:
    result = kg(*words)
    assert result.exit_code == code, result.output
    return result.stderr


def number_of(folder: Path, relation: str, program: str = "") -> str:
    found = f"?c pol:program/skos:prefLabel ?n FILTER(?n = '{program}'@zh)" if program else ""
    rows = open_graph(folder).query(f"SELECT ?c WHERE {{ ?c a pol:{relation} . {found} }} ORDER BY ?c LIMIT 1")
    return str(rows.rows[0][0]).rpartition("/")[2]


@pytest.fixture
def folder(docs: Path) -> Path:
    return build([docs], docs.parent / "graph").folder


def states(folder: Path) -> list[list[str]]:
    """(line, state, decision) of each row of kg review show."""
    return [line.split(",")[:3] for line in kg("review", "show", folder, "-f", "csv").stdout.splitlines()[1:]]


def test_deciding_on_names(docs: Path, folder: Path) -> None:
    """Written, built, shown, undone."""
    assert "holds no decisions" in done("review", "show", folder)
    assert "阳光阅读工程" in done("review", "candidates", folder)
    told = done("review", "same", folder, "阳光阅读工程", "阳光阅读行动", "--note", "同一项")
    assert f"{REVIEWED_FILE} line 2, written: same: 阳光阅读工程, 阳光阅读行动" in told
    assert "build again: kg build DOCS --out" in told
    done("review", "apart", folder, "体艺2+1项目", "体育艺术2+1项目")
    assert states(folder) == [["2", "build again", "same"], ["3", "build again", "apart"]]
    assert "阳光阅读工程" not in done("review", "candidates", folder)
    build([docs], folder)
    assert states(folder) == [["2", "in force", "same"], ["3", "in force", "apart"]]
    assert "体艺2+1项目" not in done("review", "candidates", folder, "--format", "json")
    assert "taken out: same 阳光阅读工程 阳光阅读行动" in done("review", "undo", folder, "2")
    assert states(folder) == [["2", "in force", "apart"]]
    build([docs], folder)
    assert "阳光阅读工程" in {c[1] for c in claims_of(folder)}


def test_deciding_on_claims(docs: Path, folder: Path) -> None:
    """A claim keeps one verdict: the next one on it, or on what a correction made of it, takes its line."""
    level = number_of(folder, "Adoption", "校长职级制")
    done("review", "wrong", folder, number_of(folder, "Diffusion"))
    done("review", "right", folder, level, "--note", "读过原文")
    done("review", "correct", folder, level[:9], "--year", "2014", "--place", "大连市", "--status", "Planned")
    assert states(folder) == [["2", "build again", "wrong"], ["3", "build again", "corrected"]]
    build([docs], folder)
    assert states(folder) == [["2", "in force", "wrong"], ["3", "in force", "corrected"]]
    corrected = open_graph(folder).query("SELECT ?c WHERE { ?c pol:reviewed pol:Corrected }").rows[0][0]
    assert "reviewed: Corrected" in done("explain", folder, str(corrected))
    assert "line 3, replaced" in done("review", "correct", folder, str(corrected), "--set", "dateKind=Effective")
    assert states(folder)[1] == ["3", "build again", "corrected"]
    assert "says what is right of it already" in failed("review", "right", folder, str(corrected))
    build([docs], folder)
    row = read_table(folder / REVIEWED_FILE).rows[1].cells
    assert row["note"] == ""
    assert row["set"] == "year=2014|status=Planned|place=大连市|dateKind=Effective"
    assert ("大连市", "校长职级制", "2014", "Planned", "Corrected", "1") in claims_of(folder)
    last = open_graph(folder).query("SELECT ?c WHERE { ?c pol:reviewed pol:Corrected }").rows[0][0]
    done("review", "wrong", folder, str(last))
    assert states(folder)[1] == ["3", "build again", "wrong"]
    build([docs], folder)
    assert states(folder) == [["2", "in force", "wrong"], ["3", "in force", "wrong"]]
    assert not claims_of(folder, "Diffusion")


def test_two_claims_of_one_sentence_are_told_apart(docs: Path, folder: Path) -> None:
    """Two adoptions with the same roles, one ongoing and one completed: the row says which of them is meant."""
    rows = open_graph(folder).query(
        "SELECT ?c ?s WHERE { ?c a pol:Adoption ; pol:program/skos:prefLabel '体育艺术2+1项目'@zh ; pol:status ?s }"
    )
    statuses = {str(s).rpartition("#")[2]: str(c) for c, s in rows}
    assert set(statuses) == {"Ongoing", "Completed"}
    done("review", "wrong", folder, statuses["Completed"])
    done("review", "right", folder, statuses["Ongoing"])
    build([docs], folder)
    assert {c[3:5] for c in claims_of(folder) if c[1] == "体育艺术2+1项目"} == {("Ongoing", "Confirmed")}
    assert states(folder) == [["2", "in force", "wrong"], ["3", "in force", "right"]]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("same", "无此计划", "校长职级制"), "knows no Program '无此计划'"),
        (("same", "体艺2+1项目", "体育艺术2+1项目"), "are one thing already"),
        (("same", "宜昌市校车安全管理办法", "三名工程"), "only things of a kind"),
        (("apart", "三名工程", "三名工程"), "stands there twice"),
        (("wrong", "fffffffffffff"), "the graph has no claim fffffffffffff"),
        (("wrong", "三名工程"), "is no claim: give its IRI"),
        (("undo", "7"), "has no decision in line 7"),
        (("correct", "LEVEL", "--year", "14"), "year must be a year"),
        (("correct", "LEVEL", "--place", "大莲市"), "no place or several are called '大莲市'"),
        (("correct", "LEVEL", "--set", "value=3"), "Adoption has no 'value'"),
        (("correct", "LEVEL", "--program", ""), "cannot be without 'program'"),
        (("correct", "LEVEL", "--set", "yearTo=2013", "--year", "2014"), "yearTo 2013 must follow a year"),
    ],
)
def test_what_cannot_be_decided(folder: Path, words: tuple[str, ...], told: str) -> None:
    """One clear message, and the file stays as it was."""
    level = number_of(folder, "Adoption", "校长职级制")
    command, *rest = words
    assert told in failed("review", command, folder, *(level if word == "LEVEL" else word for word in rest))
    assert not (folder / REVIEWED_FILE).exists()


def test_choices_are_listed(folder: Path) -> None:
    """The beginning of a number that several claims have."""
    numbers = sorted(
        str(c).rpartition("/")[2] for (c,) in open_graph(folder).query("SELECT ?c WHERE { ?c pol:evidence ?e }")
    )
    first = next(a[0] for a, b in pairwise(numbers) if a[0] == b[0])
    message = failed("review", "right", folder, first)
    assert f"{first} begins several claims" in message
    assert sum(number in message for number in numbers if number.startswith(first)) >= 2


def test_contradictions_are_not_written(folder: Path) -> None:
    done("review", "same", folder, "阳光阅读工程", "阳光阅读行动")
    before = (folder / REVIEWED_FILE).read_bytes()
    assert "are the same by line 2" in failed("review", "apart", folder, "阳光阅读行动", "阳光阅读工程")
    assert "decides on" in failed("review", "same", folder, "阳光阅读工程", "阳光阅读行动")
    assert "decides on" in failed("review", "same", folder, "阳光阅读行动", "阳光阅读工程")
    assert (folder / REVIEWED_FILE).read_bytes() == before


def test_a_file_elsewhere(docs: Path, folder: Path) -> None:
    """--reviewed names it for every command."""
    mine = docs.parent / "mine.csv"
    told = done("review", "same", folder, "阳光阅读工程", "阳光阅读行动", "--reviewed", mine)
    assert f"--reviewed {mine}" in told
    assert mine.exists()
    assert not (folder / REVIEWED_FILE).exists()
    assert "build again" in done("review", "show", folder, "--reviewed", mine)


def test_help_of_every_review_command() -> None:
    for name in review.commands:
        assert "kg review " + name in done("review", name, "--help")
