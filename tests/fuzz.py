"""Files as they should not be, from the example files by a seeded chance, and what must hold of a build over any of them."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import random
import re
import stat
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kg.graph_folder import Built

ROOT = Path(__file__).parents[1]
SEED_FOLDERS = (ROOT / "tests" / "corpus", ROOT / "data" / "examples")
LARGEST = 1_000_000  # bytes of a mutant
MOST_REPEATED = 300_000
MB = 1_000_000
BROKEN_ZIP = (
    OSError,
    RuntimeError,
    ValueError,
    KeyError,
    EOFError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
)


class Seed(NamedTuple):
    """A good file: its suffix and its bytes."""

    suffix: str
    data: bytes


class Mutant(NamedTuple):
    """A spoilt file and the name of the mutator that spoilt it."""

    mutator: str
    suffix: str
    data: bytes


def seeds() -> tuple[Seed, ...]:
    """The files of the tests' corpus and the examples, in order of their paths."""
    paths = sorted(path for folder in SEED_FOLDERS for path in folder.rglob("*") if path.is_file())
    return tuple(
        Seed(_suffix(path.name), path.read_bytes())
        for path in paths
        if path.suffix != ".py" and not path.name.endswith(".clean.txt") and path.stat().st_size
    )


def _suffix(name: str) -> str:
    return ".tar.gz" if name.endswith(".tar.gz") else Path(name).suffix


# Mutators: (chance, seed, all seeds) → spoilt bytes


def truncate(chance: random.Random, seed: Seed, _: tuple[Seed, ...]) -> bytes:
    return seed.data[: chance.randrange(len(seed.data))]


def lose_the_beginning(chance: random.Random, seed: Seed, _: tuple[Seed, ...]) -> bytes:
    return seed.data[chance.randrange(len(seed.data)) :]


