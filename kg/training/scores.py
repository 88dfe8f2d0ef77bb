"""Names that were annotated and names that were found → precision, recall and F1 of each kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Kind, Span
from kg.training.annotations import Name


@dataclass(frozen=True, slots=True)
class Score:
    """How many names were annotated, found, and found rightly."""

    annotated: int = 0
    found: int = 0
    right: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.annotated + other.annotated, self.found + other.found, self.right + other.right)

    @property
    def precision(self) -> float | None:
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.right / self.annotated if self.annotated else None

    @property
    def f1(self) -> float | None:
        return 2 * self.right / (self.annotated + self.found) if self.annotated + self.found else None


def strict(annotated: Iterable[Name], found: Iterable[Name], kind: Kind) -> Score:
    """A name is right where it begins and ends as annotated."""
    wanted, given = ({name for name in names if name.kind is kind} for names in (annotated, found))
    return Score(len(wanted), len(given), len(wanted & given))


def relaxed(annotated: Iterable[Name], found: Iterable[Name], kind: Kind) -> Score:
    """A name is right where it shares at least half of the longer stretch with an annotated one, each of which counts once."""
    wanted, given = (sorted(name.span for name in names if name.kind is kind) for names in (annotated, found))
    free = [*given]
    right = 0
    for span in wanted:
        best = max(free, key=lambda other: (_common(span, other), -other.start), default=None)
        if best is not None and 2 * _common(span, best) >= max(_length(span), _length(best)):
            free.remove(best)
            right += 1
    return Score(len(wanted), len(given), right)


def _common(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _length(span: Span) -> int:
    return span.end - span.start
