"""A user's lexicon folders → what is wrong in them, what is doubtful, and what they replace, line by line."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from kg.lexicons import (
    FIRST_YEAR,
    FORBIDDEN,
    LAST_YEAR,
    Agency,
    OwnLexicons,
    Place,
    PolicyDocument,
    Program,
    Record,
    Row,
    read_own_lexicons,
    values,
)
from kg.texts.cleaning import clean

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}(?:〔\d{4}〕第?\d{1,4}号|令第?\d{1,4}号|令〔\d{4}〕第?\d{1,4}号)")
_LOOSE_NUMBER = re.compile(r"([\u4e00-\u9fff]{1,14})[〔\[【［（(〈]?(\d{4})[〕\]】］）)〉]?(第?)0*(\d{1,4})号?")
# Words of which any text is full; two of them side by side still name nothing.
_ORDINARY = re.compile(
    "(?:教育|教学|教师|学生|学校|校长|老师|家长|儿童|幼儿园|中小学|小学|初中|高中|大学|课程|课堂|德育|体育|艺术|安全|健康|"
    "工作|发展|改革|建设|管理|服务|活动|项目|工程|计划|行动|规划|制度|机制|政策|措施|方案|意见|办法|通知|文件|"
    "质量|水平|能力|经费|资金|队伍|人才|培训|学习|创新|创建|试点|示范|标准|均衡|城乡|农村|基础|全面|深化|推进|"
    "加强|提升|提高|实施|开展|落实|督导|评价|评估|考试|招生|资助|公平|优质|特色|信息化|现代化)+"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CONTEXT = re.compile("(?:我|本|全|该)[省市县区州]")
_SENTENCE = ("全市继续推进", "，取得新的进展。")


class Weight(StrEnum):
    """How much a finding matters: a fault must be mended, a warning is worth a look, a note tells what will happen."""

    FAULT = "fault"
    WARNING = "warning"
    NOTE = "note"


class Finding(NamedTuple):
    """One thing to know about one line."""

    where: str
    weight: Weight
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.weight}: {self.text}"


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything found in the folders, by file and line, and how many rows each file has."""

    findings: tuple[Finding, ...]
    rows: tuple[tuple[str, int], ...]  # (file, rows)

    def count(self, weight: Weight) -> int:
        return sum(found.weight is weight for found in self.findings)

    @property
    def is_usable(self) -> bool:
        """Whether there is nothing that must be mended."""
        return not self.count(Weight.FAULT)


class _Known:
    """The rows of all lexicons by kind and key, and by kind and name."""

    def __init__(self, own: OwnLexicons) -> None:
        self._keys: dict[tuple[type[Record], str], Row] = {}
        self._names: dict[tuple[type[Record], str], list[Row]] = defaultdict(list)
        for row in (row for rows in own.rows.values() for row in rows):
            self._keys[type(row.record), row.key] = row
            for name in _names(row.record):
                self._names[type(row.record), name].append(row)

    def row(self, kind: type[Record], key: str) -> Row | None:
        return self._keys.get((kind, key))

    def named(self, kind: type[Record], name: str) -> Sequence[Row]:
        """Those that have this very name or alias."""
        return self._names.get((kind, name), ())


def check_lexicons(folders: Sequence[Path]) -> Checked:
    """What is to be said of the folders, alone and beside the shipped lexicons."""
    own = read_own_lexicons(folders)
    known = _Known(own)
    findings = [Finding(fault.where, Weight.FAULT, fault.text) for fault in own.faults]
    findings += [finding for row in own.own for finding in _row_findings(row, known)]
    findings += [Finding(note.where, Weight.NOTE, note.text) for note in own.notes]
    findings += [Finding(row.where, Weight.NOTE, _replaces(row, before)) for row, before in own.replaced]
    rows = Counter(_file(row.where) for row in own.own)
    empty = {*own.files} - {*rows} - {_file(found.where) for found in findings if found.weight is Weight.FAULT}
    findings += [Finding(f"{file}:1", Weight.WARNING, "the file has no rows") for file in empty]
    return Checked(tuple(sorted(set(findings), key=_place)), tuple((file, rows[file]) for file in own.files))


def _file(where: str) -> str:
    return re.sub(r":\d+$", "", where)


def _place(finding: Finding) -> tuple[str, int, str, str]:
    line = finding.where.removeprefix(_file(finding.where)).removeprefix(":")
    return _file(finding.where), int(line or 0), finding.weight, finding.text


def _row_findings(row: Row, known: _Known) -> Iterator[Finding]:
    for fault in _row_faults(row, known):
        yield Finding(row.where, Weight.FAULT, fault)
    for warning in (*_name_warnings(row.record), *_time_warnings(row, known), *_reference_warnings(row, known)):
        yield Finding(row.where, Weight.WARNING, warning)


