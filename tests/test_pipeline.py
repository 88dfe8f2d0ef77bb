"""The whole way: what `build` reads, writes and refuses, and how the `kg` command tells it."""

from __future__ import annotations

import csv
import gc
import io
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import COMMANDS, main
from kg.cli.output import pace, progress_bar
from kg.errors import NothingToBuild
from kg.graph.store import open_graph
from kg.graph_folder import Built
from kg.pipeline import build, read_file
from kg.resources import shipped
from kg.texts.inputs import find_inputs

GOOD = """宜昌市教育局2016年工作总结
全市推行校长职级制，新建公办幼儿园21所，改造农村学校食堂十二个，群众满意度进一步提高。
印发《宜昌市校车安全管理办法》（宜府发〔2016〕3号）。
"""
OTHER = """昌乐县教育局2015年工作总结
我县实施农村教师安居工程，改造校舍6.5万平方米，学校面貌焕然一新，群众满意度进一步提高。
"""
ENGLISH = "This report tells what the schools of the district did in the last year. Nothing else is in it.\n"
QUESTION = "SELECT ?name WHERE { ?p a pol:Program ; skos:prefLabel ?name } ORDER BY ?name"


@pytest.fixture(scope="module")
def examples() -> Path:
    return Path(str(shipped("data", "examples")))


