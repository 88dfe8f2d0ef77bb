"""A part → the hints which place speaks in it, each with its weight, its rule and its words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from kg.entities.agencies import AgencyFinder, FoundAgency
from kg.entities.gazetteer import NATION, Gazetteer, Surroundings, short_name
from kg.lexicons import Place
from kg.model import Entity, Genre, Level, Part, Span
from kg.texts.names import Names
from kg.texts.years import file_stem

HEAD = 200  # characters in which a line may name the speaking agency
FOOT = 150  # characters in which it signs
SESSION = 600  # characters in which a report tells where it was given
AGENCY_LINE = 40  # characters of a line that is a heading or a signature
FIRST_LINES = 60  # characters in which 四平教育 is as good as a title
AS_GOOD_AS_A_TITLE = 2  # what that adds
OWN_CHILDREN = 4  # places of one parent that make it the place of a text
TITLE_OF_REGULATION = 33  # what a full name in it adds: a law of 莱芜市 that 济南市 took over has the title of 济南市
ITS_NAME_SAID = 5  # mentions of a province in a text that says 全省
SPOKEN_OF = 3  # mentions that make a place the one that a text is about, …
AND_NO_OTHER = 3  # … if it is named so many times as often as any other

_SELF = re.compile(r"(?<!自)我([省市县区州])|(?<![健安完周])全([省市县区州])(?!各|域)")
_ITS_OFFICES = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=在))([省市县区州])(?:委、?\1(?:人民)?政府|教育局|教体局|教育体育局)"
)
_HEIGHTS = "县区市州省"
_OWN_MINISTRY = re.compile(
    r"(?<!自)我部(?!分|队|署)|教育部机关|直属高校|部属高校|各省、自治区、直辖市|党中央、国务院领导下|全国教育系统|国务院法制办|全国教育工作会议"
)
_NEWS_ACT = re.compile(
    r"(?:(?:教育局|教育体育局|教体局|教育厅|教育委员会|教委)?(?:日前|近日|昨日|今天)?(?:组织)?(?:召开|举行|出台|印发|启动|发布|举办|传出|推出|全面)"
    r"|[\u4e00-\u9fff]{0,3}(?:站|分站|频道|记者站|讯)(?:\d|讯|[（\s]))"
)
_ISSUED_TITLE = re.compile(
    r"(?:出台|印发|制定|制订|拟定|制发|修订|编制|起草|实施|落实|完成|贯彻)[^，。；《]{0,12}《([^《》]{4,60})》"
)
_FOLLOWED_TITLE = re.compile(
    r"(?:按照|根据|对照|围绕|依据|落实|编制|完成)[^，。；《]{0,12}《([^《》]{4,60}(?:规划|计划|方案|纲要)[^《》]{0,16})》"
)
_CONGRESS = (
    r"(?P<who>[\u4e00-\u9fff]{2,24}?)(?:第?[一二三四五六七八九十]{1,3}届)?人(?:民代表大?会|大)(?:常务委员会?|常委会)?"
)
_ADOPTED_BY = re.compile(rf"{_CONGRESS}(?:第?[一二三四五六七八九十]{{1,4}}次)?会议[^，。\n]{{0,4}}通过")
_GIVEN_AT = re.compile(rf"在{_CONGRESS}第?[一二三四五六七八九十]{{1,4}}次会议?上")
_SPEAKS_FOR = re.compile(r"代表(?P<who>[\u4e00-\u9fff]{2,14}?)人民政府，?向大会")
_OWN_WORDS = ("教育", "特色", "经济社会", "籍")
_AN_OFFICE = ("教育厅", "教育局", "教育委员会")
_OWN_FLAVOUR = (
    "具有",
    "打造",
    "加快推进",
    "创建",
    "推进",
    "擦亮",
    "叫响",
    "学在",
    "振兴",
    "服务",
    "提升",
    "驻",
    "满意的",
    "提高",
)
_MINE = ("具有", "学在", "驻", "满意的", "擦亮", "叫响")  # no text says so of another place
_OF_OTHERS = ("学习", "学", "借鉴", "考察", "参观", "赶超", "对标", "外地经验：", "推进与")
_STATIONED = ("各", "单位", "部队", "部门", "企业")
_VISITED_BEFORE = re.compile(
    r"(?:[赴到往与和同向对在]|学习|借鉴|考察|参观|支援|支持|援助|帮扶|结对|来自|推广|对标|比照)$"
)
_VISITED_AFTER = re.compile(r"[^，。；]{0,6}(?:来访|来我|来校|来考察|的?做法|的?经验|考察|结对|对口|援[助建])")
_MASKED = re.compile(r"(?:某某?|[×*＊]{1,2}|(?<![A-Za-z])[xX]{1,3})[省市县区州镇乡校]")
MASK_HEAD = 300  # characters in which a mask tells that the speaker was made unknown
_BEFORE_PLACE = re.compile(r"(?:\d{2,4}[-_.、]?|年|关于|印发|[-_.、\s]|[（(]\d+[)）])*")
_ABOUT_IT = re.compile(r"(?:工作|组织)?(?:条例|章程)")
_LOCAL = frozenset({Level.PREFECTURE, Level.COUNTY})
_TELLS_OF_OTHERS = frozenset({Genre.NEWS, Genre.OTHER})
SOURCE_ABOVE = 200  # characters around the opening of a part in which a page prints where it comes from
_SOURCE = re.compile(
    r"(?:来\s*源[:：]\s*|[—–-]+\s*(?:今日)?)(?P<who>[\u4e00-\u9fff]{2,12}?)"
    r"(?:人民政府|政府|教育局|教育厅|教育体育局|教体局|教委|教育信息网|教育网|党政|融媒体中心|新闻网|门户|电视台|网(?![\u4e00-\u9fff]))"
)
_TOWNSHIP_SORT = re.compile("(?:[\u4e00-\u9fff]族乡|街道|镇|乡)$")
_TOWN_SCHOOL = re.compile(
    r"(?:^|(?<=[、，。；：和及与在]))(?P<town>[\u4e00-\u9fff]{2,3})(?:镇|乡)?(?=中心校|中心学校|中心小学|中心幼儿园|初中|初级中学|学区|九年制|成校|完小|、[\u4e00-\u9fff]{2,3}(?:中心校|初中|成校|_所|\d所))"
)
_TRADE_ZONE = re.compile(r"中国（(?P<who>[\u4e00-\u9fff]{2,4})）自由贸易试验区")


@dataclass(frozen=True, slots=True)
class Strength:
    """What a rule weighs against others, and how sure the place is that it decides."""

    weight: int
    confidence: str


RULES = {
    "adopted-by": Strength(20, "0.98"),
    "title-or-heading-names-agency": Strength(10, "0.98"),
    "given-at-its-congress": Strength(10, "0.98"),
    "speaks-for-its-government": Strength(10, "0.98"),
    "title-names-place": Strength(8, "0.97"),
    "signature-names-agency": Strength(8, "0.93"),
    "ministry-speaks-of-itself": Strength(8, "0.85"),
    "news-lead-names-place": Strength(6, "0.85"),
    "places-of-one-parent": Strength(4, "0.85"),
    "townships-of-one-county": Strength(4, "0.8"),
    "names-one-province": Strength(4, "0.75"),
    "speaks-of-one-place": Strength(4, "0.75"),
    "source-line-names-place": Strength(4, "0.75"),
    "file-name-names-place": Strength(4, "0.6"),
    "own-document-names-place": Strength(3, "0.85"),
    "speaks-of-its-own-education": Strength(2, "0.75"),
    "agency-with-place": Strength(1, "0.6"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One hint that a place speaks here."""

    place: str  # id
    rule: str
    span: Span | None  # none where the words are in the name of the file or in a title that the user gave
    agency: Entity | None = None
    more: int = 0  # what the number of names adds to the rule's weight

    @property
    def weight(self) -> int:
        return RULES[self.rule].weight + self.more


