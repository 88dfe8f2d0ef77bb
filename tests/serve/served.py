"""A folder and options → `kg serve` running in a process of its own on a free port, and a small client that asks it."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).parents[2]
STARTING = re.compile(r"^Serving .* at (http://\S+?)/ ", re.MULTILINE)


class Reply(NamedTuple):
    """What came back; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def detail(self) -> str:
        """Of a problem document."""
        assert self.media == "application/problem+json", self
        told = self.json
        assert told["status"] == self.status
        return str(told["detail"])


class Served(NamedTuple):
    """A running service."""

    address: str
    process: subprocess.Popen[str]
    complaints: Path  # what it writes on standard error

    def ask(
        self, path: str, method: str = "GET", body: bytes | str = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """One request on a connection of its own."""
        parts = urlsplit(self.address)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        data = body.encode() if isinstance(body, str) else body
        try:
            connection.request(method, path, data or None, dict(headers or {}))
            response = connection.getresponse()
            told = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, told, response.read())
        finally:
            connection.close()

    def query(self, text: str, accept: str = "application/sparql-results+json", **more: str) -> Reply:
        """A query by GET."""
        return self.ask("/sparql?" + urlencode({"query": text, **more}), headers={"Accept": accept})

    def values(self, text: str) -> list[dict[str, str]]:
        """The rows of a SELECT query as texts."""
        reply = self.query(text)
        assert reply.status == 200, reply
        return [{name: cell["value"] for name, cell in row.items()} for row in reply.json["results"]["bindings"]]

    def update(self, text: str, **headers: str) -> Reply:
        """An update by POST."""
        return self.ask("/sparql", "POST", text, {"Content-Type": "application/sparql-update", **headers})


@contextmanager
def served(graph: Path, *options: str) -> Iterator[Served]:
    """The service; it must end within some seconds and with exit code 0 when it is told to."""
    command = [sys.executable, "-m", "kg", "serve", str(graph), "--port", "0", *options]
    with tempfile.TemporaryDirectory() as folder:
        complaints = Path(folder) / "stderr"
        with complaints.open("w") as errors:
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8", cwd=ROOT
            )
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            found = STARTING.search(line)
            assert found is not None, line + complaints.read_text("utf-8")
            yield Served(found[1], process, complaints)
        finally:
            process.terminate()
            code = process.wait(20)
            process.stdout.close()
        assert code == 0
