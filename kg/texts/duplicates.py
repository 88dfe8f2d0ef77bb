"""Sketches of parts → which parts are copies of others, which were altered, which only share text.

Web sites copy each other, and some print another year on top. Two parts are the same text where most of their clauses
are the same ones: candidates come from MinHash (Broder 1997) with banding, and are verified on the clauses themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from operator import eq

from kg.model import Part
from kg.patterns import regex
from kg.texts.numerals import year_of

MIN_CLAUSES = 12  # a shorter part is a form or a heading, and alike for that reason
MIN_LENGTH = 5  # characters of a clause
SAME = 0.8  # share of common clauses from which two parts are one text
RENEWED = 0.95  # up to here the text of another year was written anew, beyond it only its date was changed
SHARED = 0.5  # from here a text borrows from another
PERMUTATIONS, BANDS = 64, 16
MOST_ALIKE = 20  # parts with which one is compared: a hundred counties may print one province's notice
SEED = 42

_CLAUSE = regex(r"[^，。；：！？、\n]+")


class Verdict(StrEnum):
    """How a part hangs together with another."""

    COPY = "copy"  # the same text of the same place and year: counted once
    ALTERED = "altered"  # the same text with another year or place on top: not believed
    SHARES = "shares"  # another place or year with much of the same text: both count


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is remembered of a part to recognise it again."""

    part: tuple[str, int]  # id of the document, number of the part from 1
    file: str
    clauses: bytes = field(repr=False)  # 8 for each distinct clause, sorted
    minhash: tuple[int, ...] = field(repr=False)
    place: str = ""  # id; empty where open
    place_name: str = ""
    year: int | None = None
    title_year: int | None = None  # the year in the title of a document that is all of one year
    says_year: bool = False  # the text below its title names the year
    says_place: bool = False  # the text below its title names the place
    doubtful: bool = False  # something was lost when the document was read
    given: bool = False  # the user said of which place or year the document is

    @property
    def contradicts_itself(self) -> bool:
        """Its title names a year that its text is not of."""
        return not self.given and None not in (self.year, self.title_year) and self.title_year != self.year


@dataclass(frozen=True, slots=True)
class Twin:
    """What was found of a part: the part that it repeats, and how."""

    part: tuple[str, int]
    of: tuple[str, int]
    verdict: Verdict
    said: str = ""  # for ALTERED: what stands on top and what the text shows


def sketch(part: Part, number: int, *, alone: bool = True) -> Sketch | None:
    """The sketch of a part whose place and year are decided; None for one that is too short to tell.

    `alone` is the only part of its document: the title of several parts names the year of one of them.
    """
    from rensa import RMinHash  # loaded when the first document is there

    text = part.text
    below = text.replace(part.title, "") if part.title else text
    clauses = sorted({clause for clause in _CLAUSE.findall(below) if len(clause) >= MIN_LENGTH})
    if len(clauses) < MIN_CLAUSES:
        return None
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    minhash.update(clauses)
    return Sketch(
        part=(part.document.id, number),
        file=part.document.file,
        clauses=b"".join(sorted(map(_hash, clauses))),
        minhash=tuple(minhash.digest()),
        place=part.place.id if part.place else "",
        place_name=part.place.name if part.place else "",
        year=part.year,
        title_year=year_of(part.title) if alone else None,
        says_year=f"{part.year}年" in below,
        says_place=part.place is not None and part.place.name in below,
        doubtful=bool(part.document.doubts),
        given=bool(part.document.given.place or part.document.given.year),
    )


def _hash(clause: str) -> bytes:
    return blake2b(clause.encode("utf-8", "surrogatepass"), digest_size=8).digest()


@lru_cache(maxsize=1000)
def _clauses(one: Sketch) -> frozenset[bytes]:
    return frozenset(one.clauses[at : at + 8] for at in range(0, len(one.clauses), 8))


