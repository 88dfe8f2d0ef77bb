"""Sketches of parts → which parts are copies of others, which were altered, which only share text.

Web sites copy each other, and some print another year on top. Two parts are the same text where most of their clauses
are the same ones: candidates come from MinHash (Broder 1997) with banding, and are verified on the clauses themselves.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from operator import eq
from struct import Struct
from typing import NamedTuple

from kg.model import Part
from kg.patterns import regex
from kg.texts.numerals import year_of

MIN_CLAUSES = 12  # a shorter part is a form or a heading, and alike for that reason
MIN_LENGTH = 5  # characters of a clause
SAME = 0.8  # share of common clauses from which two parts are one text
RENEWED = 0.95  # up to here the text of another year was written anew, beyond it only its date was changed
SHARED = 0.5  # from here a text borrows from another
PERMUTATIONS, BANDS = 64, 16
MOST_KNOWN = 200  # parts whose clauses are kept at hand while they are compared
MOST_ALIKE = 20  # parts with which one is compared: a hundred counties may print one province's notice
SEED = 42

_MINHASH = Struct(f"<{PERMUTATIONS}I")
_WIDTH = _MINHASH.size // BANDS
_BANDS = [slice(at, at + _WIDTH) for at in range(0, _MINHASH.size, _WIDTH)]
_CLAUSE = regex(rf"[^，。；：！？、\n]{{{MIN_LENGTH},}}")


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
    clauses: int  # how many distinct ones it has
    minhash: bytes = field(repr=False)  # 4 for each permutation
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


class Sketched(NamedTuple):
    """A sketch, and the clauses by which a likeness is verified."""

    sketch: Sketch
    clauses: bytes  # 8 for each, sorted


@dataclass(frozen=True, slots=True)
class Twin:
    """What was found of a part: the part that it repeats, and how."""

    part: tuple[str, int]
    of: tuple[str, int]
    verdict: Verdict
    said: str = ""  # for ALTERED: what stands on top and what the text shows


def sketch(part: Part, number: int, *, alone: bool = True) -> Sketched | None:
    """The sketch of a part whose place and year are decided; None for one that is too short to tell.

    `alone` is the only part of its document: the title of several parts names the year of one of them.
    """
    from rensa import RMinHash  # loaded when the first document is there

    text = part.text
    below = text.replace(part.title, "") if part.title else text
    clauses = list(set(_CLAUSE.findall(below)))
    if len(clauses) < MIN_CLAUSES:
        return None
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    minhash.update(clauses)
    remembered = Sketch(
        part=(part.document.id, number),
        file=part.document.file,
        clauses=len(clauses),
        minhash=_MINHASH.pack(*minhash.digest()),
        place=part.place.id if part.place else "",
        place_name=part.place.name if part.place else "",
        year=part.year,
        title_year=year_of(part.title) if alone else None,
        says_year=f"{part.year}年" in below,
        says_place=part.place is not None and part.place.name in below,
        doubtful=bool(part.document.doubts),
        given=bool(part.document.given.place or part.document.given.year),
    )
    return Sketched(remembered, b"".join(sorted(_hashes(clauses))))


def _hashes(clauses: Iterable[str]) -> Iterator[bytes]:
    """All are encoded at once; no clause holds a line end."""
    for clause in "\n".join(clauses).encode("utf-8", "surrogatepass").split(b"\n"):
        yield blake2b(clause, digest_size=8).digest()


def twins(sketches: Iterable[Sketch], clauses_of: Callable[[Sketch], bytes]) -> tuple[Twin, ...]:
    """Every part that repeats another, in order of their names; of one text the part that comes first in `_rank` is kept.

    `clauses_of` is asked for the clauses of the parts that may be alike. The result does not depend on the order of the
    sketches. Of each part it keeps the sketch in memory, and more only of those that have a band in common.
    """
    ordered = sorted(sketches, key=_rank)
    overlap_of = _Overlap(clauses_of)
    kept: list[Sketch] = []
    found: list[Twin] = []
    bands = _Bands(ordered)
    for one in ordered:
        nearest = sorted(bands.candidates(one), key=lambda n: (-_agreement(one, kept[n]), n))[:MOST_ALIKE]
        alike = sorted(((overlap_of(one, kept[n]), -n) for n in nearest), reverse=True)
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
        -one.clauses,
        one.file,
        one.part,
    )


def _agreement(one: Sketch, other: Sketch) -> int:
    return sum(map(eq, memoryview(one.minhash).cast("I"), memoryview(other.minhash).cast("I")))


class _Overlap:
    """Jaccard similarity of the clauses of two parts."""

    def __init__(self, clauses_of: Callable[[Sketch], bytes]) -> None:
        self._clauses_of = clauses_of
        self._known: OrderedDict[tuple[str, int], frozenset[bytes]] = OrderedDict()

    def __call__(self, one: Sketch, other: Sketch) -> float:
        mine, its = self._clauses(one), self._clauses(other)
        return len(mine & its) / len(mine | its)

    def _clauses(self, one: Sketch) -> frozenset[bytes]:
        """They are asked for again and again while a part is compared with those like it."""
        known = self._known.pop(one.part, None)
        if known is None:
            packed = self._clauses_of(one)
            known = frozenset(packed[at : at + 8] for at in range(0, len(packed), 8))
        self._known[one.part] = known
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return known


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

    def __init__(self, sketches: Sequence[Sketch]) -> None:
        self._tables: list[dict[bytes, list[int]]] = [
            {key: [] for key in _repeated(one.minhash[at] for one in sketches)} for at in _BANDS
        ]

    def _buckets(self, one: Sketch) -> Iterator[list[int]]:
        for table, at in zip(self._tables, _BANDS, strict=True):
            if (bucket := table.get(one.minhash[at])) is not None:
                yield bucket

    def candidates(self, one: Sketch) -> set[int]:
        return {n for bucket in self._buckets(one) for n in bucket}

    def add(self, one: Sketch, number: int) -> None:
        for bucket in self._buckets(one):
            if len(bucket) < MOST_ALIKE:
                bucket.append(number)


def _repeated(keys: Iterable[bytes]) -> set[bytes]:
    seen: set[bytes] = set()
    again: set[bytes] = set()
    for key in keys:
        (again if key in seen else seen).add(key)
    return again
