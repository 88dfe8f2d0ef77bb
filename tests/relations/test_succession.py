"""Succession: which programme or document follows which, by its ordinal or because the text says so."""

import pytest
from reading import Row, claims, read

from kg.model import Relation


def followed(text: str) -> list[Row]:
    return claims(Relation.SUCCEEDS, "successor predecessor inferred", text)


@pytest.mark.parametrize(
    ("text", "successor", "predecessor"),
    [
        ("实施第三期学前教育行动计划。", "第三期学前教育行动计划", "第二期学前教育行动计划"),
        ("实施第二期特殊教育提升计划。", "第二期特殊教育提升计划", "第一期特殊教育提升计划"),
        ("第二轮乡村教师安居行动计划启动实施。", "第二轮乡村教师安居行动计划", "第一轮乡村教师安居行动计划"),
        (
            "落实《第三期校园绿化行动计划（2017—2020年）》。",
            "第三期校园绿化行动计划（2017-2020年）",
            "第二期校园绿化行动计划",
        ),
    ],
)
def test_ordinals(text: str, successor: str, predecessor: str) -> None:
    """第三期 follows 第二期; the years in the later title are not the earlier one's."""
    assert followed(text) == [(successor, predecessor, True)]


@pytest.mark.parametrize(
    "text",
    [
        "实施第一期学前教育行动计划。",
        "建设三期教学楼，实施农村教师安居工程。",
        "实施农村教师安居工程，举办三期培训班。",
        "实施乡村教师支持计划。",
    ],
)
def test_no_predecessor(text: str) -> None:
    """A first phase follows nothing, and 三期 of a building or a course is no phase of the programme."""
    assert followed(text) == []


@pytest.mark.parametrize(
    ("text", "successor", "predecessor"),
    [
        ("体育艺术2+1项目更名为校园足球。", "校园足球", "体育艺术2+1项目"),
        ("校园足球升级为体教融合。", "体教融合", "校园足球"),
        ("实施校园足球，代替体育艺术2+1项目。", "校园足球", "体育艺术2+1项目"),
        ("深化体教融合，取代校园足球。", "体教融合", "校园足球"),
        ("《宜昌市校车管理办法》修订为《宜昌市校车安全管理办法》。", "宜昌市校车安全管理办法", "宜昌市校车管理办法"),
    ],
)
def test_said(text: str, successor: str, predecessor: str) -> None:
    """A更名为B, B代替A: the text says which came first."""
    assert followed(text) == [(successor, predecessor, False)]


@pytest.mark.parametrize(
    "text",
    [
        "枝江市更名为宜都市，实施校园足球和体教融合。",
        "推进校园足球和体教融合。",
    ],
)
def test_said_of_something_else(text: str) -> None:
    """The renaming of a place or a school says nothing of the programmes beside it."""
    assert followed(text) == []


def test_school_renamed_between_two_programmes() -> None:
    """A school's new name joins no programmes of the clauses around it."""
    assert followed("校园足球蓬勃开展，学校更名为实验小学，体教融合不断深化。") == []


@pytest.mark.parametrize(
    ("text", "name", "written"),
    [
        ("实施乡村美育三期行动计划。", "第二期乡村美育行动计划", "乡村美育二期行动计划"),
        ("启动二期乡村教师安居行动计划。", "第一期乡村教师安居行动计划", "一期乡村教师安居行动计划"),
        ("实施第二轮特色学校创建工程。", "第一轮特色学校创建工程", "第一轮特色学校创建工程"),
        (
            "落实《校园绿化三期行动计划（2017—2020年）》。",
            "校园绿化二期行动计划",
            "校园绿化二期行动计划",
        ),
    ],
)
def test_as_a_text_would_write_it(text: str, name: str, written: str) -> None:
    """The predecessor bears the shared name and, beside it, the form of the sentence with one number less."""
    (claim,) = [claim for claim in read(text).claims if claim.relation is Relation.SUCCEEDS]
    predecessor, successor = claim.role("predecessor"), claim.role("successor")
    assert predecessor is not None
    assert successor is not None
    assert (predecessor.name, predecessor.written) == (name, written)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "《宜昌市强师行动计划（2014—2016年）》收官。制定《宜昌市强师行动计划（2017—2020年）》。",
            [("宜昌市强师行动计划（2017-2020年）", "宜昌市强师行动计划（2014-2016年）", True)],
        ),
        ("《宜昌市强师行动计划（2013—2015年）》收官。制定《宜昌市强师行动计划（2017—2020年）》。", []),
        ("制定《宜昌市强师行动计划（2017—2020年）》。", []),
        ("《宜都市强师行动计划（2014—2016年）》收官。制定《宜昌市强师行动计划（2017—2020年）》。", []),
        ("“六五”普法收官，“七五”普法启动。", [("七五普法", "六五普法", True)]),
        ("“五五”普法回顾，“七五”普法启动。", []),
        ("实施卓越教师培养计划2.0。", [("卓越教师培养计划2.0", "卓越教师培养计划", True)]),
        ("推进教育信息化2.0。", []),
    ],
)
def test_rounds_and_versions(text: str, rows: list[Row]) -> None:
    """The round that begins when the other of the same name and place is over; a version behind a scheme's name."""
    assert followed(text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "将校园足球、体育艺术2+1项目整合为体教融合。",
            [("体教融合", "体育艺术2+1项目", False), ("体教融合", "校园足球", False)],
        ),
        ("体育艺术2+1项目由校园足球取代。", [("校园足球", "体育艺术2+1项目", False)]),
        ("取消校园足球，代之以体教融合。", [("体教融合", "校园足球", False)]),
        ("在校园足球基础上，全面升级打造体教融合。", [("体教融合", "校园足球", False)]),
        ("校园足球升级为“绿茵少年”。", [("绿茵少年", "校园足球", False)]),
        ("不得以校园足球代替体教融合。", []),
        (
            "《宜昌市校车条例》自2016年5月1日起施行，《宜昌市校车规定》和2010年印发的《宜昌市校车办法》同时废止。",
            [("宜昌市校车条例", "宜昌市校车办法", False), ("宜昌市校车条例", "宜昌市校车规定", False)],
        ),
        ("《宜昌市校车规定》予以废止。", []),
    ],
)
def test_said_of_lists_and_repeals(text: str, rows: list[Row]) -> None:
    """One follows all of a list; what comes into force follows what it repeals; a thing forbidden is not said."""
    assert sorted(followed(text)) == sorted(rows)


@pytest.mark.parametrize(("title", "found"), [("宜昌市校车管理办法", 1), ("宜昌市校车管理条例", 0), ("", 0)])
def test_this_text_repeals(title: str, found: int) -> None:
    """本办法自…起施行: the successor is the part itself, if its title is that of a 办法."""
    reading = read("本办法自2016年5月1日起施行，《宜昌市校车管理暂行办法》同时废止。", title=title)
    claims = [claim for claim in reading.claims if claim.relation is Relation.SUCCEEDS]
    assert [claim.role("successor").name for claim in claims] == [title] * found  # type: ignore[union-attr]
