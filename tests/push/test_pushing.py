"""After a push the server holds the same named graphs, however it takes them and whenever it was stopped."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.errors import GraphError, RemoteError
from kg.graph.iris import BASE
from kg.graph.named import NamedTriples, graphs_in
from kg.graph.terms import text_literal
from kg.push import Target, push, target_at
from kg.push.memory import Memory
from kg.push.updates import MOST_BYTES, updates_of
from kg.remote.client import Client
from push.conftest import LINES, NASTY, write_graph
from push.fake import Fake

COUNTS = {f"{BASE}{graph}": len(triples) for graph, triples in LINES.items()}


def whole(server: Fake) -> Target:
    return Target(server.address, server.address, f"{server.address}/data")


def updating(server: Fake) -> Target:
    return Target(server.address, server.address)


def kg(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.parametrize("target", [whole, updating])
def test_everything_arrives_once(target, folder: Path, server: Fake, client: Client) -> None:  # type: ignore[no-untyped-def]
    """The same graphs with the same triples; a second push sends nothing."""
    done = push(folder, target(server), client)
    assert (len(done.sent), done.quads, done.unchanged) == (3, sum(COUNTS.values()), 0)
    assert server.counts() == COUNTS
    local = set(ox.parse(path=str(folder / "graph.nq"), format=ox.RdfFormat.N_QUADS))
    assert set(server.store) == local
    assert push(folder, target(server), client).sent == ()


def test_only_what_changed(folder: Path, server: Fake, client: Client) -> None:
    """Another content of one file sends one graph, which takes the place of the old one."""
    push(folder, whole(server), client)
    write_graph(folder, LINES | {"source/0b": LINES["source/0b"][:2]})
    assert push(folder, whole(server), client).sent == (f"{BASE}source/0b",)
    assert server.counts() == COUNTS | {f"{BASE}source/0b": 2}


def test_what_the_server_lost(folder: Path, server: Fake, client: Client) -> None:
    """The server's own counts are believed, not our notes."""
    push(folder, whole(server), client)
    server.store.remove_graph(ox.NamedNode(f"{BASE}source/0a"))
    assert push(folder, whole(server), client).sent == (f"{BASE}source/0a",)


def test_each_endpoint_has_notes_of_its_own(folder: Path, server: Fake, client: Client) -> None:
    """What is on one server is not on another."""
    push(folder, whole(server), client)
    server.store.clear()
    other = replace(whole(server), endpoint=f"{server.address}/other")
    assert len(push(folder, other, client).sent) == 3
    assert len(list((folder / "pushed").iterdir())) == 2


@pytest.mark.parametrize("status", [404, 405, 415, 501])
def test_a_server_without_graph_store(status: int, folder: Path, server: Fake, client: Client) -> None:
    """One refusal, told once; then updates."""
    server.faults = ["fine", status, *([status] if status == 415 else [])]
    told: list[str] = []
    push(folder, whole(server), client, tell=told.append)
    assert server.counts() == COUNTS
    assert len(told) == 1
    assert "takes no whole graphs" in told[0]
    assert [method for method, _, _ in server.asked].count("PUT") == (2 if status == 415 else 1)


def test_a_graph_that_is_refused(folder: Path, server: Fake, client: Client) -> None:
    """Virtuoso 7 takes no file that begins with a long text: that graph goes as updates, the others as they are."""
    server.faults = ["fine", 500]
    told: list[str] = []
    push(folder, whole(server), client, tell=told.append)
    assert server.counts() == COUNTS
    assert told == [f"the server refuses <{BASE}source/0a> as a whole (500); sending it as SPARQL updates"]
    assert len(server.texts) == 1 + 1 + 1 + 1 + 1  # counts (twice, each till nothing comes), update, count


def test_refused_for_want_of_a_login(folder: Path, server: Fake, client: Client) -> None:
    """That is no reason for updates."""
    server.faults = ["fine", "fine", 401]
    with pytest.raises(RemoteError, match="401: it asks who you are"):
        push(folder, whole(server), client)


def test_chunks(server: Fake, client: Client, folder: Path) -> None:
    """No update is larger than it may be; all of them make the graph."""
    done = push(folder, updating(server), client, most=4)
    updates = [text for text in server.texts if "INSERT" in text]
    assert len(updates) == 2 + 1 + 4
    assert sum("CLEAR" in text for text in updates) == len(done.sent)
    assert server.counts() == COUNTS


def test_large_triples_go_alone() -> None:
    """Half a megabyte of text is an update, and a larger triple is one by itself."""
    lines = [
        f'<urn:s> <urn:p> "{sign * size}" .\n' for sign, size in (("a", 10), ("b", MOST_BYTES), ("c", 10), ("d", 10))
    ]
    updates = list(updates_of(NamedTriples("urn:g", "".join(lines).encode(), 4)))
    assert [[sign for sign in "abcd" if f'"{sign}' in update] for update in updates] == [["a"], ["b"], ["c", "d"]]


