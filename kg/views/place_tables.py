"""Two places side by side → lines in words, tables for the terminal, and one table of everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.comparison.records import First, GoalPair, OwnProgram, PlaceComparison, Said, SharedDocument, SharedProgram
from kg.views.comparison_words import amount_text, first_text, source_text, who_text
from kg.views.plan_tables import Section
from kg.views.tables import Table
from kg.views.words import STATUSES

COLUMNS = (
    "类别",
    "名称",
    "一",
    "二",
    "先后",
    "一句",
    "一文件",
    "一部分",
    "二句",
    "二文件",
    "二部分",
    "一编号",
    "二编号",
)
SHARED, ONLY_ONE, ONLY_OTHER, DOCUMENTS, GOALS = "共有项目", "仅一有", "仅二有", "共同落实", "相同指标"
Cells = tuple[str, ...]


def place_table(found: PlaceComparison) -> Table:
    """One row for each shared programme, each of one place only, each shared document and each pair of figures.

    一 is the place that was asked for, 二 the one it is compared with.
    """
    return Table(COLUMNS, tuple(_rows(found)))


def place_sections(found: PlaceComparison) -> tuple[Section, ...]:
    """The same for a reader at a terminal, the columns called by the places."""
    table = place_table(found)
    one, other = found.one.name, found.other.name
    both, mine, its = (
        ("名称", "一", "二", "先后", "一句", "二句"),
        ("名称", "一", "一句", "一文件"),
        ("名称", "二", "二句", "二文件"),
    )
    sections = (
        Section("两地都有的项目（各自首见的年份）", _part(found, table, SHARED, both)),
        Section("两地都落实的上级文件或项目", _part(found, table, DOCUMENTS, (*both[:3], *both[4:]))),
        Section("同年可比的指标", _part(found, table, GOALS, (*both[:3], *both[4:]))),
        Section(f"只在{one}见到的项目", _part(found, table, ONLY_ONE, mine)),
        Section(f"只在{other}见到的项目", _part(found, table, ONLY_OTHER, its)),
    )
    return tuple(section for section in sections if section.table.rows)


def place_summary(found: PlaceComparison) -> list[str]:
    """What was read of each, what they share, who was first, and what silence means."""
    one, other = found.one.name, found.other.name
    span = f"，{'–'.join(map(str, dict.fromkeys(found.years)))}年" if found.years else ""
    firsts = Counter(who_text(shared.who, found.one, found.other) for shared in found.shared)
    order = [name for name in dict.fromkeys((one, other, "同年", "不能确定")) if firsts[name]]
    return [
        f"{one}与{other}{span}",
        f"读过的文件：{_read(found, 0)}；{_read(found, 1)}",
        f"共有项目 {len(found.shared)} 项"
        + (f"，先行者：{'、'.join(f'{name} {firsts[name]}' for name in order)}" if found.shared else ""),
        f"只在{one}见到 {len(found.only_one)} 项，只在{other}见到 {len(found.only_other)} 项；"
        f"共同落实 {len(found.documents)} 件；同年可比的指标 {len(found.goals)} 对",
        "≤ 表示实际可能更早，“计划”表示只见于计划；两地年份的范围有重叠时先后不能确定。只见于一地，可能只是另一地的文件没有读到。",
    ]


def _read(found: PlaceComparison, which: int) -> str:
    place = (found.one, found.other)[which]
    years = sorted({source.year for source in found.sources[which] if source.year is not None})
    if not found.sources[which]:
        return f"{place.name}没有自己的文件，只见于别处的文件"
    return f"{place.name} {len(found.sources[which])} 篇（{'、'.join(map(str, years)) or '年份不详'}）"


def _part(found: PlaceComparison, table: Table, kind: str, columns: tuple[str, ...]) -> Table:
    chosen = Table(table.columns, tuple(row for row in table.rows if row[0] == kind)).only(*columns)
    names = {"一": found.one.name, "二": found.other.name}
    titles = tuple(names[column[0]] + column[1:] if column[0] in names else column for column in columns)
    return Table(titles, chosen.rows)


def _rows(found: PlaceComparison) -> Iterator[Cells]:
    yield from (_shared_row(shared, found) for shared in found.shared)
    yield from map(_document_row, found.documents)
    yield from map(_goal_row, found.goals)
    yield from (_own_row(ONLY_ONE, own) for own in found.only_one)
    yield from (_own_row(ONLY_OTHER, own) for own in found.only_other)


def _shared_row(shared: SharedProgram, found: PlaceComparison) -> Cells:
    return (
        SHARED,
        shared.thing.name,
        _told(shared.one),
        _told(shared.other),
        who_text(shared.who, found.one, found.other),
        *_where(shared.one.said),
        *_where(shared.other.said),
        shared.one.said.claim,
        shared.other.said.claim,
    )


def _own_row(kind: str, own: OwnProgram) -> Cells:
    told, where, claim = _told(own.first), _where(own.first.said), own.first.said.claim
    if kind == ONLY_ONE:
        return kind, own.thing.name, told, "", "", *where, *[""] * 3, claim, ""
    return kind, own.thing.name, "", told, "", *[""] * 3, *where, "", claim


def _document_row(shared: SharedDocument) -> Cells:
    one, other = shared.one, shared.other
    return (
        DOCUMENTS,
        shared.thing.name,
        _year(one),
        _year(other),
        "",
        *_where(one),
        *_where(other),
        one.claim,
        other.claim,
    )


def _goal_row(pair: GoalPair) -> Cells:
    name = pair.one.indicator + ("（计划）" if pair.planned else "（已报告）")
    return (
        GOALS,
        name,
        amount_text(pair.one),
        amount_text(pair.other, pair.one),
        "",
        *_where(pair.one.said),
        *_where(pair.other.said),
        pair.one.said.claim,
        pair.other.said.claim,
    )


def _told(first: First) -> str:
    """`≤2013 持续推进`, `2014（计划）`"""
    return first_text(first) + (f" {STATUSES[first.said.status or '']}" if not first.planned else "")


def _year(said: Said) -> str:
    return str(said.year) if said.year is not None else ""


def _where(said: Said) -> Cells:
    return said.sentence, said.source.file, source_text(said.source)
