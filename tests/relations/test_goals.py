"""Goals: what is counted, how much of it, by when, and whether it is a target or a result."""

import pytest
from reading import Row, claims

from kg.model import Genre, Relation

SUMMARY, PLAN = Genre.SUMMARY, Genre.PLAN


def counted(columns: str, text: str, genre: Genre = SUMMARY, where: str = "宜昌市") -> list[Row]:
    return claims(Relation.GOAL, columns, text, where, 2016, genre)


@pytest.mark.parametrize(
    ("text", "indicator", "value", "unit"),
    [
        ("学前三年毛入园率达到88.6%。", "学前三年毛入园率", "88.6", "%"),
        ("义务教育巩固率达99.5%。", "义务教育巩固率", "99.5", "%"),
        ("普惠性幼儿园覆盖率由72%提高到80%。", "普惠性幼儿园覆盖率", "80", "%"),
        ("硕士学历教师占专任教师的12%。", "硕士学历教师占专任教师比例", "12", "%"),
        ("新建幼儿园21所。", "新建幼儿园", "21", "所"),
        ("培训教师1200名。", "培训教师", "1200", "名"),
        ("教师培训不少于72学时。", "教师培训", "72", "学时"),
        ("生均公用经费标准提高到1000元。", "生均公用经费标准", "1000", "元"),
        ("学生数占全市学生总数的35%左右。", "学生数占全市学生总数比例", "35", "%"),
        ("新招聘特岗教师45名。", "新招聘特岗教师", "45", "名"),
        ("招聘45名教师。", "招聘教师", "45", "名"),
        ("全市共新建幼儿园21所。", "新建幼儿园", "21", "所"),
        ("发放助学金2600万元。", "发放助学金", "2600", "万元"),
        ("投入1200万元改造食堂。", "投入改造食堂", "1200", "万元"),
        ("12.5万学生受益。", "学生受益", "12.5", "万人"),
        ("高一新生4500人左右。", "高一新生", "4500", "人"),
    ],
)
def test_indicators(text: str, indicator: str, value: str, unit: str) -> None:
    """Rates, shares (占…的) and counts, each with what they measure; of a change only where it arrived."""
    assert counted("indicator value unit", text) == [(indicator, value, unit)]


def test_share_that_reaches_a_value() -> None:
    """占…的比例达到50%: the share is of what stands between 占 and 的比例."""
    text = "职业教育招生占高中阶段招生总数的比例达到50%。"
    assert counted("indicator value", text) == [("职业教育招生占高中阶段招生总数比例", "50")]


@pytest.mark.xfail(strict=True, reason="what follows a rate inside a longer name is taken for its indicator")
def test_rate_inside_a_name() -> None:
    """优秀率达30%的学校有15所 counts schools; the 30 % only say which."""
    assert counted("value unit", "优秀率达30%的学校有15所。") == [("15", "所")]


@pytest.mark.parametrize(
    ("text", "unit", "base", "base_unit"),
    [
        ("投入资金2.3亿元。", "亿元", "230000000", "元"),
        ("改造校舍6.5万平方米。", "万平方米", "65000", "平方米"),
        ("资助家庭经济困难学生3.2万人次。", "万人次", "32000", "人次"),
        ("新建幼儿园21所。", "所", "21", "所"),
    ],
)
def test_base_value(text: str, unit: str, base: str, base_unit: str) -> None:
    """The unit as printed, and beside it the value with 万 and 亿 multiplied out."""
    assert counted("unit baseValue baseUnit", text) == [(unit, base, base_unit)]


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        ("学前三年毛入园率达到90%。", "="),
        ("学前三年毛入园率达到90%以上。", ">="),
        ("学前三年毛入园率不低于90%。", ">="),
        ("教师培训不少于72学时。", ">="),
        ("学前三年毛入园率超过90%。", ">"),
        ("辍学率不超过1.8%。", "<="),
        ("小学班额控制在45人以内。", "<="),
        ("近视率低于38%。", "<"),
        ("招聘教师300余名。", ">="),
    ],
)
def test_operators(text: str, operator: str) -> None:
    """以上, 不低于, 超过, 不超过, 控制在…以内, 低于, 余."""
    assert counted("operator", text) == [(operator,)]


@pytest.mark.parametrize(
    "text",
    [
        "第3次会议于5月12日召开。",
        "印发〔2016〕12号文件。",
        "落实《校园绿化规划（2016—2020年）》，开展“2+1”项目。",
        "2016年7月3日，开展检查。",
        "完成三期工程。",
        "组织5至8月的培训。",
        "培训3至5天。",
        "新建幼儿园10—12所。",
        "平均受教育年限超过14年。",
        "学前三年毛入园率比去年提高3个百分点。",
        "落实第12条规定，办好第2项实事。",
        "毛入园率提高了5.2%。",
        "经费同比增长12%。",
        "举办12期培训班，开展了5个方面的工作。",
        "历时3个月，提前5天完成。",
        "消除56人以上大班额。",
    ],
)
def test_numbers_that_count_nothing(text: str) -> None:
    """Dates, ordinals, document numbers, ranges, durations and mere growth are no goals."""
    assert counted("indicator value", text) == []


def test_several_counts() -> None:
    """Each counted thing of a sentence is a goal of its own."""
    text = "新建公办幼儿园3所，新增学位810个，改造食堂12个。"
    assert counted("indicator value unit", text) == [
        ("新建公办幼儿园", "3", "所"),
        ("新增学位", "810", "个"),
        ("改造食堂", "12", "个"),
    ]


@pytest.mark.parametrize(
    ("text", "genre", "kind", "year", "date_kind"),
    [
        ("学前三年毛入园率达到88%。", SUMMARY, "Achieved", 2016, "Document"),
        ("学前三年毛入园率达到88%。", PLAN, "Planned", 2016, "Document"),
        ("到2020年，学前三年毛入园率达到90%。", PLAN, "Planned", 2020, "Stated"),
        ("到2020年，学前三年毛入园率达到90%。", SUMMARY, "Planned", 2020, "Stated"),
        ("2014年新建幼儿园8所。", SUMMARY, "Achieved", 2014, "Stated"),
        ("今年新建幼儿园8所。", SUMMARY, "Achieved", 2016, "Stated"),
    ],
)
def test_planned_or_achieved(text: str, genre: Genre, kind: str, year: int, date_kind: str) -> None:
    """A plan's figure is a target, a summary's a result, and one of a year still to come a target in both."""
    assert counted("kind year date_kind", text, genre) == [(kind, year, date_kind)]


def test_result_and_target_in_one_sentence() -> None:
    """现有 is a result, 力争再建 a target."""
    found = counted("value kind", "全市现有幼儿园210所，力争再建幼儿园10所。", PLAN)
    assert found == [("210", "Achieved"), ("10", "Planned")]


@pytest.mark.parametrize(
    ("text", "program"),
    [
        ("班班通设备配备率达到100%。", "班班通"),
        ("推进校园足球，新建球场12个。", None),
        ("校园足球和班班通设备配备率达到100%。", None),
    ],
)
def test_programme_of_a_goal(text: str, program: str | None) -> None:
    """The only programme of the clause; two are none."""
    assert counted("program", text) == [(program,)]


def test_open_place() -> None:
    """A part without a place has goals without one."""
    assert counted("place value", "新建幼儿园21所。", where="") == [(None, "21")]
