"""Archives to the files in them."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import random
import struct
import tarfile
import time
import tracemalloc
from pathlib import Path

import pytest
from corpus.archives.write import NOTICE, PLAN, Packed, files, gz, tar_of, zip_of

from kg.errors import UnreadableFile
from kg.texts.formats.archives import ArchiveLimits, Fault, Member, members, safe_name
from kg.texts.formats.kinds import Form, form_of

CORPUS = Path(__file__).parents[2] / "corpus" / "archives"
PATHS = sorted(path for path in CORPUS.iterdir() if path.is_file() and path.suffix != ".py")
USUAL = ArchiveLimits()


def unpack(data: bytes, form: Form, limits: ArchiveLimits = USUAL, name: str = "") -> list[Member | Fault]:
    return list(members(io.BytesIO(data), form, limits, name))


def unpack_file(name: str, limits: ArchiveLimits = USUAL) -> list[Member | Fault]:
    data = (CORPUS / name).read_bytes()
    return unpack(data, form_of(name, data), limits, name)


def test_files_are_as_written() -> None:
    """What is committed is what write.py writes; another zlib may pack otherwise, so their contents are compared."""
    for name, data in files().items():
        form = form_of(name, data)
        with contextlib.suppress(UnreadableFile):
            assert unpack(data, form, name=name) == unpack_file(name)
    assert {path.name for path in PATHS} == set(files())


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("gbk-names.zip", [Member("凌海市/目录.txt", PLAN.encode()), Member("凌海市/通知.txt", NOTICE.encode())]),
        (
            "utf-8-names.zip",
            [Member("工作要点.txt", PLAN.encode()), Member("通知.txt", NOTICE.encode()), Member("简报.txt", NOTICE.encode())],
        ),
        ("litter.zip", [Member("folder/a.txt", NOTICE.encode())]),
        ("notices.tar.gz", [Member("凌海市/通知.txt", NOTICE.encode()), Member("凌海市/要点.txt", PLAN.encode())]),
        ("gbk-names.tar", [Member("目录.txt", PLAN.encode()), Member("通知.txt", NOTICE.encode())]),
        ("notice.txt.gz", [Member("notice.txt", NOTICE.encode())]),
    ],
)  # fmt: skip
def test_members(name: str, found: list[Member]) -> None:
    """Chinese names in every writing, folders and litter passed over, the order of the archive."""
    assert unpack_file(name) == found


def test_hostile_names() -> None:
    """No name leads outside or to another disk; two members of one name are told apart."""
    assert [member.name for member in unpack_file("hostile-names.zip")] == [
        "etc/passwd.txt", "root/a.txt", "temp/b.txt", "b.txt", "x/y/z.txt", "bell.txt", "a/a.txt", "a/a (2).txt",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("通知.txt", "通知.txt"),
        ("a/../b.txt", "a/b.txt"),
        ("//server/share/a.txt", "server/share/a.txt"),
        ("C:a.txt", "a.txt"),
        ("../C:/a.txt", "a.txt"),
        ("../..", ""),
        ("a/.. /b", "a/b"),
        ("", ""),
        ("a\0.txt", "a.txt"),
    ],
)
def test_safe_name(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        (
            "faults.zip",
            {
                "link.txt": "a link to another file",
                "secret.txt": "protected by a password",
                "broken.txt": "damaged within the archive",
                "method.txt": "packed by a method that Python does not know",
                "small-header.txt": "damaged within the archive",
            },
        ),
        ("faults.tar", {"link.txt": "a link to another file", "tty": "a device, not a file"}),
        ("cut.tar", {"": "the archive breaks off after b.txt: download it again"}),
        ("bomb.zip", {"bomb.txt": "hundreds of times its size"}),
        ("bomb.txt.gz", {"bomb.txt": "hundreds of times its size"}),
    ],
)
def test_faults(name: str, reasons: dict[str, str]) -> None:
    """What cannot be read is named with its reason; the rest is read."""
    found = unpack_file(name)
    faults = {each.name: each.reason for each in found if isinstance(each, Fault)}
    assert faults.keys() == reasons.keys()
    assert all(reasons[each] in reason for each, reason in faults.items())
    assert {"bomb.txt.gz": 0, "faults.tar": 2, "cut.tar": 2}.get(name, 1) == len(found) - len(faults)


def test_nested_archives_are_members() -> None:
    """An archive in an archive is given like any file; the caller decides how deep to go."""
    inner, outer = unpack_file("nested.zip")
    assert isinstance(inner, Member)
    assert isinstance(outer, Member)
    assert unpack(inner.data, form_of(inner.name, inner.data)) == [Member("a.txt", NOTICE.encode())]
    assert unpack(outer.data, form_of(outer.name, outer.data)) == [Member("c.txt", PLAN.encode())]


@pytest.mark.parametrize("pack", [gz, bz2.compress, lzma.compress, bytes])
def test_packed_tar(pack: type) -> None:
    data = pack(tar_of(("a.txt", NOTICE.encode())))
    assert form_of("a.tar", data) is Form.TAR
    assert unpack(data, Form.TAR) == [Member("a.txt", NOTICE.encode())]


@pytest.mark.parametrize(
    ("name", "limits", "reason"),
    [
        ("overlap.zip", USUAL, "files overlap"),
        ("bomb.tar.gz", USUAL, "unpacks to hundreds of times its size"),
        ("gbk-names.zip", ArchiveLimits(members=1), "more than 1 files"),
        ("gbk-names.tar", ArchiveLimits(members=1), "more than 1 files"),
        ("gbk-names.zip", ArchiveLimits(total_bytes=100), "unpacks to more than 0 MB"),
        ("gbk-names.tar", ArchiveLimits(total_bytes=100), "unpacks to more than 0 MB"),
    ],
)
def test_limits_of_the_archive(name: str, limits: ArchiveLimits, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        unpack_file(name, limits)


@pytest.mark.parametrize("name", ["gbk-names.zip", "gbk-names.tar", "notices.tar.gz"])
def test_limit_of_a_member(name: str) -> None:
    """A member that is too large is a Fault, not the end."""
    found = unpack_file(name, ArchiveLimits(member_bytes=len(PLAN.encode())))
    assert sorted(type(each).__name__ for each in found) == ["Fault", "Member"]


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (zip_of(Packed(b"a.txt", bytes(300_000_000))), Form.ZIP),
        (gz(bytes(300_000_000)), Form.GZIP),
        (gz(tar_of(("a.txt", bytes(45_000_000)), ("b.txt", bytes(250_000_000)))), Form.TAR),
    ],
    ids=["zip", "gz", "tar.gz"],
)
def test_bombs_take_neither_memory_nor_time(data: bytes, form: Form) -> None:
    """What unpacks to hundreds of megabytes is left after the first few."""
    started = time.monotonic()
    tracemalloc.start()
    with contextlib.suppress(UnreadableFile):
        assert all(isinstance(each, Fault) for each in unpack(data, form))
    assert tracemalloc.get_traced_memory()[1] < 120_000_000
    tracemalloc.stop()
    assert time.monotonic() - started < 10


def huge_header() -> bytes:
    """A tar archive whose first member is a long name of 900 MB."""
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 900_000_000
    return gzip.compress(info.tobuf(tarfile.GNU_FORMAT) + bytes(100_000))


@pytest.mark.parametrize(
    ("data", "form", "reason"),
    [
        (b"PK\x03\x04nothing", Form.ZIP, "damaged zip archive"),
        (bytes(600), Form.TAR, ""),
        (b"x" * 600, Form.TAR, "damaged tar archive"),
        (huge_header(), Form.TAR, "damaged tar archive"),
        (gz(NOTICE.encode())[:-9], Form.GZIP, "damaged .gz file"),
        (b"\x1f\x8bnothing", Form.GZIP, "damaged .gz file"),
        (b"\x1f\x8bnothing", Form.TAR, "damaged tar archive"),
    ],
)
def test_damaged_archives(data: bytes, form: Form, reason: str) -> None:
    """Nothing of it can be read: said once."""
    if not reason:
        assert unpack(data, form) == []
        return
    with pytest.raises(UnreadableFile, match=reason):
        unpack(data, form)


def test_cut_tar_gz_gives_what_came_before() -> None:
    """A download that broke off gives its first files, and a Fault."""
    data = gz(tar_of(("a.txt", NOTICE.encode()), ("b.bin", random.Random(1).randbytes(50_000))))
    first, fault = unpack(data[:20_000], Form.TAR)
    assert first == Member("a.txt", NOTICE.encode())
    assert fault == Fault("", "the archive is damaged after a.txt: what follows is not read")


@pytest.mark.parametrize(
    ("name", "member"),
    [("表.csv.gz", "表.csv"), ("../a/b.TXT.GZ", "b.TXT"), ("", "content"), (".gz", "content"), ("a", "a")],
)
def test_name_in_gz(name: str, member: str) -> None:
    assert unpack(gz(b"x"), Form.GZIP, name=name) == [Member(member, b"x")]


def test_lying_sizes_are_not_believed() -> None:
    """A header that says 4 GB changes nothing; one that points beyond the end is damage and no more."""
    data = bytearray(zip_of(Packed(b"a.txt", NOTICE.encode(), size=0xFFFFFFF0)))
    assert unpack(bytes(data), Form.ZIP) == [Member("a.txt", NOTICE.encode())]
    at = data.index(b"PK\1\2")
    struct.pack_into("<I", data, at + 42, 0x7FFFFFF0)
    with contextlib.suppress(UnreadableFile):
        assert [type(each) for each in unpack(bytes(data), Form.ZIP)] == [Fault]


@pytest.mark.parametrize("path", [path for path in PATHS if "bomb" not in path.name], ids=lambda path: path.name)
def test_damage_is_said_and_nothing_else(path: Path) -> None:
    """Cut at 15 points and with 30 flipped bits, an archive gives members, Faults or UnreadableFile."""
    data = path.read_bytes()
    chance = random.Random(13)
    flips = [(chance.randrange(len(data)), 1 << chance.randrange(8)) for _ in range(30)]
    broken = [data[: len(data) * part // 15] for part in range(15)]
    broken += [data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :] for at, bit in flips]
    form = form_of(path.name, data)
    for each in broken:
        with contextlib.suppress(UnreadableFile):
            assert all(safe_name(member.name) == member.name for member in unpack(each, form, name=path.name))
