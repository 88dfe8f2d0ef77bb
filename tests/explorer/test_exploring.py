"""The command explore: a page and one line about it, options, and what it says of a graph that it cannot show."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from graph.diffusion import diffusion_lines

from kg.cli import main
from kg.diffusion.ways.way import By
from kg.graph.iris import POL
from kg.graph.store import open_graph
from kg.graph.triples import write_nquads
from kg.views.explorer.from_graph import exploration_of
from kg.views.explorer.tables import tables_of


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An .nq file."""
    file = tmp_path_factory.mktemp("explored") / "graph.nq"
    write_nquads(diffusion_lines(), file)
    return file


def kg(*args: object) -> Result:
    return CliRunner().invoke(main, list(map(str, args)))


def test_a_page(graph: Path, tmp_path: Path) -> None:
    """A folder and an .nq file give the same page; a line tells what is on it."""
    page = tmp_path / "explorer.html"
    told = kg("explore", graph, "--out", page, "--title", "<b>教育</b>")
    assert told.exit_code == 0
    assert told.stdout == ""
    assert "claims" in told.stderr
    assert told.stderr.strip().endswith(f"MB → {page}")
    text = page.read_text("utf-8")
    assert "&lt;b&gt;教育&lt;/b&gt;" in text
    assert kg("explore", graph.parent, "--out", "-", "--title", "<b>教育</b>").stdout == text


def test_an_empty_graph(tmp_path: Path) -> None:
    """Nothing to show is no error."""
    write_nquads([], tmp_path / "graph.nq")
    told = kg("explore", tmp_path, "--out", tmp_path / "page.html")
    assert told.exit_code == 0, told.output
    assert told.stderr.startswith("0 things, 0 claims")


def test_what_is_left_out_is_told(graph: Path, tmp_path: Path) -> None:
    lines = [line.replace(f"{POL}Adoption>", f"{POL}Piloting>") for line in graph.read_text("utf-8").splitlines()]
    write_nquads(lines, tmp_path / "graph.nq")
    told = kg("explore", tmp_path, "--out", tmp_path / "page.html")
    assert told.exit_code == 0, told.output
    assert "left out, unknown to this version of kg: claim of the class Piloting" in told.stderr


def test_an_inferred_network(graph: Path, tmp_path: Path) -> None:
    """The edges of a table are inferred ways, where nothing better is known."""
    edges = tmp_path / "edges.csv"
    edges.write_text("origin,destination,p_value\n山东省,诸城市,0.01\n", "utf-8")
    told = kg("explore", graph, "--out", tmp_path / "page.html", "--network", edges)
    assert told.exit_code == 0, told.output
    opened = open_graph(graph)
    with_it, without = (exploration_of(opened, network=network).ways for network in (edges, None))
    new = {step for steps in with_it.values() for step in steps} - {step for of in without.values() for step in of}
    assert [(step.by, step.note) for step in new] == [(By.NETWORK, "p_value 0.01")]


def test_expected_documents(graph: Path) -> None:
    """Documents that should exist and were not read are told beside those that were."""
    lists = graph.with_name("expected.csv")
    lists.write_text("unit,year,title\n芜湖市,2003,2003年工作总结\n", "utf-8")
    shown = exploration_of(open_graph(graph), expected=lists)
    read = tables_of(shown)["read"]
    missing = dict(zip(read["year"].values, read["missing"].values, strict=True))
    assert missing[2003] == 1


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["nowhere"], "nowhere does not exist"),
        (["{graph}", "--network", "{bad}"], "no column holds the origin"),
        (["{graph}", "--expected", "{bad}"], "unit"),
        (["{bad}"], "is no graph"),
    ],
)
def test_faults(graph: Path, tmp_path: Path, arguments: list[str], fault: str) -> None:
    """One clear line, and no page."""
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n", "utf-8")
    given = [argument.format(graph=graph, bad=bad) for argument in arguments]
    told = kg("explore", *given, "--out", tmp_path / "page.html")
    assert told.exit_code == 1
    assert fault in told.stderr
    assert not (tmp_path / "page.html").exists()
