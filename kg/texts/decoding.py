"""Bytes of a file → its text and the name of its encoding, or UnreadableFile with one line that says why."""

from __future__ import annotations

import codecs
import re

from kg.errors import UnreadableFile

# The most frequent characters of policy texts in both scripts: wrongly decoded text shows hardly any of them.
COMMON = frozenset(
    "的人和第条教行应规建市工管学政育当十会定法理业民以作部务有区生用门一关制实施全进机者保二校主动本等发公地员三展中大化或合"
    "责体在为经位府对水不其划单安事资开及提加物办国改护处产委职强上四五通城要内监方构级成服项程任年照高所议组标可由活依立推下"
    "时督信表按社重质并准家出师文自度报查性力专村交例与新营计道导同相能期治常源农场面分量向环收各目技供六域境好使元取息情企"
    "完评基日件小平培科意过养决路正反名求七式未采指结义八执善予优健特革外金前电放支造后于训需根限创效长研九配价受落做万深"
    "條應規會業務區門關實進動發員責體爲為經對劃單資開辦國護處產職強強內監縣構級項議組標時質師報與營計導農場環鄉費運園檢點"
    "個審評術證備調過養決現結義執電訓預創長測價傳網圍衛見課舉將風態選險廣間濟綠類維總從續參書給財領嚴積種題裝則輸習許認試"
)
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-8")
MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
SAMPLE = 60_000  # bytes that are enough to tell one encoding from another
MIN_COMMON = 0.15  # share of COMMON among non-blank characters below which a guessed encoding is not believed
MIN_CHINESE = 0.1  # share of Chinese characters among all letters below which a text counts as foreign
MAX_KANA = 0.25  # kana or hangul per Chinese character: more of it is Japanese or Korean
MAX_CONTROL = 0.003  # share of control characters that a damaged text file may still have

_CONTROL = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_KANA_HANGUL = re.compile("[\u3041-\u30fa\uac00-\ud7af]")
_NO_LETTER = re.compile(r"[\W\d_]+")


def decode(data: bytes) -> tuple[str, str]:
    """The text (BOM removed, line ends kept) and the Python name of the encoding.

    >>> decode("教育局工作要点".encode("gb18030"))
    ('教育局工作要点', 'gb18030')
    """
    if not data.strip(b" \t\r\n\0\x0b\x0c"):
        raise UnreadableFile("empty file: there is nothing to read in it")
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise UnreadableFile(f"binary file: this is {what}; save its text as a .txt file first")
    text, encoding = _decode_marked(data) or _decode_utf8(data) or _decode_best(data)
    _check_readable(text)
    return text, encoding


def _decode_marked(data: bytes) -> tuple[str, str] | None:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _decode_leniently(data, encoding), encoding
    return None


def _decode_utf8(data: bytes) -> tuple[str, str] | None:
    """Strict UTF-8 but for a character cut in two at the end; NUL bytes point to UTF-16 instead."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else (text, "utf-8")


def _decode_best(data: bytes) -> tuple[str, str]:
    """The candidate whose reading of the file's opening has the most common Chinese characters."""
    sample = data[:SAMPLE]
    scores = {encoding: _score(_decode_leniently(sample, encoding)) for encoding in CANDIDATES}
    best = max(CANDIDATES, key=lambda encoding: scores[encoding])
    if scores[best] < MIN_COMMON:
        if best == "utf-8" or _looks_binary(data):
            raise UnreadableFile(
                "binary file: no text encoding fits; give a text file (UTF-8, GB18030, Big5 or UTF-16)"
            )
        raise UnreadableFile("no Chinese text: no encoding (UTF-8, GB18030, Big5, UTF-16) gives readable Chinese")
    return _decode_leniently(data, best), best


def _decode_leniently(data: bytes, encoding: str) -> str:
    """Cut characters at the end vanish, damaged ones within become U+FFFD."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(data)


def _score(text: str) -> float:
    visible = "".join(text.split())
    if not visible:
        return 0.0
    common = sum(character in COMMON for character in visible)
    damaged = visible.count("\ufffd") + len(_CONTROL.findall(visible))
    return (common - 3 * damaged) / len(visible)


def _looks_binary(data: bytes) -> bool:
    sample = data[:SAMPLE]
    control = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in sample)
    return control > 0.01 * len(sample)


def _check_readable(text: str) -> None:
    if not text.strip("\ufeff \t\r\n\0\x0b\x0c\u3000\xa0\u200b"):
        raise UnreadableFile("empty file: there is nothing but white space in it")
    if len(_CONTROL.findall(text)) > MAX_CONTROL * len(text):
        raise UnreadableFile("binary file: it is full of control characters; give a text file")
    letters = _NO_LETTER.sub("", text)
    chinese = len(letters) - len(_HAN.sub("", letters))
    other_east_asian = len(_KANA_HANGUL.findall(letters))
    if chinese <= MIN_CHINESE * len(letters) or other_east_asian > MAX_KANA * chinese:
        raise UnreadableFile(
            f"no Chinese text: {chinese} of {len(letters)} letters are Chinese; policy-kg reads Chinese documents only"
        )
