"""A file's name and its first bytes → what the file is; the bytes decide before the name."""

from __future__ import annotations

import bz2
import codecs
import lzma
import re
import tarfile
import zlib
from collections.abc import Callable
from enum import StrEnum
from pathlib import PurePosixPath
from typing import NoReturn

from kg.errors import UnreadableFile
from kg.patterns import regex

WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")  # encodings full of zero bytes
HEAD = 65_536  # bytes of a file that are enough to tell what it is


class Form(StrEnum):
    """What a file is, by its content."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    MHT = "mht"
    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    WPS = "wps"
    RTF = "rtf"
    CSV = "csv"
    TSV = "tsv"
    JSONL = "jsonl"
    JSON = "json"
    XLSX = "xlsx"
    PARQUET = "parquet"
    ZIP = "zip"
    TAR = "tar"  # also .tar.gz, .tar.bz2, .tar.xz
    GZIP = "gzip"  # one packed file


TABLES = frozenset({Form.CSV, Form.TSV, Form.JSONL, Form.JSON, Form.XLSX, Form.PARQUET})
# Need other libraries or, as JSON, far more memory than the file has: read in a process of their own.
FOREIGN_TABLES = frozenset({Form.XLSX, Form.PARQUET, Form.JSON})
ARCHIVES = frozenset({Form.ZIP, Form.TAR, Form.GZIP})

TEXT_SUFFIXES = {
    ".md": Form.MARKDOWN,
    ".markdown": Form.MARKDOWN,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".xhtml": Form.HTML,
    ".shtml": Form.HTML,
    ".jsp": Form.HTML,
    ".asp": Form.HTML,
    ".aspx": Form.HTML,
    ".php": Form.HTML,
    ".csv": Form.CSV,
    ".xls": Form.CSV,  # text with this ending was exported by a web form
    ".tsv": Form.TSV,
    ".tab": Form.TSV,
    ".jsonl": Form.JSONL,
    ".ndjson": Form.JSONL,
    ".json": Form.JSON,
}
BINARY_SUFFIXES = {
    ".pdf": "a PDF file",
    ".docx": "a Word file",
    ".doc": "a Word file",
    ".wps": "a WPS file",
    ".xlsx": "an Excel file",
    ".xls": "an Excel file",
    ".parquet": "a Parquet file",
    ".zip": "a zip archive",
    ".tar": "a tar archive",
    ".tgz": "a tar archive",
    ".gz": "a packed file",
}

PICTURE = "a picture; run text recognition (OCR) over it and give the text"
PACKED = "an archive of a kind that is not read; unpack it and give the folder, or pack it as .zip"
OLD_EXCEL = "an old Excel file; save it as .xlsx or .csv"
POWERPOINT = "a PowerPoint file; save its text as .txt or the slides as .pdf"
SOUND = "a sound or video file; write down what is said and give the text"
STATISTICS = "a data set of a statistics program; save it as .csv"
OPEN_DOCUMENT = "an OpenDocument or similar file; save it as .docx"
PROTECTED = "an Office file protected by a password; remove the password and save it again"

UNREADABLE: tuple[tuple[int, bytes, str], ...] = (  # offset, magic number, what it is
    (0, b"\x89PNG", PICTURE),
    (0, b"\xff\xd8\xff", PICTURE),
    (0, b"GIF8", PICTURE),
    (0, b"II*\0", PICTURE),
    (0, b"MM\0*", PICTURE),
    (6, b"\0\0\0\0\x36\0\0\0", PICTURE),  # BMP: BM, size, four zeros, offset 54
    (8, b"WEBP", PICTURE),
    (4, b"ftyphei", PICTURE),
    (4, b"ftypmif", PICTURE),
    (0, b"AT&TFORM", PICTURE),
    (0, b"Rar!\x1a\x07", PACKED),
    (0, b"7z\xbc\xaf\x27\x1c", PACKED),
    (0, b"MSCF\0\0\0\0", PACKED),
    (0, b"\x28\xb5\x2f\xfd", PACKED),
    (4, b"ftyp", SOUND),
    (8, b"AVI LIST", SOUND),
    (8, b"WAVEfmt", SOUND),
    (0, b"ID3", SOUND),
    (0, b"\xff\xfb", SOUND),
    (0, b"OggS", SOUND),
    (0, b"FLV\x01", SOUND),
    (0, b"\x1a\x45\xdf\xa3", SOUND),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", SOUND),
    (0, b"\0\0\x01\xba", SOUND),
    (0, b"#!AMR", SOUND),
    (0, b"CAJ\0", "a CAJ file of CNKI; open it in CAJViewer and save it as .pdf or .txt"),
    (0, b"KDH ", "a CAJ file of CNKI; open it in CAJViewer and save it as .pdf or .txt"),
    (0, b"HN\0\0", "a CAJ file of CNKI; open it in CAJViewer and save it as .pdf or .txt"),
    (0, b"SQLite format 3\0", "a database; export its table as .csv"),
    (0, b"\0\x01\0\0Standard ", "an Access database; export its table as .csv"),
    (0, b"ARROW1\0\0", "an Arrow file; save it as .parquet or .csv"),
    (0, b"<stata_dta>", STATISTICS),
    (0, b"$FL2", STATISTICS),
    (0, b"RDX", STATISTICS),
    (0, b"RDA", STATISTICS),
    (0, b"\x7fELF", "a program"),
    (0, b"\xcf\xfa\xed\xfe", "a program"),
)
OLE_REFUSED = (  # streams of Office files that are no Word files
    ("EncryptedPackage", PROTECTED),
    ("Workbook", OLD_EXCEL),
    ("PowerPoint Document", POWERPOINT),
    ("__substg1.0_", "an e-mail of Outlook; save it as .html or .txt"),
)
OLE_SUFFIXES = {
    ".xls": OLD_EXCEL,
    ".xlt": OLD_EXCEL,
    ".et": OLD_EXCEL,
    ".ppt": POWERPOINT,
    ".pps": POWERPOINT,
    ".dps": POWERPOINT,
}
PDF_SEARCH = 1024  # bytes before %PDF that readers forgive

_HTML = regex(
    r"<(?:!doctype\s+html|(?:html|head|body|meta|title|script|style|link|base|div|p|table|span|center|font|section|article|h[1-6]|br|form)[\s/>])",
    re.I,
)
_BEFORE_HTML = regex(r"[\s\ufeff\0]+|<!--.*?-->|<\?xml[^>]*\?>|<\?mso[^>]*\?>", re.S)
_XML = regex(r"\s*<\?xml\s", re.I)
_WORD_XML = regex("<w:wordDocument|<pkg:package|progid=.Word.Document")
_MAIL_HEADER = re.compile(
    rb"\s*(?:From|Subject|Date|MIME-Version|Content-Type|X-[A-Za-z-]+|Snapshot-Content-Location):", re.I
)
_CONTROL = bytes((*range(9), *range(14, 27), *range(28, 32)))
_CHINESE_OR_ASCII = regex("[\t\n\r\x20-\x7e\u2010-\u203b\u3000-\u301f\u4e00-\u9fff\uff01-\uff5e]")


def form_of(name: str, head: bytes) -> Form:
    """What the file is, from its first 4 to 64 kB and its name; raises UnreadableFile that says what else it is.

    >>> form_of("通知.doc", b"<html><body>")
    <Form.HTML: 'html'>
    """
    if not head:
        raise UnreadableFile("empty file: there is nothing to read in it")
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    for offset, magic, what in UNREADABLE:
        if head.startswith(magic, offset):
            _refuse(what)
    return _binary_form(suffix, head) or _text_form(suffix, head)


def _refuse(what: str) -> NoReturn:
    raise UnreadableFile(f"this is {what}")


def _binary_form(suffix: str, head: bytes) -> Form | None:
    for magic, form in MAGIC:
        if head.startswith(magic):
            return form(suffix, head)
    pdf = head.find(b"%PDF-", 0, PDF_SEARCH)
    if pdf == 0 or (pdf > 0 and b" obj" in head):
        return Form.PDF
    return Form.TAR if _is_tar(head) else None


def _parquet_form(suffix: str, head: bytes) -> Form:
    return Form.PARQUET


def _rtf_form(suffix: str, head: bytes) -> Form:
    return Form.RTF


def _ole_form(suffix: str, head: bytes) -> Form:
    """The names of the streams, where the directory lies within the head, else the suffix."""
    if _utf16("WordDocument") not in head:
        for stream, what in OLE_REFUSED:
            if _utf16(stream) in head:
                _refuse(what)
        if suffix in OLE_SUFFIXES:
            _refuse(OLE_SUFFIXES[suffix])
    return Form.WPS if suffix == ".wps" else Form.DOC


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _zip_form(suffix: str, head: bytes) -> Form:
    """Word and Excel files by their first parts; the suffix decides only where these do not tell."""
    names = _zip_names(head)
    first = names[0] if names else ""
    if first == "mimetype" or b"application/vnd.oasis" in head[:200]:
        _refuse("an e-book; save it as .txt or .html" if b"epub" in head[:200] else OPEN_DOCUMENT)
    if any(name == "OFD.xml" for name in names) or suffix == ".ofd":
        _refuse("an OFD file; open it in its reader and save it as .pdf")
    if not first.startswith(("[Content_Types].xml", "_rels/", "docProps/", "customXml/", "word/", "xl/", "ppt/")):
        return Form.ZIP
    for folder, form in (("word/", Form.DOCX), ("xl/", Form.XLSX)):
        if any(name.startswith(folder) for name in names):
            return form
    if any(name.startswith("ppt/") for name in names) or suffix in (".pptx", ".ppsx", ".dpsx"):
        _refuse(POWERPOINT)
    if suffix in (".xlsx", ".xlsm", ".xls"):
        return Form.XLSX
    return Form.ZIP if suffix == ".zip" else Form.DOCX


def _zip_names(head: bytes) -> list[str]:
    """The names in the local headers that lie within the head."""
    names = []
    for found in re.finditer(rb"PK\x03\x04", head):
        at = found.start()
        length = int.from_bytes(head[at + 26 : at + 28], "little")
        names.append(head[at + 30 : at + 30 + length].decode("utf-8", "replace").replace("\\", "/"))
    return names


def _packed_form(suffix: str, head: bytes) -> Form:
    """A packed tar archive, a packed single file, or a data set of R."""
    content = _unpack_head(head)
    if _is_tar(content):
        return Form.TAR
    if content.startswith((b"RDX", b"RDA")):
        _refuse(STATISTICS)
    if not head.startswith(b"\x1f\x8b"):
        _refuse(PACKED)
    return Form.TAR if suffix == ".tgz" else Form.GZIP


def _unpack_head(head: bytes) -> bytes:
    try:
        if head.startswith(b"\x1f\x8b"):
            return zlib.decompressobj(31).decompress(head, 1024)
        if head.startswith(b"BZh"):
            return bz2.BZ2Decompressor().decompress(head, 1024)
        return lzma.LZMADecompressor(memlimit=200_000_000).decompress(head, 1024)
    except (zlib.error, OSError, EOFError, ValueError, lzma.LZMAError):
        return b""


def _is_tar(head: bytes) -> bool:
    """The checksum of the first header is right."""
    try:
        tarfile.TarInfo.frombuf(head[:512], "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


MAGIC: tuple[tuple[bytes, Callable[[str, bytes], Form]], ...] = (
    (b"PK\x03\x04", _zip_form),
    (b"PK\x05\x06", _zip_form),
    (b"\xd0\xcf\x11\xe0", _ole_form),
    (b"{\\rt", _rtf_form),
    (b"\x1f\x8b", _packed_form),
    (b"BZh", _packed_form),
    (b"\xfd7zXZ\0", _packed_form),
    (b"PAR1", _parquet_form),
)


def _text_form(suffix: str, head: bytes) -> Form:
    opening = _opening(head)
    if not _looks_like_text(head):
        _refuse_binary(suffix)
    if _MAIL_HEADER.match(head) and b"mime-version:" in head[:4096].lower():
        return Form.MHT
    if _HTML.match(_skip(opening)):
        return Form.HTML
    if _XML.match(opening):
        if _WORD_XML.search(opening):
            return Form.DOC
        if suffix not in (".html", ".htm", ".xhtml"):
            _refuse("an XML file; give the page as .html or its text as .txt")
    if suffix == ".rtf" or suffix not in TEXT_SUFFIXES:
        return Form.TEXT
    return TEXT_SUFFIXES[suffix]


def _refuse_binary(suffix: str) -> NoReturn:
    if kind := BINARY_SUFFIXES.get(suffix):
        raise UnreadableFile(f"not really {kind}: its content does not begin like one; download it again")
    raise UnreadableFile(
        "binary file: its content is no text and of no known kind; find out what it is, and save its text"
    )


def _opening(head: bytes) -> str:
    """The first characters, enough to see tags: UTF-16 where it is, else one character per byte."""
    sample = head[:8192]
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return sample.decode("utf-16", "replace")
    if b"<\0" in sample[:64] or b"\0<" in sample[:64]:
        return sample.decode("utf-16-le" if sample.find(b"<") % 2 == 0 else "utf-16-be", "replace")
    return sample.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _skip(text: str) -> str:
    """`text` after blanks, comments and declarations."""
    at = 0
    while found := _BEFORE_HTML.match(text, at):
        at = found.end()
    return text[at : at + 200]


def _looks_like_text(head: bytes) -> bool:
    """Few control characters, or UTF-16 with them."""
    if head.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    sample = head[:HEAD]
    if len(sample) - len(sample.translate(None, _CONTROL)) <= 0.01 * len(sample):
        return True
    return any(_is_mostly_chinese_or_ascii(sample, encoding) for encoding in WIDE) or _is_mostly_chinese_or_ascii(
        sample.replace(b"\0", b""), "gb18030" if b"\0" in sample and not _is_utf8(sample) else "utf-8"
    )


def _is_utf8(sample: bytes) -> bool:
    return sample.decode("utf-8", "ignore").encode() == sample


def _is_mostly_chinese_or_ascii(sample: bytes, encoding: str) -> bool:
    text = sample[:8192].decode(encoding, "replace")
    return len(_CHINESE_OR_ASCII.findall(text)) > 0.7 * len(text)
