"""A part whose speaker nobody names → hints from the places named inside: its own children, townships, the one it speaks of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from kg.entities.gazetteer import Gazetteer, short_name
from kg.entities.place_scene import Evidence, Scene
from kg.lexicons import Place
from kg.model import Level, Span
from kg.patterns import regex
from kg.texts.names import Names

OWN_CHILDREN = 4  # places of one parent that make it the place of a text
ITS_NAME_SAID = 5  # mentions of a province in a text that says 全省
SPOKEN_OF = 3  # mentions that make a place the one that a text is about, …
AND_NO_OTHER = 3  # … if it is named so many times as often as any other
_LOCAL = frozenset({Level.PREFECTURE, Level.COUNTY})
_TOWNSHIP_SORT = regex("(?:[\u4e00-\u9fff]族乡|街道|镇|乡)$")
_TOWN_SCHOOL = regex(
    r"(?:^|(?<=[、，。；：和及与在]))(?P<town>[\u4e00-\u9fff]{2,3})(?:镇|乡)?(?=中心校|中心学校|中心小学|中心幼儿园|初中|初级中学|学区|九年制|成校|完小|、[\u4e00-\u9fff]{2,3}(?:中心校|初中|成校|_所|\d所))"
)


class InsideEvidence:
    """What the places named inside tell of the place that speaks."""

    def __init__(self, gazetteer: Gazetteer, townships: Mapping[str, tuple[str, ...]]) -> None:
        self._gazetteer = gazetteer
        self._townships = townships

    def __call__(self, scene: Scene) -> Iterator[Evidence]:
        yield from self.children(scene)
        yield from self.own_townships(scene)
        yield from self.own_province(scene)
        yield from self.one_place(scene)

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
        """昌宁县, 昌宁, 昌宁县委 in a text that names no other county or city a third as often, and this one in full."""
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
