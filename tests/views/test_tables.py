"""Tables keep their columns under Chinese text and send nothing to the terminal or the spreadsheet that acts there."""

from __future__ import annotations

import csv
import io
import json

import pytest

from kg.views.tables import Table, inert, table_csv, table_json, table_text
from kg.views.words import shorten, text_width, wrap


@pytest.mark.parametrize(
    ("text", "width"),
    [("大连市", 6), ("2+1项目", 7), ("（计划）", 8), ("“双减”", 6), ("e\u0301", 1), ("零\u200b宽", 4), ("", 0)],
)
def test_a_chinese_character_takes_two_columns(text: str, width: int) -> None:
    assert text_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("县管校聘", 8, "县管校聘"),
        ("县管校聘改革", 8, "县管校…"),
        ("县管校聘改革", 9, "县管校聘…"),
        ("三通2平台", 6, "三通2…"),
    ],
)
def test_what_is_too_long_ends_with_an_ellipsis_within_the_width(text: str, width: int, cut: str) -> None:
    assert shorten(text, width) == cut
    assert text_width(cut) <= width


def test_a_long_name_is_set_in_lines_and_loses_nothing_while_there_is_room() -> None:
    name = "国家中长期教育改革和发展规划纲要"
    assert wrap(name, 20, 2) == ("国家中长期教育改革和", "发展规划纲要")
    assert wrap(name, 12, 2) == ("国家中长期教", "育改革和发…")
    assert wrap("大连市", 20, 2) == ("大连市",)


def test_columns_stand_under_each_other() -> None:
    text = table_text(Table(("年份", "地方"), (("2013", "大连市"), ("≤2019", "靖州苗族侗族自治县"), (None, "中国"))))
    starts = [
        text_width(line[: line.index(place)]) for line, place in zip(text.splitlines()[2:], "大靖中", strict=True)
    ]
    assert len(set(starts)) == 1


def test_the_widest_column_gives_way_until_a_line_fits() -> None:
    table = Table(("地方", "句子"), (("大连市", "全面实施" * 40),))
    lines = table_text(table, width=40).splitlines()
    assert max(map(text_width, lines)) <= 40
    assert lines[2].startswith("大连市")
    assert lines[2].endswith("…")


@pytest.mark.parametrize(
    "hostile", ["\x1b[31m红\x1b[0m", "\x9b2J", "甲\r乙", "甲\x07", "\u202e倒\u202c", "\u2028行", "\x00"]
)
def test_a_document_cannot_speak_to_the_terminal(hostile: str) -> None:
    text = table_text(Table(("句子",), ((hostile,),)))
    assert not set(text) & {"\x1b", "\x9b", "\r", "\x07", "\x00", "\u202e", "\u202c", "\u2028"}
    assert len(text.splitlines()) == 3
    assert inert("教育\x1b[0m") == "教育␛[0m"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+cmd|' /C calc'!A0", "'=1+cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-12.5", "-12.5"),
        ("+3%", "+3%"),
        ("他说“是”，\n又说", "他说“是”，\n又说"),
    ],
)
def test_csv_reads_back_and_computes_nothing(cell: str, written: str) -> None:
    assert list(csv.reader(io.StringIO(table_csv(Table(("a", "b"), ((cell, None),)))))) == [["a", "b"], [written, ""]]


def test_json_reads_back_and_holds_no_raw_control_character() -> None:
    text = table_json(Table(("句子", "年"), (("\x1b[2J\u2028“双减”\x7f", None),)))
    assert json.loads(text) == [{"句子": "\x1b[2J\u2028“双减”\x7f", "年": None}]
    assert not set(text) & {"\x1b", "\u2028", "\x7f"}


def test_columns_can_be_chosen_and_ordered() -> None:
    table = Table(("年份", "地方", "句子"), (("2013", "大连市", None),))
    assert table.only("句子", "年份") == Table(("句子", "年份"), ((None, "2013"),))
