"""Trace → the boxes and lines of its picture: years from left to right, four lanes of government, a track per adopter.

Widths are estimated (a Chinese character is as wide as the letters are high), so the picture is the same everywhere,
and two labels never share a place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.views.records import Adoption, ClaimView, SaidDiffusion, Somewhere, Trace
from kg.views.words import DIFFUSIONS, shorten, text_width, year_text

LANES = {"Nation": 0, "Province": 1, "Prefecture": 2, "County": 3, "Zone": 3, "Township": 3}
LANE_NAMES = ("中央", "省", "市", "县（区）", "不详或其他")
OPEN_LANE = 4
Point = tuple[float, float]
SIZE = 13  # height of the letters, in pixels
LEFT, RIGHT, TOP, ROW, PAD, MARK = 96, 16, 40, 28, 12, 6
LABEL_GAP = 8  # between the last mark of a track and its name


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """One act of one place. Hollow: the year is only that of the document, so the act may be older."""

    x: float
    y: float
    status: str
    hollow: bool
    claim: ClaimView | None


@dataclass(frozen=True, slots=True)
class Track:
    """A place, its acts from left to right, and its name behind the last of them."""

    place: Somewhere
    lane: int
    marks: tuple[Mark, ...]
    label: str
    first: bool = False
    adopter: bool = True  # False: only known as a source or as the origin

    @property
    def label_x(self) -> float:
        return self.marks[-1].x + MARK + LABEL_GAP

    @property
    def y(self) -> float:
        return self.marks[0].y

    @property
    def label_box(self) -> Box:
        return Box(self.label_x, self.y - SIZE * 0.6, self.label_x + pixels(self.label), self.y + SIZE * 0.6)

    @property
    def box(self) -> Box:
        return Box(self.marks[0].x - MARK - 3, self.y - MARK - 3, self.label_box.right, self.y + MARK + 3)


@dataclass(frozen=True, slots=True)
class Arrow:
    """Said diffusion from mark to mark. Without a box there is no room for the label; the table below has it."""

    said: SaidDiffusion
    start: Point
    end: Point
    label: str
    label_box: Box | None


@dataclass(frozen=True, slots=True)
class Thread:
    """A thin line from what a higher level made to the place that carries it out."""

    start: Point
    end: Point


@dataclass(frozen=True, slots=True)
class Picture:
    width: float
    height: float
    years: tuple[tuple[int, float], ...]  # (year, x)
    undated_x: float | None  # where the column of acts without a year stands
    lanes: tuple[tuple[str, float, float], ...]  # (name, top, bottom)
    tracks: tuple[Track, ...]
    arrows: tuple[Arrow, ...]
    threads: tuple[Thread, ...]
    unplaced: tuple[SaidDiffusion, ...]  # said diffusion whose source or receiver the text leaves open


def pixels(text: str, size: float = SIZE) -> float:
    """Estimated width of a label; rather too wide than too narrow."""
    return text_width(text) * size * 0.54 + 2


def picture(trace: Trace) -> Picture:
    """Where everything stands."""
    years = _years(trace)
    undated = any(a.claim.year is None for a in trace.adoptions)
    unit = max(54.0, min(112.0, 900 / max(len(years) + undated, 1)))
    columns = {year: LEFT + 30 + unit * i for i, year in enumerate(years)}
    undated_x = LEFT + 30 + unit * len(years) + 24 if undated else None
    tracks, lanes = _in_lanes(_tracks(trace, columns, undated_x))
    drawn, unplaced = _arrows(trace, tracks)
    plot_right = (undated_x or LEFT + unit * len(years)) + unit * 0.5
    right = max([plot_right, *(t.label_box.right for t in tracks), *(a.label_box.right for a in drawn if a.label_box)])
    return Picture(
        width=round(right + RIGHT),
        height=round(lanes[-1][2] + 24),
        years=tuple(columns.items()),
        undated_x=undated_x,
        lanes=lanes,
        tracks=tracks,
        arrows=drawn,
        threads=_threads(trace, tracks),
        unplaced=unplaced,
    )


def first_adopters(trace: Trace) -> tuple[Adoption, ...]:
    """The earliest dated acts below the centre, several in one year; the centre's where there are no others.

    Of acts in one year, one that is only planned does not come first beside one that is done, nor a township beside
    the county that it lies in.
    """
    dated = [a for a in trace.adoptions if a.claim.year is not None]
    local = [a for a in dated if a.place.level != "Nation"] or dated
    earliest = min((a.claim.year for a in local if a.claim.year is not None), default=None)
    first = [a for a in local if a.claim.year == earliest]
    first = [a for a in first if a.claim.status != "Planned"] or first
    names = {a.place.name for a in first}
    return tuple(a for a in first if a.place.level != "Township" or a.place.parent not in names)


def _years(trace: Trace) -> list[int]:
    claims = [a.claim for a in trace.adoptions] + [s.claim for s in trace.said]
    known = [y for c in claims for y in (c.year, c.year_to) if y is not None]
    known += [trace.since] if trace.since is not None else []
    return list(range(min(known), max(known) + 1)) if known else []


def _tracks(trace: Trace, columns: dict[int, float], undated_x: float | None) -> list[Track]:
    """Adopters, places that are only sources, and the known origin; not yet in rows (y = 0)."""
    acts: dict[tuple[str, str, str, str], list[Adoption]] = {}
    for i, adoption in enumerate(trace.adoptions):
        place = adoption.place
        acts.setdefault((place.name, place.iri, place.parent, "" if place.name else str(i)), []).append(adoption)
    firsts = {a.claim.iri for a in first_adopters(trace)}
    tracks = [_track(of_one, columns, undated_x, firsts) for of_one in acts.values()]
    have = {t.place.name for t in tracks}
    for said in trace.said:
        year = said.claim.year
        for place in (said.source, said.receiver):
            if place.name and place.name not in have and year is not None and said.source.name and said.receiver.name:
                have.add(place.name)
                mark = Mark(columns[year], 0, "source", True, None)
                tracks.append(Track(place, _lane(place), (mark,), shorten(_name(place), 26), adopter=False))
    if trace.since is not None:
        mark = Mark(columns[trace.since], 0, "origin", False, None)
        origin = Somewhere(trace.issuer or "创始", trace.level or "Nation")
        label = f"{shorten(origin.name, 24)} {trace.since} 创始"
        tracks.append(Track(origin, _lane(origin), (mark,), label, adopter=False))
    return tracks


def _track(acts: list[Adoption], columns: dict[int, float], undated_x: float | None, firsts: set[str]) -> Track:
    acts = sorted(acts, key=by_time_and_weight)
    dated = [a for a in acts if a.claim.year is not None]
    marks = []
    for act in dated or acts[:1]:
        x = columns[act.claim.year] if act.claim.year is not None else undated_x
        marks.append(Mark(x or 0.0, 0, act.claim.status, act.claim.date_kind == "Document", act.claim))
    marks = list({m.x: m for m in reversed(marks)}.values())[::-1]  # of several acts in one year the first
    place, first_year = acts[0].place, year_text(acts[0].claim)
    label = " ".join(filter(None, [shorten(_name(place), 26), first_year + ("起" if len(marks) > 1 else "")]))
    return Track(place, _lane(place), tuple(marks), label, first=any(a.claim.iri in firsts for a in acts))


def by_time_and_weight(act: Adoption) -> tuple[bool, int, bool, int, str]:
    """In order of years; within a year a stated date before the document's, and what is further before what is planned."""
    claim = act.claim
    further = _STAGES.index(claim.status) if claim.status in _STAGES else len(_STAGES)
    return claim.year is None, claim.year or 0, claim.date_kind == "Document", further, claim.iri


