"""Agencies: place or tier word × organ, the central bodies, and the words that only begin like them."""

from functools import cache

import pytest
from reading import mentions, names, part

from kg.entities import entity_reader
from kg.entities.agencies import AgencyFinder
from kg.lexicons import load_lexicons
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


# ── The finder and its links alone ─────────────────────────────────────────────────────────────────────────────────


@cache
def finder() -> AgencyFinder:
    lexicons = load_lexicons()
    return AgencyFinder(lexicons.organs, lexicons.agencies, entity_reader().gazetteer)


def linked(text: str, where: str = "", agency: str = "", year: int | None = 2016) -> list[str | None]:
    """The agencies of a sentence by name, in order; None for one that stays open. `agency` is who speaks."""
    speaker = next((finder().link(found, part(agency, where)) for found in finder()(agency)), None) if agency else None
    of_part = part(text, where, year, agency=speaker)
    found = sorted(finder()(text), key=lambda one: one.span)
    entities = (finder().link(one, of_part) for one in found)
    return [entity.name if entity else None for entity in entities]


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        ("县教体局统一调配教师。", "昌乐县", ["昌乐县教育和体育局"]),
        ("区教育和体育局统一调配教师。", "徐州市 鼓楼区", ["鼓楼区教育和体育局"]),
        ("县教育体育局统一调配教师。", "昌乐县", ["昌乐县教育和体育局"]),
        ("区文教体局统一调配教师。", "徐州市 鼓楼区", ["鼓楼区文化教育体育局"]),
        ("县科教局统一调配教师。", "昌乐县", ["昌乐县教育科技局"]),
        ("县教科体局统一调配教师。", "昌乐县", ["昌乐县教育科技和体育局"]),
        ("县教育文化体育局统一调配教师。", "昌乐县", ["昌乐县教育文化体育局"]),
        ("市教委统一部署。", "重庆市", ["重庆市教育委员会"]),
        ("市教育委员会、市财政局联合发文。", "重庆市", ["重庆市教育委员会", "重庆市财政局"]),
        ("市公安局加强校园安保。", "上海市", ["上海市公安局"]),
        ("市委教育工委印发要点。", "宜昌市", ["中共宜昌市委教育工作委员会"]),
        ("市委教育工作委员会印发要点。", "宜昌市", ["中共宜昌市委教育工作委员会"]),
        ("县政府办转发通知。", "昌乐县", ["昌乐县人民政府办公室"]),
        ("市政府教育督导委员会办公室组织督查。", "宜昌市", ["宜昌市教育督导委员会办公室"]),
        ("市教育督导委员会办公室组织督查。", "宜昌市", ["宜昌市教育督导委员会办公室"]),
        ("市委办公室印发通知。", "宜昌市", ["中共宜昌市委办公室"]),
        ("市委编办核定编制。", "宜昌市", ["中共宜昌市委机构编制委员会办公室"]),
        ("市编办、市人社局核定编制。", "宜昌市", ["宜昌市机构编制委员会办公室", "宜昌市人力资源和社会保障局"]),
        ("市发改委、市文明办牵头。", "宜昌市", ["宜昌市发展和改革委员会", "宜昌市精神文明建设指导委员会办公室"]),
        ("团市委、市妇联、市关工委参加。", "宜昌市", ["共青团宜昌市委员会", "宜昌市妇女联合会", "宜昌市关心下一代工作委员会"]),
        ("团省委表彰优秀辅导员。", "宜昌市", ["共青团湖北省委员会"]),
        ("共青团宜昌市委表彰优秀辅导员。", "", ["共青团宜昌市委员会"]),
        ("中共宜昌市委、共青团宜昌市委员会联合表彰。", "", ["中共宜昌市委员会", "共青团宜昌市委员会"]),
        ("中国共产党宜昌市委员会召开全会。", "", ["中共宜昌市委员会"]),
        ("政协宜昌市委员会视察学校。", "", ["宜昌市政协"]),
        ("市食药监局、市市场监管局检查食堂。", "宜昌市", ["宜昌市食品药品监督管理局", "宜昌市市场监督管理局"]),
        ("市卫健委、市卫计委、市卫生局职责调整。", "宜昌市", ["宜昌市卫生健康委员会", "宜昌市卫生和计划生育委员会", "宜昌市卫生局"]),
        ("市人事局招考教师。", "宜昌市", ["宜昌市人事局"]),
        ("自治区教育厅下达计划。", "南宁市", ["广西壮族自治区教育厅"]),
        ("自治区党委部署工作。", "南宁市", ["中共广西壮族自治区委员会"]),
        ("旗教育局、盟教育局开展联合督查。", "正蓝旗", ["正蓝旗教育局", "锡林郭勒盟教育局"]),
        ("州教育局开展督查。", "恩施市", ["恩施土家族苗族自治州教育局"]),
        ("市委市政府高度重视。", "宜昌市", ["中共宜昌市委员会", "宜昌市人民政府"]),
        ("省委省政府、市委市政府高度重视。", "宜昌市", ["中共湖北省委员会", "湖北省人民政府", "中共宜昌市委员会", "宜昌市人民政府"]),
        ("市教育局等五部门联合发文。", "宜昌市", ["宜昌市教育局"]),
        ("市教育局长期坚持开门办学。", "宜昌市", ["宜昌市教育局"]),
        ("（二）市人民政府批准的方案。", "宜昌市", ["宜昌市人民政府"]),
        ("按照议程召集的市人民代表大会听取汇报。", "宜昌市", ["宜昌市人民代表大会"]),
        ("高新区教育局启动招生。", "宜昌市", ["宜昌高新技术产业开发区教育局"]),
        ("成都高新区社会事业局启动招生。", "", ["成都高新技术产业开发区社会事业发展局"]),
        ("市教育局党组召开民主生活会。", "宜昌市", ["中共宜昌市教育局党组"]),
        ("县委全面深化改革委员会办公室督办。", "昌乐县", ["中共昌乐县委全面深化改革委员会办公室"]),
    ],
)  # fmt: skip
def test_offices_of_every_tier(text: str, where: str, found: list[str | None]) -> None:
    """Place × office under every name that offices bear: merged ones, party and mass organisations, two written as one word."""
    assert linked(text, where) == found


