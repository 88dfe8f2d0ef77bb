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