_STAGES = ("Completed", "Ongoing", "Started", "Ended", "Planned")


def _name(place: Somewhere) -> str:
    if not place.name:
        return "地方不详"
    below = place.level in {"County", "Zone", "Township"} and place.parent
    return f"{place.name}·{place.parent}" if below else place.name


def _lane(place: Somewhere) -> int:
    return LANES.get(place.level, OPEN_LANE)


def _in_lanes(tracks: list[Track]) -> tuple[tuple[Track, ...], tuple[tuple[str, float, float], ...]]:
    """Each track in the first row of its lane where it touches no other."""
    placed, lanes, top = [], [], float(TOP)
    for lane, name in enumerate(LANE_NAMES):
        inside = sorted((t for t in tracks if t.lane == lane), key=lambda t: (t.marks[0].x, not t.adopter, t.label))
        if lane == OPEN_LANE and not inside:
            continue
        ends: list[float] = []
        for track in inside:
            row = next((i for i, end in enumerate(ends) if end + 12 <= track.box.left), len(ends))
            ends[row : row + 1] = [track.box.right]
            y = top + PAD + ROW * (row + 0.5)
            placed.append(replace(track, marks=tuple(replace(m, y=y) for m in track.marks)))
        bottom = top + 2 * PAD + ROW * max(len(ends), 1)
        lanes.append((name, top, bottom))
        top = bottom
    return tuple(placed), tuple(lanes)


