"""Issuance: who issues, drafts or revises which document."""

from dataclasses import replace

import pytest
from reading import Row, cell, claims, part

from kg.entities import entity_reader
from kg.model import Entity, Genre, Kind, Relation
from kg.relations import claims_of_part
from kg.texts import split_sentences

RULES = "宜昌市校车安全管理办法"


def issued(
    columns: str, text: str, genre: Genre = Genre.SUMMARY, agency: Entity | None = None, where: str = "宜昌市"
) -> list[Row]:
    return claims(Relation.ISSUES, columns, text, where, 2016, genre, agency)


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        (f"出台《{RULES}》。", "宜昌市", None),
        (f"今年3月，市政府印发了《{RULES}》（宜府发〔2016〕3号）。", "宜昌市", "宜昌市人民政府"),
        (f"市教育局制定《{RULES}》。", "宜昌市", "宜昌市教育局"),
        (f"枝江市出台《{RULES}》。", "枝江市", None),
    ],
)
def test_who_issues(text: str, place: str, agency: str | None) -> None:
    """The place or agency before the verb, else the part's place."""
    assert issued("place agency document", text) == [(place, agency, RULES)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("教育部出台《关于加强劳动研学的意见》。", "中国"),
        ("省教育厅印发《湖北省校车安全管理办法》。", "湖北省"),
    ],
)
def test_another_government_issues(text: str, place: str) -> None:
    """What the ministry or the province issues is not the city's."""
    assert issued("place", text) in ([], [(place,)])


@pytest.mark.parametrize(
    ("text", "genre", "year", "status"),
    [
        (f"出台《{RULES}》。", Genre.SUMMARY, 2016, "Completed"),
        (f"出台《{RULES}》。", Genre.PLAN, 2016, "Planned"),
        (f"修订《{RULES}》。", Genre.KEY_POINTS, 2016, "Planned"),
        (f"2014年出台了《{RULES}》。", Genre.PLAN, 2014, "Completed"),
        (f"起草《{RULES}》。", Genre.PLAN, 2016, "Planned"),
    ],
)
def test_when_and_how_far(text: str, genre: Genre, year: int, status: str) -> None:
    """Year and status as for any act."""
    assert issued("year status", text, genre) == [(year, status)]


def test_handed_out() -> None:
    """现将《…》印发给你们: the part's own agency hands it out."""
    bureau = Entity(Kind.AGENCY, "agency/宜昌市教育局", "宜昌市教育局", jurisdiction="place/420500")
    text = f"现将《{RULES}》印发给你们，请遵照执行。"
    assert issued("rule agency status", text, Genre.NOTICE, bureau) == [
        ("document-handed-out", "宜昌市教育局", "Completed")
    ]


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        (
            "出台《关于加强美育的若干意见》《关于规范晨检的若干意见》。",
            ["关于加强美育的若干意见", "关于规范晨检的若干意见"],
        ),
        ("制定教师培训规划、校长任职资格办法。", ["教师培训规划", "校长任职资格办法"]),
        (f"根据《校车安全管理条例》制定《{RULES}》。", [RULES]),
    ],
)
def test_which_documents(text: str, documents: list[str]) -> None:
    """Every document that is the verb's object; what it is based on is not."""
    assert issued("document", text) == [(document,) for document in documents]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"做好《{RULES}》的修订工作。", "Ongoing"),
        (f"推进《{RULES}》立法进程。", "Ongoing"),
        (f"完成《{RULES}》的起草工作。", "Completed"),
    ],
)
def test_being_written(text: str, status: str) -> None:
    """做好《…》的修订工作: the document is the government's own, on its way."""
    assert issued("rule document status", text) == [("document-being-written", RULES, status)]


@pytest.mark.parametrize(
    "text",
    [
        f"做好《{RULES}》的宣传工作。",
        f"学习《{RULES}》。",
        f"宣传《{RULES}》。",
        f"落实《{RULES}》。",
        "制定《校车安全管理条例》的实施办法。",
        "制定了措施，《校车安全管理条例》深入人心。",
        "制定相关办法。",
    ],
)
def test_no_issuance(text: str) -> None:
    """To study, publicise or carry out a document is not to issue it, nor is to issue something about it."""
    assert issued("document", text) == []


def test_measures_to_carry_out() -> None:
    """制定贯彻《…》的措施 issues no 《…》."""
    assert issued("document", "制定贯彻《校车安全管理条例》的措施。") == []


@pytest.mark.parametrize(
    "words",
    [
        f"《{RULES}》已经市政府同意，现印发给你们，请认真贯彻执行。",
        f"《{RULES}》业经市政府常务会议审议通过，现予以印发，请遵照执行。",
        f"《{RULES}》（以下简称《办法》）已经局务会研究通过，现印发给你们。",
        f"《{RULES}》已经市政府批准，现下发给你们。",
        f"《{RULES}》印发实施。",
    ],
)
def test_handed_on(words: str) -> None:
    """…已经市政府同意，现印发给你们: handed out by the part's own agency, whoever agreed to it before."""
    bureau = Entity(Kind.AGENCY, "agency/宜昌市教育局", "宜昌市教育局", jurisdiction="place/420500")
    assert issued("rule agency document status", words, Genre.NOTICE, bureau) == [
        ("document-handed-out", "宜昌市教育局", RULES, "Completed")
    ]


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        (f"《{RULES}》未印发前，仍按原办法执行。", []),
        (f"《{RULES}》即将印发，敬请关注。", []),
        (
            f"《{RULES}》已经市政府同意，请认真贯彻。《宜昌市学校食堂管理办法》现印发给你们。",
            ["宜昌市学校食堂管理办法"],
        ),
    ],
)
def test_not_handed_on(text: str, documents: list[str]) -> None:
    """What is not yet printed, or only agreed to in another sentence, is not handed on."""
    assert issued("document", text, Genre.NOTICE) == [(document,) for document in documents]


