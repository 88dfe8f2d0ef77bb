"""No rule is kept from a text that it reads: every match of a guarded pattern holds a sign that its guard asks for."""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import re
from collections.abc import Collection, Iterable, Iterator
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import kg.relations
from kg.relations import diffusion, partners, recognition, sections, visits
from kg.relations.signed import Signed, signed

Open = frozenset[str]  # the beginnings of signs with which texts end that hold no sign so far; empty where all hold one


def may_lack(pattern: str, signs: Collection[str]) -> bool:
    """Whether some match may hold none of the signs; what a class or a dot matches is taken to belong to no sign."""
    return bool(after_all(parser.parse(pattern), frozenset([""]), signs))


def after_all(nodes: Iterable[tuple[Any, Any]], before: Open, signs: Collection[str]) -> Open:
    for what, value in nodes:
        before = after(what, value, before, signs)
    return before


def after(what: Any, value: Any, before: Open, signs: Collection[str]) -> Open:
    if what is code.LITERAL:
        return frozenset(left for text in before for left in with_character(text, chr(value), signs))
    if what is code.IN and all(kind is code.LITERAL for kind, _ in value):
        return frozenset().union(*(after(kind, character, before, signs) for kind, character in value))
    if what is code.BRANCH:
        return frozenset().union(*(after_all(way, before, signs) for way in value[1]))
    if what is code.SUBPATTERN:
        return after_all(value[3], before, signs)
    if what in (code.MAX_REPEAT, code.MIN_REPEAT):
        least, most, body = value
        return after_repeated(least, most, body, before, signs)
    if what is code.ASSERT:
        return before if after_all(value[1], frozenset([""]), signs) else frozenset()
    if what in (code.ASSERT_NOT, code.AT):
        return before
    return frozenset([""]) if before else before


def after_repeated(least: int, most: int, body: Any, before: Open, signs: Collection[str]) -> Open:
    for _ in range(least):
        before = after_all(body, before, signs)
    for _ in range(least, min(most, least + 20)):  # by then all that can be met is met
        before |= after_all(body, before, signs)
    return before


def with_character(text: str, character: str, signs: Collection[str]) -> Iterator[str]:
    text += character
    if not any(text.endswith(sign) for sign in signs):
        yield next(text[n:] for n in range(len(text) + 1) if any(sign.startswith(text[n:]) for sign in signs))


def words_of(nodes: Iterable[tuple[Any, Any]]) -> set[str]:
    """All that a pattern without repetitions matches."""
    choices: list[set[str]] = []
    for what, value in nodes:
        if what is code.BRANCH:
            choices.append(set().union(*(words_of(way) for way in value[1])))
        elif what is code.IN:
            choices.append({chr(character) for _, character in value})
        elif what is code.SUBPATTERN:
            choices.append(words_of(value[3]))
        else:
            assert what is code.LITERAL
            choices.append({chr(value)})
    return {"".join(word) for word in itertools.product(*choices)}


def guarded() -> list[tuple[str, Signed]]:
    modules = [importlib.import_module(f"kg.relations.{m.name}") for m in pkgutil.iter_modules(kg.relations.__path__)]
    rules = {
        f"{module.__name__}.{name}": rule
        for module in modules
        for name, rule in vars(module).items()
        if isinstance(rule, Signed)
    }
    return sorted(rules.items())


@pytest.mark.parametrize(("name", "rule"), guarded(), ids=[name for name, _ in guarded()])
def test_every_match_holds_a_sign(name: str, rule: Signed) -> None:
    assert not may_lack(rule.pattern, rule.signs), name


WITHIN = [  # what is asked once, and the patterns that need not be tried where the answer is no
    (diffusion.TRAVELS, diffusion._TAKING_OVER),
    (diffusion.TRAVELS, diffusion._PROMOTING),
    (diffusion.TRAVELS, diffusion._LEARNING),
    (diffusion.TRAVELS, diffusion._ASKED_TO_LEARN),
    (diffusion.TRAVELS, diffusion._PROGRAM_AT_PLACE),
    (diffusion.TRAVELS, diffusion._ADOPTING),
    (diffusion.TRAVELS, visits._PURPOSE),
    (diffusion.TRAVELS, visits._PURPOSE_HERE),
    (diffusion.TRAVELS, visits._LOOKS_INTO),
    (diffusion.TRAVELS, visits._WHO_CAME),
    (diffusion.TRAVELS, visits._CLASS_OF_THEIRS),
    (diffusion.TRAVELS, visits._SAW),
    (diffusion.TRAVELS, partners._COOPERATING),
    (diffusion.TRAVELS, partners._THEN_SIGNED),
    (diffusion.TRAVELS, partners._AIDS_US),
    (diffusion.TRAVELS, partners._PAIRS_WITH),
    (diffusion.TRAVELS, partners._TOGETHER),
    (diffusion.TRAVELS, partners._RUNS_A_SCHOOL),
    (diffusion.TRAVELS, partners._COMES_TO_RUN),
    (recognition._STATUS_WORD, recognition._AS),
    (sections._LOOKS, sections._AHEAD),
    (sections._LOOKS, sections._BACK),
]


@pytest.mark.parametrize(("asked", "exact"), WITHIN)
def test_what_is_asked_of_a_sentence_once_is_in_every_match(asked: re.Pattern[str], exact: re.Pattern[str]) -> None:
    assert not may_lack(exact.pattern, words_of(parser.parse(asked.pattern)))


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [
        ("推(?:广|开|介)", "推广 推开"),
        ("(?:在|向)全省(?:推广)?", "推广"),
        ("(?:试点)*工作", "试点"),
        ("推[^，]广", "推广"),
        ("印发|下发", "印发"),
        ("推(?!广)", "推广"),
    ],
)
def test_a_sign_that_a_match_can_be_without_is_found_out(pattern: str, signs: str) -> None:
    assert may_lack(pattern, signs.split())


def test_a_text_with_a_sign_is_read_as_the_pattern_reads_it_and_no_other() -> None:
    rule = signed("在全省(?:推广|推开)", signs="推广 推开")
    text = "走教模式在全省推广，集团化办学在全省推开"
    assert [found[0] for found in rule.finditer(text)] == ["在全省推广", "在全省推开"]
    assert rule.search(text, 10) is not None
    assert rule.search(text, 0, 6) is None
    assert rule.match(text, 4) is not None
    assert rule.fullmatch("在全省推广") is not None
    assert rule.search("在全省试点") is None
    assert list(rule.finditer("在全省试点")) == []
