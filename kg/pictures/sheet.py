"""A sheet of paper measured in pixels from its upper left corner → a picture as SVG or PNG.

Nothing is laid out by measuring text, so that a picture looks the same on every machine: widths of labels are estimated
(`kg.pictures.widths`). Names are hostile: no mathematics is read in them, and control characters are shown as �.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kg.pictures.fonts import BROWSER, HINT, chinese_family, families
from kg.pictures.palette import INK, LINE, QUIET
from kg.pictures.widths import text_width, wrap

DPI = 72  # one pixel of an SVG is one point
MARGIN = 16
SIZE = 11  # height of the letters
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "policy-kg",
    "svg.image_inline": True,
    "text.parse_math": False,
    "text.usetex": False,
    "axes.unicode_minus": False,
    "axes.formatter.useoffset": False,
    "axes.edgecolor": INK,
    "axes.labelcolor": QUIET,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "font.size": SIZE,
    "text.color": INK,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelsize": SIZE,
    "ytick.labelsize": SIZE,
    "grid.color": LINE,
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.6,
    "hatch.color": "#8C8C8C",
    "path.simplify": False,
}
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A drawn figure, its title, and in words what it shows and what it leaves out."""

    figure: Figure = field(repr=False)
    title: str
    description: str
    note: str = ""  # what is left out, and how to read it; stands in the picture, too

    def svg(self) -> bytes:
        """Text stays text; a browser draws it with whatever Chinese font its machine has. Has title and desc."""
        out = io.BytesIO()
        with _style(), warnings.catch_warnings():
            warnings.filterwarnings("ignore", r"Glyph .* missing from")
            self.figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Type": None})
        return _tidied(out.getvalue().decode(), self.title, f"{self.description}{self.note}").encode()

    def png(self, scale: float = 2.0) -> bytes:
        """Dots, `scale` of them to a pixel; warns (UserWarning) where no Chinese font is installed."""
        if not chinese_family():
            warnings.warn(HINT, stacklevel=2)
        out = io.BytesIO()
        with _style(), warnings.catch_warnings():
            warnings.filterwarnings("ignore", r"Glyph .* missing from")
            self.figure.savefig(out, format="png", dpi=DPI * scale, metadata={"Software": None})
        return out.getvalue()


class Sheet:
    """A new sheet with a title, a line of notes below it, and room for the rest from `top` on."""

    def __init__(self, width: float, height: float, title: str, note: str = "") -> None:
        lines = wrap(safe(note), int((width - 2 * MARGIN) / (SIZE * 0.54)), 4) if note else ()
        self.top = MARGIN + 22 + 16.0 * len(lines) + 8
        self.width, self.height = width, height + self.top
        self.title, self.note = safe(title), safe(note)
        self.figure = Figure(figsize=(self.width / DPI, self.height / DPI), dpi=DPI, facecolor="white")
        self.text(
            MARGIN, MARGIN + 8, *wrap(self.title, int((width - 2 * MARGIN) / (14 * 0.54)), 1), size=14, weight=700
        )
        for number, line in enumerate(lines):
            self.text(MARGIN, MARGIN + 30 + 16 * number, line, color=QUIET)

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """A field for data; `top` counts from below the head."""
        down = self.top + top
        return self.figure.add_axes(
            (left / self.width, 1 - (down + height) / self.height, width / self.width, height / self.height)
        )

    def paper(self) -> Axes:
        """The whole sheet as a field measured in pixels from the upper left corner."""
        axes = self.figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, self.width)
        axes.set_ylim(self.height, 0)
        return axes

    def text(self, x: float, y: float, text: str, **how: Any) -> None:
        """`text` with its middle at the height `y` of the whole sheet."""
        put(self.figure, x / self.width, 1 - y / self.height, text, **how)

    def legend(self, top: float, entries: list[tuple[str, dict[str, Any]]]) -> None:
        """Marks with their words in lines from `top` (below the head) on; a mark is what `Axes.plot` takes."""
        axes = self.paper()
        x, y = MARGIN + 6.0, self.top + top
        for words, mark in entries:
            long = text_width(words) * SIZE * 0.54 + 34
            if x + long > self.width - MARGIN and x > MARGIN + 6:
                x, y = MARGIN + 6.0, y + 18
            xs = [x - 7, x + 7] if mark.get("linestyle", "none") != "none" else [x]
            axes.plot(xs, [y] * len(xs), clip_on=False, **{"linestyle": "none", **mark})
            put(axes, x + 13, y, words, color=QUIET)
            x += long

    def picture(self, description: str) -> Picture:
        """The finished sheet."""
        return Picture(self.figure, self.title, safe(description), self.note)


def legend_height(width: float, words: list[str]) -> float:
    """The pixels that `Sheet.legend` takes for these words."""
    x, y = MARGIN + 6.0, 18.0
    for word in words:
        long = text_width(word) * SIZE * 0.54 + 34
        if x + long > width - MARGIN and x > MARGIN + 6:
            x, y = MARGIN + 6.0, y + 18
        x += long
    return y


def in_style(draw: Callable[P, T]) -> Callable[P, T]:
    """A drawing function with our settings, whatever the user's own matplotlibrc says."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> T:
        with _style():
            return draw(*args, **kwargs)

    return drawn


def put(on: Figure | Axes, x: float, y: float, text: str, **how: Any) -> None:
    """A label; turned ones keep their anchor in an SVG too."""
    options = {"va": "center", "ha": "left", "rotation_mode": "anchor"} | how
    on.text(x, y, safe(text), **options)


def safe(text: str) -> str:
    """`text` on one line, without characters that a reader would not see or an XML file may not have."""
    return HIDDEN.sub("\ufffd", re.sub(r"[\t\n\r]+", " ", text))


@contextmanager
def _style() -> Iterator[None]:
    with mpl.rc_context():
        mpl.rcdefaults()
        settings: Any = STYLE | {"font.family": families()}
        mpl.rcParams.update(settings)
        yield


def _tidied(svg: str, title: str, description: str) -> str:
    """With title and desc, fonts that a browser knows, and no names or rules that would reach into a page around it."""
    ours, theirs = ", ".join(map(repr, families())), ", ".join(repr(f) if " " in f else f for f in BROWSER)
    svg = svg[svg.index("<svg") :].replace(ours, theirs)
    svg = re.sub(r"<metadata>.*?</metadata>\s*|<style type=\"text/css\">.*?</style>", "", svg, flags=re.DOTALL)
    used = set(re.findall(r"(?:#|url\(#)([\w-]+)", svg))
    svg = re.sub(r' id="([^"]+)"', lambda name: name[0] if name[1] in used else "", svg)
    head = f"<title>{escape(title)}</title>\n<desc>{escape(description)}</desc>\n"
    opened = re.sub(r"<svg\b", '<svg role="img" stroke-linejoin="round"', svg, count=1)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + re.sub(
        r"(<svg[^>]*>\n?)", lambda tag: tag[0] + head, opened, count=1
    )
