"""Issuance: who issues, drafts or revises which document."""

import pytest
from reading import Row, claims

from kg.model import Entity, Genre, Kind, Relation

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
