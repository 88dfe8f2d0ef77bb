"""A cheap question before a slow one: it never hides what the slow one would find."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reading import part

from kg.entities import entity_reader, organizations, place_evidence, signs
from kg.entities.acts import find_acts
from kg.entities.counted_programs import COUNTED, counted_sort
from kg.entities.documents import _BETWEEN_YEARS, _YEARS_TOGETHER
from kg.entities.program_names import name_signs, named_programme
from kg.entities.programs import _hold
from kg.entities.spans import WRAPPING, kept_places, list_items, unwrapped
from kg.entities.variants import shared_form
from kg.model import Span
from kg.texts import read_document, split_parts, split_sentences

EXAMPLES = sorted((Path(__file__).parents[2] / "data" / "examples").glob("*.txt"))
WORDS = "某县第五届人民代表大会常务委员会第三次会议 会议 表决通过 市人大 ， 《 》 制定 印发某县推进 落实 和 某县的办法 规划 “ 。 \n".split(
    " "
)
OFFICES = "大连市 沙河口区 高新区 开发区 中国 会同县 教育局 人民政府 市 县 区 各 我 的 团 委员会 委托 长 办公室".split()
SCHOOLS = "乐群 太阳坪 小学 中学 中心学校 高级中学 职业学院 依托 被 获 、 ， 和 （ 等3所".split()
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map("".join)


def _sentences(path: Path) -> list[str]:
    parts = split_parts(read_document(path.read_bytes(), path.name))
    return [sentence.text for part in parts for sentence in split_sentences(part) if not sentence.too_long]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_name_holds_a_sign(path: Path) -> None:
    """Whatever stretch of an act's object names a programme holds one of the signs of names."""
    for text in _sentences(path):
        held = name_signs(text)
        for act in find_acts(text):
            for item in list_items(text, act.object):
                for span in (item, Span(act.object.start, item.end)):
                    assert named_programme(text, span) is None or _hold(held, span)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_agencies_and_places_by_their_signs(path: Path) -> None:
    """Shown the signs that a sentence holds, the finders find what they find when they look for everything."""
    reader = entity_reader()
    for placed in reader.place_parts(split_parts(read_document(path.read_bytes(), path.name))):
        sentences = split_sentences(placed)
        for sentence, held in zip(sentences, reader.signs(sentences), strict=True):
            text = sentence.text
            assert list(reader._agencies(text, held)) == list(reader._agencies(text, signs.ALL))
            assert reader._places(text, placed, held) == reader._places(text, placed, signs.ALL)


@given(st.lists(st.sampled_from([*OFFICES, "。"]), max_size=8).map("".join))
@example("大连市教育局")
@example("高新区教育局和市的教育局")
def test_offices_by_their_signs(text: str) -> None:
    """An organ behind a tier or a place is found by the signs of its sentence, whatever stands around it."""
    reader = entity_reader()
    sentences = split_sentences(part(text)) if text.strip("。") else ()
    for sentence, held in zip(sentences, reader.signs(sentences), strict=True):
        assert list(reader._agencies(sentence.text, held)) == list(reader._agencies(sentence.text, signs.ALL))


@given(st.lists(st.sampled_from(SCHOOLS), max_size=8).map("".join))
@example("乐群小学被评为")
@example("依托太阳坪中学")
def test_what_a_schools_name_holds(text: str) -> None:
    """A school of its own name is looked for only where one of its sorts stands."""
    pattern, guard = organizations._OPENING_NAME, organizations._ANY_OPENING
    assert guard.search(text) or not pattern.search(text)
    assert organizations._ANY_OF_OWN_NAME.search(text) or not organizations._OWN_NAME.search(text)


@given(
    st.lists(st.sampled_from(["2014", "2015", "2020", "1998", "—", "年", "至", "计划", "）"]), max_size=6).map("".join)
)
@example("发展规划（2010—2020年）")
def test_years_of_a_title(title: str) -> None:
    """The years between which a dash is set or changed open with 20."""
    assert "20" in title or not (_BETWEEN_YEARS.search(title) or _YEARS_TOGETHER.search(title))


@given(TEXTS)
@example("（2020年5月8日某某县第十五届人民代表大会常务委员会第二十三次会议表决通过）")
def test_adopted_by_a_congress(text: str) -> None:
    """Looking before the words of adoption finds the same congress as looking everywhere."""
    found, everywhere = place_evidence._adopted_by(text), place_evidence._ADOPTED_BY.search(text)
    assert (found and found.span()) == (everywhere and everywhere.span())


@given(TEXTS)
@example("印发全县教育事业改革与发展的《某县教育发展规划纲要（2021—2025年）》")
@example("落实全县教育事业改革与发展的《" + "某" * 60 + "规划" + "的" * 16 + "》")
def test_what_leads_up_to_a_title(text: str) -> None:
    """Looking before the titles finds the same as looking everywhere."""
    for pattern in (place_evidence._ISSUED_TITLE, place_evidence._FOLLOWED_TITLE):
        found = [match.span() for match in place_evidence._before_titles(pattern, text)]
        assert found == [match.span() for match in pattern.finditer(text)]


@given(st.text(alphabet=f"{WRAPPING}十大项工程期轮第一计划", max_size=14))
def test_wrapping_numbers_and_phases(text: str) -> None:
    """Marks, counted programmes and phases are asked for first where they cannot be missed."""
    plain = "".join(sign for sign in text if sign not in WRAPPING)
    assert unwrapped(text) == plain
    assert [text[at] for at in kept_places(text, range(len(plain)))] == list(plain)
    assert (counted_sort(text) is None) == (COUNTED.search(text) is None)
    assert shared_form(text) == text or re.search("[期轮]", text)
