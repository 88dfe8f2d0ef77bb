"""A folder of gold annotations (parts, entities, facts as JSON lines) → what a careful reader found in each file.

A line with `core: true` must be found; one with `core: false` is defensible either way and is neither rewarded nor
punished. Names are compared without case, spaces, quotation and title marks. A name that points to its own document
(我市, 市教育局, 省政府) names no place and no agency outside it.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.model import Kind
from kg.patterns import regex

_DROPPED = regex(r"[\s\"'“”‘’「」『』《》〈〉<>()（）\[\]【】·•,，。、:：;；-]")
_POINTING = regex(r"^(?:我|全(?!州县|南县|椒)|本(?!溪)|该|各|当地)|^(?:中共)?(?:省|市(?![东南西北中]区)|县|区|州)")
# The fields without which a fact says nothing; place, year, status … may be open.
FACTS = {
    "adopts": ("program",),
    "issues": ("document",),
    "implements": ("object",),
    "succeeds": ("program", "object"),
    "partOf": ("program", "object"),
    "targets": ("program", "group"),
    "goal": ("indicator", "value"),
    "recognizes": ("title",),
    "diffuses": ("from",),
}
_FILES = {
    "parts.jsonl": ("part", "file"),
    "entities.jsonl": ("part", "type", "name"),
    "facts.jsonl": ("part", "rel"),
}


@dataclass(frozen=True, slots=True)
class GoldThing:
    """Something that a file names."""

    file: str
    kind: Kind
    name: str
    forms: frozenset[str]  # as `folded`
    core: bool
    surfaces: tuple[str, ...] = field(compare=False)  # as the text has them


@dataclass(frozen=True, slots=True)
class GoldFact:
    """Something that a file says; `said` holds the fields of its line."""

    file: str
    relation: str  # adopts, issues, …
    core: bool
    said: dict[str, Any] = field(compare=False)

    def __str__(self) -> str:
        hidden = ("part", "core", "rel", "evidence", "indicators", "programs", "inferred")
        return " ".join(f"{value}" for name, value in self.said.items() if name not in hidden and value is not None)


class Gold:
    """All lines of a folder, by file; raises KgError for a line that cannot be used."""

    def __init__(self, folder: Path) -> None:
        lines = {name: list(_lines(folder / name, needed)) for name, needed in _FILES.items()}
        self._file_of = {str(line["part"]): str(line["file"]) for _, line in lines["parts.jsonl"]}
        self.files = tuple(sorted(set(self._file_of.values())))
        self._sorts: dict[str, list[str]] = {file: [] for file in self.files}
        for _, line in lines["parts.jsonl"]:
            self._sorts[str(line["file"])].append(str(line.get("kind") or "of no named sort"))
        self._aliases: dict[tuple[str, str], frozenset[str]] = {}
        self._things: dict[tuple[str, Kind], list[GoldThing]] = {}
        self._facts: dict[tuple[str, str], list[GoldFact]] = {}
        for where, line in lines["entities.jsonl"]:
            if not isinstance(line.get("surface", []), list):
                raise KgError(f"{where}: surface must be a list of the strings by which the text names it")
            self._add_thing(self._file(where, line), _kind(where, line["type"]), line)
        for where, line in lines["facts.jsonl"]:
            _check_fact(where, line)
            fact = GoldFact(self._file(where, line), line["rel"], line.get("core", True), line)
            self._facts.setdefault((fact.file, fact.relation), []).append(fact)

    def sort(self, file: str) -> str:
        """What sorts of text its parts are: plan; summary and plan."""
        return " and ".join(dict.fromkeys(self._sorts[file]))

    def things(self, file: str, kind: Kind) -> list[GoldThing]:
        return self._things.get((file, kind), [])

    def facts(self, file: str, relation: str) -> list[GoldFact]:
        return self._facts.get((file, relation), [])

    def forms(self, file: str, name: object) -> frozenset[str]:
        """Every form under which the file speaks of what a fact calls `name`."""
        plain = folded(name)
        return (frozenset({plain}) | self._aliases.get((file, plain), frozenset())) - {""}

    def _file(self, where: str, line: dict[str, Any]) -> str:
        if line["part"] not in self._file_of:
            raise KgError(f"{where}: parts.jsonl has no part {line['part']!r}")
        return self._file_of[line["part"]]

    def _add_thing(self, file: str, kind: Kind, line: dict[str, Any]) -> None:
        """A thing that another part of the file names too is one thing, core if it is so in one of the parts."""
        name = folded(line["name"])
        surfaces = tuple(map(str, line.get("surface", ())))
        forms = frozenset(map(folded, (line["name"], *surfaces))) - {""}
        if kind in (Kind.PLACE, Kind.AGENCY):
            forms = lasting(forms) | {name}
        thing = GoldThing(file, kind, line["name"], forms, line.get("core", True), (line["name"], *surfaces))
        others = self._things.setdefault((file, kind), [])
        at = next((n for n, other in enumerate(others) if other.forms & forms), None)
        if at is None:
            others.append(thing)
        else:
            others[at] = replace(
                others[at],
                forms=others[at].forms | forms,
                core=others[at].core or thing.core,
                surfaces=others[at].surfaces + thing.surfaces,
            )
        self._aliases[file, name] = self._aliases.get((file, name), frozenset()) | forms


def _check_fact(where: str, line: dict[str, Any]) -> None:
    relation = line["rel"]
    if relation not in FACTS:
        raise KgError(f"{where}: rel {relation!r} is none of {', '.join(FACTS)}")
    if missing := [name for name in FACTS[relation] if line.get(name) is None]:
        raise KgError(f"{where}: {missing[0]} is missing; a line of {relation} has {', '.join(FACTS[relation])}")
    if relation == "goal" and not isinstance(line["value"], int | float):
        raise KgError(f"{where}: value {line['value']!r} is no number; write it without quotes")


def _kind(where: str, name: str) -> Kind:
    if name not in set(Kind):
        raise KgError(f"{where}: type {name!r} is none of {', '.join(Kind)}")
    return Kind(name)


def _lines(path: Path, needed: Collection[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a file with where they stand."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        raise KgError(f"{path} is missing; a gold folder holds {', '.join(_FILES)}") from None
    except UnicodeDecodeError:
        raise KgError(f"{path} is no UTF-8 text; save it as UTF-8") from None
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        where = f"{path}:{number}"
        try:
            line = json.loads(text)
        except ValueError as fault:
            raise KgError(f"{where}: this is no line of JSON ({fault}); write one object per line") from None
        if not isinstance(line, dict):
            raise KgError(f"{where}: this is no JSON object; write one {{…}} per line")
        if missing := [name for name in needed if not isinstance(line.get(name), str)]:
            raise KgError(f"{where}: {missing[0]} is missing or no text; a line has {', '.join(needed)}")
        yield where, line


def folded(name: object) -> str:
    """A name as it is compared: 《民办教育促进法》 and 民办教育促进法 are one."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", str(name))).lower() if name is not None else ""


def lasting(forms: Collection[str]) -> frozenset[str]:
    """The forms that name the same outside their document."""
    return frozenset(form for form in forms if form and not _POINTING.match(form))


def alike(one: Collection[str], other: Collection[str], *, relaxed: bool) -> bool:
    """Whether two things share a name; relaxed: one name holds another and is at most twice as long."""
    if not {*one}.isdisjoint(other):
        return True
    return relaxed and any(
        short in long and 2 * len(short) >= len(long)
        for pair in ((a, b) for a in one for b in other if a and b)
        for short, long in [sorted(pair, key=len)]
    )


def likeness(one: str, other: str) -> float:
    """How alike two wordings of an indicator are: Dice coefficient of their characters."""
    common = sum((Counter(one) & Counter(other)).values())
    return 2 * common / (len(one) + len(other)) if one and other else 0.0
