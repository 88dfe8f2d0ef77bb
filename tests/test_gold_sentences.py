"""Gold sentences: what a careful reader takes from a sentence. Add a line to `gold/sentences/*.jsonl` and it is a test.

A line: its id (`adopts-017`: relation and number), the place, year and genre of the part, the text, perhaps a paragraph
or heading `before` it, the part's `title`, the claims of that relation that the text makes, those that it `may` be said
to make, and the rule that reads them, or that might be tempted where there are none. `"place": ""` leaves the place
open. A field that no claim of the line names is not compared, the number of claims is. `known-misses*.txt` names the
lines that are read wrong so far, each with its reason: a line that is read right has to be taken off.
"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from reading import read

import kg
from kg.evaluation.comparison import LIKE_INDICATORS
from kg.gold import alike, folded, likeness
from kg.model import Claim, Genre, Relation

FOLDER = Path(__file__).parent / "gold/sentences"
SOURCES = Path(kg.__file__).parent
RELATIONS = {
    "adopts": (Relation.ADOPTS, "adoption telling doers"),
    "issues": (Relation.ISSUES, "issuance"),
    "implements": (Relation.IMPLEMENTS, "implementation"),
    "targets": (Relation.TARGETS, "targeting"),
    "goal": (Relation.GOAL, "goals"),
    "succeeds": (Relation.SUCCEEDS, "succession"),
    "partOf": (Relation.PART_OF, "membership components campaigns"),
    "recognizes": (Relation.RECOGNIZES, "recognition"),
    "diffuses": (Relation.DIFFUSES, "diffusion visits partners"),
}
ROLES = {  # what the gold calls a role that the ontology calls otherwise
    "succeeds": {"program": "successor", "object": "predecessor"},
    "partOf": {"program": "member", "object": "whole"},
    "goal": {"op": "operator"},
    "recognizes": {"agency": "by"},
}

WORDED = {"issues": "document", "implements": "object", "recognizes": "title"}  # one wording may hold the other
_MOVE = re.compile(r"(?:提高|增长|增加|下降|降低|减少)$")


@dataclass(frozen=True, eq=False)
class Line:
    """A gold sentence."""

    id: str
    rule: str
    place: str
    year: int | None
    genre: Genre
    text: str
    claims: tuple[dict[str, Any], ...]
    why: str
    may: tuple[dict[str, Any], ...] = ()  # claims that are defensible either way: neither asked for nor held against it
    before: str = ""
    title: str = ""
    fields: frozenset[str] = field(default=frozenset(), repr=False)  # those that some claim of the line names

    @property
    def relation(self) -> str:
        return self.id.rpartition("-")[0]


def _lines() -> Iterator[Line]:
    for path in sorted(FOLDER.glob("*.jsonl")):
        for text in path.read_text("utf-8").splitlines():
            said = json.loads(text)
            claims, may = tuple(said.pop("claims")), tuple(said.pop("may", ()))
            named = frozenset(name for claim in claims for name in claim)
            yield Line(**{**said, "genre": Genre(said["genre"])}, claims=claims, may=may, fields=named)


def _known_misses() -> dict[str, str]:
    lists = [path.read_text("utf-8").splitlines() for path in sorted(FOLDER.glob("known-misses*.txt"))]
    return {name: reason for name, _, reason in (line.partition(" ") for listed in lists for line in listed)}


LINES = tuple(_lines())
MISSES = _known_misses()


def _marked(line: Line) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason=MISSES[line.id])] if line.id in MISSES else []
    return pytest.param(line, id=line.id, marks=marks)


@pytest.mark.parametrize("line", [_marked(line) for line in LINES])
def test_gold_sentence(line: Line) -> None:
    """The claims of the line's relation are those that the line lists, as many and with these fields."""
    found = [claim for claim in _found(line) if not any(_agrees(line, claim, said) for said in line.may)]
    rows = {tuple((name, *sorted(_said(line, claim, name))) for name in sorted(line.fields)) for claim in found}
    shown = [(claim.found_by, claim.year, claim.status, *(e.name for _, e in claim.roles)) for claim in found]
    missing = [said for said in line.claims if not any(_agrees(line, claim, said) for claim in found)]
    unlisted = [row for claim, row in zip(found, shown, strict=True) if not _listed(line, claim)]
    assert (missing, unlisted, len(rows)) == ([], [], len(line.claims)), (line.text, shown)


@cache
def _found(line: Line) -> tuple[Claim, ...]:
    """The claims of the line's relation that stand in its text, not in what stands before it."""
    above = sum(1 for paragraph in line.before.splitlines() if paragraph.strip())
    reading = read(
        "\n".join(filter(None, (line.before, line.text))), line.place, line.year, line.genre, title=line.title
    )
    relation = RELATIONS[line.relation][0]
    return tuple(c for c in reading.claims if c.relation is relation and c.sentence.paragraph >= above)


def _listed(line: Line, claim: Claim) -> bool:
    return any(_agrees(line, claim, said) for said in line.claims)


