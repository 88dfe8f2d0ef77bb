"""Recognition: which place or school holds which title, given by whom."""

import pytest
from reading import Row, claims

from kg.model import Entity, Kind, Relation


def honoured(columns: str, text: str, where: str = "宜昌市", agency: Entity | None = None) -> list[Row]:
    return claims(Relation.RECOGNIZES, columns, text, where, 2016, agency=agency)


@pytest.mark.parametrize(
    ("text", "rule", "holders", "title", "by"),
    [
        ("枝江市被省教育厅评为湖北省教育先进市。", "awarded-title", ["枝江市"], "湖北省教育先进市", "湖北省教育厅"),
        (
            "枝江市、当阳市荣获湖北省教育先进县（市）称号。",
            "awarded-title",
            ["枝江市", "当阳市"],
            "湖北省教育先进县（市）",
            "湖北省",
        ),
        (
            "枝江市实验小学、夷陵中学荣获湖北省文明校园称号。",
            "awarded-title",
            ["枝江市实验小学", "夷陵中学"],
            "湖北省文明校园",
            "湖北省",
        ),
        (
            "枝江市获批成为国家级信息化教学实验区。",
            "awarded-title",
            ["枝江市"],
            "国家级信息化教学实验区",
            "国家",
        ),
        (
            "枝江市顺利通过国家义务教育发展基本均衡县督导评估。",
            "passed-assessment",
            ["枝江市"],
            "国家义务教育发展基本均衡县",
            "国家",
        ),
        (
            "枝江市作为省级课程改革试点市，先行先试。",
            "acts-as-holder-of-title",
            ["枝江市"],
            "省级课程改革试点市",
            "省",
        ),
        (
            "省教育厅确定枝江市为学前教育改革试点县。",
            "named-holder-of-title",
            ["枝江市"],
            "学前教育改革试点县",
            "湖北省教育厅",
        ),
        ("授予枝江市“教育强县”称号。", "named-holder-of-title", ["枝江市"], "教育强县", None),
        ("枝江市被国家列为学前教育改革试点市。", "awarded-title", ["枝江市"], "学前教育改革试点市", "国家"),
    ],
)
def test_titles(text: str, rule: str, holders: list[str], title: str, by: str | None) -> None:
    """被评为, 荣获, 通过…评估, 作为…试点县, 确定…为…, 授予…称号: one claim per holder."""
    assert honoured("rule place title by", text) == [(rule, holder, title, by) for holder in holders]


def test_own_title() -> None:
    """我县 is the part's county, 省教育厅 the body of its province."""
    text = "我县被省教育厅确定为首批“县管校聘”试点县。"
    assert honoured("place title by", text, "昌乐县") == [("昌乐县", "首批县管校聘试点县", "山东省教育厅")]


@pytest.mark.parametrize(
    ("text", "title", "year"),
    [
        ("远安县在2014年通过全省教育强县评估。", "全省教育强县", 2014),
        ("去年，远安县通过全省教育强县评估。", "全省教育强县", 2015),
        ("远安县通过全省教育强县评估。", "全省教育强县", 2016),
    ],
)
def test_years(text: str, title: str, year: int) -> None:
    """The year said before the verb, else the part's."""
    assert honoured("title year", text) == [(title, year)]


def test_two_assessments() -> None:
    """An earlier assessment on which the later one rests has its own year."""
    text = "枝江市在2013年通过湖北省教育强市评估基础上，2016年通过国家义务教育发展基本均衡市认定。"
    assert honoured("place title year", text) == [
        ("枝江市", "湖北省教育强市", 2013),
        ("枝江市", "国家义务教育发展基本均衡市", 2016),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "枝江市要创建成为全国教育强县。",
        "枝江市争取被评为全国教育强县。",
        "枝江市申报并力争通过全省教育强县评估。",
        "枝江市获得家长好评。",
        "通过验收的学校有12所。",
        "三名校长荣获先进个人。",
        "被评为湖北省教育先进市的地区要再接再厉。",
    ],
)
def test_no_title(text: str) -> None:
    """Titles still striven for, praise, persons, and nobody in particular."""
    assert honoured("place title", text) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("枝江市被评为全国义务教育发展基本均衡县。", "全国义务教育发展基本均衡县"),
        ("枝江市成功创建国家级农村职业教育示范县。", "国家级农村职业教育示范县"),
    ],
)
def test_national_titles(text: str, title: str) -> None:
    """全国, 国家级 belong to the title and tell who gave it."""
    assert honoured("title by", text) == [(title, "国家")]


def test_preschool_title() -> None:
    """学前教育普及普惠县 is a title like 义务教育优质均衡县."""
    found = honoured("place", "夷陵区、远安县入选全国学前教育普及普惠县。")
    assert found == [("夷陵区",), ("远安县",)]


def test_school_behind_the_verb() -> None:
    """认定A小学、B中学为示范学校: both schools hold the title."""
    text = "认定枝江市实验小学、夷陵中学为宜昌市示范学校。"
    assert honoured("place", text) == [("枝江市实验小学",), ("夷陵中学",)]


def test_giver_is_not_the_holder() -> None:
    """A government that names its own county's pilot is the giver."""
    bureau = Entity(Kind.AGENCY, "agency/宜昌市教育局", "宜昌市教育局", jurisdiction="place/420500")
    text = "确定枝江市、远安县为集团化办学试点县。"
    assert honoured("place by", text, agency=bureau) == [("枝江市", "宜昌市教育局"), ("远安县", "宜昌市教育局")]


@pytest.mark.parametrize(
    ("text", "holders", "title", "by"),
    [
        ("教育部批复枝江市建设国家学前教育改革试点县。", ["枝江市"], "国家学前教育改革试点县", "教育部"),
        (
            "省政府批复枝江市、远安县建设省级教育改革示范区。",
            ["枝江市", "远安县"],
            "省级教育改革示范区",
            "湖北省人民政府",
        ),
        ("教育部批准华中师范大学建设国家教师教育基地。", ["华中师范大学"], "国家教师教育基地", "教育部"),
    ],
)
def test_approved_to_build(text: str, holders: list[str], title: str, by: str) -> None:
    """批复X建设…示范区: X holds the title that it may build up."""
    assert honoured("rule place title by", text) == [("named-holder-of-title", place, title, by) for place in holders]


@pytest.mark.parametrize("text", ["市政府批复枝江市建设新校区。", "批复建设学校食堂。", "该校荣获湖北省文明校园称号。"])
def test_approved_buildings(text: str) -> None:
    """A campus is no title, and a title of nobody known is nobody's."""
    assert honoured("place title", text) == []


@pytest.mark.parametrize("opening", ["昌乐", "“昌乐”", "该县", "我县"])
def test_own_short_name(opening: str) -> None:
    """昌乐被评为…, 该县被评为… in the text of 昌乐县."""
    assert honoured("place", f"{opening}被评为全国教育先进县。", "昌乐县") == [("昌乐县",)]


@pytest.mark.parametrize(
    "text", ["该县被评为全国教育先进县。", "桃源被评为全国教育先进县。", "有的县被评为全国教育先进县。"]
)
def test_short_name_of_another(text: str) -> None:
    """In a part whose place is open, nobody is meant."""
    assert honoured("place", text, "") == []


def test_approved_whatever_follows() -> None:
    """What the next clause says is no part of the title."""
    text = "省政府批复枝江市建设省级教育改革示范区，各校的条件随之改善。"
    assert honoured("place title", text) == [("枝江市", "省级教育改革示范区")]
