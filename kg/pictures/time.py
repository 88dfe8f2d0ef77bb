"""A history → the network in time: years from left to right, a lane per level of government, arrows from whom to whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from matplotlib.axes import Axes

from kg.diffusion.adoptions import Adoption, History, Unit
from kg.diffusion.naming import names_of
from kg.model import Level
from kg.pictures.arrows import Arrow, draw, heaviest, legend
from kg.pictures.choosing import LEVELS, dated, the_one, undated_note, year_of, year_range
from kg.pictures.labels import Wish, granted
from kg.pictures.palette import FAINT, INK, LEVEL_COLORS, LEVEL_NAMES, LINE, QUIET, WASH
from kg.pictures.sheet import MARGIN, Picture, Sheet, in_style, legend_height, put, safe
from kg.pictures.widths import shorten

WIDTH, LEFT, STEP, LABELLED = 980.0, 84.0, 15.0, 30.0
ROWS = 14  # dots of one year and lane one above the other; more stand in further columns
Spots = dict[str, tuple[float, float]]


@in_style
def time(history: History, program: str = "", arrows: tuple[Arrow, ...] = ()) -> Picture:
    """Of one programme, or of all (then a unit stands at its first adoption of any). Raises DiffusionError."""
    chosen = the_one(history, program) if program or len(history.programs) == 1 else None
    every = history.by_program[chosen.id] if chosen else history.adoptions
    first: dict[str, Adoption] = {}
    for adoption in dated(every):
        first.setdefault(adoption.unit, adoption)
    units = [history.unit[u] for u in first]
    kept, few = heaviest(arrows, set(first))
    years = year_range(history, list(first.values()))
    lanes, high = _lanes(units, first, years)
    title = f"{chosen.name}：从谁到谁" if chosen else "各地首次采纳（任一项目）与传播网络"
    crowded = "地名只标写得下的，先标箭头多的和早的。" if len(first) > 20 else ""
    key = [("年份确知", _dot(INK)), ("仅知上限", _dot(INK, hollow=True)), *legend(kept)]
    sheet = Sheet(
        WIDTH, high + 44 + legend_height(WIDTH, [w for w, _ in key]), title, few + crowded + undated_note(every)
    )
    axes = sheet.paper()
    column = (WIDTH - LEFT - 110) / max(len(years), 1)
    for year in years[:: -(-len(years) // 16)]:
        x = LEFT + (year - years[0] + 0.5) * column
        axes.plot([x, x], [sheet.top, sheet.top + high], color=LINE, linewidth=0.6, zorder=0)
        put(axes, x, sheet.top + high + 12, str(year), ha="center", color=QUIET)
    spots: Spots = {}
    for number, (level, top, bottom) in enumerate(lanes):
        _lane(axes, level, sheet.top + top, sheet.top + bottom, shaded=number % 2 == 0)
        of_level = [u.id for u in units if u.level is level]
        spots |= _spots(of_level, first, years[0], column, sheet.top + top, sheet.top + bottom)
    for unit, at in spots.items():
        axes.plot(
            *at,
            **{
                "linestyle": "none",
                "zorder": 3,
                **_dot(LEVEL_COLORS[history.unit[unit].level], hollow=not first[unit].is_exact),
            },
        )
    draw(axes, kept, spots)
    for label in granted(_wishes(history, first, kept, spots), [(*at, 4.0) for at in spots.values()], WIDTH - 4):
        put(axes, label.x, label.y, label.text, ha=label.ha, size=10, zorder=5)
    if not first:
        put(axes, WIDTH / 2, sheet.top + high / 2, "没有带年份的采纳", ha="center", color=QUIET)
    sheet.legend(high + 40, key)
    return sheet.picture(f"{len(first)}个采纳者，{len(kept)}条箭头；横轴为年份，纵向为层级。")


def _dot(color: str, *, hollow: bool = False) -> dict[str, Any]:
    return {
        "marker": "o",
        "markersize": 7,
        "color": color,
        "markerfacecolor": "white" if hollow else color,
        "markeredgewidth": 1.5,
    }


def _lanes(
    units: list[Unit], first: dict[str, Adoption], years: range
) -> tuple[list[tuple[Level | None, float, float]], float]:
    """Level with the upper and lower edge of its lane, high enough for the most adopters of one year."""
    lanes, top = [], 0.0
    for level in LEVELS:
        sizes = [sum(u.level is level and year_of(first[u.id]) == year for u in units) for year in years]
        if any(sizes):
            room = LABELLED if max(sizes) <= 6 else STEP
            bottom = top + 28 + min(max(sizes), ROWS) * room
            lanes.append((level, top, bottom))
            top = bottom
    return lanes, max(top, 80.0)


def _lane(axes: Axes, level: Level | None, top: float, bottom: float, *, shaded: bool) -> None:
    axes.axhspan(top, bottom, color=WASH if shaded else "white", zorder=-1, linewidth=0)
    put(axes, MARGIN, (top + bottom) / 2, LEVEL_NAMES[level], color=FAINT if level is None else INK)


def _spots(units: list[str], first: dict[str, Adoption], since: int, column: float, top: float, bottom: float) -> Spots:
    """Of one lane: the adopters of a year one above the other around its middle, in as many columns as they need."""
    by_year: dict[int, list[str]] = {}
    for unit in units:
        by_year.setdefault(year_of(first[unit]), []).append(unit)
    spots: Spots = {}
    for year, some in by_year.items():
        columns = -(-len(some) // ROWS)
        rows = -(-len(some) // columns)
        step = (bottom - top - 28) / max(rows, 1)
        apart = min(11.0, column * 0.9 / columns)
        for number, unit in enumerate(some):
            across, down = divmod(number, rows)
            x = LEFT + (year - since + 0.5) * column + (across - (columns - 1) / 2) * apart
            spots[unit] = (x, (top + bottom) / 2 + (down - (rows - 1) / 2) * min(step, LABELLED))
    return spots


def _wishes(history: History, first: dict[str, Adoption], arrows: list[Arrow], spots: Spots) -> Iterable[Wish]:
    ends = [end for arrow in arrows for end in (arrow.origin, arrow.destination)]
    called = names_of(history)
    weight = {unit: ends.count(unit) for unit in spots}
    for unit in sorted(spots, key=lambda u: (-weight[u], year_of(first[u]), u)):
        yield Wish(*spots[unit], shorten(safe(called[unit]), 20), gap=8.0)
