"""Large graphs on disk: the store that a build changes is the one that it would have made, and nobody reads a wrong one."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_folder.made_up import anew, made, report, short, write
from kg.errors import GraphError
from kg.graph import disk
from kg.graph.large import prepare, remove_others
from kg.graph.published import GraphWriter, publish, read_mark, write_graphs
from kg.graph.store import PolicyGraph, open_graph
from kg.pipeline import build, status

NAMED = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.graph.large.LARGE", 4)
    monkeypatch.setattr(sys.modules["kg.graph_folder.building"], "TURTLE_LIMIT", 0)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return write(tmp_path / "docs", {"a.txt": short(year=2014), "b.txt": short("昌乐县", 2015), "c.txt": report()})


@pytest.fixture
def graph(docs: Path) -> Path:
    return build([docs], docs.parent / "graph").folder


def triples(graph: PolicyGraph) -> set[str]:
    return {str(quad) for quad in graph.store.quads_for_pattern(None, None, None, ox.DefaultGraph())}


def stores(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "store").glob("*/"))


def is_read_from_disk(folder: Path) -> bool:
    mark = read_mark(folder)
    return mark is not None and disk.disk_store(folder / "graph.nq", mark) is not None


# ── Changed or made anew ───────────────────────────────────────────────────────────────────────────────────────────

Graphs = dict[str, frozenset[str]]
LINES = [f'<https://x/{s}> <https://x/p> "{o}"' for s in "ab" for o in ("标签", "label", 'a \\"b\\" <c> .', "\\n", "é")]
GRAPHS = st.dictionaries(st.sampled_from("uvwxyz"), st.frozensets(st.sampled_from(LINES), min_size=1), min_size=2)


def published(folder: Path, graphs: Graphs) -> None:
    """As kg build publishes a graph."""
    draft = folder / ".draft"
    draft.mkdir(parents=True, exist_ok=True)
    with GraphWriter(draft / "graph.nq") as out:
        for name, lines in sorted(graphs.items()):
            out.write(f"https://x/{name}", f"{name}.txt", [f"{line} <https://x/{name}> .\n".encode() for line in lines])
    mark = out.mark("https://x/", str(sorted(graphs)))
    write_graphs(out.graphs, draft / "graphs.csv")
    prepare(draft / "graph.nq", folder, mark, out.graphs)
    publish(draft / "graph.nq", folder, mark, ("graphs.csv",))
    remove_others(folder, mark)


@settings(max_examples=settings.default.max_examples // 4)
@given(st.lists(GRAPHS, min_size=2, max_size=4))
def test_a_changed_store_is_one_made_anew(graphs: list[Graphs]) -> None:
    """Whatever graphs come, go and share, step after step; named graphs too, before and after a step."""
    import tempfile

    with tempfile.TemporaryDirectory() as here, pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "_MOST_CHANGED", 100)
        folder = Path(here)
        for number, one in enumerate(graphs):
            published(folder, one)
            graph = open_graph(folder)
            assert len(triples(graph)) == len(frozenset().union(*one.values()))
            assert triples(graph) == triples(open_graph(folder, in_memory=True))
            if number % 2:
                assert str(graph.query(NAMED).rows[0][0]) == str(len(one))
            assert len(stores(folder)) == (1 if sum(map(len, one.values())) >= 4 else 0) or number
            del graph


@pytest.mark.parametrize("workers", [1, 2])
def test_a_store_is_loaded_in_chunks(workers: int, docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other, or several at once, more than there are threads: what stands in the graph stands in its store."""
    monkeypatch.setattr("kg.graph.loading.CHUNK", 1000)
    folder = build([docs], docs.parent / "graph", workers=workers).folder
    assert is_read_from_disk(folder)
    assert triples(open_graph(folder)) == triples(open_graph(folder, in_memory=True))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_worker_is_a_core(workers: int, docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store, too, is made by as many threads as were asked for, in pieces."""
    loaded = []
    monkeypatch.setattr("kg.graph.loading.CHUNK", 10_000)
    monkeypatch.setattr(
        "kg.graph.loading._each", lambda load, chunks, at_once: loaded.append((len(list(chunks)), at_once))
    )
    build([docs], docs.parent / "graph", workers=workers)
    ((pieces, at_once),) = loaded
    assert at_once == workers
    assert pieces > 1


def test_builds_change_the_store(docs: Path, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three builds, each from the store of the one before; the answers are those of the file."""
    made_anew = []
    monkeypatch.setattr(disk, "load_union", lambda *of: made_anew.append(of))
    monkeypatch.setattr(disk, "_MOST_CHANGED", 100)  # else what is known beforehand weighs too much here
    for n in range(3):
        write(docs, {"a.txt": short(year=2001 + n), f"n{n}.txt": short("大连市", 1990 + n)})
        build([docs], graph)
        assert triples(open_graph(graph)) == triples(open_graph(graph, in_memory=True))
        assert len(stores(graph)) == 1
    assert made_anew == []
    assert made(graph) == anew([docs])


# ── In use, taken away, damaged ────────────────────────────────────────────────────────────────────────────────────


def test_a_store_in_use_stays(docs: Path, graph: Path) -> None:
    """Under its reader no store is removed; that of the last reader goes with the next build."""
    reader = open_graph(graph)
    count = len(triples(reader))
    for n in range(2):
        write(docs, {"a.txt": short(year=2001 + n)})
        build([docs], graph)
        assert len(stores(graph)) == 2
        assert len(triples(reader)) == count
    assert str(reader.query(NAMED).rows[0][0]) == "4"  # made now, of the graph that the reader opened
    (docs / "b.txt").unlink()
    build([docs], graph, prune=True)
    assert str(reader.query(NAMED).rows[0][0]) == "4"
    assert str(open_graph(graph).query(NAMED).rows[0][0]) == "3"
    del reader
    build([docs], graph)
    assert len(stores(graph)) == 1


def test_a_store_goes_with_a_graph_that_is_small_again(
    docs: Path, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.graph.large.LARGE", 1_000_000)
    write(docs, {"a.txt": short(year=2001)})
    build([docs], graph)
    assert not (graph / "store").exists()


@pytest.mark.parametrize("left", ["nothing", "union cut", "log cut", "union gone", "graphs cut", "list gone", "engine"])
def test_without_its_store(left: str, docs: Path, graph: Path) -> None:
    """A graph whose store is gone, damaged or another engine's is loaded into memory; the next build makes the store again."""
    write(docs, {"a.txt": short(year=2001)})
    build([docs], graph)  # changes the store, so that there is a log
    expected = triples(open_graph(graph))
    assert len(open_graph(graph).query(NAMED).rows) == 1
    (path,) = (graph / "store").glob("*-*")
    if left == "nothing":
        shutil.rmtree(graph / "store")
    elif left == "engine":
        path.rename(path.with_name(f"{path.name.partition('-')[0]}-ox0.1"))
    elif left in ("union gone", "list gone"):
        shutil.rmtree(path / "union") if left == "union gone" else (path / "union" / "files.json").unlink()
    else:
        files = sorted((path / left.split()[0].replace("log", "union")).iterdir(), key=lambda file: file.stat().st_size)
        wanted = [file for file in files if file.suffix == (".log" if left == "log cut" else ".sst")]
        os.truncate(wanted[-1], wanted[-1].stat().st_size // 2)
    assert is_read_from_disk(graph) == status(graph).on_disk == (left == "graphs cut")
    assert triples(open_graph(graph)) == expected
    assert str(open_graph(graph).query(NAMED).rows[0][0]) == "4"
    assert build([docs], graph).read == 0
    assert is_read_from_disk(graph)
    assert triples(open_graph(graph)) == expected
    assert str(open_graph(graph).query(NAMED).rows[0][0]) == "4"
    assert len(stores(graph)) == 1


def test_a_store_that_may_not_be_written_to(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Queries go on, and those for named graphs use a folder for temporary files, which is gone afterwards."""
    import tempfile

    def refused(prefix: str, dir: Path) -> None:
        raise PermissionError(dir)

    temporary = graph.parent / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    there = open_graph(graph)
    with monkeypatch.context() as patch:
        whole = tempfile.TemporaryDirectory
        patch.setattr(
            tempfile,
            "TemporaryDirectory",
            lambda prefix, dir: refused(prefix, dir) if "/store/" in str(dir) else whole(prefix=prefix, dir=dir),
        )
        assert str(there.query(NAMED).rows[0][0]) == "4"
    assert list(temporary.iterdir())
    del there
    assert not list(temporary.iterdir())


def test_named_graphs_of_a_replaced_graph(docs: Path, graph: Path) -> None:
    """Where the store could keep no link to its graph, a reader is told to open it again."""
    (path,) = (graph / "store").glob("*-*")
    (path / "graph.nq").unlink()
    reader = open_graph(graph)
    write(docs, {"a.txt": short(year=2001)})
    build([docs], graph)
    with pytest.raises(GraphError, match="was replaced by a build since it was opened; open it again"):
        reader.query(NAMED)


def ended_after(moves: int, patch: pytest.MonkeyPatch) -> None:
    """A build moves so many files into their places, then ends."""
    replace, left = Path.replace, iter(range(moves))

    def moved(path: Path, target: Path) -> Path:
        if path.parent.name == ".draft" and next(left, None) is None:
            raise KeyboardInterrupt
        return replace(path, target)

    patch.setattr(Path, "replace", moved)


@pytest.mark.parametrize("moves", range(5))
def test_a_build_that_was_ended_between_two_graphs(
    moves: int, docs: Path, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where graphs.csv and graph.nq are of two builds, no store is changed by them; nor where both graphs have one size."""
    write(docs, {"a.txt": short(year=2001), "b.txt": short("昌乐县", 2002)})
    with monkeypatch.context() as patch, suppress(KeyboardInterrupt):
        ended_after(moves, patch)
        build([docs], graph)
    assert triples(open_graph(graph)) == triples(open_graph(graph, in_memory=True))
    write(docs, {"b.txt": short("昌乐县", 1983)})
    build([docs], graph)
    assert triples(open_graph(graph)) == triples(open_graph(graph, in_memory=True))
    assert made(graph) == anew([docs])
