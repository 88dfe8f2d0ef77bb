"""A real HTTP server on 127.0.0.1 that answers as a test tells it to: well, badly, slowly or maliciously."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Exchange"], None]


@dataclass
class Exchange:
    """One request and the socket on which it is answered; `asked` is what the prompt's data say."""

    handler: BaseHTTPRequestHandler
    body: bytes

    @property
    def asked(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(json.loads(self.body)["messages"][1]["content"])
        return data

    def send(self, body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        told = {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}
        self.handler.send_response(status)
        for name, value in told.items():
            self.handler.send_header(name, value)
        self.handler.end_headers()
        self.handler.wfile.write(body)

    def raw(self, data: bytes) -> None:
        """Bytes that need not be HTTP."""
        self.handler.wfile.write(data)
        self.handler.wfile.flush()


@dataclass
class Server:
    """Where it listens and what it was sent."""

    url: str
    paths: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)


@contextmanager
def serving(*behaviours: Behaviour) -> Iterator[Server]:
    """A server whose n-th request gets the n-th behaviour, and every later one the last."""
    told: Server

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            behaviour = behaviours[min(len(told.bodies), len(behaviours) - 1)]
            told.paths.append(self.path)
            told.keys.append(self.headers["Authorization"])
            told.bodies.append(body)
            with contextlib.suppress(OSError):  # the client has had enough
                behaviour(Exchange(self, body))

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        told = Server(f"http://127.0.0.1:{server.server_port}/v1")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()


def completion(content: str, **choice: object) -> bytes:
    """A chat completion whose answer is this text."""
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}, **choice}]}).encode()


def says(*claims: object) -> Behaviour:
    """Answers well: with these claims."""
    return answers(json.dumps({"claims": claims}, ensure_ascii=False))


def answers(content: str, **choice: object) -> Behaviour:
    return lambda exchange: exchange.send(completion(content, **choice))


def sends(body: bytes, status: int = 200, **headers: str) -> Behaviour:
    """`Retry_After="1"` is the header Retry-After."""
    return lambda exchange: exchange.send(body, status, {name.replace("_", "-"): v for name, v in headers.items()})


def drips(before: bytes, drop: bytes, every: float = 0.02) -> Behaviour:
    """One drop after the other, for ever: no single wait is long."""

    def behave(exchange: Exchange) -> None:
        exchange.raw(before)
        while True:
            exchange.raw(drop)
            time.sleep(every)

    return behave
