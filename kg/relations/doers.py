"""An act in its sentence → the governments that do it: those named, those below that are helped, or the part's own."""

from __future__ import annotations

from typing import NamedTuple

from kg.entities.acts import Act
from kg.model import Entity, Kind, Mention
from kg.patterns import regex
from kg.relations.scene import Scene
from kg.relations.signed import signed

NAMED, HELPED, OWN = "named-place-", "helped-place-", "place-"  # how the rules' names open

_SOMEWHERE = regex(r"外省|外地|兄弟[省市县区]|周边[省市县区]|一些地方|部分[省市地]|其他[省市县地]|各地(?:普遍|纷纷)")
_HELPING = regex(r"(?:支持|指导|帮助|推动|鼓励|督促|协助|确保|引导)$")
_DOES = regex(
    r"(?:等[^，。；]{0,6}?)?(?:率先|开展|实施|创建|推进|推行|争创|建设|建立|申报|完成|通过|成功|先行|探索|试点|做好|抓好)"
)
_NATION_ACTS = signed(r"(?:国家|(?<!在)(?<!于)全国|中央)[^，。；]{0,4}$", signs="国家 全国 中央")
_A_SCHOOL = signed(
    r"(?:全校|该校|我校|本校|该园|我园|(?:^|(?<=[，。；]))学校)(?:已|要|还|也|又|先后|全面|积极|率先)*$", signs="校 园"
)
_BY_MEANS_OF = regex(r"(?:依托|与|和|同|在|对|组织|支持|指导|推动|帮助|委托|联合|由|让|引进|为|向)$")


class Doers(NamedTuple):
    """Who does an act, and how the sentence tells it: NAMED, HELPED, or OWN (the part's, of whom nothing is said)."""

    sort: str
    places: tuple[Entity | None, ...]


def doers_of(scene: Scene, at: int, act: Act | None) -> Doers | None:
    """Who does what begins at this character; None where others do it: the nation, a school, another government."""
    start = scene.clause(at).start
    if _nation_acts(scene, start, at) or _school_acts(scene, start, at):
        return None
    subjects = [m for m in scene.subjects_before(at) if m.span.end <= at]
    named = [scene.government(m) for m in subjects if m.kind == Kind.PLACE or _is_office_below(scene, m)]
    if named and None not in named:
        return Doers(NAMED, tuple(named))
    own = scene.part.place.id if scene.part.place else ""
    agencies = [m.entity for m in subjects if m.kind == Kind.AGENCY and m.entity]
    if agencies and all(agency.jurisdiction != own for agency in agencies):
        return None  # another government's act is the background of this one
    if act is not None and (helped := _helped(scene, act)):
        return Doers(HELPED, helped)
    if not subjects and (scene.opens_with_others(at) or _SOMEWHERE.search(scene.text, start, at)):
        return None
    return Doers(OWN, (scene.part.place,))


def owners_of(scene: Scene, program: Mention) -> list[Entity]:
    """大英县 in 总结完善大英县“县管校聘”改革机制: the places directly before the programme that lie below the part's."""
    for place in scene.of(Kind.PLACE):
        gap = scene.text[place.span.end : program.span.start].strip("“")
        if place.span.end <= program.span.start and gap in ("", "的", "教师", "推进", "实施", "开展"):
            listed = [m.entity for m in scene.list_ending_with(place) if m.entity is not None]
            if all(is_below(scene, owner) for owner in listed):
                return listed
    return []


def located_below(scene: Scene, at: int) -> list[Entity]:
    """The places below the part's in which something is done, in the clause of this character."""
    return [m.entity for m in scene.located(at) if m.kind == Kind.PLACE and m.entity and is_below(scene, m.entity)]


def is_below(scene: Scene, place: Entity) -> bool:
    """Whether the place lies below the part's: what a superior or a stranger has is not adopted here."""
    own = scene.part.place
    return own is not None and place.id != own.id and scene.within(place, own.id)


def _is_office_below(scene: Scene, agency: Mention) -> bool:
    """Whether it is the office of a place below the part's, which acts for that place."""
    place = scene.government(agency)
    return agency.kind == Kind.AGENCY and place is not None and is_below(scene, place)


def _helped(scene: Scene, act: Act) -> tuple[Entity, ...]:
    """A区、B区 in 支持A区、B区创建…: the places below that are helped to do it."""
    listed = scene.list_at(act.object.start) if _HELPING.search(act.verbs) else ()
    if not listed:
        return ()
    places = tuple(m.entity for m in listed if m.entity is not None and m.kind is Kind.PLACE)
    if len(places) < len(listed) or not all(is_below(scene, place) for place in places):
        return ()
    return places if _DOES.match(scene.text, listed[-1].span.end) else ()


def _nation_acts(scene: Scene, start: int, at: int) -> bool:
    """国家实施X in the text of a city, where the clause of X begins at `start`."""
    told = _NATION_ACTS.search(scene.text[start:at]) is not None
    return told and not scene.is_of_the_nation


def _school_acts(scene: Scene, start: int, at: int) -> bool:
    """清华大学实施“强基计划” is no act of the government whose text says so; 依托北京大学举办 is."""
    if _A_SCHOOL.search(scene.text, start, at):
        return True
    for school in scene.of(Kind.ORGANIZATION):
        opens = not _BY_MEANS_OF.search(scene.text[start : school.span.start])
        if start <= school.span.start and school.span.end <= at and opens and at - school.span.end <= 2:
            return True
    return False
