"""A regular expression → one that is compiled when it is first used: of the hundreds that the rules have, a file needs some.

What they compile to can be kept for the next process, which makes them of it fifty times as fast (`codes_of_all`, `recall`).
"""

from __future__ import annotations

import gc
import re
from array import array
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "groups", "groupindex")


Told = tuple[str, int]  # a pattern with its flags


class Code(NamedTuple):
    """What the compiler of the standard library makes of a pattern, for its engine."""

    flags: int
    words: bytes  # of 32 bits
    groups: int
    by_name: dict[str, int]
    names: tuple[str | None, ...]


_CODES: dict[Told, Code] = {}


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, a little later; `re.error` then, too, so that a test compiles them all."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Late:
    """Becomes as fast as a compiled one with its first use: it then has the methods of that."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = _compiled(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)

    def __reduce__(self) -> Any:
        return regex, (self.pattern, self.flags)

    def __repr__(self) -> str:
        return f"regex({self.pattern!r})"


def codes_of_all() -> dict[Told, Code]:
    """The codes of all patterns that `regex` was given so far; they hold for this very Python only."""
    told = {(late.pattern, int(late.flags)) for late in gc.get_objects() if type(late) is _Late}
    return {one: code for one in sorted(told) if (code := _code_of(*one))}


def recall(codes: Mapping[Told, Code]) -> None:
    """Patterns that are used from now on are made of these codes, where they have theirs."""
    _CODES.update(codes)


def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    code = _CODES.get((pattern, int(flags)))
    if code is None:
        return re.compile(pattern, flags)
    import _sre  # type: ignore[import-not-found]

    words = array("I", code.words).tolist()
    return cast("re.Pattern[str]", _sre.compile(pattern, code.flags, words, code.groups, code.by_name, code.names))


def _code_of(pattern: str, flags: int) -> Code | None:
    """As `re.compile` makes it (re/_compiler.py); None on a Python whose compiler looks otherwise."""
    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]

        parsed = _parser.parse(pattern, flags)
        words = array("I", _compiler._code(parsed, flags))
        by_name = dict(parsed.state.groupdict)
        names: list[str | None] = [None] * parsed.state.groups
    except (ImportError, AttributeError):
        return None
    for name, number in by_name.items():
        names[number] = name
    return Code(int(flags | parsed.state.flags), words.tobytes(), parsed.state.groups - 1, by_name, tuple(names))
