"""Two builds → what came, went and changed between them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.comparison.difference import Change, ThingChange, difference
from kg.graph.store import open_graph
from kg.pipeline import build

KEPT = "随州市教育局2015年工作总结\n1.启动县管校聘改革。\n"
OLD = """孝感市教育局2016年工作计划
1.启动县管校聘改革。
2.实施“云帆教研”计划。
3.新建公办幼儿园24所。
"""
NEW = """孝感市教育局2016年工作计划

1.启动县管校聘改革。
3.新建公办幼儿园24所。
4.推进集团化办学。
"""


def built(folder: Path, files: dict[str, str]) -> Path:
    (folder / "texts").mkdir(parents=True)
    for name, text in files.items():
        (folder / "texts" / name).write_text(text, encoding="utf-8")
    build([folder / "texts"], folder / "graph")
    return folder / "graph"


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("old"), {"kept.txt": KEPT, "xiaogan.txt": OLD})


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("new"), {"kept.txt": KEPT, "xiaogan.txt": NEW})


def kg(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_one_changed_file(old: Path, new: Path) -> None:
    """A sentence that is gone takes its claims along, a new one brings its own; a line between them moves nothing."""
    found = difference(open_graph(old), open_graph(new))
    said = {(change.change, change.claim.file, change.claim.told.get("program")) for change in found.claims}
    assert said == {(Change.WENT, "xiaogan.txt", "云帆教研"), (Change.CAME, "xiaogan.txt", "集团化办学")}
    assert [(t.change, t.id) for t in found.things] == [(Change.WENT, "program/云帆教研")]


def test_another_year_is_a_change(old: Path, tmp_path: Path) -> None:
    """The same words under another year and status: changes, property by property, and not comings and goings."""
    files = {"kept.txt": KEPT.replace("2015年工作总结", "2014年工作总结"), "xiaogan.txt": OLD}
    (change,) = difference(open_graph(old), open_graph(built(tmp_path, files))).claims
    assert change.change is Change.CHANGED
    assert change.properties == (("year", "2015", "2014"),)


def test_renamed_thing(old: Path, tmp_path: Path) -> None:
    text = (old / "graph.nq").read_text("utf-8").replace('prefLabel> "随州市"', 'prefLabel> "随州"')
    (tmp_path / "new.nq").write_text(text, encoding="utf-8")
    found = difference(open_graph(old), open_graph(tmp_path / "new.nq"))
    assert ThingChange(Change.CHANGED, "Place", "place/421300", "随州市", "随州") in found.things


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_exit_codes(form: str, old: Path, new: Path) -> None:
    """As diff: 0 the same, 1 different, 2 an error."""
    codes = [kg("diff", old, other, "-f", form).exit_code for other in (old, new, old / "nothing")]
    assert codes == [0, 1, 2]
    assert kg("diff", old).exit_code == 2


def test_the_answer_is_read_by_people(old: Path, new: Path) -> None:
    """File, relation, claim in words, sentence."""
    lines = kg("diff", old, new).output.splitlines()
    at = lines.index("xiaogan.txt")
    assert lines[at + 1] == "  采纳 (Adoption)"
    assert lines[at + 2].startswith("    - 孝感市 采纳 云帆教研，≤2016，计划  [")
    assert lines[at + 3].strip() == "2.实施“云帆教研”计划。"
    assert lines[-1] == "claims: 1 came, 1 went, 0 changed; things and files: 0 came, 1 went, 0 changed"
    assert kg("diff", old, old).output == "no difference\n"


def test_the_answer_is_read_by_programs(old: Path, new: Path) -> None:
    """The same rows as CSV and JSON; one without its claim's number in the graph that has it not."""
    rows = list(csv.DictReader(io.StringIO(kg("diff", old, new, "-f", "csv").output)))
    told = json.loads(kg("diff", old, new, "-f", "json").output)
    assert [row["change"] for row in rows] == [row["change"] for row in told] == ["went", "came", "went"]
    assert told[0]["claim"] is None
    assert told[0]["oldClaim"]
    assert told[1]["sentence"] == "4.推进集团化办学。"
