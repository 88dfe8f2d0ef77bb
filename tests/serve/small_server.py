"""A graph → a small HTTP server that shows its pages under the policy of `kg serve`, and the net around a browser."""

from __future__ import annotations

from urllib.parse import SplitResult, parse_qsl, unquote

from browsers import Net, Reply

from kg.errors import KgError
from kg.graph.results import results_json
from kg.graph.store import PolicyGraph
from kg.serve.pages import Rendered, render
from kg.serve.pages.static import STATIC

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'"
)


class PageServer(Net):
    """Its pages, the files beside them, and answers to queries; a test may add files."""

    def __init__(self, graph: PolicyGraph) -> None:
        super().__init__({"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"})
        self.graph = graph

    def answer(self, url: SplitResult, form: dict[str, str]) -> Reply:
        if url.path in self.files:
            return self.files[url.path]
        if url.path in STATIC:
            file = STATIC[url.path]
            return Reply(file.media, file.read().decode())
        args = dict(parse_qsl(url.query)) | form
        if url.path == "/sparql":
            return self.sparql(args)
        name = "home" if url.path == "/" else url.path.strip("/")
        if url.path.startswith("/id/"):
            name, args["path"] = "thing", unquote(url.path.removeprefix("/id/"))
        shown = render(self.graph, name, args) or Rendered("text/plain", "no such page", 404)
        return Reply(shown.media, shown.text, shown.status)

    def sparql(self, args: dict[str, str]) -> Reply:
        try:
            rows = self.graph.query(args.get("query", ""))
        except KgError as fault:
            return Reply("text/plain; charset=utf-8", str(fault), 400)
        return Reply("application/sparql-results+json", results_json(rows))