def twins(sketches: Iterable[Sketch]) -> tuple[Twin, ...]:
    """Every part that repeats another, in order of their names; of one text the part that comes first in `_rank` is kept.

    The result does not depend on the order of the sketches.
    """
    ordered = sorted(sketches, key=_rank)
    kept: list[Sketch] = []
    found: list[Twin] = []
    bands = _Bands()
    for one in ordered:
        nearest = sorted(bands.candidates(one), key=lambda n: (-_agreement(one, kept[n]), n))[:MOST_ALIKE]
        alike = sorted(((_overlap(one, kept[n]), -n) for n in nearest), reverse=True)
        twin = next((t for overlap, n in alike if (t := _twin(one, kept[-n], overlap))), None)
        if twin is not None:
            found.append(twin)
        if twin is None or twin.verdict is Verdict.SHARES:
            bands.add(one, len(kept))
            kept.append(one)
    return tuple(sorted(found, key=lambda t: (t.part, t.of)))


def _rank(one: Sketch) -> tuple[object, ...]:
    """The part whose claims are kept comes first: what is printed on top agrees with the text, place and year are known,
    then the earlier year, for a copy is younger than what it copies, and the text that is whole."""
    return (
        not one.given,
        one.contradicts_itself,
        not one.says_year,
        not one.place,
        not one.year,
        one.year or 0,
        one.doubtful,
        -len(one.clauses),
        one.file,
        one.part,
    )


def _agreement(one: Sketch, other: Sketch) -> int:
    return sum(map(eq, one.minhash, other.minhash))


def _overlap(one: Sketch, other: Sketch) -> float:
    """Jaccard similarity of the clauses."""
    mine, its = _clauses(one), _clauses(other)
    return len(mine & its) / len(mine | its)


def _twin(one: Sketch, other: Sketch, overlap: float) -> Twin | None:
    if overlap < SHARED:
        return None
    same_place = not one.place or not other.place or one.place == other.place
    same_year = not one.year or not other.year or one.year == other.year
    if overlap < SAME:
        return None if same_place else Twin(one.part, other.part, Verdict.SHARES)
    if same_place and same_year and one.contradicts_itself and one.title_year != other.title_year:
        return Twin(one.part, other.part, Verdict.ALTERED, f"文首是{one.title_year}年，正文属{one.year}年")
    if same_place and same_year:
        return Twin(one.part, other.part, Verdict.COPY)
    if overlap >= RENEWED and (said := _contradiction(one, other, same_place)):
        return Twin(one.part, other.part, Verdict.ALTERED, said)
    return Twin(one.part, other.part, Verdict.SHARES)


def _contradiction(one: Sketch, other: Sketch, same_place: bool) -> str:
    """What the top of `one` says against the text that both have; empty where both may be right."""
    if one.given:
        return ""
    if not same_place and other.says_place and not one.says_place:
        return f"文首是{one.place_name}，正文写的是{other.place_name}"
    if same_place and not one.says_year:
        return f"文首是{one.year}年，正文属{other.year}年"
    return ""


class _Bands:
    """Locality-sensitive hashing: parts that agree in one band of their MinHash are candidates."""

    def __init__(self) -> None:
        self._tables: list[dict[tuple[int, ...], list[int]]] = [{} for _ in range(BANDS)]

    def _keys(self, one: Sketch) -> Iterator[tuple[int, ...]]:
        rows = PERMUTATIONS // BANDS
        return (one.minhash[band * rows : (band + 1) * rows] for band in range(BANDS))

    def candidates(self, one: Sketch) -> set[int]:
        return {n for table, key in zip(self._tables, self._keys(one), strict=True) for n in table.get(key, ())}

    def add(self, one: Sketch, number: int) -> None:
        for table, key in zip(self._tables, self._keys(one), strict=True):
            bucket = table.setdefault(key, [])
            if len(bucket) < MOST_ALIKE:
                bucket.append(number)