@pytest.mark.parametrize(
    "text",
    [
        "省、市教育行政部门加强指导。",
        "各县（市）区教育局分头落实。",
        "各区、市人民政府分头落实。",
        "全市政府系统转变作风。",
        "设区的市人民政府统筹编制。",
        "省辖市人民政府统筹编制。",
        "县级市人民政府统筹编制。",
        "区教育局长参加会议。",
        "我委托第三方开展评估。",
        "自我局限的观念要破除。",
        "我部署的任务已完成。",
        "成立水资源管理委员会。",
        "全区各族人民和人大代表一致赞成。",
        "各级党委、政府高度重视。",
        "民盟宜昌市委捐资助学。",
        "学校团委组织活动。",
        "社会各界团结协作。",
    ],
)
def test_words_that_are_no_agency(text: str) -> None:
    """Several offices, kinds of offices, offices' heads, other parties' committees, and words that only look like an office."""
    assert linked(text, "宜昌市") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我局牵头制定方案。", ["宜昌市教育局"]),
        ("本局各科室负责落实。", ["宜昌市教育局"]),
        ("局党组高度重视。", ["中共宜昌市教育局党组"]),
        ("局党委高度重视。", ["中共宜昌市教育局委员会"]),
        ("我厅牵头制定方案。", [None]),
        ("我局、市财政局联合发文。", ["宜昌市教育局", "宜昌市财政局"]),
    ],
)
def test_the_agency_that_speaks(text: str, found: list[str | None]) -> None:
    """我局 is the bureau whose text this is; 我厅 in a bureau's text, and 我局 where nobody is known to speak, stay open."""
    assert linked(text, "宜昌市", agency="宜昌市教育局") == found
    assert linked("我局牵头制定方案。", "宜昌市") == [None]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("教育部等九部门印发减负措施。", ["教育部"]),
        ("教育部、财政部印发通知。", ["教育部", "财政部"]),
        ("中共教育部党组、共青团中央印发通知。", ["中共教育部党组", "共青团中央"]),
        ("全国妇联、中国关工委印发通知。", ["全国妇联", "中国关心下一代工作委员会"]),
        ("中宣部、中组部、中央编办、中央文明办部署。", ["中共中央宣传部", "中共中央组织部", "中央编办", "中央文明办"]),
        ("国务院教育督导委员会办公室发布预警。", ["国务院教育督导委员会办公室"]),
        ("国务院教育督导委员会部署督导。", ["国务院教育督导委员会"]),
        ("国务院扶贫办、国家乡村振兴局部署。", ["国务院扶贫开发领导小组办公室", "国家乡村振兴局"]),
        ("国家教委颁布规程。", ["国家教育委员会"]),
        ("卫生部和国家体育总局监测学生体质。", ["卫生部", "国家体育总局"]),
        ("国家卫计委和国家卫健委监测近视率。", ["国家卫生和计划生育委员会", "国家卫生健康委员会"]),
        ("卫生部门和教育部门联合检查。", []),
        ("县级以上教育部门负责。", []),
        ("国务院特殊津贴专家进校园。", []),
    ],
)  # fmt: skip
def test_central_bodies_by_name(text: str, found: list[str]) -> None:
    """An old name names the old body, in whichever year; a joint issuer is the one that leads it."""
    assert linked(text, "宜昌市", year=2020) == found


@pytest.mark.parametrize(
    ("name", "predecessor", "until"),
    [
        ("教育部", "国家教育委员会", 1998),
        ("国家卫生和计划生育委员会", "卫生部", 2013),
        ("国家卫生健康委员会", "国家卫生和计划生育委员会", 2018),
        ("人力资源和社会保障部", "人事部", 2008),
        ("文化和旅游部", "文化部", 2018),
        ("国家乡村振兴局", "国务院扶贫开发领导小组办公室", 2021),
        ("国家体育总局", "国家体育运动委员会", 1998),
        ("国家人口和计划生育委员会", "国家计划生育委员会", 2003),
        ("国家林业和草原局", "国家林业局", 2018),
        ("国家监察委员会", "监察部", 2018),
    ],
)
def test_renamings(name: str, predecessor: str, until: int) -> None:
    """The lexicon knows what a body was called before, and until when."""
    agencies = {agency.name: agency for agency in load_lexicons().agencies}
    assert (agencies[name].predecessor, agencies[predecessor].valid_to, agencies[name].valid_from) == (
        predecessor,
        until,
        until,
    )


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("县教育局会同县财政局印发《教师补贴办法》。", ["沅陵县教育局", "沅陵县财政局"]),
        ("规范县教育局管理，提高县财政局效能。", ["沅陵县教育局", "沅陵县财政局"]),
        ("县教育局和县财政局联合检查。", ["沅陵县教育局", None]),
        ("会同县教育局来访。", ["会同县教育局"]),
    ],
)
def test_counties_that_are_pieces_of_words(text: str, agencies: list[str | None]) -> None:
    """会同, 规范, 提高 before 县教育局 are words, not 会同县, 范县, 高县; 和县 may be either and stays open."""
    assert names(Kind.AGENCY, text, "沅陵县") == agencies
