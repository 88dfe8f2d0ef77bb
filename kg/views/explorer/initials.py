"""Names → the first letters of their pinyin, as people type them to find a name: 体育艺术2+1项目 → tyys21xm."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from unicodedata import normalize

_RUN = re.compile("[0-9a-z]+|[㐀-鿿]+")
_LONGEST = 100  # characters of a name that are looked at


def initials(names: Iterable[str]) -> tuple[str, ...]:
    """The initials of each name: of its characters, with its digits and Latin letters in lower case, nothing else.

    Where a character has several readings, the phrases of pypinyin decide: 长春市 → ccs, 校长 → xz.
    """
    return tuple("".join(map(_letters, _RUN.findall(normalize("NFKC", name[:_LONGEST]).lower()))) for name in names)


def _letters(run: str) -> str:
    if run.isascii():
        return run
    from pypinyin.seg.mmseg import seg

    return "".join(map(_of_phrase, seg.cut(run)))


@cache
def _of_phrase(phrase: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(phrase, style=Style.FIRST_LETTER, errors="ignore"))
