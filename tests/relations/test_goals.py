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
        ("全市使得学前三年毛入园率达到92%。", "学前三年毛入园率", "92", "%"),
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
    ("text", "indicator", "value", "unit"),
    [
        ("学前三年毛入园率比去年提高3个百分点。", "学前三年毛入园率提高", "3", "个百分点"),
        ("毛入园率提高了5.2%。", "毛入园率提高", "5.2", "%"),
        ("“三公”经费支出同比下降12%。", "三公经费支出下降", "12", "%"),
        ("高中阶段毛入学率达到95%，较上年增长2.5个百分点。", "高中阶段毛入学率增长", "2.5", "个百分点"),
    ],
)
def test_growth(text: str, indicator: str, value: str, unit: str) -> None:
    """What something rose or fell by is named so, and never taken for what it is."""
    assert (indicator, value, unit) in counted("indicator value unit", text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("学前三年毛入园率达到85%-90%。", ("学前三年毛入园率", ">=", "85", "90", "%")),
        ("新建幼儿园10—12所。", ("新建幼儿园", ">=", "10", "12", "所")),
        ("普职招生比保持在1:1左右。", ("普职招生比", "=", "1", None, "：1")),
        ("小学师生比达到1∶19。", ("小学师生比", "=", "1", None, "：19")),
    ],
)
def test_ranges_and_ratios(text: str, found: Row) -> None:
    """A range is at least its lower end; a ratio is a count of 1 in so many."""
    assert counted("indicator operator value valueTo unit", text) == [found]


@pytest.mark.parametrize(
    ("text", "baseline"),
    [
        ("普惠性幼儿园覆盖率由72%提高到80%。", "72"),
        ("学前三年毛入园率从2013年的81.2%提高到2016年的90.5%。", "81.2"),
        ("在园幼儿由8000人增加到1.2万人。", "8000"),
        ("在园幼儿由2.1增加到3.5万人。", "21000"),
        ("在园幼儿由3所增加到1.2万人。", None),
        ("普惠性幼儿园覆盖率达到80%。", None),
    ],
)
def test_baseline(text: str, baseline: str | None) -> None:
    """由X提高到Y: where it came from, in the same unit with 万 multiplied out."""
    assert counted("baseline", text)[-1:] == [(baseline,)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "小学、初中巩固率分别达到100%和98.5%。",
            [("小学巩固率", "100"), ("初中巩固率", "98.5")],
        ),
        (
            "学前三年毛入园率、义务教育巩固率和高中阶段毛入学率分别达到85%、95%和90%。",
            [("学前三年毛入园率", "85"), ("义务教育巩固率", "95"), ("高中阶段毛入学率", "90")],
        ),
        ("小学、初中、高中巩固率分别达到100%和98.5%。", []),
        (
            "封闭管理率、视频监控联网率、专职保安配备率均达到100%。",
            [("封闭管理率", "100"), ("视频监控联网率", "100"), ("专职保安配备率", "100")],
        ),
        ("新建小学2所、幼儿园5所。", [("新建小学", "2"), ("新建幼儿园", "5")]),
        ("全市有普惠性幼儿园80所，其中民办36所。", [("普惠性幼儿园", "80"), ("民办普惠性幼儿园", "36")]),
        ("投入约3700万元完成了约15万平方米校舍维修。", [("投入校舍维修", "3700"), ("校舍维修", "15")]),
    ],
)
def test_lists(text: str, found: list[Row]) -> None:
    """分别 deals the values out, one value holds for a list of rates, 其中 is part of what stands before; else silence."""
    assert counted("indicator value", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("实现中小学责任督学挂牌督导全覆盖。", [("中小学责任督学挂牌督导覆盖率", "100")]),
        ("课后服务实现全覆盖。", [("课后服务覆盖率", "100")]),
        ("基本实现课后服务全覆盖。", []),
        ("逐步扩大课后服务覆盖面。", []),
    ],
)
def test_full_coverage(text: str, found: list[Row]) -> None:
    """全覆盖 is a rate of 100 %, unless it is only nearly or not yet reached."""
    assert counted("indicator value", text) == found


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        ("广州市示范性高中2所。", "越秀区", [("越秀区", "广州市示范性高中")]),
        ("枝江市新建幼儿园2所。", "宜昌市", [("枝江市", "新建幼儿园")]),
    ],
)
def test_place_that_leads(text: str, where: str, found: list[Row]) -> None:
    """A place below the part's is the one that has it; one above only says whose standard it is."""
    assert counted("place indicator", text, where=where) == found


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
        "平均受教育年限超过14年。",
        "学前三年毛入园率高于全省平均水平3个百分点。",
        "落实第12条规定，办好第2项实事。",
        "经费同比增长12%。",
        "举办12期培训班，开展了5个方面的工作。",
        "历时3个月，提前5天完成。",
        "消除56人以上大班额。",
    ],
)
def test_numbers_that_count_nothing(text: str) -> None:
    """Dates, ordinals, document numbers, durations and growth of something that is not named are no goals."""
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
