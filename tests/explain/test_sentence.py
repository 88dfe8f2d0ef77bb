"""Where the recognised words stand in the cleaned sentence, and how the roles are marked in it."""

from __future__ import annotations

import pytest

from kg.explain.sentence import marked, named_in
from kg.graph.mentions import Words
from kg.model import Span
from kg.views.explained import Role

LABELS = {"place": "地区", "program": "政策项目", "document": "文件"}


def word(start: int, words: str, kind: str = "Program") -> Words:
    return Words(start, start + len(words), kind, words, "program/x", "lexicon-program")


@pytest.mark.parametrize(
    ("printed", "cleaned", "start", "words", "found"),
    [
        ("启动县管校聘改革。", "启动县管校聘改革。", 0, "县管校聘", 2),
        ("县管校聘先行，县管校聘推开。", "县管校聘先行，县管校聘推开。", 7, "县管校聘", 7),
        (
            "启动县(xiàn)管校聘，县管校聘先行。",
            "启动县管校聘，县管校聘先行。",
            14,
            "县管校聘",
            7,
        ),  # pinyin was taken out
        ("啟動縣管校聘改革，縣管校聘推開。", "启动县管校聘改革，县管校聘推开。", 9, "县管校聘", 9),
        ("启动县管 校聘改革。", "启动县管校聘改革。", 2, "县管校聘", 2),
    ],
)
def test_where_words_stand(printed: str, cleaned: str, start: int, words: str, found: int) -> None:
    """A mention is found where the repaired sentence has it, be it named twice."""
    (named,) = named_in(cleaned, printed, 100, [word(100 + start, words)])
    assert named.span == Span(found, found + len(words))


def test_words_that_a_repair_changed() -> None:
    """What does not stand in the cleaned sentence is not pointed at."""
    assert named_in("启动改革。", "启动改革。", 0, [word(2, "县管校聘")]) == ()


@pytest.mark.parametrize(
    ("sentence", "roles", "shown"),
    [
        ("开展“四园联创”行动", [("program", 2, 10)], "开展【政策项目 “四园联创”行动】"),
        ("甲县、乙县推行走教", [("place", 3, 5), ("program", 7, 9)], "甲县、【地区 乙县】推行【政策项目 走教】"),
        ("《甲县走教办法》", [("document", 1, 7), ("place", 1, 3)], "《【文件 【地区 甲县】走教办法】》"),
        ("走教推开，走教见效", [("program", 0, 2), ("program", 5, 7)], "【政策项目 走教】推开，【政策项目 走教】见效"),
        ("甲乙丙丁", [("place", 0, 3), ("program", 2, 4)], "【地区 甲乙丙】丁"),  # they cross
        ("甲乙丙丁", [("place", 0, 2), ("program", 2, 4)], "【地区 甲乙】【政策项目 丙丁】"),
        ("甲乙", [], "甲乙"),
        ("甲乙", [("strange", 0, 1)], "【strange 甲】乙"),
    ],
)
def test_marked(sentence: str, roles: list[tuple[str, int, int]], shown: str) -> None:
    """Brackets with the role's label around its words; names inside names nest."""
    told = [Role(name, "", (Span(start, end),)) for name, start, end in roles]
    assert marked(sentence, told, LABELS) == shown
