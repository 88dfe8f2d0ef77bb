"""A sentence → the places that it names, each linked where the document decides which place it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.entities import signs
from kg.entities.gazetteer import GENERIC_ZONE, NATION, Gazetteer, Surroundings, tier_place
from kg.lexicons import Place
from kg.model import Entity, Kind, Level, Part, Span
from kg.patterns import regex
from kg.texts.names import Names

# 自我|市场, 资本|市场, 成本|区间, 健全|县域, 完全|市场化 hold no 我市, 本市, 全县.
_CONTEXT = regex(
    r"我(?<!自我)([省市县区州盟旗])(?!场)|全(?<![健安完周齐]全)([省市县区州盟旗])(?!域|场)"
    r"|本(?<![资成样基标日文版原书课根剧摹]本)([省市县区州])(?!场|间)|我国"
)
_ZONES = ("高新", "开发区", "经开区", "保税区")  # every zone without a name holds one of these
_ZONES_AT_LARGE = regex(
    r"(?:[类个家处座批的级设立家省市县新种型与和及、]|国家|产业|科技|农业|园区|建设|创建|申报|支持)$"
)
_TOWNSHIPS = ("乡", "镇", "街道")
_TOWNSHIP_ENDING = regex("|".join(_TOWNSHIPS))
_OF_A_SCHOOL = regex(
    r"(?:第?[一二三四五六七八九]?中心?|九年一贯制|初级)?(?:小学|幼儿园|中学|初中|学校)(?!校长|教师|学生)"
)
_OWN = ("我国", *(word + tier for word in "我全本" for tier in "省市县区州盟旗"))
_JOINT = frozenset("、，和与及（至到—-")
_GOES_ON_AFTER = frozenset("和与及等各县区市段至两三四五六七八九")
Match = tuple[Span, str]
Beside = tuple[bool, tuple[str, ...]]
_ALONE: Beside = (False, ())
# 苏州河, 中山路, 浙江大学: what a place's short form names together with these is another thing.
_BEARS_A_NAME = r"大学|学院|师范|理工|交大|日报|晚报|早报|都市报|晨报|卫视|银行|啤酒|茅台|合作组织|等?(?:流域|干流|支流)|[麓坡堤]|岸(?!线)"
_BEARS_A_PROVINCES_NAME = regex(_BEARS_A_NAME)
_BEARS_A_CITYS_NAME = regex(
    r"山(?![区西东地水林乡村洪海亭])|湖(?![南北区州泊])|江(?![苏西浙南北])|河(?![南北道湖长段流])"
    r"|港(?![区口澳务城台])|湾(?!区)|岛|半岛|海峡|大?峡(?!两)|岭|大?桥(?!头)|寺|盆地|平原|高原|草原|" + _BEARS_A_NAME
)
_ABROAD = (
    "韩国 朝鲜 日本 美国 英国 德国 法国 俄罗斯 加拿大 澳大利亚 新西兰 新加坡 意大利 西班牙 葡萄牙 荷兰 比利时 芬兰 瑞典 "
    "挪威 丹麦 波兰 匈牙利 捷克 奥地利 瑞士 希腊 白俄罗斯 乌克兰 哈萨克斯坦 吉尔吉斯斯坦 乌兹别克斯坦 蒙古国 泰国 越南 "
    "老挝 缅甸 柬埔寨 马来西亚 印度尼西亚 菲律宾 印度 巴基斯坦 尼泊尔 以色列 土耳其 埃及 南非 肯尼亚 巴西 阿根廷 智利 墨西哥"
).split()
_COUNTRIES = Names(_ABROAD)
_CITY_ABROAD = regex(r"[\u4e00-\u9fff]{2,6}?(?:市|州|县|郡|府)")
_NO_CITY = regex(r"城市|城$|友好|姊妹|姐妹|结对|合作|国家|同类|等|各|的|多个|主要|部分|部$|以及|^[和与及在对]")


class FoundPlace(NamedTuple):
    """A place name where it stands, and the place if it is decided."""

    span: Span
    name: str
    place: Place | None
    rule: str
    foreign: Entity | None = None  # a place of no gazetteer row: abroad, or a township


class PlaceFinder:
    """Finds place names in a sentence of a part whose jurisdiction is decided (or open)."""

    def __init__(self, gazetteer: Gazetteer, townships: Mapping[str, tuple[str, ...]]) -> None:
        self._gazetteer = gazetteer
        self._words = gazetteer.words
        self._provinces = gazetteer.provinces
        self._townships = townships
        self._telling = frozenset((*gazetteer.full, *gazetteer.short)) - gazetteer.common
        # 资源 is no place where no other place is named.
        self.signs: dict[int, Iterable[str]] = {
            signs.PLACE_NAME: (*gazetteer.full, *self._telling),
            signs.ZONE: _ZONES,
            signs.OWN_PLACE: _OWN,
            signs.TOWNSHIP: _TOWNSHIPS,
            signs.ABROAD: _ABROAD,
        }

    def __call__(self, text: str, part: Part, held: int = signs.ALL) -> list[FoundPlace]:
        """The places of a sentence that holds these signs."""
        jurisdiction = part.place.id.removeprefix("place/") if part.place else ""
        found: list[FoundPlace] = []
        if held & (signs.PLACE_NAME | signs.ZONE):
            found += self._named(text, jurisdiction, part.year, held)
        named = found[:]
        if held & signs.OWN_PLACE:
            found += self._own(text, jurisdiction)
        if held & signs.ABROAD:
            found += _foreign(text)
        if held & signs.TOWNSHIP:
            found += self._of_townships(text, jurisdiction, named)
        return _apart(found) if len(found) > 1 else found

    def _named(self, text: str, jurisdiction: str, year: int | None, held: int) -> Iterator[FoundPlace]:
        matches = self._matches(text, held)
        if not matches:
            return
        before, before_end = "", -1
        for (span, name), beside in zip(matches, self._lists(text, matches, year), strict=True):
            adjoining = before if before_end == span.start else ""
            here = Surroundings(jurisdiction, year, adjoining, *beside)
            place = self._gazetteer.link(name, here)
            full = name in self._gazetteer.full
            if place is None and GENERIC_ZONE.fullmatch(name) and not _is_any_zone(text, span, name, here):
                place = self._gazetteer.zone(name, here)
            if place is not None and not self._is_a_word(text, span, name, place, here):
                continue
            if place is None and not full:
                continue  # an unlinked short form is more often a word than a place
            if place is None:
                yield FoundPlace(span, name, None, "ambiguous-place")
                continue
            before, before_end = place.id, span.end
            yield FoundPlace(span, name, place, "full-name" if full else "short-name")

    def _matches(self, text: str, held: int) -> list[Match]:
        """The names of a sentence and its zones without a name, in order."""
        matches = [
            (span, name)
            for span, name in self._gazetteer.named(text)
            if (name[-1] != "区" or text[span.end : span.end + 1] != "域")  # 西|区域, 西安|区域
            and (name in self._gazetteer.full or not self._bears_its_name(text, span, name))
        ]
        if held & signs.ZONE:
            taken = [span for span, _ in matches]
            zones = ((Span(*zone.span()), zone[0]) for zone in GENERIC_ZONE.finditer(text))
            matches += [zone for zone in zones if not any(t.start <= zone[0].start < t.end for t in taken)]
            matches.sort()
        return matches

    def _bears_its_name(self, text: str, span: Span, name: str) -> bool:
        """A river, a road, a school or a newspaper that bears the short name of a place; a province's mountains are its own."""
        thing = _BEARS_A_PROVINCES_NAME if name in self._provinces else _BEARS_A_CITYS_NAME
        return thing.match(text, span.end) is not None

    def _lists(self, text: str, matches: Sequence[Match], year: int | None) -> list[Beside]:
        """For each name whether it stands in a list of places, and where the places of its list lie that are beyond doubt."""
        if len(matches) == 1:
            return [_ALONE]
        lists: list[Beside] = []
        for chains in _joined(text, matches):
            if len(chains) == 1:
                lists += [_ALONE] * len(chains[0])
                continue
            above = [self._gazetteer.may_lie_in(chain[-1], year) for chain in chains]
            apart = [
                ids if len(ids) == 1 and self._gazetteer.known_apart(chain[-1]) else frozenset()
                for ids, chain in zip(above, chains, strict=True)
            ]
            common = frozenset.intersection(*above)
            for n, chain in enumerate(chains):
                others = [m for m in range(len(chains)) if m != n]
                listed = any(not self._telling.isdisjoint(chains[m]) for m in others)
                listed = listed or (chain[-1] in self._telling and chain[-1] not in self._gazetteer.ordinary)
                kin = frozenset().union(*(apart[m] for m in others)) or (common if len(common) == 1 else frozenset())
                lists += [(listed, tuple(sorted(kin)))] * len(chain)
        return lists

    def _is_a_word(self, text: str, span: Span, name: str, place: Place, here: Surroundings) -> bool:
        """No verb behind a place (与甘肃|合作), and no piece of a longer name that no list knows: 罗|浮山县, 新都|桥."""
        if place.level != Level.COUNTY:
            return True
        if name in self._gazetteer.full:
            if text.startswith("域", span.end) and place.id != here.jurisdiction:
                return False  # 新建|县域医疗中心
            sure = here.before or here.listed or self._gazetteer.share_province(place.id, here.jurisdiction)
            return bool(sure) or not self._words.hangs_before(text, span)
        if name in self._gazetteer.common:
            return not ("\u4e00" <= text[span.end : span.end + 1] <= "\u9fff") or text[span.end] in _GOES_ON_AFTER
        if here.before:
            return True
        return not self._words.hangs_before(text, span) and (here.listed or not self._words.hangs_after(text, span))

    def _own(self, text: str, jurisdiction: str) -> Iterator[FoundPlace]:
        """我市, 全县, 本区, 我国."""
        for found in _CONTEXT.finditer(text):
            tier = found[1] or found[2] or found[3]
            place = self._gazetteer.by_id[NATION] if tier is None else tier_place(self._gazetteer, jurisdiction, tier)
            if place is not None:
                yield FoundPlace(Span(*found.span()), found[0], place, "context-word")

    def _of_townships(self, text: str, jurisdiction: str, named: Sequence[FoundPlace]) -> Iterator[FoundPlace]:
        """甘棠镇 in a part of the county that has it, or after the county's name: a township is known by its county."""
        ends_at = {f.span.end: f.place.id for f in named if f.place is not None}
        end = 0
        for ending in _TOWNSHIP_ENDING.finditer(text):
            for start in range(max(end, ending.start() - 4), ending.start()):
                name = text[start : ending.end()]
                if name not in self._townships:
                    continue
                span = Span(start, ending.end())
                county = self._county_of(name, ends_at.get(start, ""), jurisdiction)
                if county is not None and (start in ends_at or not self._is_piece(text, span)):
                    if not _OF_A_SCHOOL.match(text, span.end):
                        yield from self._without_ending(text, start, county)
                        yield _township(span, name, name, county)
                    end = span.end
                    break

    def _without_ending(self, text: str, start: int, county: Place) -> Iterator[FoundPlace]:
        """太阳坪 before 、甘棠镇: the neighbour in a list whose 乡 or 镇 is left out."""
        if text[start - 1 : start] != "、":
            return
        for begin in range(max(0, start - 5), start - 2):
            short = text[begin : start - 1]
            names = [short + ending for ending in _TOWNSHIPS if county.id in self._townships.get(short + ending, ())]
            if len(names) == 1 and not self._is_piece(text, Span(begin, start - 1)):
                yield _township(Span(begin, start - 1), short, names[0], county)
                return

    def _county_of(self, township: str, before: str, jurisdiction: str) -> Place | None:
        """The county of this township in the place named before it, else in the part's own; 平安乡 is too common for a province's."""
        above = before or jurisdiction
        if not above or above == NATION:
            return None
        stem = _TOWNSHIP_ENDING.sub("", township)
        if self._gazetteer.by_id[above].level == Level.PROVINCE and (len(stem) < 2 or stem in self._words.counts):
            return None
        heirs = self._gazetteer.by_id[above].successors  # townships are those of today, 孟津县 is 孟津区
        counties = [c for c in self._townships[township] if c in heirs or self._gazetteer.within(c, above)]
        return self._gazetteer.by_id[counties[0]] if len(counties) == 1 else None

    def _is_piece(self, text: str, span: Span) -> bool:
        """提|高城镇, 老|旧城镇, 文|明村镇, and 中心镇, which is a sort of town."""
        words = self._words
        name = text[span.start : span.end]
        return name in words.counts or words.crosses_start(text, span) or words.hangs_before(text, span)


