"""Writes the archives of this folder: `python tests/corpus/archives/write.py`. The same bytes every time.

The zip archives are put together by hand, since no library writes GBK names, wrong sizes or overlapping members.
"""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zlib
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
NOTICE = "凌海市教育局关于做好2018年春季控辍保学工作的通知\n各学校：\n要逐人核实，一个都不能少。\n"
PLAN = "凌海市教育局2018年工作要点\n一、推进义务教育优质均衡发展。\n"
UTF8, ENCRYPTED = 0x800, 0x1
LINK = 0o120777


class Packed(NamedTuple):
    """A member of a zip archive, with whatever lie its headers tell."""

    name: bytes
    data: bytes
    flags: int = 0
    extra: bytes = b""
    mode: int = 0o100644
    size: int = -1  # as the headers say it; -1: the true one
    method: int = 8
    broken: bool = False  # a changed byte in the packed data


def zip_of(*members: Packed, overlapping: int = 1) -> bytes:
    """A zip archive; `overlapping` is how often the table of contents names each member."""
    body, contents, count = b"", b"", 0
    for member in members:
        packed = deflated(member.data) if member.method == 8 else member.data
        if member.broken:
            packed = packed[:4] + bytes([packed[4] ^ 0x55]) + packed[5:]
        size = len(member.data) if member.size < 0 else member.size
        common = struct.pack(
            "<HHHHHIIIHH",
            20, member.flags, member.method, 0, 0x4C21, zlib.crc32(member.data), len(packed), size, len(member.name), len(member.extra),
        )  # fmt: skip
        entry = b"PK\1\2\x14\3" + common + struct.pack("<HHHII", 0, 0, 0, member.mode << 16, len(body))
        contents += (entry + member.name + member.extra) * overlapping
        count += overlapping
        body += b"PK\3\4" + common + member.name + member.extra + packed
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(contents), len(body), 0)
    return body + contents + end


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def unicode_path(name: bytes, told: str) -> bytes:
    """The extra field with which other packers add the name in UTF-8."""
    content = struct.pack("<BI", 1, zlib.crc32(name)) + told.encode()
    return struct.pack("<HH", 0x7075, len(content)) + content


def tar_of(*members: tuple[str, bytes | str], encoding: str = "utf-8", end: bool = True) -> bytes:
    """A tar archive; content that is no bytes is the target of a link, or "device"."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT, encoding=encoding) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            if name.endswith("/"):
                info.type = tarfile.DIRTYPE
            elif content == "device":
                info.type = tarfile.CHRTYPE
            elif isinstance(content, str):
                info.type, info.linkname = tarfile.SYMTYPE, content
            else:
                info.size = len(content)
            archive.addfile(info, io.BytesIO(content if isinstance(content, bytes) else b""))
        length = archive.offset
    return buffer.getvalue() if end else buffer.getvalue()[:length]


def gz(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def files() -> dict[str, bytes]:
    notice, plan = NOTICE.encode(), PLAN.encode()
    inner = zip_of(Packed(b"a.txt", notice))
    return {
        "gbk-names.zip": zip_of(Packed("凌海市/目录.txt".encode("gb18030"), plan), Packed("凌海市/通知.txt".encode("gb18030"), notice)),
        "utf-8-names.zip": zip_of(
            Packed("工作要点.txt".encode(), plan),
            Packed("通知.txt".encode(), notice, flags=UTF8),
            Packed(b"??.txt", notice, extra=unicode_path(b"??.txt", "简报.txt")),
        ),
        "hostile-names.zip": zip_of(
            Packed(b"../../etc/passwd.txt", notice),
            Packed(b"/root/a.txt", notice),
            Packed(b"C:\\temp\\b.txt", notice),
            Packed(b"..\\..\\b.txt", notice),
            Packed(b"./x/./y//z.txt", notice),
            Packed(b"..", notice),
            Packed(b"bell\x07.txt", notice),
            Packed(b"a/a.txt", notice),
            Packed(b"a/a.txt", plan),
        ),
        "litter.zip": zip_of(
            Packed(b"folder/", b"", mode=0o040755),
            Packed(b"__MACOSX/._a.txt", b"x"),
            Packed(b"folder/.DS_Store", b"x"),
            Packed(b"folder/Thumbs.db", b"x"),
            Packed(b".git/config", b"x"),
            Packed("~$通知.docx".encode(), b"x", flags=UTF8),
            Packed(b"folder/a.txt", notice),
        ),
        "faults.zip": zip_of(
            Packed(b"link.txt", b"/etc/passwd", mode=LINK),
            Packed(b"secret.txt", notice, flags=ENCRYPTED),
            Packed(b"broken.txt", notice, broken=True),
            Packed(b"method.txt", notice, method=96),
            Packed(b"small-header.txt", notice, size=3),
            Packed(b"good.txt", notice),
        ),
        "bomb.zip": zip_of(Packed(b"bomb.txt", bytes(12_000_000)), Packed(b"good.txt", notice)),
        "overlap.zip": zip_of(Packed(b"a.txt", notice), overlapping=3),
        "nested.zip": zip_of(Packed(b"inner.zip", inner, method=0), Packed(b"b.tar.gz", gz(tar_of(("c.txt", plan))))),
        "notices.tar.gz": gz(tar_of(("凌海市/", b""), ("凌海市/通知.txt", notice), ("凌海市/要点.txt", plan))),
        "gbk-names.tar": tar_of(("目录.txt", plan), ("通知.txt", notice), encoding="gb18030"),
        "faults.tar": tar_of(
            ("link.txt", "/etc/passwd"), ("tty", "device"), ("../up.txt", notice), (".hidden", notice), ("good.txt", plan)
        ),
        "cut.tar": tar_of(("a.txt", notice), ("b.txt", plan), end=False),
        "bomb.tar.gz": gz(tar_of(("bomb.txt", bytes(12_000_000)), ("good.txt", notice))),
        "notice.txt.gz": gz(notice),
        "bomb.txt.gz": gz(bytes(12_000_000)),
    }  # fmt: skip


if __name__ == "__main__":
    for name, data in files().items():
        (HERE / name).write_bytes(data)
