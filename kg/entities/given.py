"""Parts and the place that the user names for their document → parts of that place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kg.entities.gazetteer import Gazetteer, Surroundings
from kg.lexicons import Place
from kg.model import Decision, Part


def given_place(gazetteer: Gazetteer, name: str, year: int | None = None) -> Place | None:
    """The place that a user means by 大连市, 辽宁省大连市, 大连 or 南京市鼓楼区; None where that is none or several."""
    names = []
    end = 0
    for span, found in gazetteer.names(name):
        if span.start != end:
            return None
        names.append(found)
        end = span.end
    return gazetteer.chain(names, Surroundings(year=year, is_name=True)) if names and end == len(name) else None


def of_given_place(part: Part, gazetteer: Gazetteer) -> Part:
    """The part with the place that the user gave, if there is one of that name; the agency stays where it serves that place."""
    name = part.document.given.place
    if not name:
        return part
    place = given_place(gazetteer, name, part.year)
    if place is None:
        doubt = Decision("place", "", "given-place-unknown-or-ambiguous", confidence=Decimal(0))
        return replace(part, decided=(*part.decided, doubt))
    others = tuple(d for d in part.decided if d.what != "place" or d.rule.endswith("-disagrees"))
    decided = (Decision("place", place.name, "given", confidence=Decimal(1)), *others)
    if part.place is not None and part.place != place.entity:
        against = Decision("place", part.place.name, "text-disagrees-with-given", confidence=Decimal(0))
        decided = (*decided, against)
    if part.agency is None or part.agency.jurisdiction == place.entity.id:
        return replace(part, place=place.entity, decided=decided)
    other = Decision("agency", part.agency.name, "text-disagrees-with-given", confidence=Decimal(0))
    decided = (*(d for d in decided if d.what != "agency"), other)
    return replace(part, place=place.entity, agency=None, decided=decided)
