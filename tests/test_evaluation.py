"""Evaluation: how names and facts are compared with gold, what counts as right, neutral and wrong, and whose rule it was."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.errors import KgError
from kg.evaluation import QUESTIONS, Evaluation, agreement, matched
from kg.gold import Gold, GoldFact, GoldThing, alike, folded, lasting, likeness
from kg.lexicons import load_lexicons
from kg.model import Kind
from kg.pipeline import read_file
from kg.rule_quality import Judged, RuleRow, Verdict, rule_rows, verdict

Line = dict[str, Any]

TEXT = """宜昌市教育局2016年工作总结
全市推行校长职级制，启动“向日葵午休”工程，新建公办幼儿园21所，群众满意度进一步提高。
印发《宜昌市校车安全管理办法》（宜府发〔2016〕3号）。深入开展“晨星早读”活动，阅读能力进一步提高。
"""
PARTS: list[Line] = [{"part": "a", "file": "总结.txt", "place": "宜昌市", "year": 2016}]


def thing(kind: str, name: str, *surface: str, core: bool = True) -> Line:
    return {"part": "a", "type": kind, "name": name, "surface": list(surface), "core": core}


def adopts(program: str, year: int | None = 2016, status: str | None = "completed", core: bool = True) -> Line:
    said = {"part": "a", "rel": "adopts", "place": "宜昌市", "program": program, "year": year, "status": status}
    return {**said, "core": core, "evidence": "全市推行"}


GOOD_THINGS = [
    thing("Program", "校长职级制"),
    thing("Program", "向日葵午休", "“向日葵午休”工程"),
    thing("Program", "晨星早读", "晨星早读", core=False),
    thing("Program", "阳光食堂"),
    thing("Place", "宜昌市", "宜昌市", "全市"),
    thing("Agency", "宜昌市教育局"),
    thing("PolicyDocument", "宜昌市校车安全管理办法"),
]
GOOD_FACTS = [
    adopts("校长职级制", status="planned"),
    adopts("向日葵午休", 2015, "started"),
    adopts("晨星早读", core=False),
]


def gold(folder: Path, things: Sequence[Line] = (), facts: Sequence[Line] = ()) -> Path:
    """A gold folder with these lines for the one part."""
    folder.mkdir(exist_ok=True)
    for name, lines in (("parts", PARTS), ("entities", things), ("facts", facts)):
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text, "utf-8")
    return folder


def evaluation(folder: Path) -> Evaluation:
    return Evaluation([read_file(TEXT.encode(), "总结.txt")], Gold(folder), load_lexicons())


# ── Names ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("《民办教育促进法》", "民办教育促进法"),
        ("“2+1”项目", "2+1项目"),
        ("ＳＴＥＭ教育", "stem 教育"),
        ("规划（2011-2020年）", "规划20112020年"),
    ],
)
def test_folded(one: str, other: str) -> None:
    """Width, case, spaces, quotation and title marks, brackets and dashes make no other name."""
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other", "strict", "relaxed"),
    [
        ("校长职级制", "校长职级制", True, True),
        ("校长职级制", "校长职级制改革", False, True),
        ("校长职级制", "中小学校长职级制改革试点", False, False),  # more than twice as long
        ("校长职级制", "教师职级制", False, False),
        ("", "校长职级制", False, False),
    ],
)
def test_alike(one: str, other: str, strict: bool, relaxed: bool) -> None:
    """Relaxed: one name holds the other and is at most twice as long."""
    assert alike({one}, {other}, relaxed=False) is strict
    assert alike({one}, {other}, relaxed=True) is alike({other}, {one}, relaxed=True) is relaxed


def test_lasting() -> None:
    """我市, 市教育局 and 省政府 name nobody outside their document."""
    assert lasting({"我市", "市教育局", "省政府", "全县", "中共市委", "宜昌市", ""}) == {"宜昌市"}


def test_likeness() -> None:
    """The share of common characters of two wordings; nothing is like nothing."""
    assert likeness("公办园占比", "公办园占比") == 1
    assert likeness("公办园", "公办幼儿园") == pytest.approx(0.75)
    assert likeness("", "公办园") == likeness("", "") == 0


# ── Counting ───────────────────────────────────────────────────────────────────────────────────────────────────────


def lines(*cores: bool) -> list[GoldFact]:
    return [GoldFact("f", "adopts", core, {"n": n}) for n, core in enumerate(cores)]


class Counted(NamedTuple):
    found: int
    missed: int
    wrong: int
    optional: int


@pytest.mark.parametrize(
    ("cores", "hits", "counted"),
    [
        ([True], [{0}], Counted(1, 0, 0, 0)),
        ([True], [], Counted(0, 1, 0, 0)),
        ([True], [set()], Counted(0, 1, 1, 0)),
        ([True], [{0}, {0}], Counted(1, 0, 0, 0)),  # the same fact read twice is no error
        ([True, True], [{0, 1}], Counted(1, 1, 0, 0)),  # one claim answers one line
        ([True, True], [{0, 1}, {1}], Counted(2, 0, 0, 0)),
        ([True, True], [{0, 1}, {0, 1}], Counted(2, 0, 0, 0)),
        ([False], [{0}], Counted(0, 0, 0, 1)),  # neither rewarded
        ([False], [], Counted(0, 0, 0, 0)),  # nor punished
        ([False, True], [{0, 1}], Counted(1, 0, 0, 1)),
    ],
)
def test_matched(cores: list[bool], hits: list[set[int]], counted: Counted) -> None:
    """`hits` says for each thing found which gold lines it is like."""
    score = matched(lines(*cores), hits, lambda line, one: line.said["n"] in one, lambda line, one: 0)
    assert (len(score.pairs), len(score.missed), len(score.wrong), score.optional) == counted


def test_the_better_of_two_is_matched() -> None:
    """Two claims on one line: the one that agrees on the year counts."""
    (line,) = lines(True)
    score = matched([line], [2014, 2016], lambda line, year: True, lambda line, year: int(year == 2016))
    assert score.pairs == [(line, 2016)]


def test_scores(tmp_path: Path) -> None:
    """Core lines are found or missed, other lines do not count, the rest is wrong; year and status are shares of pairs."""
    found = evaluation(gold(tmp_path, GOOD_THINGS, GOOD_FACTS))
    programs = found.things(Kind.PROGRAM, relaxed=True)
    assert [(t.name, f.entity.name) for t, f in programs.pairs] == [
        ("校长职级制", "校长职级制"),
        ("向日葵午休", "向日葵午休"),
    ]
    assert ([t.name for t in programs.missed], programs.wrong, programs.optional) == (["阳光食堂"], [], 1)
    assert (programs.precision, round(programs.recall, 3), round(programs.f1, 3)) == (1.0, 0.667, 0.8)
    (question, *_) = QUESTIONS
    facts = found.facts(question)
    assert (facts.core, len(facts.pairs), facts.wrong, facts.optional) == (2, 2, [], 1)
    assert agreement(question, facts) == {"year": 0.5, "status": 0.5}
    (document,) = found.things(Kind.POLICY_DOCUMENT, relaxed=False).pairs
    assert document[1].entity.number == "宜府发〔2016〕3号"


@pytest.mark.parametrize(
    ("facts", "counted"),
    [
        ([adopts("校长职级制")], Counted(1, 0, 2, 0)),
        ([adopts("校长职级制改革")], Counted(1, 0, 2, 0)),  # relaxed
        ([{**adopts("校长职级制"), "place": None}], Counted(0, 1, 3, 0)),  # the place must stay open
        ([{**adopts("校长职级制"), "place": "襄阳市"}], Counted(0, 1, 3, 0)),
        ([adopts("校长职级制", None, None)], Counted(1, 0, 2, 0)),
    ],
)
def test_facts(tmp_path: Path, facts: list[Line], counted: Counted) -> None:
    """The place must be the same, the programme alike; what else is claimed is wrong."""
    score = evaluation(gold(tmp_path, (), facts)).facts(QUESTIONS[0])
    assert (len(score.pairs), len(score.missed), len(score.wrong), score.optional) == counted


def test_one_thing_in_two_parts(tmp_path: Path) -> None:
    """Parts of one file are pooled; a thing is core where one part says so, and has the forms of both."""
    two = [thing("Program", "午休", "午休工程", core=False), thing("Program", "午休工程", "躺睡")]
    (one,) = Gold(gold(tmp_path, two)).things("总结.txt", Kind.PROGRAM)
    assert (one.core, one.forms) == (True, {"午休", "午休工程", "躺睡"})


# ── By rule ────────────────────────────────────────────────────────────────────────────────────────────────────────


CORE = GoldThing("f", Kind.PROGRAM, "午休", frozenset({"午休"}), True, ())
OTHER = GoldThing("f", Kind.PROGRAM, "早读", frozenset({"早读"}), False, ())


@pytest.mark.parametrize(
    ("found", "said"),
    [((), Verdict.WRONG), ((OTHER,), Verdict.NEUTRAL), ((CORE,), Verdict.RIGHT), ((OTHER, CORE), Verdict.RIGHT)],
)
def test_verdict(found: tuple[GoldThing, ...], said: Verdict) -> None:
    """A core line makes a hit right, another line makes it neutral, none makes it wrong."""
    assert verdict(found) is said


def test_rows_of_rules() -> None:
    """Precision leaves neutral hits out; what two rules find is found by none alone; no judged hit, no precision."""
    judged = [
        Judged("a", (CORE,), Verdict.RIGHT),
        Judged("a", (OTHER,), Verdict.WRONG),
        Judged("a", (), Verdict.WRONG),
        Judged("b", (CORE,), Verdict.RIGHT),
        Judged("c", (OTHER,), Verdict.NEUTRAL),
    ]
    a, b, c = rule_rows("mention", "Program", judged, {})
    assert (a.hits, a.right, a.neutral, a.wrong, a.precision, a.strict_precision) == (3, 1, 1, 1, 0.5, 1 / 3)
    assert (a.alone, b.alone, b.precision, c.precision) == (0, 0, 1.0, None)
    assert rule_rows("mention", "Program", judged[:3], {})[0].alone == 1


def test_rules_of_a_reading(tmp_path: Path) -> None:
    """Each thing counts for the rule that found it, the least precise rule first; quoted words clash with the act's object."""
    rows = {(row.what, row.rule): row for row in evaluation(gold(tmp_path, GOOD_THINGS[1:4], ())).rules()}
    quoted, known = rows["Program", "quoted-program"], rows["Program", "lexicon-program"]
    assert (quoted.hits, quoted.right, quoted.neutral, quoted.wrong, quoted.alone) == (2, 1, 1, 0, 1)
    assert (known.hits, known.wrong, known.precision) == (1, 1, 0.0)
    assert quoted.conflicts > 0
    order = [row.precision for row in evaluation(gold(tmp_path, GOOD_THINGS[1:4])).rules() if row.what == "Program"]
    judged = [precision for precision in order if precision is not None]
    assert judged == sorted(judged)