@pytest.fixture(scope="module")
def built(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build([examples], tmp_path_factory.mktemp("built") / "graph")


def graph_bytes(folder: Path) -> bytes:
    return (folder / "graph.nq").read_bytes()


# ── What a build writes ────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_written(built: Built) -> None:
    """The graph and what is made of it, nothing half-written beside them, and as many quads as were counted."""
    assert sorted(path.name for path in built.folder.iterdir()) == [
        ".lock",
        "graph.json",
        "graph.nq",
        "graph.ttl",
        "graphs.csv",
        "manifest.csv",
        "mentions.csv",
        "report.html",
        "shards",
    ]
    assert not list(built.folder.rglob("*draft*"))
    assert len(graph_bytes(built.folder).splitlines()) == built.quads
    assert (len(built.files), built.parts >= 20, built.claims > 300) == (18, True, True)


def test_every_mention_reads_back(built: Built, examples: Path) -> None:
    """mentions.csv lists every mention with offsets of the original file, linked or not, under its part."""
    rows = list(csv.DictReader(io.StringIO((built.folder / "mentions.csv").read_text("utf-8"))))
    assert len(rows) == sum(file.mentions for file in built.files)
    texts = {file.file: read_file((examples / file.file).read_bytes(), file.file).document.text for file in built.files}
    exact = [texts[row["file"]][int(row["start"]) : int(row["end"])] == row["words"] for row in rows]
    assert sum(exact) > 0.8 * len(rows)  # the others stand in garbled or half-width text
    assert {row["entity"] == "" for row in rows} == {True, False}


def test_evidence_of_every_claim(built: Built, examples: Path) -> None:
    """Every claim of the graph quotes the file: its offsets select the quotation in the decoded text."""
    codecs = {file.file: file.encoding for file in built.files}
    texts = {file: (examples / file).read_bytes().decode(codec) for file, codec in codecs.items()}
    rows = open_graph(built.folder).query("""
        SELECT ?claim ?file ?start ?end ?exact WHERE {
          ?claim pol:source/pol:file ?file ; pol:evidence ?e .
          ?e oa:hasSelector [ oa:start ?start ; oa:end ?end ] ; oa:hasSelector [ oa:exact ?exact ] }""")
    assert len({row["claim"] for row in rows.typed()}) == len(rows) > 300
    for row in rows.typed():
        text = texts[str(row["file"])]
        assert text[int(str(row["start"])) : int(str(row["end"]))] == row["exact"]


def test_another_base(tmp_path: Path) -> None:
    """--base moves every thing and source under the user's own address and changes nothing else."""
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    here = build([tmp_path / "a.txt"], tmp_path / "here")
    there = build([tmp_path / "a.txt"], tmp_path / "there", base="https://example.org/kg/")
    moved = graph_bytes(there.folder).replace(b"https://example.org/kg/", b"https://w3id.org/policy-kg/id/")
    assert sorted(moved.splitlines()) == sorted(graph_bytes(here.folder).splitlines())


# ── The same input, the same graph ─────────────────────────────────────────────────────────────────────────────────


def test_other_order_of_files(built: Built, examples: Path, tmp_path: Path) -> None:
    """A list of the files in any order builds the same bytes as their folder, and so does a second run."""
    files = sorted(examples.glob("*.txt"))
    random.Random(11).shuffle(files)
    assert graph_bytes(build(files, tmp_path / "list").folder) == graph_bytes(built.folder)
    assert graph_bytes(build([examples], tmp_path / "again").folder) == graph_bytes(built.folder)
    assert (tmp_path / "list" / "mentions.csv").read_bytes() == (built.folder / "mentions.csv").read_bytes()


def test_given_twice(tmp_path: Path) -> None:
    """A file that is named and stands in a named folder is read once."""
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    twice = build([tmp_path, tmp_path / "a.txt"], tmp_path / "graph")
    assert [file.file for file in twice.files] == ["a.txt"]
    assert twice.copies == ()


def test_copies(tmp_path: Path) -> None:
    """A byte-identical copy is listed and not read again; the claims are those of one file."""
    docs = tmp_path / "docs"
    (docs / "old").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "old/c.txt"):
        (docs / name).write_text(GOOD, "utf-8")
    copied = build([docs], tmp_path / "graph")
    assert [file.file for file in copied.files] == ["a.txt"]
    assert copied.copies == (("b.txt", "a.txt"), ("old/c.txt", "a.txt"))
    rows = open_graph(copied.folder).query("SELECT ?f ?o WHERE { ?s pol:copyOf/pol:file ?o ; pol:file ?f } ORDER BY ?f")
    assert rows.rows == (("b.txt", "a.txt"), ("old/c.txt", "a.txt"))
    sources = open_graph(copied.folder).query(
        "SELECT DISTINCT ?f WHERE { ?c pol:evidence ?e ; pol:source/pol:file ?f }"
    )
    assert sources.rows == (("a.txt",),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    """The same text says the same in every encoding."""
    plain, coded = read_file(GOOD.encode(), "a.txt"), read_file(GOOD.encode(encoding), "a.txt")
    assert [(c.relation, c.roles, c.values, c.year) for c in coded.claims] == [
        (c.relation, c.roles, c.values, c.year) for c in plain.claims
    ]
    assert plain.claims


# ── Which files are read ───────────────────────────────────────────────────────────────────────────────────────────


def test_find_inputs(tmp_path: Path) -> None:
    """Files below a folder by their path in it; a README tells about them, hidden files are nobody's business."""
    for name in (
        "b.txt",
        "sub/a.TXT",
        "sub/deep/c.md",
        "README.md",
        "table.csv",
        "noending",
        ".hidden/d.txt",
        ".e.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(GOOD, "utf-8")
    inputs, skipped = find_inputs([tmp_path])
    assert [item.file for item in inputs] == [
        "b.txt",
        "noending",
        "sub/a.TXT",
        "sub/deep/c.md",
        "table.csv",
    ]
    assert [item.file for item in skipped] == ["README.md", tmp_path.name]
    assert skipped[1].reason == "2 hidden files or folders are not read"
    assert all(item.reason for item in skipped)


def test_named_file_is_read_whatever_its_ending(tmp_path: Path) -> None:
    """Who names a file wants it read."""
    (tmp_path / "report").write_text(GOOD, "utf-8")
    assert [item.file for item in find_inputs([tmp_path / "report"])[0]] == ["report"]


# ── Bad input ──────────────────────────────────────────────────────────────────────────────────────────────────────


def empty(path: Path) -> None:
    path.write_bytes(b"")


def binary(path: Path) -> None:
    path.write_bytes(random.Random(3).randbytes(4000))


def english(path: Path) -> None:
    path.write_text(ENGLISH * 5, "utf-8")


def picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))


