"""The pages for readers → every command, query, answer, link and folder that they show, tried on the bundled example.

`python tests/test_readme.py` writes the answers of today into the pages; read the difference like code.
"""

from __future__ import annotations

import csv
import io
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from reading import read

from kg.cli import main
from kg.graph.ontology import terms
from kg.graph.ontology_statements import ontology_of
from kg.graph.store import PolicyGraph, open_graph
from kg.model import Kind, Relation
from kg.relations.rule_words import words_of
from kg.resources import shipped
from kg.views.ontology_page import ontology_page

ROOT = Path(__file__).resolve().parent.parent
TWINS = ("README.md", "README.zh-CN.md")
PAGES = (*TWINS, "docs/sparql.md", "docs/compare.md", "docs/diffusion.md", "docs/export.md")
BEFOREHAND = (  # commands of a page that others on it build on: each test has a folder of its own
    "kg diffuse events graph/ --program 县管校聘 --shape long --out adoptions.csv",
    "kg diffuse panel graph/ --out panel.csv",
    "kg diffuse simulate made --units 30 --cascades 150",
)
HOW = "docs/how-it-reads.md"
ONTOLOGY = "docs/ontology.md"
PICTURE = "docs/trace-example.svg"
PICTURE_COMMAND = f"kg trace graph/ 县管校聘 --out {PICTURE}"
MORE = "…"  # closes an answer that is longer than what the page shows
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```\n", re.M | re.S)
_TABLE = re.compile(r"\n(\|[^\n]*\|\n\|[-| :]+\|\n(?:\|[^\n]*\|\n)*)")
_LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")
_WHOSE = re.compile(r"^(?:named-|located-)?place-(?!names-)")  # whose adoption: one rule in three forms
_BRANCH = re.compile(r"^((?:│   |    )*)[├└]── (\S+)")


_RULE_ROW = re.compile(r"^(\| `([a-z-]+)` \| [^|]+ \| )[^|]* \|$", re.M)
RULE_ROWS = re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \|", (ROOT / HOW).read_text("utf-8"), re.M)
SILENT_ROWS = re.findall(r"^\| ([^`|]+。) \|", (ROOT / HOW).read_text("utf-8"), re.M)


@dataclass(frozen=True)
class Example:
    """A command (`kg …`) or a SPARQL query of a page, and the answer below it: lines, or a table of some columns."""

    page: str
    line: int
    language: str  # console or sparql
    asks: str
    shown: str  # "" where the page shows no answer
    at: int  # where `shown` begins in the page

    @property
    def is_command(self) -> bool:
        return self.asks.startswith("kg ")

    @property
    def is_table(self) -> bool:
        return self.shown.startswith("|")

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def examples(page: str) -> Iterator[Example]:
    """The commands of ```console blocks and the queries of ```sparql blocks, in order."""
    text = (ROOT / page).read_text("utf-8")
    for block in _FENCE.finditer(text):
        line = text.count("\n", 0, block.start()) + 2
        table = _TABLE.match(text, block.end())
        if block[1] == "sparql":
            yield Example(page, line, block[1], block[2], table[1] if table else "", table.start(1) if table else 0)
        elif block[1] == "console":
            yield from _commands(page, line, block, table)


def _commands(page: str, line: int, block: re.Match[str], table: re.Match[str] | None) -> Iterator[Example]:
    pieces = list(re.finditer(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block[2], re.M))
    for n, piece in enumerate(pieces):
        at = line + block[2].count("\n", 0, piece.start())
        if table and n + 1 == len(pieces):
            yield Example(page, at, block[1], piece[1], table[1], table.start(1))
        else:
            yield Example(page, at, block[1], piece[1], piece[2], block.start(2) + piece.start(2))


