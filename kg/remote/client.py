"""A request → a server's answer, whole and within limits of time and size, or RemoteError in one clear line.

Connections are kept for the next request. A redirect is an error: a password that was meant for one address is sent to
no other.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from types import TracebackType
from typing import Self
from urllib.parse import urlencode, urlsplit

from kg.errors import RemoteError
from kg.remote.address import host_of, is_here
from kg.remote.login import NOBODY, Login, Signature
from kg.remote.reply import Reply

PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)  # seconds between two tries of a patient client
LARGEST = 500_000_000  # bytes of an answer
_PIECE = 1 << 20
_LONGEST_WAIT = 60.0  # seconds that a server may ask for
_PASSING = frozenset({429, 502, 503, 504})


class Client:
    """Asks servers, one request after the other, as a context manager: it owns its connections.

    `seconds` holds for one request; `pauses` are those between tries where a fault may pass.
    """

    def __init__(
        self,
        login: Login = NOBODY,
        seconds: float = 300,
        pauses: Sequence[float] = (),
        largest: int = LARGEST,
        *,
        plain_http: bool = False,
        tell: Callable[[str], None] = lambda note: None,
    ) -> None:
        self._login = login
        self._seconds = seconds
        self._pauses = pauses
        self._largest = largest
        self._plain_http = plain_http
        self._tell = tell
        self._connections: dict[tuple[str, str], http.client.HTTPConnection] = {}
        self._signatures: dict[str, Signature] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for connection in self._connections.values():
            connection.close()
        self._connections.clear()

    def __call__(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """The answer, whatever its status; RemoteError where there is none, or none that is whole."""
        if self._login and url.startswith("http:") and not (is_here(url) or self._plain_http):
            raise RemoteError(
                f"http to {host_of(url)} sends password and data for everyone to read; give https, "
                "or allow it with --plain-http"
            )
        pauses: Iterator[float | None] = chain(self._pauses, (None,))
        for pause in pauses:
            try:
                reply = self._signed(method, url, body, dict(headers or {}))
            except _Unanswered as fault:
                if pause is None or not fault.may_pass:
                    raise RemoteError(str(fault)) from None
                why = str(fault)
            else:
                if pause is None or reply.status not in _PASSING:
                    return reply
                pause = max(pause, _asked_wait(reply))
                why = f"{url} answered {reply.status}"
            self._tell(f"{why}; trying again in {pause:g} s")
            time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def form(self, url: str, fields: Mapping[str, str], accept: str) -> Reply:
        """POSTs fields as a form does: every SPARQL server understands that."""
        body = urlencode(fields).encode("ascii")
        return self("POST", url, body, {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept})

    def _signed(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        signature = self._signatures.setdefault(_origin_and_path(url), Signature(self._login))
        for _ in range(3):
            signed = signature.header(method, url)
            reply, challenges = self._sent(method, url, body, headers | ({"Authorization": signed} if signed else {}))
            if reply.status != 401 or not signature.challenged(challenges):
                break
        return reply

    def _sent(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[Reply, list[str]]:
        """One request; where a kept connection turns out to be closed, on a new one."""
        parts = urlsplit(url)
        connection = self._connections.pop((parts.scheme, parts.netloc), None)
        if connection is not None:
            try:
                return self._answered(connection, method, url, body, headers)
            except _Unanswered as fault:
                if not fault.was_closed:
                    raise
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        return self._answered(kind(parts.netloc, timeout=self._seconds), method, url, body, headers)

    def _answered(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        url: str,
        body: bytes | None,
        headers: Mapping[str, str],
    ) -> tuple[Reply, list[str]]:
        end = time.monotonic() + self._seconds
        parts = urlsplit(url)
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        with _closed_on_fault(connection), _faults_told(url, self._seconds):
            try:
                connection.request(method, target, body, {"User-Agent": "policy-kg", **headers})
            except (BrokenPipeError, ConnectionResetError):
                if connection.sock is None:
                    raise  # else the server closed its ear and perhaps says why
            sock = connection.sock  # a connection that ends with its answer forgets it
            with closing(connection.getresponse()) as answer:
                got = self._body(sock, answer, end)
        if connection.sock is not None:
            connection.sock.settimeout(self._seconds)
            self._connections[parts.scheme, parts.netloc] = connection
        known = {name.lower(): value for name, value in answer.getheaders()}
        content_type = known.get("content-type", "").partition(";")[0].strip().lower()
        return Reply(url, answer.status, content_type, got, known), answer.headers.get_all("WWW-Authenticate", [])

    def _body(self, sock: socket.socket, answer: http.client.HTTPResponse, end: float) -> bytes:
        pieces: list[bytes] = []
        size = 0
        while True:
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError
            if not answer.isclosed():
                sock.settimeout(left)
            piece = answer.read1(_PIECE)
            if not piece:
                if answer.length:  # read1 tells a cut answer from a whole one by nothing else
                    raise http.client.IncompleteRead(b"", answer.length)
                return b"".join(pieces)
            size += len(piece)
            if size > self._largest:
                raise _Unanswered(f"the answer is larger than {self._largest / 1e6:g} MB; ask for less", may_pass=False)
            pieces.append(piece)


class _Unanswered(Exception):
    """There is no answer; `may_pass` where another try may bring one, `was_closed` where the connection was gone."""

    def __init__(self, why: str, *, may_pass: bool = True, was_closed: bool = False) -> None:
        super().__init__(why)
        self.may_pass = may_pass
        self.was_closed = was_closed


@contextmanager
def _closed_on_fault(connection: http.client.HTTPConnection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


@contextmanager
def _faults_told(url: str, seconds: float) -> Iterator[None]:
    """Raises _Unanswered in place of what the network raises."""
    try:
        yield
    except TimeoutError:
        raise _Unanswered(f"{url} did not answer within {seconds:g} seconds (--timeout)", may_pass=False) from None
    except ssl.SSLError as fault:
        raise _Unanswered(f"{url}: no safe connection ({fault.reason or fault})", may_pass=False) from None
    except http.client.IncompleteRead:
        raise _Unanswered(f"the answer of {url} breaks off; try again") from None
    except (http.client.RemoteDisconnected, ConnectionError) as fault:
        raise _Unanswered(f"{url} cannot be reached: {_reason(fault)}", was_closed=True) from None
    except http.client.HTTPException as fault:
        raise _Unanswered(f"{url} does not speak HTTP ({type(fault).__name__})", may_pass=False) from None
    except OSError as fault:
        raise _Unanswered(f"{url} cannot be reached: {_reason(fault)}") from None


def _asked_wait(reply: Reply) -> float:
    """The seconds in Retry-After, up to a minute."""
    said = reply.headers.get("retry-after", "")
    return min(float(said), _LONGEST_WAIT) if said.isdecimal() else 0.0


def _reason(fault: Exception) -> str:
    if isinstance(fault, http.client.RemoteDisconnected):
        return "it closed the connection without an answer"
    if isinstance(fault, ConnectionRefusedError):
        return "nobody listens there; is the server running?"
    return (fault.strerror if isinstance(fault, OSError) else None) or type(fault).__name__


def _origin_and_path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"
