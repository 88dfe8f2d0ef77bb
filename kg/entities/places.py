"""A sentence → the places that it names, each linked where the document decides which place it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.entities import signs
from kg.entities.gazetteer import GENERIC_ZONE, NATION, ORDINARY, Gazetteer, Surroundings, tier_place
from kg.lexicons import Place
from kg.model import Entity, Kind, Level, Part, Span

_CONTEXT = re.compile(r"(?<!自)我([省市县区州])|(?<![健安完周])全([省市县区州])(?!域)|本([省市县区])|我国|全国")
_ABROAD = "韩国 日本 美国 英国 德国 法国 俄罗斯 加拿大 澳大利亚 新西兰 新加坡 意大利 荷兰 芬兰 泰国 马来西亚".split()
_FOREIGN = re.compile(rf"({'|'.join(_ABROAD)})([\u4e00-\u9fff]{{2,6}}?(?:市|州|县|郡|府))")
_ZONES = ("高新", "开发区", "经开区", "保税区")  # one in every match of GENERIC_ZONE
_TOWNSHIPS = ("乡", "镇", "街道")
_TOWNSHIP_ENDING = re.compile("|".join(_TOWNSHIPS))
_OWN = ("我国", *(word + tier for word in "我全本" for tier in "省市县区州"))
_JOINT = frozenset("、，和与及（至到")
# 规|范县, 覆|盖县, 全市|县: a match that begins inside another word.
_GOES_ON = {"杭州": "湾", "海南": "州", "长春": "藤", "东方": "红", "大连": "片", "南京": "路", "北京": "时间"}
_STRADDLES = {
    "增城区": "新",
    "范县": "规模示典师",
    "盖县": "覆",
    "和县": "市区",
    "沙县": "长",
    "城区": "全主老新",
    "市区": "全",
}
_OF_OTHER_WORDS = _GOES_ON.keys() | _STRADDLES.keys()


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
        self._townships = townships
        self.signs: dict[int, Iterable[str]] = {
            signs.PLACE_NAME: {*gazetteer.full, *gazetteer.short},
            signs.OWN_PLACE: _OWN,
            signs.ZONE: _ZONES,
            signs.ABROAD: _ABROAD,
            signs.TOWNSHIP: _TOWNSHIPS,
        }

    def __call__(self, text: str, part: Part, held: int = signs.ALL) -> list[FoundPlace]:
        """The places of a sentence that holds these signs."""
        jurisdiction = part.place.id.removeprefix("place/") if part.place else ""
        found: list[FoundPlace] = []
        if held & (signs.PLACE_NAME | signs.ZONE):
            found += self._named(text, jurisdiction, part.year, held)
        if held & signs.OWN_PLACE:
            found += self._context(text, jurisdiction)
        elsewhere: list[FoundPlace] = []
        if held & signs.ABROAD:
            elsewhere += _foreign(text)
        if held & signs.TOWNSHIP:
            elsewhere += self._of_townships(text, jurisdiction)
        if elsewhere:
            taken = [f.span for f in elsewhere]
            found = [f for f in found if not any(t.start <= f.span.start < t.end for t in taken)] + elsewhere
        if len(found) > 1:
            found.sort(key=lambda f: f.span)
        return found

    def _named(self, text: str, jurisdiction: str, year: int | None, held: int) -> Iterator[FoundPlace]:
        matches = [
            (span, name)
            for span, name in self._gazetteer.names(text)
            if name not in _OF_OTHER_WORDS or not _straddles(text, span, name)
        ]
        if held & signs.ZONE:
            zones = [Span(*z.span()) for z in GENERIC_ZONE.finditer(text)]
            matches += [
                (z, text[z.start : z.end]) for z in zones if not any(m.start <= z.start < m.end for m, _ in matches)
            ]
            matches.sort()
        before, before_end = "", -1
        for n, (span, name) in enumerate(matches):
            adjoining = before if before_end == span.start else ""
            here = Surroundings(jurisdiction, year, adjoining, _listed(text, matches, n))
            place = self._gazetteer.link(name, here)
            if place is None and GENERIC_ZONE.fullmatch(name):
                place = self._gazetteer.zone(name, here)
            full = name in self._gazetteer.full
            if place is None and not full:
                continue  # an unlinked short form is more often a word than a place
            if place is not None and not full and name in self._gazetteer.short:
                place = None if _goes_on(text, span) and place.level == Level.COUNTY and not here.listed else place
            if place is None:
                yield FoundPlace(span, name, None, "ambiguous-place")
                continue
            before, before_end = place.id, span.end
            yield FoundPlace(span, name, place, "full-name" if full else "short-name")

    def _context(self, text: str, jurisdiction: str) -> Iterator[FoundPlace]:
        for found in _CONTEXT.finditer(text):
            tier = found[1] or found[2] or found[3]
            place = self._gazetteer.by_id[NATION] if tier is None else tier_place(self._gazetteer, jurisdiction, tier)
            if tier is not None and place is None and jurisdiction not in ("", NATION):
                place = self._gazetteer.by_id[jurisdiction]
            if place is not None and not (tier is None and found[0] == "全国"):
                yield FoundPlace(Span(*found.span()), found[0], place, "context-word")

    def _of_townships(self, text: str, jurisdiction: str) -> Iterator[FoundPlace]:
        """甘棠镇 in a part of the county that has it: a township is known by its county."""
        if not jurisdiction or jurisdiction == NATION:
            return
        for ending in _TOWNSHIP_ENDING.finditer(text):
            for start in range(max(0, ending.start() - 4), ending.start()):
                name = text[start : ending.end()]
                counties = [c for c in self._townships.get(name, ()) if self._gazetteer.within(c, jurisdiction)]
                if len(counties) == 1:
                    county = self._gazetteer.by_id[counties[0]]
                    township = Entity(
                        Kind.PLACE, f"place/{name}@{county.name}", name, jurisdiction=f"place/{county.id}"
                    )
                    yield FoundPlace(Span(start, ending.end()), name, None, "township-of-the-county", foreign=township)
                    break


def _foreign(text: str) -> Iterator[FoundPlace]:
    for found in _FOREIGN.finditer(text):
        entity = Entity(Kind.PLACE, f"place/{found[2]}@{found[1]}", found[0])
        yield FoundPlace(Span(*found.span()), found[0], None, "foreign-place", foreign=entity)


def _straddles(text: str, span: Span, name: str) -> bool:
    if text.startswith(_GOES_ON.get(name, "\x00"), span.end):
        return True
    return span.start > 0 and text[span.start - 1] in _STRADDLES.get(name, "")


def _goes_on(text: str, span: Span) -> bool:
    """The short form is followed by more of a word rather than by a joint, an organ or the end."""
    after = text[span.end : span.end + 1]
    return bool(after) and after not in "、，。；）（”》和与及等各县区市" and "\u4e00" <= after <= "\u9fff"


def _listed(text: str, matches: list[tuple[Span, str]], n: int) -> bool:
    """Whether the neighbour on either side, one joint away, is a place name too."""
    here = matches[n][0]
    if n > 0:
        span, name = matches[n - 1]
        if span.end + 1 == here.start and text[span.end] in _JOINT and name not in ORDINARY:
            return True
    if n + 1 < len(matches):
        span, name = matches[n + 1]
        return here.end + 1 == span.start and text[here.end] in _JOINT and name not in ORDINARY
    return False
