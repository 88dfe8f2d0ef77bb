"""Found, missed and wrong by document → precision, recall and F1 with 95 % intervals of the percentile bootstrap.

Efron & Tibshirani, An Introduction to the Bootstrap (1993), ch. 13. Lines of one document err together (its place is
misread, and all its claims are wrong), so whole documents are drawn again, with replacement. Fewer than ten documents are
too few for that: then the lines within each document are drawn, and the interval says nothing of other documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import ceil
from random import Random
from typing import NamedTuple

DRAWS = 2000
SEED = 20240601
ENOUGH = 10  # documents
_TAIL = 0.025


class Tally(NamedTuple):
    """How many gold lines were found and missed, and how much was found that no line explains."""

    found: int
    missed: int
    wrong: int

    @property
    def precision(self) -> float | None:
        return _share(self.found, self.wrong)

    @property
    def recall(self) -> float | None:
        return _share(self.found, self.missed)

    @property
    def f1(self) -> float | None:
        """None where there was nothing to find and nothing was found."""
        return _share(2 * self.found, self.missed + self.wrong)


class Estimate(NamedTuple):
    """A figure and its interval; None where nothing can be said."""

    value: float | None
    low: float | None
    high: float | None


class Estimates(NamedTuple):
    """The figures of some lines; `lines` is how many had to be found."""

    lines: int
    precision: Estimate
    recall: Estimate
    f1: Estimate


def estimates(documents: Sequence[Tally]) -> Estimates:
    """The figures of all documents together; the same tallies give the same intervals."""
    whole = summed(documents)
    again = _by_document(documents) if by_document(documents) else _by_line(documents)

    def estimate(figure: Callable[[Tally], float | None]) -> Estimate:
        return Estimate(figure(whole), *_percentiles([value for one in again if (value := figure(one)) is not None]))

    return Estimates(
        whole.found + whole.missed,
        estimate(lambda tally: tally.precision),
        estimate(lambda tally: tally.recall),
        estimate(lambda tally: tally.f1),
    )


def by_document(documents: Sequence[object]) -> bool:
    """Whether there are enough documents to draw them, and not their lines."""
    return len(documents) >= ENOUGH


def summed(tallies: Iterable[Tally]) -> Tally:
    """All as one."""
    found, missed, wrong = (sum(column) for column in zip((0, 0, 0), *tallies, strict=True))
    return Tally(found, missed, wrong)


def _by_document(documents: Sequence[Tally]) -> list[Tally]:
    draw = Random(SEED)
    return [summed(draw.choices(documents, k=len(documents))) for _ in range(DRAWS)]


def _by_line(documents: Sequence[Tally]) -> list[Tally]:
    draw = Random(SEED)
    return [summed(_lines_again(document, draw) for document in documents) for _ in range(DRAWS)]


def _lines_again(document: Tally, draw: Random) -> Tally:
    """As many of the document's lines, drawn with replacement."""
    found, missed = document.found, document.found + document.missed
    drawn = (
        draw.choices((0, 1, 2), cum_weights=(found, missed, missed + document.wrong), k=sum(document))
        if sum(document)
        else []
    )
    return Tally(drawn.count(0), drawn.count(1), drawn.count(2))


def _percentiles(values: list[float]) -> tuple[float | None, float | None]:
    if not values:
        return None, None
    values.sort()
    return values[int(_TAIL * len(values))], values[ceil((1 - _TAIL) * len(values)) - 1]


def _share(good: int, bad: int) -> float | None:
    return good / (good + bad) if good + bad else None
