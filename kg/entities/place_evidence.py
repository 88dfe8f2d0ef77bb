"""A part → the hints which place speaks in it, each with its weight, its rule and its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from kg.entities.agencies import AgencyFinder, FoundAgency
from kg.entities.gazetteer import NATION, Gazetteer, Surroundings
from kg.entities.place_inside import InsideEvidence
from kg.entities.place_scene import Evidence, Scene
from kg.entities.signs import CENTRAL_AGENCY, ORGAN
from kg.lexicons import Place
from kg.model import Genre, Level, Part, Span
from kg.patterns import regex
from kg.texts.years import file_stem

HEAD = 200  # characters in which a line may name the speaking agency
FOOT = 150  # characters in which it signs
SESSION = 600  # characters in which a report tells where it was given
AGENCY_LINE = 40  # characters of a line that is a heading or a signature
FIRST_LINES = 60  # characters in which 四平教育 is as good as a title
AS_GOOD_AS_A_TITLE = 2  # what that adds
TITLE_OF_REGULATION = 33  # what a full name in it adds: a law of 莱芜市 that 济南市 took over has the title of 济南市

_OWN_MINISTRY = regex(
    r"我部(?<!自我部)(?!分|队|署)|教育部机关|直属高校|部属高校|各省、自治区、直辖市|党中央、国务院领导下|全国教育系统|国务院法制办|全国教育工作会议"
)
_NEWS_ACT = regex(
    r"(?:(?:教育局|教育体育局|教体局|教育厅|教育委员会|教委)?(?:日前|近日|昨日|今天)?(?:组织)?(?:召开|举行|出台|印发|启动|发布|举办|传出|推出|全面)"
    r"|[\u4e00-\u9fff]{0,3}(?:站|分站|频道|记者站|讯)(?:\d|讯|[（\s]))"
)
_ISSUED_TITLE = regex(
    r"(?:出台|印发|制定|制订|拟定|制发|修订|编制|起草|实施|落实|完成|贯彻)[^，。；《]{0,12}《([^《》]{4,60})》"
)
_FOLLOWED_TITLE = regex(
    r"(?:按照|根据|对照|围绕|依据|落实|编制|完成)[^，。；《]{0,12}《([^《》]{4,60}(?:规划|计划|方案|纲要)[^《》]{0,16})》"
)
_LEADS_UP, _LONGEST_TITLE = 2 + 12, 1 + 60 + 2 + 16 + 1  # characters of these two before a title and in it, at most
_CONGRESS = (
    r"(?P<who>[\u4e00-\u9fff]{2,24}?)(?:第?[一二三四五六七八九十]{1,3}届)?人(?:民代表大?会|大)(?:常务委员会?|常委会)?"
)
_ADOPTED = r"会议[^，。\n]{0,4}通过"
_ADOPTED_BY = regex(rf"{_CONGRESS}(?:第?[一二三四五六七八九十]{{1,4}}次)?{_ADOPTED}")
_ANY_ADOPTED = regex(_ADOPTED)
_BEFORE_ADOPTED = 50  # characters of the name of a congress and of the number of its session, at most
_GIVEN_AT = regex(rf"在{_CONGRESS}第?[一二三四五六七八九十]{{1,4}}次会议?上")
_SPEAKS_FOR = regex(r"代表(?P<who>[\u4e00-\u9fff]{2,14}?)人民政府，?向大会")
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
_OF_OTHERS = ("学习", "学", "借鉴", "考察", "参观", "赶超", "对标")
_STATIONED = ("各", "单位", "部队", "部门", "企业")
# Signs of provinces that no city shares: 苏府 is 苏州市's, 宁教 may be 南京市's.
_PROVINCES = dict(
    pair.split("=")
    for pair in (
        "粤=广东省 晋=山西省 冀=河北省 辽=辽宁省 皖=安徽省 闽=福建省 赣=江西省 鲁=山东省 豫=河南省 鄂=湖北省 湘=湖南省 "
        "桂=广西壮族自治区 琼=海南省 黔=贵州省 滇=云南省 陕=陕西省 浙=浙江省 沪=上海市 渝=重庆市 京=北京市 津=天津市"
    ).split()
)
_OF_A_PROVINCE = regex(f"(?P<sign>[{''.join(_PROVINCES)}])(?:府|政|教|委教|办发|财教)")
_IN_SLOGANS = {
    **_PROVINCES,
    "川": "四川省",
    "苏": "江苏省",
    "甘": "甘肃省",
    "陇": "甘肃省",
    "青": "青海省",
    "吉": "吉林省",
}
_SLOGAN = regex(f"(?:科教|人才|质量|教育|文化)[兴强](?P<sign>[{''.join(_IN_SLOGANS)}])(?![\u4e00-\u9fff]?[市县区])")
_BEFORE_PLACE = regex(r"(?:\d{2,4}[-_.、]?|年|关于|印发|[-_.、\s]|[（(]\d+[)）])*")
_ABOUT_IT = regex(r"(?:工作|组织)?(?:条例|章程)")
_TELLS_OF_OTHERS = frozenset({Genre.NEWS, Genre.OTHER})
SOURCE_ABOVE = 200  # characters around the opening of a part in which a page prints where it comes from
_SOURCE = regex(
    r"(?:来\s*源[:：]\s*|[—–-]+\s*(?:今日)?)(?P<who>[\u4e00-\u9fff]{2,12}?)"
    r"(?:人民政府|政府|教育局|教育厅|教育体育局|教体局|教委|教育信息网|教育网|党政|融媒体中心|新闻网|门户|电视台|网(?![\u4e00-\u9fff]))"
)
_GONE_TO = regex(r"(?:取经|考察|学习归来|之行|行纪|归来|经验)")
_TRADE_ZONE = regex(r"中国（(?P<who>[\u4e00-\u9fff]{2,4})）自由贸易试验区")


Rule = Callable[[Scene], Iterator[Evidence]]


class EvidenceFinder:
    """Finds the hints in a part, the strong ones first."""

    def __init__(self, gazetteer: Gazetteer, agencies: AgencyFinder, townships: Mapping[str, tuple[str, ...]]) -> None:
        self._gazetteer = gazetteer
        self._names = gazetteer.names
        self._agencies = agencies
        self._inside = InsideEvidence(gazetteer, townships)
        self._rules: tuple[Rule, ...] = (
            self.title,
            self.congress,
            self.agency_lines,
            self.own_documents,
            self.own_education,
            self.named_agencies,
            self.news_lead,
            self.ministry,
            self.own_number,
            self.own_slogan,
        )

    def scene(self, part: Part) -> Scene:
        text = part.text
        return Scene(
            part,
            text,
            Surroundings(year=part.year),
            tuple(self._gazetteer.named(text)),
            tuple(self._agencies(text, ORGAN)),
        )

    def __call__(self, scene: Scene) -> Iterator[Evidence]:
        """What the text says of its speaker."""
        for rule in self._rules:
            yield from rule(scene)

    def inside(self, scene: Scene) -> Iterator[Evidence]:
        """What the places named inside tell where nobody names the speaker."""
        yield from self._inside(scene)
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
        if scene.part.genre is Genre.REGULATION and (adopted := _adopted_by(head)):
            yield from self._named(adopted, scene.base, scene, "adopted-by")
        for pattern, rule in ((_GIVEN_AT, "given-at-its-congress"), (_SPEAKS_FOR, "speaks-for-its-government")):
            if found := pattern.search(head):
                yield from self._named(found, scene.base, scene, rule)

    def _named(self, found: re.Match[str], base: int, scene: Scene, rule: str) -> Iterator[Evidence]:
        """The place that a phrase names as its `who`."""
        names = [name for _, name in self._names(found["who"])]
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
        place = self._gazetteer.chain(found.places, scene.around._replace(is_name=speaks))
        if place is not None:
            where = Span(base + found.span.start, base + found.span.end)
            yield Evidence(place.id, rule, where, self._agencies.entity(place, found.organ) if speaks else None)

    # --- what it calls its own ---------------------------------------------------------------------------------------

    def own_documents(self, scene: Scene) -> Iterator[Evidence]:
        """印发《宜昌市校车安全管理办法》."""
        for issued in _before_titles(_ISSUED_TITLE, scene.text):
            for hint in self._opening_name(issued[1], scene.base + issued.start(1), scene, "own-document-names-place"):
                yield replace(hint, more=self._of_its_tier(hint.place, scene))
        for followed in _before_titles(_FOLLOWED_TITLE, scene.text) if scene.tier in ("县", "区") else ():
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
        if not (after.startswith(_OWN_WORDS) or before.endswith(_MINE) or before.endswith(_OWN_FLAVOUR)):
            return ""
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
        if scene.own_words:
            return
        said = list(_OWN_MINISTRY.finditer(scene.text))
        if len({m[0] for m in said}) >= 2 or any(m[0] == "我部" for m in said):
            own = "教育部" if any(m[0] in ("我部", "教育部机关", "直属高校") for m in said) else ""
            named = self._agencies(scene.text, CENTRAL_AGENCY) if own else ()
            agency = next((a.central.entity for a in named if a.central and a.central.name == own), None)
            yield Evidence(NATION, "ministry-speaks-of-itself", scene.at(*said[0].span()), agency)

    def own_number(self, scene: Scene) -> Iterator[Evidence]:
        """粤府〔2004〕4号: a province's own sign before 府, 政 or 教, where no city has the same."""
        for number in (d for d in scene.part.decided if d.what == "number"):
            found = _OF_A_PROVINCE.match(number.value)
            place = self._gazetteer.link(_PROVINCES[found["sign"]], scene.around) if found else None
            if place is not None and scene.tier in ("", place.name[-1]):
                yield Evidence(place.id, "number-of-a-province", number.span)

    def own_slogan(self, scene: Scene) -> Iterator[Evidence]:
        """科教兴冀, 人才强鲁: what only one province says of itself, in a text that says 我省 or 全省."""
        for found in _SLOGAN.finditer(scene.text) if scene.tier == "省" else ():
            place = self._gazetteer.link(_IN_SLOGANS[found["sign"]], scene.around)
            if place is not None:
                yield Evidence(place.id, "slogan-of-a-province", scene.at(*found.span()))

    def _opening_name(
        self, text: str, base: int, scene: Scene, rule: str, *, short: bool = False
    ) -> Iterator[Evidence]:
        """The place with which a title opens: 河南省…条例, 浙江省景宁畲族自治县…条例; a short name only if `short`."""
        opening = _BEFORE_PLACE.match(text)
        begin = end = opening.end() if opening else 0
        names: list[str] = []
        for span, name in self._names(text):
            if span.start != end or (names and name not in self._gazetteer.full):
                break
            names.append(name)
            end = span.end
        if short and _GONE_TO.match(text, end):
            return
        if names and (short or names[0] in self._gazetteer.full):
            around = scene.around._replace(is_name=True)
            place = (
                self._gazetteer.chain(names, around)
                or self._gazetteer.link(names[0], around)
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

    # --- what the page says --------------------------------------------------------------------------------------------

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


def _adopted_by(head: str) -> re.Match[str] | None:
    """The first congress that adopted something: looked for before the words that say so."""
    adopted = _ANY_ADOPTED.search(head)
    return _ADOPTED_BY.search(head, max(0, adopted.start() - _BEFORE_ADOPTED)) if adopted else None


def _before_titles(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """All matches of a pattern that leads up to a title in 《》: looked for before the titles."""
    done, at = 0, text.find("《")
    while at >= 0:
        found = pattern.search(text, max(done, at - _LEADS_UP), at + _LONGEST_TITLE)
        if found:
            yield found
            done = found.end()
        at = text.find("《", max(done, at + 1))


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
