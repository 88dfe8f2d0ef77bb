"""A file or folder that stands whole or not at all, and never replaces anything unasked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import ExportError


@contextmanager
def new_file(path: Path, *, force: bool = False) -> Iterator[Path]:
    """A draft beside `path`, which it becomes in the end; raises ExportError where `path` is taken, but for `force`."""
    _check_parent(path)
    if path.is_dir():
        raise ExportError(f"{path} is a folder, and this format is one file; name a file in it")
    if path.exists() and not force:
        raise ExportError(f"{path} exists already; choose another --out, or replace it with --force")
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def new_folder(path: Path, *, force: bool = False) -> Iterator[Path]:
    """The same for a folder. `force` replaces one that holds nothing but files which the new one holds too."""
    _check_parent(path)
    if path.exists() and not path.is_dir():
        raise ExportError(f"{path} is a file, and this format is a folder of files; choose another --out")
    if path.exists() and any(path.iterdir()) and not force:
        raise ExportError(f"{path} holds something already; choose another --out, or replace it with --force")
    path = path.resolve()
    draft, old = path.with_name(f".{path.name}.{os.getpid()}"), path.with_name(f".{path.name}.{os.getpid()}.old")
    try:
        draft.mkdir()
        yield draft
        if path.exists():
            _check_same(path, draft)
            path.replace(old)
        draft.replace(path)
    except BaseException:
        if old.exists() and not path.exists():
            old.replace(path)
        raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _check_parent(path: Path) -> None:
    if not path.absolute().parent.is_dir():
        raise ExportError(f"{path}: the folder {path.parent} does not exist; make it first")


def _check_same(path: Path, draft: Path) -> None:
    strange = sorted(_files(path) - _files(draft))
    if strange:
        raise ExportError(f"{path} also holds {strange[0]}, which this export does not write; choose another --out")


def _files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_symlink() or not p.is_dir()}
