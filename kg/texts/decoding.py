"""Bytes of a file → its text, the name of its encoding and what no encoding explains; or UnreadableFile, one line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from kg.errors import UnreadableFile
from kg.patterns import regex

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
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-8", "utf-32-le", "utf-32-be")
# Names that pages declare, and the superset in which such pages are really written.
SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}
MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
SAMPLE = 60_000  # bytes or characters that are enough to tell one encoding from another
QUICK_SAMPLE = 1_000  # characters that show that most files are plain Chinese
FEW = 400  # of them that are looked at first
LARGE_SAMPLE = 2_000_000  # characters that are looked at before a file is refused
SLICES = 20  # pieces of a sample
OPENING = 4_000  # bytes
LINE_SAMPLE = 600  # bytes or characters that are enough for one line
SEARCHED = 5_000_000  # bytes of an ASCII opening, such as the scripts of a page, that are looked through for Chinese
MIN_COMMON = 0.15  # share of COMMON among non-ASCII characters below which a guessed encoding is not believed
SURE = 0.35  # the same where text that can be read as it stands is read in another way
MIN_CHINESE = 0.1  # share of Chinese characters among all letters below which a text counts as foreign
MAX_KANA = 0.25  # kana or hangul per Chinese character: more of it is Japanese or Korean
MAX_CONTROL = 0.003  # share of control characters that a damaged text file may still have, …
FEW_CONTROL = 3  # … or so many in a short one
DECLARED_BONUS = 0.05  # what a declared encoding is worth beside the evidence of the bytes
LOOK_AHEAD = 40  # bytes after a damaged place
RESYNC = "kg-resync"  # name of the error handler
LOST = "\ufffd"
CUT = ("unexpected end of data", "incomplete multibyte sequence", "truncated data")  # as Python says it
# U+FFFD that was itself written as UTF-8 and read as GBK or Latin-1.
LOST_TWICE = (("锟斤拷", LOST * 2), ("ï¿½", LOST))

_CONTROL = regex("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_NOT_BLANK_BYTE = re.compile(rb"[^ \t\r\n\0\x0b\x0c]")
_NOT_BLANK = regex("[^\ufeff \t\r\n\0\x0b\x0c\u3000\xa0\u200b]")
_HAN = regex("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_KANA_HANGUL = regex("[\u3041-\u30fa\uac00-\ud7af]")
_STRANGE = regex(f"{_CONTROL.pattern}|{_KANA_HANGUL.pattern}|{LOST}")
_NO_LETTER = regex(r"[\W\d_]+")
_COMMON_RUN = regex(f"[{re.escape(''.join(sorted(COMMON)))}]+")
_ASCII_RUN = re.compile(rb"(?<=[\t-~])[\t-~]{8,}")

# Signs of Chinese bytes that were read as Latin letters, and of UTF-8 punctuation (，。、：) that was read as GBK.
_LATIN_SIGNS = "ÃäåæçèéÄÐÖÊÑÒÌ"
_GBK_SIGNS = "锛銆"
_CP1252 = {byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"}
_CP1252_TO_BYTE = {ord(character): byte for byte, character in _CP1252.items()} | {ord(LOST): "?"}
_HIGH = "\x80-\xff" + "".join(_CP1252.values()) + LOST
_LATIN_RUN = regex(f"[\t\x20-\x7e{_HIGH}]+")
_HIGH_PAIR = regex(f"[{_HIGH}].*[{_HIGH}]")
_LINE = regex("[^\r\n]+")
_LOST_NO_BREAK_SPACE = re.compile(rb"([\xe3-\xef][\x80-\xbf])\x20|([\xe3-\xef])\x20(?=[\x80-\xbf])")
_LOST_80 = re.compile(rb"([\xe3-\xef][\x80-\xbf])\?(?=[\xe3-\xef])|([\xe3-\xef])\?(?=[\x80-\xbf])")
_LOST_BYTES = re.compile(rb"[\xe3-\xef](?:[\x80-\xbf]\?|\?[\x80-\xbf]|\?\?)")


class Decoded(NamedTuple):
    """A text, and in how many places of it no encoding explains the bytes (one or more U+FFFD in the text)."""

    text: str  # BOM removed, line ends kept
    encoding: str  # Python name; "utf-8 + gb18030" for mixed lines, "utf-8 via cp1252" for text encoded twice
    damaged: int = 0
    first_damaged: int | None = None  # byte offset in the file, where it can be told

    @property
    def doubt(self) -> str:
        """A sentence for the user about the damage, or nothing."""
        if not self.damaged:
            return ""
        where = "" if self.first_damaged is None else f", the first at byte {self.first_damaged}"
        return f"no encoding explains the bytes in {self.damaged} places{where}; lost characters are shown as {LOST}"


class Line(NamedTuple):
    """One line of a file whose lines are not all in one encoding."""

    text: str
    encoding: str  # "" where it is plain ASCII


def decode(data: bytes, declared: str = "", *, check: bool = True) -> Decoded:
    """The text of a file. `declared` is the encoding that a page names for itself: a hint that the bytes overrule.

    With `check` text that is not Chinese raises UnreadableFile; a page, whose letters are mostly markup, is checked
    later.

    >>> decode("教育局工作要点".encode("gb18030"))[:2]
    ('教育局工作要点', 'gb18030')
    """
    if not _NOT_BLANK_BYTE.search(data):
        raise UnreadableFile("empty file: there is nothing to read in it")
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise UnreadableFile(f"binary file: this is {what}; save its text as a .txt file first")
    decoded = _undone(_decode_marked(data) or _decode_utf8(data) or _decode_best(data, declared))
    for twice, once in LOST_TWICE:
        if twice[0] in decoded.text:
            decoded = decoded._replace(text=decoded.text.replace(twice, once))
    decoded = decoded._replace(damaged=_count_runs(decoded.text, LOST))
    if check:
        check_readable(decoded.text)
    return decoded


def _count_runs(text: str, character: str) -> int:
    return len(re.findall(f"{character}+", text)) if character in text else 0


def check_readable(text: str) -> None:
    """Raises UnreadableFile where the text is blank, full of control characters or not Chinese."""
    if _is_plain(text):
        return
    if not _NOT_BLANK.search(text):
        raise UnreadableFile("empty file: there is nothing but white space in it")
    if _unreadable(_sample_of_text(text, QUICK_SAMPLE)) and (
        why := _unreadable(_sample_of_text(text.strip(), LARGE_SAMPLE))
    ):
        raise UnreadableFile(why)


def _is_plain(text: str) -> bool:
    """What most files are, told from a few characters: so many of them are common ones that nothing else needs a look."""
    sample = _sample_of_text(text, QUICK_SAMPLE)
    common = sum(map(len, _COMMON_RUN.findall(sample, 0, FEW)))
    return common > MIN_COMMON * len(sample) and not _STRANGE.search(sample)


def _unreadable(text: str) -> str:
    if len(_CONTROL.findall(text)) > max(FEW_CONTROL, MAX_CONTROL * len(text)):
        return "binary file: it is full of control characters; give a text file"
    letters = _NO_LETTER.sub("", text)
    chinese = len(letters) - len(_HAN.sub("", letters))
    other_east_asian = len(_KANA_HANGUL.findall(letters))
    if chinese <= MIN_CHINESE * len(letters) or other_east_asian > MAX_KANA * chinese:
        return (
            f"no Chinese text: {chinese} of {len(letters)} letters are Chinese; policy-kg reads Chinese documents only"
        )
    return ""


def _decode_marked(data: bytes) -> Decoded | None:
    """What a byte order mark says; after that of UTF-8 other encodings may still follow."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            text = _strictly(data, encoding)
            if text is None and encoding == "utf-8-sig":
                return _decode_damaged(data, "utf-8-sig", "gb18030")
            return _with_damage(data.decode(encoding, "replace") if text is None else text, encoding, len(bom))
    return None


