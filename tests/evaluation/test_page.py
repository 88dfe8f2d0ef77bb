"""docs/accuracy.md and data/confidence.csv are what the program gives today; the page of a user's own gold is safe to open."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from made_up_gold import TEXT, written

from kg.cli import main
from kg.evaluation import Evaluation, GoldSet, gold_sets
from kg.evaluation.calibration import counts_of
from kg.evaluation.markdown import plain
from kg.evaluation.page import ablation_section, confidence_section, error_section, set_section
from kg.pipeline import Settings, reader_of
from kg.relations.rule_counts import FIT, TEST, read_counts, shipped_counts

ROOT = Path(__file__).resolve().parents[2]
SETS = {
    "examples": (ROOT / "data" / "examples", ROOT / "tests" / "gold" / "examples"),
    "dev": (ROOT.parent / "shared" / "seeds", ROOT.parent / "shared" / "gold" / "dev"),
}
STALE = "run `make accuracy` and read the difference"


@pytest.fixture(scope="module", params=SETS)
def read_set(request: pytest.FixtureRequest) -> tuple[GoldSet, Evaluation]:
    """A set of the page; the second is not part of the project."""
    docs, gold = SETS[request.param]
    if not gold.is_dir():
        pytest.skip("this set is not part of the project")
    reader = reader_of(Settings())
    (one,) = gold_sets([(docs, gold)], Settings(), reader)
    return one, one.evaluated(reader)


@pytest.fixture(scope="module")
def page() -> str:
    return (ROOT / "docs" / "accuracy.md").read_text("utf-8")


def test_figures_of_today(read_set: tuple[GoldSet, Evaluation], page: str) -> None:
    """The page shows the scores and ablations that the program gives now."""
    assert set_section(*read_set).strip() in page, STALE
    assert ablation_section(*read_set).strip() in page, STALE


def test_errors_of_today(read_set: tuple[GoldSet, Evaluation], page: str) -> None:
    """The page shows sentences of the bundled examples, and none of a set that belongs to others."""
    one, evaluation = read_set
    assert (error_section(one, evaluation).strip() in page) == (one.name == "examples"), STALE


def test_counts_of_today(read_set: tuple[GoldSet, Evaluation]) -> None:
    """The shipped counts are those of the rules as they are."""
    one, evaluation = read_set
    shipped = {count for count in shipped_counts() if count.set == one.name}
    assert shipped == set(counts_of(evaluation, one.name, FIT)), STALE


def test_confidence_of_today(page: str) -> None:
    """The reliability tables are those of the shipped counts."""
    assert confidence_section(shipped_counts()).strip() in page, STALE


def evaluate(*args: object) -> Result:
    return CliRunner().invoke(main, ["evaluate", *map(str, args)], catch_exceptions=False)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    return written(tmp_path)


def test_own_page(pair: tuple[Path, Path], tmp_path: Path) -> None:
    """--report writes a page of the user's own set, the same every time; what his documents say is only shown."""
    (pair[0] / "总结.txt").write_text(f"{TEXT}启动“<script>|晨读”工程。\n", "utf-8")
    report = tmp_path / "page.md"
    told = evaluate(*pair, "--report", report)
    assert (told.exit_code, told.output) == (0, "")
    text = report.read_text("utf-8")
    assert "### mine: 1 documents" in text
    assert "&lt;b&gt;阳光\\|食堂" in text
    assert "<script>" not in text
    assert "<b>" not in text
    assert evaluate(*pair, "--report", "-").output == text


def test_own_counts(pair: tuple[Path, Path], tmp_path: Path) -> None:
    """--calibrate adds the set to a copy of the shipped counts; --outside keeps it from moving any confidence."""
    file = tmp_path / "counts.csv"
    assert evaluate(*pair, "--calibrate", file).exit_code == 0
    found = read_counts(file.read_bytes(), "counts.csv")
    assert set(shipped_counts()) < set(found)
    assert {count.use for count in found if count.set == "mine"} == {FIT}
    once = file.read_bytes()
    assert evaluate(*pair, "--calibrate", file).exit_code == 0
    assert file.read_bytes() == once
    assert evaluate(*pair, "--calibrate", file, "--outside").exit_code == 0
    found = read_counts(file.read_bytes(), "counts.csv")
    assert {count.use for count in found if count.set == "mine"} == {TEST}
    file.write_text("no counts\n", "utf-8")
    told = evaluate(*pair, "--calibrate", file)
    assert (told.exit_code, "counts.csv:1: " in told.output) == (1, True)
    assert file.read_text("utf-8") == "no counts\n"


def test_sets_have_names(pair: tuple[Path, Path], tmp_path: Path) -> None:
    """Two sets of one name cannot be told apart; --also goes with a file to write."""
    told = evaluate(*pair, "--also", *pair, "--report", tmp_path / "page.md")
    assert (told.exit_code, "two gold folders are called mine" in told.output) == (1, True)
    assert evaluate(*pair, "--also", *pair).exit_code == 2
    assert evaluate(*pair, "--outside").exit_code == 2


def test_ablations_of_the_command(pair: tuple[Path, Path]) -> None:
    """--ablations prints the scores of every reader; with another table it is one of several."""
    lines = evaluate(*pair, "--ablations", "-f", "csv").output.splitlines()
    assert lines[0].startswith("reader,what,names,precision")
    readers = list(dict.fromkeys(line.partition(",")[0] for line in lines[1:]))
    assert readers == ["whole", "without lexicon", "without patterns", "without genre and sections"]
    assert evaluate(*pair, "--ablations", "--errors", "-f", "csv").exit_code == 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“2+1”项目（第一期）", "“2+1”项目（第一期）"),
        ("a|b", "a\\|b"),
        ("[x](http://y.cn)", "\\[x\\](http\\://y.cn)"),
        ("*重点* _x_ `y`", "\\*重点\\* \\_x\\_ \\`y\\`"),
        ("<img src=x>\n# 标题", "&lt;img src=x&gt; # 标题"),
        ("\u202e倒", "\ufffd倒"),
    ],
)
def test_plain(text: str, shown: str) -> None:
    """No words of a document act as Markdown or HTML."""
    assert plain(text) == shown
