"""python -m kg.pipeline.worker: reads the files that it is told, one after the other, into their shards."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sys
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO

from kg.pipeline.collecting import collecting_seldom
from kg.pipeline.files import FileReader, Job, Means
from kg.pipeline.workers import BEAT, DONE, FAULT, READY
from kg.texts.formats.isolation import receive, send

PULSE = 1.0  # seconds between two signs of life


@collecting_seldom()
def main() -> None:
    """Answers on standard output; whatever a library prints goes to nowhere. Whoever started this process ends it."""
    for name in ("SIGINT", "SIGHUP"):  # of the keyboard, of a terminal that is closed, of Spark at its end
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    if (told := receive(sys.stdin.buffer)) is None:
        return
    job, scratch = told
    try:
        _work(job, sys.stdin.buffer, out)
    finally:
        if scratch is not None:
            _clear_up(scratch, sys.stdin.buffer)


def _work(job: Job, tasks: IO[bytes], out: IO[bytes]) -> None:
    """Reads files until no more are told; what no file is to blame for is told, and ends the work."""
    try:
        means = Means(job)
        means.reader()
        send(out, (READY, None))
        with FileReader(means, beat=_pulse(partial(send, out, (BEAT, None)))) as read:
            while (task := receive(tasks)) is not None:
                number, item = task
                send(out, (DONE, (number, read(item))))
    except Exception as fault:
        send(out, (FAULT, fault))


def _clear_up(scratch: Path, tasks: IO[bytes]) -> None:
    """Removes a folder once nobody can tell anything any more: whoever is to remove it was killed, or had ended this process."""
    while tasks.read(1 << 16):
        pass
    shutil.rmtree(scratch, ignore_errors=True)


def _pulse(beat: Callable[[], None]) -> Callable[[], None]:
    """The same, but only once in a while."""
    last = time.monotonic()

    def seldom() -> None:
        nonlocal last
        if time.monotonic() - last >= PULSE:
            last = time.monotonic()
            beat()

    return seldom


if __name__ == "__main__":
    main()
