"""Mining: what counts as one programme, how candidates are ranked, and the way from a graph to a lexicon and back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.errors import QueryError
from kg.graph.store import PolicyGraph, open_graph
from kg.lexicon_check import check_lexicons
from kg.lexicons import with_own_lexicons
from kg.pipeline import build
from kg.views.mining import Candidate, Keys, Mined, draft_lexicon, mined, mined_table, score

# Two cities of two provinces over three years, and a county of the first.
TEXTS = {
    "芜湖2016.txt": """芜湖市教育局2016年工作总结
全市实施“向日葵午休”工程，首批确定12所学校，群众满意度进一步提高。
启动第一期乡村琴童培养行动，培训教师120人，学校面貌焕然一新。
""",
    "芜湖2017.txt": """芜湖市教育局2017年工作总结
全市继续实施“向日葵午休行动”，新增30所学校，群众满意度进一步提高。
实施第二期乡村琴童培养行动，培训教师200人。全面推行县管校聘管理改革机制。
""",
    "嘉兴2018.txt": """嘉兴市教育局2018年工作总结
全市实施嘉兴市向日葵午休工程，在40所学校推开，群众满意度进一步提高。
取消“晨星早读”活动，切实减轻学生负担。
""",
    "桐乡2018.txt": """桐乡市教育局2018年工作总结
