"""Names → the first letters of their pinyin, as people type them to find a name: 体育艺术2+1项目 → tyys21xm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from unicodedata import normalize

from kg.views.explorer.place_readings import READINGS

_RUN = re.compile("[0-9a-z]+|[㐀-鿿]+")
_LONGEST = 100  # characters of a name that are looked at
_PLACE = re.compile(f"({'|'.join(READINGS)})")
_OF_PLACE = {
    place: "".join(normalize("NFD", word)[0] for word in reading.split()) for place, reading in READINGS.items()
}


def initials(names: Iterable[str]) -> tuple[str, ...]:
    """The initials of each name: of its characters, with its digits and Latin letters in lower case, nothing else.

    Where a character has several readings, the place (单县 → sx) or the phrases of pypinyin decide: 长春市 → ccs, 校长 → xz.
    """
    return tuple(_initials(name, _read) for name in names)


def misread(names: Sequence[str]) -> tuple[str, ...]:
    """What else is typed for the names of places with a rare reading, by who does not know it: 单县 → dx."""
    rare = [name for name in names if _PLACE.search(name)]
    found = dict.fromkeys(_initials(name, letters) for name in rare for letters in (_by_phrases, _one_by_one))
    right = initials(rare)
    return tuple(letters for letters in found if letters not in right)


def _initials(name: str, letters: Callable[[str], str]) -> str:
    runs = _RUN.findall(normalize("NFKC", name[:_LONGEST]).lower())
    return "".join(run if run.isascii() else letters(run) for run in runs)


def _read(run: str) -> str:
    return "".join(_OF_PLACE.get(piece) or _by_phrases(piece) for piece in _PLACE.split(run) if piece)


def _by_phrases(run: str) -> str:
    from pypinyin.seg.mmseg import seg

    return "".join(map(_of_phrase, seg.cut(run)))


def _one_by_one(run: str) -> str:
    return "".join(map(_of_phrase, run))


@cache
def _of_phrase(phrase: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(phrase, style=Style.FIRST_LETTER, errors="ignore"))