@dataclass(frozen=True)
class Scene:
    """A part with what several rules look at, found once."""

    part: Part
    text: str
    around: Surroundings
    names: tuple[tuple[Span, str], ...]  # every place name, in order
    agencies: tuple[FoundAgency, ...]

    @property
    def base(self) -> int:
        return self.part.span.start

    def at(self, start: int, end: int) -> Span:
        """The clean span of a stretch of the part's text."""
        return Span(self.base + start, self.base + end)

    @cached_property
    def tier(self) -> str:
        """省, 市, 县, 区 or 州: what the text calls itself most, if it does so more than once; of two the lower one.

        我县 tells more than 全县 or 县委、县政府, for a county's text speaks of 全省 and 市委 as well.
        """
        said: Counter[str] = Counter()
        for found in _SELF.finditer(self.text):
            said[found[1] or found[2]] += 3 if found[1] else 1
        for found in _ITS_OFFICES.finditer(self.text):
            said[found[1]] += 1
        most = max(said, key=lambda tier: (said[tier], -_HEIGHTS.index(tier)), default="")
        return most if said[most] >= 2 else ""

    @cached_property
    def is_masked(self) -> bool:
        """某市, XX县 in the title or the opening: whoever took the name out did not mean other names to tell it."""
        return _MASKED.search(self.part.title) is not None or _MASKED.search(self.text, 0, MASK_HEAD) is not None

    def in_title(self, at: int) -> bool:
        """Whether this character stands between 《 and 》."""
        return self.text.rfind("《", 0, at) > self.text.rfind("》", 0, at)

    def is_visited(self, span: Span) -> bool:
        """Whether the words around say that this is another place, which one goes to, learns from or helps."""
        before = _VISITED_BEFORE.search(self.text[max(0, span.start - 4) : span.start])
        return before is not None or _VISITED_AFTER.match(self.text, span.end) is not None

    @property
    def title_lines(self) -> Iterator[tuple[Span | None, str]]:
        """The lines of the title with their clean spans; a title that the user gave stands nowhere in the text."""
        span = next((d.span for d in self.part.decided if d.what == "title"), None)
        if span is None:
            yield from [(None, self.part.title)] if self.part.title else []
            return
        start = span.start
        for line in self.part.document.clean[slice(*span)].split("\n"):
            yield Span(start, start + len(line)), line
            start += len(line) + 1


