"""The pages work and stay harmless in a real browser, offline; skipped where there is no Chromium."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from browsers import Net, Reply, Tabs, chromium, settled, tabs

from kg.views.diffusion.page import report_html
from kg.views.network import network_html
from kg.views.trace import trace_html

from . import made_up, test_diffusion_page
from .test_hostile import PAYLOADS, poisoned, poisoned_ids

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

RUNS = {PAYLOADS[0], PAYLOADS[1], PAYLOADS[4], PAYLOADS[5], PAYLOADS[6]}  # as soon as they stand in a page as markup


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all tests of this file."""
    with chromium() as started:
        yield started


@pytest.fixture
def net() -> Iterator[Net]:
    with Net() as running:
        yield running


@pytest.fixture
def opened(browser: Browser, net: Net) -> Iterator[Tabs]:
    with tabs(browser, **net.through) as around:
        yield around


def page_of(opened: Tabs, page: str, folder: Path, hash_: str = "") -> Page:
    """The page in the browser, from a file as a reader opens it."""
    file = folder / "page.html"
    file.write_text(page, "utf-8")
    return opened.open(file.as_uri() + hash_)


def test_the_network_draws_its_legend_and_shows_the_evidence_of_what_is_chosen(
    opened: Tabs, net: Net, tmp_path: Path
) -> None:
    page = page_of(opened, network_html(made_up.network()), tmp_path, "#" + quote("遂宁市"))
    page.wait_for_selector("canvas")
    page.locator("body", has_text="全部 56 个节点可见").wait_for()
    for text in ("学习借鉴", "大英县", "置信度", "规则", ".txt", "年底前向社会公布结果"):
        page.locator("#panel", has_text=text).wait_for()
    settled(page)
    assert opened.complaints == []
    assert net.asked == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_document_runs_nothing(opened: Tabs, net: Net, payload: str, tmp_path: Path) -> None:
    name = "遂宁市" + payload
    view = poisoned_ids(poisoned(made_up.network(), payload), payload)
    page = page_of(opened, network_html(view), tmp_path, "#" + quote(name))
    page.wait_for_selector("canvas")
    page.locator("#panel", has_text="遂宁市").wait_for()
    settled(page)
    dom = page.content()
    body = re.sub("<script.*?</script>", "", dom, flags=re.S)
    assert "data-pwned" not in body.split("<body")[0]
    assert not re.search(r"<(img|a|link|iframe)\b", body)
    assert html.unescape(re.sub("<[^>]+>", "", body)).count("遂宁市") > 3
    assert opened.complaints == []
    assert net.asked == []


@pytest.mark.parametrize("payload", sorted(RUNS))
def test_a_payload_that_runs_would_be_seen(opened: Tabs, payload: str, tmp_path: Path) -> None:
    """In a page that neither escapes it nor has a policy."""
    page = page_of(opened, f"<!doctype html><p>{payload}", tmp_path)
    settled(page)
    assert "data-pwned" in page.content().split("<body")[0]


def asked_for(opened: Tabs, net: Net, page: str) -> set[str]:
    """The addresses that the browser asks for, of whatever server, while it shows the page."""
    net.asked.clear()
    net.files["/page.html"] = Reply("text/html; charset=utf-8", page)
    tab = opened.open(f"{net.address}/page.html")
    if 'id="network"' in page:
        tab.wait_for_selector("canvas")
    settled(tab)
    tab.close()
    assert f"{net.address}/page.html" in net.asked
    return set(net.asked) - {f"{net.address}/page.html", f"{net.address}/favicon.ico"}


@pytest.mark.parametrize(
    ("address", "noted"),
    [
        ("http://elsewhere.example/x.png", "http://elsewhere.example/x.png"),
        ("https://elsewhere.example/x.png", "elsewhere.example:443"),
        ("x.png", "{}/x.png"),
    ],
)
def test_a_request_to_another_server_would_be_seen(opened: Tabs, net: Net, address: str, noted: str) -> None:
    assert asked_for(opened, net, f"<!doctype html><img src={address}>") == {noted.format(net.address)}


@pytest.mark.parametrize("payload", ["", "<img src=http://elsewhere.example/x.png>"])
def test_the_pages_ask_for_nothing(opened: Tabs, net: Net, payload: str) -> None:
    for write, record in ((network_html, made_up.network()), (trace_html, made_up.trace())):
        assert asked_for(opened, net, write(poisoned(record, payload))) == set()


def test_the_report_on_diffusion_asks_for_nothing(opened: Tabs, net: Net) -> None:
    """Its pictures stand in the page; names with markup of an image stay names."""
    for study in test_diffusion_page.studies("<img src=http://elsewhere.example/x.png>"):
        assert asked_for(opened, net, report_html(study)) == set()
