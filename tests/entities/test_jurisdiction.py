"""Parts: which government speaks, by which evidence, and when the text does not say."""

from dataclasses import replace
from decimal import Decimal

import pytest
from reading import Row

from kg.entities import entity_reader
from kg.model import Decision, Part
from kg.texts import read_document, split_parts

BODY = "全面落实各项任务，新建公办幼儿园三所，改造农村学校食堂十二个，群众满意度进一步提高。"


def parts(text: str) -> tuple[Part, ...]:
    return entity_reader().place_parts(split_parts(read_document(text.encode(), "a.txt")))


def decided(part: Part) -> Row:
    """Place, agency, and the rule and words that decided the place."""
    decision = next(d for d in part.decided if d.what == "place")
    words = part.document.clean[slice(*decision.span)] if decision.span else ""
    place = part.place.name if part.place else None
    return place, part.agency.name if part.agency else None, decision.rule, words


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        (f"易县教育局2016年工作总结\n{BODY}", "易县", "易县教育局"),
        (f"岷县2016年教育工作总结\n{BODY}", "岷县", None),
        (f"2016年工作总结\n{BODY * 6}\n攸县教育局\n2016年12月20日", "攸县", "攸县教育局"),
        (f"2016年工作总结\n{BODY}不断规范县域办学，提高县中质量。", None, None),
    ],
)
def test_counties_of_two_characters(text: str, place: str | None, agency: str | None) -> None:
    """易县 is sure where an office stands behind it or it opens a title; in 规|范县|域 nothing is named."""
    (part,) = parts(text)
    assert decided(part)[:2] == (place, agency)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("大力实施科教兴冀战略。我省教育投入持续增长，全省新建公办幼儿园三百所。", "河北省"),
        ("大力实施科教兴冀战略。我县教育投入持续增长，全县新建公办幼儿园三所。", None),
        ("大力实施科教兴省战略。我省教育投入持续增长，全省新建公办幼儿园三百所。", None),
    ],
)
def test_slogan_of_a_province(text: str, place: str | None) -> None:
    """科教兴冀 is said by 河北省 alone, of itself; a county may repeat it."""
    assert decided(parts(text)[0])[0] == place


def test_a_visited_place_in_a_title() -> None:
    """南通取经归来: the title names whom one learned from."""
    text = "南通取经归来 宜昌教育再出发\n本报讯 近日，市政府印发《宜昌市基础教育提升行动计划》。我市将出台《宜昌市教师管理办法》。"
    assert decided(parts(text)[0])[0] == "宜昌市"


