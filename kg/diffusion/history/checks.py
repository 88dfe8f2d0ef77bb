"""A history → what a careful reader of its analysis must know of the data: a validation report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from kg.diffusion.adoptions import Adoption, Dated, Evidence, History
from kg.diffusion.history.coverage import observed, tells_all
from kg.diffusion.naming import names_of, program_labels
from kg.model import Level, Status

FIRST_YEAR, LAST_YEAR = (
    1949,
    2100,
)  # outside of which the year of a graph is worth a look; of a table, beyond a thousand
MANY_TIES = 0.5  # share of tied events above which a cascade tells little of who followed whom


class Check(NamedTuple):
    """One finding: what, of which programme and unit (names; empty for all), how much, and in words."""

    check: str
    program: str
    unit: str
    value: float
    detail: str


def checks_of(history: History) -> tuple[Check, ...]:
    """All findings: first the counts of the whole, then one line per programme or adoption that deserves a look."""
    return (
        *_counts(history),
        *_of_programs(history),
        *_of_adoptions(history),
        *_of_years(history),
        *_of_units(history),
        *_gaps(history),
    )


def in_brief(checks: Iterable[Check], most: int = 8) -> tuple[Check, ...]:
    """The first `most` findings of each kind, and how many more there are."""
    shown: list[Check] = []
    for check, same in groupby(checks, key=lambda one: one.check):
        some = tuple(same)
        shown += some[:most]
        if len(some) > most:
            shown.append(Check(check, "", "", float(len(some) - most), "more of these (--format csv shows all)"))
    return tuple(shown)


def tied_share(years: Iterable[float]) -> float:
    """The share of events that have the same year as another one; 0 without events."""
    times = Counter(years)
    events = sum(times.values())
    return sum(n for n in times.values() if n > 1) / events if events else 0.0


def _counts(history: History) -> Iterator[Check]:
    """How much there is, and how it is dated and censored."""
    units = observed(history)
    adopted = {(a.unit, a.program) for a in history.adoptions}
    dated = Counter(a.dated for a in history.adoptions)
    yield _count("units", len(units), "with an adoption or with a document read")
    yield _count("programs", len(history.programs), "adopted by at least one unit")
    yield _count("adoptions", len(history.adoptions), "pairs of a unit and a program")
    yield _count("exact-year", sum(a.is_exact for a in history.adoptions), "adoptions whose year is known")
    yield from (_count(f"dated-{kind}", dated[kind], f"adoptions {_TOLD[kind]}") for kind in Dated if dated[kind])
    open_below = sum(a.lower is None and a.upper is not None for a in history.adoptions)
    yield _count("left-censored", open_below, "adoptions of which only an upper bound is known")
    never = len(units) * len(history.programs) - len(adopted)
    yield _count("right-censored", never, "pairs of a unit and a program without an adoption")
    planned = sum(a.status is Status.PLANNED for a in history.adoptions)
    yield _count("planned", planned, "adoptions that are only planned at their date (--begun-only leaves them out)")
    yield _count("ended", sum(a.ended is not None for a in history.adoptions), "adoptions that are said to have ended")
    yield _count("documents-read", sum(history.read.values()), "documents of a known unit and year")
    if history.missing:
        yield _count("documents-missing", sum(history.missing.values()), "documents of the list that were not read")


_TOLD = {
    Dated.STATED: "of a year that the text names",
    Dated.EFFECTIVE: "of a year from which on the text says it holds",
    Dated.DOCUMENT: "of which only the document is dated (upper bound)",
    Dated.CONTINUED: "that go on and began before (left-censored)",
    Dated.GIVEN: "as the table gives them",
    Dated.OPEN: "without any year",
}


def _of_programs(history: History) -> Iterator[Check]:
    """Cascades that tell nothing or little of an order."""
    names, found = program_labels(history), []
    for program in history.programs:
        years = [a.upper for a in history.by_program[program.id] if a.upper is not None]
        if len(years) < 2:
            detail = "dated adoptions: no order to analyse"
            found.append(Check("single-unit", names[program.id], "", float(len(years)), detail))
        elif (share := tied_share(years)) > 0:
            detail = f"of {len(years)} dated adoptions share their year" + "; most of them" * (share > MANY_TIES)
            found.append(Check("ties", names[program.id], "", share, detail))
    return iter(sorted(found, key=lambda one: one.check))


def _of_adoptions(history: History) -> Iterator[Check]:
    programs, units = program_labels(history), names_of(history)
    found: list[Check] = []
    for adoption in history.adoptions:
        names = programs[adoption.program], units[adoption.unit]
        found += [Check(check, *names, value, detail) for check, value, detail in _told_of(adoption)]
    return iter(sorted(found, key=lambda one: one.check))


def _told_of(adoption: Adoption) -> Iterator[tuple[str, float, str]]:
    """What is odd about one adoption."""
    given = [e for e in adoption.evidence if e.dated is Dated.GIVEN and e.status is not Status.ENDED]
    if len(given) > 1:
        rows = "、".join(e.file for e in given)
        yield "duplicate", float(len(given)), f"lines of the table give it: {rows}; the earliest counts"
    if adoption.upper is None:
        yield "open-date", float(len(adoption.evidence)), "claims, and none has a year"
        return
    for later in contradictions(adoption):
        assert later.year is not None
        yield (
            "contradiction",
            later.year,
            f"is named as its beginning ({_where(later.file)}), but it was there by {adoption.upper:g}",
        )
    if adoption.ended is not None and adoption.ended < adoption.upper:
        yield "ended-before", adoption.ended, f"is when it was stopped, before the adoption of {adoption.upper:g}"


def _of_years(history: History) -> Iterator[Check]:
    """Years that are hardly meant: 20144, 203. A table may count its time as it likes, if it does so throughout."""
    programs, units = program_labels(history), names_of(history)
    dated = [a for a in history.adoptions if a.upper is not None]
    years = sorted(a.upper for a in dated if a.upper is not None)
    if not years or not FIRST_YEAR <= years[len(years) // 2] <= LAST_YEAR:
        return
    for adoption in dated:
        first = 1000 if adoption.dated is Dated.GIVEN else FIRST_YEAR
        if adoption.upper is not None and not first <= adoption.upper <= LAST_YEAR:
            names = programs[adoption.program], units[adoption.unit]
            yield Check("year-out-of-range", *names, adoption.upper, f"lies outside {first}–{LAST_YEAR}")


def contradictions(adoption: Adoption) -> tuple[Evidence, ...]:
    """The sentences that name a later year as the beginning than the one by which others show the programme there."""
    if adoption.upper is None:
        return ()
    upper = adoption.upper
    return tuple(e for e in adoption.evidence if e.begins and e.year is not None and e.year > upper)


def _of_units(history: History) -> Iterator[Check]:
    """Units of which the level or the province is not known; one line where no unit has any."""
    names, units = names_of(history), observed(history)
    by_code = Counter(unit.code for unit in units if unit.code)
    for unit in units:
        if by_code[unit.code] > 1 and unit.code:
            yield Check(
                "same-place",
                "",
                names[unit.id],
                float(by_code[unit.code]),
                f"units of the code {unit.code}: one place?",
            )
    for what in ("level", "province"):
        lacking = [u for u in units if not getattr(u, what) and u.level not in (Level.NATION, Level.FOREIGN)]
        if lacking and len(lacking) == len(units):
            yield Check(f"no-{what}", "", "", float(len(units)), f"units, and the {what} of none is known")
        else:
            yield from (Check(f"no-{what}", "", names[unit.id], 1.0, f"its {what} is not known") for unit in lacking)


def _gaps(history: History) -> Iterator[Check]:
    """Years without a document between the first and the last that was read of a unit, and those known to be missing."""
    names = names_of(history)
    read, missing = _by_unit(history.read), _by_unit(history.missing)
    for unit in observed(history):
        years = sorted(read.get(unit.id, ()))
        if not years and not tells_all(history):
            detail = "documents: others speak of it, none of its own was read"
            yield Check("nothing-read", "", names[unit.id], 0.0, detail)
        empty = sorted({*range(years[0], years[-1])} - {*years}) if years else []
        if empty:
            yield Check("gap", "", names[unit.id], float(len(empty)), f"years without a document: {_spans(empty)}")
    for id_, years_missing in missing.items():
        count = float(sum(years_missing.values()))
        told = f"documents of the list were not read: {_spans(sorted(years_missing))}"
        yield Check("missing", "", names.get(id_, id_), count, told)


def _by_unit(counts: Mapping[tuple[str, int], int]) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for (unit, year), count in counts.items():
        found.setdefault(unit, {})[year] = count
    return found


def _spans(years: list[int]) -> str:
    """[2010, 2011, 2014] → 2010–2011, 2014."""
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)


def _where(file: str) -> str:
    return file or "the table"


def _count(check: str, value: int, detail: str) -> Check:
    return Check(check, "", "", float(value), detail)
