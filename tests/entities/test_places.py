"""Places: which names are read, which one of several namesakes is meant, and which words only look like places."""

import pytest
from reading import mentions, names, read

from kg.model import Kind


def ids(text: str, where: str = "", year: int | None = 2016) -> list[str | None]:
    """The linked places of a sentence by id; None for a name that stays open."""
    found = mentions(Kind.PLACE, text, where, year)
    return [m.entity.id.removeprefix("place/") if m.entity else None for m in found]


def rules(text: str, where: str = "", year: int | None = 2016) -> dict[str, str]:
    return {m.text: m.found_by for m in mentions(Kind.PLACE, text, where, year)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("山东省潍坊市寒亭区召开现场会。", ["370000", "370700", "370703"]),
        ("吉林省吉林市船营区召开现场会。", ["220000", "220200", "220204"]),
        ("昌乐县、诸城市先行一步。", ["370725", "370782"]),
        ("安徽省芜湖市和浙江省嘉兴市签订协议。", ["340000", "340200", "330000", "330400"]),
        ("靖西市、德保县学校全部达标。", ["451081", "451024"]),
        ("教师说他来自内蒙古自治区。", ["150000"]),
    ],
)
def test_full_names(text: str, found: list[str]) -> None:
    """A full name is read wherever it stands; names written one after the other are each a place."""
    assert ids(text) == found


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        ("鼓楼区新建学校三所。", "", [None]),
        ("鼓楼区新建学校三所。", "徐州市", ["320302"]),
        ("鼓楼区新建学校三所。", "福州市", ["350102"]),
        ("鼓楼区新建学校三所。", "宜昌市", [None]),
        ("南京市鼓楼区教师来访。", "徐州市", ["320100", "320106"]),
        ("朝阳区、通州区学校联合教研。", "北京市", ["110105", "110112"]),
        ("朝阳区学校联合教研。", "长春市", ["220104"]),
        ("朝阳区学校联合教研。", "", [None]),
    ],
)
def test_namesakes(text: str, where: str, found: list[str | None]) -> None:
    """A name that several counties share is the one of the part's city, or of the city named before it; else it stays open."""
    assert ids(text, where) == found


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        ("枝江、当阳、宜都率先达标。", "宜昌市", ["420583", "420582", "420581"]),
        ("学校分布在杭州和上海。", "", ["330100", "310000"]),
        ("襄阳学校先行一步。", "湖北省", ["420600"]),
        ("当阳光照进教室，孩子们笑了。", "宜昌市", []),
        ("兴山学校先行一步。", "宜昌市", ["420526"]),
        ("兴山学校先行一步。", "湖北省", []),
        ("枝江率先达标。", "", []),
    ],
)
def test_short_names(text: str, where: str, found: list[str]) -> None:
    """A city's or province's short form is read alone, a county's in its own city or in a list there, an ordinary word never."""
    assert ids(text, where) == found


def test_list_of_ordinary_words() -> None:
    """A list of ordinary words is no list of places: 资源 names no county in a text of 桂林市."""
    assert ids("资源、合作、和平都是大家的期盼。", "桂林市") == []


@pytest.mark.parametrize(
    "text",
    [
        "教育资源进一步优化，校企合作不断加强，校园和平安宁。",
        "民主管理、文化建设、安全教育、开放办学同步推进。",
        "各校规范县级台账，覆盖县域内所有学校。",
        "全市县级以上骨干教师占两成。",
        "选拔规范县长信箱办理流程。",
        "老师们走进杭州湾畔的课堂。",
        "这片土地是东方红的故乡。",
        "学生健全县内转学手续。",
    ],
)
def test_ordinary_words(text: str) -> None:
    """Words that contain or equal a place's name, and names that begin inside another word, are linked to no county."""
    assert [m.text for m in mentions(Kind.PLACE, text, "") if m.entity and m.found_by != "context-word"] == []


@pytest.mark.parametrize(
    ("text", "where"),
    [("推行校长职级制和县管校聘。", "马鞍山市"), ("全面推开县管校聘。", "重庆市")],
)
def test_county_that_ends_in_the_next_word(text: str, where: str) -> None:
    """和|县管校聘, 推开|县管校聘 name no 和县 and no 开县, not even in the city that has or had one."""
    assert ids(text, where, 2015) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("资源县、合作市、和平县参加会议。", ["450329", "623001", "441624"]),
        ("同心县、文成县参加会议。", ["640324", "330328"]),
    ],
)
def test_ordinary_word_with_its_ending(text: str, found: list[str]) -> None:
    """With 县 or 市 behind it even an ordinary word is a place."""
    assert ids(text) == found


