"""A second engine: Virtuoso 7 holds what was pushed, and answers the shipped questions as a graph on disk does."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.graph.iris import BASE
from kg.graph.named import graphs_in
from kg.graph.questions import Question, questions
from kg.graph.remote import RemoteGraph
from kg.graph.store import PolicyGraph, open_graph
from kg.graph.terms import text_literal
from kg.pipeline import build
from kg.push import Pushed, Target, push
from kg.remote.client import Client
from kg.remote.login import Login
from push.conftest import NASTY, write_graph
from push.virtuoso import PROGRAM, virtuoso

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "data" / "examples"
COUNTS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), STR(id:))) } GROUP BY ?g"
ASKED = {  # what the examples tell of: an empty answer would prove nothing
    "Place": "芜湖市",
    "Program": "县管校聘",
    "PolicyDocument": "关于推进县（区）域内义务教育学校校长教师交流轮岗的意见",
    "text": "09-wuhu-2017-2018.txt",
    "integer": "2017",
}
# Virtuoso 7.2.5 loses values in some rows of this question, which has many OPTIONALs of sub-selects: other ones from server to
# server, and now and then none.
UNSTEADY = pytest.mark.xfail(reason="Virtuoso 7.2.5 loses values of OPTIONAL sub-selects", strict=False)
ASKED_OF_BOTH = [pytest.param(q, id=q.name, marks=[UNSTEADY] if q.name == "events" else []) for q in questions()]

pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="virtuoso-t is missing: apt-get install virtuoso-opensource-7-bin"
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the examples."""
    folder: Path = tmp_path_factory.mktemp("examples")
    build([EXAMPLES], folder)
    return folder


@pytest.fixture(scope="module")
def local(graph: Path) -> PolicyGraph:
    return open_graph(graph)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as started:
        yield started


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client(Login("dba", "dba"), seconds=60) as opened:
        yield opened


@pytest.fixture(scope="module")
def whole(address: str) -> Target:
    return Target(f"{address}/sparql", f"{address}/sparql-auth", f"{address}/sparql-graph-crud-auth")


@pytest.fixture(scope="module")
def updating(address: str) -> Target:
    return Target(f"{address}/sparql", f"{address}/sparql-auth")


@pytest.fixture(scope="module")
def pushed(graph: Path, whole: Target, client: Client) -> Pushed:
    """The first push, of everything."""
    return push(graph, whole, client)


@pytest.fixture(scope="module")
def remote(pushed: Pushed, whole: Target, client: Client) -> RemoteGraph:
    return RemoteGraph(client, whole.endpoint)


