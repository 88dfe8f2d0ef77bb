"""data/lexicons/*.csv → Lexicons, with every bad line reported at once.

The files are CSV because scholars edit them in a spreadsheet. Inside a cell `|` separates several values; an empty cell
means "not known". `never` holds look-alikes: strings that contain a name but do not mean it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from kg.errors import LexiconError
from kg.lexicon_files import SAVE_AS, Fault, Line, Sheet, did_you_mean, read_sheet
from kg.model import Entity, Kind, Level
from kg.patterns import regex
from kg.resources import shipped


@dataclass(frozen=True, slots=True)
class Program:
    """A public programme that documents of many places name (programmes.csv). `name` is its identity."""

    name: str
    en: str = ""
    aliases: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    level: str = ""  # the tier that founded it, a Level value
    since: int | None = None  # first year
    issuer: str = ""  # founding agency, canonical name
    document: str = ""  # founding document, canonical name
    number: str = ""  # its 文号
    predecessor: str = ""  # name of a programme of this file
    whole: str = ""  # name of the programme that this is a component of
    groups: tuple[str, ...] = ()  # whom it is for
    source: str = ""

    @property
    def entity(self) -> Entity:
        return Entity(Kind.PROGRAM, f"program/{self.name}", self.name, in_lexicon=True)


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """A law or national document that local texts cite (documents.csv)."""

    name: str
    aliases: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    level: str = ""
    year: int | None = None  # year of issue (of the first version, for a law)
    issuer: str = ""
    number: str = ""
    predecessor: str = ""
    source: str = ""

    @property
    def entity(self) -> Entity:
        return Entity(
            Kind.POLICY_DOCUMENT, f"policy-document/{self.name}", self.name, in_lexicon=True, number=self.number or None
        )


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative or functional area of a certain time (places.csv)."""

    id: str  # 210200; 420600-1981 for a superseded holder; 金州新区@大连市 where there is no code
    name: str  # full official name of its time, without ancestors
    aliases: tuple[str, ...] = ()  # irregular short forms; 大连 for 大连市 is derived
    code: str = ""
    parent: str = ""  # id
    level: str = ""
    lon: float | None = None
    lat: float | None = None
    valid_from: int | None = None
    valid_to: int | None = None  # last year of validity; empty while valid
    successors: tuple[str, ...] = ()  # ids
    source: str = ""

    @property
    def entity(self) -> Entity:
        return _place_entity(self.id, self.name)


@lru_cache(maxsize=4096)
def _place_entity(id: str, name: str) -> Entity:
    return Entity(Kind.PLACE, f"place/{id}", name, in_lexicon=True)


@dataclass(frozen=True, slots=True)
class Agency:
    """A central body that is not place × organ (agencies.csv): 教育部, 国务院办公厅."""

    name: str
    aliases: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    valid_from: int | None = None
    valid_to: int | None = None
    predecessor: str = ""
    source: str = ""

    @property
    def entity(self) -> Entity:
        return Entity(Kind.AGENCY, f"agency/{self.name}", self.name, in_lexicon=True, jurisdiction="place/中国")


@dataclass(frozen=True, slots=True)
class Organ:
    """An office that every government of some tier has (organs.csv): 教育局; with a place it names an agency."""

    name: str  # 教育局, 人民政府, 市委教育工作委员会 without its place
    aliases: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    party: bool = False  # 中共X委员会: the full name opens with 中共


@dataclass(frozen=True, slots=True)
class Lexicons:
    """All lexicons, in file order."""

    programs: tuple[Program, ...]
    documents: tuple[PolicyDocument, ...]
    places: tuple[Place, ...]
    agencies: tuple[Agency, ...]
    organs: tuple[Organ, ...]


Record = Program | PolicyDocument | Place | Agency | Organ
FILES: dict[str, type[Record]] = {
    "programmes.csv": Program,
    "documents.csv": PolicyDocument,
    "places.csv": Place,
    "agencies.csv": Agency,
    "organs.csv": Organ,
}
SORTS = {Program: "programme", PolicyDocument: "document", Place: "place", Agency: "agency", Organ: "organ"}
FORBIDDEN = set(' \t\r\n\u3000"()<>[],:;!?｜\ufffd')  # cleaned text has none of these between Chinese characters
FIRST_YEAR, LAST_YEAR = 1900, 2100
LEVELS = frozenset(Level)
_YEAR, _DEGREE = regex("[0-9]{4}"), regex(r"-?[0-9]{1,3}(\.[0-9]+)?")
_DEGREES = {"lon": 180, "lat": 90}


