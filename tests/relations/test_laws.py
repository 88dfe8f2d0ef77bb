"""Laws of every reading: mentions are where they say, roles are of a kind that the ontology allows, evidence reads back."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from kg.errors import UnreadableFile
from kg.model import Claim, Entity, Genre, Kind, Reading, Relation
from kg.pipeline import read_file
from kg.resources import shipped

PROGRAM, DOCUMENT, AGENCY, GROUP = Kind.PROGRAM, Kind.POLICY_DOCUMENT, Kind.AGENCY, Kind.TARGET_GROUP
HOLDER = {Kind.PLACE, Kind.ORGANIZATION}
# For each relation its roles: the kinds that may fill it, and whether it must be filled.
ROLES: dict[Relation, dict[str, tuple[set[Kind], bool]]] = {
    Relation.ADOPTS: {"place": (HOLDER, False), "program": ({PROGRAM}, True), "agency": ({AGENCY}, False)},
    Relation.ISSUES: {"place": (HOLDER, False), "agency": ({AGENCY}, False), "document": ({DOCUMENT}, True)},
    Relation.IMPLEMENTS: {
        "place": (HOLDER, False),
        "object": ({PROGRAM, DOCUMENT}, True),
        "by": ({*HOLDER, AGENCY}, False),
    },
    Relation.TARGETS: {"program": ({PROGRAM}, True), "group": ({GROUP, Kind.PLACE}, True)},
    Relation.GOAL: {"place": (HOLDER, False), "program": ({PROGRAM}, False)},
    Relation.SUCCEEDS: {"successor": ({PROGRAM, DOCUMENT}, True), "predecessor": ({PROGRAM, DOCUMENT}, True)},
    Relation.PART_OF: {"member": ({PROGRAM, DOCUMENT}, True), "whole": ({PROGRAM, DOCUMENT}, True)},
    Relation.RECOGNIZES: {"place": (HOLDER, False), "by": ({*HOLDER, AGENCY}, False), "title": ({PROGRAM}, False)},
    Relation.DIFFUSES: {"from": (HOLDER, True), "to": (HOLDER, False), "program": ({PROGRAM}, False)},
}
VALUES: dict[Relation, set[str]] = {
    Relation.IMPLEMENTS: {"by"},
    Relation.GOAL: {"indicator", "operator", "value", "unit", "kind", "baseValue", "baseline", "valueTo", "baseUnit"},
    Relation.SUCCEEDS: {"inferred"},
    Relation.RECOGNIZES: {"title", "by"},
    Relation.DIFFUSES: {"kind"},
}
PATHS = {
    PROGRAM: "program",
    DOCUMENT: "policy-document",
    AGENCY: "agency",
    Kind.PLACE: "place",
    Kind.ORGANIZATION: "organization",
    GROUP: "target-group",
}


def example_files() -> list[Path]:
    return sorted(Path(str(shipped("data", "examples"))).glob("*.txt"))


@cache
def example(file: str) -> Reading:
    path = next(path for path in example_files() if path.name == file)
    return read_file(path.read_bytes(), file)


examples = pytest.mark.parametrize("file", [path.name for path in example_files()])


def check_mentions(reading: Reading) -> None:
    """The span of every mention reads its text, lies in one sentence, and its entity is of its kind."""
    stretches = [s.span for s in reading.sentences]
    for mention in reading.mentions:
        assert reading.document.clean[slice(*mention.span)] == mention.text, mention
        assert any(s.start <= mention.span.start and mention.span.end <= s.end for s in stretches), mention
        assert mention.found_by, mention
        if mention.entity is not None:
            check_entity(mention.entity)
            assert mention.entity.kind is mention.kind, mention


def check_entity(entity: Entity) -> None:
    """A linked thing has a name and an id below the path of its kind."""
    assert entity.name.strip() == entity.name != "", entity
    assert entity.id.partition("/")[0] == PATHS[entity.kind], entity
    assert entity.id.partition("/")[2], entity


def check_claim(claim: Claim) -> None:
    """Roles and values are those of the relation, once each; years and confidence are sound."""
    allowed = ROLES[claim.relation]
    names = [name for name, _ in claim.roles]
    assert len(set(names)) == len(names), claim
    for name, entity in claim.roles:
        assert name in allowed, claim
        assert entity.kind in allowed[name][0], claim
        check_entity(entity)
    assert {name for name, (_, needed) in allowed.items() if needed} <= {*names}, claim
    values = [name for name, _ in claim.values]
    assert len({*values, *names}) == len(values) + len(names), claim
    assert {*values} <= VALUES.get(claim.relation, set()), claim
    assert claim.year is None or 1949 <= claim.year <= 2100, claim
    assert claim.year_to is None or (claim.year is not None and claim.year <= claim.year_to), claim
    assert (claim.date_kind is None) or (claim.year is not None), claim
    assert 0 < claim.confidence <= 1, claim
    assert claim.found_by, claim


_PINYIN = re.compile(r"[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ\s]+[）)]")
_SIMPLIFIED = OpenCC("t2s")


def skeleton(words: str) -> str:
    """Letters and digits only, Simplified and without bracketed pinyin: what cleaning never changes."""
    plain = unicodedata.normalize("NFKC", _SIMPLIFIED.convert(_PINYIN.sub("", words)))
    return re.sub(r"[\W_]", "", plain).replace("著", "着")


def check_kinship(claim: Claim) -> None:
    """Nothing follows, belongs to, or learns from itself; a document follows a document."""
    roles = dict(claim.roles)
    for one, other in (("successor", "predecessor"), ("member", "whole"), ("from", "to")):
        if one in roles and other in roles:
            assert roles[one] != roles[other], claim
    if claim.relation is Relation.SUCCEEDS:
        assert roles["successor"].kind is roles["predecessor"].kind, claim


def check_evidence(reading: Reading, claim: Claim) -> None:
    """The original offsets of a claim's sentence select the words that clean to the sentence."""
    start, end = reading.document.original(claim.sentence.span)
    assert 0 <= start < end <= len(reading.document.text), claim
    assert claim.sentence.text == reading.document.clean[slice(*claim.sentence.span)] != "", claim
    assert skeleton(reading.document.text[start:end]) == skeleton(claim.sentence.text), claim