def _agrees(line: Line, claim: Claim, said: dict[str, Any]) -> bool:
    """Whether the claim says what a claim of the line says."""
    return all(_same(line, name, _plain(value), _said(line, claim, name)) for name, value in said.items())


def _same(line: Line, name: str, wanted: str, said: set[str]) -> bool:
    """Whether one of the names or values is the wanted one; indicators and titles are worded freely."""
    if name == "indicator":  # 毛入园率 and 毛入园率提高 are alike, but a level is no growth
        moved = bool(_MOVE.search(wanted))
        return any(likeness(wanted, have) >= LIKE_INDICATORS and moved == bool(_MOVE.search(have)) for have in said)
    return alike({wanted}, said, relaxed=WORDED.get(line.relation) == name)


def _said(line: Line, claim: Claim, name: str) -> set[str]:
    """What the claim says under a name of the gold: a name as it is known, and as it is written."""
    role = ROLES.get(line.relation, {}).get(name, name)
    if name in ("year", "year_to", "status"):
        return {_plain(getattr(claim, name))}
    if (entity := claim.role(role)) is not None:
        return {_plain(entity.name), _plain(entity.written)} - {""}
    return {_plain(claim.value(role))}


def _plain(value: Any) -> str:
    """A name without quotes and spaces, a word in lower case, a number without trailing zeros; "" for what is open."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f"{Decimal(str(value)).normalize():f}"
    text = "" if value is None else str(value)
    return folded(text) if re.search(r"\w", text) else text  # >= is compared as it is


# ── The list itself ────────────────────────────────────────────────────────────────────────────────────────────────


def test_lines_are_sound() -> None:
    """Every id once and of a known relation, every text once, every known miss a line with a reason."""
    assert [name for name, n in Counter(line.id for line in LINES).items() if n > 1] == []
    texts = Counter((line.relation, line.before, line.text) for line in LINES)
    assert [text for text, n in texts.items() if n > 1] == []
    assert {line.relation for line in LINES} <= RELATIONS.keys()
    assert MISSES.keys() <= {line.id for line in LINES}
    assert [name for name, reason in MISSES.items() if not reason.strip()] == []


# ── For each rule one line to read and one to leave alone ──────────────────────────────────────────────────────────

_RULE = re.compile(r"[a-z]+(?:-[a-z]+)+")
_FAMILY = re.compile(r"(?:[a-z]+-)+")


def _strings(source: Path) -> Iterator[tuple[str, bool]]:
    """The strings of a module, and whether each is the fixed beginning of an f-string."""
    tree = ast.parse(source.read_text("utf-8"))
    for node in ast.walk(tree):
        pieces = node.values if isinstance(node, ast.JoinedStr) else [node]
        for piece in pieces:
            if isinstance(piece, ast.Constant) and isinstance(piece.value, str):
                yield piece.value, piece is not node


@cache
def _finders() -> frozenset[str]:
    """The names that kg/entities gives to how a mention was found: `lexicon-program`."""
    return frozenset(text for path in (SOURCES / "entities").glob("*.py") for text, _ in _strings(path))


@cache
def _rules(relation: str) -> tuple[frozenset[str], frozenset[str]]:
    """The rules that a relater names, and the beginnings of their families: `named-place-` of `named-place-{rule}`."""
    modules = RELATIONS[relation][1].split()
    strings = {string for module in modules for string in _strings(SOURCES / f"relations/{module}.py")}
    rules = {text for text, begins in strings if not begins and _RULE.fullmatch(text)} - _finders()
    return frozenset(rules), frozenset(text for text, _ in strings if _FAMILY.fullmatch(text))


def _is_of(rule: str, name: str) -> bool:
    """Whether `named-place-does-program` is of the rule `does-program`, or of the family `named-place-`."""
    return rule.startswith(name) if name.endswith("-") else rule == name or rule.endswith(f"-{name}")


WRITTEN = [relation for relation in RELATIONS if any(line.relation == relation for line in LINES)]
NAMES = [(relation, name) for relation in WRITTEN for names in _rules(relation) for name in sorted(names)]


@pytest.mark.parametrize("relation", WRITTEN)
def test_rules_exist(relation: str) -> None:
    """A line names a rule of its relation, alone or in a family."""
    rules, families = _rules(relation)
    known = rules | {family + rule for family in families for rule in rules}
    assert {line.id: line.rule for line in LINES if line.relation == relation and line.rule not in known} == {}


@pytest.mark.parametrize(("relation", "name"), NAMES)
def test_each_rule_is_to_read_and_to_leave_alone(relation: str, name: str) -> None:
    """Each rule has a line that it must read, one that it does read, and one that it must leave alone."""
    lines = [line for line in LINES if line.relation == relation and _is_of(line.rule, name)]
    reading = [line for line in lines if line.claims]
    assert reading, f"no line of {relation} is to be read by {name}"
    assert any(not line.claims for line in lines), f"no line of {relation} is to be left alone by {name}"
    assert any(_is_of(claim.found_by.partition("/")[0], name) for line in reading for claim in _found(line))
