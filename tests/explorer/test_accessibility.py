"""The explorer for everybody: axe-core finds nothing serious, the keyboard reaches everything, colours can be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from kg.resources import shipped

from .conftest import Opened, in_browser

VIEWS = {
    "diffusion": "program=program/县管校聘",
    "places": "program=program/县管校聘",
    "network": "chosen=program/县管校聘",
    "compare": "a=place/340200&b=place/330200",
    "table": "chosen=place/340200",
}
WIDTHS = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 360, "height": 780}}
# The state of the page in one call of axe for each look of it; the page itself stays.
AUDIT = """async (looks) => {
  const found = [];
  for (const [look, changes] of Object.entries(looks)) {
    state.set(changes);
    await new Promise((done) => setTimeout(done, 350));
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    for (const { id, impact, nodes } of violations.filter(({ impact }) => ["serious", "critical"].includes(impact))) {
      const where = nodes.slice(0, 2).map((node) => node.target.join(" ")).join(" | ").slice(0, 200);
      found.push(`${look}: ${impact} ${id} ×${nodes.length} ${where}`);
    }
  }
  return found;
}"""
# Text, and what it stands on; by WCAG 2.2 AA 4.5 to 1. Marks and edges of controls: 3 to 1.
TEXTS = [(ink, ground) for ink in ("ink", "quiet", "accent", "said") for ground in ("ground", "raised")] + [
    ("ink", "mark")
]
MARKS = [(mark, "ground") for mark in ("edge", "accent", "said", "place", "agency")]
# Colours of kinds are told apart by shape, too, and wear an edge where it matters; they must at least be seen.
SEEN = [(mark, "ground") for mark in ("program", "document", "organization", "group")]
NAMES = """() => [...document.querySelectorAll("button, a[href], input, select, [role=button], [role=menuitem], [tabindex='0']")]
  .filter((one) => one.getClientRects().length && !one.closest("[lang^=zh]") && !one.closest("bdi") && !one.querySelector("bdi"))
  .map((one) => one.getAttribute("aria-label") || one.getAttribute("title") || one.placeholder || one.textContent.trim())
  .filter(Boolean)"""


def axe_source() -> str:
    pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@pytest.fixture(params=WIDTHS)
def sized(browser: Any, page_file: Path, request: pytest.FixtureRequest) -> Iterator[Opened]:
    yield from in_browser(browser, page_file, viewport=WIDTHS[request.param])


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(sized: Opened, view: str) -> None:
    """In light and dark, Chinese and English, wide and narrow, with the panel open. The policy of the page stays on."""
    sized.go(f"view={view}&{VIEWS[view]}")
    sized.page.evaluate(axe_source())
    looks = {
        f"{view} {lang} {theme}": {"lang": lang, "theme": theme} for lang in ("zh", "en") for theme in ("light", "dark")
    }
    assert sized.page.evaluate(AUDIT, looks) == []


@pytest.mark.parametrize("view", VIEWS)
def test_tab_reaches_every_control_and_the_focus_is_seen(opened: Opened, view: str) -> None:
    """In the order of the page, from the link that skips to the content on; what Tab reaches has an outline or a ring."""
    opened.go(f"view={view}&lang=en")
    page = opened.page
    page.evaluate("document.body.focus()")
    reached = page.evaluate("() => { window.reached = new Set(); return 0; }")
    for _ in range(160):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const one = document.activeElement, style = getComputedStyle(one);
              if (one === document.body) return "";
              const again = window.reached.has(one); window.reached.add(one);
              const ring = style.outlineStyle !== "none" || style.boxShadow !== "none" || one.localName === "canvas" || one.ownerSVGElement;
              return again ? "" : ring ? "seen" : `${one.localName}.${one.getAttribute("class") ?? one.id}`; }"""
        )
        if not seen:
            break
        assert seen == "seen", f"no visible focus on {seen}"
        reached += 1
    assert page.evaluate(
        "['#skip', '#tabs a', '#tools .taking > button', '#tools select'].every((at) => window.reached.has(document.querySelector(at)))"
    )
    assert reached > 8


@pytest.mark.parametrize("view", VIEWS)
def test_in_english_no_control_is_named_in_chinese(opened: Opened, view: str) -> None:
    """But for names of the graph, which stand in <bdi>, and words that say they are Chinese."""
    opened.go(f"view={view}&lang=en")
    page = opened.page
    assert page.get_attribute("html", "lang") == "en"
    known = {page.evaluate("data.meta.title"), "中文"}
    graph = page.evaluate("[...Array(data.things.rows).keys()].map((i) => data.things.name.at(i))")
    left = [name for name in page.evaluate(NAMES) if re.search("[一-鿿]", name) and name not in known]
    assert [name for name in left if not any(of in name for of in graph)] == []


def test_the_language_of_the_page_is_said(opened: Opened) -> None:
    assert opened.page.get_attribute("html", "lang") == "zh-CN"


@pytest.fixture
def still(browser: Any, page_file: Path) -> Iterator[Opened]:
    yield from in_browser(browser, page_file, reduced_motion="reduce")


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_moves_for_who_asks_for_less_motion(still: Opened, view: str) -> None:
    still.go(f"view={view}&{VIEWS[view]}")
    still.page.evaluate("state.set({ since: '2014' })")
    assert still.page.evaluate("document.getAnimations().filter((one) => one.playState === 'running').length") == 0


def palettes() -> dict[str, dict[str, str]]:
    """The custom properties of the sheet: light as it begins, and each block of dark."""
    text = shipped("viz", "explorer", "frame", "explorer.css").read_text("utf-8")
    blocks = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        for block in re.findall(r"\{([^{}]*--ground:[^{}]*)\}", text)
    ]
    light, *darks = blocks
    return {"light": light} | {f"dark {n}": light | dark for n, dark in enumerate(darks, 1)}


def contrast(one: str, other: str) -> float:
    """By WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("look", palettes())
def test_colours_can_be_told_apart(look: str) -> None:
    colors = palettes()[look]
    asked = [(pair, 4.5) for pair in TEXTS] + [(pair, 3.0) for pair in MARKS] + [(pair, 1.9) for pair in SEEN]
    measured = {pair: (contrast(colors[pair[0]], colors[pair[1]]), least) for pair, least in asked}
    assert {pair: round(ratio, 2) for pair, (ratio, least) in measured.items() if ratio < least} == {}


def test_both_ways_to_dark_are_the_same() -> None:
    """Chosen on the page, or asked for by the system."""
    chosen, system = (palettes()[look] for look in ("dark 1", "dark 2"))
    assert chosen == system


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
