"""Parts to sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Origin, Part, Span
from kg.texts import split_sentences
from kg.texts.sentences import _pieces, _pieces_outside_pairs


def part_of(clean: str, start: int = 0, end: int | None = None) -> Part:
    document = Document("0" * 16, "a.txt", clean, clean, Origin([0], [0], len(clean)))
    return Part(document, 0, Span(start, len(clean) if end is None else end))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("新建学校三所。改造食堂五个！", ["新建学校三所。", "改造食堂五个！"]),
        ("健全机制；完善制度；强化督导。", ["健全机制；", "完善制度；", "强化督导。"]),
        ("一、主要工作\n1.办好中心校。2、培训校长。", ["一、主要工作", "1.办好中心校。", "2、培训校长。"]),
        ("（一）抓好德育。成效明显。", ["（一）抓好德育。", "成效明显。"]),
        ("推行“统一采购；统一配送。分级负责”制度。成效好。", ["推行“统一采购；统一配送。分级负责”制度。", "成效好。"]),
        (
            "印发《办法；细则》。落实（一校一策；一生一案）要求。",
            ["印发《办法；细则》。", "落实（一校一策；一生一案）要求。"],
        ),
        ("他强调：“质量是生命线。”会议还部署了工作。", ["他强调：“质量是生命线。”", "会议还部署了工作。"]),
        ("落实“三提升要求。抓好师训；办好职教。", ["落实“三提升要求。", "抓好师训；", "办好职教。"]),
        ("加强管理。”各校照办。", ["加强管理。”", "各校照办。"]),
        ("真的吗？！是的。", ["真的吗？！", "是的。"]),
        ("占49.2%。比为1:15。", ["占49.2%。", "比为1:15。"]),
    ],
)
def test_sentence_ends(text: str, sentences: list[str]) -> None:
    """Sentences end at 。！？； and line breaks, never inside balanced quotes, titles or brackets."""
    assert [sentence.text for sentence in split_sentences(part_of(text))] == sentences


def test_unbalanced_pairs_do_not_reach_the_next_paragraph() -> None:
    """A quote left open is ignored in its paragraph only."""
    found = split_sentences(part_of("开展“晨读。活动。\n推广“甲；乙”做法。"))
    assert [s.text for s in found] == ["开展“晨读。", "活动。", "推广“甲；乙”做法。"]
    assert [(s.index, s.paragraph) for s in found] == [(0, 0), (1, 0), (2, 1)]


def test_only_the_span_of_the_part_is_read() -> None:
    """A sentence never leaves its part."""
    text = "前文。\n本部分第一句。第二句。\n后文。"
    found = split_sentences(part_of(text, 4, 15))
    assert [s.text for s in found] == ["本部分第一句。", "第二句。"]


@given(st.text(alphabet="学校一1.、。！？；：，“”《》（） \n", max_size=80), st.data())
def test_sentences_are_where_they_say(text: str, data: st.DataObject) -> None:
    """Sentences are ordered slices that cover every character of the part but blanks."""
    start = data.draw(st.integers(0, len(text)))
    part = part_of(text, start, data.draw(st.integers(start, len(text))))
    sentences = split_sentences(part)
    done = part.span.start
    for index, sentence in enumerate(sentences):
        assert sentence.index == index
        assert text[done : sentence.span.start].strip() == ""
        assert sentence.text == text[slice(*sentence.span)] == sentence.text.strip() != ""
        assert "\n" not in sentence.text
        done = sentence.span.end
    assert text[done : part.span.end].strip() == ""


@given(st.text(alphabet="。！？；，好 “”《》（）", max_size=12))
def test_the_short_way_cuts_as_the_long_way_does(line: str) -> None:
    """It is taken for a line of one sentence, and where all “…”, 《…》 and （…） close within theirs."""
    assert list(_pieces(line)) == _pieces_outside_pairs(line)
