"""Place names → the places that they name, as of a year and as far as the document decides it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from kg.entities.words import Words, word_counts
from kg.lexicons import Place
from kg.model import Level, Span
from kg.patterns import regex
from kg.texts.names import Names

NATION = "中国"
COMMON = 1000  # counts from which a name is so ordinary a word that only its list or its parent makes it a place
_SUFFIX = regex(r"(?:特别行政区|自治区|省|市|地区|县|区|盟|旗)$")
_AUTONOMOUS = regex(r"自治[州县旗]$")
# 西城区, 城北区, 新城区: such a district any city may have, also as a mere part of it.
_PART_OF_ANY_CITY = regex(r"[东西南北中上下城江河海湖山新老港滨]{1,3}区$")
# How often a name stands for its place, against the words of words.csv.
CITY, SHORT_OF_CITY, FULL_NAME, ENDS_LIKE_A_WORD, SHORT_OF_COUNTY, ORDINARY = 60_000, 40_000, 3000, 800, 150, 1500
ZONE_KINDS = (
    (regex(r"高新(?:技术)?(?:产业)?(?:开发|园)?区$"), regex(r"高新|高技术")),
    (regex(r"(?:经济技术|经济|经)?(?:技术)?开(?:发)?区$"), regex(r"经济技术开发区|经济开发区")),
    (regex(r"保税区$"), regex(r"保税")),
)
GENERIC_ZONE = regex(r"高新(?:技术)?(?:产业)?(?:开发|园)区|高新区|(?:经济技术|经济|技术)?开发区|经开区|保税区")


_TIER = {
    "省": (Level.PROVINCE,),
    "市": (Level.PREFECTURE, Level.COUNTY, Level.PROVINCE),
    "县": (Level.COUNTY,),
    "区": (Level.COUNTY, Level.ZONE, Level.PROVINCE),
    "州": (Level.PREFECTURE,),
    "盟": (Level.PREFECTURE,),
    "旗": (Level.COUNTY,),
}
CITIES = (Level.NATION, Level.PROVINCE, Level.PREFECTURE)


class Surroundings(NamedTuple):
    """What the document has decided already when a name is to be linked."""

    jurisdiction: str = ""  # id of the part's place
    year: int | None = None
    before: str = ""  # id of the place named directly before
    listed: bool = False  # a neighbour in the same list is a place
    kin: tuple[str, ...] = ()  # ids of the places directly above those neighbours
    is_name: bool = (
        False  # an office stands behind it, it opens a title, a user wrote it: 易县 is no piece of other words
    )


def _short_forms(place: Place) -> set[str]:
    """大连 for 大连市; 延边州, 延边 for 延边朝鲜族自治州, and so 恩施 or 海南, which name another place as well."""
    derived = short_name(place.name) if place.level != Level.ZONE else ""
    full = _as_good_as_full(place)
    stems = (alias[:-1] for alias in full)
    return {form for form in (derived, *place.aliases, *stems) if len(form) >= 2} - {*full}


_VERB_AND_COUNTY = "会同县"  # 县教育局会同县财政局: the one office acts together with the other
_OFFICES = tuple("局委部厅府办门位")


def is_a_verb(text: str, start: int, name: str) -> bool:
    """会同 in 县教育局会同县财政局 is what the one office does with the other, not 会同县."""
    return name == _VERB_AND_COUNTY and text[:start].endswith(_OFFICES)


LONG_ZONE = 5  # characters of a zone's short form that is nobody else's


def _as_good_as_full(place: Place) -> tuple[str, ...]:
    """靖州县, 海南州: what an autonomous county or prefecture is called; 杨凌示范区: what a zone is."""
    if place.level == Level.ZONE:
        return tuple(alias for alias in place.aliases if alias.endswith("示范区") and len(alias) >= LONG_ZONE)
    return tuple(alias for alias in place.aliases if alias[-1] in "州县旗" and _AUTONOMOUS.search(place.name))


def short_name(name: str) -> str:
    """大连 for 大连市, 甘井子 for 甘井子区; "" where nothing short would be left."""
    short = _SUFFIX.sub("", name)
    return short if len(short) >= 2 and short != name else ""


class Gazetteer:
    """All places by id and by name. Linking abstains wherever two places remain possible."""

    def __init__(self, places: Iterable[Place], counts: Mapping[str, int] | None = None) -> None:
        self.by_id = {place.id: place for place in places}
        self._counts = word_counts() if counts is None else counts
        self._ancestors: dict[str, tuple[str, ...]] = {}
        self.link = lru_cache(maxsize=4096)(self._link)  # a document names the same places again and again
        self._of_year = lru_cache(maxsize=4096)(self._known_in)
        self.may_lie_in = lru_cache(maxsize=4096)(self._may_lie_in)
        self.full: dict[str, list[Place]] = defaultdict(list)
        self.short: dict[str, list[Place]] = defaultdict(list)
        self.children: dict[str, list[Place]] = defaultdict(list)
        for place in self.by_id.values():
            for name in (place.name, *_as_good_as_full(place)):
                self.full[name].append(place)
            self.children[place.parent].append(place)
            for alias in _short_forms(place):
                self.short[alias].append(place)
        self.ordinary = frozenset(name for name in (*self.full, *self.short) if name in self._counts)
        self.common = frozenset(name for name in self.ordinary if self._counts[name] >= COMMON)

    @cached_property
    def certain(self) -> frozenset[str]:
        """Full names, and the short ones that are no words: 新建 before 文化路小学 is none."""
        return frozenset({*self.full, *self.short} - self.common) | frozenset(self.full)

    @cached_property
    def openings(self) -> frozenset[str]:
        """The first two characters of every full name."""
        return frozenset(name[:2] for name in self.full)

    @cached_property
    def names(self) -> Names:
        """Finds every full and short name, also where it is a piece of another word."""
        return Names([*self.full, *self.short])

    @cached_property
    def words(self) -> Words:
        """Tells a name from a piece of another word."""
        cities = (name for name, places in self.short.items() if any(p.level in CITIES for p in places))
        counts = dict.fromkeys(self.short, SHORT_OF_COUNTY)
        counts |= {name: ORDINARY if name in self.ordinary else SHORT_OF_CITY for name in cities}
        counts |= {name: ENDS_LIKE_A_WORD if name[-2:] in self._counts else FULL_NAME for name in self.full}
        counts |= dict.fromkeys(self.cities, CITY)
        return Words(self._counts, counts)

    @cached_property
    def cities(self) -> frozenset[str]:
        """The full names of provinces and prefectures."""
        return frozenset(name for name, places in self.full.items() if any(p.level in CITIES for p in places))

    @cached_property
    def provinces(self) -> frozenset[str]:
        """The short names of provinces: 湖北, 重庆, 内蒙古."""
        return frozenset(name for name, places in self.short.items() if any(p.level == Level.PROVINCE for p in places))

    def named(self, text: str) -> list[tuple[Span, str]]:
        """The names that are words of their own, in order of the text: 提|高县|域 has none, 美|丽江|苏 has 江苏."""
        found: list[tuple[Span, str]] = []
        end = 0
        names, pairs = self.names.names, self.words.pairs
        for start, stop, number in self.names.matches(text):
            name = names[number]
            if start < end or (name == _VERB_AND_COUNTY and is_a_verb(text, start, name)):
                continue
            span = Span(start, stop)
            touched = text[start - 1 : start + 1] in pairs or text[stop - 1 : stop + 1] in pairs
            if not (touched and self._is_crossed(text, span, name)):
                found.append((span, name))
                end = stop
            elif name in self.full or name not in self.common:  # no word that touches another word
                for other in self.words.names_at(text, span):
                    if other.start >= end:
                        found.append((other, text[other.start : other.end]))
                        end = other.end
        return found

    def _is_crossed(self, text: str, span: Span, name: str) -> bool:
        """Whether a word crosses the border of the name; none takes the ending of 宜昌市 away."""
        if name in self.cities:
            return text[span.start - 1 : span.start + 1] in self.words.pairs and self.words.crosses_start(text, span)
        return self.words.crossed(text, span)

    def ancestors(self, place_id: str) -> tuple[str, ...]:
        """The place itself, its prefecture, province, 中国."""
        known = self._ancestors.get(place_id)
        if known is None:
            chain: list[str] = []
            above = place_id
            while above and above not in chain:
                chain.append(above)
                above = self.by_id[above].parent
            known = self._ancestors[place_id] = tuple(chain)
        return known

    def within(self, place_id: str, ancestor: str) -> bool:
        return ancestor in self.ancestors(place_id)

    def of_level(self, place_id: str, level: Level) -> Place | None:
        """The place or the ancestor of it that is of this level."""
        return next((self.by_id[i] for i in self.ancestors(place_id) if self.by_id[i].level == level), None)

    def _link(self, name: str, around: Surroundings) -> Place | None:
        """The one place that `name` names here, or None."""
        full, found = self._of_year(name, around.year)
        near = self._beside(name, found, around) if around.before or around.kin else None
        if near is not None:
            return near
        return self._link_full(name, full, around) if full else self._link_short(name, found, around)

    def _known_in(self, name: str, year: int | None) -> tuple[list[Place], list[Place]]:
        """The places of this full name, and these or else those of this short name."""
        full = self._valid(self.full.get(name, []), year, lasting=len(name) >= 3)
        return full, full or self._valid(self.short.get(name, []), year)

    def zone(self, name: str, around: Surroundings) -> Place | None:
        """高新区, 开发区, 保税区 inside a city, or behind its name: its one zone of that sort; behind a county's name the county's."""
        above = around.before or around.jurisdiction
        city = self.of_level(above, Level.PREFECTURE) if above else None
        kind = next((kind for spoken, kind in ZONE_KINDS if spoken.search(name)), None)
        if city is None or kind is None:
            return None
        zones = [z for z in self.children[city.id] if z.level == Level.ZONE and kind.search(z.name)]
        if around.before and around.before != city.id:
            zones = [z for z in zones if short_name(self.by_id[around.before].name) in z.name]
        return zones[0] if len(zones) == 1 else None

    def county_of_townships(
        self, townships: Iterable[str], by_township: Mapping[str, tuple[str, ...]]
    ) -> tuple[str, int] | None:
        """The only county that has most of these townships, and how many of them; None where two share the lead."""
        votes: dict[str, int] = defaultdict(int)
        for name in set(townships):
            for county in by_township.get(name, ()):
                votes[county] += 1
        ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
            return None
        return ranked[0]

    def _valid(self, places: list[Place], year: int | None, *, lasting: bool = False) -> list[Place]:
        """Those that existed in `year`, without those that another of them followed in it; else the last holders.

        A name is remembered for three years, one that is `lasting` for good: 襄樊市 in a text of 2020 is what it was.
        """
        if year is not None:
            then = [p for p in places if (p.valid_from or 0) <= year and (p.valid_to is None or year <= p.valid_to)]
            if then:
                followed = {p.id for p in then for heir in then if heir.id in p.successors}
                return [p for p in then if p.id not in followed]
        now = [p for p in places if p.valid_to is None]
        if now or not places:
            return now
        last = max(p.valid_to or 0 for p in places)
        return [p for p in places if p.valid_to == last] if year is None or lasting or last >= year - 3 else []

    def _beside(self, name: str, found: list[Place], around: Surroundings) -> Place | None:
        """The candidate that lies in the place named before it, else where its neighbours in a list lie."""
        if around.before:
            inside = [p for p in found if p.id != around.before and self.within(p.id, around.before)]
            if name in self.common and name not in self.full:
                inside = [p for p in inside if p.parent == around.before]
            if inside:
                return self._only(inside, around.before)
        siblings = [p for p in found if p.parent in around.kin]
        return siblings[0] if len(siblings) == 1 else None

    def _link_full(self, name: str, found: list[Place], around: Surroundings) -> Place | None:
        near = self._nearest(found, around)
        if name in self.ordinary:
            return near if around.listed else None
        if near is not None:
            return near
        if len(found) == 1 and (
            self.share_province(found[0].id, around.jurisdiction) or around.is_name or self._known_everywhere(name)
        ):
            return found[0]
        return None

    def _known_everywhere(self, name: str) -> bool:
        """渝中区, but not 义县, nor 西城区, 港口区 or 新建区, which is a part of any city."""
        if len(name) < 3:
            return False
        return not name.endswith("区") or not (name[:-1] in self._counts or _PART_OF_ANY_CITY.fullmatch(name))

    def _link_short(self, name: str, found: list[Place], around: Surroundings) -> Place | None:
        near = self._nearest(found, around)
        if near is not None and near.id == around.before:
            return near
        own = [p for p in found if around.jurisdiction and p.id in self.ancestors(around.jurisdiction)]
        if own:
            return own[0] if len(own) == 1 and (name not in self.common or around.listed) else None
        if near is not None and (around.listed or self._is_its_own(near, found, name, around)):
            return near
        return self._known_alone(name, found, near)

    def _is_its_own(self, near: Place, found: list[Place], name: str, around: Surroundings) -> bool:
        """A place directly below the part's place whose short form is no word, nor a larger place's name."""
        if near.parent != around.jurisdiction or name in self.common:
            return False
        if near.level in CITIES:
            return True
        return name not in self.ordinary and not any(p.level in CITIES for p in found)

    def _known_alone(self, name: str, found: list[Place], near: Place | None) -> Place | None:
        """The province, or the only prefecture, of this name; a zone where its city's name opens its own."""
        if name in self.ordinary:
            return None
        provinces = [p for p in found if p.level == Level.PROVINCE]
        if len(provinces) == 1:
            return provinces[0]
        if len(found) == 1 and found[0].level == Level.PREFECTURE:
            return found[0]
        if len(found) == 1 and found[0].level == Level.ZONE:
            city = short_name(self.by_id[found[0].parent].name)
            return found[0] if (city and name.startswith(city)) or near == found[0] else None
        return None

    def chain(self, names: Sequence[str], around: Surroundings) -> Place | None:
        """徐州市, 鼓楼区 → the 鼓楼区 inside 徐州市: names written one after the other, the largest first."""
        place: Place | None = None
        for name in names:
            here = around._replace(before=place.id if place else "")
            place = self.link(name, here) or (self.zone(name, here) if GENERIC_ZONE.fullmatch(name) else None)
        return place

    def _nearest(self, found: list[Place], around: Surroundings) -> Place | None:
        """The only candidate inside the part's place, else inside its prefecture, else inside its province."""
        for ancestor in self.ancestors(around.jurisdiction) if around.jurisdiction else ():
            if ancestor == NATION:
                return None
            inside = [p for p in found if self.within(p.id, ancestor)]
            if inside:
                return self._only(inside, ancestor)
        return None

    def _only(self, inside: list[Place], above: str) -> Place | None:
        """The only one of these, or the only one directly below: 朝阳 in 辽宁省 is 朝阳市 rather than 朝阳县."""
        if len(inside) > 1:
            inside = [p for p in inside if p.parent == above]
        return inside[0] if len(inside) == 1 else None

    def _may_lie_in(self, name: str, year: int | None) -> frozenset[str]:
        """The ids of the places directly above those of this name; none where it is an ordinary word."""
        full = self._valid(self.full.get(name, []), year)
        if not full and name in self.ordinary:
            return frozenset()
        return frozenset(place.parent for place in full or self._valid(self.short.get(name, []), year))

    def known_apart(self, name: str) -> bool:
        """Whether a name says which place it is without others beside it: not 城区, 西城区."""
        return name not in self.ordinary and not _PART_OF_ANY_CITY.fullmatch(name)

    def share_province(self, one: str, other: str) -> bool:
        """Whether two places, by id, lie in one province."""
        if not one or not other:
            return False
        province = self.of_level(other, Level.PROVINCE)
        return province is not None and self.within(one, province.id)


def tier_place(gazetteer: Gazetteer, jurisdiction: str, tier: str) -> Place | None:
    """The government that 省, 市, 县, 区 means inside a part: 市 in a county's text is its prefecture."""
    if not jurisdiction or jurisdiction == NATION or tier not in _TIER:
        return None
    for place_id in gazetteer.ancestors(jurisdiction):
        place = gazetteer.by_id[place_id]
        if place.level in _TIER[tier] and (place.name.endswith(tier) or place.level == Level.ZONE):
            return place
    return None
