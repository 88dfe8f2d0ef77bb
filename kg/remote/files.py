"""The URL of a file or folder on other storage → its files and their content, by fsspec: s3://bucket/docs, hdfs://, file:///."""

from __future__ import annotations

import errno
import io
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from kg.errors import RemoteError

IN_MEMORY = 8_000_000  # bytes up to which a file is fetched in one request
_PASSWORD = re.compile(r"(?<=//)([^/@:\s]*):[^/\s]*@")


def is_url(text: str) -> bool:
    """Whether a path is one on other storage; C:\\docs is not."""
    return "://" in text


def shown(text: str) -> str:
    """A URL, or a message that holds one, without passwords: sftp://me:secret@host/docs → sftp://me@host/docs."""
    return _PASSWORD.sub(r"\1@", text)


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file or folder on other storage. What is asked of it raises OSError; RemoteError where its kind is not known here.

    Keys and passwords are best kept in the environment or the settings of the storage; one in the URL is used, and neither
    shown nor stored.
    """

    url: str = field(repr=False)
    size: int = field(default=-1, compare=False)  # bytes of a file, where they are known

    def __str__(self) -> str:
        return shown(self.url)

    def __truediv__(self, name: str) -> RemoteFile:
        return RemoteFile(f"{self.url.rstrip('/')}/{name}")

    @property
    def name(self) -> str:
        return self.url.rstrip("/").rpartition("/")[2]

    @property
    def parent(self) -> RemoteFile:
        return RemoteFile(self.url.rstrip("/").rpartition("/")[0])

    def check(self) -> None:
        """Raises RemoteError where storage of this kind cannot be reached from here."""
        self._storage()

    def is_dir(self) -> bool:
        storage, path = self._storage()
        with self._clear_words():
            return bool(storage.isdir(path))

    def is_file(self) -> bool:
        storage, path = self._storage()
        with self._clear_words():
            return bool(storage.isfile(path))

    def below(self) -> Iterator[tuple[str, RemoteFile]]:
        """The files in a folder and all folders below it, each with its path seen from there, in order of these."""
        storage, path = self._storage()
        with self._clear_words():
            found = storage.find(path, detail=True)
        start = len(path.rstrip("/")) + 1
        for name in sorted(found):
            yield name[start:], RemoteFile((self / name[start:]).url, int(found[name].get("size") or 0))

    def open(self, mode: Literal["rb"] = "rb") -> io.BytesIO | io.BufferedRandom | io.BufferedReader:
        """The content, fetched as a whole: what reads it meets no network."""
        storage, path = self._storage()
        with self._clear_words():
            if 0 <= self.size <= IN_MEMORY:
                return io.BytesIO(storage.cat_file(path))
            whole = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
            with storage.open(path, mode) as stream:
                shutil.copyfileobj(stream, whole)
            whole.seek(0)
            return whole

    @contextmanager
    def fetched(self) -> Iterator[RemoteFile]:
        """The same file, with its content here for the time: asked for once, however often it is opened. Raises OSError."""
        with tempfile.TemporaryDirectory(prefix="policy-kg.") as folder:
            content = Path(folder, "content")
            self.get(content)
            yield _Fetched(self.url, self.size, content)

    def put(self, content: Path) -> None:
        """Copies a file of this machine there."""
        storage, path = self._storage()
        with self._clear_words():
            try:
                storage.put_file(str(content), path)
            except FileNotFoundError:  # where folders are made before they are written to
                storage.makedirs(storage._parent(path), exist_ok=True)
                storage.put_file(str(content), path)

    def get(self, to: Path) -> None:
        """Copies it into a file of this machine."""
        storage, path = self._storage()
        with self._clear_words():
            storage.get_file(path, str(to))

    def _storage(self) -> tuple[Any, str]:
        """The file system, and the path in it; raises RemoteError."""
        kind = self.url.partition("://")[0]
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            raise RemoteError(f"{self} needs fsspec: pip install 'policy-kg[remote]'") from None
        try:
            storage, path = url_to_fs(self.url)
        except ImportError as fault:
            raise RemoteError(f"{self}: {kind}:// needs one more package: {fault}") from None
        except ValueError as fault:
            raise RemoteError(f"{self}: this address cannot be used: {shown(str(fault))}") from None
        except Exception as fault:  # each kind of storage has faults of its own
            raise RemoteError(f"{self} cannot be reached: {_told(fault)}") from None
        return storage, str(path)

    @contextmanager
    def _clear_words(self) -> Iterator[None]:
        """OSError in place of all that a storage may raise, with the address and without passwords."""
        try:
            yield
        except FileNotFoundError:
            raise FileNotFoundError(errno.ENOENT, "there is no such file or folder", str(self)) from None
        except OSError as fault:
            raise OSError(fault.errno or errno.EIO, shown(fault.strerror or str(fault)), str(self)) from None
        except Exception as fault:  # each kind of storage has faults of its own
            raise OSError(errno.EIO, _told(fault), str(self)) from None


@dataclass(frozen=True, slots=True)
class _Fetched(RemoteFile):
    """A file on other storage whose content lies here."""

    content: Path = field(default=Path(), compare=False, repr=False)

    def open(self, mode: Literal["rb"] = "rb") -> io.BufferedReader:
        return self.content.open(mode)


def _told(fault: Exception) -> str:
    """A fault in one line."""
    return shown(" ".join(f"{type(fault).__name__}: {fault}".split()))[:300]
