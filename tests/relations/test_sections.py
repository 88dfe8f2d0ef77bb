"""Sections: what a heading above says of when, and of which programme its sentences tell."""

import pytest
from reading import Row, claims

from kg.model import Genre, Relation
from kg.relations.sections import Outlook, heading_within, is_heading, outlook_of, turned, under, year_under

ACT = "实施校长职级制。"


@pytest.mark.parametrize(
    ("words", "outlook"),
    [
        ("2013年工作回顾", Outlook.BACK),
        ("主要工作成效", Outlook.BACK),
        ("“十二五”期间教育事业发展基本情况", Outlook.BACK),
        ("发展现状", Outlook.BACK),
        ("下一步工作打算", Outlook.AHEAD),
        ("2014年工作思路", Outlook.AHEAD),
        ("到2020年的发展目标", Outlook.AHEAD),
        ("实施学前教育三年行动计划", None),
        ("加强教师队伍建设", None),
        ("存在问题", None),
    ],
)
def test_where_a_heading_looks(words: str, outlook: Outlook | None) -> None:
    """Only light words and one that says so; 行动计划 in the name of a programme says nothing."""
    assert outlook_of(words) is outlook


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、2013年工作回顾", True),
        ("二、2014年度工作计划。", True),
        ("新建幼儿园三所。", False),
        ("实施校长职级制，" * 9, False),
    ],
)
def test_what_is_a_heading(text: str, expected: bool) -> None:
    """A short line without a full stop, or one that only says of when it tells."""
    assert is_heading(text) is expected


def test_a_heading_ends_those_of_its_level() -> None:
    """（一）… stands under 一、…; 二、… ends both."""
    above = under((), "一、2013年工作回顾", None)
    above = under(above, "（一）学前教育", None)
    assert [h.outlook for h in above] == [Outlook.BACK, None]
    assert year_under(above) == 2013
    assert [h.level for h in under(above, "二、保障措施", None)] == [0]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("三、下一步打算 （一）启动第二期行动计划。", "三、下一步打算"),
        ("三、启动第二期行动计划，新建幼儿园。", ""),
    ],
)
def test_heading_within_a_line(text: str, heading: str) -> None:
    """A heading behind which the first item follows at once."""
    assert heading_within(text) == heading


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("2017年，我们将重点抓好以下工作：", True),
        ("2017年，全市要做好三项工作。", True),
        ("2016年，我们将重点抓好以下工作：", False),
        ("2017年春季学期开学以来，秩序良好。", False),
    ],
)
def test_the_next_year_begins(text: str, turns: bool) -> None:
    """2017年，我们将… in a text of 2016 turns to the next year."""
    assert bool(turned((), text, 2016)) is turns


@pytest.mark.parametrize(
    ("text", "genre", "found"),
    [
        (
            f"一、主要工作\n{ACT}\n二、下一步工作打算\n实施集团化办学。",
            Genre.SUMMARY,
            [(2016, "Completed"), (2016, "Planned")],
        ),
        (
            f"一、2015年工作回顾\n{ACT}\n二、主要措施\n实施集团化办学。",
            Genre.PLAN,
            [(2015, "Completed"), (2016, "Planned")],
        ),
        (
            f"{ACT}\n2017年，我们将做好以下工作：\n实施集团化办学。",
            Genre.SUMMARY,
            [(2016, "Completed"), (2017, "Planned")],
        ),
        (f"1.实施集团化办学。\n{ACT}", Genre.SUMMARY, [(2016, "Completed"), (2016, "Completed")]),
    ],
)
def test_what_stands_below(text: str, genre: Genre, found: list[Row]) -> None:
    """The sentences below a heading are of its year and look where it looks; others as their part does."""
    assert claims(Relation.ADOPTS, "year status", text, genre=genre) == found


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("一、2016年工作回顾", "Document"), ("一、2015年工作回顾", "Stated"), ("一、主要工作", "Document")],
)
def test_what_the_year_rests_on(heading: str, kind: str) -> None:
    """A heading that only repeats the year of its text states no year of an act."""
    assert claims(Relation.ADOPTS, "date_kind", f"{heading}\n{ACT}") == [(kind,)]
