"""A graph on disk and a query → the answer, whole or an error, within a time limit if one is given.

A query cannot be stopped in the process that runs it, so one with a limit runs in a process of its own, which is ended
when its time is over.
"""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, NamedTuple

from kg.errors import GraphError, KgError, QueryError
from kg.graph.nowhere import nowhere
from kg.graph.rows import Rows
from kg.graph.store import PolicyGraph, open_graph

_FAULTS = (QueryError, GraphError, KgError)  # the first that fits
_COMMAND = ("-P", "-c", "from kg.graph.asking import serve; serve()")  # -P: nothing is run from the current folder


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows, whether there are more of them than were asked for, and what its IRIs start with."""

    rows: Rows
    is_cut: bool
    base: str
    prefixes: Mapping[str, str]
    notes: tuple[str, ...] = ()  # why it may be empty


class _Question(NamedTuple):
    text: str
    params: dict[str, str]
    limit: int | None


def ask(
    path: Path,
    text: str,
    params: Mapping[str, str] | None = None,
    limit: int | None = None,
    seconds: float | None = None,
) -> Answer:
    """The answer of `PolicyGraph.query` on the graph at `path`, of `limit` rows at most.

    With `seconds`, QueryError when the answer is not there so long after the graph has been opened.
    """
    question = _Question(text, dict(params or {}), limit)
    return _answer(open_graph(path), question) if seconds is None else _within(seconds, path, question)


def _answer(graph: PolicyGraph, question: _Question) -> Answer:
    text, params, limit = question
    rows = graph.query(text, params, None if limit is None else limit + 1)
    is_cut = limit is not None and len(rows) > limit
    cut = replace(rows, terms=rows.terms[:limit])
    return Answer(cut, is_cut, graph.base, graph.prefixes, () if len(rows) else tuple(nowhere(graph, text)))


def _within(seconds: float, path: Path, question: _Question) -> Answer:
    process = subprocess.Popen([sys.executable, *_COMMAND], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    late = threading.Event()
    clock = threading.Timer(seconds, _end, (process, late))
    try:
        pickle.dump((seconds, path, question), process.stdin)
        process.stdin.close()
        answer = _received(process.stdout)
        if answer == "open":
            clock.start()
            answer = _received(process.stdout)
    except BrokenPipeError:
        answer = None
    finally:
        clock.cancel()
        process.kill()
        process.wait()
        process.stdout.close()
    if late.is_set():
        raise QueryError(f"no answer within {seconds:g} seconds (--timeout); ask for less, or give it more time")
    if isinstance(answer, KgError):
        raise answer
    if not isinstance(answer, Answer):
        raise QueryError("the process that answers was ended, perhaps for want of memory; ask for less")
    return answer


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _received(stream: IO[bytes]) -> Any:
    """What the other process says; None where it was ended."""
    try:
        return pickle.load(stream)
    except (EOFError, pickle.UnpicklingError):
        return None


def serve() -> None:
    """Answers the one question that stands on standard input; the other end of `ask`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other end is interrupted, too, and ends this process
    out = sys.stdout.buffer
    seconds, path, question = pickle.load(sys.stdin.buffer)
    try:
        graph = open_graph(path)
        graph.store_for(question.text)
        _end_without_parent(seconds)
        _say(out, "open")
        _say(out, _answer(graph, question))
    except KgError as fault:
        kind = next(kind for kind in _FAULTS if isinstance(fault, kind))
        _say(out, kind(str(fault)))


def _end_without_parent(seconds: float) -> None:
    """Lets the system end this process soon after its time, should nobody be left who does."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds + 5)


def _say(out: IO[bytes], what: object) -> None:
    pickle.dump(what, out)
    out.flush()
