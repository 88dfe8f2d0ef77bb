"""Changes → one writing process, and checkpoints from which its readers see every commit at once.

A checkpoint is made when a reader asks after a commit, so a thousand writes in a row cost one; before a SPARQL Update,
which may take long, it is made at once, so that no reader waits for the update.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.serve.frames import Frame
from kg.serve.limits import GRACE, PAGE
from kg.serve.problem import Problem
from kg.serve.processes import Worker, started
from kg.serve.store_folder import QUADS, READERS


class Updates:
    """The writer of a store folder."""

    def __init__(self, folder: Path, setup: dict[str, Any], tell: Callable[[str], None]) -> None:
        self._setup = {**setup, "role": "writer", "path": str(folder / QUADS)}
        self._seconds: float = setup["seconds"]
        self._readers = folder / READERS
        self._tell = tell
        self._writer: Worker | None = None
        self._turn = asyncio.Lock()
        self._is_dirty = True
        self._path = ""
        self._opened = time.monotonic()

    async def open(self) -> None:
        """Starts the writer; GraphError where it cannot have the store for itself."""
        self._writer = await started(self._setup)
        self._opened = time.monotonic()

    async def change(self, frame: Frame) -> Frame:
        """The answer of the writer, once it has committed. Problem 504 or 503 where it was ended."""
        async with self._turn:
            if frame.head["ask"] == "update" and self._is_dirty:
                await self._checkpoint()
            self._is_dirty = True
            return await self._ask(frame)

    async def current(self) -> str:
        """The checkpoint in which every commit that was answered stands."""
        if self._is_dirty:
            async with self._turn:
                if self._is_dirty:
                    await self._checkpoint()
        return self._path

    async def tidy(self, held: Callable[[], set[str]]) -> None:
        """Removes the checkpoints that nobody has open.

        A process of a service that was killed may still read one that we do not know; it ends itself at its time limit,
        and querying a store whose files are gone eats all memory, so such a folder is left alone until then.
        """
        if not self._readers.is_dir() or time.monotonic() - self._opened < max(self._seconds, PAGE) + 5 * GRACE:
            return
        async with self._turn:
            kept = {*held(), self._path}
            for folder in self._readers.iterdir():
                if str(folder) not in kept and str(folder) not in held():
                    await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def close(self) -> None:
        """Lets the writer finish and end, then removes the checkpoints; call it when no reader is left."""
        if self._writer is not None:
            self._writer.dismiss()
            await self._writer.gone()
        await asyncio.to_thread(shutil.rmtree, self._readers, ignore_errors=True)

    async def _checkpoint(self) -> None:
        path = self._readers / secrets.token_hex(8)
        answer = await self._ask(Frame({"ask": "checkpoint", "to": str(path)}))
        if answer.head["status"] != 204:
            raise Problem(503, f"no checkpoint could be made: {answer.head['detail']}", Retry_After="1")
        self._path, self._is_dirty = str(path), False

    async def _ask(self, frame: Frame) -> Frame:
        try:
            if self._writer is None or not self._writer.is_alive:
                await self._again()
            assert self._writer is not None
            return await self._writer.ask(frame, self._seconds)
        except GraphError as fault:
            raise Problem(503, str(fault), Retry_After="1") from None

    async def _again(self) -> None:
        """Another writer, once the old one has ended and left the lock."""
        if self._writer is not None:
            await self._writer.gone()
        self._tell("the writing process is started again")
        self._writer = await started(self._setup)
