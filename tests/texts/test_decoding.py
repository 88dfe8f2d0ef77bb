"""Bytes to text."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UnreadableFile
from kg.texts import decode
from kg.texts.readable import (
    COMMON,
    FEW_CONTROL,
    MIN_COMMON,
    QUICK_SAMPLE,
    check_readable,
    is_plain,
    sample_of_text,
    score,
    unreadable,
)

PARAGRAPH = (
    "全县教育系统认真落实县委、县政府工作部署，新建公办幼儿园三所，改造农村学校食堂十二个，群众满意度进一步提高。\n"
)
SIMPLIFIED = "关于进一步加强全市中小学校管理工作的意见\r\n" + PARAGRAPH
TRADITIONAL = (
    "關於進一步加強全市中小學校管理工作的意見\n全縣教育系統認真落實縣委、縣政府工作部署，新建公辦幼兒園三所。\n"
)


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "utf-32", "utf-32"),
        (SIMPLIFIED, "utf-32-le", "utf-32-le"),
        (SIMPLIFIED, "utf-32-be", "utf-32-be"),
        ("教育局工作要点", "gb18030", "gb18030"),
        ("2018年工作计划", "utf-8", "utf-8"),
    ],
)
def test_encoding_is_told(text: str, codec: str, name: str) -> None:
    """BOM first, then UTF-8, then the reading with most common characters; line ends stay, short files pass."""
    assert decode(text.encode(codec)) == (text, name, 0, None)


WORDS = st.lists(
    st.sampled_from(
        ["推进", "学校", "全市", "教师", "义务教育", "2018年", "，", "。", "（一）", "实施", "新建", "36所", "“", "”"]
    ),
    min_size=12,
    max_size=60,
).map("".join)


@given(WORDS, st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"]))
def test_round_trip(text: str, codec: str) -> None:
    """Whatever policy vocabulary is written in an encoding comes back."""
    assert decode((PARAGRAPH + text).encode(codec))[0] == PARAGRAPH + text


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le"])
def test_cut_tail_is_tolerated(codec: str) -> None:
    """A download that stopped within a character keeps everything before it."""
    data = SIMPLIFIED.rstrip().encode(codec)
    assert decode(data[:-1])[0].startswith(SIMPLIFIED.rstrip()[:-2])


def test_damaged_character_does_not_lose_the_file() -> None:
    """One broken byte in a UTF-8 file costs one character, not the encoding."""
    data = bytearray((SIMPLIFIED * 5).encode())
    data[300] = 0xFF
    decoded = decode(bytes(data))
    assert (decoded.encoding, decoded.damaged, decoded.first_damaged) == ("utf-8", 1, 299)
    assert "满意度进一步提高" in decoded.text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty file"),
        (b" \r\n\t ", "empty file"),
        (codecs.BOM_UTF8 + b"\n", "empty file"),
        ("\u3000\n\u3000".encode(), "empty file"),
        (b"%PDF-1.4\n%\xe2\xe3", "binary file: this is a PDF"),
        (b"PK\x03\x04\x14\0", "binary file"),
        (bytes(range(256)) * 20, "binary file"),
        (b"\0\x01\x02\x03" * 50, "binary file"),
        (b"The county built three new kindergartens in 2013.\n" * 20, "no Chinese text"),
        ("市内の全ての小学校で、子どもたちの安全を守るための取り組みを進めています。".encode(), "no Chinese text"),
        ("Le comté a rénové les écoles; 教育 se lit jiaoyu en chinois, et rien de plus.".encode(), "no Chinese text"),
    ],
)
def test_unreadable_files_say_why(data: bytes, message: str) -> None:
    """Empty, binary and foreign files give one clear line."""
    with pytest.raises(UnreadableFile, match=message) as caught:
        decode(data)
    assert "\n" not in str(caught.value)


FIXTURES = Path(__file__).parents[1] / "corpus" / "encodings"


@pytest.mark.parametrize(
    ("file", "encoding"),
    [
        ("utf-8-bom.txt", "utf-8-sig"),
        ("gb18030.txt", "gb18030"),
        ("utf-16-le-bom.txt", "utf-16"),
        ("utf-16-be-bom.txt", "utf-16"),
        ("utf-16-le.txt", "utf-16-le"),
        ("utf-16-be.txt", "utf-16-be"),
        ("utf-32-le-bom.txt", "utf-32"),
        ("utf-32-be-bom.txt", "utf-32"),
        ("utf-32-le.txt", "utf-32-le"),
        ("utf-32-be.txt", "utf-32-be"),
        ("utf-8-via-latin-1.txt", "utf-8 via cp1252"),
        ("utf-8-via-cp1252.txt", "utf-8 via cp1252"),
        ("utf-8-via-cp1252-in-gb18030.txt", "utf-8 via cp1252"),
        ("utf-8-via-cp1252-twice.txt", "utf-8 via cp1252 twice"),
        ("gb18030-via-latin-1.txt", "gb18030 via cp1252"),
    ],
)
def test_the_same_text_in_every_encoding(file: str, encoding: str) -> None:
    """One text, told in many encodings and through wrong ones, is the same text."""
    expected = (FIXTURES / "utf-8.txt").read_bytes().decode()
    assert decode((FIXTURES / file).read_bytes()) == (expected, encoding, 0, None)


@pytest.mark.parametrize(
    ("file", "encoding"),
    [
        ("utf-8-in-gb18030.txt", "utf-8 + gb18030"),
        ("gb18030-in-utf-8.txt", "utf-8 + gb18030"),
        ("gb18030-in-utf-8-bom.txt", "utf-8 + gb18030"),
        ("utf-8-via-cp1252-pasted.txt", "utf-8 via cp1252"),
    ],
)
def test_pasted_paragraphs_keep_their_own_encoding(file: str, encoding: str) -> None:
    """Lines of two encodings in one file are read each in its own."""
    decoded = decode((FIXTURES / file).read_bytes())
    assert decoded.text.startswith((FIXTURES / "utf-8.txt").read_bytes().decode())
    assert decoded.text.endswith("五、及时总结。请各学校于12月20日前把工作总结报县教育局基础教育科。\n")
    assert decoded[1:] == (encoding, 0, None)


@pytest.mark.parametrize(
    ("file", "encoding", "damaged", "first", "around"),
    [
        ("utf-8-damaged.txt", "utf-8", 2, 118, "为进��步改善办学条件"),
        ("utf-8-bom-damaged.txt", "utf-8-sig", 1, 121, "为进��步改善办学条件"),
        ("utf-8-cut.txt", "utf-8", 1, 595, "结果列入年度考核�"),
        ("gb18030-damaged.txt", "gb18030", 2, 85, "为进一步�善办学条件"),
        ("gb18030-cut.txt", "gb18030", 1, 402, "结果列入年度考核�"),
        ("utf-8-via-cp1252-lost.txt", "utf-8 via cp1252", 21, None, "现就有关工作通知如下。\n一�加强组织领导"),
        ("utf-8-via-gb18030.txt", "utf-8 via gb18030", 5, None, "一、加强组织领导。各学校要成立"),
        ("utf-8-via-gb18030-in-gbk.txt", "utf-8 via gb18030", 17, None, "工作小组，明"),
        ("gb18030-via-big5.txt", "gb18030 via big5hkscs", 2, None, "校长任组长的工作小组，明�责任"),
        ("lost-twice.txt", "gb18030", 1, None, "县财政安排��资金1200万元"),
    ],
)
def test_damage_is_counted_and_the_rest_is_read(
    file: str, encoding: str, damaged: int, first: int | None, around: str
) -> None:
    """Bytes that no encoding explains become U+FFFD, with their number and the offset of the first."""
    decoded = decode((FIXTURES / file).read_bytes())
    assert decoded[1:] == (encoding, damaged, first)
    assert around in decoded.text
    assert str(damaged) in decoded.doubt


def test_big5_read_as_gb18030() -> None:
    """A Traditional text that went through a Simplified editor comes back whole."""
    decoded = decode((FIXTURES / "big5-via-gb18030.txt").read_bytes())
    assert decoded == decode((FIXTURES / "big5.txt").read_bytes())._replace(encoding="big5hkscs via gb18030")


def test_nul_bytes_stay_where_they_are_few() -> None:
    """One NUL byte makes no binary file and no UTF-16."""
    decoded = decode((FIXTURES / "nul-bytes.txt").read_bytes())
    assert (decoded.encoding, decoded.text.count("\0"), decoded.doubt) == ("utf-8", 1, "")


@pytest.mark.parametrize(
    ("text", "codec", "declared", "name"),
    [
        (SIMPLIFIED, "utf-8", "gb2312", "utf-8"),
        (SIMPLIFIED, "gb18030", "utf-8", "gb18030"),
        (SIMPLIFIED, "gb18030", "big5", "gb18030"),
        (TRADITIONAL, "big5", "big5", "big5hkscs"),
        (SIMPLIFIED, "gb18030", "no such encoding\0", "gb18030"),
    ],
)
def test_bytes_overrule_what_is_declared(text: str, codec: str, declared: str, name: str) -> None:
    """A page's charset is a hint; wrong ones are frequent."""
    assert decode(text.encode(codec), declared)[:2] == (text, name)