def blank(path: Path) -> None:
    path.write_text(" \n\u3000\n\t\n", "utf-8")


BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "empty.txt": (empty, "empty file"),
    "binary.txt": (binary, "binary file"),
    "english.txt": (english, "no Chinese text"),
    "picture.txt": (picture, "this is a picture"),
}


@pytest.mark.parametrize(("name", "make", "reason"), [(name, *more) for name, more in BAD.items()])
def test_unreadable_file(tmp_path: Path, name: str, make: Callable[[Path], None], reason: str) -> None:
    """A file that gives no text is named with the reason, and no graph is written when it is the only one."""
    make(tmp_path / name)
    with pytest.raises(NothingToBuild, match=f"{name}: {reason}"):
        build([tmp_path / name], tmp_path / "graph")
    assert not (tmp_path / "graph").exists()


def test_blank_file(tmp_path: Path) -> None:
    """Nothing but blanks is nothing to read."""
    blank(tmp_path / "blank.txt")
    with pytest.raises(NothingToBuild, match=r"blank\.txt: "):
        build([tmp_path / "blank.txt"], tmp_path / "graph")


def test_no_paths_at_all(tmp_path: Path) -> None:
    """An empty list of files says so."""
    with pytest.raises(NothingToBuild, match="No documents were given"):
        build([], tmp_path / "graph")


def test_the_garbage_collector_is_left_as_it_was(tmp_path: Path) -> None:
    """A build that fails also gives back the thresholds that it found."""
    usual = gc.get_threshold()
    with pytest.raises(NothingToBuild):
        build([], tmp_path / "graph")
    assert gc.get_threshold() == usual


def test_folders_without_documents(tmp_path: Path) -> None:
    """An empty folder, one with a table of something else, and a missing path are three different messages."""
    (tmp_path / "void").mkdir()
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "a.csv").write_text("1,2\n", "utf-8")
    with pytest.raises(NothingToBuild) as fault:
        build([tmp_path / "void", tmp_path / "tables", tmp_path / "gone"], tmp_path / "graph")
    message = str(fault.value)
    assert "void: the folder holds no files" in message
    assert "a.csv: no column is known to hold the text" in message
    assert "gone: there is no such file or folder" in message