def test_blank_nodes() -> None:
    """Two updates would make two nodes of one."""
    graph = NamedTriples("urn:g", b"_:a <urn:p> <urn:o> .\n<urn:s> <urn:p> _:a .\n", 2)
    assert len(list(updates_of(graph))) == 1
    with pytest.raises(GraphError, match="blank nodes"):
        list(updates_of(graph, 1))


@pytest.mark.parametrize("target", [whole, updating])
def test_hostile_text(target, tmp_path: Path, server: Fake, client: Client) -> None:  # type: ignore[no-untyped-def]
    """Whatever stands in a text arrives as it is, and ends where it ends."""
    texts = [NASTY, "\\u0022", "\\\\u0022", "\\\\\\U00000022", "x" * 600_000]
    triples = tuple(f"<{BASE}source/0a> <urn:p{n}> {text_literal(text)}" for n, text in enumerate(texts))
    folder = write_graph(tmp_path / "g", {"source/0a": triples})
    push(folder, target(server), client)
    found = {quad.predicate.value: quad.object.value for quad in server.store}
    assert found == {f"urn:p{n}": text for n, text in enumerate(texts)}


def test_prune(folder: Path, server: Fake, client: Client) -> None:
    """Only graphs of files are dropped, and only when asked to; what others keep on the server stays."""
    strange = [f"{BASE}source/ff", f"{BASE}notes", "https://example.org/source/1"]
    for graph in strange:
        server.store.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <urn:s> <urn:p> 1 }} }}")
    assert push(folder, whole(server), client).strange == (strange[0],)
    assert server.counts() == COUNTS | dict.fromkeys(strange, 1)
    push(folder, whole(server), client, prune=True)
    assert server.counts() == COUNTS | dict.fromkeys(strange[1:], 1)
    server.store.update(f"INSERT DATA {{ GRAPH <{strange[0]}> {{ <urn:s> <urn:p> 1 }} }}")
    push(folder, updating(server), client, prune=True)
    assert server.counts() == COUNTS | dict.fromkeys(strange[1:], 1)


def test_dry_run(folder: Path, server: Fake) -> None:
    """Nothing is sent, dropped or noted."""
    server.store.update(f"INSERT DATA {{ GRAPH <{BASE}source/ff> {{ <urn:s> <urn:p> 1 }} }}")
    result = kg("push", folder, "--endpoint", server.address, "--dry-run", "--prune")
    assert result.exit_code == 0, result.output
    assert f"would send <{BASE}source/0a>" in result.output
    assert f"would drop <{BASE}source/ff>" in result.output
    assert "3 of 3 graphs would be sent, 23 quads; 1 would be dropped" in result.output
    assert server.counts() == {f"{BASE}source/ff": 1}
    assert not (folder / "pushed").exists()