def _decode_utf8(data: bytes) -> Decoded | None:
    """Strict UTF-8 but for a character cut in two at the end; NUL bytes point to UTF-16 instead."""
    text = _strictly(data, "utf-8")
    if text is None or "\0" in text:
        return None
    return _with_damage(text, "utf-8")


def _decode_best(data: bytes, declared: str) -> Decoded:
    """The candidate whose reading has the most common Chinese characters."""
    if (plain := _decode_plain_gb18030(data)) is not None:
        return plain
    sample = _sample_of_bytes(data)
    scores = {encoding: _score(_leniently(sample, encoding)) for encoding in CANDIDATES}
    scores |= {hinted: scores[hinted] + DECLARED_BONUS for hinted in _known(declared)}
    best = max(CANDIDATES, key=lambda encoding: scores[encoding])
    believed = scores[best] >= MIN_COMMON
    if not believed and _looks_binary(sample):
        raise UnreadableFile("binary file: no text encoding fits; give a text file (UTF-8, GB18030, Big5 or UTF-16)")
    if best.startswith(("utf-16", "utf-32")) and believed:
        return _with_damage(data.decode(best, "replace"), best)
    text = _strictly(data, best)
    if believed and text is not None and not any(sign in text for sign in _GBK_SIGNS):
        return _with_damage(text, best)
    other = best if best == "big5hkscs" else "gb18030"
    if believed or _score(_decode_damaged(sample, best, other).text) >= MIN_COMMON:
        return _decode_damaged(data, best, other)
    if _decode_twice_encoded(sample) and (undone := _decode_twice_encoded(data)):
        return undone
    raise UnreadableFile("no Chinese text: no encoding (UTF-8, GB18030, Big5, UTF-16) gives readable Chinese")


