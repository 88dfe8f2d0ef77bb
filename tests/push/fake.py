"""A small SPARQL server in this process, over pyoxigraph, that fails when it is told to."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

PAGE = b"<html><head><title>Oops</title></head><body><h1>Bad &amp; sad</h1></body></html>"


class Fake(ThreadingHTTPServer):
    """`faults` are taken one by one, a request each: a status, or one of html, cut, slow, drop, json, moved."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.store = ox.Store()
        self.faults: list[int | str] = []
        self.asked: list[tuple[str, str, dict[str, str]]] = []  # method, path, headers
        self.texts: list[str] = []  # of queries and updates
        self.takes_graphs = True
        self.union = True
        self.signed = ""  # the Authorization that is wanted

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def counts(self) -> dict[str, int]:
        return {
            g.value: len(list(self.store.quads_for_pattern(None, None, None, g))) for g in self.store.named_graphs()
        }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Fake

    def log_message(self, *args: Any) -> None:
        pass

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append((self.command, self.path, dict(self.headers.items())))
        if self.server.faults and self._failed(self.server.faults.pop(0)):
            return
        if self.server.signed and self.headers.get("Authorization") != self.server.signed:
            self._answer(401, b"who?", "text/plain", {"WWW-Authenticate": 'Basic realm="x"'})
        elif self.path.startswith("/data"):
            self._graph(body)
        else:
            fields = parse_qs(body.decode())
            self._sparql(fields)

    do_POST = do_PUT = do_DELETE = _handle  # noqa: N815  names of the standard library

    def _graph(self, body: bytes) -> None:
        if not self.server.takes_graphs:
            self._answer(405, b"no", "text/plain")
            return
        graph = ox.NamedNode(parse_qs(urlsplit(self.path).query)["graph"][0])
        self.server.store.remove_graph(graph)
        if self.command == "PUT":
            self.server.store.load(body, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
        self._answer(204)

    def _sparql(self, fields: dict[str, list[str]]) -> None:
        try:
            if "update" in fields:
                self.server.texts += fields["update"]
                self.server.store.update(fields["update"][0])
                self._answer(200, b"done", "text/plain")
                return
            self.server.texts += fields["query"]
            found: Any = self.server.store.query(fields["query"][0], use_default_graph_as_union=self.server.union)
        except SyntaxError as fault:
            self._answer(400, str(fault).encode(), "text/plain")
            return
        out = io.BytesIO()
        if isinstance(found, ox.QueryTriples):
            found.serialize(out, format=ox.RdfFormat.N_TRIPLES)
            self._answer(200, out.getvalue(), "application/n-triples")
        else:
            found.serialize(out, format=ox.QueryResultsFormat.JSON)
            self._answer(200, out.getvalue(), "application/sparql-results+json; charset=utf-8")

    def _failed(self, fault: int | str) -> bool:
        if isinstance(fault, int):
            self._answer(fault, b"not now", "text/plain")
        elif fault == "html":
            self._answer(200, PAGE, "text/html")
        elif fault == "json":
            self._answer(
                200, b'{"head": {"vars": ["a"]}, "results": {"bindings": [{', "application/sparql-results+json"
            )
        elif fault == "moved":
            self._answer(302, headers={"Location": "http://elsewhere.example.org/"})
        elif fault == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"{")
            self.close_connection = True
        elif fault == "slow":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            with suppress(OSError):  # the other end may have hung up
                for _ in range(40):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.05)
            self.close_connection = True
        elif fault == "drop":
            self.close_connection = True
        return fault != "fine"

    def _answer(
        self, status: int, body: bytes = b"", kind: str = "text/plain", headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def fake() -> Iterator[Fake]:
    server = Fake()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
