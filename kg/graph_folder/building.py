"""Shards, read now or earlier → a graph folder: in it copies count once, and everything stands whole or as it was."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import GraphError, NothingToBuild
from kg.graph.iris import REFERENCE
from kg.graph.large import prepare, remove_others
from kg.graph.links import LINKS, Links, links_quads
from kg.graph.mentions import MENTIONS_FILE
from kg.graph.published import (
    GRAPH_FILE,
    GRAPHS_FILE,
    MARK_DRAFT,
    GraphWriter,
    Mark,
    damaged,
    mark_or_none,
    publish,
    write_graphs,
)
from kg.graph.triples import reference_quads
from kg.graph.turtle import write_turtle_of
from kg.graph_folder.counted import Counted, Reports
from kg.graph_folder.facts import DocumentFacts
from kg.graph_folder.manifest import MANIFEST_FILE, entry_of, write_manifest
from kg.graph_folder.merging import Totals, encoded, known_things, write_documents
from kg.graph_folder.read_with import digest_of
from kg.graph_folder.shards import Shard, Shards, made_of
from kg.lexicons import Lexicons
from kg.texts.inputs import SHARDS, Skipped
from kg.views.from_readings import build_report
from kg.views.report import ReportPage
from kg.views.report_records import FileReport

TURTLE_FILE = "graph.ttl"
REPORT_FILE = "report.html"
LOCK_FILE = ".lock"
TURTLE_LIMIT = 100_000  # quads up to which the graph is also written in Turtle, for people
NO_LINKS = Links()
_DRAFT = ".draft"
_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EROFS, errno.EACCES, errno.EPERM)


@dataclass(frozen=True, slots=True)
class Built:
    """What stands in a graph folder after a build."""

    folder: Path
    files: Sequence[FileReport]  # one for each document, read from the folder when it is asked for
    skipped: tuple[Skipped, ...]
    copies: tuple[tuple[str, str], ...]  # (file, the file that holds the same text)
    quads: int
    claims: int
    parts: int
    read: int = 0  # input files that were read in this run
    kept: int = 0  # that were read before, and had not to be read again
    elsewhere: int = 0  # of those, the ones that were not given in this run


@contextmanager
def building(folder: Path) -> Iterator[None]:
    """While a build writes into a folder, which is made if it is missing; one made for nothing is taken away again.

    What was read stays, however a build ends. GraphError where another build writes into the folder, or nobody can.
    """
    from filelock import FileLock, Timeout

    new = not folder.exists()
    lock = FileLock(folder / LOCK_FILE)
    try:
        with _clear_words(folder):
            folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
    except Timeout:
        raise GraphError(
            f"another kg build is writing into {folder}; wait for its end, or choose another --out"
        ) from None
    try:
        mark_or_none(folder)  # that of a newer version is left as it is
        with _clear_words(folder):
            yield
    except NothingToBuild:
        if new:  # it holds shards of files that gave no document
            shutil.rmtree(folder / SHARDS, ignore_errors=True)
        raise
    finally:
        shutil.rmtree(folder / _DRAFT, ignore_errors=True)
        (folder / MARK_DRAFT).unlink(missing_ok=True)
        lock.release()
        if new and not any(path.name != LOCK_FILE for path in folder.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _clear_words(folder: Path) -> Iterator[None]:
    """GraphError where the disk is full, or the folder may not be written to."""
    try:
        yield
    except OSError as fault:
        if fault.errno in _FULL or "No space left" in str(fault):  # so the query engine tells it
            raise GraphError(
                f"the disk on which {folder} lies is full; the graph is as it was, and what was read is kept: "
                "make room, and run kg build again"
            ) from None
        if fault.errno in _FORBIDDEN:
            at = fault.filename or folder
            raise GraphError(f"{at} may not be written to ({fault.strerror}); choose another --out") from None
        raise


class Builder:
    """Takes shards in the order of their files, then publishes what they hold."""

    def __init__(self, shards: Shards, base: str, lexicons: Callable[[], Lexicons], known: str) -> None:
        """`known` is a hash of the lexicons, which are asked for when something is to be written."""
        self._shards = shards
        self._base = base
        self._lexicons = lexicons
        self._known = known
        self._order: list[Shard] = []
        self._counted = Counted(shards)

    @property
    def is_empty(self) -> bool:
        return not self._counted.documents

    def add(self, facts: DocumentFacts) -> None:
        """Takes a document; of two with one text the first counts, unless it leaves more open than the second."""
        self._counted.add(facts)

    def end_of_file(self, shard: Shard) -> None:
        """The shard of the documents that came last, in its place."""
        self._order.append(shard)

    def published(self, skipped: Sequence[Skipped], links: Links = NO_LINKS, cores: int = 1) -> Built:
        """Writes the graph and what is made of it, with so many cores, unless all of that stands there already.

        `skipped` are those of this run; what the files gave no document for is added.
        """
        folder, counted = self._shards.folder, self._counted
        left_out = sorted((one.file, one.reason) for one in self._left_out(skipped))
        state = self._state(left_out, links)
        files = Reports(counted)
        mark = _standing(folder, state)
        if mark is None:
            mark = self._written(files, left_out, links, state, cores)
        else:
            prepare(folder / GRAPH_FILE, folder, mark, cores=cores)  # should that have been deleted
        remove_others(folder, mark)
        self._shards.clear(counted.all, self._order)
        same = tuple(sorted(counted.same))
        return Built(folder, files, tuple(skipped), same, mark.quads, counted.claims, counted.number_of_parts)

    def _written(
        self, files: Reports, left_out: Sequence[tuple[str, str]], links: Links, state: str, cores: int
    ) -> Mark:
        folder, draft = self._shards.folder, self._shards.folder / _DRAFT
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        lexicons = self._lexicons()
        totals = Totals(known_things(lexicons, links))
        page = ReportPage(len(files))
        for found, parts in files.found():
            totals.add(found, parts)
            page.add(found.report)
        with GraphWriter(draft / GRAPH_FILE) as out, (draft / MENTIONS_FILE).open("wb") as mentions:
            write_documents(self._shards, self._order, self._counted, self._base, out, mentions)
            for name, lines in self._last_lines(lexicons, totals.used, links).items():
                out.write(f"{self._base}{name}", "", lines)
        mark = replace(out.mark(self._base, state), shards=made_of(self._order))
        write_graphs(out.graphs, draft / GRAPHS_FILE)
        write_manifest((entry_of(self._shards, shard) for shard in self._order), draft / MANIFEST_FILE)
        if mark.quads <= TURTLE_LIMIT:
            write_turtle_of(draft / GRAPH_FILE, draft / TURTLE_FILE, self._base)
        told = build_report((), totals.kinds, totals.claims, left_out, self._counted.same)
        (draft / REPORT_FILE).write_text(page.html(told), encoding="utf-8", newline="\n")
        prepare(draft / GRAPH_FILE, folder, mark, out.graphs, cores)
        publish(draft / GRAPH_FILE, folder, mark, (MENTIONS_FILE, REPORT_FILE, TURTLE_FILE, MANIFEST_FILE, GRAPHS_FILE))
        return mark

    def _last_lines(self, lexicons: Lexicons, used: set[str], links: Links) -> dict[str, Iterator[bytes]]:
        """The graphs of no file, by name: what was decided on names and claims, and what is known beforehand."""
        documents = self._counted.documents
        links = replace(links, refused={read.id: read.refused for read in documents.values() if read.refused})
        reference = reference_quads(lexicons, used, self._base)
        shipped = (*(one.entity.id for one in lexicons.programs), *(one.entity.id for one in lexicons.documents))
        linked = links_quads(links, {*used, *shipped}, documents, self._base)
        return {LINKS: encoded(linked), REFERENCE: encoded(reference)}

    def _left_out(self, skipped: Sequence[Skipped]) -> Iterator[Skipped]:
        yield from skipped
        for shard in self._order:
            yield from shard.skipped

    def _state(self, left_out: Sequence[tuple[str, str]], links: Links) -> str:
        """A hash of all that the folder's files are made of."""
        made_with = self._base, self._known, repr(links.merged), repr(left_out), str(TURTLE_LIMIT)
        return digest_of(*made_with, made_of(self._order))


def _standing(folder: Path, state: str) -> Mark | None:
    """The mark of the graph that stands there, if it was made of the same things and nothing of it is missing or damaged."""
    mark = mark_or_none(folder)
    if mark is None or mark.state != state or mark.before:
        return None
    return None if damaged(folder, mark) else mark