# ── Files and the command ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("entities.jsonl", "{", r"entities\.jsonl:1: this is no line of JSON"),
        ("entities.jsonl", "[]", r"entities\.jsonl:1: this is no JSON object"),
        ("entities.jsonl", '{"part": "a", "type": "Program"}', r"entities\.jsonl:1: name is missing or no text"),
        ("entities.jsonl", '{"part": "a", "type": "Programme", "name": "x"}', "type 'Programme' is none of Program"),
        ("entities.jsonl", '\n{"part": "b", "type": "Program", "name": "x"}', r":2: parts\.jsonl has no part 'b'"),
        ("entities.jsonl", '{"part": "a", "type": "Program", "name": "x", "surface": "x"}', "surface must be a list"),
        ("facts.jsonl", '{"part": "a", "rel": "adopts", "program": null}', "program is missing; a line of adopts has"),
        ("facts.jsonl", '{"part": "a", "rel": "goal", "indicator": "x", "value": "90"}', "value '90' is no number"),
        ("facts.jsonl", '{"part": "a", "rel": "adopt"}', "rel 'adopt' is none of adopts, issues"),
    ],
)
def test_bad_gold(tmp_path: Path, file: str, text: str, told: str) -> None:
    """A line that cannot be used is told with its place and what it must be."""
    (gold(tmp_path) / file).write_text(text, "utf-8")
    with pytest.raises(KgError, match=told):
        Gold(tmp_path)


