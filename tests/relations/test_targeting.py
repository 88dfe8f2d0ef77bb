"""Targeting: whom a programme is for, by the sentence or by its name."""

import pytest
from reading import Row, claims

from kg.model import Relation


def aimed(text: str, columns: str = "program group") -> list[Row]:
    return claims(Relation.TARGETS, columns, text)


@pytest.mark.parametrize(
    ("text", "program", "groups"),
    [
        ("面向农村留守儿童实施阳光陪伴工程。", "阳光陪伴工程", ["农村留守儿童"]),
        (
            "面向家庭经济困难儿童、孤儿和残疾儿童开展“微心愿”活动。",
            "微心愿",
            ["家庭经济困难儿童", "孤儿", "残疾儿童"],
        ),
        ("启动阳光陪伴工程。覆盖留守儿童和孤儿。", "阳光陪伴工程", ["留守儿童", "孤儿"]),
        ("校园足球惠及山区学生。", "校园足球", ["山区学生"]),
    ],
)
def test_said(text: str, program: str, groups: list[str]) -> None:
    """面向, 惠及, 覆盖 + groups, of the programme of the clause or of the sentence before."""
    assert aimed(text, "rule program group") == [("said-whom-it-is-for", program, group) for group in groups]


@pytest.mark.parametrize(
    "text",
    [
        "面向社会招聘教师，实施校园足球。",
        "校园足球面向全体学生。",
        "校园足球覆盖率达到80%。",
        "校园足球和课后服务惠及残疾儿童。",
        "面向山区学生配发图书。",
        "启动阳光陪伴工程。\n覆盖留守儿童和孤儿。",
    ],
)
def test_nobody_in_particular(text: str) -> None:
    """All pupils, a rate, two programmes at once, no programme, or one of another paragraph: nothing is said."""
    assert aimed(text) == []


@pytest.mark.parametrize(
    ("text", "rule", "program", "group"),
    [
        ("实施乡村教师支持计划。", "group-opens-the-name", "乡村教师支持计划", "乡村教师"),
        (
            "实施县城高中面向库区移民子女单招计划。",
            "group-in-the-name",
            "县城高中面向库区移民子女单招计划",
            "库区移民子女",
        ),
        ("推进农村中小学“班班通”工程。", "group-before-quoted-name", "班班通", "农村中小学"),
    ],
)
def test_in_the_name(text: str, rule: str, program: str, group: str) -> None:
    """The group that the programme's own name names, or that stands right before its quoted name."""
    assert aimed(text, "rule program group") == [(rule, program, group)]


@pytest.mark.parametrize("text", ["实施校园足球。", "推进全市中小学“班班通”工程。", "落实校长职级制。"])
def test_nobody_in_the_name(text: str) -> None:
    """全市中小学 tells nobody in particular; 校长 in 校长职级制 is not whom it supports."""
    assert aimed(text) == []


def test_groups_before_the_name() -> None:
    """往届毕业生、复转军人免试入读制度: the list before the name is whom it is for."""
    text = "实行往届毕业生、复转军人、下岗职工免试入读制度。"
    assert aimed(text, "rule group")[1:] == [
        ("groups-listed-before-the-name", "复转军人"),
        ("groups-listed-before-the-name", "下岗职工"),
    ]


def test_first_of_the_groups_before_the_name() -> None:
    """The verb is no part of the first group."""
    assert ("进城务工人员",) in aimed("落实进城务工人员、复转军人、下岗职工免试入读制度。", "group")


@pytest.mark.parametrize(
    ("text", "program", "groups"),
    [
        ("校园足球惠及山区学生320名、留守儿童1.2万人次。", "校园足球", ["山区学生", "留守儿童"]),
        ("针对留守儿童，开展“微心愿”活动。", "微心愿", ["留守儿童"]),
        ("以农村教师为重点，实施阳光陪伴工程。", "阳光陪伴工程", ["农村教师"]),
        ("为26名残疾儿童提供送教上门。", "送教上门", ["残疾儿童"]),
        ("选派30名农村校长参加“影子校长”培训。", "影子校长", ["农村校长"]),
        ("实施阳光陪伴工程，资助困境儿童等特殊群体60名。", "阳光陪伴工程", ["困境儿童"]),
        ("实施特岗计划，新教师全部充实到边远乡镇初中。", "特岗计划", ["边远乡镇初中"]),
    ],
)
def test_counted_and_done_for(text: str, program: str, groups: list[str]) -> None:
    """Counts are no part of a group; the programme may stand in the next clause, or be what is done for the group."""
    assert aimed(text, "rule program group") == [("said-whom-it-is-for", program, group) for group in groups]


@pytest.mark.parametrize(
    "text",
    [
        "推行校园足球，开设托管班，面向医护人员子女开放。",
        "落实校园足球，学校招收留守儿童60名。",
        "校园足球资助标准提高。",
        "选派教师参加“影子校长”培训。",
        "针对农村教师缺编，实施特岗计划。",
        "为留守儿童提供校园足球式的陪伴。",
    ],
)
def test_of_another_deed(text: str) -> None:
    """Something else was opened in between, the school enrols, a rate, everybody, a problem, an attribute: nothing."""
    assert aimed(text) == []


def test_place_supported() -> None:
    """支援 a place that is not one's own."""
    assert aimed("推进教育援藏，选派教师支援察隅县。", "rule group") == [("place-that-is-supported", "察隅县")]
