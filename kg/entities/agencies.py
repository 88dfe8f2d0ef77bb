"""A sentence → the agencies that it names: place × organ (大连市教育局, 市教育局, 省政府) and the central bodies of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.entities.gazetteer import Gazetteer
from kg.lexicons import Agency, Organ, Place
from kg.model import Entity, Kind, Span
from kg.texts.names import Names

_TIER_WORD = re.compile(r"(?:我|本|全)?([省市县区州])$")
# 市委托, 区政府性基金, 县委员: an organ's name that goes on as another word.
_NOT_AFTER = re.compile(
    r"托|员(?!会)|派|以|性|间|购买|采购|主导|投入|投资|统筹|部门|网站|热线|工作报告|责任|举办|隐性|债务|规章|补助|资助|补贴|教育支出"
)
_SEVERAL = tuple("各两二三多跨")  # 三县教育局 are three
_CENTRAL_NOT_AFTER = re.compile(r"门|署(?:高校|院校|属)")


class FoundAgency(NamedTuple):
    """An agency where it stands; `tier` is the context word (市, 省) when no place is named."""

    span: Span
    organ: Organ | None
    places: tuple[str, ...] = ()  # the place names directly before the organ, the largest first
    tier: str = ""
    central: Agency | None = None


class AgencyFinder:
    """Finds organs with the place or tier word before them."""

    def __init__(self, organs: Iterable[Organ], agencies: Iterable[Agency], gazetteer: Gazetteer) -> None:
        self._organ = {alias: organ for organ in reversed(list(organs)) for alias in (organ.name, *organ.aliases)}
        self._central = {name: agency for agency in agencies for name in (agency.name, *agency.aliases)}
        self._never = frozenset(name for agency in agencies for name in agency.never)
        self._organs = Names(self._organ)
        self._centrals = Names([*self._central, *self._never])
        self._gazetteer = gazetteer
        self._place_endings = frozenset(name[-2:] for name in (*gazetteer.full, *gazetteer.short))
        self.signs = frozenset({*self._organ, *self._central})

    def __call__(self, text: str) -> Iterator[FoundAgency]:
        taken = -1
        for span, name in self._organs(text):
            if _NOT_AFTER.match(text, span.end) or span.start < taken:
                continue
            found = self._with_place(text, span, self._organ[name])
            if found is not None:
                taken = found.span.end
                yield found
        for span, name in self._centrals(text):
            if name in self._central and not _CENTRAL_NOT_AFTER.match(text, span.end):
                yield FoundAgency(span, None, central=self._central[name])

    def entity(self, place: Place, organ: Organ) -> Entity:
        """大连市 × 教育局 → 大连市教育局; party bodies open with 中共. Where several places share the name, the id tells which."""
        name = f"中共{place.name}{organ.name}" if organ.party else f"{place.name}{organ.name}"
        namesakes = {p.parent for p in self._gazetteer.full[place.name]}
        parent = self._gazetteer.by_id.get(place.parent)
        ending = f"@{parent.name}" if len(namesakes) > 1 and parent is not None else ""
        return Entity(Kind.AGENCY, f"agency/{name}{ending}", name, jurisdiction=f"place/{place.id}")

    def _with_place(self, text: str, span: Span, organ: Organ) -> FoundAgency | None:
        names: list[str] = []
        begin = span.start
        while (name := self._name_before(text, begin, full=bool(names))) is not None:
            names.insert(0, name)
            begin -= len(name)
        if names:
            begin -= 2 if text[max(0, begin - 2) : begin] == "中共" else 0
            return FoundAgency(Span(begin, span.end), organ, places=tuple(names))
        before = text[max(0, span.start - 4) : span.start]
        tier = _TIER_WORD.search(before)
        if tier and not before.endswith(_SEVERAL, 0, tier.start()):
            return FoundAgency(Span(span.start - len(tier[0]), span.end), organ, tier=tier[1])
        return None

    def _name_before(self, text: str, end: int, *, full: bool) -> str | None:
        """The longest place name that ends here; further out only full names count."""
        if text[max(0, end - 2) : end] not in self._place_endings:
            return None
        for start in range(max(0, end - 14), end - 1):
            name = text[start:end]
            if name in self._gazetteer.full or (not full and name in self._gazetteer.short):
                return name
        return None
