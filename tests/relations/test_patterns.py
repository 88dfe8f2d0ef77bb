"""Every pattern of kg.relations, on lines that repeat its own words: none may take exponential time."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise

import pytest

import kg.relations
from kg.texts.opening import time_limit

LENGTH = 160  # characters; a pattern with two ways to read each word would need longer than the sun has
SECONDS = 10  # much more than any search takes, for the machine may be busy


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """The name and the pattern of every table of patterns, those in tuples too."""
    for module in pkgutil.iter_modules(kg.relations.__path__):
        for name, value in vars(import_module(f"kg.relations.{module.name}")).items():
            cells = value if isinstance(value, tuple) else (value,)
            for cell in cells:
                pattern = cell[0] if isinstance(cell, tuple) and cell else cell
                if isinstance(getattr(pattern, "pattern", None), str):
                    yield f"{module.name}.{name}", re.compile(pattern.pattern, getattr(pattern, "flags", 0))


def lines(pattern: re.Pattern[str]) -> Iterator[str]:
    """Lines of a word of the pattern, of two that stand together in it, and of a word with a digit or 的."""
    words = list(dict.fromkeys(re.findall(r"[\u4e00-\u9fff]{1,8}", pattern.pattern)))
    pairs = {one + other for one, other in pairwise(words)}
    for piece in (
        "1",
        "、",
        "“",
        "《a》、",
        *words,
        *sorted(pairs),
        *(f"{n}{w}" for w in words for n in ("1", "2012", "的")),
    ):
        yield (piece * LENGTH)[:LENGTH] + "好"


@pytest.mark.parametrize("pattern", [pytest.param(pattern, id=name) for name, pattern in patterns()])
def test_no_pattern_runs_for_ever(pattern: re.Pattern[str]) -> None:
    """Lines of other people may repeat any word; each is searched in the time of other lines of its length."""
    for line in lines(pattern):
        with time_limit(SECONDS):
            pattern.search(line)
            pattern.fullmatch(line)
