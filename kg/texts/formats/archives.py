"""Bytes of an archive (zip, tar, gz) → the files in it, held in memory and within limits; nothing is written to disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import IO, BinaryIO, NamedTuple

from kg.errors import UnreadableFile
from kg.patterns import regex
from kg.texts.formats.kinds import Form

MB = 1_000_000
CHUNK = 1 << 16
FREE_RATIO = 10 * MB  # up to here any compression is believed
OFFICE_LIMIT = 400 * MB  # what the parts of one Office file may have together when unpacked
LITTER = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})

# What zipfile, tarfile, lxml, openpyxl, pyarrow and the codecs raise on damaged files.
DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)
_DRIVE = regex(r"^[A-Za-z]:")
_CONTROL = regex("[\0-\x1f\x7f]")
_FAR_EAST = regex("[\u2e80-\U0003ffff]")
_UNICODE_PATH = 0x7075  # extra field of Info-ZIP with the name in UTF-8
_ENCRYPTED, _UTF8 = 0x1, 0x800


class Fault(NamedTuple):
    """A member of an archive or a row of a table that gives no text, and why; without name, the archive itself."""

    name: str
    reason: str


class Member(NamedTuple):
    """A file in an archive; `name` is a relative POSIX path that leads nowhere outside."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How much one archive may unpack to, whatever its headers say."""

    members: int = 100_000
    member_bytes: int = 50 * MB
    total_bytes: int = 4_000 * MB
    ratio: int = 200  # unpacked bytes per packed byte beyond FREE_RATIO; text has about 5


@contextmanager
def damage_named(message: str) -> Iterator[None]:
    """Whatever a library raises on a damaged file becomes UnreadableFile with `message`."""
    try:
        yield
    except DAMAGE:
        raise UnreadableFile(message) from None


def members(
    stream: BinaryIO, form: Form, limits: ArchiveLimits = ArchiveLimits(), name: str = ""
) -> Iterator[Member | Fault]:
    """The files in a seekable archive, in its own order; what cannot be read comes as a Fault.

    Folders and the litter of file managers are skipped. Archives within are members like others. `name` is the
    archive's own, from which the one member of a .gz file takes its name. Raises UnreadableFile where the whole archive
    is damaged or passes the limits.
    """
    if form is Form.ZIP:
        found = _zip_members(stream, limits)
    elif form is Form.TAR:
        found = _tar_members(stream, limits)
    else:
        found = _gzip_member(stream, limits, name)
    names = _Names()
    for count, member in enumerate(found):
        if count >= limits.members:
            raise UnreadableFile(f"the archive has more than {limits.members:,} files; unpack it and give the folder")
        yield member if isinstance(member, Fault) else Member(names.unique(member.name), member.data)


def office_package(file: BinaryIO, what: str) -> zipfile.ZipFile:
    """The opened .docx or .xlsx file, if it does not unpack to something enormous."""
    with damage_named(f"damaged {what}: it cannot be unpacked; download it again, or open it and save it anew"):
        package = zipfile.ZipFile(file)
    if sum(info.file_size for info in package.infolist()) > OFFICE_LIMIT:
        raise UnreadableFile(
            f"the {what} unpacks to more than {OFFICE_LIMIT // MB} MB; split it, or save its text as .txt"
        )
    return package


def safe_name(name: str) -> str:
    """A member's path without anything that leads out of the folder; "" where nothing is left of it.

    >>> safe_name("..\\\\..\\\\C:/通知.txt")
    '通知.txt'
    """
    parts = (_DRIVE.sub("", part) for part in _CONTROL.sub("", name.replace("\\", "/")).split("/"))
    return "/".join(part for part in parts if part.strip() not in ("", ".", ".."))


def _is_litter(name: str) -> bool:
    """Files that no user put there: resource forks, thumbnails, lock files of Word, dot files."""
    parts = name.split("/")
    return any(part in LITTER or part.startswith((".", "~$")) for part in parts)


def _decode_name(raw: bytes) -> str:
    """UTF-8 if it gives Chinese, else GB18030: the GBK bytes of 目录 are also valid UTF-8, for Latin letters."""
    if raw.isascii():
        return raw.decode("ascii")
    try:
        as_utf8 = raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
    if _FAR_EAST.search(as_utf8):
        return as_utf8
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return as_utf8


