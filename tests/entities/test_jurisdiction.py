"""Parts: which government speaks, by which evidence, and when the text does not say."""

import pytest
from reading import Row

from kg.model import Part
from kg.pipeline import read_file

BODY = "全面落实各项任务，新建公办幼儿园三所，改造农村学校食堂十二个，群众满意度进一步提高。"


def parts(text: str) -> tuple[Part, ...]:
    return read_file(text.encode(), "a.txt").parts


def decided(part: Part) -> Row:
    """Place, agency, and the rule and words that decided the place."""
    decision = next(d for d in part.decided if d.what == "place")
    words = part.document.clean[slice(*decision.span)] if decision.span else ""
    place = part.place.name if part.place else None
    return place, part.agency.name if part.agency else None, decision.rule, words


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
