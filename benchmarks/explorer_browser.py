"""A page → how long a browser without a graphics card takes to show it, how smoothly it moves, and what that costs.

Each page has a headless Chromium of its own, `--disable-gpu`, offline, 1280 × 900. A page says itself when its first stable
picture stands: `data-drawn` on its root. Seconds are counted from the navigation to the frame after that. Moving is done
with the mouse: the canvas is dragged to and fro, then the wheel turned, each for some seconds; frames are counted in the
page, and the CPU time is that of all processes of the browser, as the browser itself reports it.
"""

from __future__ import annotations

import math
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SECONDS = 4.0  # of dragging, and of turning the wheel
PACE = 1 / 60
WATCH = """
new MutationObserver((_, observer) => {
  if (!document.documentElement?.dataset.drawn) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.seenAt = performance.now(); }));
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-drawn"] });
"""
SEEN_AT = "new Promise((told) => { const look = () => (window.seenAt ? told(seenAt) : setTimeout(look, 50)); look(); })"
COUNT = "window.frames_ = 0; window.counts = true; (function next() { window.frames_++; if (counts) requestAnimationFrame(next); })()"


class Seen(NamedTuple):
    """Of one page; moving is None where it was not asked for, `first` where no picture stood within the limit."""

    first: float | None  # seconds
    heap: float | None  # megabytes after garbage collection, arrays of numbers included
    pan: float | None = None  # frames per second
    zoom: float | None = None
    cpu: float | None = None  # milliseconds of CPU per frame, dragging and wheel together


def seen(page_file: Path, hash_: str = "", *, limit: float = 120.0, moving: bool = True) -> Seen:
    """What a fresh browser makes of the page; `limit` in seconds is for the first picture."""
    from playwright.sync_api import TimeoutError, sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--js-flags=--expose-gc"]
        )
        page = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True).new_page()
        page.set_default_timeout(limit * 1000)
        page.add_init_script(WATCH)
        try:
            page.goto(f"{page_file.absolute().as_uri()}{hash_}", wait_until="commit")
            page.wait_for_selector("html[data-drawn]", state="attached")
        except TimeoutError:
            browser.close()
            return Seen(None, None)
        first = page.evaluate(SEEN_AT) / 1000
        heap = _heap(page)
        found = _moved(browser, page) if moving else (None, None, None)
        browser.close()
    return Seen(first, heap, *found)


def _heap(page: Any) -> float:
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")
    return float(used["usedSize"] + used.get("backingStorageSize", 0)) / 1e6


def _moved(browser: Any, page: Any) -> tuple[float, float, float]:
    """Frames per second of dragging and of turning the wheel, milliseconds of CPU per frame."""
    session = browser.new_browser_cdp_session()
    box = page.locator("canvas").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.wait_for_timeout(1000)
    before = _cpu(session)
    page.mouse.down()
    pan, panned = _frames(page, lambda t: page.mouse.move(x + 200 * math.sin(2 * t), y + 120 * math.sin(3 * t)))
    page.mouse.up()
    page.mouse.move(x, y)
    zoom, zoomed = _frames(page, lambda t: page.mouse.wheel(0, 40 if math.sin(1.5 * t) < 0 else -40))
    return pan, zoom, 1000 * (_cpu(session) - before) / (panned + zoomed)


def _frames(page: Any, move: Callable[[float], None]) -> tuple[float, int]:
    """Frames per second while the hand moves, and how many they were."""
    page.evaluate(COUNT)
    start = time.monotonic()
    while (now := time.monotonic() - start) < SECONDS:
        move(now)
        time.sleep(max(0.0, PACE - (time.monotonic() - start - now)))
    count = page.evaluate("window.counts = false, window.frames_")
    return count / (time.monotonic() - start), count


def _cpu(session: Any) -> float:
    """Seconds that all processes of the browser have used."""
    return sum(float(process["cpuTime"]) for process in session.send("SystemInfo.getProcessInfo")["processInfo"])