class _Names:
    """Gives a second 通知.txt the name 通知 (2).txt."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def unique(self, name: str) -> str:
        candidate = name
        while candidate in self._taken:
            self._last[name] = self._last.get(name, 1) + 1
            path = PurePosixPath(name)
            candidate = str(path.with_name(f"{path.stem} ({self._last[name]}){path.suffix}"))
        self._taken.add(candidate)
        return candidate


# zip


def _zip_members(stream: BinaryIO, limits: ArchiveLimits) -> Iterator[Member | Fault]:
    with damage_named("damaged zip archive: its table of contents cannot be read; download it again"):
        archive = zipfile.ZipFile(stream)
        infos = archive.infolist()
    _check_no_overlap(infos)
    total = 0
    for info in infos:
        name = safe_name(_zip_name(info))
        if not name or info.orig_filename.endswith(("/", "\\")) or _is_litter(name):
            continue
        member = _zip_member(archive, info, name, limits)
        total += len(member.data) if isinstance(member, Member) else 0
        _check_total(total, limits)
        yield member


def _zip_name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _UTF8:
        return info.orig_filename
    if name := _unicode_path(info.extra):
        return name
    try:
        return _decode_name(info.orig_filename.encode("cp437"))
    except UnicodeEncodeError:
        return info.orig_filename


def _unicode_path(extra: bytes) -> str:
    at = 0
    while at + 4 <= len(extra):
        field, size = struct.unpack_from("<HH", extra, at)
        if field == _UNICODE_PATH and size > 5:
            return extra[at + 9 : at + 4 + size].decode("utf-8", "replace")
        at += 4 + size
    return ""


def _check_no_overlap(infos: list[zipfile.ZipInfo]) -> None:
    """Members that share their packed bytes make petabytes out of little."""
    placed = sorted((info.header_offset, info.header_offset + 30 + info.compress_size) for info in infos)
    if any(end > following for (_, end), (following, _) in pairwise(placed)):
        raise UnreadableFile("the zip archive's files overlap: it is damaged or made to fill the disk; not read")


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: ArchiveLimits) -> Member | Fault:
    if stat.S_ISLNK(info.external_attr >> 16):
        return _link(name)
    if info.flag_bits & _ENCRYPTED:
        return Fault(name, "protected by a password: unpack the archive and give the folder")
    try:
        with archive.open(info) as unpacked:
            data = _read_within(unpacked, min(limits.member_bytes, _believed(info.compress_size, limits)))
    except NotImplementedError:
        return Fault(name, "packed by a method that Python does not know: unpack the archive and give the folder")
    except DAMAGE:
        return Fault(name, "damaged within the archive: download the archive again")
    return _too_large(name, limits) if data is None else Member(name, data)


# tar


def _tar_members(stream: BinaryIO, limits: ArchiveLimits) -> Iterator[Member | Fault]:
    believed = _believed(stream.seek(0, io.SEEK_END), limits)
    stream.seek(0)
    metered = _Metered(_unpacked(stream), limits.member_bytes + MB)
    after = ""
    with damage_named("damaged tar archive: its first file cannot be read; download it again"):
        archive = tarfile.TarFile(fileobj=metered, mode="r", encoding="utf-8", errors="surrogateescape")
    while True:
        try:
            info = archive.next()
            _check_ratio(metered.furthest + (info.size if info else 0), believed)
            member = None if info is None else _tar_member(archive, info, limits)
        except DAMAGE:
            yield Fault("", f"the archive is damaged{after}: what follows is not read")
            return
        archive.members.clear()  # type: ignore[attr-defined]
        if info is None:
            break
        _check_total(metered.furthest, limits)
        if member is not None:
            after = f" after {member.name}"
            yield member
    if any(metered.last) or not metered.last:
        yield Fault("", f"the archive breaks off{after}: download it again")


def _tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo, limits: ArchiveLimits) -> Member | Fault | None:
    name = safe_name(_decode_name(info.name.encode("utf-8", "surrogateescape")))
    if not name or info.isdir() or _is_litter(name):
        return None
    if info.issym() or info.islnk():
        return _link(name)
    if not info.isfile():
        return Fault(name, "a device, not a file: skipped")
    if info.size > limits.member_bytes:
        return _too_large(name, limits)
    content = archive.extractfile(info)
    return None if content is None else Member(name, content.read())


def _unpacked(stream: BinaryIO) -> BinaryIO | io.BufferedIOBase:
    head = stream.read(6)
    stream.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=stream)
    if head.startswith(b"BZh"):
        return bz2.BZ2File(stream)
    if head.startswith(b"\xfd7zXZ"):
        return lzma.LZMAFile(stream)
    return stream


class _Metered(io.BufferedIOBase):
    """A stream that remembers how far it was read and what came last, and gives no more than `most` bytes at once."""

    def __init__(self, stream: BinaryIO | io.BufferedIOBase, most: int = 0) -> None:
        self._stream = stream
        self._most = most
        self.furthest = 0
        self.last = b""

    def read(self, size: int | None = -1, /) -> bytes:
        size = -1 if size is None else size
        if self._most and not 0 <= size <= self._most:
            raise tarfile.ReadError("a header of absurd size")
        self.last = self._stream.read(size)
        self.furthest = max(self.furthest, self._stream.tell())
        return self.last

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, to: int, whence: int = io.SEEK_SET, /) -> int:
        return self._stream.seek(to, whence)

    def tell(self) -> int:
        return self._stream.tell()


# gz


def _gzip_member(stream: BinaryIO, limits: ArchiveLimits, name: str) -> Iterator[Member | Fault]:
    own = safe_name(PurePosixPath(safe_name(name)).name)
    own = (own[:-3] if own.lower().endswith(".gz") else own) or "content"
    most = min(limits.member_bytes, _believed(stream.seek(0, io.SEEK_END), limits))
    stream.seek(0)
    with damage_named("damaged .gz file: it breaks off or has changed bytes; download it again"):
        data = _read_within(gzip.GzipFile(fileobj=stream), most)
    yield _too_large(own, limits) if data is None else Member(own, data)


# limits


def _read_within(unpacked: IO[bytes] | io.BufferedIOBase, most: int) -> bytes | None:
    """All bytes, or None as soon as there are more than `most`."""
    chunks: list[bytes] = []
    size = 0
    while chunk := unpacked.read(CHUNK):
        size += len(chunk)
        if size > most:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


def _believed(packed: int, limits: ArchiveLimits) -> int:
    return max(FREE_RATIO, packed * limits.ratio)


def _check_ratio(unpacked: int, believed: int) -> None:
    if unpacked > believed:
        raise UnreadableFile("the archive unpacks to hundreds of times its size: made to fill the disk; not read")


def _check_total(total: int, limits: ArchiveLimits) -> None:
    if total > limits.total_bytes:
        raise UnreadableFile(f"the archive unpacks to more than {limits.total_bytes // MB:,} MB; split it")


def _too_large(name: str, limits: ArchiveLimits) -> Fault:
    return Fault(name, f"unpacks to more than {limits.member_bytes // MB} MB or hundreds of times its size: not read")


def _link(name: str) -> Fault:
    return Fault(name, "a link to another file: not followed")