def kg(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def counts(remote: RemoteGraph) -> dict[str, int]:
    return {str(row[0]): int(row[1] or 0) for row in remote.query(COUNTS.replace("STR(id:)", f'"{BASE}"'))}


def quads(graph: Path) -> dict[str, int]:
    return {named.iri: named.quads for named in graphs_in(graph / "graph.nq")}


def test_everything_arrives(pushed: Pushed, graph: Path, remote: RemoteGraph) -> None:
    """Each graph, whole; the next push sends nothing."""
    assert len(pushed.sent) == pushed.graphs == len(quads(graph))
    assert counts(remote) == quads(graph)


def test_again(pushed: Pushed, graph: Path, whole: Target, client: Client) -> None:
    """What is there is not sent again."""
    assert push(graph, whole, client).sent == ()


def asked(question: Question) -> Iterator[dict[str, str]]:
    """With nothing fixed, and with each parameter fixed."""
    yield {}
    for parameter in question.parameters:
        yield {parameter.name: ASKED[parameter.kind]}


@pytest.mark.parametrize("question", ASKED_OF_BOTH)
def test_shipped_questions(question: Question, local: PolicyGraph, remote: RemoteGraph) -> None:
    """The same rows with the same terms, parameters open or fixed."""
    for params in asked(question):
        mine, theirs = local.query(question.text, params), remote.query(question.text, params)
        assert remote.notes == []
        assert theirs.columns == mine.columns
        assert sorted(map(str, theirs.terms)) == sorted(map(str, mine.terms)), params


def test_command(pushed: Pushed, whole: Target, graph: Path) -> None:
    """The same on the terminal, up to the order of rows that the question leaves open."""
    words = ("who-adopted", "-p", "program=县管校聘", "-f", "csv")
    remote, mine = kg("query", "--endpoint", whole.endpoint, *words), kg("query", graph, *words)
    assert remote.exit_code == 0, remote.output
    assert sorted(remote.stdout.splitlines()) == sorted(mine.stdout.splitlines())


def test_a_changed_document(pushed: Pushed, graph: Path, whole: Target, client: Client, tmp_path: Path) -> None:
    """Only its graph is sent; then the old one again."""
    changed = sorted(quads(graph))[-1]
    lines = (graph / "graph.nq").read_bytes().splitlines(keepends=True)
    kept = [line for n, line in enumerate(lines) if n % 2 or f"<{changed}> .\n".encode() not in line]
    (tmp_path / "graph.nq").write_bytes(b"".join(kept))
    notes = next((graph / "pushed").iterdir())
    (tmp_path / "pushed").mkdir()
    (tmp_path / "pushed" / notes.name).write_bytes(notes.read_bytes())
    assert push(tmp_path, whole, client).sent == (changed,)
    assert push(graph, whole, client).sent == (changed,)


def test_updates_and_a_kill(pushed: Pushed, graph: Path, updating: Target, client: Client, tmp_path: Path) -> None:
    """Small updates, killed in the middle: the next push sends the rest, and all is there."""
    some = sorted(quads(graph))[1:7]
    lines = (graph / "graph.nq").read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if line.rsplit(b" ", 2)[1].decode()[1:-1] in some]
    (tmp_path / "graph.nq").write_bytes(b"".join(kept))
    (tmp_path / "password").write_text("dba\n", "utf-8")
    words = ["push", str(tmp_path), "--endpoint", updating.endpoint, "--update-endpoint", updating.update]
    words += ["--user", "dba", "--password-file", str(tmp_path / "password"), "--batch", "100"]
    process = subprocess.Popen([sys.executable, "-m", "kg", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while arrived(tmp_path) < 2 and process.poll() is None:
        time.sleep(0.005)
    process.kill()
    process.communicate()
    before = arrived(tmp_path)
    assert 2 <= before < len(some)
    assert len(push(tmp_path, updating, client).sent) == len(some) - before
    assert counts(RemoteGraph(client, updating.endpoint)) == quads(graph)


def arrived(folder: Path) -> int:
    """How many graphs the notes say to be there."""
    return sum(file.read_text("utf-8").count("\n") - 1 for file in folder.glob("pushed/*.csv"))


@pytest.mark.parametrize("how", ["whole", "updating"])
def test_hostile_text(how: str, request: pytest.FixtureRequest, client: Client, tmp_path: Path) -> None:
    """Arrives as it is; a graph that begins with a long text is not taken as a whole, and goes as updates."""
    target = request.getfixturevalue(how)
    texts = [NASTY, "\\u0022", "\\\\u0022", "\\\\\\U00000022", "a", "县" * 60_000]
    triples = tuple(f"<{BASE}source/{how}> <urn:p{n}> {text_literal(text)}" for n, text in enumerate(texts))
    other = tuple(reversed(triples))
    folder = write_graph(tmp_path / "g", {f"source/{how}": triples, f"source/{how}-long": other})
    told: list[str] = []
    push(folder, target, client, tell=told.append)
    assert len(told) == (how == "whole")
    for name in (how, f"{how}-long"):
        rows = RemoteGraph(client, target.endpoint).rows(
            f"SELECT ?p ?o WHERE {{ GRAPH <{BASE}source/{name}> {{ ?s ?p ?o }} }}"
        )
        assert dict(rows.terms) == {ox.NamedNode(f"urn:p{n}"): ox.Literal(text) for n, text in enumerate(texts)}


def test_prune(pushed: Pushed, graph: Path, whole: Target, updating: Target, client: Client) -> None:
    """Graphs of files that are gone are dropped, by both ways."""
    update = f"INSERT DATA {{ GRAPH <{BASE}source/ff> {{ <urn:s> <urn:p> 1 }} }}"
    for target in (whole, updating):
        client.form(updating.update, {"update": update}, "*/*")
        assert f"{BASE}source/ff" in push(graph, target, client, prune=True).strange
        assert counts(RemoteGraph(client, target.endpoint)) == quads(graph)
