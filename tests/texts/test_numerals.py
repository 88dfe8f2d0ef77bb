"""Numerals of policy texts."""

import pytest

from kg.texts import number_of, year_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("30", 30),
        ("1,300", 1300),
        ("三十", 30),
        ("十", 10),
        ("十二", 12),
        ("两", 2),
        ("一百二十", 120),
        ("一百零五", 105),
        ("二〇一八", 2018),
        ("二○一三", 2013),
        ("三万五千", 35_000),
        ("两千零一十", 2010),
        ("一亿二千万", 120_000_000),
    ],
)
def test_number_is_read(text: str, number: int) -> None:
    """Arabic, spoken and digit-by-digit numerals give the same kind of number."""
    assert number_of(text) == number


@pytest.mark.parametrize("text", ["", "三期", "十百", "百", "万", "一二十", "20xx", "3.5"])
def test_no_number_is_guessed(text: str) -> None:
    """What is no well-formed whole number gives none."""
    assert number_of(text) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2013年", 2013),
        ("到2015年底全面完成", 2015),
        ("二〇一三年工作要点", 2013),
        ("二○一八年", 2018),
        ("二零二一年", 2021),
        ("一九八五年", 1985),
    ],
)
def test_year_is_read(text: str, year: int) -> None:
    """A calendar year is four digits before 年, in Arabic or Chinese."""
    assert year_of(text) == year


@pytest.mark.parametrize("text", ["13年", "20xx年", "三十年", "12013年", "2013学校", "第三年", "8000年"])
def test_other_years_are_none(text: str) -> None:
    """Short, masked and counted years are no calendar years."""
    assert year_of(text) is None
