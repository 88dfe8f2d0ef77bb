"""A sentence → the agencies that it names: place × organ (大连市教育局, 市教育局, 省政府), 我局, and the central bodies of the lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.entities import signs
from kg.entities.gazetteer import GENERIC_ZONE, NATION, Gazetteer, Surroundings, is_a_verb, tier_place
from kg.lexicons import Agency, Organ, Place
from kg.model import Entity, Kind, Level, Part, Span
from kg.patterns import regex
from kg.texts.names import Names

_TIERS = frozenset("省市县区州盟旗")
_TIER_WORD = regex(r"(?:自治(?=区)|我|本)?([省市县区州盟旗])$")
# 各县（市）区教育局, 两县教育局 are several; 全市政府系统, 设区的市, 省辖市, 县级市, 城市 are no one's.
_SEVERAL = regex(r"(?:[各每][省市县区州盟旗乡镇、（）和]*|[两二三四五多跨]|区的|[县区州旗乡镇全辖级城地])$")
# 市委托, 区政府性基金, 县委员, 教育局长: an organ's name that goes on as another word.
_NOT_AFTER = regex(
    r"托|员(?!会)|派|以|性|间|购买|采购|主导|投入|投资|统筹|部门|网站|热线|工作报告|责任|举办|隐性|债务|规章|补助|资助|补贴|教育支出|系统"
    r"|长(?![期效远线久征])|婉|曲|令(?!部)"
)
_CENTRAL_NOT_AFTER = regex(r"门|署(?:高校|院校|属)")
_NOT_OF_THE_PARTY = regex(r"(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|工商联|妇联|关工)$")
_CONSULTATIVE = regex(r"(?:中国人民政治协商会议|人民政协|政协)$")
_YOUTH_LEAGUE = regex(r"(?:中国共产主义青年团|共青团|(?<![集社财兵师代表剧乐军民党使旅合球访])团)$")
_COMMUNIST = regex(r"(?:中国共产党|中共)$")
# 我局, 我厅; not 自我|局限, 我|委托, 我|部署.
_OFFICE = "(?:局(?![限部面势中长])|厅(?!堂|长)|委(?![托派员婉曲屈会])|部(?![分队署门位件落长]))"
_OWN = regex(rf"我(?<!自我){_OFFICE}|本(?<!自本){_OFFICE}|局(?<![\u4e00-\u9fff]局)党(?P<party>[组委])")
OWN_SIGNS = ("我局", "我厅", "我委", "我部", "本局", "本厅", "本部", "局党组", "局党委")
PARTY_COMMITTEE, YOUTH_LEAGUE, YOUTH_COMMITTEE, CONSULTATIVE_CONFERENCE = (
    "委员会",
    "共青团",
    "共青团委员会",
    "政协",
)  # in organs.csv
OWN_ENDINGS = {"局": ("局",), "厅": ("厅",), "委": ("委员会",), "部": ("部",)}


class FoundAgency(NamedTuple):
    """An agency where it stands; `tier` is the context word (市, 省) when no place is named."""

    span: Span
    organ: Organ | None
    places: tuple[str, ...] = ()  # the place names directly before the organ, the largest first
    tier: str = ""
    central: Agency | None = None
    own: str = ""  # 局, 厅, 委, 部 for the agency that speaks, 局党组 for its party group

    @property
    def rule(self) -> str:
        """What it was found by."""
        if self.central:
            return "central-agency"
        if self.own:
            return "agency-that-speaks"
        return "place-with-organ" if self.places else "tier-with-organ"


SHORTEST = 2  # characters of a county's name that words run across


class AgencyFinder:
    """Finds organs with the place or tier word before them."""

    def __init__(self, organs: Iterable[Organ], agencies: Iterable[Agency], gazetteer: Gazetteer) -> None:
        organs = tuple(organs)
        self._organ = {alias: organ for organ in reversed(organs) for alias in (organ.name, *organ.aliases)}
        self._by_name = {organ.name: organ for organ in organs}
        self._central = {name: agency for agency in agencies for name in (agency.name, *agency.aliases)}
        self._never = frozenset(name for agency in agencies for name in agency.never)
        self._organs = Names(self._organ)
        self._centrals = Names([*self._central, *self._never])
        self._gazetteer = gazetteer
        self._entities: dict[tuple[str, str, bool], Entity] = {}
        self._place_endings = frozenset(name[-2:] for name in (*gazetteer.full, *gazetteer.short))
        self.signs: dict[int, Iterable[str]] = {
            signs.ORGAN: self._organ,
            signs.ORGAN_OF_TIER: [tier + organ for tier in _TIERS for organ in self._organ],
            signs.CENTRAL_AGENCY: self._central,
            signs.OWN_AGENCY: OWN_SIGNS,
        }

    def __call__(self, text: str, held: int = signs.ALL) -> Iterator[FoundAgency]:
        """The agencies of a sentence that holds these signs."""
        organs, endings = self._organs.names, self._place_endings
        tiers = _TIERS if held & signs.ORGAN_OF_TIER else ()
        for start, end, organ in self._organs.matches(text) if held & signs.ORGAN else ():
            before = text[start - 2 : start] if start > 1 else text[:start]
            if (before in endings or before[-1:] in tiers) and not _NOT_AFTER.match(text, end):
                found = self._with_place(text, Span(start, end), self._organ[organs[organ]])
                if found is not None:
                    yield found
        for span, name in self._centrals(text) if held & signs.CENTRAL_AGENCY else ():
            if name in self._central and not _CENTRAL_NOT_AFTER.match(text, span.end):
                yield FoundAgency(span, None, central=self._central[name])
        for own in _OWN.finditer(text) if held & signs.OWN_AGENCY else ():
            yield FoundAgency(Span(*own.span()), None, own=own[0] if own["party"] else own[0][1])

    def entity(self, place: Place, organ: Organ) -> Entity:
        """大连市 × 教育局 → 大连市教育局; party bodies open with 中共. Where several places share the name, the id tells which."""
        key = (place.id, organ.name, organ.party)
        known = self._entities.get(key)
        if known is None:
            known = self._entities[key] = self._made(place, organ)
        return known

    def _made(self, place: Place, organ: Organ) -> Entity:
        name = f"{place.name}{organ.name}"
        if organ.name.startswith(YOUTH_LEAGUE):
            name = f"{YOUTH_LEAGUE}{place.name}{organ.name.removeprefix(YOUTH_LEAGUE)}"
        elif organ.party:
            name = f"中共{name}"
        namesakes = {p.parent for p in self._gazetteer.full[place.name]}
        parent = self._gazetteer.by_id.get(place.parent)
        ending = f"@{parent.name}" if len(namesakes) > 1 and parent is not None else ""
        return Entity(Kind.AGENCY, f"agency/{name}{ending}", name, jurisdiction=f"place/{place.id}")

    def link(self, found: FoundAgency, part: Part) -> Entity | None:
        """The agency that is meant in this part, if the part determines it."""
        if found.central is not None:
            return found.central.entity
        if found.own:
            return _speaking(part.agency, found.own)
        jurisdiction = part.place.id.removeprefix("place/") if part.place else ""
        if found.places:
            place = self._gazetteer.chain(found.places, Surroundings(jurisdiction, part.year))
        else:
            place = tier_place(self._gazetteer, jurisdiction, found.tier)
        if place is None or found.organ is None or not _has(place, found.organ):
            return None
        return self.entity(place, found.organ)

    def _with_place(self, text: str, span: Span, organ: Organ) -> FoundAgency | None:
        names: list[str] = []
        begin = span.start
        while (name := self._name_before(text, begin, full=bool(names))) and self._is_a_name(text, begin, name):
            names.insert(0, name)
            begin -= len(name)
        if names:
            return self._of_kind(text, Span(begin, span.end), organ, places=tuple(names))
        if text[span.start - 1 : span.start] not in _TIERS:
            return None
        before = text[max(0, span.start - 12) : span.start]
        tier = _TIER_WORD.search(before)
        if tier is None or _SEVERAL.search(before, 0, tier.start()):
            return None
        return self._of_kind(text, Span(span.start - len(tier[0]), span.end), organ, tier=tier[1])

    def _is_a_name(self, text: str, end: int, name: str) -> bool:
        """Not 范县 in 规范|县教育局, nor 会同县 in 县教育局会同|县财政局: there 县 is the tier."""
        start = end - len(name)
        if is_a_verb(text, start, name):
            return False
        return len(name) > SHORTEST or any(span.start == start for span, _ in self._gazetteer.named(text))

    def _of_kind(
        self, text: str, span: Span, organ: Organ, places: tuple[str, ...] = (), tier: str = ""
    ) -> FoundAgency | None:
        """The agency with what stands before its place: 中共|宜昌市委, 共青团|宜昌市委, 团|市委, 政协|宜昌市委员会."""
        head, end = text[max(0, span.start - 12) : span.start], span.end
        if organ.name != PARTY_COMMITTEE:
            found = _COMMUNIST.search(head) if organ.party else None
        elif _NOT_OF_THE_PARTY.search(head):
            return None
        elif found := _YOUTH_LEAGUE.search(head):
            organ = self._by_name[YOUTH_COMMITTEE]
        elif found := _CONSULTATIVE.search(head):
            organ = self._by_name[CONSULTATIVE_CONFERENCE]
        else:
            found = _COMMUNIST.search(head)
        return FoundAgency(Span(span.start - len(found[0]) if found else span.start, end), organ, places, tier)

    def _name_before(self, text: str, end: int, *, full: bool) -> str | None:
        """The longest place name that ends here; further out only full names count."""
        if text[max(0, end - 2) : end] not in self._place_endings:
            return None
        gazetteer = self._gazetteer
        for start in range(max(0, end - 14), end - 1):
            name = text[start:end]
            if name == NATION:  # 中国关工委 is no office of a place
                return None
            if name in gazetteer.full or GENERIC_ZONE.fullmatch(name):
                return name
            if not full and name in gazetteer.short and name not in gazetteer.common:
                return None if gazetteer.words.crosses_start(text, Span(start, end)) else name
        return None


def _has(place: Place, organ: Organ) -> bool:
    """Whether a place of this level has such an organ; 北京市 is a province with the offices of a city."""
    level = place.level
    of_city = level == Level.PROVINCE and place.name.endswith("市") and Level.PREFECTURE in organ.levels
    return not organ.levels or level in organ.levels or of_city


def _speaking(agency: Entity | None, own: str) -> Entity | None:
    """The agency of the part where 我局 or 我厅 can be it; 局党组 is its party group."""
    if agency is None or not agency.name.endswith(OWN_ENDINGS[own[0]]):
        return None
    if len(own) == 1:
        return agency
    name = f"中共{agency.name}{'党组' if own.endswith('组') else '委员会'}"
    identity = agency.id.removeprefix("agency/").replace(agency.name, name, 1)
    return Entity(Kind.AGENCY, f"agency/{identity}", name, jurisdiction=agency.jurisdiction)
