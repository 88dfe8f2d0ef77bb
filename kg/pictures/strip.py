"""A history → the strip plot of its cascades: a line per programme, a dot per adopter in its year, ties side by side."""

from __future__ import annotations

from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from kg.diffusion.adoptions import Adoption, History, Program
from kg.diffusion.naming import names_of
from kg.pictures.choosing import (
    LEVELS,
    dated,
    largest,
    level_rank,
    the_one,
    undated_note,
    year_of,
    year_range,
)
from kg.pictures.palette import INK, LEVEL_COLORS, LEVEL_NAMES, LINE, QUIET
from kg.pictures.sheet import MARGIN, Picture, Sheet, in_style, legend_height, put, safe
from kg.pictures.widths import shorten, text_width

PROGRAMS, ADOPTERS = 40, 60
WIDTH, ROW, DOT, STEP = 920.0, 26.0, 3.2, 7.6
MOST_DOTS = 12  # adopters of one year that are drawn one by one


class Dot(NamedTuple):
    """An adopter, in years and rows."""

    x: float
    y: float
    color: str
    exact: bool


def strip(history: History, program: str = "") -> Picture:
    """Cascades one above the other; with one programme its adopters one above the other. Raises DiffusionError."""
    return adopters(history, the_one(history, program)) if program else cascades(history)


@in_style
def cascades(history: History) -> Picture:
    """A row per programme, at most 40; from 13 adopters in one year on a disc with their number."""
    programs, left_out = largest(history, PROGRAMS)
    rows = [dated(history.by_program[p.id]) for p in programs]
    drawn = [a for row in rows for a in row]
    note = f"{left_out}同年者先后不明，并排画出；超过{MOST_DOTS}个的画成带数字的圆。空心为只知上限。"
    left = _label_room([f"{p.name} {len(row)}" for p, row in zip(programs, rows, strict=True)])
    legend = _levels(history, drawn)
    high = max(len(rows), 1) * ROW
    sheet = Sheet(
        WIDTH,
        high + 50 + legend_height(WIDTH, [w for w, _ in legend]),
        "各项目的扩散过程",
        note + undated_note(history.adoptions),
    )
    axes = _field(sheet, history, drawn, left, high, len(rows))
    dots: list[Dot] = []
    for number, (chosen, row) in enumerate(zip(programs, rows, strict=True)):
        name = f"{shorten(safe(chosen.name), 30)} {len(row)}"
        sheet.text(left - 10, sheet.top + 6 + (number + 0.5) * ROW, name, ha="right")
        axes.plot([year_of(row[0]), year_of(row[-1])], [number, number], color=LINE, linewidth=1.2, zorder=1)
        for year in sorted({year_of(a) for a in row}):
            dots += _tied(axes, history, [a for a in row if year_of(a) == year], year, number)
    _put(axes, dots)
    sheet.legend(high + 46, legend)
    return sheet.picture(f"{len(rows)}个项目、{len(drawn)}条带年份的采纳，横轴为年份，每点一个地方，颜色为层级。")


@in_style
def adopters(history: History, chosen: Program) -> Picture:
    """A row per adopter, at most 60, with the interval in which it adopted."""
    every = history.by_program[chosen.id]
    known = dated(every)
    drawn = known[:ADOPTERS]
    cut = f"只画最早的{ADOPTERS}个采纳者，其余{len(known) - ADOPTERS}个未画。" if len(known) > ADOPTERS else ""
    note = cut + "横线为采纳年份可能所在的区间，左端有箭头者起点不明；空心为只知上限。" + undated_note(every)
    names = names_of(history)
    left, legend = _label_room([names[a.unit] for a in drawn]), _levels(history, drawn)
    high = max(len(drawn), 1) * 20.0
    sheet = Sheet(WIDTH, high + 50 + legend_height(WIDTH, [w for w, _ in legend]), f"{chosen.name}：谁在何时采纳", note)
    axes = _field(sheet, history, drawn, left, high, len(drawn))
    since = min((a.lower for a in drawn if a.lower is not None), default=axes.get_xlim()[0] + 0.7)
    axes.set_xlim(min(max(since, axes.get_xlim()[0] - 15), axes.get_xlim()[0] + 0.7) - 0.7)
    start, dots = axes.get_xlim()[0], []
    for number, adoption in enumerate(drawn):
        color = LEVEL_COLORS[history.unit[adoption.unit].level]
        sheet.text(left - 10, sheet.top + 6 + (number + 0.5) * 20, shorten(safe(names[adoption.unit]), 30), ha="right")
        year = year_of(adoption)
        if adoption.lower is None:
            axes.plot([start, year], [number, number], color=color, linewidth=1.2, linestyle=(0, (2, 2)))
            axes.plot([start + 0.05], [number], marker="<", color=color, markersize=5, clip_on=False)
        elif not adoption.is_exact:
            axes.plot([adoption.lower, year], [number, number], color=color, linewidth=2)
        dots.append(Dot(year, number, color, adoption.is_exact))
    _put(axes, dots, size=7)
    sheet.legend(high + 46, legend)
    return sheet.picture(f"{len(drawn)}个采纳者，按最迟年份自上而下排列。")