def test_no_gold(tmp_path: Path) -> None:
    """A folder that is no gold says which files it must hold."""
    with pytest.raises(KgError, match=r"is missing; a gold folder holds parts\.jsonl, entities\.jsonl, facts\.jsonl"):
        Gold(tmp_path)


def run(*args: object) -> Result:
    return CliRunner().invoke(main, ["evaluate", *map(str, args)], catch_exceptions=False)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "总结.txt").write_text(TEXT, "utf-8")
    return folder


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_the_command(docs: Path, tmp_path: Path) -> None:
    """One row per kind and names, one per relation; what the gold knows and nobody read is told."""
    folder = gold(tmp_path / "gold", GOOD_THINGS, GOOD_FACTS)
    table = {(row["what"], row["names"]): row for row in rows(run(docs, folder, "-f", "csv"))}
    assert (table["Program", "strict"]["recall"], table["adopts", "relaxed"]["year"]) == ("0.667", "0.500")
    assert len(table) == 2 * len(Kind) + len(QUESTIONS)
    with (folder / "parts.jsonl").open("a", encoding="utf-8") as parts:
        parts.write('{"part": "b", "file": "计划.txt"}\n')
    assert "计划.txt is in the gold and was not read; all its lines count as missed" in run(docs, folder).output
    (docs / "总结.txt").rename(docs / "别的.txt")
    told = run(docs, folder)
    assert (told.exit_code, "has no document that" in told.output) == (1, True)


