"""Target groups: people and schools named by their need or their place in life, wherever they stand in a sentence."""

import pytest
from reading import mentions, names

from kg.model import Kind


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("关爱农村留守儿童和残疾学生。", ["农村留守儿童", "残疾学生"]),
        ("保障进城务工人员随迁子女就近入学。", ["进城务工人员随迁子女"]),
        ("为建档立卡贫困家庭学生减免书费。", ["建档立卡贫困家庭学生"]),
        ("农村中小学教师、乡村青年教师、新任班主任分批参训。", ["农村中小学教师", "乡村青年教师", "新任班主任"]),
        ("资助经济困难的学生。", ["经济困难的学生"]),
        ("改造薄弱学校，办好乡村小规模学校和农村寄宿制学校。", ["薄弱学校", "乡村小规模学校", "农村寄宿制学校"]),
        ("照顾烈士子女和医务人员子女入学。", ["烈士子女", "医务人员子女"]),
        ("慰问退役军人和失能老年人。", ["退役军人", "失能老年人"]),
    ],
)
def test_groups(text: str, groups: list[str]) -> None:
    """农村, 留守, 残疾, 新任 … before persons or schools; 薄弱学校 and 孤儿 as they stand."""
    found = mentions(Kind.TARGET_GROUP, text)
    assert [(m.entity.id if m.entity else None, m.text) for m in found] == [(f"target-group/{g}", g) for g in groups]
    assert {m.found_by for m in found} == {"group-named-by-its-need"}


@pytest.mark.parametrize(
    "text",
    [
        "教师和学生积极参与。",
        "全市中小学生、青年教师、高校毕业生参赛。",
        "适龄儿童入学率达到99%。",
        "农村学校、山区小学通过验收。",
        "补齐薄弱学科。",
    ],
)
def test_nobody_in_particular(text: str) -> None:
    """教师 and 学生 stand in every sentence, 薄弱学科 is no school."""
    assert names(Kind.TARGET_GROUP, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "新建农村教师周转宿舍。",
        "兑现特岗教师津贴。",
        "建成留守儿童之家。",
        "贫困地区教师节走访。",
        "农村儿童节游园。",
    ],
)
def test_words_that_go_on(text: str) -> None:
    """A grant, a house or a feast that opens with the words of a group is something else."""
    assert names(Kind.TARGET_GROUP, text) == []


def test_title_of_a_document_names_no_group() -> None:
    """Inside 《…》 the words belong to the title; outside they are a group."""
    assert names(Kind.TARGET_GROUP, "落实《乡村教师支持办法》，稳定乡村教师。") == ["乡村教师"]