EXAMPLES = [example for page in PAGES for example in examples(page)]
TRIED = [example for example in EXAMPLES if example.language == "sparql" or example.is_command]  # not make, pip


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader has it who followed the README: data/examples and their gold, and graph/ built from them."""
    return lay_out(tmp_path_factory.mktemp("desk"))


def lay_out(folder: Path) -> Path:
    for shown in ("data/examples", "tests/gold/examples"):
        shutil.copytree(ROOT / shown, folder / shown)
    (folder / "docs").mkdir()
    with chdir(folder):
        for command in ("kg build data/examples --out graph/", *BEFOREHAND):
            told(command)
    return folder


def told(command: str) -> str:
    """What a command prints on both streams."""
    return _run(command).output


@cache
def _run(command: str) -> Result:
    """What came of a command; each is run once."""
    result = CliRunner().invoke(main, shlex.split(command)[1:], catch_exceptions=False)
    fine = (0, 1) if command.startswith("kg diff ") else (0,)  # 1: there are differences
    assert result.exit_code in fine, f"{command}\n{result.output}"
    return result


@cache
def _graph() -> PolicyGraph:
    return open_graph(Path("graph"))


def answer(example: Example) -> list[dict[str, str]]:
    """The rows that a command or query gives, IRIs without what all of them begin with."""
    if example.is_command:
        rows = list(csv.reader(io.StringIO(_run(f"{example.asks} -f csv").stdout)))
    else:
        found = _graph().query(example.asks)
        assert found.form == "SELECT", f"{example}: the answer of a {found.form} is no table"
        rows = [list(found.columns), *([str(cell) if cell is not None else "" for cell in row] for row in found)]
    head, *body = rows
    return [dict(zip(head, map(_short, row), strict=True)) for row in body]


def _short(cell: str) -> str:
    return re.sub(r"^https://w3id\.org/policy-kg/(?:ontology#|id/)", "", cell).replace("|", "\\|").replace("\n", " ")


def today(example: Example) -> str:
    """What the page should show, as much of it as it shows now."""
    if example.is_table:
        head, rule, *rows = example.shown.splitlines()
        columns = [cell.strip() for cell in head.strip("|").split("|")]
        found = answer(example)
        missing = set(columns) - set(found[0] if found else columns)
        assert not missing, f"{example}: the answer has no column {missing}"
        lines = ["| " + " | ".join(row[column] for column in columns) + " |" for row in found]
        more = f"| {MORE} |" + " |" * (len(columns) - 1)
        return "\n".join([head, rule, *_as_many(lines, [row for row in rows if row != more], more)]) + "\n"
    lines = [line.rstrip() for line in told(example.asks).splitlines()]
    shown = example.shown.splitlines()
    return "".join(line + "\n" for line in _as_many(lines, [line for line in shown if line != MORE], MORE))


def _as_many(lines: list[str], shown: list[str], more: str) -> list[str]:
    return lines if len(lines) <= len(shown) else [*lines[: len(shown)], more]


@pytest.mark.parametrize("example", TRIED, ids=str)
def test_examples(example: Example, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page tells the reader to type works, and the answer it prints is the one that comes."""
    monkeypatch.chdir(desk)
    if example.is_command:
        told(example.asks)
    if example.language == "sparql" or example.shown:
        assert example.shown == today(example), f"{example}: run `python tests/test_readme.py` and read the difference"


