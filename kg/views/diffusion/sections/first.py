"""A study of one programme → who was first and how likely, how late the others were, and which way it went."""

from __future__ import annotations

import math
from statistics import median

from kg.diffusion.adoptions import Adoption
from kg.diffusion.ways.direction import Direction, Type, direction
from kg.diffusion.ways.firsts import Firsts, Placing, firsts
from kg.diffusion.ways.lags import LevelLags, by_level, lags
from kg.diffusion.ways.order import Order
from kg.pictures.palette import LEVEL_NAMES
from kg.views.diffusion.sections.basis import figure, term, who
from kg.views.diffusion.sections.study import Study, paragraph, section, table
from kg.views.diffusion.sections.words import TYPES, interval_text

SHOWN = 15
EVENTS = {"first": "首个采纳者", "superior": "已采纳的上级", "document": "创始文件"}


def first(study: Study) -> str:
    """Rank table with the probability of being the first; lags by level."""
    if study.program is None or not study.history.adoptions:
        return ""
    found = firsts(study.history, study.program.id)
    return section("first", "谁最先", paragraph(_told(study, found)), _ranks(study, found), _lags(study))


def headline(study: Study) -> str:
    """For the summary: the likeliest first, the median lag behind the first, the direction."""
    if study.program is None or not study.history.adoptions:
        return ""
    found = firsts(study.history, study.program.id)
    known = [one for one in lags(study.history, study.program.id) if one.first.years is not None]
    told = ""
    if (likeliest := _likeliest(found)) and len(found.placings) > 1:
        some = [p.adoption for p in likeliest]
        chance = study.on(f"{likeliest[0].first or 0:.2f}", some)
        told += f"最可能最先的是{study.names(some, 5)}（{'各' if len(some) > 1 else ''}概率{chance}，{_link('first', '假定见下')}）。"
    if len(known) > 1:
        middle = median(one.first.years or 0.0 for one in known)
        told += f"相对首个记录，采纳的中位滞后为{study.on(f'{middle:g}', [one.adoption for one in known])}年。"
    verdict = direction(study.history, study.program.id, study.origins.get(study.program.id))
    return told + f"扩散方向：{TYPES[verdict.type]}（{_link('direction', '依据')}）。"


def _link(anchor: str, words: str) -> str:
    return f'<a href="#{anchor}">{words}</a>'


def _likeliest(found: Firsts) -> list[Placing]:
    """Those with the greatest probability of having been the first."""
    known = [p for p in found.placings if p.first is not None]
    greatest = max((p.first or 0.0 for p in known), default=0.0)
    return [p for p in known if greatest > 0 and abs((p.first or 0.0) - greatest) < 1e-9]


def _told(study: Study, found: Firsts) -> str:
    some = [p.adoption for p in found.candidates]
    if not some:
        return "没有带年份的采纳，无从判断先后。"
    told = f"按年份的区间，可能最先的有{study.count(some)}个地方"
    if likeliest := [p.adoption for p in _likeliest(found)]:
        chance = study.on(f"{_likeliest(found)[0].first or 0:.2f}", likeliest)
        told += f"，其中概率最高的是{study.names(likeliest, 5)}（{'各' if len(likeliest) > 1 else ''}{chance}）"
    told += "。概率假定各地在其区间内任一时刻采纳的可能相同且彼此独立。"
    if found.floor is not None:
        told += f"起点不明的区间从{study.on(f'{found.floor + 1:g}', some)}年算起（{_assumption(found)}）。"
    if found.unread:
        told += f"另有{figure(found.unread, 'coverage')}个地方在那以前没有读到文件，可能更早。"
    return told


def _assumption(found: Firsts) -> str:
    if "founding document" in found.assumption:
        return "创始文件的年份"
    return "最早确知的采纳者" if "earliest" in found.assumption else "用户所给"


def _ranks(study: Study, found: Firsts) -> str:
    def cells(placing: Placing) -> tuple[str, ...]:
        mine: list[Adoption] = [placing.adoption]
        chance = "—" if placing.first is None else f"{placing.first:.3f}"
        return (
            study.on(placing.rank if placing.rank is not None else "—", mine),
            who(study.name(placing.unit)),
            LEVEL_NAMES[study.history.unit[placing.unit].level],
            study.on(interval_text(placing.adoption), mine),
            study.on(f"{placing.best}–{placing.worst}", mine),
            study.on(chance, mine),
            study.on(f"{placing.first_low:.2f}–{placing.first_high:.2f}", mine),
        )

    columns = ("名次", "地方", "层级", "年份", "可能的名次", "最先的概率", "概率的界限")
    shown = found.placings[:SHOWN]
    more = len(found.placings) - len(shown)
    rest = f"其余{study.on(more, [p.adoption for p in found.placings[SHOWN:]])}个见数据表。" if more else ""
    return table("名次（同年并列；界限不作起点假定）", columns, map(cells, shown), (0, 3, 4, 5, 6)) + paragraph(rest)


def _lags(study: Study) -> str:
    assert study.program is not None
    every = lags(study.history, study.program.id)

    def cells(row: LevelLags) -> tuple[str, ...]:
        mine = [one.adoption for one in every if one.level is row.level]
        median = "—" if row.median is None else f"{row.median:g}"
        between = f"{_open(row.median_lower)}至{_open(row.median_upper)}"
        numbers = (row.units, row.before, row.after, row.undetermined, median, between)
        return (LEVEL_NAMES[row.level], EVENTS[row.event], *(study.on(number, mine) for number in numbers))

    columns = ("层级", "相对于", "地方数", "早于", "晚于", "无法判定", "中位滞后（年）", "中位数的界限")
    return table("滞后：按记录年份之差，及区间所允许的界限", columns, map(cells, by_level(every)), range(2, 8))


def _open(years: float) -> str:
    return "不限" if math.isinf(years) else f"{years:g}"


def direction_section(study: Study) -> str:
    """Bottom-up, top-down, both, or not to be told, with the pairs that say so."""
    if study.program is None or not study.history.adoptions:
        return ""
    found = direction(study.history, study.program.id, study.origins.get(study.program.id))
    return section("direction", "扩散的方向", paragraph(_verdict(study, found)))


def _verdict(study: Study, found: Direction) -> str:
    assert study.program is not None
    of = {a.unit: a for a in study.history.by_program[study.program.id]}

    def some(order: Order | None) -> list[Adoption]:
        return [of[pair.unit] for pair in found.pairs if pair.unit in of and order in (None, pair.order)]

    told = f"类型：{TYPES[found.type]}。"
    if found.type is Type.UNDETERMINED and found.possible:
        told += f"区间允许的类型：{'、'.join(TYPES[type_] for type_ in found.possible)}。"
    if found.pairs:
        told += f"{study.count(some(None))}个采纳者的上级有采纳记录或发布了创始文件：{study.count(some(Order.AFTER))}个确在上级之后，"
        told += f"{study.count(some(Order.BEFORE))}个确在上级之前，{study.count(some(Order.UNDETERMINED))}个因同年或只知上限而无法判定。"
    told += _others(study, found.alone, "个采纳者的上级读到了文件而未见采纳。", of)
    told += _others(study, found.uncovered, "个采纳者的上级没有读到文件。", of)
    return told + f"判定标准：至少{term('九成')}的配对同向；先后不证明影响。"


def _others(study: Study, units: tuple[str, ...], words: str, of: dict[str, Adoption]) -> str:
    return f"{study.count([of[u] for u in units if u in of])}{words}" if units else ""
