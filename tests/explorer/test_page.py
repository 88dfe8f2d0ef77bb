"""The page opens, shows five views, and keeps its state in the address."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .conftest import Opened, in_browser


@pytest.mark.parametrize("view", ["diffusion", "places", "network", "compare", "table"])
def test_each_view_has_a_tab(opened: Opened, view: str) -> None:
    opened.page.click(f"#tabs [data-view={view}]")
    assert opened.hash["view"] == view
    assert opened.page.get_attribute("#stage", "class") == view


@pytest.mark.parametrize("view", ["diffusion", "places", "network", "compare", "table"])
@pytest.mark.parametrize("other", ["table", "places"])
def test_a_view_is_the_same_by_its_tab_as_by_its_address(opened: Opened, view: str, other: str) -> None:
    """Whatever was looked at before, and in whatever language."""
    count = "document.querySelectorAll('#stage *').length"
    opened.go(f"view={view}&lang=en")
    by_address = opened.page.evaluate(count)
    opened.go(f"view={other}")
    opened.page.click(f"#tabs [data-view={view}]")
    opened.page.evaluate("state.set({ lang: 'en' })")
    assert opened.page.evaluate(count) == by_address > 20


def test_back_and_forward_work(opened: Opened) -> None:
    opened.page.click("#tabs [data-view=places]")
    opened.page.click("#tabs [data-view=table]")
    opened.page.go_back()
    assert opened.page.get_attribute("#tabs [aria-current]", "data-view") == "places"
    opened.page.go_forward()
    assert opened.page.get_attribute("#tabs [aria-current]", "data-view") == "table"


def test_a_pressed_tab_keeps_the_focus_and_skipping_keeps_the_state(opened: Opened) -> None:
    """Enter on a tab shows its view; the link to the content goes there and leaves the address as it is."""
    opened.page.focus("#tabs [data-view=network]")
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.dataset.view") == "network"
    opened.page.focus("#skip")
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.id") == "stage"
    assert opened.hash == {"view": "network"}


@pytest.mark.parametrize("width", [320, 360, 480])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_title_is_whole_on_a_narrow_page(browser: Any, page_file: Path, width: int, lang: str) -> None:
    """Nothing of it is cut, and the page does not scroll sideways."""
    for opened in in_browser(browser, page_file, viewport={"width": width, "height": 780}):
        opened.go(f"lang={lang}")
        title = "((title) => title.scrollWidth <= title.clientWidth && title.scrollHeight <= title.clientHeight)"
        assert opened.page.evaluate(f"{title}(dom.at('title'))")
        opened.page.evaluate(
            "dom.at('title').textContent = 'The diffusion of 县管校聘 among counties, as documents tell'"
        )
        assert opened.page.evaluate(f"{title}(dom.at('title'))")
        assert opened.page.evaluate("document.documentElement.scrollWidth") == width
