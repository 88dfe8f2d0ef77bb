"""A request's body → the body of the answer, within one deadline and one size, or NoAnswer.

The deadline holds for everything from the name look-up to the last byte, which no timeout of single reads does: the
request runs in an event loop of its own, in a thread, where it is cancelled.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.errors import EndpointError
from kg.second_reader.answers import NoAnswer
from kg.second_reader.endpoint import KEY_VARIABLE, Endpoint, Terms

if TYPE_CHECKING:
    import httpx
    from anyio.from_thread import BlockingPortal

LARGEST = 1_000_000  # bytes of an answer
TRIES = 3  # where the endpoint asks for patience
_UNSAID = 2.0  # seconds to wait where it does not say how long
_CURES = {
    400: " (it does not take the request; does it know this model, temperature 0 and response_format?)",
    401: f" (the key is refused; it is read from {KEY_VARIABLE})",
    403: f" (the key is refused; it is read from {KEY_VARIABLE})",
    404: " (nothing is there; check --llm-url and --llm-model)",
}
_FOR_GOOD = frozenset({401, 403, 404, 405})


class _Busy(Exception):
    """The endpoint wants to be asked again later."""

    def __init__(self, status: int, seconds: float) -> None:
        super().__init__(status)
        self.status = status
        self.seconds = seconds


class Client:
    """Asks one endpoint, as a context manager: it owns the event loop and the connections."""

    def __init__(self, endpoint: Endpoint, terms: Terms) -> None:
        self._endpoint = endpoint
        self._terms = terms
        self._open = ExitStack()
        self._portal: BlockingPortal
        self._http: httpx.AsyncClient

    def __enter__(self) -> Self:
        """Raises EndpointError where the proxy that the environment names cannot be used."""
        import httpx
        from anyio.from_thread import start_blocking_portal

        headers = {"Accept": "application/json", "Accept-Encoding": "identity", "Content-Type": "application/json"}
        if self._endpoint.key:
            headers["Authorization"] = f"Bearer {self._endpoint.key}"
        try:
            # No proxy stands between this computer and itself.
            client = httpx.AsyncClient(
                headers=headers, timeout=None, follow_redirects=False, trust_env=not self._endpoint.is_here
            )
        except (ImportError, ValueError):
            raise EndpointError("the proxy in HTTPS_PROXY, HTTP_PROXY or ALL_PROXY cannot be used") from None
        with ExitStack() as opened:
            self._portal = opened.enter_context(start_blocking_portal())
            self._http = opened.enter_context(self._portal.wrap_async_context_manager(client))
            self._open = opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Whoever interrupts a build does not wait for the answer."""
        self._open.__exit__(kind, fault, trace)

    def __call__(self, body: bytes) -> bytes:
        """The answer to this body; raises NoAnswer. Where the endpoint asks for patience it is asked again."""
        patience = self._terms.patience
        for _ in range(TRIES):
            try:
                return self._portal.call(self._answer, body)
            except _Busy as busy:
                status = busy.status
                patience -= busy.seconds
                if patience < 0:
                    break
                time.sleep(busy.seconds)
        raise NoAnswer(f"it answered {status} (too many requests)")

    async def _answer(self, body: bytes) -> bytes:
        import anyio
        import httpx

        try:
            with anyio.fail_after(self._terms.seconds):
                async with self._http.stream("POST", self._endpoint.url, content=body) as response:
                    _check_head(response)
                    return await _body(response)
        except TimeoutError:
            raise NoAnswer(f"no whole answer within {self._terms.seconds:g} seconds") from None
        except httpx.ConnectError as fault:
            untrusted = "CERTIFICATE" in str(fault)
            raise NoAnswer("its certificate is not trusted" if untrusted else "it cannot be reached") from None
        except (httpx.InvalidURL, UnicodeError):
            raise NoAnswer("its host has no valid name", for_good=True) from None
        except httpx.HTTPError:
            raise NoAnswer("the connection broke, or what came is no HTTP") from None


def _check_head(response: httpx.Response) -> None:
    """Raises NoAnswer or _Busy where status and headers tell that no answer follows."""
    status = response.status_code
    if status in (429, 503):
        raise _Busy(status, _seconds(response.headers.get("Retry-After", "")))
    if 300 <= status < 400:
        raise NoAnswer("it sends elsewhere, where the key must not go; give the final address", for_good=True)
    if status != 200:
        raise NoAnswer(f"it answered {status}{_CURES.get(status, '')}", for_good=status in _FOR_GOOD)
    if response.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
        raise NoAnswer("what it answered is not called application/json")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise NoAnswer("its answer is compressed, though that was not asked for")


async def _body(response: httpx.Response) -> bytes:
    received = bytearray()
    async for piece in response.aiter_raw():
        received += piece
        if len(received) > LARGEST:
            raise NoAnswer(f"its answer is larger than {LARGEST:,} bytes")
    return bytes(received)


def _seconds(retry_after: str) -> float:
    """`30`, or `Wed, 21 Oct 2026 07:28:00 GMT` from now; never negative."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:9])
    try:
        when = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return _UNSAID
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
