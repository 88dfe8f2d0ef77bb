"""Acts: which verbs open an act, how far the doing has come, and where the object ends."""

import pytest

from kg.entities.acts import Stage, find_acts


def acts(text: str) -> list[tuple[str, str]]:
    """Each act as (verbs, object)."""
    return [(act.verbs, text[slice(*act.object)]) for act in find_acts(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("制定印发实施方案。", [("制定印发", "实施方案")]),
        ("出台、印发并实施三项制度。", [("出台、印发并实施", "三项制度")]),
        ("推动建立长效机制。", [("建立", "长效机制")]),
        ("启动校舍改造，新建学校三所。", [("启动", "校舍改造"), ("新建", "学校三所")]),
        ("学校积极创建平安班级。", [("创建", "平安班级")]),
        ("督促各地建立台账。", [("督促", "各地"), ("建立", "台账")]),
        ("鼓励社会组织建立书屋。", [("鼓励", "社会组织"), ("建立", "书屋")]),
        ("一、建设标准化学校。", [("建设", "标准化学校")]),
    ],
)
def test_verbs_and_objects(text: str, found: list[tuple[str, str]]) -> None:
    """Verbs that follow one another are one act; its object goes on to the end of the clause or to the next act."""
    assert acts(text) == found


def test_clause_after_one_two_three() -> None:
    """一是, 二是, 三是 open a clause as 一、 does, so that a verb which may be a noun is one behind them."""
    assert acts("二是加强校长队伍建设。") == [("加强", "校长队伍建设")]


def test_clause_after_a_number_in_brackets() -> None:
    """（一） opens a clause as 一、 does, so that 建设 is a verb behind it."""
    assert acts("（一）建设标准化学校。") == [("建设", "标准化学校")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("根据实施方案和提升计划，分批进行。", []),
        ("落实情况良好，推进力度加大。", []),
        ("教师队伍建设取得成效。", []),
        ("学校标准化建设和校长培训同步。", []),
        ("贫困学生资助政策宣传到位。", []),
        ("开展提升计划中期评估。", [("开展", "提升计划中期评估")]),
        ("加强教师队伍建设。", [("加强", "教师队伍建设")]),
    ],
)
def test_verbs_that_are_nouns(text: str, found: list[tuple[str, str]]) -> None:
    """实施方案, 提升计划, 落实情况, 队伍建设: before and behind such nouns a verb is none."""
    assert acts(text) == found


@pytest.mark.parametrize(
    "text", ["以“实施精品战略”为题撰文。", "印有《完善治理指南》的展板。", "论坛（举办三届）反响良好。"]
)
def test_quoted_verbs_are_silent(text: str) -> None:
    """Verbs inside quotes, titles and brackets open no act."""
    assert acts(text) == []


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("实施校园绿化工程。", Stage.DO),
        ("推进校园绿化工程。", Stage.PUSH),
        ("启动校园绿化工程。", Stage.START),
        ("启动实施校园绿化工程。", Stage.START),
        ("完成校园绿化工程。", Stage.FINISH),
        ("停止实施校园绿化工程。", Stage.END),
        ("取消校园绿化工程。", Stage.END),
        ("推动实施校园绿化工程。", Stage.DO),
        ("建立完善校园绿化工程。", Stage.PUSH),
    ],
)
def test_stage(text: str, stage: Stage) -> None:
    """A chain of verbs comes to the furthest of them; 推动 and 推进 before another verb are light."""
    (act,) = find_acts(text)
    assert act.stage is stage


@pytest.mark.parametrize(
    ("text", "adverbs", "aspect"),
    [
        ("继续深入推进校园绿化。", "继续深入", ""),
        ("完成了校园绿化。", "", "了"),
        ("已建成两个操场。", "已", ""),
        ("拟制定两个标准。", "拟", ""),
        ("打造出一批好课。", "", "出"),
    ],
)
def test_adverbs_and_aspect(text: str, adverbs: str, aspect: str) -> None:
    """Adverbs before and the aspect behind the verbs are kept: they decide the status."""
    (act,) = find_acts(text)
    assert (act.adverbs, act.aspect) == (adverbs, aspect)


def test_an_unclosed_quote_hides_nothing() -> None:
    """A quotation mark without its partner (a scan lost it) does not blank the rest of the sentence."""
    assert acts("针对“老问题，实施新举措。") == [("实施", "新举措")]
