"""A history → the heat map place × programme: the colour is the year; what nobody read is hatched, never white."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
from kg.pictures.choosing import busiest, dated, largest, year_of
from kg.pictures.palette import FAINT, LINE, QUIET, UNREAD
from kg.pictures.sheet import MARGIN, SIZE, Picture, Sheet, in_style, put, safe
from kg.pictures.widths import shorten, text_width

PLACES, PROGRAMS = 80, 40
TALL = 17.0  # pixels of a row
WORD = SIZE * 0.54  # pixels of half a Chinese character
Cell = Literal["year", "undated", "unseen", "unread"]
LOOKS: dict[Cell, dict[str, Any]] = {
    "unseen": {"facecolor": "white", "edgecolor": LINE, "linewidth": 0.5},
    "unread": {"facecolor": UNREAD, "hatch": "////", "edgecolor": FAINT, "linewidth": 0},
    "undated": {"facecolor": "#F3D9CC", "edgecolor": "white", "linewidth": 0.8},
    "year": {"edgecolor": "white", "linewidth": 0.8},
}


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows and columns, and what is known of their crossings."""

    units: list[Unit]
    programs: list[Program]
    have: dict[tuple[str, str], Adoption]
    since: dict[str, int]  # the first year of each programme
    last_read: dict[str, int]  # of each unit

    @property
    def years(self) -> range:
        """From the first adoption to the last."""
        shown = {program.id for program in self.programs}
        known = [year_of(a) for (_, program), a in self.have.items() if program in shown and a.upper is not None]
        return range(min(known), max(known) + 1) if known else range(2000, 2001)

    def cell(self, unit: Unit, program: Program) -> tuple[Cell, Adoption | None]:
        """The state of one crossing. Only what was read in the time of the programme can be white."""
        adoption = self.have.get((unit.id, program.id))
        if adoption is not None:
            return ("undated" if adoption.upper is None else "year"), adoption
        first = self.since[program.id]
        return ("unseen" if self.last_read.get(unit.id, first - 1) >= first else "unread"), None


@in_style
def heat(history: History) -> Picture:
    """Places that adopted most above, programmes in order of their first year; at most 80 × 40.

    Four states are kept apart: adopted in a year; adopted, year unknown; read and not seen; not read.
    """
    programs, fewer_programs = largest(history, PROGRAMS)
    units, fewer_units = busiest(history, programs, PLACES)
    since = {program.id: year_of(dated(history.by_program[program.id])[0]) for program in programs}
    have = {(a.unit, a.program): a for a in history.adoptions}
    grid = Grid(units, programs, have, since, _last_read(history))
    note = fewer_programs + fewer_units + "白格：读过其文件而未见；斜线灰格：该项目出现后未读到其文件，不等于未采纳。"
    sheet = _sheet(grid, names_of(history), note)
    first, last = grid.years[0], grid.years[-1]
    told = f"{len(units)}个地方、{len(programs)}个项目；格内颜色为最迟采纳年份，{first}至{last}年，黄为晚。"
    return sheet.picture(told)


def _sheet(grid: Grid, called: Mapping[str, str], note: str) -> Sheet:
    """The whole drawing: names at the left and, turned, above; the cells; the key below."""
    rows = [shorten(safe(called[unit.id]), 26) for unit in grid.units]
    heads = [shorten(safe(program.name), 22) for program in grid.programs]
    left = MARGIN + 12 + max(map(text_width, rows), default=8) * WORD
    head = 14 + max(map(text_width, heads), default=4) * WORD * 0.8
    wide = max(min(46.0, 760 / max(len(heads), 1)), 18.0)
    across, high = wide * max(len(heads), 1), TALL * max(len(rows), 1)
    sheet = Sheet(
        max(left + across + max(head, 40.0) + MARGIN, 560.0), head + high + 76, "地方×项目：最迟采纳年份", note
    )
    for number, name in enumerate(rows):
        sheet.text(left - 8, sheet.top + head + (number + 0.5) * TALL, name, ha="right")
    turned: dict[str, Any] = {"rotation": 45} if wide > 24 else {"rotation": 60, "size": 10}
    for number, name in enumerate(heads):
        sheet.text(left + (number + 0.5) * wide - 3, sheet.top + head - 6, name, **turned)
    _cells(sheet.axes(left, head, across, high), grid)
    _key(sheet, left, head + high + 26, grid.years)
    return sheet


def _cells(axes: Axes, grid: Grid) -> None:
    colors, scale = mpl.colormaps["cividis"], Normalize(grid.years[0], max(grid.years[-1], grid.years[0] + 1))
    boxes: dict[Cell, list[Rectangle]] = {state: [] for state in LOOKS}
    filled: list[tuple[float, float, float, float]] = []
    for column, program in enumerate(grid.programs):
        for row, unit in enumerate(grid.units):
            state, adoption = grid.cell(unit, program)
            boxes[state].append(Rectangle((column, row), 1, 1))
            if state == "year" and adoption is not None:
                filled.append(colors(scale(year_of(adoption))))
                _inside(axes, column, row, adoption, filled[-1])
    for state, look in LOOKS.items():
        faces: dict[str, Any] = {"facecolor": filled} if state == "year" else {}
        if boxes[state]:
            axes.add_collection(PatchCollection(boxes[state], **(look | faces)))
    axes.set_xlim(0, max(len(grid.programs), 1))
    axes.set_ylim(max(len(grid.units), 1), 0)
    axes.set_xticks([])
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_visible(False)
    if not grid.units:
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
