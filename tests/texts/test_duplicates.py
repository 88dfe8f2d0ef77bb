"""Copies, altered copies and borrowed text among parts whose place and year are decided."""

from __future__ import annotations

import random
from dataclasses import replace
from hashlib import blake2b

import pytest
from garbler import dense_pinyin

from kg.model import Entity, Given, Kind, Part
from kg.texts import read_document, split_parts
from kg.texts.duplicates import Sketch, Twin, Verdict, sketch
from kg.texts.duplicates import twins as twins_of

PLACES = {
    "临川区": Entity(Kind.PLACE, "place/361002", "临川区", in_lexicon=True),
    "金溪县": Entity(Kind.PLACE, "place/361027", "金溪县", in_lexicon=True),
}
BODY = """一、主要成效
{year}年，全区新建公办幼儿园12所，普惠性幼儿园覆盖率达到83%，比上年提高5个百分点。
完成农村薄弱学校改造26所，消除大班额142个，义务教育巩固率保持在99%以上。
招聘中小学教师215名，交流轮岗教师189名，培训校长和骨干教师1,460人次。
举办校园文化艺术节和中小学生运动会，参加学生达到3.2万人次，获省级奖励17项。
二、存在问题
城区学位供给不足，乡村教师结构性缺编，家校协同育人机制有待健全。
部分学校办学条件较差，信息化设备老化，教研活动形式单一。
三、下步打算
加快城北实验学校建设，启动职业教育实训基地项目，推进集团化办学。
健全控辍保学台账，落实贫困学生资助政策，办好人民满意的教育。
"""


def part(title: str, body: str, file: str, place: str | None = None) -> Part:
    (one,) = split_parts(read_document(f"{title}\n{body}".encode(), file))
    return replace(one, place=PLACES[place] if place else None)


CLAUSES: dict[tuple[str, int], bytes] = {}  # of the parts sketched here


def sketched(*parts: Part) -> list[Sketch]:
    found = [one for one in (sketch(one, 1) for one in parts) if one]
    CLAUSES.update({one.sketch.part: one.clauses for one in found})
    return [one.sketch for one in found]


def twins(sketches: list[Sketch]) -> tuple[Twin, ...]:
    return twins_of(sketches, lambda one: CLAUSES[one.part])


def test_clauses_are_remembered_as_earlier_builds_did() -> None:
    """Graph folders keep them, and those of old and new builds are compared: 8 bytes for each clause of 5 characters."""
    clauses = [f"第{n}项工作完成" for n in range(12)]
    found = sketch(part("", "，".join([*clauses, *clauses, "好的不好"]) + "。", "a.txt"), 1)
    assert found is not None
    assert found.clauses == b"".join(sorted(blake2b(one.encode(), digest_size=8).digest() for one in clauses))


def id_of(file: str, sketches: list[Sketch]) -> tuple[str, int]:
    return next(one.part for one in sketches if one.file == file)


ORIGINAL = part("临川区2013年教育工作总结", BODY.format(year=2013), "a.txt", "临川区")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        # the same text on another site, with furniture, garbled, without a place, shortened a little
        (
            part("临川区2013年教育工作总结", "来源：教育网 浏览次数：12\n" + BODY.format(year=2013), "b.txt", "临川区"),
            Verdict.COPY,
        ),
        (
            part(
                *dense_pinyin("临川区2013年教育工作总结\t" + BODY.format(year=2013), random.Random(1)).split("\t", 1),
                "b.txt",
                "临川区",
            ),
            Verdict.COPY,
        ),
        (part("2013年教育工作总结", BODY.format(year=2013), "b.txt"), Verdict.COPY),
        (
            part(
                "临川区2013年教育工作总结",
                BODY.format(year=2013).replace("获省级奖励17项", "获奖17项"),
                "b.txt",
                "临川区",
            ),
            Verdict.COPY,
        ),
        # another year pasted on top, while the text says 2013
        (part("临川区2016年教育工作总结", BODY.format(year=2013), "b.txt", "临川区"), Verdict.ALTERED),
        # another year's report that repeats much, written anew
        (
            part(
                "临川区2014年教育工作总结",
                BODY.format(year=2014).replace("12所", "15所"),
                "b.txt",
                "临川区",
            ),
            Verdict.SHARES,
        ),
        # another county that took the text over
        (
            part("金溪县2014年教育工作总结", BODY.format(year=2014).replace("全区", "全县"), "b.txt", "金溪县"),
            Verdict.SHARES,
        ),
    ],
)
def test_twins(other: Part, expected: Verdict) -> None:
    """The original is kept whichever comes first."""
    for both in (sketched(ORIGINAL, other), sketched(other, ORIGINAL)):
        (twin,) = twins(both)
        assert (twin.part, twin.of, twin.verdict) == (id_of("b.txt", both), id_of("a.txt", both), expected)


