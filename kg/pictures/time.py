"""A history → the network in time: years from left to right, a lane per level of government, arrows from whom to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from matplotlib.axes import Axes

from kg.diffusion.adoptions import Adoption, History, Unit
from kg.diffusion.naming import names_of
from kg.model import Level
from kg.pictures.arrows import Arrow, draw, heaviest, legend
from kg.pictures.choosing import LEVELS, dated, the_one, undated_note, year_of, year_range
from kg.pictures.labels import Wish, granted
from kg.pictures.palette import INK, LEVEL_COLORS, LEVEL_NAMES, LINE, QUIET, WASH
from kg.pictures.sheet import MARGIN, Picture, Sheet, in_style, legend_height, put, safe
from kg.pictures.widths import shorten

WIDTH, LEFT, STEP, LABELLED = 980.0, 84.0, 15.0, 30.0
ROWS = 14  # dots of one year and lane one above the other; more stand in further columns
Spots = dict[str, tuple[float, float]]


class Lane(NamedTuple):
    """A level of government, in pixels below the head, and its adopters."""

    level: Level | None
    top: float
    bottom: float
    units: list[str]


@in_style
def time(history: History, program: str = "", arrows: tuple[Arrow, ...] = ()) -> Picture:
    """Of one programme, or of all (then a unit stands at its first adoption of any). Raises DiffusionError."""
    chosen = the_one(history, program) if program or len(history.programs) == 1 else None
    every = history.by_program[chosen.id] if chosen else history.adoptions
    first: dict[str, Adoption] = {}
    for adoption in dated(every):
        first.setdefault(adoption.unit, adoption)
    kept, few = heaviest(arrows, set(first))
    lanes, high = _lanes([history.unit[u] for u in first], first)
    title = f"{chosen.name}：从谁到谁" if chosen else "各地首次采纳（任一项目）与传播网络"
    crowded = "地名只标写得下的，先标箭头多的和早的。" if len(first) > 20 else ""
    key = [("年份确知", _dot(INK)), ("仅知上限", _dot(INK, hollow=True)), *legend(kept)]
    below = 44 + legend_height(WIDTH, [words for words, _ in key])
    sheet = Sheet(WIDTH, high + below, title, few + crowded + undated_note(every))
    axes = sheet.paper()
    spots = _background(axes, sheet.top, lanes, high, year_range(history, [*first.values()]), first)
    for unit, at in spots.items():
        look = _dot(LEVEL_COLORS[history.unit[unit].level], hollow=not first[unit].is_exact)
        axes.plot(*at, linestyle="none", zorder=3, **look)
    draw(axes, kept, spots)
    for label in granted(_wishes(history, first, kept, spots), [(*at, 4.0) for at in spots.values()], WIDTH - 4):
        put(axes, label.x, label.y, label.text, ha=label.ha, size=10, zorder=5)
    sheet.legend(high + 40, key)
    return sheet.picture(f"{len(first)}个采纳者，{len(kept)}条箭头；横轴为年份，纵向为层级。")


def _background(
    axes: Axes, top: float, lanes: list[Lane], high: float, years: range, first: dict[str, Adoption]
) -> Spots:
    """Years and lanes, and where every adopter stands."""
    column = (WIDTH - LEFT - 110) / max(len(years), 1)
    for year in years[:: -(-len(years) // 16)]:
        x = LEFT + (year - years[0] + 0.5) * column
        axes.plot([x, x], [top, top + high], color=LINE, linewidth=0.6, zorder=0)
        put(axes, x, top + high + 12, str(year), ha="center", color=QUIET)
    spots: Spots = {}
    for number, lane in enumerate(lanes):
        axes.axhspan(top + lane.top, top + lane.bottom, color="white" if number % 2 else WASH, zorder=-1, linewidth=0)
        put(axes, MARGIN, top + (lane.top + lane.bottom) / 2, LEVEL_NAMES[lane.level])
        spots |= _spots(lane, first, years[0], column, top)
    if not lanes:
        put(axes, WIDTH / 2, top + high / 2, "没有带年份的采纳", ha="center", color=QUIET)
    return spots


def _dot(color: str, *, hollow: bool = False) -> dict[str, Any]:
    return {
        "marker": "o",
        "markersize": 7,
        "color": color,
        "markerfacecolor": "white" if hollow else color,
        "markeredgewidth": 1.5,
    }


def _lanes(units: list[Unit], first: dict[str, Adoption]) -> tuple[list[Lane], float]:
    """From the centre down, each high enough for the most adopters of one year; and the height of all."""
    lanes, top = [], 0.0
    for level in LEVELS:
        some = [unit.id for unit in units if unit.level is level]
        if some:
            most = max(Counter(year_of(first[unit]) for unit in some).values())
            bottom = top + 28 + min(most, ROWS) * (LABELLED if most <= 6 else STEP)
            lanes.append(Lane(level, top, bottom, some))
            top = bottom
    return lanes, max(top, 80.0)


def _spots(lane: Lane, first: dict[str, Adoption], since: int, column: float, above: float) -> Spots:
    """The adopters of a year one above the other around the middle of the lane, in as many columns as they need."""
    by_year: dict[int, list[str]] = {}
    for unit in lane.units:
        by_year.setdefault(year_of(first[unit]), []).append(unit)
    top, bottom = above + lane.top, above + lane.bottom
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
