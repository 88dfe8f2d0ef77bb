"""A document → its parts: the members of a compilation, and in each the stretches that speak of different years."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kg.model import Decision, Document, Genre, Part, Span
from kg.patterns import regex
from kg.texts.genres import decide_genre
from kg.texts.letterhead import read_letterhead
from kg.texts.members import Member, find_members
from kg.texts.stretches import NEXT_YEAR, Stretch, cut_by_years
from kg.texts.year_hints import Frame
from kg.texts.years import decide_year, is_sites_title

CONFIDENCE = {
    "own-title": Decimal("0.95"),
    "own-heading": Decimal("0.7"),
    "site-heading": Decimal("0.4"),
    "next-year-heading": Decimal("0.9"),
    "last-year-heading": Decimal("0.9"),
    "year-before-the-plan": Decimal("0.9"),
    "review-before-the-plan": Decimal("0.9"),
    "plan-after-the-review": Decimal("0.9"),
}
SITES_TITLE = Decimal("0.5")
_LAST_YEAR = regex("去年|过去一?年")


def split_parts(document: Document) -> tuple[Part, ...]:
    """Parts in order, none overlapping; what lies outside them is furniture.

    A compilation gives a part for each member; a document gives one for each year that has a heading of its own; a
    government's work report its review and its plan, even where their headings name no year. A notice and the plan
    attached to it are one part; another appendix is its own where it has a title with a year or an issuer of its own.
    Place and agency stay open here.
    """
    parts: list[Part] = []
    members = find_members(document.clean)
    for member in members:
        stretches = cut_by_years(document.clean, member)
        dated = [_part(document, len(parts) + i, member, stretch, len(members)) for i, stretch in enumerate(stretches)]
        parts += _halves(_relative_years(dated, [stretch.heading for stretch in stretches]))
    return tuple(parts)


def _part(document: Document, index: int, member: Member, stretch: Stretch, members: int) -> Part:
    clean = document.clean
    is_own_document = stretch.heading is not None and stretch.heading == stretch.title
    own = stretch.title if is_own_document else member.title
    title = _decide_title(clean, own, stretch.heading, member.site_heading)
    genre = decide_genre(clean, stretch.title, stretch.heading, member.site_heading, stretch.span)
    kind = Genre(genre.value)
    dated = decide_year(Frame(document, stretch.span, stretch.title, stretch.heading, kind, alone=members == 1))
    printed = read_letterhead(clean, stretch.span, own)
    year = int(dated[0].value) if dated[0].value else None
    return Part(document, index, stretch.span, title.value, kind, year, decided=(title, genre, *dated, *printed))


def _decide_title(clean: str, own: Span | None, heading: Span | None, site_heading: Span | None) -> Decision:
    for words, rule in ((own, "own-title"), (heading, "own-heading"), (site_heading, "site-heading")):
        if words:
            sure = SITES_TITLE if is_sites_title(clean, words) else CONFIDENCE[rule]
            return Decision("title", clean[slice(*words)].replace("\n", ""), rule, words, sure)
    return Decision("title", "", "no-title", None, Decimal(0))


def _relative_years(parts: list[Part], headings: list[Span | None]) -> list[Part]:
    """明年工作打算 is of the year after the part before it, 过去一年工作回顾 of the year before the part after it."""
    for i, heading in enumerate(headings):
        clean = parts[i].document.clean
        if heading and i and (found := NEXT_YEAR.search(clean, *heading)):
            parts[i] = _dated(parts[i], parts[i - 1].year, 1, "next-year-heading", Span(*found.span()))
        elif heading and i + 1 < len(parts) and (found := _LAST_YEAR.search(clean, *heading)):
            parts[i] = _dated(parts[i], parts[i + 1].year, -1, "last-year-heading", Span(*found.span()))
        elif heading is None and i + 1 < len(parts) and parts[i].genre is Genre.REPORT:
            parts[i] = _dated(parts[i], parts[i + 1].year, -1, "year-before-the-plan", headings[i + 1])
    return parts


def _dated(part: Part, neighbour: int | None, step: int, rule: str, found: Span | None) -> Part:
    year = neighbour + step if neighbour else None
    decision = Decision("year", str(year or ""), rule, found, CONFIDENCE[rule] if year else Decimal(0))
    return replace(part, year=year, decided=_with(part.decided, decision))


def _halves(parts: list[Part]) -> list[Part]:
    """Of a report that was cut the first stretch looks back, what follows looks ahead."""
    if len(parts) < 2:
        return parts
    return [_half(part, ahead=i > 0) if part.genre is Genre.REPORT else part for i, part in enumerate(parts)]


def _half(part: Part, ahead: bool) -> Part:
    genre, rule = (Genre.PLAN, "plan-after-the-review") if ahead else (Genre.SUMMARY, "review-before-the-plan")
    decision = Decision("genre", genre.value, rule, None, CONFIDENCE[rule])
    return replace(part, genre=genre, decided=_with(part.decided, decision))


def _with(decided: tuple[Decision, ...], decision: Decision) -> tuple[Decision, ...]:
    """The decisions with this one in the place of those about the same."""
    first = next(i for i, other in enumerate(decided) if other.what == decision.what)
    others = [other for other in decided if other.what != decision.what]
    return (*others[:first], decision, *others[first:])


def same_document(parts: tuple[Part, ...]) -> list[tuple[Part, ...]]:
    """The parts of each document of a file: stretches that share a title, or that follow at once without one of their own."""
    groups: list[tuple[Part, ...]] = []
    for part in parts:
        title = _own_title(part)
        before = groups[-1][-1] if groups else None
        follows = before is not None and part.span.start - before.span.end <= 1 and title is None
        if before is not None and (follows or (title is not None and title == _own_title(before))):
            groups[-1] = (*groups[-1], part)
        else:
            groups.append((part,))
    return groups


def _own_title(part: Part) -> Decision | None:
    return next((d for d in part.decided if d.what == "title" and d.rule == "own-title"), None)
