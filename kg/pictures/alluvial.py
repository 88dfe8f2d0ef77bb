"""A history → streams of adoptions from the level of government through the year to what the year rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from kg.diffusion.adoptions import Dated, History
from kg.model import Level
from kg.pictures.choosing import LEVELS, dated, the_one, undated_note, year_of, year_range
from kg.pictures.palette import DATED_COLORS, DATED_NAMES, FAINT, LEVEL_COLORS, LEVEL_NAMES, QUIET
from kg.pictures.sheet import Picture, Sheet, in_style, put

WIDTH, HIGH, TOP = 760.0, 420.0, 26.0
COLUMNS = (90.0, 340.0, 620.0)  # left edges of the three columns
WIDTHS = (14.0, 82.0, 14.0)
PERIODS = 12
GAP = 18.0  # at least between two blocks, so that their labels do not touch
Block = tuple[float, float]  # upper edge and height, in pixels
Stream = tuple[Level | None, int, Dated]


@in_style
def alluvial(history: History, program: str = "") -> Picture:
    """Of all programmes, or of one. Years are drawn together to at most 12 periods. Raises DiffusionError."""
    chosen = the_one(history, program) if program else None
    every = history.by_program[chosen.id] if chosen else history.adoptions
    known = dated(every)
    years = year_range(history, known)
    step = -(-len(years) // PERIODS)
    note = (f"年份并为{step}年一段。" if step > 1 else "") + "带的宽度为采纳数。" + undated_note(every)
    sheet = Sheet(WIDTH, HIGH + 2 * TOP, f"{chosen.name if chosen else '全部项目'}：层级、年份与年份依据", note)
    axes = sheet.paper()
    streams: Counter[Stream] = Counter(
        (history.unit[a.unit].level, (year_of(a) - years[0]) // step, a.dated) for a in known
    )
    _draw(axes, streams, sheet.top + TOP, lambda period: _period(years, step, period))
    for x, wide, words in zip(COLUMNS, WIDTHS, ("层级", "最迟年份", "年份依据"), strict=True):
        put(axes, x + wide / 2, sheet.top + 8, words, ha="center", color=QUIET)
    if not known:
        put(axes, WIDTH / 2, sheet.top + HIGH / 2, "没有带年份的采纳", ha="center", color=QUIET)
    return sheet.picture(f"{len(known)}条带年份的采纳，从层级流向年份，再流向年份依据。")


def _period(years: range, step: int, number: int) -> str:
    first = years[0] + number * step
    last = min(first + step - 1, years[-1])
    return str(first) if first == last else f"{first}–{last % 100:02d}"


def _draw(axes: Axes, streams: Counter[Stream], top: float, period: Callable[[int], str]) -> None:
    """Blocks of three columns and the streams between them; a stream keeps the colour of its level."""
    total = sum(streams.values())
    levels = [level for level in LEVELS if any(s[0] is level for s in streams)]
    periods = sorted({s[1] for s in streams})
    kinds = [kind for kind in DATED_NAMES if any(s[2] is kind for s in streams)]
    most = max(len(levels), len(periods), len(kinds))
    unit = (HIGH - GAP * max(most - 1, 0)) / max(total, 1)
    orders: tuple[Sequence[Hashable], ...] = (levels, periods, kinds)
    columns = [_blocks(streams, place, order, unit, top) for place, order in enumerate(orders)]
    ranked = sorted(streams, key=lambda s: (levels.index(s[0]), s[1], kinds.index(s[2])))
    for here in (0, 1):
        out = {key: block[0] for key, block in columns[here].items()}
        into = {key: block[0] for key, block in columns[here + 1].items()}
        for stream in sorted(
            ranked, key=lambda s: (_rank(columns[here], s[here]), _rank(columns[here + 1], s[here + 1]))
        ):
            thick = streams[stream] * unit
            start, end = out[stream[here]], into[stream[here + 1]]
            out[stream[here]], into[stream[here + 1]] = start + thick, end + thick
            _stream(axes, COLUMNS[here] + WIDTHS[here], start, COLUMNS[here + 1], end, thick, LEVEL_COLORS[stream[0]])
    for place, blocks in enumerate(columns):
        sizes: Counter[Hashable] = Counter()
        for stream, number in streams.items():
            sizes[stream[place]] += number
        for key, (y, high) in blocks.items():
            words, color = _look(place, key, period)
            axes.add_patch(Rectangle((COLUMNS[place], y), WIDTHS[place], high, facecolor=color, linewidth=0))
            x = (COLUMNS[0] - 8, COLUMNS[1] + WIDTHS[1] / 2, COLUMNS[2] + WIDTHS[2] + 6)[place]
            put(axes, x, y + high / 2, f"{words} {sizes[key]}", ha=("right", "center", "left")[place], zorder=5)


def _rank(blocks: dict[Hashable, Block], key: Hashable) -> float:
    return blocks[key][0]


def _look(place: int, key: object, period: Callable[[int], str]) -> tuple[str, str]:
    if isinstance(key, Dated):
        return DATED_NAMES[key], DATED_COLORS[key]
    if place == 1 and isinstance(key, int):
        return period(key), "#E4E4E0"
    level = key if isinstance(key, Level) else None
    return LEVEL_NAMES[level], LEVEL_COLORS[level]


def _blocks(
    streams: Counter[Stream],
    place: int,
    order: Sequence[Hashable],
    unit: float,
    top: float,
) -> dict[Hashable, Block]:
    """One below the other, the column spread over the whole height."""
    sizes = [sum(number for stream, number in streams.items() if stream[place] == key) * unit for key in order]
    gap = (HIGH - sum(sizes)) / max(len(order) - 1, 1)
    y, found = top + ((HIGH - sum(sizes)) / 2 if len(order) == 1 else 0.0), {}
    for key, size in zip(order, sizes, strict=True):
        found[key] = (y, size)
        y += size + gap
    return dict(found)


def _stream(axes: Axes, x1: float, y1: float, x2: float, y2: float, thick: float, color: str) -> None:
    middle = (x1 + x2) / 2
    points = [
        (x1, y1),
        (middle, y1),
        (middle, y2),
        (x2, y2),
        (x2, y2 + thick),
        (middle, y2 + thick),
        (middle, y1 + thick),
        (x1, y1 + thick),
        (x1, y1),
    ]
    codes = [
        Path.MOVETO,
        Path.CURVE4,
        Path.CURVE4,
        Path.CURVE4,
        Path.LINETO,
        Path.CURVE4,
        Path.CURVE4,
        Path.CURVE4,
        Path.CLOSEPOLY,
    ]
    axes.add_patch(PathPatch(Path(points, codes), facecolor=color, alpha=0.45, edgecolor=FAINT, linewidth=0.3))
