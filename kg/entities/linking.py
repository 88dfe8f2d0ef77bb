"""A name that a finder found in a sentence → its mention, linked to the thing that it names or left open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from kg.entities.agencies import AgencyFinder, FoundAgency
from kg.entities.counted_programs import is_only_counted
from kg.entities.gazetteer import Gazetteer, tier_place
from kg.entities.organizations import full_number
from kg.entities.places import FoundPlace
from kg.entities.programs import LexiconPrograms
from kg.entities.quoted_programs import brand_in
from kg.entities.signs import AGENCY, PLACE
from kg.entities.spans import Found, unwrapped
from kg.entities.variants import shared_form
from kg.lexicons import PolicyDocument
from kg.model import Entity, Kind, Mention, Part, Span
from kg.patterns import regex

_GOES_ON = "民区县场内外政委长立属级"  # 遂宁市民网络学校 is no 民网络学校
_ITS_OWN = regex(r"^(?:我|全|本)[省市县区州]")
_OUR = regex(r"我([省市县区])")
_OF_A_CONTEXT = regex(r"[我全本该各省市县区州]")  # 市第一中学, 我校: whose it is the words do not tell


class Line(NamedTuple):
    """A sentence as the finders see it."""

    text: str
    part: Part
    at: int  # where it begins in the clean text
    held: int  # its signs


class Linker:
    """Makes mentions of what was found, with the lexicons' entities or new ones."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        agencies: AgencyFinder,
        programs: LexiconPrograms,
        documents: Mapping[str, PolicyDocument],
        apart: frozenset[frozenset[str]],
    ) -> None:
        """`documents` are those of the lexicon by name; `apart` holds pairs of programme names that stay two."""
        self._gazetteer = gazetteer
        self._openings = gazetteer.openings
        self._agencies = agencies
        self._programs = programs
        self._documents = documents
        self._apart = apart

    def of_model(self, found: Found, line: Line) -> Mention:
        """Linked where its words alone tell what they name; a place that the other finders left open stays open."""
        if found.kind is Kind.PROGRAM:
            return self.program(found._replace(name=self._programs.canonical(found.name)), line)
        if found.kind is Kind.POLICY_DOCUMENT:
            return replace(self.document(found, line), found_by=found.rule)
        surface = line.text[found.span.start : found.span.end]
        entity: Entity | None = None
        if found.kind is Kind.AGENCY:
            whole = Span(0, len(surface))
            agency = next((agency for agency in self._agencies(surface) if agency.span == whole), None)
            entity = self._agencies.link(agency, line.part) if agency else None
        elif found.kind is not Kind.PLACE and not _OF_A_CONTEXT.match(surface):
            sort = "organization" if found.kind is Kind.ORGANIZATION else "target-group"
            entity = Entity(found.kind, f"{sort}/{found.name}", found.name)
        return Mention(found.kind, moved(found.span, line.at), surface, entity, found.rule)

    # --- documents ---------------------------------------------------------------------------------------------------

    def document(self, found: Found, line: Line) -> Mention:
        """A document of the lexicon, or one that is known by its title."""
        surface = line.text[found.span.start : found.span.end]
        rule = found.rule
        record = self._documents.get(found.name) or self._documents.get(found.name.removeprefix("中华人民共和国"))
        if record is not None:
            entity: Entity | None = record.entity
            rule = "lexicon-document"
        else:
            name = self._full_title(found.name, line.part)
            entity = Entity(Kind.POLICY_DOCUMENT, f"policy-document/{name}", name, number=found.number)
        return Mention(Kind.POLICY_DOCUMENT, moved(found.span, line.at), surface, entity, rule)

    def _full_title(self, name: str, part: Part) -> str:
        """我市…方案 → 大连市…方案: a context word in a title is spelt out where the part says whom it means."""
        context = _OUR.match(name)
        if context and part.place:
            place = tier_place(self._gazetteer, part.place.id.removeprefix("place/"), context[1])
            return (place.name if place else "") + name[context.end() :]
        return name

    # --- programmes --------------------------------------------------------------------------------------------------

    def program(self, found: Found, line: Line) -> Mention:
        """A programme of the lexicon, or one that is known by its name: without office and place before it, its phase in front."""
        text, _, at, held = line
        surface = text[found.span.start : found.span.end]
        entity = self._programs.by_name.get(found.name)
        if entity is not None:
            return Mention(Kind.PROGRAM, moved(found.span, at), surface, entity, found.rule)
        # 宜昌市教育局“名师送教”工程 is the bureau's, but not its name
        office = self._office_before(surface, held) if held & AGENCY else 0
        name = (brand_in(surface) if "“" in surface else "") or found.name[office:]
        if held & PLACE:
            name = self._without_place(name)
        name = self._shared_form(name)
        entity = self._programs.by_name.get(self._programs.canonical(name)) or self._new_program(
            name, surface[office:], line.part
        )
        span = Span(found.span.start + office + at, found.span.end + at)
        return Mention(Kind.PROGRAM, span, surface[office:], entity, found.rule)

    def _new_program(self, name: str, surface: str, part: Part) -> Entity:
        """A programme that no lexicon knows; “五大工程” is its city's own, or its document's where the city is open."""
        if not is_only_counted(name):
            return _unknown_program(name, surface)
        if part.place:
            return _unknown_program(f"{part.place.name}{name}", surface)
        return Entity(Kind.PROGRAM, f"program/{name}@{part.document.id}", name)

    def _shared_form(self, name: str) -> str:
        """The name in the form that all texts share, unless a reviewer wants the two apart."""
        form = shared_form(name)
        return name if self._apart and frozenset((name, form)) in self._apart else form

    def _office_before(self, surface: str, held: int) -> int:
        """How many characters an agency takes at the opening of a programme's words, in a sentence that holds these signs."""
        office = next((found for found in self._agencies(surface, held) if found.span.start == 0), None)
        return office.span.end if office is not None and len(surface) - office.span.end >= 4 else 0

    def _without_place(self, name: str) -> str:
        """大连市特殊教育提升计划 → 特殊教育提升计划, so that two cities' plans are one thing; 大连教育讲坛 keeps its place."""
        own = 0
        for span, place_name in self._gazetteer.named(name) if name[:2] in self._openings else ():
            full = place_name in self._gazetteer.full and place_name[-1] in "省市县区州"
            if span.start != own and not (own and span.start == own + 1 and name[own] in "、和"):
                break
            if not full or len(name) - span.end < 5 or name[span.end] in _GOES_ON:
                break
            own = span.end
        return name[own:].removeprefix("的") if own else _ITS_OWN.sub("", name)

    # --- places, agencies, organisations, people ---------------------------------------------------------------------

    def place(self, found: FoundPlace, line: Line) -> Mention:
        """The place that the finder decided for, if it did."""
        entity = found.foreign or (found.place.entity if found.place else None)
        return Mention(Kind.PLACE, moved(found.span, line.at), found.name, entity, found.rule)

    def agency(self, found: FoundAgency, line: Line) -> Mention:
        """The agency that is meant in this part, if the part determines it."""
        surface = line.text[found.span.start : found.span.end]
        entity = self._agencies.link(found, line.part)
        return Mention(Kind.AGENCY, moved(found.span, line.at), surface, entity, found.rule)

    def organization(self, found: Found, line: Line) -> Mention:
        """县第一中学 is the county's whose text this is; it stays open where that is open."""
        if found.rule != "school-of-the-tier":
            entity = Entity(Kind.ORGANIZATION, f"organization/{found.name}", found.name)
            return Mention(Kind.ORGANIZATION, moved(found.span, line.at), found.name, entity, found.rule)
        own = line.part.place.id.removeprefix("place/") if line.part.place else ""
        place = tier_place(self._gazetteer, own, found.name[0])
        name = f"{place.name}{full_number(found.name[1:])}" if place else ""
        named = Entity(Kind.ORGANIZATION, f"organization/{name}", name) if place else None
        return Mention(Kind.ORGANIZATION, moved(found.span, line.at), found.name, named, found.rule)


def group_mention(found: Found, line: Line) -> Mention:
    """A target group is known by its words alone."""
    entity = Entity(Kind.TARGET_GROUP, f"target-group/{found.name}", found.name)
    return Mention(Kind.TARGET_GROUP, moved(found.span, line.at), found.name, entity, found.rule)


def moved(span: Span, by: int) -> Span:
    """The span, so many characters further on."""
    start, end = span
    return Span(start + by, end + by)


@lru_cache(maxsize=4096)  # a document says its programmes again and again
def _unknown_program(name: str, surface: str) -> Entity:
    written = unwrapped(surface)
    return Entity(Kind.PROGRAM, f"program/{name}", name, written=written if written != name else "")
