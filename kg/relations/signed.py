"""A regular expression and words of which every match holds one → the same, tried only where one of them stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar, cast

from kg.patterns import regex

T = TypeVar("T")


def signed(pattern: str, signs: str) -> re.Pattern[str]:
    """What `regex` gives, at a tenth of its cost for a text without any of the signs: "推广 推开".

    Few signs, and rare ones: each is looked for in turn. A test proves that no match can be without one.
    """
    return cast("re.Pattern[str]", Signed(pattern, tuple(signs.split())))


class Signed:
    """Has those methods of a compiled pattern that the rules call."""

    __slots__ = ("finditer", "fullmatch", "match", "pattern", "search", "signs")

    def __init__(self, pattern: str, signs: tuple[str, ...]) -> None:
        exact = regex(pattern)
        self.pattern = pattern
        self.signs = signs
        self.search = _where_signed(signs, lambda *at: exact.search(*at), None)
        self.match = _where_signed(signs, lambda *at: exact.match(*at), None)
        self.fullmatch = _where_signed(signs, lambda *at: exact.fullmatch(*at), None)
        self.finditer = _where_signed(signs, lambda *at: exact.finditer(*at), cast("Any", ()))


def _where_signed(signs: tuple[str, ...], method: Callable[..., T], otherwise: T) -> Callable[..., T]:
    def tried(text: str, *between: int) -> T:
        for sign in signs:
            if sign in text:
                return method(text, *between)
        return otherwise

    return tried
