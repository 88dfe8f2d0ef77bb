"""data/lexicons/*.csv → Lexicons, with every bad line reported at once.

The files are CSV because scholars edit them in a spreadsheet. Inside a cell `|` separates several values; an empty cell
means "not known". `never` holds look-alikes: strings that contain a name but do not mean it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path

from kg.errors import LexiconError
from kg.model import Entity, Kind, Level
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


FILES: dict[str, type] = {
    "programmes.csv": Program,
    "documents.csv": PolicyDocument,
    "places.csv": Place,
    "agencies.csv": Agency,
    "organs.csv": Organ,
}
FORBIDDEN = set(' \t\r\n\u3000"()<>[],:;!?')  # cleaned text has none of these between Chinese characters


@cache
def load_lexicons() -> Lexicons:
    """The lexicons that come with the package; raises LexiconError with all faults of all files."""
    return read_lexicons(shipped("data", "lexicons"))


def read_lexicons(folder: Traversable) -> Lexicons:
    """The lexicons of `folder`; raises LexiconError with all faults of all files."""
    problems: list[str] = []
    tables = [_read_table(folder.joinpath(name), name, kind, problems) for name, kind in FILES.items()]
    return _checked(Lexicons(*map(tuple, tables)), problems)


def with_own_lexicons(folders: Sequence[Path]) -> Lexicons:
    """The shipped lexicons and a user's own: any of the five files, in which a row replaces the shipped row of its key.

    Raises LexiconError with all faults of all files.
    """
    problems: list[str] = []
    tables: list[list] = [list(getattr(load_lexicons(), f.name)) for f in fields(Lexicons)]  # type: ignore[type-arg]
    for folder in folders:
        for n, (name, kind) in enumerate(FILES.items()):
            if (folder / name).is_file():
                key = fields(kind)[0].name
                rows = [*tables[n], *_read_table(folder / name, str(folder / name), kind, problems)]
                tables[n] = list({getattr(row, key): row for row in rows}.values())
    return _checked(Lexicons(*map(tuple, tables)), problems)


def _checked(lexicons: Lexicons, problems: list[str]) -> Lexicons:
    problems += _cross_checks(lexicons)
    if problems:
        raise LexiconError(problems)
    return lexicons


def _read_table(path: Traversable | Path, name: str, kind: type, problems: list[str]) -> list:  # type: ignore[type-arg]
    types = {f.name: str(f.type) for f in fields(kind)}
    reader = csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))
    if list(reader.fieldnames or []) != list(types):
        problems.append(f"{name}:1: the columns must be {','.join(types)}")
        return []
    rows = []
    seen: dict[str, int] = {}
    key = next(iter(types))
    for row in reader:
        where = f"{name}:{reader.line_num}"
        if None in row or None in row.values():
            problems.append(f"{where}: this line has not {len(types)} cells; put cells with commas into double quotes")
            continue
        if row[key] in seen:
            problems.append(f"{where}: {key} {row[key]!r} stands in line {seen[row[key]]} already")
        seen[row[key]] = reader.line_num
        problems += [f"{where}: {fault}" for fault in _name_faults(row)]
        try:
            rows.append(kind(**{column: _cell(row[column], types[column]) for column in types}))
        except ValueError as fault:
            problems.append(f"{where}: {fault}")
    return rows


def _cell(text: str, type_name: str) -> object:
    text = text.strip()
    if type_name.startswith("tuple"):
        return tuple(part for part in text.split("|") if part)
    if type_name == "bool":
        return text == "yes"
    if type_name.startswith("int"):
        return int(text) if text else None
    if type_name.startswith("float"):
        return float(text) if text else None
    return text


def _name_faults(row: dict[str, str]) -> list[str]:
    names = {name: FORBIDDEN & set(name) for name in [row["name"], *row["aliases"].split("|")]}
    faults = [
        f"{name!r} can never match: cleaned text has no {''.join(sorted(bad))!r} there"
        for name, bad in names.items()
        if bad
    ]
    if not row["name"]:
        faults.append("the name is empty")
    if "level" in row and row["level"] and row["level"] not in set(Level):
        faults.append(f"level {row['level']!r} is none of {', '.join(Level)}")
    return faults


def _cross_checks(lexicons: Lexicons) -> list[str]:
    return [*_unknown_programs(lexicons), *_shared_names(lexicons), *_unknown_places(lexicons)]


def _unknown_programs(lexicons: Lexicons) -> Iterator[str]:
    known = {p.name for p in lexicons.programs}
    for program in lexicons.programs:
        for column, other in (("predecessor", program.predecessor), ("whole", program.whole)):
            if other and other not in known:
                yield f"programmes.csv: {program.name}: its {column} {other!r} is no programme of the file"


def _shared_names(lexicons: Lexicons) -> Iterator[str]:
    owner: dict[str, str] = {}
    named = [(f"programme {p.name}", p.name, p.aliases) for p in lexicons.programs]
    named += [(f"document {d.name}", d.name, d.aliases) for d in lexicons.documents]
    for this, name, aliases in named:
        for form in (name, *aliases):
            if owner.setdefault(form, this) != this:
                yield f"{form!r} names both {owner[form]} and {this}"


def _unknown_places(lexicons: Lexicons) -> Iterator[str]:
    ids = {place.id for place in lexicons.places}
    for place in lexicons.places:
        for other in (place.parent, *place.successors):
            if other and other not in ids:
                yield f"places.csv: {place.id} {place.name}: no place has the id {other!r}"


@cache
def load_townships() -> dict[str, tuple[str, ...]]:
    """Township name → ids of the counties that have one of this name (townships.csv, as of 2023)."""
    counties: dict[str, list[str]] = {}
    text = shipped("data", "lexicons", "townships.csv").read_text("utf-8")
    for row in csv.DictReader(io.StringIO(text)):
        counties.setdefault(row["name"], []).append(row["county"])
    return {name: tuple(ids) for name, ids in counties.items()}