def check(reading: Reading) -> None:
    check_mentions(reading)
    for claim in reading.claims:
        check_claim(claim)
        check_kinship(claim)
        check_evidence(reading, claim)
    ends = [part.span for part in reading.parts]
    assert all(a.end <= b.start for a, b in pairwise(ends))


@examples
def test_laws_of_the_examples(file: str) -> None:
    """All laws hold for every bundled document, the garbled ones included."""
    reading = example(file)
    assert reading.claims
    check(reading)


@examples
def test_reading_twice(file: str) -> None:
    """The same bytes read twice give equal readings."""
    data = next(path for path in example_files() if path.name == file).read_bytes()
    assert read_file(data, file) == example(file)


LINES = sorted({line for path in example_files() for line in example(path.name).document.clean.split("\n")})
ODDITIES = [
    "“",
    "”",
    "《",
    "》",
    "（",
    "一是",
    "到2020年",
    "。",
    "；",
    "、",
    "等",
    "10%",
    "\n",
    "　",
    "\t",
    "县（xiàn）",
    "2014—2016年",
    "😀",
]


@given(st.lists(st.one_of(st.sampled_from(LINES), st.sampled_from(ODDITIES)), min_size=1, max_size=25))
def test_laws_of_mixed_texts(pieces: list[str]) -> None:
    """They hold for any mixture of lines of documents and stray signs as well."""
    try:
        reading = read_file("".join(pieces).encode(), "mixed.txt")
    except UnreadableFile:
        return
    check(reading)


@given(st.data())
def test_laws_of_cut_documents(data: st.DataObject) -> None:
    """And for a document that lost its beginning and its end."""
    text = example(data.draw(st.sampled_from([path.name for path in example_files()]))).document.text
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    try:
        reading = read_file(text[start:end].encode(), "cut.txt")
    except UnreadableFile:
        return
    check(reading)


def test_the_examples_hold_every_relation_and_kind() -> None:
    """The laws above are tried on all nine relations, all six kinds and on several genres."""
    readings = [example(path.name) for path in example_files()]
    assert {claim.relation for r in readings for claim in r.claims} == set(Relation)
    assert {mention.kind for r in readings for mention in r.mentions} == set(Kind)
    assert len({part.genre for r in readings for part in r.parts} & set(Genre)) >= 5