def _decode_plain_gb18030(data: bytes) -> Decoded | None:
    """The ordinary case apart from UTF-8, told from its opening: nothing else reads as so much Chinese."""
    if b"\0" in data or _score(_leniently(data[:OPENING], "gb18030")) < SURE:
        return None
    text = _strictly(data, "gb18030", whole=True)
    return None if text is None or any(sign in text for sign in _GBK_SIGNS) else Decoded(text, "gb18030")


def _decode_twice_encoded(data: bytes) -> Decoded | None:
    """Text that went through a wrong encoding and was saved in GB18030."""
    text = _utf8_cut_by_gbk(data)
    if _score_of_rest(_sample_of_text(text)) >= SURE:
        return Decoded(text, "utf-8 via gb18030")
    text = _strictly(data, "gb18030") or ""
    return _undone_latin(Decoded(text, "gb18030"))


def _known(declared: str) -> Iterator[str]:
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return
    name = SUPERSETS.get(name, name)
    if name in CANDIDATES:
        yield name


def _decode_damaged(data: bytes, main: str, other: str) -> Decoded:
    """Each line as UTF-8 or as `other` if the file needs both, else all of it as `main`; what is left is U+FFFD."""
    body = data.removeprefix(codecs.BOM_UTF8)
    lines = [_line(line, other) for line in body.splitlines(keepends=True)]
    encodings = {line.encoding for line in lines if line.encoding}
    if len(encodings) < 2:
        encoding = main if not encodings or (main == "utf-8-sig" and "utf-8" in encodings) else encodings.pop()
        return _with_damage(_repaired(data, encoding), encoding, 3 * (encoding == "utf-8-sig"))
    text = "".join(line.text for line in lines)
    return Decoded(text, f"utf-8 + {other}", 0, _first_damaged(lines, len(data) - len(body)))


def _line(line: bytes, other: str) -> Line:
    """The reading that alone explains all bytes, else the one with more common characters."""
    if line.isascii():
        return Line(line.decode("ascii"), "")
    readings = [(encoding, _strictly(line, encoding, whole=True)) for encoding in ("utf-8", other)]
    if readings[0][1] is not None and readings[1][1] is None:
        return Line(readings[0][1], "utf-8")
    if readings[1][1] is not None and _is_not_utf8(line):
        return Line(readings[1][1], other)
    scores = [_score(_leniently(line[:LINE_SAMPLE], encoding)) for encoding, _ in readings]
    encoding, text = readings[scores[1] > scores[0]]
    return Line(_repaired(line, encoding) if text is None else text, encoding)