全市实施“向日葵午休”项目，在5所学校试行，家长满意度进一步提高。
开展“晨星早读”活动，每天20分钟，学生阅读能力进一步提高。
""",
}


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(docs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build([docs], tmp_path_factory.mktemp("mined") / "graph").folder


@pytest.fixture(scope="module")
def graph(folder: Path) -> PolicyGraph:
    return open_graph(folder)


def one(found: Mined, part: str) -> Candidate:
    (candidate,) = [c for c in found.candidates if part in c.name]
    return candidate


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)


@pytest.mark.parametrize(
    ("names", "together"),
    [
        (("“向日葵午休”工程", "向日葵午休工程", "向日葵午休专项行动"), True),  # quotes and a generic ending
        (("芜湖市乡村琴童培养行动", "乡村琴童培养工程"), True),  # a place
        (("第二期乡村琴童培养行动", "乡村琴童培养三年行动计划", "新一轮乡村琴童培养行动"), True),  # a phase, years
        (("2016-2018年乡村琴童培养行动", "乡村琴童培养行动"), True),
        (("午休", "午休工程"), True),  # a short rest that is itself a name
        (("午休计划", "午休工程"), False),  # a short rest that is none
        (("乡村琴童培养行动", "乡村画童培养行动"), False),
        (("特岗计划", "特岗教师计划"), False),
    ],
)
def test_what_counts_as_one(names: Sequence[str], together: bool) -> None:
    """Names that differ only by place, phase, marks or a generic ending are one; all others are not."""
    keys = Keys(names, {"芜湖市", "嘉兴市"})
    assert (len({keys(name) for name in names}) == 1) is together


def test_the_score() -> None:
    """Places count most, then new places, then years."""
    assert score(5, 0, 1) > score(4, 0, 3)
    assert score(4, 2, 1) > score(4, 1, 2)
    assert score(4, 1, 2) > score(4, 1, 1)


def test_the_candidate_that_travels(graph: PolicyGraph) -> None:
    """Under its commonest name, with its places in order of their first year, levels, years and a sentence."""
    found = mined(graph)
    (first,) = found.candidates  # the others stay in one place
    assert first.name == "向日葵午休"
    assert set(first.variants) == {"向日葵午休行动", "向日葵午休工程"}
    assert (first.places, first.years) == (("芜湖市", "嘉兴市", "桐乡市"), (2016, 2017, 2018))
    assert (first.levels, first.first_levels) == (("Prefecture", "County"), {"Prefecture"})
    assert (first.adoptions, first.mentions) == (4, 4)
    assert first.score == score(3, 2, 3)
    assert [e.file for e in first.examples] == ["芜湖2016.txt"]
    assert "“向日葵午休”工程" in first.examples[0].text


def test_variants_of_known_programmes_are_left_out(graph: PolicyGraph) -> None:
    """县管校聘管理改革机制 is no news."""
    found = mined(graph, min_places=0, limit=1000)
    assert not any("县管校聘" in c.name for c in found.candidates)


@pytest.mark.parametrize(
    ("wanted", "about"),
    [
        ({"since": 2016, "min_places": 1}, ["午休", "琴童", "早读"]),
        ({"since": 2018, "min_places": 1}, ["早读"]),
        ({"place": "桐乡市", "min_places": 1}, ["午休", "早读"]),
        ({"within": "浙江省"}, ["午休"]),
        ({"within": "安徽省", "min_places": 1}, ["午休", "琴童"]),
        ({"min_places": 4}, []),
        ({"min_places": 1, "limit": 1}, ["午休"]),
    ],
)
def test_what_may_be_asked(graph: PolicyGraph, wanted: dict[str, Any], about: list[str]) -> None:
    """A first year, places, a province, a number."""
    names = [candidate.name for candidate in mined(graph, **wanted).candidates]
    assert len(names) == len(about)
    assert all(any(word in name for name in names) for word in about)


def test_ended_programmes_do_not_count(graph: PolicyGraph) -> None:
    """嘉兴市 only gives the programme up."""
    assert one(mined(graph, min_places=1), "晨星早读").places == ("桐乡市",)


def test_an_unknown_place(graph: PolicyGraph) -> None:
    """A place that the graph does not know is told, not answered with nothing."""
    with pytest.raises(QueryError, match="the graph knows no Place '芜湖县城'"):
        mined(graph, within="芜湖县城")


def test_examples_come_from_different_places(graph: PolicyGraph) -> None:
    """The earliest sentence of each place; the table has a pair of columns for each."""
    found = mined(graph, examples=3)
    assert [e.file for e in found.candidates[0].examples] == ["芜湖2016.txt", "嘉兴2018.txt", "桐乡2018.txt"]
    table = mined_table(found, 4)
    assert table.columns[-8:] == (
        "sentence",
        "file",
        "sentence_2",
        "file_2",
        "sentence_3",
        "file_3",
        "sentence_4",
        "file_4",
    )
    assert table.rows[0][-3:] == ("桐乡2018.txt", None, None)


def test_a_draft_keeps_phases_apart(graph: PolicyGraph) -> None:
    """Variants become aliases, but 第一期 and 第二期 are two rows; what a lexicon calls by that name is left out."""
    found = mined(graph, min_places=1)
    rows = {row.name: row for row in draft_lexicon(found, "graph")}
    sunflower = rows["向日葵午休"]
    assert set(sunflower.aliases) == {"向日葵午休行动", "向日葵午休工程"}
    assert (sunflower.since, sunflower.level) == (2016, "Prefecture")
    assert sunflower.source == "mined from graph (3 places, 2016–2018)"
    phases = {name: row.since for name, row in rows.items() if "琴童" in name}
    assert phases == {"第一期乡村琴童培养行动": 2016, "第二期乡村琴童培养行动": 2017}
    taken = Candidate("双减", ("教育部", "阳 光"), 1, (), (), frozenset(), (), 0, 1, (("双减", None),))
    assert draft_lexicon(Mined((taken,), 0), "graph") == ()


def test_the_loop_closes(folder: Path, docs: Path, tmp_path: Path) -> None:
    """mine writes a draft, check accepts it, build uses it: then the names are known and mine finds other things only."""
    draft, again = tmp_path / "mine", tmp_path / "again"
    told = run("mine", folder, "--lexicon-out", draft, "--min-places", 1)
    assert told.exit_code == 0
    assert f"rows → {draft}/programmes.csv; edit them, then: kg check {draft}" in told.output
    checked = check_lexicons([draft])
    assert (checked.is_usable, [str(f) for f in checked.findings]) == (True, [])
    assert any(p.name == "向日葵午休" for p in with_own_lexicons([draft]).programs)
    assert run("build", docs, "--lexicon", draft, "--out", again, "-q").exit_code == 0
    query = """SELECT (COUNT(?claim) AS ?n) WHERE {
      ?claim a pol:Adoption ; pol:program/skos:prefLabel "向日葵午休"@zh ; pol:program/pol:inLexicon true }"""
    assert list(open_graph(again).query(query)) == [("4",)]
    assert mined(open_graph(again), min_places=1).candidates == ()
    refused = run("mine", folder, "--lexicon-out", draft)
    assert (refused.exit_code, "is there already and may hold your work" in refused.output) == (1, True)


def test_the_command(folder: Path) -> None:
    """Three forms; a first look in the terminal, everything in CSV and JSON; what was left out is told."""
    table = run("mine", folder).output
    assert table.splitlines()[2].split()[1] == "向日葵午休"
    (row,) = csv.DictReader(io.StringIO(CliRunner().invoke(main, ["mine", str(folder), "-f", "csv"]).stdout))
    assert (row["rank"], row["places"], row["place_names"], row["first"]) == (
        "1",
        "3",
        "芜湖市、嘉兴市、桐乡市",
        "2016",
    )
    (same,) = json.loads(CliRunner().invoke(main, ["mine", str(folder), "-f", "json"]).stdout)
    assert same == row
    assert "no programme matches; try --min-places 1" in run("mine", folder, "--since", 2019).output
    assert run("mine", folder, "--place", "芜湖市", "--within", "安徽省").exit_code == 2
    assert run("mine", folder).output == table
