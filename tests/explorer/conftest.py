"""The explorer of the bundled example in a headless Chromium without a network; skipped where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from browsers import chromium

from kg import build, open_graph
from kg.graph.store import PolicyGraph
from kg.resources import shipped
from kg.views.explorer.from_graph import exploration_of
from kg.views.explorer.page import explorer_html
from kg.views.explorer.records import Exploration


@dataclass
class Opened:
    """A page in the browser; what it printed as an error and asked the network for is kept."""

    page: Any
    file: Path
    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def go(self, hash_: str) -> None:
        """Opens the page anew at this state: `view=table&lang=en`."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.file.as_uri()}#{hash_}")
        self.page.wait_for_selector("html[data-ready]")

    @property
    def hash(self) -> dict[str, str]:
        """The state in the address."""
        return dict(self.page.evaluate("[...state.all()]"))


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the graph of data/examples."""
    out = tmp_path_factory.mktemp("explored")
    build([str(shipped("data", "examples"))], out)
    return out


@pytest.fixture(scope="session")
def example(example_folder: Path) -> PolicyGraph:
    """The graph of data/examples."""
    return open_graph(example_folder)


@pytest.fixture(scope="session")
def exploration(example: PolicyGraph) -> Exploration:
    """All that the graph of data/examples says."""
    return exploration_of(example)


@pytest.fixture(scope="session")
def page_file(exploration: Exploration, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "explorer.html"
    file.write_text(explorer_html(exploration), "utf-8")
    return file


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """One for all tests of this folder; closed behind them, for it keeps an event loop running in this thread."""
    with chromium() as started:
        yield started


@pytest.fixture
def opened(browser: Any, page_file: Path) -> Iterator[Opened]:
    """The page at its start, 1280 × 900; fails in the end if it printed an error or asked the network for anything."""
    yield from in_browser(browser, page_file)


def in_browser(browser: Any, file: Path, **context: Any) -> Iterator[Opened]:
    """A page in a context of its own: `viewport`, `color_scheme`, `reduced_motion` … as playwright's new_context has them."""
    with_defaults = {"viewport": {"width": 1280, "height": 900}, "offline": True, "accept_downloads": True} | context
    around = browser.new_context(**with_defaults)
    page = around.new_page()
    page.set_default_timeout(30_000)
    opened = Opened(page, file)
    page.on("console", lambda told: opened.errors.append(told.text) if told.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: opened.errors.append(str(fault)))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(("file:", "data:", "blob:", "about:")) else opened.asked.append(request.url)
        ),
    )
    opened.go("")
    yield opened
    around.close()
    assert opened.errors == []
    assert opened.asked == []