def flip_bits(chance: random.Random, seed: Seed, _: tuple[Seed, ...]) -> bytes:
    data = bytearray(seed.data)
    for _n in range(chance.choice((1, 2, 5, 20, 200))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def overwrite(chance: random.Random, seed: Seed, _: tuple[Seed, ...]) -> bytes:
    start, end = _stretch(chance, seed.data)
    length = end - start
    run = chance.choice((chance.randbytes(length), b"\0" * length, b"\xff" * length, b" " * length))
    return seed.data[:start] + run + seed.data[end:]


def delete_a_chunk(chance: random.Random, seed: Seed, _: tuple[Seed, ...]) -> bytes:
    start, end = _stretch(chance, seed.data)
    return seed.data[:start] + seed.data[end:]


def double_a_chunk(chance: random.Random, seed: Seed, _: tuple[Seed, ...]) -> bytes:
    start, end = _stretch(chance, seed.data)
    return seed.data[:end] + seed.data[start:end] * chance.choice((1, 2, 30)) + seed.data[end:]


def splice(chance: random.Random, seed: Seed, all_: tuple[Seed, ...]) -> bytes:
    other = chance.choice(all_).data
    return seed.data[: chance.randrange(len(seed.data))] + other[chance.randrange(len(other)) :]


def set_a_number(chance: random.Random, seed: Seed, _: tuple[Seed, ...]) -> bytes:
    """A length or an offset of a binary format becomes an extreme one."""
    at = chance.randrange(len(seed.data))
    value = chance.choice((b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"\0\0\0\0", b"\x01\0\0\0"))
    return seed.data[:at] + value + seed.data[at + 4 :]


def another_encoding(chance: random.Random, seed: Seed, _: tuple[Seed, ...]) -> bytes:
    read, write = (chance.choice(ENCODINGS) for _n in range(2))
    return seed.data.decode(read, "replace").encode(write, "replace")


def a_foreign_mark(chance: random.Random, seed: Seed, _: tuple[Seed, ...]) -> bytes:
    return chance.choice(MARKS) + seed.data


def hostile_string(chance: random.Random, seed: Seed, _: tuple[Seed, ...]) -> bytes:
    at = chance.randrange(len(seed.data) + 1)
    encoding = chance.choice(("utf-8", "utf-8", "gb18030", "utf-16-le"))
    string = chance.choice(HOSTILE)(chance).encode(encoding, "surrogatepass" if encoding != "gb18030" else "replace")
    return seed.data[:at] + string + seed.data[at:]


def hostile_string_at_a_line(chance: random.Random, seed: Seed, _: tuple[Seed, ...]) -> bytes:
    lines = seed.data.split(b"\n")
    string = chance.choice(HOSTILE)(chance).encode("utf-8", "surrogatepass")
    lines.insert(chance.randrange(len(lines) + 1), string)
    return b"\n".join(lines)


def repeat(chance: random.Random, seed: Seed, _: tuple[Seed, ...]) -> bytes:
    return (seed.data * chance.choice((2, 50)))[:MOST_REPEATED]


def unpack_and_spoil(chance: random.Random, seed: Seed, all_: tuple[Seed, ...]) -> bytes:
    """A part of a zip file (.docx, .xlsx) is spoilt and packed again, so that the spoilt bytes reach its reader."""
    members = _members(seed.data) or _members(chance.choice([each for each in all_ if _members(each.data)]).data)
    spoil = chance.choice(
        (truncate, flip_bits, overwrite, delete_a_chunk, double_a_chunk, set_a_number, hostile_string)
    )
    name = chance.choice(sorted(members))
    return zip_of(members | {name: spoil(chance, Seed("", members[name]), all_)})


def _members(data: bytes) -> dict[str, bytes]:
    """What a whole zip file holds that is not empty; nothing for another file."""
    found = {}
    with contextlib.suppress(*BROKEN_ZIP), zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            with contextlib.suppress(*BROKEN_ZIP), archive.open(name) as member:
                found[name] = member.read(LARGEST)
    return {name: content for name, content in found.items() if content}


def wrong_suffix(chance: random.Random, seed: Seed, _: tuple[Seed, ...]) -> bytes:
    return seed.data


MUTATORS: tuple[Callable[[random.Random, Seed, tuple[Seed, ...]], bytes], ...] = (
    truncate,
    lose_the_beginning,
    flip_bits,
    overwrite,
    delete_a_chunk,
    double_a_chunk,
    splice,
    set_a_number,
    another_encoding,
    a_foreign_mark,
    hostile_string,
    hostile_string_at_a_line,
    repeat,
    unpack_and_spoil,
    wrong_suffix,
)
ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-32-le", "latin-1", "cp1252", "shift_jis")
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"\x84\x31\x95\x33", b"\0", b"\n")
SUFFIXES = (
    *(".txt", ".TXT", ".md", ".html", ".xhtml", ".mht", ".pdf", ".docx", ".doc", ".wps", ".rtf", ".et", ".ofd", ".jpg"),
    *(
        ".csv",
        ".tsv",
        ".jsonl",
        ".json",
        ".xlsx",
        ".xls",
        ".parquet",
        ".zip",
        ".tar",
        ".tar.gz",
        ".tgz",
        ".gz",
        ".",
        "",
    ),
)
HOSTILE: tuple[Callable[[random.Random], str], ...] = (
    lambda chance: chance.choice("（“《<([{&〔【") * chance.choice((1000, 30_000)),
    lambda chance: "《“" * 1000 + "规划" + "”》" * chance.choice((0, 999, 1000)),
    lambda chance: "（" * 2000 + "二〇一六年" + "）" * chance.choice((0, 2000)),
    lambda chance: "<div>" * chance.choice((3000, 30_000)),
    lambda chance: "<table><tr><td>" * 3000,
    lambda chance: chance.choice("[{") * 10_000,
    lambda chance: '{"正文":' * 3000 + "1" + "}" * 3000,
    lambda chance: "\0" * chance.choice((1, 1000)),
    lambda chance: "\u202e\u202d\u2066\u200f" * chance.choice((1, 500)),
    lambda chance: "\ud800\udfff\udc00" * chance.choice((1, 100)),
    lambda chance: chance.choice("9一〇１½㊿") * 5000,
    lambda chance: "".join(chance.choice("0123456789一二三四五六七八九十百千万亿〇") for _n in range(5000)),
    lambda chance: "a" * chance.choice((1000, 1_000_000)),
    lambda chance: "教" * chance.choice((1000, 300_000)),
    lambda chance: chance.choice(("1、\n", "一、\n", "第一条\n", "（一）", "第一篇\n", "附件：\n")) * 10_000,
    lambda chance: chance.choice(("\n", " ", "\u3000", "\t", "\r", "\u200b", "\ufeff")) * 50_000,
    lambda chance: "2016年" * 5000,
    lambda chance: "江苏省南京市鼓楼区" * 3000,
    lambda chance: "教育部、财政部、" * 3000,
    lambda chance: "为了贯彻落实" * 3000 + "《教师法》。",
    lambda chance: "e\u0301\u0302\u0303" * 5000,
    lambda chance: "&#x" * 5000 + "&lt;" * 5000 + "&amp;" * 5000,
    lambda chance: "".join(_any_sign(chance) for _n in range(3000)),
    lambda chance: '"' * chance.choice((1, 3, 5001)),
    lambda chance: ",\t;|" * 5000,
)  # fmt: skip


