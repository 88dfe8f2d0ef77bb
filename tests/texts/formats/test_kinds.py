"""What a file is."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from pathlib import Path

import pytest
from corpus.word.write import compound, docx, p, zipped

from kg.errors import UnreadableFile
from kg.texts.formats.kinds import HEAD, Form, form_of

NOTICE = "莱州市教育体育局关于做好春季开学工作的通知\n各镇街中心校：\n"
HTML = f"<html><head><title>通知</title></head><body>{NOTICE}</body></html>"
MHT = "From: <Saved by Blink>\r\nSubject: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n"
ZIP = zipped({"通知.txt": NOTICE})
WORD = docx(p("通知"))
EXCEL = zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(40)
RANDOM = random.Random(3).randbytes(3000)


def tar(mode: str = "w", form: int = tarfile.PAX_FORMAT) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, format=form) as archive:
        archive.addfile(tarfile.TarInfo("通知.txt"), io.BytesIO())
    return buffer.getvalue()


def stored(name: str, data: bytes) -> bytes:
    """A zip archive that holds a file unpacked, so that its own signatures lie open."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "head", "form"),
    [
        ("a.txt", NOTICE.encode(), Form.TEXT),
        ("a.TXT", NOTICE.encode("gb18030"), Form.TEXT),
        ("a.txt", NOTICE.encode("utf-16"), Form.TEXT),
        ("a.txt", NOTICE.encode("utf-16-le"), Form.TEXT),
        ("a.txt", NOTICE.encode("utf-32"), Form.TEXT),
        ("通知", NOTICE.encode(), Form.TEXT),
        ("2013.05", NOTICE.encode(), Form.TEXT),
        ("a.doc", NOTICE.encode(), Form.TEXT),
        ("a.pdf", NOTICE.encode(), Form.TEXT),
        ("a.md", b"# a", Form.MARKDOWN),
        ("a.csv", b"text,title\n", Form.CSV),
        ("a.xls", "正文\t标题\n".encode("gb18030"), Form.CSV),
        ("a.tsv", b"text\ttitle\n", Form.TSV),
        ("a.jsonl", b'{"text": "a"}\n', Form.JSONL),
        ("a.ndjson", b'{"text": "a"}\n', Form.JSONL),
        ("a.json", b'[{"text": "a"}]', Form.JSON),
        ("a.html", NOTICE.encode(), Form.HTML),
        ("a.txt", HTML.encode(), Form.HTML),
        ("a.doc", HTML.encode("gb18030"), Form.HTML),
        ("a.doc", b"\xef\xbb\xbf \r\n<!-- saved from url --><HTML xmlns:o='urn'>", Form.HTML),
        ("a.xls", b"<table border=1><tr><td>1</td></tr></table>", Form.HTML),
        ("a.txt", HTML.encode("utf-16"), Form.HTML),
        ("a.txt", HTML.encode("utf-16-be"), Form.HTML),
        ("a", b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">', Form.HTML),
        ("a.doc", b'<?xml version="1.0"?>\n<!DOCTYPE html><html>', Form.HTML),
        ("a.md", b"<div>\n\n# a", Form.HTML),
        ("a.txt", "<关于进一步加强管理的意见>".encode(), Form.TEXT),
        ("a.doc", MHT.encode(), Form.MHT),
        ("a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n", Form.MHT),
        ("a.txt", b"Date: 2013-05-01\n\nno mail", Form.TEXT),
        ("a.pdf", b"%PDF-1.4\n", Form.PDF),
        ("a.doc", b"%PDF-1.4\n", Form.PDF),
        ("a.pdf", b"\r\n\xef\xbb\xbfHTTP/1.1 200\r\n%PDF-1.4\n1 0 obj", Form.PDF),
        ("a.txt", "保存为 %PDF-1.4 格式".encode(), Form.TEXT),
        ("a.doc", b"{\\rtf1\\ansi", Form.RTF),
        ("a.docx", WORD, Form.DOCX),
        ("a.doc", WORD, Form.DOCX),
        ("a.wps", WORD, Form.DOCX),
        ("a.zip", WORD, Form.DOCX),
        ("a.xlsx", EXCEL, Form.XLSX),
        ("a.xls", EXCEL, Form.XLSX),
        ("a.xlsx", zipped({"[Content_Types].xml": "<Types/>"}), Form.XLSX),
        ("a.docx", zipped({"[Content_Types].xml": "<Types/>"}), Form.DOCX),
        ("a.zip", ZIP, Form.ZIP),
        ("a.docx", ZIP, Form.ZIP),
        ("a.zip", stored("a.docx", WORD), Form.ZIP),
        ("a.zip", zipped({}), Form.ZIP),
        ("a.doc", compound({"WordDocument": b""}), Form.DOC),
        ("a.wps", compound({"WordDocument": b""}), Form.WPS),
        ("a.xls", compound({"WordDocument": b""}), Form.DOC),
        ("a.doc", compound({"Workbook": b"", "WordDocument": b""}), Form.DOC),
        ("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), Form.WPS),
        ("a.doc", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>', Form.DOC),
        ("a.tar", tar(), Form.TAR),
        ("a.tar", tar(form=tarfile.GNU_FORMAT), Form.TAR),
        ("a", tar("w:gz"), Form.TAR),
        ("a.tgz", tar("w:gz"), Form.TAR),
        ("a.tar.bz2", tar("w:bz2"), Form.TAR),
        ("a.tar.xz", tar("w:xz"), Form.TAR),
        ("a.txt.gz", gzip.compress(NOTICE.encode(), mtime=0), Form.GZIP),
        ("a.parquet", b"PAR1\x15", Form.PARQUET),
    ],
)  # fmt: skip
def test_content_decides(name: str, head: bytes, form: Form) -> None:
    """The first bytes decide, then the ending; a text without ending is a text."""
    assert form_of(name, head) is form
    assert form_of(name, head[:4096]) is form


@pytest.mark.parametrize(
    ("name", "head", "reason"),
    [
        ("a.txt", b"", "empty file"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + RANDOM, r"a picture; run text recognition \(OCR\)"),
        ("a.pdf", PICTURE, "a picture"),
        ("a", b"GIF89a", "a picture"),
        ("a.tif", b"II*\0\x08", "a picture"),
        ("a.bmp", b"BM\x36\x10\0\0\0\0\0\0\x36\0\0\0", "a picture"),
        ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 ", "a picture"),
        ("a.xls", compound({"Workbook": b""}), "an old Excel file; save it as .xlsx or .csv"),
        ("a.doc", compound({"Workbook": b""}), "an old Excel file"),
        ("a.et", b"\xd0\xcf\x11\xe0" + bytes(600), "an old Excel file"),
        ("a.ppt", compound({"PowerPoint Document": b""}), "a PowerPoint file"),
        ("a.pptx", zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "a PowerPoint file"),
        ("a.docx", compound({"EncryptedPackage": b""}), "protected by a password"),
        ("a.msg", compound({"__substg1.0_0037001F": b""}), "an e-mail of Outlook"),
        ("a.odt", stored("mimetype", b"application/vnd.oasis.opendocument.text"), "an OpenDocument"),
        ("a.epub", stored("mimetype", b"application/epub+zip"), "an e-book"),
        ("a.ofd", zipped({"OFD.xml": "<OFD/>"}), "an OFD file; open it in its reader and save it as .pdf"),
        ("a.rar", b"Rar!\x1a\x07\x01\0", "an archive of a kind that is not read; unpack it"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "an archive"),
        ("a.bz2", bz2.compress(b"text"), "an archive"),
        ("a.xz", lzma.compress(b"text"), "an archive"),
        ("a.mp4", b"\0\0\0\x18ftypmp42", "a sound or video file"),
        ("a.caj", b"CAJ\0\0\0", "a CAJ file of CNKI"),
        ("a.rda", gzip.compress(b"RDX3\n", mtime=0), "a data set of a statistics program"),
        ("a.dta", b"<stata_dta><header>", "a data set of a statistics program"),
        ("a.xml", b"<?xml version='1.0'?><rss>", "an XML file"),
        ("a.pdf", RANDOM, "not really a PDF file"),
        ("a.docx", RANDOM, "not really a Word file"),
        ("a.dat", RANDOM, "binary file: its content is no text"),
        ("a", RANDOM, "binary file: its content is no text"),
        ("a.txt", RANDOM, "binary file"),
    ],
)  # fmt: skip
def test_what_is_not_read(name: str, head: bytes, reason: str) -> None:
    """What gives no text is named, with what to do."""
    with pytest.raises(UnreadableFile, match=reason):
        form_of(name, head)


FIXTURES = sorted(
    path for group in ("word", "tables", "archives") for path in (Path(__file__).parents[2] / "corpus" / group).iterdir()
    if path.is_file() and path.suffix != ".py"
)  # fmt: skip


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_damage_is_said_and_nothing_else(path: Path) -> None:
    """Cut at 15 points and with 30 flipped bits, a file has some form or is unreadable."""
    data = path.read_bytes()[:HEAD]
    chance = random.Random(11)
    flips = [(chance.randrange(len(data)), 1 << chance.randrange(8)) for _ in range(30)]
    broken = [data[: len(data) * part // 15] for part in range(15)]
    broken += [data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :] for at, bit in flips]
    for head in broken:
        try:
            assert form_of(path.name, head) in Form
        except UnreadableFile:
            continue
