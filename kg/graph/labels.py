"""The strings by which a file mentions a thing → those that name it in every document: its alternative labels.

我市, 市教育局, 该计划, 《实施意见》 name nobody outside their document and are never labels.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from kg.model import Entity, Kind
from kg.patterns import regex

_PAIRS = {"《": "》", "“": "”", "‘": "’", "「": "」", "『": "』", "〈": "〉", '"': '"'}
_POINTING = regex("该|其|此|上述|本(?!科|土|硕|级)|我(?!爱)|各地|全(?:省|市|县|区|州|乡|镇|校|系统)(?!域)")
_BODY_IN_CONTEXT = regex("(?:我|全(?!国)|本|该|各|其|当地)|(?:中共)?(?:省|市|县|区|州)")
_GENERIC = regex(
    "(?:实施|指导|若干|工作|行动|试行|管理|暂行|试点|专项|上级|有关|相关)*"
    "(?:意见|方案|通知|计划|规划|办法|规定|条例|纲要|决定|细则|标准|要点|规程|法|文件|精神|"
    "工程|项目|行动|活动|试点|改革|制度|机制|政策|模式|战略)"
)
_TIERS = "省市县区州"
_MOST_FORMS = 10_000  # that are remembered: documents call the same things by the same forms


def lasting_forms(entity: Entity, forms: Iterable[str]) -> list[str]:
    """The forms, out of their quotation marks, that name `entity` for good, besides its name and number; sorted."""
    names = {name for form in forms if (name := _lasting(form, entity.kind, entity.name))}
    return sorted(names - {entity.name, entity.number})


@lru_cache(_MOST_FORMS)
def _lasting(form: str, kind: Kind, name: str) -> str:
    """The form out of its quotation marks; empty where it does not name for good what has this kind and name."""
    bare = without_outer_quotes(form)
    return bare if _names_for_good(bare, kind, name) else ""


def without_outer_quotes(form: str) -> str:
    """《民办教育促进法》 → 民办教育促进法; “2+1”项目 stays, since its quotes do not enclose the whole."""
    form = form.strip()
    while len(form) > 2 and _encloses(form):
        form = form[1:-1].strip()
    return form


def _encloses(form: str) -> bool:
    opening, closing = form[0], _PAIRS.get(form[0])
    if closing is None or form[-1] != closing:
        return False
    depth = 0
    for at, sign in enumerate(form[:-1]):
        if sign == opening and (opening != closing or at == 0):
            depth += 1
        elif sign == closing:
            depth -= 1
        if depth == 0:
            return False
    return True


def _names_for_good(form: str, kind: Kind, name: str) -> bool:
    if len(form) < 2:
        return False
    if kind is Kind.PLACE and name.startswith(form):
        return True  # 全椒 for 全椒县 only looks like 全…
    if kind in (Kind.PLACE, Kind.AGENCY, Kind.ORGANIZATION):
        return not _BODY_IN_CONTEXT.match(form)
    if form[0] in _TIERS and name.endswith(form[1:]) and not name.endswith(form):
        return False  # 市教育发展规划: of which city?
    return not (_POINTING.match(form) or _GENERIC.fullmatch(form))
