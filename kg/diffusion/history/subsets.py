"""A history → a part of it: some programmes, one level, one province, one topic, a stretch of years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from kg.diffusion.adoptions import Adoption, History, Program, Unit
from kg.errors import DiffusionError
from kg.model import Level

NEAR = 3  # names that a message offers


@dataclass(frozen=True, slots=True)
class Subset:
    """What is wanted of a history; empty is all."""

    programs: tuple[str, ...] = ()  # names or ids
    levels: tuple[Level, ...] = ()
    provinces: tuple[str, ...] = ()  # names or ids
    topics: tuple[str, ...] = ()
    since: float | None = None  # first year, included
    until: float | None = None  # last year, included

    def __bool__(self) -> bool:
        """Whether it asks for less than all."""
        return self != Subset()


def subset(history: History, wanted: Subset) -> History:
    """The adoptions of the units and programmes that are wanted, in the years that are; units and coverage likewise.

    An adoption stands in the year of its upper bound. Who adopted before `since` is left out, which makes him look as if he
    had not adopted: an analysis of who is at risk takes `since` as its beginning instead. One without a year may be of any
    year, and is left out only with `since`. Programmes without an adoption are left out, unless they are named. Raises
    DiffusionError for a name that the history does not know.
    """
    programs = _programs(history, wanted)
    units = {unit.id: unit for unit in units_of(history, wanted)}
    adoptions = tuple(a for a in history.adoptions if a.program in programs and a.unit in units and in_years(a, wanted))
    found = {adoption.program for adoption in adoptions} | (set(programs) if wanted.programs else set())
    return replace(
        history,
        units=tuple(units.values()),
        programs=tuple(program for id_, program in programs.items() if id_ in found or not wanted),
        adoptions=adoptions,
        read=_counted(history.read, units, wanted),
        missing=_counted(history.missing, units, wanted),
    )


def units_of(history: History, wanted: Subset) -> tuple[Unit, ...]:
    """The units of the levels and provinces that are wanted; a province is its own."""
    units: Sequence[Unit] = history.units
    if wanted.levels:
        units = [unit for unit in units if unit.level in wanted.levels]
    if wanted.provinces:
        names = {
            unit.province: history.unit[unit.province].name for unit in history.units if unit.province in history.unit
        }
        names |= {
            unit.province: unit.province for unit in history.units if unit.province not in names and unit.province
        }
        chosen = {id_ for name in wanted.provinces for id_ in _known(name, names, "province")}
        units = [unit for unit in units if unit.province in chosen]
    return tuple(units)


def in_years(adoption: Adoption, wanted: Subset) -> bool:
    """Whether the upper bound of an adoption lies in the years that are wanted, or may lie there."""
    return wanted.since is None if adoption.upper is None else _within(adoption.upper, wanted)


def _within(year: float, wanted: Subset) -> bool:
    after = wanted.since is None or year >= wanted.since
    return after and (wanted.until is None or year <= wanted.until)


def _programs(history: History, wanted: Subset) -> dict[str, Program]:
    programs: Iterable[Program] = history.programs
    if wanted.programs:
        names = {program.id: program.name for program in history.programs}
        chosen = {id_ for name in wanted.programs for id_ in _known(name, names, "program")}
        programs = [program for program in programs if program.id in chosen]
    if wanted.topics:
        topics = {program.topic: program.topic for program in history.programs if program.topic}
        chosen = {topic for name in wanted.topics for topic in _known(name, topics, "topic")}
        programs = [program for program in programs if program.topic in chosen]
    return {program.id: program for program in programs}


def _known(name: str, names: Mapping[str, str], what: str) -> list[str]:
    """The ids that bear this name, or the name itself where it is an id."""
    found = [id_ for id_, known in names.items() if name in (id_, known)]
    if found:
        return found
    near = get_close_matches(name, sorted(set(names.values())), NEAR, 0.4)
    hint = f"did you mean {'、'.join(near)}?" if near else f"there are {len(names)}"
    raise DiffusionError(f"no adoption is of the {what} {name}; {hint}" if names else f"the source gives no {what}")


def _counted(
    counts: Mapping[tuple[str, int], int], units: Mapping[str, Unit], wanted: Subset
) -> dict[tuple[str, int], int]:
    return {(unit, year): n for (unit, year), n in counts.items() if unit in units and _within(year, wanted)}
