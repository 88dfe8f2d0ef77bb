"""A history → a small curve for every programme, all with the same axes, so that shapes can be compared."""

from __future__ import annotations

from itertools import accumulate

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from kg.diffusion.adoptions import Adoption, History, Program
from kg.pictures.choosing import dated, largest, undated_note, year_of, year_range
from kg.pictures.palette import ACCENT, INK, LINE, QUIET
from kg.pictures.sheet import MARGIN, SIZE, Picture, Sheet, in_style, safe
from kg.pictures.widths import shorten

PROGRAMS, ACROSS = 40, 5
WIDE, HIGH, GAP, LEFT = 150.0, 74.0, 36.0, 30.0


@in_style
def multiples(history: History) -> Picture:
    """Cumulative adopters per programme, at most 40 of them, in order of their first year."""
    programs, left_out = largest(history, PROGRAMS)
    rows = {p.id: dated(history.by_program[p.id]) for p in programs}
    years = year_range(history, [a for row in rows.values() for a in row])
    highest = max((len(row) for row in rows.values()), default=1)
    across = min(ACROSS, max(len(programs), 3))
    down = -(-max(len(programs), 1) // across)
    note = f"{left_out}各图同轴；数字为带年份的采纳者总数，浅色部分只知上限。" + undated_note(history.adoptions)
    width = 2 * MARGIN + LEFT + across * (WIDE + GAP) - GAP + 10
    sheet = Sheet(width, down * (HIGH + GAP + 8) + 16, "各项目的累计采纳", note)
    for number, program in enumerate(programs):
        line, column = divmod(number, across)
        x, y = MARGIN + LEFT + column * (WIDE + GAP), 26 + line * (HIGH + GAP + 8)
        sheet.text(x, sheet.top + y - 10, _heading(program, len(rows[program.id])), size=SIZE)
        axes = sheet.axes(x, y, WIDE, HIGH)
        _curve(axes, rows[program.id], years, highest)
        axes.tick_params(labelsize=9, labelleft=column == 0, labelbottom=number + across >= len(programs))
    if not programs:
        sheet.text(MARGIN, sheet.top + 20, "没有带年份的采纳", color=QUIET)
    return sheet.picture(f"{len(programs)}个项目的累计采纳曲线，{years[0]}至{years[-1]}年，纵轴0至{highest}。")


def _heading(program: Program, number: int) -> str:
    return f"{shorten(safe(program.name), 20)} {number}"


def _curve(axes: Axes, known: list[Adoption], years: range, highest: int) -> None:
    new = [[a for a in known if year_of(a) == year] for year in years]
    all_ = list(accumulate(len(some) for some in new))
    exact = list(accumulate(sum(a.is_exact for a in some) for some in new))
    at = [years[0] - 1, *years, years[-1] + 1]
    for heights, color, alpha in ((all_, ACCENT, 0.2), (exact, ACCENT, 0.45)):
        axes.fill_between(at, [0, *heights, heights[-1]], step="post", color=color, alpha=alpha, linewidth=0)
    axes.step(at, [0, *all_, all_[-1]], where="post", color=INK, linewidth=1.3)
    axes.set_xlim(years[0] - 0.7, years[-1] + 0.7)
    axes.set_ylim(0, highest * 1.08)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=4, min_n_ticks=1))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=3, min_n_ticks=1))
    axes.grid(axis="y", color=LINE)
    axes.set_axisbelow(True)
