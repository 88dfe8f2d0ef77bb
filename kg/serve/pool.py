"""Requests → answers of a fixed number of processes; what is lost is replaced, and spare ones stand ready."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from hashlib import sha256
from typing import Any, NamedTuple

from kg.errors import GraphError
from kg.serve.frames import Frame
from kg.serve.limits import PAGE
from kg.serve.problem import Problem
from kg.serve.processes import Worker, started

MOST_WAITING = 2000
LONGEST_WAIT = 120.0  # seconds in the queue
AGAIN = 1.0  # seconds between attempts to start a process


class Size(NamedTuple):
    """How many requests run at once, and how many processes stand by for those that are killed."""

    workers: int
    spares: int

    @property
    def processes(self) -> int:
        return self.workers + self.spares


class Remembered:
    """The last requests of some kind, by their hash."""

    def __init__(self, most: int = 1000) -> None:
        self._most = most
        self._known: dict[bytes, None] = {}

    def add(self, frame: Frame) -> None:
        """Remembers it and forgets the oldest of too many."""
        self._known[_hash(frame)] = None
        if len(self._known) > self._most:
            del self._known[next(iter(self._known))]

    def __contains__(self, frame: Frame) -> bool:
        return bool(self._known) and _hash(frame) in self._known


def _hash(frame: Frame) -> bytes:
    return sha256(frame.packed()).digest()


class Pool:
    """Processes that answer from one graph, whose path `current` tells. The queue is first come, first served."""

    def __init__(
        self,
        setup: dict[str, Any],
        size: Size,
        current: Callable[[], Awaitable[str]],
        tell: Callable[[str], None],
    ) -> None:
        self._setup = setup
        self._size = size
        self._seconds: float = setup["seconds"]
        self._current = current
        self._tell = tell
        self._running = asyncio.Semaphore(size.workers)
        self._long = asyncio.Semaphore(max(1, size.workers // 2))
        self._ran_over = Remembered()
        self._waiting = 0
        self._idle: deque[Worker] = deque()
        self._someone_idle = asyncio.Condition()
        self._all: set[Worker] = set()
        self._starting: list[str] = []
        self._generation = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_closed = False

    async def open(self) -> None:
        """Starts one process and lets the others follow; GraphError where the graph cannot be opened."""
        await self._keep(await self._started())
        for _ in range(self._size.processes - 1):
            self._later(self._start())

    async def ask(self, frame: Frame) -> Frame:
        """The answer of the first process that is free. Problem 503 where too many wait, 504 at the time limit.

        A request that ran out of its time before gets no more than half of the processes, so that it cannot take all.
        """
        if self._waiting >= MOST_WAITING:
            raise Problem(503, "too many requests are waiting; try again later", Retry_After="5")
        is_long = frame in self._ran_over
        turns = (self._long, self._running) if is_long else (self._running,)
        async with AsyncExitStack() as held:
            self._waiting += 1
            try:
                async with asyncio.timeout(LONGEST_WAIT):
                    for turn in turns:
                        await held.enter_async_context(turn)
            except TimeoutError:
                raise Problem(503, "no process became free in time; try again later", Retry_After="5") from None
            finally:
                self._waiting -= 1
            return await self._ask(frame)

    async def _ask(self, frame: Frame) -> Frame:
        worker = await self._taken()
        try:
            path = await self._current()
            seconds = max(self._seconds, PAGE) if frame.head["ask"] == "page" else self._seconds
            answer = await worker.ask(frame._replace(head={**frame.head, "at": path}), seconds)
        except BaseException as fault:
            if isinstance(fault, Problem) and fault.status == 504:
                self._ran_over.add(frame)
            await self._return(worker)
            raise
        await self._return(worker, is_done=bool(answer.head.get("swollen")))
        return answer

    async def _return(self, worker: Worker, *, is_done: bool = False) -> None:
        """Back to the free ones, or away: what died, has grown, or belongs to a graph that was replaced."""
        async with self._someone_idle:
            is_ours = worker in self._all
            if is_ours and worker.is_alive and not is_done:
                self._idle.append(worker)
                self._someone_idle.notify()
                return
        worker.dismiss()
        if is_ours and not self._is_closed:
            self._later(self._start())
        self._later(self._bury(worker))

    async def renew(self) -> None:
        """Starts processes anew, on what is there now, then lets the old ones go; GraphError leaves the old ones."""
        fresh = [await self._started() for _ in range(self._size.processes)]
        async with self._someone_idle:
            self._generation += 1
            old, self._all = self._all, set(fresh)
            gone = [worker for worker in self._idle if worker in old]
            self._idle = deque(fresh)
            self._someone_idle.notify_all()
        for worker in gone:
            worker.dismiss()
            self._later(self._bury(worker))

    async def follow(self) -> None:
        """Lets the processes that are free open what is current, so that nobody holds what is old."""
        path = await self._current()
        for worker in [worker for worker in self._idle if worker.path != path]:
            if worker not in self._idle:
                continue
            self._idle.remove(worker)
            try:
                await worker.ask(Frame({"ask": "open", "at": path}), self._seconds)
            finally:
                await self._return(worker)

    def held(self) -> set[str]:
        """The paths that some process may have open."""
        return {path for worker in self._all for path in worker.at} | set(self._starting)

    def state(self) -> dict[str, int]:
        """How many processes there are, how many of them are free, and how many requests wait for one."""
        return {"processes": len(self._all), "idle": len(self._idle), "waiting": self._waiting}

    async def close(self) -> None:
        """Ends all processes."""
        self._is_closed = True
        for task in self._tasks:
            task.cancel()
        for worker in self._all:
            worker.kill()
        await asyncio.gather(*(worker.gone() for worker in self._all))

    async def _taken(self) -> Worker:
        async with self._someone_idle:
            await self._someone_idle.wait_for(lambda: self._idle)
            return self._idle.pop()

    async def _keep(self, worker: Worker) -> None:
        async with self._someone_idle:
            self._all.add(worker)
            self._idle.append(worker)
            self._someone_idle.notify()

    async def _bury(self, worker: Worker) -> None:
        await worker.gone()
        self._all.discard(worker)

    async def _started(self) -> Worker:
        path = await self._current()
        self._starting.append(path)
        try:
            return await started({**self._setup, "path": path})
        finally:
            self._starting.remove(path)

    async def _start(self) -> None:
        """One more process, however often it takes."""
        generation = self._generation
        while generation == self._generation and not self._is_closed:
            try:
                worker = await self._started()
            except (GraphError, Problem, OSError) as fault:
                self._tell(f"a process could not be started: {fault}")
                await asyncio.sleep(AGAIN)
                continue
            if generation == self._generation:
                return await self._keep(worker)
            worker.dismiss()
            await worker.gone()
        return None

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
