"""An input file → its shard, which depends on the file and the job alone: not on what was read before it, nor on where."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kg.entities import EntityReader
from kg.entities.prepared import prepare_patterns
from kg.graph_folder import Shard, Shards, rules_digest
from kg.graph_folder.facts import text_digest
from kg.graph_folder.plan import path_from
from kg.graph_folder.shards import Origin, ShardWriter
from kg.model import Document
from kg.pipeline.keys import Keys, said_of
from kg.pipeline.reading import read_document, tried
from kg.pipeline.settings import Settings, reader_of, reviewer_of
from kg.remote.files import RemoteFile
from kg.reviewed import Reviewed, Reviewer
from kg.texts.inputs import Input, Skipped
from kg.texts.opening import Opener

if TYPE_CHECKING:
    from kg.second_reader import SecondReader

Answer = Shard | Skipped  # what comes of a file: the head of its shard, which lies in its place, or why there is none
Progress = Callable[[int, int, str], None]  # done, of how many, file


@dataclass(frozen=True, slots=True)
class Job:
    """What everyone must know who reads files for a build."""

    folder: Path  # of the graph
    settings: Settings
    reviewed: Reviewed


class Means:
    """What reading takes, made once by each process that does it; the lexicons when they are first needed."""

    def __init__(self, job: Job) -> None:
        """Raises ReviewError; `reader` raises LexiconError and ModelError."""
        prepare_patterns(rules_digest())
        self.job = job
        self.reader: Callable[[], EntityReader] = cache(partial(reader_of, job.settings, job.reviewed))
        self.reviewer: Reviewer = reviewer_of(job.reviewed, self.reader)
        self.shards = Shards(job.folder)

    @cached_property
    def keys(self) -> Keys:
        """What files are read with; asked for when `reader` has said what is wrong with the user's lexicons and model."""
        return Keys(self.job.settings, self.job.reviewed)

    def origin(self, item: Input) -> Origin:
        """What a file is now, and what it would be read with; raises OSError."""
        with item.path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        read_with = self.keys.of(item.file, said_of(item.given))
        return Origin(item.file, path_from(self.job.folder, item.path), digest, read_with)


class FileReader:
    """Reads files into their shards, as a context manager: it owns the process in which foreign formats are read."""

    def __init__(
        self, means: Means, second: SecondReader | None = None, beat: Callable[[], None] = lambda: None
    ) -> None:
        """`beat` is called with each document, as a sign of life."""
        settings = means.job.settings
        self._means = means
        self._second = second
        self._beat = beat
        self._opener = Opener(settings.limits, settings.columns, settings.given)

    def __enter__(self) -> FileReader:
        self._opener.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._opener.__exit__(kind, value, traceback)

    def __call__(self, item: Input) -> Answer:
        """Reads a file; raises OSError where its shard cannot be written."""
        with ExitStack() as fetched:
            try:
                if isinstance(item.path, RemoteFile):
                    item = replace(item, path=fetched.enter_context(item.path.fetched()))
                origin = self._means.origin(item)
            except OSError as fault:
                return Skipped(item.file, f"it cannot be read: {fault.strerror or fault}")
            return self._shard(item, origin)

    def _shard(self, item: Input, origin: Origin) -> Shard:
        texts: set[str] = set()
        with self._means.shards.writing(origin, self._means.job.settings.base) as out:
            for found in self._opener(item):
                self._beat()
                if isinstance(found, Skipped):
                    out.leave_out(found)
                else:
                    self._read(found, out, texts)
            out.met = self._means.reviewer.taken()
            if self._second:
                out.final = out.final and not self._second.unanswered
                out.asked = self._second.taken()
        assert out.shard is not None
        return out.shard

    def _read(self, document: Document, out: ShardWriter, texts: set[str]) -> None:
        """Reads a document, unless the file holds another with the same text; whatever happens, the next one is read too.

        `texts` are those that leave nothing open; where place or year are open, the name of a copy may tell them.
        """
        if texts and text_digest(document) in texts:
            out.copy(document)
            return
        work = partial(read_document, document, self._means.reader(), self._means.reviewer)
        reading = tried(document, self._means.job.settings, work)
        if isinstance(reading, Skipped):
            out.leave_out(reading)
            return
        if self._second:  # it waits for a network, and has a time limit of its own
            reading = self._second(reading)
        facts = out.read(reading, self._means.reviewer.refused(document.id))
        if not facts.leaves_open:
            texts.add(facts.digest)
