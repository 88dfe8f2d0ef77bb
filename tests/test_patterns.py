"""Regular expressions that are compiled when they are first used are right, and behave as compiled ones."""

from __future__ import annotations

import gc
import importlib
import pickle
import pkgutil
import re

import pytest

import kg
from kg.patterns import regex


def test_every_pattern_of_the_house_compiles() -> None:
    """A mistake in a rule must not wait for the first text that meets it."""
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    kind = type(regex(""))
    found = [thing for thing in gc.get_objects() if type(thing) is kind]
    assert len(found) > 500
    for pattern in found:
        re.compile(pattern.pattern, pattern.flags)


def test_it_is_compiled_with_its_first_use() -> None:
    broken = regex("(")
    with pytest.raises(re.error):
        broken.search("")


@pytest.mark.parametrize("text", ["2014年", "年"])
def test_it_finds_what_a_compiled_one_finds(text: str) -> None:
    late, early = regex(r"(\d+)年", re.ASCII), re.compile(r"(\d+)年", re.ASCII)
    assert [late.sub("", text), late.findall(text), bool(late.match(text))] == [
        early.sub("", text),
        early.findall(text),
        bool(early.match(text)),
    ]
    assert late.groups == 1


def test_a_copy_is_one_too() -> None:
    late = regex("年")
    assert late.search("年")
    assert pickle.loads(pickle.dumps(late)).search("2014年")