@pytest.mark.parametrize("page", TWINS)
def test_python(page: str, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The Python of the README runs in the folder that its commands leave, and prints something."""
    monkeypatch.chdir(desk)
    for block in _FENCE.finditer((ROOT / page).read_text("utf-8")):
        if block[1] == "python":
            exec(compile(block[2], page, "exec"), {})
            assert capsys.readouterr().out.strip()


@pytest.mark.parametrize(("rule", "sentence"), RULE_ROWS)
def test_sentence_of_rule(rule: str, sentence: str) -> None:
    """The sentence beside a rule in docs/how-it-reads.md is one that this rule reads."""
    reading = read(sentence.replace("⏎", "\n"))
    used = {name for found in (*reading.mentions, *reading.claims) for name in found.found_by.split("/")}
    assert rule in used, used


@pytest.mark.parametrize("sentence", SILENT_ROWS)
def test_silent_sentence(sentence: str) -> None:
    """A sentence of which docs/how-it-reads.md says that it adopts nothing names a programme and adopts nothing."""
    reading = read(sentence)
    assert any(mention.kind is Kind.PROGRAM for mention in reading.mentions)
    assert [claim for claim in reading.claims if claim.relation is Relation.ADOPTS] == []


def test_rules_are_explained(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every rule that `kg explain` can name on the example graph stands in docs/how-it-reads.md."""
    monkeypatch.chdir(desk)
    rules = {str(row[0]) for row in _graph().query("SELECT DISTINCT ?rule WHERE { ?claim pol:foundBy ?rule }")}
    explained = set(re.findall(r"`([a-z-]+)`", (ROOT / HOW).read_text("utf-8")))
    used = {name for rule in rules for name in rule.split("/")}
    assert {_WHOSE.sub("", name) for name in used} - {_WHOSE.sub("", name) for name in explained} == set()


def with_rule_words(page: str) -> str:
    """The page with what ontology/rules.csv says of each rule in the last column of its tables."""
    return _RULE_ROW.sub(lambda row: f"{row[1]}{words.en} |" if (words := words_of(row[2])) else row[0], page)


def test_rule_words() -> None:
    """The tables of docs/how-it-reads.md say the same of a rule as `kg explain`."""
    page = (ROOT / HOW).read_text("utf-8")
    assert page == with_rule_words(page), "run `python tests/test_readme.py` and read the difference"


def ontology_today() -> str:
    """The reference page of the ontology with the examples of today's graph."""
    policy = shipped("ontology", "policy.ttl").read_text("utf-8")
    return ontology_page(ontology_of(policy), _graph())


def test_ontology_page(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/ontology.md shows every term of the ontology as it is, and examples that occur."""
    monkeypatch.chdir(desk)
    page = (ROOT / ONTOLOGY).read_text("utf-8")
    assert page == ontology_today(), "run `python tests/test_readme.py` and read the difference"
    assert {f"`pol:{term}`" for term in terms()} - set(re.findall(r"`pol:\w+`", page)) == set()


def test_pages_have_examples() -> None:
    """The reader of this test sees that the pages were understood: each holds commands or queries."""
    assert {example.page for example in TRIED} == set(PAGES)
    assert all(example.shown for example in TRIED if example.language == "sparql")
    assert len(RULE_ROWS) > 40
    assert len(SILENT_ROWS) >= 5


def test_picture(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture of the README is the trace of the bundled example, and small."""
    monkeypatch.chdir(desk)
    told(PICTURE_COMMAND)
    drawn = (desk / PICTURE).read_bytes()
    assert drawn == (ROOT / PICTURE).read_bytes(), "run `python tests/test_readme.py`"
    assert len(drawn) < 80_000


@pytest.mark.parametrize("page", TWINS)
def test_turtle(page: str, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every triple that the README shows stands in the example graph."""
    monkeypatch.chdir(desk)
    (block,) = (block[2] for block in _FENCE.finditer((ROOT / page).read_text("utf-8")) if block[1] == "turtle")
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in _graph().prefixes.items())
    triples = list(ox.parse(head + block, format=ox.RdfFormat.TURTLE, base_iri=_graph().base))
    strange = [str(t) for t in triples if ox.Quad(t.subject, t.predicate, t.object) not in _graph().store]
    assert len(triples) > 10
    assert not strange, "\n".join(strange)


@pytest.mark.parametrize("page", [*PAGES, HOW, ONTOLOGY, "docs/explorer.md", "CHANGELOG.md"])
def test_links(page: str) -> None:
    """A link to a file of the project leads to a file of the project."""
    links = _LINK.findall((ROOT / page).read_text("utf-8"))
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []


def folders(page: str) -> set[str]:
    """The folders of the folder picture, as paths from the root."""
    block = next(b[2] for b in _FENCE.finditer((ROOT / page).read_text("utf-8")) if "├── kg/" in b[2])
    found, above = set(), []
    for line in block.splitlines():
        if branch := _BRANCH.match(line):
            above = above[: len(branch[1]) // 4]
            if branch[2].endswith("/"):
                above.append(branch[2].rstrip("/"))
                found.add("/".join(above))
    return found


def _holds_files(folder: Path) -> bool:
    return any(p.is_file() and p.suffix != ".pyc" for p in folder.rglob("*"))


@pytest.mark.parametrize("page", TWINS)
def test_folder_picture(page: str) -> None:
    """The picture names only folders that exist, every folder of the root, and every room of kg/."""
    made = {"build", "dist", "graph", "example-graph"}  # by the tools, listed in .gitignore
    inside = [ROOT, ROOT / "kg"]
    there = {p.relative_to(ROOT).as_posix() for top in inside for p in top.iterdir() if p.is_dir() and _holds_files(p)}
    there = {p for p in there if not re.search(r"(^|/)[._]", p) and p not in made}
    drawn = folders(page)
    assert there - drawn == set(), "not in the picture"
    assert [folder for folder in sorted(drawn) if not _holds_files(ROOT / folder)] == [], "in the picture only"


def test_twins() -> None:
    """The Chinese README has the same commands, chapters and folders as the English one, and room for the figures."""
    english, chinese = ((ROOT / page).read_text("utf-8") for page in TWINS)
    commands = [[example.asks for example in EXAMPLES if example.page == page] for page in TWINS]
    assert commands[0] == commands[1]
    assert folders(TWINS[0]) == folders(TWINS[1])
    for text in (english, chinese):
        assert re.search(r"<!-- quality:begin -->.*<!-- quality:end -->", text, re.S)
    assert re.findall(r"^#+ ", english, re.M) == re.findall(r"^#+ ", chinese, re.M)


def refresh() -> None:
    """Writes today's answers into the pages, today's picture, and the words of the rules."""
    how = with_rule_words((ROOT / HOW).read_text("utf-8"))
    (ROOT / HOW).write_text(how, encoding="utf-8", newline="\n")
    with tempfile.TemporaryDirectory() as folder, chdir(lay_out(Path(folder))):
        told(PICTURE_COMMAND)
        shutil.copy(PICTURE, ROOT / PICTURE)
        (ROOT / ONTOLOGY).write_text(ontology_today(), encoding="utf-8", newline="\n")
        for page in PAGES:
            text = (ROOT / page).read_text("utf-8")
            for example in reversed([e for e in examples(page) if e in TRIED and e.shown]):
                text = text[: example.at] + today(example) + text[example.at + len(example.shown) :]
            (ROOT / page).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    refresh()
