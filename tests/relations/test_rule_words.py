"""Every rule that a claim can name has words, and no words are left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.relations.doers import HELPED, NAMED, OWN
from kg.relations.rule_words import MODEL, rule_words, words_of, words_of_claim

SOURCES = Path(kg.__file__).parent
NAME = re.compile(r"[a-z]+(?:-[a-z]+)+")
FAMILY = re.compile(r"(?:[a-z]+-)+")
FINDERS = ("programs", "program_names", "quoted_programs", "counted_programs", "documents", "trained")


def strings(path: Path) -> Iterator[tuple[str, bool]]:
    """The strings of a module, and whether each is the fixed beginning of an f-string."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        pieces = node.values if isinstance(node, ast.JoinedStr) else [node]
        for piece in pieces:
            if isinstance(piece, ast.Constant) and isinstance(piece.value, str):
                yield piece.value, piece is not node


def names_in(paths: list[Path]) -> set[str]:
    """The names of rules in these modules, and the beginnings of families: `named-place-` of `named-place-{rule}`."""
    found = {text for path in paths for text in strings(path)}
    return {text for text, begins in found if (FAMILY if begins else NAME).fullmatch(text)}


WHOSE = {NAMED, HELPED, OWN}
IN_ENTITIES = names_in(sorted((SOURCES / "entities").glob("*.py")))
IN_RELATIONS = names_in(sorted((SOURCES / "relations").glob("*.py"))) - IN_ENTITIES - WHOSE
FAMILIES = WHOSE
USED = sorted(IN_RELATIONS | FAMILIES | names_in([SOURCES / f"entities/{name}.py" for name in FINDERS]))


@pytest.mark.parametrize("name", USED)
def test_every_rule_has_words(name: str) -> None:
    """A new rule or family of a relater, and a new finder of programmes or documents, gets a line in ontology/rules.csv."""
    told = rule_words().keys()
    assert name in told, f"write a line for {name} into ontology/rules.csv"


def test_no_words_are_left_over() -> None:
    """A rule that is gone takes its line with it."""
    assert rule_words().keys() - IN_RELATIONS - FAMILIES - IN_ENTITIES - {MODEL} == set()


def test_words_are_sound() -> None:
    """Both languages, no full stop, nothing that breaks a table."""
    for name, words in rule_words().items():
        assert re.search(r"[\u4e00-\u9fff]", words.zh), name
        assert re.search(r"[a-z]{2}", words.en), name
        assert not any(text.endswith((".", "。")) or "|" in text or text != text.strip() for text in words), name


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("named-place-does-program", ("行动动词", "作主语的地方")),
        ("helped-place-tries-program", ("试行", "受支持")),
        ("place-issues-document", ("出台",)),  # a rule of its own, not of the family place-
        ("llm:qwen2.5:14b", ("语言模型",)),
    ],
)
def test_words_of(name: str, holds: tuple[str, ...]) -> None:
    """A rule of a family has the words of both."""
    words = words_of(name)
    assert words is not None
    assert all(part in words.zh for part in holds)


@pytest.mark.parametrize(
    ("found_by", "named"),
    [
        ("place-does-program/quoted-program", ["place-does-program", "quoted-program"]),
        ("learns-from-place", ["learns-from-place"]),
        ("rule-of-tomorrow/lexicon-program", ["lexicon-program"]),
        ("place-rule-of-tomorrow", []),
    ],
)
def test_words_of_claim(found_by: str, named: list[str]) -> None:
    """Rule and finder in this order; a rule that an older or newer version wrote is passed over."""
    assert [name for name, _ in words_of_claim(found_by)] == named
