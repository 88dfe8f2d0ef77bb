"""A batch of files → the heads of their shards: what a worker of a cluster does. Doing it twice does no harm.

The files are read by a process that the worker owns, as `kg build --workers` reads them: engines run tasks in threads, in
which no time limit can interrupt anything, and a file that crashes its reader must not cost the worker.
"""

from __future__ import annotations

import socket
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from kg.errors import KgError
from kg.graph_folder import Shard, rules_digest
from kg.graph_folder.travel import send
from kg.pipeline.cluster.order import Order
from kg.pipeline.files import Answer, Means
from kg.pipeline.workers import Workers
from kg.remote.files import RemoteFile
from kg.texts.inputs import Input, Skipped

SENDING = 8  # shards that a worker puts into storage at once
IDLE = 600.0  # seconds without a batch, after which a process that reads is ended
_OTHER = "{host} has another version of policy-kg, of Python or of a library that reads; install the same as here"
_UNSEEN = (
    "{host} does not see the graph folder {folder}: give an --out that all workers see under this path, "
    "or say with --shards URL where they may put what they read"
)
_NO_FILE = "{host} does not see {path}; DOCS must lie where all workers see them, or be given as a URL"


class Refused(NamedTuple):
    """Why nothing can be read by a worker: no file is to blame, and trying again would not help."""

    reason: str


Result = tuple[Answer, ...] | Refused
_MadeFor = tuple[str, int]  # a build and a thread


def read_batch(order: Order, items: Sequence[Input]) -> Result:
    """What comes of each file; raises OSError where a shard cannot be put into its place."""
    made_for = order.key, threading.get_ident()
    try:
        reading = _taken_up(order, made_for)
        try:
            return reading.read(items)
        finally:
            _lay_down(reading, made_for)
    except KgError as fault:
        return Refused(str(fault))


def end_work(key: str = "") -> None:
    """Ends the processes that were started for a build, by its key, or for all of them."""
    for made_for in [made_for for made_for in _reading if not key or made_for[0] == key]:
        _reading.pop(made_for).close()


def _end_idle(made_for: _MadeFor) -> None:
    """Ends one that is at rest: whoever ordered it may be gone without a word."""
    with _turn:
        if made_for not in _reading or _reading[made_for].is_busy:
            return
        reading = _reading.pop(made_for)
    reading.close()


class _Reading:
    """A process that reads, with a folder for what it needs and, where it is to be sent away, for what it makes."""

    def __init__(self, order: Order) -> None:
        host = socket.gethostname()
        if rules_digest() != order.rules:
            raise KgError(_OTHER.format(host=host))
        if order.shards is None and not order.sign.is_dir():
            raise KgError(_UNSEEN.format(host=host, folder=order.job.folder))
        self.is_busy = False
        self.end = threading.Timer(IDLE, self.close)  # set when it has read
        self._order = order
        self._host = host
        with ExitStack() as opened:
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="policy-kg.")))
            self._means = Means(order.unpacked(folder))
            self._workers = opened.enter_context(Workers(self._means, 1, folder))
            self._opened = opened.pop_all()

    def close(self) -> None:
        self.end.cancel()
        self._opened.close()

    def read(self, items: Sequence[Input]) -> tuple[Answer, ...]:
        """What comes of each file, which has its shard in its place then."""
        unseen = {item for item in items if not isinstance(item.path, RemoteFile) and not item.path.exists()}
        read = self._workers([item for item in items if item not in unseen], lambda done, all_, file: None)
        made = tuple(self._no_file(item) if item in unseen else next(read) for item in items)
        if self._order.shards is not None:
            self._send_away([answer for answer in made if isinstance(answer, Shard)], self._order.shards)
        return made

    def _no_file(self, item: Input) -> Skipped:
        return Skipped(item.file, _NO_FILE.format(host=self._host, path=item.path), passing=True)

    def _send_away(self, made: Sequence[Shard], to: RemoteFile) -> None:
        """Some at once, for storage is slow to answer."""
        with ThreadPoolExecutor(SENDING) as pool:
            for _ in pool.map(lambda shard: send(self._means.shards, shard, to), made):
                pass  # raises what sending raised
        for shard in made:
            self._means.shards.remove(shard)
        self._means.shards.clear((), ())


_reading: dict[_MadeFor, _Reading] = {}  # a process that reads serves one thread
_turn = threading.Lock()  # between taking up and ending


def _taken_up(order: Order, made_for: _MadeFor) -> _Reading:
    """Made once by each thread of a worker; that of an earlier build is ended."""
    with _turn:
        if made_for not in _reading:
            for earlier in [one for one in _reading if one[1] == made_for[1]]:
                _reading.pop(earlier).close()
            _reading[made_for] = _Reading(order)
        reading = _reading[made_for]
        reading.is_busy = True
        reading.end.cancel()
    return reading


def _lay_down(reading: _Reading, made_for: _MadeFor) -> None:
    """It waits for the next batch, but not for ever."""
    reading.is_busy = False
    reading.end = threading.Timer(IDLE, _end_idle, (made_for,))
    reading.end.daemon = True
    reading.end.start()
