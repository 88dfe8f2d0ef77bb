"""A history → where adopters lie: a point for each seat of government, no outline of any territory; or tiles by province.

Maps of China need the approval of the authorities and an official outline; points with their longitude and latitude do
not pretend to be one. Where too few units have coordinates, every unit is a tile in the row of its province.
"""

from __future__ import annotations

import math
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.patches import Rectangle

from kg.diffusion.adoptions import Adoption, History, Unit
from kg.diffusion.naming import names_of
from kg.pictures.arrows import Arrow, draw, heaviest, legend
from kg.pictures.choosing import dated, level_rank, the_one, undated_note, year_of, year_range
from kg.pictures.labels import Wish, granted
from kg.pictures.palette import ACCENT, FAINT, INK, LINE, QUIET
from kg.pictures.sheet import MARGIN, Picture, Sheet, in_style, legend_height, put, safe
from kg.pictures.widths import shorten

WIDTH, PAD, TILE = 760.0, 56.0, 92.0
Adopted = dict[str, list[Adoption]]  # by unit


@in_style
def space(history: History, program: str = "", arrows: tuple[Arrow, ...] = ()) -> Picture:
    """Of one programme the year of each unit, of all programmes the number of adoptions. Raises DiffusionError."""
    chosen = the_one(history, program) if program or len(history.programs) == 1 else None
    every = history.by_program[chosen.id] if chosen else history.adoptions
    known = dated(every)
    adopted: Adopted = {}
    for adoption in known:
        adopted.setdefault(adoption.unit, []).append(adoption)
    title = f"{chosen.name}：采纳者所在" if chosen else "各地采纳的项目数"
    located = [u for u in history.units if u.lon is not None and u.lat is not None and u.id in adopted]
    drawn = _points if adopted and 2 * len(located) >= len(adopted) else _tiles
    return drawn(history, title, adopted, undated_note(every), arrows, one=chosen is not None)


def _points(
    history: History, title: str, adopted: Adopted, note: str, arrows: tuple[Arrow, ...], *, one: bool
) -> Picture:
    """The points of all units with coordinates, the adopters above the others and named where there is room."""
    units = [u for u in history.units if u.lon is not None and u.lat is not None]
    places, wide, high = _projected(units)
    kept, few = heaviest(arrows, set(places))
    lost = sum(u not in places for u in adopted)
    years = year_range(history, dated(a for of_one in adopted.values() for a in of_one))
    key = [*_key(years, one=one), *legend(kept)]
    crowded = f"地名只标写得下的，先标{'早' if one else '多'}的。" if len(adopted) > 20 else ""
    said = f"{lost}个采纳者没有坐标，未画。" if lost else ""
    note = f"点为政府驻地的经纬度，不画任何界线。{said}{few}{note}{crowded}"
    sheet = Sheet(WIDTH, high + 30 + legend_height(WIDTH, [words for words, _ in key]), title, note)
    at = {unit: (x + (WIDTH - wide) / 2, y + sheet.top) for unit, (x, y) in places.items()}
    order = sorted(units, key=lambda u: (u.id not in adopted, *_first(adopted, u.id, one=one), level_rank(u), u.id))
    axes = sheet.paper()
    _draw(axes, history, [unit.id for unit in order], at, adopted, years, one=one)
    draw(axes, kept, at)
    sheet.legend(high + 14, key)
    return sheet.picture(f"{len(adopted)}个采纳者，其中{len(adopted) - lost}个画在其经纬度上。")


def _draw(
    axes: Axes,
    history: History,
    order: list[str],
    at: dict[str, tuple[float, float]],
    adopted: Adopted,
    years: range,
    *,
    one: bool,
) -> None:
    """Points, the first of the order on top, and the names that have room."""
    read = {unit for (unit, _), number in history.read.items() if number}
    marks = []
    for unit in reversed(order):
        radius = _mark(axes, at[unit], adopted.get(unit, []), years, one=one, read=unit in read)
        marks.append((*at[unit], radius if unit in adopted else 0.0))
    called = names_of(history)
    wishes = (Wish(*at[unit], shorten(safe(called[unit]), 16), gap=8.0) for unit in order if unit in adopted)
    for label in granted(wishes, marks, WIDTH - 4):
        put(axes, label.x, label.y, label.text, ha=label.ha, size=10)


def _projected(units: list[Unit]) -> tuple[dict[str, tuple[float, float]], float, float]:
    """Pixels by unit with the width and height of the field: plate carrée, true along the middle parallel."""
    spots = [(u.id, u.lon or 0.0, u.lat or 0.0) for u in units]
    west, east = min(lon for _, lon, _ in spots), max(lon for _, lon, _ in spots)
    south, north = min(lat for *_, lat in spots), max(lat for *_, lat in spots)
    shrink = math.cos(math.radians((south + north) / 2))
    scale = min((WIDTH - 2 * PAD) / max((east - west) * shrink, 0.5), 520 / max(north - south, 0.5))
    places = {i: (PAD + (lon - west) * shrink * scale, PAD / 2 + (north - lat) * scale) for i, lon, lat in spots}
    return places, 2 * PAD + (east - west) * shrink * scale, PAD + (north - south) * scale


