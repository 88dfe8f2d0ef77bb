"""What the user knows of a document against what its text says."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Given, Part
from kg.texts import read_document, split_parts
from kg.texts.given import with_given

SUMMARY = "2013年教育工作总结\n全县新建学校3所。"
TWO_YEARS = (
    "凤阳县2013年教育情况总结暨2014年教育工作打算\n一、2013年主要成绩\n新建学校3所。\n二、2014年主要打算\n新建学校5所。"
)
MEMBERS = "\n".join(
    f"教育局工作总结篇{n}\n{year}年教育工作总结\n新建学校{year % 10}所。" for n, year in enumerate((2012, 2013), 1)
)
UNDATED = "教育工作要点\n新建学校3所。"


def given(text: str, **facts: object) -> tuple[Part, ...]:
    return with_given(split_parts(read_document(text.encode(), "a.txt")), Given(**facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "year", "years"),
    [
        (SUMMARY, 2013, [2013]),
        (SUMMARY, 2016, [2016]),
        (UNDATED, 2016, [2016]),
        (TWO_YEARS, 2013, [2013, 2014]),
        (TWO_YEARS, 2014, [2013, 2014]),
        (TWO_YEARS, 2016, [2015, 2016]),
        (MEMBERS, 2020, [2020, 2020]),
    ],
)
def test_year(text: str, year: int, years: list[int]) -> None:
    """One part is of the year given, the others of the same document keep their distance; members have it each."""
    assert [part.year for part in given(text, year=year)] == years


def test_what_the_text_says_against_it_is_kept() -> None:
    """With a rule that says so; a year at a distance is less sure than the one given."""
    first, second = (part.decided for part in given(TWO_YEARS, year=2016))
    assert {(d.value, d.rule) for d in first if d.what == "year"} == {
        ("2015", "given-year-and-distance"),
        ("2013", "text-disagrees-with-given"),
    }
    sure = {d.rule: d.confidence for d in (*first, *second) if d.what == "year"}
    assert sure["given"] > sure["given-year-and-distance"] > sure["text-disagrees-with-given"]


@pytest.mark.parametrize(
    ("text", "published", "year"),
    [
        (UNDATED, date(2015, 3, 1), 2015),
        (UNDATED, date(2015, 12, 20), 2016),
        ("教育工作总结\n新建学校3所。", date(2015, 1, 20), 2014),
        ("教育工作总结\n新建学校3所。", date(2015, 12, 20), 2015),
        ("教育工作总结\n新建学校3所。", date(2015, 7, 1), None),
        (SUMMARY, date(2019, 1, 1), 2013),
    ],
)
def test_date_of_publication(text: str, published: date, year: int | None) -> None:
    """It dates what the text leaves open, where plans are made ahead and summaries written afterwards."""
    assert [part.year for part in given(text, date=published)] == [year]


def test_title() -> None:
    """It tells year and genre where the text does not; the text's own title stays as evidence against it."""
    (part,) = given("全县新建学校3所，改造校舍2万平方米。", title="2013年工作计划")
    assert (part.title, part.year, part.genre) == ("2013年工作计划", 2013, "Plan")
    (other,) = given(SUMMARY, title="某地总结")
    assert ("2013年教育工作总结", "text-disagrees-with-given") in {(d.value, d.rule) for d in other.decided}
