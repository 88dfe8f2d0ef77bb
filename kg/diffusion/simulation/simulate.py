"""A size and a way of observing → cascades over a planted network, as a researcher would have coded them.

Along an edge an adoption is followed with a probability, after an exponential delay (the independent cascade model in
continuous time: Gomez-Rodriguez, Leskovec and Krause 2010, KDD). Then what blurs the picture: adopters from outside of the
network, whole years, texts that mention a programme only later, texts that nobody has.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kg.diffusion.adoptions import Adoption, Dated, History, Program
from kg.diffusion.cascades import Cascades, Event, Floats, Ints, cascades_of
from kg.diffusion.simulation.planted import Planted, planted_network
from kg.errors import DiffusionError

FIRST_YEAR = 2000
LEADS = 0.5  # share of cascades that begin at a national leader
HALVINGS = 40
STRANGERS = 8  # adopters from outside, to their odds


@dataclass(frozen=True, slots=True)
class Design:
    """What is simulated; the delays are in years."""

    units: int
    cascades: int
    provinces: int | None = None
    rate: float = 0.5  # of following along an edge, per year
    follow: float = 0.5  # probability that an adoption is followed along an edge at all
    outside: float = 0.2  # 0.2 / 0.8 of eight adopters start on their own in each cascade, and are followed too
    years: float = 20.0  # observed from the first adoption of a cascade on
    whole_years: bool = True
    tie_rate: float | None = None  # share of adoptions that share their year; sets the rate instead of `rate`
    late: float = 0.0  # share of adoptions that are mentioned only in a later year
    missing: float = 0.0  # share of adoptions of which no document is there
    neighbours: int = 2
    leaders: int | None = None  # three, or as many as there are provinces

    def __post_init__(self) -> None:
        shares = {"follow": self.follow, "outside": self.outside, "late": self.late, "missing": self.missing}
        shares |= {} if self.tie_rate is None else {"tie rate": self.tie_rate}
        for name, share in shares.items():
            if not 0 <= share <= 1 or (name in ("outside", "missing") and share == 1):
                raise DiffusionError(f"{name} {share:g}: must be a share between 0 and 1")
        if self.cascades < 1 or not 0 < self.rate < np.inf or not 0 < self.years < np.inf:
            raise DiffusionError("cascades, rate and years: must be positive numbers")


@dataclass(frozen=True)
class Simulated:
    """The data, and what a researcher would not know: the network and the true times."""

    design: Design
    planted: Planted
    cascades: Cascades
    truth: Cascades  # the same adoptions at the times at which they happened
    rate: float  # of following along an edge, per year

    @property
    def edges(self) -> frozenset[tuple[int, int]]:
        """Origin and destination of each true edge, as numbers of units."""
        return frozenset(self.planted.edges)

    @cached_property
    def tie_rate(self) -> float:
        """Share of adoptions that share their time with another one of their cascade."""
        return tie_rate(self.cascades.cascade, self.cascades.time)

    @cached_property
    def history(self) -> History:
        """As if it had been read."""
        found = self.cascades
        names = [found.names[number] for number in found.cascade.tolist()]
        rows = sorted(zip((found.units[number] for number in found.unit), names, found.lower, found.time, strict=True))
        adoptions = tuple(
            Adoption(unit, program, float(lower), float(time), Dated.GIVEN) for unit, program, lower, time in rows
        )
        return History(self.planted.units, tuple(Program(name, name) for name in found.names), adoptions)


def simulate(design: Design, seed: int = 0) -> Simulated:
    """The same design and seed give the same data. Raises DiffusionError where the size is out of range."""
    whole = max(1, round(design.units / 11)) if design.provinces is None else design.provinces
    leaders = min(3, whole) if design.leaders is None else design.leaders
    planted = planted_network(design.units, whole, neighbours=design.neighbours, leaders=leaders, seed=seed)
    rng = np.random.default_rng((seed, 1))
    cascade, unit, waited = _run(planted, design, rng)
    scale = 1 / design.rate
    start = FIRST_YEAR + rng.random(design.cascades) * 10
    if design.tie_rate is not None:
        scale = _scale_for(design.tie_rate, design.years, cascade, waited, start)
    happened = start[cascade] + waited * scale
    kept = (waited * scale <= design.years) & (rng.random(len(unit)) >= design.missing)
    cascade, unit, happened = cascade[kept], unit[kept], happened[kept]
    seen = _seen(happened, design, rng)
    names = [unit.name for unit in planted.units]
    width = 1.0 if design.whole_years else 0.0
    coded = _cascades(cascade, unit, seen, width, names)
    return Simulated(design, planted, coded, _cascades(cascade, unit, happened, 0.0, names), 1 / scale)


def _run(planted: Planted, design: Design, rng: np.random.Generator) -> tuple[Ints, Ints, Floats]:
    """Cascade, unit and time of each adoption, in mean delays since the cascade's first."""
    followers: list[list[int]] = [[] for _ in planted.units]
    for origin, destination in planted.edges:
        followers[origin].append(destination)
    rows = [
        (number, unit, time)
        for number in range(design.cascades)
        for unit, time in _spread(planted, followers, design, rng)
    ]
    table = np.array(rows)
    return table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2]