def test_a_server_that_keeps_less(folder: Path, server: Fake, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A 200 is not believed: a graph counts as sent when the server counts its triples."""
    monkeypatch.setattr("push.fake._Handler._graph", lambda self, body: self._answer(204))
    with pytest.raises(RemoteError, match=f"holds 0 triples of <{BASE}source/0a>, and 6 were sent"):
        push(folder, whole(server), client)
    monkeypatch.undo()
    assert len(push(folder, whole(server), client).sent) == 3


def test_stopped_in_the_middle(folder: Path, server: Fake, client: Client) -> None:
    """A graph of which a part arrived is sent again as a whole."""
    server.faults = [*["fine"] * 2, *[503] * 9]
    with pytest.raises(RemoteError, match="503"):
        push(folder, updating(server), client, most=4)
    server.faults = []
    assert server.counts() == {f"{BASE}source/0a": 4}
    done = push(folder, updating(server), client, most=4)
    assert len(done.sent) == 3
    assert server.counts() == COUNTS


def test_an_old_version_is_not_believed(folder: Path, server: Fake, client: Client) -> None:
    """A push stopped in the middle of a new version leaves something else than the old one, be its size the same."""
    push(folder, updating(server), client)
    old = LINES["source/0a"]
    write_graph(folder, LINES | {"source/0a": (*old[:4], *(f"<urn:s> <urn:p> {n}" for n in ('"1"', '"2"', '"3"')))})
    server.faults = [*["fine"] * 3, *[503] * 9]
    with pytest.raises(RemoteError, match="503"):
        push(folder, updating(server), client, most=6)
    server.faults = []
    assert server.counts()[f"{BASE}source/0a"] == len(old)
    write_graph(folder, LINES)
    assert push(folder, updating(server), client).sent == (f"{BASE}source/0a",)


def test_killed(folder: Path, server: Fake, client: Client) -> None:
    """kill -9 while a graph is on its way: the next push sends that and what follows, not what arrived."""
    server.faults = ["fine"] * 2 + ["slow"]
    target = target_at(server.address, "", f"{server.address}/data")
    words = ["push", str(folder), "--endpoint", target.endpoint, "--graph-store", f"{server.address}/data"]
    process = subprocess.Popen([sys.executable, "-m", "kg", *words])
    while server.faults:
        assert process.poll() is None
    process.kill()
    process.wait()
    (notes,) = (folder / "pushed").glob("*.csv")
    assert [line.partition(",")[0] for line in notes.read_text("utf-8").splitlines()] == ["graph", f"{BASE}source/0a"]
    assert push(folder, target, client).sent == (f"{BASE}source/0b", f"{BASE}reference")
    assert server.counts() == COUNTS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "graph,sha",
        f"graph,sha256\nurn:g,{'a' * 63}",
        f"graph,sha256\nurn:g,{'a' * 64}",
        "\x00\n\xff\n,,,\n",
    ],
)
def test_torn_notes(text: str, tmp_path: Path) -> None:
    """A line that is not whole is not believed."""
    memory = Memory(tmp_path, "http://h/")
    memory.file.parent.mkdir()
    memory.file.write_bytes(text.encode("latin-1"))
    assert Memory(tmp_path, "http://h/")["urn:g"] == ""


def test_old_layout(folder: Path, server: Fake) -> None:
    """Lines that do not stand together: nothing is sent, the cure is named."""
    lines = (folder / "graph.nq").read_bytes().splitlines(keepends=True)
    (folder / "graph.nq").write_bytes(b"".join([*lines[1:], lines[0]]))
    result = kg("push", folder, "--endpoint", server.address)
    assert result.exit_code == 1
    assert "do not stand together" in result.output
    assert "kg build DOCS --out" in result.output
    assert server.asked == []


@pytest.mark.parametrize(
    "line",
    [
        b"<urn:s> <urn:p> <urn:o> .\n",
        b'<urn:s> <urn:p> "a <b> .\n',
        b"<urn:s> <urn:p> <urn:o> _:g .\n",
        b"# remark\n",
        b"\n",
        b'<urn:s> <urn:p> "a" <urn:g> .',
    ],
)
def test_lines_without_a_named_graph(line: bytes, tmp_path: Path) -> None:
    """The default graph of a server is nobody's, so nothing is ever sent there."""
    (file := tmp_path / "graph.nq").write_bytes(b'<urn:s> <urn:p> "x" <urn:g> .\n' + line)
    with pytest.raises(GraphError, match=r"graph\.nq:2 is no line of a named graph"):
        list(graphs_in(file))


def test_graphs_one_by_one(folder: Path) -> None:
    """As they stand in the file, each with its triples."""
    found = list(graphs_in(folder / "graph.nq"))
    assert {graph.iri: graph.quads for graph in found} == COUNTS
    assert found[1].triples.decode() == "".join(f"{triple} .\n" for triple in LINES["source/0b"])


def test_not_writable(folder: Path, server: Fake) -> None:
    """What was sent would be forgotten, so nothing is sent."""
    (folder / "pushed").write_text("", "utf-8")
    result = kg("push", folder, "--endpoint", server.address)
    assert (result.exit_code, "would be forgotten" in result.output) == (1, True)
    assert server.counts() == {}


@pytest.mark.parametrize(
    ("endpoint", "update", "graph_store"),
    [
        ("http://h:3030/ds/sparql", "http://h:3030/ds/update", "http://h:3030/ds/data"),
        ("http://h:3030/ds", "http://h:3030/ds/update", "http://h:3030/ds/data"),
        (
            "http://h:7200/repositories/r",
            "http://h:7200/repositories/r/statements",
            "http://h:7200/repositories/r/rdf-graphs/service",
        ),
        ("http://h:8890/sparql", "http://h:8890/sparql-auth", "http://h:8890/sparql-graph-crud-auth"),
        ("http://h:7878/sparql", "http://h:7878/sparql", "http://h:7878/store"),
        ("http://h:7878/query", "http://h:7878/update", "http://h:7878/store"),
        ("https://h/any", "https://h/any", ""),
    ],
)
def test_usual_addresses(endpoint: str, update: str, graph_store: str) -> None:
    """Of the servers that are documented; what the user says goes before."""
    assert target_at(endpoint) == Target(endpoint, update, graph_store)
    assert target_at(endpoint, "http://u/", "http://g/") == Target(endpoint, "http://u/", "http://g/")