class Row(NamedTuple):
    """A record and the line that it stands in."""

    where: str  # own/programmes.csv:12
    record: Record

    @property
    def key(self) -> str:
        return self.record.id if isinstance(self.record, Place) else self.record.name

    @property
    def title(self) -> str:
        return f"{SORTS[type(self.record)]} {self.record.name}"


Rows = Mapping[str, Sequence[Row]]  # by the name of the file


@dataclass(frozen=True, slots=True)
class OwnLexicons:
    """What a user's folders say, and how it stands to the shipped lexicons."""

    rows: Rows  # shipped and own, an own row in the place of the shipped row of its key
    own: tuple[Row, ...]
    replaced: tuple[tuple[Row, Row], ...]  # (own row, the row whose place it took)
    files: tuple[str, ...]  # as the user named them
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]

    @property
    def lexicons(self) -> Lexicons:
        """Both together; raises LexiconError with all faults of all files."""
        return _checked(self.rows, self.faults)


@cache
def load_lexicons() -> Lexicons:
    """The lexicons that come with the package; raises LexiconError with all faults of all files."""
    return read_lexicons(shipped("data", "lexicons"))


def read_lexicons(folder: Traversable) -> Lexicons:
    """The lexicons of `folder`, which holds all five files; raises LexiconError with all faults of all files."""
    rows, faults = _read_folder(folder)
    return _checked(rows, faults)


def with_own_lexicons(folders: Sequence[Path]) -> Lexicons:
    """The shipped lexicons and a user's own: any of the five files, in which a row replaces the shipped row of its key.

    Raises LexiconError with all faults of all files.
    """
    return read_own_lexicons(folders).lexicons


def read_own_lexicons(folders: Sequence[Path]) -> OwnLexicons:
    """What the folders of a user say; of two rows with one key the later folder's counts."""
    merged = {name: {row.key: row for row in rows} for name, rows in _shipped_rows().items()}
    own: list[Row] = []
    replaced: list[tuple[Row, Row]] = []
    files: list[str] = []
    faults: list[Fault] = []
    notes: list[Fault] = []
    for folder in folders:
        faults += _folder_faults(folder)
        for name in (name for name in FILES if (folder / name).is_file()):
            sheet, rows = _read_file(folder / name, str(folder / name), FILES[name])
            replaced += [(row, merged[name][row.key]) for row in rows if row.key in merged[name]]
            merged[name].update({row.key: row for row in rows})
            own += rows
            files.append(str(folder / name))
            faults += sheet.faults
            notes += sheet.notes
    rows_by_file = {name: tuple(rows.values()) for name, rows in merged.items()}
    faults += cross_faults(rows_by_file)
    return OwnLexicons(rows_by_file, tuple(own), tuple(replaced), tuple(files), tuple(faults), tuple(notes))


@cache
def _shipped_rows() -> Rows:
    return _read_folder(shipped("data", "lexicons"))[0]


def _read_folder(folder: Traversable) -> tuple[Rows, tuple[Fault, ...]]:
    read = {name: _read_file(folder.joinpath(name), name, kind) for name, kind in FILES.items()}
    rows = {name: of_file for name, (_, of_file) in read.items()}
    return rows, (*(fault for sheet, _ in read.values() for fault in sheet.faults), *cross_faults(rows))


def _checked(rows: Rows, faults: Sequence[Fault]) -> Lexicons:
    if faults:
        raise LexiconError([str(fault) for fault in faults])
    return Lexicons(*(tuple(row.record for row in rows[name]) for name in FILES))  # type: ignore[arg-type]


def _folder_faults(folder: Path) -> Iterator[Fault]:
    """A folder that is none or holds no lexicon, and files whose name or form keeps them from being read."""
    from difflib import get_close_matches

    if not folder.is_dir():
        what = "is a file; give the folder that holds it" if folder.exists() else "does not exist"
        yield Fault(str(folder), f"the lexicon folder {what}")
        return
    stems = {name.removesuffix(".csv"): name for name in FILES}
    names = sorted(path.name for path in folder.iterdir())
    for name in names:
        stem, _, ending = name.lower().rpartition(".")
        near = get_close_matches(stem, stems, n=1, cutoff=0.7)
        if ending in ("xlsx", "xls", "et", "numbers"):
            yield Fault(str(folder / name), f"this is a workbook and is not read; {SAVE_AS}")
        elif near and ending in ("csv", "tsv", "txt") and name not in FILES:
            yield Fault(str(folder / name), f"a file of this name is not read; name it {stems[near[0]]}")
    if not {*names} & {*FILES}:
        yield Fault(str(folder), f"the folder holds none of {', '.join(FILES)}")