def test_zone_by_its_usual_name() -> None:
    """杨凌示范区 is what 杨凌农业高新技术产业示范区 is called, whatever 全省 the text speaks of besides."""
    text = f"杨凌示范区2019年教育工作总结\n{BODY}在全省率先实施，全省推广。"
    assert decided(parts(text)[0])[0] == "杨凌农业高新技术产业示范区"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"宜昌市教育局2016年工作总结\n{BODY}",
            ("宜昌市", "宜昌市教育局", "title-or-heading-names-agency", "宜昌市教育局"),
        ),
        (
            f"徐州市鼓楼区教育局2016年工作总结\n{BODY}",
            ("鼓楼区", "鼓楼区教育局", "title-or-heading-names-agency", "徐州市鼓楼区教育局"),
        ),
        (f"宜昌市2016年教育工作总结\n{BODY}", ("宜昌市", None, "title-names-place", "宜昌市")),
        (
            f"2016年工作总结\n——宜昌市教育局\n{BODY}",
            ("宜昌市", "宜昌市教育局", "title-or-heading-names-agency", "宜昌市教育局"),
        ),
        (
            f"2016年工作总结\n{BODY * 6}\n宜昌市教育局\n2016年12月20日",
            ("宜昌市", "宜昌市教育局", "signature-names-agency", "宜昌市教育局"),
        ),
        (
            f"2016年工作总结\n{BODY}印发《宜昌市校车安全管理办法》，出台《宜昌市学前教育管理办法》。",
            ("宜昌市", None, "own-document-names-place", "宜昌市"),
        ),
        (
            f"市教育局2016年工作总结\n{BODY}印发《宜昌市校车安全管理办法》，出台《宜昌市学前教育管理办法》。",
            ("宜昌市", "宜昌市教育局", "own-document-names-place", "宜昌市"),
        ),
        (
            f"2016年工作总结\n{BODY}我县在营丘镇、五图街道、宝都街道、朱刘街道、乔官镇新建校舍。",
            ("昌乐县", None, "townships-of-one-county", "营丘镇"),
        ),
        (
            f"2016年工作总结\n{BODY}宜昌教育再上台阶，振兴宜昌学校美育，学在宜昌的品牌打响。",
            ("宜昌市", None, "speaks-of-its-own-education", "宜昌"),
        ),
        (f"教育部2016年工作要点\n{BODY}", ("中国", "教育部", "title-or-heading-names-agency", "教育部")),
        (
            f"2016年工作要点\n{BODY}我部将加强统筹，支持直属高校发展。",
            ("中国", None, "ministry-speaks-of-itself", "我部"),
        ),
        (
            f"本报讯（记者 某某）日前，南京市鼓楼区召开教育大会。{BODY}",
            ("鼓楼区", None, "news-lead-names-place", "南京市鼓楼区"),
        ),
    ],
)
def test_who_speaks(text: str, expected: Row) -> None:
    """Title, signature, own documents, own townships, its own education, the ministry's 我部, the opening of a report."""
    (part,) = parts(text)
    assert decided(part) == expected


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f"2016年工作总结\n{BODY}我市教育质量稳步提升。", "no-place-determined"),
        (f"某市教育局2016年工作总结\n{BODY}", "no-place-determined"),
        (f"鼓楼区教育局2016年工作总结\n{BODY}", "no-place-determined"),
        (f"2016年工作总结\n{BODY}赴宜昌市教育局考察。", "evidence-too-weak-or-divided"),
        (
            f"2016年工作总结\n{BODY}印发《宜昌市校车安全管理办法》，出台《荆门市学前教育管理办法》。",
            "evidence-too-weak-or-divided",
        ),
        (f"2016年工作总结\n{BODY}我县在营丘镇和五图街道新建校舍。", "no-place-determined"),
    ],
)
def test_open_place(text: str, rule: str) -> None:
    """Nothing, a shared name, too little, or two places with the same evidence leave the part without a place."""
    (part,) = parts(text)
    assert decided(part) == (None, None, rule, "")


def test_bureau_of_the_tier() -> None:
    """市教育局 in the title of a text whose documents name the city is that city's bureau."""
    (part,) = parts(f"市教育局2016年工作总结\n{BODY}印发《宜昌市校车安全管理办法》，出台《宜昌市学前教育管理办法》。")
    (decision,) = [d for d in part.decided if d.what == "agency"]
    assert (decision.value, decision.rule) == ("宜昌市教育局", "title-names-agency-of-tier")


def test_tier_of_the_text() -> None:
    """我县 tells that a county speaks: a city named as often in its own words is not it."""
    text = f"2016年工作总结\n{BODY}我县出台《宜昌市学前教育管理办法》实施细则，我县贯彻《宜昌市校车安全管理办法》，全县达标。"
    (part,) = parts(text)
    assert part.place is None or part.place.name != "宜昌市"


def test_parts_of_one_title_share_their_evidence() -> None:
    """The plan below the summary speaks for the city of their common title."""
    text = f"宜昌市教育局2015年工作总结和2016年工作要点\n一、2015年主要工作总结\n{BODY}\n二、2016年工作要点\n{BODY}"
    assert [(p.year, p.place and p.place.name, p.agency and p.agency.name) for p in parts(text)] == [
        (2015, "宜昌市", "宜昌市教育局"),
        (2016, "宜昌市", "宜昌市教育局"),
    ]


def test_documents_of_a_compilation_do_not_share_it() -> None:
    """Two documents in one file speak for two governments."""
    text = f"宜昌市教育局2016年工作总结\n{BODY}\n昌乐县教育局2015年工作总结\n{BODY}"
    assert [(p.year, p.place and p.place.name) for p in parts(text)] == [(2016, "宜昌市"), (2015, "昌乐县")]


def test_district_in_a_citys_text() -> None:
    """A city that names its districts often still speaks for itself; 我市 tells the tier."""
    text = f"宜昌市2016年教育工作总结\n{BODY}夷陵区教育局、西陵区教育局、夷陵区教育局先行，我市全面跟进，我市达标。"
    (part,) = parts(text)
    assert part.place is not None
    assert part.place.name == "宜昌市"


