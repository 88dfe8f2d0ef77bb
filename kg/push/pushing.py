"""A graph folder and a server → the same named graphs on the server: sent, found there already, dropped."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from kg.errors import GraphError
from kg.graph.named import base_of, graphs_in
from kg.graph.store import graph_file
from kg.push.memory import Memory
from kg.push.server import Server, differs
from kg.push.targets import Target
from kg.push.updates import MOST_TRIPLES
from kg.remote.client import Client

Progress = Callable[[int, int, str], None]  # done, all, graph


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did, or would do."""

    graphs: int
    sent: tuple[str, ...]
    quads: int  # of what was sent
    strange: tuple[str, ...]  # graphs below source/ on the server that the local graph does not have
    dropped: bool

    @property
    def unchanged(self) -> int:
        return self.graphs - len(self.sent)


@dataclass(frozen=True, slots=True)
class _Plan:
    hashes: dict[str, str]
    quads: dict[str, int]
    sending: dict[str, None]  # in order of the file
    strange: tuple[str, ...]
    base: str


def push(
    graph: Path,
    target: Target,
    client: Client,
    *,
    prune: bool = False,
    dry_run: bool = False,
    most: int = MOST_TRIPLES,
    progress: Progress = lambda done, all_, graph: None,
    tell: Callable[[str], None] = lambda note: None,
) -> Pushed:
    """Brings the server to the state of a graph folder or .nq file; GraphError, RemoteError.

    A graph is sent where its triples changed since it was sent to this endpoint, or where the server holds another
    number of them. With `prune`, graphs below `{base}source/` that the local graph does not have are dropped.
    A push that was stopped goes on where it was.
    """
    file = graph_file(graph)
    server = Server(client, target, tell, most)
    memory = Memory(file.parent, target.endpoint)
    plan = _planned(file, server, memory)
    done = Pushed(
        len(plan.hashes), tuple(plan.sending), sum(plan.quads[iri] for iri in plan.sending), plan.strange, prune
    )
    if dry_run:
        return done
    with memory:
        _send(file, server, memory, plan, progress)
        if plan.sending:
            _check(target, server, memory, plan)
        for iri in plan.strange if prune else ():
            memory.begun(iri)
            server.drop(iri)
    return done


def _planned(file: Path, server: Server, memory: Memory) -> _Plan:
    hashes: dict[str, str] = {}
    quads: dict[str, int] = {}
    for named in graphs_in(file):
        hashes[named.iri], quads[named.iri] = named.sha256, named.quads
    base = base_of(hashes)
    if base is None:
        raise GraphError(
            f"{file} holds no named graph of a file; build the graph again: kg build DOCS --out {file.parent}"
        )
    held = server.counts(base)
    sending = [iri for iri in hashes if memory[iri] != hashes[iri] or held.get(iri) != quads[iri]]
    return _Plan(hashes, quads, dict.fromkeys(sending), tuple(_strange(held, hashes, base)), base)


def _strange(held: Collection[str], local: Collection[str], base: str) -> list[str]:
    return sorted(iri for iri in held if iri.startswith(f"{base}source/") and iri not in local)


def _send(file: Path, server: Server, memory: Memory, plan: _Plan, progress: Progress) -> None:
    done = 0
    for named in graphs_in(file) if plan.sending else ():
        if named.iri not in plan.sending:
            continue
        progress(done, len(plan.sending), named.iri)
        memory.begun(named.iri)
        server.replace(named)
        memory.arrived(named.iri, named.sha256)
        done += 1
    progress(done, len(plan.sending), "")


def _check(target: Target, server: Server, memory: Memory, plan: _Plan) -> None:
    """Raises RemoteError where a graph that was sent is not there as it was sent; the next push sends it again."""
    held = server.counts(plan.base)
    wrong = [iri for iri in plan.sending if held.get(iri, 0) != plan.quads[iri]]
    for iri in wrong:
        memory.begun(iri)
    if wrong:
        raise differs(target.endpoint, wrong[0], held.get(wrong[0], 0), plan.quads[wrong[0]])
