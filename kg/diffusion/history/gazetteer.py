"""Units of somebody's own table → the same with level, superior, province, code and coordinates of the places they name.

A name that fits several places stays as it is, unless the table's own level, province or code tells which is meant; what
the table says of a unit is never changed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.diffusion.adoptions import Unit
from kg.lexicons import Place, load_lexicons
from kg.model import Level

_CHINESE = re.compile("[一-鿿]")
_CODED = re.compile(r"(.+)[（(](\d{6})[）)]")  # 鼓楼区（320106）, as our own tables write it
_ENDINGS = ("省", "市", "自治区", "县", "区")  # 大连 is 大连市


def placed(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units, completed where a name means one place in force; `superior` and `province` are units of the table, if there."""
    if not any(_CHINESE.search(unit.name) for unit in units):
        return tuple(units)
    gazetteer = _Gazetteer(load_lexicons().places)
    found = {unit.id: place for unit in units if (place := gazetteer.meant(unit)) is not None}
    own = {place.id: unit for unit, place in found.items()}
    for unit in units:  # as the table spells its provinces
        if unit.province and unit.id in found and (above := gazetteer.province(found[unit.id])) is not None:
            own.setdefault(above.id, unit.province)
    return tuple(_completed(unit, found[unit.id], gazetteer, own) if unit.id in found else unit for unit in units)


def _completed(unit: Unit, place: Place, gazetteer: _Gazetteer, own: Mapping[str, str]) -> Unit:
    parent, province = gazetteer.by_id.get(place.parent), gazetteer.province(place)
    return replace(
        unit,
        level=unit.level or (Level(place.level) if place.level else None),
        superior=unit.superior or (own.get(parent.id, parent.name) if parent else ""),
        province=unit.province or (own.get(province.id, province.name) if province else ""),
        code=unit.code or place.code,
        lon=place.lon if unit.lon is None else unit.lon,
        lat=place.lat if unit.lat is None else unit.lat,
    )


class _Gazetteer:
    """The places in force by every name that a table may give them."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_id = {place.id: place for place in places if place.valid_to is None}
        self._named: dict[str, list[Place]] = defaultdict(list)
        for place in self.by_id.values():
            for name in {*self._names(place)}:
                self._named[name].append(place)

    def meant(self, unit: Unit) -> Place | None:
        """The one place that a unit's name means, with what else the table says of it."""
        coded = _CODED.fullmatch(unit.name)
        name, code = (coded[1], coded[2]) if coded else (unit.name, unit.code)
        found = self._named.get(name) or [p for ending in _ENDINGS for p in self._named.get(name + ending, ())]
        fitting = [place for place in found if self._fits(place, unit, code)]
        return fitting[0] if len(fitting) == 1 else None

    def province(self, place: Place) -> Place | None:
        """The province of a place, or itself."""
        return next((above for above in self._line(place) if above.level == Level.PROVINCE), None)

    def _fits(self, place: Place, unit: Unit, code: str) -> bool:
        if code and place.code != code:
            return False
        if unit.level is not None and place.level != unit.level:
            return False
        above = [above.name for above in self._line(place)]
        named = (unit.province, unit.superior)
        return all(any(name.startswith(said) for name in above) for said in named if _CHINESE.search(said))

    def _names(self, place: Place) -> Iterator[str]:
        yield from (place.name, *place.aliases)
        for above in self._line(place):
            if above is not place and above.level != Level.NATION:
                yield above.name + place.name  # 南京市鼓楼区

    def _line(self, place: Place) -> Iterator[Place]:
        above: Place | None = place
        while above is not None:
            yield above
            above = self.by_id.get(above.parent)