@pytest.mark.parametrize(
    ("text", "place", "rule"),
    [
        (
            "学前教育条例\n2017年9月28日宜昌市第六届人民代表大会常务委员会第六次会议通过\n第一条 为了办好幼儿园，制定本条例。",
            "宜昌市",
            "adopted-by",
        ),
        (
            "宜昌市学前教育条例\n2017年9月28日荆门市第九届人民代表大会常务委员会第六次会议通过\n第一条 为了办好幼儿园。",
            "宜昌市",
            "title-names-place",
        ),
        (
            "工作报告\n——2017年1月9日在贵州省第十二届人民代表大会第五次会议上\n各位代表：",
            "贵州省",
            "given-at-its-congress",
        ),
        ("工作报告\n各位代表：\n我代表宜昌市人民政府，向大会报告工作。", "宜昌市", "speaks-for-its-government"),
        (
            f"宜昌市教育综述\n{BODY}夷陵区人民政府出资，夷陵区教育局实施，" + "夷陵区教育局负责，" * 12,
            "宜昌市",
            "title-names-place",
        ),
        (
            f"工作总结\n我省全省学校。{BODY}遵义、安顺、毕节的学校和武汉、襄阳、宜昌的学校结对。",
            None,
            "no-place-determined",
        ),
        (f"工作总结\n我省全省学校。{BODY}遵义、安顺、毕节建成寄宿制学校。", None, "no-place-determined"),
        (f"工作总结\n{BODY}遵义、安顺、毕节、铜仁、六盘水建成寄宿制学校。", None, "no-place-determined"),
    ],
)
def test_place_and_its_rule(text: str, place: str | None, rule: str) -> None:
    """Who adopted it, heard it or gave it; offices named in passing never outweigh a title; four places of one parent, with 全省."""
    (part,) = parts(text)
    assert decided(part)[::2] == (place, rule)


def test_approval_is_not_adoption() -> None:
    """The province that approves a city's regulation does not speak in it."""
    (part,) = parts(
        "学前教育条例\n2017年9月28日宜昌市第六届人民代表大会常务委员会第六次会议通过\n"
        "2017年11月29日湖北省第十二届人民代表大会常务委员会第三十一次会议批准\n第一条 为了办好幼儿园，制定本条例。"
    )
    assert decided(part)[0] == "宜昌市"


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        (f"宜昌市教育局2016年工作总结\n{BODY}", "0.98", "0.98"),
        (f"宜昌市2016年教育工作总结\n{BODY}", "0.97", "0"),
        (f"2016年工作总结\n{BODY}我县在营丘镇、五图街道、宝都街道、朱刘街道新建校舍。", "0.8", "0"),
        (f"2016年工作总结\n{BODY}", "0", "0"),
    ],
)
def test_confidence(text: str, place: str, agency: str) -> None:
    """As sure as the strongest rule is; nothing where it stays open."""
    (part,) = parts(text)
    sure = {decision.what: decision.confidence for decision in part.decided}
    assert (sure["place"], sure["agency"]) == (Decimal(place), Decimal(agency))


def test_words_of_a_title_on_two_lines() -> None:
    """The decision points to the words where they stand, also in the second line of a title."""
    (part,) = parts(f"一份材料\n宜昌市教育局\n2016年工作总结\n{BODY}")
    assert decided(part) == ("宜昌市", "宜昌市教育局", "title-or-heading-names-agency", "宜昌市教育局")


def test_title_that_the_user_gave() -> None:
    """It tells the place too, though its words stand nowhere in the text."""
    (part,) = split_parts(read_document(BODY.encode(), "a.txt"))
    titled = replace(part, title="宜昌市教育局工作总结", decided=(Decision("title", "宜昌市教育局工作总结", "given"),))
    (placed,) = entity_reader().place_parts([titled])
    assert decided(placed) == ("宜昌市", "宜昌市教育局", "title-or-heading-names-agency", "")


