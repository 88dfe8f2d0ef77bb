"""Graphs for the pages: three invented texts, and a few quads whose every text is hostile. Services that many tests ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.graph.iris import BASE, DCTERMS, OA, POL, RDF, SKOS, segment
from kg.graph.store import PolicyGraph, open_graph
from kg.graph.terms import decimal_literal, integer_literal, text_literal
from kg.pipeline import build
from serve.served import Served, served

TEXTS = {
    "yichang.txt": """宜昌市教育局2014年工作总结
2014年，全市教育系统认真落实各项部署，现将工作情况总结如下。
1.全面推进“三通两平台”建设，全市学校宽带接入率达到85%。
2.启动县管校聘改革，印发了《宜昌市中小学教师交流办法》。
3.学习潍坊市经验，推行校长职级制。
4.实施“江豚小先生”计划，面向农村留守儿童。
""",
    "enshi.txt": """恩施市教育局2016年工作计划
1.启动县管校聘改革。
2.到2018年新建公办幼儿园24所，义务教育巩固率达到98%以上。
3.实施第二期学前教育三年行动计划。
""",
    "weifang.txt": """潍坊市教育局2015年工作总结
2015年，全市教育系统取得新的成绩，现总结如下。
1.全面实施县管校聘改革，在高密市、诸城市试点。
2.完成“三通两平台”建设。
""",
}
PAYLOADS = (
    "</script><script>document.documentElement.dataset.pwned=1</script>",
    '<img src=http://elsewhere.example/x onerror="document.documentElement.dataset.pwned=1">',
    "\"'><svg onload=document.documentElement.dataset.pwned=1>",
    '<a href="javascript:document.documentElement.dataset.pwned=1">x</a>',
    "\u202egnirts\u2066 {{body}}{{data}} \\u0022 } ; DROP ALL #\\",
    "甲" * 20_000,
)
Quad = tuple[str, str, str]
NAMES = "http://www.w3.org/2004/02/skos/core#prefLabel"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder."""
    here: Path = tmp_path_factory.mktemp("pages")
    (here / "texts").mkdir()
    for name, text in TEXTS.items():
        (here / "texts" / name).write_text(text, encoding="utf-8")
    build([here / "texts"], here / "graph")
    return here / "graph"


@pytest.fixture(scope="session")
def graph(folder: Path) -> PolicyGraph:
    return open_graph(folder)


def hostile_graph(payload: str, folder: Path) -> PolicyGraph:
    """A programme, a place, a file and a claim that carry the payload in every text and in every IRI."""
    quads = [f"<{s}> <{p}> {o} <{BASE}source/s> ." for s, p, o in hostile_triples(payload)]
    (folder / "graph.nq").write_text("\n".join(quads) + "\n", "utf-8")
    return open_graph(folder)


def hostile_triples(payload: str) -> list[Quad]:
    """Subject and predicate without brackets, the object as a term."""
    short = segment(payload[:200])
    program, place, source, claim = (f"{BASE}{kind}/{short}" for kind in ("program", "place", "source", "claim"))
    text = text_literal(payload)
    named = text_literal(payload, "zh")
    return [
        (program, RDF + "type", f"<{POL}Program>"),
        (program, SKOS + "prefLabel", named),
        (program, SKOS + "altLabel", named),
        (program, DCTERMS + "source", text),
        (place, RDF + "type", f"<{POL}Place>"),
        (place, SKOS + "prefLabel", named),
        (source, RDF + "type", f"<{POL}SourceDocument>"),
        (source, POL + "file", text),
        (source, POL + "part", integer_literal(1)),
        (source, DCTERMS + "title", text),
        (source, POL + "mentions", f"<{program}>"),
        (claim, RDF + "type", f"<{POL}Adoption>"),
        (claim, POL + "program", f"<{program}>"),
        (claim, POL + "place", f"<{place}>"),
        (claim, POL + "year", integer_literal(2014)),
        (claim, POL + "source", f"<{source}>"),
        (claim, POL + "foundBy", text),
        (claim, POL + "confidence", decimal_literal(1)),
        (claim, POL + "evidence", f"<{claim}/evidence>"),
        (f"{claim}/evidence", POL + "cleaned", text),
        (f"{claim}/evidence", OA + "hasSelector", f"<{claim}/quote>"),
        (f"{claim}/evidence", OA + "hasSelector", f"<{claim}/position>"),
        (f"{claim}/quote", OA + "exact", text),
        (f"{claim}/quote", OA + "prefix", text),
        (f"{claim}/quote", OA + "suffix", text),
        (f"{claim}/position", OA + "start", integer_literal(1)),
        (f"{claim}/position", OA + "end", integer_literal(9)),
        (place, POL + "adopts", f"<{program}>"),
    ]


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