@pytest.mark.parametrize("text", ["Kindergärten für alle\n" + SIMPLIFIED, "café ×××\n" + SIMPLIFIED, SIMPLIFIED + "锛"])
def test_text_that_was_read_rightly_is_left_alone(text: str) -> None:
    """Latin letters or a rare character make no double encoding."""
    assert decode(text.encode()) == (text, "utf-8", 0, None)


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_one_line(data: bytes) -> None:
    """Whatever the bytes are, nothing but UnreadableFile is raised."""
    try:
        assert decode(data).text
    except UnreadableFile as error:
        assert "\n" not in str(error)  # noqa: PT017


@given(
    st.lists(st.integers(0x20, 0xFF), min_size=1, max_size=4).map(bytes),
    st.integers(0, 300),
    st.sampled_from(["utf-8", "gb18030"]),
)
def test_a_few_foreign_bytes_cost_a_few_characters(noise: bytes, at: int, codec: str) -> None:
    """Whatever but control characters is written over up to four bytes, the encoding stays and later paragraphs are whole."""
    data = (PARAGRAPH * 4).encode(codec)
    decoded = decode(data[:at] + noise + data[at + len(noise) :])
    assert decoded.text.endswith(PARAGRAPH)
    assert codec in decoded.encoding


@pytest.mark.parametrize(("count", "readable"), [(0, True), (FEW_CONTROL, True), (FEW_CONTROL + 1, False)])
def test_few_control_characters(count: int, readable: bool) -> None:
    """A short text may hold as many control characters as a long one of a thousand."""
    text = "教育工作要点\n" + "\x01" * count + PARAGRAPH
    if readable:
        check_readable(text)
    else:
        with pytest.raises(UnreadableFile, match="control characters"):
            check_readable(text)


@given(st.text("的教育局，。\n 2a県かを\0\x05\ufffd鏁", max_size=40), st.integers(1, 60))
def test_a_plain_text_has_passed_every_other_look(text: str, times: int) -> None:
    """What is told from a few characters is what all of the rules would say, which is a quarter of the work."""
    sample = sample_of_text(text * times, QUICK_SAMPLE)
    if is_plain(text * times):
        assert score(sample) >= MIN_COMMON
        assert not unreadable(sample)


def test_common_characters_are_chinese() -> None:
    """So that a text with many of them is Chinese."""
    assert not unreadable("".join(sorted(COMMON)))
    assert is_plain("".join(sorted(COMMON)))
