"""graph.nq → search.sqlite beside it: the passages of the graph, and an index of the pairs of signs in them.

Chinese is written without blanks and its words have mostly two signs, for which SQLite's trigram index finds nothing.
So 推进双减 is kept as the tokens 推进 进双 双减 减: a word is a run of tokens, one sign the beginning of a token.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from kg.errors import GraphError
from kg.graph.evidence import Passage, passages
from kg.graph.published import GRAPH_FILE, whole_mark
from kg.graph.store import graph_file
from kg.search.words import Word, fold

INDEX_FILE = "search.sqlite"
_VERSION = "1"  # of the tables, the tokens and the order; another one is built anew
_SIGNS = "".join(chr(code) for code in range(33, 127) if not chr(code).isalnum() and chr(code) not in "\"'")
_TABLES = f"""
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE passage (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL, year INTEGER, file TEXT NOT NULL,
                      part TEXT NOT NULL, about TEXT NOT NULL);
CREATE VIRTUAL TABLE pairs USING fts5(signs, content='', tokenize="ascii tokenchars '{_SIGNS}'");
"""
_RUN = re.compile(r"[^\x00-\x20\x7f]+")
_DRAFT = ".search."
_LONG_AGO = 3600.0  # seconds
_MOST_SIGNS = 64  # of a word that are looked up in the index; the text is compared whole
_MOST_WORDS = 16


def index_path(graph: Path) -> Path:
    """Where the index of an N-Quads file lies."""
    return graph.with_name(INDEX_FILE if graph.name == GRAPH_FILE else f"{graph.stem}.{INDEX_FILE}")


@contextlib.contextmanager
def index_of(path: Path, *, anew: bool = False) -> Iterator[sqlite3.Connection]:
    """The index of a graph folder or .nq file: the one beside it if it fits, else a new one, kept where one may write.

    With `anew`, the one beside it is replaced in any case: it looked whole and was not.
    """
    file = graph_file(path)
    kept = index_path(file)
    mark = whole_mark(file)
    with file.open("rb") as nquads:
        key = f"{_VERSION} {mark.sha256 if mark else hashlib.file_digest(nquads, 'sha256').hexdigest()}"
        index = None if anew else _kept(kept, key)
        if index is None:
            nquads.seek(0)
            index = _built(passages(nquads, str(file)), key)
            _keep(index, kept)
    try:
        yield index
    finally:
        index.close()


def candidates(index: sqlite3.Connection, words: tuple[Word, ...]) -> Iterator[Passage]:
    """The passages that hold all pairs of signs of the words, in the order of the index."""
    phrases = [phrase for word in words[:_MOST_WORDS] for phrase in _phrases(word.folded[:_MOST_SIGNS])]
    asked = "SELECT kind, text, year, file, part, about FROM passage"
    if phrases:
        asked += " WHERE id IN (SELECT rowid FROM pairs WHERE pairs MATCH ?)"
    for row in index.execute(f"{asked} ORDER BY id", [" AND ".join(phrases)] if phrases else []):
        yield Passage._make((*row[:-1], tuple(row[-1].split())))


def _kept(path: Path, key: str) -> sqlite3.Connection | None:
    """The index on disk, if it is whole and was made of this very graph."""
    if not path.is_file():
        return None
    index = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True)
    try:
        if index.execute("SELECT value FROM about WHERE key = 'graph'").fetchone() == (key,) and _is_whole(index):
            return index
    except sqlite3.DatabaseError:
        pass
    index.close()
    return None


def _is_whole(index: sqlite3.Connection) -> bool:
    return bool(index.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))


def _built(found: list[Passage], key: str) -> sqlite3.Connection:
    index = sqlite3.connect(":memory:")
    try:
        index.executescript(_TABLES)
    except sqlite3.OperationalError as fault:
        raise GraphError(f"the SQLite of this Python cannot search texts ({fault}); use one that has FTS5") from None
    rows = ((n, p.kind, p.text, p.year, p.file, p.part, " ".join(p.about)) for n, p in enumerate(found, 1))
    with index:
        index.executemany("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        index.executemany(
            "INSERT INTO pairs (rowid, signs) VALUES (?, ?)", ((n, tokens(p.text)) for n, p in enumerate(found, 1))
        )
        index.execute("INSERT INTO pairs (pairs) VALUES ('optimize')")
        index.execute("INSERT INTO about VALUES ('graph', ?)", (key,))
    return index


def _keep(index: sqlite3.Connection, path: Path) -> None:
    """Writes the index beside the graph, whole or not at all; where that is not possible it lives for this search."""
    with contextlib.suppress(OSError, sqlite3.Error):
        _clear(path.parent)
        handle, name = tempfile.mkstemp(prefix=_DRAFT, dir=path.parent)
        os.close(handle)
        try:
            with contextlib.closing(sqlite3.connect(name)) as copy:
                index.backup(copy)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)


def _clear(folder: Path) -> None:
    """Removes what a search left that was killed long ago."""
    for left in folder.glob(f"{_DRAFT}*"):
        if time.time() - left.stat().st_mtime > _LONG_AGO:
            left.unlink()


def tokens(text: str) -> str:
    """Each sign of the folded text with its right neighbour: 推进双减 → 推进 进双 双减 减."""
    return " ".join(run[at : at + 2] for run in _RUN.findall(fold(text).signs) for at in range(len(run)))


def _phrases(signs: str) -> Iterator[str]:
    """What the pairs of a text must hold if it holds these signs, in the language of FTS5."""
    for run in _RUN.findall(signs):
        pairs = [run[at : at + 2] for at in range(len(run) - 1)]
        yield " + ".join(map(_string, pairs)) if pairs else f"{_string(run)} *"


def _string(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'
