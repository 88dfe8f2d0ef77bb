"""Settings → a running service: processes that answer, one that writes, and an eye on the graph's files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.graph.published import GRAPH_FILE, whole_mark
from kg.serve.frames import Frame
from kg.serve.pool import Pool, Size
from kg.serve.problem import Answer, Problem
from kg.serve.settings import Kind, Settings
from kg.serve.store_folder import kind_of, prepared
from kg.serve.updates import Updates
from kg.serve.whole_page import WholePage

GLANCE = 1.0  # seconds between looks at the graph's files
Signature = str | tuple[int, int, int]


class Service:
    """What the web application asks. `open` it in a running event loop and `close` it there."""

    def __init__(self, settings: Settings, tell: Callable[[str], None]) -> None:
        self.settings = settings
        self._tell = tell
        is_store = settings.updates or kind_of(settings.graph) is not None
        self.kind: Kind = prepared(settings.graph, settings.kind) if is_store else settings.kind or "union"
        setup = self._setup(is_store=is_store)
        self._updates = Updates(settings.graph, setup, tell) if is_store else None
        self._pool = Pool(setup, Size(settings.workers, settings.spares), self._current, tell)
        self._explorer = WholePage(setup, self._current, tell)
        self._seen: Signature | None = None
        self._watch: asyncio.Task[None] | None = None

    @property
    def is_union(self) -> bool:
        return self.kind == "union"

    @property
    def takes_updates(self) -> bool:
        """Whether SPARQL Update is possible here, for those who may."""
        return self.settings.updates and not self.is_union

    async def open(self) -> None:
        """Starts everything; GraphError where the graph cannot be opened."""
        self._seen = _signature(self.settings.graph)
        if self._updates is not None:
            await self._updates.open()
        await self._pool.open()
        self._watch = asyncio.create_task(self._look_after())

    async def close(self) -> None:
        """Ends all processes."""
        if self._watch is not None:
            self._watch.cancel()
        await self._explorer.close()
        await self._pool.close()
        if self._updates is not None:
            await self._updates.close()

    async def ask(self, head: dict[str, Any], body: bytes = b"") -> Answer:
        """The answer of a reading process; Problem for everything else."""
        return _answer(await self._pool.ask(Frame(head, body)))

    async def explorer(self, known: str | None) -> Answer:
        """The explorer of the graph as it is now, or a page that says that it is being made; `known` is the client's ETag."""
        return await self._explorer.answer(known)

    async def change(self, head: dict[str, Any], body: bytes) -> Answer:
        """The answer of the writer. From then on all readers see the change."""
        assert self._updates is not None
        return _answer(await self._updates.change(Frame(head, body)))

    def health(self) -> dict[str, Any]:
        """What a monitor wants to know."""
        return {"status": "ok", "default_graph": self.kind, "updates": self.settings.updates, **self._pool.state()}

    async def _current(self) -> str:
        return str(self.settings.graph) if self._updates is None else await self._updates.current()

    def _setup(self, *, is_store: bool) -> dict[str, Any]:
        settings = self.settings
        return {
            "role": "reader",
            "path": str(settings.graph),
            "union": self.kind == "union",
            "checkpoint": is_store,
            "most": settings.most_result,
            "seconds": settings.seconds,
            "memory": settings.memory,
        }

    async def _look_after(self) -> None:
        """Now and then: a graph that was built anew is opened, old checkpoints go."""
        while True:
            await asyncio.sleep(GLANCE)
            try:
                await self._glance()
            except (GraphError, Problem, OSError) as fault:
                self._tell(f"{fault}")

    async def _glance(self) -> None:
        if self._updates is not None:
            await self._pool.follow()
            await self._updates.tidy(lambda: self._pool.held() | self._explorer.held())
            return
        seen = _signature(self.settings.graph)
        if seen is None or seen == self._seen:
            return
        self._seen = seen
        await self._pool.renew()
        self._explorer.forget()
        self._tell("the graph was built anew and is served now")


def _answer(frame: Frame) -> Answer:
    status = frame.head["status"]
    if "detail" in frame.head:
        raise Problem(status, frame.head["detail"])
    return Answer(status, frame.head.get("media", ""), frame.body)


def _signature(graph: Path) -> Signature | None:
    """What changes when the graph is built anew; None while it is not whole."""
    file = graph if graph.is_file() else graph / GRAPH_FILE
    try:
        mark = whole_mark(file)
        return mark.key if mark is not None else (file.stat().st_mtime_ns, file.stat().st_size, file.stat().st_ino)
    except (GraphError, OSError):
        return None
