"""Files of any format → documents, within limits, whatever happens to the process that reads them."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from kg.errors import UnreadableFile
from kg.model import Document, Given
from kg.texts import read_document
from kg.texts.formats.columns import Columns
from kg.texts.formats.isolation import Isolated
from kg.texts.inputs import Input, Skipped, find_inputs
from kg.texts.opening import Limits, Opener

CORPUS = Path(__file__).parents[1] / "corpus"
TEXT = "兴国县教育局2016年工作总结\n全县新建公办幼儿园8所，改造薄弱学校25所，招聘教师143名。"
PAGE = f"<html><head><title>总结</title></head><body><p>{TEXT.replace(chr(10), '</p><p>')}</p></body></html>"


def opened(path: Path, file: str = "", **settings: object) -> list[Document | Skipped]:
    with Opener(**settings) as opener:  # type: ignore[arg-type]
        return list(opener(Input(path, file or path.name)))


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


ROWS = "\n".join(
    json.dumps({"标题": "总结", "正文": TEXT + str(n), "城市": "兴国县"}, ensure_ascii=False) for n in range(2)
)
FILES: list[tuple[str, bytes, list[str], str]] = [
    ("a.txt", TEXT.encode(), ["a.txt"], "text"),
    ("a.md", f"# {TEXT}".encode(), ["a.md"], "markdown"),
    ("a.html", PAGE.encode(), ["a.html"], "html"),
    ("a.doc", PAGE.encode("gb18030"), ["a.doc"], "html"),
    ("rows.jsonl", ROWS.encode(), ["rows.jsonl#1", "rows.jsonl#2"], "jsonl"),
    ("all.zip", zipped({"in/b.txt": TEXT.encode()}), ["all.zip/in/b.txt"], "text"),
    (
        "deep.zip",
        zipped({"x.zip": zipped({"r.jsonl": ROWS.encode()})}),
        ["deep.zip/x.zip/r.jsonl#1", "deep.zip/x.zip/r.jsonl#2"],
        "jsonl",
    ),
    ("c.txt.gz", gzip.compress(TEXT.encode(), mtime=0), ["c.txt.gz/c.txt"], "text"),
]


@pytest.mark.parametrize(("name", "data", "files", "form"), FILES, ids=[case[0] for case in FILES])
def test_documents_of_a_file(tmp_path: Path, name: str, data: bytes, files: list[str], form: str) -> None:
    """Rows and members are documents of their own; the content tells the format, not the name."""
    (tmp_path / name).write_bytes(data)
    found = opened(tmp_path / name)
    assert [one.file for one in found] == files
    for one in found:
        assert isinstance(one, Document)
        assert (one.form, "薄弱学校25所" in one.clean) == (form, True)
        assert (one.extracted_to == "") == (form in ("text", "markdown") and not one.within)


def test_an_archive_too_deep_and_a_document_too_large(tmp_path: Path) -> None:
    """Both are named with the limit that they break."""
    data = TEXT.encode()
    for n in range(4):
        data = zipped({f"{n}.zip" if n else "a.txt": data})
    (tmp_path / "deep.zip").write_bytes(data)
    (too_deep,) = opened(tmp_path / "deep.zip")
    assert isinstance(too_deep, Skipped)
    assert (too_deep.file, "inside 3 archives" in too_deep.reason) == ("deep.zip/3.zip/2.zip/1.zip", True)
    (tmp_path / "large.txt").write_text(TEXT * 100, "utf-8")
    (large,) = opened(tmp_path / "large.txt", limits=Limits(megabytes=0.001))
    assert isinstance(large, Skipped)
    assert "limit of 0.001 MB" in large.reason


def test_what_the_user_knows(tmp_path: Path) -> None:
    """A column goes before the file's index, the index before what is said of all files."""
    (tmp_path / "rows.jsonl").write_text(ROWS, "utf-8")
    with Opener(given=Given(place="江西省", year=2011, url="http://a.cn", by="--place")) as opener:
        (first, _) = list(
            opener(
                Input(tmp_path / "rows.jsonl", "rows.jsonl", Given(place="赣州市", year=2012, by="index.csv line 2"))
            )
        )
    assert isinstance(first, Document)
    assert (first.given.place, first.given.year, first.given.url, first.given.title) == (
        "兴国县",
        2012,
        "http://a.cn",
        "总结",
    )
    assert "index.csv line 2" in first.given.by


