"""A file of any format → its documents: one, or one for each row of a table and each member of an archive."""

from __future__ import annotations

import io
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import FrameType, TracebackType
from typing import BinaryIO

from kg.errors import TooSlow, UnreadableFile
from kg.model import NOTHING_GIVEN, PLAIN_FORMS, Document, Given
from kg.texts.documents import document_of, read_text
from kg.texts.formats.archives import ArchiveLimits, Fault, Member, members
from kg.texts.formats.columns import Columns
from kg.texts.formats.extract import Extract
from kg.texts.formats.isolation import Isolated
from kg.texts.formats.kinds import ARCHIVES, FOREIGN_TABLES, HEAD, TABLES, Form, form_of
from kg.texts.formats.tables import read_rows
from kg.texts.indexes import INDEX, is_index
from kg.texts.inputs import Input, Skipped

MEGABYTE = 1_000_000
NO_ROWS = "there are no rows in this table"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost before it is left out."""

    seconds: float = 60.0  # to read one document
    megabytes: float = 50.0  # of one document; an archive, a .csv or .jsonl table may be larger
    depth: int = 3  # of archives in archives


@dataclass(slots=True)
class _Unpacked:
    """What the archives in one file, and those within them, have given so far."""

    members: int = 0
    size: int = 0

    def add(self, member: Member, limits: ArchiveLimits) -> None:
        """Raises UnreadableFile where archives in archives multiply what each alone may hold."""
        self.members += 1
        self.size += len(member.data)
        if self.members > limits.members or self.size > limits.total_bytes:
            raise UnreadableFile(
                f"it and the archives in it unpack to more than {limits.members:,} files or "
                f"{limits.total_bytes // MEGABYTE:,} MB; unpack it and give the folder"
            )


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises UnreadableFile in what runs too long; only where the system has alarms, and in the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow(f"reading took longer than {seconds:g} seconds; split the file, or raise --max-seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)  # again, should something swallow the first
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Opener:
    """Opens files, as a context manager: it owns the process in which foreign formats are read."""

    def __init__(
        self, limits: Limits | None = None, columns: Columns | None = None, given: Given = NOTHING_GIVEN
    ) -> None:
        """`given` is what the user says of all files; what an index or a column says of one goes before it."""
        self._limits = limits or Limits()
        self._columns = columns or Columns()
        self._given = given
        self._isolated = Isolated(self._limits.seconds)
        self._unpacked = _Unpacked()

    def __enter__(self) -> Opener:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._isolated.close()

    def __call__(self, item: Input) -> Iterator[Document | Skipped]:
        """The documents in a file, and what in it gave none; never raises for what is in the file.

        Each must come within twice the time limit, or the rest of the file is left out.
        """
        documents = self._documents(item)
        while True:
            try:
                with time_limit(2 * self._limits.seconds):
                    found = next(documents, None)
            except UnreadableFile as fault:
                found = Skipped(item.file, str(fault), passing=isinstance(fault, TooSlow))
            if found is None:
                return
            yield found

    def _documents(self, item: Input) -> Iterator[Document | Skipped]:
        self._unpacked = _Unpacked()
        try:
            with item.path.open("rb") as stream:
                yield from self._opened(stream, item.file, item.given, 0)
        except OSError as fault:
            yield Skipped(item.file, f"it cannot be read: {fault.strerror or fault}", passing=True)

    def _opened(
        self, stream: BinaryIO, file: str, given: Given, depth: int, within: str = ""
    ) -> Iterator[Document | Skipped]:
        try:
            head = stream.read(HEAD)
            form = form_of(file, head)
            size = stream.seek(0, os.SEEK_END)
            stream.seek(0)
            if form in ARCHIVES:
                archived = self._archive(stream, form, file, given, depth)
                yield from _or_said(archived, file, "there are no files in this archive")
            elif form in TABLES - FOREIGN_TABLES:
                rows = self._rows(read_rows(stream, form, self._columns), file, given, within)
                yield from _or_said(rows, file, NO_ROWS)
            else:
                self._check_size(size, form)
                data = stream.read()
                yield from _or_said(self._rows(self._extracts(form, data), file, given, within, data), file, NO_ROWS)
        except UnreadableFile as fault:
            yield Skipped(file, str(fault), passing=isinstance(fault, TooSlow))

    def _check_size(self, size: int, form: Form = Form.TEXT) -> None:
        """Raises UnreadableFile for too large a document, or a table of a format that is read as a whole."""
        if size > self._limits.megabytes * MEGABYTE:
            what = f"a .{form} file; write it as .csv or .jsonl" if form in TABLES else "one document; split it"
            raise UnreadableFile(
                f"{size / MEGABYTE:.0f} MB: larger than the limit of {self._limits.megabytes:g} MB for {what}, "
                "or raise the limit with --max-mb"
            )

    def _extracts(self, form: Form, data: bytes) -> Iterator[Extract | Fault]:
        if form in PLAIN_FORMS:
            yield replace(read_text(data), form=str(form))
        else:
            yield from self._isolated((form, data, self._columns))

    def _rows(
        self, extracts: Iterator[Extract | Fault], file: str, given: Given, within: str, data: bytes | None = None
    ) -> Iterator[Document | Skipped]:
        for extract in extracts:
            name = f"{file}#{extract.name}" if extract.name else file
            if isinstance(extract, Fault):
                yield Skipped(name, extract.reason)
                continue
            try:
                content = (
                    data if data is not None and not extract.name else extract.text.encode("utf-8", "surrogatepass")
                )
                self._check_size(len(content))
                facts = extract.given.over(given).over(self._given)
                yield document_of(replace(extract, given=facts), name, content, within if not extract.name else file)
            except UnreadableFile as fault:
                yield Skipped(name, str(fault), passing=isinstance(fault, TooSlow))

    def _archive(
        self, stream: BinaryIO, form: Form, file: str, given: Given, depth: int
    ) -> Iterator[Document | Skipped]:
        if depth >= self._limits.depth:
            raise UnreadableFile(f"an archive inside {depth} archives; unpack it and give the folder")
        limits = ArchiveLimits(member_bytes=int(self._limits.megabytes * MEGABYTE))
        for member in members(stream, form, limits, file):
            name = f"{file}/{member.name}" if member.name else file
            if member.name.rpartition("/")[2] == INDEX and isinstance(member, Member) and is_index(member.data):
                yield Skipped(name, "an index inside an archive is not used; unpack the archive", note=True)
                continue
            if isinstance(member, Member):
                self._unpacked.add(member, limits)
                yield from self._opened(io.BytesIO(member.data), name, given, depth + 1, within=file)
            else:
                yield Skipped(name, member.reason)


def _or_said(found: Iterator[Document | Skipped], file: str, reason: str) -> Iterator[Document | Skipped]:
    """What was found; where that is nothing, the file with the reason."""
    empty = True
    for each in found:
        empty = False
        yield each
    if empty:
        yield Skipped(file, reason)
