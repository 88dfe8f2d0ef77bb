"""A process of its own for the formats whose libraries may hang, crash or eat all memory: what it cannot read costs one file."""

from __future__ import annotations

import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import suppress
from typing import IO, Any

from kg.errors import TooSlow, UnreadableFile

WAITING = 16  # documents that may lie ready before they are asked for
MEMORY = 4 << 30  # bytes of address space that the process may use
_LENGTH = struct.Struct("<Q")
_END = "end"
_GRACE = 2.0  # seconds in which the process may end what it started and clear away its files


class Isolated:
    """Answers requests in another Python process, which is killed at the time limit and started again when it is needed."""

    command: tuple[str, ...] = ("-P", "-m", "kg.texts.formats.worker")  # -P: nothing is run from the current folder

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._listener: threading.Thread | None = None
        self._answers: queue.Queue[Any] = queue.Queue(WAITING)

    def __call__(self, request: object) -> Iterator[Any]:
        """The items that `kg.texts.formats.worker` gives for the request; raises UnreadableFile.

        A process whose answers are not all taken is ended: they must not be taken for those to the next request.
        """
        is_ready = False
        try:
            fault = yield from self._answered(request)
            is_ready = True
        finally:
            if not is_ready:
                self.close()
        if fault:
            raise UnreadableFile(fault)

    def _answered(self, request: object) -> Generator[Any, None, str]:
        """The items; in the end why the file cannot be read, or "". Raises UnreadableFile where the process is lost."""
        process = self._running()
        assert process.stdin is not None
        try:
            send(process.stdin, request)
        except OSError:
            raise UnreadableFile(
                "the program that reads this format stopped at once; is the installation whole?"
            ) from None
        while True:
            try:
                kind, value = self._answers.get(timeout=self._seconds)
            except queue.Empty:
                raise TooSlow(
                    f"reading took longer than {self._seconds:g} seconds; raise --max-seconds or save it in another format"
                ) from None
            if kind == "dead":
                raise UnreadableFile("the library for this format crashed on it; the file is probably damaged")
            if kind == "fault":
                return str(value)
            if kind == _END:
                return ""
            yield value

    def close(self) -> None:
        """Ends the process, if there is one."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(_GRACE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            while self._listener is not None and self._listener.is_alive():
                with suppress(queue.Empty):  # the listener may wait for room to put its last answers
                    self._answers.get(timeout=0.1)
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
        self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                [sys.executable, *self.command], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            self._answers = queue.Queue(WAITING)
            assert self._process.stdout is not None
            self._listener = threading.Thread(target=_listen, args=(self._process.stdout, self._answers), daemon=True)
            self._listener.start()
        return self._process


def _listen(stream: IO[bytes], answers: queue.Queue[Any]) -> None:
    try:
        while (message := receive(stream)) is not None:
            answers.put(message)
    except (OSError, ValueError, EOFError, pickle.UnpicklingError):
        pass
    answers.put(("dead", None))


def send(stream: IO[bytes], message: object) -> None:
    """Writes a message for `receive`."""
    data = pickle.dumps(message)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """The next message, or None at the end."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    return pickle.loads(stream.read(_LENGTH.unpack(head)[0]))


def serve(stream: IO[bytes], out: IO[bytes], answer: Any) -> None:
    """Answers requests until there are no more: each item as it comes, faults of a file as one line."""
    while (request := receive(stream)) is not None:
        try:
            for item in answer(request):
                send(out, ("item", item))
            send(out, (_END, None))
        except UnreadableFile as fault:
            send(out, ("fault", str(fault)))
        except MemoryError:
            send(
                out,
                (
                    "fault",
                    "reading it needs more memory than one file may use; it is damaged or made to fill the memory",
                ),
            )
        except RecursionError:
            send(out, ("fault", "its content is nested too deeply to be read"))
        except ImportError as fault:
            send(out, ("fault", f"a package that this format needs is missing ({fault}); install policy-kg again"))
        except Exception as fault:
            send(
                out,
                ("fault", f"the library for this format failed on it ({type(fault).__name__}); it is probably damaged"),
            )
