"""Made-up histories of any size, always the same."""

from __future__ import annotations

import numpy as np

from kg.diffusion.adoptions import Adoption, Dated, Evidence, History, Program, Unit
from kg.model import Level, Status

NATION = Unit("u/0", "中国", Level.NATION)


def history(units: int = 30, programs: int = 6, seed: int = 7, *, located: bool = True, prefix: str = "") -> History:
    """A country with provinces of nine cities each; every programme spreads along a logistic curve."""
    dice = np.random.default_rng(seed)
    places = tuple(
        sorted(
            [NATION, *(_unit(n, dice, prefix, located=located) for n in range(1, units))][:units], key=lambda u: u.id
        )
    )
    named = tuple(Program(f"p/{n:03d}", f"{prefix}第{n}号改革试点", "教育") for n in range(programs))
    adoptions = tuple(
        sorted(
            (a for p in named for a in _spread(p, places, dice)),
            key=lambda a: (a.unit, a.program),
        )
    )
    read = {
        (u.id, year): 1 + int(dice.integers(3)) for u in places for year in range(2008, 2021) if dice.random() < 0.6
    }
    missing = {(u.id, 2014): 1 for u in places if (u.id, 2014) not in read and dice.random() < 0.5}
    return History(places, named, adoptions, read, missing)


def _unit(n: int, dice: np.random.Generator, prefix: str, *, located: bool) -> Unit:
    province = f"u/{(n - 1) // 10 * 10 + 1}"
    own = f"u/{n}"
    level = Level.PROVINCE if own == province else Level.COUNTY if n % 4 == 0 else Level.PREFECTURE
    name = f"{prefix}甲{n}{'省' if level is Level.PROVINCE else '县' if level is Level.COUNTY else '市'}"
    lon, lat = 85 + 38 * dice.random(), 22 + 24 * dice.random()
    superior = "u/0" if own == province else province
    return Unit(own, name, level, superior, province, f"{n:06d}", lon if located else None, lat if located else None)


def _spread(program: Program, units: tuple[Unit, ...], dice: np.random.Generator) -> list[Adoption]:
    start, share = 2008 + int(dice.integers(5)), 0.1 + 0.6 * dice.random()
    out = []
    for unit in units:
        if dice.random() > share:
            continue
        year = float(round(start + 1 + 8 / (1 + np.exp(-dice.normal(0, 1.2)))))
        dated = (Dated.STATED, Dated.DOCUMENT, Dated.CONTINUED, Dated.EFFECTIVE, Dated.OPEN)[
            int(dice.choice(5, p=[0.5, 0.3, 0.1, 0.07, 0.03]))
        ]
        lower = year - 1 if dated in (Dated.STATED, Dated.EFFECTIVE) else (year - 3 if dice.random() < 0.3 else None)
        upper = None if dated is Dated.OPEN else year
        status = Status.PLANNED if dice.random() < 0.1 else Status.STARTED
        said = Evidence(
            f"urn:claim/{program.id}/{unit.id}",
            f"{unit.name}总结.txt",
            f"{unit.name}启动{program.name}。",
            year=upper,
            status=status,
        )
        out.append(
            Adoption(unit.id, program.id, None if upper is None else lower, upper, dated, status, evidence=(said,))
        )
    return out
