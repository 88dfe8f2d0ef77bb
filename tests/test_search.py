"""Searching a graph: which words stand where, the index beside the graph, hostile input, the command."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import main
from kg.errors import GraphError, QueryError
from kg.graph.evidence import Passage
from kg.search import search
from kg.search.finding import _found
from kg.search.index import INDEX_FILE, _built, candidates
from kg.search.words import words_of

ID = "https://w3id.org/policy-kg/id/"
POL = "https://w3id.org/policy-kg/ontology#"
OA = "http://www.w3.org/ns/oa#"
TITLE = "http://purl.org/dc/terms/title"
SENTENCES = (
    "全市推进“双减”政策落地，开展课后服务。",
    "减轻学生作业负担，课后开展社团活动。",
    "建设5G网络和AI课堂，完成STEM education试点。",
    "实施体育艺术2+1项目，投入95万元。",
)
INDEX = _built([Passage("sentence", text, about=(str(n),)) for n, text in enumerate(SENTENCES)], "made by hand")


def claim(n: int, text: str, at: int) -> list[str]:
    """The quads of claim n, made of a sentence of the only file."""
    node = f"{ID}claim/{n:016x}"
    triples = [
        (node, POL + "source", f"<{ID}source/f>"),
        (node, POL + "evidence", f"<{node}/evidence>"),
        (f"{node}/evidence", POL + "cleaned", f'"{text}"'),
        (f"{node}/evidence", OA + "hasSelector", f"<{node}/position>"),
        (f"{node}/position", OA + "start", f'"{at}"'),
    ]
    return [f"<{s}> <{p}> {o} <{ID}source/f> .\n" for s, p, o in triples]


def write_graph(folder: Path, *sentences: str) -> Path:
    """A graph folder with one file, whose sentences carry one claim each, the first one two."""
    source = [(TITLE, "滨海市教育局2022年工作总结"), (POL + "file", "binhai.txt"), (POL + "reportYear", "2022")]
    lines = [f'<{ID}source/f> <{p}> "{value}" <{ID}source/f> .\n' for p, value in source]
    for n, text in enumerate((*sentences, *sentences[:1])):
        lines += claim(n, text, n % len(sentences) * 100)
    folder.mkdir(exist_ok=True)
    (folder / "graph.nq").write_text("".join(sorted(lines)), "utf-8", newline="\n")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_graph(tmp_path / "graph", *SENTENCES)


def found(asked: str) -> list[str]:
    words = words_of(asked)
    return [hit.marked for hit in _found(candidates(INDEX, words), words, None).hits]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("双减", ["全市推进“【双减】”政策落地，开展课后服务。"]),
        ("双减政策", ["全市推进“【双减”政策】落地，开展课后服务。"]),
        ("“双减”", ["全市推进“【双减】”政策落地，开展课后服务。"]),
        ('"双减政策"', []),
        ('"双减”政策"', ["全市推进“【双减”政策】落地，开展课后服务。"]),
        ("课后 开展", ["全市推进“双减”政策落地，【开展课后】服务。", "减轻学生作业负担，【课后开展】社团活动。"]),
        ("课后 双减", ["全市推进“【双减】”政策落地，开展【课后】服务。"]),
        ("课后开展", ["减轻学生作业负担，【课后开展】社团活动。"]),
        ("课后\u3000作业", ["减轻学生【作业】负担，【课后】开展社团活动。"]),
        ("减", ["全市推进“双【减】”政策落地，开展课后服务。", "【减】轻学生作业负担，课后开展社团活动。"]),
        ("双", ["全市推进“【双】减”政策落地，开展课后服务。"]),
        ("元", ["实施体育艺术2+1项目，投入95万【元】。"]),
        ("轻双", []),
        ("5g", ["建设【5G】网络和AI课堂，完成STEM education试点。"]),
        ("ＡＩ", ["建设5G网络和【AI】课堂，完成STEM education试点。"]),
        ("STE", []),
        ("education stem", ["建设5G网络和AI课堂，完成【STEM】 【education】试点。"]),
        ('"STEM education"', ["建设5G网络和AI课堂，完成【STEM education】试点。"]),
        ('"stem"', []),
        ('"STE', ["建设5G网络和AI课堂，完成【STE】M education试点。"]),
        ("2+1", ["实施体育艺术【2+1】项目，投入95万元。"]),
        ("5", []),
        ("95万", ["实施体育艺术2+1项目，投入【95万】元。"]),
        ("作业 没有的", []),
    ],
)
def test_words(asked: str, expected: list[str]) -> None:
    """All words must stand; quotation marks, capitals and width do not count, between "…" they do; Latin words whole."""
    assert found(asked) == expected


@pytest.mark.parametrize(
    "asked",
    [
        "a OR b", "NOT 双减", "双减*", "^双减", "text:双减", "NEAR(双减 课后, 2)", "{双减}", "双-减", "'; DROP TABLE passage; --",
        "(((", '"""', '"', "\x00双减\x00", "双\x00减", "+", "%", "_", "\\", "\ud800双减", "😀", "\u202e双减", "。", "，",
        "双" * 1_000_000, "双减 " * 300_000, '"' * 999_999, " ".join(map(chr, range(0x4E00, 0x9000))), '" "x" "',
    ],
)  # fmt: skip
def test_hostile_words(asked: str) -> None:
    """Whatever is typed is looked for as it stands, or refused with a word."""
    try:
        words_of(asked)
    except QueryError:
        return
    assert len(found(asked)) <= len(SENTENCES)