def _first(adopted: Adopted, unit: str, *, one: bool) -> tuple[int, int]:
    """What is labelled first: the early of one programme, the many of all."""
    some = adopted.get(unit, [])
    years = [year_of(a) for a in some]
    return (min(years, default=9999), 0) if one else (-len(some), min(years, default=9999))


def _mark(axes: Axes, at: tuple[float, float], some: list[Adoption], years: range, *, one: bool, read: bool) -> float:
    """Draws the point of a unit and gives its radius."""
    size = 7.0 if one else 5 + 2.2 * math.sqrt(len(some))
    if not some:
        look: dict[str, Any] = (
            {"marker": "o", "markersize": 4, "color": FAINT, "markerfacecolor": "white"} if read else _UNREAD
        )
        axes.plot(*at, **{"linestyle": "none", "zorder": 1, **look})
        return 2.0
    color = _color(years, min(map(year_of, some))) if one else ACCENT
    face = color if not one or some[0].is_exact else "white"
    edge: dict[str, Any] = {"color": color, "markerfacecolor": face, "markeredgewidth": 1.6}
    axes.plot(*at, "o", markersize=size, zorder=3, alpha=1 if one else 0.75, **edge)
    return size / 2 + 1


_UNREAD: dict[str, Any] = {"marker": "x", "markersize": 3.5, "color": "#B0B0AC"}


def _color(years: range, year: int) -> tuple[float, ...]:
    """Of the years the darker end of cividis: its yellow would vanish on white."""
    return tuple(mpl.colormaps["cividis"](Normalize(years[0], max(years[-1], years[0] + 1))(year) * 0.88))


def _key(years: range, *, one: bool) -> list[tuple[str, dict[str, Any]]]:
    silent = [
        ("读过，未见采纳", {"marker": "o", "markersize": 4, "color": FAINT, "markerfacecolor": "white"}),
        ("未读到文件", dict(_UNREAD)),
    ]
    if not one:
        numbers = (1, 10, 30)
        return [
            (f"{n}个项目", {"marker": "o", "color": ACCENT, "alpha": 0.75, "markersize": 5 + 2.2 * n**0.5})
            for n in numbers
        ] + silent
    shown = sorted({years[0], years[len(years) // 2], years[-1]})
    steps: list[tuple[str, dict[str, Any]]] = [
        (f"{year}年", {"marker": "o", "color": _color(years, year), "markersize": 7}) for year in shown
    ]
    bound = ("仅知上限", {"marker": "o", "color": INK, "markerfacecolor": "white", "markersize": 7})
    return [*steps, bound, *silent]


def _tiles(
    history: History, title: str, adopted: Adopted, note: str, arrows: tuple[Arrow, ...], *, one: bool
) -> Picture:
    """Rows of provinces with the tiles of their units; the centre and what has no province stand first."""
    called = names_of(history)
    rows: dict[str, list[Unit]] = {}
    for unit in sorted((u for u in history.units if u.id in adopted), key=lambda u: (level_rank(u), u.code, u.id)):
        rows.setdefault(unit.province, []).append(unit)
    room = int((WIDTH - 2 * MARGIN - 90) // TILE)
    lines = [
        (name, units[i : i + room])
        for name, units in sorted(rows.items(), key=_province)
        for i in range(0, len(units), room)
    ]
    years = year_range(history, dated(a for of_one in adopted.values() for a in of_one))
    note = "没有足够的坐标，按省排成方格。" + ("方格颜色为最迟年份。" if one else "方格内为项目数。") + note
    sheet = Sheet(WIDTH, max(len(lines), 1) * 36 + 24, title, note + ("箭头未画。" if arrows else ""))
    axes = sheet.paper()
    for number, (province, units) in enumerate(lines):
        y = sheet.top + number * 36
        named = history.unit[province].name if province in history.unit else province
        if not number or lines[number - 1][0] != province:
            put(axes, MARGIN + 82, y + 16, shorten(safe(named), 14), ha="right", color=QUIET, size=10)
        for place, unit in enumerate(units):
            _tile(axes, MARGIN + 90 + place * TILE, y, called[unit.id], adopted[unit.id], years, one=one)
    if not lines:
        put(axes, MARGIN, sheet.top + 16, "没有带年份的采纳", color=QUIET)
    return sheet.picture(f"{len(adopted)}个采纳者，每个一格。")


def _province(row: tuple[str, list[Unit]]) -> tuple[bool, str, str]:
    return bool(row[0]), min(unit.code or "~" for unit in row[1]), row[0]


def _tile(axes: Axes, x: float, y: float, name: str, some: list[Adoption], years: range, *, one: bool) -> None:
    year = min(map(year_of, some))
    color = _color(years, year) if one else ACCENT
    axes.add_patch(Rectangle((x, y), TILE - 4, 32, facecolor="white", edgecolor=LINE))
    axes.add_patch(Rectangle((x, y), 5, 32, facecolor=color, linewidth=0))
    put(axes, x + 10, y + 10, shorten(safe(name), 13), size=10)
    bound = "" if not one or some[0].is_exact else "≤"
    put(axes, x + 10, y + 23, f"{bound}{year}" if one else f"{len(some)}个，{year}年起", size=9, color=QUIET)