def test_rules_and_errors_of_the_command(docs: Path, tmp_path: Path) -> None:
    """--by-rule marks rules below the floor; --errors gives each miss and false find with its sentence and rule."""
    folder = gold(tmp_path / "gold", GOOD_THINGS[1:], [*GOOD_FACTS[1:], adopts("阳光食堂")])
    marks = {(row["what"], row["rule"]): row["mark"] for row in rows(run(docs, folder, "--by-rule", "-f", "csv"))}
    assert (marks["Program", "lexicon-program"], marks["Program", "quoted-program"]) == ("below 0.5", "")
    lenient = rows(run(docs, folder, "--by-rule", "--floor", "0", "-f", "csv"))
    assert {row["mark"] for row in lenient} == {""}
    errors = {(row["error"], row["what"], row["name"]): row for row in rows(run(docs, folder, "--errors", "-f", "csv"))}
    wrong = errors["wrong", "Program", "校长职级制"]
    assert (wrong["rule"], wrong["sentence"].startswith("全市推行校长职级制")) == ("lexicon-program", True)
    assert errors["missed", "Program", "阳光食堂"]["rule"] == ""
    assert ("year", "adopts", "宜昌市 向日葵午休: 2015, not 2016") in errors
    assert ("missed", "adopts", "宜昌市 阳光食堂 2016 completed") in errors
    assert run(docs, folder, "--errors", "--by-rule", "-f", "csv").exit_code == 2
    assert run(docs, folder, "--errors", "--by-rule").output.count("precision") == 2


def test_an_own_lexicon_is_measured(docs: Path, tmp_path: Path) -> None:
    """--lexicon shows whether a lexicon is a gain."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "programmes.csv").write_text("name\n群众满意度\n", "utf-8")
    folder = gold(tmp_path / "gold", [thing("Program", "群众满意度")])
    without = rows(run(docs, folder, "-f", "csv"))[0]["recall"]
    assert (without, rows(run(docs, folder, "--lexicon", mine, "-f", "csv"))[0]["recall"]) == ("0.000", "1.000")


def test_row_without_judged_hits() -> None:
    """A rule whose hits are all neutral has no precision and no mark."""
    row = RuleRow("claim", "adopts", "r", 1, 0, 1, 0, 0, 0, 0, 0, 0)
    assert (row.precision, row.strict_precision) == (None, None)
