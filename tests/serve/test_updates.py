"""A store of the service's own: what changes it, and that every reader sees a commit at once."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from serve.served import ROOT, Served, served

TURTLE = {"Content-Type": "text/turtle"}
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
NAMED = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
TOKEN = "a-token-of-some-length"


def count(service: Served, text: str = COUNT) -> int:
    return int(service.values(text)[0]["n"])


def test_visible_at_once(standard: Served) -> None:
    """After the answer to an update every query sees it, whichever process answers."""
    standard.update("DROP ALL")
    for n in range(1, 31):
        assert standard.update(f"INSERT DATA {{ <u:a> <u:n> {n} }}").status == 204
        assert count(standard) == n


def test_visible_to_all(standard: Served) -> None:
    """Readers that ask all the time never see less than what was committed before they asked."""
    standard.update("DROP ALL")
    committed, faults, is_over = 0, [], threading.Event()

    def read() -> None:
        while not is_over.is_set():
            least = committed
            if (seen := count(standard)) < least:
                faults.append((least, seen))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for n in range(1, 40):
        standard.update(f"INSERT DATA {{ <u:a> <u:n> {n} }}")
        committed = n
    is_over.set()
    for reader in readers:
        reader.join()
    assert faults == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("INSERT DATA { <u:a> <u:b> 1 }", 204),
        ("INSERT DATA { nobody:knows <u:b> 1 }", 400),
        ("SELECT * { ?s ?p ?o }", 400),
        ("LOAD <http://127.0.0.1:9/>", 400),
        ("LOADSILENT<http://127.0.0.1:9/>", 400),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400),
        ("DROP GRAPH <u:none>", 422),
    ],
)
def test_update(standard: Served, text: str, status: int) -> None:
    """What is written, what is no update, what goes out to the network."""
    assert standard.update(text).status == status


def test_update_is_whole_or_nothing(standard: Served) -> None:
    """An update that fails at its last operation leaves nothing of the first."""
    standard.update("DROP ALL")
    assert standard.update("INSERT DATA { <u:a> <u:b> 1 } ; DROP GRAPH <u:none>").status == 422
    assert count(standard) == 0


def test_endless_update(standard: Served) -> None:
    """It is ended at its time; nothing of it was written, readers go on meanwhile, and the next one works."""
    standard.update("DROP ALL")
    values = " ".join(f"<u:a{n}> <u:b> {n} ." for n in range(200))
    standard.update(f"INSERT DATA {{ {values} }}")
    endless = "INSERT { ?a <u:c> ?f } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?c + ?f + ?i > 1) }"
    replies = []
    thread = threading.Thread(target=lambda: replies.append(standard.update(endless)))
    thread.start()
    assert count(standard) == 200
    thread.join()
    assert replies[0].status == 504
    assert standard.update("INSERT DATA { <u:last> <u:b> 1 }").status == 204
    assert count(standard) == 201


def test_using(standard: Served) -> None:
    """The dataset of an update's patterns comes from the request."""
    standard.update("DROP ALL ; INSERT DATA { GRAPH <u:g> { <u:a> <u:b> 1 } GRAPH <u:h> { <u:a> <u:b> 2 } }")
    kind = {"Content-Type": "application/sparql-update"}
    standard.ask("/sparql?using-graph-uri=u:g", "POST", "INSERT { ?s <u:c> ?o } WHERE { ?s ?p ?o }", kind)
    assert standard.values("SELECT ?o { ?s <u:c> ?o }") == [{"o": "1"}]
    beside = standard.ask(
        "/sparql?using-graph-uri=u:g", "POST", "WITH <u:g> DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", kind
    )
    assert beside.status == 400


def test_graph_store(standard: Served) -> None:
    """PUT replaces, POST adds, DELETE removes; each says whether the graph is new."""
    standard.update("DROP ALL")
    at = "/store?graph=http://example.org/g"
    assert standard.ask(at, "PUT", "<u:a> <u:b> 1, 2 .", TURTLE).status == 201
    assert standard.ask(at, "PUT", "<u:a> <u:b> 3 .", TURTLE).status == 204
    assert standard.ask(at, "POST", "<u:a> <u:b> 4 .", TURTLE).status == 204
    assert standard.ask(at, headers={"Accept": "application/n-triples"}).text.count("\n") == 2
    assert count(standard) == 0
    assert standard.ask(at, "DELETE").status == 204
    assert standard.ask(at, "DELETE").status == 404
    assert standard.ask(at).status == 404


