"""Chromium for tests: found once, driven by playwright, with a net that notes what goes out of it."""

from __future__ import annotations

import contextlib
import http.server
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypedDict
from urllib.parse import SplitResult, parse_qsl, urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, ProxySettings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# What goes past the net finds nobody: no name is looked up.
START = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
OWN = {"content-autofill.googleapis.com:443"}  # what Chromium itself wants to know where a page has a form
PATIENCE = 60_000  # milliseconds; a machine may be busy


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A headless one; to be closed soon, for it keeps an event loop running in this thread. Skips where there is none."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=START)
        yield started
        started.close()


@dataclass
class Tabs:
    """Pages that share a context, and all that they print or break on."""

    context: BrowserContext
    complaints: list[str] = field(default_factory=list)  # text and address

    def open(self, address: str) -> Page:
        """A page that is loaded; its scripts may still have something to do."""
        page = self.context.new_page()
        page.goto(address)
        return page


@contextlib.contextmanager
def tabs(browser: Browser, **context: Any) -> Iterator[Tabs]:
    """A context of its own, 1280 × 900; `context` as playwright's new_context has it."""
    around = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | context)
    around.set_default_timeout(PATIENCE)
    opened = Tabs(around)
    around.on("console", lambda told: opened.complaints.append(f"{told.text} {told.location['url']}"))
    around.on("weberror", lambda fault: opened.complaints.append(str(fault.error)))
    yield opened
    around.close()


def settled(*pages: Page) -> None:
    """They have once asked for nothing for half a second, and had a moment more: what a payload would do is done."""
    for page in pages:
        page.wait_for_load_state("networkidle")
    pages[-1].wait_for_timeout(300)  # a page that was quiet once counts as quiet whatever it did since


def until(page: Page, expression: str, arg: object = None) -> Any:
    """What an expression gives, once it is true. `wait_for_function` evaluates inside the page, which our policies forbid."""
    end = time.monotonic() + PATIENCE / 1000
    while not (found := page.evaluate(expression, arg)):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(50)
    return found


class Reply(NamedTuple):
    """What a server says."""

    media: str
    text: str
    status: int = 200


class Through(TypedDict):
    """For `tabs`: everything goes through a net."""

    proxy: ProxySettings


class Net(http.server.ThreadingHTTPServer):
    """A server that is also the browser's proxy: whatever a page asks of whomever comes here, and goes no further."""

    daemon_threads = True  # a browser opens connections in advance and says nothing in them

    def __init__(self, headers: dict[str, str] | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.headers = headers or {}
        self.files: dict[str, Reply] = {}  # by path
        self.asked: list[str] = []  # addresses; `example.org:443` where it would go on in secret
        self.one_by_one = threading.Lock()
        self.thread = threading.Thread(target=self.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self.shutdown()
        self.server_close()
        self.thread.join()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def strangers(self) -> set[str]:
        """What was asked of other servers."""
        return {one for one in self.asked if not one.startswith(f"{self.address}/")}

    @property
    def through(self) -> Through:
        return {"proxy": {"server": self.address, "bypass": "<-loopback>"}}

    def answer(self, url: SplitResult, form: dict[str, str]) -> Reply:
        """Of the server itself, with what was sent."""
        return self.files.get(url.path, Reply("text/plain", "no such page", 404))


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Net

    def log_message(self, format: str, *args: object) -> None:
        pass

    def parse_request(self) -> bool:
        """Notes what is asked for, by whatever method."""
        is_right = super().parse_request()
        if is_right and self.path not in OWN:
            self.server.asked.append(self.path)
        return is_right

    def do_CONNECT(self) -> None:
        self.send_error(502)

    def do_GET(self) -> None:
        self.reply({})

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.reply(dict(parse_qsl(form)))

    def reply(self, form: dict[str, str]) -> None:
        """In the thread that asked, one after the other."""
        is_ours = self.path.startswith(f"{self.server.address}/")
        with self.server.one_by_one:
            told = self.server.answer(urlsplit(self.path), form) if is_ours else Reply("text/plain", "stranger", 404)
        body = told.text.encode()
        with contextlib.suppress(ConnectionError):
            self.send_response(told.status)
            headers = {"Content-Type": told.media, "Content-Length": str(len(body))} | self.server.headers
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