Rule = Callable[[Scene], Iterator[Evidence]]


class EvidenceFinder:
    """Finds the hints in a part, the strong ones first."""

    def __init__(self, gazetteer: Gazetteer, agencies: AgencyFinder, townships: Mapping[str, tuple[str, ...]]) -> None:
        self._gazetteer = gazetteer
        self._agencies = agencies
        self._townships = townships
        self._rules: tuple[Rule, ...] = (
            self.title,
            self.congress,
            self.agency_lines,
            self.own_documents,
            self.own_education,
            self.named_agencies,
            self.news_lead,
            self.ministry,
        )

    def scene(self, part: Part) -> Scene:
        text = part.text
        return Scene(
            part,
            text,
            Surroundings(year=part.year),
            tuple(self._gazetteer.named(text)),
            tuple(self._agencies(text)),
        )

    def __call__(self, scene: Scene) -> Iterator[Evidence]:
        """What the text says of its speaker."""
        for rule in self._rules:
            yield from rule(scene)

    def inside(self, scene: Scene) -> Iterator[Evidence]:
        """What the places named inside tell where nobody names the speaker."""
        yield from self.children(scene)
        yield from self.own_townships(scene)
        yield from self.own_province(scene)
        yield from self.one_place(scene)
        yield from self.source_line(scene)

    # --- who says that he speaks -------------------------------------------------------------------------------------

    def title(self, scene: Scene) -> Iterator[Evidence]:
        """宜昌市教育局2016年工作总结; 宜昌市2016年教育工作总结; 中国（浙江）自由贸易试验区条例."""
        for number, (span, line) in enumerate(scene.title_lines):
            for hint in self._title_line(line, span.start if span else 0, scene, opens=number == 0):
                yield hint if span else replace(hint, span=None)

    def _title_line(self, line: str, base: int, scene: Scene, *, opens: bool) -> Iterator[Evidence]:
        yield from self._agency_line(line, base, scene, "title-or-heading-names-agency")
        if opens:
            yield from self._opening_name(line, base, scene, "title-names-place", short=True)
            if found := _TRADE_ZONE.match(line):
                yield from self._named(found, base, scene, "title-names-place")

    def congress(self, scene: Scene) -> Iterator[Evidence]:
        """The people's congress that adopted a regulation or heard a report; one that approved it is not the speaker."""
        head = scene.text[:SESSION]
        if scene.part.genre is Genre.REGULATION and (adopted := _ADOPTED_BY.search(head)):
            yield from self._named(adopted, scene.base, scene, "adopted-by")
        for pattern, rule in ((_GIVEN_AT, "given-at-its-congress"), (_SPEAKS_FOR, "speaks-for-its-government")):
            if found := pattern.search(head):
                yield from self._named(found, scene.base, scene, rule)

    def _named(self, found: re.Match[str], base: int, scene: Scene, rule: str) -> Iterator[Evidence]:
        """The place that a phrase names as its `who`."""
        names = [name for _, name in self._gazetteer.names(found["who"])]
        place = self._gazetteer.chain(names, scene.around)
        if place is None and len(names) == 1:
            place = self._only_one_of_its_tier(names[0], scene)
        if place is not None and place.level != Level.NATION:
            yield Evidence(place.id, rule, Span(base + found.start("who"), base + found.end("who")))

    def agency_lines(self, scene: Scene) -> Iterator[Evidence]:
        """——宜昌市教育局 below the title; 宜昌市教育局 above the date at the end."""
        for start, line in _short_lines(scene.text, HEAD, FOOT):
            at_head = start < HEAD
            if not (at_head and "人民代表" in line):
                rule = "title-or-heading-names-agency" if at_head else "signature-names-agency"
                yield from self._agency_line(line, scene.base + start, scene, rule)

    def _agency_line(self, line: str, base: int, scene: Scene, rule: str) -> Iterator[Evidence]:
        for found in self._agencies(line):
            if _ABOUT_IT.match(line, found.span.end):
                continue  # 某市科学技术协会条例 is its city's law
            if found.span.start <= 2 or re.fullmatch(r"[\u4e00-\u9fff、]+", line[: found.span.start]):
                yield from self._placed(found, base, scene, rule, speaks=True)
                at_head = rule == "title-or-heading-names-agency"
                if found.central and found.central.name == "教育部" and found.span.start == 0 and at_head:
                    yield Evidence(NATION, rule, Span(base, base + found.span.end), found.central.entity)

    def _placed(
        self, found: FoundAgency, base: int, scene: Scene, rule: str, *, speaks: bool = False
    ) -> Iterator[Evidence]:
        if not found.places or found.organ is None:
            return
        place = self._gazetteer.chain(found.places, scene.around)
        if place is not None:
            where = Span(base + found.span.start, base + found.span.end)
            yield Evidence(place.id, rule, where, self._agencies.entity(place, found.organ) if speaks else None)

    # --- what it calls its own ---------------------------------------------------------------------------------------

    def own_documents(self, scene: Scene) -> Iterator[Evidence]:
        """印发《宜昌市校车安全管理办法》."""
        for issued in _ISSUED_TITLE.finditer(scene.text):
            for hint in self._opening_name(issued[1], scene.base + issued.start(1), scene, "own-document-names-place"):
                yield replace(hint, more=self._of_its_tier(hint.place, scene))
        for followed in _FOLLOWED_TITLE.finditer(scene.text) if scene.tier in ("县", "区") else ():
            for hint in self._opening_name(
                followed[1], scene.base + followed.start(1), scene, "own-document-names-place"
            ):
                if more := self._of_its_tier(hint.place, scene):
                    yield replace(hint, more=more)

    def _of_its_tier(self, place: str, scene: Scene) -> int:
        """What it adds that a text which says 我县 names a county here."""
        return int(scene.tier != "" and self._gazetteer.by_id[place].name.endswith(scene.tier))

    def own_education(self, scene: Scene) -> Iterator[Evidence]:
        """锦州教育, 学在锦州, 青岛特色: a text that speaks of a place's own education or calls it its own."""
        for span, name in scene.names:
            own = self._own_words(span, name, scene)
            place = (
                (self._gazetteer.link(name, scene.around) or self._only_one_of_its_tier(name, scene)) if own else None
            )
            if place is not None and place.level != Level.NATION:
                mine = own in _MINE or (own == "教育" and scene.tier in ("县", "区"))
                certain = span.start < FIRST_LINES or (mine and self._of_its_tier(place.id, scene))
                more = AS_GOOD_AS_A_TITLE * (certain and not scene.is_masked)
                yield Evidence(place.id, "speaks-of-its-own-education", scene.at(*span), more=more)

    def _own_words(self, span: Span, name: str, scene: Scene) -> str:
        """The words around a place's name by which a text calls the place its own; "" where there are none."""
        before, after = scene.text[max(0, span.start - 4) : span.start], scene.text[span.end : span.end + 5]
        no_name = name in self._gazetteer.common or after.startswith(_AN_OFFICE) or scene.in_title(span.start)
        if no_name or before.endswith(_OF_OTHERS) or (before.endswith("驻") and not after.startswith(_STATIONED)):
            return ""
        behind = next((word for word in _OWN_WORDS if after.startswith(word)), "")
        return next((word for word in _MINE if before.endswith(word)), behind) or (
            "flavour" if before.endswith(_OWN_FLAVOUR) else ""
        )

    def _only_one_of_its_tier(self, name: str, scene: Scene) -> Place | None:
        """平利县 for 平利, or 房县, in a text that says 我县: the only county of this name."""
        known = (*self._gazetteer.full.get(name, ()), *self._gazetteer.short.get(name, ()))
        named = [p for p in known if p.valid_to is None and p.name.endswith(scene.tier or "_")]
        return named[0] if len(named) == 1 else None

    def named_agencies(self, scene: Scene) -> Iterator[Evidence]:
        """宜昌市教育局 anywhere in the text."""
        for found in scene.agencies:
            if found.organ and not found.organ.name.startswith("人民代表"):
                yield from self._placed(found, scene.base, scene, "agency-with-place")

    def news_lead(self, scene: Scene) -> Iterator[Evidence]:
        """南京市鼓楼区召开…: the place that acts in the opening of a report."""
        chain: list[tuple[Span, str]] = []
        for span, name in scene.names if scene.part.genre in _TELLS_OF_OTHERS else ():
            if span.end > HEAD:
                return
            chain = [*chain, (span, name)] if chain and chain[-1][0].end == span.start else [(span, name)]
            if _NEWS_ACT.match(scene.text, span.end) and scene.text[chain[0][0].start - 1 : chain[0][0].start] != "在":
                place = self._gazetteer.chain([n for _, n in chain], scene.around)
                if place is not None:
                    yield Evidence(place.id, "news-lead-names-place", scene.at(chain[0][0].start, span.end))
                    return

    def ministry(self, scene: Scene) -> Iterator[Evidence]:
        """我部, or two things that only a ministry has, in a text that never says 我省 or 全市."""
        said = list(_OWN_MINISTRY.finditer(scene.text))
        if (len({m[0] for m in said}) >= 2 or any(m[0] == "我部" for m in said)) and not _SELF.search(scene.text):
            own = "教育部" if any(m[0] in ("我部", "教育部机关", "直属高校") for m in said) else ""
            agency = next((a.central.entity for a in scene.agencies if a.central and a.central.name == own), None)
            yield Evidence(NATION, "ministry-speaks-of-itself", scene.at(*said[0].span()), agency)

    def _opening_name(
        self, text: str, base: int, scene: Scene, rule: str, *, short: bool = False
    ) -> Iterator[Evidence]:
        """The place with which a title opens: 河南省…条例, 浙江省景宁畲族自治县…条例; a short name only if `short`."""
        opening = _BEFORE_PLACE.match(text)
        begin = end = opening.end() if opening else 0
        names: list[str] = []
        for span, name in self._gazetteer.names(text):
            if span.start != end or (names and name not in self._gazetteer.full):
                break
            names.append(name)
            end = span.end
        if names and (short or names[0] in self._gazetteer.full):
            place = (
                self._gazetteer.chain(names, scene.around)
                or self._gazetteer.link(names[0], scene.around)
                or self._inside_a_named_one(names[0], scene)
            )
            if place is not None and place.level != Level.NATION:
                alone = len(names) == 1 and names[0] == place.name and scene.part.genre is Genre.REGULATION and short
                yield Evidence(place.id, rule, Span(base + begin, base + end), more=TITLE_OF_REGULATION * alone)

    def _inside_a_named_one(self, name: str, scene: Scene) -> Place | None:
        """普陀区 of 上海市 and not of 舟山市 in a text that names 上海市: the only one whose city or province is named."""
        around = {
            place.id
            for span, said in scene.names
            if (place := self._gazetteer.link(said, scene.around)) is not None and not scene.is_visited(span)
        }
        named = [p for p in self._gazetteer.full.get(name, ()) if p.valid_to is None]
        inside = [p for p in named if around.intersection(self._gazetteer.ancestors(p.id)[1:-1])]
        return inside[0] if len(inside) == 1 else None

    # --- what lies inside it -----------------------------------------------------------------------------------------

    def children(self, scene: Scene) -> Iterator[Evidence]:
        """全省 in a text that names 遵义市, 安顺市, 毕节市, 铜仁市: the one parent of most of the places named."""
        first: dict[str, dict[str, Span]] = defaultdict(dict)
        for span, name in scene.names if scene.tier else ():
            parents = self._parents(name, scene.tier) if name not in self._gazetteer.ordinary else set()
            if len(parents) == 1:
                first[parents.pop()].setdefault(name[:2], span)
        ranked = sorted(((len(named), parent) for parent, named in first.items()), reverse=True)
        if ranked and ranked[0][0] >= OWN_CHILDREN and not (len(ranked) > 1 and ranked[1][0] * 2 > ranked[0][0]):
            count, parent = ranked[0]
            span = min(first[parent].values())
            yield Evidence(parent, "places-of-one-parent", scene.at(*span), more=min(count, 6))

    def _parents(self, name: str, tier: str) -> set[str]:
        """The places of this tier in which a place of this name lies: 贵州省 for 安顺 and 省."""
        lying = {
            place.parent for known in (self._gazetteer.full, self._gazetteer.short) for place in known.get(name, ())
        }
        return {parent for parent in lying if parent and self._gazetteer.by_id[parent].name.endswith(tier)}

    @cached_property
    def _township_names(self) -> Names:
        return Names(self._townships)

    @cached_property
    def _full_township_names(self) -> Mapping[str, tuple[str, ...]]:
        """雷坪镇 for 雷坪."""
        full: dict[str, list[str]] = defaultdict(list)
        for name in self._townships:
            full[_TOWNSHIP_SORT.sub("", name)].append(name)
        return {short: tuple(names) for short, names in full.items() if len(short) >= 2}

    def own_townships(self, scene: Scene) -> Iterator[Evidence]:
        """The one county that has most of the townships named here: 甘棠镇、新厂镇、大堡子镇、藕团乡."""
        known: dict[str, Span] = {}
        for span, name in self._township_names(scene.text):
            known.setdefault(name, scene.at(*span))
        for school in _TOWN_SCHOOL.finditer(scene.text):
            for name in self._full_township_names.get(school["town"], ()):
                known.setdefault(name, scene.at(*school.span("town")))
        winner = self._gazetteer.county_of_townships(known, self._townships)
        if winner is not None and winner[1] >= 3:
            county, count = winner
            first = min(span for name, span in known.items() if county in self._townships[name])
            yield Evidence(county, "townships-of-one-county", first, more=count - 1)

    def own_province(self, scene: Scene) -> Iterator[Evidence]:
        """全省 in a text that says 贵州 again and again, and other provinces hardly."""
        said: Counter[str] = Counter()
        first: dict[str, Span] = {}
        for span, name in scene.names if scene.tier in ("省", "区") else ():
            place = self._gazetteer.link(name, scene.around)
            if place is not None and place.level == Level.PROVINCE and place.name.endswith(scene.tier):
                said[place.id] += 1
                first.setdefault(place.id, span)
        ranked = said.most_common(2)
        if ranked and ranked[0][1] >= ITS_NAME_SAID and not (len(ranked) > 1 and ranked[1][1] * 3 > ranked[0][1]):
            yield Evidence(ranked[0][0], "names-one-province", scene.at(*first[ranked[0][0]]))

    def one_place(self, scene: Scene) -> Iterator[Evidence]:
        """昌宁县, 昌宁, 昌宁县委 in a text that names no other county or city half as often, and this one in full."""
        said: Counter[str] = Counter()
        in_full: dict[str, Span] = {}
        visited: set[str] = set()
        for span, place in self._linked(scene) if not scene.is_masked else ():
            if place.level in _LOCAL:
                said[place.id] += 1
                visited.update([place.id] if scene.is_visited(span) else [])
                if scene.text[slice(*span)] == place.name:
                    in_full.setdefault(place.id, span)
        kin = {best: said[best] + self._short(scene, best) for best in in_full}
        best = max(sorted(kin), key=lambda place: kin[place], default="")
        others = [n for place, n in said.items() if best and not self._gazetteer.within(place, best) and place != best]
        if best not in visited and best and kin[best] >= max(SPOKEN_OF, AND_NO_OTHER * max(others, default=0)):
            yield Evidence(best, "speaks-of-one-place", scene.at(*in_full[best]))

    def _linked(self, scene: Scene) -> Iterator[tuple[Span, Place]]:
        """The places named, of 徐州市鼓楼区 only the last."""
        before: tuple[Span, Place] | None = None
        for span, name in scene.names:
            adjoins = before is not None and before[0].end == span.start
            around = scene.around._replace(before=before[1].id) if before and adjoins else scene.around
            place = self._gazetteer.link(name, around)
            if before is not None and not (adjoins and place is not None):
                yield before
            before = (span, place) if place is not None else None
        if before is not None:
            yield before

    def _short(self, scene: Scene, place: str) -> int:
        """How often the text says 桃源 without 县, which alone names nothing, where it says 桃源县 as well."""
        short = short_name(self._gazetteer.by_id[place].name)
        linked = self._gazetteer.link(short, scene.around) if short else None
        return (
            0
            if linked is not None or not short
            else scene.text.count(short) - scene.text.count(self._gazetteer.by_id[place].name)
        )

    def source_line(self, scene: Scene) -> Iterator[Evidence]:
        """来源：岳阳县政府网 above a text that says 我县: a government's own site speaks of its own place."""
        document = scene.part.document
        above = document.origin[scene.base] if scene.base < len(document.origin) else 0
        if (
            scene.tier
            and not scene.is_masked
            and (found := _SOURCE.search(document.text, max(0, above - SOURCE_ABOVE), above + SOURCE_ABOVE))
        ):
            for hint in self._named(found, 0, scene, "source-line-names-place"):
                if self._of_its_tier(hint.place, scene):
                    yield replace(hint, span=None)

    # --- the name of the file ----------------------------------------------------------------------------------------

    def file_name(self, scene: Scene) -> Iterator[Evidence]:
        """2025年贵州省政府工作报告.txt."""
        for hint in self._opening_name(
            file_stem(scene.part.document.file), 0, scene, "file-name-names-place", short=True
        ):
            yield replace(hint, span=None)


def _short_lines(text: str, head: int, foot: int) -> Iterator[tuple[int, str]]:
    """The short lines that begin in the head of a text or in its foot."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start <= AGENCY_LINE and (start < head or start > len(text) - foot):
            yield start, text[start:end]
        start = end + 1
        if head <= start < len(text) - foot:
            following = text.find("\n", len(text) - foot)
            start = following + 1 if following >= 0 else len(text)
