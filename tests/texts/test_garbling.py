"""Clean text, garbled in every way the web knows, comes back; what is no garbling stays."""

from __future__ import annotations

import random
from difflib import SequenceMatcher

import pytest
from garbler import GARBLES
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.texts import clean
from kg.texts.cleaning import repaired

SENTENCES = (
    "全面落实立德树人根本任务，扎实推进义务教育优质均衡发展，新建、改扩建中小学校32所，新增学位1.8万个。",
    "深化“县管校聘”管理改革，城区学校与农村学校教师交流轮岗比例达到12.5%以上，惠及学生6.3万人。",
    "印发《关于加强乡村教师队伍建设的实施办法》（临教发〔2016〕18号），落实乡镇工作补贴，留住好教师。",
    "启动第三期学前教育行动计划（2017—2020年），普惠性幼儿园覆盖率达到82%，比上年提高4.6个百分点。",
    "开展“一师一优课、一课一名师”活动，晒课5,600节，获得省级优课136节，信息化应用水平明显提升。",
    "落实贫困家庭学生资助政策，发放助学金2,380万元，资助学生1.2万人次，做到应助尽助、不漏一人。",
    "加强校园安全管理，封闭式管理、一键报警、护学岗设置三项达标率均为100%，校车安全运行无事故。",
    "推进职业教育产教融合，与46家企业共建实训基地；组织参加全国职业院校技能大赛，获一等奖3项。",
    "实施特殊教育提升计划，为残疾儿童少年“一人一案”送教上门，适龄残疾儿童入学率达到95%。",
)
HEADINGS = (
    "一、主要工作成效",
    "二、存在的问题和不足",
    "（一）加快学校建设步伐",
    "（二）建强教师队伍",
    "三、下一步工作打算",
)


def policy_text(chance: random.Random, paragraphs: int = 12) -> str:
    """A title, then headings and paragraphs of whole sentences."""
    lines = ["临川市教育局2016年工作总结"]
    for n in range(paragraphs):
        if n % 3 == 0:
            lines.append(HEADINGS[n // 3 % len(HEADINGS)])
        lines.append("".join(chance.sample(SENTENCES, chance.randint(2, 5))))
    return "\n".join(lines)


def kept(original: str, found: str) -> float:
    """The share of characters that both have in the same order."""
    if original == found:
        return 1.0
    blocks = SequenceMatcher(None, original, found, autojunk=False).get_matching_blocks()
    return 2 * sum(block.size for block in blocks) / (len(original) + len(found))


FEWER = settings(max_examples=settings.default.max_examples // 5)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", GARBLES)
@FEWER
@given(seed=st.integers(0, 10**6))
def test_garbled_text_comes_back(name: str, seed: int) -> None:
    """At least 99.5 % of the characters, and every one of them at its place in the garbled text."""
    chance = random.Random(seed)
    text = clean(policy_text(chance, 6))[0]
    garbled = GARBLES[name](text, chance)
    found, origin = clean(garbled)
    assert kept(text, found) >= 0.995, found
    assert list(origin) == sorted(origin)
    assert clean(found)[0] == found


@given(
    seed=st.integers(0, 10**6), names=st.lists(st.sampled_from(sorted(GARBLES)), min_size=2, max_size=3, unique=True)
)
def test_cleaning_twice_changes_nothing(seed: int, names: list[str]) -> None:
    """Whatever has happened to the text, and in whatever order."""
    chance = random.Random(seed)
    garbled = policy_text(chance, 4)
    for name in names:
        garbled = GARBLES[name](garbled, chance)
    once = repaired(garbled)
    assert repaired(once.text).text == once.text
    assert len(once.origin) == len(once.text)
    assert all(0 <= at < len(garbled) for at in once.origin)


@pytest.mark.parametrize(
    ("garbled", "tidy"),
    [
        ("遵义市教育局\n201836", "遵义市教育局\n2018年3月6日"),
        ("遵义市教育局\n20181225", "遵义市教育局\n2018年12月25日"),
        ("遵义市教育局\n2018 3 6", "遵义市教育局\n2018年3月6日"),
        ("遵义市教育局\n2018111", "遵义市教育局\n2018111"),  # 1月11日 or 11月1日
        ("遵义市教育局\n201899", "遵义市教育局\n2018年9月9日"),
        ("编号\n20189944", "编号\n20189944"),
        ("全面完成任务?/p>\n再接再厉", "全面完成任务\n再接再厉"),
        ("各校要重视?。ㄒ唬┘忧苛斓肌", "各校要重视\n（一）┘忧苛斓肌"),
        ("工作要点\n?。ㄈ?推进均衡", "工作要点\n（三）推进均衡"),
        ("&ldquo;三名&rdquo;工程&nbsp;AT&T公司", "“三名”工程AT&T公司"),
        ("<p>第一段。</p><p>第二段&lt;节选&gt;。</p>", "第一段。\n第二段<节选>。"),
        ('详见 HYPERLINK "http://a.cn/b" \\o "政策解读" 政策解读。', "详见政策解读。"),
        ("1、 2、 3、\n正文在此。", "正文在此。"),
        ("主要做法：1、2、\n其一是重视。", "主要做法：\n其一是重视。"),
        ("提高教育质量，\n促进教育公平。", "提高教育质量，促进教育公平。"),
        ("一要抓党建，\n二、办学条件", "一要抓党建，\n二、办学条件"),
        ("党建工作\n- 12 -\n教学工作", "党建工作\n教学工作"),
        ("增长率为\n3/5\n的学校", "增长率为\n的学校"),
    ],
)
def test_what_the_text_determines_is_undone(garbled: str, tidy: str) -> None:
    """And nothing beyond it."""
    assert clean(garbled)[0] == tidy


def test_restored_signs_point_into_the_original() -> None:
    """Characters that were put back stand for the ones they were put before; a quote still selects the printed words."""
    text = "办公室\n201836"
    found, origin = clean(text)
    start = found.index("2018")
    assert text[origin[start] : origin[len(found) - 1] + 1] == "201836"


@pytest.mark.parametrize(
    "text",
    [
        "全县20所学校参加，其中：\n城关镇中心小学\n红旗镇中心小学\n东风镇中心小学\n团结镇中心小学\n新华镇中心小学\n和平镇中心小学\n光明镇中心小学\n胜利镇中心小学\n其他学校。",
        "师生比为1:12，占3/5，温度<30度且>10度。",
        "使用C#语言和A&B模式授课。",
        "乾县与乾安县开展后勤干部里程表比对，于发展、云计算、面条、松树，著名。",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    """Lists of names, fractions, signs of other meaning, characters that both scripts have."""
    assert clean(text)[0] == text