def made(title: str, text: str, genre: Genre, where: str = "宜昌市") -> list[Row]:
    """The documents that a part of this title says it makes itself."""
    whole = replace(part(text, where, genre=genre), title=title)
    sentences = split_sentences(whole)
    mentions = entity_reader().mentions_of_part(sentences)
    found = claims_of_part(list(zip(sentences, mentions, strict=True)), entity_reader())
    issues = [claim for claim in found if claim.relation is Relation.ISSUES]
    return [
        (cell(claim, "place"), cell(claim, "document"), cell(claim, "status"))
        for claim in issues
        if claim.found_by == "makes-this-document"
    ]


@pytest.mark.parametrize(
    ("title", "text", "genre", "document"),
    [
        ("宜昌市校园晨检实施方案", "为保障安全，特制定本方案。", Genre.SCHEME, "宜昌市校园晨检实施方案"),
        ("宜昌市校园晨检管理规定", "结合实际，制定本规定。", Genre.SCHEME, "宜昌市校园晨检管理规定"),
        ("关于印发《宜昌市校园晨检实施方案》的通知", "特制定本方案。", Genre.SCHEME, "宜昌市校园晨检实施方案"),
        ("关于加强校园晨检的实施意见", "经市政府同意，提出如下意见。", Genre.OPINION, "关于加强校园晨检的实施意见"),
        ("宜昌市校园晨检行动计划", "特制订本行动计划。", Genre.ACTION_PLAN, "宜昌市校园晨检行动计划"),
    ],
)
def test_makes_this_document(title: str, text: str, genre: Genre, document: str) -> None:
    """特制定本方案: the place issues the document whose title stands above, without the notice around it."""
    assert made(title, text, genre) == [("宜昌市", document, "Completed")]


@pytest.mark.parametrize(
    ("title", "text", "genre", "where"),
    [
        ("宜昌市2016年教育工作计划", "特制定本计划。", Genre.PLAN, "宜昌市"),
        ("宜昌市2016年教育工作总结", "去年制定如下方案。", Genre.SUMMARY, "宜昌市"),
        ("宜昌市校园晨检实施方案", "各学校要制定本校方案。", Genre.SCHEME, "宜昌市"),
        ("宜昌市校园晨检实施方案", "现提出如下意见。", Genre.SCHEME, "宜昌市"),
        ("实施方案", "特制定本方案。", Genre.SCHEME, "宜昌市"),
        ("校园晨检实施方案", "特制定本方案。", Genre.SCHEME, ""),
    ],
)
def test_makes_another_document(title: str, text: str, genre: Genre, where: str) -> None:
    """A plan of the year, a school's scheme, another kind of document, a title that names nothing, an open place."""
    assert made(title, text, genre, where) == []


def test_two_documents_handed_out() -> None:
    """现将《A》和《B》印发: both."""
    found = issued("document", "现将《宜昌市校车安全管理办法》和《宜昌市校园食堂管理办法》印发给你们。", Genre.NOTICE)
    assert found == [("宜昌市校车安全管理办法",), ("宜昌市校园食堂管理办法",)]


@pytest.mark.parametrize(
    "text",
    ["《湖北省校车安全管理办法》已经省政府同意，现印发给你们。", "国务院《校车安全管理条例》已印发。"],
)
def test_documents_of_others_handed_on(text: str) -> None:
    """A title that opens with another place, or another government right before it, is not the part's own."""
    assert issued("document", text, Genre.NOTICE) == []


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        (
            "市教育局、市财政局联合印发《宜昌市学前教育资助办法》。",
            [("宜昌市", "宜昌市教育局"), ("宜昌市", "宜昌市财政局")],
        ),
        ("枝江市、当阳市分别出台了《乡村教师补助办法》。", [("枝江市", None), ("当阳市", None)]),
        ("枝江市率先在全省制定《山区教师补贴办法》。", [("枝江市", None)]),
        ("枝江市结合实际，在全市第一个出台《家校共育工作规范》。", [("枝江市", None)]),
        ("上海、杭州等地很早就出台了《学区管理办法》。", []),
        ("各校要制定本校《课堂教学管理办法》。", []),
    ],
)
def test_who_issued_it(text: str, issuers: list[tuple[str, str | None]]) -> None:
    """Each of several issuers, the place that opens the sentence, and not the part's own where others did or shall do it."""
    assert issued("place agency", text) == issuers


@pytest.mark.parametrize(
    ("text", "genre", "status"),
    [
        ("《宜昌市校车安全管理办法》正式出台。", Genre.SUMMARY, "Completed"),
        ("《宜昌市学前教育规划》编制完成。", Genre.PLAN, "Completed"),
        ("正在修订《宜昌市校车安全管理办法》。", Genre.SUMMARY, "Started"),
        ("近日，市教育局出台《宜昌市校车安全管理办法》。", Genre.NEWS, "Completed"),
        ("明年将开展评估，出台《宜昌市校车安全管理办法》。", Genre.SUMMARY, "Planned"),
        ("修订完善《宜昌市校车安全管理办法》。", Genre.KEY_POINTS, "Planned"),
    ],
)
def test_how_far_it_has_come(text: str, genre: Genre, status: str) -> None:
    """A document is out, being made, or to be made; what an earlier act announces is to be made, too."""
    assert issued("status", text, genre=genre) == [(status,)]