def test_good_and_bad_together(tmp_path: Path) -> None:
    """The good files are built all the same, and their graph is that of the good files alone."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "good.txt").write_text(GOOD, "utf-8")
    (docs / "other.txt").write_text(OTHER, "utf-8")
    alone = build([docs], tmp_path / "alone")
    for name, (make, _) in BAD.items():
        make(docs / name)
    mixed = build([docs, tmp_path / "gone"], tmp_path / "mixed")
    assert [file.file for file in mixed.files] == ["good.txt", "other.txt"]
    assert {Path(s.file).name for s in mixed.skipped} == {*BAD, "gone"}
    assert graph_bytes(mixed.folder) == graph_bytes(alone.folder)
    page = (mixed.folder / "report.html").read_text("utf-8")
    assert all(name in page for name in BAD)


def test_failed_build_keeps_the_old_graph(tmp_path: Path) -> None:
    """A run that can build nothing leaves the graph of the run before as it was."""
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    first = build([tmp_path / "good.txt"], tmp_path / "graph")
    before = graph_bytes(first.folder)
    with pytest.raises(NothingToBuild):
        build([tmp_path / "gone"], tmp_path / "graph")
    assert graph_bytes(tmp_path / "graph") == before


# ── The kg command ─────────────────────────────────────────────────────────────────────────────────────────────────


def kg(*words: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=stdin)


def says(result: Result, code: int) -> str:
    """The error output of a command that ended as it should: with this code and without a traceback."""
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result.stderr


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of two short documents."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "docs").mkdir()
    (folder / "docs" / "good.txt").write_text(GOOD, "utf-8")
    (folder / "docs" / "other.txt").write_text(OTHER, "utf-8")
    assert kg("build", folder / "docs", "--out", folder / "graph", "-q").exit_code == 0
    return folder / "graph"


def test_build_tells_what_it_read(tmp_path: Path) -> None:
    """One line of counts at the end; --quiet keeps it to itself."""
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    told = says(kg("build", tmp_path / "good.txt", "--out", tmp_path / "graph"), 0)
    assert "1 files, 1 parts" in told
    assert says(kg("build", tmp_path / "good.txt", "--out", tmp_path / "graph", "--quiet"), 0) == ""


def test_build_exit_codes(tmp_path: Path) -> None:
    """0 with a graph, 1 without one, 2 for a wrong command line, 3 with --strict when a file was left out."""
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    empty(tmp_path / "empty.txt")
    good, bad, out = tmp_path / "good.txt", tmp_path / "empty.txt", tmp_path / "graph"
    assert says(kg("build", bad, "--out", out), 1).splitlines() == [
        "Error: No document could be read, so no graph was written.",
        "  empty.txt: empty file: there is nothing to read in it",
    ]
    assert not out.exists()
    assert "Missing argument" in says(kg("build", "--out", out), 2)
    assert "left out: empty.txt: empty file" in says(kg("build", good, bad, "--out", out), 0)
    assert "left out: empty.txt: empty file" in says(kg("build", good, bad, "--out", out, "--strict"), 3)
    assert (out / "graph.nq").is_file()
    assert says(kg("build", good, "--out", out, "--strict", "-q"), 0) == ""


@pytest.mark.parametrize(("name", "make", "reason"), [(name, *more) for name, more in BAD.items()])
def test_build_names_a_bad_file(tmp_path: Path, name: str, make: Callable[[Path], None], reason: str) -> None:
    """One line per file that was left out: its name and the reason."""
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    make(tmp_path / name)
    told = says(kg("build", tmp_path, "--out", tmp_path.parent / f"{tmp_path.name}-graph"), 0)
    (line,) = [line for line in told.splitlines() if name in line]
    assert line.startswith(f"left out: {name}: {reason}")


def test_build_from_a_list_on_stdin(tmp_path: Path, small: Path) -> None:
    """`-` reads paths from standard input."""
    docs = small.parent / "docs"
    listed = f"{docs / 'other.txt'}\n\n{docs / 'good.txt'}\n"
    says(kg("build", "-", "--out", tmp_path / "graph", "-q", stdin=listed), 0)
    assert graph_bytes(tmp_path / "graph") == graph_bytes(small)


def test_queries(small: Path, tmp_path: Path) -> None:
    """SPARQL as text, as a .rq file and from standard input give the same answer; a shipped question its own."""
    (tmp_path / "names.rq").write_text(QUESTION, "utf-8")
    answers = [
        kg("query", small, QUESTION, "--format", "csv"),
        kg("query", small, tmp_path / "names.rq", "--format", "csv"),
        kg("query", small, "-", "--format", "csv", stdin=QUESTION),
    ]
    assert {says(answer, 0) for answer in answers} == {""}
    assert {answer.stdout for answer in answers} == {answers[0].stdout}
    assert "校长职级制" in answers[0].stdout.split()
    asked = kg("query", small, "who-adopted", "-p", "program=校长职级制", "--format", "csv")
    assert says(asked, 0) == ""
    assert len(asked.stdout.splitlines()) == 2
    assert "宜昌市" in asked.stdout


@pytest.mark.parametrize("form", ["table", "csv", "json", "ttl"])
def test_answers_are_harmless_on_a_terminal(small: Path, form: str) -> None:
    r"""A control character of an answer comes out escaped, in Turtle as \u001b, which reads back as the same."""
    query = r'CONSTRUCT { ?p rdfs:comment "a\u001b[31mb\u202e" } WHERE { ?p a pol:Program }'
    answer = kg("query", small, query, "--format", form)
    assert says(answer, 0) == ""
    assert not {"\x1b", "\u202e"} & set(answer.stdout)
    assert form != "ttl" or r'"a\u001b[31mb\u202e"' in answer.stdout.lower()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("query", "SELECT ?x WHERE { ?x "), "the query cannot be read here"),
        (("query", "SELECT nonsense { }"), "the query cannot be read here"),
        (("query", "SELECT ?p WHERE { ?p a pol:Programme }"), "pol:Programme"),
        (("query", "DELETE WHERE { ?s ?p ?o }"), "can only be read"),
        (("query", "who-adoptd"), "did you mean 'who-adopted'"),
        (("query", "missing.rq"), "missing.rq: there is no such file"),
        (("query", "who-adopted", "-p", "place=宜昌市"), "no parameter 'place'"),
        (("trace", "不存在的计划"), "不存在的计划"),
        (("explain", "甲 乙"), "甲"),
    ],
)
def test_what_cannot_be_answered(small: Path, words: tuple[str, ...], told: str) -> None:
    """A broken query, an unknown question or programme: one clear message, exit code 1, no traceback."""
    command, *rest = words
    message = says(kg(command, small, *rest), 1)
    assert message.startswith("Error: ")
    assert told in message


@pytest.mark.parametrize(
    "command", [("query", "who-adopted"), ("trace", "县管校聘"), ("explain", "甲 乙"), ("validate",)]
)
def test_no_graph_there(tmp_path: Path, command: tuple[str, ...]) -> None:
    """A folder without a graph: what to do first."""
    name, *rest = command
    message = says(kg(name, tmp_path / "nothing", *rest), 1)
    assert "build a graph first" in message
    assert len(message.splitlines()) == 1


def test_damaged_graph(small: Path, tmp_path: Path) -> None:
    """A graph file cut in the middle is said to be damaged."""
    shutil.copytree(small, tmp_path / "graph")
    whole = graph_bytes(small)
    (tmp_path / "graph" / "graph.nq").write_bytes(whole[: len(whole) // 2 - 20])
    assert says(kg("query", tmp_path / "graph", QUESTION), 1).startswith("Error: ")


def test_trace_and_explain(small: Path) -> None:
    """The programme's way with its sentence, and the rule behind the edge."""
    traced = kg("trace", small, "校长职级制")
    assert says(traced, 0) == ""
    assert "宜昌市" in traced.stdout
    assert "全市推行校长职级制" in traced.stdout
    explained = kg("explain", small, "宜昌市 校长职级制")
    assert says(explained, 0) == ""
    assert "does-program/lexicon-program" in explained.stdout


