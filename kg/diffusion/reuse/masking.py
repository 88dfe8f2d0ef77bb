"""Texts → streams of the characters that are compared: names of places, tiers and numbers masked, signs left out.

So 我市 and 大连市, 县教育局 and 区教育局, 2013年 and 2014年, （一） and 1. do not hide a copy.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from kg.diffusion.cascades import Ints
from kg.diffusion.reuse.formulas import common_words
from kg.diffusion.reuse.records import Text
from kg.entities.gazetteer import Gazetteer
from kg.lexicons import load_lexicons
from kg.texts.names import Names

Codes = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]
PLACE, NUMBER = ord("□"), ord("#")
TIERS = "省市县区州盟旗乡镇"
OWN = "我全本各"  # 我市, 全县, 本区, 各省
DIGITS = "0123456789〇零一二三四五六七八九十百千万亿两"
_TITLE = re.compile(r"《[^《》\n]{2,100}》")
_CODES = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """What is compared of a text: character i of `masked` stands at clean offset at[i] of its document."""

    masked: str
    codes: Codes
    at: Ints
    own: Flags  # its own words: no mask, title, name of a programme or formula


def stream_of(text: Text) -> Stream:
    """The stream of a text."""
    clean = text.clean
    codes = _table()[np.frombuffer(clean.encode(_CODES, "replace"), dtype=np.uint32)]
    for (start, end), _ in _place_names()(clean):
        codes[start:end] = 0
        codes[start] = PLACE
    own = np.ones(len(codes), dtype=np.bool_)
    for title in _TITLE.finditer(clean):
        own[title.start() : title.end()] = False
    for (start, end), _ in common_words()(clean):
        own[start:end] = False
    kept = np.flatnonzero(codes)
    codes = codes[kept]
    stays = ~_repeated(codes) & ~_possessive(codes)
    kept, codes = kept[stays], codes[stays]
    own = own[kept] & (codes != PLACE) & (codes != NUMBER)
    masked = codes.tobytes().decode(_CODES)
    return Stream(masked, codes, kept.astype(np.int64) + text.span.start, own)


def _repeated(codes: Codes) -> Flags:
    """大连市教育局 has one mask and not two; 2014 has one too."""
    repeated = np.zeros(len(codes), dtype=np.bool_)
    repeated[1:] = (codes[1:] == codes[:-1]) & ((codes[1:] == PLACE) | (codes[1:] == NUMBER))
    return repeated


def _possessive(codes: Codes) -> Flags:
    """The 我 of 我市, which stands where another text has the name."""
    found = np.zeros(len(codes), dtype=np.bool_)
    found[:-1] = np.isin(codes[:-1], [ord(sign) for sign in OWN]) & (codes[1:] == PLACE)
    return found


@cache
def _table() -> Codes:
    """Code point → what it is compared as; 0 is left out."""
    table = np.zeros(sys.maxunicode + 1, dtype=np.uint32)
    for code in range(0x30000):
        sign = chr(code)
        if sign.isalnum() and not 0xD800 <= code < 0xE000:
            lower = sign.lower()
            table[code] = ord(lower) if len(lower) == 1 else code
    table[[ord(sign) for sign in TIERS]] = PLACE
    table[[ord(sign) for sign in DIGITS]] = NUMBER
    return table


@cache
def _place_names() -> Names:
    """Full names, and short ones that are no words."""
    return Names(Gazetteer(load_lexicons().places).certain)
