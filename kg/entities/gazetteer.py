"""Place names → the places that they name, as of a year and as far as the document decides it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from kg.lexicons import Place
from kg.model import Level
from kg.texts.names import Names

NATION = "中国"
_SUFFIX = re.compile(r"(?:特别行政区|自治区|省|市|地区|县|区|盟|旗)$")
# Short forms that are ordinary words of policy texts, and full names that are: linked only where the parent stands before them.
ORDINARY = frozenset(
    "城区 老城区 新城区 郊区 矿区 新区 市区 县区 城市 合作 资源 和平 和谐 开放 民主 团结 文化 建设 长治 安康 "
    "三明 东方 文昌 来宾 百色 白银 普洱"
    " 同心 同德 大方 大通 大安 平安 平和 平等 永和 永安 长安 长乐 长寿 长治 兴业 兴国 兴文 共和 名山 多伦 海北 安全 新建 新城"
    " 新市 老城 江南 江北 河口 城中 城东 城西 城南 城北 东城 西城 南山 北安 北海 中原 中江 公安 宣传 同安 "
    "安居 武功 成功 高明 高级 广安 广德"
    " 德化 文成 文登 文山 崇文 崇礼 宁静 保康 健康 富民 富强 惠民 惠农 利民 裕民 乐业 乐安 勤劳 互助 中方 "
    "中心 古城 市中 普通 延安 依安 国庆".split()
)
ZONE_KINDS = (
    (re.compile(r"高新(?:技术)?(?:产业)?(?:开发|园)?区$"), re.compile(r"高新|高技术")),
    (re.compile(r"(?:经济技术|经济|经)?(?:技术)?开(?:发)?区$"), re.compile(r"经济技术开发区|经济开发区")),
    (re.compile(r"保税区$"), re.compile(r"保税")),
)
GENERIC_ZONE = re.compile(r"高新(?:技术)?(?:产业)?(?:开发|园)区|高新区|(?:经济技术|经济|技术)?开发区|经开区|保税区")


_TIER = {
    "省": (Level.PROVINCE,),
    "市": (Level.PREFECTURE, Level.COUNTY),
    "县": (Level.COUNTY,),
    "区": (Level.COUNTY, Level.ZONE),
    "州": (Level.PREFECTURE,),
}


class Surroundings(NamedTuple):
    """What the document has decided already when a name is to be linked."""

    jurisdiction: str = ""  # id of the part's place
    year: int | None = None
    before: str = ""  # id of the place named directly before
    listed: bool = False  # a neighbour in the same list is a place


def short_name(name: str) -> str:
    """大连 for 大连市, 甘井子 for 甘井子区; "" where nothing short would be left."""
    short = _SUFFIX.sub("", name)
    return short if len(short) >= 2 and short != name else ""


class Gazetteer:
    """All places by id and by name. Linking abstains wherever two places remain possible."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_id = {place.id: place for place in places}
        self._ancestors: dict[str, tuple[str, ...]] = {}
        self.link = lru_cache(maxsize=4096)(self._link)  # a document names the same places again and again
        self.full: dict[str, list[Place]] = defaultdict(list)
        self.short: dict[str, list[Place]] = defaultdict(list)
        self.children: dict[str, list[Place]] = defaultdict(list)
        for place in self.by_id.values():
            self.full[place.name].append(place)
            self.children[place.parent].append(place)
            for alias in {short_name(place.name) if place.level != Level.ZONE else "", *place.aliases} - {""}:
                self.short[alias].append(place)

    @cached_property
    def names(self) -> Names:
        """Finds every full and short name."""
        return Names([*self.full, *self.short])

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
        full = self._valid(self.full.get(name, []), around.year)
        if full:
            return self._link_full(name, full, around)
        return self._link_short(name, self._valid(self.short.get(name, []), around.year), around)

    def zone(self, name: str, around: Surroundings) -> Place | None:
        """高新区, 开发区, 保税区 inside a city: its one zone of that sort."""
        city = self.of_level(around.jurisdiction, Level.PREFECTURE) if around.jurisdiction else None
        kind = next((kind for spoken, kind in ZONE_KINDS if spoken.search(name)), None)
        if city is None or kind is None:
            return None
        zones = [z for z in self.children[city.id] if z.level == Level.ZONE and kind.search(z.name)]
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

    def _valid(self, places: list[Place], year: int | None) -> list[Place]:
        """Those that existed in `year`; the latest holders where the year is open or none fits."""
        if year is not None:
            then = [p for p in places if (p.valid_from or 0) <= year and (p.valid_to is None or year <= p.valid_to)]
            if then:
                return then
        now = [p for p in places if p.valid_to is None]
        if now or not places:
            return now
        last = max(p.valid_to or 0 for p in places)
        return [p for p in places if p.valid_to == last] if year is None or last >= year - 3 else []

    def _link_full(self, name: str, found: list[Place], around: Surroundings) -> Place | None:
        if around.before:
            inside = [p for p in found if p.id != around.before and self.within(p.id, around.before)]
            if len(inside) == 1:
                return inside[0]
        if name in ORDINARY:
            return None
        near = self._nearest(found, around)
        if near is not None:
            return near
        if len(found) == 1 and (len(name) >= 3 or self._same_province(found[0], around)):
            return found[0]
        return None

    def _link_short(self, name: str, found: list[Place], around: Surroundings) -> Place | None:
        own = [p for p in found if around.jurisdiction and p.id in self.ancestors(around.jurisdiction)]
        if own:
            return own[0] if len(own) == 1 and (name not in ORDINARY or around.listed) else None
        near = self._nearest(found, around)
        if near is not None and (around.listed or near.id == around.before):
            return near
        if name in ORDINARY:
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
            place = self.link(name, around._replace(before=place.id if place else ""))
        return place

    def _nearest(self, found: list[Place], around: Surroundings) -> Place | None:
        """The only candidate inside the part's place, else inside its prefecture, else inside its province."""
        for ancestor in self.ancestors(around.jurisdiction) if around.jurisdiction else ():
            if ancestor == NATION:
                return None
            inside = [p for p in found if self.within(p.id, ancestor)]
            if inside:
                return inside[0] if len(inside) == 1 else None
        return None

    def _same_province(self, place: Place, around: Surroundings) -> bool:
        province = self.of_level(around.jurisdiction, Level.PROVINCE) if around.jurisdiction else None
        return province is not None and self.within(place.id, province.id)


def tier_place(gazetteer: Gazetteer, jurisdiction: str, tier: str) -> Place | None:
    """The government that 省, 市, 县, 区 means inside a part: 市 in a county's text is its prefecture."""
    if not jurisdiction or jurisdiction == NATION or tier not in _TIER:
        return None
    for place_id in gazetteer.ancestors(jurisdiction):
        place = gazetteer.by_id[place_id]
        if place.level in _TIER[tier] and (place.name.endswith(tier) or tier in "省州" or place.level == Level.ZONE):
            return place
    return None