def _spread(
    planted: Planted, followers: list[list[int]], design: Design, rng: np.random.Generator
) -> list[tuple[int, float]]:
    """One cascade: from its first adopter along the edges, with adopters from outside that are followed too."""
    first = _first(planted, rng)
    until = design.years * design.rate
    waiting = [(0.0, first)]
    strangers = rng.poisson(design.outside / (1 - design.outside) * STRANGERS)
    when, who = rng.random(strangers) * until, rng.integers(0, len(planted.units), strangers)
    waiting += list(zip(when.tolist(), who.tolist(), strict=True))
    heapq.heapify(waiting)
    done: dict[int, float] = {}
    while waiting:
        time, unit = heapq.heappop(waiting)
        if unit in done or time > until:
            continue
        done[unit] = time
        led = followers[unit]
        follow = rng.random(len(led)) < design.follow
        delays = rng.exponential(1.0, len(led))
        for other, yes, delay in zip(led, follow.tolist(), delays.tolist(), strict=True):
            if yes and other not in done:
                heapq.heappush(waiting, (time + delay, other))
    return list(done.items())


def _first(planted: Planted, rng: np.random.Generator) -> int:
    if planted.leaders and rng.random() < LEADS:
        return int(rng.choice(planted.leaders))
    return int(rng.integers(0, len(planted.units)))


def _scale_for(wanted: float, years: float, cascade: Ints, waited: Floats, start: Floats) -> float:
    """The mean delay in years under which this share of adoptions shares its year: by halving, in logs."""
    least, most = -10.0, 10.0
    for _ in range(HALVINGS):
        middle = (least + most) / 2
        since = waited * np.exp(middle)
        kept = since <= years
        ties = tie_rate(cascade[kept], np.floor(start[cascade] + since)[kept])
        least, most = (middle, most) if ties > wanted else (least, middle)
    return float(np.exp((least + most) / 2))


def tie_rate(cascade: Ints, time: Floats) -> float:
    """Share of events that share their time with another one of their cascade."""
    if not len(time):
        return 0.0
    _, at, counts = np.unique(np.stack([cascade, time]), axis=1, return_inverse=True, return_counts=True)
    return float((counts[at.ravel()] > 1).mean())


def _seen(happened: Floats, design: Design, rng: np.random.Generator) -> Floats:
    """The times as they are coded: in whole years, some of them only at a later mention."""
    seen = np.floor(happened) if design.whole_years else happened.copy()
    late = rng.random(len(seen)) < design.late
    seen[late] += rng.geometric(0.5, int(late.sum()))
    return seen


def _cascades(cascade: Ints, unit: Ints, time: Floats, width: float, names: list[str]) -> Cascades:
    digits = len(str(int(cascade.max(initial=0))))
    return cascades_of(
        (
            Event(f"c{number:0{digits}d}", names[who], when, when - width)
            for number, who, when in zip(cascade.tolist(), unit.tolist(), time.tolist(), strict=True)
        ),
        names,
    )
