"""A regular expression → one that is compiled when it is first used: of the hundreds that the rules have, a file needs some."""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "groups", "groupindex")


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
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)

    def __reduce__(self) -> Any:
        return regex, (self.pattern, self.flags)

    def __repr__(self) -> str:
        return f"regex({self.pattern!r})"
