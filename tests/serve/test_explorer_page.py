"""The explorer at a server: made once for each version of the graph, beside the queries, under a policy of its own."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsers import chromium, tabs

from kg.errors import GraphError
from kg.graph.store import PolicyGraph
from kg.pipeline import build
from kg.serve import whole_page
from kg.serve.frames import Frame
from kg.serve.pages import render
from kg.serve.problem import Answer
from kg.serve.whole_page import WholePage

from .conftest import TEXTS
from .served import Reply, Served, served


def made(service: Served, seconds: float = 90) -> Reply:
    """The page, once it is there; until then a page says that it is being made and when to come again."""
    end = time.monotonic() + seconds
    while (reply := service.ask("/explorer")).status == 503 and time.monotonic() < end:
        assert reply.headers["retry-after"] == reply.headers["refresh"] == "5"
        assert reply.headers["cache-control"] == "no-store"
        assert "正在准备" in reply.text
    assert reply.status == 200, reply
    return reply


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[Served]:
    with served(folder, "--workers", "1") as running:
        yield running


def test_the_page_comes_under_its_own_policy_and_is_kept_by_its_tag(service: Served) -> None:
    """The header allows the scripts and the sheet in the page by their hashes, nothing else."""
    reply = made(service)
    inside = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', reply.text)
    assert inside is not None
    assert reply.headers["content-security-policy"] == f"{inside[1]}; frame-ancestors 'none'"
    assert "unsafe" not in inside[1]
    again = service.ask("/explorer", headers={"If-None-Match": reply.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert service.ask("/explorer").body == reply.body
    assert '<a href="/explorer"' in service.ask("/").text


def test_in_a_browser_things_have_addresses_at_the_server(service: Served) -> None:
    made(service)
    asked: list[str] = []
    with chromium() as browser, tabs(browser) as opened:
        opened.context.on("request", lambda request: asked.append(request.url))
        page = opened.open(f"{service.address}/explorer#lang=en")
        page.wait_for_selector("html[data-ready]")
        path = page.evaluate("away.page('program/县管校聘')")
        answer = page.request.get(service.address + path)
        page.evaluate("state.set({ chosen: 'program/县管校聘' })")
        linked = page.get_attribute("#panel a:has(code.iri)", "href")
        page.click("#tools .home")
        page.wait_for_selector("nav.door")
    assert path.startswith("/id/program/%")
    assert linked == path
    assert answer.status == 200
    assert opened.complaints == []
    assert all(url.startswith((service.address, "data:")) for url in asked)


def test_a_graph_that_is_built_anew_is_a_new_page(tmp_path: Path) -> None:
    text = tmp_path / "weifang.txt"
    text.write_text(TEXTS[text.name], encoding="utf-8")
    build([text], tmp_path / "graph")
    with served(tmp_path / "graph", "--workers", "1") as running:
        before = made(running)
        text.write_text(TEXTS[text.name] + "3.实施“半岛小先生”计划。\n", encoding="utf-8")
        build([text], tmp_path / "graph")
        end = time.monotonic() + 90
        while (after := made(running)).headers["etag"] == before.headers["etag"] and time.monotonic() < end:
            time.sleep(0.2)
    assert after.body != before.body


def test_the_page_of_a_graph_is_always_the_same(graph: PolicyGraph) -> None:
    assert render(graph, "explorer", {}) == render(graph, "explorer", {})


class Slow:
    """A process that makes a page when it is told to."""

    def __init__(self, fault: GraphError | None = None) -> None:
        self.go = asyncio.Event()
        self.fault = fault
        self.started = 0
        self.killed = 0

    async def __call__(self, setup: dict[str, Any]) -> Slow:
        self.started += 1
        assert setup["memory"] == 0
        if self.fault is not None:
            raise self.fault
        return self

    async def ask(self, frame: Frame, seconds: float) -> Frame:
        await self.go.wait()
        return Frame({"status": 200, "media": "text/html", "policy": "default-src 'none'"}, frame.head["at"].encode())

    def kill(self) -> None:
        self.killed += 1

    async def gone(self) -> None:
        pass


def visits(monkeypatch: pytest.MonkeyPatch, slow: Slow, path: list[str]) -> tuple[WholePage, list[str]]:
    async def current() -> str:
        return path[0]

    told: list[str] = []
    monkeypatch.setattr(whole_page, "started", slow)
    monkeypatch.setattr(whole_page, "PATIENCE", 0.05)
    return WholePage({"memory": 1}, current, told.append), told


def test_who_comes_while_it_is_made_is_told_and_makes_no_second_one(monkeypatch: pytest.MonkeyPatch) -> None:
    async def come() -> tuple[list[Answer], Slow, set[str], set[str]]:
        slow = Slow()
        pages, _ = visits(monkeypatch, slow, ["/graph"])
        early = await asyncio.gather(*(pages.answer(None) for _ in range(3)))
        held = pages.held()
        slow.go.set()
        return [*early, await pages.answer(None)], slow, held, pages.held()

    answers, slow, held, after = asyncio.run(come())
    assert [answer.status for answer in answers] == [503, 503, 503, 200]
    assert (slow.started, slow.killed, held, after) == (1, 1, {"/graph"}, set())
    assert ("Content-Security-Policy", "default-src 'none'") in answers[3].headers


def test_another_version_of_the_graph_ends_what_was_made_for_the_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    async def come() -> tuple[Answer, Slow]:
        slow, path = Slow(), ["/old"]
        pages, _ = visits(monkeypatch, slow, path)
        await pages.answer(None)
        path[0] = "/new"
        slow.go.set()
        answer = await pages.answer(None)
        await pages.close()
        return answer, slow

    answer, slow = asyncio.run(come())
    assert (answer.data, slow.started, slow.killed) == (b"/new", 2, 2)


def test_a_page_that_cannot_be_made_is_said_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async def come() -> tuple[list[int], bytes, list[str], int]:
        slow = Slow(GraphError("graph.nq:3: no statement"))
        pages, told = visits(monkeypatch, slow, ["/graph"])
        first = await pages.answer(None)
        slow.fault = None
        slow.go.set()
        return [first.status, (await pages.answer(None)).status], first.data, told, slow.started

    statuses, text, told, started = asyncio.run(come())
    assert (statuses, started) == ([500, 200], 2)
    assert "graph.nq:3" in text.decode()
    assert len(told) == 1
