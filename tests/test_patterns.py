"""Regular expressions that are compiled when they are first used are right, and behave as compiled ones."""

from __future__ import annotations

import gc
import importlib
import pickle
import pkgutil
import re

import pytest

import kg
from kg.patterns import _compiled, codes_of_all, recall, regex


def test_every_pattern_of_the_house_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in a rule must not wait for the first text that meets it; of its kept code each becomes what it is."""
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    kind = type(regex(""))
    found = [thing for thing in gc.get_objects() if type(thing) is kind]
    assert len(found) > 500
    for pattern in found:
        re.compile(pattern.pattern, pattern.flags)
    kept = pickle.loads(pickle.dumps(codes_of_all()))
    assert {(pattern.pattern, int(pattern.flags)) for pattern in found} == kept.keys()
    monkeypatch.setattr("kg.patterns._CODES", kept)
    for pattern, flags in kept:  # a compiled pattern equals one of the same code, flags and text
        assert _compiled(pattern, flags) == re.compile(pattern, flags)
        assert _compiled(pattern, flags).groupindex == re.compile(pattern, flags).groupindex


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


@pytest.mark.parametrize(
    ("pattern", "flags", "found"),
    [(r"(\d+)年(?P<rest>.*)", re.ASCII | re.DOTALL, [("2014", "启动 A")]), ("(?i)a|b", 0, ["A"]), ("。", 0, [])],
)
def test_of_its_code_it_finds_the_same(
    pattern: str, flags: int, found: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pattern that is recalled is not compiled again."""
    late = regex(pattern, flags)
    codes = codes_of_all()
    monkeypatch.setattr("kg.patterns._CODES", {})
    recall(codes)
    monkeypatch.setattr(re, "compile", lambda *_: pytest.fail("compiled"))
    assert late.findall("2014年启动 A") == found
