"""Membership: which programme is a component of which, by the sentence or by numbered headings."""

import pytest
from reading import Row, claims

from kg.model import Relation


def belong(text: str, columns: str = "member whole") -> list[Row]:
    return claims(Relation.PART_OF, columns, text)


def rules(text: str) -> set[Row]:
    return set(belong(text, "rule"))


def test_numbered_part_of_a_plan() -> None:
    """A计划“十大工程”: the numbered programme belongs to the plan; two programmes joined by 和 do not."""
    assert belong("实施乡村教师安居行动计划“十大工程”。") == [("宜昌市十大工程", "乡村教师安居行动计划")]
    assert rules("实施乡村教师安居行动计划“十大工程”。") == {("numbered-part-of-plan",)}
    assert belong("实施乡村教师安居行动计划和“十大工程”。") == []


@pytest.mark.parametrize(
    ("text", "members", "whole"),
    [
        ("推进“五项管理”，包括作业管理、睡眠管理、手机管理。", ["作业管理", "睡眠管理", "手机管理"], "五项管理"),
        (
            "实施“四大工程”，包括校园足球、课后服务、明厨亮灶、书香校园。",
            ["校园足球", "课后服务", "明厨亮灶", "书香校园"],
            "宜昌市四大工程",
        ),
    ],
)
def test_said_to_include(text: str, members: list[str], whole: str) -> None:
    """X包括A、B、C."""
    assert belong(text) == [(member, whole) for member in members]
    assert rules(text) == {("said-to-include",)}


def test_such_as() -> None:
    """A、B等X: what stands before 等 belongs to the programme right behind it."""
    text = "推行作业管理、睡眠管理等五项管理。"
    assert belong(text) == [("作业管理", "五项管理"), ("睡眠管理", "五项管理")]
    assert rules(text) == {("listed-with-such-as",)}


@pytest.mark.parametrize(
    "text",
    [
        "开展“书香三峡”“阳光午休”等阳光校园工程。",
        "开展“书香三峡”、“阳光午休”等阳光校园工程。",
    ],
)
def test_such_as_after_quotes(text: str) -> None:
    """“A”“B”等X: both quoted programmes belong to X."""
    assert belong(text) == [("书香三峡", "阳光校园工程"), ("阳光午休", "阳光校园工程")]


@pytest.mark.parametrize(
    ("text", "members"),
    [
        (
            "建设三通两平台，“三通”即宽带网络校校通、优质资源班班通、学习空间人人通。",
            ["宽带网络校校通", "优质资源班班通", "网络学习空间人人通"],
        ),
        (
            "建设三通两平台。“三通”即宽带网络校校通、优质资源班班通、学习空间人人通。",
            ["宽带网络校校通", "优质资源班班通", "网络学习空间人人通"],
        ),
        ("建设三通两平台，“三通”即宽带网络校校通、优质资源班班通。", []),
        ("建设三通两平台。他说，“三农”即农业、农村、农民。", []),
    ],
)
def test_short_name_spelt_out(text: str, members: list[str]) -> None:
    """“三通”即A、B、C are the three components of the programme that the paragraph speaks of; two items for three say nothing."""
    assert belong(text) == [(member, "三通两平台") for member in members]


@pytest.mark.parametrize(
    ("text", "members"),
    [
        (
            "启动乡村教师安居行动计划。该计划包括住房保障、交通补贴、子女入学三项内容。",
            ["住房保障", "交通补贴", "子女入学"],
        ),
        ("启动乡村教师安居行动计划。该计划包括住房保障、交通补贴三项内容。", []),
        ("启动乡村教师安居行动计划和校园足球。该计划包括住房保障、交通补贴两项内容。", []),
        ("启动乡村教师安居行动计划。\n该计划包括住房保障、交通补贴两项内容。", []),
    ],
)
def test_that_plan_spelt_out(text: str, members: list[str]) -> None:
    """该计划包括A、B、C三项: as many items as the number says, of the only plan of the paragraph."""
    assert belong(text) == [(member, "乡村教师安居行动计划") for member in members]


