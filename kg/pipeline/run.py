"""The files of a build in order → their shards, read now or kept from an earlier build."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from kg.entities import EntityReader
from kg.graph_folder import Builder, Shard, Shards, Work
from kg.graph_folder.facts import text_digest
from kg.graph_folder.plan import Plan, path_from
from kg.graph_folder.shards import Origin, ShardWriter
from kg.model import Document
from kg.pipeline.keys import Keys, said_of
from kg.pipeline.reading import read_document, tried
from kg.pipeline.settings import Settings
from kg.reviewed import Reviewed, Reviewer
from kg.second_reader import SecondReader
from kg.texts.inputs import Input, Skipped, find_inputs
from kg.texts.opening import Opener

_DAMAGED = "what was read from a file is damaged here, and the file was not given now; give it once more"
_GONE = "it must be read once more, for what was read from it cannot be used; but it is not where it was: give it again"
_STALE = "{files} files that are not given now were read with other rules, lexicons, settings or decisions; kg status names them"
Progress = Callable[[int, int, str], None]  # done, all, file


class Run:
    """One build: takes its files in order, those that were read before from their shards."""

    def __init__(
        self,
        shards: Shards,
        settings: Settings,
        reviewed: Reviewed,
        reader: Callable[[], EntityReader],
        reviewer: Reviewer,
        second: SecondReader | None,
    ) -> None:
        self._keys = Keys(settings, reviewed)
        self.builder = Builder(shards, settings.base, lambda: reader().lexicons, self._keys.known)
        self.earlier, self.damaged = shards.heads()
        self.notes: list[Skipped] = []
        self.skipped: list[Skipped] = []
        self.left_out: list[Skipped] = []  # what gave no document in the files given, which their shards remember
        self.given = 0  # documents in the files given
        self.read = self.kept = self.elsewhere = 0
        self._stale = 0
        self._shards = shards
        self._settings = settings
        self._read_with = lambda document: read_document(document, reader(), reviewer)
        self._reviewer = reviewer
        self._second = second

    def take(self, todo: Plan, progress: Progress) -> None:
        """Goes through all files, and forgets those that are not to count."""
        with Opener(self._settings.limits, self._settings.columns, self._settings.given) as opener:
            for n, work in enumerate(todo.work):
                progress(n, len(todo.work), work.file)
                if shard := self._kept(work) or self._read(work, opener):
                    self.builder.end_of_file(shard)
                    if work.input is not None:
                        self.left_out += shard.skipped
                        self.given += shard.documents
        progress(len(todo.work), len(todo.work), "")
        if self.given:
            for shard in todo.forgotten:
                self._shards.remove(shard)
        if self.damaged:  # and not read again
            self.notes += [Skipped(file, _DAMAGED, note=True) for file in self._shards.heads()[1]]
        if self._stale:
            self.notes.append(Skipped("earlier builds", _STALE.format(files=self._stale), note=True))

    def forget_damaged(self) -> None:
        """Forgets files of earlier builds of which not even the name can be read any more."""
        if self.damaged:
            self._shards.remove_damaged()

    def _kept(self, work: Work) -> Shard | None:
        """The shard of an earlier build, if it serves; its documents are taken."""
        shard = work.shard
        if shard is not None and work.input is not None:
            shard = self._as_now(shard, work.input)
        if shard is None:
            return None
        documents = self._shards.documents(shard)
        if documents is None or shard.base != self._settings.base or not self.builder.can_take(documents):
            return None
        for facts in documents:
            self.builder.add(facts)
        self._reviewer.recall(shard.met)
        if self._second:
            self._second.recall(shard.asked)
        self.kept += 1
        if work.input is None:
            self.elsewhere += 1
            self._stale += shard.origin.read_with != self._keys.of(work.file, shard.origin.read_with.said)
        return shard

    def _as_now(self, shard: Shard, item: Input) -> Shard | None:
        """The shard, if the file is what it was and would be read with the same; it may have moved."""
        try:
            now = self._origin(item)
        except OSError:
            return None
        if not shard.final or shard.origin != now._replace(path=shard.origin.path):
            return None
        return self._shards.moved(shard, now.path)

    def _origin(self, item: Input) -> Origin:
        """What the file is now; raises OSError."""
        with item.path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        read_with = self._keys.of(item.file, said_of(item.given))
        return Origin(item.file, path_from(self._shards.folder, item.path), digest, read_with)

    def _read(self, work: Work, opener: Opener) -> Shard | None:
        """Reads a file into its shard; None where it is gone."""
        item = work.input or self._again(work)
        if item is None:
            self.skipped.append(Skipped(work.file, _GONE))
            return None
        try:
            origin = self._origin(item)
        except OSError as fault:
            self.skipped.append(Skipped(work.file, f"it cannot be read: {fault.strerror or fault}"))
            return None
        with self._shards.writing(origin, self._settings.base) as out:
            for found in opener(item):
                if isinstance(found, Skipped):
                    out.leave_out(found)
                else:
                    self._read_document(found, out)
            out.met = self._reviewer.taken()
            if self._second:
                out.final = out.final and not self._second.unanswered
                out.asked = self._second.taken()
        for facts in out.documents:
            self.builder.add(facts)
        self.read += 1
        return out.shard

    def _again(self, work: Work) -> Input | None:
        """A file of an earlier build that must be read once more, where it was; what an index said of it is asked anew."""
        assert work.shard is not None
        path = self._shards.folder / work.shard.origin.path
        found, _ = find_inputs([path]) if path.is_file() else ([], [])
        return replace(found[0], file=work.file) if found else None

    def _read_document(self, document: Document, out: ShardWriter) -> None:
        """Reads a document, unless another has the same text; whatever happens, the run goes on with the next."""
        digest = text_digest(document)
        if self.builder.holds_text(digest) or any(f.digest == digest and not f.leaves_open for f in out.documents):
            out.copy(document)
            return
        reading = tried(document, self._settings, partial(self._read_with, document))
        if isinstance(reading, Skipped):
            out.leave_out(reading)
            return
        if self._second:  # it waits for a network, and has a time limit of its own
            reading = self._second(reading)
        out.read(reading, self._reviewer.refused(document.id))
