"""The files of a build in order → their shards, read now or kept from an earlier build."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.errors import GraphError
from kg.graph_folder import Builder, Shard, Work
from kg.graph_folder.plan import Plan, is_there, place_of
from kg.pipeline.files import Answer, Means, Progress
from kg.texts.inputs import Input, Skipped, find_inputs

if TYPE_CHECKING:
    from kg.second_reader import SecondReader

_DAMAGED = "what was read from a file is damaged here, and the file was not given now; give it once more"
_GONE = "it must be read once more, for what was read from it cannot be used; but it is not where it was: give it again"
_GONE_SINCE = (
    "{folder}: what was read from {file} is damaged or gone; does another program write there? run kg build again"
)
_STALE = "{files} files that are not given now were read with other rules, lexicons, settings or decisions; kg status names them"
ReadFiles = Callable[[Sequence[Input], Progress], Generator[Answer, None, None]]  # one for each file, in their order


class Run:
    """One build: takes its files in order, those that were read before from their shards."""

    def __init__(self, means: Means, second: SecondReader | None) -> None:
        self.builder = Builder(means.shards, means.job.settings.base, lambda: means.reader().lexicons, means.keys.known)
        self.earlier, self.damaged = means.shards.heads()
        self.notes: list[Skipped] = []
        self.skipped: list[Skipped] = []
        self.left_out: list[Skipped] = []  # what gave no document in the files given, which their shards remember
        self.given = 0  # documents in the files given
        self.read = self.kept = self.elsewhere = 0
        self._stale = 0
        self.means = means
        self._second = second

    def take(self, todo: Plan, read_files: ReadFiles, progress: Progress) -> None:
        """Goes through all files, and forgets those that are not to count."""
        kept = {work.file: shard for work in todo.work if (shard := self._kept(work))}
        inputs = {work.file: self._input(work) for work in todo.work if work.file not in kept}
        with closing(read_files([item for item in inputs.values() if item], progress)) as read:
            for work in todo.work:
                if shard := kept.get(work.file):
                    self._count_kept(work, shard)
                else:
                    found = next(read) if inputs[work.file] else Skipped(work.file, _GONE)
                    if isinstance(found, Skipped):
                        self.skipped.append(found)
                        continue
                    shard = found
                    self.read += 1
                self._add(work, shard)
        progress(len(todo.work), len(todo.work), "")
        if self.given:
            for shard in todo.forgotten:
                self.means.shards.remove(shard)
        if self.damaged:  # and not read again
            self.notes += [Skipped(file, _DAMAGED, note=True) for file in self.means.shards.heads()[1]]
        if self._stale:
            self.notes.append(Skipped("earlier builds", _STALE.format(files=self._stale), note=True))

    def forget_damaged(self) -> None:
        """Forgets files of earlier builds of which not even the name can be read any more."""
        if self.damaged:
            self.means.shards.remove_damaged()

    def _add(self, work: Work, shard: Shard) -> None:
        """Counts a shard and its documents."""
        documents = self.means.shards.documents(shard)
        if documents is None:  # it was whole a moment ago
            raise GraphError(_GONE_SINCE.format(file=work.file, folder=self.means.job.folder))
        for facts in documents:
            self.builder.add(facts)
        self.builder.end_of_file(shard)
        self.means.reviewer.recall(shard.met)
        if self._second:
            self._second.recall(shard.asked)
        if work.input is not None:
            self.left_out += shard.skipped
            self.given += shard.documents

    def _kept(self, work: Work) -> Shard | None:
        """The shard of an earlier build, if it serves."""
        shard = work.shard
        if shard is not None and work.input is not None:
            shard = self._as_now(shard, work.input)
        if shard is None or shard.base != self.means.job.settings.base:
            return None
        return shard if self.means.shards.is_whole(shard) else None

    def _count_kept(self, work: Work, shard: Shard) -> None:
        self.kept += 1
        if work.input is None:
            self.elsewhere += 1
            origin = shard.origin
            self._stale += origin.read_with != self.means.keys.of(work.file, origin.read_with.said)

    def _as_now(self, shard: Shard, item: Input) -> Shard | None:
        """The shard, if the file is what it was and would be read with the same; it may have moved."""
        try:
            now = self.means.origin(item)
        except OSError:
            return None
        if not shard.final or shard.origin != now._replace(path=shard.origin.path):
            return None
        return self.means.shards.moved(shard, now.path)

    def _input(self, work: Work) -> Input | None:
        """The file to read: as it is given, or, of an earlier build, where it was; what an index says of it is asked anew."""
        if work.input is not None:
            return work.input
        assert work.shard is not None
        path = place_of(self.means.job.folder, work.shard.origin.path)
        found, _ = find_inputs([path]) if is_there(path) else ([], [])
        return replace(found[0], file=work.file) if found else None