@given(st.text(max_size=12), st.lists(st.text(max_size=30), max_size=4))
def test_as_without_index(asked: str, texts: list[str]) -> None:
    """The index finds what a look at every passage finds, and nothing fails."""
    texts = [text.encode("utf-8", "replace").decode() for text in texts] + [
        f"x{asked.encode('utf-8', 'replace').decode()}y"
    ]
    try:
        words = words_of(asked)
    except QueryError:
        return
    every = [Passage("sentence", text) for text in texts]
    index = _built(every, "made by hand")
    assert _found(candidates(index, words), words, None) == _found(every, words, None)
    index.close()


@pytest.mark.parametrize("asked", ["", "  ", '""', "“”", '" "'])
def test_nothing_asked(asked: str) -> None:
    with pytest.raises(QueryError, match="nothing to search for"):
        words_of(asked)


def test_passage(folder: Path) -> None:
    """A sentence comes once, with file, part, year and the numbers of all claims made of it."""
    (hit,) = search(folder, "双减").hits
    assert hit.passage == Passage(
        "sentence", SENTENCES[0], 2022, "binhai.txt", "滨海市教育局2022年工作总结", (f"{0:016x}", f"{4:016x}")
    )
    assert [hit.passage.kind for hit in search(folder, "滨海市").hits] == ["title"]


def test_limit(folder: Path) -> None:
    """The first hits in the order of the document, and the number of all."""
    shown = search(folder, "课", 2)
    assert [hit.passage.text for hit in shown.hits] == [SENTENCES[0], SENTENCES[1]]
    assert shown.total == 3


def test_index_is_kept(folder: Path) -> None:
    """The first search writes search.sqlite, the second leaves it alone; the same graph gives the same bytes."""
    search(folder, "双减")
    first = (folder / INDEX_FILE).read_bytes()
    stamp = (folder / INDEX_FILE).stat().st_mtime_ns
    search(folder, "双减")
    assert (folder / INDEX_FILE).stat().st_mtime_ns == stamp
    (folder / INDEX_FILE).unlink()
    search(folder, "双减")
    assert (folder / INDEX_FILE).read_bytes() == first
    assert sorted(path.name for path in folder.iterdir()) == ["graph.nq", INDEX_FILE]


def test_stale_index(folder: Path) -> None:
    """A graph that was built again is indexed again."""
    assert search(folder, "双减").total == 1
    write_graph(folder, "启动集团化办学。")
    assert search(folder, "双减").total == 0
    assert search(folder, "集团化").total == 1


@pytest.mark.parametrize("harm", ["empty", "text", "cut", "foreign", "forged", "gutted", "holed", "garbled", "folder"])
def test_damaged_index(folder: Path, harm: str) -> None:
    """What does not fit the graph, or is no index, is never read from; it is replaced where that is possible."""
    search(folder, "双减")
    index = folder / INDEX_FILE
    whole = index.read_bytes()
    if harm in ("foreign", "forged", "folder"):
        index.unlink()
    if harm == "folder":
        index.mkdir()
    elif harm in ("gutted", "garbled"):
        change = "DROP TABLE passage" if harm == "gutted" else "UPDATE pairs_data SET block = X'00FF' WHERE id > 10"
        with contextlib.closing(sqlite3.connect(index)) as other, other:
            other.execute(change)
    elif harm in ("foreign", "forged"):
        with contextlib.closing(sqlite3.connect(index)) as other, other:
            other.execute("CREATE TABLE about (key, value)" if harm == "forged" else "CREATE TABLE x (y)")
    else:
        holed = bytearray(whole)
        holed[4096 : 3 * 4096] = bytes(2 * 4096)
        index.write_bytes({"empty": b"", "text": b"hello" * 99, "cut": whole[:5000], "holed": bytes(holed)}[harm])
    assert search(folder, "双减").total == 1
    assert harm == "folder" or index.read_bytes() == whole


def test_folder_that_cannot_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the index lives for one search."""

    def refuse(**_: object) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("kg.search.index.tempfile.mkstemp", refuse)
    assert search(folder, "双减").total == 1
    assert [path.name for path in folder.iterdir()] == ["graph.nq"]


def test_what_a_killed_search_left(folder: Path) -> None:
    """A half-written index of long ago goes; one of now may be that of another search."""
    for name, when in ((".search.old", 0), (".search.new", None)):
        (folder / name).touch()
        if when is not None:
            os.utime(folder / name, (when, when))
    search(folder, "双减")
    assert sorted(path.name for path in folder.iterdir()) == [".search.new", "graph.nq", INDEX_FILE]


def test_no_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="build a graph first"):
        search(tmp_path, "双减")


def test_command(folder: Path) -> None:
    """A table with the words marked; the cap is said; CSV and JSON have the sentence itself, too."""
    run = CliRunner().invoke(main, ["search", str(folder), "课", "--limit", "2"])
    assert run.exit_code == 0
    assert "开展【课】后服务" in run.stdout
    assert run.stderr == "2 of 3 shown; --limit shows more\n"
    run = CliRunner().invoke(main, ["search", str(folder), "双减", "课后", "-f", "json"])
    (row,) = json.loads(run.stdout)
    assert (row["text"], row["year"], row["file"]) == (SENTENCES[0], "2022", "binhai.txt")
    run = CliRunner().invoke(main, ["search", str(folder), "研学旅行", "-f", "csv"])
    assert run.stdout == "kind,text,marked,year,file,part,about\n"
    assert "nothing found" in run.stderr
    run = CliRunner().invoke(main, ["search", str(folder), "“”"])
    assert (run.exit_code, run.stderr.count("\n")) == (1, 1)
