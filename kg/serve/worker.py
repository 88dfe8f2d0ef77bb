"""Messages on standard input → answers on standard output: the process in which a graph is asked, or a store written.

It is started and ended by `kg.serve.processes`. It knows no HTTP but the numbers of statuses.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from kg.errors import GraphError, KgError
from kg.graph.answering import Answering, Bytes, Dataset, Failed, NoSuchGraph, NotAcceptable, TooLarge, answering
from kg.graph.writable import Conflict, WritableStore
from kg.serve.confined import no_network
from kg.serve.frames import Frame, read
from kg.serve.limits import end_after, limit_memory, resident

STATUSES: tuple[tuple[type[KgError], int], ...] = (
    (NotAcceptable, 406),
    (TooLarge, 422),
    (Failed, 422),
    (NoSuchGraph, 404),
    (Conflict, 409),
    (GraphError, 503),
    (KgError, 400),
)  # the first that fits
OUT_OF_MEMORY = 137  # the exit code of a process that the system kills for want of memory
SWOLLEN = 64 << 20  # bytes by which a process may grow before it is replaced


def main() -> None:
    """Opens what the first message names, then answers one message after the other until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the service ends this process
    said = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    no_network()
    setup = read(sys.stdin.buffer)
    if setup is None:
        return
    try:
        answer = _opened(setup.head)
    except KgError as fault:
        _say(said, Frame({"status": 500, "detail": str(fault)}))
        return
    limit_memory(setup.head["memory"])
    _say(said, Frame({"status": 200}))
    size = resident()
    while frame := read(sys.stdin.buffer):
        end_after(frame.head["ends"])
        told = _answered(answer, frame)
        end_after(0)
        _say(said, told._replace(head={**told.head, "swollen": resident() > size + SWOLLEN}))


def _opened(setup: dict[str, Any]) -> Callable[[Frame], Frame]:
    if setup["role"] == "writer":
        return Writer(Path(setup["path"]), is_union=setup["union"])
    reader = Reader(setup)
    reader.open(setup["path"])
    return reader


def _answered(answer: Callable[[Frame], Frame], frame: Frame) -> Frame:
    try:
        return answer(frame)
    except KgError as fault:
        status = next(status for kind, status in STATUSES if isinstance(fault, kind))
        return Frame({"status": status, "detail": str(fault)})
    except OSError as fault:
        return Frame({"status": 500, "detail": f"the disk or the system refused: {fault}"})
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _say(out: IO[bytes], frame: Frame) -> None:
    out.write(frame.packed())
    out.flush()


class Reader:
    """Answers from a graph; opens another where a message says so."""

    def __init__(self, setup: dict[str, Any]) -> None:
        self._setup = setup
        self._path = ""
        self._graph: Answering | None = None

    def open(self, path: str) -> None:
        """From now on answers come from here; the graph before is closed."""
        if path != self._path:
            self._graph = None
            self._graph = answering(
                Path(path),
                is_union=self._setup["union"],
                is_checkpoint=self._setup["checkpoint"],
                most=self._setup["most"],
            )
            self._path = path

    def __call__(self, frame: Frame) -> Frame:
        asked = frame.head
        self.open(asked["at"])
        assert self._graph is not None
        match asked["ask"]:
            case "open":
                return Frame({"status": 204})
            case "query":
                dataset = Dataset(tuple(asked["default"]), tuple(asked["named"]))
                text = frame.body.decode()
                return _frame(self._graph.query(text, dataset, asked["rows"], asked["triples"], asked["base"]))
            case "graph":
                return _frame(self._graph.one_graph(asked["name"], asked["media"]))
            case "triples":
                return _frame(self._graph.from_text(frame.body.decode(), asked["media"]))
            case "page":
                return _page(self._graph, asked["name"], asked["args"])
            case unknown:
                raise KgError(f"nothing answers {unknown!r}")


def _page(graph: Answering, name: str, args: dict[str, str]) -> Frame:
    from kg.serve.pages import render
    from kg.serve.pages.frame import fault

    page = render(graph.graph, name, args)
    if page is None and args["accept"] == "text/html":
        page = fault("没有这个页面", "图谱里没有这个地址。", 404)
    if page is None:
        return Frame({"status": 404, "detail": "the graph says nothing of this address"})
    head = {"status": page.status, "media": page.media, "policy": page.policy}
    return Frame(head, page.text.encode("utf-8", "replace"))


def _frame(answer: Bytes) -> Frame:
    return Frame({"status": 200, "media": answer.media}, answer.data)


class Writer:
    """Changes a store; one at a time exists."""

    def __init__(self, folder: Path, *, is_union: bool) -> None:
        self._store = WritableStore(folder, is_union=is_union)

    def __call__(self, frame: Frame) -> Frame:
        asked = frame.head
        match asked["ask"]:
            case "update":
                self._store.update(frame.body.decode(), asked["default"], asked["named"], asked["base"])
            case "put" | "post" as verb:
                write = self._store.put if verb == "put" else self._store.post
                is_new = write(asked["name"], _documents(frame), asked["base"])
                return Frame({"status": 201 if is_new else 204})
            case "delete":
                self._store.delete(asked["name"])
            case "checkpoint":
                self._store.checkpoint(Path(asked["to"]))
            case unknown:
                raise KgError(f"nothing answers {unknown!r}")
        return Frame({"status": 204})


def _documents(frame: Frame) -> list[tuple[bytes, str]]:
    """The documents that stand one behind the other in the body, each with its media type."""
    told, at = [], 0
    for media, length in frame.head["documents"]:
        told.append((frame.body[at : at + length], media))
        at += length
    return told