@pytest.mark.parametrize(
    ("file", "text", "doubted"),
    [
        ("荆门市教育局工作总结.txt", f"宜昌市教育局工作总结\n{BODY}", [("荆门市", "file-name-names-place-disagrees")]),
        ("宜昌市教育局工作总结.txt", f"宜昌市教育局工作总结\n{BODY}", []),
        ("湖北省各市总结.txt", f"宜昌市教育局工作总结\n{BODY}", []),
    ],
)
def test_another_speaker_is_told(file: str, text: str, doubted: list[tuple[str, str]]) -> None:
    """A place that speaks against the one decided stays among the decisions, behind it."""
    (part,) = entity_reader().place_parts(split_parts(read_document(text.encode(), file)))
    first, *others = [decision for decision in part.decided if decision.what == "place"]
    assert first.value == "宜昌市"
    assert [(other.value, other.rule) for other in others] == doubted


@pytest.mark.parametrize("title", ["宜昌市科学技术协会条例", "宜昌市妇女联合会工作条例"])
def test_a_law_about_an_agency_is_not_its_own(title: str) -> None:
    """The body that a law is about does not speak in it."""
    (part,) = parts(f"{title}\n第一条 为了规范工作，制定本条例。{BODY}")
    assert (part.place and part.place.name, part.agency) == ("宜昌市", None)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("枝江市改造校舍，枝江市配齐教师，枝江市招生有序。", "枝江市"),
        ("枝江市改造校舍，枝江市配齐教师，枝江市招生有序，荆门市来访。", "枝江市"),
        ("桃源县改造校舍，桃源教师配齐，桃源学校开学。", "桃源县"),
        ("枝江市改造校舍，枝江市配齐教师，枝江市招生有序，荆门市、荆门市来访。", None),
        ("枝江市改造校舍，枝江教师配齐。", None),
        ("枝江改造校舍，枝江配齐教师，枝江招生有序。", None),
        ("湖北省改造校舍，湖北省配齐教师，湖北省招生有序。", None),
    ],
)
def test_one_place(text: str, place: str | None) -> None:
    """Named in full, three times, and three times as often as any other city or county; a province names nobody."""
    (part,) = parts(f"校园里的新变化\n{text}{BODY}")
    assert decided(part)[::2] == (place, "speaks-of-one-place" if place else "no-place-determined")


