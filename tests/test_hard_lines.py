"""Lines that once made a pattern run for ever, and mistakes on the command line that once gave a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from reading import claims, read

from kg.cli import main
from kg.model import Genre, Relation

LONG = 3000


@pytest.mark.parametrize(
    "text",
    [
        "枝江市" + "县区市" * 9 + "好实施“县管校聘”改革。",
        "枝江市" + "1" * 30 + "好荣获全国先进集体称号。",
        "招生比例" + "达到" * 26 + "好5%。",
        "枝江市" + "分别等县" * 20 + "好实施“县管校聘”改革。",
        "二、" + "年" * 50 + "好",
        "《枝江市集团化办学方案》" + "1" * 40 + "好。",
        "学校" + "实施“学”" * LONG,
        "枝江市、" * LONG + "实施校长职级制。",
        "全面已并还" * LONG + "实施校长职级制。",
    ],
)
def test_no_line_stops_the_build(text: str) -> None:
    """Whatever a line repeats, it is read in the time of other lines of its length, or left unread."""
    assert read(text).sentences


def test_longest_sentence() -> None:
    """What is longer than any sentence is a table or noise: it is left unread and counted, and its neighbours are read."""
    text = "推进工作" * LONG + "。实施校长职级制。"
    assert claims(Relation.ADOPTS, "program", text) == [("校长职级制",)]
    assert [sentence.too_long for sentence in read(text).sentences] == [True, False]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("推进深圳市“智慧校园”经验学习。", "宜昌市"),
        ("落实宜昌市“校园安全提升年”活动要求。", "枝江市"),
        ("与香港、澳门开展“姊妹学校”交流。", "广州市"),
    ],
)
def test_superiors_and_strangers_adopt_nothing(text: str, where: str) -> None:
    """A place that stands before the programme adopts it only if it lies below the place that speaks."""
    assert {place for (place,) in claims(Relation.ADOPTS, "place", text, where)} <= {where}


@pytest.mark.parametrize("text", ["国家启动高中阶段教育普及攻坚计划。", "清华大学实施强基计划。"])
def test_act_of_another(text: str) -> None:
    """What the nation or a university does is not done by the city whose text says so."""
    assert claims(Relation.ADOPTS, "place", text) == []


def test_prefecture_is_a_higher_level() -> None:
    """A county carries out what its prefecture made, and the office is no part of the programme's name."""
    found = claims(Relation.IMPLEMENTS, "object by", "落实宜昌市教育局“名师送教”工程要求。", "枝江市")
    assert found == [("名师送教", "宜昌市教育局")]


def test_trial_that_is_still_to_come() -> None:
    """拟在X试点 is a plan in every genre."""
    found = claims(Relation.ADOPTS, "place status", "研究校长职级制，拟在枝江市试点。", genre=Genre.SUMMARY)
    assert ("枝江市", "Planned") in found


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "总结.txt"
    path.write_text("宜昌市教育局2016年工作总结\n\n实施了校长职级制。\n", "utf-8")
    return path


def test_base_must_be_an_address(document: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["build", str(document), "--out", str(tmp_path / "g"), "--base", "foo"])
    assert result.exit_code == 1
    assert "absolute IRI" in result.output


def test_out_is_a_file(document: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["build", str(document), "--out", str(document)])
    assert result.exit_code == 1
    assert "choose another --out" in result.output
    assert document.read_text("utf-8").startswith("宜昌市")


def test_file_name_that_is_no_utf8(tmp_path: Path) -> None:
    """Its bytes are shown as marks; the document is read."""
    folder = tmp_path / "docs"
    folder.mkdir()
    name = b"bad\xff.txt".decode("utf-8", "surrogateescape")
    try:
        (folder / name).write_text("宜昌市教育局2016年工作总结\n\n实施了校长职级制。\n", "utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    result = CliRunner().invoke(main, ["build", str(folder), "--out", str(tmp_path / "g")])
    assert result.exit_code == 0, result.output
    assert r"bad\\xff.txt" in (tmp_path / "g" / "graph.nq").read_text("utf-8")


def test_same_file_of_two_folders(document: Path, tmp_path: Path) -> None:
    """One name and one content in two folders: told apart by the folder, and the second is a copy of the first."""
    twin = tmp_path / "b"
    twin.mkdir()
    (twin / document.name).write_bytes(document.read_bytes())
    result = CliRunner().invoke(main, ["build", str(document), str(twin), "--out", str(tmp_path / "g")])
    assert result.exit_code == 0
    told = (tmp_path / "g" / "graph.nq").read_text("utf-8")
    assert f"{tmp_path.name}/{document.name}" in told
    assert f"b/{document.name}" in told
    assert told.count("copyOf") == 1
