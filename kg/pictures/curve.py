"""One programme → its S-curve: how many had adopted by when, and below how many places could be seen at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from kg.diffusion.adoptions import Adoption, History
from kg.diffusion.history.coverage import observed
from kg.pictures.choosing import dated, the_one, undated_note, year_of, year_range
from kg.pictures.palette import ACCENT, FAINT, INK, LINE, QUIET, SAID, UNREAD
from kg.pictures.sheet import Picture, Sheet, in_style, legend_height, put

WIDTH, LEFT, RIGHT, HIGH, GAP, LOW = 720.0, 64.0, 64.0, 280.0, 44.0, 70.0
FIT_COLORS = (SAID, "#009E73", "#CC79A7", "#E69F00")
_ALL: dict[str, Any] = {"color": FAINT, "linestyle": "-", "linewidth": 1}
DASHES = ("--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)))


class Band(NamedTuple):
    """An estimated share of adopters over time, for example the NPMLE of interval-censored years (Turnbull 1976)."""

    times: Sequence[float]
    share: Sequence[float]  # 0–1
    low: Sequence[float]
    high: Sequence[float]


class Fit(NamedTuple):
    """A fitted curve: logistic, Gompertz, Bass."""

    name: str
    times: Sequence[float]
    share: Sequence[float]


@in_style
def s_curve(
    history: History,
    program: str = "",
    band: Band | None = None,
    fits: Sequence[Fit] = (),
    at_risk: Collection[str] = (),
) -> Picture:
    """Cumulative adopters by the latest year that is known, above the units that were read and had not adopted yet.

    `at_risk` are the units that shares refer to; without them all of which something is known. Adopters outside are a
    curve of their own, of all adopters. Raises DiffusionError.
    """
    chosen = the_one(history, program)
    adoptions = history.by_program[chosen.id]
    every = dated(adoptions)
    units = set(at_risk) or {unit.id for unit in observed(history)}
    known = [a for a in every if a.unit in units]
    total = max(len(units), 1)
    bound = sum(not a.is_exact for a in known)
    note = f"阶梯为最迟年份；其中{bound}条只知上限，实际可能更早。" if bound else ""
    note += undated_note(adoptions) + ("下图：文件未读到的地方不算“未采纳”。" if history.read else "")
    legend = _legend(band, fits, bound=bound, outside=len(every) > len(known), missing=bool(history.missing))
    high = HIGH + GAP + LOW + 50 + legend_height(WIDTH, [words for words, _ in legend])
    sheet = Sheet(WIDTH, high, f"{chosen.name}：采纳的S形曲线", note)
    years = year_range(history, every)
    above = sheet.axes(LEFT, 16, WIDTH - LEFT - RIGHT, HIGH)
    _curves(above, known, every, years, total)
    _estimates(above, total, band, fits)
    _share_axis(above, total)
    below = sheet.axes(LEFT, 16 + HIGH + GAP, WIDTH - LEFT - RIGHT, LOW)
    _read(below, history, adoptions, years)
    for axes in (above, below):
        axes.set_xlim(years[0] - 0.7, years[-1] + 0.7)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12, min_n_ticks=1))
    _headings(sheet, total)
    sheet.legend(16 + HIGH + GAP + LOW + 38, legend)
    told = f"{years[0]}年至{years[-1]}年，{len(known)}个地方有带年份的采纳记录，共{total}个单位。"
    return sheet.picture(told if known else "没有带年份的采纳。")


def _headings(sheet: Sheet, total: int) -> None:
    sheet.text(LEFT - 48, sheet.top + 4, "累计采纳地方数", color=QUIET)
    sheet.text(WIDTH - RIGHT + 48, sheet.top + 4, f"占{total}个单位的比例", color=QUIET, ha="right")
    read = "当年读到文件的地方：蓝为尚未采纳（风险集），灰为已采纳"
    sheet.text(LEFT - 48, sheet.top + HIGH + GAP + 4, read, color=QUIET)


def _legend(
    band: Band | None, fits: Sequence[Fit], *, bound: int, outside: bool, missing: bool
) -> list[tuple[str, dict[str, Any]]]:
    dot, square = {"marker": "o", "color": INK, "markersize": 6}, {"marker": "s", "color": FAINT}
    fitted = zip(fits, FIT_COLORS, DASHES, strict=False)
    entries: tuple[tuple[bool, str, dict[str, Any]], ...] = (
        (True, "已采纳（最迟年份）", {"linestyle": "-", "color": INK, "linewidth": 2}),
        (True, "当年各条年份确知", dot),
        (bound > 0, "当年有仅知上限的", dot | {"markerfacecolor": "white"}),
        (outside, "连同自身没有读到文件的采纳者", _ALL),
        (band is not None, "区间删失估计（NPMLE）及其区间", {"linestyle": "-", "color": ACCENT, "linewidth": 1}),
        *((True, fit.name, {"linestyle": dash, "color": color}) for fit, color, dash in fitted),
        (missing, "应有而未读到文件的地方", square | {"markerfacecolor": UNREAD}),
    )
    return [(words, mark) for there, words, mark in entries if there]


def _curves(axes: Axes, known: list[Adoption], every: list[Adoption], years: range, total: int) -> None:
    """The staircase, with a filled dot for a year that is known and a hollow one where some are only bounds."""
    new = [[a for a in known if year_of(a) == year] for year in years]
    heights = list(accumulate(map(len, new)))
    at = [years[0] - 1, *years, years[-1] + 1]
    axes.step(at, [0, *heights, heights[-1]], where="post", color=INK, linewidth=2)
    if len(every) > len(known):
        reached = [sum(year_of(a) <= year for a in every) for year in years]
        axes.step(at, [0, *reached, reached[-1]], where="post", zorder=1, **_ALL)
    highest = max(len(every), min(total, len(known) * 2), 1) * 1.12
    for year, height, of_year in zip(years, heights, new, strict=True):
        if of_year:
            face = INK if all(a.is_exact for a in of_year) else "white"
            axes.plot([year], [height], "o", color=INK, markersize=6, markerfacecolor=face, zorder=5)
            put(axes, year, height + highest * 0.035, f"+{len(of_year)}  ", color=QUIET, size=10, ha="right")
    axes.set_ylim(0, highest)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6, min_n_ticks=1))
    axes.grid(axis="y")
    axes.set_axisbelow(True)


def _estimates(axes: Axes, total: int, band: Band | None, fits: Sequence[Fit]) -> None:
    for fit, color, dash in zip(fits, FIT_COLORS, DASHES, strict=False):
        heights = [share * total for share in fit.share]
        axes.plot(fit.times, heights, color=color, linestyle=dash, linewidth=1.5, zorder=4)
    if band is not None:
        low, mid, high = ([share * total for share in side] for side in (band.low, band.share, band.high))
        axes.fill_between(band.times, low, high, step="post", color=ACCENT, alpha=0.15, linewidth=0)
        axes.step(band.times, mid, where="post", color=ACCENT, linewidth=1)


def _share_axis(axes: Axes, total: int) -> None:
    right = axes.twinx()
    low, high = axes.get_ylim()
    right.set_ylim(low / total * 100, high / total * 100)
    right.spines["right"].set_visible(True)
    step = 25 if high / total > 0.5 else 10 if high / total > 0.2 else 5 if high / total > 0.05 else 1
    right.set_yticks(range(0, min(100, int(high / total * 100)) + 1, step))
    right.yaxis.set_major_formatter(lambda value, _: f"{value:g}%")
    right.spines["right"].set_color(FAINT)


def _read(axes: Axes, history: History, adoptions: tuple[Adoption, ...], years: range) -> None:
    """Bars: units read in the year that had not adopted, that had, and documents that are known to be missing."""
    since = {a.unit: year_of(a) for a in adoptions if a.upper is not None}
    for year in years:
        read = [unit for (unit, of), number in history.read.items() if of == year and number]
        open_ = sum(since.get(unit, year + 1) > year for unit in read)
        axes.bar(year, open_, 0.7, color=ACCENT, alpha=0.75)
        axes.bar(year, len(read) - open_, 0.7, bottom=open_, color=FAINT)
        missing = {unit for (unit, of), number in history.missing.items() if of == year and number} - set(read)
        axes.bar(year, len(missing), 0.7, bottom=len(read), color=UNREAD, hatch="////", edgecolor=LINE)
    if not history.read:
        put(axes, 0.5, 0.5, "没有阅读记录：谁未采纳无从得知", color=QUIET, ha="center", transform=axes.transAxes)
        axes.set_ylim(0, 1)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=3, min_n_ticks=1))
