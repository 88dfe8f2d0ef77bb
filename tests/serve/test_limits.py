"""Queries that take too long, too much memory or too much room: each ends with an error, and the others go on."""

from __future__ import annotations

import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from serve import hostile
from serve.conftest import write_graph
from serve.served import Reply, Served, served

NUMBERS = "VALUES ?n { " + " ".join(map(str, range(100))) + " }"
ENDLESS = "SELECT (COUNT(*) AS ?x) { " + " ".join(NUMBERS.replace("?n", f"?n{i}") for i in range(8)) + " }"
GREEDY = (
    "SELECT (GROUP_CONCAT(?t; separator='') AS ?all) { "
    + " ".join(NUMBERS.replace("?n", f"?n{i}") for i in range(4))
    + " BIND(CONCAT(STR(?n0), 'a long text, a long text, a long text') AS ?t) }"
)
WIDE = "SELECT * { " + " ".join(NUMBERS.replace("?n", f"?n{i}") for i in range(3)) + " }"
FAST = "ASK {}"


def timed(service: Served, text: str) -> tuple[Reply, float]:
    began = time.perf_counter()
    reply = service.ask("/sparql", "POST", text, {"Content-Type": "application/sparql-query"})
    return reply, time.perf_counter() - began


def _until_warm(service: Served) -> None:
    """All processes are started in turn; a query is answered from the first on."""
    while service.ask("/health").json["idle"] < 5:
        time.sleep(0.1)


def test_time_limit(reading: Served) -> None:
    """504 at the limit of a second, not long after it; the next query is answered at once."""
    _until_warm(reading)
    reply, seconds = timed(reading, ENDLESS)
    assert reply.status == 504
    assert "within 1 seconds" in reply.detail
    assert 0.9 < seconds < 1.6
    assert timed(reading, FAST)[1] < 1


def test_memory_limit(tmp_path: Path) -> None:
    """503 where a query wants more memory than it may have; the service stays."""
    with served(write_graph(tmp_path / "graph", "双减"), "--memory-mb", "100", "--timeout", "20") as service:
        reply, _ = timed(service, GREEDY)
        assert reply.status == 503
        assert "memory" in reply.detail
        assert reply.headers["retry-after"]
        assert timed(service, FAST)[0].status == 200


def test_result_limit(reading: Served) -> None:
    """An answer above --max-result-mb is an error, not a cut."""
    reply, _ = timed(reading, WIDE)
    assert (reply.status, reply.media) == (422, "application/problem+json")
    assert "larger than 1.04858 MB" in reply.detail


def test_fast_beside_endless(reading: Served) -> None:
    """More endless queries than processes: the fast ones wait their turn, and all are answered."""
    replies: list[Reply] = []
    slow = [threading.Thread(target=lambda: replies.append(timed(reading, ENDLESS)[0])) for _ in range(6)]
    for thread in slow:
        thread.start()
    fast = [timed(reading, FAST) for _ in range(20)]
    for thread in slow:
        thread.join()
    assert {reply.status for reply, _ in fast} == {200}
    assert [reply.status for reply in replies] == [504] * 6
    assert reading.ask("/health").json["status"] == "ok"


def test_client_that_leaves(tmp_path: Path) -> None:
    """A query whose client has gone is ended before its time."""
    with served(write_graph(tmp_path / "graph", "双减"), "--workers", "1", "--timeout", "60") as service:
        parts = urlsplit(service.address)
        connection = socket.create_connection((parts.hostname or "", parts.port or 0))
        body = ENDLESS.encode()
        head = f"POST /sparql HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/sparql-query\r\n"
        connection.sendall(head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        time.sleep(0.5)
        connection.close()
        reply, seconds = timed(service, FAST)
        assert reply.status == 200
        assert seconds < 5


def test_end_while_busy(tmp_path: Path) -> None:
    """SIGTERM ends the service and its processes within some seconds, whatever runs."""
    with served(write_graph(tmp_path / "graph", "双减"), "--timeout", "60") as service:
        statuses: list[int] = []
        thread = threading.Thread(target=lambda: statuses.append(_status(service, ENDLESS)))
        thread.start()
        time.sleep(0.5)
        service.process.terminate()
        assert service.process.wait(15) == 0
        thread.join()
    assert statuses[0] in (0, 500, 503)


def _status(service: Served, text: str) -> int:
    try:
        return timed(service, text)[0].status
    except OSError:
        return 0


def test_hostile_requests(reading: Served) -> None:
    """A share of scripts/soak_serve.py: whatever comes in, the service answers by itself and works on."""
    parts = urlsplit(reading.address)
    where = (parts.hostname or "", parts.port or 0)
    requests = list(islice(hostile.requests(7, parts.netloc), 250))
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda request: hostile.answered(where, request), requests))
    for request, answer in zip(requests, answers, strict=True):
        assert re.match(rb"HTTP/1\.1 (?!500)[1-5]\d\d |$", answer), (request, answer)
    assert timed(reading, FAST)[0].status == 200
    assert "Traceback" not in reading.complaints.read_text("utf-8")
