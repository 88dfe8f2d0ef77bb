"""Agencies: place or tier word × organ, the central bodies, and the words that only begin like them."""

import pytest
from reading import mentions, names

from kg.model import Kind


def ids(text: str, where: str = "") -> list[str | None]:
    found = mentions(Kind.AGENCY, text, where)
    return [m.entity.id.removeprefix("agency/") if m.entity else None for m in found]


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        ("市教育局会同市财政局开展督查。", "宜昌市", ["宜昌市教育局", "宜昌市财政局"]),
        ("省教育厅组织专家验收。", "宜昌市", ["湖北省教育厅"]),
        ("省教育厅组织专家验收。", "昌乐县", ["山东省教育厅"]),
        ("市委、市政府高度重视教育。", "宜昌市", ["中共宜昌市委员会", "宜昌市人民政府"]),
        ("市委、市政府高度重视教育。", "枝江市", ["中共枝江市委员会", "枝江市人民政府"]),
        ("市教育局转发了文件。", "昌乐县", ["潍坊市教育局"]),
        ("县人民政府办公室负责协调。", "昌乐县", ["昌乐县人民政府办公室"]),
        ("我市教育局出席会议。", "宜昌市", ["宜昌市教育局"]),
    ],
)
def test_tier_with_organ(text: str, where: str, found: list[str]) -> None:
    """市教育局, 省教育厅, 市委 are the bodies of the part's own city or of its ancestor of that tier."""
    assert names(Kind.AGENCY, text, where) == found


@pytest.mark.parametrize("text", ["市教育局转发了文件。", "县委、县政府高度重视教育。", "省教育厅组织专家验收。"])
def test_tier_without_a_place(text: str) -> None:
    """Where the part's place is open, 市教育局 is seen and stays open."""
    assert set(names(Kind.AGENCY, text, "")) == {None}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("湖北省教育厅、宜昌市教育局联合发文。", ["湖北省教育厅", "宜昌市教育局"]),
        ("湖北省人民政府、中共宜昌市委联合发文。", ["湖北省人民政府", "中共宜昌市委员会"]),
        ("嘉兴市人大常委会听取汇报。", ["嘉兴市人民代表大会常务委员会"]),
        ("上海市教委组织评审。", ["上海市教育委员会"]),
    ],
)
def test_place_with_organ(text: str, found: list[str]) -> None:
    """A place's name before an organ names the agency under its full name."""
    assert names(Kind.AGENCY, text, "") == found


def test_namesakes_are_two_agencies() -> None:
    """Two 鼓楼区教育局 are two things; without a city before it and outside both cities the name stays open."""
    text = "南京市鼓楼区教育局与徐州市鼓楼区教育局签约。"
    assert ids(text) == ["鼓楼区教育局@南京市", "鼓楼区教育局@徐州市"]
    assert ids("鼓楼区教育局与兄弟单位签约。", "徐州市") == ["鼓楼区教育局@徐州市"]
    assert ids("鼓楼区教育局与兄弟单位签约。") == [None]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("教育部和国务院办公厅作出部署。", ["教育部", "国务院办公厅"]),
        ("财政部下达专项资金。", ["财政部"]),
        ("中共中央、国务院印发文件。", ["中共中央", "国务院"]),
        ("教育部门认真落实。", []),
        ("教育部署高校招生工作。", []),
        ("财政部门足额拨付。", []),
    ],
)
def test_central_bodies(text: str, found: list[str]) -> None:
    """教育部 is the ministry, 教育部门 any local bureau."""
    assert names(Kind.AGENCY, text, "宜昌市") == found


@pytest.mark.parametrize(
    "text",
    [
        "市委托第三方机构开展评估。",
        "区政府性基金收入增长。",
        "市政府购买服务资金到位。",
        "县政府性债务化解完毕。",
        "省委派督导组进驻。",
        "市政府工作报告提出目标。",
        "市委员张某出席。",
    ],
)
def test_words_that_go_on(text: str) -> None:
    """市委|托, 政府|性, 市政府|购买: an organ's name that goes on as another word is no agency."""
    assert names(Kind.AGENCY, text, "宜昌市") == []


@pytest.mark.parametrize(
    "text", ["各县教育局分头落实。", "两区教育局分头落实。", "多市教育局分头落实。", "跨省教育厅际协作。"]
)
def test_several_agencies_are_none(text: str) -> None:
    """各县教育局 is no single agency."""
    assert names(Kind.AGENCY, text, "宜昌市") == []


@pytest.mark.parametrize(("text", "where"), [("昌乐县教育厅成立。", ""), ("县教育厅成立。", "昌乐县")])
def test_organ_of_another_tier(text: str, where: str) -> None:
    """A county has no 教育厅: the name is seen and stays open."""
    assert names(Kind.AGENCY, text, where) == [None]


def test_each_rule_names_itself() -> None:
    """`found_by` tells how an agency was read."""
    found = mentions(Kind.AGENCY, "教育部、湖北省教育厅和市教育局共同部署。", "宜昌市")
    assert [m.found_by for m in found] == ["central-agency", "place-with-organ", "tier-with-organ"]
