"""A history → the heat map place × programme: the colour is the year; what nobody read is hatched, never white."""

from __future__ import annotations

from typing import Any, Literal

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.colors import Normalize, to_rgb
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from kg.diffusion.adoptions import Adoption, History, Program, Unit
from kg.diffusion.naming import names_of
from kg.pictures.choosing import busiest, dated, largest, year_of, year_range
from kg.pictures.palette import FAINT, LINE, QUIET, UNREAD
from kg.pictures.sheet import MARGIN, SIZE, Picture, Sheet, in_style, put, safe
from kg.pictures.widths import shorten, text_width

PLACES, PROGRAMS = 80, 40
TALL = 17.0
Cell = Literal["year", "undated", "unseen", "unread"]


@in_style
def heat(history: History) -> Picture:
    """Places that adopted most above, programmes in order of their first year; at most 80 × 40.

    Four states are kept apart: adopted in a year; adopted, year unknown; read and not seen; not read.
    """
    programs, fewer_programs = largest(history, PROGRAMS)
    units, fewer_units = busiest(history, programs, PLACES)
    have = {(a.unit, a.program): a for a in history.adoptions}
    years = year_range(history, dated(a for (u, p), a in have.items() if p in {p.id for p in programs}))
    called = names_of(history)
    names = [shorten(safe(p.name), 22) for p in programs]
    left = MARGIN + 12 + max((text_width(shorten(safe(called[u.id]), 26)) for u in units), default=8) * SIZE * 0.54
    head = 14 + max((text_width(name) for name in names), default=4) * SIZE * 0.54 * 0.8
    wide = max(min(46.0, 760 / max(len(programs), 1)), 18.0)
    turn = 45 if wide > 24 else 60
    across, high = wide * max(len(programs), 1), TALL * max(len(units), 1)
    note = fewer_programs + fewer_units + "白格：读过其文件而未见；斜线灰格：该项目出现后未读到其文件，不等于未采纳。"
    width = max(left + across + max(head, 40.0) + MARGIN, 560.0)
    sheet = Sheet(width, head + high + 76, "地方×项目：最迟采纳年份", note)
    for number, unit in enumerate(units):
        sheet.text(left - 8, sheet.top + head + (number + 0.5) * TALL, shorten(safe(called[unit.id]), 26), ha="right")
    for number, name in enumerate(names):
        sheet.text(
            left + (number + 0.5) * wide - 3, sheet.top + head - 6, name, rotation=turn, size=SIZE if turn == 45 else 10
        )
    axes = sheet.axes(left, head, across, high)
    _cells(axes, history, have, units, programs, years)
    _key(sheet, left, head + high + 26, years)
    return sheet.picture(
        f"{len(units)}个地方、{len(programs)}个项目；格内颜色为最迟采纳年份，{years[0]}至{years[-1]}年，黄为晚。"
    )


def _cells(
    axes: Axes,
    history: History,
    have: dict[tuple[str, str], Adoption],
    units: list[Unit],
    programs: list[Program],
    years: range,
) -> None:
    colors, scale = mpl.colormaps["cividis"], Normalize(years[0], max(years[-1], years[0] + 1))
    boxes: dict[Cell, list[tuple[Rectangle, object]]] = {"year": [], "undated": [], "unseen": [], "unread": []}
    last_read = _last_read(history)
    for column, program in enumerate(programs):
        first = year_of(dated(history.by_program[program.id])[0])
        for row, unit in enumerate(units):
            adoption = have.get((unit.id, program.id))
            seen = last_read.get(unit.id, first - 1) >= first
            cell: Cell = (
                ("unseen" if seen else "unread")
                if adoption is None
                else "undated"
                if adoption.upper is None
                else "year"
            )
            color = colors(scale(year_of(adoption))) if adoption and adoption.upper is not None else None
            boxes[cell].append((Rectangle((column, row), 1, 1), color))
            if adoption and color:
                _inside(axes, column, row, adoption, color)
    edge = {"edgecolor": "white", "linewidth": 0.8}
    looks: dict[Cell, dict[str, Any]] = {
        "unseen": {"facecolor": "white", "edgecolor": LINE, "linewidth": 0.5},
        "unread": {"facecolor": UNREAD, "hatch": "////", **edge, "edgecolor": FAINT, "linewidth": 0},
        "undated": {"facecolor": "#F3D9CC", **edge},
        "year": edge,
    }
    for state, look in looks.items():
        some = boxes[state]
        if some:
            filled: dict[str, Any] = {"facecolor": [color for _, color in some]} if state == "year" else {}
            axes.add_collection(PatchCollection([box for box, _ in some], **(look | filled)))
    axes.set_xlim(0, max(len(programs), 1))
    axes.set_ylim(max(len(units), 1), 0)
    axes.set_xticks([])
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_visible(False)
    if not units:
        put(axes, 0.5, 0.5, "没有采纳记录", color=QUIET, ha="center", transform=axes.transAxes)


def _last_read(history: History) -> dict[str, int]:
    """The last year in which a document of the unit was read."""
    last: dict[str, int] = {}
    for (unit, year), number in history.read.items():
        if number:
            last[unit] = max(year, last.get(unit, year))
    return last


def _inside(axes: Axes, column: int, row: int, adoption: Adoption, color: tuple[float, float, float, float]) -> None:
    """The two last figures of the year, with ≤ where it is only a bound; light on dark."""
    dark = float(np.dot(to_rgb(color), (0.3, 0.59, 0.11))) < 0.5
    text = ("" if adoption.is_exact else "≤") + f"{year_of(adoption) % 100:02d}"
    put(axes, column + 0.5, row + 0.52, text, ha="center", size=8, color="white" if dark else "#1A1A1A", zorder=4)


def _key(sheet: Sheet, left: float, top: float, years: range) -> None:
    """The scale of colours, and what the other cells mean."""
    axes = sheet.axes(left, top, 160, 10)
    steps = len(years)
    for number in range(steps):
        color = mpl.colormaps["cividis"](number / max(steps - 1, 1))
        axes.add_patch(Rectangle((number, 0), 1, 1, facecolor=color, linewidth=0))
    axes.set_xlim(0, steps)
    axes.set_ylim(0, 1)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=4, min_n_ticks=1))
    axes.set_xticks(
        [0.5, steps - 0.5] if steps > 1 else [0.5],
        [str(y) for y in ([years[0], years[-1]] if steps > 1 else [years[0]])],
    )
    axes.tick_params(length=0)
    x = left + 190
    for face, hatch, edge, words in (
        ("#F3D9CC", "", FAINT, "年份不详"),
        ("white", "", FAINT, "读过未见"),
        (UNREAD, "//////", FAINT, "未读到"),
    ):
        paper = sheet.axes(x, top - 2, 14, 14)
        paper.add_patch(Rectangle((0.05, 0.05), 0.9, 0.9, facecolor=face, hatch=hatch, edgecolor=edge, linewidth=1))
        paper.set_axis_off()
        sheet.text(x + 20, sheet.top + top + 5, words, color=QUIET)
        x += 92
