"""Services that many tests ask: one that only reads, one that takes updates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.served import Served, served

BASE = "https://w3id.org/policy-kg/id/"
NAMES = "http://www.w3.org/2004/02/skos/core#prefLabel"


def quads(*names: str) -> str:
    """A made-up graph: each file says that there is a programme of this name; all say one thing alike."""
    lines = []
    for n, name in enumerate(names):
        graph = f"<{BASE}source/{n}>"
        lines.append(f'<{BASE}program/{n}> <{NAMES}> "{name}"@zh {graph} .')
        lines.append(f'<{BASE}program/same> <{NAMES}> "集团化办学"@zh {graph} .')
    return "\n".join(lines) + "\n"


def write_graph(folder: Path, *names: str) -> Path:
    """As `kg build` does it: a new file takes the place of the old one."""
    folder.mkdir(exist_ok=True)
    (folder / "new").write_text(quads(*names), encoding="utf-8")
    (folder / "new").replace(folder / "graph.nq")
    return folder


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A graph of documents, which is only read; each query gets a second and little memory."""
    graph = write_graph(tmp_path_factory.mktemp("served") / "graph", "县管校聘", "双减", "<script>\\u202e")
    log = graph.parent / "access.log"
    with served(graph, "--timeout", "1", "--memory-mb", "200", "--max-result-mb", "1", "--log", str(log)) as service:
        yield service


@pytest.fixture(scope="module")
def standard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A store with SPARQL Update and without a token."""
    store = tmp_path_factory.mktemp("served") / "store"
    options = ("--updates", "--no-token", "--default-graph", "standard", "--max-body-mb", "1", "--timeout", "2")
    with served(store, *options) as service:
        yield service
