"""A setup → a process that answers, one message at a time; it is killed at its time limit."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from typing import Any

from kg.errors import GraphError
from kg.serve.frames import LENGTHS, Frame
from kg.serve.problem import Problem

_COMMAND = ("-P", "-c", "from kg.serve.worker import main; main()")  # -P: nothing is run from the current folder
OPENING = 600.0  # seconds within which a graph must be open
ENDING = 5.0  # seconds that an idle process gets to end by itself


class Worker:
    """One process. `at` are the paths that it may have open; `is_alive` ends with the first failure."""

    def __init__(self, process: Process, path: str) -> None:
        self._process = process
        self.at = {path}
        self.path = path
        self.is_alive = True

    @property
    def pid(self) -> int:
        return self._process.pid

    async def ask(self, frame: Frame, seconds: float) -> Frame:
        """Its answer. Problem 504 at the time limit, 503 where it died; then, and when cancelled, it is killed."""
        path = frame.head.get("at", self.path)
        self.at.add(path)
        frame = frame._replace(head={**frame.head, "ends": seconds})
        try:
            async with asyncio.timeout(seconds):
                answer = await self._exchange(frame)
        except TimeoutError:
            self.kill()
            raise Problem(
                504, f"no answer within {seconds:g} seconds; ask for less, or with a narrower pattern"
            ) from None
        except BaseException:
            self.kill()
            raise
        if answer is None:
            self.kill()
            raise await self._died()
        self.path, self.at = path, {path}
        return answer

    async def _exchange(self, frame: Frame) -> Frame | None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(frame.packed())
            await self._process.stdin.drain()
        except (ConnectionError, RuntimeError):
            return None
        return await _received(self._process.stdout)

    async def _died(self) -> Problem:
        if await self._process.wait() == 1:
            return Problem(500, "the process that answers failed; its report stands on standard error of the service")
        return Problem(
            503,
            "the process that answers was ended, for want of memory or since the text is nested too deeply; ask for less",
            Retry_After="1",
        )

    def kill(self) -> None:
        """Ends it at once."""
        self.is_alive = False
        if self._process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            if sys.platform == "win32":
                self._process.kill()
            else:  # asyncio's kill() would look for the exit code first, and take it from the one who waits for it
                os.kill(self._process.pid, signal.SIGKILL)

    def dismiss(self) -> None:
        """Tells an idle process that there is nothing more to do."""
        self.is_alive = False
        if self._process.stdin is not None:
            self._process.stdin.close()

    async def gone(self) -> None:
        """Until it has ended; one that does not end by itself is killed."""
        try:
            async with asyncio.timeout(ENDING):
                await self._process.communicate()
        except TimeoutError:
            self.kill()
            await self._process.communicate()
        self.at = set()


async def started(setup: dict[str, Any]) -> Worker:
    """A process that has opened what the setup names; GraphError says why it cannot."""
    process = await asyncio.create_subprocess_exec(sys.executable, *_COMMAND, stdin=PIPE, stdout=PIPE, limit=1 << 20)
    worker = Worker(process, setup["path"])
    try:
        answer = await worker.ask(Frame(setup), OPENING)
    except Problem as fault:
        await worker.gone()
        raise GraphError(f"{setup['path']} cannot be opened: {fault.detail}") from None
    if answer.head["status"] != 200:
        worker.kill()
        await worker.gone()
        raise GraphError(answer.head["detail"])
    return worker


async def _received(stream: asyncio.StreamReader) -> Frame | None:
    """The next message; None where the other side has gone."""
    try:
        of_head, of_body = LENGTHS.unpack(await stream.readexactly(LENGTHS.size))
        head = await stream.readexactly(of_head)
        return Frame(json.loads(head), await stream.readexactly(of_body) if of_body else b"")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
