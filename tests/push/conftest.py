"""A server that fails on demand, a patient client, and a small graph written for these tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.graph.iris import BASE, DCTERMS, POL, RDF, SKOS, XSD
from kg.remote.client import Client
from push.fake import Fake, fake

NASTY = 'C:\\u0041\\temp "引号" <b>\n\r\t\x01\x7f 😀 \\U0001F600 } GRAPH ?g { # 注'
LINES = {
    "source/0a": (
        f"<{BASE}source/0a> <{RDF}type> <{POL}SourceDocument>",
        f'<{BASE}source/0a> <{POL}file> "大连/2014.txt"',
        f"<{BASE}claim/1> <{RDF}type> <{POL}Adoption>",
        f"<{BASE}claim/1> <{POL}place> <{BASE}place/210200>",
        f'<{BASE}claim/1> <{POL}year> "2014"^^<{XSD}integer>',
        f'<{BASE}place/210200> <{SKOS}prefLabel> "大连市"@zh',
    ),
    "source/0b": (
        f"<{BASE}source/0b> <{RDF}type> <{POL}SourceDocument>",
        f'<{BASE}source/0b> <{DCTERMS}title> "诸城市2016年工作总结"',
        f'<{BASE}place/210200> <{SKOS}prefLabel> "大连市"@zh',
    ),
    "reference": (
        f"<{BASE}place/210200> <{RDF}type> <{POL}Place>",
        f'<{BASE}place/210200> <{SKOS}prefLabel> "大连市"@zh',
        f"<{BASE}place/370700> <{RDF}type> <{POL}Place>",
        f'<{BASE}place/370700> <{SKOS}prefLabel> "潍坊市"@zh',
        f"<{BASE}place/370700-1981> <{RDF}type> <{POL}Place>",
        f'<{BASE}place/370700-1981> <{SKOS}prefLabel> "潍坊市"@zh',
        f'<{BASE}place/370700-1981> <{POL}validTo> "1983"^^<{XSD}integer>',
        f"<{BASE}place/320106> <{RDF}type> <{POL}Place>",
        f'<{BASE}place/320106> <{SKOS}prefLabel> "鼓楼区"@zh',
        f"<{BASE}place/350102> <{RDF}type> <{POL}Place>",
        f'<{BASE}place/350102> <{SKOS}prefLabel> "鼓楼区"@zh',
        f"<{BASE}program/校聘> <{RDF}type> <{POL}Program>",
        f'<{BASE}program/校聘> <{SKOS}prefLabel> "“县管校聘”改革"@zh',
        f'<{BASE}program/校聘> <{SKOS}altLabel> "县管校用"@zh',
    ),
}


def write_graph(folder: Path, graphs: dict[str, tuple[str, ...]]) -> Path:
    """A graph folder with these triples in these graphs."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = (f"{triple} <{BASE}{graph}> .\n" for graph, triples in graphs.items() for triple in triples)
    (folder / "graph.nq").write_text("".join(lines), "utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_graph(tmp_path / "graph", LINES)


@pytest.fixture
def server() -> Iterator[Fake]:
    with fake() as started:
        yield started


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(seconds=5, pauses=(0.0, 0.0)) as opened:
        yield opened
