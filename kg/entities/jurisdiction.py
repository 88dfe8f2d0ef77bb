"""A part → the government that speaks in it (我市, 我县, 全区) and its agency, with the evidence; or nothing where it stays open.

Evidence is weighed, not voted: a title or signature that names place and organ decides; else the documents that the part
issues under its own name, the words 我市/我县 with a place name, or the townships that it calls its own. Two places with
comparable evidence leave the part without a place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from kg.entities.agencies import AgencyFinder, FoundAgency
from kg.entities.gazetteer import NATION, ORDINARY, Gazetteer, Surroundings, tier_place
from kg.entities.names import Names
from kg.lexicons import Place
from kg.model import Decision, Entity, Genre, Level, Part, Span

_SELF = re.compile(r"(?<!自)我([省市县区州])|(?<![健安完周])全([省市县区州])(?!各|域)")
_OWN_MINISTRY = re.compile(
    r"(?<!自)我部(?!分|队|署)|教育部机关|直属高校|部属高校|各省、自治区、直辖市|党中央、国务院领导下|全国教育系统|国务院法制办|全国教育工作会议"
)
_TITLE_END = 200
_ENOUGH = 4  # less evidence than two mentions of one's own kind decides nothing
_NEWS_ACT = re.compile(
    r"(?:教育局|市教育局)?(?:日前|近日|昨日|今天)?(?:召开|举行|出台|印发|启动|发布|举办|传出|推出|全面)"
)
_TIERS = {
    "省": {Level.PROVINCE},
    "市": {Level.PREFECTURE, Level.PROVINCE, Level.COUNTY},
    "县": {Level.COUNTY},
    "区": {Level.COUNTY, Level.ZONE, Level.PROVINCE},
    "州": {Level.PREFECTURE},
}
_ISSUED_TITLE = re.compile(
    r"(?:出台|印发|制定|制发|修订|编制|起草|实施|落实|完成|贯彻)[^，。；《]{0,12}《([^《》]{4,60})》"
)
_OWN_FLAVOUR = re.compile(r"(?:具有|打造|加快推进|创建|推进|擦亮|叫响|学在|振兴|服务|提升)$")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One hint that a place speaks here."""

    place: str  # id
    weight: int
    rule: str
    span: Span
    agency: Entity | None = None


