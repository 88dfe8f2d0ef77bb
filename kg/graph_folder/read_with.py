"""The program, the lexicons, the settings and the decisions → a key for each: where one differs, a file is to be read again."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from kg.resources import shipped

# What only asks a graph, or writes it in another form, changes no reading. What stands in neither table does.
_ASKING = frozenset(
    "_shipped cli comparison diffusion evaluation explain exports gold.py lexicon_check.py push rule_quality.py search "
    "serve training views __main__.py __init__.py".split()
)
_WRITING = frozenset("triples.py terms.py labels.py iris.py mentions.py".split())  # of kg/graph
_RECORDS = ("views/records.py", "views/from_readings.py")
_LIBRARIES = tuple(
    "daachorse legacy-doc lxml lxml_html_clean numpy opencc openpyxl pyarrow pypdfium2 python-crfsuite rensa "
    "trafilatura".split()
)


class ReadWith(NamedTuple):
    """What a file was read with, each as a hash; empty where there was none."""

    rules: str  # the program, the lexicons that come with it, the libraries that it reads with
    lexicons: str = ""  # the user's own
    model: str = ""
    settings: str = ""  # base, limits, columns, place, year, second reader
    said: str = ""  # what an index says of the file
    decisions: str = ""  # of the reviewer, as far as they concern the file

    def differs(self, now: ReadWith) -> tuple[str, ...]:
        """What is not as it was, in words for the user."""
        return tuple(_WORDS[name] for name in self._fields if getattr(self, name) != getattr(now, name))


_WORDS = {
    "rules": "other rules or built-in lexicons",
    "lexicons": "another lexicon of your own",
    "model": "another model",
    "settings": "other settings",
    "said": "another line in index.csv",
    "decisions": "other decisions in reviewed.csv",
}


def digest_of(*texts: str) -> str:
    """16 hex digits of the hash of these texts."""
    data = "\0".join(texts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:16]


def folder_digest(folders: Iterable[Path]) -> str:
    """The same of the names and contents of the files in these folders; empty for none."""
    parts = [
        f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.is_file()
    ]
    return digest_of(*parts) if parts else ""


@cache
def rules_digest() -> str:
    """The same of everything in this installation that decides what is read from a text."""
    told = [f"unicode {unicodedata.unidata_version}", *map(_library, _LIBRARIES)]
    for name, file in sorted(_parts()):
        told.append(f"{name} {hashlib.sha256(file.read_bytes()).hexdigest()}")
    return digest_of(*told)


def _library(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} –"


def _parts() -> Iterator[tuple[str, Traversable]]:
    package = files("kg")
    for entry in package.iterdir():
        if entry.name not in _ASKING and entry.name != "graph":
            yield from _below(entry, entry.name)
    yield from ((f"graph/{name}", package / "graph" / name) for name in _WRITING)
    yield from ((name, package.joinpath(*name.split("/"))) for name in _RECORDS)
    yield "confidence.csv", shipped("data", "confidence.csv")
    yield from _below(shipped("data", "lexicons"), "lexicons")


def _below(entry: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    if entry.is_dir():
        for inner in entry.iterdir():
            yield from _below(inner, f"{name}/{inner.name}")
    elif name.endswith((".py", ".csv", ".txt")):
        yield name, entry
