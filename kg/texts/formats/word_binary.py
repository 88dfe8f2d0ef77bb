"""Bytes of a Word 97–2003 file → the text of its body, text boxes, notes and running heads.

legacy-doc unpacks the container. The text itself is put together here, because legacy-doc gives it with the codes of
fields and with headers, footnotes and comments run into the body.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from kg.patterns import regex
from kg.texts.formats.extract import library
from kg.texts.formats.word_binary_numbers import Piece, labels

MOST = 200_000_000  # bytes of one file
WORD, WORD_97 = 0xA5EC, 0xC1
ENCRYPTED, TABLE_1, OBFUSCATED = 0x0100, 0x0200, 0x8000
FLAGS, COUNTS, CLX = 0x0A, 0x4C, 0x1A2  # offsets in the file information block
STORIES = ("body", "notes", "heads", "macros", "comments", "endnotes", "boxes", "head_boxes")
COMPRESSED = 0x40000000
SECTOR = 4096

SIGNS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": None, "\xa0": " "})
SILENT_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "PAGEREF")
_FIELD_MARK = regex("[\x13\x14\x15]")
_ROW_END = regex("\x07{2,}")
_CONTROL = regex("[\0-\x06\x0e-\x1f\x7f]")


class Stories(NamedTuple):
    """The texts of a file; a drawing's anchor in the body is the character 8."""

    body: str = ""
    boxes: str = ""
    notes: str = ""
    heads: str = ""
    encrypted: bool = False
    unnumbered: bool = False  # the numbers that Word prints could not be told


def read_stories(data: bytes) -> Stories | None:
    """None where this is no Word 97–2003 file; raises struct.error and the like where it is a damaged one."""
    ole = library("legacy_doc.ole", "word", "Old Word files (.doc, .wps)")
    legacy_doc = library("legacy_doc", "word", "Old Word files (.doc, .wps)")
    padded = data + bytes(-len(data) % SECTOR)  # WPS leaves the last sector unfilled
    options = legacy_doc.ExtractionOptions(max_file_bytes=MOST, max_text_bytes=MOST)
    try:
        container = ole.OleReader(padded, options=options)
        main: bytes = container.read_stream("WordDocument")
        magic, version = struct.unpack_from("<HH", main)
        (flags,) = struct.unpack_from("<H", main, FLAGS)
        if magic != WORD or version < WORD_97:
            return None
        if flags & (ENCRYPTED | OBFUSCATED) or container.has_stream("EncryptedPackage"):
            return Stories(encrypted=True)
        table: bytes = container.read_stream("1Table" if flags & TABLE_1 else "0Table")
    except legacy_doc.LegacyDocError:
        return None
    pieces = list(_pieces(main, table))
    raw = _split(b"".join(content for _, content in pieces), struct.unpack_from("<8i", main, COUNTS))
    body, unnumbered = _with_labels(main, table, [piece for piece, _ in pieces], raw["body"])
    notes, endnotes, boxes, heads = (_readable(raw[name]) for name in ("notes", "endnotes", "boxes", "heads"))
    if not pieces:
        return None
    return Stories(_readable(body), boxes, "\n".join(filter(None, (notes, endnotes))), heads, unnumbered=unnumbered)


def _with_labels(main: bytes, table: bytes, pieces: list[Piece], body: bytes) -> tuple[bytes, bool]:
    """The body with the numbers that Word prints, and whether they could not be told."""
    units = "".join(map(chr, struct.unpack(f"<{len(body) // 2}H", body[: len(body) // 2 * 2])))
    try:
        found = list(labels(main, table, pieces, units))
    except (struct.error, IndexError, ValueError):
        return body, True
    written, at = [], 0
    for position, label in found:
        written += [units[at:position], label]
        at = position
    return "".join([*written, units[at:]]).encode("utf-16-le", "surrogatepass"), False


def _pieces(main: bytes, table: bytes) -> Iterator[tuple[Piece, bytes]]:
    """The text as UTF-16 in logical order: the piece table says where each stretch lies and how it is written."""
    start, size = struct.unpack_from("<II", main, CLX)
    at, end = start, min(start + size, len(table))
    while at < end and table[at] == 1:
        at += 3 + int(struct.unpack_from("<H", table, at + 1)[0])
    if at >= end or table[at] != 2:
        return
    (length,) = struct.unpack_from("<I", table, at + 1)
    count = (min(length, len(table) - at - 5) - 4) // 12
    if count <= 0:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", table, at + 5)
    budget, done = len(main), 0
    for index in range(count):
        (where,) = struct.unpack_from("<I", table, at + 5 + 4 * (count + 1) + 8 * index + 2)
        characters = min(max(0, bounds[index + 1] - bounds[index]), budget)
        budget -= characters
        if where & COMPRESSED:
            begin = (where & ~COMPRESSED) // 2
            content = main[begin : begin + characters].decode("cp1252", "replace").encode("utf-16-le")
            yield Piece(done, begin, 1), content
        else:
            content = main[where : where + 2 * characters]
            yield Piece(done, where, 2), content
        done += len(content) // 2


def _split(text: bytes, counts: tuple[int, ...]) -> dict[str, bytes]:
    """The stories follow one another in the order of STORIES, each as long as its count of UTF-16 units says."""
    found, at = {}, 0
    for name, count in zip(STORIES, counts, strict=True):
        end = at + 2 * max(0, count)
        found[name] = text[at:end]
        at = end
    return found


def _readable(story: bytes) -> str:
    """Fields reduced to what they show, cells to tab-separated rows, paragraphs to lines."""
    text = _ROW_END.sub("\n", _shown(story.decode("utf-16-le", "replace"))).replace("\x07", "\t")
    return _CONTROL.sub("", text.translate(SIGNS))


def _shown(text: str) -> str:
    """`text` without field codes, page numbers and tables of contents.

    A field is the character 13, its code, 14, what it shows, 15; fields may stand in fields.
    """
    pieces: list[str] = []
    fields: list[tuple[int, bool]] = []  # where the code begins, whether what stands here is hidden
    at = 0
    for mark in _FIELD_MARK.finditer(text):
        if not any(hidden for _, hidden in fields):
            pieces.append(text[at : mark.start()])
        at = mark.end()
        if mark[0] == "\x13":
            fields.append((at, True))
        elif fields:
            begin, _ = fields.pop()
            if mark[0] == "\x14":
                fields.append((begin, _code_name(text[begin : mark.start()]) in SILENT_FIELDS))
    return "".join([*pieces, text[at:]])


def _code_name(code: str) -> str:
    return next(iter(code.split(maxsplit=1)), "").upper()
