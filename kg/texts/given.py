"""Parts and what the user knows of their document → parts in which the user's title, year and date have the last word."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kg.model import Decision, Genre, Given, Part, Span
from kg.texts.genres import decide_genre
from kg.texts.numerals import year_of
from kg.texts.parts import same_document

SURE = Decimal(1)
LIKELY = Decimal("0.8")
LOOKS_BACK = frozenset({Genre.SUMMARY, Genre.REPORT})
LOOKS_AHEAD = frozenset({Genre.PLAN, Genre.KEY_POINTS})
YEAR_END, YEAR_START = 11, 4  # from November plans are for the next year; until April summaries are of the last


def with_given(parts: tuple[Part, ...], given: Given) -> tuple[Part, ...]:
    """The same parts; what the text says against the user stays among the decisions, with a rule that says so."""
    if given.title and len(parts) == 1:
        parts = (_titled(parts[0], given.title),)
    if given.date is not None and parts:
        parts = (
            _decided(parts[0], Decision("published", given.date.isoformat(), "given", confidence=SURE)),
            *parts[1:],
        )
    if given.year is not None:
        return tuple(part for group in same_document(parts) for part in _of_year(group, given.year))
    if given.date is not None:
        return tuple(_dated(part, given) if part.year is None else part for part in parts)
    return parts


def _titled(part: Part, title: str) -> Part:
    """The user's title, and what it tells of genre and year where the text is silent."""
    against = part.title
    part = _decided(replace(part, title=title), Decision("title", title, "given", confidence=SURE))
    if against and against != title:
        said = Decision("title", against, "text-disagrees-with-given", confidence=Decimal(0))
        part = replace(part, decided=(*part.decided, said))
    if part.genre is Genre.OTHER:
        genre = decide_genre(title, Span(0, len(title)), None, None, Span(0, 0))
        part = replace(part, genre=Genre(genre.value))
        part = _decided(part, Decision("genre", genre.value, "given-title-names-genre", confidence=LIKELY))
    if part.year is None and (year := year_of(title)):
        part = replace(part, year=year)
        part = _decided(part, Decision("year", str(year), "given-title-names-year", confidence=SURE))
    return part


def _of_year(parts: tuple[Part, ...], year: int) -> tuple[Part, ...]:
    """The parts of one document: one of them is of the year given, else the last one, and the others keep their distance."""
    if any(part.year == year for part in parts):
        return tuple(_moved(part, year) if part.year is None else part for part in parts)
    last = next((part.year for part in reversed(parts) if part.year is not None), year)
    return tuple(_moved(part, year if part.year is None else part.year + year - last, year) for part in parts)


def _moved(part: Part, year: int, given: int | None = None) -> Part:
    """The part in another year; one at a distance from the year given is less sure than that."""
    against = part.year
    at_distance = given is not None and year != given
    decision = Decision(
        "year", str(year), "given-year-and-distance" if at_distance else "given", None, LIKELY if at_distance else SURE
    )
    part = _decided(replace(part, year=year), decision)
    if against is None:
        return part
    said = Decision("year", str(against), "text-disagrees-with-given", confidence=Decimal(0))
    return replace(part, decided=(*part.decided, said))


def _dated(part: Part, given: Given) -> Part:
    """The year of a part whose text leaves it open, from the date on which it was published."""
    assert given.date is not None
    year: int | None = given.date.year
    if part.genre in LOOKS_AHEAD and given.date.month >= YEAR_END:
        year = given.date.year + 1
    elif part.genre in LOOKS_BACK and given.date.month < YEAR_START:
        year = given.date.year - 1
    elif part.genre in LOOKS_BACK and given.date.month < YEAR_END:
        year = None  # a summary published in summer may be of a school year or of half a year
    if year is None:
        return part
    return _decided(replace(part, year=year), Decision("year", str(year), "given-date", confidence=LIKELY))


def _decided(part: Part, decision: Decision) -> Part:
    """The decision in place of the one on the same thing; evidence that was found against that one stays."""
    others = tuple(d for d in part.decided if d.what != decision.what or d.rule.endswith("-disagrees"))
    return replace(part, decided=(decision, *others))
