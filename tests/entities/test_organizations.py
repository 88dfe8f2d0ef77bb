"""Organisations: schools and universities with a name of their own; sorts of schools are none."""

import pytest
from reading import mentions, names

from kg.model import Kind


@pytest.mark.parametrize(
    ("text", "rule", "found"),
    [
        ("宜昌市第一中学承办活动。", "place-names-school", ["宜昌市第一中学"]),
        ("枝江市实验小学承办活动。", "place-names-school", ["枝江市实验小学"]),
        ("南京师范大学附属中学来访。", "well-known-university", ["南京师范大学附属中学"]),
        ("宜昌东山高级中学承办活动。", "place-names-school", ["宜昌东山高级中学"]),
        ("宜昌市大公桥小学承办活动。", "place-names-school", ["宜昌市大公桥小学"]),
        ("华中师范大学专家来访。", "well-known-university", ["华中师范大学"]),
        ("浙江大学附属中学专家来访。", "well-known-university", ["浙江大学附属中学"]),
        ("首师大附中专家来访。", "well-known-university", ["首师大附中"]),
        ("当阳市玉泉山教育集团承办活动。", "place-names-school", ["当阳市玉泉山教育集团"]),
        ("加入“全国名校联盟”。", "quoted-union", ["全国名校联盟"]),
        ("葛洲坝中学、天问学校被评为优秀。", "school-opens-clause", ["葛洲坝中学"]),
        ("夷陵中学获得表彰。", "place-names-school", ["夷陵中学"]),
        ("宜昌市民族中等专业学校承办活动。", "place-names-school", ["宜昌市民族中等专业学校"]),
        ("推广城南小学经验。", "school-named-behind-verb-or-joint", ["城南小学"]),
        ("乐群幼儿园等3个园获得表彰。", "school-opens-clause", ["乐群幼儿园"]),
        ("推进城区小学、城市中学建设。", "", []),
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
        "宜昌市优质教育集团、当阳市某某教育集团承办活动。",
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


@pytest.mark.parametrize(
    ("text", "rule", "found"),
    [
        ("启动太平坝中心小学建设。", "school-named-behind-verb-or-joint", ["太平坝中心小学"]),
        ("改建县二中、望江小学。", "school-named-behind-verb-or-joint", ["望江小学"]),
        ("依托滨河小学开展研学。", "school-named-behind-verb-or-joint", ["滨河小学"]),
        ("赴明德中学交流。", "school-named-behind-verb-or-joint", ["明德中学"]),
        ("营丘镇中心小学承办活动。", "township-names-school", ["营丘镇中心小学"]),
        ("到乔官镇第二小学调研。", "township-names-school", ["乔官镇第二小学"]),
    ],
)
def test_own_names(text: str, rule: str, found: list[str]) -> None:
    """A school by its own name behind a verb, a joint of a list, 依托 or 赴; a township before a kind of school."""
    named = [m for m in mentions(Kind.ORGANIZATION, text) if m.found_by == rule]
    assert [m.text for m in named] == found


@pytest.mark.parametrize(
    "text",
    [
        "到农村中学支教。",
        "支持薄弱中学发展。",
        "推进集团化小学建设。",
        "新建两所小学。",
        "到所在小学报名。",
        "新建城区小学、九年一贯制学校、完全小学。",
        "和家长、小学教师座谈。",
        "从幼儿园到小学。",
        "赴各地中学考察。",
        "推进足球小学建设。",
        "走进小学课堂。",
        "各乡镇中学、农村乡镇中心小学达标。",
        "每个乡镇中心幼儿园开园。",
        "扩建小学、民办小学通过验收。",
    ],
)
def test_sorts_behind_verbs(text: str) -> None:
    """A word that tells the sort, number or state of schools is no school's own name; 乡镇 is no township."""
    assert names(Kind.ORGANIZATION, text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新建太平溪镇桃花源小学教学楼。", ["太平溪镇桃花源小学"]),
        ("太平溪镇初级中学投入使用。", ["太平溪镇初级中学"]),
        ("市二中、市职专的扫尾工作完成。", ["宜昌市第二中学", "宜昌市职专"]),
        ("华中师范大学附属枝江高级中学开学。", ["华中师范大学附属枝江高级中学"]),
        ("XX市一中开学。", []),
        ("各乡镇标准小学达标。", []),
    ],
)
def test_schools_of_townships_and_tiers(text: str, found: list[str]) -> None:
    """A township's school with a name of its own; 市二中 is 宜昌市第二中学 in a text of that city; a masked one is nobody's."""
    assert names(Kind.ORGANIZATION, text) == found
