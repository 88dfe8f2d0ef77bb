"""Requests → one line each: time, client, request, status, bytes, milliseconds. Credentials are never written."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import IO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.views.tables import inert

LONGEST = 400  # characters of an address that are written


def teller(out: IO[str]) -> Callable[[str], None]:
    """Writes a line with its time; text that came from outside cannot act on a terminal or begin a line of its own."""

    def tell(line: str) -> None:
        out.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {inert(line)}\n")
        out.flush()

    return tell


class AccessLog:
    """The application, with a line in the log for each request."""

    def __init__(self, app: ASGIApp, tell: Callable[[str], None]) -> None:
        self._app = app
        self._tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, size = time.perf_counter(), 0, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            self._tell(_line(scope, status, size, time.perf_counter() - began))


def _line(scope: Scope, status: int, size: int, seconds: float) -> str:
    client = (scope.get("client") or ("-",))[0]
    query = scope["query_string"].decode("ascii", "replace")
    asked = scope["path"] + (f"?{query}" if query else "")
    cut = asked if len(asked) <= LONGEST else asked[:LONGEST] + "…"
    return f"{client} {scope['method']} {cut} {status} {size} {seconds * 1000:.0f} ms"
