"""Whatever stands in a document, the explorer shows it as text: nothing runs, nothing breaks out, nothing is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.graph.iris import BASE
from kg.model import Kind
from kg.views.explorer.page import explorer_html

from .conftest import Opened, in_browser
from .hostile import PAYLOADS, YEARS, _iri, hostile_exploration
from .taken import offered, take

VIEWS = ("diffusion", "places", "network", "compare", "table")
PROGRAM, PLACE, OTHER = (
    _iri(kind, n).removeprefix(BASE) for kind, n in ((Kind.PROGRAM, 0), (Kind.PLACE, 1), (Kind.PLACE, 2))
)
STATES = {
    "diffusion": {"program": PROGRAM},
    "places": {"program": PROGRAM},
    "network": {"chosen": PROGRAM},
    "compare": {"a": PLACE, "b": OTHER},
    "table": {"chosen": PLACE},
}
CLAIM = f"{1:016x}"
ATTRIBUTES = """() => [...document.querySelectorAll("*")].flatMap((one) => [...one.attributes].map(({ name }) => name))
  .filter((name) => name.startsWith("on"))"""
ADDRESSES = """() => [...document.querySelectorAll("[href]")].map((one) => one.getAttribute("href"))
  .filter((at) => !/^(#|data:|\\/)/.test(at))"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("hostile") / "explorer.html"
    file.write_text(explorer_html(hostile_exploration()), "utf-8")
    return file


@pytest.fixture
def hostile(browser: Any, file: Path) -> Iterator[Opened]:
    """The page of the hostile graph; in the end nothing may have run, and no element of a payload may stand in it."""
    for opened in in_browser(browser, file):
        yield opened
        opened.page.wait_for_timeout(100)
        unharmed(opened.page)


@pytest.fixture
def narrow(browser: Any, file: Path) -> Iterator[Opened]:
    yield from in_browser(browser, file, viewport={"width": 360, "height": 780})


def unharmed(page: Any) -> None:
    """Nothing has run; no element, handler or address comes from a text; the page is not wider than its window."""
    assert page.evaluate("window.pwned ?? ''") == ""
    assert (
        page.evaluate("document.querySelectorAll('img, iframe, object, embed, base, style ~ style, body style').length")
        == 0
    )
    assert page.evaluate(ATTRIBUTES) == []
    assert page.evaluate(ADDRESSES) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")


def shown(opened: Opened, view: str, **more: str) -> Any:
    """A view with the state that shows most of it."""
    opened.page.evaluate("changes => state.set(changes)", {"view": view, **STATES[view], **more})
    opened.page.wait_for_timeout(150)
    return opened.page


def test_the_same_page_twice_and_one_script_block_of_data() -> None:
    """Deterministic; the file has exactly the scripts of ours, and it can be written as UTF-8."""
    page = explorer_html(hostile_exploration())
    assert page == explorer_html(hostile_exploration())
    page.encode("utf-8")
    plain = explorer_html(hostile_exploration().__class__("x", BASE))
    assert len(re.findall("<script", page)) == len(re.findall("<script", plain))
    assert "\x00" not in page


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_each_view_with_panel_and_filters(hostile: Opened, view: str, lang: str) -> None:
    page = shown(hostile, view, lang=lang)
    for changes in (
        {"chosen": PROGRAM}, {"claim": CLAIM}, {"chosen": PLACE, "claim": ""}, {"levels": "County"}, {"levels": "<b>,__proto__"},
        {"since": str(YEARS[3]), "until": "<img src=x>"}, {"year": str(YEARS[5])}, {"chosen": "</script>", "sort": "<b>"},
    ):  # fmt: skip
        page.evaluate("changes => state.set(changes)", changes)
        page.wait_for_timeout(30)
        unharmed(page)


@pytest.mark.parametrize("view", VIEWS)
def test_a_narrow_page_does_not_scroll_sideways(narrow: Opened, view: str) -> None:
    page = shown(narrow, view)
    unharmed(page)
    page.evaluate("changes => state.set(changes)", {"claim": CLAIM})
    page.wait_for_timeout(50)
    unharmed(page)


@pytest.mark.parametrize(
    "payload", [p for p in PAYLOADS if p.strip()], ids=range(sum(bool(p.strip()) for p in PAYLOADS))
)
def test_a_payload_in_the_search(hostile: Opened, payload: str) -> None:
    fields = hostile.page.locator("#search input")
    if not fields.count():
        pytest.skip("no search yet")
    fields.first.fill(payload[:2000].replace("\ud800", "").replace("\udfff", ""))
    hostile.page.wait_for_timeout(250)
    unharmed(hostile.page)
    fields.first.press("Enter")
    hostile.page.wait_for_timeout(100)
    unharmed(hostile.page)


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_taken_away_stays_valid(hostile: Opened, view: str) -> None:
    """XML that a strict parser reads, CSV with as many cells in each row, names of files without a path."""
    page = shown(hostile, view)
    for item in sorted(offered(page)):
        taken = take(page, item)
        assert re.fullmatch(r"policy-kg-[^/\\\x00-\x1f]+\.(png|svg|csv|gexf|rq)", taken.name)
        assert len(taken.name) < 150
        if item in ("svg", "gexf"):
            tags = {element.tag.partition("}")[2] for element in taken.xml.iter()}
            assert not tags & {"script", "img", "style", "foreignObject", "a"}
        if item == "csv":
            assert len({len(row) for row in taken.rows}) == 1
            assert not any(re.match(r"[=+@\t\r]", cell) for row in taken.rows for cell in row)
        if item == "sparql":
            assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", taken.text)
