"""Bytes of a file → its text, the name of its encoding and what no encoding explains; or UnreadableFile, one line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.errors import UnreadableFile
from kg.texts.readable import (
    LINE_SAMPLE,
    LOST,
    MIN_COMMON,
    RESYNC,
    SAMPLE,
    SURE,
    check_readable,
    leniently,
    sample_of_text,
    score,
    score_of_rest,
)
from kg.texts.twice_encoded import GBK_SIGNS, undone, undone_latin, utf8_cut_by_gbk

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
OPENING = 4_000  # bytes
SEARCHED = 5_000_000  # bytes of an ASCII opening, such as the scripts of a page, that are looked through for Chinese
DECLARED_BONUS = 0.05  # what a declared encoding is worth beside the evidence of the bytes
CUT = ("unexpected end of data", "incomplete multibyte sequence", "truncated data")  # as Python says it
# U+FFFD that was itself written as UTF-8 and read as GBK or Latin-1.
LOST_TWICE = (("锟斤拷", LOST * 2), ("ï¿½", LOST))

_NOT_BLANK_BYTE = re.compile(rb"[^ \t\r\n\0\x0b\x0c]")
_ASCII_RUN = re.compile(rb"(?<=[\t-~])[\t-~]{8,}")


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
    decoded = _decode_marked(data) or _decode_utf8(data) or _decode_best(data, declared)
    if was := undone(decoded.text):
        decoded = Decoded(*was)
    for twice, once in LOST_TWICE:
        if twice[0] in decoded.text:
            decoded = decoded._replace(text=decoded.text.replace(twice, once))
    decoded = decoded._replace(damaged=_count_runs(decoded.text, LOST))
    if check:
        check_readable(decoded.text)
    return decoded


def _count_runs(text: str, character: str) -> int:
    return len(re.findall(f"{character}+", text)) if character in text else 0


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
    scores = {encoding: score(leniently(sample, encoding)) for encoding in CANDIDATES}
    scores |= {hinted: scores[hinted] + DECLARED_BONUS for hinted in _known(declared)}
    best = max(CANDIDATES, key=lambda encoding: scores[encoding])
    believed = scores[best] >= MIN_COMMON
    if not believed and _looks_binary(sample):
        raise UnreadableFile("binary file: no text encoding fits; give a text file (UTF-8, GB18030, Big5 or UTF-16)")
    if best.startswith(("utf-16", "utf-32")) and believed:
        return _with_damage(data.decode(best, "replace"), best)
    text = _strictly(data, best)
    if believed and text is not None and not any(sign in text for sign in GBK_SIGNS):
        return _with_damage(text, best)
    other = best if best == "big5hkscs" else "gb18030"
    if believed or score(_decode_damaged(sample, best, other).text) >= MIN_COMMON:
        return _decode_damaged(data, best, other)
    if _decode_twice_encoded(sample) and (undone := _decode_twice_encoded(data)):
        return undone
    raise UnreadableFile("no Chinese text: no encoding (UTF-8, GB18030, Big5, UTF-16) gives readable Chinese")


def _decode_plain_gb18030(data: bytes) -> Decoded | None:
    """The ordinary case apart from UTF-8, told from its opening: nothing else reads as so much Chinese."""
    if b"\0" in data or score(leniently(data[:OPENING], "gb18030")) < SURE:
        return None
    text = _strictly(data, "gb18030", whole=True)
    return None if text is None or any(sign in text for sign in GBK_SIGNS) else Decoded(text, "gb18030")


def _decode_twice_encoded(data: bytes) -> Decoded | None:
    """Text that went through a wrong encoding and was saved in GB18030."""
    text = utf8_cut_by_gbk(data)
    if score_of_rest(sample_of_text(text)) >= SURE:
        return Decoded(text, "utf-8 via gb18030")
    text = _strictly(data, "gb18030") or ""
    was = undone_latin(text)
    return Decoded(*was) if was else None


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
    scores = [score(leniently(line[:LINE_SAMPLE], encoding)) for encoding, _ in readings]
    encoding, text = readings[scores[1] > scores[0]]
    return Line(_repaired(line, encoding) if text is None else text, encoding)


def _repaired(data: bytes, encoding: str) -> str:
    """In UTF-8 the next character is plain to see; the pairs of other encodings must be found again."""
    return data.decode(encoding, RESYNC if encoding in ("gb18030", "big5hkscs") else "replace")


def _is_not_utf8(line: bytes) -> bool:
    """Damaged UTF-8 is still UTF-8 for the most part."""
    reading = leniently(line[:LINE_SAMPLE], "utf-8")
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


def _looks_binary(sample: bytes) -> bool:
    control = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in sample)
    return control > 0.01 * len(sample)


def _sample_of_bytes(data: bytes) -> bytes:
    """The opening; of a file of 8-bit characters without its ASCII runs, so that markup does not fill the sample."""
    if len(data) <= SAMPLE or b"\0" in data[:SAMPLE]:
        return data[:SAMPLE]
    return _ASCII_RUN.sub(b"\n", data[:SEARCHED])[:SAMPLE]
