"""Graphs built apart and merged are the graph of one build of all their documents, in whatever order they come together."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from graph_folder.made_up import altered, archive, drafts, everything, made, page, report, short, table, write
from kg.errors import GraphError
from kg.pipeline import build, merge, status

ALL = ("graph.nq", "graphs.csv", "graph.json", "mentions.csv", "graph.ttl", "report.html")
DOCS: dict[str, dict[str, str]] = {
    "浙江": {"浙/a.txt": short(year=2014), "浙/b.html": page(report(year=2013)), "浙/c.txt": short(year=2002)},
    "山东": {"鲁/a.txt": short("昌乐县", 2015), "鲁/copy.txt": short(year=2014), "鲁/altered.txt": altered(2013, 2016)},
    "湖南": {
        "湘/t.csv": table(short(year=2014), short(year=2001), short(year=2001)),
        "湘/d.txt": report(year=2014, number=7),
    },
}


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A graph for each province, and one build of them all."""
    here = tmp_path_factory.mktemp("provinces")
    docs = {name: write(here / "docs" / name, files) for name, files in DOCS.items()}
    archive(docs["湖南"] / "湘/z.zip", {"1.txt": report("大连市"), "2.txt": page(report())})
    graphs = {name: build([folder], here / name).folder for name, folder in docs.items()}
    return graphs | {"one": build([*docs.values()], here / "one").folder}


def test_every_order_and_every_grouping(apart: dict[str, Path], tmp_path: Path) -> None:
    """Merging is associative and commutative, and gives the bytes of one build; a graph merged twice counts once."""
    one = made(apart["one"], ALL)
    for n, order in enumerate(permutations(DOCS)):
        first, second, third = (apart[name] for name in order)
        assert made(merge([first, second, third, first], tmp_path / f"flat-{n}").folder, ALL) == one
        left = merge([merge([first, second], tmp_path / f"pair-{n}").folder, third], tmp_path / f"left-{n}")
        assert made(left.folder, ALL) == one
        merge([third], tmp_path / f"grown-{n}")
        assert made(merge([second, first], tmp_path / f"grown-{n}").folder, ALL) == one
        assert drafts(left.folder) == []


def test_nothing_is_read_again(apart: dict[str, Path], tmp_path: Path) -> None:
    """And the graphs that are merged stay as they were; a build goes on from the merged one."""
    before = {name: everything(apart[name]) for name in DOCS}
    built = merge([apart[name] for name in DOCS], tmp_path / "all")
    assert (built.read, built.kept) == (0, 9)
    assert {name: everything(apart[name]) for name in DOCS} == before
    assert not status(built.folder).stale
    docs = apart["one"].parent / "docs"
    assert build([docs / name for name in DOCS], built.folder).read == 0


def test_two_files_of_one_name(apart: dict[str, Path], tmp_path: Path) -> None:
    """The graph would call them one; nothing is made."""
    other = build([write(tmp_path / "other", {"浙/a.txt": short(year=1999)})], tmp_path / "graph").folder
    with pytest.raises(GraphError, match=r"1 files have the name of another file.*\n  浙/a.txt in"):
        merge([apart["浙江"], other], tmp_path / "all")
    assert not (tmp_path / "all").exists()


def test_graphs_of_two_bases(apart: dict[str, Path], tmp_path: Path) -> None:
    docs = write(tmp_path / "docs", {"x.txt": short(year=1999)})
    other = build([docs], tmp_path / "graph", base="https://example.org/id/").folder
    with pytest.raises(GraphError, match="different bases"):
        merge([apart["浙江"], other], tmp_path / "all")


def test_what_is_no_graph(apart: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="holds no graph"):
        merge([apart["浙江"], tmp_path], tmp_path / "all")


def test_a_damaged_graph(apart: dict[str, Path], tmp_path: Path) -> None:
    """What is merged is whole, or not merged."""
    docs = write(tmp_path / "docs", {"x.txt": short(year=1999)})
    graph = build([docs], tmp_path / "graph").folder
    body = next(graph.glob("shards/*/*.nq"))
    body.write_bytes(body.read_bytes()[:-10])
    with pytest.raises(GraphError, match=r"x\.txt is damaged"):
        merge([apart["浙江"], graph], tmp_path / "all")


def test_decisions(apart: dict[str, Path], tmp_path: Path) -> None:
    """Those that the folders agree on go along; others are for the reviewer to make one."""
    one = build([write(tmp_path / "a", {"x.txt": short(year=1999)})], tmp_path / "one").folder
    two = build([write(tmp_path / "b", {"y.txt": short(year=1998)})], tmp_path / "two").folder
    row = "decision,kind,name,other\nsame,Program,{},校长职级制\n"
    (one / "reviewed.csv").write_text(row.format("职级制"), "utf-8")
    merged = merge([one, two], tmp_path / "all").folder
    assert (merged / "reviewed.csv").read_bytes() == (one / "reviewed.csv").read_bytes()
    (two / "reviewed.csv").write_text(row.format("校长职级改革"), "utf-8")
    with pytest.raises(GraphError, match="the decisions differ"):
        merge([one, two], tmp_path / "none")