HEADINGS = ("（一）扩容增量工程。新建幼儿园。", "（二）素质跃升工程。培训教师。", "（三）设施焕新工程。改造食堂。")


@pytest.mark.parametrize(
    ("headings", "members"),
    [(HEADINGS, ["扩容增量工程", "素质跃升工程", "设施焕新工程"]), (HEADINGS[:2], [])],
)
def test_numbered_headings(headings: tuple[str, ...], members: list[str]) -> None:
    """“三大工程” and three numbered headings that end in 工程."""
    text = "\n".join(["实施“三大工程”。", *headings])
    assert belong(text) == [(member, "宜昌市三大工程") for member in members]


@pytest.mark.parametrize(
    ("heading", "body", "found"),
    [
        (
            "一、深入开展“清风校园”主题教育活动",
            "以“千师访万家”为载体，密切家校联系。",
            [("千师访万家", "清风校园")],
        ),
        ("一、深入开展校风建设", "以“千师访万家”为载体，密切家校联系。", []),
        ("深入开展“清风校园”主题教育活动。", "以“千师访万家”为载体，密切家校联系。", []),
        ("一、深入开展“清风校园”主题教育活动", "开展“千师访万家”活动，密切家校联系。", []),
    ],
)
def test_vehicle_of_a_campaign(heading: str, body: str, found: list[Row]) -> None:
    """以“X”为载体 below the heading of a campaign: X is how the campaign is done."""
    assert belong(f"{heading}\n{body}") == found


@pytest.mark.parametrize(
    "text", ["实施校园足球和课后服务。", "推进校园足球、课后服务、明厨亮灶。", "以课后服务带动校园足球。"]
)
def test_neighbours(text: str) -> None:
    """Programmes that only stand side by side are components of nothing."""
    assert belong(text) == []


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("实施“三优”工程，即培养优教师、优校长，打造优学校。", ["优教师", "优校长", "优学校"]),
        ("实施“两个一”行动，即为新教师提供一间周转房、一位结对导师。", ["周转房", "结对导师"]),
        ("实施“三优”工程（优师培育、优课打磨、优校共建）。", ["优师培育", "优课打磨", "优校共建"]),
        ("实施“三优”工程（优师培育、优课打磨）。", []),
        ("实施“三优”工程，即提高师资水平、提升课堂质量、改善办学条件。", []),
    ],
)
def test_counted_by_the_name(text: str, members: list[str]) -> None:
    """As many items as the name counts, without the deeds before them; aims are no components."""
    assert belong(text, "rule member") == [("spelt-out-components", member) for member in members]


@pytest.mark.parametrize(
    ("text", "rule", "member", "whole"),
    [
        ("承担国培计划中的影子校长项目。", "named-part-of-plan", "影子校长", "国培计划"),
        ("“影子校长”是国培计划的重要组成部分。", "said-to-be-part", "影子校长", "国培计划"),
        ("将校园足球纳入课后服务统筹实施。", "said-to-be-part", "校园足球", "课后服务"),
        ("作为课后服务的重要内容，开展校园足球。", "said-to-be-part", "校园足球", "课后服务"),
        ("以“千师访万家”为载体，深入开展阳光体育运动。", "vehicle-of-campaign", "千师访万家", "阳光体育运动"),
        ("印发《宜昌市强师行动计划》，明确实施“三大工程”。", "set-out-by-plan", "宜昌市三大工程", "宜昌市强师行动计划"),
    ],
)
def test_said_to_be_part(text: str, rule: str, member: str, whole: str) -> None:
    """A中的B项目, A是X的组成部分, 将A纳入X统筹实施, 作为X的重要内容，开展A, 以A为载体开展X, X，明确实施A."""
    assert belong(text, "rule member whole") == [(rule, member, whole)]


def test_headings_count_up() -> None:
    """Three headings that do not follow each other belong to no whole."""
    headings = ("（一）扩容增量工程。新建幼儿园。", "（四）素质跃升工程。培训教师。", "（九）设施焕新工程。改造食堂。")
    assert belong("\n".join(["实施“三大工程”。", *headings])) == []
