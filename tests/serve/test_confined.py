"""The second wall: a process in which the engine itself can reach nobody, whatever the text of a query got past."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kg.serve.confined import no_network

_ASKS = """
from kg.serve.confined import no_network
import pyoxigraph, socket, sys, threading
told = no_network()
listener = None
try:
    socket.socket()
except PermissionError:
    listener = "refused"
def ask():
    try:
        list(pyoxigraph.Store().query("SELECT * { SERVICE <http://127.0.0.1:8099/> { ?s ?p ?o } }"))
    except OSError as fault:
        print(told, listener, "ermission denied" in str(fault))
thread = threading.Thread(target=ask)  # threads made afterwards are shut in, too
thread.start()
thread.join()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the filter of system calls is Linux's")
def test_no_network() -> None:
    """Neither Python nor the engine opens a connection."""
    done = subprocess.run([sys.executable, "-c", _ASKS], capture_output=True, text=True, check=True)
    if done.stdout.startswith("False"):
        pytest.skip("this system does not let a process shut its own network")
    assert done.stdout == "True refused True\n", done.stderr


def test_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no such filter it says so and does nothing."""
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    assert no_network() is False