def _replaces(row: Row, before: Row) -> str:
    """What is no longer known, because an own row takes the place of the shipped one as a whole."""
    lost = [f.name for f in fields(row.record) if getattr(before.record, f.name) and not getattr(row.record, f.name)]
    told = f"; not known any more: {', '.join(lost)} (copy the cells that should stay)" if lost else ""
    return f"replaces the row of {before.title} in {before.where}{told}"


# --- faults ----------------------------------------------------------------------------------------------------------


def _row_faults(row: Row, known: _Known) -> Iterator[str]:
    record = row.record
    for name in _names(record):
        if (read := _as_cleaned(name)) != name and not FORBIDDEN & set(name):
            yield f"{name!r} can never match: cleaned text reads {read!r}; write it so"
    if isinstance(record, Program | PolicyDocument | Agency):
        for look_alike in record.never:
            if not any(name in look_alike for name in _names(record)):
                yield f"never {look_alike!r} holds none of the names of the row; take it out"
            elif hidden := known.named(type(record), look_alike):
                yield f"never {look_alike!r} would hide {hidden[0].title} ({hidden[0].where}); take it out"
    if isinstance(record, Program | PolicyDocument) and record.number and not _NUMBER.fullmatch(record.number):
        yield f"number {record.number!r} is no 文号{_proposal(record.number)}"


def _as_cleaned(name: str) -> str:
    """How a name reads in cleaned text, alone or inside a sentence."""
    before, after = _SENTENCE
    inside = clean(f"{before}{name}{after}")[0].removeprefix(before).removesuffix(after)
    return inside if inside != name else clean(name)[0] or name


def _proposal(number: str) -> str:
    """The number with the brackets of the state, where that is what is missing."""
    found = _LOOSE_NUMBER.fullmatch(number.replace(" ", ""))
    return f"; write {found[1]}〔{found[2]}〕{found[3]}{found[4]}号" if found else ", such as 国发〔2010〕41号"


def _names(record: Record) -> tuple[str, ...]:
    return tuple(filter(None, (record.name, *record.aliases)))


# --- warnings --------------------------------------------------------------------------------------------------------


def _name_warnings(record: Record) -> Iterator[str]:
    names = _names(record)
    for name, times in Counter(names).items():
        if times > 1:
            yield f"{name!r} is written twice in the row"
        if isinstance(record, Program | PolicyDocument | Agency):
            if len(bare := name.strip("“”‘’")) < 2 or (len(bare) < 4 and len(_HAN.findall(bare)) < 2):
                yield f"{name!r} is so short that it will be found inside other words; write it with what follows it"
            elif _CONTEXT.match(name):
                yield f"{name!r} names nothing outside its document; leave out the words that point to its place"
            elif is_ordinary(name):
                yield f"{name!r} is made of ordinary words and will be found where nothing is named; use a longer name"


def is_ordinary(name: str) -> bool:
    """Whether any text on education holds the words without naming anything: 教育工作, 教师培训计划; longer names are rarer."""
    return len(name) <= 6 and _ORDINARY.fullmatch(name) is not None


def _time_warnings(row: Row, known: _Known) -> Iterator[str]:
    record = row.record
    if isinstance(record, Program | PolicyDocument):
        column, year = _first_year(record)
        before = known.row(type(record), record.predecessor)
        then = _first_year(before.record)[1] if before is not None else None  # type: ignore[arg-type]
        if year and then and year < then:
            yield f"{column} {year} lies before that of its predecessor {record.predecessor} ({then})"
        numbered = re.search(r"〔(\d{4})〕", record.number)
        if isinstance(record, PolicyDocument) and year and numbered and year - int(numbered[1]) not in (0, 1):
            yield f"year {year} does not go with the number {record.number}"


def _first_year(record: Program | PolicyDocument) -> tuple[str, int | None]:
    return ("since", record.since) if isinstance(record, Program) else ("year", record.year)


def _reference_warnings(row: Row, known: _Known) -> Iterator[str]:
    """Names of other rows that no lexicon knows, where a build can do without; and a place that is there already."""
    record = row.record
    if isinstance(record, PolicyDocument) and record.predecessor:
        if known.row(PolicyDocument, record.predecessor) is None:
            yield f"its predecessor {record.predecessor!r} is no document of the file"
    elif isinstance(record, Agency):
        for predecessor in values(record.predecessor):
            if known.row(Agency, predecessor) is None:
                yield f"its predecessor {predecessor!r} is no agency of the file"
    elif isinstance(record, Place):
        for other in known.named(Place, record.name):
            if other.key != row.key and other.record.name == record.name and _beside(other.record, record):
                yield f"{record.name} is there already with the id {other.key}; use that id, or give years of validity"


def _beside(one: Record, other: Record) -> bool:
    """Whether two places lie in one parent at one time."""
    assert isinstance(one, Place)
    assert isinstance(other, Place)
    starts = max(one.valid_from or FIRST_YEAR, other.valid_from or FIRST_YEAR)
    return one.parent == other.parent and starts < min(one.valid_to or LAST_YEAR, other.valid_to or LAST_YEAR)
