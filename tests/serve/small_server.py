"""A graph → a small HTTP server that shows its pages under the policy of `kg serve`; it notes what it is asked for."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

from kg.errors import KgError
from kg.graph.results import results_json
from kg.graph.store import PolicyGraph
from kg.serve.pages import Rendered, render
from kg.serve.pages.static import STATIC

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'"
)


class PageServer(http.server.HTTPServer):
    """One request after the other: an answer must be read in the thread that asked."""

    def __init__(self, graph: PolicyGraph) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.graph = graph
        self.files: dict[str, tuple[str, str]] = {}  # of a test: path → media type and text
        self.asked: list[str] = []  # host and path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(http.server.BaseHTTPRequestHandler):
    server: PageServer

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self.answer({})

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.answer({name: values[0] for name, values in parse_qs(form).items()})

    def answer(self, form: dict[str, str]) -> None:
        url = urlsplit(self.path)
        self.server.asked.append(self.headers.get("Host", "") + self.path)
        if url.path in self.server.files:
            media, text = self.server.files[url.path]
            self.reply(media, text.encode())
            return
        if url.path in STATIC:
            file = STATIC[url.path]
            self.reply(file.media, file.read())
            return
        args = {name: values[0] for name, values in parse_qs(url.query).items()} | form
        if url.path == "/sparql":
            self.sparql(args)
            return
        name = "home" if url.path == "/" else url.path.strip("/")
        if url.path.startswith("/id/"):
            name, args["path"] = "thing", unquote(url.path.removeprefix("/id/"))
        shown = render(self.server.graph, name, args) or Rendered("text/plain", "no such page", 404)
        self.reply(shown.media, shown.text.encode(), shown.status)

    def sparql(self, args: dict[str, str]) -> None:
        try:
            rows = self.server.graph.query(args.get("query", ""))
        except KgError as fault:
            self.reply("text/plain; charset=utf-8", str(fault).encode(), 400)
            return
        self.reply("application/sparql-results+json", results_json(rows).encode())

    def reply(self, media: str, body: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(body)


@contextlib.contextmanager
def serving(graph: PolicyGraph) -> Iterator[PageServer]:
    """The server while it runs."""
    server = PageServer(graph)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