def _apart(found: list[FoundPlace]) -> list[FoundPlace]:
    """In order, without the names inside a place abroad or a township."""
    taken = [f.span for f in found if f.foreign]
    if taken:
        found = [f for f in found if f.foreign or not any(t.start <= f.span.start < t.end for t in taken)]
    return sorted(found, key=lambda f: f.span)


def _township(span: Span, surface: str, name: str, county: Place) -> FoundPlace:
    entity = Entity(Kind.PLACE, f"place/{name}@{county.name}", name, jurisdiction=f"place/{county.id}")
    return FoundPlace(span, surface, None, "township-of-the-county", foreign=entity)


def _foreign(text: str) -> Iterator[FoundPlace]:
    for country, name in _COUNTRIES(text):
        city = _CITY_ABROAD.match(text, country.end)
        if city is not None and not _NO_CITY.search(city[0]):
            entity = Entity(Kind.PLACE, f"place/{city[0]}@{name}", name + city[0])
            yield FoundPlace(Span(country.start, city.end()), entity.name, None, "foreign-place", foreign=entity)


def _joined(text: str, matches: Sequence[Match]) -> Iterator[list[list[str]]]:
    """The names of one list each, one joint apart; names that follow without a joint are one member: 枝江、宜昌市夷陵区."""
    chains: list[list[str]] = []
    end = -1
    for span, name in matches:
        if chains and span.start == end:
            chains[-1].append(name)
        elif chains and span.start == end + 1 and text[end] in _JOINT:
            chains.append([name])
        else:
            if chains:
                yield chains
            chains = [[name]]
        end = span.end
    if chains:
        yield chains


def _is_any_zone(text: str, span: Span, name: str, here: Surroundings) -> bool:
    """各类开发区, 设立高新区, 支持高新技术产业开发区和其他园区: a sort of place, not one."""
    if here.listed:
        return False
    return len(name) > 4 or name == "开发区" or _ZONES_AT_LARGE.search(text, 0, span.start) is not None