def test_built_graph_conforms(small: Path) -> None:
    """What `kg build` writes passes `kg validate`."""
    checked = kg("validate", small)
    assert says(checked, 0) == ""
    assert "conform" in checked.stdout


def test_help_names_every_command() -> None:
    """`kg --help` loads no command, so that its text is the one list of them."""
    named = re.findall(r"^  kg (\w+) ", kg("--help").stdout, re.MULTILINE)
    assert sorted(named) == sorted(COMMANDS)


@pytest.mark.parametrize(
    ("done", "all_", "seconds", "told"),
    [
        (0, 10, 5.0, ""),
        (5, 10, 2.0, "2.5 files/s, 0:00:02 left"),
        (10, 10, 4.0, "2.5 files/s, 0:00:00 left"),
        (1, 7201, 1.0, "1.0 files/s, 2:00:00 left"),
        (250_000, 1_000_000, 50.0, "5,000.0 files/s, 0:02:30 left"),
    ],
)
def test_pace(done: int, all_: int, seconds: float, told: str) -> None:
    """The bar tells how fast the reading goes, and when it will be done."""
    assert pace(done, all_, seconds, "files") == told


def test_the_bar_is_readable_in_a_chinese_console(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it can be written in GBK, whatever the files are called; rate and rest stand in it."""
    console = io.TextIOWrapper(io.BytesIO(), encoding="gbk", errors="strict")
    monkeypatch.setattr(console, "isatty", lambda: True)
    monkeypatch.setattr("sys.stderr", console)
    with progress_bar("Reading") as step:
        for done in range(4):
            step(done, 3, "大连市2014年工作总结𠀀.txt")
    console.seek(0)
    told = console.read()
    assert "3/3" in told
    assert re.search(r"[\d.,]+ files/s, 0:00:00 left", told)


def test_help_of_every_command() -> None:
    """Every command has its own help with an example or a sentence of what it does."""
    for name in COMMANDS:
        told = kg(name, "--help")
        assert told.exit_code == 0
        assert len(told.stdout.splitlines()) > 6, name


# ── What a build must not do ───────────────────────────────────────────────────────────────────────────────────────


def test_a_build_deletes_nothing_of_the_users(tmp_path: Path) -> None:
    """Documents in a folder called texts, a graph among documents, and a second build over both."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(GOOD, "utf-8")
    (tmp_path / "b.html").write_text(f"<html><body><p>{OTHER}</p></body></html>", "utf-8")
    first = build([tmp_path], tmp_path)
    again = build([tmp_path], tmp_path)
    assert [file.file for file in first.files] == [file.file for file in again.files] == ["b.html", "texts/a.txt"]
    assert (tmp_path / "texts" / "a.txt").read_text("utf-8") == GOOD
    assert (tmp_path / again.files[0].text_file).exists()


def test_what_a_killed_build_left_goes(tmp_path: Path) -> None:
    """And the draft of this one goes when it is done."""
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    for left in (".draft", "shards/.draft.x", "shards/00"):
        (tmp_path / "graph" / left).mkdir(parents=True)
    (tmp_path / "graph" / "shards" / "README.txt").write_text("policy-kg shards", "utf-8")
    (tmp_path / "graph" / "shards" / "00" / "0000000000000000-1.nq").write_text("", "utf-8")
    build([tmp_path / "a.txt"], tmp_path / "graph")
    assert [path.name for path in (tmp_path / "graph").glob(".*")] == [".lock"]
    assert len(list((tmp_path / "graph" / "shards").rglob("*.*"))) == 3  # facts, quads, README.txt


def test_of_two_equal_texts_the_better_known_is_read(tmp_path: Path) -> None:
    """One file's name tells place and year, the other's is a number; in any order of their names."""
    text = "工作总结\n全市推行校长职级制，新建公办幼儿园21所，改造农村学校食堂十二个，群众满意度进一步提高。\n"
    for number in ("0001.txt", "甲.txt"):
        docs = tmp_path / number
        docs.mkdir()
        (docs / number).write_text(text, "utf-8")
        (docs / "宜昌市教育局2016年工作总结.txt").write_text(text, "utf-8")
        built = build([docs], docs / "graph")
        assert [(file.file, file.parts[0].place, file.parts[0].year) for file in built.files] == [
            ("宜昌市教育局2016年工作总结.txt", "宜昌市", 2016)
        ]
        assert built.copies == ((number, "宜昌市教育局2016年工作总结.txt"),)


def test_notes_are_no_files_left_out(tmp_path: Path) -> None:
    """--strict speaks of documents; a README and hidden files are none."""
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    (tmp_path / "README").write_text("about", "utf-8")
    (tmp_path / ".hidden").write_text("x", "utf-8")
    done = CliRunner().invoke(main, ["build", str(tmp_path), "--out", str(tmp_path / "graph"), "--strict"])
    assert done.exit_code == 0
    assert done.stderr.count("note: ") == 2


def test_inspect_says_when_there_is_nothing_to_show(tmp_path: Path) -> None:
    gone = CliRunner().invoke(main, ["inspect", str(tmp_path / "gone.txt")])
    assert gone.exit_code == 1
    assert "there is no such file" in gone.stderr
