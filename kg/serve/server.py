"""Settings → a web server on this machine until somebody ends it."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

import uvicorn

from kg.errors import GraphError
from kg.serve.app import application
from kg.serve.log import AccessLog, teller
from kg.serve.service import Service
from kg.serve.settings import Settings

FINISHING = 5  # seconds that requests get when the server is ended
LONGEST_HEAD = 64 << 10  # bytes of a request's first line and headers
BACKLOG = 2048


def serve(settings: Settings, log: IO[str] | None, say: Callable[[str], None]) -> None:
    """Serves until SIGTERM or SIGINT; `say` gets the address once requests are answered. GraphError where it cannot."""
    tell = teller(log) if log is not None else _silent
    with _listening(settings.host, settings.port) as listener:
        asyncio.run(
            _serve(settings, listener, tell, lambda: say(_address(settings.host, listener)), is_logged=log is not None)
        )


async def _serve(
    settings: Settings,
    listener: socket.socket,
    tell: Callable[[str], None],
    ready: Callable[[], None],
    *,
    is_logged: bool,
) -> None:
    service = Service(settings, tell if is_logged else _complain)
    try:
        await service.open()
    except BaseException:
        await service.close()
        raise
    app = application(service)
    config = uvicorn.Config(
        AccessLog(app, tell) if is_logged else app,
        http="h11",
        ws="none",
        lifespan="on",
        access_log=False,
        log_level="error",
        proxy_headers=False,
        server_header=False,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        timeout_graceful_shutdown=FINISHING,
    )
    await _Server(config, ready).serve([listener])


class _Server(uvicorn.Server):
    """Ends with exit code 0 on SIGTERM and SIGINT, and says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's, without raising the signal again after the end."""
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, where = found[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as fault:
        raise GraphError(f"{host} is no address of this machine ({fault})") from None
    with listener:
        try:
            if sys.platform != "win32":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(where)
            listener.listen(BACKLOG)
        except OSError as fault:
            raise GraphError(f"{host}:{port} cannot be used ({fault.strerror}); choose another --port") from None
        listener.set_inheritable(False)
        yield listener


def _address(host: str, listener: socket.socket) -> str:
    port = listener.getsockname()[1]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _silent(line: str) -> None:
    """No log is kept."""


def _complain(line: str) -> None:
    teller(sys.stderr)(line)
