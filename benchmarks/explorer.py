"""The explorer beside plain pyvis, in one run: python benchmarks/explorer.py [NODES …] [--seed N] [--limit SECONDS]

For each number of nodes (default: 1,000 20,000 50,000; 1,000 at least) an exploration is made up with texts as long as real
ones, two ties for each node, and laid out. Then a headless Chromium without graphics card opens our page and that of pyvis,
each in a browser of its own. Up to 5,000 nodes pyvis runs with its default physics (some 80 s at 1,000), beyond with our
places and physics off, its best case; what takes longer than the limit (default: 600 s) is shown as more than that. Prints
for each figure ours, that of pyvis, the ratio, and what is wanted. Compare lines of one run, of a machine that does nothing
else.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from explorer_browser import CHROMIUM, Seen, seen
from explorer_made import made_exploration
from explorer_pages import write_ours, write_pyvis

from kg.views.explorer.layout import placed

NODES = (1_000, 20_000, 50_000)
PHYSICS = 5_000  # nodes up to which pyvis gets its default physics
LIMIT = 600.0  # seconds


class Row(NamedTuple):
    """One figure; None where it was not reached within the limit. `more` is better, or less."""

    what: str
    ours: float | None
    theirs: float | None
    wanted: str
    times: float | None = None  # how many times better than theirs
    floor: float | None = None  # or at least so many, by itself
    most: float | None = None  # or at most


def main() -> None:
    if CHROMIUM is None:
        sys.exit("no Chromium found: apt-get install chromium")
    numbers = [int(word) for word in _words(sys.argv[1:]) if word.replace("_", "").isdigit()]
    seed, limit = int(_option("--seed", "0")), float(_option("--limit", str(LIMIT)))
    print(f"{'':34}{'ours':>12}{'pyvis':>12}{'ratio':>9}  wanted", flush=True)
    with tempfile.TemporaryDirectory() as made:
        for n in numbers or NODES:
            for row in compared(n, seed, limit, Path(made)):
                print(_line(row, limit), flush=True)


def compared(n: int, seed: int, limit: float, folder: Path) -> Iterator[Row]:
    """All figures of one number of nodes."""
    exploration = made_exploration(n, seed)
    start = time.process_time()
    exploration = placed(exploration)
    print(f"\n{n:,} nodes, {len(exploration.ties):,} edges")
    yield Row("layout, CPU s", time.process_time() - start, None, "≤ 30 at 20,000", most=30 if n <= 20_000 else None)
    physics = n <= PHYSICS
    ours, theirs = folder / "ours.html", folder / "pyvis.html"
    write_ours(exploration, ours)
    write_pyvis(exploration, theirs, physics=physics)
    large = n > PHYSICS
    size, their_size = (file.stat().st_size / 1e6 for file in (ours, theirs))
    yield Row("file, MB", size, their_size, "≤ 1/3" if large else "", times=3 if large else None)
    yield from _browsed(n, seen(ours, "#view=network", limit=limit), seen(theirs, limit=limit))


def _browsed(n: int, ours: Seen, theirs: Seen) -> Iterator[Row]:
    physics = n <= PHYSICS
    least = 50 if physics else 5
    told = "physics" if physics else "given places"
    yield Row(f"first picture, s ({told})", ours.first, theirs.first, f"≥ {least} × sooner", times=least)
    frames = 45 if n <= 20_000 else 40
    yield Row("dragging, frames per s", ours.pan, theirs.pan, f"≥ {frames}", floor=frames)
    yield Row("wheel, frames per s", ours.zoom, theirs.zoom, f"≥ {frames}", floor=frames)
    large = n > PHYSICS
    yield Row("CPU per frame, ms", ours.cpu, theirs.cpu, "≤ 1/15" if large else "", times=15 if large else None)
    yield Row("heap after collection, MB", ours.heap, theirs.heap, "≤ 1/4" if large else "", times=4 if large else None)


def _line(row: Row, limit: float) -> str:
    ratio = row.theirs / row.ours if row.theirs and row.ours else None
    if ratio and row.floor is not None:  # more is better
        ratio = 1 / ratio
    theirs = "–" if row.what.startswith("layout") else _figure(row.theirs, limit)
    verdict = "" if row.ours is None or _reached(row, ratio) else "   MISSED"
    shown = "" if ratio is None else f"{ratio:8.1f}×"
    return f"{row.what:34}{_figure(row.ours, limit):>12}{theirs:>12}{shown:>9}  {row.wanted}{verdict}"


def _reached(row: Row, ratio: float | None) -> bool:
    assert row.ours is not None
    return (
        (row.times is None or ratio is None or ratio >= row.times)
        and (row.floor is None or row.ours >= row.floor)
        and (row.most is None or row.ours <= row.most)
    )


def _figure(value: float | None, limit: float) -> str:
    return f">{limit:.0f} s" if value is None else f"{value:.2f}" if value < 100 else f"{value:.0f}"


def _words(given: list[str]) -> list[str]:
    """What is neither an option nor its value."""
    return [word for before, word in zip(["", *given], given, strict=False) if not before.startswith("--")]


def _option(name: str, default: str) -> str:
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


if __name__ == "__main__":
    main()
