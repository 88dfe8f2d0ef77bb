"""A history → the part of it that a picture has room for, and the words that say what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kg.diffusion.adoptions import Adoption, History, Program, Unit
from kg.errors import DiffusionError
from kg.model import Level

LEVELS: tuple[Level | None, ...] = (*Level, None)


def dated(adoptions: Iterable[Adoption]) -> list[Adoption]:
    """Those with an upper year, in order of it, then of unit and programme."""
    known = [(a.upper, a.unit, a.program, a) for a in adoptions if a.upper is not None]
    return [row[-1] for row in sorted(known, key=lambda row: row[:-1])]


def year_of(adoption: Adoption) -> int:
    """The year at the latest; only for dated ones."""
    assert adoption.upper is not None
    return round(adoption.upper)


def year_range(history: History, adoptions: Sequence[Adoption]) -> range:
    """From the first to the last year that is adopted in, or without any read in; at least one year."""
    years = [year_of(a) for a in adoptions] or [year for _, year in history.read]
    return range(min(years), max(years) + 1) if years else range(2000, 2001)


def undated_note(adoptions: Iterable[Adoption]) -> str:
    """How many cannot be placed in time."""
    number = sum(a.upper is None for a in adoptions)
    return f"另有{number}条采纳没有年份，未画。" if number else ""


def largest(history: History, most: int) -> tuple[list[Program], str]:
    """The programmes with the most dated adopters in order of their first year, and a note on the rest.

    Where some have two or more, those with one, which did not spread as far as is seen, are left out.
    """
    sizes = Counter(a.program for a in dated(history.adoptions))
    fewest = 2 if max(sizes.values(), default=0) > 1 else 1
    some = sorted((p for p in history.programs if sizes[p.id] >= fewest), key=lambda p: (-sizes[p.id], p.id))
    alone = sum(number < fewest for number in sizes.values())
    first = {p: dated(of_one)[0].upper for p, of_one in history.by_program.items() if dated(of_one)}
    kept = sorted(some[:most], key=lambda p: (first[p.id] or 0.0, -sizes[p.id], p.id))
    note = f"只画采纳者最多的{most}个项目，其余{len(some) - most}个未画。" if len(some) > most else ""
    return kept, note + (f"只见于一地的{alone}个项目未画。" if alone else "")


def busiest(history: History, programs: Sequence[Program], most: int) -> tuple[list[Unit], str]:
    """The units with the most adoptions of these programmes, most first, and a note on the rest."""
    wanted = {program.id for program in programs}
    sizes = Counter(a.unit for a in history.adoptions if a.program in wanted)
    some = sorted((u for u in history.units if sizes[u.id]), key=lambda u: (-sizes[u.id], level_rank(u), u.code, u.id))
    note = f"只画采纳最多的{most}个地方，其余{len(some) - most}个未画。" if len(some) > most else ""
    return some[:most], note


def level_rank(unit: Unit) -> int:
    """0 is the centre."""
    return LEVELS.index(unit.level)


def the_one(history: History, program: str) -> Program:
    """The programme of this id or name, or the only one that there is. Raises DiffusionError."""
    found = [p for p in history.programs if program in (p.id, p.name)] if program else list(history.programs)
    if len(found) == 1:
        return found[0]
    if program:
        raise DiffusionError(f"{program}: no such programme among the adoptions; kg diffuse events lists them")
    if not found:
        raise DiffusionError("there are no adoptions to draw")
    raise DiffusionError(f"this picture shows one programme of {len(found)}: name it with --program")