def _field(sheet: Sheet, history: History, drawn: list[Adoption], left: float, high: float, rows: int) -> Axes:
    years = year_range(history, drawn)
    axes = sheet.axes(left, 6, WIDTH - left - MARGIN, high)
    axes.set_xlim(years[0] - 0.7, years[-1] + 0.7)
    axes.set_ylim(max(rows, 1) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12, min_n_ticks=1))
    axes.grid(axis="x")
    axes.set_axisbelow(True)
    if not rows:
        put(axes, 0.5, 0.5, "没有带年份的采纳", color=QUIET, ha="center", transform=axes.transAxes)
    return axes


def _tied(axes: Axes, history: History, tied: list[Adoption], year: int, row: int) -> list[Dot]:
    """Dots side by side in the order of levels, in two lines where they are many; a disc where they are too many."""
    pixel = _pixel(axes)
    room = min(0.96 / pixel, 120.0)  # of one year
    wide = max(int(room // STEP), 1)
    if len(tied) > min(MOST_DOTS, wide * 2):
        _disc(axes, tied, year, row, room)
        return []
    ordered = sorted(tied, key=lambda a: (level_rank(history.unit[a.unit]), not a.is_exact, a.unit))
    half = len(ordered) if len(ordered) <= wide else (len(ordered) + 1) // 2
    dots = []
    for place, adoption in enumerate(ordered):
        line, column = divmod(place, half)
        long, lines = min(half, len(ordered) - line * half), -(-len(ordered) // half)
        x = year + (column - (long - 1) / 2) * STEP * pixel
        y = row + (line - (lines - 1) / 2) * STEP / ROW
        dots.append(Dot(x, y, LEVEL_COLORS[history.unit[adoption.unit].level], adoption.is_exact))
    return dots


def _disc(axes: Axes, tied: list[Adoption], year: int, row: int, room: float) -> None:
    face = "#E8F1F7" if all(a.is_exact for a in tied) else "white"
    size = min(ROW - 3, 13 + len(tied) ** 0.5, max(room, 11.0))
    axes.plot([year], [row], "o", color=INK, markerfacecolor=face, markersize=size)
    put(axes, year, row, str(len(tied)), ha="center", size=9 if len(tied) < 100 else 7, zorder=6)


def _put(axes: Axes, dots: list[Dot], size: float = 2 * DOT) -> None:
    """All dots of one look at once."""
    for color, exact in sorted({(dot.color, dot.exact) for dot in dots}):
        x, y = zip(*((dot.x, dot.y) for dot in dots if (dot.color, dot.exact) == (color, exact)), strict=True)
        face = color if exact else "white"
        axes.plot(x, y, "o", color=color, markerfacecolor=face, markersize=size, markeredgewidth=1.3, clip_on=False)


def _pixel(axes: Axes) -> float:
    """Years that one pixel is wide."""
    left, right = axes.get_xlim()
    return float((right - left) / axes.get_window_extent().width)


def _label_room(names: list[str]) -> float:
    return MARGIN + 14 + max((min(text_width(name), 36) for name in names), default=0) * 11 * 0.54


def _levels(history: History, drawn: list[Adoption]) -> list[tuple[str, dict[str, Any]]]:
    present = {history.unit[a.unit].level for a in drawn}
    return [
        (LEVEL_NAMES[level], {"marker": "o", "color": LEVEL_COLORS[level], "markersize": 7})
        for level in LEVELS
        if level in present
    ] + [("仅知上限", {"marker": "o", "color": QUIET, "markerfacecolor": "white", "markersize": 7})]