def test_named_columns(tmp_path: Path) -> None:
    """Where the usual names do not fit, the user says which column holds the text."""
    (tmp_path / "rows.jsonl").write_text(ROWS.replace("正文", "甲").replace("标题", "乙"), "utf-8")
    (unknown,) = opened(tmp_path / "rows.jsonl")
    assert isinstance(unknown, Skipped)
    assert "--text-column" in unknown.reason
    assert len(opened(tmp_path / "rows.jsonl", columns=Columns(text="甲"))) == 2


# ── The process in which foreign formats are read ──────────────────────────────────────────────────────────────────


class Puppet(Isolated):
    """A process that does what the request says, in place of reading a file."""

    PROGRAM = (
        "import os, sys, time\n"
        "from kg.errors import UnreadableFile\n"
        "from kg.texts.formats.isolation import serve\n"
        "def answer(request):\n"
        "    if request == 'die': os._exit(3)\n"
        "    if request == 'sleep': time.sleep(60)\n"
        "    if request == 'fault': raise UnreadableFile('nothing in it')\n"
        "    if request == 'bug': raise KeyError('x')\n"
        "    if request == 'deep': raise RecursionError\n"
        "    yield request\n"
        "serve(sys.stdin.buffer, sys.stdout.buffer, answer)\n"
    )
    command = ("-c", PROGRAM)


@pytest.fixture
def puppet() -> Iterator[Puppet]:
    one = Puppet(seconds=2)
    yield one
    one.close()


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        ("die", "crashed on it"),
        ("sleep", "longer than 2 seconds"),
        ("fault", "nothing in it"),
        ("bug", "KeyError"),
        ("deep", "nested too deeply"),
    ],
)
def test_a_process_in_trouble_costs_one_file(puppet: Puppet, request_: str, reason: str) -> None:
    """And the next one is read as if nothing had happened."""
    assert list(puppet("first")) == ["first"]
    with pytest.raises(UnreadableFile, match=reason):
        list(puppet(request_))
    assert list(puppet("next")) == ["next"]


def test_nothing_is_run_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A research folder may hold a csv.py or an html.py of its own."""
    for name in ("csv", "html", "pickle", "lxml"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit", "utf-8")
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    monkeypatch.chdir(tmp_path)
    (document,) = opened(tmp_path / "a.html")
    assert isinstance(document, Document)


@pytest.mark.parametrize("path", sorted((CORPUS / "furniture").glob("*.txt")), ids=lambda path: path.stem)
def test_what_is_left_out_does_not_overlap(path: Path) -> None:
    """So that it can be counted, whichever steps left it out."""
    found = read_document(path.read_bytes(), path.name).left_out
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


# ── Folders ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    """Links, pipes, graph folders and empty folders are named; an index is no document where it names files."""
    docs = tmp_path / "docs"
    (docs / "sub").mkdir(parents=True)
    (docs / "a.txt").write_text(TEXT, "utf-8")
    (docs / "sub" / "b.txt").write_text(TEXT, "utf-8")
    (docs / "graph").mkdir()
    (docs / "graph" / "graph.nq").write_text("", "utf-8")
    (docs / "graph" / "report.html").write_text("", "utf-8")
    (docs / "loop").symlink_to(docs)
    (docs / "gone.txt").symlink_to(tmp_path / "nowhere")
    (docs / "index.csv").write_text("文件,城市,年份\na.txt,赣州市,2014\nsub/b.txt,,2015\nc.txt,,\n", "utf-8")
    inputs, skipped = find_inputs([docs])
    assert [(item.file, item.given.place, item.given.year) for item in inputs] == [
        ("a.txt", "赣州市", 2014),
        ("sub/b.txt", "", 2015),
    ]
    assert sorted((one.file, one.reason.partition(";")[0]) for one in skipped) == [
        ("gone.txt", "a link that leads nowhere"),
        ("graph", "a graph folder that kg build made"),
        ("index.csv", "line 4 names c.txt, which is not there"),
        ("loop", "a link to a folder"),
    ]
