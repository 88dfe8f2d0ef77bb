"""The small files of tests/corpus/parts and tests/corpus/places: their parts, years, genres, letterheads and places."""

from pathlib import Path

import pytest

from kg.entities import entity_reader
from kg.model import Genre, Part
from kg.texts import read_document, split_parts

CORPUS = Path(__file__).parents[1] / "corpus"


def parts_of(folder: str, name: str, file: str = "a.txt") -> tuple[Part, ...]:
    """The placed parts of a file, read under a name that tells nothing."""
    document = read_document((CORPUS / folder / f"{name}.txt").read_bytes(), file)
    return entity_reader().place_parts(split_parts(document))


def values(part: Part, what: str) -> list[str]:
    """What was decided, then what was doubted."""
    return [decision.value for decision in part.decided if decision.what == what]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("篇一篇二", [(2016, Genre.SUMMARY), (2015, Genre.KEY_POINTS)]),
        ("范文一范文二", [(2014, Genre.PLAN), (2018, Genre.OTHER)]),
        ("第一篇第二篇", [(2012, Genre.SUMMARY), (2013, Genre.SUMMARY)]),
        ("括号一二", [(2017, Genre.SUMMARY), (2018, Genre.SUMMARY)]),
        ("总结和计划", [(2017, Genre.SUMMARY), (2018, Genre.PLAN)]),
        ("总结后附打算", [(2017, Genre.SUMMARY), (2018, Genre.PLAN)]),
        ("报告中有五年规划一章", [(2025, Genre.SUMMARY), (2026, Genre.PLAN)]),
        ("报告只回顾五年", [(2025, Genre.SUMMARY), (2026, Genre.PLAN)]),
        ("报告用口号作标题", [(2024, Genre.SUMMARY), (2025, Genre.PLAN)]),
        ("通知和所附计划", [(2018, Genre.KEY_POINTS)]),
        ("附件是另一年的文件", [(2016, Genre.SUMMARY), (2017, Genre.PLAN)]),
        ("附件是表格说明", [(2016, Genre.SUMMARY)]),
        ("讲话", [(None, Genre.SPEECH)]),
        ("报道", [(2020, Genre.NEWS)]),
        ("网站标题的年份不对", [(2016, Genre.SUMMARY)]),
        ("贴上去的年份", [(2014, Genre.PLAN)]),
        ("修订过的条例", [(2017, Genre.REGULATION)]),
        ("只有施行日期的条例", [(2013, Genre.REGULATION)]),
        ("人大通过的决定", [(2015, Genre.REGULATION)]),
        ("隐去年份", [(None, Genre.KEY_POINTS)]),
        ("隐去年份但可推定", [(2016, Genre.KEY_POINTS)]),
    ],
)
def test_parts(name: str, expected: list[tuple[int | None, Genre]]) -> None:
    """Each file gives these parts with these years and genres."""
    assert [(part.year, part.genre) for part in parts_of("parts", name)] == expected


@pytest.mark.parametrize(
    ("name", "part", "opening"),
    [
        ("报告中有五年规划一章", 1, "二、“十五五”时期"),
        ("报告只回顾五年", 1, "“十五五”时期的主要目标"),
        ("报告用口号作标题", 1, "二、乘势而上"),
        ("附件是另一年的文件", 1, "云岭县教育局2017年工作计划"),
        ("总结后附打算", 1, "三、明年工作打算"),
    ],
)
def test_where_the_second_part_begins(name: str, part: int, opening: str) -> None:
    """The chapter on the coming five years belongs to the plan that follows it; an appendix begins with its title."""
    assert parts_of("parts", name)[part].text.startswith(opening)


@pytest.mark.parametrize(
    ("name", "what", "expected"),
    [
        ("通知和所附计划", "number", ["云教发〔2018〕7号"]),
        ("通知和所附计划", "addressees", ["各乡镇中心学校，县直各中小学、幼儿园"]),
        ("讲话", "date", ["2019-03-15"]),
        ("修订过的条例", "date", ["2011-07-29"]),
        ("附件是表格说明", "number", []),
        ("贴上去的年份", "year", ["2014", "2018"]),
        ("网站标题的年份不对", "year", ["2016", "2019"]),
    ],
)
def test_letterhead(name: str, what: str, expected: list[str]) -> None:
    """文号, date and addressees are read where they are printed; the year of a title that the text denies is told beside it."""
    assert values(parts_of("parts", name)[0], what) == expected


@pytest.mark.parametrize(
    ("name", "place", "rule"),
    [
        ("省名在届次中", "贵州省", "given-at-its-congress"),
        ("省下各市", "贵州省", "places-of-one-parent"),
        ("市下各县区", "宜昌市", "places-of-one-parent"),
        ("反复说本省", "贵州省", "names-one-province"),
        ("县下各乡镇", "昌乐县", "townships-of-one-county"),
        ("通过和批准", "宜昌市", "adopted-by"),
        ("条例名中有省和自治县", "景宁畲族自治县", "title-names-place"),
        ("省为某县山水立法", "湖北省", "title-names-place"),
        ("自由贸易试验区", "浙江省", "title-names-place"),
        ("更名前的地方", "襄樊市", "title-or-heading-names-agency"),
        ("落款", "宜昌市", "signature-names-agency"),
        ("隐去地名", None, "no-place-determined"),
        ("两地不分高下", None, "evidence-too-weak-or-divided"),
    ],
)
def test_places(name: str, place: str | None, rule: str) -> None:
    """Every part of the file speaks for this place, or for none that can be told."""
    for part in parts_of("places", name):
        (decision,) = (decision for decision in part.decided if decision.what == "place")
        assert (part.place.name if part.place else None, decision.rule) == (place, rule)
        assert (decision.confidence > 0) == (place is not None)


@pytest.mark.parametrize(
    ("folder", "name", "file", "place", "year"),
    [
        ("places", "两地不分高下", "宜昌市2018年教育总结.txt", "宜昌市", 2018),
        ("places", "隐去地名", "宜昌市2018年教育总结.txt", None, 2018),
        ("places", "落款", "荆门市2017年教育总结.txt", "宜昌市", 2018),
        ("parts", "隐去年份", "2018年工作要点.txt", None, None),
        ("parts", "括号一二", "宜昌市2018年总结.txt", None, 2017),
        ("places", "县下各乡镇", "data/表.csv#7", "昌乐县", 2018),
    ],
)
def test_file_name_comes_last(folder: str, name: str, file: str, place: str | None, year: int | None) -> None:
    """A file name decides only what an unmasked single document leaves open."""
    part = parts_of(folder, name, file)[0]
    assert (part.place.name if part.place else None, part.year) == (place, year)
