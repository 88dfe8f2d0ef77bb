"""The pages work and stay harmless in a real browser, offline; skipped where there is no Chromium."""

from __future__ import annotations

import functools
import html
import http.server
import re
import shutil
import subprocess
import threading
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.views.diffusion.page import report_html
from kg.views.network import network_html
from kg.views.trace import trace_html

from . import made_up, test_diffusion_page
from .test_hostile import PAYLOADS, poisoned, poisoned_ids

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
START = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1280,900"]
START += ["--disable-background-networking", "--disable-component-update", "--virtual-time-budget=3000", "--dump-dom"]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


def opened(page: str, folder: Path, hash_: str = "") -> str:
    """The page after its scripts have run, as HTML."""
    file = folder / "page.html"
    file.write_text(page, "utf-8")
    command = [*START, f"--user-data-dir={folder / 'profile'}", file.as_uri() + hash_]
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return done.stdout.decode()


def test_the_network_draws_its_legend_and_shows_the_evidence_of_what_is_chosen(tmp_path: Path) -> None:
    dom = opened(network_html(made_up.network()), tmp_path, "#" + quote("遂宁市"))
    panel = html.unescape(re.sub("<[^>]+>", " ", dom.split('id="panel"')[1].split("</aside>")[0]))
    assert "<canvas" in dom
    assert "全部 56 个节点可见" in dom
    for text in ("学习借鉴", "大英县", "置信度", "规则", ".txt", "年底前向社会公布结果"):
        assert text in panel


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_document_runs_nothing(payload: str, tmp_path: Path) -> None:
    name = "遂宁市" + payload
    view = poisoned_ids(poisoned(made_up.network(), payload), payload)
    dom = opened(network_html(view), tmp_path, "#" + quote(name))
    body = re.sub("<script.*?</script>", "", dom, flags=re.S)
    assert "data-pwned" not in body.split("<body")[0]
    assert not re.search(r"<(img|a|link|iframe)\b", body)
    assert html.unescape(re.sub("<[^>]+>", "", body)).count("遂宁市") > 3


def asked_for(page: str, folder: Path) -> set[str]:
    """The paths that the browser asks for, of whatever server, while it shows the page."""
    asked: set[str] = set()

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            path = getattr(self, "path", "")
            if "cup2key=" not in path:  # Chromium asking for its own updates
                asked.add(path)

    (folder / "page.html").write_text(page, "utf-8")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here = f"127.0.0.1:{server.server_address[1]}"
    command = [*START, f"--host-resolver-rules=MAP * {here}", f"--user-data-dir={folder / 'profile'}"]
    subprocess.run([*command, f"http://{here}/page.html"], capture_output=True, timeout=120, check=True)
    server.shutdown()
    server.server_close()
    return asked - {"/page.html", "/favicon.ico", ""}


def test_a_request_to_another_server_would_be_seen(tmp_path: Path) -> None:
    assert asked_for("<!doctype html><img src=http://elsewhere.example/x.png>", tmp_path) == {"/x.png"}


@pytest.mark.parametrize("payload", ["", "<img src=http://elsewhere.example/x.png>"])
def test_the_pages_ask_for_nothing(payload: str, tmp_path: Path) -> None:
    for write, record in ((network_html, made_up.network()), (trace_html, made_up.trace())):
        assert asked_for(write(poisoned(record, payload)), tmp_path) == set()


def test_the_report_on_diffusion_asks_for_nothing(tmp_path: Path) -> None:
    """Its pictures stand in the page; names with markup of an image stay names."""
    for study in test_diffusion_page.studies("<img src=http://elsewhere.example/x.png>"):
        assert asked_for(report_html(study), tmp_path) == set()