def test_city_district_that_is_a_common_word() -> None:
    """城区 alone is any city's; after its city it is the district of that name."""
    assert ids("城区学校招生有序。", "宜昌市") == [None]
    assert ids("晋城市城区学校招生有序。") == ["140500", "140502"]


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        ("高新区学校启用。", "宜昌市", "宜昌高新技术产业开发区@宜昌市"),
        ("高新区学校启用。", "潍坊市", "潍坊高新技术产业开发区@潍坊市"),
        ("高新区学校启用。", "", None),
        ("高新区学校启用。", "湖北省", None),
    ],
)
def test_zones(text: str, where: str, found: str | None) -> None:
    """高新区 in a city's text is the one such zone of that city; without a city it stays open."""
    linked = [place for place in ids(text, where) if place]
    assert linked == ([found] if found else [])


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        ("营丘镇、五图街道新建幼儿园。", "昌乐县", ["营丘镇@昌乐县", "五图街道@昌乐县"]),
        ("营丘镇、五图街道新建幼儿园。", "宜昌市", []),
        ("营丘镇、五图街道新建幼儿园。", "", []),
        ("各乡镇、街道新建幼儿园。", "昌乐县", []),
    ],
)
def test_townships(text: str, where: str, found: list[str]) -> None:
    """A township is known by its county: it is read in the county's own text only."""
    assert ids(text, where) == found


@pytest.mark.parametrize(
    ("name", "where", "year", "found"),
    [
        ("射洪县", "四川省", 2018, "510922"),
        ("射洪市", "四川省", 2020, "510981"),
        ("襄樊市", "湖北省", 2008, "420600-1981"),
        ("襄阳市", "湖北省", 2012, "420600"),
        ("普兰店市", "大连市", 2013, "210282"),
        ("普兰店区", "大连市", 2017, "210214"),
        ("崇文区", "北京市", 2009, "110103"),
        ("莱芜市", "山东省", 2017, "371200"),
    ],
)
def test_place_of_its_year(name: str, where: str, year: int, found: str) -> None:
    """A name is linked to the place that bore it in the part's year."""
    assert ids(f"{name}学校全部达标。", where, year) == [found]


def test_old_short_name() -> None:
    """襄樊 in a text of 2008 is the city of that time, 襄阳 in 2012 its successor."""
    assert ids("襄樊学校全部达标。", "湖北省", 2008) == ["420600-1981"]
    assert ids("襄阳学校全部达标。", "湖北省", 2012) == ["420600"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("与韩国群山市、日本下关市互派学生。", ["群山市@韩国", "下关市@日本"]),
        ("与德国巴伐利亚州互派学生。", ["巴伐利亚州@德国"]),
        ("与韩国互派学生。", []),
    ],
)
def test_foreign_places(text: str, found: list[str]) -> None:
    """A city or state abroad is a place under its country; a country alone is none."""
    assert ids(text) == found


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        ("我县学校达标。", "昌乐县", "昌乐县"),
        ("全县学校达标。", "昌乐县", "昌乐县"),
        ("我市学校达标。", "昌乐县", "潍坊市"),
        ("我省学校达标。", "昌乐县", "山东省"),
        ("我国学校达标。", "昌乐县", "中国"),
        ("全区学校达标。", "徐州市 鼓楼区", "鼓楼区"),
        ("全区学校达标。", "广西壮族自治区", "广西壮族自治区"),
        ("本市学校达标。", "北京市", "北京市"),
        ("我市学校达标。", "枝江市", "枝江市"),
    ],
)
def test_context_words(text: str, where: str, found: str) -> None:
    """我市, 全县, 本区 are the part's own government or its ancestor of that tier, and are named nowhere else."""
    assert names(Kind.PLACE, text, where) == [found]


@pytest.mark.parametrize(
    "text", ["自我市场定位清晰。", "健全县域教研网络。", "安全区域划分清楚。", "完全市场化运作。", "全国学校达标。"]
)
def test_no_context_words(text: str) -> None:
    """自我|市场, 健全|县域, 安全|区域 hold no 我市, 全县, 全区; 全国 names nobody's jurisdiction."""
    assert names(Kind.PLACE, text, "昌乐县") == []


def test_context_words_of_an_open_part() -> None:
    """Where the part's place is open, 我市 and 全县 name nobody."""
    assert names(Kind.PLACE, "我市学校达标，全县教师培训。", "") == []


def test_each_rule_names_itself() -> None:
    """`found_by` tells how a place was read, so that `kg explain` can say it."""
    text = "我市枝江、当阳、夷陵区与韩国群山市互派教师，鼓楼区观摩。"
    assert rules(text, "宜昌市") == {
        "我市": "context-word",
        "枝江": "short-name",
        "当阳": "short-name",
        "夷陵区": "full-name",
        "韩国群山市": "foreign-place",
        "鼓楼区": "ambiguous-place",
    }
    assert rules("营丘镇新建幼儿园。", "昌乐县") == {"营丘镇": "township-of-the-county"}


def test_unlinked_places_make_no_claim() -> None:
    """A county whose name several share adopts nothing until the text says which one it is."""
    reading = read("鼓楼区推行校长职级制。", "", 2016)
    assert [claim.role("place") for claim in reading.claims] == [None]