def _any_sign(chance: random.Random) -> str:
    first, last = chance.choice(((0x20, 0x3000), (0x4E00, 0x9FFF), (0x10000, 0x2FFFF)))
    return chr(chance.randrange(first, last))


def _stretch(chance: random.Random, data: bytes) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 4, 64, 1024, 16_384)))


def mutants(number: int, seed: int, of: tuple[Seed, ...] | None = None, first: int = 0) -> Iterator[Mutant]:
    """`number` spoilt files, each from a chance of its own, so that the n-th is the same in every run."""
    good = of or seeds()
    for n in range(first, first + number):
        chance = random.Random(f"{seed} {n}")
        mutate = MUTATORS[n % len(MUTATORS)]
        origin = chance.choice(good)
        suffix = chance.choice(SUFFIXES) if mutate is wrong_suffix or chance.random() < 0.05 else origin.suffix
        data = mutate(chance, origin, good)
        if chance.random() < 0.2 and data:
            data = chance.choice(MUTATORS)(chance, Seed(suffix, data[:LARGEST]), good)
        yield Mutant(mutate.__name__, suffix, data[:LARGEST])


def write_mutants(folder: Path, found: Iterable[Mutant], first: int = 0) -> dict[str, str]:
    """Writes them as `00017 splice.pdf`; gives the mutator of each file."""
    names = {}
    for n, mutant in enumerate(found, first):
        name = f"{n:05d} {mutant.mutator}{mutant.suffix}"
        (folder / name).write_bytes(mutant.data)
        names[name] = mutant.mutator
    return names


# Files made to harm: name → bytes