def test_altered_copies_say_what_is_wrong() -> None:
    """Even where the altered copy comes first in the alphabet."""
    altered = part("临川区2016年教育工作总结", BODY.format(year=2013), "0.txt", "临川区")
    both = sketched(altered, ORIGINAL)
    (twin,) = twins(both)
    assert (twin.part, twin.said) == (id_of("0.txt", both), "文首是2016年，正文属2013年")


def test_of_two_dates_that_the_text_does_not_tell_the_earlier_stands() -> None:
    """A text cannot be copied before it was written."""
    masked = BODY.replace("{year}", "20xx")
    early = part("临川区2012年教育工作总结", masked, "z.txt", "临川区")
    late = part("临川区2017年教育工作总结", masked, "a.txt", "临川区")
    both = sketched(late, early)
    (twin,) = twins(both)
    assert (twin.part, twin.of, twin.verdict) == (id_of("a.txt", both), id_of("z.txt", both), Verdict.ALTERED)


def test_other_texts_and_short_ones_are_nobodys_twins() -> None:
    """Texts of one genre share phrases and are not copies for that; a heading alone tells nothing."""
    other = part(
        "金溪县2013年教育工作总结",
        "\n".join(f"第{n}项工作按照计划推进，完成投资{n}00万元，惠及学生{n}千人。" for n in range(1, 20)),
        "b.txt",
        "金溪县",
    )
    assert twins(sketched(ORIGINAL, other)) == ()
    assert sketch(part("临川区教育局通知", "请各校按时上报材料。", "c.txt"), 1) is None


def test_the_order_of_reading_does_not_matter() -> None:
    """Five copies, one altered, one of another county: the same twins in any order."""
    parts = [
        part("临川区2013年教育工作总结", BODY.format(year=2013) + f"联系人{n}。", f"{n}.txt", "临川区")
        for n in range(5)
    ]
    parts.append(part("临川区2018年教育工作总结", BODY.format(year=2013), "x.txt", "临川区"))
    parts.append(part("金溪县2013年教育工作总结", BODY.format(year=2013).replace("全区", "全县"), "y.txt", "金溪县"))
    sketches = sketched(*parts)
    expected = twins(sketches)
    assert len(expected) == 6
    for seed in range(10):
        random.Random(seed).shuffle(sketches)
        assert twins(sketches) == expected


def test_what_the_user_says_is_never_overruled() -> None:
    """Two rows of a table with one text, of which the user says that they are of two years."""
    masked = BODY.replace("{year}", "20xx")
    rows = [
        replace(one, year=year, document=replace(one.document, given=Given(year=year)))
        for year, one in ((2013, part("工作总结", masked, "t.csv#2")), (2014, part("工作总结", masked, "t.csv#3")))
    ]
    (twin,) = twins(sketched(*rows))
    assert twin.verdict is Verdict.SHARES


def test_many_counties_with_one_text_are_compared_with_a_few() -> None:
    """Each is found to share its text with one before it."""
    sketches = [
        replace(
            sketched(part("工作总结", BODY.format(year=2013), f"{n}.txt"))[0], place=f"place/{n}", place_name=f"{n}县"
        )
        for n in range(60)
    ]
    assert [twin.verdict for twin in twins(sketches)] == [Verdict.SHARES] * 59
