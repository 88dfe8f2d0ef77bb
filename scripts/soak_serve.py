"""Thousands of hostile requests and many clients at once against `kg serve`: python scripts/soak_serve.py → what became of them.

    python scripts/soak_serve.py --requests 50000            malformed HTTP and SPARQL, one connection each
    python scripts/soak_serve.py --load 60                   64 clients for 60 seconds, 5 % of the queries never end
    python scripts/soak_serve.py --beside                    a fast query, alone and beside one that never ends

Asks the graph of the bundled example unless --graph names another. Ends with 1 where the service failed.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # for tests/serve, which is in no package

from serve import hostile  # noqa: E402
from serve.served import Served, served  # noqa: E402

from kg.pipeline import build  # noqa: E402

FAST = "SELECT ?p ?o WHERE { ?s a pol:Program ; ?p ?o } LIMIT 20"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c != ?f && ?f != ?i) }"
CLIENTS = 64
SHARE = 0.05
LIMIT = 2.0  # seconds of a query in the load run
AT_ONCE = 48  # hostile clients


class Sample(NamedTuple):
    """One query of a client."""

    is_fast: bool
    status: int
    seconds: float


async def ask(address: str, text: str) -> Sample:
    """One query on a connection of its own."""
    parts = urlsplit(address)
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    request = f"GET /sparql?query={quote(text)} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n"
    writer.write(request.encode())
    told = await reader.read(-1)
    writer.close()
    await writer.wait_closed()
    return Sample(text == FAST, int(told.split(b" ", 2)[1]) if told else 0, time.perf_counter() - began)


async def client(address: str, until: float, chance: random.Random, share: float) -> list[Sample]:
    """Queries one after the other until the time is over."""
    samples = []
    while time.perf_counter() < until:
        samples.append(await ask(address, ENDLESS if chance.random() < share else FAST))
    return samples


async def load(address: str, clients: int, seconds: float, share: float) -> list[Sample]:
    """The samples of many clients at once."""
    until = time.perf_counter() + seconds
    every = await asyncio.gather(*(client(address, until, random.Random(n), share) for n in range(clients)))
    return [sample for samples in every for sample in samples]


def quantile(values: list[float], share: float) -> float:
    """In milliseconds."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000 if values else 0.0


def memory(service: Served) -> int:
    """Megabytes that the service and its processes hold (Linux)."""
    parent = service.process.pid
    pids = [parent, *(int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split())]
    pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids]
    return sum(pages) * 4096 // 1_000_000


def _warm(service: Served) -> None:
    """All processes are started in turn; figures count from when they are there."""
    while service.ask("/health").json["idle"] < 5:
        time.sleep(0.2)


def told(samples: list[Sample], seconds: float) -> str:
    """The figures of the fast queries, then of the others."""
    fast = [sample.seconds for sample in samples if sample.is_fast]
    slow = [sample.seconds for sample in samples if not sample.is_fast and sample.status == 504]
    return (
        f"fast: {len(fast)} ({len(fast) / seconds:.0f}/s), statuses {dict(Counter(s.status for s in samples if s.is_fast))}, "
        f"p50 {quantile(fast, 0.5):.1f} ms, p99 {quantile(fast, 0.99):.1f} ms, longest {quantile(fast, 1):.0f} ms\n"
        f"endless: {dict(Counter(s.status for s in samples if not s.is_fast))}, shortest and longest "
        f"{quantile(slow, 0):.0f} and {quantile(slow, 1):.0f} ms"
    )


def run_load(graph: Path, seconds: float) -> bool:
    """64 clients, one query in twenty never ends; whether all others were answered and the memory came back."""
    with served(graph, "--timeout", str(LIMIT)) as service:
        _warm(service)
        asyncio.run(load(service.address, 4, 2, 0.0))
        before = memory(service)
        samples = asyncio.run(load(service.address, CLIENTS, seconds, SHARE))
        time.sleep(5)
        after = memory(service)
        print(told(samples, seconds))
        print(f"memory before and 5 s after: {before} and {after} MB; {service.complaints.read_text('utf-8').strip()}")
    return all(s.status == 200 for s in samples if s.is_fast) and after < before * 1.3 + 50


def run_beside(graph: Path) -> bool:
    """A fast query for ten seconds alone, then beside one that never ends; whether its p99 stays below 50 ms."""
    with served(graph, "--timeout", "8") as service:
        _warm(service)
        alone = asyncio.run(load(service.address, 1, 5, 0.0))
        print("alone:  ", told(alone, 5).splitlines()[0])
        beside, endless = asyncio.run(_both(service.address))
        print("beside: ", told(beside, 7).splitlines()[0])
        print(f"endless: {endless.status} after {endless.seconds:.3f} s, limit 8 s")
        began = time.perf_counter()
        asyncio.run(load(service.address, 1, 0.01, 0.0))
        print(f"next query {1000 * (time.perf_counter() - began):.0f} ms later")
        many = asyncio.run(load(service.address, 16, 5, 0.0))
        print("16 clients:", told(many, 5).splitlines()[0])
    return quantile([sample.seconds for sample in beside], 0.99) <= 50


async def _both(address: str) -> tuple[list[Sample], Sample]:
    endless = asyncio.create_task(ask(address, ENDLESS))
    await asyncio.sleep(0.3)
    return await load(address, 1, 7, 0.0), await endless


def run_hostile(graph: Path, count: int, seed: int) -> bool:
    """Whether the service answers every request by itself, never with 500, and still works."""
    with served(graph, "--timeout", "5") as service, ThreadPoolExecutor(AT_ONCE) as threads:
        _warm(service)
        parts = urlsplit(service.address)
        where = (parts.hostname or "", parts.port or 0)
        before, began = memory(service), time.perf_counter()
        asked = islice(hostile.requests(seed, parts.netloc), count)
        statuses: Counter[str] = Counter()
        while batch := list(islice(asked, 2000)):
            for request, answer in zip(
                batch, threads.map(lambda one: hostile.answered(where, one), batch), strict=True
            ):
                status = answer[9:12].decode("ascii", "replace") if answer.startswith(b"HTTP/1.1 ") else "closed"
                statuses[status] += 1
                if status == "500":
                    print(request[:300], answer[:600])
        complaints = service.complaints.read_text("utf-8")
        print(f"{count} requests in {time.perf_counter() - began:.0f} s: {dict(sorted(statuses.items()))}")
        print(
            f"memory before and after: {before} and {memory(service)} MB; standard error: {complaints[:2000] or 'nothing'}"
        )
        return statuses["500"] == 0 and "Traceback" not in complaints and service.ask("/health").status == 200


def main() -> int:
    """Runs what is asked for; 1 where one of them failed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--requests", type=int, default=0)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--load", type=float, default=0.0, metavar="SECONDS")
    options.add_argument("--beside", action="store_true")
    options.add_argument("--graph", type=Path)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        graph = asked.graph or Path(folder) / "graph"
        if asked.graph is None:
            build([ROOT / "data" / "examples"], graph)
        good = not asked.requests or run_hostile(graph, asked.requests, asked.seed)
        good = (not asked.load or run_load(graph, asked.load)) and good
        good = (not asked.beside or run_beside(graph)) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