# --- one file --------------------------------------------------------------------------------------------------------


def _read_file(path: Traversable, file: str, kind: type[Record]) -> tuple[Sheet, tuple[Row, ...]]:
    """The sheet, with the faults of its cells added, and its rows; a cell with a fault counts as unknown."""
    types = {f.name: str(f.type) for f in fields(kind)}
    needed = [name for name in types if name in ("id", "name")]
    try:
        sheet = read_sheet(path.read_bytes(), file, tuple(types), needed)
    except OSError as fault:
        return Sheet(faults=(Fault(file, f"the file cannot be read ({fault.strerror or fault})"),)), ()
    faults = list(sheet.faults)
    rows: list[Row] = []
    seen: dict[str, str] = {}
    make: Callable[..., Record] = kind
    for where, cells in sheet.lines:
        line = Line(where, {name: text for name, text in cells.items() if text or name in needed})
        bad = dict(_cell_faults(line, types))
        told = [*_name_faults(line), *bad.values()]
        key = line.cells[needed[0]]
        if key and (before := seen.setdefault(key, line.where)) != line.where:
            told.append(f"{needed[0]} {key!r} stands in line {before.rpartition(':')[2]} already")
        rows.append(Row(line.where, make(**{n: _cell(t, types[n]) for n, t in line.cells.items() if n not in bad})))
        faults += [Fault(line.where, text) for text in told]
    return Sheet(sheet.columns, sheet.lines, tuple(faults), sheet.notes), tuple(rows)


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell: a|b."""
    return tuple(part for part in map(str.strip, cell.split("|")) if part)


def _cell(text: str, type_name: str) -> object:
    if type_name == "str":
        return text
    if type_name.startswith("tuple"):
        return values(text)
    if type_name == "bool":
        return text == "yes"
    if type_name.startswith("int"):
        return int(text) if text else None
    if type_name.startswith("float"):
        return float(text) if text else None
    raise TypeError(f"no cell holds {type_name}")


def _name_faults(line: Line) -> Iterator[str]:
    yield from (f"the {needed} is empty" for needed in ("id", "name") if line.cells.get(needed) == "")
    for name in (line.cells["name"], *values(line.cells.get("aliases", ""))):
        if FORBIDDEN.isdisjoint(name):
            continue
        if set(name) <= {"?", "\ufffd"}:
            yield f"{name!r}: its characters were lost when the file was saved; type them again and save as CSV UTF-8"
        else:
            bad = FORBIDDEN & set(name)
            cure = "; put | between several names" if bad & set(",;｜") else ""
            yield f"{name!r} can never match: cleaned text has no {''.join(sorted(bad))!r} there{cure}"


def _cell_faults(line: Line, types: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The columns whose cell cannot be used, and why."""
    cells = line.cells
    for name, text in cells.items():
        if fault := _cell_fault(name, text, types[name]):
            yield name, fault
    first, last = cells.get("valid_from", ""), cells.get("valid_to", "")
    if first and last and last < first:
        yield "valid_to", f"valid_to {last} lies before valid_from {first}"


def _cell_fault(name: str, text: str, type_name: str) -> str:
    if type_name == "str" and (name != "level" or text in LEVELS):
        return ""
    if type_name.startswith("int"):
        known = _YEAR.fullmatch(text) and FIRST_YEAR <= int(text) <= LAST_YEAR
        return "" if known else f"{name} {text!r} is no year from {FIRST_YEAR} to {LAST_YEAR}; write it as 2016"
    if type_name.startswith("float"):
        known = _DEGREE.fullmatch(text) and abs(float(text)) <= _DEGREES[name]
        return "" if known else f"{name} {text!r} is no number of degrees up to {_DEGREES[name]}, such as 13.62"
    if type_name == "bool":
        return "" if text == "yes" else f"{name} must be yes or empty, not {text!r}"
    if name in ("level", "levels") and (odd := [level for level in values(text) if level not in LEVELS]):
        return f"{name} {odd[0]!r} is none of {', '.join(Level)}{did_you_mean(odd[0].capitalize(), [*map(str, Level)])}"
    return ""


