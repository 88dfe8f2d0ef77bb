"""What somebody types → words to look for, and where they stand in a text.

Writing is folded sign by sign, so that every place in the folded text is a place in the text: full width to half
width, capitals to small letters, quotation marks and 《》 left out (双减政策 stands in “双减”政策).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from kg.errors import QueryError

_SILENT = frozenset("“”‘’\"'「」『』《》〈〉")
_ASKED = re.compile(r'"([^"]*)"?|([^\s"]+)')
_LATIN = re.compile(r"[0-9a-z]")


class Span(NamedTuple):
    """From the first sign to behind the last."""

    start: int
    end: int


class Folded(NamedTuple):
    """A folded text, and where each of its signs stands in the text."""

    signs: str
    places: tuple[int, ...]


class Word(NamedTuple):
    """`folded` is what is looked up; `exact` is not empty where the text must hold just these signs."""

    folded: str
    exact: str = ""

    def spans(self, text: str, folded: Folded) -> list[Span]:
        """Where it stands, from left to right; a Latin word or a number only as a whole, unless it is exact."""
        if self.exact:
            return [Span(at, at + len(self.exact)) for at in _all(self.exact, text)]
        ends = [(at, at + len(self.folded)) for at in _all(self.folded, folded.signs)]
        return [
            Span(folded.places[start], folded.places[end - 1] + 1)
            for start, end in ends
            if not _cuts(folded, start) and not _cuts(folded, end)
        ]


def words_of(asked: str) -> tuple[Word, ...]:
    """`双减 "课后 服务"` → a word and an exact string, each once; QueryError where nothing is left to look for."""
    asked = asked.encode("utf-8", "replace").decode("utf-8")
    words: dict[Word, None] = {}
    for quoted, plain in _ASKED.findall(asked):
        exact = quoted if quoted.strip() else ""
        signs = fold(exact or plain).signs
        if exact or signs:
            words[Word(signs, exact)] = None
    if not words:
        raise QueryError("there is nothing to search for; name a word that a sentence must hold, such as 双减")
    return tuple(words)


def fold(text: str) -> Folded:
    """The text as words are compared."""
    kept = [(place, sign) for place, sign in enumerate(map(_folded, text)) if sign]
    return Folded("".join(sign for _, sign in kept), tuple(place for place, _ in kept))


def marked(text: str, spans: list[Span]) -> str:
    """The text with 【】 around each span; what overlaps or touches is marked as one.

    >>> marked("推进双减工作", [Span(2, 4)])
    '推进【双减】工作'
    """
    pieces, at = [], 0
    for start, end in _joined(spans):
        pieces += [text[at:start], "【", text[start:end], "】"]
        at = end
    return "".join([*pieces, text[at:]])


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


@lru_cache(maxsize=50_000)
def _folded(sign: str) -> str:
    if sign in _SILENT:
        return ""
    plain = unicodedata.normalize("NFKC", sign).casefold()
    return plain if len(plain) == 1 and plain not in _SILENT else sign


def _all(word: str, text: str) -> list[int]:
    found, at = [], text.find(word)
    while at >= 0:
        found.append(at)
        at = text.find(word, at + len(word))
    return found


def _cuts(folded: Folded, at: int) -> bool:
    """Whether a boundary here would cut a Latin word or a number in two."""
    if not 0 < at < len(folded.signs):
        return False
    touching = folded.places[at] - folded.places[at - 1] == 1
    return touching and bool(_LATIN.match(folded.signs[at - 1]) and _LATIN.match(folded.signs[at]))