def _repaired(data: bytes, encoding: str) -> str:
    """In UTF-8 the next character is plain to see; the pairs of other encodings must be found again."""
    return data.decode(encoding, RESYNC if encoding in ("gb18030", "big5hkscs") else "replace")


def _is_not_utf8(line: bytes) -> bool:
    """Damaged UTF-8 is still UTF-8 for the most part."""
    reading = _leniently(line[:LINE_SAMPLE], "utf-8")
    return 3 * reading.count(LOST) > len(reading)


def _first_damaged(lines: list[Line], offset: int) -> int | None:
    """`offset` is where the first line begins."""
    for line in lines:
        encoding = line.encoding or "ascii"
        if LOST in line.text:
            return offset + len(line.text[: line.text.index(LOST)].encode(encoding))
        offset += len(line.text.encode(encoding))
    return None


def _with_damage(text: str, encoding: str, bom: int = 0) -> Decoded:
    """With the byte offset of the first U+FFFD: before it every byte was understood."""
    at = text.find(LOST)
    if at < 0:
        return Decoded(text, encoding)
    return Decoded(text, encoding, 0, bom + len(text[:at].encode(_without_bom(encoding), "replace")))


def _without_bom(encoding: str) -> str:
    return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(encoding, encoding)


def _strictly(data: bytes, encoding: str, whole: bool = False) -> str | None:
    """The text if every byte is explained; unless it must be `whole`, a character cut at the end becomes U+FFFD."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if whole or error.reason not in CUT or error.end < len(data):
            return None
        return data[: error.start].decode(encoding) + LOST


def _resync(error: UnicodeError) -> tuple[str, int]:
    """One U+FFFD for a damaged place, after which the reading with more common characters goes on."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    starts = range(error.start + 1, min(error.start + 3, len(error.object)) + 1)
    scores = {start: _score(_leniently(error.object[start : start + LOOK_AHEAD], error.encoding)) for start in starts}
    return LOST, max(starts, key=lambda start: scores[start])


codecs.register_error(RESYNC, _resync)