# --- all files together ----------------------------------------------------------------------------------------------


def cross_faults(rows: Rows) -> Iterator[Fault]:
    """What cannot be seen in one line: names that are shared, references that lead nowhere or in a circle."""
    programs, documents, places = rows["programmes.csv"], rows["documents.csv"], rows["places.csv"]
    yield from _unknown_programs(programs)
    yield from _shared_names(rows)
    yield from _unknown_places(places)
    for column in ("predecessor", "whole"):
        yield from _circles(programs, column)
    yield from _circles(documents, "predecessor")
    yield from _circles(places, "parent")


def _unknown_programs(programs: Iterable[Row]) -> Iterator[Fault]:
    known = {row.key: row for row in programs}
    names = {alias: row.key for row in programs for alias in row.record.aliases}
    for row in programs:
        for column in ("predecessor", "whole"):
            other = getattr(row.record, column)
            if other and other not in known:
                meant = f"; write {names[other]!r}" if other in names else did_you_mean(other, tuple(known))
                yield Fault(row.where, f"{row.key}: its {column} {other!r} is no programme of the file{meant}")


def _shared_names(rows: Rows) -> Iterator[Fault]:
    """One name of two things. Places may share theirs, and the document decides; but not with things of other kinds."""
    owner: dict[str, Row] = {}
    for name in ("programmes.csv", "documents.csv", "agencies.csv", "organs.csv", "places.csv"):
        for row in rows[name]:
            for form in filter(None, dict.fromkeys((row.record.name, *row.record.aliases))):
                before = owner.setdefault(form, row)
                if (
                    before is not row
                    and before.title != row.title
                    and not (isinstance(before.record, Place) and isinstance(row.record, Place))
                ):
                    yield Fault(
                        row.where, f"{form!r} names both {before.title} ({before.where}) and {row.title}; keep one"
                    )


def _unknown_places(places: Iterable[Row]) -> Iterator[Fault]:
    ids = {row.key for row in places}
    for row in places:
        place = row.record
        assert isinstance(place, Place)
        if not place.level:
            yield Fault(row.where, f"{place.name} has no level; give one of {', '.join(Level)}")
        elif not place.parent and place.level not in (Level.NATION, Level.FOREIGN):
            yield Fault(
                row.where, f"{place.name} has no parent; give the id of the place that it lies in, such as 370700"
            )
        for other in (place.parent, *place.successors):
            if other and other not in ids:
                named = [found.key for found in places if found.record.name == other]
                meant = f"; the id of {other} is {' or '.join(named)}" if named else ""
                yield Fault(row.where, f"{place.id} {place.name}: no place has the id {other!r}{meant}")


def _circles(rows: Sequence[Row], column: str) -> Iterator[Fault]:
    """Rows whose predecessor, whole or parent leads back to themselves, each circle once."""
    above = {row.key: str(getattr(row.record, column)) for row in rows}
    done: set[str] = set()
    for row in rows:
        way: list[str] = []
        here = row.key
        while here and here in above and here not in done:
            if here in way:
                circle = way[way.index(here) :]
                yield Fault(row.where, f"its {column} leads in a circle: {' → '.join((*circle, here))}")
                break
            way.append(here)
            here = above[here]
        done.update(way)


# --- writing ---------------------------------------------------------------------------------------------------------


def lexicon_csv(records: Sequence[Record]) -> str:
    """The text of a lexicon file with these records of one kind, for a spreadsheet: all columns, UTF-8 to be written with a BOM."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = [f.name for f in fields(records[0])]
    writer.writerow(columns)
    writer.writerows([_text_of(getattr(record, column)) for column in columns] for record in records)
    return out.getvalue()


def _text_of(value: object) -> str:
    if isinstance(value, tuple):
        return "|".join(value)
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)


@cache
def load_townships() -> dict[str, tuple[str, ...]]:
    """Township name → ids of the counties that have one of this name (townships.csv, as of 2023)."""
    counties: dict[str, list[str]] = {}
    text = shipped("data", "lexicons", "townships.csv").read_text("utf-8")
    head, *rows = csv.reader(io.StringIO(text))
    name, county = head.index("name"), head.index("county")
    for row in rows:
        counties.setdefault(row[name], []).append(row[county])
    return {name: tuple(ids) for name, ids in counties.items()}
