"""What takes long to prepare from the shipped lexicons and rules → kept on this machine, and loaded in a quarter of the time.

Like the compiled modules of Python, it is kept for whoever owns the machine's account: only a file of our own making, in
a folder that nobody else may write to, is loaded, and only for the program, the lexicons and the Python that made it.
"""

from __future__ import annotations

import gc
import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import _lru_cache_wrapper, lru_cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from kg.patterns import codes_of_all, recall
from kg.resources import shipped

T = TypeVar("T")
FOLDER = "POLICY_KG_CACHE"  # environment variable: another folder; empty: keep nothing
VERSIONS = 3  # that are kept beside each other
_CODE = ("entities", "texts", "lexicons.py", "lexicon_files.py", "model.py")
_DIGEST = hashlib.sha256().digest_size


def prepared(name: str, make: Callable[[], T]) -> T:
    """What `make` gives: as it was kept, or made now and kept for the next time, if that can be done."""
    return _kept_or_made(name, _key(), make)


def prepare_patterns(rules: str) -> None:
    """Makes the regular expressions of all modules loaded so far quick to compile; `rules` is a hash of these modules."""
    if _folder() is None:
        return
    key = hashlib.sha256(f"{sys.version} {rules}".encode()).hexdigest()[:16]
    recall(_kept_or_made("patterns", key, codes_of_all))


def _kept_or_made(name: str, key: str, make: Callable[[], T]) -> T:
    folder = _folder()
    if folder is None:
        return make()
    file = folder / f"{name}-{key}.bin"
    kept = _loaded(file)
    if kept is None:
        kept = make()
        _keep(file, kept)
    return kept  # type: ignore[no-any-return]


def _folder() -> Path | None:
    named = os.environ.get(FOLDER)
    if named is not None:
        return Path(named) if named else None
    from platformdirs import user_cache_path

    return user_cache_path("policy-kg", appauthor=False)


def _key() -> str:
    """Another one for whatever could make what was kept wrong."""
    told = hashlib.sha256(f"{sys.version} daachorse {version('daachorse')}".encode())
    for name, part in sorted(_parts()):
        told.update(name.encode() + b"\0" + part.read_bytes())
    return told.hexdigest()[:16]


def _parts() -> Iterator[tuple[str, Traversable]]:
    package = files("kg")
    for entry in (*(package / name for name in _CODE), shipped("data", "lexicons")):
        inner = entry.iterdir() if entry.is_dir() else (entry,)
        yield from ((f"{entry.name}/{part.name}", part) for part in inner if part.name.endswith((".py", ".csv")))


def _loaded(file: Path) -> Any:
    """What the file holds; None where it is missing, damaged or not ours alone."""
    try:
        if not _is_ours(file.parent) or not _is_ours(file):
            return None
        data = file.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
        return None
    was_on = gc.isenabled()
    gc.disable()  # it looks through everything again and again while so much comes in
    try:
        return pickle.loads(data[_DIGEST:])
    finally:
        if was_on:
            gc.enable()


def _is_ours(path: Path) -> bool:
    """Whether nobody else may have written it; on Windows a user's own folders are his."""
    if sys.platform == "win32":
        return True
    stat = path.stat()
    return stat.st_uid == os.geteuid() and not stat.st_mode & 0o022


def _keep(file: Path, what: object) -> None:
    """Written whole or not at all; of other versions the last few stay."""
    out = io.BytesIO()
    _Pickler(out, protocol=5).dump(what)
    data = out.getvalue()
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as half:
            half.write(hashlib.sha256(data).digest() + data)
        os.replace(half.name, file)
        kept = sorted(file.parent.glob(f"{file.name.partition('-')[0]}-*.bin"), key=lambda found: found.stat().st_mtime)
        for old in kept[:-VERSIONS]:
            old.unlink(missing_ok=True)
    except OSError:
        return


class _Pickler(pickle.Pickler):
    """Also methods that remember their last answers: what comes back remembers none."""

    def reducer_override(self, value: Any) -> Any:
        function = getattr(value, "__wrapped__", None)
        if isinstance(value, _lru_cache_wrapper) and hasattr(function, "__self__"):
            return _remembering, (function, value.cache_parameters()["maxsize"])
        return NotImplemented


def _remembering(method: Callable[..., T], most: int) -> Callable[..., T]:
    return lru_cache(maxsize=most)(method)