def test_new_graph(standard: Served) -> None:
    """POST to the store itself makes a graph and says where."""
    reply = standard.ask("/store", "POST", "<u:a> <u:b> 1 .", TURTLE)
    assert reply.status == 201
    assert standard.ask(reply.headers["location"].removeprefix(standard.address)).status == 200


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("<u:a> <u:b>", "text/turtle", 400),
        ("GRAPH <u:g> { <u:a> <u:b> 1 }", "application/trig", 400),
        ("<u:a> <u:b> 1 .", "text/html", 415),
        ("<u:a> <u:b> 1 .", "", 415),
        ("<u:a> <u:b> '" + "x" * 1_100_000 + "' .", "text/turtle", 413),
    ],
)
def test_body_refused(standard: Served, body: str, kind: str, status: int) -> None:
    """What is no RDF of one graph, or too much of it; nothing is written."""
    reply = standard.ask("/store?graph=u:refused", "PUT", body, {"Content-Type": kind})
    assert reply.status == status
    assert standard.ask("/store?graph=u:refused").status == 404


def test_union(tmp_path: Path) -> None:
    """The default graph follows the named ones: what another graph says, too, stays; it is not written by itself."""
    with served(tmp_path / "store", "--updates", "--no-token", "--workers", "2") as service:
        for method, name, body, union, quads in (
            ("PUT", "g", "<u:a> <u:b> 1, 2 .", "12", 2),
            ("PUT", "h", "<u:a> <u:b> 2, 3 .", "123", 4),
            ("PUT", "g", "<u:a> <u:b> 4 .", "234", 3),
            ("POST", "g", "<u:a> <u:b> 3, 5 .", "2345", 5),
            ("DELETE", "h", "", "345", 3),
        ):
            service.ask(f"/store?graph=u:{name}", method, body, TURTLE)
            assert "".join(row["o"] for row in service.values("SELECT ?o { ?s ?p ?o } ORDER BY ?o")) == union
            assert count(service, NAMED) == quads
        for refused in (
            service.update("DROP ALL"),
            service.ask("/store?default", "PUT", "<u:a> <u:b> 1 .", TURTLE),
            service.ask("/store?default", "DELETE"),
        ):
            assert refused.status == 409
            assert "--default-graph standard" in refused.detail
        assert count(service) == 3


def test_token(tmp_path: Path) -> None:
    """Changes need the token; reading does not. The store is there again after a restart, and without --updates."""
    file = tmp_path / "token"
    file.write_text(TOKEN)
    store = tmp_path / "store"
    log = tmp_path / "log"
    right = {"Authorization": f"Bearer {TOKEN}"}
    with served(store, "--updates", "--token-file", str(file), "--log", str(log)) as service:
        for wrong in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}):
            refused = service.ask("/store?graph=u:g", "PUT", "<u:a> <u:b> 1 .", {**TURTLE, **wrong})
            assert (refused.status, refused.headers["www-authenticate"]) == (401, 'Bearer realm="kg"')
        foreign = {**TURTLE, **right, "Origin": "https://example.org"}
        assert service.ask("/store?graph=u:g", "PUT", "<u:a> <u:b> 1 .", foreign).status == 403
        assert service.ask("/store?graph=u:g", "PUT", "<u:a> <u:b> 1 .", {**TURTLE, **right}).status == 201
        assert count(service) == 1
    assert TOKEN not in log.read_text("utf-8")
    with served(store) as service:
        assert count(service) == 1
        assert service.ask("/store?graph=u:g", "PUT", "<u:a> <u:b> 1 .", {**TURTLE, **right}).status == 403
    assert sorted(file.name for file in store.iterdir()) == ["quads", "store.json"]


def test_one_service_per_store(tmp_path: Path) -> None:
    """A second service of the same store gets a clear message, and the first goes on."""
    with served(tmp_path / "store", "--updates", "--no-token") as service:
        command = [sys.executable, "-m", "kg", "serve", str(tmp_path / "store"), "--port", "0"]
        second = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)
        assert second.returncode == 1
        assert "in use by another kg serve" in second.stderr
        assert service.ask("/store?graph=u:g", "PUT", "<u:a> <u:b> 1 .", TURTLE).status == 201


def test_killed(tmp_path: Path) -> None:
    """`kill -9` of the service loses no commit."""
    store = tmp_path / "store"
    command = [
        sys.executable,
        "-m",
        "kg",
        "serve",
        str(store),
        "--port",
        "0",
        "--updates",
        "--no-token",
        "--timeout",
        "1",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT)
    assert process.stdout is not None
    address = process.stdout.readline().split(" at ")[1].split("/ ")[0]
    service = Served(address, process, tmp_path)
    assert service.ask("/store?graph=u:g", "PUT", "<u:a> <u:b> 1 .", TURTLE).status == 201
    process.kill()
    process.wait()
    process.stdout.close()
    with served(store) as again:
        assert count(again) == 1
