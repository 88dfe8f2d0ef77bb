"""Text that was read in a wrong encoding and saved again → the text as it was before, and how it was lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from kg.patterns import regex
from kg.texts.readable import (
    HAN_RUN,
    LINE_SAMPLE,
    LOST,
    MIN_COMMON,
    QUICK_SAMPLE,
    RESYNC,
    SAMPLE,
    SURE,
    is_plain,
    sample_of_text,
    score,
    score_of_rest,
)

# Signs of Chinese bytes that were read as Latin letters, and of UTF-8 punctuation (，。、：) that was read as GBK.
_LATIN_SIGNS = "ÃäåæçèéÄÐÖÊÑÒÌ"
GBK_SIGNS = "锛銆"
_CP1252 = {byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"}
_CP1252_TO_BYTE = {ord(character): byte for byte, character in _CP1252.items()} | {ord(LOST): "?"}
_HIGH = "\x80-\xff" + "".join(_CP1252.values()) + LOST
_LATIN_RUN = regex(f"[\t\x20-\x7e{_HIGH}]+")
_HIGH_PAIR = regex(f"[{_HIGH}].*[{_HIGH}]")
_LINE = regex("[^\r\n]+")
_LOST_NO_BREAK_SPACE = re.compile(rb"([\xe3-\xef][\x80-\xbf])\x20|([\xe3-\xef])\x20(?=[\x80-\xbf])")
_LOST_80 = re.compile(rb"([\xe3-\xef][\x80-\xbf])\?(?=[\xe3-\xef])|([\xe3-\xef])\?(?=[\x80-\xbf])")
_LOST_BYTES = re.compile(rb"[\xe3-\xef](?:[\x80-\xbf]\?|\?[\x80-\xbf]|\?\?)")


class Undone(NamedTuple):
    """A text as it was before, and by which encodings it went: utf-8 via cp1252."""

    text: str
    encoding: str


def undone(text: str) -> Undone | None:
    """Text that was read in a wrong encoding and saved again, as it was before; None where it was not."""
    return undone_latin(text) or _undone_gbk(text) or _undone_big5(text)


def undone_latin(text: str) -> Undone | None:
    """UTF-8 or GB18030 that was read as Latin letters: æ•™è‚² or ½ÌÓý → 教育."""
    if not any(sign in text for sign in _LATIN_SIGNS):
        return None
    runs = [run for run in _LATIN_RUN.findall(text) if _HIGH_PAIR.search(run)]
    sample = "\n".join(runs)[:SAMPLE]
    readers = {
        "utf-8 via cp1252": _latin_as_utf8,
        "gb18030 via cp1252": _latin_as_gb18030,
        "utf-8 via cp1252 twice": _latin_twice_as_utf8,
    }
    scores = {name: score_of_rest(read(sample)) for name, read in readers.items()}
    best = max(scores, key=lambda name: scores[name])
    return _replaced(text, _LATIN_RUN, readers[best], best) if scores[best] >= SURE else None


def _latin_as_utf8(run: str) -> str:
    data = _LOST_NO_BREAK_SPACE.sub(b"\\1\\2\xa0", _latin_bytes(run))
    return _LOST_BYTES.sub(LOST.encode(), data).decode("utf-8", "replace")


def _latin_twice_as_utf8(run: str) -> str:
    return _latin_as_utf8(_latin_as_utf8(run))


def _latin_as_gb18030(run: str) -> str:
    return _latin_bytes(run).decode("gb18030", "replace")


def _latin_bytes(run: str) -> bytes:
    return run.translate(_CP1252_TO_BYTE).encode("latin-1", "replace")


def _undone_gbk(text: str) -> Undone | None:
    """UTF-8 that was read as GBK: 鏁欒偛 → 教育."""
    if not any(sign in text for sign in GBK_SIGNS):
        return None
    return _replaced(text, _LINE, _gbk_as_utf8, "utf-8 via gb18030")


def _gbk_as_utf8(line: str) -> str:
    """Windows reads the byte 80, which GBK does not have, as €; others lose it."""
    parts = line.replace(LOST, "?").split("€")
    return utf8_cut_by_gbk(b"\x80".join(part.encode("gb18030", "replace") for part in parts))


def utf8_cut_by_gbk(data: bytes) -> str:
    """UTF-8 with ? for the bytes that GBK does not have: within the text that is 80, at its end it may be any."""
    data = _LOST_80.sub(b"\\1\\2\x80", data)
    return _LOST_BYTES.sub(LOST.encode(), data).decode("utf-8", "replace")


def _undone_big5(text: str) -> Undone | None:
    """GB18030 read as Big5 or the reverse: hardly a character is a common one, read the other way round most are."""
    if is_plain(text) or score(sample_of_text(text, QUICK_SAMPLE)) >= MIN_COMMON:
        return None
    sample = sample_of_text(text)
    if not HAN_RUN.search(sample) or score(sample) >= MIN_COMMON:
        return None
    for real, via in (("gb18030", "big5hkscs"), ("big5hkscs", "gb18030"), ("utf-8", "gb18030"), ("utf-8", "big5hkscs")):

        def read(line: str, real: str = real, via: str = via) -> str:
            parts = (part.encode(via, "replace") for part in line.split(LOST))
            return b"\xff".join(parts).decode(real, RESYNC)

        if score_of_rest(read(sample)) >= SURE:
            return _replaced(text, _LINE, read, f"{real} via {via}")
    return None


def _replaced(text: str, pattern: re.Pattern[str], read: Callable[[str], str], name: str) -> Undone | None:
    """With each stretch that `read` makes clearly more Chinese as `read` gives it."""

    def again(match: re.Match[str]) -> str:
        stretch = match[0]
        if stretch.isascii():
            return stretch
        reading = read(stretch)
        exact = LOST not in reading and HAN_RUN.search(reading)
        better = exact or score_of_rest(reading[:LINE_SAMPLE]) > score(stretch[:LINE_SAMPLE])
        return reading if better else stretch

    before = pattern.sub(again, text)
    return Undone(before, name) if before != text else None
