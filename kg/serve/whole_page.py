"""A graph that is served → its explorer, made once for each version of the graph, beside the processes that answer.

Making it takes longer than a query may, so a process of its own does it; until then a visitor gets a page that says so,
with status 503: no cache, monitor or search engine takes it for the explorer, and Retry-After and Refresh bring him back.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

from kg.errors import GraphError
from kg.serve.frames import Frame
from kg.serve.pages.explorer import being_made, not_made
from kg.serve.pages.rendered import Rendered
from kg.serve.problem import Answer, Problem
from kg.serve.processes import started

PATIENCE = 4.0  # seconds that a visitor waits for a page which may be ready at once
LONGEST = 1800.0  # seconds that the making may take
AGAIN = 5  # seconds after which a browser asks anew


class WholePage:
    """The explorer of the graph whose path `current` tells."""

    def __init__(
        self, setup: dict[str, Any], current: Callable[[], Awaitable[str]], tell: Callable[[str], None]
    ) -> None:
        self._setup = {**setup, "memory": 0}  # what it takes depends on the graph, not on who asks
        self._current = current
        self._tell = tell
        self._path = ""
        self._task: asyncio.Task[Answer] | None = None
        self._since = 0.0

    async def answer(self, known: str | None) -> Answer:
        """The page, 304 where the client's ETag is still right, 503 while it is made, 500 where it cannot be made."""
        path = await self._current()
        if self._task is None or path != self._path:
            self.forget()
            self._path, self._since = path, time.monotonic()
            self._task = asyncio.create_task(self._made(path))
        task = self._task
        await asyncio.wait({task}, timeout=PATIENCE)
        if not task.done() or task.cancelled():
            return _answer(
                being_made(time.monotonic() - self._since, AGAIN), Refresh=str(AGAIN), Retry_After=str(AGAIN)
            )
        made = task.result()
        if made.status != 200 and self._task is task:
            self._task = None  # the next visitor tries again
        if known is not None and dict(made.headers).get("ETag", "no tag") in known:
            return Answer(304, "", b"", made.headers)
        return made

    def held(self) -> set[str]:
        """The path that the process which makes the page may have open."""
        return {self._path} if self._task is not None and not self._task.done() else set()

    def forget(self) -> None:
        """The graph is another one: whoever asks next gets a new page."""
        if self._task is not None:
            self._task.cancel()
        self._task = None

    async def close(self) -> None:
        """Ends the process that makes the page."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait({task})

    async def _made(self, path: str) -> Answer:
        try:
            frame = await self._drawn(path)
        except (GraphError, Problem, OSError) as fault:
            self._tell(f"the explorer could not be made: {fault}")
            return _answer(not_made(str(fault)))
        headers = (
            ("Content-Security-Policy", frame.head["policy"]),
            ("ETag", f'"{sha256(frame.body).hexdigest()[:32]}"'),
            ("Cache-Control", "no-cache"),
        )
        return Answer(200, frame.head["media"], frame.body, headers)

    async def _drawn(self, path: str) -> Frame:
        worker = await started({**self._setup, "path": path})
        try:
            frame = await worker.ask(_asked(path), LONGEST)
        finally:
            worker.kill()
            await asyncio.shield(worker.gone())
        if "detail" in frame.head:
            raise Problem(frame.head["status"], frame.head["detail"])
        return frame


def _asked(path: str) -> Frame:
    return Frame({"ask": "page", "name": "explorer", "args": {"accept": "text/html"}, "at": path})


def _answer(page: Rendered, **headers: str) -> Answer:
    told = (("Cache-Control", "no-store"), *((name.replace("_", "-"), value) for name, value in headers.items()))
    return Answer(page.status, page.media, page.text.encode("utf-8", "replace"), told)
