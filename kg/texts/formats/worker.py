"""python -m kg.texts.formats.worker: reads files in the formats that need other libraries, one request after the other."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import warnings
from collections.abc import Iterator
from types import FrameType
from typing import Any, NoReturn

from kg.texts.formats.isolation import MEMORY, serve
from kg.texts.formats.readers import read


def main() -> None:
    """Answers on standard output; whatever a library prints goes to nowhere."""
    _limit_memory()
    signal.signal(signal.SIGTERM, _leave)
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    serve(sys.stdin.buffer, out, _answer)


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    """So that the programs that were started are ended and their files deleted on the way out."""
    sys.exit()


def _answer(request: Any) -> Iterator[Any]:
    return read(*request)


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