def zip_bomb(members: int = 1, megabytes: int = 500, name: str = "通知{}.txt") -> bytes:
    """`megabytes` of one sign in each member, packed to a thousandth."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for n in range(members):
            with archive.open(name.format(n), "w", force_zip64=True) as member:
                for _n in range(megabytes):
                    member.write(b"0" * MB)
    return packed.getvalue()


def nested_zip(depth: int, width: int = 1, core: bytes = "关于教育工作的通知。".encode()) -> bytes:
    """A zip of zips of zips …"""
    for level in range(depth):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for n in range(width):
                archive.writestr(f"{n}.{'zip' if level else 'txt'}", core)
        core = packed.getvalue()
    return core


def zip_of(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def gzip_bomb(megabytes: int = 500) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as stream:
        for _n in range(megabytes):
            stream.write(b"0" * MB)
    return packed.getvalue()


def self_holding_gzip() -> bytes:
    """A gzip file whose first block unpacks to gzip files without end: here a few hundred layers."""
    data = "关于教育工作的通知。".encode()
    for _n in range(300):
        data = gzip.compress(data, mtime=0)
    return data


_LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {name} "{f"&{of};" * 10}">' for of, name in zip("abcdefghi", "bcdefghij", strict=True)
)
LAUGHS = '<?xml version="1.0" encoding="UTF-8"?>' + _LAUGHS + "]>"
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"


def docx(body: str, head: str = "") -> bytes:
    """The smallest Word file with this body."""
    types = (
        f'<Types xmlns="{_P}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        'PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    return zip_of(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": _relation("officeDocument", "word/document.xml"),
            "word/document.xml": f"{head}<w:document {_W}><w:body>{body}</w:body></w:document>".encode(),
        }
    )


def xlsx(rows: str, head: str = "") -> bytes:
    """The smallest Excel file with these rows."""
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    types = (
        f'<Types xmlns="{_P}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet}worksheet+xml"/></Types>'
    )
    book = f'<workbook {_S} xmlns:r="{_R}"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>'
    return zip_of(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": f"{head}<worksheet {_S}><sheetData>{rows}</sheetData></worksheet>".encode(),
        }
    )


def _relation(kind: str, target: str) -> bytes:
    return (
        f'<Relationships xmlns="{_P}/relationships"><Relationship Id="r1" Type="{_R}/{kind}" Target="{target}"/>'
        "</Relationships>"
    ).encode()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _text_row(text: str, n: int) -> str:
    return f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{text}</t></is></c></row>'


SENTENCE = "二〇一六年，全市教育工作会议要求各县区推进义务教育均衡发展。\n"


def small_specials() -> dict[str, bytes]:
    """Files made to harm that cost little to make and to refuse."""
    nested = "<w:tbl><w:tr><w:tc>" * 3000 + _paragraph(SENTENCE) + "</w:tc></w:tr></w:tbl>" * 3000
    return {
        "空.txt": b"",
        "一个字节.txt": b"\n",
        "空的包.zip": zip_of({}),
        "只有杂物.zip": zip_of({".DS_Store": b"x", "__MACOSX/x": b"x", "空/": b""}),
        "只有表头.csv": "标题,正文\n".encode(),
        "只有表头.xlsx": xlsx(_text_row("正文", 1)),
        "没有元素.json": b"[]",
        "没有元素.jsonl": b"\n\n",
        "套娃.zip": nested_zip(6),
        "套娃百层.zip": nested_zip(100),
        "三百层.gz": self_holding_gzip(),
        "逃出.zip": zip_of({"../../逃出.txt": SENTENCE.encode(), "/etc/逃出.txt": SENTENCE.encode()}),
        "大笑.docx": docx(_paragraph("&j;"), LAUGHS),
        "大笑.xlsx": xlsx(_text_row("正文", 1) + _text_row("&j;", 2), LAUGHS),
        "大笑.xhtml": f"{LAUGHS}<html><body><p>&j;</p></body></html>".encode(),
        "外来.docx": docx(_paragraph("&a;" + SENTENCE), OUTSIDE),
        "外来.xlsx": xlsx(_text_row("正文", 1) + _text_row("&a;" + SENTENCE, 2), OUTSIDE),
        "外来.xhtml": f"{OUTSIDE}<html><body><p>&a;{SENTENCE}</p></body></html>".encode(),
        "深表.docx": docx(nested),
        "深元素.docx": docx("<w:sdt><w:sdtContent>" * 5000 + _paragraph(SENTENCE)),
        "深页.html": ("<div>" * 20_000 + SENTENCE).encode(),
        "深表.html": ("<table><tr><td>" * 5000 + SENTENCE).encode(),
        "深.json": b"[" * 200_000,
        "深.jsonl": b'{"a":' * 100_000 + b"\n",
        "大数.json": ('[{"正文": "' + "教育工作" * 20 + '", "年份": ' + "9" * 10_000 + "}]").encode(),
        "大数.csv": ("正文,年份,日期\n" + "教育工作" * 20 + "," + "9" * 10_000 + ",9999999999999\n").encode(),
        "许多列.csv": (",".join(f"列{n}" for n in range(20_000)) + "\n" + "," * 20_000 + "\n").encode(),
        "不闭合.csv": ("标题,正文\n" + '"' + SENTENCE * 3000).encode(),
        "许多数字.txt": (SENTENCE + "9" * 6000 + "年" + "一" * 6000 + "年。\n").encode(),
        "深括号.txt": (SENTENCE + "《“" * 1000 + "教育规划" + "”》" * 1000 + "。\n").encode(),
        "控制符.txt": (SENTENCE * 20 + "\x00\x01\x1b[31m\u202e教育\u202c\x7f\x85\u2028\u2029\ufffe\uffff").encode(),
        "孤代理.txt": SENTENCE.encode() * 20 + b"\xed\xa0\x80\xed\xbf\xbf" + SENTENCE.encode(),
        "孤代理16.txt": b"\xff\xfe" + (SENTENCE * 20).encode("utf-16-le") + b"\x00\xd8\x00\xd8",
        "断开.gz": gzip.compress(SENTENCE.encode() * 1000, mtime=0)[:-9],
        "假头.pdf": b"%PDF-1.7\n" + b"1 0 obj<</Length 999999999>>stream\n" * 500,
        "自指.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 99999999"
        b"/Kids[2 0 R 2 0 R]>>endobj\ntrailer<</Root 1 0 R>>",
        "假头.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5000,
        "假头.parquet": b"PAR1" + struct.pack("<I", 0xFFFFFFFF) * 200 + b"PAR1",
        "深.rtf": b"{\\rtf1" + b"{" * 50_000,
        "许多部分.mht": b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n" * 30_000,
        "README.md": SENTENCE.encode(),
    }


def large_specials() -> dict[str, Callable[[], bytes]]:
    """Files that expand to gigabytes or hold very many members, for the long run."""
    return {
        "炸弹.zip": lambda: zip_bomb(1, 5000),
        "炸弹四十.zip": lambda: zip_bomb(40, 45),
        "炸弹中炸弹.zip": lambda: nested_zip(3, 40, zip_bomb(4, 9)),
        "炸弹.gz": lambda: gzip_bomb(3000),
        "炸弹.docx": lambda: zip_bomb(1, 390, "word/document.xml"),
        "炸弹.xlsx": lambda: zip_bomb(1, 390, "xl/workbook.xml"),
        "十万个.zip": lambda: zip_of({f"{n}.txt": b"" for n in range(100_001)}),
        "巨段.docx": lambda: docx(_paragraph(SENTENCE * 1_000_000)),
        "多段.docx": lambda: docx(_paragraph("教") * 3_000_000),
        "多行.xlsx": lambda: xlsx(_text_row("正文", 1) + "".join(_text_row("教育", n) for n in range(2, 300_000))),
        "巨表.csv": lambda: ("正文\n" + "教" * 20_000_000).encode(),
        "空列表.json": lambda: b"[" + b"[]," * 20_000_000 + b"[]]",
        "一行.txt": lambda: "全市教育工作。".encode() * 2_300_000,
        "一行英文.txt": lambda: b"a" * 49_000_000,
        "许多行.txt": lambda: SENTENCE.encode() * 500_000,
        "许多标题.txt": lambda: "一、\n1、\n".encode() * 1_000_000,
        "一行.html": lambda: b"<p>" + "全市教育工作。".encode() * 2_000_000,
        "标签.html": lambda: b"<b>" * 10_000_000,
        "空白.html": lambda: b" " * 49_000_000 + b"<p>",
    }


ODD_NAMES = (
    "-rf",
    "--out=x.txt",
    "换\n行.txt",
    "控制\x1b[31m\x07符.txt",
    "\u202e反写txt.txt",
    "引号\"'<b>&;.txt",
    "井号#问号?百分%41.txt",
    "反斜\\杠.txt",
    "空格 .txt",
    "字" * 83 + ".txt",
    "a" * 255,
    "名.txt\u200b",
)
ODD_BYTES = (b"\xff\xfe.txt", b"\xfe\xff.txt", b"\xb9\xe3\xb6\xab.txt", b"\xe5\x85.txt")


def write_odd_entries(folder: Path) -> None:
    """Names, links, pipes and folders that a file system allows, below `folder`; each name holds another text."""
    for n, name in enumerate(ODD_NAMES):
        (folder / name).write_text(f"第{n}号。{SENTENCE}", encoding="utf-8")
    for n, raw in enumerate(ODD_BYTES):
        with contextlib.suppress(OSError), open(os.fsencode(folder) + b"/" + raw, "wb") as stream:
            stream.write(f"第{n}号字节名。{SENTENCE}".encode())
    (folder / "文件夹.txt").mkdir()
    (folder / "文件夹.txt" / "里面.txt").write_text(f"里面的。{SENTENCE}", encoding="utf-8")
    (folder / "空文件夹").mkdir()
    (folder / "环").symlink_to(folder)
    (folder / "自环.txt").symlink_to(folder / "自环.txt")
    (folder / "断链.txt").symlink_to(folder / "没有.txt")
    (folder / "无尽.txt").symlink_to("/dev/zero")
    (folder / "终端.txt").symlink_to("/dev/stdin")
    os.mkfifo(folder / "管道.txt")
    for n, what in enumerate(("管道", "无尽", "断链", "文件夹")):
        sub = folder / f"索引是{what}"
        sub.mkdir()
        (sub / "文.txt").write_text(f"索引{n}旁的。{SENTENCE}", encoding="utf-8")
    os.mkfifo(folder / "索引是管道" / "index.csv")
    (folder / "索引是无尽" / "index.csv").symlink_to("/dev/zero")
    (folder / "索引是断链" / "index.csv").symlink_to(folder / "没有.csv")
    (folder / "索引是文件夹" / "index.csv").mkdir()
    sub = folder / "索引"
    sub.mkdir()
    (sub / "文.txt").write_text(f"索引旁的。{SENTENCE}", encoding="utf-8")
    long = "很" * 3000
    (sub / "index.csv").write_text(
        f"file,place\n{long}.txt,南京市\n../../x.txt,x\n/etc/passwd,x\n文.txt,南京市\n", "utf-8"
    )


def lock_some(folder: Path) -> None:
    """A file and a folder that may not be read (root reads them all the same)."""
    for name in ("锁.txt", "锁着的/里面.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"{name}：{SENTENCE}", encoding="utf-8")
    (folder / "锁.txt").chmod(0)
    (folder / "锁着的").chmod(0)


def unlock(folder: Path) -> None:
    (folder / "锁着的").chmod(0o700)
    (folder / "锁.txt").chmod(0o600)


# What must hold


class Snapshot(NamedTuple):
    """Every entry below some folders, with its size, its time of change and its kind."""

    entries: frozenset[tuple[str, int, int, int]]

    def changes(self, later: Snapshot) -> list[str]:
        return sorted({entry[0] for entry in self.entries ^ later.entries})


def snapshot(*folders: Path) -> Snapshot:
    """Only entries: the time of a folder changes with what is written and deleted again in it."""
    entries = []
    for folder in folders:
        for here, names, files in os.walk(folder):
            for name in (*names, *files):
                path = os.path.join(here, name)
                state = os.lstat(path)
                is_folder = stat.S_ISDIR(state.st_mode)
                facts = (0, 0) if is_folder else (state.st_size, state.st_mtime_ns)
                entries.append((path, *facts, stat.S_IFMT(state.st_mode)))
    return Snapshot(frozenset(entries))


def files_below(folder: Path) -> list[str]:
    """What a build over `folder` must account for, as it writes the names."""
    found = []
    for here, folders, files in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(here, name))]
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in (*files, *links):
            if not name.startswith("."):
                path = os.path.relpath(os.path.join(here, name), folder)
                found.append(
                    path.replace(os.sep, "/").encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
                )
    return found


def lost(built: Built, folder: Path) -> list[str]:
    """The files of which the build says nothing: neither read nor a copy nor left out; an index that was used is none."""
    told = [report.file for report in built.files]
    told += [file for file, _ in built.copies]
    told += [skipped.file for skipped in built.skipped]
    whole = {*told, *(name[: sign.start()] for name in told for sign in re.finditer("[/#]", name))}
    return [file for file in files_below(folder) if file not in whole and not file.endswith("index.csv")]


UNFORESEEN = re.compile(r"Traceback|Error\b|Exception|failed on it|crashed on it|object at 0x|\n")


def unforeseen(built: Built) -> list[tuple[str, str]]:
    """Reasons that speak of the inside of a program instead of the file."""
    return [(skipped.file, skipped.reason) for skipped in built.skipped if UNFORESEEN.search(skipped.reason)]


def reason_kind(reason: str) -> str:
    """The reason without what differs from file to file."""
    short = re.sub(r"[\d,.]*\d", "N", reason)
    short = re.sub(r"(columns? (?:are|is) |index.csv names |column )[^;:]*", r"\1…", short)
    return re.sub(r"\(.*?\)", "(…)", short)[:110]


def is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0
