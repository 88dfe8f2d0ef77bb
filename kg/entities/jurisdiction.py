"""A part → the government that speaks in it (我市, 我县, 全区) and its agency, with the evidence; or nothing where it stays open.

Evidence is weighed, not voted: a title or signature that names place and organ decides; else the documents that the part
issues under its own name, the words 我市/我县 with a place name, or the places that it calls its own. Two places with
comparable evidence leave the part without a place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from kg.entities.agencies import AgencyFinder
from kg.entities.gazetteer import Gazetteer, tier_place
from kg.entities.place_evidence import EvidenceFinder
from kg.entities.place_scene import RULES, Evidence, Scene
from kg.lexicons import Place
from kg.model import Decision, Entity, Level, Part, Span

DOUBTED = Decimal("0.2")  # a place that speaks against the one decided
CLAIMS_TO_SPEAK = 8  # the weight of a hint that names a speaker; it needs no 我市 beside it
ENOUGH = 4  # less evidence than two mentions of one's own kind decides nothing
MOST_OF_AGENCIES = 5  # what the agencies named in passing can add up to
_TIERS = {
    "省": {Level.PROVINCE},
    "市": {Level.PREFECTURE, Level.PROVINCE, Level.COUNTY},
    "县": {Level.COUNTY},
    "区": {Level.COUNTY, Level.ZONE, Level.PROVINCE},
    "州": {Level.PREFECTURE},
}
AGENCY_CONFIDENCE = {
    "title-or-heading-names-agency": Decimal("0.98"),
    "signature-names-agency": Decimal("0.93"),
    "title-names-agency-of-tier": Decimal("0.9"),
    "ministry-speaks-of-itself": Decimal("0.85"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The place that the evidence is for, with its strongest hint; without a place the rule says why."""

    place: Place | None
    rule: str
    span: Span | None = None

    @property
    def decision(self) -> Decision:
        if self.place is None:
            return Decision("place", "", self.rule, self.span, Decimal(0))
        return Decision("place", self.place.name, self.rule, self.span, Decimal(RULES[self.rule].confidence))


