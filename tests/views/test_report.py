"""The report says of every part how it was decided, and names what stays open or was left out."""

from __future__ import annotations

import dataclasses

import pytest

from kg.model import (
    LONGEST_SENTENCE,
    Claim,
    Decision,
    Document,
    Entity,
    Genre,
    Kind,
    Mention,
    Origin,
    Part,
    Reading,
    Relation,
    Sentence,
    Span,
)
from kg.views.from_readings import build_report, file_report
from kg.views.report import report_html

from . import made_up


def test_each_decision_shows_value_rule_and_words() -> None:
    html = report_html(made_up.report())
    for text in (
        "title-names-place",
        "name-masked",
        "工作总结",
        "gb18030",
        "大连市教育局",
        "photo.jpg",
        "文件是空的",
        "copy/000.txt",
    ):
        assert text in html
    assert "读入 2 个文件、3 个部分；得到 169 个实体、153 条论断；跳过 2 个文件，重复 1 个。" in html


def test_a_part_without_place_stands_among_the_open_ones() -> None:
    report = made_up.report()
    still_open = report_html(report).split("尚未确定")[1].split("跳过的文件")[0]
    assert "某区2013年教育工作总结" in still_open
    assert "2014年教育工作计划" not in still_open
    decided = dataclasses.replace(report, files=report.files[:1])
    assert "每个部分都有地方和年份。" in report_html(decided)


def test_an_empty_build_says_so() -> None:
    html = report_html(dataclasses.replace(made_up.report(), files=(), skipped=(), copies=(), entities=(), claims=()))
    assert "没有跳过的文件。" in html
    assert "没有重复的文件。" in html


def reading(file: str) -> Reading:
    """A file of one sentence that names a place twice and a person nobody knows once."""
    clean = "大连市2013年工作总结大连市实施三通两平台"
    document = Document("0" * 16, file, clean, clean, Origin([0], [0], len(clean)), "gb18030")
    place = Entity(Kind.PLACE, "place/210200", "大连市", in_lexicon=True)
    program = Entity(Kind.PROGRAM, "program/三通两平台", "三通两平台")
    decided = (Decision("place", "大连市", "title-names-place", Span(0, 3)), Decision("agency", "", "nobody-signs"))
    part = Part(document, 0, Span(0, len(clean)), "大连市2013年工作总结", Genre.SUMMARY, 2013, place, None, decided)
    sentence = Sentence(part, 0, 0, Span(12, len(clean)), clean[12:])
    mentions = (
        Mention(Kind.PLACE, Span(0, 3), "大连市", place, "lexicon"),
        Mention(Kind.PLACE, Span(12, 15), "大连市", place, "lexicon"),
        Mention(Kind.PROGRAM, Span(17, 22), "三通两平台", program, "lexicon"),
        Mention(Kind.AGENCY, Span(8, 10), "总结", None, "pattern"),
    )
    claim = Claim(Relation.ADOPTS, sentence, "place-does-program", (("place", place), ("program", program)), year=2013)
    return Reading(document, (part,), (sentence,), mentions, (claim,))


def test_sentences_left_unread_are_counted() -> None:
    read = reading("a.txt")
    clean = read.document.clean + "表" * LONGEST_SENTENCE
    document = dataclasses.replace(read.document, text=clean, clean=clean)
    table = Sentence(dataclasses.replace(read.parts[0], document=document), 1, 0, Span(20, len(clean)), clean[20:])
    report = build_report([file_report(dataclasses.replace(read, sentences=(*read.sentences, table)))], {}, {})
    assert (report.files[0].sentences, report.files[0].too_long) == (2, 1)
    assert '<td class="number">2</td><td class="number">1</td>' in report_html(report)


def test_files_stand_in_order_and_kinds_without_things_are_named() -> None:
    report = build_report(
        [file_report(reading("b.txt")), file_report(reading("a.txt"))],
        {Kind.PLACE: 1, Kind.PROGRAM: 1},
        {Relation.ADOPTS: 2},
        [("x.jpg", "不是文本")],
        [("c.txt", "a.txt")],
    )
    assert [f.file for f in report.files] == ["a.txt", "b.txt"]
    (file, _) = report.files
    assert (file.encoding, file.sentences, file.mentions, file.unlinked, file.claims) == ("gb18030", 1, 4, 1, 1)
    assert file.too_long == 0
    assert dict(report.entities) == {str(kind): kind in {Kind.PLACE, Kind.PROGRAM} for kind in Kind}
    assert dict(report.claims)["Adoption"] == 2
    assert [(d.what, d.value, d.words) for d in file.parts[0].decided] == [
        ("place", "大连市", "大连市"),
        ("agency", "", ""),
    ]
    assert "nobody-signs" in report_html(report)


def test_a_page_of_very_many_files_lists_those_to_look_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page does not grow with the corpus, and says where the rest stands."""
    monkeypatch.setattr("kg.views.report.MOST", 3)
    sure, unsure = (dataclasses.replace(file_report(reading("a.txt")), file=name) for name in ("sure", "unsure"))
    unsure = dataclasses.replace(unsure, doubts=("字数不符",))
    files = [dataclasses.replace(one, file=f"{one.file}-{n}.txt") for n in range(5) for one in (sure, unsure)]
    html = report_html(build_report(files, {}, {}, [(f"{n}.jpg", "不是文本") for n in range(9)]))
    assert "读入 10 个文件" in html
    assert "文件超过 3 个" in html
    assert "kg status -f csv" in html
    assert "sure-0.txt</td>" in html
    assert ">sure-" not in html
    assert [f"unsure-{n}.txt" in html for n in range(5)] == [True, True, True, False, False]
    assert "另有 2 行" in html
    assert "另有 6 行" in html
    assert "另有 2 个文件" in html
    assert "文件超过" not in report_html(build_report(files[:3], {}, {}))
