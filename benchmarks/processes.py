"""A process → what memory it and those that it started hold, watched from outside (on Linux, else by psutil)."""

from __future__ import annotations

import importlib
import os
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

WORKER = "kg.pipeline.worker"  # on the command line of a process that reads files for a build
SETTLED = 0.5  # of the time: before, what a process holds still grows because it fills what it keeps


def workers(process: int) -> list[int]:
    """The processes that a build started to read files."""
    return [child for child in children(process) if WORKER in command_line(child)]


def children(process: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    return [below for child in _started_by(process) for below in (child, *children(child))]


def resident(process: int) -> int:
    """The bytes of memory that a process holds; 0 where it is gone."""
    if psutil := _psutil():
        try:
            return int(psutil.Process(process).memory_info().rss)
        except psutil.Error:
            return 0
    pages = _read(f"{process}/statm").split()
    return int(pages[1]) * os.sysconf("SC_PAGE_SIZE") if pages else 0


def command_line(process: int) -> str:
    """What a process was started with; empty where it is gone."""
    if psutil := _psutil():
        try:
            return " ".join(psutil.Process(process).cmdline())
        except psutil.Error:
            return ""
    return _read(f"{process}/cmdline").replace("\0", " ")


def _started_by(process: int) -> list[int]:
    if psutil := _psutil():
        try:
            return [child.pid for child in psutil.Process(process).children()]
        except psutil.Error:
            return []
    threads = _threads(process)
    return [int(child) for thread in threads for child in _read(f"{process}/task/{thread}/children").split()]


def _threads(process: int) -> list[str]:
    """Each of them may start processes."""
    with suppress(OSError):
        return os.listdir(f"/proc/{process}/task")
    return []


def _read(file: str) -> str:
    """A file that the kernel keeps of a process; empty where the process is gone."""
    with suppress(OSError):
        return Path("/proc", file).read_text("utf-8", errors="replace")
    return ""


@cache
def _psutil() -> Any:
    """The library, where the kernel tells nothing in /proc (which is quicker to ask) and it is installed."""
    if Path("/proc/self/task").exists():
        return None
    try:
        return importlib.import_module("psutil")
    except ModuleNotFoundError:
        return None


@dataclass(slots=True)
class Memory:
    """What a process held over time: seconds since the watch began, bytes."""

    samples: list[tuple[float, int]] = field(default_factory=list)

    @property
    def peak(self) -> int:
        return max((held for _, held in self.samples), default=0)

    @property
    def seconds(self) -> float:
        """How long it was watched."""
        return self.samples[-1][0] - self.samples[0][0] if self.samples else 0.0

    @property
    def slope(self) -> float:
        """How it grows in the second half of its time, in bytes a second (least squares)."""
        if len(self.samples) < 4:
            return 0.0
        first, last = self.samples[0][0], self.samples[-1][0]
        later = [one for one in self.samples if one[0] >= first + SETTLED * (last - first)]
        mean_time = sum(at for at, _ in later) / len(later)
        mean_held = sum(held for _, held in later) / len(later)
        spread = sum((at - mean_time) ** 2 for at, _ in later)
        return sum((at - mean_time) * (held - mean_held) for at, held in later) / spread if spread else 0.0


class Watch:
    """Notes the memory of a process and of its workers, as a context manager, every `every` seconds."""

    def __init__(self, process: int, every: float = 0.1) -> None:
        self.parent = Memory()
        self.workers: dict[int, Memory] = {}
        self._process = process
        self._every = every
        self._began = time.monotonic()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._end.wait(self._every):
            now = time.monotonic() - self._began
            if held := resident(self._process):
                self.parent.samples.append((now, held))
            for child in workers(self._process):
                if held := resident(child):
                    self.workers.setdefault(child, Memory()).samples.append((now, held))
