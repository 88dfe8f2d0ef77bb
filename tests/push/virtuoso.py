"""Virtuoso 7 of Debian (virtuoso-opensource-7-bin) in a temporary folder, on free ports, for as long as a test runs."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = shutil.which("virtuoso-t")
SECONDS = 60  # to start
_SETTINGS = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = {sql}
ServerThreads = 8
NumberOfBuffers = 8000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 6
[SPARQL]
ResultSetMaxRows = 100000
"""


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The address of its HTTP server; user and password are dba."""
    assert PROGRAM is not None
    sql, http = free_ports(2)
    (folder / "virtuoso.ini").write_text(_SETTINGS.format(sql=sql, http=http), "utf-8")
    log = (folder / "out.log").open("wb")
    process = subprocess.Popen([PROGRAM, "-f", "-c", "virtuoso.ini"], cwd=folder, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D", process)
        yield f"http://127.0.0.1:{http}"
    finally:
        process.kill()  # what it holds is thrown away
        process.wait()
        log.close()


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "Virtuoso ended while it started"
        try:
            with direct.open(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"Virtuoso did not answer within {SECONDS} seconds")


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()