@pytest.mark.parametrize(
    ("line", "body", "place"),
    [
        ("来源：昌乐县政府网", "我县建成新校，我县达标。", "昌乐县"),
        ("来源：昌乐县教育局", "我县建成新校，我县达标。", "昌乐县"),
        ("来源：宜昌市政府网", "我县建成新校，我县达标。", None),
        ("来源：昌乐县政府网", "建成新校，各校达标。", None),
        ("来源：新华网", "我县建成新校，我县达标。", None),
        ("来源：中国网", "我市建成新校，我市达标。", None),
    ],
)
def test_source_line(line: str, body: str, place: str | None) -> None:
    """A government's site above a text that says 我县 tells the county, if it is a county's site."""
    (part,) = parts(f"2016年工作总结\n{line}\n{body}{BODY}")
    assert decided(part)[::2] == (place, "source-line-names-place" if place else "no-place-determined")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("县委、县政府重视，县教育局狠抓落实。出台《昌乐县学前教育办法》。", "昌乐县"),
        ("县委、县政府重视，县教育局狠抓落实。出台《宜昌市学前教育办法》，印发《宜昌市校车办法》。", None),
        ("我县在全市领先，市委、市政府肯定。出台《宜昌市校车办法》，印发《宜昌市午餐办法》。", None),
        ("我县制订《昌乐县校车办法》，我县达标。", "昌乐县"),
        ("我县按照《昌乐县学前教育行动计划》推进，我县达标。", "昌乐县"),
        ("我县按照《宜昌市学前教育行动计划》推进，我县根据《宜昌市教育发展规划》达标。", None),
        ("学校按照《昌乐县学前教育行动计划》推进。", None),
    ],
)
def test_own_documents_of_the_tier(text: str, place: str | None) -> None:
    """One document of a county is enough where 我县 or 县委、县政府 speaks, also a plan that it follows; a city's is not."""
    (part,) = parts(f"2016年工作总结\n{text}{BODY}")
    assert decided(part)[::2] == (place, "own-document-names-place" if place else "no-place-determined")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"昌乐教育再上台阶\n我县达标。{BODY}", "昌乐县"),
        (f"昌乐教育再上台阶\n{BODY}", None),
        (f"2016年工作总结\n{BODY * 2}办好人民满意的昌乐教育。我县达标。", "昌乐县"),
        (f"2016年工作总结\n{BODY * 2}我县达标。打造房县教育品牌，我县建校。", "房县"),
        (f"2016年工作总结\n{BODY * 2}我县达标。学习昌乐教育经验，我县建校。", None),
        (f"2016年工作总结\n{BODY * 2}我县达标。赴外地考察昌乐教育，我县建校。", None),
        (f"2016年工作总结\n{BODY * 2}我市达标。借鉴青岛特色做法，我市建校。", None),
        (f"2016年工作总结\n{BODY * 2}我县达标。对标青岛教育，我县建校。", None),
        (f"2016年工作总结\n{BODY * 2}学校服务青岛企业。", None),
    ],
)
def test_own_education(text: str, place: str | None) -> None:
    """昌乐教育 in the first lines, or where a county is called its own, if 我县 speaks; what is learnt from others is not."""
    (part,) = parts(text)
    assert decided(part)[0] == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"普陀区教育局2016年工作总结\n上海市表彰先进。{BODY}", "310107"),
        (f"鼓楼区教育局2016年工作总结\n徐州市表彰先进。{BODY}", "320302"),
        (f"鼓楼区教育局2016年工作总结\n徐州市、南京市表彰先进。{BODY}", None),
        (f"鼓楼区教育局2016年工作总结\n江苏省表彰先进。{BODY}", None),
        (f"普陀区教育局2016年工作总结\n{BODY}", None),
    ],
)
def test_district_of_a_city_that_is_named(text: str, place: str | None) -> None:
    """Of several districts of one name the only one whose city is named as well."""
    (part,) = parts(text)
    assert (part.place.id.removeprefix("place/") if part.place else None) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("营丘中心小学、五图中心小学、乔官初中、朱刘中心校", "昌乐县"),
        ("营丘中心小学、五图中心小学", None),
        ("城关中心小学、东风初中、红旗初中、和平中心校", None),
        ("营丘、五图、乔官、朱刘", None),
    ],
)
def test_townships_by_their_schools(text: str, place: str | None) -> None:
    """营丘中心小学 names 营丘镇; bare words, or names that stand everywhere, tell no county."""
    (part,) = parts(f"2016年工作总结\n{BODY}我县{text}达标。")
    assert decided(part)[0] == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("校园动态\n3月5日，昌乐县教体局组织召开会议。", "昌乐县"),
        ("校园动态\n本报讯（记者 某某）近日，昌乐县教体局举办论坛。", "昌乐县"),
        ("校园动态\n宜昌频道3月5日电 记者获悉，学校开学。", "宜昌市"),
        ("校园动态\n昌乐县举办教师合唱比赛。", "昌乐县"),
        ("校园动态\n3月5日，全国校长培训班在宜昌开班。", None),
        ("校园动态\n昌乐县教师应邀赛课。", None),
        ("2016年工作总结\n昌乐县举办的论坛取得成功。", None),
    ],
)
def test_openings_of_news(text: str, place: str | None) -> None:
    """Who acts in the opening, or stands in the dateline; a place that is only named, or a text that is no news, is not it."""
    (part,) = parts(f"{text}{BODY}")
    assert decided(part)[::2] == (place, "news-lead-names-place" if place else "no-place-determined")


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("粤府〔2014〕4号", "广东省"),
        ("鄂教基〔2014〕4号", "湖北省"),
        ("苏府〔2014〕4号", None),
        ("粤海教〔2014〕4号", None),
    ],
)
def test_number_of_a_province(number: str, place: str | None) -> None:
    """粤府 is 广东省's; a sign that a city shares, or a longer one, tells nothing."""
    (part,) = parts(f"关于加强农村教育工作的意见\n{number}\n各市人民政府：\n{BODY}全省学校达标，全省教师配齐。")
    assert (part.place and part.place.name) == place


@pytest.mark.parametrize(
    "text",
    [
        "校园里的新变化\n校长到枝江市学习，枝江市的做法值得借鉴，学校与枝江市结对。",
        "XX县教育局2016年工作总结\n枝江市改造校舍，枝江市配齐教师，枝江市招生有序。",
        "校园里的新变化\n全国现场会在枝江市召开，教师参加。",
    ],
)
def test_another_place_than_the_speakers(text: str) -> None:
    """A place visited, a place in a masked text, or a place where others meet does not speak."""
    (part,) = parts(f"{text}{BODY}")
    assert part.place is None