def _leniently(data: bytes, encoding: str) -> str:
    """Cut characters at the end vanish, damaged ones within become U+FFFD."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(data)


def _score(text: str) -> float:
    """Share of common characters among the non-ASCII ones, damaged ones counted against it."""
    common = sum(map(len, _COMMON_RUN.findall(text)))
    control = len(_CONTROL.findall(text))
    blank = text.count("\u3000") + text.count("\xa0")
    foreign = len(text) - len(text.encode("ascii", "ignore")) - blank
    return (common - 3 * (text.count(LOST) + control)) / max(foreign + control, 1)


def _score_of_rest(text: str) -> float:
    """The score without the lost characters, as long as they are few."""
    lost = text.count(LOST)
    return _score(text.replace(LOST, "")) if 3 * lost < len(text) else 0.0


def _looks_binary(sample: bytes) -> bool:
    control = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in sample)
    return control > 0.01 * len(sample)


def _sample_of_bytes(data: bytes) -> bytes:
    """The opening; of a file of 8-bit characters without its ASCII runs, so that markup does not fill the sample."""
    if len(data) <= SAMPLE or b"\0" in data[:SAMPLE]:
        return data[:SAMPLE]
    return _ASCII_RUN.sub(b"\n", data[:SEARCHED])[:SAMPLE]


def _sample_of_text(text: str, size: int = SAMPLE) -> str:
    """Slices from the whole length."""
    if len(text) <= size:
        return text
    step = len(text) // SLICES
    return "".join(text[start : start + size // SLICES] for start in range(0, SLICES * step, step))


def _undone(decoded: Decoded) -> Decoded:
    """Text that was read in a wrong encoding and saved again, as it was before."""
    return _undone_latin(decoded) or _undone_gbk(decoded) or _undone_big5(decoded) or decoded


def _undone_latin(decoded: Decoded) -> Decoded | None:
    """UTF-8 or GB18030 that was read as Latin letters: æ•™è‚² or ½ÌÓý → 教育."""
    if not any(sign in decoded.text for sign in _LATIN_SIGNS):
        return None
    runs = [run for run in _LATIN_RUN.findall(decoded.text) if _HIGH_PAIR.search(run)]
    sample = "\n".join(runs)[:SAMPLE]
    readers = {
        "utf-8 via cp1252": _latin_as_utf8,
        "gb18030 via cp1252": _latin_as_gb18030,
        "utf-8 via cp1252 twice": _latin_twice_as_utf8,
    }
    scores = {name: _score_of_rest(read(sample)) for name, read in readers.items()}
    best = max(scores, key=lambda name: scores[name])
    return _replaced(decoded, _LATIN_RUN, readers[best], best) if scores[best] >= SURE else None


def _latin_as_utf8(run: str) -> str:
    data = _LOST_NO_BREAK_SPACE.sub(b"\\1\\2\xa0", _latin_bytes(run))
    return _LOST_BYTES.sub(LOST.encode(), data).decode("utf-8", "replace")


def _latin_twice_as_utf8(run: str) -> str:
    return _latin_as_utf8(_latin_as_utf8(run))


def _latin_as_gb18030(run: str) -> str:
    return _latin_bytes(run).decode("gb18030", "replace")


def _latin_bytes(run: str) -> bytes:
    return run.translate(_CP1252_TO_BYTE).encode("latin-1", "replace")


def _undone_gbk(decoded: Decoded) -> Decoded | None:
    """UTF-8 that was read as GBK: 鏁欒偛 → 教育."""
    if not any(sign in decoded.text for sign in _GBK_SIGNS):
        return None
    return _replaced(decoded, _LINE, _gbk_as_utf8, "utf-8 via gb18030")


def _gbk_as_utf8(line: str) -> str:
    """Windows reads the byte 80, which GBK does not have, as €; others lose it."""
    parts = line.replace(LOST, "?").split("€")
    return _utf8_cut_by_gbk(b"\x80".join(part.encode("gb18030", "replace") for part in parts))


def _utf8_cut_by_gbk(data: bytes) -> str:
    """UTF-8 with ? for the bytes that GBK does not have: within the text that is 80, at its end it may be any."""
    data = _LOST_80.sub(b"\\1\\2\x80", data)
    return _LOST_BYTES.sub(LOST.encode(), data).decode("utf-8", "replace")


def _undone_big5(decoded: Decoded) -> Decoded | None:
    """GB18030 read as Big5 or the reverse: hardly a character is a common one, read the other way round most are."""
    if _is_plain(decoded.text) or _score(_sample_of_text(decoded.text, QUICK_SAMPLE)) >= MIN_COMMON:
        return None
    sample = _sample_of_text(decoded.text)
    if not _HAN.search(sample) or _score(sample) >= MIN_COMMON:
        return None
    for real, via in (("gb18030", "big5hkscs"), ("big5hkscs", "gb18030"), ("utf-8", "gb18030"), ("utf-8", "big5hkscs")):

        def read(line: str, real: str = real, via: str = via) -> str:
            parts = (part.encode(via, "replace") for part in line.split(LOST))
            return b"\xff".join(parts).decode(real, RESYNC)

        if _score_of_rest(read(sample)) >= SURE:
            return _replaced(decoded, _LINE, read, f"{real} via {via}")
    return None


def _replaced(decoded: Decoded, pattern: re.Pattern[str], read: Callable[[str], str], name: str) -> Decoded | None:
    """With each stretch that `read` makes clearly more Chinese as `read` gives it."""

    def again(match: re.Match[str]) -> str:
        stretch = match[0]
        if stretch.isascii():
            return stretch
        reading = read(stretch)
        exact = LOST not in reading and _HAN.search(reading)
        better = exact or _score_of_rest(reading[:LINE_SAMPLE]) > _score(stretch[:LINE_SAMPLE])
        return reading if better else stretch

    text = pattern.sub(again, decoded.text)
    return Decoded(text, name) if text != decoded.text else None