class JurisdictionFinder:
    """Decides place and agency of a part."""

    def __init__(self, gazetteer: Gazetteer, agencies: AgencyFinder, townships: Mapping[str, tuple[str, ...]]) -> None:
        self._gazetteer = gazetteer
        self._agencies = agencies
        self._townships = townships

    def __call__(self, part: Part, shared: tuple[Part, ...] = ()) -> Part:
        """The part with place, agency and the decisions about them; `shared` are parts of the same document."""
        evidence = [e for p in (shared or (part,)) for e in self._evidence(p)]
        if sum(hint.weight for hint in evidence) < _ENOUGH:
            evidence += self._by_townships(part)
        tiers = self._tiers(part)
        totals: dict[str, int] = defaultdict(int)
        for hint in evidence:
            if not tiers or self._gazetteer.by_id[hint.place].level in tiers or hint.weight >= 10:
                totals[hint.place] += hint.weight
        ranked = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
        rivals = [n for place, n in ranked[1:] if not self._kin(place, ranked[0][0])]
        if not ranked or ranked[0][1] < _ENOUGH or any(n * 2 > ranked[0][1] for n in rivals):
            open_place = Decision("place", "", "no-place-determined" if not ranked else "evidence-too-weak-or-divided")
            return replace(part, decided=(*part.decided, open_place, Decision("agency", "", "no-place-determined")))
        best = ranked[0][0]
        place = self._gazetteer.by_id[best]
        strongest = max((e for e in evidence if e.place == best), key=lambda e: (e.weight, -e.span.start))
        speaking = next((e for e in sorted(evidence, key=lambda e: -e.weight) if e.place == best and e.agency), None)
        speaking = speaking or self._tier_agency(part, place)
        decisions = [Decision("place", place.name, strongest.rule, strongest.span)]
        if speaking is not None and speaking.agency is not None:
            decisions.append(Decision("agency", speaking.agency.name, speaking.rule, speaking.span))
        else:
            decisions.append(Decision("agency", "", "no-agency-named-in-title-or-signature"))
        return replace(
            part,
            place=place.entity,
            agency=speaking.agency if speaking else None,
            decided=(*part.decided, *decisions),
        )

    def _tier_agency(self, part: Part, place: Place) -> Evidence | None:
        """市教育局 in the title of a part whose city is decided."""
        for found in self._agencies(part.title):
            if found.organ is not None and tier_place(self._gazetteer, place.id, found.tier or "_") == place:
                at = max(part.document.clean.find(part.title), 0)
                where = Span(at + found.span.start, at + found.span.end)
                return Evidence(
                    place.id, 10, "title-names-agency-of-tier", where, self._agencies.entity(place, found.organ)
                )
        return None

    def _kin(self, one: str, other: str) -> bool:
        """Parent and child do not rival each other: a city's text names its districts, a county's its city."""
        return self._gazetteer.within(one, other) or self._gazetteer.within(other, one)

    def _tiers(self, part: Part) -> set[Level]:
        said: dict[str, int] = defaultdict(int)
        for found in _SELF.finditer(part.text):
            said[found[1] or found[2]] += 2 if found[1] else 1
        if not said:
            return set()
        most = max(said, key=lambda tier: (said[tier], tier))
        return _TIERS[most] if said[most] >= 2 else set()

    def _evidence(self, part: Part) -> Iterator[Evidence]:
        text, base = part.text, part.span.start
        around = Surroundings(year=part.year)
        yield from self._title(part, around)
        for start, line in _lines(text):
            if len(line) <= 40 and (start < _TITLE_END or start > len(text) - 150):
                yield from self._agency_line(line, base + start, around, weight=10 if start < _TITLE_END else 8)
        for issued in _ISSUED_TITLE.finditer(text):
            yield from self._opening_name(issued[1], base + issued.start(1), around, 3, "own-document-names-place")
        for span, name in self._gazetteer.names(text):
            yield from self._self_named(text, base, span, name, around)
        for found in self._agencies(text):
            if found.places and found.organ and not found.organ.name.startswith("人民代表"):
                yield from self._placed(found, base, around, 1, "agency-with-place")
        if part.genre is Genre.NEWS:
            yield from self._news_lead(text[:_TITLE_END], base, around)
        ministry = list(_OWN_MINISTRY.finditer(text))
        if (len({m[0] for m in ministry}) >= 2 or any(m[0] == "我部" for m in ministry)) and not _SELF.search(text):
            where = Span(base + ministry[0].start(), base + ministry[0].end())
            own = "教育部" if any(m[0] in ("我部", "教育部机关", "直属高校") for m in ministry) else ""
            agency = next((a.central.entity for a in self._agencies(text) if a.central and a.central.name == own), None)
            yield Evidence(NATION, 8, "ministry-speaks-of-itself", where, agency)

    def _title(self, part: Part, around: Surroundings) -> Iterator[Evidence]:
        if not part.title:
            return
        at = part.document.clean.find(part.title)
        start = max(at, 0)
        yield from self._agency_line(part.title, start, around, weight=10)
        yield from self._opening_name(part.title, start, around, 8, "title-names-place")

    def _agency_line(self, line: str, base: int, around: Surroundings, weight: int) -> Iterator[Evidence]:
        rule = "title-or-heading-names-agency" if weight >= 10 else "signature-names-agency"
        for found in self._agencies(line):
            if found.span.start <= 2 or re.fullmatch(r"[\u4e00-\u9fff、]+", line[: found.span.start]):
                yield from self._placed(found, base, around, weight, rule)
                if found.central and found.central.name == "教育部" and found.span.start == 0 and weight >= 10:
                    where = Span(base, base + found.span.end)
                    yield Evidence(NATION, weight, rule, where, found.central.entity)

    def _placed(
        self, found: FoundAgency, base: int, around: Surroundings, weight: int, rule: str
    ) -> Iterator[Evidence]:
        if not found.places or found.organ is None:
            return
        place = self._gazetteer.chain(found.places, around)
        if place is not None:
            where = Span(base + found.span.start, base + found.span.end)
            agency = self._agencies.entity(place, found.organ) if weight >= 8 else None
            yield Evidence(place.id, weight, rule, where, agency)

    def _opening_name(self, text: str, base: int, around: Surroundings, weight: int, rule: str) -> Iterator[Evidence]:
        opening = re.match(r"(?:\d{4}年|关于|印发)*", text)
        at = opening.end() if opening else 0
        for span, name in self._gazetteer.names(text):
            if span.start == at and (name in self._gazetteer.full or weight >= 8):
                place = self._gazetteer.link(name, around)
                if place is not None:
                    yield Evidence(place.id, weight, rule, Span(base + span.start, base + span.end))
            break

    def _news_lead(self, lead: str, base: int, around: Surroundings) -> Iterator[Evidence]:
        """南京市鼓楼区召开…: the place that acts in the opening of a report."""
        chain: list[tuple[Span, str]] = []
        for span, name in self._gazetteer.names(lead):
            chain = [*chain, (span, name)] if chain and chain[-1][0].end == span.start else [(span, name)]
            if _NEWS_ACT.match(lead, span.end):
                place = self._gazetteer.chain([n for _, n in chain], around)
                if place is not None:
                    where = Span(base + chain[0][0].start, base + span.end)
                    yield Evidence(place.id, 6, "news-lead-names-place", where)
                    return

    def _self_named(self, text: str, base: int, span: Span, name: str, around: Surroundings) -> Iterator[Evidence]:
        """锦州教育, 学在锦州, 青岛特色: a text that speaks of a place's own education or calls it its own."""
        if name in ORDINARY:
            return
        after = text[span.end : span.end + 4]
        own = after.startswith(("教育", "特色", "经济社会", "籍")) or _OWN_FLAVOUR.search(
            text[max(0, span.start - 4) : span.start]
        )
        if own and not after.startswith(("教育厅", "教育局", "教育委员会", "教育厅")):
            place = self._gazetteer.link(name, around)
            if place is not None and place.level != Level.NATION:
                yield Evidence(place.id, 2, "speaks-of-its-own-education", Span(base + span.start, base + span.end))

    @cached_property
    def _township_names(self) -> Names:
        return Names(self._townships)

    def _by_townships(self, part: Part) -> Iterator[Evidence]:
        """The one county that has most of the townships named here: 甘棠镇、新厂镇、大堡子镇、藕团乡."""
        known: dict[str, Span] = {}
        for span, name in self._township_names(part.text):
            known.setdefault(name, Span(part.span.start + span.start, part.span.start + span.end))
        winner = self._gazetteer.county_of_townships(known, self._townships)
        if winner is not None and winner[1] >= 3:
            county, count = winner
            first = min(span for name, span in known.items() if county in self._townships[name])
            yield Evidence(county, 3 + count, "townships-of-one-county", first)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1
