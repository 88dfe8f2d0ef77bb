"""Organisations: schools and universities with a name of their own; sorts of schools are none."""

import pytest
from reading import mentions, names

from kg.model import Kind


@pytest.mark.parametrize(
    ("text", "rule", "found"),
    [
        ("宜昌市第一中学承办活动。", "place-names-school", ["宜昌市第一中学"]),
        ("枝江市实验小学承办活动。", "place-names-school", ["枝江市实验小学"]),
        ("南京师范大学附属中学来访。", "place-names-school", ["南京师范大学附属中学"]),
        ("宜昌东山高级中学承办活动。", "place-names-school", ["宜昌东山高级中学"]),
        ("宜昌市大公桥小学承办活动。", "place-names-school", ["宜昌市大公桥小学"]),
        ("华中师范大学专家来访。", "well-known-university", ["华中师范大学"]),
        ("浙江大学附属中学专家来访。", "well-known-university", ["浙江大学附属中学"]),
        ("加入“全国名校联盟”。", "quoted-union", ["全国名校联盟"]),
        ("葛洲坝中学、天问学校被评为优秀。", "school-opens-clause", ["葛洲坝中学"]),
        ("夷陵中学获得表彰。", "place-names-school", ["夷陵中学"]),
    ],
)
def test_schools(text: str, rule: str, found: list[str]) -> None:
    """A place's name before a kind of school, a well-known university, a quoted union, a name that opens its clause."""
    mentioned = mentions(Kind.ORGANIZATION, text)
    assert [(m.entity.name if m.entity else None, m.found_by) for m in mentioned] == [(name, rule) for name in found]


@pytest.mark.parametrize(
    "text",
    [
        "全市中小学、宜昌市学校开展活动。",
        "宜昌中学教师和宜昌高中阶段教育。",
        "新建小学两所，乡村小学达到标准。",
        "农村小学、民办幼儿园获得补助。",
        "各中学、所有小学通过验收。",
        "加入“名校联盟”。",
        "大学生支教团来到学校。",
    ],
)
def test_sorts_of_schools(text: str) -> None:
    """宜昌市学校, 农村小学, 各中学 are sorts of schools."""
    assert names(Kind.ORGANIZATION, text) == []


def test_short_place_inside_a_school() -> None:
    """The short form of a place inside a school's name is no place of its own; a full one nests."""
    assert names(Kind.PLACE, "宜昌外国语高级中学承办活动。") == []
    assert names(Kind.PLACE, "宜昌市第一中学承办活动。") == ["宜昌市"]
