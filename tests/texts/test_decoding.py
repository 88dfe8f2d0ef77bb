"""Bytes to text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UnreadableFile
from kg.texts import decode

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
        ("教育局工作要点", "gb18030", "gb18030"),
        ("2018年工作计划", "utf-8", "utf-8"),
    ],
)
def test_encoding_is_told(text: str, codec: str, name: str) -> None:
    """BOM first, then UTF-8, then the reading with most common characters; line ends stay, short files pass."""
    assert decode(text.encode(codec)) == (text, name)


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
    text, name = decode(bytes(data))
    assert name == "utf-8"
    assert "满意度进一步提高" in text


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
