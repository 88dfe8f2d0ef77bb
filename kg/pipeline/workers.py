"""Files → their shards, by several processes: one that is killed, fills its memory or hangs costs the time of its file only.

Each process is told its files one by one over a pipe, a few ahead, and answers with the head of the shard that it wrote.
The answers are given on in the order of the files, whoever reads them and however long it takes.
"""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NamedTuple

from kg.errors import GraphError
from kg.pipeline.files import Answer, Means, Progress
from kg.texts.formats.isolation import receive, send
from kg.texts.inputs import Input, Skipped

READY, BEAT, DONE, FAULT, DEAD = "ready", "beat", "done", "fault", "dead"  # what a worker says; the last by being gone
AHEAD = 4  # files that a worker is told before it has answered the first
TRIES = 2  # of a file with which a worker was lost
STARTS = 3  # workers in a row that are lost before they could begin
BYTES_EACH = 2_000_000  # to read, for which one more worker is worth its start
_SILENT = 3  # time limits for a document without a sign of life: two to open it, one to read it
_GRACE = 30.0  # seconds more than that
_LOOK = 0.5  # seconds between two looks for who hangs
_LOST = "the program that read it was ended {how}, {tries} times; look at the file, split it or leave it out"
_KILLED = "from outside, perhaps for lack of memory"
_HUNG = "because nothing came from it for {seconds:g} seconds"


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def fitting(inputs: Sequence[Input]) -> int:
    """As many workers as there are cores, but for little to read only as many as are worth their start."""
    size = sum(item.size for item in inputs)
    return max(1, min(cores(), len(inputs), 1 + size // BYTES_EACH))


class Said(NamedTuple):
    """What a worker said."""

    worker: _Worker
    kind: str
    value: Any = None


@dataclass(eq=False, slots=True)
class _Worker:
    """A process, and the files that it was told and has not answered; it reads the first of them."""

    process: subprocess.Popen[bytes]
    told: deque[int] = field(default_factory=deque)
    heard: float = field(default_factory=time.monotonic)  # from it, last
    is_ready: bool = False
    lost: str = _KILLED  # how, should it be


class Workers:
    """Some processes that read files, as a context manager that ends them."""

    command: tuple[str, ...] = ("-P", "-m", "kg.pipeline.worker")  # -P: nothing is run from the current folder

    def __init__(self, means: Means, number: int, scratch: Path | None = None) -> None:
        """`scratch` is a folder that the processes need: they remove it if this one is killed, and cannot."""
        self._means = means
        self._number = number
        self._scratch = scratch
        self._workers: list[_Worker] = []
        self._said: queue.Queue[Said] = queue.Queue()
        seconds = means.job.settings.limits.seconds
        self._longest = _SILENT * seconds + _GRACE
        self._stillborn = 0  # workers lost before they could begin, since one could

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.process.kill()
        while self._workers:
            self._close(self._workers.pop())

    def __call__(self, inputs: Sequence[Input], progress: Progress) -> Iterator[Answer]:
        """The shard of each file in turn, or why there is none; raises what no file is to blame for."""
        waiting = deque(range(len(inputs)))
        answers: dict[int, Answer] = {}
        lost: Counter[int] = Counter()
        given = 0
        while given < len(inputs):
            self._tell(waiting, inputs)
            for said in self._heard():
                if said.kind == DONE:
                    number, answer = said.value
                    said.worker.told.remove(number)
                    answers[number] = answer
                    progress(given + len(answers), len(inputs), inputs[number].file)
                elif said.kind == DEAD:
                    self._bury(said.worker, waiting, lost)
                    self._give_up(inputs, waiting, lost, answers, said.worker.lost)
                elif said.kind == FAULT:
                    raise said.value
            while given in answers:
                yield answers.pop(given)
                given += 1

    # --- telling and hearing -----------------------------------------------------------------------------------------

    def _tell(self, waiting: deque[int], inputs: Sequence[Input]) -> None:
        """Every worker has something to do, and as many as are needed are there."""
        while len(self._workers) < min(self._number, len(waiting)):
            self._workers.append(self._started())
        for worker in sorted(self._workers, key=lambda one: len(one.told)):
            while waiting and len(worker.told) < AHEAD:
                if not worker.told:
                    worker.heard = time.monotonic()
                number = waiting.popleft()
                worker.told.append(number)
                with suppress(OSError):  # it is gone: its listener says so
                    assert worker.process.stdin is not None
                    send(worker.process.stdin, (number, inputs[number]))

    def _heard(self) -> Iterator[Said]:
        """What was said since; waits a moment for something, and ends whoever hangs."""
        with suppress(queue.Empty):
            yield self._noted(self._said.get(timeout=_LOOK))
            while True:
                yield self._noted(self._said.get_nowait())
        now = time.monotonic()
        for worker in self._workers:
            if worker.told and now - worker.heard > self._longest:
                worker.lost = _HUNG.format(seconds=self._longest)
                worker.process.kill()

    def _noted(self, said: Said) -> Said:
        said.worker.heard = time.monotonic()
        if said.kind == READY:
            said.worker.is_ready = True
            self._stillborn = 0
        return said

    # --- processes ---------------------------------------------------------------------------------------------------

    def _started(self) -> _Worker:
        process = subprocess.Popen([sys.executable, *self.command], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        worker = _Worker(process)
        assert process.stdin is not None
        assert process.stdout is not None
        threading.Thread(target=_listen, args=(worker, process.stdout, self._said), daemon=True).start()
        with suppress(OSError):
            send(process.stdin, (self._means.job, self._scratch))
        return worker

    def _bury(self, worker: _Worker, waiting: deque[int], lost: Counter[int]) -> None:
        """What a lost worker was told is told to others; raises GraphError where workers cannot even begin."""
        self._close(worker)
        self._workers.remove(worker)
        if worker.is_ready and worker.told:
            lost[worker.told[0]] += 1
        self._stillborn += not worker.is_ready
        if self._stillborn == STARTS:
            raise GraphError("the programs that read the files stop at once; say --workers 1 to read without them")
        waiting.extendleft(reversed(worker.told))

    def _give_up(
        self, inputs: Sequence[Input], waiting: deque[int], lost: Counter[int], answers: dict[int, Answer], how: str
    ) -> None:
        """Leaves out a file with which workers were lost again and again; the next build tries it once more."""
        if not waiting or lost[waiting[0]] < TRIES:
            return
        number = waiting.popleft()
        item = inputs[number]
        skipped = Skipped(item.file, _LOST.format(how=how, tries=TRIES), passing=True)
        try:
            origin = self._means.origin(item)
        except OSError:
            answers[number] = skipped
            return
        with self._means.shards.writing(origin, self._means.job.settings.base) as out:
            out.leave_out(skipped)
        assert out.shard is not None
        answers[number] = out.shard

    def _close(self, worker: _Worker) -> None:
        """The end of a process that is gone or about to go."""
        worker.process.wait()
        for pipe in (worker.process.stdin, worker.process.stdout):
            with suppress(OSError):  # what it was not told any more
                if pipe is not None:
                    pipe.close()


def _listen(worker: _Worker, stream: IO[bytes], said: queue.Queue[Said]) -> None:
    with suppress(Exception):  # one that no longer speaks our language is as good as gone
        while (message := receive(stream)) is not None:
            said.put(Said(worker, *message))
    said.put(Said(worker, DEAD))