def _arrows(trace: Trace, tracks: tuple[Track, ...]) -> tuple[tuple[Arrow, ...], tuple[SaidDiffusion, ...]]:
    by_name = {t.place.name: t for t in tracks if t.place.name}
    routes: list[tuple[SaidDiffusion, Point, Point]] = []
    unplaced = []
    for said in sorted(trace.said, key=lambda s: (s.claim.year is None, s.claim.year or 0, s.claim.iri)):
        source, receiver = by_name.get(said.source.name), by_name.get(said.receiver.name)
        if source is None or receiver is None or source is receiver:
            unplaced.append(said)
        else:
            year = said.claim.year
            routes.append((said, _mark_at(source, year, last=True), _mark_at(receiver, year, last=False)))
    return tuple(_labelled(routes, [t.box for t in tracks])), tuple(unplaced)


def _labelled(routes: list[tuple[SaidDiffusion, Point, Point]], taken: list[Box]) -> Iterator[Arrow]:
    """Arrows, each label near its curve, off every name and label and, where there is room, off other curves."""
    curves = [curve(start, end) for _, start, end in routes]
    for i, (said, start, end) in enumerate(routes):
        label = f"{DIFFUSIONS.get(said.kind, said.kind)} {year_text(said.claim)}".strip()
        others = [_dot(point) for j, other in enumerate(curves) if j != i for point in _points(other)]
        width = pixels(label, 12)
        box = _free_box(curves[i], width, [*taken, *others]) or _free_box(curves[i], width, taken)
        if box is not None:
            taken = [*taken, box]
        yield Arrow(said, start, end, label, box)


def _mark_at(track: Track, year: int | None, last: bool) -> Point:
    """The mark that an arrow leaves (the last one up to its year) or reaches (the first one from its year on)."""
    dated = [(m.claim.year if m.claim else year, m) for m in track.marks]
    if year is None:
        mark = track.marks[0]
    elif last:
        mark = next((m for y, m in reversed(dated) if y is not None and y <= year), track.marks[0])
    else:
        mark = next((m for y, m in dated if y is not None and y >= year), track.marks[-1])
    return mark.x, mark.y


def curve(start: Point, end: Point) -> tuple[Point, Point, Point, Point]:
    """A cubic that leaves and reaches the marks from above or below, or an arc above where both stand in one row."""
    (x1, y1), (x2, y2) = start, end
    if abs(y1 - y2) < 1:
        return (x1, y1 - 8), (x1, y1 - 34), (x2, y2 - 34), (x2, y2 - 10)
    down = 1 if y2 > y1 else -1
    y1, y2 = y1 + 8 * down, y2 - 10 * down
    reach = max(abs(y2 - y1) * 0.5, 18.0) * down
    return (x1, y1), (x1, y1 + reach), (x2, y2 - reach), (x2, y2)


def _points(line: tuple[Point, Point, Point, Point], number: int = 24) -> list[Point]:
    return [_at(line, i / number) for i in range(1, number)]


def _at(line: tuple[Point, Point, Point, Point], t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    return sum(w * p[0] for w, p in zip(weights, line, strict=True)), sum(
        w * p[1] for w, p in zip(weights, line, strict=True)
    )


def _dot(point: Point) -> Box:
    return Box(point[0] - 2, point[1] - 2, point[0] + 2, point[1] + 2)


def _free_box(line: tuple[Point, Point, Point, Point], width: float, taken: list[Box]) -> Box | None:
    """The free place for a label that is nearest to its curve, and there nearest to the middle; None far from it."""
    middle = 12
    spots = [
        (abs(dx) + abs(dy) * 1.5 + abs(i - middle) * 3, x + dx, y + dy)
        for i, (x, y) in enumerate(_points(line, 2 * middle), 1)
        for dx in range(-72, 73, 12)
        for dy in range(-36, 37, 6)
    ]
    for _, x, y in sorted(spots):
        box = Box(x - width / 2, y - 8, x + width / 2, y + 8)
        if box.left > LEFT and box.top > TOP and not any(box.touches(other) for other in taken):
            return box
    return None


def _threads(trace: Trace, tracks: tuple[Track, ...]) -> tuple[Thread, ...]:
    by_name = {t.place.name: t for t in tracks if t.place.name}
    origin = next((t for t in tracks if t.marks[0].status == "origin"), None)
    centre = origin or next((t for t in tracks if t.place.level == "Nation"), None)
    threads = []
    for act in trace.following:
        follower = by_name.get(act.place.name)
        made = by_name.get(act.by.name) or by_name.get(act.by.serves) or (centre if act.by.level == "Nation" else None)
        if follower is not None and made is not None and made.lane < follower.lane:
            threads.append(
                Thread(_mark_at(made, act.claim.year, last=True), _mark_at(follower, act.claim.year, last=False))
            )
    return tuple(dict.fromkeys(threads))