class JurisdictionFinder:
    """Decides place and agency of a part."""

    def __init__(self, gazetteer: Gazetteer, agencies: AgencyFinder, townships: Mapping[str, tuple[str, ...]]) -> None:
        self._gazetteer = gazetteer
        self._agencies = agencies
        self._find = EvidenceFinder(gazetteer, agencies, townships)
        self._of_part = lru_cache(maxsize=16)(self._gather)  # stretches under one title ask for each other's

    def __call__(self, part: Part, shared: tuple[Part, ...] = ()) -> Part:
        """The part with place, agency and the decisions about them; `shared` are parts of the same document."""
        together = shared or (part,)
        scene, _ = self._of_part(part)
        evidence = [hint for other in together for hint in self._of_part(other)[1]]
        verdict = self._weigh(evidence, scene)
        if verdict.place is None:
            evidence += self._find.inside(scene)
            verdict = self._weigh(evidence, scene)
        if verdict.place is None and _fills_its_file(together) and not scene.is_masked:
            verdict = self._by_file_name(verdict, evidence, scene)
        if verdict.place is None:
            no_agency = Decision("agency", "", "no-place-determined", None, Decimal(0))
            return replace(part, decided=(*part.decided, verdict.decision, no_agency))
        agency, spoken = self._agency(verdict.place, evidence, scene)
        doubts = self._against(verdict.place, evidence, scene, alone=_fills_its_file(together))
        return replace(
            part,
            place=verdict.place.entity,
            agency=agency,
            decided=(*part.decided, verdict.decision, *doubts, spoken),
        )

    def _gather(self, part: Part) -> tuple[Scene, tuple[Evidence, ...]]:
        scene = self._find.scene(part)
        return scene, tuple(self._find(scene))

    def _weigh(self, evidence: Iterable[Evidence], scene: Scene) -> Verdict:
        """The place with most evidence, if it is enough and nobody else has half as much."""
        evidence = tuple(evidence)
        ranked = sorted(self._totals(evidence, scene).items(), key=lambda item: (-item[1], item[0]))
        if not ranked:
            return Verdict(None, "no-place-determined")
        best, most = ranked[0]
        divided = any(n * 2 > most for place, n in ranked[1:] if not self._kin(place, best))
        if most < ENOUGH or divided:
            return Verdict(None, "evidence-too-weak-or-divided")
        hint = max((e for e in evidence if e.place == best), key=lambda e: (e.weight, -(e.span or Span(0, 0)).start))
        return Verdict(self._gazetteer.by_id[best], hint.rule, hint.span)

    def _totals(self, evidence: Iterable[Evidence], scene: Scene) -> Mapping[str, int]:
        """What the evidence for each place weighs together; the tier of which the text speaks keeps weak hints out."""
        levels = _TIERS.get(scene.tier)
        totals: dict[str, int] = defaultdict(int)
        in_passing: Counter[str] = Counter()
        for hint in evidence:
            if levels and hint.weight < CLAIMS_TO_SPEAK and self._gazetteer.by_id[hint.place].level not in levels:
                continue
            if hint.rule == "agency-with-place":
                in_passing[hint.place] += hint.weight
            else:
                totals[hint.place] += hint.weight
        for place, weight in in_passing.items():
            totals[place] += min(weight, MOST_OF_AGENCIES)
        return totals

    def _kin(self, one: str, other: str) -> bool:
        """Parent and child do not rival each other: a city's text names its districts, a county's its city."""
        return self._gazetteer.within(one, other) or self._gazetteer.within(other, one)

    def _against(
        self, place: Place, evidence: Iterable[Evidence], scene: Scene, *, alone: bool
    ) -> tuple[Decision, ...]:
        """Another place that a title, a signature or the name of the file gives as the speaker, for a user to look at."""
        hints = (*evidence, *(self._find.file_name(scene) if alone else ()))
        others = [
            hint
            for hint in hints
            if (hint.weight >= CLAIMS_TO_SPEAK or hint.rule == "file-name-names-place")
            and not self._kin(hint.place, place.id)
        ]
        return tuple(
            Decision("place", self._gazetteer.by_id[hint.place].name, f"{hint.rule}-disagrees", hint.span, DOUBTED)
            for hint in others[:1]
        )

    def _by_file_name(self, verdict: Verdict, evidence: Iterable[Evidence], scene: Scene) -> Verdict:
        """Where the text is silent or divided, the place that opens the name of its file, unless the text speaks of others only."""
        weighed = self._totals(evidence, scene)
        for hint in self._find.file_name(scene):
            strong = [place for place, weight in weighed.items() if weight >= ENOUGH]
            if not strong or any(self._kin(place, hint.place) for place in strong):
                return Verdict(self._gazetteer.by_id[hint.place], hint.rule)
        return verdict

    def _agency(self, place: Place, evidence: Iterable[Evidence], scene: Scene) -> tuple[Entity | None, Decision]:
        """The agency that the strongest hint for this place names, else that of the tier in the title."""
        named = [hint for hint in evidence if hint.place == place.id and hint.agency]
        for hint in sorted(named, key=lambda hint: -hint.weight)[:1]:
            return hint.agency, _spoken(hint.agency, hint.rule, hint.span)
        return self._agency_of_tier(place, scene)

    def _agency_of_tier(self, place: Place, scene: Scene) -> tuple[Entity | None, Decision]:
        """市教育局 in the title of a part whose city is decided."""
        for span, line in scene.title_lines:
            for found in self._agencies(line):
                if found.organ is not None and tier_place(self._gazetteer, place.id, found.tier or "_") == place:
                    where = Span(span.start + found.span.start, span.start + found.span.end) if span else None
                    agency = self._agencies.entity(place, found.organ)
                    return agency, _spoken(agency, "title-names-agency-of-tier", where)
        return None, Decision("agency", "", "no-agency-named-in-title-or-signature", None, Decimal(0))


def _spoken(agency: Entity | None, rule: str, span: Span | None) -> Decision:
    return Decision("agency", agency.name if agency else "", rule, span, AGENCY_CONFIDENCE[rule])


def _fills_its_file(parts: Iterable[Part]) -> bool:
    """These parts are the whole document, so that the name of its file speaks of them."""
    spans = [part.span for part in parts]
    document = next(iter(parts)).document
    return min(spans).start == 0 and max(spans).end == len(document.clean)
